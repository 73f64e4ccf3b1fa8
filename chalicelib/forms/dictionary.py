"""The data dictionary of the forms: what a field's key means, of whom, and which database holds it by which clause.

The dictionary is ours: no national one was found. A key names a thing (`person.full_name`) of the person who signed
in; `person.full_name@mother` is the same thing of somebody else in the form, so that nobody's name fills another's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One key: its names, JSON type, and the database and clause that were verified, or none."""

    key: str
    name_vi: str
    name_en: str
    type: str
    database: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Keys, databases, document types of the vault and the roles that persons have in forms."""

    note_vi: str
    note_en: str
    entries: Mapping[str, Entry]
    databases: Mapping[str, Mapping[str, str]]
    documents: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, Mapping[str, str]]

    def entry(self, key: str) -> Entry | None:
        """What a field's key means, with or without a role; nothing when either is unknown."""
        thing, at, role = key.partition("@")
        return self.entries.get(thing) if not at or role in self.roles else None


def as_role(claims: Mapping[str, Any], role: str) -> dict[str, Any]:
    """The claims of the person who signed in, as those of a role that this person has in the form."""
    return {f"{key}@{role}": value for key, value in claims.items() if "@" not in key}


@cache
def shipped_dictionary() -> Dictionary:
    """The dictionary that comes with the project, read once."""
    return dictionary(json.loads((Path(__file__).parent / "data" / "dictionary.json").read_text("utf-8")))


def dictionary(content: Mapping[str, Any]) -> Dictionary:
    """A dictionary from the contents of its file."""
    entries = {
        key: Entry(key, given["vi"], given["en"], given["type"], given.get("database"), given.get("clause"))
        for key, given in content["keys"].items()
    }
    return Dictionary(
        content["note_vi"], content["note_en"], entries, content["databases"], content["documents"], content["roles"]
    )
