"""What a form can fill in by itself, each value with where it comes from and the clause that lets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.forms.evaluate import schema_errors
from chalicelib.forms.fields import places


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A value for a field: `source` is a database or `vault:<document type>`; `clause` is none for a holding."""

    pointer: str
    value: Any
    source: str
    clause: str | None


def prefill(
    doc: Mapping[str, Any], claims: Mapping[str, Any], holdings: Mapping[str, Mapping[str, Any]]
) -> list[Prefilled]:
    """Values for the form's fields that have a source, valid against the field's own schema.

    `claims` are what databases said, by dictionary key with its role; `holdings` are the fields read from the person's
    own documents, by document type and then key. A field without a source is asked, whatever is known; so are fields
    of list entries, of which nobody knows how many there are.
    """
    known = places(doc["schema"]).fields
    found = []
    for pointer, field in doc["ui"]["fields"].items():
        source = field["source"]
        if source is None or "/*" in pointer:
            continue
        given = holdings.get(source["vault"], {}) if "vault" in source else claims
        value = given.get(field["key"])
        if value is None or not _fits(doc["schema"], known[pointer], value):
            continue
        name = f"vault:{source['vault']}" if "vault" in source else source["database"]
        found.append(Prefilled(pointer, value, name, source.get("clause")))
    return found


def _fits(schema: Mapping[str, Any], field: Mapping[str, Any], value: Any) -> bool:
    own = {**field, "$defs": schema.get("$defs", {})}
    try:
        return not schema_errors(own, value)
    except UnicodeEncodeError:
        return False
