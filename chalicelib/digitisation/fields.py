"""Step 2 of digitisation, the extraction of data (Circular 01/2023, Article 7): values found by their labels.

What a label may be called, what its value looks like and when to stop is data (`data/labels.json`); a new kind of
paper is an entry there. Tone marks are what reading gets wrong, and names are made of them: a personal name always
goes to an officer.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import Final, Literal, NamedTuple

import msgspec
from rapidfuzz import fuzz

from chalicelib.digitisation.model import Field, PageText, Word

_ALIKE: Final = 86.0  # per cent; one wrong letter in seven still is the label, "lần sinh" is not "Nơi sinh"
_ALIKE_WITHOUT_COLON: Final = 92.0
_NUMBERING: Final = re.compile(r"\(?[\dIVX]{1,4}[.)]")
_EDGES: Final = " .,:;-_…"

NOT_FOUND: Final = "not_found"
BAD_FORMAT: Final = "bad_format"
PERSONAL_NAME: Final = "personal_name"
LOW_CONFIDENCE: Final = "low_confidence"


class _Rule(msgspec.Struct, frozen=True):
    """How one field is found: `anchors` are other names of its label; `lines` may run on, `number` has no blanks."""

    name: str
    label: str
    anchors: tuple[str, ...] = ()
    shape: Literal["text", "lines", "number", "person"] = "text"
    pattern: str = ""

    def called(self) -> Iterator[str]:
        """Every name of the label as it is compared."""
        return (_plain(name) for name in (self.label, *self.anchors))


class _Form(msgspec.Struct, frozen=True):
    """The fields of a kind of paper, and what begins a part that belongs to none of them."""

    fields: tuple[_Rule, ...]
    stops: tuple[str, ...]


class _Labels(msgspec.Struct, frozen=True):
    """`data/labels.json`: every kind of paper, and the confidence below which an officer must look."""

    review_below: float
    kinds: Mapping[str, _Form]


class _Known(NamedTuple):
    """A form ready to be looked for: each rule with its names, each stop as it is compared."""

    rules: tuple[tuple[_Rule, tuple[str, ...]], ...]
    stops: tuple[str, ...]
    review_below: float


type _Line = tuple[Word, ...]


class _Hit(NamedTuple):
    """A label in a line: words `start` to `end` (exclusive) are the label of `rule`."""

    start: int
    end: int
    rule: _Rule
    score: float


def kinds() -> tuple[str, ...]:
    """Return the kinds of paper whose fields are known."""
    return tuple(_labels().kinds)


def extract(kind: str, pages: Sequence[PageText]) -> tuple[Field, ...]:
    """Find every field of a kind of paper, in the order of the form; a field that is not there comes back empty.

    A value runs from its label to the next label, in shape `lines` on to the lines it was wrapped to. Its
    confidence is that of its weakest word.

    Raises:
        KeyError: a kind without labels.
    """
    form = _form(kind)
    found: dict[str, list[Word]] = {}
    for page in pages:
        for name, words in _Sheet(page, form).values():
            found.setdefault(name, words)
    return tuple(_field(rule, found.get(rule.name, []), form.review_below) for rule, _ in form.rules)


@functools.cache
def _labels() -> _Labels:
    text = (resources.files("chalicelib.digitisation") / "data" / "labels.json").read_bytes()
    return msgspec.json.decode(text, type=_Labels)


@functools.cache
def _form(kind: str) -> _Known:
    labels = _labels()
    form = labels.kinds[kind]
    rules = tuple((rule, tuple(rule.called())) for rule in form.fields)
    return _Known(rules, tuple(_plain(stop) for stop in form.stops), labels.review_below)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace(":", " ").split())


def _lines(page: PageText) -> Iterator[_Line]:
    """Yield the lines of a page; without words, from the text alone, at no confidence."""
    if not page.words:
        nowhere = (0, 0, 0, 0)
        for text in page.text.replace(" :", ":").splitlines():
            if words := tuple(Word(word, nowhere, 0.0, nowhere) for word in text.split()):
                yield words
        return
    line: list[Word] = []
    for word in page.words:
        if line and word.line_box != line[-1].line_box:
            yield tuple(line)
            line = []
        if word.text == ":" and line:  # the colon belongs to the label it follows
            line[-1] = replace(line[-1], text=f"{line[-1].text}:")
        else:
            line.append(word)
    if line:
        yield tuple(line)


def _hits(line: _Line, form: _Known) -> list[_Hit]:
    """Find the labels of a line: what ends in a colon and is called like one; without any, how the line begins."""
    hits: list[_Hit] = []
    for end in (i for i, word in enumerate(line, 1) if word.text.endswith(":")):
        floor = hits[-1].end if hits else 0
        if (best := _best(line, floor, end, form, _ALIKE)) is not None:
            hits.append(best)
    if not hits:
        first = 1 if _NUMBERING.fullmatch(line[0].text) else 0
        begins = (_best(line, first, end, form, _ALIKE_WITHOUT_COLON) for end in range(first + 2, len(line)))
        hits = [hit for hit in begins if hit is not None and hit.start == first][-1:]
    return hits


def _best(line: _Line, floor: int, end: int, form: _Known, alike: float) -> _Hit | None:
    """Return the label that best ends before word `end` and starts at `floor` or later."""
    best: _Hit | None = None
    for rule, anchors in form.rules:
        for anchor in anchors:
            start = end - len(anchor.split())
            if start < floor:
                continue
            score = fuzz.ratio(_plain(" ".join(word.text for word in line[start:end])), anchor, score_cutoff=alike)
            if score and (best is None or (score, -start) > (best.score, -best.start)):
                best = _Hit(start, end, rule, score)
    return best


class _Sheet:
    """The lines of one page with the labels in them."""

    def __init__(self, page: PageText, form: _Known) -> None:
        self._form = form
        self._lines = list(_lines(page))
        self._hits = [_hits(line, form) for line in self._lines]
        self._edge = max((line[-1].box[2] for line in self._lines), default=0)

    def values(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield the name and the words of every label that has a value, top to bottom."""
        for index, hits in enumerate(self._hits):
            for position, hit in enumerate(hits):
                following = hits[position + 1] if position + 1 < len(hits) else None
                words = list(self._lines[index][hit.end : self._value_end(index, hit, following)])
                if following is None:
                    words += self._run_on(index, hit.rule, bare=not words)
                if words:
                    yield hit.rule.name, words

    def _value_end(self, index: int, hit: _Hit, following: _Hit | None) -> int:
        line = self._lines[index]
        if following is None:
            return len(line)
        before = following.start - 1  # "2. Ngày sinh: 01/01/2000 3. Giới tính: Nam"
        return before if before >= hit.end and _NUMBERING.fullmatch(line[before].text) else following.start

    def _run_on(self, index: int, rule: _Rule, *, bare: bool) -> list[Word]:
        """Return the words of the following lines that belong to the value; a bare label owns the line below it."""
        more: list[Word] = []
        for line, hits in zip(self._lines[index + 1 :], self._hits[index + 1 :], strict=True):
            above = self._lines[index]
            if hits or _stops(line, self._form):
                break
            if not bare and not (rule.shape == "lines" and _wrapped(above, line, self._edge)):
                break
            more += line
            index, bare = index + 1, False
        return more


def _stops(line: _Line, form: _Known) -> bool:
    text = _plain(" ".join(word.text for word in line))
    return any(fuzz.ratio(text[: len(stop)], stop) >= _ALIKE for stop in form.stops)


def _wrapped(line: _Line, following: _Line, edge: int) -> bool:
    """Tell whether the first word of the following line would not have fitted on this one."""
    last, first = line[-1], following[0]
    height = last.line_box[3] - last.line_box[1]
    return last.box[2] + (first.box[2] - first.box[0]) + 2 * height >= edge


def _field(rule: _Rule, words: list[Word], review_below: float) -> Field:
    words, value = _shaped(rule, words)
    confidence = round(min((word.confidence for word in words), default=0.0), 3)
    reason = ""
    if not value:
        reason = NOT_FOUND
    elif rule.pattern and not re.fullmatch(rule.pattern, value):
        reason = BAD_FORMAT
    elif rule.shape == "person":
        reason = PERSONAL_NAME
    elif confidence < review_below:
        reason = LOW_CONFIDENCE
    return Field(
        name=rule.name,
        label=rule.label,
        value=value,
        confidence=confidence,
        needs_review=bool(reason),
        reason=reason,
    )


def _shaped(rule: _Rule, words: list[Word]) -> tuple[list[Word], str]:
    """Return the words of the value and the value; what follows a value of known form is another column."""
    joint = "" if rule.shape == "number" else " "
    if rule.pattern:
        for count in range(len(words), 0, -1):
            value = joint.join(word.text for word in words[:count]).strip(_EDGES)
            if re.fullmatch(rule.pattern, value):
                return words[:count], value
    return words, joint.join(word.text for word in words).strip(_EDGES)
