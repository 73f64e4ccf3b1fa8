"""Boards in the store: the newest stays, and of two runs at one part one alone goes on."""

import pytest
from msgspec import structs

from chalicelib.measures.boards.model import CONTENT, Board, BoardsBegun, BoardsMade
from chalicelib.measures.boards.store import BoardTable

CITY = "H01"
MORNING, NOON = "2026-11-27T01:00:00.000+00:00", "2026-11-27T05:00:00.000+00:00"
BOARD = Board(unit=CITY, name="Thành phố", period="2026-11", as_of=MORNING, generation=1, body="first")
DONE = BoardsMade(unit=CITY, as_of=MORNING, generation=1, content=CONTENT)
BEGUN = BoardsBegun(unit=CITY, as_of=MORNING, generation=1, content=CONTENT, periods=("2026-11",))


@pytest.fixture
def boards(tables):
    return BoardTable()


def test_of_two_boards_of_one_moment_the_first_one_stays(boards):
    assert boards.keep(BOARD)
    assert not boards.keep(structs.replace(BOARD, body="second"))
    assert boards.board(CITY, "2026-11") == BOARD
    assert boards.board(CITY, "2026-10") is None
    newer = structs.replace(BOARD, as_of=NOON, body="third")
    assert boards.keep(newer)
    assert not boards.keep(BOARD)
    assert boards.board(CITY, "2026-11") == newer


def test_that_a_part_was_made_is_kept_of_the_last_time_alone(boards):
    assert boards.made(CITY) is None
    assert boards.mark(DONE)
    assert not boards.mark(structs.replace(DONE, generation=2)), "of the same moment it is said already"
    newer = structs.replace(DONE, as_of=NOON, generation=3)
    assert boards.mark(newer)
    assert not boards.mark(DONE)
    assert boards.made(CITY) == newer


def test_the_mark_and_how_far_a_part_is_are_no_boards_of_it(boards):
    boards.keep(BOARD)
    boards.mark(DONE)
    boards.begin(BEGUN)
    assert boards.periods(CITY) == ["2026-11"]


def test_a_part_is_begun_by_one_run_of_a_moment_and_by_a_later_one_from_its_first_agency(boards):
    assert boards.begun(CITY) is None
    assert boards.begin(BEGUN)
    assert not boards.begin(structs.replace(BEGUN, periods=("2026",)))
    assert boards.begun(CITY) == BEGUN
    assert boards.reach(BEGUN, "H01.1")
    later = structs.replace(BEGUN, as_of=NOON)
    assert boards.begin(later)
    assert boards.begun(CITY) == later
    assert not boards.begin(structs.replace(BEGUN, generation=2)), "an older one comes too late"


def test_a_part_goes_on_from_where_it_stands_and_from_nowhere_else(boards):
    boards.begin(BEGUN)
    assert boards.reach(BEGUN, "H01.1")
    assert not boards.reach(BEGUN, "H01.2"), "another run of the same beginning was faster"
    reached = structs.replace(BEGUN, reached="H01.1")
    assert boards.begun(CITY) == reached
    assert boards.reach(reached, "H01.2")
    assert boards.begun(CITY) == structs.replace(BEGUN, reached="H01.2")


def test_who_was_overtaken_by_a_later_beginning_goes_on_no_more(boards):
    boards.begin(BEGUN)
    later = structs.replace(BEGUN, as_of=NOON)
    boards.begin(later)
    assert not boards.reach(BEGUN, "H01.1"), "both stand before the first agency, and only one of them is at it"
    assert boards.begun(CITY) == later
