"""Counts of petitions: once for each event, by the agency that had it, rebuilt to the same, opened down by who may."""

import pytest

from chalicelib.contracts.event import told
from chalicelib.contracts.petitions import (
    PetitionClosed,
    PetitionErased,
    PetitionFiled,
    PetitionOverdue,
    PetitionPublished,
)
from chalicelib.identity.fence import TABLE as IDENTITY
from chalicelib.identity.petitions.items import PetitionHead
from chalicelib.kernel import aws
from chalicelib.kernel.access import LEADER, Principal
from chalicelib.kernel.problem import BodyInvalid, NotAllowed
from chalicelib.kernel.record import Change, log_row
from chalicelib.measures import fence
from chalicelib.measures.cells import Cell
from chalicelib.measures.figures import WHOLE, Cut
from chalicelib.measures.rows import TABLE
from chalicelib.measures.service import Measures
from chalicelib.measures.store import Table
from chalicelib.measures.wiring import rebuilds
from tests.support.measured import OURS, at, clock, entry, published

CITY, NEXT = "H01", "H01.10.25"
NOVEMBER = Cell(OURS, "2026-11", "", "unsaid", "unsaid")


def leader(agency=OURS):
    return Principal(subject="l", kind="OFFICER", name="L", agency=agency, roles=frozenset({LEADER}))


def filed(name, when="2026-11-02 08:00", kind="petition", agency=OURS):
    stamp = at(when)
    return PetitionFiled(petition=name, kind=kind, about="other", agency=agency, came_at=stamp, due_at=stamp)


def closed(name, when="2026-11-04 08:00", kind="petition", agency=OURS, end="answered", *, late=False, to=None):
    common = {"petition": name, "kind": kind, "about": "other", "agency": agency, "end": end, "is_late": late}
    return PetitionClosed(**common, came_at=at("2026-11-02 08:00"), closed_at=at(when), to=to)


def kept(name, *events):
    """A petition's log, as its owner keeps it; answers its rows as the outbox brings them."""
    pk = f"PETITION#{name}"
    change = Change(IDENTITY(), PetitionHead(pk=pk), clock()())
    for each in events:
        change.tell(each, actor="owner")
    change.write()
    return [(pk, log_row(row)) for row in aws.between(IDENTITY(), pk, "EVENT#", "EVENT#999999")]


@pytest.fixture
def measures(tables):
    published(CITY)
    published(OURS, entry(OURS, parent=CITY))
    published(NEXT, entry(NEXT, parent=CITY))
    return Measures(Table(), clock())


def totals():
    found = {}
    for (cell, _), counts in Table().totals(fence.serving()).items():
        for name, by in counts.items():
            found.setdefault(cell, {})[name] = found.get(cell, {}).get(name, 0) + by
    return found


def test_each_event_counts_once_in_whatever_order(measures):
    rows = kept("PK-1", filed("PK-1"), closed("PK-1", late=True))
    assert fence.measure(reversed(rows)) == {}
    once = {"petitions_received": 1, "petitions_answered": 1, "petitions_late": 1}
    assert totals() == {NOVEMBER: once}
    fence.measure(rows)
    fence.measure(rows[:1])
    assert totals() == {NOVEMBER: once}


def test_who_sent_it_on_and_who_got_it_each_have_their_own(measures):
    fence.measure(
        kept(
            "PK-1",
            filed("PK-1"),
            closed("PK-1", end="forwarded", to=NEXT, late=True),
            closed("PK-1", "2026-12-01 08:00", agency=NEXT),
        )
    )
    fence.measure(kept("PK-2", filed("PK-2", kind="complaint"), closed("PK-2", kind="complaint", end="withdrawn")))
    next_, december = NOVEMBER._replace(unit=NEXT), NOVEMBER._replace(unit=NEXT, month="2026-12")
    assert totals() == {
        NOVEMBER: {
            "petitions_received": 1,
            "petitions_forwarded": 1,
            "petitions_late": 1,
            "complaints_received": 1,
            "complaints_withdrawn": 1,
        },
        next_: {"petitions_received": 1},
        december: {"petitions_answered": 1, "petitions_on_time": 1},
    }


def share(figures, name="petition_on_time_share"):
    one = next(each for each in figures.figures if each.indicator.id == name)
    return (one.numerator, one.denominator, one.quality)


def test_the_share_is_public_rolled_up_and_that_of_complaints_is_for_officers(measures):
    for number, (agency, late) in enumerate(((OURS, True), (OURS, False), (NEXT, False))):
        name = f"PK-{number}"
        fence.measure(kept(name, filed(name, agency=agency), closed(name, agency=agency, late=late)))
    assert share(measures.published(OURS, "2026-11")) == (1, 2, "ok")
    assert share(measures.published(CITY, "2026")) == (2, 3, "ok")
    assert share(measures.published(CITY, "2026", alone=True)) == (0, 0, "empty")
    assert "complaint_on_time_share" not in {each.indicator.id for each in measures.published(OURS, "2026").figures}
    read = measures.read(leader(), OURS, "2026-11", WHOLE)
    assert share(read, "complaint_on_time_share") == (0, 0, "empty")
    assert read.counts["petitions_received"] == 2
    assert measures.read(leader(), OURS, "2026-11", Cut(channel="ONLINE")).counts == {}, "a petition is of no channel"


def test_a_count_opens_down_to_its_petitions_for_who_leads_there_or_above(measures):
    for number in range(3):
        name = f"PK-{number}"
        fence.measure(kept(name, filed(name), closed(name, f"2026-11-04 0{number}:00", late=number != 1)))
    opened = measures.petitions(leader(), OURS, "2026-11", "petitions_late", (0, 50))
    assert ([each.petition for each in opened.petitions], opened.next) == (["PK-0", "PK-2"], None)
    first = measures.petitions(leader(CITY), OURS, "2026", "petitions_late", (0, 1))
    assert ([each.petition for each in first.petitions], first.next) == (["PK-0"], 1)
    assert measures.petitions(leader(), OURS, "2026-10", "petitions_late", (0, 50)).petitions == []
    with pytest.raises(NotAllowed):
        measures.petitions(leader(NEXT), OURS, "2026-11", "petitions_late", (0, 50))
    with pytest.raises(BodyInvalid):
        measures.petitions(leader(), OURS, "2026-11", "late", (0, 50))


def test_a_rebuild_has_the_same_numbers_and_counts_what_was_missed(measures):
    rows = kept("PK-1", filed("PK-1"), closed("PK-1", end="forwarded", to=NEXT), closed("PK-1", agency=NEXT))
    fence.measure(rows)
    before = totals()
    assert rebuilds().compare()[1] == []
    missed = kept("PK-2", filed("PK-2"))
    assert [(each.name, each.stands, each.logs_say) for each in rebuilds().compare()[1]] == [
        ("petitions_received", 0, 1)
    ]
    rebuilds().rebuild(Table().units())
    assert fence.serving() != 1
    after = totals()
    assert after[NOVEMBER]["petitions_received"] == before[NOVEMBER]["petitions_received"] + 1
    fence.measure([*rows, *missed])
    assert totals() == after, "what the rebuild counted counts no more"
    assert rebuilds().compare()[1] == []
    opened = measures.petitions(leader(), OURS, "2026-11", "petitions_received", (0, 50))
    assert [each.petition for each in opened.petitions] == ["PK-1", "PK-2"]
    rebuilds().rebuild(Table().units())
    assert not list(aws.scanned(TABLE(), "begins_with(pk, :p)", {":p": "PETITIONS#1#"}))


def test_what_was_told_while_a_rebuild_ran_is_counted_after_it(measures, monkeypatch):
    serve = Table.serve

    def meanwhile(self, generation, former):
        fence.measure(kept("PK-9", filed("PK-9")))
        serve(self, generation, former)

    monkeypatch.setattr(Table, "serve", meanwhile)
    rebuilds().rebuild(Table().units())
    assert totals() == {NOVEMBER: {"petitions_received": 1}}


def test_one_that_cannot_be_read_holds_back_no_other_and_is_named(measures):
    (bad, good) = (kept(name, filed(name)) for name in ("PK-1", "PK-2"))
    pk, row = bad[0]
    assert fence.measure([(pk, type(row)(sk=row.sk, type=row.type, at="", hash="", prev="", data={})), *good]) == {}
    assert totals() == {NOVEMBER: {"petitions_received": 1}}


def test_what_is_lost_to_a_busy_table_comes_again(measures, monkeypatch):
    rows = kept("PK-1", filed("PK-1"))

    def busy(*_):
        raise aws.WriteContended

    with monkeypatch.context() as patch:
        patch.setattr(aws, "transact", busy)
        assert set(fence.measure(rows)) == {"PETITION#PK-1"}
    assert fence.measure(rows) == {}
    assert totals() == {NOVEMBER: {"petitions_received": 1}}


def test_an_event_says_no_words():
    assert set(told(filed("PK-1"))) == {"petition", "kind", "about", "agency", "came_at", "due_at"}


def overdue(name, when="2026-11-04 17:00", counts="late", owes="take_up"):
    common = {"petition": name, "kind": "petition", "about": "other", "agency": OURS}
    return PetitionOverdue(**common, owes=owes, due_at=at(when), counts=counts)


def shown(name, counts, when="2026-11-06 08:00"):
    common = {"petition": name, "kind": "petition", "about": "other", "agency": OURS}
    return PetitionPublished(**common, is_public=True, is_late=False, at=at(when), counts=counts)


def ended(name, counts):
    common = {"petition": name, "kind": "petition", "about": "other", "agency": OURS, "end": "answered"}
    return PetitionClosed(
        **common, came_at=at("2026-11-02 08:00"), closed_at=at("2026-11-05 08:00"), is_late=True, counts=counts
    )


def test_who_never_answers_is_late_and_not_a_hundred_percent_on_time(measures):
    fence.measure(kept("PK-1", filed("PK-1"), ended("PK-1", "nothing"), shown("PK-1", "on_time")))
    assert share(measures.published(OURS, "2026-11")) == (1, 1, "ok")
    for number in range(2, 5):
        fence.measure(kept(f"PK-{number}", filed(f"PK-{number}"), overdue(f"PK-{number}")))
    assert share(measures.published(OURS, "2026-11")) == (1, 4, "ok")


def test_it_is_late_once_in_whatever_order_and_rebuilt_to_the_same(measures):
    told = [overdue("PK-1"), overdue("PK-1", "2026-11-24 17:00", "nothing", "answer"), ended("PK-1", "nothing")]
    rows = kept("PK-1", filed("PK-1"), *told, shown("PK-1", "nothing"))
    fence.measure(reversed(rows))
    fence.measure(rows)
    assert totals() == {NOVEMBER: {"petitions_received": 1, "petitions_late": 1, "petitions_answered": 1}}
    assert rebuilds().compare()[1] == []


def erased(name, counts, when="2026-11-05 08:00"):
    return PetitionErased(petition=name, kind="petition", about="other", agency=OURS, at=at(when), counts=counts)


@pytest.mark.parametrize("counts", ["on_time", "late"])
def test_what_was_erased_before_it_was_known_as_published_counts_once(measures, counts):
    rows = kept("PK-1", filed("PK-1"), ended("PK-1", "nothing"), erased("PK-1", counts))
    fence.measure(reversed(rows))
    fence.measure(rows)
    assert totals() == {NOVEMBER: {"petitions_received": 1, "petitions_answered": 1, f"petitions_{counts}": 1}}
    assert rebuilds().compare()[1] == []


def test_another_erasure_counts_nothing(measures):
    before = PetitionErased(petition="PK-2", agency=OURS)
    assert (before.counts, before.at) == ("unsaid", ""), "as it is read in logs of before"
    for name, last in (("PK-1", erased("PK-1", "nothing")), ("PK-2", before)):
        fence.measure(kept(name, filed(name), ended(name, "on_time"), last))
    assert totals() == {NOVEMBER: {"petitions_received": 2, "petitions_answered": 2, "petitions_on_time": 2}}
    assert rebuilds().compare()[1] == []
