"""Who acts for a minor, by age and class of act (Civil Code 91/2015 Art. 21)."""

from datetime import date

import pytest

from chalicelib.law.minors import UnknownDay, age, all_minor_rules, majority_day, minor_rules, not_known, who_acts

BORN = date(2012, 6, 15)
CLASSES = ("general", "daily", "real_estate", "registrable_movable", "consent_by_law")
R, C, M, A = "representative", "minor_with_consent", "minor", "adult"


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2018, 6, 14), (R, R, R, R, R)),  # five years old: all by the representative
        (date(2018, 6, 15), (C, M, C, C, C)),  # six: with consent, but for daily needs
        (date(2027, 6, 14), (C, M, C, C, C)),
        (date(2027, 6, 15), (M, M, C, C, C)),  # fifteen: alone, but for three classes
        (date(2030, 6, 14), (M, M, C, C, C)),
        (date(2030, 6, 15), (A, A, A, A, A)),
    ],
)
def test_who_acts_by_age_and_class(day, who):
    assert tuple(who_acts(BORN, day, each).who for each in CLASSES) == who


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2018, 6, 14), False), (date(2018, 6, 15), True), (date(2030, 6, 14), True), (date(2030, 6, 15), False)],
)
def test_whether_a_minor_is_asked_for_consent_is_said_to_be_unknown(day, is_open):
    assert not_known(BORN, day) == (("represented_consent",) if is_open else ())


def test_the_clause_is_told():
    assert who_acts(BORN, date(2020, 1, 1), "general").citation.endswith("Art. 21(3)")
    assert {rules.kind for rules in all_minor_rules()} == {"law"}


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march():
    born = date(2008, 2, 29)
    assert majority_day(born, date(2026, 1, 1)) == date(2026, 3, 1)
    assert age(born, date(2026, 2, 28)) == 17
    assert age(born, date(2026, 3, 1)) == 18
    assert age(born, date(2028, 2, 29)) == 20


def test_before_birth_and_before_the_code_nothing_is_known():
    with pytest.raises(UnknownDay):
        who_acts(BORN, date(2012, 6, 14), "general")
    with pytest.raises(UnknownDay):
        minor_rules(date(2016, 12, 31))
