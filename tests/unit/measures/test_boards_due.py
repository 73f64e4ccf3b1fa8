"""When boards are due, what a run goes on with, and which one is read. Nothing is stored or counted here."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.problem import NotFound, TryAgain
from chalicelib.measures.boards import service
from chalicelib.measures.boards.held import Held
from chalicelib.measures.boards.model import (
    CONTENT,
    Board,
    BoardsBegun,
    BoardsMade,
    Content,
    made_daily,
    made_weekly,
    named,
    of_the_day,
    older,
    packed,
)
from chalicelib.measures.boards.service import LONGEST, Made, Making, Reading, parts
from chalicelib.measures.boards.views import _placed
from chalicelib.measures.boards.wire import Rank
from chalicelib.measures.cells import Cell
from chalicelib.measures.model import Unit, UnitEntry
from chalicelib.measures.tree import Tree
from tests.support.measured import clock

CITY, OTHER = "H01", "H02"
NOW = clock()()


def unit(name, parent=None, **more):
    entry = UnitEntry(valid_from="2020-01-01", parent=parent, **more)
    return Unit(id=name, name=name, number=1, entries=(entry,))


class Desk:
    """What was made and begun, as a test says it; what a run would begin is noted, and nothing is made."""

    def __init__(self, mark=None, begun=None, kept=()):
        self._mark, self._begun, self._kept = mark, begun, list(kept)
        self.wanted = []

    def made(self, _root):
        return self._mark

    def begun(self, _root):
        return self._begun

    def periods(self, _root):
        return self._kept

    def begin(self, begun):
        self.wanted.append(begun)
        return False


def counted(*roots, generation=1):
    return SimpleNamespace(serving=lambda: generation, tree=lambda: Tree([unit(each) for each in roots or (CITY,)]))


def making(desk, now=NOW, known=None, left=LONGEST):
    return Making(desk, known or counted(), lambda: now, lambda: left)


def wanted(desk, now=NOW, **more):
    """The periods that a run begins; none where all is there."""
    made = making(desk, now, **more)
    try:
        assert made.today() == Made(there=1)
    except TryAgain:
        return [each for begun in desk.wanted for each in begun.periods]
    return []


def mark(when, generation=1, content=CONTENT):
    return BoardsMade(unit=CITY, as_of=stamp(when), generation=generation, content=content)


def texts(periods):
    return [each.text for each in periods]


MIDNIGHT = datetime(2026, 11, 27, tzinfo=ZONE)
LAST = datetime(2026, 11, 27, 23, 59, 59, 999_999, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("made", "now", "is_due"),
    [
        (MIDNIGHT, LAST, False),
        (MIDNIGHT, MIDNIGHT, False),
        (MIDNIGHT.replace(day=26, hour=23, minute=59, second=59, microsecond=999_000), MIDNIGHT, True),
        (MIDNIGHT, MIDNIGHT.replace(day=28), True),
        (MIDNIGHT, LAST.astimezone(UTC), False),
    ],
)
def test_boards_are_due_once_on_each_day_of_vietnam(made, now, is_due):
    assert bool(wanted(Desk(mark(made)), now)) is is_due


def test_on_a_new_day_those_of_each_day_are_due_with_the_turn_of_the_others():
    yesterday = mark(MIDNIGHT.replace(day=26))
    kept = [f"{year}-{month:02d}" for year in (2021, 2022, 2023) for month in range(1, 13)]
    expected = texts((*made_daily(NOW), *of_the_day(NOW, kept)))
    assert wanted(Desk(yesterday, kept=kept)) == expected
    assert set(expected) & set(kept), "of more than 28 one at least is of this day"


@pytest.mark.parametrize("former", [None, mark(NOW, generation=2), mark(NOW, content=CONTENT - 1)])
def test_where_other_counters_or_another_content_was_made_all_are_due(former):
    kept = ["2024-03", "2026-11", "2026-02"]
    expected = texts((*made_daily(NOW), *made_weekly(NOW), *older(kept, NOW)))
    assert wanted(Desk(former, kept=kept)) == expected
    assert expected[-1] == "2024-03"
    assert expected.count("2026-11") == expected.count("2026-02") == 1


def begun(when, **more):
    told = {"unit": CITY, "as_of": stamp(when), "generation": 1, "content": CONTENT, "periods": ("2026-11",)}
    return BoardsBegun(**told | more)


@pytest.mark.parametrize(
    ("former", "made", "goes_on"),
    [
        (begun(NOW), None, True),
        (begun(NOW), mark(MIDNIGHT), True),
        (begun(NOW), mark(NOW), False),
        (begun(MIDNIGHT), mark(NOW), False),
        (begun(NOW, generation=2), None, False),
        (begun(NOW, content=CONTENT - 1), None, False),
        (None, None, False),
    ],
)
def test_a_run_goes_on_with_what_was_begun_after_the_last_one_that_ended(former, made, goes_on):
    found = making(Desk(made, former))._unfinished(CITY, 1)
    assert found == (former if goes_on else None)


def test_with_less_time_than_an_agency_may_want_nothing_is_begun():
    desk = Desk()
    with pytest.raises(TryAgain):
        making(desk, left=LONGEST - 0.001).today()
    assert desk.wanted == []
    assert wanted(desk)


def test_what_fails_for_a_part_is_told_before_that_there_is_no_time(monkeypatch):
    told = []
    monkeypatch.setattr(service.log, "trouble", lambda text, error, **more: told.append((text, error, more)))
    errors = {"H01": TryAgain(), "H02": KeyError("first"), "H03": KeyError("second"), "H04": None}

    def turn(_self, root, *_rest, **_more):
        if errors[root]:
            raise errors[root]
        done.append(root)
        return Made(made=1)

    done = []
    monkeypatch.setattr(Making, "_turn", turn)
    with pytest.raises(KeyError, match="first"):
        making(Desk(), known=counted(*errors)).today()
    assert done == ["H04"]
    assert told == [("boards not made", errors[root], {"agency": root}) for root in ("H02", "H03")]
    with pytest.raises(TryAgain):
        making(Desk(), known=counted("H01", "H04")).today()
    assert making(Desk(), known=counted("H04")).today() == Made(made=1)


# --- the parts of the country -----------------------------------------------------------------------------------


def test_a_part_is_as_large_as_can_be_added_up_and_what_stands_alone_is_one_however_large(monkeypatch):
    below = [unit(f"H01.{n}", CITY) for n in range(2)]
    country = Tree([unit(CITY), *below, unit(OTHER)])
    monkeypatch.setattr(service, "MOST_UNITS", 3)
    assert parts(country, "2026-11") == [CITY, OTHER]
    monkeypatch.setattr(service, "MOST_UNITS", 2)
    assert parts(country, "2026-11") == [OTHER, "H01.0", "H01.1"]
    gone = [unit(f"H01.{n}", CITY, valid_to="2026-01-01", successors=(CITY,)) for n in range(2)]
    assert parts(Tree([unit(CITY), *gone]), "2026-11") == [CITY], "all that is below it went over into it"


def test_what_the_counters_are_made_without_is_asked_once():
    asked = []
    held = Held(SimpleNamespace(not_made=lambda: asked.append(1) or frozenset({"x"})), None)
    assert held.not_made() == held.not_made() == {"x"}
    assert len(asked) == 1


def test_who_had_nothing_in_a_month_in_which_it_did_not_count_is_no_part_of_a_year():
    months = {f"2026-{month:02d}": frozenset({CITY} if month > 6 else {CITY, OTHER}) for month in range(1, 13)}
    some = [(Cell(OTHER, "2026-03", "a", "", ""), {"received": 9})]
    for more, codes in (({"received": 0}, ("a",)), ({"online": 1}, ("a",)), ({"received": 1}, ())):
        assert named([*some, (Cell(OTHER, "2026-09", "b", "", ""), more)], months) == codes
    assert named([(Cell(OTHER, "2025-03", "a", "", ""), {"received": 9})], months) == ()


# --- which one is read ------------------------------------------------------------------------------------------


def board(period):
    content = Content(units=1, figures=(), trend=(), procedures=(), months_over=())
    return Board(unit=CITY, name=CITY, period=period, as_of=stamp(NOW), generation=1, body=packed(content))


def reading(*kept, now=NOW):
    known = {each.period: each for each in kept}

    def one(_unit, period):
        found = known.get(period)
        if found and found.name == "torn":
            raise Unreadable("Board: x", "BOARD")
        return found

    return Reading(SimpleNamespace(board=one), lambda: now)


def test_the_last_year_stands_for_this_one_where_no_period_is_named_alone():
    last = reading(board("2025"))
    assert last.board(CITY, "").period.text == "2025"
    with pytest.raises(NotFound):
        last.board(CITY, "2026")
    both = reading(board("2025"), board("2026"))
    assert both.board(CITY, "").board.period == "2026"
    with pytest.raises(NotFound):
        reading(board("2024")).board(CITY, "")


def test_the_year_is_that_of_vietnam():
    now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert reading(board("2027"), board("2026"), now=now).board(CITY, "").period.text == "2027"


def test_a_board_that_is_torn_is_told_and_the_former_one_is_read(monkeypatch):
    told = []
    monkeypatch.setattr(service.log, "trouble", lambda text, _error, **more: told.append((text, more)))
    torn = Board(unit=CITY, name="torn", period="2026", as_of="-", generation=1, body="")
    assert reading(torn, board("2025")).board(CITY, "").period.text == "2025"
    assert told == [("board not read", {"agency": CITY})]


# --- in which order they stand ----------------------------------------------------------------------------------


def rank(name, score, denominator=10, unit=""):
    return Rank(
        place=None, unit=unit or name, name=name, numerator=1, denominator=denominator, score=score, maxScore=12
    )


def test_those_with_the_same_score_have_the_same_place_and_who_was_not_judged_has_none():
    rows = [
        rank("d", None),
        rank("c", 3.0),
        rank("z", 9.0),
        rank("b", 3.0, unit="2"),
        rank("b", 3.0, unit="1"),
        rank("a", 0.0),
        rank("e", 12.0, denominator=0),
        rank("f", 1.0, denominator=None),
    ]
    assert [(each.place, each.name, each.unit) for each in _placed(rows)] == [
        (1, "z", "z"),
        (2, "b", "1"),
        (2, "b", "2"),
        (2, "c", "c"),
        (5, "f", "f"),
        (6, "a", "a"),
        (None, "d", "d"),
        (None, "e", "e"),
    ]
