"""Statutory terms: an amount and the unit the law counts it in."""

import re
from typing import Literal, get_args

import msgspec

from chalicelib.law.errors import LawError

type Unit = Literal["wd", "d", "wh", "h", "m"]
type Language = Literal["vi", "en"]

UNITS: frozenset[str] = frozenset(get_args(Unit.__value__))
# Far above any term of the national catalogue; they keep one bad record from costing a long computation.
LONGEST: dict[str, int] = {"wd": 1000, "d": 3660, "wh": 1000, "h": 1000, "m": 120}

# The units as the national records of procedures write them; OTHER and YEAR do not say how long.
RECORDED: dict[str, Unit] = {"WORKING_DAY": "wd", "DAY": "d", "WORKING_HOUR": "wh", "HOUR": "h", "MONTH": "m"}

_TERM = re.compile(r"([0-9]{1,5})(wd|wh|d|h|m)")
_WORDS: dict[str, tuple[str, str, str]] = {
    "wd": ("ngày làm việc", "working day", "working days"),
    "d": ("ngày", "day", "days"),
    "wh": ("giờ làm việc", "working hour", "working hours"),
    "h": ("giờ", "hour", "hours"),
    "m": ("tháng", "month", "months"),
}
_AT_ONCE: dict[str, tuple[str, str]] = {
    "wd": ("trong ngày làm việc", "within the working day"),
    "d": ("trong ngày", "within the day"),
    "m": ("trong ngày", "within the day"),
    "h": ("ngay", "at once"),
    "wh": ("ngay trong giờ làm việc", "at once, in working hours"),
}


class BadTerm(LawError):
    """A text or amount is not a term; `rule` says what a term must be."""

    def __init__(self, given: str, rule: str) -> None:
        self.given, self.rule = given[:24], rule
        super().__init__(f"not a term: {self.given!r}: {rule}")


class Term(msgspec.Struct, frozen=True):
    """A length of time in one unit: working days, days, working hours, hours or months.

    `0wd` is the same-day procedure: due on the day of reception, or on the next working day when received on a day off
    or after the cutoff. Nothing (0) of another unit can be counted, but no procedure has such a term: `parse` refuses
    it. Raises BadTerm. Units as in the Civil Code 2015, Art. 147-148.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise BadTerm(f"{self.amount}{self.unit}", "the unit is one of wd, d, wh, h, m")
        if not 0 <= self.amount <= LONGEST[self.unit]:
            raise BadTerm(str(self), _within(self.unit, 0))

    @classmethod
    def parse(cls, text: str) -> "Term":
        """A procedure's term, written as amount and unit without a space, such as `3wd`. Raises BadTerm."""
        term = cls.counted(text)
        if term.amount == 0 and term.unit != "wd":
            raise BadTerm(text, _within(term.unit, 1))
        return term

    @classmethod
    def counted(cls, text: str) -> "Term":
        """The term as `parse` reads it, or nothing (0) of any unit. Raises BadTerm."""
        found = _TERM.fullmatch(text)
        if found is None:
            raise BadTerm(text, "a whole number directly followed by wd, d, wh, h or m, such as 3wd")
        return cls(int(found[1]), found[2])  # type: ignore[arg-type]  # the pattern allows the five units only

    @classmethod
    def recorded(cls, quantity: object, unit: object) -> "Term":
        """A term as records of procedures write it: a whole number and a unit such as WORKING_DAY. Raises BadTerm."""
        known = RECORDED.get(unit.upper()) if isinstance(unit, str) else None
        if known is None or not isinstance(quantity, int) or isinstance(quantity, bool):
            raise BadTerm(f"{quantity} {unit}", f"a whole number, and one of {', '.join(RECORDED)}")
        return cls(quantity, known)

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def describe(self, language: Language = "vi") -> str:
        """The term in words, Vietnamese or English."""
        vietnamese, one, many = _WORDS[self.unit]
        if self.amount == 0:
            return _AT_ONCE[self.unit][0 if language == "vi" else 1]
        if language == "vi":
            return f"{self.amount} {vietnamese}"
        return f"{self.amount} {one if self.amount == 1 else many}"


def _within(unit: str, least: int) -> str:
    return f"an amount in {unit} is a whole number {least}..{LONGEST[unit]}"
