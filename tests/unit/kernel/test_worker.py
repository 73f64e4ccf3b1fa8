"""A worker is named, logged by type and place only, and hands every error back to whoever called it."""

import pytest
from chalice import Blueprint

from chalicelib.kernel.settings import UnsafeSetting
from chalicelib.kernel.worker import Delivery, on_call, on_event

EVENT = {
    "detail": {
        "id": "MC-1/EVENT#000001",
        "type": "vn.motcua.draft.opened",
        "subject": "MC-1",
        "time": "2026-11-25T02:20:05.000+00:00",
        "data": {"name": "canary-7"},
    }
}


@pytest.fixture
def bp():
    return Blueprint("tests.worker")


def test_a_worker_gets_the_event_as_it_was_told(bp, logged):
    got = []

    @on_event(bp, "listen")
    def listen(delivery):
        """Listens."""
        got.append(delivery)

    assert listen(EVENT, None) is None
    detail = EVENT["detail"]
    assert got == [Delivery(detail["id"], detail["type"], "MC-1", detail["time"], detail["data"])]
    (line,) = logged
    assert (line["message"], line["function"], line["event_id"]) == ("worked", "listen", detail["id"])
    assert "canary" not in repr(line)


def test_an_error_is_logged_without_its_message_and_goes_up(bp, logged):
    @on_event(bp, "listen")
    def listen(delivery):
        raise ValueError(delivery.data["name"])

    with pytest.raises(ValueError, match="canary-7"):
        listen(EVENT, None)
    (line,) = logged
    assert (line["message"], line["level"], line["function"]) == ("work broke", "ERROR", "listen")
    assert line["error"].startswith("ValueError at ")
    assert "canary" not in repr(line)


def test_a_function_that_is_called_answers_and_its_error_goes_up(bp, logged):
    @on_call(bp, "step")
    def step(event):
        return 7 // event["by"]

    assert step({"by": 7}, None) == 1
    with pytest.raises(ZeroDivisionError):
        step({"by": 0}, None)
    (line,) = logged
    assert (line["function"], line["level"]) == ("step", "ERROR")


def test_an_event_that_is_not_ours_is_an_error_and_not_silence(bp):
    @on_event(bp, "listen")
    def listen(delivery):
        """Listens."""

    with pytest.raises(KeyError):
        listen({"detail": {"id": "x"}}, None)


@pytest.mark.parametrize("kind", [on_event, on_call])
def test_no_worker_works_with_unsafe_settings(bp, stage, kind):
    """A worker's function is started without app.py, whose boot check it would miss."""
    stage.setenv("MOTCUA_STAGE", "production")

    @kind(bp, "work")
    def work(_given):
        pytest.fail("it worked")

    with pytest.raises(UnsafeSetting):
        work(EVENT, None)


def test_chalice_knows_a_worker_by_its_name(bp):
    from chalice import Chalice

    @on_call(bp, "step")
    def step(event):
        """Steps."""

    app = Chalice("t", configure_logs=False)
    app.register_blueprint(bp)
    assert [(f.name, f.handler_string.rpartition(".")[2]) for f in app.pure_lambda_functions] == [("step", "step")]
