"""Who acts for a minor of an age, and until which day parents and guardians stand for a child: dated data.

Ages are counted by Vietnamese days. Who was born on 29 February comes of age on 1 March of a year without that day: no
text says which of the two days it is, and on 1 March the years are over by either reading.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from chalicelib.law.errors import LawError
from chalicelib.law.rules import Rule, RuleKind

type ActClass = Literal["general", "daily", "real_estate", "registrable_movable", "consent_by_law"]
"""What kind of act it is: `daily` serves daily needs and fits the age, the last three are those of Art. 21(4)."""
type Actor = Literal["representative", "minor_with_consent", "minor", "adult"]

CONSENTING: frozenset[Actor] = frozenset({"minor_with_consent", "minor"})
"""Minors who act themselves, alone or with a consent: somebody to be asked, where a law asks them."""
FIRST_OF_MARCH = 3, 1


class UnknownDay(LawError):
    """No rule on minors was in force on this day, or the day is before the birth."""


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From an age on: who acts, and who in the classes of acts that are otherwise."""

    from_age: int
    who: Actor
    citation: str
    otherwise: dict[ActClass, Actor] = {}


class MinorRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules from a Vietnamese day to another, both included; bands by age, the youngest first. Raises BadRule."""

    effective_from: date
    effective_to: date | None
    citation: str
    kind: RuleKind
    majority: int
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        Rule(self.majority, self.citation, self.kind)


class Acting(NamedTuple):
    """Who acts, and the clause that says so."""

    who: Actor
    citation: str


@cache
def all_minor_rules() -> tuple[MinorRules, ...]:
    """Every set of rules that we know of, read once."""
    path = Path(__file__).parent / "data" / "persons" / "minors.json"
    return msgspec.json.decode(path.read_bytes(), type=tuple[MinorRules, ...])


def minor_rules(day: date) -> MinorRules:
    """The rules on minors of a Vietnamese day (Civil Code 91/2015 Art. 21). Raises UnknownDay."""
    for each in all_minor_rules():
        if each.effective_from <= day and (each.effective_to is None or day <= each.effective_to):
            return each
    raise UnknownDay(f"no rule on minors is known of {day.isoformat()}")


def who_acts(born_on: date, day: date, kind: ActClass) -> Acting:
    """Who does an act of a class for somebody of that birth day (Civil Code 91/2015 Art. 21). Raises UnknownDay."""
    rules, years = minor_rules(day), age(born_on, day)
    if years >= rules.majority:
        return Acting("adult", rules.citation)
    band = [each for each in rules.bands if each.from_age <= years][-1]
    return Acting(band.otherwise.get(kind, band.who), band.citation)


def not_known(born_on: date, day: date) -> tuple[str, ...]:
    """What the texts that were read do not say of an act for somebody of that birth day. Raises UnknownDay.

    `represented_consent`: a child who acts at all (Civil Code 91/2015 Art. 21(3)-(4)) may have to consent to what is
    done for them, by the law of a procedure; no such text was read, so no age is named and none is asked.
    """
    return ("represented_consent",) if who_acts(born_on, day, "general").who in CONSENTING else ()


def age(born_on: date, day: date) -> int:
    """Full years on a day (Civil Code 91/2015 Art. 21). Raises UnknownDay before the birth."""
    if day < born_on:
        raise UnknownDay(f"{day.isoformat()} is before the birth")
    years = day.year - born_on.year
    return years if _birthday(born_on, years) <= day else years - 1


def majority_day(born_on: date, day: date) -> date:
    """The birthday on which somebody comes of age, by the rules of a day (Civil Code 91/2015 Art. 20, 140(4)).

    Raises UnknownDay.
    """
    return _birthday(born_on, minor_rules(day).majority)


def _birthday(born_on: date, years: int) -> date:
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, *FIRST_OF_MARCH)
