"""What a personal number says is a warning, never a refusal (Law on Identity 2023 Art. 12; Decree 137/2015 Art. 13)."""

from datetime import date

import pytest

from chalicelib.law.codes import BadCode
from chalicelib.law.personal_numbers import number_parts, number_warnings


@pytest.mark.rule("R36", "vectors")
@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("087084000999", ("087", "male", 1984)),
        ("001195012345", ("001", "female", 1995)),
        ("079320000077", ("079", "female", 2020)),
        ("001200000000", ("001", "male", 2000)),
        ("001499999999", ("001", "male", 2199)),
        ("001999000001", ("001", "female", 2399)),
        ("001000000000", ("001", "male", 1900)),
    ],
)
def test_a_number_says_place_sex_and_birth_year(number, parts):
    assert number_parts(number) == parts


@pytest.mark.parametrize("text", ["", "08708400099", "0870840009990", "08708400099A", "087084000999\n", "٠٨٧٠٨٤٠٠٠٩٩٩"])
def test_what_is_no_number_is_refused_without_being_repeated(text):
    with pytest.raises(BadCode) as refused:
        number_parts(text)
    assert not text or text not in str(refused.value)


@pytest.mark.rule("R36", "warning")
def test_another_birth_year_or_sex_warns_and_refuses_nothing():
    number = "087084000999"
    assert number_warnings(number) == number_warnings(number, born_on=date(1984, 2, 3), sex="male") == ()
    found = number_warnings(number, born_on=date(1985, 2, 3), sex="female")
    assert [(each.rule, each.severity) for each in found] == [
        ("birth_year_differs", "warning"),
        ("sex_differs", "warning"),
    ]
    assert number not in str(found)
