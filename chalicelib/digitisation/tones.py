"""The dot below a vowel that went with the dots of a leader, put back where the language has no syllable without it.

A syllable that ends in c, ch, p or t has an acute accent or a dot below, never no tone: what stands on a leader and
has none has lost its dot. An accent above is not lost so; a hook over a circumflex is easily taken for one. Pure.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Final

_BEGINS: Final = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
_VOWEL: Final = r"(?:iê|yê|uyê|uô|ươ|oa|oă|uâ|uê|uy|[aăâeêioôơuưy])"
_STOPPED: Final = re.compile(rf"({_BEGINS})({_VOWEL})(ch|[cpt])", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DOT_BELOW: Final = "\u0323"
_HOOKED: Final = str.maketrans("ấếố", "ẩểổ")
_STOPS: Final = ("c", "ch", "k", "p", "t")


def with_dots_below(text: str) -> str:
    """A text on a leader whose syllables have the tone that they cannot be without: "Viêt Nam", "khu vưc"."""
    return _LETTERS.sub(lambda word: _dotted(word[0]), text)


def has_unsure_hook(text: str, known: AbstractSet[str]) -> bool:
    """Whether a word may have had a hook where an accent was read: "Cấm" for "Cẩm", "biến" for "biển".

    Over a circumflex the two are one stroke, and the recogniser is as sure of the wrong one. A syllable that ends in c,
    ch, k, p or t has no hook, and a word that is `known`, in small letters, is none where its other is known too.
    """
    for word in _LETTERS.findall(unicodedata.normalize("NFC", text).casefold()):
        other = word.translate(_HOOKED)
        if other != word and not word.endswith(_STOPS) and (word not in known or other in known):
            return True
    return False


def _dotted(word: str) -> str:
    found = _STOPPED.fullmatch(word)
    if found is None:
        return word
    before, vowel, end = found.groups()
    return unicodedata.normalize("NFC", f"{before}{vowel}{_DOT_BELOW}{end}")
