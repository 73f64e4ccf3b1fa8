"""What others must know of a published version: what a dossier pins, the row that search is made from."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.catalogue.model import version_of
from chalicelib.catalogue.offering import is_barred, level_of
from chalicelib.catalogue.versions import meets_quality
from chalicelib.law.levels import LevelFinding

UNKNOWN = "unknown"


def is_reviewed(version: Mapping[str, Any]) -> bool:
    """Whether the version carries a review in which no criterion is unmet (Decree 137/2024 Art. 8(2))."""
    return meets_quality(version_of(version))


def level_of_version(version: Mapping[str, Any]) -> LevelFinding:
    """The level of online service of a version, with its notices (Decree 224/2026 Art. 14)."""
    schema = version["form"].get("schema")
    form = schema if isinstance(schema, Mapping) else None  # what else it may be is told by the check of the form
    return level_of(version["facts"], form, reviewed=is_reviewed(version))


def plan(version: Mapping[str, Any]) -> dict[str, Any]:
    """What a dossier must know of its procedure, pinned when its draft is opened; the form is kept apart by version."""
    facts, level = version["facts"], level_of_version(version)
    return {
        "procedure": facts["code"],
        "version": version["version"],
        "kind": facts["kind"],
        "name_vi": facts["name_vi"],
        "name_en": facts["name_en"] or facts["name_vi"],
        "term": facts["term"],
        "components": [component_plan(c) for c in facts["components"]],
        "result": facts["result"],
        "route": facts["route"],
        "min_level": facts["min_level"],
        "channels": facts["channels"],
        "prices": facts.get("prices") or [],
        "level": level.level.key,
        "notice_vi": level.short_vi,
        "notice_en": level.short_en,
        "barred_by": facts["online"].get("legal_basis") if is_barred(facts) else None,
        "performed_by": facts["performed_by"],
    }


def component_plan(component: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft must know of a component."""
    return {
        "code": component["code"],
        "name_vi": component["name_vi"],
        "name_en": component.get("name_en") or component["name_vi"],
        "originals": component.get("originals"),
        "copies": component.get("copies"),
        "need": component["need"],
        "reading": component.get("reading") or "",
        "exemption": component.get("exemption"),
        "group": component.get("group") or component.get("group_vi") or "",
    }


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
