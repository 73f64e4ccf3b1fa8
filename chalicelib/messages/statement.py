"""What a signature says of the document that it stands on, for programs: in the signature itself, and so under it.

It stands in `/ContactInfo` of the signature (ISO 32000-1 table 252) as JSON: the one text that readers show nowhere on
a page, and that no later revision can change.
"""

from typing import Final

import msgspec

WHERE: Final = "/ContactInfo"


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
