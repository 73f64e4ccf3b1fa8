"""What a signature says of the document that it stands on, for programs: in the signature itself, and so under it.

It stands in `/ContactInfo` of the signature (ISO 32000-1 table 252) as JSON: the one text that readers show nowhere on
a page, and that no later revision can change.
"""

import re
from typing import Final

import msgspec

WHERE: Final = "/ContactInfo"
_WRITTEN: Final = re.compile(rb"/ContactInfo\s*\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_BY_LETTER: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """The document that was signed. `holder` has initials only; `lookup` asks the register about this very paper."""

    kind: str
    code: str
    title: str
    agency: str
    agency_name: str
    holder: str = ""
    lookup: str = ""


def initials(name: str) -> str:
    """`N.T.B.L.` of `Nguyễn Thị Bích Liễu`: enough to see whose paper it is when one knows the name."""
    return "".join(f"{part[0]}." for part in name.upper().split())


def written(statement: Statement) -> str:
    """The text for a signature; equal statements have equal texts."""
    return msgspec.json.encode(statement).decode()


def read(text: str) -> Statement | None:
    """The statement in a signature's text; None when it says nothing of ours, as in papers of earlier releases."""
    try:
        return msgspec.json.decode(text, type=Statement)
    except msgspec.DecodeError:
        return None


def claimed_in(pdf: bytes) -> Statement | None:
    """The last statement that stands in the bytes of a file, which nobody opened: a claim, and no proof of anything."""
    found = [read(_text(match[1])) for match in _WRITTEN.finditer(pdf)]
    return next((each for each in reversed(found) if each), None)


def _text(string: bytes) -> str:
    """A text string of a PDF (ISO 32000-1, 7.9.2.2)."""

    def plain(match: re.Match[bytes]) -> bytes:
        escaped = match[1]
        return bytes([int(escaped, 8) & 0xFF]) if escaped.isdigit() else _BY_LETTER.get(escaped, escaped)

    raw = _ESCAPED.sub(plain, string)
    is_wide = raw.startswith(b"\xfe\xff")
    return raw.decode("utf-16" if is_wide else "latin-1", errors="replace")
