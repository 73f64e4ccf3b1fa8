"""The data dictionary of the forms: what a field's key means, of whom, and which database holds it by which clause.

The dictionary is ours: no national one was found. A key names a thing (`person.full_name`) of the person who signed
in; `person.full_name@mother` is the same thing of somebody else in the form, so that nobody's name fills another's.
"""

from functools import cache
from pathlib import Path

import msgspec


class Named(msgspec.Struct, frozen=True):
    """A thing by its names."""

    vi: str
    en: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one key means: its names, JSON type, and the database and clause that were verified, or none.

    `expects`, `example` and `way_out` are what messages about it say where the form itself does not.
    """

    name_vi: str = msgspec.field(name="vi")
    name_en: str = msgspec.field(name="en")
    type: str
    database: str | None = None
    clause: str | None = None
    expects_vi: str | None = None
    expects_en: str | None = None
    example: str | None = None
    way_out_vi: str | None = None
    way_out_en: str | None = None


class Dictionary(msgspec.Struct, frozen=True, kw_only=True):
    """Keys, databases, document types of the vault and the roles that persons have in forms."""

    entries: dict[str, Entry] = msgspec.field(name="keys")
    databases: dict[str, Named]
    documents: dict[str, Named]
    roles: dict[str, Named]

    def entry(self, key: str) -> Entry | None:
        """What a field's key means, with or without a role; nothing when either is unknown."""
        thing, at, role = key.partition("@")
        return self.entries.get(thing) if not at or role in self.roles else None


@cache
def shipped_dictionary() -> Dictionary:
    """The dictionary that comes with the project, read once."""
    content = (Path(__file__).parent / "data" / "dictionary.json").read_bytes()
    return msgspec.json.decode(content, type=Dictionary)
