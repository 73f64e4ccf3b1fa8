"""What a release has: true sums by the tree, no small group, columns that a dictionary tells of in both languages."""

import csv
import io
import json
import re

import pytest

from chalicelib.measures.cells import Cell
from chalicelib.measures.tree import Standing
from infra.opendata.cube import RECEIVED, Atom, Context, Cube, Key
from infra.opendata.lines import settled
from infra.opendata.policy import BadPolicy, policy
from infra.opendata.protect import protected
from infra.opendata.release import Row, Worlds, dictionary, files_of, released, worlds_of
from tests.support import provinces

CITY, (HEIR, WARD, MERGED) = provinces.CITY, provinces.WARDS
BIRTH = "1.001193"


def received(unit, month, count, channel="ONLINE", party="CITIZEN", procedure=BIRTH):
    told = {"received": count, "online": count if channel == "ONLINE" else 0}
    return Cell(unit, month, procedure, channel, party), told


def rows(*counts, root=CITY):
    return {each[1:-1]: each.dossiers for each in released(worlds_of(counts, provinces.tree(), root), policy())}


def whole(unit, period, *, below):
    return (unit, below, period, "quarter" if "Q" in period else "year", "*", "*", "*", "*")


def test_counts_add_up_by_the_tree_of_each_month():
    told = rows(received(MERGED, "2026-03", 20), received(MERGED, "2026-04", 30), received(WARD, "2026-04", 50))
    assert told[whole(CITY, "2026", below="true")] == 100
    assert told[whole(MERGED, "2026", below="false")] == 50
    assert told[whole(HEIR, "2026", below="false")] == 30, "its heir has what came after the merger"
    assert whole(CITY, "2026", below="false") not in told


def test_what_is_outside_the_root_is_not_in_its_release():
    assert rows(received(WARD, "2026-03", 9), received(HEIR, "2026-03", 9), root=WARD) == rows(
        received(WARD, "2026-03", 9), root=WARD
    )


def test_the_tree_of_a_month_is_walked_once_however_many_agencies_there_are(monkeypatch):
    asked = []

    def below(self, root, real=Standing.below):
        asked.append(root)
        return real(self, root)

    monkeypatch.setattr(Standing, "below", below)
    worlds_of([received(each, "2026-03", 9) for each in (CITY, *provinces.WARDS)], provinces.tree(), CITY)
    assert asked == [CITY] * (1 + 12), "for the month that is counted, and for all of its year"


def test_a_small_group_has_no_row_and_a_large_one_has():
    told = rows(received(WARD, "2026-03", 4), received(HEIR, "2026-03", 5))
    assert whole(WARD, "2026-Q1", below="false") not in told
    assert told[whole(HEIR, "2026-Q1", below="false")] == 5


def test_what_ended_is_not_told_of_a_group_whose_receipt_is_held_back():
    """The row of `ended` would say at least how many of its procedure came up to then."""

    def ended(came):
        some = {BIRTH: came, "2.000815": 40, "1.000894": 3, "1.000895": 3}
        cells = [received(WARD, "2026-03", count, procedure=each) for each, count in some.items()]
        cells += [(Cell(WARD, "2026-03", each, "ONLINE", "CITIZEN"), {"early": 6}) for each in (BIRTH, "2.000815")]
        told = released(worlds_of(cells, provinces.tree(), CITY), policy())
        return {each.procedure for each in told if each.table == "ended" and each.unit == WARD}

    assert ended(6) == {"*", BIRTH, "2.000815"}
    assert ended(4) == {"*", "2.000815"}


def test_a_sum_that_the_names_on_boards_would_take_apart_is_held_back():
    """Eight of two wards that both do not name it: four each, and no other world agrees."""
    cells = [
        received(each, "2026-03", count, procedure=what)
        for each in (HEIR, WARD)
        for what, count in (("a", 4), ("b", 46))
    ]
    worlds = worlds_of(cells, provinces.tree(), CITY)
    assert not worlds.names[WARD, "2026", "a"]
    assert worlds.names[WARD, "2026", "b"]

    def sums(some):
        return {each.dossiers for each in released(some, policy()) if (each.unit, each.procedure) == (CITY, "a")}

    assert sums(worlds._replace(names={})) == {8}
    assert sums(worlds) == set()


def cube(**counts):
    """A ward's dossiers by party, in one month."""
    context = Context(WARD, (WARD,), "2026-03")
    return Cube(RECEIVED, {Atom(context, BIRTH, "DIRECT", party): count for party, count in counts.items()})


def key(party, period="2026"):
    return Key(WARD, period, BIRTH, "DIRECT", party)


def test_the_part_whose_total_would_tell_of_a_small_one_is_hidden_too():
    some = cube(CITIZEN=30, ORGANISATION=9, FOREIGNER=2)
    left = settled(some, {each: value for each, value in some.values.items() if value >= 5}, 5)
    assert key("CITIZEN") in left
    assert key("ORGANISATION") not in left
    both = cube(CITIZEN=30, ORGANISATION=9)
    assert settled(both, both.values, 5) == both.values, "a rest of 0 tells of nobody"


def test_a_table_of_the_live_figures_is_not_told_again_by_month():
    assert {len(each.period) for each in protected(cube(CITIZEN=30), policy(), {})} == {4, 7}
    assert all("Q" in each.period for each in protected(cube(CITIZEN=30), policy(), {}) if len(each.period) == 7)


def test_whose_small_cells_are_hidden_is_said_by_the_policy():
    told = json.loads('{"id":"x","effective_from":"2026-01-01","status":"policy","note":"n","least":5}')
    persons = ["*", "CITIZEN", "FOREIGNER", "unsaid"]
    only = policy(json.dumps(told | {"persons": persons}).encode())
    assert (only.least_of_organisations, policy().least_of_organisations) == (1, 5)
    assert key("ORGANISATION") in protected(cube(CITIZEN=30, ORGANISATION=2), only, {})
    assert key("ORGANISATION") not in protected(cube(CITIZEN=30, ORGANISATION=2), policy(), {})
    bad = [
        ({"least": 1, "persons": persons}, "least"),
        ({"persons": [*persons, "CAT"]}, "CAT"),
        ({"persons": "*"}, "array"),
    ]
    bad += [({"persons": [each for each in persons if each != one]}, f"persons: {one} must") for one in persons]
    bad += [({"persons": ["*"]}, "persons: CITIZEN, FOREIGNER, unsaid must")]
    for wrong, said in bad:
        with pytest.raises(BadPolicy, match=re.escape(said)):
            policy(json.dumps(told | wrong).encode())


def test_the_files_say_the_same_and_a_dictionary_tells_of_each_column():
    made = released(worlds_of([received(WARD, "2026-03", 9)], provinces.tree(), CITY), policy())
    files = files_of("x", made, policy())
    table = list(csv.DictReader(io.StringIO(files["x.csv"])))
    told = json.loads(files["x.json"])
    assert [{**each, "dossiers": int(each["dossiers"])} for each in table] == told["rows"]
    assert (told["least"], len(made) > 0) == (5, True)
    about = json.loads(files["x.dictionary.json"])
    assert list(about["columns"]) == list(Row._fields)
    assert set(about["tables"]) == {
        each.table for each in released(Worlds({"received": {}, "ended": {}}), policy())
    } | {
        "received",
        "ended",
    }
    assert all(set(each) == {"vi", "en"} for part in dictionary().values() for each in part.values())
