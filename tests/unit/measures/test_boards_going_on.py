"""Boards whose making was killed, or whose time ended: the next run goes on where the last one stopped."""

import math
from contextlib import contextmanager
from itertools import count
from typing import ClassVar

import pytest

from chalicelib.kernel.problem import NotFound, TryAgain
from chalicelib.measures.boards import service, store
from chalicelib.measures.boards.model import made_daily, made_weekly, of_the_day
from chalicelib.measures.boards.service import LONGEST, Making, Reading
from chalicelib.measures.boards.store import BoardTable
from chalicelib.measures.store import Table
from tests.support.boards import CITY, NEXT, OTHER, two_provinces
from tests.support.measured import OURS, begun, clock, counted, submitted

UNITS = (CITY, OURS, NEXT, OTHER)
NOW = clock()()
DAILY = [each.text for each in made_daily(NOW)]
ALL = len(DAILY) + len(made_weekly(NOW))


class Killed(BaseException):
    """What ends a function at once: nothing of it catches that."""


@pytest.fixture
def country(tables):
    two_provinces()
    return tables


@pytest.fixture
def few(country, monkeypatch):
    """The same, where boards of two periods alone are made."""
    monkeypatch.setattr(service, "made_daily", lambda now: made_daily(now)[:2])
    monkeypatch.setattr(service, "made_weekly", lambda _: ())
    monkeypatch.setattr(service, "of_the_day", lambda *_: ())
    return country


def making(at=None, counted=None, left=math.inf):
    return Making(BoardTable(), counted or Table(), at or clock(), lambda: left)


def bodies(country, periods=DAILY):
    rows = [each for unit in UNITS for each in country.partition("Measures", f"BOARD#{unit}")]
    return {(each["pk"], each["sk"]): each["body"] for each in rows if each["sk"] in periods}


def made_at(country):
    rows = [each for unit in UNITS for each in country.partition("Measures", f"BOARD#{unit}")]
    return [each["as_of"] for each in rows if each["sk"] != "MADE"]


@contextmanager
def killing(monkeypatch, number):
    """The run in it writes `number` times among the boards, and is no more."""
    written, put = count(), store._put

    def once(*given):
        if next(written) >= number:
            raise Killed
        return put(*given)

    with monkeypatch.context() as ended:
        ended.setattr(store, "_put", once)
        with pytest.raises(Killed):
            yield


def test_killed_before_any_write_the_next_run_makes_what_one_run_makes(few, monkeypatch):
    writes, whole = 4 * (2 + 1) + 2 * 2, 4 * 2
    assert making(clock("2026-11-01 08:00")).anew().boards == whole
    of_one_run = bodies(few)
    for number in range(writes):
        day = f"2026-11-{number + 2:02d}"
        with killing(monkeypatch, number):
            making(clock(f"{day} 08:00")).today()
        stood = sum(at.startswith(f"{day}T01:00") for at in made_at(few))
        done = making(clock(f"{day} 08:30")).today()
        assert done.made + done.there == 2
        assert whole - stood <= done.boards <= whole - stood + 2, f"{number}: what it was on alone is made twice"
        assert bodies(few) == of_one_run, number
        assert {each[:10] for each in made_at(few)} == {day}, number


def test_runs_that_are_killed_after_each_agency_come_to_an_end(few, monkeypatch):
    for unit in UNITS:
        with killing(monkeypatch, 3 + (unit in {CITY, OTHER}) + (unit == OTHER)):
            making().today()
    assert set(bodies(few)) == {(f"BOARD#{unit}", period) for unit in UNITS for period in DAILY[:2]}
    assert making().today().made == 1


def test_a_run_stops_before_its_time_is_over_and_the_next_one_makes_the_rest_alone(country):
    times = iter([LONGEST, LONGEST, LONGEST, LONGEST - 1, LONGEST - 1])
    with pytest.raises(TryAgain):
        Making(BoardTable(), Table(), clock(), lambda: next(times)).today()
    assert {unit for unit, _ in bodies(country)} == {f"BOARD#{CITY}", f"BOARD#{OURS}"}

    class Counted(Table):
        asked: ClassVar = set()

        def counts(self, units, months):
            units = list(units)
            Counted.asked.update(units)
            return super().counts(units, months)

    assert making(clock("2026-11-27 08:20"), Counted()).today() == (2, 0, 2 * ALL, 0)
    assert Counted.asked == {NEXT, OTHER}, "counters of those alone that are left"
    assert Reading(BoardTable(), clock()).board(OURS, "2026-11").board.as_of.startswith("2026-11-27T01:00")


@pytest.mark.parametrize("other", ["counters", "content"])
def test_other_counters_and_another_content_start_over(few, monkeypatch, other):
    with killing(monkeypatch, 4):
        making().today()
    serving = Table.serving
    if other == "counters":
        monkeypatch.setattr(Table, "serving", lambda self: serving(self) + 1)
    else:
        monkeypatch.setattr("chalicelib.measures.boards.model.CONTENT", 99)
        monkeypatch.setattr("chalicelib.measures.boards.service.CONTENT", 99)
    assert making(clock("2026-11-27 09:00")).today() == (2, 0, 4 * 2, 0)


def test_of_two_runs_at_once_one_makes_an_agency_and_the_other_comes_again(few, monkeypatch):
    keep, began = BoardTable.keep, []

    def beside(self, board):
        if not began:
            began.append(board)
            assert making(clock("2026-11-27 08:01")).today() == (2, 0, 4 * 2, 0)
        return keep(self, board)

    with monkeypatch.context() as two:
        two.setattr(BoardTable, "keep", beside)
        with pytest.raises(TryAgain):
            making().today()
    assert {each[:16] for each in made_at(few)} == {"2026-11-27T01:01"}, "the newer ones stay"
    assert making(clock("2026-11-27 08:02")).today().there == 2


def test_who_begins_at_the_same_moment_as_another_run_leaves_it_the_part(few, monkeypatch):
    begin = BoardTable.begin
    monkeypatch.setattr(BoardTable, "begin", lambda self, each: begin(self, each) and begin(self, each))
    with pytest.raises(TryAgain):
        making().today()
    assert bodies(few) == {}


def test_what_yesterday_began_is_ended_before_today_is_made(country, monkeypatch):
    making(clock("2026-11-26 08:00")).today()
    counted(begun("MC-77", submitted("2026-03-03 08:00")))
    of_yesterday = [each.text for each in of_the_day(clock("2026-11-27 08:00")())]
    before = bodies(country, of_yesterday)
    with killing(monkeypatch, 1):
        making(clock("2026-11-27 08:00")).today()
    done = making(clock("2026-11-28 08:00")).today()
    assert done.made == 2
    read = [Reading(BoardTable(), clock()).board(CITY, each).board.as_of for each in of_yesterday]
    assert of_yesterday
    assert all(each.startswith("2026-11-28") for each in read)
    assert bodies(country, of_yesterday).keys() == before.keys()
    assert Reading(BoardTable(), clock()).board(CITY, "2026-11").board.as_of.startswith("2026-11-28")
    assert making(clock("2026-11-28 09:00")).today().there == 2


def test_the_clock_ends_what_an_operator_began(few, monkeypatch):
    with killing(monkeypatch, 4):
        making().anew()
    assert making(clock("2026-11-27 08:10")).today() == (2, 0, 3 * 2, 0)
    assert making(clock("2026-11-27 08:20")).anew().boards == 4 * 2, "an operator's next one makes all"


def test_how_far_it_is_that_cannot_be_read_starts_over(few):
    few.put("Measures", {"pk": f"BOARD#{CITY}#MAKING", "sk": "MAKING", "shape": 1})
    assert making().today() == (2, 0, 4 * 2, 0)


def test_a_single_period_says_nothing_of_how_far_it_is(few):
    with pytest.raises(TryAgain):
        making(left=LONGEST - 1).anew("2026-11")
    making().anew("2026-11")
    assert few.partition("Measures", f"BOARD#{CITY}#MAKING") == []
    with pytest.raises(NotFound):
        Reading(BoardTable(), clock()).board(CITY, "2026-10")


class Wrong(Exception):
    """What always fails for one agency."""


def test_an_agency_that_always_fails_holds_back_none_behind_it(few, monkeypatch):
    board = service.Maker.board

    def one(self, unit, period):
        if unit.id == OURS:
            raise Wrong
        return board(self, unit, period)

    monkeypatch.setattr(service.Maker, "board", one)
    with pytest.raises(Wrong):
        making().today()
    assert {unit for unit, _ in bodies(few)} == {f"BOARD#{unit}" for unit in UNITS if unit != OURS}
    assert making(clock("2026-11-27 09:00")).today().there == 2
    with pytest.raises(Wrong):
        making(clock("2026-11-28 08:00")).today()
    assert {each[:10] for each in made_at(few)} == {"2026-11-28"}, "and those behind it have today's"


def test_to_go_on_later_for_lack_of_time_is_no_trouble(few, monkeypatch):
    told = []
    monkeypatch.setattr(service.log, "trouble", lambda *given, **_: told.append(given))
    times = iter([LONGEST, LONGEST, LONGEST - 1, LONGEST - 1])
    with pytest.raises(TryAgain):
        Making(BoardTable(), Table(), clock(), lambda: next(times)).today()
    assert told == []
