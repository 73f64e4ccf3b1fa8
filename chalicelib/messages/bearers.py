"""For whom a certificate speaks, and whether that one may sign a document.

A certificate names its bearer in its subject (ETSI EN 319 412): an agency by `organizationIdentifier`
`GOVVN-<identifier>` (Decision 20/2020/QD-TTg), a person by a user id, with the identifier of the agency that they work
for when there is one. Vietnamese law sets no such field: a certificate without them is an agency's when its common name
is the name of the agency on the document, as every trusted issuer has checked it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from chalicelib.messages.statement import Statement

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

GOVERNMENT: Final = "GOVVN-"

type Part = Literal["agency", "person"]
type Kind = Literal["agency", "person", "timestamp", "authority", "unnamed"]

MAY_SIGN: Final[Mapping[str, tuple[tuple[Part, ...], ...]]] = {
    "receipt": (("agency",),),
    "copy": (("person",),),
    "conversion": (("agency",),),
    "result": (("person", "agency"), ("agency",)),
    "supplement": (("person",), ("agency",)),
    "refusal": (("person",), ("person", "agency"), ("agency",)),
    "apology": (("person", "agency"), ("agency",)),
    "stop": (("person", "agency"), ("agency",)),
    "slip": (("agency",),),
    "register": (("agency",),),
    "report": (("agency",),),
    "print": (("agency",),),
}
"""Who signs a kind of document, in this order. The agency alone: what was approved under the first release.

Of the forms of the one-stop these are all orders that a rule pack has (`forms.signers`); a pack says which hold.

Decree 30/2020/ND-CP Art. 5(1), 13(7); Decree 45/2020/ND-CP Art. 14(3); Circular 01/2023/TT-VPCP Art. 8(1); Law
20/2023/QH15 Art. 12.
"""
_SUBJECT: Final = ("common_name", "organization_identifier", "user_id")
_FIELDS: Final[Mapping[str, Part]] = {"AgencySignature": "agency", "OfficerSignature": "person"}


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a certificate's key. `agency` is an identifier, empty when the certificate gives none."""

    kind: Kind
    name: str
    agency: str = ""


class Signed(NamedTuple):
    """A signature as the rules look at it: its field, its bearer, and what it says of the document."""

    field: str
    bearer: Bearer
    statement: Statement | None


def bearer_of(certificate: "Certificate") -> Bearer:
    """For whom a certificate speaks; its trust is another question."""
    name, organisation, user = (_text(certificate.subject.native.get(each)) for each in _SUBJECT)
    usage = certificate.extended_key_usage_value
    agency = organisation.removeprefix(GOVERNMENT) if organisation.startswith(GOVERNMENT) else ""
    kind: Kind = "agency" if agency else "unnamed"
    if certificate.ca:
        kind = "authority"
    elif usage is not None and "time_stamping" in usage.native:
        kind = "timestamp"
    elif user:
        kind = "person"
    return Bearer(kind=kind, name=name, agency=agency)


def _text(value: str | Sequence[str] | None) -> str:
    return value if isinstance(value, str) else ", ".join(value or ())


def may_have_signed(signatures: Sequence[Signed], agency_name: str) -> bool | None:
    """Whether the certificates fit the document that the signatures speak of; None when a certificate does not say.

    A document of an earlier release says of itself only its agency's name (`agency_name`, empty when it has none) and,
    by the fields' names, who was to sign.
    """
    first = signatures[0].statement
    if any(each.statement != first for each in signatures):
        return False
    parts = tuple(_FIELDS.get(each.field) for each in signatures)
    if first and parts not in MAY_SIGN.get(first.kind, ()):
        return False
    name, agency = (first.agency_name, first.agency) if first else (agency_name, "")
    answers = [_fits(each.bearer, part, agency, name) for each, part in zip(signatures, parts, strict=True)]
    return False if False in answers else None if None in answers else True


def _fits(bearer: Bearer, part: Part | None, agency: str, name: str) -> bool | None:
    """`agency` and `name` are those of the document; empty where it does not say."""
    if part is None or bearer.kind in {"timestamp", "authority"}:
        return False
    if bearer.kind == "unnamed":
        return _fits_by_name(bearer, part, name)
    if bearer.kind != part or (agency and bearer.agency and bearer.agency != agency):
        return False
    return True if agency or part == "person" else _is_called(bearer, name) if name else None


def _fits_by_name(bearer: Bearer, part: Part, name: str) -> bool | None:
    """A certificate without identifiers: its common name is the agency's, or somebody else's."""
    if not name:
        return None
    if part == "agency":
        return _is_called(bearer, name)
    return False if _is_called(bearer, name) else None


def _is_called(bearer: Bearer, name: str) -> bool:
    """A common name holds 64 bytes: an issuer cuts a longer one and says so by an ellipsis."""
    head, cut, _ = bearer.name.partition("…")
    return name.startswith(head) if cut and head else bearer.name == name
