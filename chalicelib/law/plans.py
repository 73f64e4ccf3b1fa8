"""Who issues a plan of public services, as dated data, and the quarters that a plan is made of. Pure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from chalicelib.law.errors import LawError

_QUARTER: Final = re.compile(r"(20[0-9]{2})-Q([1-4])")
QUARTERS: Final = 4
MONTHS: Final = 3


class BadIssuers(LawError):
    """A packaged list of issuers cannot be read."""


class Issuer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of body that issues plans: its level in the tree of agencies, and the form of its identifier."""

    level: str
    identifier: str
    vi: str
    en: str

    def is_one(self, agency: str, level: str) -> bool:
        """Whether an agency of a level is such a body."""
        return level == self.level and re.fullmatch(self.identifier, agency) is not None


class Issuers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who issues plans, from a day of Viet Nam on until another list begins."""

    id: str
    effective_from: date
    citation: str
    issuers: tuple[Issuer, ...]
    note: str

    def has(self, agency: str, level: str) -> bool:
        """Whether the law names an agency of this level."""
        return any(each.is_one(agency, level) for each in self.issuers)


class Span(NamedTuple):
    """Quarters of Viet Nam's calendar, both included; texts like `2026-Q4` are in the order of time."""

    first: str
    last: str

    @property
    def quarters(self) -> tuple[str, ...]:
        """Each of them; none when the first comes after the last."""
        (year, quarter), end = _parts(self.first), _parts(self.last)
        found = list[str]()
        while (year, quarter) <= end:
            found.append(f"{year}-Q{quarter}")
            year, quarter = (year + 1, 1) if quarter == QUARTERS else (year, quarter + 1)
        return tuple(found)


@cache
def packaged() -> tuple[Issuers, ...]:
    """All lists of issuers, the oldest first. Raises BadIssuers."""
    folder = Path(__file__).parent / "data" / "plans"
    return in_order(path.read_bytes() for path in sorted(folder.glob("issuers-*.json")))


def in_order(contents: Iterable[bytes]) -> tuple[Issuers, ...]:
    """Lists from the contents of their files, by the day on which each begins. Raises BadIssuers."""
    try:
        found = [msgspec.json.decode(each, type=Issuers) for each in contents]
    except msgspec.DecodeError as error:
        raise BadIssuers(str(error)) from error
    return tuple(sorted(found, key=lambda each: each.effective_from))


def issuers_on(day: date) -> Issuers | None:
    """Who issues plans on a day of Viet Nam; None before the law said so."""
    begun = [each for each in packaged() if each.effective_from <= day]
    return begun[-1] if begun else None


def is_quarter(text: str) -> bool:
    """Whether a text names a quarter: `2026-Q4`."""
    return _QUARTER.fullmatch(text) is not None


def last_day(quarter: str) -> date:
    """The last day of a quarter. Raises ValueError for what is none."""
    year, number = _parts(quarter)
    begins = date(year + 1, 1, 1) if number == QUARTERS else date(year, number * MONTHS + 1, 1)
    return begins - timedelta(days=1)


def _parts(quarter: str) -> tuple[int, int]:
    found = _QUARTER.fullmatch(quarter)
    if found is None:
        raise ValueError(quarter)
    return int(found[1]), int(found[2])
