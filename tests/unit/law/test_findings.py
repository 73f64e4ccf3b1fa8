"""Rules by date: each with its thresholds, a set until the next one begins, and what contradicts itself is refused."""

import json
from datetime import date

import pytest

from chalicelib.law.findings import THRESHOLDS, BadRules, in_order, packaged, rules_on

RULE = {"id": "cash_as_online", "vi": "v", "en": "e", "citation": "c", "kind": "law", "thresholds": {}}
TWICE = RULE | {"id": "second_supplement", "kind": "policy", "thresholds": {"requests": 1}}


def file(*rules, since="2026-01-01", **more):
    return json.dumps({"id": since, "effective_from": since, "rules": rules, **more}).encode()


def test_what_is_packaged_fits_and_every_threshold_says_that_it_is_ours():
    (only,) = packaged()
    assert set(THRESHOLDS) < set(only.by_name)
    for rule in only.by_name.values():
        assert rule.citation
        assert rule.kind == "law" or rule.note, rule.id


def test_rules_hold_until_the_next_ones_begin():
    old, new = in_order([file(TWICE, since="2027-01-01"), file(RULE)])
    assert (old.since, old.until, new.until) == (date(2026, 1, 1), date(2027, 1, 1), None)
    assert [old.holds_on(date(*day)) for day in ((2025, 12, 31), (2026, 1, 1), (2026, 12, 31), (2027, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert new.holds_on(date(2030, 1, 1))


def test_a_day_before_the_first_rules_has_none():
    assert rules_on(date(2024, 10, 23)).id == "findings-2026"
    with pytest.raises(BadRules):
        rules_on(date(2024, 10, 22))


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        file(RULE, RULE),
        file(RULE | {"id": "theft"}),
        file(RULE | {"thresholds": {"requests": 1}}),
        file(TWICE | {"thresholds": {}}),
        file(TWICE | {"thresholds": {"requests": 0}}),
        file(TWICE | {"kind": "law"}),
        file(RULE, extra=1),
    ],
)
def test_what_contradicts_itself_is_refused(content):
    with pytest.raises(BadRules):
        in_order([content])
