"""What a form breaks, as a dossier keeps it beside the answers: never the answers themselves."""

import msgspec


class FieldSaid(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of what is said of a broken rule, in one language."""

    field: str
    example: str = ""
    way_out: str = ""


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A broken rule of the form, by JSON Pointer; the value itself is never repeated.

    Releases before the parts kept the messages alone.
    """

    pointer: str
    rule: str
    message_vi: str
    message_en: str
    vi: FieldSaid | None = None
    en: FieldSaid | None = None
