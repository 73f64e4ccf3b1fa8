"""Which dossier a code on the first page of a scan names, and whether that page only parts papers. Pure.

A code is one of ours (Circular 01/2023/TT-VPCP Art. 26), or holds a dossier's code or reference and nothing else. The
QR code of a sheet that parts papers in a scanner's tray is `MC-SHEET|<dossier>|<component>`, the component perhaps
empty: that page is no page of the paper.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

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
