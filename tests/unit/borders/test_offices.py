"""Borders of an office: midnight of Viet Nam, the moment itself, the second of two tasks, papers or agencies."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.onestop.changes import limits, recount
from chalicelib.onestop.changes.recount import Down
from chalicelib.onestop.consulting.waiting import require_answered
from chalicelib.onestop.model import begun_at
from chalicelib.onestop.refusals import ConsultationOpen, SupplementUnchecked
from chalicelib.onestop.supplement.arrived import require_complete, superseded
from chalicelib.onestop.tasks.workload import Workloads, age_of
from chalicelib.onestop.unheld import Unheld
from tests.fakes import people

NOW = datetime(2026, 12, 3, 3, tzinfo=UTC)
T0, T1, T2, T3 = (stamp(NOW + timedelta(minutes=n)) for n in range(4))


# --- a supervisor's view ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "now", "bucket"),
    [
        ("2026-11-25T03:00:00+00:00", "2026-11-26T16:59:59+00:00", "0-1"),
        ("2026-11-25T03:00:00+00:00", "2026-11-26T17:00:00+00:00", "2-3"),
        ("2026-11-25T16:59:59+00:00", "2026-11-27T03:00:00+00:00", "2-3"),
        ("2026-11-25T17:00:00+00:00", "2026-11-27T03:00:00+00:00", "0-1"),
    ],
)
def test_a_task_is_a_day_older_from_midnight_of_viet_nam_on(opened, now, bucket):
    assert age_of(datetime.fromisoformat(opened), datetime.fromisoformat(now)) == bucket


class Loads:
    """Lists of a supervisor's agencies as they are given."""

    def __init__(self, lists, due=()):
        self.lists, self.due = lists, list(due)

    def listed(self, agency, kind, *, claimed, most):
        return self.lists.get((agency, kind, claimed), ([], False))

    def names(self, rows):
        return dict.fromkeys(rows, "x")

    def due_data(self, agencies, most):
        return self.due, False


def row(kind, due_at=T0, officer=None):
    return SimpleNamespace(kind=kind, due_at=due_at, opened_at=T0, claimed_by=officer)


def seen(lists, due=()):
    return Workloads(Loads(lists, due), lambda: moment(T1)).of(people.LEADER)


def test_a_list_that_goes_on_at_the_first_of_two_agencies_says_that_there_are_more():
    agencies = frozenset({"H01", "H02"})
    for first in sorted(agencies):
        work = Workloads(Loads({(first, "verify", False): ([row("verify")], True)}), lambda: NOW)
        found, more = work._rows(agencies, "verify", claimed=False)
        assert (len(found), more) == (1, True)


def test_the_bottleneck_is_where_most_is_late_and_of_as_many_where_most_is_open():
    here = people.OFFICE["id"]
    lists = {
        (here, "receive", False): ([row("receive"), row("receive", T3), row("receive", T3)], False),
        (here, "verify", False): ([row("verify"), row("verify")], False),
        (here, "approve", False): ([row("approve"), row("approve"), row("approve", T3)], False),
    }
    assert seen(lists).bottleneck == "approve"


def test_what_is_due_at_this_moment_is_not_late():
    here = people.OFFICE["id"]
    found = seen({(here, "verify", True): ([row("verify", each, "o") for each in (T0, T1, T2)], False)}, [T0, T1, T2])
    (load,) = [each for each in found.loads if each.kind == "verify"]
    assert (load.overdue, found.officers[0].overdue) == (1, 1)
    assert (found.data.overdue, found.data.due_soon, found.data.first_due_at) == (1, 2, T0)


# --- a supplement ----------------------------------------------------------------------------------------------------


def component(name, at, code="A", **more):
    return SimpleNamespace(id=name, code=code, received_at=at, superseded_by=None, **more)


class Request:
    """What was asked for at T1."""

    at, items = T1, ()

    def came(self, each):
        return each.received_at > T1


def test_former_papers_are_superseded_by_the_first_that_came_and_those_of_the_moment_itself_too():
    former = [component("f1", T0), component("f2", T1), component("other", T0, code="B")]
    came = [component("n2", T3), component("n1", T2)]
    dossier = SimpleNamespace(components=[*former, *came])
    assert superseded(dossier, Request()) == {"f1": "n1", "f2": "n1"}


@pytest.mark.parametrize(("at", "waits"), [(T0, False), (T1, False), (T2, True)])
def test_only_a_file_that_was_announced_since_the_request_is_waited_for(at, waits):
    upload = SimpleNamespace(status="pending", announced_at=at, key="k", component="A")
    other = SimpleNamespace(status="ready", announced_at=T2, key="k", component="B")
    plan = SimpleNamespace(components=())
    dossier = SimpleNamespace(uploads=[other, upload], components=[], plan=plan)
    if not waits:
        return require_complete(dossier, Request(), {}, lambda key: True)
    with pytest.raises(SupplementUnchecked) as refused:
        require_complete(dossier, Request(), {}, lambda key: True)
    assert refused.value.facts["components"] == ["A"]
    return None


def test_a_term_that_began_anew_twice_runs_from_the_second_time():
    head = SimpleNamespace(accepted_at=T0)
    marks = [SimpleNamespace(type=kind, at=at) for kind, at in (("restart", T1), ("stop", T2), ("restart", T3))]
    assert begun_at(head, SimpleNamespace(marks=marks)) == moment(T3)
    assert begun_at(head, SimpleNamespace(marks=marks[1:2])) == moment(T0)
    assert begun_at(SimpleNamespace(accepted_at=None), SimpleNamespace(marks=())) is None


# --- opinions, outages -----------------------------------------------------------------------------------------------


def test_of_two_agencies_that_are_asked_the_later_date_is_told_and_those_of_other_legs_count_for_nothing():
    def asked(agency, due_at, leg="0-a", *, is_open=True):
        return SimpleNamespace(kind="consult", agency=agency, due_at=due_at, leg=leg, is_open=is_open)

    task = SimpleNamespace(leg="0-a")
    tasks = [asked("H01", T2), asked("H02", T1), asked("H03", T3, "0-b"), asked("H04", T3, is_open=False)]
    for some in (tasks, tasks[::-1]):
        with pytest.raises(ConsultationOpen) as refused:
            require_answered(SimpleNamespace(tasks=some), task)
        assert set(refused.value.facts["agencies"]) == {"H01", "H02"}
        assert moment(refused.value.facts["until"]) == moment(T2)
    require_answered(SimpleNamespace(tasks=tasks[2:]), task)


@pytest.mark.parametrize(("accepted", "is_touched"), [(T0, True), (T1, True), (T2, False), (T3, False), (None, False)])
def test_an_outage_touches_what_was_accepted_before_its_end_and_not_at_its_moment(accepted, is_touched):
    head = SimpleNamespace(procedure="1.001193", agency="H01.10", accepted_at=accepted)
    assert Down(id="o", starts_at=T1, ends_at=T2).touches(head) == is_touched
    assert Down(id="o", starts_at=T1, ends_at=T2, services=("x", "1.001193")).touches(head) == is_touched
    assert not Down(id="o", starts_at=T1, ends_at=T2, services=("x",)).touches(head)
    assert not Down(id="o", starts_at=T1, ends_at=T2, agency="H01.1").touches(head), "H01.10 is not within H01.1"


def test_of_two_outages_the_second_leaves_what_was_said_of_the_first():
    head = SimpleNamespace(accepted_at=T0)
    marks = [SimpleNamespace(outage="first"), SimpleNamespace(outage=None), SimpleNamespace(outage="second")]
    dossier = SimpleNamespace(head=head, clock=SimpleNamespace(marks=tuple(marks)))
    second = Down(id="second", starts_at=T1, ends_at=T2)
    found = recount._stood(dossier, second)
    assert [(each.outage, getattr(each, "at", None)) for each in found] == [
        ("first", None), (None, None), ("second", T1), ("second", T2),
    ]  # fmt: skip
    assert recount._stood(dossier, Down(id="second", starts_at=T1, ends_at=T2, is_void=True)) == tuple(marks[:2])


# --- money, tasks that nobody took -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "fits"), [(60, True), (61, False)])
def test_what_was_asked_for_in_another_currency_takes_nothing_of_the_most(monkeypatch, amount, fits):
    asked = [SimpleNamespace(amount=40, currency="VND"), SimpleNamespace(amount=90, currency="USD")]
    monkeypatch.setattr(limits, "_bounds", lambda dossier: {"VND": 100, "USD": 90})
    monkeypatch.setattr(limits, "_requests", lambda dossier: asked)
    dossier = SimpleNamespace(head=SimpleNamespace(rule_pack=None, accepted_at=T0, submitted_at=T0))
    if fits:
        limits.require_owed(dossier, limits.Owed(amount, "VND", "r"))
        return
    with pytest.raises(BodyInvalid) as refused:
        limits.require_owed(dossier, limits.Owed(amount, "VND", "r"))
    assert [each.rule for each in refused.value.fields] == ["fee_most"]


class Written(Exception):
    """Something was written."""


@pytest.mark.parametrize(("seconds", "is_told"), [(-1, False), (0, True), (1, True)])
def test_a_task_that_nobody_took_is_told_at_the_end_of_its_hours(seconds, is_told):
    opened = datetime(2026, 11, 25, 1, tzinfo=UTC)

    def change(dossier, now):
        raise Written

    place = {"agency": "H01", "leg": "0-a", "kind": "verify", "round": 1, "due_at": T3}
    task = SimpleNamespace(is_open=True, claim=None, unheld_at=None, opened_at=stamp(opened), **place)
    head = SimpleNamespace(erased_at=None, accepted_at=T0, submitted_at=T0, due_at=T3)
    dossier = SimpleNamespace(head=head, task=lambda *_: task, reference="MC-1")
    tasks = SimpleNamespace(dossier=lambda *_: dossier, unheld_hours=lambda *_: 2, change=change)
    unheld = Unheld(tasks, lambda: opened + timedelta(hours=2, seconds=seconds))
    task_row = SimpleNamespace(pk="MC-1", leg="0-a", kind="verify", round=1)
    if is_told:
        with pytest.raises(Written):
            unheld.tell("H01", task_row)
    else:
        assert not unheld.tell("H01", task_row)
