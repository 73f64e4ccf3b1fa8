"""The Civil Code's rules on mandates: each refuses by name, and at its border days."""

from datetime import date

import pytest
from msgspec.structs import replace

from chalicelib.law.packs import pack_on
from chalicelib.law.representation import (
    SAID,
    Asked,
    Born,
    First,
    Party,
    Side,
    birthday,
    born_of,
    closing,
    deals_with_himself,
    faults,
    has_reached,
    last_day_of,
    not_known,
)
from chalicelib.law.rules import FormDemand, Rule

DAY = date(2026, 11, 27)
RULES = pack_on(DAY).rules
GROWN = Party("CITIZEN", Born(1990))
ASKED = Asked(
    represented=GROWN,
    representative=GROWN,
    is_one_person=False,
    procedures=("1.001193",),
    may=("file",),
    storage="BOTH",
    form="plain",
)
FIRST = First(procedures=("1.001193", "1.000894"), may=("file", "pay"), form="plain", allows_sub=True)


def found(day=DAY, rules=RULES, **changes):
    """Place and rule of each fault."""
    return [(p.pointer, p.rule) for p in faults(replace(ASKED, **changes), day, rules)]


def policy(value):
    return Rule(value, "a clause", "policy", "for a test")


def test_one_that_is_in_order_has_no_fault():
    assert found() == []


@pytest.mark.parametrize("storage", ["PRINCIPAL", "AGENT", "BOTH", "NONE"])
def test_the_four_ways_of_keeping_results_are_taken_and_no_other(storage):
    assert found(storage=storage) == []


@pytest.mark.parametrize("storage", [None, "", "principal", "STATE"])
def test_without_its_clause_a_mandate_is_none(storage):
    assert found(storage=storage) == [("/storage", "storage_clause_missing")]


def test_the_scope_must_be_stated():
    assert found(procedures=()) == [("/procedures", "scope_missing")]


def test_nobody_deals_with_himself():
    assert found(is_one_person=True) == [("", "with_oneself")]


# --- ages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("001190777888", 1990), ("001000777888", 1900), ("087099000999", 1999), ("001200000001", 2000),
        ("001312000001", 2012), ("001499000001", 2199), ("001899000001", 2399), ("001985000001", 2385),
    ],
)  # fmt: skip
def test_a_personal_number_says_the_year_of_birth(number, year):
    assert born_of(number) == Born(year)


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2011, 11, 27), 15, date(2026, 11, 27)),
        (date(2012, 2, 28), 15, date(2027, 2, 28)),
        (date(2012, 2, 29), 15, date(2027, 3, 1)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2084, 2, 29), 16, date(2100, 3, 1)),
        (date(1984, 2, 29), 16, date(2000, 2, 29)),
        (date(2011, 12, 31), 15, date(2026, 12, 31)),
        (date(2012, 1, 1), 15, date(2027, 1, 1)),
    ],
)
def test_an_age_is_reached_on_the_birthday_and_not_a_day_before(born, age, day):
    assert birthday(born, age, "march_1") == day
    assert has_reached(Born(born.year, born), age, day, "march_1") is True
    before = date.fromordinal(day.toordinal() - 1)
    assert has_reached(Born(born.year, born), age, before, "march_1") is False


def test_the_other_reading_of_a_leap_birthday_is_a_day_earlier():
    assert birthday(date(2012, 2, 29), 15, "february_28") == date(2027, 2, 28)
    assert birthday(date(2012, 2, 29), 16, "february_28") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "reached"),
    [
        (date(2025, 12, 31), False), (date(2026, 1, 1), None), (date(2026, 12, 30), None),
        (date(2026, 12, 31), True), (date(2027, 1, 1), True),
    ],
)  # fmt: skip
def test_by_the_year_alone_an_age_is_known_outside_of_one_year(day, reached):
    assert has_reached(Born(2011), 15, day, "march_1") is reached


def test_of_whom_no_birth_is_known_no_age_is():
    assert has_reached(None, 15, DAY, "march_1") is None


@pytest.mark.parametrize("side", ["represented", "representative"])
@pytest.mark.parametrize(
    ("party", "rule"),
    [
        (Party("CITIZEN", Born(2020)), "too_young"),
        (Party("CITIZEN", Born(2012)), "too_young"),
        (Party("CITIZEN", Born(2011)), "age_unknown"),
        (Party("CITIZEN", Born(2011, date(2011, 11, 27))), ""),
        (Party("CITIZEN", Born(2011, date(2011, 11, 28))), "too_young"),
        (Party("CITIZEN", Born(2010)), ""),
        (Party("CITIZEN", None), "age_unknown"),
        (Party("FOREIGNER", None), ""),
        (Party("ORGANISATION", None), ""),
    ],
)
def test_both_sides_are_fifteen(side, party, rule):
    assert found(**{side: party}) == ([("", f"{side}_{rule}")] if rule else [])


@pytest.mark.parametrize(
    ("rule", "side"), [("mandate_full_age_only", "representative"), ("mandate_full_age_represented", "represented")]
)
def test_where_the_law_asks_for_eighteen_they_are_eighteen(rule, side):
    rules = replace(RULES, **{rule: policy(("1.001193",))})
    for born, said in ((2009, "too_young"), (2008, "age_unknown"), (2007, "")):
        party = Party("CITIZEN", Born(born))
        assert found(rules=rules, **{side: party}) == ([("", f"{side}_{said}")] if said else [])
        assert found(**{side: party}) == [], "for another procedure fifteen is enough"


# --- procedures, form, evidence --------------------------------------------------------------------------------------


def test_what_the_law_asks_in_person_is_done_by_nobody_else():
    rules = replace(RULES, mandate_in_person=policy(("1.000894",)))
    assert found(rules=rules) == []
    assert found(rules=rules, procedures=("1.001193", "1.000894")) == [("/procedures/1", "in_person")]


@pytest.mark.parametrize(
    ("demanded", "given", "is_enough"),
    [
        ("certified", "plain", False), ("certified", "certified", True), ("certified", "notarised", True),
        ("notarised", "plain", False), ("notarised", "certified", False), ("notarised", "notarised", True),
    ],
)  # fmt: skip
def test_a_procedure_may_ask_for_a_form(demanded, given, is_enough):
    rules = replace(RULES, mandate_forms=policy((FormDemand("1.001193", demanded, "a clause"),)))
    evidence = {"plain": None, "certified": "FILE", "notarised": "NOTARIAL"}[given]
    wrong = [] if is_enough else [("/procedures/0", "form_too_weak")]
    assert found(rules=rules, form=given, evidence=evidence, has_hash=evidence == "FILE") == wrong


@pytest.mark.parametrize(
    ("form", "evidence", "has_hash", "wrong"),
    [
        ("plain", None, False, []),
        ("plain", "ID_APP", False, []),
        ("plain", "FILE", False, [("/evidence/sha256", "evidence_hash_missing")]),
        ("certified", None, False, [("/evidence", "evidence_missing")]),
        ("certified", "ID_APP", False, [("/evidence", "evidence_missing")]),
        ("certified", "NOTARIAL", False, [("/evidence", "evidence_missing")]),
        ("certified", "FILE", False, [("/evidence/sha256", "evidence_hash_missing")]),
        ("certified", "FILE", True, []),
        ("notarised", None, False, [("/evidence", "evidence_missing")]),
        ("notarised", "FILE", True, [("/evidence", "evidence_missing")]),
        ("notarised", "NOTARIAL", False, []),
    ],
)
def test_a_form_is_proved_by_its_own_evidence(form, evidence, has_hash, wrong):
    assert found(form=form, evidence=evidence, has_hash=has_hash) == wrong


# --- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arose", "last"),
    [
        (date(2026, 11, 27), date(2027, 11, 27)), (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)), (date(2027, 3, 1), date(2028, 3, 1)),
        (date(2026, 12, 31), date(2027, 12, 31)), (date(2027, 1, 1), date(2028, 1, 1)),
    ],
)  # fmt: skip
def test_without_a_term_a_mandate_lasts_a_year(arose, last):
    assert last_day_of(arose, 1) == last
    assert closing(ASKED, arose, RULES).toordinal() == last.toordinal() + 1


def test_for_one_act_it_lasts_until_that_ends_and_a_stated_term_goes_before():
    assert closing(replace(ASKED, for_one_act=True), DAY, RULES) is None
    stated = replace(ASKED, for_one_act=True, last_day=date(2027, 1, 31))
    assert closing(stated, DAY, RULES) == date(2027, 2, 1)


def test_a_sub_mandate_is_over_with_the_first_one():
    first = replace(FIRST, closes=date(2027, 3, 1))
    assert closing(replace(ASKED, first=first), DAY, RULES) == date(2027, 3, 1)
    assert closing(replace(ASKED, first=first, for_one_act=True), DAY, RULES) == date(2027, 3, 1)
    assert closing(replace(ASKED, first=first, last_day=date(2027, 1, 1)), DAY, RULES) == date(2027, 1, 2)
    assert closing(replace(ASKED, first=FIRST), DAY, RULES) == date(2027, 11, 28)


@pytest.mark.parametrize(
    ("first_day", "last_day", "wrong"),
    [
        (None, DAY, []),
        (None, date(2026, 11, 26), ["term_over"]),
        (date(2026, 12, 2), date(2026, 12, 1), ["term_backwards"]),
        (date(2026, 12, 1), date(2026, 12, 1), []),
        (date(2026, 11, 26), date(2026, 11, 25), ["term_backwards", "term_over"]),
        (date(2026, 12, 1), None, []),
    ],
)
def test_a_term_goes_forward_and_is_not_over(first_day, last_day, wrong):
    assert found(first_day=first_day, last_day=last_day) == [("/ends_on", rule) for rule in wrong]


# --- sub-mandates, dealing with oneself, what is not known -----------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "changes", "wrong"),
    [
        (FIRST, {}, []),
        (replace(FIRST, allows_sub=False), {}, [("", "sub_not_allowed")]),
        (replace(FIRST, form="notarised"), {}, [("/form", "form_of_first")]),
        (FIRST, {"procedures": ("1.001193", "2.000635")}, [("/procedures", "beyond_own_power")]),
        (FIRST, {"may": ("file", "withdraw")}, [("/may", "beyond_own_power")]),
        (replace(FIRST, closes=DAY), {"last_day": DAY}, [("/ends_on", "beyond_own_power")]),
        (replace(FIRST, closes=date(2026, 11, 28)), {"last_day": DAY}, []),
        (FIRST, {"last_day": date(2199, 1, 1)}, []),
    ],
)
def test_nobody_gives_more_than_he_has(first, changes, wrong):
    assert found(first=first, **changes) == wrong


def test_a_representative_stands_on_one_side_of_an_act():
    assert not deals_with_himself("a", [Side("p", "a"), Side("q"), Side("r", "b")])
    assert deals_with_himself("a", [Side("p", "a"), Side("a")]), "with himself"
    assert deals_with_himself("a", [Side("p", "a"), Side("q", "a")]), "for both"
    assert deals_with_himself("a", [Side("a", "a")])
    assert not deals_with_himself("a", [])


def test_what_nobody_here_can_say_is_named():
    assert not_known(GROWN, GROWN) == ("represented_capacity", "representative_capacity")
    abroad = not_known(Party("FOREIGNER"), Party("ORGANISATION"))
    assert abroad == ("represented_age", "represented_capacity", "representative_existence")


def test_every_fault_is_told_at_once_and_in_both_languages():
    everything = replace(ASKED, storage=None, procedures=(), is_one_person=True, form="certified")
    rules = [p.rule for p in faults(everything, DAY, RULES)]
    assert rules == ["storage_clause_missing", "scope_missing", "with_oneself", "evidence_missing"]
    assert all(vi != en and en.isascii() for vi, en in SAID.values())
