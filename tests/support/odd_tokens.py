"""Forged and odd tokens, made by hand: none of them may prove anybody. The name of each says what is odd about it."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwe, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

ABSENT: Any = ...
ANOTHER = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
RSA = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
WIDE = ECKey.generate_key("P-384", auto_kid=True)


class Stage(NamedTuple):
    """What a forger knows and has not: the issuer's key, our own exchange's, and their names."""

    key: ECKey
    exchange_key: ECKey
    issuer: str
    exchange: str
    audience: str


def segment(value: Any) -> str:
    """A part of a token: letters as they are, or JSON."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def signed(key: ECKey, header: Any, payload: Any) -> str:
    """A token with these very letters, truly signed by ES256."""
    content = f"{segment(header)}.{segment(payload)}"
    r, s = decode_dss_signature(key.get_op_key("sign").sign(content.encode(), ECDSA(SHA256())))
    return f"{content}.{segment(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


class Forge:
    """Makes tokens that are right but for one thing."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.now = int(time.time())
        self.header = {"alg": "ES256", "kid": stage.key.kid, "typ": "at+jwt"}
        common = {"iss": stage.issuer, "aud": stage.audience, "iat": self.now, "exp": self.now + 600, "sub": "odd-1"}
        person = {"name": "Đỗ Minh Anh", "personal_id": "001195012399", "level": 2}
        office = {"name": "Lý Thanh Oanh", "agency": "H01.10.24"}
        self.kinds = {
            "CITIZEN": common | person,
            "FOREIGNER": common | {"name": "JANE DOE", "document": "USA:X1234567"},
            "ORGANISATION": common | person | {"organisation": "0101234567", "organisation_name": "Công ty Bình Minh"},
            "OFFICER": common | office | {"roles": ["reception"]},
            "SERVICE": common | office | {"roles": ["scanning"]},
            "PORTAL": common | {"client_id": "dvc", "sub": "dvc"},
        }
        self.at_portal = self.kinds["CITIZEN"] | {"iss": stage.exchange, "client_id": "dvc", "act": {"sub": "dvc"}}

    def claims(self, kind: str = "CITIZEN", /, **changes: Any) -> dict[str, Any]:
        """The claims of a kind, with some of them otherwise."""
        said = self.kinds[kind] | {"kind": kind} | changes
        return {name: value for name, value in said.items() if value is not ABSENT}

    def good(self, kind: str = "CITIZEN") -> str:
        """A token that nothing is wrong with."""
        return signed(self.stage.key, self.header, self.claims(kind))

    def exchanged(self, **changes: Any) -> str:
        """A token of our own exchange, signed by its key."""
        said = {name: v for name, v in (self.at_portal | {"kind": "CITIZEN"} | changes).items() if v is not ABSENT}
        return signed(self.stage.exchange_key, self.header | {"kid": self.stage.exchange_key.kid}, said)

    # --- what is odd ----------------------------------------------------------------------------------------------

    def every(self) -> Iterator[tuple[str, str]]:
        """Name and token, all of them."""
        for kind, claim, value in self._claims():
            yield (
                f"{kind}: {claim} is {value!r:.40}",
                signed(self.stage.key, self.header, self.claims(kind, **{claim: value})),
            )
        for name, value in self._headers():
            yield f"header: {name} is {value!r:.40}", signed(self.stage.key, self._head(name, value), self.claims())
        yield from ((f"letters: {name}", text) for name, text in self._letters())
        yield from ((f"signature: {name}", text) for name, text in self._signatures())
        yield from ((f"portal: {name}", text) for name, text in self._portals())

    def _head(self, name: str, value: Any) -> dict[str, Any]:
        return {key: said for key, said in (self.header | {name: value}).items() if said is not ABSENT}

    def _claims(self) -> Iterator[tuple[str, str, Any]]:
        now, nan = self.now, float("nan")
        common = {
            "iss": (ABSENT, None, "", "https://evil.example", self.stage.issuer + "/", [self.stage.issuer], 7, True),
            "aud": (
                ABSENT,
                None,
                "",
                "other",
                ["other"],
                [],
                [self.stage.audience, 7],
                {self.stage.audience: 1},
                7,
                True,
            ),
            "exp": (
                ABSENT,
                None,
                now - 3600,
                0,
                -1,
                "tomorrow",
                str(now + 600),
                True,
                nan,
                float("inf"),
                1e308,
                [now + 600],
            ),
            "iat": (ABSENT, None, now + 3600, "now", True, False, nan, {"at": now}, now - 10 * 86400),
            "nbf": (now + 3600, "now", True, nan, [now]),
            "sub": (ABSENT, None, "", " ", 7, ["odd-1"], {"a": 1}, True, "a\nb", "x" * 256),
            "kind": (ABSENT, None, "", "ADMIN", "citizen", "CITIZEN ", ["CITIZEN"], {"CITIZEN": 1}, True, "PUBLIC"),
            "level": (None, 3, -1, "2", [2], True, False, 2.0, nan),
            "roles": (None, "leader", {"leader": 1}, [1], [["leader"]], [None]),
            "act": ({"sub": "dvc"}, {}, None, "dvc", [{"sub": "dvc"}]),
        }
        yield from (("CITIZEN", claim, value) for claim, values in common.items() for value in values)
        person = {
            "name": (ABSENT, None, "", 7, ["Đỗ"]),
            "personal_id": (
                ABSENT,
                None,
                "",
                1195012399,
                "00119501239",
                "0011950123990",
                "00119501239x",
                "٠٠١١٩٥٠١٢٣٩٩",
            ),
            "level": (0,),
        }
        yield from (("CITIZEN", claim, value) for claim, values in person.items() for value in values)
        own = {
            "FOREIGNER": {
                "document": (
                    ABSENT,
                    None,
                    "",
                    "X1234567",
                    "USA",
                    "USA:",
                    "usa:X1",
                    "US:X1234567",
                    "USA:x1",
                    "USA:X 1",
                    "30123456789",
                ),
                "name": (ABSENT, "", 7),
            },
            "ORGANISATION": {
                "level": (ABSENT, 0, 1, "2"),
                "organisation": (
                    ABSENT,
                    None,
                    "",
                    "010123456",
                    "0101234567-01",
                    "0101234567-0001",
                    "Z01",
                    "h01",
                    "001195012399",
                ),
                "organisation_name": (ABSENT, "", 7),
                "personal_id": (ABSENT, "", "00119501239"),
                "name": (ABSENT, ""),
            },
            "OFFICER": {"agency": (ABSENT, "", "Z01", "h01", "H01.", ["H01"]), "name": (ABSENT, ""), "level": (0, 3)},
            "SERVICE": {
                "roles": (
                    ABSENT,
                    [],
                    ["leader"],
                    ["scanning", "leader"],
                    ["administrator"],
                    ["reception"],
                    ["citizen"],
                ),
                "agency": (ABSENT, "", "Z01"),
                "name": (ABSENT, ""),
            },
            "PORTAL": {
                "client_id": (ABSENT, "", "a b", ["dvc"], "x" * 101),
                "azp": ("other", 1),
                "act": ({"sub": "dvc"},),
            },
        }
        for kind, wrong in own.items():
            yield from ((kind, claim, value) for claim, values in wrong.items() for value in values)

    def _headers(self) -> Iterator[tuple[str, Any]]:
        public = self.stage.key.as_dict(private=False)
        odd = {
            "alg": (
                ABSENT,
                None,
                "none",
                "None",
                "NONE",
                "",
                "HS256",
                "HS512",
                "ES384",
                "RS256",
                "PS256",
                "EdDSA",
                ["ES256"],
                7,
            ),
            "kid": (
                ABSENT,
                None,
                "",
                "other",
                "../../etc/passwd",
                "' OR '1'='1",
                {"a": 1},
                [self.stage.key.kid],
                7,
                ANOTHER.kid,
            ),
            "typ": (ABSENT, None, "", "JWT", "id+jwt", "logout+jwt", "at jwt", "at+jwtx", ["at+jwt"], 7),
            "jku": ("https://evil.example/jwks", f"{self.stage.issuer}/jwks"),
            "x5u": ("https://evil.example/x.pem",),
            "x5c": (["MIIB"],),
            "jwk": (public, ANOTHER.as_dict(private=False)),
            "crit": (["exp"], [], ["b64"]),
            "b64": (False, True),
            "zip": ("DEF",),
            "cty": ("JWT",),
            "enc": ("A256GCM",),
        }
        yield from ((name, value) for name, values in odd.items() for value in values)

    def _letters(self) -> Iterator[tuple[str, str]]:
        key, header, claims = self.stage.key, json.dumps(self.header), json.dumps(self.claims())
        whole = self.good()
        head, payload, signature = whole.split(".")
        last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        written = [whole[:-1] + last[last.index(whole[-1]) & 48 | low] for low in range(16)]
        yield from ((f"the last letter otherwise {each[-1]}", each) for each in written if each != whole)
        raw = {
            "a claim twice": (header, claims[:-1] + ', "kind": "OFFICER"}'),
            "the same claim twice": (header, claims[:-1] + ', "level": 2}'),
            "a claim twice further in": (header, claims[:-1] + ', "more": {"a": 1, "a": 2}}'),
            "an algorithm twice": (header[:-1] + ', "alg": "ES256"}', claims),
            "a name of a key twice": (header[:-1] + f', "kid": "{key.kid}"}}', claims),
            "a number that is none": (header, claims[:-1] + ', "more": NaN}'),
            "a list": (header, f"[{claims}]"),
            "a word": (header, '"claims"'),
            "nothing": (header, ""),
            "an empty object": (header, "{}"),
            "no JSON": (header, claims[:-1]),
            "two objects": (header, claims + claims),
            "a mark of order": (header, "\ufeff" + claims),
            "half a letter": (header, claims[:-1] + ', "name": "\\ud800"}'),
            "a header that is a list": (f"[{header}]", claims),
            "a header that is no JSON": (header[:-1], claims),
            "a header that is empty": ("{}", claims),
        }
        for name, (first, second) in raw.items():
            yield name, signed(key, first.encode(), second.encode())
        yield "a header of bytes that are no text", signed(key, b"\xff\xfe", claims.encode())
        yield "very long", signed(key, self.header, self.claims(more="x" * 9000))
        yield "a token in a token", signed(key, self.header, whole.encode())
        yield "a token in a token, as it is named", signed(key, self.header | {"cty": "JWT"}, whole.encode())
        wrapped = jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, whole, OctKey.import_key(b"0" * 32))
        yield "encrypted", wrapped
        texts = {
            "two parts": f"{head}.{payload}",
            "one part": head,
            "four parts": f"{whole}.{signature}",
            "five parts": f"{whole}.a.b",
            "no signature": f"{head}.{payload}.",
            "no claims": f"{head}..{signature}",
            "no header": f".{payload}.{signature}",
            "dots": "..",
            "a letter": "x",
            "letters": "x.y.z",
            "padding": whole + "=",
            "a blank within": f"{head}. {payload}.{signature}",
            "other letters": f"{head}!.{payload}.{signature}",
            "standard base64": f"{head}+.{payload}/.{signature}",
            "a quote": f'"{whole}"',
            "a comma": f"{whole},{whole}",
            "percent": whole.replace(".", "%2E"),
        }
        yield from texts.items()

    def _signatures(self) -> Iterator[tuple[str, str]]:
        key, claims = self.stage.key, self.claims()
        head, payload, signature = self.good().split(".")
        public = key.as_dict(private=False)
        for name, secret in (
            ("PEM", key.as_pem(private=False)),
            ("JWK", json.dumps(public).encode()),
            ("x", public["x"].encode()),
        ):
            for algorithm, digest in (("HS256", "sha256"), ("HS512", "sha512")):
                content = f"{segment(self.header | {'alg': algorithm})}.{payload}"
                yield (
                    f"{algorithm} by the public {name}",
                    f"{content}.{segment(hmac.digest(secret, content.encode(), digest))}",
                )
        yield "of another key", signed(ANOTHER, self.header | {"kid": ANOTHER.kid}, claims)
        yield "of another key under our name", signed(ANOTHER, self.header, claims)
        yield (
            "of another key that it brings",
            signed(ANOTHER, self.header | {"jwk": ANOTHER.as_dict(private=False)}, claims),
        )
        yield "of the exchange under our name", signed(self.stage.exchange_key, self.header, claims)
        yield (
            "of the exchange",
            signed(self.stage.exchange_key, self.header | {"kid": self.stage.exchange_key.kid}, claims),
        )
        yield "of RSA", jwt.encode({"alg": "RS256", "kid": RSA.kid, "typ": "at+jwt"}, claims, RSA)
        yield "of RSA under our name", jwt.encode({"alg": "RS256", "kid": key.kid, "typ": "at+jwt"}, claims, RSA)
        wide = {"alg": "ES384", "kid": WIDE.kid, "typ": "at+jwt"}
        yield "of a wider curve", jwt.encode(wide, claims, WIDE, algorithms=["ES384"])
        zero = {
            "zeros": bytes(64),
            "ones": b"\x01" * 64,
            "r only": b"\x01" + bytes(63),
            "short": b"\x01" * 63,
            "long": bytes(65),
        }
        yield from ((name, f"{head}.{payload}.{segment(raw)}") for name, raw in zero.items())
        yield (
            "DER",
            f"{head}.{payload}.{segment(key.get_op_key('sign').sign(f'{head}.{payload}'.encode(), ECDSA(SHA256())))}",
        )
        for claim, value in {
            "sub": "odd-2",
            "level": 1,
            "personal_id": "001195012388",
            "kind": "OFFICER",
            "exp": self.now + 700,
        }.items():
            yield f"of other claims: {claim}", f"{head}.{segment(claims | {claim: value})}.{signature}"
        yield "of another header", f"{segment(self.header | {'typ': 'AT+JWT'})}.{payload}.{signature}"
        yield "of another token", f"{head}.{payload}.{self.good('OFFICER').split('.')[2]}"

    def _portals(self) -> Iterator[tuple[str, str]]:
        """Who is at a portal is said by our own exchange alone, of persons, of one portal."""
        odd: dict[str, Any] = {
            "act": (
                ABSENT,
                None,
                {},
                "dvc",
                [],
                {"sub": "other"},
                {"sub": ""},
                {"sub": ["dvc"]},
                {"sub": "dvc", "act": {"sub": "x"}},
            ),
            "client_id": (ABSENT, None, "", "other", ["dvc"]),
            "azp": ("other",),
            "kind": ("OFFICER", "SERVICE", "PORTAL"),
            "iss": (self.stage.issuer, self.stage.exchange + "/"),
            "exp": (self.now - 3600,),
            "aud": ("dvc", ["other"]),
            "level": (0, 3, True),
            "personal_id": (ABSENT, "1"),
        }
        office = {"agency": "H01.10.24", "roles": ["scanning"]}
        for claim, values in odd.items():
            yield from ((f"{claim} is {value!r:.40}", self.exchanged(**office, **{claim: value})) for value in values)
        said = self.at_portal | {"kind": "CITIZEN"}
        yield (
            "by the issuer's key under our name",
            signed(self.stage.key, self.header | {"kid": self.stage.exchange_key.kid}, said),
        )
        yield "by the issuer's key", signed(self.stage.key, self.header, said)
        yield "by another key", signed(ANOTHER, self.header | {"kid": ANOTHER.kid}, said)
        yield (
            "of another type",
            signed(self.stage.exchange_key, {"alg": "ES256", "kid": self.stage.exchange_key.kid, "typ": "JWT"}, said),
        )
