"""For which flaws of its pages a paper has to be scanned again. Pure.

A back side that is blank is no fault where another page of the paper has print: scanners copy both sides. Nor is a page
in another language beside its translation. A page that is black or too small has lost what was on it.
"""

from collections.abc import Sequence

from chalicelib.digitisation.model import Flaw, Refused
from chalicelib.digitisation.reasons import black_page, blank_page, dark_screen, not_vietnamese, thumbnail


def insist(flaws: Sequence[Flaw]) -> None:
    """Refuse a paper for the flaws of its pages, in order. Raises Refused."""
    whole = any(not flaw for flaw in flaws)
    for number, flaw in enumerate(flaws, 1):
        if (why := _refusal(flaw, number)) and (flaw in {"black", "screen", "thumbnail"} or not whole):
            raise why


def _refusal(flaw: Flaw, page: int) -> Refused | None:
    match flaw:
        case "blank":
            return blank_page(page)
        case "black":
            return black_page(page)
        case "screen":
            return dark_screen(page)
        case "thumbnail":
            return thumbnail(page)
        case "foreign":
            return not_vietnamese(page)
        case "":
            return None
