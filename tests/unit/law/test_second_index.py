"""Our index against a second one, written blind from the notes on the law by somebody else (`tests/law_second`)."""

import importlib.util
import json
from decimal import Decimal
from pathlib import Path

import pytest

from chalicelib.law.index_counts import BadCounts, units_of
from chalicelib.law.index_formulas import formula_named, formula_sets
from chalicelib.law.index_scores import scored

SECOND = Path(__file__).parents[2] / "law_second"
MANY = 1_000


def read(name):
    """A module of theirs, from its file."""
    spec = importlib.util.spec_from_file_location(name, SECOND / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def decimal(score):
    return None if score is None else Decimal(f"{score:.2f}")


def at(told, path):
    """What stands at the place that a refusal names."""
    for part in path.removeprefix("units[0].").split("."):
        told = told[{"numerator": 0, "denominator": 1}.get(part, part)]
    return told


def counted(unit):
    """A unit's counts, or what is wrong with them."""
    try:
        (counts,) = units_of(json.dumps({"units": [unit]}).encode())
    except BadCounts as bad:
        return None, bad
    return counts, None


@pytest.mark.parametrize("name", formula_sets())
def test_a_thousand_units_have_the_same_scores_by_both(name):
    theirs, units = read("second_index"), read("index_units").units(766, MANY)
    formula, differences, refused, totals = formula_named(name), [], 0, 0
    for unit in units:
        counts, fault = counted(unit)
        if fault is not None:
            assert at(unit, fault.field) < 0, fault
            refused += 1
            continue
        ours, expected = scored(counts, formula), theirs.score(unit, name)
        components = {each.id: decimal(each.score) for group in ours.groups for each in group.components}
        groups = {group.id: decimal(group.score) for group in ours.groups}
        if (components, groups, decimal(ours.total)) != (expected["components"], expected["groups"], expected["total"]):
            differences.append((unit, components, expected))
        totals += ours.total is not None
    assert differences == []
    assert totals > MANY // 3
    assert refused < MANY // 4
