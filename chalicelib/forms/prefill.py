"""What a form can fill in by itself, each value with where it comes from and the clause that lets it."""

from collections.abc import Iterable, Mapping

import msgspec

from chalicelib.forms.evaluate import schema_faults
from chalicelib.forms.fields import places
from chalicelib.forms.form import Form, Schema
from chalicelib.forms.papers import PaperValue, answered


class Prefilled(msgspec.Struct, frozen=True):
    """A value for a field: `source` is a database, `vault:<document type>` or `component:<id>`; only the first has a
    `clause`. `field` is where on a component's paper it was read.
    """

    pointer: str
    value: object
    source: str
    clause: str | None
    field: str = ""


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


def prefill_from_paper(
    form: Form, answer: Mapping[str, object], component: str, kind: str, said: Iterable[PaperValue]
) -> list[Prefilled]:
    """Values that a digitised paper of the dossier itself has for fields whose source is a paper of its kind.

    What the person answered stays as it is: there nothing is filled in.
    """
    known, by_key = places(form.schema).fields, {each.key: each for each in said}
    return [
        Prefilled(pointer, paper.value, f"component:{component}", None, paper.field)
        for pointer, field in form.ui.fields.items()
        if field.source and field.source.vault == kind and "/*" not in pointer
        if (paper := by_key.get(field.key)) and paper.value is not None
        if answered(answer, pointer) is None and _fits(form.schema, known[pointer], paper.value)
    ]


def _fits(schema: Schema, field: Schema, value: object) -> bool:
    own = {**field, "$defs": schema.get("$defs", {})}
    try:
        return not schema_faults(own, value)
    except UnicodeEncodeError:
        return False
