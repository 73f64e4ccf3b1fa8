from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalogue.agencies.model import in_force, is_within, problems_of
from chalicelib.contracts.catalogue import AgencyEntry
from chalicelib.contracts.event import heard

ON = date(2026, 11, 25)
CIVIL = {"fields": ["G15-TP07"]}


def entry(identifier, parent=None, **more):
    return {
        "id": identifier,
        "name": f"Cơ quan {identifier}",
        "level": "commune",
        "parent": parent,
        "one_stop": f"Trung tâm {identifier}",
        "place": "Vĩnh Phước",
        "valid_from": "2025-07-01",
    } | more


PROVINCE = entry("H01", level="province", jurisdiction=[{"procedures": ["1.000894"], "area": "H01"}])
A = entry("H01.10", "H01", jurisdiction=[CIVIL | {"area": "H01.10"}], receives_for=[CIVIL | {"area": "H01"}])
B = entry("H01.20", "H01", jurisdiction=[CIVIL | {"area": "H01.20"}])
ELSEWHERE = entry("H02.10", jurisdiction=[CIVIL | {"area": "H02.10"}])


def typed(*entries):
    return [heard(AgencyEntry, each) for each in entries]


def problems(*entries):
    return problems_of(typed(*entries))


def told(*entries):
    return [(problem.pointer, problem.severity) for problem in problems(*entries)]


@pytest.mark.rule("R34")
@pytest.mark.parametrize("bad", ["Z01", "h01", "H1", "H01..10", "H01." + "9" * 40])
@pytest.mark.parametrize("place", ["id", "parent", "successors", "jurisdiction", "receives_for"])
def test_an_identifier_outside_the_grammar_is_named_and_counts_for_nothing(bad, place):
    said = {"successors": [bad]} | {name: [{"area": bad}] for name in ("jurisdiction", "receives_for")}
    found = problems({**entry("H01.20"), "valid_to": "2026-01-01", place: said.get(place, bad)}, A, PROVINCE)
    assert [(problem.pointer, problem.rule) for problem in found] == [("/0/id", "R34")]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"valid_from": "yesterday"}, "/0"),
        ({"valid_to": "2025-07-01"}, "/0/valid_to"),
        ({"parent": "H09"}, "/0/parent"),
        ({"successors": ["H09"], "valid_to": "2026-01-01"}, "/0/successors"),
        ({"successors": ["H01"]}, "/0/valid_to"),
        ({"valid_to": "2026-02-30"}, "/0"),
    ],
)
def test_a_bad_entry_names_its_field(change, pointer):
    assert told(entry("H01") | change) == [(pointer, "error")]


def test_an_identifier_that_does_not_stand_under_its_parent_is_a_warning():
    assert told(PROVINCE, entry("H02.10", "H01")) == [("/1/parent", "warning")]
    assert told(PROVINCE, A) == []


def test_a_ring_of_parents_is_named_with_its_path():
    ring = [entry("H01", "H03"), entry("H02", "H01"), entry("H03", "H02")]
    errors = [problem for problem in problems(*ring) if problem.severity == "error"]
    assert len(errors) == 1
    path = errors[0].en.removeprefix("a cycle: ").split(" > ")
    assert path[0] == path[-1]
    assert set(path) == {"H01", "H02", "H03"}
    parents = {each["id"]: each["parent"] for each in ring}
    assert all(parents[child] == parent for child, parent in pairwise(path))


def test_two_rings_are_both_named_and_an_own_parent_is_one():
    found = problems(entry("H01", "H02"), entry("H02", "H01"), entry("H03", "H03"))
    assert sum("a cycle" in problem.en for problem in found) == 2


def test_a_deep_tree_is_read():
    chain = [entry(f"H01.{n}", f"H01.{n - 1}" if n else "H01") for n in range(3000)]
    found = [problem for problem in problems(entry("H01"), *chain) if problem.severity == "error"]
    assert found == []


def test_one_identifier_has_one_name_at_a_time():
    renamed = [entry("H01", valid_to="2026-01-01"), entry("H01", name="Tên mới", valid_from="2026-01-01")]
    assert told(*renamed) == []
    assert told(renamed[0], entry("H01", valid_from="2025-12-31")) == [("/1/valid_from", "error")]
    assert told(entry("H01"), entry("H01", valid_from="2026-01-01")) == [("/1/valid_from", "error")]


@given(day=st.dates(date(2025, 7, 1), date(2027, 1, 1)))
def test_a_rename_holds_from_its_day_on(day):
    agencies = typed(entry("H01", valid_to="2026-01-01"), entry("H01", name="Tên mới", valid_from="2026-01-01"))
    assert in_force(agencies, day)["H01"].name == ("Tên mới" if day >= date(2026, 1, 1) else "Cơ quan H01")


def test_an_area_ends_at_a_full_stop():
    assert is_within("H01.10", "H01")
    assert is_within("H01", "*")
    assert not is_within("H01.10", "H01.1")
    assert not is_within("H01", "H01.10")
