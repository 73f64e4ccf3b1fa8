"""A worker is named, logged by type and place only, and hands every error back to whoever called it."""

import json
import re
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError
from chalice import Blueprint, Chalice
from msgspec import Struct

from chalicelib.contracts.event import Malformed
from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.stored import Unreadable
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel.problem import ContentErased, TryAgain
from chalicelib.kernel.settings import SECRET, STAGE, SettingMissing, UnsafeSetting, setting
from chalicelib.kernel.waiting import turns
from chalicelib.kernel.worker import Heard, NeedsUnsaid, Uncalled, called, hears

NAME = "onestop_record_delivery"  # the hearer that the contract of VaultStored names
DATA = {"reference": "canary-7", "document": "KQ1", "stored_at": "2026-11-25T02:20:05.000+00:00"}
EVENT = {
    "detail": {
        "id": "OWNER#1/EVENT#000001",
        "type": VaultStored.type,
        "subject": "OWNER#1",
        "time": "2026-11-25T02:20:05.000+00:00",
        "data": DATA,
    }
}


class Payload(Struct, frozen=True):
    """What a step is called with."""

    by: int


@pytest.fixture
def bp():
    return Blueprint("tests.worker")


def told(**data):
    return {"detail": {**EVENT["detail"], "data": {k: v for k, v in (DATA | data).items() if v is not None}}}


def test_a_worker_gets_the_event_as_its_contract_says(bp, logged):
    got = []

    @hears(bp, NAME, VaultStored, needs=(STAGE,))
    def listen(heard):
        """Listens."""
        got.append(heard)

    assert listen(EVENT, None) is None
    detail = EVENT["detail"]
    assert got == [Heard(detail["id"], "OWNER#1", detail["time"], VaultStored(**DATA))]
    (line,) = logged
    assert (line["message"], line["function"], line["event_id"]) == ("worked", NAME, detail["id"])
    assert "canary" not in repr(line)


def test_an_event_of_a_newer_release_is_heard_and_what_it_adds_is_ignored(bp):
    got = []
    hears(bp, NAME, VaultStored, needs=(STAGE,))(lambda heard: got.append(heard.event))(told(new={"a": 1}), None)
    assert got == [VaultStored(**DATA)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"reference": None}, "vn.motcua.vault.stored: reference: missing"),
        ({"document": 7}, "vn.motcua.vault.stored: document: Expected `str`, got `int`"),
    ],
)
def test_a_malformed_event_goes_up_and_the_log_names_the_field(bp, logged, data, reason):
    listen = hears(bp, NAME, VaultStored, needs=(STAGE,))(lambda _: pytest.fail("it was heard"))
    with pytest.raises(Malformed, match=reason):
        listen(told(**data), None)
    (line,) = logged
    assert (line["message"], line["level"], line["reason"]) == ("event not understood", "ERROR", reason)
    assert "canary" not in repr(line)


def test_a_record_that_a_worker_cannot_read_is_named_and_is_not_the_events_fault(bp, logged):
    @hears(bp, NAME, VaultStored, needs=(STAGE,))
    def listen(heard):
        raise Unreadable("PlanItem: plan.office: missing", "MC-1/PLAN")

    with pytest.raises(Unreadable):
        listen(EVENT, None)
    (line,) = logged
    assert (line["message"], line["record"]) == ("work broke", "MC-1/PLAN")
    assert line["reason"] == "PlanItem: plan.office: missing"


def test_an_error_is_logged_without_its_message_and_goes_up(bp, logged):
    @hears(bp, NAME, VaultStored, needs=(STAGE,))
    def listen(heard):
        raise ValueError(heard.event.reference)

    with pytest.raises(ValueError, match="canary-7"):
        listen(EVENT, None)
    (line,) = logged
    assert (line["message"], line["level"], line["function"]) == ("work broke", "ERROR", NAME)
    assert line["error"].startswith("ValueError at ")
    assert "canary" not in repr(line)


def test_a_function_that_is_called_answers_and_its_error_goes_up(bp, logged):
    step = called(bp, "step", Payload, needs=(STAGE,))(lambda given: 7 // given.by)
    assert step({"by": 7}, None) == 1
    with pytest.raises(ZeroDivisionError):
        step({"by": 0}, None)
    with pytest.raises(Malformed, match="by: missing"):
        step({}, None)
    first, second = logged
    assert (first["message"], first["function"], first["level"]) == ("work broke", "step", "ERROR")
    assert (second["message"], second["reason"]) == ("call not understood", "Payload: by: missing")


def batch(*events):
    """As a queue brings them."""
    bodies = [event if isinstance(event, str) else json.dumps(event) for event in events]
    return {"Records": [{"messageId": f"m{n}", "body": b, "eventSource": "aws:sqs"} for n, b in enumerate(bodies, 1)]}


def test_work_for_an_erased_dossier_ends_with_its_reason_and_comes_back_from_no_queue(bp, logged):
    def erased(_):
        raise ContentErased("MC-1")

    listen = hears(bp, NAME, VaultStored, needs=(STAGE,))(erased)
    step = called(bp, "step", Payload, needs=(STAGE,))(erased)
    assert listen(batch(EVENT), None) == {"batchItemFailures": []}
    assert [listen(EVENT, None), step({"by": 1}, None)] == [{"ended": "content_erased"}] * 2
    assert {(line["message"], line["level"]) for line in logged} == {("work ended", "INFO")}
    assert {(line["reason"], line["dossier"]) for line in logged} == {("content_erased", "MC-1")}
    assert [line["function"] for line in logged] == [NAME, NAME, "step"]


def test_a_message_that_fails_comes_back_alone_and_the_others_are_done(bp, logged):
    got = []

    @hears(bp, NAME, VaultStored, needs=(STAGE,))
    def listen(heard):
        got.append(heard.event.document)
        if heard.event.document == "canary-2":
            raise ValueError(heard.event.document)

    sent = batch(told(document="1"), told(document="canary-2"), told(document="3"))
    assert listen(sent, None) == {"batchItemFailures": [{"itemIdentifier": "m2"}]}
    assert got == ["1", "canary-2", "3"]
    assert [line["message"] for line in logged] == ["worked", "work broke", "worked"]
    assert logged[1]["error"].startswith("ValueError at ")
    assert "canary" not in repr(logged)
    assert listen(batch(EVENT), None) == {"batchItemFailures": []}


@pytest.mark.parametrize("body", ["no json", "7", "{}", json.dumps({"detail": {"id": "x"}})])
def test_a_message_that_is_no_event_fails_and_the_log_says_so(bp, logged, body):
    listen = hears(bp, NAME, VaultStored, needs=(STAGE,))(lambda _: pytest.fail("it was heard"))
    assert listen(batch(body), None) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    (line,) = logged
    assert (line["message"], line["function"]) == ("event not understood", NAME)


def test_what_s3_tells_comes_by_a_queue_too(bp, logged):
    step = called(bp, "step", Payload, needs=(STAGE,))(lambda given: 7 // given.by)
    assert step(batch({"by": 1}, {"by": 0}, {}), None) == {
        "batchItemFailures": [{"itemIdentifier": "m2"}, {"itemIdentifier": "m3"}]
    }
    assert [line["message"] for line in logged] == ["work broke", "call not understood"]


def test_an_event_that_is_not_ours_is_an_error_and_not_silence(bp):
    listen = hears(bp, NAME, VaultStored, needs=(STAGE,))(lambda _: None)
    with pytest.raises(Malformed, match=r"detail\.type: missing"):
        listen({"detail": {"id": "x"}}, None)
    with pytest.raises(KeyError):
        listen({"detail": {**EVENT["detail"], "type": DossierProcessed.type}}, None)


BUSY = ClientError({"Error": {"Code": "ThrottlingException"}}, "Query")


@pytest.mark.parametrize(("register", "raised"), [("hears", ClientError), ("called", TryAgain)])
def test_what_passes_by_itself_goes_up_to_be_repeated_by_a_name_that_a_machine_knows(bp, logged, register, raised):
    def work(_):
        raise BUSY

    listen, given = {
        "hears": (hears(bp, NAME, VaultStored, needs=(STAGE,))(work), EVENT),
        "called": (called(bp, "work", Payload, needs=(STAGE,))(work), {"by": 1}),
    }[register]
    with pytest.raises(raised):
        listen(given, None)
    (line,) = logged
    assert (line["message"], line["level"]) == ("work to be repeated", "ERROR")


@pytest.mark.parametrize("register", ["hears", "called"])
def test_a_worker_waits_for_others_as_long_as_its_function_has_time(bp, waits, register):
    work = {
        "hears": lambda: hears(bp, NAME, VaultStored, needs=(STAGE,))(lambda _: list(turns())),
        "called": lambda: called(bp, "work", Payload, needs=(STAGE,))(lambda _: list(turns())),
    }[register]()
    work(EVENT if register == "hears" else {"by": 1}, SimpleNamespace(get_remaining_time_in_millis=lambda: 5000))
    assert 2 < sum(waits.waited) <= 3


@pytest.mark.parametrize("kinds", [(), (LineWritten,), (VaultStored, DossierProcessed)])
def test_a_worker_that_no_contract_names_is_refused(bp, kinds):
    with pytest.raises(Uncalled, match=NAME):
        hears(bp, NAME, *kinds)


@pytest.mark.parametrize(
    "register",
    [lambda bp: hears(bp, NAME, VaultStored, needs=(STAGE,)), lambda bp: called(bp, "work", Payload, needs=(STAGE,))],
)
def test_no_worker_works_with_unsafe_settings(bp, stage, register):
    """A worker's function is started without app.py, whose boot check it would miss."""
    stage.setenv("MOTCUA_STAGE", "production")
    with pytest.raises(UnsafeSetting):
        register(bp)(lambda _: pytest.fail("it worked"))(EVENT, None)


@pytest.mark.parametrize("register", ["hears", "called"])
def test_a_worker_gets_the_settings_that_it_declares_and_no_other(bp, register):
    bus = setting("MOTCUA_BUS", "Name of the event bus.")
    work = {
        "hears": lambda needs: hears(bp, NAME, VaultStored, needs=needs)(lambda _: bus()),
        "called": lambda needs: called(bp, "work", Payload, needs=needs)(lambda _: bus()),
    }[register]
    event = EVENT if register == "hears" else {"by": 1}
    work((bus,))(event, None)
    with pytest.raises(
        SettingMissing, match=r"^MOTCUA_BUS is set, but not declared: add it to needs= of this function"
    ):
        work((SECRET,))(event, None)
    assert bus() == "bus"


def test_a_worker_that_declares_no_setting_is_refused_by_its_name(bp):
    said = "declares no setting: write needs=(STAGE,) when it needs none but the stage"
    with pytest.raises(NeedsUnsaid, match=re.escape(f"{NAME} {said}")):
        hears(bp, NAME, VaultStored)
    with pytest.raises(NeedsUnsaid, match=re.escape(f"step {said}")):
        called(bp, "step", Payload, needs=())


def test_chalice_knows_a_worker_by_its_name(bp):
    @called(bp, "step", Payload, needs=(STAGE,))
    def step(given):
        """Steps."""

    app = Chalice("t", configure_logs=False)
    app.register_blueprint(bp)
    assert [(f.name, f.handler_string.rpartition(".")[2]) for f in app.pure_lambda_functions] == [("step", "step")]
