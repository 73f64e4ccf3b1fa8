"""What a form can fill in by itself, each value with where it comes from and the clause that lets it."""

from collections.abc import Mapping

import msgspec

from chalicelib.forms.evaluate import schema_faults
from chalicelib.forms.fields import places
from chalicelib.forms.form import Form, Schema


class Prefilled(msgspec.Struct, frozen=True):
    """A value for a field: `source` is a database or `vault:<document type>`; of the vault there is no `clause`."""

    pointer: str
    value: object
    source: str
    clause: str | None


def prefill(form: Form, claims: Mapping[str, object], holdings: Mapping[str, Mapping[str, object]]) -> list[Prefilled]:
    """Values for the form's fields that have a source, valid against the field's own schema.

    `claims` are what databases said, by dictionary key with its role; `holdings` are the fields read from the person's
    own documents, by document type and then key. A field without a source is asked, whatever is known; so are fields
    of list entries, of which nobody knows how many there are.
    """
    known = places(form.schema).fields
    found = []
    for pointer, field in form.ui.fields.items():
        source = field.source
        if source is None or "/*" in pointer:
            continue
        given = claims if source.vault is None else holdings.get(source.vault, {})
        value = given.get(field.key)
        if value is None or not _fits(form.schema, known[pointer], value):
            continue
        name = source.database or "" if source.vault is None else f"vault:{source.vault}"
        found.append(Prefilled(pointer, value, name, source.clause))
    return found


def _fits(schema: Schema, field: Schema, value: object) -> bool:
    own = {**field, "$defs": schema.get("$defs", {})}
    try:
        return not schema_faults(own, value)
    except UnicodeEncodeError:
        return False
