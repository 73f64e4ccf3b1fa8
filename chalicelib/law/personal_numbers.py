"""What a personal number says of sex and birth year, and where that differs from what is known of a person: a warning.

A number may be replaced and a sex corrected, so a difference never refuses anybody. No text here contains a number.
"""

import re
from datetime import date
from typing import Final, Literal, NamedTuple

from chalicelib.law.codes import BadCode
from chalicelib.law.problems import Problem

type Sex = Literal["male", "female"]

_NUMBER: Final = re.compile(r"([0-9]{3})([0-9])([0-9]{2})[0-9]{6}")
_FIRST_CENTURY: Final = 1900
_CENTURY: Final = 100
_DIFFERS: Final = {
    "birth_year_differs": (
        "Năm sinh không khớp với số định danh cá nhân; xin kiểm tra lại",
        "The birth year is not the one in the personal number; please check",
    ),
    "sex_differs": (
        "Giới tính không khớp với số định danh cá nhân; xin kiểm tra lại",
        "The sex is not the one in the personal number; please check",
    ),
}


class NumberParts(NamedTuple):
    """What stands in a number: the code of the province or country where a birth was registered, sex, birth year."""

    place: str
    sex: Sex
    birth_year: int


def number_parts(text: str) -> NumberParts:
    """The parts of a personal number (Decree 137/2015/ND-CP Art. 13). Raises BadCode, which never contains the text."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise BadCode("personal_id", "***", "twelve digits")
    place, group, year = found.groups()
    century = _FIRST_CENTURY + _CENTURY * (int(group) // 2)
    return NumberParts(place, "female" if int(group) % 2 else "male", century + int(year))


def number_warnings(text: str, *, born_on: date | None = None, sex: Sex | None = None) -> tuple[Problem, ...]:
    """Where a number differs from what is known of its person (Law on Identity 2023 Art. 12). Raises BadCode."""
    parts = number_parts(text)
    rules = [
        *(["birth_year_differs"] if born_on is not None and born_on.year != parts.birth_year else []),
        *(["sex_differs"] if sex is not None and sex != parts.sex else []),
    ]
    return tuple(Problem("/personal_id", rule, *_DIFFERS[rule], "warning") for rule in rules)
