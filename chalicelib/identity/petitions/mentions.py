"""Where a petition may mean an officer: their name, a part of it, initials, or a title before their given name. Pure.

A doubtful likeness is one: it shuts somebody out whom it may not concern, and a colleague deals with it. Texts are in
the form of `likeness`; titles are `data/titles.json`, our policy.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from chalicelib.identity.petitions.likeness import disguised_in, says_name, words_in

_LEAST_INITIALS: Final = 3
"""Letters of which a word of initials has as many or more: two stand for too many people."""
_LEAST_WITHIN: Final = 3
"""Letters of a given name from which on it is looked for among letters with gaps."""
_TOKEN: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = 3
"""Words of the name, and single letters, that stand between a title and a given name at most."""
_LONGEST: Final = 4
"""Words that a name has at most, its family name first."""


class _Titles(msgspec.Struct, frozen=True):
    source: str
    titles: tuple[str, ...]
    families: tuple[str, ...]
    offices: tuple[str, ...]


class _Word(NamedTuple):
    """A word in the form of `likeness`, the accents that were written in it, and whether it begins as names do."""

    plain: str
    accents: str
    is_great: bool


@cache
def _read() -> _Titles:
    return msgspec.json.decode((Path(__file__).parent / "data" / "titles.json").read_bytes(), type=_Titles)


@cache
def titles() -> tuple[tuple[str, ...], ...]:
    """The titles as words in the form of `likeness`, the longest first."""
    return tuple(sorted({tuple(words_in(each)) for each in _read().titles}, key=lambda each: (-len(each), each)))


def without_titles(words: Sequence[str]) -> list[str]:
    """The words but for titles; all of them where nothing else is left, as a title is somebody's name too."""
    kept, at = list[str](), 0
    while at < len(words):
        title = _title_at(words, at)
        kept += [] if title else [words[at]]
        at += len(title) or 1
    return kept or list(words)


def meant_by(said: str, name: str) -> str:
    """By which words of a text that names an officer this one may be meant; nothing where by none.

    All of their name or a part of it, their given name beside whatever else, or their initials. A namesake is told from
    them by another family name and no other word of theirs, where capitals show where that name begins and ends.
    """
    whole = words_in(name)
    if not whole:
        return ""
    if says_name(said, name):
        return " ".join(whole)
    anothers = sum(each.count(whole[-1]) for each in _names_in(_spoken(said)) if _is_anothers(each, whole))
    for words in (words_in(said), disguised_in(said)):
        rest = without_titles(words)
        if rest and set(rest) <= set(whole):
            return " ".join(rest)
        if found := _given_in(rest, whole, anothers):
            return found
    return ""


def told_of(text: str, name: str) -> str:
    """By which words of what a person tells an officer may be meant: the whole name, or a title and the given name."""
    whole = words_in(name)
    if not whole:
        return ""
    if len(whole) > 1 and says_name(text, name):
        return " ".join(whole)
    return next(_titled(_spoken(text), whole), "")


def tells_of_anyone(text: str, own: str) -> bool:
    """Whether a person tells of somebody: a name that is not their own, or one word of a name after a title.

    Where nothing shows which words are names, as none or all have capitals, whatever stands after a title may be one.
    """
    words, mine = _spoken(text), set(words_in(own))
    if any(not set(each) <= mine for each in _names_in(words)):
        return True
    is_clear = _is_clear(words)
    return any(_is_name(words, at, mine, is_clear=is_clear) for at in _after_titles(words))


def _title_at(words: Sequence[str], at: int) -> tuple[str, ...]:
    return next((each for each in titles() if tuple(words[at : at + len(each)]) == each), ())


def _spoken(text: str) -> list[_Word]:
    """The words of a text that runs on, with their accents: `có nghĩa` is no `cô Nghĩa`, what has none may be both."""
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    tokens = _TOKEN.findall(seen)
    return [_Word(word, _accents(each), each[0].isupper()) for each in tokens for word in disguised_in(each)]


def _is_clear(words: Sequence[_Word]) -> bool:
    """Whether capitals show which words are names: some begin with one, and some do not."""
    return len({each.is_great for each in words}) > 1


def _names_in(words: Sequence[_Word]) -> Iterator[tuple[str, ...]]:
    """The names of a text: a family name and the words after it that begin with a capital, but for titles.

    None of a text in which all words do, or none: nothing shows there where a name ends.
    """
    if not _is_clear(words):
        return
    for at, first in enumerate(words):
        if first.is_great and first.plain in _families():
            end = at + 1
            while end < min(at + _LONGEST, len(words)) and words[end].is_great and not _spoken_title_at(words, end):
                end += 1
            if end > at + 1:
                yield tuple(each.plain for each in words[at:end])


def _is_anothers(name: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether a name is that of a namesake: no word of it but the given name is one of the officer's."""
    return set(name) & set(whole) == {whole[-1]}


def _after_titles(words: Sequence[_Word]) -> Iterator[int]:
    """Where a word stands that is no title, after one."""
    at, was_title = 0, False
    while at < len(words):
        title = _spoken_title_at(words, at)
        if was_title and not title:
            yield at
        was_title, at = bool(title), at + (len(title) or 1)


def _is_name(words: Sequence[_Word], at: int, own: AbstractSet[str], *, is_clear: bool) -> bool:
    plain = [each.plain for each in words[at : at + 2]]
    is_office = any(tuple(plain[: len(each)]) == each for each in _offices())
    return not is_office and plain[0] not in own and (words[at].is_great or not is_clear)


@cache
def _families() -> frozenset[str]:
    return frozenset(word for each in _read().families for word in words_in(each))


@cache
def _offices() -> frozenset[tuple[str, ...]]:
    """The words, two at most, with which the name of an office or a place begins, as it may stand after a title."""
    return frozenset(tuple(words_in(each)) for each in _read().offices)


def _accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) == "Mn")


def _spoken_title_at(words: Sequence[_Word], at: int) -> tuple[str, ...]:
    for title, accents in _accented().items():
        said = words[at : at + len(title)]
        if tuple(each.plain for each in said) == title and all(
            each.accents in ("", accent) for each, accent in zip(said, accents, strict=True)
        ):
            return title
    return ()


@cache
def _accented() -> dict[tuple[str, ...], list[str]]:
    """The titles, each with the accents of its words; of two that are one without accents the one listed last."""
    known = {tuple(words_in(each)): [_accents(word) for word in _TOKEN.findall(each)] for each in _read().titles}
    return {each: known[each] for each in titles()}


def _given_in(words: Sequence[str], whole: Sequence[str], anothers: int) -> str:
    """The given name among words, also with gaps between its letters; or the initials of the whole name.

    `anothers`: how often it stands in the names of others.
    """
    given, runs = whole[-1], list(_runs(words))
    if not given.isalpha():
        return ""  # the number of an account is no given name
    if words.count(given) > anothers or (len(given) >= _LEAST_WITHIN and any(given in run for run in runs)):
        return given
    initials = "".join(each[0] for each in whole)
    is_said = len(initials) >= _LEAST_INITIALS and initials in (*words, *runs)
    return initials if is_said else ""


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Single letters that stand beside each other, as one word."""
    run = ""
    for each in (*words, ""):
        if len(each) == 1:
            run += each
            continue
        if len(run) > 1:
            yield run
        run = ""


def _titled(words: Sequence[_Word], whole: Sequence[str]) -> Iterator[str]:
    """The titles that stand before the given name, with words or initials of the whole name between them."""
    given, known = whole[-1], {*whole, *(each[0] for each in whole)}
    for at in range(len(words)):
        if not (title := _spoken_title_at(words, at)):
            continue
        after = [each.plain for each in words[at + len(title) : at + len(title) + _BETWEEN + len(given)]]
        for place, each in enumerate(after):
            if each == given or "".join(after[place : place + len(given)]) == given:
                yield " ".join((*title, given))
            if place >= _BETWEEN or each not in known:
                break
