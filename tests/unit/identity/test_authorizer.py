"""Only a token of the configured issuer, for us, now, proves a principal (RFC 9068; Identity Law 2023 Art. 12)."""

import json
import time
from base64 import urlsafe_b64encode
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from chalicelib.identity import tokens, trust
from chalicelib.identity.authorizer import Unauthorized, identity_authorize
from chalicelib.identity.claims import Refused
from chalicelib.identity.tokens import claims_of
from chalicelib.kernel.access import principal_of
from tests.fakes.environment import SETTINGS

URL = SETTINGS["MOTCUA_JWKS_URL"]
OURS = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
NEXT = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
THEIRS = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
ASK = "arn:aws:execute-api:ap-southeast-1:123456789012:api/v1/GET/v1/vault/documents"


class Issuer:
    """What the issuer's address answers, and how often it was asked; `more` are the keys at other addresses."""

    def __init__(self, *keys):
        self.keys, self.asked, self.more = keys, 0, {}

    def __call__(self, url, timeout):
        assert timeout
        self.asked += 1
        keys = self.keys if url == URL else self.more[url]
        return _Answer(json.dumps({"keys": [k.as_dict(private=False) for k in keys]}))


class _Answer:
    def __init__(self, text):
        self._text = text

    def read(self):
        return self._text

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def issuer(monkeypatch):
    made = Issuer(OURS)
    monkeypatch.setattr(tokens, "_keys", {})
    monkeypatch.setattr(tokens, "_asked", {})
    monkeypatch.setattr(tokens.urllib.request, "urlopen", made)
    return made


def body(**changes):
    now = int(time.time())
    claims = {
        "iss": SETTINGS["MOTCUA_ISSUER"],
        "aud": SETTINGS["MOTCUA_AUDIENCE"],
        "iat": now,
        "exp": now + 3600,
        "sub": "citizen-1",
        "kind": "CITIZEN",
        "name": "Nguyễn Thị Bích Liễu",
        "personal_id": "001195012345",
        "level": 2,
    }
    return {k: v for k, v in {**claims, **changes}.items() if v is not None}


def token(key=OURS, alg="ES256", kid="", typ="at+jwt", **changes):
    return jwt.encode({"alg": alg, "kid": kid or key.kid, "typ": typ}, body(**changes), key, algorithms=[alg])


# --- the token -----------------------------------------------------------------------------------------------------


def test_a_token_of_the_issuer_for_us_now_is_believed(issuer):
    assert claims_of(token())["sub"] == "citizen-1"


def test_an_audience_among_others_is_enough(issuer):
    assert claims_of(token(aud=["other", "motcua"]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "other"},
        {"aud": ["other"]},
        {"exp": 1},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 10**400},
        {"exp": float("inf")},
        {"iat": None},
        {"iat": False},
        {"iat": "now"},
        {"iat": 4_000_000_000, "exp": 4_000_000_600},
        {"nbf": True},
        {"nbf": 4_000_000_000},
        {"iss": None},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_claim_that_is_missing_or_wrong_refuses_the_token(issuer, wrong):
    with pytest.raises(Refused):
        claims_of(token(**wrong))


def test_the_clocks_may_differ_by_half_a_minute_and_not_more(issuer):
    now = int(time.time())
    assert claims_of(token(iat=now - 600, exp=now - 20))
    with pytest.raises(Refused):
        claims_of(token(iat=now - 600, exp=now - 40))


def test_a_token_lives_as_long_as_the_stage_allows_and_not_longer(issuer, monkeypatch):
    now = int(time.time())
    monkeypatch.setenv("MOTCUA_TOKEN_LIFETIME", "600")
    assert claims_of(token(iat=now, exp=now + 600))
    with pytest.raises(Refused):
        claims_of(token(iat=now, exp=now + 601))
    with pytest.raises(Refused):
        claims_of(token(iat=now + 20, exp=now + 621))


def test_a_token_is_of_a_type_that_the_stage_takes(issuer, monkeypatch):
    """RFC 9068, 4; an issuer that says only JWT is taken where the stage says so."""
    with pytest.raises(Refused):
        claims_of(token(typ="JWT"))
    assert claims_of(token(typ="application/AT+jwt"))
    monkeypatch.setenv("MOTCUA_TOKEN_TYPES", "at+jwt, JWT")
    assert claims_of(token(typ="JWT"))
    assert claims_of(token())
    for wrong in ("id+jwt", "", "application/", ","):
        with pytest.raises(Refused):
            claims_of(token(typ=wrong))


def test_another_key_under_the_name_of_ours_is_a_forgery(issuer):
    with pytest.raises(Refused):
        claims_of(token(THEIRS, kid=OURS.kid))


def test_an_unknown_key_is_refused(issuer):
    with pytest.raises(Refused):
        claims_of(token(THEIRS))


def test_a_changed_token_is_refused(issuer):
    head, claims, signature = token().split(".")
    other = token(sub="citizen-2").split(".")[1]
    assert other != claims
    for text in (f"{head}.{other}.{signature}", f"{head}.{claims}.", f"{head}.{claims}", "", "a.b.c", "x", "é.é.é"):
        with pytest.raises(Refused):
            claims_of(text)


def test_no_signature_and_a_shared_secret_prove_nothing(issuer):
    public = OctKey.import_key(json.dumps(OURS.as_dict(private=False)))
    hmac = jwt.encode({"alg": "HS256", "kid": OURS.kid, "typ": "at+jwt"}, body(), public, algorithms=["HS256"])
    head = "eyJhbGciOiJub25lIn0"  # {"alg":"none"}
    unsigned = f"{head}.{token().split('.')[1]}."
    for text in (hmac, unsigned):
        with pytest.raises(Refused):
            claims_of(text)


def test_a_shared_secret_proves_nothing_even_when_the_issuer_publishes_it(issuer):
    secret = OctKey.generate_key(256, {"use": "sig", "alg": "HS256"}, auto_kid=True)
    issuer.keys = (OURS, SimpleNamespace(as_dict=lambda private: secret.as_dict(private=True)))
    with pytest.raises(Refused):
        claims_of(token(secret, "HS256"))


def test_the_issuer_may_sign_with_rsa(issuer):
    rsa = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    issuer.keys = (OURS, rsa)
    assert claims_of(token(rsa, "RS256"))


def test_the_payload_must_be_an_object(issuer):
    text = jws.serialize_compact({"alg": "ES256", "kid": OURS.kid, "typ": "at+jwt"}, b'["citizen-1"]', OURS)
    with pytest.raises(Refused):
        claims_of(text)


# --- the keys ------------------------------------------------------------------------------------------------------


def test_the_keys_are_asked_for_once(issuer):
    for _ in range(5):
        claims_of(token())
    assert issuer.asked == 1


def test_keys_are_asked_for_again_when_they_are_old(issuer, monkeypatch):
    claims_of(token())
    at = time.monotonic()
    monkeypatch.setattr(tokens.time, "monotonic", lambda: at + tokens.KEYS_LIVE + 1)
    claims_of(token())
    assert issuer.asked == 2


def test_a_turned_key_is_found_at_once(issuer):
    claims_of(token())
    issuer.keys = (NEXT,)
    assert claims_of(token(NEXT))
    with pytest.raises(Refused):
        claims_of(token())


def test_among_forged_tokens_a_turned_key_is_found_within_half_a_minute(issuer, monkeypatch):
    claims_of(token())
    with pytest.raises(Refused):
        claims_of(token(THEIRS))
    issuer.keys = (NEXT,)
    at = time.monotonic()
    monkeypatch.setattr(tokens.time, "monotonic", lambda: at + 30.1)
    assert claims_of(token(NEXT))


def test_forged_tokens_do_not_make_us_ask_the_issuer_each_time(issuer):
    claims_of(token())
    for _ in range(20):
        with pytest.raises(Refused):
            claims_of(token(THEIRS))
    assert issuer.asked <= 3


@pytest.mark.parametrize(
    "url", ["http://issuer.example/jwks", "file:///etc/passwd", "ftp://x/", "http://127.0.0.1.evil/"]
)
def test_keys_come_over_https_or_from_this_machine(monkeypatch, url):
    monkeypatch.setattr(tokens, "_keys", {})
    monkeypatch.setenv("MOTCUA_JWKS_URL", url)
    with pytest.raises(Refused):
        claims_of(token())


def test_a_deployed_stage_takes_no_keys_from_this_machine(issuer, monkeypatch):
    """The local issuer gives everybody a token; the authorizer runs without app.py, so its boot check must be here."""
    monkeypatch.setenv("MOTCUA_STAGE", "production")
    with pytest.raises(Exception):  # noqa: B017, PT011 - refused in whatever way
        identity_authorize(_event(f"Bearer {token()}"), None)


def _event(text):
    return {"type": "TOKEN", "authorizationToken": text, "methodArn": ASK}


# --- whose word counts ---------------------------------------------------------------------------------------------

AGENCIES = "https://agencies.example.vn"
EXCHANGE = f"{SETTINGS['MOTCUA_PUBLIC_URL']}/v1/token"
OFFICER = {"kind": "OFFICER", "agency": "H01.10.24", "roles": ["reception"], "personal_id": None, "sub": "officer-1"}
ACT = {"client_id": "dvc", "act": {"sub": "dvc"}}


@pytest.fixture
def agencies(issuer, monkeypatch):
    """A second provider, of agencies, and our own exchange."""
    monkeypatch.setenv("MOTCUA_OTHER_ISSUERS", f"OFFICER+SERVICE {AGENCIES} {AGENCIES}/jwks")
    issuer.more = {f"{AGENCIES}/jwks": (THEIRS,), f"{EXCHANGE}/keys": (NEXT,)}
    return issuer


def test_an_officer_is_vouched_for_by_the_provider_of_agencies_alone(agencies):
    assert claims_of(token(THEIRS, iss=AGENCIES, **OFFICER))["kind"] == "OFFICER"
    with pytest.raises(Refused):
        claims_of(token(**OFFICER))
    assert claims_of(token())["kind"] == "CITIZEN"
    with pytest.raises(Refused):
        claims_of(token(THEIRS, iss=AGENCIES))


def test_one_provider_vouches_for_all_where_no_other_is_named(issuer):
    assert claims_of(token(**OFFICER))["kind"] == "OFFICER"
    with pytest.raises(Refused):
        claims_of(token(iss=AGENCIES, **OFFICER))


@pytest.mark.parametrize(("key", "issuer_name"), [(OURS, AGENCIES), (THEIRS, None), (THEIRS, EXCHANGE)])
def test_a_key_is_good_for_its_own_issuer_only(agencies, key, issuer_name):
    names = {"iss": issuer_name} if issuer_name else {}
    with pytest.raises(Refused):
        claims_of(token(key, **names, **OFFICER))


def test_who_is_at_a_portal_is_said_by_our_own_exchange_alone(agencies):
    at = token(NEXT, iss=EXCHANGE, **ACT)
    answer = identity_authorize(_event(f"Bearer {at}"), None)
    who = principal_of(answer["context"])
    assert (who.kind, who.personal_id, who.portal) == ("CITIZEN", "001195012345", "dvc")
    for forged in (token(**ACT), token(act={"sub": "dvc"}), token(act=None, iss=EXCHANGE), token(act={})):
        with pytest.raises(Refused):
            claims_of(forged)


@pytest.mark.parametrize(
    "odd",
    [
        {"act": None}, {"act": {}}, {"act": "dvc"}, {"act": {"sub": "other"}}, {"act": {"sub": "dvc", "act": {}}},
        {"client_id": None}, {"client_id": "other"}, {"azp": "other"}, OFFICER, {"kind": "PORTAL"},
    ],
    ids=str,
)  # fmt: skip
def test_an_exchanged_token_names_a_person_and_one_portal(agencies, odd):
    with pytest.raises(Refused):
        claims_of(token(NEXT, iss=EXCHANGE, **(ACT | odd)))


def test_a_portal_is_at_itself_and_says_no_person(issuer):
    at = token(kind="PORTAL", client_id="dvc", personal_id=None)
    who = principal_of(identity_authorize(_event(f"Bearer {at}"), None)["context"])
    assert (who.kind, who.portal, who.holder) == ("PORTAL", "dvc", "")


@pytest.mark.parametrize(
    "told",
    [
        "", "OFFICER", f"OFFICER {AGENCIES}", f"BOSS {AGENCIES} {AGENCIES}/jwks",
        f"OFFICER  {AGENCIES} {AGENCIES}/jwks", f"OFFICER+ {AGENCIES} {AGENCIES}/jwks",
        "OFFICER ftp://x ftp://y", f"OFFICER {AGENCIES} {AGENCIES}/jwks,",
    ],
)  # fmt: skip
def test_issuers_that_are_not_said_as_they_must_be_are_named(told):
    with pytest.raises(trust.UnfitIssuers):
        trust.others(told)
    assert trust.OTHER_ISSUERS.unsafe(told)


def test_a_deployed_stage_believes_nobody_without_https():
    assert trust.OTHER_ISSUERS.unsafe("OFFICER http://127.0.0.1:1/x https://agencies.example.vn") == trust.LOCAL_ISSUER
    assert trust.OTHER_ISSUERS.unsafe(f"OFFICER {AGENCIES} {AGENCIES}/jwks") == ""
    assert trust.OTHER_ISSUERS.unsafe("none") == ""


@pytest.mark.parametrize("twice", [SETTINGS["MOTCUA_ISSUER"], EXCHANGE])
def test_an_issuer_stands_once(issuer, monkeypatch, twice):
    monkeypatch.setenv("MOTCUA_OTHER_ISSUERS", f"OFFICER {twice} {AGENCIES}/jwks")
    with pytest.raises(trust.UnfitIssuers):
        claims_of(token())


# --- the letters of a token ----------------------------------------------------------------------------------------


def signed(header, payload, key=OURS):
    """A token whose header and payload are these very letters, signed as they stand."""
    content = b".".join(urlsafe_b64encode(each.encode()).rstrip(b"=") for each in (header, payload))
    signature = decode_dss_signature(key.get_op_key("sign").sign(content, ECDSA(SHA256())))
    raw = b"".join(number.to_bytes(32, "big") for number in signature)
    return b".".join((content, urlsafe_b64encode(raw).rstrip(b"="))).decode()


def test_what_two_readers_may_read_differently_is_refused(issuer):
    header, payload = json.dumps({"alg": "ES256", "kid": OURS.kid, "typ": "at+jwt"}), json.dumps(body())
    assert claims_of(signed(header, payload)), "our own letters are good"
    odd = [
        signed(header, payload[:-1] + ', "kind": "CITIZEN"}'),
        signed(header, payload[:-1] + ', "more": {"a": 1, "a": 2}}'),
        signed(header[:-1] + ', "alg": "ES256"}', payload),
        signed(header[:-1] + f', "kid": "{OURS.kid}"}}', payload),
        signed(header, payload[:-1] + ', "more": NaN}'),
        signed(header, "\ufeff" + payload),
        signed(header, payload + "x"),
        signed(header, f"[{payload}]"),
    ]
    for text in odd:
        with pytest.raises(Refused):
            claims_of(text)


def test_a_signature_is_written_in_one_way(issuer):
    """Four bits of the last letter of 64 bytes are no part of them: a lenient reader takes sixteen letters for one."""
    whole = token()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same = [whole[:-1] + letters[letters.index(whole[-1]) & 48 | low] for low in range(16)]
    taken = []
    for text in (*same, whole + "=", whole + "==", whole + "\n", f" {whole}", whole + ".", whole.replace(".", "..", 1)):
        try:
            taken.append(claims_of(text) and text)
        except Refused:
            continue
    assert taken == [whole]


@pytest.mark.parametrize("name", ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip", "cty", "enc", "iss", "nonce"])
def test_a_header_says_the_algorithm_the_key_and_the_type(issuer, name):
    header = {"alg": "ES256", "kid": OURS.kid, "typ": "at+jwt", name: "https://evil.example/keys"}
    with pytest.raises(Refused):
        claims_of(signed(json.dumps(header), json.dumps(body())))


def test_a_token_names_its_key(issuer):
    with pytest.raises(Refused):
        claims_of(signed(json.dumps({"alg": "ES256", "typ": "at+jwt"}), json.dumps(body())))


def test_a_token_is_of_a_length_that_a_header_carries(issuer):
    assert claims_of(token(more="x" * 4000))
    with pytest.raises(Refused):
        claims_of(token(more="x" * 8000))


# --- the authorizer ------------------------------------------------------------------------------------------------


def test_the_principal_is_handed_on_and_read_back(issuer):
    answer = identity_authorize(_event(f"Bearer {token()}"), None)
    assert answer["principalId"] == "citizen-1"
    who = principal_of(answer["context"])
    assert (who.kind, who.level, who.name) == ("CITIZEN", 2, "Nguyễn Thị Bích Liễu")
    assert who.roles == frozenset()
    assert all(isinstance(v, str) for v in answer["context"].values()), "API Gateway takes plain values only"


@pytest.mark.parametrize("text", ["", "Bearer", "Bearer ", "Basic abc", "abc", None, "Bearer a.b.c", "Bearer  x y"])
def test_whatever_is_no_proof_is_answered_with_exactly_unauthorized(issuer, text):
    with pytest.raises(Unauthorized, match=r"^Unauthorized$"):
        identity_authorize(_event(text), None)


def test_the_scheme_is_read_in_any_case(issuer):
    assert identity_authorize(_event(f"bearer {token()}"), None)


def test_a_refusal_repeats_nothing_of_the_token(issuer):
    with pytest.raises(Unauthorized) as refused:
        identity_authorize(_event(f"Bearer {token(exp=1, name='canary-7')}"), None)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "canary" not in str(refused.value)


def test_a_key_set_is_what_the_cache_keeps(issuer):
    claims_of(token())
    assert isinstance(tokens._keys[URL][1], KeySet)


# --- portals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("portals", "client", "key"),
    [
        ("none", "dvc-hanoi", None),
        ("dvc-hanoi,dvc-hue", "dvc-hanoi", "motcua-portal-plan-dvc-hanoi"),
        ("dvc-hanoi,dvc-hue", "dvc", "motcua-portal-plan-others"),
        ("dvc-hanoi", None, "motcua-portal-plan-others"),
        ("dvc-hanoi", ["dvc-hanoi"], "motcua-portal-plan-others"),
        ("others", "dvc-hanoi", "motcua-portal-plan-others"),
    ],
)
def test_a_caller_is_counted_under_the_portal_that_got_the_token(issuer, monkeypatch, portals, client, key):
    monkeypatch.setenv("MOTCUA_PORTALS", portals)
    answer = identity_authorize(_event(f"Bearer {token(client_id=client)}"), None)
    assert answer.get("usageIdentifierKey") == key
    assert answer["policyDocument"]["Statement"][0]["Effect"] == "Allow"


BY_OURS = {"client_id": "ours"}


@pytest.mark.parametrize("said", [BY_OURS, {"azp": "ours"}, BY_OURS | {"azp": "ours"}])
@pytest.mark.parametrize("told", ["ours", "other,ours", " ours , other"])
def test_a_persons_token_of_a_client_of_the_stage_is_so_for_every_function(issuer, monkeypatch, said, told):
    monkeypatch.setenv("MOTCUA_OWN_CLIENTS", told)
    context = identity_authorize(_event(f"Bearer {token(**said)}"), None)["context"]
    assert (context["client"], context["own"]) == ("ours", "yes")
    who = principal_of(context)
    assert (who.client, who.own) == ("ours", True)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", BY_OURS),
        ("none", BY_OURS),
        ("none", {"client_id": "none"}),
        (",", {}),
        ("other", BY_OURS),
        ("ours", {}),
        ("ours", {"client_id": "our"}),
        ("ours", {"client_id": ["ours"]}),
        ("ours", BY_OURS | {"azp": "dvc"}),
        ("ours", {"client_id": "dvc", "azp": "ours"}),
        ("ours", BY_OURS | OFFICER),
        ("ours", BY_OURS | {"kind": "PORTAL"}),
    ],
)
def test_no_other_token_is_of_a_client_of_the_stage_and_nothing_set_names_none(issuer, monkeypatch, told, said):
    monkeypatch.setenv("MOTCUA_OWN_CLIENTS", told)
    context = identity_authorize(_event(f"Bearer {token(**said)}"), None)["context"]
    assert "own" not in context
    assert not principal_of(context).own


def test_where_the_setting_is_not_there_at_all_no_client_is_own(issuer, monkeypatch):
    monkeypatch.delenv("MOTCUA_OWN_CLIENTS")
    assert "own" not in identity_authorize(_event(f"Bearer {token(**BY_OURS)}"), None)["context"]
