"""Values in running text: "… cho ông Lò Văn An, sinh ngày 05/03/1987, dân tộc Thái, trú tại bản Nà Lốc; …".

What a value is called stands before it without a colon, at the beginning of a phrase. Running text is what wraps.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from rapidfuzz import fuzz, process

from chalicelib.digitisation.cells import Cell, wrapped
from chalicelib.digitisation.labels import NUMBERING, Known, Rule, is_caption, plain
from chalicelib.digitisation.meaning import PLACES
from chalicelib.digitisation.model import Word

_ALIKE: Final = 92.0
_INDENT: Final = 5.0
"""Heights of a line that the first line of a paragraph is indented, at most."""
_PARAGRAPH: Final = 4
"""Words of the first line of a paragraph that runs on, at least: less is a cell of a table."""
_NEXT: Final = 1.3
_LONGEST: Final = 12
"""Words of a value of known form, at most."""
_LONGEST_NAME: Final = 8
_APPOSED: Final = 7
"""Words behind a name that may say whose it is: "…, người ủy quyền"."""
_ENDS: Final = (",", ";", ":", ".", "(")
_LEADS: Final = frozenset((
    "và", "của", "cho", "là", "có", "gồm", "với", "do", "bà", "ông", "bởi", "tên", "việc", "đối", "vào", "hiện", "mang",
))  # fmt: skip
"""Words that a phrase begins behind without a comma."""
_FILLERS: Final = frozenset(("số", "là", "tại", "ngày", "tên", "ở", "trong"))
"""Words between what a value is called and the value."""
_AT: Final = frozenset(("là", "tại", "ở"))
_TOLD_OF: Final = frozenset(("day_of_birth", "year_of_birth", "identity"))
_SHORTENED: Final = re.compile(r"(?i)(tp|tx|tt|q|p|h|kp|x|t|tdp|đ|[a-zđ])\.,?")


def spoken(
    cells: Sequence[Cell], form: Known, given: AbstractSet[str], owners: Mapping[int, str]
) -> Iterator[tuple[str, list[Word]]]:
    """Yield the name and the words of each value that running text says, but of those that are given.

    `owners` has the field that a word was given to, by its `id`: the text goes on about whom a label named.
    """
    for words in _paragraphs(cells):
        told = _Told(words, form, set(given), owners)
        yield from told.values()


def _paragraphs(cells: Sequence[Cell]) -> Iterator[list[Word]]:
    """The words of each paragraph: cells one below the other of which each fills its line."""
    edge = max((cell.box[2] for cell in cells), default=0)
    taken: set[int] = set()
    for number, cell in enumerate(cells):
        if number in taken or is_caption(cell.words):
            continue
        words, last = list(cell.words), cell
        for after in range(number + 1, len(cells)):
            if cells[after].row > last.row + 1:
                break
            if _runs_on(last, cells[after], cell, edge):
                last = cells[after]
                words += last.words
                taken.add(after)
        yield words


def _runs_on(last: Cell, following: Cell, first: Cell, edge: int) -> bool:
    """Whether a paragraph runs on in a cell."""
    if (
        len(first.words) < _PARAGRAPH
        or following.row != last.row + 1
        or following.box[1] - last.box[3] > _NEXT * last.height
    ):
        return False
    indent = last.box[0] - following.box[0]
    level = -1.5 * last.height <= indent <= (_INDENT if last is first else 1.5) * last.height
    return level and wrapped(last, following, edge)


class _Told:
    """A paragraph that is gone through once, from its first word."""

    def __init__(self, words: list[Word], form: Known, given: set[str], owners: Mapping[int, str]) -> None:
        self._words, self._form, self._given, self._owners = words, form, given, owners
        self._part = ""
        self._unsure: dict[str, list[Word]] = {}

    def values(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield the values in the order of the text; at its end persons of whom nothing else was told."""
        at = 0
        while at < len(self._words):
            self._part = self._part_given(self._words[at]) or self._part
            found = self._called(at) if self._begins(at) else None
            rule = self._meant(*found) if found is not None else None
            words = self._value(rule, found[1]) if found is not None and rule is not None else []
            if found is None or rule is None or not words:
                at += 1
                continue
            yield from self._given_by(rule, words, at)
            at = found[1] + len(words)
        yield from ((name, words) for name, words in self._unsure.items() if name not in self._given)

    def _given_by(self, rule: Rule, words: list[Word], at: int) -> Iterator[tuple[str, list[Word]]]:
        """A value, and the person that it is told of: whose name stands just before it."""
        if rule.shape == "person":
            given = self._part_given(words[0])
            self._part = given or rule.part
            if not given:
                self._unsure.setdefault(rule.name, words)
            return
        whose = next((other for other in self._form.rules if _is_subject(other, rule)), None)
        if whose is not None and whose.name not in self._given and (name := _name_before(self._words[:at])):
            self._given.add(whose.name)
            yield whose.name, name
        if rule.name not in self._given:
            self._given.add(rule.name)
            yield rule.name, words

    def _part_given(self, word: Word) -> str:
        """The part of the person whose name, given already, a word belongs to; empty for any other word."""
        name = self._owners.get(id(word), "")
        return next((rule.part for rule in self._form.rules if rule.name == name and rule.shape == "person"), "")

    def _begins(self, at: int) -> bool:
        """Whether a phrase begins at a word."""
        if at == 0:
            return True
        before = self._words[at - 1].text
        return before.endswith(_ENDS) or plain(before) in _LEADS or NUMBERING.fullmatch(before) is not None

    def _called(self, at: int) -> tuple[tuple[Rule, ...], int] | None:
        """The rules of the longest name that a phrase begins with, and where its value begins."""
        for length, names in self._form.phrased.items():
            if at + length >= len(self._words):
                continue
            said = plain(" ".join(word.text for word in self._words[at : at + length]))
            cutoff = _ALIKE if length > 1 else 100
            found = process.extractOne(said.strip("(,"), names, scorer=fuzz.ratio, score_cutoff=cutoff)
            if found is None or not _ends_alike(said, found[0]):
                continue
            rules = dict.fromkeys((*self._form.spoken.get(found[0], ()), *self._form.names.get(found[0], ())))
            start = at + length
            whole = any(rule.called in PLACES for rule in rules)  # "số nhà 76" is a place
            while start < len(self._words) - 1 and self._words[start].text in (_AT if whole else _FILLERS):
                start += 1
            return tuple(rules), start
        return None

    def _meant(self, rules: Sequence[Rule], start: int) -> Rule | None:
        """Of several rules the one whose part is told beside it, or was told last; a person is the next of those."""
        left = [rule for rule in rules if rule.name not in self._given]
        if rules[0].shape == "person":
            left = [rule for rule in left if rule.name not in self._unsure]
            apposed = plain(" ".join(word.text for word in self._words[start : start + _LONGEST_NAME + _APPOSED]))
            told = [(apposed.find(f", {name}"), part) for name, part in self._form.parts.items()]
            near = min(((place, part) for place, part in told if place >= 0), default=None)
            if near is not None and (named := [rule for rule in left if rule.part == near[1]]):
                return named[0]
            return left[0] if left else None
        same = [rule for rule in rules if rule.part == self._part]
        if same and same[0].name in self._given and left:
            self._part = left[0].part  # told of somebody else now
            return left[0]
        return same[0] if same else (left or list(rules))[0]

    def _value(self, rule: Rule, start: int) -> list[Word]:
        words = self._words[start:]
        if rule.pattern:
            return _of_form(rule, words)
        if rule.shape == "person":
            return _name(words)
        return self._phrase(start, within=rule.shape == "lines")

    def _phrase(self, start: int, *, within: bool) -> list[Word]:
        """The words up to the end of the phrase; commas are `within` what may run on, such as a place."""
        words = self._words
        for at in range(start, len(words)):
            text = words[at].text
            if at > start and text.startswith("("):
                return list(words[start:at])  # "(sau đây gọi là Bên A)"
            ended = text.endswith((";", ":")) or (text.endswith(".") and _SHORTENED.fullmatch(text) is None)
            if text.endswith(","):
                ended = not within or self._new_phrase(at + 1)
            if ended or at == len(words) - 1:
                return list(words[start : at + 1])
        return []

    def _new_phrase(self, at: int) -> bool:
        """Whether something else is told from a word behind a comma."""
        if at >= len(self._words):
            return True
        word = self._words[at].text
        return self._called(at) is not None or (word[:1].islower() and plain(word).strip(",.") not in self._form.units)


def _ends_alike(said: str, name: str) -> bool:
    """Whether a text ends as the name of a side that it is like: "cư trú tại bon Bu" is no "cư trú tại bên B"."""
    side = name.rsplit(" ", 1)[-1]
    return not (len(side) == 1 and side.isascii()) or said.strip("(,.;)").rsplit(" ", 1)[-1] == side


def _of_form(rule: Rule, words: Sequence[Word]) -> list[Word]:
    """As many of the words as fit the pattern of a rule."""
    joint = "" if rule.shape == "number" else " "
    for count in range(min(_LONGEST, len(words)), 0, -1):
        said = joint.join(word.text for word in words[:count]).strip(" .,;:()")
        if re.fullmatch(rule.pattern, said):
            return list(words[:count])
    return []


def _name(words: Sequence[Word]) -> list[Word]:
    """The words of a person's name: each begins with a capital, the last may have a comma behind it."""
    found: list[Word] = []
    for word in words[:_LONGEST_NAME]:
        if not word.text[:1].isupper():
            break
        found.append(word)
        if word.text.endswith(_ENDS):
            break
    return found if len(found) > 1 or (found and "'" in found[0].text) else []


def _name_before(words: Sequence[Word]) -> list[Word]:
    """The name that ends in a comma at the end of the words: "… cho Lò Thị Mai, "."""
    if not words or not words[-1].text.endswith(","):
        return []
    found: list[Word] = []
    for word in words[: -_LONGEST_NAME - 1 : -1]:
        if not word.text[:1].isupper() or (found and word.text.endswith(_ENDS)):
            break
        found.insert(0, word)
    return found if len(found) > 1 else []


def _is_subject(person: Rule, rule: Rule) -> bool:
    """Whether a rule says when or with which number the person of another was born."""
    return (person.shape, person.called, person.part) == ("person", "person", rule.part) and rule.called in _TOLD_OF


def sentence(words: list[Word]) -> list[Word]:
    """The words of a value in running text, up to the end of its sentence."""
    for number, word in enumerate(words, 1):
        if word.text.endswith(";") or (word.text.endswith(".") and _SHORTENED.fullmatch(word.text) is None):
            return words[:number]
    return words
