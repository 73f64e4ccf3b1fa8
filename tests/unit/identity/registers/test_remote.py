"""A gateway to registers over HTTP: slow, down, or saying what nobody understands; what is asked goes nowhere else."""

import json

import pytest
from werkzeug.wrappers import Response

from chalicelib.identity.refusals import RegisterOff, RegisterUnavailable
from chalicelib.identity.registers.model import Answer, Claim, Confirmed, Person, Question
from chalicelib.identity.registers.remote import LONGEST, NoRegisters, RemoteRegisters
from chalicelib.identity.registers.settings import SECONDS, URL
from chalicelib.identity.registers.wiring import asking, registers
from chalicelib.kernel.settings import SettingMissing, UnsafeSetting, boot
from tests.support.gateways import Gateway, drips, hung_up_on, serving

QUESTION = Question(
    register="population",
    use="representation",
    purpose="p",
    basis="b",
    subject=Person(name="Lê An", born_on="2020-05-05", number="086320000077"),
    claims=(Claim("relation.parent", "001195012345"),),
)
MATCH = {"verdict": "match", "confirmed": [{"field": "relation.parent", "holds": True}]}


@pytest.fixture
def gateway():
    with serving(json.dumps(MATCH)) as made:
        yield made


def ask(gateway, key="", seconds=10.0):
    return RemoteRegisters(gateway.url, key, seconds).ask(QUESTION)


def refusal(gateway, **given):
    with pytest.raises(RegisterUnavailable) as refused:
        ask(gateway, **given)
    assert refused.value.facts["register"] == "population"
    assert "086320000077" not in str(refused.value.facts)
    return refused.value.facts["reason"]


def test_the_question_goes_out_whole_with_the_key_and_the_answer_comes_back_typed(gateway):
    answer = ask(gateway, key="k-1")
    assert answer == Answer(verdict="match", confirmed=(Confirmed("relation.parent", holds=True),))
    ((path, key, body),) = gateway.came
    assert (path, key) == ("/population/questions", "Bearer k-1")
    assert json.loads(body) == {
        "register": "population",
        "use": "representation",
        "purpose": "p",
        "basis": "b",
        "subject": {"type": "person", "name": "Lê An", "born_on": "2020-05-05", "number": "086320000077"},
        "fields": [],
        "claims": [{"field": "relation.parent", "value": "001195012345"}],
        "reference": "",
    }


def test_a_slow_register_is_told_from_one_that_is_down_and_is_not_asked_twice(gateway):
    gateway.held.clear()
    assert refusal(gateway, seconds=0.2) == "slow"
    assert gateway.times_asked() == 1
    gone = Gateway()
    gone.url = "http://127.0.0.1:9"
    assert refusal(gone, seconds=2.0) == "down"


WHOLE = drips(json.dumps(MATCH).encode())


@pytest.mark.parametrize("way", WHOLE)
def test_a_register_that_drips_gets_no_more_time_by_it(way):
    def ask_there(url):
        with pytest.raises(RegisterUnavailable) as refused:
            RemoteRegisters(url, "", 1.0).ask(QUESTION)
        assert refused.value.facts["reason"] == "slow"

    assert hung_up_on(*WHOLE[way], ask_there)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_a_register_that_is_busy_or_broken_is_down(gateway, status):
    gateway.answer = Response("", status)
    assert refusal(gateway) == "down"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, '{"verdict": "perhaps"}'),
        (200, '{"verdict": "match", "fields": [{"field": "a.b", "value": "x", "at": "yesterday"}]}'),
        (200, '{"verdict": "match", "fields": [{"field": "a.b", "value": {"x": 1}, "at": "2026-07-01T00:00:00Z"}]}'),
        (200, json.dumps({**MATCH, "more": "x" * LONGEST})),
        (200, "\xff"),
        (204, ""),
        (400, json.dumps(MATCH)),
        (401, json.dumps(MATCH)),
        (404, json.dumps(MATCH)),
    ],
)
def test_what_nobody_understands_is_no_answer(gateway, status, body):
    gateway.answer = Response(body.encode("latin-1"), status)
    assert refusal(gateway) == "unreadable"


def test_an_answer_of_the_longest_is_read_and_a_byte_more_is_none(gateway):
    """What is cut off might be empty: what is left of it would be read as whole."""
    gateway.answer = Response(json.dumps(MATCH).ljust(LONGEST))
    assert ask(gateway).verdict == "match"
    gateway.answer = Response(json.dumps(MATCH).ljust(LONGEST + 1))
    assert refusal(gateway) == "unreadable"


def test_a_redirect_is_not_followed(gateway):
    gateway.answer = Response("", 307, {"Location": f"{gateway.url}/elsewhere"})
    assert refusal(gateway, key="k-1") == "unreadable"
    assert [path for path, *_ in gateway.came] == ["/population/questions"]


def test_without_a_gateway_every_register_is_off(stage):
    found = registers()
    assert isinstance(found, NoRegisters)
    assert not found.is_on()
    with pytest.raises(RegisterOff) as refused:
        found.ask(QUESTION)
    assert refused.value.row.status == 409, "nobody is told to wait"


def test_a_deployed_stage_asks_over_https_with_its_key_and_without_examples(stage):
    stage.setenv("MOTCUA_STAGE", "trial")
    stage.setenv("MOTCUA_REGISTERS_URL", "https://registers.example.vn/")
    found = registers()
    assert found == RemoteRegisters("https://registers.example.vn", "registers-0123456789abcdef", 3.0)
    assert not asking().examples
    stage.delenv("MOTCUA_REGISTERS_KEY")
    with pytest.raises(SettingMissing):
        registers()
    stage.setenv("MOTCUA_STAGE", "local")
    assert asking.__name__
    stage.setenv("MOTCUA_REGISTERS_URL", "http://127.0.0.1:1/local/registers")
    assert registers() == RemoteRegisters("http://127.0.0.1:1/local/registers", "", 3.0)
    assert asking().examples


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (URL, "http://registers.example.vn"),
        (URL, "http://127.0.0.1:1"),
        (SECONDS, "0"),
        (SECONDS, "11"),
        (SECONDS, "x"),
    ],
)
def test_a_deployed_stage_does_not_start_with_what_is_unsafe(stage, setting, value):
    assert setting.unsafe(value)
    assert not URL.unsafe("none")
    assert not URL.unsafe("https://registers.example.vn")
    assert not SECONDS.unsafe("10")
    for name in ("MOTCUA_SECRET", "MOTCUA_ISSUER", "MOTCUA_JWKS_URL", "MOTCUA_KEYS_FOLDER"):
        stage.delenv(name)
    stage.setenv("MOTCUA_STAGE", "trial")
    stage.setenv(setting.name, value)
    with pytest.raises(UnsafeSetting):
        boot()
