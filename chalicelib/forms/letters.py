"""Which letters our papers can print, and what of a text they cannot: told where it is typed, not when it is signed.

The list of letters is the renderer's own, kept in `data/letters.txt` as ranges of code points; `make reference` writes
it from the fonts, and a test holds every letter of it against them.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

FULL_NAME: Final = "person.full_name"
"""The key of the data dictionary whose values are names of people, of whomever the form speaks."""
MOST_MARKS: Final = 2
"""Marks over or under one letter that have no letter of their own: more are not read, and cover the lines around."""
LONGEST_NAME: Final = 100
"""Letters of a name that our papers have room for."""
LONGEST_ORGANISATION: Final = 200
"""The same of an organisation's."""
JOINTS: Final = frozenset(
    " '\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}\N{MIDDLE DOT}-."
)
"""What a name has beside letters: `H'Hen Niê`, `Kaʻiulani`, `Gal·la`, `Anne-Marie`, `Nguyễn Văn A.`"""
MISSING_GLYPH: Final = "\N{WHITE SQUARE}"
_EMPTY: Final = frozenset("\N{BRAILLE PATTERN BLANK}")
_LAYOUT: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})  # printed as a space or not at all


def is_printable(letter: str) -> bool:
    """Whether the fonts of our papers have this letter."""
    starts, ends = _ranges()
    at = bisect_right(starts, ord(letter)) - 1
    return at >= 0 and ord(letter) <= ends[at]


def unprintable(text: str) -> str:
    """The letters of a text that no font of our papers has, each once; what only lays text out is not among them."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(x for x in composed if unicodedata.category(x) not in _LAYOUT and not is_printable(x)))


def printed(text: str) -> str:
    """A text as papers print it: composed, controls as spaces, a white square for what no font of our papers has.

    Direction marks are left out: they would let a name read differently from what is stored.
    """
    return "".join(map(_printed, unicodedata.normalize("NFC", text)))


def _printed(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _LAYOUT:
        return "" if category == "Cf" else " "
    return letter if is_printable(letter) else MISSING_GLYPH


def text_fault(text: str) -> str:
    """The rule that a typed text breaks: `letters_unprintable`, `marks_stacked`, `blank`; none for an empty text."""
    composed = unicodedata.normalize("NFC", text)
    if unprintable(composed):
        return "letters_unprintable"
    if _most_marks(composed) > MOST_MARKS:
        return "marks_stacked"
    return "blank" if text and not any(map(_is_seen, composed)) else ""


def name_fault(text: str) -> str:
    """The rule that a person's name breaks: those of a text, `maxLength`, or `name_letters`.

    A name is written in Latin letters, each with its own marks, as identity papers write it: a letter of another
    script that looks the same would part the person from their records.
    """
    if found := text_fault(text) or ("" if text else "blank"):
        return found
    composed = unicodedata.normalize("NFC", text)
    if len(composed) > LONGEST_NAME:
        return "maxLength"
    has_letters = any(unicodedata.category(letter)[0] == "L" for letter in composed if letter not in JOINTS)
    return "" if has_letters and all(_is_of_name(*pair) for pair in _after(composed)) else "name_letters"


def organisation_fault(text: str) -> str:
    """The rule that an organisation's name breaks: those of a text, or `maxLength`. It may have digits and signs."""
    found = text_fault(text) or ("" if text else "blank")
    return found or ("maxLength" if len(unicodedata.normalize("NFC", text)) > LONGEST_ORGANISATION else "")


def _after(text: str) -> Iterable[tuple[str, str]]:
    """Each letter with the one before it; before the first there is a space."""
    return zip(text, f" {text}", strict=False)


def _is_of_name(letter: str, before: str) -> bool:
    if unicodedata.combining(letter):
        return before not in JOINTS
    if letter in JOINTS:
        return True
    is_letter = unicodedata.category(letter)[0] == "L" and unicodedata.name(letter, "").startswith("LATIN ")
    return is_letter and unicodedata.normalize("NFKC", letter) == letter


def _most_marks(text: str) -> int:
    most = run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter)[0] == "M" else 0
        most = max(most, run)
    return most


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNPS" and letter not in _EMPTY


@cache
def _ranges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    lines = (Path(__file__).parent / "data" / "letters.txt").read_text("ascii").split()
    pairs = [line.partition("-") for line in lines]
    return tuple(int(first, 16) for first, _, _ in pairs), tuple(int(last or first, 16) for first, _, last in pairs)
