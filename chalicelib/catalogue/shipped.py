"""What comes with the project: services and forms to begin with; for the local cloud examples of agencies, reviews."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.procedures.items import Finding
from chalicelib.catalogue.records.starting import form_of
from chalicelib.contracts.catalogue import Agency, AgencyEntry

DATA = Path(__file__).parent / "data"


class Shipped(NamedTuple):
    """A service: its facts and its form. Nobody has reviewed it."""

    facts: Facts
    form: dict[str, object]


class Example(NamedTuple):
    """A shipped service with what an invented officer found of it."""

    facts: Facts
    form: dict[str, object]
    findings: tuple[Finding, ...]


class _Names(msgspec.Struct, frozen=True):
    id: str
    entries: tuple[dict[str, object], ...]


class _Service(msgspec.Struct, frozen=True):
    facts: dict[str, object]


def shipped_agencies() -> list[Agency]:
    """The agencies of the local cloud, a parent before those below it."""
    found = msgspec.json.decode((DATA / "agencies.json").read_bytes(), type=list[_Names])
    return [
        Agency(
            id=each.id,
            name="",
            entries=tuple(msgspec.convert({**entry, "id": each.id}, AgencyEntry) for entry in each.entries),
        )
        for each in found
    ]


def shipped() -> list[Shipped]:
    """Every shipped service; one without a form of its own has the plain one."""
    found = []
    for path in sorted((DATA / "services").glob("*.json")):
        service = msgspec.json.decode(path.read_bytes(), type=_Service)
        facts, form = facts_of(service.facts), DATA / "forms" / path.name
        own = msgspec.json.decode(form.read_bytes(), type=dict[str, object]) if form.is_file() else form_of(facts)
        found.append(Shipped(facts, own))
    return found


def examples() -> list[Example]:
    """The same with the reviews of the local cloud."""
    reviews = (DATA / "examples" / "reviews.json").read_bytes()
    findings = msgspec.json.decode(reviews, type=dict[str, tuple[Finding, ...]])
    return [Example(*each, findings[each.facts.code]) for each in shipped()]
