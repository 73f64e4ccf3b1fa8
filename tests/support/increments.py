"""What tests say of a PDF: archivable before the signature, and nothing but signatures added by it."""

from io import BytesIO

from pikepdf import pdfa

from chalicelib.archive.increments import only_signatures_added as only_signature_added

__all__ = ["is_archivable", "only_signature_added"]


def is_archivable(pdf: bytes, flavour: str = "2b") -> bool:
    """Whether the bytes are an unsigned PDF/A-2b, or 3b."""
    return bool(pdfa.validate_written(BytesIO(pdf), flavour).passed)
