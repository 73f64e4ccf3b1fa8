"""What a dossier adds to which counters, by hand: its end, its times, what it lacks. Pure."""

import pytest
from msgspec.structs import replace

from chalicelib.measures.cells import Cell, added, counted, is_displeased, is_end_to_end, moves, seconds, timeliness
from chalicelib.measures.model import Measured, Petitioned
from tests.support.measured import at

ENDED, DUE = "2026-11-05 17:00", "2026-11-05 17:00"
WHOLE = Measured(
    number=9,
    unit="H01",
    procedure="1.001193",
    channel="ONLINE",
    party="CITIZEN",
    received_at=at("2026-11-02 08:00"),
    accepted_at=at("2026-11-02 09:00"),
    ended_at=at(ENDED),
    ending="processed",
    due_at=at(DUE),
    returned_at=at("2026-11-05 17:01"),
)
NOVEMBER = Cell("H01", "2026-11", "1.001193", "ONLINE", "CITIZEN")


def counts(**changes):
    return counted(replace(WHOLE, **changes)).get(NOVEMBER, {})


def test_a_dossier_adds_each_of_its_facts_once():
    assert counted(WHOLE) == {
        NOVEMBER: {
            "received": 1,
            "online": 1,
            "accepted": 1,
            "returned": 1,
            "processed": 1,
            "ended": 1,
            "on_time": 1,
            "electronic": 1,
            "seconds": 3 * 86_400 + 8 * 3600,
            "end_to_end": 1,
        }
    }
    assert counted(replace(WHOLE, received_at=None)) == {}, "nothing before it was submitted"


@pytest.mark.parametrize(
    ("changes", "more", "less"),
    [
        ({"channel": "ONLINE", "reuses": True}, {"reused": 1}, set()),
        ({"extended_at": at(ENDED)}, {"extended": 1, "ended_extended": 1}, set()),
        ({"asked": (at(ENDED),)}, {"asked": 1, "ended_asked": 1}, set()),
        ({"asked": (at(ENDED),) * 2}, {"asked": 2, "ended_asked": 1, "ended_asked_again": 1}, set()),
        ({"answered": (at(ENDED),) * 2}, {"answered": 2}, set()),
        ({"rated_at": at(ENDED), "satisfied": True}, {"rated": 1, "satisfied": 1, "ended_rated": 1}, set()),
        ({"rated_at": at(ENDED)}, {"rated": 1, "ended_rated": 1, "ended_displeased": 1}, set()),
        ({"accepted_at": None}, {"seconds": 0}, {"accepted", "ended", "on_time"}),
        ({"returned_at": None}, {}, {"returned", "end_to_end"}),
        ({"owes": True}, {}, {"end_to_end"}),
        ({"in_person": True}, {}, {"end_to_end"}),
        ({"due_at": None}, {"undated": 1}, {"on_time"}),
        ({"ending": "withdrawn"}, {"withdrawn": 1}, {"processed", "electronic", "seconds", "end_to_end"}),
        (
            {"ending": None},
            {},
            {"processed", "ended", "on_time", "electronic", "seconds", "end_to_end"},
        ),
    ],
)
def test_each_field_adds_what_it_is_for_and_nothing_else(changes, more, less):
    assert counts(**changes) == {name: by for name, by in counts().items() if name not in less} | more


def test_an_agencys_own_error_betters_no_figure_of_it():
    """One officer opened corrections of one dossier without end: each was one more that came online, and in time."""
    assert counts(corrects=True) == {}
    assert counts(corrects=True, ended_at=None, ending=None) == {}
    assert counts(corrects=True, rated_at=at(ENDED), satisfied=False) == {"rated": 1}, "what its applicant says counts"
    late = {"ended_at": at("2026-11-09 17:00")}
    assert counts(corrects=True, **late) == counts(**late), "one that is late counts as any other"


def test_what_did_not_come_online_is_in_a_cell_of_its_own_and_not_online():
    (cell,) = found = counted(replace(WHOLE, channel="DIRECT", party="ORGANISATION"))
    assert cell == NOVEMBER._replace(channel="DIRECT", party="ORGANISATION")
    assert not {"online", "end_to_end"} & found[cell].keys()


def test_each_fact_is_in_the_month_in_which_it_was():
    months = [f"2026-{number:02d}" for number in range(1, 9)]
    times = [at(f"{month}-15 08:00") for month in months]
    names = ("received_at", "accepted_at", "extended_at", "ended_at", "returned_at", "rated_at")
    told = dict(zip(names, times, strict=False)) | {"asked": (times[6],), "answered": (times[7],), "reuses": True}
    found = {cell.month: set(each) for cell, each in counted(replace(WHOLE, **told, satisfied=True)).items()}
    assert found == {
        months[0]: {"received", "online", "reused"},
        months[1]: {"accepted"},
        months[2]: {"extended"},
        months[3]: {
            *("processed", "ended", "early", "ended_asked", "ended_extended", "ended_rated", "electronic"),
            *("seconds", "end_to_end"),
        },
        months[4]: {"returned"},
        months[5]: {"rated", "satisfied"},
        months[6]: {"asked"},
        months[7]: {"answered"},
    }


@pytest.mark.parametrize(
    ("ended", "due", "told"),
    [
        ("2026-11-05 16:59", "2026-11-05 17:00", "on_time"),
        ("2026-11-05 17:00", "2026-11-05 17:00", "on_time"),
        ("2026-11-05 17:01", "2026-11-05 17:00", "late"),
        ("2026-11-05 00:00", "2026-11-05 17:00", "on_time"),
        ("2026-11-04 23:59", "2026-11-05 17:00", "early"),
        ("2026-11-05 06:59", "2026-11-05 07:00", "on_time"),
        (None, "2026-11-05 17:00", "undated"),
        ("2026-11-05 17:00", None, "undated"),
    ],
)
def test_an_end_against_its_appointment(ended, due, told):
    some = {"ended_at": at(ended) if ended else None, "due_at": at(due) if due else None}
    assert timeliness(replace(WHOLE, **some)) == told


HOUR = 3600


@pytest.mark.parametrize(
    ("asked", "answered", "hours"),
    [
        ((), (), 10),
        (("09:00",), ("11:00",), 8),
        (("09:00", "12:00"), ("11:00", "13:00"), 7),
        (("09:00",), (), 1),
        (("09:00", "12:00"), ("11:00",), 2),
        (("07:00",), ("09:00",), 9),
        (("06:00",), ("07:00",), 10),
        (("17:00",), ("19:00",), 9),
        (("18:00",), ("19:00",), 10),
        (("19:00",), (), 10),
    ],
)
def test_what_was_waited_for_the_person_is_no_time_of_the_agency(asked, answered, hours):
    """Accepted at 8, ended at 18."""
    told = {
        name: tuple(at(f"2026-11-05 {each}") for each in some)
        for name, some in (("asked", asked), ("answered", answered))
    }
    day = replace(WHOLE, accepted_at=at("2026-11-05 08:00"), ended_at=at("2026-11-05 18:00"), **told)
    assert seconds(day) == hours * HOUR


def test_without_a_beginning_or_an_end_there_is_no_time():
    assert seconds(replace(WHOLE, accepted_at=None)) == seconds(replace(WHOLE, ended_at=None)) == 0


@pytest.mark.parametrize(
    ("changes", "is_so"),
    [
        ({}, True),
        ({"channel": "DIRECT"}, False),
        ({"ending": "stopped"}, False),
        ({"returned_at": None}, False),
        ({"in_person": True}, False),
        ({"owes": True}, False),
    ],
)
def test_each_condition_of_end_to_end_is_one(changes, is_so):
    assert is_end_to_end(replace(WHOLE, **changes)) is is_so


def said(name, what="filed", kind="petition"):
    return Petitioned(petition=name, kind=kind, what=what, at=at(ENDED))


@pytest.mark.parametrize(
    ("petitions", "rating", "is_so"),
    [
        ((), None, False),
        ((), True, False),
        ((), False, True),
        ((said("A"),), None, True),
        ((said("A"),), True, True),
        ((said("A", "answered"),), None, False),
        ((said("A", kind="complaint"),), None, False),
        ((said("A", kind="complaint"), said("B")), None, True),
        ((said("A"), said("A", "withdrawn")), None, True),
    ],
)
def test_who_filed_a_petition_or_rated_it_badly_was_displeased(petitions, rating, is_so):
    rated = {} if rating is None else {"rated_at": at(ENDED), "satisfied": rating}
    assert is_displeased(replace(WHOLE, petitions=petitions, **rated)) is is_so


# --- what moves -------------------------------------------------------------------------------------------------


def test_what_moves_is_the_difference_and_what_stays_is_left_out():
    running = replace(WHOLE, ending=None, ended_at=None, returned_at=None)
    assert moves(running, running) == moves(Measured(), Measured()) == {}
    assert moves(Measured(), running) == {NOVEMBER: {"received": 1, "online": 1, "accepted": 1}}
    assert moves(running, Measured()) == {NOVEMBER: {"received": -1, "online": -1, "accepted": -1}}
    late = replace(WHOLE, ended_at=at("2026-12-01 08:00"), due_at=None)
    december = NOVEMBER._replace(month="2026-12")
    found = moves(WHOLE, late)
    assert found[NOVEMBER] == {
        name: -by for name, by in counts().items() if name not in {"received", "online", "accepted", "returned"}
    }
    assert found[december] == counted(late)[december]
    assert moves(running, replace(running, asked=(at(ENDED),))) == {NOVEMBER: {"asked": 1}}


def test_counts_are_added_to_counts():
    some = {"a": 1}
    added(some, {"a": 2, "b": -1})
    added(some, {})
    assert some == {"a": 3, "b": -1}
