from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalogue.agencies.model import competent, in_force, is_within, read_agencies, successor_of

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


def read(*entries):
    agencies, problems = read_agencies(entries)
    assert problems == ()
    return agencies


def told(*entries):
    return [(problem.pointer, problem.severity) for problem in read_agencies(entries)[1]]


def settles(agencies, receiving, **given):
    routing = competent(agencies, given.pop("procedure", "1.001193"), receiving, ON, **given)
    assert {problem.rule for problem in routing.problems} <= {"R11"}
    return routing.agency and routing.agency.id, routing.is_forwarded, [each.pointer for each in routing.problems]


@pytest.mark.rule("R34")
@pytest.mark.parametrize("bad", ["Z01", "h01", "H1", "H01..10", "H01." + "9" * 40])
def test_an_identifier_outside_the_grammar_is_named_and_left_out(bad):
    agencies, problems = read_agencies([entry(bad), A, PROVINCE])
    assert [agency.id for agency in agencies] == ["H01.10", "H01"]
    assert [(problem.pointer, problem.rule) for problem in problems] == [("/0/id", "R34")]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"valid_from": "yesterday"}, "/0"),
        ({"valid_to": "2025-07-01"}, "/0/valid_to"),
        ({"parent": "H09"}, "/0/parent"),
        ({"successors": ["H09"], "valid_to": "2026-01-01"}, "/0/successors"),
        ({"successors": ["H01"]}, "/0/valid_to"),
        ({"jurisdiction": ["all"]}, "/0"),
        ({"receives_for": [{"fields": []}]}, "/0/area"),
    ],
)
def test_a_bad_entry_names_its_field(change, pointer):
    assert told(entry("H01") | change) == [(pointer, "error")]


def test_a_missing_field_is_named():
    lacking = {name: value for name, value in PROVINCE.items() if name != "valid_from"}
    assert told(lacking) == [("/0/valid_from", "error")]


def test_an_identifier_that_does_not_stand_under_its_parent_is_a_warning():
    assert told(PROVINCE, entry("H02.10", "H01")) == [("/1/parent", "warning")]
    assert told(PROVINCE, A) == []


def test_a_ring_of_parents_is_named_with_its_path():
    ring = [entry("H01", "H03"), entry("H02", "H01"), entry("H03", "H02")]
    errors = [problem for problem in read_agencies(ring)[1] if problem.severity == "error"]
    assert len(errors) == 1
    path = errors[0].en.removeprefix("a cycle: ").split(" > ")
    assert path[0] == path[-1]
    assert set(path) == {"H01", "H02", "H03"}
    parents = {each["id"]: each["parent"] for each in ring}
    assert all(parents[child] == parent for child, parent in pairwise(path))


def test_two_rings_are_both_named_and_an_own_parent_is_one():
    found = read_agencies([entry("H01", "H02"), entry("H02", "H01"), entry("H03", "H03")])[1]
    assert sum("a cycle" in problem.en for problem in found) == 2


def test_a_deep_tree_is_read():
    chain = [entry(f"H01.{n}", f"H01.{n - 1}" if n else "H01") for n in range(3000)]
    found = [problem for problem in read_agencies([entry("H01"), *chain])[1] if problem.severity == "error"]
    assert found == []


def test_one_identifier_has_one_name_at_a_time():
    renamed = [entry("H01", valid_to="2026-01-01"), entry("H01", name="Tên mới", valid_from="2026-01-01")]
    assert told(*renamed) == []
    assert told(renamed[0], entry("H01", valid_from="2025-12-31")) == [("/1/valid_from", "error")]
    assert told(entry("H01"), entry("H01", valid_from="2026-01-01")) == [("/1/valid_from", "error")]


@given(day=st.dates(date(2025, 7, 1), date(2027, 1, 1)))
def test_a_rename_holds_from_its_day_on(day):
    agencies = read(entry("H01", valid_to="2026-01-01"), entry("H01", name="Tên mới", valid_from="2026-01-01"))
    assert in_force(agencies, day)["H01"].name == ("Tên mới" if day >= date(2026, 1, 1) else "Cơ quan H01")
    assert [each.name for each in successor_of(agencies, "H01", day)] == [in_force(agencies, day)["H01"].name]


def test_mergers_and_divisions_are_followed_to_the_end():
    agencies = read(
        entry("H01.1", valid_to="2026-01-01", successors=["H01.3"]),
        entry("H01.2", valid_to="2026-01-01", successors=["H01.3"]),
        entry("H01.3", valid_from="2026-01-01", valid_to="2026-06-01", successors=["H01.4", "H01.5"]),
        entry("H01.4", valid_from="2026-06-01"),
        entry("H01.5", valid_from="2026-06-01"),
        entry("H01.6", valid_to="2026-01-01"),
    )

    def after(agency, on):
        return [each.id for each in successor_of(agencies, agency, on)]

    assert after("H01.1", date(2025, 12, 31)) == ["H01.1"]
    assert after("H01.1", date(2026, 1, 1)) == after("H01.2", date(2026, 5, 31)) == ["H01.3"]
    assert after("H01.1", ON) == ["H01.4", "H01.5"]
    assert after("H01.6", ON) == after("H09", ON) == []


def test_successors_that_name_each_other_end():
    agencies, _ = read_agencies(
        [
            entry("H01", valid_to="2026-01-01", successors=["H02"]),
            entry("H02", valid_to="2026-01-01", successors=["H01"]),
        ]
    )
    assert successor_of(agencies, "H01", ON) == ()


def test_the_competent_agency_is_not_the_one_that_receives():
    agencies = read(PROVINCE, A, B)
    assert settles(agencies, "H01.10", field="G15-TP07") == ("H01.10", False, [])
    assert settles(agencies, "H01.10", field="G15-TP07", area="H01.20") == ("H01.20", True, [])


def test_a_unit_receives_only_what_and_whence_it_may():
    agencies = read(PROVINCE, A, B, ELSEWHERE)
    assert settles(agencies, "H01.20", field="G15-TP07", area="H01.10") == (None, False, ["/receiving"])
    assert settles(agencies, "H01.10", field="G15-TP07", area="H02.10") == (None, False, ["/receiving"])
    nationwide = read(PROVINCE, A | {"receives_for": [CIVIL | {"area": "*"}]}, B, ELSEWHERE)
    assert settles(nationwide, "H01.10", field="G15-TP07", area="H02.10") == ("H02.10", True, [])


def test_nobody_or_two_alike_is_named_and_never_guessed():
    agencies = read(PROVINCE, A, B)
    assert settles(agencies, "H01.10", field="G99") == (None, False, ["/procedure"])
    assert settles(agencies, "H01.99", field="G15-TP07") == (None, False, ["/receiving"])
    twice = read(PROVINCE, A, B | {"jurisdiction": [CIVIL | {"area": "H01.10"}]})
    routing = competent(twice, "1.001193", "H01.10", ON, field="G15-TP07")
    assert routing.agency is None
    assert "H01.10, H01.20" in routing.problems[0].en


def test_the_narrowest_jurisdiction_wins_and_a_scope_may_name_procedures():
    wide = read(PROVINCE | {"jurisdiction": [{"area": "H01"}]}, A, B)
    assert settles(wide, "H01.10", field="G15-TP07")[0] == "H01.10"
    assert settles(read(PROVINCE, A, B), "H01", procedure="1.000894") == ("H01", False, [])


def test_an_agency_that_is_gone_is_not_competent():
    last = ON + timedelta(days=1)
    ended = read(PROVINCE, A, B | {"valid_to": ON.isoformat()})
    assert settles(ended, "H01.10", field="G15-TP07", area="H01.20") == (None, False, ["/procedure"])
    lasting = read(PROVINCE, A, B | {"valid_to": last.isoformat()})
    assert settles(lasting, "H01.10", field="G15-TP07", area="H01.20") == ("H01.20", True, [])


def test_an_area_ends_at_a_full_stop():
    assert is_within("H01.10", "H01")
    assert is_within("H01", "*")
    assert not is_within("H01.10", "H01.1")
    assert not is_within("H01", "H01.10")
