"""Whose a procedure is: the province for which its promulgator speaks, and how the place is called.

Identifiers that begin with H are those of provinces in the records (H35, UBND tỉnh Lai Châu), and G those of ministries
(form of identifiers: Decision 20/2020/QD-TTg). A province that was merged keeps its code and its records here.
"""

import re
from typing import Final

PROVINCE: Final = r"H[0-9]{2}"
_OF_PROVINCE: Final = re.compile(rf"({PROVINCE})(?:\.|$)")
_COMMITTEE: Final = re.compile(r"(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân)\s+", re.IGNORECASE)


def area_of(promulgator: str | None, agency: str | None = None) -> str | None:
    """The province of a local variant's agency, or of the promulgator; None: it holds for the whole country."""
    found = _OF_PROVINCE.match(agency or "") or _OF_PROVINCE.match(promulgator or "")
    return found[1] if found else None


def place_of(promulgator: str | None, name: str | None, area: str | None) -> str | None:
    """The name of an area, as far as its promulgator's own name says it: "tỉnh Lai Châu" of "UBND tỉnh Lai Châu"."""
    if not area or promulgator != area:
        return None
    return _COMMITTEE.sub("", name or "", count=1) or None
