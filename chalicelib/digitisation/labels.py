"""What the labels of a paper are called (`data/labels.json`), and where they stand in a piece of text."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Final, Literal, NamedTuple

import msgspec
from rapidfuzz import fuzz

from chalicelib.digitisation.model import Word

ALIKE: Final = 86.0
"""Per cent; one wrong letter in seven still is the label, "lần sinh" is not "Nơi sinh"."""
_ALIKE_WITHOUT_COLON: Final = 92.0
_SAME_PART: Final = 75.0
_QUALIFIED: Final = 5
"""Words that may stand between the name of a label and its colon."""
NUMBERING: Final = re.compile(r"\(?[\dIVX]{1,4}[.)]")
_SLASH: Final = re.compile(r"\s*/\s*")


class Rule(msgspec.Struct, frozen=True):
    """How one field is found.

    `anchors` are other names of its label; `lines` may run on, `number` has no blanks. A rule with `after` belongs to
    the part of the paper that the label of that field opens: the mother's place of residence, and the father's.
    """

    name: str
    label: str
    anchors: tuple[str, ...] = ()
    shape: Literal["text", "lines", "number", "date", "person"] = "text"
    pattern: str = ""
    after: str = ""

    def called(self) -> Iterator[str]:
        """Every name of the label as it is compared."""
        return (plain(name) for name in (self.label, *self.anchors))


class _Form(msgspec.Struct, frozen=True):
    """The fields of a kind of paper, and what begins a part that belongs to none of them."""

    fields: tuple[Rule, ...]
    stops: tuple[str, ...]


class _Labels(msgspec.Struct, frozen=True):
    """`data/labels.json`: every kind of paper, and the confidence below which an officer must look."""

    review_below: float
    kinds: Mapping[str, _Form]


class Known(NamedTuple):
    """A form ready to be looked for: the rules of each name of a label, each stop as it is compared."""

    rules: tuple[Rule, ...]
    names: Mapping[str, tuple[Rule, ...]]
    stops: tuple[str, ...]
    review_below: float


class Hit(NamedTuple):
    """A label: words `start` to `end` (exclusive) are what one or more rules are called."""

    start: int
    end: int
    rules: tuple[Rule, ...]
    score: float


def kinds() -> tuple[str, ...]:
    """Return the kinds of paper whose fields are known."""
    return tuple(_labels().kinds)


@functools.cache
def _labels() -> _Labels:
    text = (resources.files("chalicelib.digitisation") / "data" / "labels.json").read_bytes()
    return msgspec.json.decode(text, type=_Labels)


@functools.cache
def known(kind: str) -> Known:
    """A kind of paper. Raises KeyError for one without labels."""
    labels = _labels()
    form = labels.kinds[kind]
    names: dict[str, tuple[Rule, ...]] = {}
    for rule in form.fields:
        for name in dict.fromkeys(rule.called()):
            names[name] = (*names.get(name, ()), rule)
    return Known(form.fields, names, tuple(plain(stop) for stop in form.stops), labels.review_below)


def plain(text: str) -> str:
    """A text as labels are compared: NFC, small letters, no colons, no blanks about a stroke."""
    return _SLASH.sub("/", " ".join(unicodedata.normalize("NFC", text).casefold().replace(":", " ").split()))


def hits(words: Sequence[Word], form: Known) -> list[Hit]:
    """Find the labels of a piece of text: what ends in a colon and is called like one; without any, how it begins."""
    if is_caption(words):
        return [hit for hit in (_caption(words, form),) if hit is not None]
    found: list[Hit] = []
    for end in (i for i, word in enumerate(words, 1) if word.text.endswith((":", ";"))):
        floor = found[-1].end if found else 0
        if (best := _ending(words, floor, end, form)) is not None:
            found.append(best)
    if not found and words:
        first = 1 if len(words) > 1 and NUMBERING.fullmatch(words[0].text) else 0
        found = [hit for hit in (_beginning(words, first, form),) if hit is not None]
    return found


def is_caption(words: Sequence[Word]) -> bool:
    """Whether a piece of text stands in brackets, as what a value is does below it."""
    return bool(words) and words[0].text.startswith("(") and words[-1].text.endswith(")") and len(words) > 1


def is_alike(label: str, other: str) -> bool:
    """Whether two labels differ in a word only: the wife's name, and the husband's."""
    return fuzz.ratio(plain(label), plain(other)) >= _SAME_PART


def _caption(words: Sequence[Word], form: Known) -> Hit | None:
    """The label that a caption means: called like it, else the longest whose every word is in the caption."""
    said = plain(" ".join(word.text for word in words).strip("()"))
    scored = [(fuzz.ratio(said, name), name) for name in form.names]
    score, name = max(scored)
    if score < ALIKE:
        spoken = set(said.replace(",", " ").split())
        held = [each for each in form.names if len(each.split()) > 1 and set(each.replace(",", " ").split()) <= spoken]
        if not held:
            return None
        name = max(held, key=len)
    return Hit(0, len(words), form.names[name], score)


def _ending(words: Sequence[Word], floor: int, end: int, form: Known) -> Hit | None:
    """The label that best ends before word `end` and starts at `floor` or later."""
    best: Hit | None = None
    for name, rules in form.names.items():
        length = len(name.split())
        for start in range(max(floor, end - length - 2), max(floor, end - length) + 1):
            said = plain(" ".join(word.text for word in words[start:end]))
            score = fuzz.ratio(said, name, score_cutoff=ALIKE)
            if score and (best is None or (score, -start) > (best.score, -best.start)):
                best = Hit(start, end, rules, score)
    return best


def _beginning(words: Sequence[Word], first: int, form: Known) -> Hit | None:
    """The longest label that the words begin with; of one word, only what is nothing but the label."""
    best: Hit | None = None
    for name, rules in form.names.items():
        length = len(name.split())
        for end in range(first + length, min(len(words), first + length + 2) + 1):
            if length == 1 and end < len(words):
                continue
            said = plain(" ".join(word.text for word in words[first:end]))
            score = fuzz.ratio(said, name, score_cutoff=_ALIKE_WITHOUT_COLON)
            if score and (best is None or (end, score) > (best.end, best.score)):
                best = Hit(first, end, rules, score)
    if best is None:
        return None
    # "Họ, chữ đệm, tên người được khai sinh: …": what stands between a label and its colon belongs to the label.
    behind = (
        end for end in range(best.end, min(len(words), best.end + _QUALIFIED) + 1) if words[end - 1].text[-1:] == ":"
    )
    return best._replace(end=next(behind, best.end))


def stops(words: Sequence[Word], form: Known) -> bool:
    """Whether a text begins a part of the paper that belongs to no field."""
    text = plain(" ".join(word.text for word in words))
    return any(fuzz.ratio(text[: len(stop)], stop) >= ALIKE for stop in form.stops)
