"""Borders of bundles and of what leaves: each of two legs, the last result, the newest row whatever came last."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from chalicelib.contracts.bundles import BundleSettled, CameDownstream, GoesOn
from chalicelib.contracts.plan import PlannedPaper, PlannedStart, PlannedTake
from chalicelib.dossier.items import ResultItem
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles import downstream, settling
from chalicelib.onestop.tasks.worklist import PAGE, Worklist
from chalicelib.outbox import publish
from chalicelib.outbox.publish import Leaving
from chalicelib.outbox.redrive import ROUNDS, next_round
from chalicelib.submission import reuse
from chalicelib.submission.bundles.model import Earlier, values_of

NOW = datetime(2026, 12, 3, 3, tzinfo=UTC)
T0, T1 = stamp(NOW), stamp(NOW + timedelta(minutes=1))


class Change:
    """What somebody writes, kept as it was said."""

    now = NOW

    def __init__(self):
        self.said, self.events = [], []

    def __getattr__(self, name):
        def say(*given, **more):
            self.said.append((name, *given, more))
            return self

        return say

    def tell(self, event, **more):
        self.events.append(event)
        return self

    def told(self, name):
        return [each[1:-1] for each in self.said if each[0] == name]


# --- a bundle --------------------------------------------------------------------------------------------------------


def leg(outcome="done", returned_at=None):
    return SimpleNamespace(outcome=outcome and SimpleNamespace(outcome=outcome), returned_at=returned_at, child="MC-2")


def settled(monkeypatch, *legs):
    """What a bundle whose legs stand so tells, and whether it is given back at once."""
    names = dict(zip("abc", legs, strict=False))
    monkeypatch.setattr(settling, "started_legs", lambda plan: [SimpleNamespace(name=each) for each in names])
    given = []
    monkeypatch.setattr(settling, "give_back", lambda *_: given.append(True))
    head = SimpleNamespace(state=DossierState.PROCESSING, agency="H01", accepted_at=T0, submitted_at=T0, due_at=T1)
    change = Change()
    settling.settle(
        SimpleNamespace(head=head, plan=None, reference="MC-1"), change, lambda reference, name: names[name]
    )
    return [type(each) for each in change.events], bool(given)


@pytest.mark.parametrize("open_one", [None, leg(None)])
def test_a_bundle_waits_for_each_of_its_legs(monkeypatch, open_one):
    for some in ((open_one, leg()), (leg(), open_one), (leg("refused"), leg(), open_one)):
        assert settled(monkeypatch, *some) == ([], False)


def test_a_bundle_is_given_back_once_each_result_was_returned_whichever_was_first(monkeypatch):
    back, owed = leg(returned_at=T1), leg()
    for some in ((back, owed), (owed, back), (leg("refused"), owed), (owed, leg("refused", T1))):
        assert settled(monkeypatch, *some) == ([BundleSettled], False)
    for some in ((back, back), (leg("refused"), back), (back, leg("not_wanted"))):
        assert settled(monkeypatch, *some) == ([BundleSettled], True)


def result(code):
    return ResultItem(code=code, key=code, version_id="v", sha256=code, size=1, title=code, message=code)


def test_what_waited_goes_on_with_the_last_result_of_the_leg_that_was_corrected(monkeypatch):
    monkeypatch.setattr(downstream, "run_again", lambda *_: None)
    papers = (
        PlannedPaper(code="A", of="birth"),
        PlannedPaper(code="B", of="other"),
        PlannedPaper(code="C", of="birth"),
    )

    def stands(name, code, origin="result", superseded_by=None):
        return SimpleNamespace(id=name, code=code, origin=origin, superseded_by=superseded_by)

    some = [
        stands("old", "A"),
        stands("older", "A", superseded_by="old"),
        stands("own", "A", "upload"),
        stands("b", "B"),
    ]
    head = SimpleNamespace(pk="MC-2", agency="H01", accepted_at=T0, submitted_at=T0, due_at=T1)
    child = SimpleNamespace(reference="MC-2", components=some, head=head)
    started = SimpleNamespace(start=PlannedStart(procedure="1.0", papers=papers))
    correction = SimpleNamespace(reference="MC-3", results=[result("first"), result("last")])
    change = Change()
    downstream.go_on(change, child, started, "birth", correction)
    event, told = change.events
    assert (type(event), event.result) == (CameDownstream, "last")
    assert (type(told), told.result, told.due_at) == (GoesOn, "last", T1)
    added = [each.code for (each,) in change.told("add_component")]
    assert added == ["A", "C"]
    assert [former.id for former, _ in change.told("supersede")] == ["old"]
    nothing = Change()
    downstream.go_on(nothing, child, started, "birth", SimpleNamespace(reference="MC-3", results=[]))
    assert (nothing.events[0].result, nothing.told("add_component")) == (None, [])


@pytest.mark.parametrize(
    ("decided_at", "day"),
    [("2026-12-03T16:59:59.000+00:00", "2026-12-03"), ("2026-12-03T17:00:00.000+00:00", "2026-12-04")],
)
def test_a_child_takes_the_day_of_viet_nam_on_which_an_earlier_one_was_decided(decided_at, day):
    head = SimpleNamespace(decided_at=decided_at, number="7", dossier_code="H01-1")
    start = PlannedStart(
        procedure="1.0",
        takes=(
            PlannedTake(field="/birth/on", of="birth", result="decided_on"),
            PlannedTake(field="/birth/number", of="birth", result="number"),
            PlannedTake(field="/none", of="other", result="number"),
        ),
    )
    earlier = {"birth": Earlier(head, result("KQ"))}
    assert values_of(start, {}, earlier) == {"birth": {"on": day, "number": "7"}}


# --- an officer's own list -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "pages"), [(PAGE, [PAGE]), (PAGE + 1, [PAGE, 1]), (1, [1]), (0, [0])])
def test_what_an_officer_and_whoever_they_stand_in_for_have_is_one_list_by_its_due_times(monkeypatch, count, pages):
    from chalicelib.onestop.tasks import worklist

    monkeypatch.setattr(worklist, "_fitting", lambda rows, *_: list(rows))
    monkeypatch.setattr(worklist, "officer_hash", lambda who: "b")
    rows = [SimpleNamespace(wl_sk=f"{n:04d}") for n in range(count)]
    lists = SimpleNamespace(claimed=lambda officer: rows[::-2] if officer == "a" else rows[-2::-2] if count > 1 else [])
    seen, cursor, sizes = Worklist(lists, None), "", []
    who = SimpleNamespace(post=SimpleNamespace(absent=("a",)))
    found = []
    while cursor is not None:
        page, cursor = seen._mine(who, [], SimpleNamespace(cursor=cursor), "")
        sizes.append(len(page))
        found += page
    assert (sizes, found) == (pages, rows)


# --- what leaves -----------------------------------------------------------------------------------------------------


def leaving(pk, number, table="t"):
    return Leaving(table, pk, SimpleNamespace(number=number, hash=f"{pk}{number}"))


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (2, 2)])
def test_the_newest_row_of_each_record_is_noted_and_fed_in_whatever_order_they_leave(monkeypatch, order):
    noted, fed = [], []
    monkeypatch.setattr(publish.fence, "noted_together", lambda table, grew: noted.append((table, grew)))
    monkeypatch.setattr(publish.aws, "updated", lambda op: None)
    monkeypatch.setattr(publish.feeds, "feed", lambda grew, now: fed.append(grew) or {})
    rows = {place: leaving("A", number) for place, number in enumerate(order)}
    rows |= {2: leaving("B", 1), 3: leaving("A", 9, table="u")}
    assert publish._note(rows) == {}
    assert [(table, [(each.record, each.number) for each in grew]) for table, grew in noted] == [
        ("t", [("A", 2), ("B", 1)]),
        ("u", [("A", 9)]),
    ]
    del rows[3]
    assert publish._feed(rows) == {}
    assert fed == [{"A": 2, "B": 1}]


def test_a_message_goes_back_as_often_as_it_may_and_no_more():
    body, rounds = '{"a": 1}', 0
    while again := next_round(body):
        body, rounds = again, rounds + 1
        assert json.loads(body) == {"a": 1, "redriven": rounds}
    assert rounds == ROUNDS
    assert next_round("no JSON") is None


@pytest.mark.parametrize(
    ("now", "day"), [("2026-12-03T16:59:59.000+00:00", "2026-12-03"), ("2026-12-03T17:00:00.000+00:00", "2026-12-04")]
)
def test_a_document_of_a_vault_is_reused_by_the_day_of_viet_nam(now, day):
    asked = []
    kept = SimpleNamespace(paper=None, is_usable=lambda on: asked.append(on.isoformat()) or True)
    reuse._require_usable(kept, moment(now))
    assert asked == [day]
