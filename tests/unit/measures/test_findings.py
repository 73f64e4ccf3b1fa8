"""Findings on the real store: kept once whatever the outbox does, made anew to the same, read by who may."""

import random

import pytest

from chalicelib.kernel import aws
from chalicelib.kernel.access import LEADER, Principal
from chalicelib.kernel.problem import BodyInvalid, NotAllowed, NotFound
from chalicelib.measures import fence
from chalicelib.measures.finders import judged
from chalicelib.measures.findings import Findings
from chalicelib.measures.rebuilding import Rebuild
from chalicelib.measures.rows import TABLE, finding_key
from chalicelib.measures.store import Table
from tests.support import measured as of
from tests.support.gaming import UNITS, WAYS, World, rows, said
from tests.support.measured import OURS, begun, clock, counted, entry, goes_on, published

CITY, NEXT = "H01", "H01.10.25"
DUE = "2026-11-06 09:00"
SENT = of.submitted("2026-11-02 08:00")
TAKEN = of.accepted("2026-11-02 09:00", DUE)
FIRST, SECOND = of.asked("2026-11-02 10:00", DUE), of.asked("2026-11-02 12:00", DUE)
ANSWER = of.answered("2026-11-02 11:00", restarted=False)
TWICE = (SENT, TAKEN, FIRST, ANSWER, SECOND)
MONTHS = ("2026-08", "2026-09", "2026-10", "2026-11", "2026-12")


def leader(agency=OURS):
    return Principal(subject="l", kind="OFFICER", name="L", agency=agency, roles=frozenset({LEADER}))


def kept(*units):
    return Table().findings(units or UNITS, MONTHS)


@pytest.fixture
def findings(tables):
    published(CITY)
    published(OURS, entry(OURS, parent=CITY))
    published(NEXT, entry(NEXT, parent=CITY))
    return Findings(Table(), clock())


def test_a_finding_is_kept_once_however_often_its_rows_come(tables):
    counted(begun("MC-1", *TWICE))
    (only,) = kept()
    assert (only.rule, only.reference, only.number) == ("second_supplement", "MC-1", 5)
    assert [(mark.number, mark.what) for mark in only.evidence] == [(3, "asked"), (5, "asked")]
    counted("MC-1", "MC-1")
    assert kept() == [only]


def test_what_goes_to_another_agency_is_found_there(tables):
    counted(begun("MC-1", SENT, FIRST, ANSWER, SECOND))
    assert [each.unit for each in kept()] == [OURS]
    goes_on("MC-1", of.redirected("2026-11-03 08:00", NEXT))
    counted("MC-1")
    assert [each.unit for each in kept()] == [NEXT]


@pytest.mark.parametrize("event", [of.paid("2026-11-03 08:00", paid_by="portal"), of.corrected("2026-11-06 12:00")])
def test_an_event_that_changes_no_count_is_a_fact_of_findings(tables, event):
    end = (of.verified("2026-11-05 09:00"), of.processed("2026-11-06 08:30", DUE)) if "correction" in event.type else ()
    counted(begun("MC-1", SENT, TAKEN, *end))
    before = said(kept())
    goes_on("MC-1", event)
    fence.measure([("MC-1", rows([*(SENT, TAKEN, *end), event])[-1])])
    assert len(said(kept()) - before) == 1


def test_a_gamed_province_is_kept_as_the_finders_say_and_rebuilt_to_the_same(tables, monkeypatch):
    world, written = World(31, ways=tuple(WAYS)), {}
    stored = {reference: rows(log) for reference, log in world.logs.items()}
    monkeypatch.setattr(fence, "events_after", lambda reference, n: stored[reference][n : written.get(reference, 0)])
    chance = random.Random(31)
    steps = [reference for reference, log in stored.items() for _ in log]
    chance.shuffle(steps)
    late = []
    for place, reference in enumerate(steps):  # rows come late, mixed up, and some twice
        at = written[reference] = written.get(reference, 0) + 1
        late.append((reference, stored[reference][at - 1]))
        if place % 25 == 24:
            chance.shuffle(late)
            assert fence.measure([*late[:20], *late[:3]]) == {}
            late = late[20:]
    assert fence.measure(late) == {}
    assert said(judged(kept())) == world.gamed
    assert judged(kept()) == world.found()
    table = Table()
    table.events = lambda: ((reference, row) for reference, log in stored.items() for row in log)
    table.ends = lambda: iter(())
    before, work = sorted(kept(), key=str), Rebuild(table, table)
    assert work.compare()[1] == []
    assert work.rebuild([])[1] == []
    assert fence.serving() == 2
    assert sorted(kept(), key=str) == before


def test_a_rebuild_names_what_stood_otherwise_and_mends_it(tables):
    counted(begun("MC-1", *TWICE))
    (only,) = kept()
    table = Table()
    work = Rebuild(table, table)
    aws.alone(aws.delete(TABLE(), finding_key(1, only)))
    assert kept() == []
    (differs,) = work.compare()[1]
    assert (differs.name, differs.stands, differs.logs_say) == ("second_supplement MC-1 (3 asked,5 asked)", 0, 1)
    assert differs.part[0].unit == OURS
    work.rebuild([])
    assert kept() == [only]
    work.rebuild([])
    assert table.found(1) == [], "what a rebuild replaced goes with the next one"


def test_findings_are_listed_by_period_and_rule(findings):
    counted(begun("MC-1", *TWICE), begun("MC-2", SENT, TAKEN, of.processed("2026-12-01 09:00", None)))

    def listed(period, rule=None):
        found = findings.listed(leader(), OURS, period, rule, (0, 50))
        assert (found.withheld, found.next) == (0, None)
        return said(found.findings)

    assert listed("2026-11") == {("second_supplement", "MC-1")}
    assert listed("2026") == {("second_supplement", "MC-1"), ("closed_at_reception", "MC-2")}
    assert listed("2026", "closed_at_reception") == {("closed_at_reception", "MC-2")}
    assert listed("2026-Q3") == set()


def test_a_page_is_cut_and_says_where_it_goes_on(findings):
    for number in range(5):
        counted(begun(f"MC-{number}", *TWICE))
    first = findings.listed(leader(), OURS, "2026", None, (0, 3))
    rest = findings.listed(leader(), OURS, "2026", None, (first.next, 3))
    assert [each.reference for each in (*first.findings, *rest.findings)] == [f"MC-{number}" for number in range(5)]
    assert (first.next, rest.next) == (3, None)


def test_who_may_not_read_a_dossier_is_told_that_there_is_one(findings):
    counted(begun("MC-1", *TWICE))
    above = findings.listed(leader(CITY), OURS, "2026", None, (0, 50))
    assert (list(above.findings), above.withheld) == ([], 1)
    with pytest.raises(NotAllowed):
        findings.listed(leader(NEXT), OURS, "2026", None, (0, 50))
    with pytest.raises(NotFound):
        findings.listed(leader(), "H99", "2026", None, (0, 50))
    with pytest.raises(BodyInvalid):
        findings.listed(leader(), OURS, "2026-13", None, (0, 50))


def test_what_is_found_before_a_merger_stays_with_whom_it_was(findings):
    """An agency has its own findings, and those of the agency that it succeeded from then on."""
    ended = entry(NEXT, parent=CITY, valid_to="2026-11-01", successors=(OURS,))
    published(NEXT, ended, number=2)
    counted(begun("MC-1", *TWICE, agency=OURS))
    moved = [of.submitted("2026-11-02 08:00", agency=NEXT), *TWICE[1:]]
    counted(begun("MC-2", *moved, agency=NEXT))
    found = findings.listed(leader(), OURS, "2026-11", None, (0, 50))
    assert len(found.findings) + found.withheld == 2
