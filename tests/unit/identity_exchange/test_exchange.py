"""A portal gets a token for a person who signed in there, and tells on itself when it asks for another (RFC 8693)."""

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from moto.kms.models import kms_backends

from chalicelib.identity import tokens
from chalicelib.identity.exchange import settings
from chalicelib.identity.exchange.keys import KeyRing, key_of
from chalicelib.identity.exchange.model import GRANT, Terms
from chalicelib.identity.exchange.proofs import Proofs
from chalicelib.identity.exchange.service import Exchange
from chalicelib.identity.exchange.store import WHY, Table
from chalicelib.identity.exchange.wiring import exchange
from chalicelib.identity.refusals import GrantNotSupported, NotSignedInHere, TargetUnknown
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, principal_of
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.problem import TokenRefused, TryAgain
from infra.local.names import ACCOUNT, REGION
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS
from tests.support.ledgers import lines_of

PROVIDER = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
PORTAL = Principal("dvc", "PORTAL", "dvc", 0, portal="dvc")
TERMS = Terms(f"{SETTINGS['MOTCUA_PUBLIC_URL']}/v1/token", "motcua", 300)
PERSON = {"kind": "CITIZEN", "name": "Nguyễn Thị Bích Liễu", "personal_id": "001195012345", "level": 2}
HOLDER = Principal("s", "CITIZEN", "x", personal_id="001195012345")


@pytest.fixture
def names(tables, monkeypatch):
    """Two keys in KMS, the first of which signs."""
    kms = tables.client("kms")
    made = [kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"] for _ in range(2)]
    monkeypatch.setattr(kms, "sign", lambda **asked: {"Signature": by_digest(**asked)})
    yield tuple(made)
    key_of.cache_clear()


def by_digest(*, KeyId, Message, MessageType, SigningAlgorithm):  # noqa: N803 - as KMS names them
    """As KMS signs a digest. moto takes it for a message and hashes it again, so its own key is asked here."""
    assert (MessageType, SigningAlgorithm, len(Message)) == ("DIGEST", "ECDSA_SHA_256", 32)
    key = kms_backends[ACCOUNT][REGION].keys[KeyId.rpartition("/")[2]]
    return key.private_key.private_key.sign(Message, ECDSA(Prehashed(SHA256())))


@pytest.fixture
def provider(monkeypatch, names):
    """The provider of persons and our own keys, as the authorizer finds them."""
    sets = {SETTINGS["MOTCUA_JWKS_URL"]: [PROVIDER.as_dict(private=False)]}
    sets[f"{TERMS.issuer}/keys"] = KeyRing(names).published()
    monkeypatch.setattr(tokens, "_key_set", lambda url, *, fresh=False: KeySet.import_key_set({"keys": sets[url]}))


@pytest.fixture
def asked(tables, provider, names):
    """Ask as a portal; answers the claims of the token that was given, and its seconds."""

    def ask(token, who=PORTAL, grant=GRANT, targets=(), seconds=300, now=None):
        terms = Terms(TERMS.issuer, TERMS.audience, seconds)
        given = Exchange(Proofs(), KeyRing(names), Table(), terms, now or utc_now).exchange(who, grant, token, targets)
        return tokens.claims_of(given.token), given.seconds

    return ask


def own(key=PROVIDER, **changes):
    """A person's own token, issued to the portal."""
    now = int(time.time())
    said = {
        **PERSON,
        "iss": SETTINGS["MOTCUA_ISSUER"],
        "aud": "motcua",
        "iat": now,
        "exp": now + 3600,
        "sub": "citizen-1",
        "client_id": "dvc",
        **changes,
    }
    claims = {name: value for name, value in said.items() if value is not None}
    return jwt.encode({"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}, claims, key)


def lines():
    return [(line.said.by, line.said.refused, line.said.basis) for line in lines_of(HOLDER.holder)]


def test_a_portal_asks_for_a_person_who_signed_in_there(asked):
    claims, seconds = asked(own())
    assert seconds == claims["exp"] - claims["iat"] == 300
    assert {name: claims[name] for name in ("sub", "client_id", "act", "aud")} == {
        "sub": "citizen-1",
        "client_id": "dvc",
        "act": {"sub": "dvc"},
        "aud": "motcua",
    }
    who = principal_of({"principal": json.dumps(tokens.principal_in(claims).said)})
    assert (who.kind, who.name, who.personal_id, who.level, who.portal) == (*PERSON.values(), "dvc")
    assert who.holder == HOLDER.holder
    assert lines() == []


@pytest.mark.parametrize(
    "person",
    [
        {"kind": "FOREIGNER", "document": "USA:X1234567", "personal_id": None, "level": None},
        {"kind": "ORGANISATION", "organisation": "0101234567", "organisation_name": "Công ty Bình Minh"},
        {"level": 1},
    ],
    ids=str,
)
def test_what_is_said_of_a_person_is_what_their_provider_said(asked, person):
    claims, _ = asked(own(**person))
    said = PERSON | person
    assert {name: claims.get(name) for name in said} == said


def test_a_token_that_is_for_the_portal_alone_is_enough_and_opens_nothing_by_itself(asked):
    text = own(aud="dvc")
    assert asked(text)[0]["act"] == {"sub": "dvc"}
    with pytest.raises(tokens.Refused):
        tokens.claims_of(text)
    assert asked(own(client_id=None, azp="dvc"))[0]["client_id"] == "dvc"


def test_a_token_ends_no_later_than_the_one_it_stands_for(asked):
    now = int(time.time())
    claims, seconds = asked(own(exp=now + 120))
    assert claims["exp"] == now + 120
    assert seconds <= 120
    with pytest.raises(TokenRefused):  # the clock of the exchange is past the end, within what a checker forgives
        asked(own(iat=now - 600, exp=now - 5))


def test_in_the_very_second_in_which_the_one_it_stands_for_ends_no_token_is_given(asked):
    ends = int(time.time())  # our clock and the checker's are not one: what ended just now is forgiven
    at = {left: datetime.fromtimestamp(ends - left, UTC) for left in (1, 0)}
    claims, seconds = asked(own(iat=ends - 600, exp=ends), now=lambda: at[1])
    assert (claims["exp"], seconds) == (ends, 1)
    with pytest.raises(TokenRefused):
        asked(own(iat=ends - 600, exp=ends), now=lambda: at[0])


@pytest.mark.parametrize(
    "claims",
    [
        {"client_id": "other"}, {"client_id": None}, {"client_id": None, "azp": "other"}, {"azp": "other"},
        {"client_id": "other", "aud": "other"}, {"client_id": ["dvc"]},
    ],
    ids=str,
)  # fmt: skip
def test_who_did_not_sign_in_at_the_portal_is_refused_to_it_and_told(asked, claims):
    with pytest.raises(NotSignedInHere) as refused:
        asked(own(**claims))
    assert refused.value.facts == {"error": "invalid_request"}
    assert lines() == [("dvc", True, WHY)]


def test_a_portal_that_tries_all_day_is_told_once_a_day(asked, tables):
    now = Clock("2026-11-25T10:00:00")
    for hours in (0, 0, 13.9, 14.1, 15):  # midnight of Viet Nam is after fourteen
        at = now() + timedelta(hours=hours)
        with pytest.raises(NotSignedInHere):
            asked(own(client_id="other"), now=lambda at=at: at)
    other = Principal("hue", "PORTAL", "hue", 0, portal="hue")
    with pytest.raises(NotSignedInHere):
        asked(own(client_id="other"), who=other, now=now)
    assert [by for by, _, _ in lines()] == ["dvc", "dvc", "hue"]
    assert tables.unbroken("Ledgers", f"LEDGER#{HOLDER.holder}")


def test_a_line_that_cannot_be_written_is_no_refusal(asked, tables, monkeypatch):
    """Who is refused is told of in the ledger first: what cannot be told is to be asked again."""
    monkeypatch.setattr("chalicelib.kernel.record.waiting.turns", lambda: range(2))
    tables.contend(5)
    with pytest.raises(TryAgain):
        asked(own(client_id="other"))
    tables.contend(1)
    with pytest.raises(NotSignedInHere):
        asked(own(client_id="other"))
    assert len(lines()) == 1


def test_a_lost_part_of_another_name_goes_up(tables, monkeypatch):
    def lost(self):
        raise aws.Lost(("elsewhere",))

    monkeypatch.setattr("chalicelib.kernel.record.Change.write", lost)
    with pytest.raises(aws.Lost):
        Table().refused("owner", "dvc", utc_now())


def text_of(odd):
    """A token that is odd by these claims, or the text itself."""
    return odd if isinstance(odd, str) else own(**odd)


@pytest.mark.parametrize(
    "odd",
    [
        {"exp": 1}, {"iss": "https://elsewhere.example"}, {"aud": "other"}, {"aud": None}, {"kind": "PORTAL"},
        {"kind": "OFFICER", "agency": "H01"}, {"kind": "SERVICE", "agency": "H01", "roles": ["scanning"]},
        {"personal_id": "1"}, {"act": {"sub": "dvc"}}, {"key": ECKey.generate_key("P-256", auto_kid=True)},
        "", "x.y.z", "a" * 9000,
    ],
    ids=lambda odd: str(odd)[:40],
)  # fmt: skip
def test_what_proves_no_person_is_refused_as_any_token_and_nobody_is_told(asked, odd):
    with pytest.raises(TokenRefused) as refused:
        asked(text_of(odd))
    assert refused.value.facts == {}
    assert lines() == []


def test_an_exchanged_token_is_not_exchanged_again(asked, names, provider):
    given = Exchange(Proofs(), KeyRing(names), Table(), TERMS, utc_now).exchange(PORTAL, GRANT, own(), ())
    with pytest.raises(TokenRefused):
        asked(given.token)


def test_nothing_else_is_granted_and_for_no_other_service(asked):
    for grant in ("client_credentials", "", "authorization_code"):
        with pytest.raises(GrantNotSupported) as refused:
            asked(own(), grant=grant)
    assert refused.value.facts == {"error": "unsupported_grant_type"}
    assert asked(own(), targets=("motcua", TERMS.issuer))
    with pytest.raises(TargetUnknown) as refused:
        asked(own(), targets=("motcua", "https://bank.example.vn"))
    assert refused.value.facts == {"error": "invalid_target"}


def test_the_stage_takes_no_token_that_lives_longer_than_it_allows(monkeypatch, provider, names):
    monkeypatch.setenv("MOTCUA_EXCHANGE_KEYS", ",".join(names))
    monkeypatch.setenv("MOTCUA_TOKEN_LIFETIME", "120")
    now = int(time.time())
    given = exchange().exchange(PORTAL, GRANT, own(iat=now - 60, exp=now + 60), ())
    assert given.seconds <= 60
    monkeypatch.setenv("MOTCUA_TOKEN_LIFETIME", "7200")
    assert exchange().exchange(PORTAL, GRANT, own(), ()).seconds == 300


# --- keys ----------------------------------------------------------------------------------------------------------


def test_every_key_is_published_and_the_first_signs(names):
    published = KeyRing(names).published()
    assert [key.keys() for key in published] == [{"kty", "crv", "x", "y", "use", "alg", "kid"}] * 2
    first = KeySet.import_key_set({"keys": published[:1]})
    token = KeyRing(names).signed({"sub": "s"})
    assert jwt.decode(token, first, algorithms=["ES256"]).header == {
        "alg": "ES256",
        "kid": published[0]["kid"],
        "typ": "at+jwt",
    }


def test_moto_still_takes_a_digest_for_a_message(tables):
    """When it no longer does, its own signature is good enough here: `by_digest` may go."""
    kms = tables.client("kms")
    name = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    digest = hashlib.sha256(b"words").digest()
    made = kms.sign(KeyId=name, Message=digest, MessageType="DIGEST", SigningAlgorithm="ECDSA_SHA_256")["Signature"]
    public = key_of(name).public_key
    with pytest.raises(InvalidSignature):
        public.verify(made, b"words", ECDSA(SHA256()))
    public.verify(made, digest, ECDSA(SHA256()))


def test_a_key_that_is_turned_is_known_before_it_signs_and_after(names):
    """Published second, then first, then alone: what either signed is good as long as both are published."""
    old, new = names
    both = KeySet.import_key_set({"keys": KeyRing((old, new)).published()})
    for ring in (KeyRing((old, new)), KeyRing((new, old))):
        assert jwt.decode(ring.signed({"sub": "s"}), both, algorithms=["ES256"])
    alone = KeySet.import_key_set({"keys": KeyRing((new,)).published()})
    with pytest.raises(Exception):  # noqa: B017, PT011 - of joserfc, whichever
        jwt.decode(KeyRing((old, new)).signed({"sub": "s"}), alone, algorithms=["ES256"])


def test_the_private_half_of_a_key_in_kms_is_nowhere_here(names):
    key = key_of(names[0])
    assert "d" not in key.as_dict(private=False)
    assert not key.is_private
    assert key.get_op_key("verify") is key.public_key


def test_a_key_of_the_local_stage_is_a_file(tmp_path):
    path = tmp_path / "tokens.json"
    path.write_text(json.dumps(PROVIDER.as_dict(private=True)))
    published = KeyRing((str(path),)).published()
    assert "d" not in published[0]
    assert jwt.decode(KeyRing((str(path),)).signed({"sub": "s"}), PROVIDER, algorithms=["ES256"])


@pytest.mark.parametrize(
    ("keys", "is_safe"), [("arn:aws:kms:x:1:key/a", True), ("arn:a,arn:b", True), ("/k", False), ("arn:a,/k", False)]
)
def test_a_deployed_stage_signs_with_keys_in_kms_only(keys, is_safe):
    assert (settings.KEYS.unsafe(keys) == "") == is_safe
