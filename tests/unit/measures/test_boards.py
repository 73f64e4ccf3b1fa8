"""Boards on the real store: what the routes answer and nothing else, once a day, a province after the other."""

import itertools
import json
import math
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel.problem import BodyInvalid, NotFound, TryAgain
from chalicelib.measures.boards import service
from chalicelib.measures.boards.held import AT_ONCE, Held
from chalicelib.measures.boards.model import (
    CONTENT,
    Board,
    Index,
    enough,
    least,
    made_daily,
    made_weekly,
    named,
    of_the_day,
    trend_of,
)
from chalicelib.measures.boards.service import FORMULA, Making, Reading, parts
from chalicelib.measures.boards.store import BoardTable
from chalicelib.measures.boards.views import board_view
from chalicelib.measures.cells import Cell
from chalicelib.measures.periods import period_of
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.service import Measures
from chalicelib.measures.store import Table
from chalicelib.measures.tree import Tree
from tests.support.boards import CITY, NEXT, OTHER, content, found, two_provinces
from tests.support.measured import OURS, begun, clock, counted, submitted

NOW = clock()()
DAILY = ("2026-11", "2026-10", "2026-Q4", "2026-Q3", "2026", "2025")
WEEKLY = (*(f"2026-{month:02d}" for month in range(9, 0, -1)), "2025-12", "2026-Q2", "2026-Q1", "2025-Q4")
ALL = (*DAILY, *WEEKLY)


@pytest.fixture
def country(tables):
    two_provinces()
    return tables


def making(at=None):
    return Making(BoardTable(), Table(), at or clock(), lambda: math.inf)


def read(unit, period="2026-11", at=None):
    return Reading(BoardTable(), at or clock()).board(unit, period)


def test_a_board_says_what_the_use_cases_of_the_routes_say(country):
    making().today()
    for unit in (CITY, OURS, NEXT, OTHER):
        for period in DAILY:
            content = read(unit, period).content
            told = Measures(Table(), clock()).published(unit, period)
            assert (content.figures, content.units) == (tuple(told.figures), told.units), (unit, period)
            assert [each.month for each in content.trend][-1] == min(period_of(period, NOW).months[-1], "2026-11")
            for each in content.trend:
                assert each.figures == tuple(Measures(Table(), clock()).published(unit, each.month).figures)
            if period == "2025":
                assert content.index is None, "the formula did not hold then"
                continue
            scores = Scoring(Table(), clock()).scores(unit, period, FORMULA)
            assert content.index == Index(formula=FORMULA, parent=scores.parent, children=tuple(scores.children))


def test_a_day_is_made_once_and_the_next_one_again(country):
    assert making().today() == (2, 0, 4 * len(ALL), 0), "the first time all"
    assert making(clock("2026-11-27 23:59")).today() == (0, 2, 0, 0)
    more = len(of_the_day(clock("2026-11-28 00:00")()))
    assert making(clock("2026-11-28 00:00")).today() == (2, 0, 4 * (len(DAILY) + more), 0)


def test_older_boards_are_made_anew_within_a_week(country):
    making().today()
    older = read(CITY, "2026-02").board
    counted(begun("MC-21", submitted("2026-02-03 08:00")))
    for day in range(28, 31):
        making(clock(f"2026-11-{day} 08:00")).today()
    for day in range(1, 5):
        making(clock(f"2026-12-0{day} 08:00")).today()
    now = read(CITY, "2026-02")
    assert now.board.as_of > older.as_of
    assert now.content.figures == tuple(Measures(Table(), clock("2026-12-04 08:00")).published(CITY, "2026-02").figures)
    assert now.content.figures != older.content.figures


def test_after_a_rebuild_all_are_made_anew_on_the_same_day(country, monkeypatch):
    making().today()
    serving = Table.serving
    monkeypatch.setattr(Table, "serving", lambda self: serving(self) + 1)
    assert making(clock("2026-11-27 09:00")).today() == (2, 0, 4 * len(ALL), 0)


def test_boards_older_than_a_year_are_made_anew_once_a_month_and_all_of_them_after_a_rebuild(country, monkeypatch):
    making().anew("2024-03")
    making().today()
    older, days = read(CITY, "2024-03").board.as_of, range(28, 31)
    counted(begun("MC-22", submitted("2024-03-03 08:00")))
    for day in (*(f"2026-11-{day}" for day in days), *(f"2026-12-{day:02d}" for day in range(1, 27))):
        if any(each.text == "2024-03" for each in of_the_day(clock(f"{day} 08:00")(), ["2024-03"])):
            making(clock(f"{day} 08:00")).today()
    now = read(CITY, "2024-03")
    assert now.board.as_of > older
    assert now.content.figures == tuple(Measures(Table(), clock()).published(CITY, "2024-03").figures)
    monkeypatch.setattr(f"{service.__name__}.CONTENT", 99)
    monkeypatch.setattr("chalicelib.measures.boards.model.CONTENT", 99)
    making(clock("2026-12-27 08:00")).today()
    assert read(CITY, "2024-03").board.body.startswith("99:")


def test_one_period_that_an_operator_makes_does_not_stand_for_the_day(country):
    assert making().anew("2026-11").boards == 4
    assert making(clock("2026-11-27 08:01")).today().made == 2
    assert making(clock("2026-11-27 08:02")).today().there == 2


def test_a_mark_that_cannot_be_read_is_none(country):
    making().today()
    torn = {"pk": f"BOARD#{CITY}", "sk": "MADE", "shape": 1, "as_of": "2026"}
    country.put("Measures", torn)
    assert making(clock("2026-11-27 09:00")).today() == (1, 1, 0, 0), "how far it was says that all stand"
    country.put("Measures", torn)
    country.put("Measures", {"pk": f"BOARD#{CITY}#MAKING", "sk": "MAKING", "shape": 1})
    assert making(clock("2026-11-27 10:00")).today() == (1, 1, 3 * len(ALL), 0)


def test_an_older_board_replaces_no_newer_one(country):
    making().today()
    newer = read(CITY).board
    counted(begun("MC-20", submitted("2026-11-03 08:00")))
    assert making(clock("2026-11-27 07:59")).anew("2026-11").boards == 0
    with pytest.raises(TryAgain):
        making(clock("2026-11-27 07:59")).anew()
    assert read(CITY).board == newer
    assert making(clock("2026-11-27 08:01")).anew("2026-11").boards == 4
    assert read(CITY).content.figures != newer.content.figures


def test_what_broke_in_a_province_is_made_whole_by_the_next_run(country, monkeypatch):
    keep, kept = BoardTable.keep, []

    def breaking(self, board):
        if len(kept) == 7:
            raise TryAgain
        kept.append(board)
        return keep(self, board)

    with monkeypatch.context() as broken:
        broken.setattr(BoardTable, "keep", breaking)
        with pytest.raises(TryAgain):
            making().today()
    done = making(clock("2026-11-27 08:05")).today()
    assert (done.made, done.there) == (2, 0), "its mark comes last"


def test_boards_of_two_generations_are_not_mixed(country, monkeypatch):
    numbers = itertools.count(1)
    monkeypatch.setattr(Table, "serving", lambda _: next(numbers))
    with pytest.raises(TryAgain):
        making().today()
    assert country.partition("Measures", f"BOARD#{CITY}") == []


def test_a_province_that_fails_stops_none_after_it_and_is_told_at_the_end(country, monkeypatch, caplog):
    whole = Making._ended

    def breaking(self, started, *rest):
        if started.unit == CITY:
            raise Unreadable("Counter: no shape of ours", f"COUNT#{CITY}")
        return whole(self, started, *rest)

    monkeypatch.setattr(Making, "_ended", breaking)
    with pytest.raises(Unreadable):
        making().today()
    assert read(OTHER).content.units == 1
    with pytest.raises(NotFound):
        read(CITY)
    assert "boards not made" in caplog.text


def test_counters_are_read_once_for_all_boards_of_a_province(country):
    class Counted(Table):
        asked = ()

        def counts(self, units, months):
            units = list(units)
            Counted.asked += tuple((unit, months[0][:4]) for unit in units)
            return super().counts(units, months)

    Making(BoardTable(), Counted(), clock(), lambda: math.inf).today()
    assert len(set(Counted.asked)) == len(Counted.asked)


def test_a_period_that_the_routes_refuse_has_no_board(country, monkeypatch):
    monkeypatch.setattr("chalicelib.measures.scores.service.MOST_SUMS", 24 * 2)
    assert making().today().too_large == 2, "a year of the city, and the year before"
    assert read(CITY, "2026-11").content.index
    with pytest.raises(NotFound):
        read(CITY, "2026")
    with pytest.raises(TooManyUnits):
        Scoring(Table(), clock()).scores(CITY, "2026", FORMULA)


def test_too_large_a_part_is_made_in_those_below_it(country, monkeypatch):
    tree = Table().tree()
    assert parts(tree, "2026-11") == [CITY, OTHER]
    monkeypatch.setattr(service, "MOST_UNITS", 2)
    assert parts(tree, "2026-11") == [OTHER, OURS, NEXT]


def test_procedures_are_named_of_a_year_that_is_over_alone(country):
    for number in range(5):
        counted(begun(f"MC-3{number}", submitted("2026-11-03 08:00")))
    last, new = clock("2026-12-31 23:59"), clock("2027-01-01 00:00")
    making(last).anew()
    for period in ("2026-10", "2026-Q4", "2026"):
        running = read(OURS, period, last).content
        assert (running.procedures, running.months_over) == ((), ()), "nobody sees in which month the fifth one came"
    making(new).today()
    assert [read(unit, "2026", new).content.procedures for unit in (CITY, OURS, NEXT)] == [*[("1.001193",)] * 2, ()]
    assert len(read(OURS, "2026", new).content.months_over) == 12
    assert [read(OURS, period, new).content.procedures for period in ("2026-10", "2026-Q4")] == [(), ()]


def test_what_is_named_leaves_room_elsewhere_than_in_a_month_of_few():
    assert enough({"a": 5, "b": 4}) == {"a"}
    assert enough({"a": 5, "b": 3}) == set(), "eight in two months of four: some of them in each"
    assert enough({"a": 5, "b": 5}) == set()
    assert enough({"a": 10, "b": 5}) == {"a", "b"}
    assert enough({}) == set()


def test_an_agency_names_what_one_below_it_names_and_nothing_of_a_part_of_a_year():
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    cells = [
        (Cell(unit, month, "a", "", ""), {"received": 5}) for unit in (OURS, NEXT) for month in ("2026-03", "2026-09")
    ]
    cells += [(Cell(unit, "2026-03", "b", "", ""), {"received": 4}) for unit in (OURS, NEXT)]
    both = dict.fromkeys(months, frozenset({CITY, OURS, NEXT}))
    assert named(cells, both) == ("a",), "eight of b, and of neither agency five"
    left = {month: frozenset({CITY, OURS}) if month > "2026-06" else both[month] for month in months}
    assert named(cells, left) == ("a",)
    assert named([each for each in cells if each[0].unit == NEXT], left) == (), "its half year less its year"


def test_the_least_is_that_of_the_open_data():
    policy = json.loads(Path("infra/opendata/policy.json").read_bytes())
    assert least() == policy["least"] == 5


def test_without_a_period_it_is_the_year_or_else_the_last_one(country):
    making().today()
    assert read(CITY, "").period.text == "2026"
    assert read(CITY, "", clock("2027-01-01 00:10")).period.text == "2026"
    with pytest.raises(NotFound):
        read("H99", "")
    with pytest.raises(BodyInvalid):
        read(CITY, "2026-13")


@pytest.mark.parametrize("body", [f"{CONTENT}:!!", f"{CONTENT}:", "2:abc", "99:abc", "abc", ""])
def test_a_board_that_this_release_does_not_read_is_not_made_yet(country, body):
    making().today()
    BoardTable().keep(structs.replace(read(CITY, "2026-11").board, as_of="2026-11-27T02:00:00.000+00:00", body=body))
    with pytest.raises(NotFound):
        read(CITY, "2026-11")


def test_an_item_that_no_release_wrote_is_not_made_yet(country):
    country.put("Measures", {"pk": f"BOARD#{CITY}", "sk": "2026", "shape": 1})
    with pytest.raises(NotFound):
        read(CITY, "2026")


def test_a_change_of_what_a_body_means_has_all_made_anew(country, monkeypatch):
    making().today()
    for module in ("model", "service"):
        monkeypatch.setattr(f"chalicelib.measures.boards.{module}.CONTENT", CONTENT + 1)
    with pytest.raises(NotFound):
        read(CITY, "2026-11")
    assert making(clock("2026-11-27 09:00")).today().made == 2
    assert read(CITY, "2026-11").board.body.startswith(f"{CONTENT + 1}:")


def test_a_body_that_is_none_names_its_board():
    board = Board(unit=CITY, name="x", period="2026", as_of="-", generation=1, body=f"{CONTENT}:!!")
    with pytest.raises(Unreadable) as told:
        _ = board.content
    assert told.value.record == "BOARD#H01/2026"


def test_a_province_of_two_hundred_communes_fits_into_an_item():
    told = content(200, procedures=2_000)
    board = found(told).board
    assert len(board.body) < 300_000, "400 kB are the most of an item"
    assert board.content == told


def test_those_below_are_ranked_and_who_has_nothing_has_no_place(country):
    making().today()
    told = board_view(read(CITY, "2026-11"), "")
    assert (told.ranking.by, told.ranking.of) == ("3.3", ["3.3", "4.1"])
    assert [(each.place, each.unit, each.score) for each in told.ranking.units] == [(1, OURS, 6.0), (2, NEXT, 0.0)]
    former = board_view(read(CITY, "2026-10"), "3.3").ranking.units
    assert [(each.place, each.unit) for each in former] == [(1, OURS), (None, NEXT)]
    tied = board_view(read(CITY, "2026-11"), "4.6").ranking.units
    assert {each.place for each in tied} == {1}
    with pytest.raises(BodyInvalid):
        board_view(read(CITY, "2026-11"), "9.9")


def test_periods_of_every_day_and_the_months_of_a_trend():
    assert tuple(each.text for each in made_daily(NOW)) == DAILY
    assert tuple(each.text for each in made_weekly(NOW)) == WEEKLY
    week = [each.text for day in range(7) for each in of_the_day(NOW - timedelta(days=day))]
    assert sorted(week) == sorted(WEEKLY), "each once"
    assert len(of_the_day(NOW)) <= 3
    month = [
        each.text for day in range(28) for each in of_the_day(NOW - timedelta(days=day), ["2024", "2024-03", "2026"])
    ]
    assert [month.count(each) for each in ("2024", "2024-03")] == [1, 1]
    assert trend_of(period_of("2026-Q1", NOW), NOW)[::11] == ("2025-04", "2026-03")
    assert trend_of(period_of("2026", NOW), NOW)[::11] == ("2025-12", "2026-11")


def test_what_is_held_is_the_counters_of_its_months_alone(country):
    held = Held(Table(), Tree(Table().units()))
    assert {cell.month for cell, _ in held.counts([OURS], ("2026-10",))} == {"2026-10"}
    assert {cell.month for cell, _ in held.counts([OURS], ("2026-10", "2026-11"))} == {"2026-10", "2026-11"}
    assert sum(counts["received"] for _, counts in held.counts([OURS], ("2026-10",))) == 5


def test_what_is_held_does_not_grow_with_procedures_channels_and_parties():
    """Only what names procedures is kept by procedure, and a few agencies' rows are there at once."""
    asked = []

    class Many:
        def counts(self, units, months):
            asked.append(len(list(units)))
            cells = (
                Cell(unit, "2026-10", f"1.{p:06d}", c, "CITIZEN") for unit in units for p in range(9) for c in "ab"
            )
            return [(cell, {"received": 1, "online": 1}) for cell in cells]

    held = Held(Many(), None)
    units = [f"H01.{number}" for number in range(20)]
    counts = held.counts(units, ("2026-10", "2026-11"))
    assert [told for _, told in counts] == [{"received": 18, "online": 18}] * 20
    assert {(cell.procedure, cell.channel, cell.party) for cell, _ in counts} == {("", "", "")}
    received = held.received(units[:1], ("2026-10",))
    assert [(cell.procedure, told) for cell, told in received] == [(f"1.{p:06d}", {"received": 2}) for p in range(9)]
    assert max(asked) <= AT_ONCE
    assert sum(asked) == 20, "nobody is read twice"
