"""A colour profile for pictures in printing inks that bring none: an archive wants to know what their colours are.

PDF/A-2 (ISO 19005-2, 6.2.4.3) takes CMYK only with a profile. Which press was meant is not known; this one says what
programs that show such a picture without a profile show: each ink takes away its own light. Its bytes are made here
(ICC.1:2001-04, lut8), so nobody's licence comes with them.
"""

import struct
from functools import cache
from itertools import product
from typing import Final

from pikepdf import Array, Name, Object, Pdf, Stream

INKS: Final = 4
_D50: Final = (0.9642, 1.0, 0.8249)
_TO_XYZ: Final = ((0.4361, 0.3851, 0.1431), (0.2225, 0.7169, 0.0606), (0.0139, 0.0971, 0.7141))
"""From red, green and blue light of sRGB to XYZ under D50."""
_NAME: Final = b"Inks of an unknown press"
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27


def described(pdf: Pdf, picture: Object) -> Object:
    """The same picture of a PDF, whose colours are told when they are bare inks; its own bytes are not touched."""
    if picture.get("/ColorSpace") == Name.DeviceCMYK:
        picture["/ColorSpace"] = Array([Name.ICCBased, Stream(pdf, inks(), N=INKS)])
    return picture


@cache
def inks() -> bytes:
    """The profile: about two kilobytes."""
    tags = {b"desc": _text(b"desc"), b"cprt": _plain(b"No copyright"), b"wtpt": _white(), b"A2B0": _table()}
    at, index, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, tag in tags.items():
        index += struct.pack(">4sII", name, at + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    rest = struct.pack(">I", len(tags)) + index + body
    return _header(128 + len(rest)) + rest


def _header(size: int) -> bytes:
    made = struct.pack(
        ">I4sI4s4s4s6H4s", size, b"\0" * 4, 0x02400000, b"prtr", b"CMYK", b"Lab ", 2026, 1, 1, 0, 0, 0, b"acsp"
    )
    return (made.ljust(68, b"\0") + _fixed(*_D50)).ljust(128, b"\0")


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _text(kind: bytes) -> bytes:
    said = _NAME + b"\0"
    return kind + bytes(4) + struct.pack(">I", len(said)) + said + bytes(4 + 4 + 2 + 1 + 67)


def _plain(said: bytes) -> bytes:
    return b"text" + bytes(4) + said + b"\0"


def _white() -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*_D50)


def _table() -> bytes:
    """Sixteen corners, each ink full or none; what is between them is mixed."""
    straight = bytes(range(256))
    corners = b"".join(
        _lab(*((1 - ink) * (1 - key) for ink in colours)) for *colours, key in product((0, 1), repeat=INKS)
    )
    head = b"mft1" + bytes(4) + bytes((INKS, 3, 2, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return head + straight * INKS + corners + straight * 3


def _lab(red: float, green: float, blue: float) -> bytes:
    """Light, each 0 or 1, as CIE Lab in a byte each."""
    x, y, z = (
        _root(sum(share * light for share, light in zip(row, (red, green, blue), strict=True)) / white)
        for row, white in zip(_TO_XYZ, _D50, strict=True)
    )
    told = ((116 * y - 16) * 255 / 100, 500 * (x - y) + 128, 200 * (y - z) + 128)
    return bytes(min(255, max(0, round(value))) for value in told)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > _EPSILON else (_KAPPA * value + 16) / 116
