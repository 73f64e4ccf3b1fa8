"""Which petitions make a dossier one that somebody was displeased with: dated data. Pure."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from chalicelib.law.errors import LawError

type Kind = Literal["petition", "complaint"]
type End = Literal["answered", "refused", "withdrawn"]


class BadDispleased(LawError):
    """The packaged rule cannot be read."""


class Displeased(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`kinds`: which petitions count. `left_out`: those that ended so do not, and never did. `note`: what is silent.

    `most_kept`: so much is kept of what petitions say of one dossier; of more, that there was some, which counts.
    """

    id: str
    effective_from: date
    citation: str
    kinds: tuple[Kind, ...]
    left_out: tuple[End, ...]
    most_kept: int
    note: str


@cache
def displeased() -> Displeased:
    """The packaged rule. Raises BadDispleased."""
    path = Path(__file__).parent / "data" / "measures" / "displeased-2026.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Displeased)
    except msgspec.DecodeError as error:
        raise BadDispleased(str(error)) from error
