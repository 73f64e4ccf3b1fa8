"""What makes a dossier's log suspect of flattering the figures: rules and thresholds as dated data. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from chalicelib.law.errors import LawError

type RuleId = Literal[
    "reopened",
    "clock_reset",
    "second_supplement",
    "bulk_closing",
    "supplement_as_processed",
    "payment_as_processed",
    "closed_at_reception",
    "own_file_as_result",
    "cash_as_online",
    "post_as_online",
]

THRESHOLDS: Final[dict[RuleId, tuple[str, ...]]] = {
    "reopened": ("before_due_minutes", "within_days"),
    "clock_reset": ("percent_of_term",),
    "second_supplement": ("requests",),
    "bulk_closing": ("before_due_minutes", "least", "within_minutes"),
}
"""What each rule compares with; a rule that is not here compares with nothing."""


class BadRules(LawError):
    """A packaged set of rules contradicts itself."""


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a rule compares with; 0 is what it does not compare with."""

    before_due_minutes: int = 0
    within_days: int = 0
    percent_of_term: int = 0
    requests: int = 0
    least: int = 0
    within_minutes: int = 0

    def named(self) -> dict[str, int]:
        """Those that the rule has, by their names."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule. `kind`: `law` says what the citation says, `policy` has thresholds or a reading of ours."""

    id: RuleId
    vi: str
    en: str
    citation: str
    kind: Literal["law", "policy"]
    thresholds: Thresholds
    note: str | None = None


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of rules, from a day of Viet Nam on until the next one begins."""

    id: str
    effective_from: date
    rules: tuple[Rule, ...]


class Rules(NamedTuple):
    """The rules of a time by their names: from a day of Viet Nam, to the day before another one."""

    id: str
    since: date
    until: date | None
    by_name: Mapping[RuleId, Rule]

    def holds_on(self, day: date) -> bool:
        """Whether a day is of this time."""
        return self.since <= day and (self.until is None or day < self.until)


@cache
def packaged() -> tuple[Rules, ...]:
    """All rules, the oldest first. Raises BadRules."""
    folder = Path(__file__).parent / "data" / "measures"
    return in_order(path.read_bytes() for path in sorted(folder.glob("findings-*.json")))


def in_order(contents: Iterable[bytes]) -> tuple[Rules, ...]:
    """Rules from the contents of their files, each until the next one begins. Raises BadRules."""
    files = sorted((_read(each) for each in contents), key=lambda each: each.effective_from)
    ends = [*(each.effective_from for each in files[1:]), None]
    return tuple(
        Rules(each.id, each.effective_from, until, {rule.id: rule for rule in each.rules})
        for each, until in zip(files, ends, strict=True)
    )


def _read(content: bytes) -> RuleFile:
    """A file whose rules fit: each once, with the thresholds that it compares with. Raises BadRules."""
    try:
        found = msgspec.json.decode(content, type=RuleFile)
    except msgspec.DecodeError as error:
        raise BadRules(str(error)) from error
    names = [each.id for each in found.rules]
    if len(set(names)) < len(names):
        raise BadRules(f"{found.id}: a rule stands in it twice")
    for each in found.rules:
        wanted, has = THRESHOLDS.get(each.id, ()), each.thresholds.named()
        if sorted(has) != sorted(wanted) or min(has.values(), default=1) < 1:
            raise BadRules(f"{each.id}: its thresholds are {', '.join(wanted) or 'none'}, each at least 1")
        if has and each.kind != "policy":
            raise BadRules(f"{each.id}: thresholds are ours, and no law")
    return found


def rules_on(day: date) -> Rules:
    """The rules that hold on a day of Viet Nam. Raises BadRules before the first ones."""
    for each in packaged():
        if each.holds_on(day):
            return each
    raise BadRules(f"no rules hold on {day.isoformat()}")
