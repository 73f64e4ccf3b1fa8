"""Where a signature stands in its file, and whether the hole it leaves in its byte range is what a signer writes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature


def _byte_range(signature: "EmbeddedPdfSignature") -> list[int]:
    """Four numbers: start, bytes before `/Contents`, where the rest begins, bytes of the rest. Else `ValueError`."""
    numbers = [int(number) for number in signature.byte_range]
    if len(numbers) != 4 or min(numbers) < 0:  # noqa: PLR2004 - two (offset, length) pairs
        raise ValueError("a byte range of another shape")
    return numbers


def end_of(signature: "EmbeddedPdfSignature") -> int:
    """Where the bytes that a signature covers end. Raises ValueError for a byte range of another shape."""
    return sum(_byte_range(signature)[2:])


def container(pdf: bytes, signature: "EmbeddedPdfSignature") -> tuple[bool, bool]:
    """Whether the byte range leaves out exactly `<...>` of `/Contents`, and whether that is what a signer writes.

    That is: upper-case hexadecimal without spaces, one DER value, zeros to the end, and the very value pyHanko read.
    """
    from asn1crypto.parser import peek

    start, before, after, _ = _byte_range(signature)
    hole = pdf[before:after]
    if start != 0 or hole[:1] != b"<" or hole[-1:] != b">":
        return False, False
    value = bytes(signature.pkcs7_content)
    as_written = value.hex().upper().encode() == hole[1:-1]
    return True, as_written and not any(value[peek(value) :])
