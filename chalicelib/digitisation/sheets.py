"""Which dossier a code on the first page of a scan names, and whether that page only parts papers. Pure.

A code is one of ours (Circular 01/2023/TT-VPCP Art. 26), or holds a dossier's code or reference and nothing else. The
QR code of a sheet that parts papers in a scanner's tray is `MC-SHEET|<dossier>|<component>`, the component perhaps
empty: that page is no page of the paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chalicelib.digitisation.model import Inspection
from chalicelib.digitisation.reasons import NO_DOSSIER, ONLY_A_SHEET, SEVERAL_DOSSIERS
from chalicelib.law import qr
from chalicelib.law.errors import LawError

SHEET: Final = "MC-SHEET|"
NAMES: Final = re.compile(r"MC-[0-9A-Z]{16}|[A-Y][0-9A-Z.]{1,34}-[0-9]{6,8}-[0-9]{4,9}")
"""A dossier's reference, or its code in either scheme (`law.codes`)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier by reference or code, as it was printed; the rest is of a sheet that parts papers."""

    dossier: str
    component: str = ""
    is_sheet: bool = False


def sheet_of(text: str) -> Named | None:
    """What the code of a sheet names; None when it is no dossier."""
    named = _named(text)
    return named if named and named.is_sheet else None


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several papers in a scan: what names its dossier, its first page, and the one behind its last."""

    named: Named
    pages: tuple[int, int]


def pieces_of(found: Inspection) -> list[Piece]:
    """The papers of a scan that sheets part, without the sheets; between two sheets there may be none.

    Raises Refused: no_dossier where nothing names one, several_dossiers, only_a_sheet.
    """
    first = named_by(found.codes)
    if len(first) > 1:
        raise SEVERAL_DOSSIERS
    marks = [(0, next(iter(first), None))] + [(number, sheet_of(text)) for number, text in found.sheets]
    ends = [number for number, _ in marks[1:]] + [len(found.pages)]
    pieces = []
    for (number, named), end in zip(marks, ends, strict=True):
        if named is None:
            raise NO_DOSSIER
        begin = number + int(named.is_sheet)
        if begin < end:
            pieces.append(Piece(named, (begin, end)))
    if not pieces:
        raise ONLY_A_SHEET
    return pieces


def named_by(codes: Iterable[str]) -> tuple[Named, ...]:
    """What the codes of a page name, each dossier once, a sheet first."""
    found: dict[str, Named] = {}
    for named in sorted(filter(None, map(_named, codes)), key=lambda each: not each.is_sheet):
        found.setdefault(named.dossier, named)
    return tuple(found.values())


def _named(text: str) -> Named | None:
    if text.startswith(SHEET):
        _, dossier, component = (*text.split("|"), "", "")[:3]
        return Named(dossier, component, is_sheet=True) if NAMES.fullmatch(dossier) else None
    try:
        dossier = qr.parse(text)["dossier_code"]
    except LawError:
        dossier = text.strip()
    return Named(dossier) if NAMES.fullmatch(dossier) else None
