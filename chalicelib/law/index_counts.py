"""What a unit is scored from: its counts in a period, in the shape that the national portal publishes them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from chalicelib.law.errors import LawError
from chalicelib.law.index_formulas import formula_sets

MOST: Final = 10**12
"""No count is larger: a number beyond it is a mistake of whoever writes the file."""
_PAIR: Final = 2
_YEAR: Final = re.compile(r"year (\d{4})")
_QUARTER: Final = re.compile(r"Q([1-4]) (\d{4})")
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_ABOUT: Final = frozenset({"code", "id", "name", "period", "captured"})


class BadCounts(LawError):
    """A file of counts that says something unknown; `field` is where, `rule` what stands there instead."""

    def __init__(self, field: str, rule: str) -> None:
        self.field, self.rule = field, rule
        super().__init__(f"{field}: {rule}")


class Period(NamedTuple):
    """A year, a quarter or a month of Vietnam's calendar, as it was written, with its first day."""

    text: str
    first: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`year 2026`, `Q3 2026` or `2026-09`. Raises BadCounts."""
        try:
            if found := _YEAR.fullmatch(text):
                return cls(text, date(int(found[1]), 1, 1))
            if found := _QUARTER.fullmatch(text):
                return cls(text, date(int(found[2]), int(found[1]) * 3 - 2, 1))
            if found := _MONTH.fullmatch(text):
                return cls(text, date(int(found[1]), int(found[2]), 1))
        except ValueError:
            pass  # the year 0
        raise BadCounts("period", f"{text!r} is no period: year 2026, Q3 2026 or 2026-09")


class UnitCounts(msgspec.Struct, frozen=True):
    """The counts of one unit in one period by name; what is not there, nobody knows: that is not 0.

    `withheld`: counts of groups that are too small to be told. `lacking`: what is not in a count, though it should be.
    """

    unit: str
    name: str
    period: Period
    counts: dict[str, int]
    withheld: frozenset[str] = frozenset()
    lacking: Mapping[str, tuple[str, ...]] = {}


def units_of(content: bytes) -> tuple[UnitCounts, ...]:
    """The units of a file, and its observations of the online group alone. Raises BadCounts, which names the place.

    A group is an object of counts; a pair [numerator, denominator] is `<group>.<name>.numerator` and `.denominator`. A
    count or a group that is null is one that nobody has. A name that no formula set knows is refused: a misspelled
    count would else be a missing one.
    """
    try:
        told = msgspec.json.decode(content)
    except msgspec.DecodeError as error:
        raise BadCounts("file", f"no JSON: {error}") from error
    if not isinstance(told, dict) or not isinstance(told.get("units"), list):
        raise BadCounts("units", "a list of units")
    found = [_unit(each, f"units[{place}]") for place, each in enumerate(told["units"])]
    online = told.get("online_parent_observations", [])
    if not isinstance(online, list):
        raise BadCounts("online_parent_observations", "a list of observations")
    for place, each in enumerate(online):
        where = f"online_parent_observations[{place}]"
        counted = _object(each, where)
        about = {k: v for k, v in counted.items() if k in _ABOUT}
        online_only = {k: v for k, v in counted.items() if k not in _ABOUT}
        found.append(_unit({**about, "online": online_only}, where))
    return tuple(found)


def _object(told: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise BadCounts(where, "an object")
    return told


def _unit(told: Any, where: str) -> UnitCounts:
    given = _object(told, where)
    name = given.get("code") or given.get("id")
    if not isinstance(name, str):
        raise BadCounts(f"{where}.code", "a unit says its code")
    if not isinstance(given.get("period"), str):
        raise BadCounts(f"{where}.period", "a unit says its period")
    try:
        period = Period.parse(given["period"])
    except BadCounts as bad:
        raise BadCounts(f"{where}.{bad.field}", bad.rule) from None
    counts: dict[str, int] = {}
    for group, members in given.items():
        if group not in _ABOUT and members is not None:
            counts |= _group(group, _object(members, f"{where}.{group}"), where)
    return UnitCounts(name, str(given.get("name", name)), period, counts)


def _group(group: str, members: Mapping[str, Any], where: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in members.items():
        place = f"{group}.{name}"
        if name == "max":
            if value not in _maxima(group):
                raise BadCounts(f"{where}.{place}", f"no formula set gives {value} to {group}")
            continue
        for each, count in _parts(place, value, where).items():
            if each not in _known():
                raise BadCounts(f"{where}.{each}", "no formula set has a count of this name")
            if count is not None:
                found[each] = _count(count, f"{where}.{each}")
    return found


def _parts(place: str, value: Any, where: str) -> dict[str, Any]:
    if f"{place}.numerator" not in _known():
        return {place: value}
    if value is None:
        return {}
    if not isinstance(value, list) or len(value) != _PAIR:
        raise BadCounts(f"{where}.{place}", "a pair is a numerator and a denominator")
    return {f"{place}.numerator": value[0], f"{place}.denominator": value[1]}


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadCounts(where, "a count is a whole number, or null where nobody has it")
    if not 0 <= value <= MOST:
        raise BadCounts(where, f"a count is between 0 and {MOST}")
    return value


@cache
def _known() -> frozenset[str]:
    return frozenset(name for each in formula_sets().values() for one in each.components for name in one.counts)


def _maxima(group: str) -> set[int]:
    return {each.max for formula in formula_sets().values() for each in formula.groups if each.id == group}
