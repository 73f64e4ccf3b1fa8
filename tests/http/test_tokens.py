"""Who is asking: without a token that proves it, nothing is answered but that."""

import base64
import hmac
import json
import time
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of


@pytest.fixture
def claims(where):
    now = int(time.time())
    return {
        "iss": where["issuer"], "aud": where["audience"], "iat": now, "exp": now + 600,
        "sub": "citizen-forged", "kind": "CITIZEN", "name": "Đỗ Minh Anh", "level": 2, "personal_id": "001195012399",
    }  # fmt: skip


@pytest.fixture
def issuer_key(where):
    return ECKey.import_key(json.loads(Path(where["folder"], "issuer.json").read_text()))


def signed(claims, key, **header):
    return jwt.encode({"alg": "ES256", "kid": key.kid, "typ": "at+jwt", **header}, claims, key)


def segment(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def asked(where, token, path="/v1/dossiers"):
    return Client(where, token).get(path)


def test_a_token_of_the_issuer_proves_its_citizen(where, claims, issuer_key):
    assert asked(where, signed(claims, issuer_key)).status == 200


def test_every_route_that_is_not_public_asks_for_a_token(where, routes):
    stranger, closed = Client(where), [r for r in routes if r.act is not None]
    assert len(closed) > 10
    for route in closed:
        path = route.path.replace("{", "").replace("}", "")
        answer = stranger.call(route.method, path, {} if route.body else None, version=1, key="k")
        body = problem(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer"), (route, body)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dGVzdDp0ZXN0", "Bearer x.y.z", "Bearer ..", "x"])
def test_a_header_that_is_no_bearer_token_is_401(where, header):
    problem(Client(where).call("GET", "/v1/dossiers", Authorization=header), 401)


def changes(now):
    """What is wrong with a token that is made at this moment, and what then stands in it."""
    return {
        "expired": {"iat": now - 7200, "exp": now - 3600},
        "without an end": {"exp": None},
        "not valid yet": {"nbf": now + 3600},
        "for another audience": {"aud": "somebody-else"},
        "without an audience": {"aud": None},
        "of another issuer": {"iss": "https://issuer.example.vn"},
        "without an issuer": {"iss": None},
        "without a subject": {"sub": None},
        "of an unknown kind": {"kind": "ADMIN"},
        "without a kind": {"kind": None},
        "of a level that does not exist": {"level": 3},
        "with a level in letters": {"level": "2"},
        "with a level that is a yes": {"level": True},
        "with a level that is a fraction": {"level": 2.0},
        "with an end that is a yes": {"exp": True},
        "with an end that is no number": {"exp": float("nan")},
        "with an end after the end of time": {"exp": 1e308},
        "for ten years": {"exp": now + 10 * 365 * 86400},
        "for longer than a day": {"exp": now + 86400 + 3600},
        "without a beginning": {"iat": None},
        "with a beginning that is a yes": {"iat": True},
        "issued tomorrow": {"iat": now + 86400, "exp": now + 2 * 86400 - 60},
        "valid from a yes": {"nbf": True},
        "with roles that are no list": {"roles": "leader"},
        "with a name that is no text": {"name": ["Đỗ"]},
        "with a number that is no text": {"personal_id": 1195012399},
        "of a citizen without a number": {"personal_id": None},
        "of a citizen with a short number": {"personal_id": "00119501239"},
        "of a citizen with letters in the number": {"personal_id": "00119501239x"},
    }


@pytest.mark.parametrize("wrong", changes(0))
def test_a_token_is_refused(where, claims, issuer_key, wrong):
    changed = {k: v for k, v in (claims | changes(claims["iat"])[wrong]).items() if v is not None}
    problem(asked(where, signed(changed, issuer_key)), 401)


@pytest.mark.parametrize("kind", ["JWT", "id+jwt", "logout+jwt", "secevent+jwt", "jose", "", "at+jwtx", "at jwt"])
def test_a_token_made_for_something_else_is_refused(where, claims, issuer_key, kind):
    """RFC 9068, 2.1 and 4: an identity token, or a token of another use, opens nothing."""
    problem(asked(where, signed(claims, issuer_key, typ=kind)), 401)


def test_a_token_that_does_not_say_what_it_is_for_is_refused(where, claims, issuer_key):
    untyped = jwt.encode({"alg": "ES256", "kid": issuer_key.kid}, claims, issuer_key, default_type=None)
    problem(asked(where, untyped), 401)


@pytest.mark.parametrize("kind", ["at+jwt", "AT+JWT", "application/at+jwt"])
def test_an_access_token_may_write_its_type_in_full(where, claims, issuer_key, kind):
    assert asked(where, signed(claims, issuer_key, typ=kind)).status == 200


def test_a_token_of_another_key_is_refused(where, claims, issuer_key):
    other = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    problem(asked(where, signed(claims, other)), 401)
    problem(asked(where, signed(claims, other, kid=issuer_key.kid)), 401)


def test_a_token_without_a_signature_is_refused(where, claims):
    for alg in ("none", "None", "NONE", ""):
        problem(asked(where, f"{segment({'alg': alg, 'typ': 'at+jwt'})}.{segment(claims)}."), 401)


def test_a_public_key_used_as_a_shared_secret_is_refused(where, claims, issuer_key):
    content = f"{segment({'alg': 'HS256', 'kid': issuer_key.kid, 'typ': 'at+jwt'})}.{segment(claims)}"
    for secret in (issuer_key.as_pem(private=False), json.dumps(issuer_key.as_dict(private=False)).encode()):
        forged = hmac.digest(secret, content.encode(), "sha256")
        problem(asked(where, f"{content}.{segment(forged)}"), 401)


@pytest.mark.parametrize("claim", ["sub", "level", "personal_id", "kind"])
def test_a_changed_claim_breaks_the_signature(where, claims, issuer_key, claim):
    header, _, signature = signed(claims, issuer_key).split(".")
    changed = claims | {claim: {"level": 1, "kind": "OFFICER"}.get(claim, "001195012388")}
    problem(asked(where, f"{header}.{segment(changed)}.{signature}"), 401)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": ["ES256"]}, {"alg": "ES256", "kid": {"a": 1}}, {"alg": "ES256", "crit": ["x"], "x": 1},
        {"alg": "ES256", "b64": False, "crit": ["b64"]}, {"alg": "dir", "enc": "A256GCM"}, [], "ES256", 1, {},
        b"\xff\xfe", b"[" * 7000, b'{"alg":' * 1000,
    ],
)  # fmt: skip
def test_a_strange_token_is_refused_and_breaks_nothing(where, claims, header):
    token = f"{segment(header)}.{segment(claims)}.{segment(b'0' * 64)}"
    problem(asked(where, token), 401)
    problem(asked(where, f"{token}.{segment(b'0')}.{segment(b'1')}"), 401)


def test_a_citizen_with_a_role_in_the_token_is_a_citizen(where, claims, issuer_key):
    both = claims | {"roles": ["leader", "reception"], "agency": story.AGENCY}
    problem(asked(where, signed(both, issuer_key), "/v1/tasks"), 403, "not_allowed")


def test_an_officer_with_a_personal_number_is_no_citizen(where, claims, issuer_key):
    both = claims | {"kind": "OFFICER", "roles": ["citizen", "reception"], "agency": story.AGENCY}
    problem(asked(where, signed(both, issuer_key)), 403, "not_allowed")
    problem(asked(where, signed(both, issuer_key), "/v1/vault/documents"), 403, "not_allowed")


def test_another_role_than_the_act_asks_for_is_403(where, citizen):
    reception, leader = (officer_of(where, OTHER_AGENCY, r) for r in ("reception", "leader"))
    sign = {"compared_with_original": True}
    refused = [
        story.open_draft(reception),
        reception.get("/v1/dossiers"),
        reception.get("/v1/vault/documents"),
        reception.get("/v1/vault/access"),
        story.submit(reception, "MC-0000000000000000"),
        reception.get("/v1/tasks?kind=approve"),
        leader.get("/v1/tasks?kind=receive"),
        leader.get("/v1/copies"),
        leader.get("/v1/drops"),
        leader.post("/v1/copies/x.y/signature", sign),
        story.complete(leader, "MC-0000000000000000.0-1.receive", "accepted"),
        story.complete(reception, "MC-0000000000000000.0-1.approve", "approved"),
        citizen.get("/v1/tasks"),
        citizen.get("/v1/copies"),
        story.complete(citizen, "MC-0000000000000000.0-1.receive", "accepted"),
    ]
    for answer in refused:
        problem(answer, 403, "not_allowed")


def test_a_low_identity_level_opens_no_draft_of_a_procedure_that_asks_for_more(where):
    low = story.citizen(where, **story.somebody(), level=1)
    assert problem(story.open_draft(low), 403, "level_too_low")["required"] == 2
    assert low.get("/v1/dossiers").ok().body["dossiers"] == []


def test_a_level_that_sank_submits_nothing(where, small_scan):
    me = story.somebody()
    draft = story.ready_draft(story.citizen(where, **me), small_scan)
    problem(story.submit(story.citizen(where, **me, level=1), draft), 403, "level_too_low")
    assert story.citizen(where, **me).get(f"/v1/drafts/{draft}").ok().body["status"] == "draft"
