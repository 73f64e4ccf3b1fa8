"""What others must know of a published version: how far online, and what a dossier pins."""

from collections.abc import Mapping
from typing import Any

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.offering import is_barred, level_of
from chalicelib.catalogue.versions.model import meets_quality
from chalicelib.catalogue.versions.stored import version_of
from chalicelib.law.levels import LevelFinding


def is_reviewed(version: Mapping[str, Any]) -> bool:
    """Whether the version carries a review in which no criterion is unmet (Decree 137/2024 Art. 8(2))."""
    return meets_quality(version_of(version))


def level_of_version(version: Mapping[str, Any]) -> LevelFinding:
    """The level of online service of a version, with its notices (Decree 224/2026 Art. 14)."""
    schema = version["form"].get("schema")
    form = schema if isinstance(schema, Mapping) else None  # what else it may be is told by the check of the form
    return level_of(facts_of(version["facts"]), form, reviewed=is_reviewed(version))


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
        "barred_by": facts["online"].get("legal_basis") if is_barred(facts_of(facts)) else None,
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
