"""The content of the QR code on every paper the system publishes: Circular 01/2023/TT-VPCP Art. 26."""

from collections.abc import Mapping
from typing import Final, Literal, get_args
from urllib.parse import quote, unquote

from chalicelib.law.errors import LawError

type Paper = Literal["receipt", "result", "other"]

FIELDS: Final = ("dossier_code", "procedure_code", "person_id", "document_name", "system_name", "published_at")
RECEIPT_FIELDS: Final = ("due_at",)
RESULT_FIELDS: Final = ("validity", "scope")  # "if any", so they may be left out

LOOKUP_FIELDS: Final = ("lookup_url",)  # ours, not the Circular's: where anyone who holds the paper may ask about it

_VERSION: Final = "MC2"
_BEFORE: Final = "MC1"  # of the first release: without the address
_LAYOUT: Final[dict[str, tuple[str, ...]]] = {
    "receipt": FIELDS + RECEIPT_FIELDS,
    "result": FIELDS + RESULT_FIELDS,
    "other": FIELDS,
}
_IF_ANY: Final = frozenset(RESULT_FIELDS + LOOKUP_FIELDS)
# Everything printable stays as it is, Vietnamese letters too; the separator, the escape and controls do not.
_ESCAPED: Final = {ord(sign): quote(sign) for sign in "%|" + "".join(map(chr, range(32)))}


class MissingQrField(LawError):
    """A field that Art. 26 asks for is absent or blank; `field` names it."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"the QR code needs {field}")


class BadQrPayload(LawError):
    """A text or field is not of this format; its text does not repeat it, as it holds a person's identifier."""


def qr_payload(fields: Mapping[str, str], *, paper: Paper = "other") -> str:
    """The text of the code: version, kind of paper, then the fields in the order of Art. 26, split by `|`.

    Needed: `dossier_code`, `procedure_code`, `person_id`, `document_name`, `system_name`, `published_at` (ISO 8601 with
    offset); a receipt adds `due_at`; a result adds `validity` and `scope` when there are any. `lookup_url` is ours and
    comes last, when the paper has one. The identifier of the person is what the caller passes and may be masked
    (`PersonalId.masked`): anyone can read the code. Raises MissingQrField, BadQrPayload for an unknown field or kind of
    paper.
    """
    if paper not in get_args(Paper.__value__):
        raise BadQrPayload("the paper is a receipt, a result or other")
    layout = _LAYOUT[paper] + LOOKUP_FIELDS
    if not fields.keys() <= set(layout):
        raise BadQrPayload(f"fields that a {paper} has not: {', '.join(sorted(fields.keys() - set(layout)))}")
    for name in layout:
        if name not in _IF_ANY and not fields.get(name, "").strip():
            raise MissingQrField(name)
    return "|".join((_VERSION, paper, *(fields.get(name, "").translate(_ESCAPED) for name in layout)))


def parse(text: str) -> dict[str, str]:
    """The fields of a code and its `paper`; fields left out are absent. Raises BadQrPayload, MissingQrField."""
    version, _, rest = text.partition("|")
    paper, *values = rest.split("|")
    layout = _LAYOUT.get(paper, ())
    layout += LOOKUP_FIELDS if version == _VERSION else ()
    if version not in {_VERSION, _BEFORE} or paper not in _LAYOUT or len(values) != len(layout):
        raise BadQrPayload("not a code of this system")
    found = {name: unquote(value) for name, value in zip(layout, values, strict=True) if value}
    for name in layout:
        if name not in _IF_ANY and not found.get(name, "").strip():
            raise MissingQrField(name)
    return {"paper": paper, **found}
