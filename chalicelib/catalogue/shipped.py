"""What comes with the project: services with their reviews and forms, agencies of the local cloud."""

import json
from pathlib import Path
from typing import Any

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.records.starting import form_of

DATA = Path(__file__).parent / "data"


def shipped_agencies() -> list[dict[str, Any]]:
    """The agencies of the local cloud, a parent before those below it."""
    found: list[dict[str, Any]] = json.loads((DATA / "agencies.json").read_text(encoding="utf-8"))
    return found


def shipped() -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Facts, form and review of every shipped service; one without a form of its own has the plain one."""
    found = []
    for path in sorted((DATA / "services").glob("*.json")):
        service = json.loads(path.read_text(encoding="utf-8"))
        form = DATA / "forms" / path.name
        own = json.loads(form.read_text(encoding="utf-8")) if form.is_file() else form_of(facts_of(service["facts"]))
        found.append((service["facts"], own, service["review"]))
    return found
