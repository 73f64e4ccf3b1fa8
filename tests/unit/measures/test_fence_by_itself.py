"""What the outbox hands over, sorted and counted: what failed is answered by record, what cannot be read is noted."""

import pytest

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import Malformed, told
from chalicelib.contracts.petitions import PetitionFiled, PetitionTakenUp
from chalicelib.kernel import aws
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.measures import fence
from chalicelib.measures.model import Measured, Petitioned, Unit, UnitEntry
from chalicelib.measures.petitions import PetitionEvent
from chalicelib.measures.store import Table
from tests.support.measured import OURS, accepted, at, begun, entry, submitted

SENT, TAKEN = submitted("2026-11-02 08:00"), accepted("2026-11-02 09:00", "2026-11-05 17:00")


def row(kind, number=1, data=None):
    return LogRow(sk=f"EVENT#{number:06d}", type=kind, at="", hash="", prev="", data=data or {})


def agency(name, number):
    event = AgencyPublished(id=name, name=name, entries=(entry(name),))
    return row(event.type, number, told(event))


@pytest.fixture
def calls(monkeypatch):
    """What is handed on: the call, and of what. A record that is named in `errors` fails so."""
    made, errors = [], {}

    def noted(kind, name):
        made.append((kind, name))
        if name in errors:
            raise errors[name]

    monkeypatch.setattr(fence, "serving", lambda: noted("serving", "") or 4)
    monkeypatch.setattr(fence, "count", lambda generation, name: noted(f"count {generation}", name))
    monkeypatch.setattr(fence, "count_petition", lambda generation, pk, each: noted(f"petition {generation}", pk))
    monkeypatch.setattr(fence, "keep_unit", lambda event, number: noted(f"unit {number}", event.id))
    return made, errors


ROWS = [
    ("MC-2", row(TAKEN.type, 2)),
    ("MC-1", row(SENT.type)),
    ("MC-2", row(SENT.type)),
    ("MC-3", row("vn.motcua.task.claimed")),
    ("VAULT#1", row(SENT.type)),
    ("PETITION#A", row(PetitionFiled.type)),
    ("PETITION#A", row(PetitionTakenUp.type, 2)),
    ("PETITION#B", row(PetitionFiled.type)),
    ("AGENCY#H01", agency("H01", 7)),
    ("MC-4", row(PetitionFiled.type)),
]


def test_each_dossier_is_counted_once_and_each_event_of_a_petition_and_of_an_agency(calls):
    made, _ = calls
    assert fence.measure(iter(ROWS)) == {}
    assert made == [
        ("serving", ""),
        ("count 4", "MC-2"),
        ("count 4", "MC-1"),
        ("petition 4", "PETITION#A"),
        ("petition 4", "PETITION#B"),
        ("unit 7", "H01"),
    ]


def test_the_generation_is_read_where_something_is_counted_on_it_alone(calls):
    made, _ = calls
    assert fence.measure([ROWS[3], ROWS[4], ROWS[6], ROWS[9]]) == {}
    assert made == []
    fence.measure([ROWS[8]])
    assert made == [("unit 7", "H01")]
    for one in (ROWS[1], ROWS[5]):
        made.clear()
        fence.measure([one])
        assert made[0] == ("serving", "")


def test_what_fails_is_answered_by_its_record_and_holds_back_no_other(calls):
    made, errors = calls
    names = ("MC-2", "PETITION#A", "H01")
    errors |= {name: TryAgain() for name in names}
    assert fence.measure(ROWS) == {
        "MC-2": errors["MC-2"],
        "PETITION#A": errors["PETITION#A"],
        "AGENCY#H01": errors["H01"],
    }
    assert len(made) == 6


@pytest.mark.parametrize("error", [Malformed("x"), ValueError("x")])
def test_what_cannot_be_read_is_noted_and_comes_no_more(calls, monkeypatch, error):
    _, errors = calls
    noted = []
    monkeypatch.setattr(fence.log, "trouble", lambda text, _error, **more: noted.append((text, more)))
    errors |= dict.fromkeys(("MC-2", "PETITION#A", "H01"), error)
    assert fence.measure(ROWS) == {}
    assert noted == [("not measured", {"dossier": name}) for name in ("MC-2", "PETITION#A", "AGENCY#H01")]


def test_where_nobody_says_which_counters_serve_all_that_is_counted_comes_again(calls):
    made, errors = calls
    errors[""] = TryAgain()
    assert fence.measure(ROWS) == dict.fromkeys(("MC-2", "MC-1", "PETITION#A", "PETITION#B"), errors[""])
    assert made == [("serving", "")]


# --- on the store -----------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    """So many turns and no wait."""
    monkeypatch.setattr(fence.waiting, "turns", lambda: iter(range(3)))


@pytest.mark.parametrize("lost", [aws.Lost({"measured"}), aws.WriteContended()])
def test_who_never_comes_first_comes_again_later(tables, monkeypatch, impatient, lost):
    begun("MC-1", SENT)
    tried = []

    def busy(parts):
        tried.append(parts)
        raise lost

    monkeypatch.setattr(aws, "transact", busy)
    said = Petitioned(petition="A", kind="petition", what="filed", at=at("2026-11-02 08:00"))
    filed = PetitionFiled(
        petition="A", kind="petition", about="other", agency=OURS, came_at=said.at, due_at=said.at, dossier="MC-1"
    )
    for act in (
        lambda: fence.count(1, "MC-1"),
        lambda: fence._count_dossier(1, PetitionEvent("A", 1, (), "MC-1", said)),
        lambda: fence.count_petition(1, "PETITION#A", row(filed.type, data=told(filed))),
    ):
        tried.clear()
        with pytest.raises(TryAgain):
            act()
        assert len(tried) == 3


def test_a_log_that_says_nothing_more_writes_nothing_and_what_names_no_dossier_neither(tables):
    begun("MC-1", SENT)
    assert fence.count(1, "MC-1")
    writes = tables.writes
    assert not fence.count(1, "MC-1")
    fence._count_dossier(1, PetitionEvent("A", 1, ()))
    fence._count_dossier(1, PetitionEvent("A", 1, (), "MC-1", None))
    assert tables.writes == writes
    assert fence.measured(1, "MC-9") == fence.measured(2, "MC-1") == Measured()


def test_of_two_words_on_an_agency_with_one_number_the_first_one_stays(tables):
    def one(number, parent):
        return Unit(id="A", name="A", number=number, entries=(UnitEntry(valid_from="2020-01-01", parent=parent),))

    for number, parent, stands in ((2, "H01", "H01"), (2, "H02", "H01"), (1, "H03", "H01"), (3, "H04", "H04")):
        fence.keep(one(number, parent))
        assert [each.entries[0].parent for each in Table().units()] == [stands], (number, parent)
