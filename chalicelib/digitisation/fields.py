"""Step 2 of digitisation, the extraction of data (Circular 01/2023, Article 7): values found by their labels.

A value stands behind its label, beside it in the next cell, or below it; in running text behind what it is called
(`prose.py`), and seldom without a name. Tone marks are what reading gets wrong, and names are made of them: a personal
name always goes to an officer.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.digitisation import cards
from chalicelib.digitisation.cells import Cell, cells_of, joined_labels
from chalicelib.digitisation.headings import under_headings
from chalicelib.digitisation.labels import NUMBERING, Hit, Known, Rule, is_caption, is_loud, kinds, known, plain
from chalicelib.digitisation.lines import on_leaders
from chalicelib.digitisation.meaning import meant
from chalicelib.digitisation.model import Field, PageText, Word
from chalicelib.digitisation.neighbours import Neighbours
from chalicelib.digitisation.prose import sentence, spoken
from chalicelib.digitisation.spreads import TWO_PAGES, is_spread
from chalicelib.digitisation.values import (
    BAD_FORMAT,
    DOUBTFUL,
    LOW_CONFIDENCE,
    NOT_FOUND,
    PERSONAL_NAME,
    field_of,
    fits,
    fitting,
    is_of_law,
)
from chalicelib.digitisation.whose import of_the_right_one

__all__ = ["BAD_FORMAT", "DOUBTFUL", "LOW_CONFIDENCE", "NOT_FOUND", "PERSONAL_NAME", "extract", "kinds"]

_SAME_ROW: Final = 1.5
"""Heights of a line that the headings of two parts side by side differ at most."""
_REST: Final = 3
"""Words that a label goes on with behind its name, at most."""
_WHOLE_PAPER: Final = 40
"""Words of a paper that is read as a whole; the least of ours, a card, has as many."""
_FAMILIAR: Final = 0.5
_NUMBER_OF: Final = re.compile(r"^[Ss]ố[:.]?(?=\d)")
_SERIAL: Final = re.compile(r"([A-ZĐ]{1,2})(\d{6,8})")
_LONGEST_ALONE: Final = 7
"""Words of a value that stands without a label, at most: a date in words is six."""


def extract(kind: str, pages: Sequence[PageText]) -> tuple[Field, ...]:
    """Find every field of a kind of paper, in the order of the form; a field that is not there comes back empty.

    Its confidence is that of its weakest word.

    Raises:
        KeyError: a kind without labels.
    """
    form = known(kind)
    found: dict[str, tuple[int, Given]] = {}
    sheets = [_Sheet(page, form) for page in pages]
    clashing: set[str] = set()
    for way in (_Sheet.values, _Sheet.said, _Sheet.alone, _Sheet.hinted, _Sheet.doubted):
        for number, sheet in enumerate(sheets):
            for given in way(sheet):
                first = found.setdefault(given.name, (number, given))[1]
                if given.alone and not first.alone:  # the label of nobody else says another
                    found[given.name] = (number, given)
                    clashing.add(given.name)
    fields = [
        field_of(
            rule,
            number,
            given.words,
            form,
            surely=given.surely,
            several=given.several,
            touched=any(
                leader for _, leader in on_leaders(given.words, (*pages[number].leaders, *pages[number].touched))
            )
            if given.words
            else False,
        )
        for rule in form.rules
        for number, given in (found.get(rule.name, (0, Given(rule.name, []))),)
    ]
    unnamed = {name for name, (_, given) in found.items() if not (given.alone or given.named)}
    fields = of_the_right_one(fields, form, clashing, unnamed)
    if _is_unfamiliar(fields, sum(len(page.words) for page in pages)):
        fields = [replace(field, needs_review=True, reason=field.reason or DOUBTFUL) for field in fields]
    if any(map(is_spread, pages)):
        fields = [replace(field, needs_review=True, reason=field.reason or TWO_PAGES) for field in fields]
    codes = [code for page in pages for code in page.codes] if kind == cards.KIND else []
    return cards.checked(fields, cards.said_by(codes))


def _is_unfamiliar(fields: Sequence[Field], words: int) -> bool:
    """Whether a paper calls its values otherwise than we know: less than half are found."""
    good = sum(field.reason not in {NOT_FOUND, BAD_FORMAT} for field in fields)
    return words >= _WHOLE_PAPER and good < _FAMILIAR * len(fields)


class Given(NamedTuple):
    """The words that stand for a field.

    `surely` where its label is called so, and not only told by its words; `several` where others stand below it;
    `alone` where no other field has its label; `named` where its part was opened by its name, a heading or a label.
    """

    name: str
    words: list[Word]
    surely: bool = True
    several: bool = False
    alone: bool = False
    named: bool = False


class _Sheet:
    """The cells of one page with the labels in them."""

    def __init__(self, page: PageText, form: Known) -> None:
        self._form = form
        self._cells = under_headings(joined_labels(list(cells_of(page, form)), form), form)
        self._near = Neighbours(self._cells, form)
        self._opened: dict[str, Cell] = {}
        self._named: set[str] = set()
        self._parts = {rule.name: rule.part for rule in form.rules}
        self._given: set[str] = set()
        self._doubted: dict[str, Given] = {}
        self._used: set[int] = set()
        self._owners: dict[int, str] = {}
        self._mixed = False

    def values(self) -> Iterator[Given]:
        """Yield the value of every label that has one which it may be, row by row."""
        for number, cell in enumerate(self._cells):
            for position, hit in enumerate(cell.hits):
                yield from self._in_columns(number, hit) or self._labelled(number, position, hit)

    def said(self) -> Iterator[Given]:
        """Yield what running text says, for fields that no label gave."""
        if self._given >= self._parts.keys():
            return
        for name, words in spoken(self._cells, self._form, self._given, self._owners):
            doubted = self._doubted.get(name)
            rule = next(rule for rule in self._form.rules if rule.name == name)
            if (
                not fits(rule, words, self._form)
                or id(words[0]) in self._used
                or (doubted is not None and words[0] in doubted.words)
            ):
                continue
            yield self._take(Given(name, words))

    def alone(self) -> Iterator[Given]:
        """Yield what fits the pattern of a field that may do without a label, from the top."""
        for rule in self._form.rules:
            if rule.alone and rule.name not in self._given:
                found = ((cell, words) for cell in self._cells for words in _fitting(cell, rule))
                if (first := next(found, None)) is not None:
                    yield self._take(Given(rule.name, first[1], several=not _is_by_itself(*first)))

    def hinted(self) -> Iterator[Given]:
        """Yield what stands beside or below a text that is no label we know and means one."""
        for number, cell in enumerate(self._cells):
            if (
                any(hit.rules for hit in cell.hits)
                or is_caption(cell.words)
                or _is_title(cell)
                or any(id(word) in self._used for word in cell.words)
            ):
                continue
            told = self._person_of(cell) or meant(cell.words, self._form).rules
            rules = [rule for rule in told if rule.name not in self._given]
            rule = self._of_part(rules, cell) if rules else None
            if rule is None:
                continue
            for words in self._near.values_of(number, rule, []):
                if not self._taken(words) and fits(rule, words, self._form):
                    # which of several people was open there is not known any more
                    yield self._take(Given(rule.name, words, surely=False, several=len(told) > 1))
                    break

    def doubted(self) -> Iterator[Given]:
        """Yield what stands where a value should, and cannot be one as it was read."""
        yield from self._doubted.values()

    def _person_of(self, cell: Cell) -> tuple[Rule, ...]:
        """Whom the heading of a part may mean: "Người mẹ", with her name below it."""
        part = next((hit.part for hit in cell.hits), None)
        return tuple(rule for rule in self._form.rules if part and rule.part == part and rule.shape == "person")

    def _taken(self, words: Sequence[Word]) -> bool:
        return not words or any(id(word) in self._used for word in words)

    def _take(self, given: Given) -> Given:
        if given.name in self._doubted:  # a label has another, which does not fit as it was read
            given = given._replace(several=True)
        given = given._replace(named=given.named or self._parts[given.name] in self._named)
        self._given.add(given.name)
        self._used.update(map(id, given.words))
        self._owners.update(dict.fromkeys(map(id, given.words), given.name))
        return given

    def _labelled(self, number: int, position: int, hit: Hit) -> Iterator[Given]:
        """The value of a label."""
        cell = self._cells[number]
        rule = self._meant(hit, cell)
        if rule is None:
            return
        following = cell.hits[position + 1] if position + 1 < len(cell.hits) else None
        words = list(cell.words[hit.end : _value_end(cell, hit, following)])
        words = [] if is_caption(words) else words  # "BÊN ỦY QUYỀN (sau đây gọi là Bên A)"
        words = [] if following is None and self._is_label(cell, hit, words) else words
        found = [words] if following is not None else list(self._near.values_of(number, rule, words))
        if hit.start > 1 and not position and rule.shape == "lines":
            found = [sentence(words) for words in found]
        for words in found:
            if (value := fitting(rule, words, self._form)) and not self._taken(value):
                plainly = position > 0 or (hit.start <= 1 and len(value) == len(words))
                plainly &= rule.pattern != "" or rule.one_of != "" or self._near.is_whole(number, rule, value)
                several = (self._mixed and rule.part != "") or self._near.is_list(
                    cell, value, lambda other: fits(rule, other, self._form)
                )
                alone = len(hit.rules) == 1
                yield self._take(Given(rule.name, value, plainly and not hit.told, several, alone=alone))
                return
        if found and found[0] and not hit.told and (rule.shape != "person" or _may_name(found[0])):
            self._doubted.setdefault(rule.name, Given(rule.name, found[0]))

    def _is_bare(self, rules: Sequence[Rule]) -> bool:
        """Whether of parts that were opened one after the other nothing was told yet: their fields take turns then."""
        parts = {rule.part for rule in rules}
        told = (rule for rule in self._form.rules if rule.part in parts and rule.shape != "person")
        return not any(rule.name in self._given or rule.name in self._doubted for rule in told)

    def _is_label(self, cell: Cell, hit: Hit, rest: Sequence[Word]) -> bool:
        """Whether what stands behind a label without a colon goes on with it: "Trọng lượng sơ sinh"."""
        if not 0 < len(rest) <= _REST or cell.words[hit.end - 1].text.endswith(":"):
            return False
        first = rest[0].text
        return first[:1].islower() and plain(first).strip(",.") not in self._form.units

    def _in_columns(self, number: int, hit: Hit) -> list[Given]:
        """The values of a row of a table that has a column for each part, by its heading."""
        cell = self._cells[number]
        parts = {rule.part: rule for rule in hit.rules if rule.part in self._opened}
        if len(parts) < 2 or hit.end < len(cell.words):  # noqa: PLR2004 - two columns at least
            return []
        heads = {part: self._opened[part] for part in parts}
        tops = [head.box[1] for head in heads.values()]
        beside = [other for other in self._cells if other.row == cell.row and other.box[0] > cell.box[2]]
        if max(tops) - min(tops) > cell.height or any(other.hits for other in beside):
            return []
        found: dict[str, Given] = {}
        for other in beside:
            part = min(heads, key=lambda each: _apart(heads[each], other))
            words = self._near.run_on(number, parts[part], other)
            if part not in found and fits(parts[part], words, self._form):
                found[part] = Given(parts[part].name, words, surely=not hit.told)
        return [self._take(given) for given in found.values()]

    def _meant(self, hit: Hit, cell: Cell) -> Rule | None:
        """Of several rules with one name of a label the one of the part that is open here; a part is opened by it.

        What opens a part anew is the person of the next: "Họ, chữ đệm, tên", twice.
        """
        if not hit.rules:
            self._opened[hit.part] = cell
            self._named.add(hit.part)
            return None
        rule = hit.rules[0] if len(hit.rules) == 1 else self._of_part(hit.rules, cell)
        if rule is not None and rule.part and (len(hit.rules) == 1 or rule.shape == "person"):
            self._opened[rule.part] = cell
            if len(hit.rules) == 1 and not hit.told:
                self._named.add(rule.part)
        return rule

    def _of_part(self, rules: Sequence[Rule], cell: Cell) -> Rule | None:
        left = [rule for rule in rules if rule.name not in self._given and rule.name not in self._doubted]
        if rules[0].shape == "person" and not left:
            return None
        chosen = left if rules[0].shape == "person" else list(rules)
        opened = [rule for rule in chosen if rule.part in self._opened]
        if not opened:
            return next((rule for rule in (*left, *chosen) if not rule.part), (left or chosen)[0])
        last = max((self._opened[rule.part] for rule in opened), key=lambda each: each.box[1])
        beside = [rule for rule in opened if _is_beside(self._opened[rule.part], last, cell.height)]
        if len(beside) == 1 and len(opened) > 1 and left and (self._mixed or self._is_bare(opened)):
            self._mixed = True
            return min(left, key=lambda rule: list(self._opened).index(rule.part) if rule in opened else 0)
        nearest = min(beside, key=lambda rule: abs(self._opened[rule.part].box[0] - cell.box[0]))
        return nearest if nearest in left else next((rule for rule in left if not rule.part), nearest)


def _is_beside(one: Cell, other: Cell, height: int) -> bool:
    """Whether two headings stand side by side, and not one below the other."""
    below = other.box[1] - one.box[1]
    return one is other or (below <= _SAME_ROW * height and abs(other.box[0] - one.box[0]) > height)


def _may_name(words: Sequence[Word]) -> bool:
    """Whether words could be a name that was misread: a number of a row is none, nor what goes on in small letters."""
    said = " ".join(word.text for word in words)
    return said[:1].isupper() and not any(map(str.isdigit, said)) and any(len(word.text) > 1 for word in words)


def _is_title(cell: Cell) -> bool:
    """Whether a cell says what the paper is, and no label."""
    return not cell.hits and len(cell.words) > _REST and is_loud(cell.words)


def _apart(one: Cell, other: Cell) -> float:
    """How far two cells of a column are apart: their left edges, or their middles."""
    return min(abs(one.box[0] - other.box[0]), abs(one.middle - other.middle))


def _value_end(cell: Cell, hit: Hit, following: Hit | None) -> int:
    if following is None:
        return len(cell.words)
    before = following.start - 1  # "2. Ngày sinh: 01/01/2000 3. Giới tính: Nam"
    return before if before >= hit.end and NUMBERING.fullmatch(cell.words[before].text) else following.start


def _is_by_itself(cell: Cell, words: Sequence[Word]) -> bool:
    """Whether a value without a label is what its cell is there for: "Hà Tiên, ngày 27 …", no part of a sentence."""
    at = cell.words.index(words[0])
    before = " ".join(word.text for word in cell.words[:at])
    plainly = not before or before.endswith((",", ":")) or plain(before) == "số"
    return plainly and at + len(words) == len(cell.words)


def _fitting(cell: Cell, rule: Rule) -> Iterator[list[Word]]:
    """The words of a cell that fit the pattern of a rule."""
    for first in range(len(cell.words)):
        for end in range(min(len(cell.words), first + _LONGEST_ALONE), first, -1):
            said = _NUMBER_OF.sub("", " ".join(word.text for word in cell.words[first:end]).strip(" .,;:()"))
            said = _SERIAL.sub(r"\1 \2", said) if _SERIAL.fullmatch(said) else said
            if re.fullmatch(rule.pattern, said) and not said.isdigit() and not is_of_law(said):
                yield list(cell.words[first:end])
