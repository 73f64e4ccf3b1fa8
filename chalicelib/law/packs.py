"""Rule packs: what the law says on a day, as data with citations; a dossier stays with the pack of its reception."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from chalicelib.law.errors import LawError

type RuleKind = Literal["law", "policy"]


class UnknownPack(LawError):
    """No rule pack has this id, or none was in force on this day."""


class UnknownRule(LawError):
    """The pack holds no rule of this name."""


class BadPack(LawError):
    """A packaged rule file contradicts itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its value (read-only), where it is written, and what kind of evidence stands behind it.

    `law`: the text or a source that quotes it was read. `policy`: the text was not found, or leaves the matter open;
    the value is ours and `note` says why.
    """

    value: Any
    citation: str
    kind: RuleKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class RulePack:
    """The rules in force from a date (Vietnamese day) to another, both included; `effective_to` None means today's."""

    id: str
    effective_from: date
    effective_to: date | None
    rules: Mapping[str, Rule]

    def rule(self, name: str) -> Rule:
        """The rule with its citation and evidence. Raises UnknownRule."""
        try:
            return self.rules[name]
        except KeyError:
            raise UnknownRule(f"{self.id} has no rule {name!r}") from None

    def value(self, name: str) -> Any:
        """The rule's value; lists come as tuples and objects as read-only mappings. Raises UnknownRule."""
        return self.rule(name).value


def pack_on(day: date) -> RulePack:
    """The pack in force on a Vietnamese day. Raises UnknownPack before Decree 137/2024 (2024-10-23)."""
    for candidate in reversed(all_packs()):
        if candidate.effective_from <= day:
            return candidate
    raise UnknownPack(f"no rule pack was in force on {day.isoformat()}; the first is {all_packs()[0].id}")


def pack(pack_id: str) -> RulePack:
    """The pack with this id, such as vn-2026-09-01. Raises UnknownPack."""
    for candidate in all_packs():
        if candidate.id == pack_id:
            return candidate
    raise UnknownPack(f"no rule pack is called {pack_id[:40]!r}")


@cache
def all_packs() -> tuple[RulePack, ...]:
    """Every packaged pack in order of date, read once; each file states only what changed on its day."""
    folder = Path(__file__).parent / "data" / "packs"
    return build([json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))])


def build(files: list[dict[str, Any]]) -> tuple[RulePack, ...]:
    """Packs from the contents of rule files in order of date: each goes on from the one before. Raises BadPack."""
    packs: list[RulePack] = []
    begins = [date.fromisoformat(content["effective_from"]) for content in files]
    rules: dict[str, Rule] = {}
    for place, content in enumerate(files):
        if content["id"] != f"vn-{begins[place].isoformat()}":
            raise BadPack(f"{content['id']}: a pack is named by the day it begins")
        if content["continues"] != (packs[-1].id if packs else None):
            raise BadPack(f"{content['id']}: does not continue the pack before it")
        rules |= {name: _rule(content["id"], name, given) for name, given in content["rules"].items()}
        last_day = begins[place + 1] - timedelta(days=1) if place + 1 < len(files) else None
        packs.append(RulePack(content["id"], begins[place], last_day, MappingProxyType(dict(rules))))
    return tuple(packs)


def _rule(pack_id: str, name: str, given: Mapping[str, Any]) -> Rule:
    kind, note = given["kind"], given.get("note", "")
    if kind not in {"law", "policy"} or not given["citation"] or (kind == "policy" and not note):
        raise BadPack(f"{pack_id}: {name}: a rule needs a citation and a kind, and a policy says why it is one")
    return Rule(_frozen(given["value"]), given["citation"], cast("RuleKind", kind), note)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
