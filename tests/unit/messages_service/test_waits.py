"""What cannot be signed says for how long it has waited, under the name that the alarm hears."""

import io
import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chalicelib.kernel import log
from chalicelib.kernel.clock import stamp, utc_now
from chalicelib.kernel.worker import Heard
from chalicelib.messages import events
from infra.stack.watch import UNSIGNED, alarms

TOLD = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


class Away(RuntimeError):
    """The timestamp authority does not answer."""


@pytest.fixture
def lines(monkeypatch):
    out = io.StringIO()
    monkeypatch.setenv("MOTCUA_STAGE", "local")
    monkeypatch.setattr(log, "_stream", lambda: out)
    return lambda: [json.loads(line) for line in out.getvalue().splitlines()]


def heard(event, time=TOLD):
    return Heard("MC-1/EVENT#000001", "MC-1", stamp(time), event)


def test_a_try_that_fails_tells_the_seconds_since_the_order(lines):
    with pytest.raises(Away), events._waits(heard(None), lambda: TOLD + timedelta(seconds=1801.5)):
        raise Away
    (line,) = lines()
    assert line["SignatureWaits"] == [1801.0]
    (given,) = line["_aws"]["CloudWatchMetrics"]
    alarm = alarms()["PapersUnsigned"]["Properties"]
    assert (given["Namespace"], given["Metrics"][0]["Name"]) == (alarm["Namespace"], alarm["MetricName"])
    assert set(given["Dimensions"][0]) == {d["Name"] for d in alarm["Dimensions"]}
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Maximum", UNSIGNED)
    assert UNSIGNED > 600, "ten minutes without the authority ring nothing"


def test_what_is_signed_tells_nothing(lines):
    with events._waits(heard(None)):
        pass
    assert lines() == []


@pytest.mark.parametrize(
    ("worker", "made", "event"),
    [
        (events.messages_sign_copy, "signatures", "order"),
        (events.messages_issue_paper, "publisher", "decided"),
    ],
)
def test_both_workers_that_sign_tell(monkeypatch, lines, request, worker, made, event):
    def away():
        raise Away

    monkeypatch.setattr(events, made, away)
    told, ordered = request.getfixturevalue(event), stamp(utc_now() - timedelta(hours=1))
    detail = {"id": "MC-1/EVENT#000001", "type": told.type, "subject": "MC-1", "time": ordered}
    with pytest.raises(Away):
        worker({"detail": detail | {"data": msgspec.to_builtins(told)}}, None)
    assert [line["SignatureWaits"][0] >= 3600 for line in lines()] == [True]
