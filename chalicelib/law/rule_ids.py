"""The rules that decided on a due date, as one short text for programs: readings and events, then clauses."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from chalicelib.law import reckoning_words as words

if TYPE_CHECKING:
    from chalicelib.law.reckoning import Reckoning

# What the citations of `explain` are called here.
_TERM: Final = ("civil_code_2015:147-148", "decree_118_2025:17(3)")
_DAYS_OFF: Final = "labour_code_2019:111(3),112"
_BUNDLES: Final = "decree_63_2024:4(7)"
_BEGUN_ANEW: Final = "decree_61_2018:19(4)"
_EXTENSION: Final = "decree_61_2018:19(9)"
_BY_LAW: Final = frozenset({"supplement", "confirmation", "outage"})


def rule_of(found: "Reckoning") -> str:
    """Readings and events, a bar, clauses: `term:wd after_cutoff:literal | civil_code_2015:147-148 ...`.

    `stop:` and `stands:` name the reasons for which the clock stood or stands, `refused:` what changed nothing.
    """
    return f"{' '.join(dict.fromkeys(_decided(found)))} | {' '.join(dict.fromkeys(_clauses(found)))}"


def _decided(found: "Reckoning") -> Iterator[str]:
    for basis in found.stages:
        yield f"term:{basis.term.unit}"
    yield from words.readings(found)
    if found.begun_anew:
        yield "restart"
    if found.extended is not None:
        yield "extend"
    for reason in _stood_for(found):
        yield f"stop:{reason}"
    for reason in found.stands_for:
        yield f"stands:{reason}"
    for refused in found.refused:
        yield f"refused:{refused.why}"


def _stood_for(found: "Reckoning") -> Iterator[str]:
    for basis in found.stages:
        for stop in basis.stops:
            yield from stop.reasons


def _clauses(found: "Reckoning") -> Iterator[str]:
    yield from _TERM
    if any(basis.term.unit != "h" or basis.policy.hour_end == "roll" for basis in found.stages):
        yield _DAYS_OFF
    if not _BY_LAW.isdisjoint((*_stood_for(found), *found.stands_for)):
        yield _BUNDLES
    if found.begun_anew:
        yield _BEGUN_ANEW
    if found.extended is not None or any(each.why.startswith("extension") for each in found.refused):
        yield _EXTENSION
