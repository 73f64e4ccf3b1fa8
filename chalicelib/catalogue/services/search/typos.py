"""What a syllable may have meant: a Telex key left over, a wrong key, a letter lost, a sound spelt another way."""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.catalogue.procedures.words import syllable

_TELEX_LETTERS: Final = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
_TELEX_TONES: Final = "sfrxj"
# Spellings that dialects sound alike.
_SOUNDS: Final = (
    (re.compile(r"^(tr|ch)"), "c"),
    (re.compile(r"^(gi|r|d)"), "d"),
    (re.compile(r"^(x|s)"), "s"),
    (re.compile(r"^(l|n(?!g|h))"), "l"),
    (re.compile(r"^ngh"), "ng"),
    (re.compile(r"^gh"), "g"),
    (re.compile(r"^(qu|k)"), "k"),
    (re.compile(r"y$"), "i"),
)
_MOST: Final = 6
_SHORTEST_FOR_A_SLIP: Final = 3


class Spelling:
    """The syllables that the catalogue uses, and which of them a misspelt one may be."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._frequency = dict(frequency)
        self._known = sorted(frequency)
        self._sounds: dict[str, list[str]] = {}
        for plain in self._known:
            self._sounds.setdefault(_sound(plain), []).append(plain)
        self.slips = functools.lru_cache(maxsize=4_096)(self._slips)
        self.completions = functools.lru_cache(maxsize=4_096)(self._completions)

    def knows(self, plain: str) -> bool:
        """Whether some name has this syllable."""
        return plain in self._frequency

    def _slips(self, plain: str) -> tuple[str, ...]:
        """Known syllables one slip away: first Telex keys that were left over, then sounds, then one letter."""
        telex = [known for form in _without_telex(plain) if (known := syllable(form).plain) in self._frequency]
        if telex:
            return tuple(telex)
        sounds = [known for known in self._sounds.get(_sound(plain), []) if known != plain]
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near: Iterable[str] = ()
        if len(plain) >= _SHORTEST_FOR_A_SLIP:
            found = process.extract(plain, self._known, scorer=OSA.distance, score_cutoff=1, limit=None)
            near = sorted((known for known, distance, _ in found if distance), key=self._most_used)
        return tuple(dict.fromkeys([*sounds, *near]))[:_MOST]

    def _completions(self, plain: str) -> tuple[str, ...]:
        """Known syllables that begin so, the most used first."""
        longer = (known for known in self._known if known.startswith(plain) and known != plain)
        return tuple(sorted(longer, key=self._most_used))

    def _most_used(self, plain: str) -> tuple[int, str]:
        return -self._frequency[plain], plain


def _without_telex(plain: str) -> list[str]:
    """The syllable as Telex would have finished it: "keets" is "ket", "tuwr" is "tu"."""
    body = plain[:-1] if plain[-1:] in _TELEX_TONES else plain
    forms = []
    for start in (plain, body):
        form = start
        for keys, letter in _TELEX_LETTERS:
            form = form.replace(keys, letter)
        forms.append(form)
    return [form for form in dict.fromkeys([*forms, body]) if form and form != plain]


def _sound(plain: str) -> str:
    for pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    return plain
