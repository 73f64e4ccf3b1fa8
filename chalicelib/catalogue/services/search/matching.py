"""Words against texts: SQLite's FTS5 finds and ranks them (BM25), in memory."""

import itertools
import math
import sqlite3
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Final, NamedTuple

from chalicelib.catalogue.procedures.words import Syllable
from chalicelib.catalogue.services.search.speech import Words
from chalicelib.catalogue.services.search.typos import Spelling

_TABLE: Final = (
    "CREATE VIRTUAL TABLE texts USING fts5(plain, marked, content='', tokenize='unicode61 remove_diacritics 0')"
)
_FOUND: Final = "SELECT rowid, bm25(texts, 1.0, {marked}) AS far FROM texts WHERE texts MATCH ? ORDER BY far, rowid"
# What a word with its accents earns beside the word without.
_MARKED: Final = 0.3
_MOST_COMPLETIONS: Final = 8
# What a word without accents weighs that may be one that carries nothing.
_FAINT: Final = 0.3
# A word with other accents is another word, though some leave them out.
_OTHER_ACCENT: Final = 0.5
# What was read as a slip of the keyboard may have been no slip.
_SLIPPED: Final = 0.8
# A text that answers less than this share as well as the best of its reading is no answer.
_ENOUGH: Final = 0.5
# How much of a score hangs on how much of the text was asked for. Whoever tells a whole story says the two words that
# people call a procedure, and many more; a long name has two words of any story.
_COVERED: Final = 0.6
# What is asked of a name at most, as weight of its words: nobody asks for all of a long one.
_LONG: Final = 30.0
_WHOLE: Final = 0.99
_FEW: Final = 3


class Term(NamedTuple):
    """One word of a reading: its weight, and the syllables that may stand for it, the word itself first."""

    word: Syllable
    weight: float
    forms: tuple[str, ...]


class Found(NamedTuple):
    """A text that answers: its number, how well, how well it fits; whether it has every word asked, and no other.

    It fits when it answers and is itself what was asked for: most of its own words stand in the question.
    """

    text: int
    score: float
    fit: float
    whole: bool
    same: bool


class Matcher:
    """Texts that can be asked; it never changes."""

    def __init__(self, texts: Sequence[Words], is_faint: Callable[[Syllable], bool]) -> None:
        self._is_faint = is_faint
        self._plains = [tuple(word.plain for word in text) for text in texts]
        self._marked = [tuple(word.marked for word in text) for text in texts]
        self._count = max(1, len(texts))
        seen = Counter(plain for text in self._plains for plain in set(text))
        self._rarity = {plain: math.log(1 + self._count / count) for plain, count in seen.items()}
        self._unknown = math.log(1 + self._count)
        self._weights = [sum(self._rarity[plain] for plain in set(text)) for text in self._plains]
        self._pairs = frozenset(pair for text in self._plains for pair in itertools.pairwise(text))
        self._spelling = Spelling(seen)
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._asking = Lock()  # SQLite takes several threads, the statements that Python keeps of it do not
        weakref.finalize(self, self._table.close)
        self._table.execute(_TABLE)
        rows = (
            (at, " ".join(plain), " ".join(marked))
            for at, (plain, marked) in enumerate(zip(self._plains, self._marked, strict=True))
        )
        self._table.executemany("INSERT INTO texts(rowid, plain, marked) VALUES (?, ?, ?)", rows)

    def knows(self, plain: str) -> bool:
        """Whether some text has this syllable."""
        return self._spelling.knows(plain)

    def found(
        self, reading: Words, wanted: Callable[[int], bool], *, accents: bool, beside: frozenset[int] = frozenset()
    ) -> list[Found]:
        """The wanted texts that share a word with the reading, best first, and those beside them."""
        terms = [self._term(reading, at, accents=accents) for at in range(len(reading))]
        whole = sum(term.weight for term in terms)
        if not whole:
            return []
        found: list[Found] = []
        for at, far in self._near(self._question(terms, accents=accents), wanted, beside):
            plain, marked, asked = self._shares(terms, at, accents=accents)
            near = -far / whole * marked / (plain or 1.0)
            covered = min(1.0, asked / min(self._weights[at], _LONG))
            every = marked >= whole * _WHOLE * _SLIPPED and marked >= whole * self._whole(terms, at)
            score = near * (1 - _COVERED + _COVERED * covered)
            found.append(Found(at, score, near * covered, every, every and covered > _WHOLE))
        return found

    def _near(self, question: str, wanted: Callable[[int], bool], beside: frozenset[int]) -> list[tuple[int, float]]:
        """The rows that are wanted or beside them, until one is much farther than the nearest that is wanted."""
        near: list[tuple[int, float]] = []
        nearest = None
        with self._asking:
            for at, far in self._table.execute(_FOUND.format(marked=_MARKED), (question,)):
                if at not in beside:
                    if not wanted(at):
                        continue
                    nearest = far if nearest is None else nearest
                if nearest is not None and far > _ENOUGH * nearest:
                    break
                near.append((at, far))
        return near

    def _whole(self, terms: Sequence[Term], at: int) -> float:
        """What share of the terms is all of them: of many words none may only have been read as a slip."""
        plain = self._plains[at]
        typed = all(any(form in plain and form.startswith(term.word.plain) for form in term.forms) for term in terms)
        return _WHOLE if typed or len(terms) > _FEW else _WHOLE * _SLIPPED

    def _shares(self, terms: Iterable[Term], at: int, *, accents: bool) -> tuple[float, float, float]:
        """How much weight of the terms the text has, without accents and with them; how much of its own was asked."""
        plain, marked = self._plains[at], self._marked[at]
        has = looked = 0.0
        asked: dict[str, float] = {}
        for term in terms:
            form = next((form for form in term.forms if form in plain), None)
            if form is None:
                continue
            other = accents and term.word.plain in plain and term.word.marked not in marked
            sure = _OTHER_ACCENT if other else 1.0 if form.startswith(term.word.plain) else _SLIPPED
            has += term.weight
            looked += term.weight * sure
            asked[form] = max(sure, asked.get(form, 0.0))
        return has, looked, sum(self._rarity[form] * sure for form, sure in asked.items())

    def _question(self, terms: Sequence[Term], *, accents: bool) -> str:
        """The question in FTS5's language: words, and neighbours that are neighbours in some text, each in quotes."""
        words = [form for term in terms for form in term.forms]
        pairs = [
            f"{first} {second}"
            for one, other in itertools.pairwise(terms)
            for first, second in itertools.product(one.forms, other.forms)
            if (first, second) in self._pairs
        ]
        plain = " OR ".join(map(_quoted, dict.fromkeys([*words, *pairs])))
        marked = " OR ".join(_quoted(term.word.marked) for term in terms)
        return f"plain : ({plain})" + (f" OR marked : ({marked})" if accents else "")

    def _term(self, reading: Words, at: int, *, accents: bool) -> Term:
        word = reading[at]
        if not accents and self._is_faint(word):
            return Term(word, self._rarity.get(word.plain, self._unknown) * _FAINT, (word.plain,))
        forms = tuple(dict.fromkeys([word.plain, *self._others(reading, at)]))
        if self.knows(word.plain) or len(forms) == 1:
            return Term(word, self._rarity.get(word.plain, self._unknown), forms)
        # A slip weighs what the likeliest right word weighs, not what a word that nobody writes would.
        return Term(word, max(self._rarity[form] for form in forms[1:]), forms)

    def _others(self, reading: Words, at: int) -> list[str]:
        """What the word may have been: a slip, the beginning of the last word; nothing when it fits in."""
        plain = reading[at].plain
        known = self.knows(plain)
        if known and self._fits(reading, at):
            return []
        slips = list(self._spelling.slips(plain))
        others = self._fitting(reading, at, slips) if known else slips
        if at == len(reading) - 1:
            longer = self._spelling.completions(plain)
            others += (self._fitting(reading, at, longer) or list(longer))[:_MOST_COMPLETIONS]
        return others

    def _fits(self, reading: Words, at: int) -> bool:
        """Whether some text has this word beside one of its neighbours; a word alone always fits."""
        plain = reading[at].plain
        before = [(reading[at - 1].plain, plain)] if at else []
        after = [(plain, reading[at + 1].plain)] if at + 1 < len(reading) else []
        pairs = [*before, *after]
        return not pairs or any(pair in self._pairs for pair in pairs)

    def _fitting(self, reading: Words, at: int, others: Sequence[str]) -> list[str]:
        """Those that fit where this word does not: a word may be misspelt into another word."""
        before, after = reading[:at], reading[at + 1 :]
        return [plain for plain in others if self._fits((*before, Syllable(plain, plain), *after), at)]


def _quoted(words: str) -> str:
    """A phrase of FTS5, in which nothing is an operator: what anybody types is only words."""
    return '"' + words.replace('"', '""') + '"'
