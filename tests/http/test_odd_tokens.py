"""Three hundred forged and odd tokens: none proves anybody, and nobody can tell one refusal from another."""

import json
import re
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from infra.demo.client import Client
from infra.stack.front import BEARER
from tests.support.asserts import problem
from tests.support.odd_tokens import Forge, Stage

LEAST = 300
OWN = {"X-Request-Id", "Date"}
"""Headers that are of a request, and not of its refusal."""
SCHEMES = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer  {}",
    "bearer{}",
    "Basic {}",
    "Token {}",
    "{}",
    "Bearer {} {}",
    "Bearer {},",
]


@pytest.fixture(scope="module")
def forge(where):
    folder = Path(where["folder"])
    keys = [ECKey.import_key(json.loads((folder / name).read_text())) for name in ("issuer.json", "keys/tokens.json")]
    return Forge(Stage(*keys, where["issuer"], f"{where['url']}/v1/token", where["audience"]))


@pytest.fixture(scope="module")
def odd(forge):
    return dict(forge.every())


def shape(answer):
    """What of a refusal is the same for everybody: its body and headers, but for the name of the request."""
    body = {name: said for name, said in problem(answer, 401, "token_refused").items() if name != "request_id"}
    del body["instance"]
    return body, {name: said for name, said in answer.headers.items() if name not in OWN}


@pytest.mark.parametrize("kind", ["CITIZEN", "FOREIGNER", "ORGANISATION", "OFFICER", "PORTAL"])
def test_a_token_that_nothing_is_wrong_with_is_good(where, forge, kind):
    """Else three hundred refusals would prove nothing."""
    assert Client(where, forge.good(kind)).get("/v1/me").ok().body["kind"] == kind


def test_a_token_of_our_own_exchange_is_good_and_a_system_brings_scans(where, forge):
    assert Client(where, forge.exchanged()).get("/v1/me").ok().body["portal"] == "dvc"
    system = Client(where, forge.good("SERVICE"))
    assert system.get("/v1/me").ok().body["kind"] == "SERVICE"
    system.post("/v1/drops", {"filename": "a.jpg", "media_type": "image/jpeg"}).ok(201)
    for path in ("/v1/copies", "/v1/tasks", "/v1/dossiers"):
        problem(system.get(path), 403, "not_allowed")


def test_of_three_hundred_odd_tokens_none_is_taken_and_their_refusals_are_one(where, odd):
    assert len(set(odd.values())) >= LEAST
    refused = {name: Client(where, token).get("/v1/me") for name, token in odd.items()}
    assert [name for name, answer in refused.items() if answer.status != 401] == []
    shapes = {name: shape(answer) for name, answer in refused.items()}
    first = shapes["signature: of another key"]
    assert [name for name, each in shapes.items() if each != first] == []


def test_a_header_that_is_no_bearer_token_is_refused_in_that_shape(where, forge, odd):
    good = forge.good()
    first = shape(Client(where, odd["signature: of another key"]).get("/v1/me"))
    for scheme in SCHEMES:
        header = scheme.format(good, good)
        assert shape(Client(where).call("GET", "/v1/me", Authorization=header)) == first, scheme


def test_the_gateway_asks_nobody_about_what_is_no_token(forge, odd):
    """On AWS the pattern comes first: it lets no good token stand outside, and what it lets in is judged as here."""
    pattern = re.compile(BEARER)
    good = [forge.good(kind) for kind in forge.kinds] + [forge.exchanged()]
    assert all(pattern.match(f"{scheme} {token}") for token in good for scheme in ("Bearer", "bearer", "BEARER"))
    outside = {name for name, token in odd.items() if not pattern.match(f"Bearer {token}")}
    assert {"letters: two parts", "letters: no signature", "letters: encrypted", "letters: padding"} <= outside
    assert not any(pattern.match(scheme.format(good[0], good[0])) for scheme in SCHEMES)
