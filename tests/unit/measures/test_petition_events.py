"""What each event of a petition adds to which counters, and what it says of a dossier. Pure."""

import pytest
from msgspec.structs import replace

from chalicelib.contracts.event import Malformed, told
from chalicelib.contracts.petitions import (
    PetitionClosed,
    PetitionErased,
    PetitionFiled,
    PetitionOverdue,
    PetitionPublished,
    PetitionTakenUp,
)
from chalicelib.kernel.record import LogRow
from chalicelib.law.displeased import displeased
from chalicelib.measures import petitions
from chalicelib.measures.cells import Cell
from chalicelib.measures.model import Measured, Petitioned
from chalicelib.measures.petitions import is_counted, petition_event, petitioned
from tests.support.measured import OURS, at

NEXT = "H01.10.25"
CAME, ENDED = at("2026-11-30 23:59"), at("2026-12-01 00:00")


def event(of, number=4, **more):
    row = LogRow(sk=f"EVENT#{number:06d}", type=of.type, at="", hash="", prev="", data=told(of))
    return petition_event("PETITION#PK-1", row)


def filed(**more):
    common = {"petition": "PK-1", "kind": "petition", "about": "conduct", "agency": OURS}
    return PetitionFiled(**common | {"came_at": CAME, "due_at": ENDED} | more)


def closed(**more):
    common = {"petition": "PK-1", "kind": "petition", "about": "other", "agency": OURS, "end": "answered"}
    return PetitionClosed(
        **common | {"came_at": CAME, "closed_at": ENDED, "is_late": False, "counts": "on_time"} | more
    )


def adds(found):
    """Unit, month and names of each."""
    assert all(each.counts == dict.fromkeys(each.names, 1) for each in found.added)
    return [(each.cell.unit, each.cell.month, *each.names) for each in found.added]


def test_what_was_filed_was_received_when_it_came_by_its_kind():
    found = event(filed(), number=7)
    assert (found.petition, found.number, found.dossier, found.told) == ("PK-1", 7, None, None)
    assert adds(found) == [(OURS, "2026-11", "petitions_received")]
    (one,) = found.added
    assert (one.petition, one.kind, one.about, one.at) == ("PK-1", "petition", "conduct", CAME)
    assert one.cell == Cell(OURS, "2026-11", "", "unsaid", "unsaid")
    assert adds(event(filed(kind="complaint"))) == [(OURS, "2026-11", "complaints_received")]


@pytest.mark.parametrize("kind", ["petition", "complaint"])
def test_what_was_filed_of_a_dossier_is_said_of_it(kind):
    found = event(filed(dossier="MC-1", kind=kind))
    assert found.dossier == "MC-1"
    assert found.told == Petitioned(petition="PK-1", kind=kind, what="filed", at=CAME)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({}, ("answered", "on_time")),
        ({"counts": "late"}, ("answered", "late")),
        ({"counts": "nothing", "is_late": True}, ("answered",)),
        ({"counts": "unsaid"}, ("answered", "on_time")),
        ({"counts": "unsaid", "is_late": True}, ("answered", "late")),
        ({"counts": "unsaid", "is_late": True, "end": "withdrawn"}, ("withdrawn",)),
        ({"counts": "late", "end": "withdrawn"}, ("withdrawn", "late")),
        ({"end": "refused"}, ("refused", "on_time")),
    ],
)
def test_how_it_ended_counts_in_the_month_of_the_end_and_as_it_was_told(change, names):
    assert adds(event(closed(**change))) == [(OURS, "2026-12", *(f"petitions_{each}" for each in names))]


def test_what_was_sent_on_was_received_by_the_other_agency_and_goes_on_for_its_dossier():
    found = event(closed(end="forwarded", to=NEXT, dossier="MC-1", kind="complaint"))
    assert adds(found) == [
        (OURS, "2026-12", "complaints_forwarded", "complaints_on_time"),
        (NEXT, "2026-12", "complaints_received"),
    ]
    assert (found.dossier, found.told) == (None, None)


@pytest.mark.parametrize("end", ["answered", "refused", "withdrawn"])
def test_how_it_ended_is_said_of_its_dossier(end):
    found = event(closed(end=end, dossier="MC-1"))
    assert (found.dossier, found.told) == (
        "MC-1",
        Petitioned(petition="PK-1", kind="petition", what=end, at=ENDED),
    )
    assert event(closed(end=end)).told is None


@pytest.mark.parametrize(("counts", "names"), [("late", ["petitions_late"]), ("nothing", []), ("unsaid", [])])
def test_what_is_overdue_is_late_once(counts, names):
    common = {"petition": "PK-1", "kind": "petition", "about": "other", "agency": OURS, "owes": "answer"}
    found = event(PetitionOverdue(**common, due_at=CAME, counts=counts))
    assert adds(found) == [(OURS, "2026-11", each) for each in names]
    assert found.told is None


@pytest.mark.parametrize(
    ("counts", "is_known"), [("on_time", True), ("late", True), ("nothing", False), ("unsaid", False)]
)
def test_what_was_published_or_erased_before_that_counts_as_it_says(counts, is_known):
    common = {"petition": "PK-1", "kind": "petition", "about": "other", "agency": OURS, "at": CAME, "counts": counts}
    for last in (PetitionPublished(**common, is_public=True, is_late=False), PetitionErased(**common)):
        assert adds(event(last)) == ([(OURS, "2026-11", f"petitions_{counts}")] if is_known else [])


def test_an_event_of_another_type_adds_nothing_and_one_that_is_torn_is_refused():
    taken_up = PetitionTakenUp(petition="PK-1", kind="petition", agency=OURS, due_at=CAME, is_late=True)
    assert not is_counted(taken_up.type)
    found = event(taken_up)
    assert (found.added, found.dossier, found.told) == ((), None, None)
    for kind in (PetitionFiled, PetitionClosed, PetitionOverdue, PetitionPublished, PetitionErased):
        assert is_counted(kind.type)
        torn = LogRow(sk="EVENT#000001", type=kind.type, at="", hash="", prev="", data={})
        with pytest.raises(Malformed):
            petition_event("PETITION#PK-1", torn)


# --- what is kept of a dossier ----------------------------------------------------------------------------------


def said(name, what="filed", kind="petition", when=CAME):
    return Petitioned(petition=name, kind=kind, what=what, at=when)


@pytest.fixture
def two(monkeypatch):
    """Two words of petitions are kept of a dossier."""
    monkeypatch.setattr(petitions, "displeased", lambda: replace(displeased(), most_kept=2))


def names(measured):
    return [(each.petition, each.what) for each in measured.petitions]


def test_a_word_is_kept_once_whenever_it_was_said():
    one = petitioned(Measured(unit=OURS), said("A"))
    assert one == Measured(unit=OURS, petitions=(said("A"),))
    assert petitioned(one, said("A", when=ENDED)) is one
    assert names(petitioned(one, said("A", "answered"))) == [("A", "filed"), ("A", "answered")]
    assert names(petitioned(one, said("B"))) == [("A", "filed"), ("B", "filed")]


def test_beyond_so_many_one_word_stands_for_all_that_were_filed_of_a_kind(two):
    full = Measured(petitions=(said("A"), said("B")))
    assert petitioned(full, said("B")) is full
    assert petitioned(full, said("A", "withdrawn")) is full, "only that it came is kept"
    more = petitioned(full, said("C", when=ENDED))
    assert more.petitions[2:] == (said("*petition", when=ENDED),)
    assert petitioned(more, said("D")) is more
    assert names(petitioned(more, said("D", kind="complaint")))[2:] == [("*petition", "filed"), ("*complaint", "filed")]


def test_so_many_as_fit_are_kept_by_their_names(two):
    one = Measured(petitions=(said("A"),))
    assert names(petitioned(one, said("B"))) == [("A", "filed"), ("B", "filed")]
    assert names(petitioned(replace(one, petitions=()), said("B", "refused"))) == [("B", "refused")]
