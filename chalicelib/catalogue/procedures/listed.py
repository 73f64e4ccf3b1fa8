"""A procedure in the list: the row that search and its filters are made from."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.catalogue.procedures.life_events import life_events_of

UNKNOWN = "unknown"


def row(
    facts: Mapping[str, Any],
    level: str,
    life_events: tuple[str, ...],
    *,
    windows: Sequence[Mapping[str, Any]],
    recorded: bool,
) -> dict[str, Any]:
    """The list's row of a procedure: what search and its filters need, nothing more.

    `windows` say on which days it is offered, `recorded` whether a national record is read on the others.
    """
    fields = facts.get("fields") or ([facts["field"]] if facts.get("field") else [])
    return {
        "code": facts["code"],
        "name_vi": facts["name_vi"],
        "name_en": facts.get("name_en"),
        "kind": facts["kind"],
        "fields": [f["name_vi"] for f in fields],
        "subjects": [s["name_vi"] if isinstance(s, Mapping) else s for s in facts.get("subjects", ())],
        "agencies": agencies(facts),
        "level": level,
        "life_events": list(life_events),
        "windows": [dict(each) for each in windows],
        "recorded": recorded,
    }


def agencies(facts: Mapping[str, Any]) -> list[str]:
    """Codes of the agencies that promulgate, decide or perform, each once."""
    named = [facts.get("promulgated_by") or {}, *facts.get("decided_by", ())]
    return list(dict.fromkeys(a["code"] for a in named if a.get("code")))


def life_events(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Where our own grouping by life event puts a procedure."""
    fields = [f["name_vi"] for f in facts.get("fields") or ([facts["field"]] if facts.get("field") else [])]
    groups = [g["name_vi"] for g in facts.get("life_groups", ())]
    return tuple(life_events_of(facts["name_vi"], fields, groups))
