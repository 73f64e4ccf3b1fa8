"""A form as a type: what is asked on which page, in which words, from which source, by which rules.

Its JSON Schema stays the data of a standard: a mapping that `limits`, `fields` and the validator read.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

type Schema = Mapping[str, object]
type RuleKind = Literal["computed", "check", "visible"]


class BadForm(ValueError):
    """Data that is no form; the text names the place and what is wrong there, never a value."""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a field's value may come from: a database by a clause, or a document of the person's vault."""

    database: str | None = None
    clause: str | None = None
    vault: str | None = None


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is asked: its labels, what it means by the dictionary, and its source or why it is asked.

    `choices_en`: its choices in English, by the value that is stored.
    For its messages: what a right value looks like, one of them, and what to do without one; else the dictionary's.
    """

    label_vi: str
    label_en: str
    key: str
    source: Source | None
    hint_vi: str | None = None
    hint_en: str | None = None
    asked_because_vi: str | None = None
    asked_because_en: str | None = None
    choices_en: dict[str, str] | None = None
    inputmode: str | None = None
    autocomplete: str | None = None
    expects_vi: str | None = None
    expects_en: str | None = None
    example: str | None = None
    way_out_vi: str | None = None
    way_out_en: str | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the form: the pointers of its fields in order."""

    id: str
    title_vi: str
    title_en: str
    fields: tuple[str, ...]


class Ui(msgspec.Struct, frozen=True, kw_only=True):
    """How the form is shown: its pages, and each field by pointer."""

    pages: tuple[Page, ...]
    fields: dict[str, Field]


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule in CEL: it computes its target, says whether it is seen, or checks the answer; `cites` is its clause.

    `refuses` is of a check of what cannot be at all, whatever the law says (a birth to come).
    """

    id: str
    kind: RuleKind
    target: str
    expression: str
    message_vi: str
    message_en: str
    cites: str | None
    refuses: bool = False
    example_vi: str | None = None
    example_en: str | None = None
    way_out_vi: str | None = None
    way_out_en: str | None = None


class Form(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A form of a version of a procedure, as `data/form.schema.json` says it."""

    format: str
    id: str
    procedure: str
    title_vi: str
    title_en: str
    schema: dict[str, object]
    ui: Ui
    rules: tuple[Rule, ...]
    note_vi: str | None = None
    note_en: str | None = None


def read(text: str | bytes) -> Form:
    """A form from its JSON text. Raises BadForm."""
    try:
        return msgspec.json.decode(text, type=Form)
    except msgspec.DecodeError as error:
        raise BadForm(str(error)) from None


def form_of(document: object) -> Form:
    """A form from plain data. Raises BadForm."""
    try:
        return msgspec.convert(document, Form)
    except msgspec.ValidationError as error:
        raise BadForm(str(error)) from None


def plain(form: Form) -> dict[str, object]:
    """A form as plain data, the same that it was read from."""
    return msgspec.json.decode(msgspec.json.encode(form), type=dict[str, object])
