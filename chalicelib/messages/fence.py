"""Where the register of those who can sign keeps a certificate, and where a result is drawn before it is approved.

Others look there before they take an order or an approval.

A certificate that is there may have ended since; the signing finds that out, and tells it (`signature.refused`).
"""

from typing import Final, Literal

type SignerKind = Literal["agencies", "officers"]

REGISTER: Final = "signers"
_SAFE_ID_LENGTH: Final = 64


def is_safe_id(identifier: str) -> bool:
    """Ids become file names: ASCII letters, digits, `.`, `-`, `_`, not starting with a dot, at most 64."""
    plain = identifier.replace("-", "a").replace("_", "a").replace(".", "a")
    return plain.isascii() and plain.isalnum() and not identifier.startswith(".") and len(identifier) <= _SAFE_ID_LENGTH


def certificate_key(kind: SignerKind, identifier: str) -> str | None:
    """The key of a signer's certificate chain (PEM) in the messages bucket; None for what can be no signer's id."""
    return f"{REGISTER}/{kind}/{identifier}.pem" if is_safe_id(identifier) else None


def report_key(order: str) -> str:
    """Where the record of a report stands that somebody asked for, in the messages table: its event is heard here."""
    return f"ORDER#{order}"


ROOTS: Final = "roots/trusted.pem"
"""The trusted roots (PEM) of a stage's signers and timestamp authority, in the messages bucket."""


def preview_key(reference: str, form_version: int) -> str:
    """The key, in the messages bucket, of a dossier's result as one version of its form would print it; unsigned."""
    return f"previews/{reference}/result-{form_version}.pdf"


def former_preview_key(reference: str) -> str:
    """Where the releases before kept it, whatever form it was drawn from."""
    return f"previews/{reference}/result.pdf"


def picture_key(certificate: str) -> str:
    """The key of the picture (PNG) of a signature or seal: beside its certificate. There need be none."""
    return f"{certificate.removesuffix('.pem')}.png"
