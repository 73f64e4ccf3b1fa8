"""Places as they are spelt: small letters in an address are words of a known few, and its last part is a province.

Names of places begin with capitals and are left as they were read. Pure.
"""

import re
import unicodedata
from typing import Final

from chalicelib.digitisation.labels import Known, fold, plain

_LAST: Final = re.compile(r"( ?(?:[Tt]ỉnh|[Tt]hành phố|T[Pp]\.?|T\.) ?)(.+)")
_SHORTENED: Final = re.compile(r"(?<!\w)(TP|P|Q|TX|TT|KP), (?=[A-ZĐ\d])")
"""The full stop of a shortened word that is misread: "TP, Phú Quốc"."""
_SMALL: Final = re.compile(r"(?<![\w'’.-])[^\W\d_]+(?![\w'’.-])")


def spelt(value: str, form: Known) -> str:
    """A place whose words in small letters, and whose province, are as they are spelt where only marks differ."""
    value = _SHORTENED.sub(r"\1. ", value)
    value = _SMALL.sub(lambda word: _word(word[0], form), value)
    before, sign, last = value.rpartition(",")
    told = _LAST.fullmatch(last)
    if not sign or told is None or plain(told[2]) in form.provinces:
        return value
    alike = {name for name in form.spelt_provinces if fold(name) == fold(told[2])}
    return f"{before}{sign}{told[1]}{alike.pop()}" if len(alike) == 1 else value


def has_strange_word(value: str, form: Known) -> bool:
    """Whether a place has a word in small letters that no address has: a letter of it was misread."""
    return any(word.islower() and word not in form.place_words for word in _SMALL.findall(value))


def _word(text: str, form: Known) -> str:
    """A word in small letters as addresses have it, where only one of theirs has these letters."""
    if not text.islower() or text in form.place_words:
        return text
    alike = [word for word in form.place_words if _unmarked(word) == _unmarked(text)]
    return alike[0] if len(alike) == 1 else text


def _unmarked(word: str) -> str:
    """A word without accents; d and đ are two letters, and one is seldom misread as the other."""
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
