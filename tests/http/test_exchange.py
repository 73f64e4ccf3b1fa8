"""A portal files for those who signed in there, and for nobody else (RFC 8693)."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from chalicelib.identity import tokens
from infra.demo import story
from infra.demo.client import TIMEOUT, Client
from infra.local.door import AT_ONCE
from tests.support.asserts import problem, rules

PORTAL, SECRET = "sandbox-portal", "sandbox-portal-secret"
NEIGHBOUR, ITS_SECRET = "sandbox-neighbour", "sandbox-neighbour-secret"
GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
FORM = "application/x-www-form-urlencoded"


def credentials(where, client, secret):
    return requests.post(
        where["token"], data={"grant_type": "client_credentials"}, auth=(client, secret), timeout=TIMEOUT
    )


@pytest.fixture
def portal(where):
    return Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])


def signed_in(where, client=PORTAL, **claims):
    """A person's own token, issued to the client at which they signed in."""
    me = {"name": "Đỗ Minh Anh", **story.somebody()} | {"kind": "CITIZEN", "level": 2, "client_id": client} | claims
    return requests.post(where["token"], json=me, timeout=TIMEOUT).json()["access_token"], me


def exchange(portal, token, kind=FORM, **form):
    """The portal's request, as a client of the standard sends it: a form, without an Idempotency-Key."""
    asked = {"grant_type": GRANT, "subject_token": token, "subject_token_type": ACCESS_TOKEN, **form}
    headers = {"Authorization": f"Bearer {portal.token}", "Content-Type": kind}
    text = urlencode([(name, value) for name, value in asked.items() if value is not None])
    return sent(portal.where, text, headers)


def sent(where, text, headers):
    from infra.demo.client import Answer

    answer = requests.post(f"{where['url']}/v1/token", data=text, headers=headers, timeout=TIMEOUT)
    return Answer(answer.status_code, answer.headers, answer.json())


def test_a_portal_gets_a_short_token_that_says_who_asks_and_for_whom(where, portal):
    token, me = signed_in(where)
    answer = exchange(portal, token).ok(200)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    given = answer.body["access_token"]
    assert answer.body == {
        "access_token": given,
        "issued_token_type": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": 300,
    }
    told = Client(where, given).get("/v1/me").ok().body
    assert (told["kind"], told["name"], told["portal"]) == ("CITIZEN", me["name"], PORTAL)
    keys = Client(where).get("/v1/token/keys").ok()
    assert "max-age" in keys.headers["Cache-Control"]
    claims = jwt.decode(given, KeySet.import_key_set(keys.body), algorithms=["ES256"]).claims
    assert (claims["act"], claims["client_id"], claims["sub"]) == ({"sub": PORTAL}, PORTAL, me["sub"])


def test_many_at_once_ask_for_the_keys_of_tokens_and_none_waits_for_another(where, portal):
    """Each request that is judged holds a turn of the local gateway, and the keys come through it as well."""
    tokens._keys.clear()
    given = [exchange(portal, signed_in(where)[0]).ok().body["access_token"] for _ in range(3)]
    tokens._keys.clear()
    with ThreadPoolExecutor(3 * AT_ONCE) as pool:
        answers = list(pool.map(lambda token: Client(where, token).get("/v1/me").status, given * AT_ONCE))
    assert set(answers) == {200}


def test_a_portal_opens_what_the_person_may_and_not_their_vault(where, portal):
    token, me = signed_in(where)
    theirs = Client(where, exchange(portal, token).ok().body["access_token"])
    reference = story.open_draft(theirs).ok(201).body["reference"]
    assert theirs.get(f"/v1/drafts/{reference}").ok()
    own = story.citizen(where, **{name: me[name] for name in ("sub", "name", "personal_id")})
    assert own.get(f"/v1/drafts/{reference}").ok().body["reference"] == reference
    assert own.get("/v1/vault/documents").ok()
    for path in ("/v1/vault/documents", "/v1/vault/access"):
        assert problem(theirs.get(path), 403, "not_allowed")["act"] == "vault.read"


def test_a_portal_by_itself_acts_for_nobody(where, portal):
    assert portal.get("/v1/me").ok().body["portal"] == PORTAL
    for path in ("/v1/dossiers", "/v1/vault/documents", "/v1/tasks", "/v1/drops"):
        problem(portal.get(path), 403, "not_allowed")
    problem(story.open_draft(portal), 403, "not_allowed")


def test_only_a_portal_exchanges(where, citizen):
    token, _ = signed_in(where)
    for who in (citizen, Client(where, token)):
        problem(exchange(who, token), 403, "not_allowed")
    answer = problem(exchange(Client(where), token), 401, "token_refused")
    assert answer["title"]


def test_a_portal_that_names_somebody_elses_visitor_is_refused_and_stands_in_their_ledger(where, portal):
    token, me = signed_in(where, client=NEIGHBOUR)
    own = story.citizen(where, **{name: me[name] for name in ("sub", "name", "personal_id")})
    assert own.get("/v1/vault/access").ok().body["lines"] == []
    for _ in range(3):
        answer = problem(exchange(portal, token), 403, "not_signed_in_here")
        assert answer["error"] == "invalid_request"
    (line,) = own.get("/v1/vault/access").ok().body["lines"]
    assert (line["act"], line["by"], line["document"]) == ("refused", PORTAL, "")
    assert "another client" in line["basis"]
    neighbour = Client(where, credentials(where, NEIGHBOUR, ITS_SECRET).json()["access_token"])
    assert exchange(neighbour, token).ok()
    assert len(own.get("/v1/vault/access").ok().body["lines"]) == 1


def test_a_subject_token_that_proves_nobody_is_refused_as_a_bearer_that_proves_nobody(where, portal):
    token, me = signed_in(where)
    given = exchange(portal, token).ok().body["access_token"]
    key = ECKey.import_key(json.loads(Path(where["folder"], "issuer.json").read_text()))
    now = int(time.time())
    claims = me | {"iss": where["issuer"], "aud": where["audience"], "iat": now - 7200, "exp": now - 3600}
    expired = jwt.encode({"alg": "ES256", "kid": key.kid, "typ": "at+jwt"}, claims, key)
    bearer = problem(Client(where, token + "x").get("/v1/me"), 401)
    for odd in (token + "x", token[:-4], "x", expired, given, portal.token):
        answer = exchange(portal, odd)
        refused = problem(answer, 401, "token_refused")
        assert refused.keys() == bearer.keys()
        assert [refused[name] for name in ("type", "status", "code")] == [
            bearer[name] for name in ("type", "status", "code")
        ]
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize(
    ("form", "place", "rule"),
    [
        ({"subject_token": None}, "/subject_token", "missing"),
        ({"subject_token": ""}, "/subject_token", "missing"),
        ({"subject_token": "x" * 9000}, "/subject_token", "string_too_long"),
        ({"subject_token_type": None}, "/subject_token_type", "missing"),
        ({"subject_token_type": "urn:ietf:params:oauth:token-type:id_token"}, "/subject_token_type", "literal_error"),
        ({"requested_token_type": "urn:ietf:params:oauth:token-type:saml2"}, "/requested_token_type", "literal_error"),
        ({"actor_token": "x"}, "/actor_token", "literal_error"),
        ({"grant_type": None}, "/grant_type", "missing"),
    ],
)
def test_what_is_wrong_with_a_form_is_named(where, portal, form, place, rule):
    answer = exchange(portal, "x", **form)
    assert rules(answer) == {place: rule}
    assert answer.body["error"] == "invalid_request"


def test_what_the_standard_has_beside_is_passed_over(where, portal):
    token, _ = signed_in(where)
    beside = {"scope": "a b", "client_id": PORTAL, "actor_token": "", "more": "x", "audience": where["audience"]}
    assert exchange(portal, token, **beside).ok()


def test_nothing_else_is_granted_nor_for_another_service(where, portal):
    token, _ = signed_in(where)
    assert problem(exchange(portal, token, grant_type="password"), 400, "unsupported_grant")["error"] == (
        "unsupported_grant_type"
    )
    assert problem(exchange(portal, token, audience="bank"), 400, "target_unknown")["error"] == "invalid_target"


def test_a_form_says_each_name_once_and_is_a_form(where, portal):
    headers = {"Authorization": f"Bearer {portal.token}", "Content-Type": FORM}
    twice = urlencode([("grant_type", GRANT), ("grant_type", GRANT), ("subject_token", "x")])
    assert rules(sent(where, twice, headers)) == {"/grant_type": "duplicate_key"}
    for text in (b"grant_type", b"a=%ff&", b"a=1;b"):
        assert rules(sent(where, text, headers)).keys() <= {"", "/grant_type", "/subject_token", "/subject_token_type"}
    assert rules(sent(where, "a=" + "x" * 300_000, headers)) == {"": "max_bytes"}
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        problem(exchange(portal, "x", kind=kind), 415, "type_not_supported")
    assert problem(story.open_draft(portal), 403)


def test_a_form_is_taken_by_the_exchange_alone(where, citizen):
    headers = {"Authorization": f"Bearer {citizen.token}", "Content-Type": FORM, "Idempotency-Key": "k"}
    answer = requests.post(f"{where['url']}/v1/drafts", data="procedure=x", headers=headers, timeout=TIMEOUT)
    assert answer.status_code == 415


@pytest.mark.parametrize("auth", [("", ""), (PORTAL, ""), (PORTAL, ITS_SECRET), ("nobody", ""), ("nobody", SECRET)])
def test_the_sandbox_gives_a_portals_token_for_its_secret_only(where, auth):
    assert credentials(where, *auth).status_code == 401
    form = {"grant_type": "client_credentials", "client_id": auth[0], "client_secret": auth[1]}
    assert requests.post(where["token"], data=form, timeout=TIMEOUT).status_code == 401
    good = {"grant_type": "client_credentials", "client_id": PORTAL, "client_secret": SECRET}
    assert requests.post(where["token"], data=good, timeout=TIMEOUT).status_code == 200
