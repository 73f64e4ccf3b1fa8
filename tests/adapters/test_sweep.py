"""The sweep over the embedded cloud's tables: bounded reads, conditional marks, the metrics that its alarm hears."""

import io
import itertools
import json
from datetime import timedelta
from typing import NamedTuple

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.onestop import TaskOverdue
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.table import AGENCIES, TABLE
from chalicelib.kernel import aws, log
from chalicelib.kernel.clock import moment
from chalicelib.onestop.model import SWEPT
from chalicelib.onestop.store import Table
from chalicelib.onestop.sweep import OWES, Sweep, Swept
from chalicelib.sealing.door import seal, unseal
from infra.demo import story
from infra.local import meter
from infra.stack.functions import FUNCTIONS
from infra.stack.watch import alarms
from tests.support.world import between, officer_of, partition, ready
from tests.support.writing import write

_numbers = itertools.count(10)


class Late(NamedTuple):
    """A dossier that nobody works on, and its agency, which no other test knows."""

    name: str
    agency: str


@pytest.fixture(scope="module")
def submitted(cloud, where, small_scan):
    """The rows of a submitted dossier."""
    me = story.citizen(where, **story.somebody())
    reference = story.submit(me, ready(me, small_scan)).ok(201).body["reference"]
    cloud.wait_idle()
    return partition(where, "Dossiers", reference)


@pytest.fixture
def late(submitted):
    """A dossier like the submitted one, of this test alone."""
    number = next(_numbers)
    late = Late(f"MC-SWEPT000000000{number}A", f"H77.88.{number}")
    for row in submitted:
        moved = {"pk": late.name, **({"agency": late.agency} if "agency" in row else {})}
        if "wl_pk" in row:
            moved |= {"wl_pk": f"{late.agency}#{row['kind']}", "wl_sk": f"{row['due_at']}#{late.name}"}
        if row["sk"] == "HEAD":  # under a key of its own, as every dossier's
            moved["sealed"] = seal(late.name, unseal(row["pk"], row["sealed"]))
        write(aws.put_new(TABLE(), {**row, **moved}))
    return late


@pytest.fixture
def only_here(late, monkeypatch):
    """Dossiers of other tests stay as they are."""
    monkeypatch.setattr(Table, "agencies", lambda _: [late.agency])


def task_of(late):
    return next(r for r in aws.query(TABLE(), late.name, "TASK#"))


def told(late):
    events = aws.query(TABLE(), late.name, "EVENT#")
    return [e for e in events if e["type"] == TaskOverdue.type]


def test_published_agencies_are_on_the_list_that_is_swept(cloud):
    cloud.wait_idle()
    assert {"H01.10.24", "H01.10.25"} <= set(Table().agencies())
    rows = aws.query(TABLE(), AGENCIES)
    assert all(moment(row["at"]) for row in rows)


def test_before_its_due_time_nothing_is_marked(late, only_here):
    due = moment(task_of(late)["due_at"])
    assert Sweep(Table(), lambda: due).run() == Swept(agencies=1)


def test_an_overdue_task_is_marked_once_whoever_sweeps(late, only_here, where):
    after = moment(task_of(late)["due_at"]) + timedelta(milliseconds=1)
    sweep = Sweep(Table(), lambda: after)
    assert sweep.run() == Swept(agencies=1, overdue=1)
    assert sweep.run() == Swept(agencies=1)
    (event,) = told(late)
    assert event["data"]["agency"] == late.agency
    assert moment(task_of(late)["overdue_at"]) == after
    desk = officer_of(where, late.agency, "reception")
    assert [t["reference"] for t in desk.get("/v1/tasks?kind=receive").ok().body["tasks"]] == [late.name], (
        "still to be done"
    )


def test_a_lost_race_is_no_failure(late, only_here, monkeypatch):
    """The list of the index is behind: it still shows a task without its mark."""
    row, after = heard(TaskRow, task_of(late)), moment(task_of(late)["due_at"]) + timedelta(days=1)
    monkeypatch.setattr(Table, "overdue", lambda *_: [row])
    Sweep(Table(), lambda: after).run()
    Sweep(Table(), lambda: after).run()
    assert len(told(late)) == 1


def test_an_agency_costs_two_reads_a_kind_however_many_others_there_are(late, only_here):
    after = moment(task_of(late)["due_at"]) + timedelta(days=2)
    for minute, hourly in ((30, 0), (0, 2 * len(OWES))):
        now = after.replace(minute=minute)
        Sweep(Table(), lambda now=now: now).run()
        with meter.measure() as used:
            assert Sweep(Table(), lambda now=now: now).run() == Swept(agencies=1)
        assert used.read_calls == 2 * len(SWEPT) + hourly + 1, (
            "two lists a kind, hourly once more of whom an apology may be owed, and where the last run stopped"
        )
        assert used.write_calls == 0


def test_what_is_left_is_kept_between_runs(late):
    Table().leave_off("H01")
    assert Table().left_off() == "H01"
    Table().leave_off("")
    assert Table().left_off() == ""


def test_the_function_says_that_it_ran_with_the_names_that_the_alarm_listens_to(cloud, only_here, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(log, "_stream", lambda: out)
    answer = cloud.functions.call(
        "onestop_sweep", {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}
    )
    assert answer["agencies"] == 1
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    (line,) = lines
    assert (line["SweepRan"], line["SweepFailures"]) == ([1.0], [0.0])
    (given,) = line["_aws"]["CloudWatchMetrics"]
    alarm = alarms()["SweepMissing"]["Properties"]
    assert (given["Namespace"], {d["Name"] for d in alarm["Dimensions"]}) == (
        alarm["Namespace"],
        set(given["Dimensions"][0]),
    )
    assert alarm["MetricName"] in {m["Name"] for m in given["Metrics"]}
    assert next(d["Value"] for d in alarm["Dimensions"] if d["Name"] == "service") == line["service"]


def test_what_happens_on_the_default_bus_calls_no_sweep(cloud, where):
    """A rule without a pattern must not hear every event: the intake's objects come by the same bus."""
    called = []
    with between(cloud, lambda stock, name, event: called.append(name) or stock(name, event)):
        story.drop(where, "MC-0000000000000000", b"no scan", "KQ003785.jpg")
        cloud.wait_idle()
    assert "digitisation_take_in" in called
    assert "onestop_sweep" not in called


def test_the_alarm_takes_silence_for_bad_news():
    alarm = alarms()["SweepMissing"]["Properties"]
    assert (alarm["TreatMissingData"], alarm["ComparisonOperator"], alarm["Threshold"]) == (
        "breaching",
        "LessThanThreshold",
        1,
    )
    assert alarm["EvaluationPeriods"] * alarm["Period"] == 900
    assert FUNCTIONS["onestop_sweep"].timeout < alarm["Period"] * alarm["EvaluationPeriods"]
