"""What the labels of a paper are called (`data/labels.json`), and where they stand in a piece of text."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Final, Literal, NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from chalicelib.digitisation.model import Word

ALIKE: Final = 86.0
"""Per cent; one wrong letter in seven still is the label, "lần sinh" is not "Nơi sinh"."""
_ALIKE_WITHOUT_COLON: Final = 92.0
_QUALIFIED: Final = 5
"""Words that may stand between the name of a label and its colon."""
_BLANKS: Final = 2
"""Words that a label is longer than its name where reading broke it."""
_HEADING: Final = 12
"""Words of the heading of a part, at most."""
NUMBERING: Final = re.compile(r"\(?([\dIVXTHl|]{1,4}|[A-Za-zđĐ])[.)]|\d{1,2}(\.\d{1,2})+\.?")
_UNITS: Final = "units"
_PROVINCES: Final = "provinces"
_PLACE_WORDS: Final = "place_words"
_SIGNED: Final = ("ký", "đã ký")
_MORE: Final = 3
"""Words of a caption beside the name that it holds, at most."""
_SIGNS: Final = re.compile(r"[,/;.:?!\"'*()-]")
_SLASH: Final = re.compile(r"\s*/\s*")
_MARKS: Final = re.compile(r"[,/]")
_OR: Final = re.compile(r"/|, ?| hoặc ")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_TOLD_OF: Final = re.compile(r"^((phần|thông tin|khai|nhân thân) )*((về|của) )?")


class Rule(msgspec.Struct, frozen=True):
    """How one field is found.

    `called` is the sort of value that it is, whose names are its label's too, also with `part` behind them; `anchors`
    are names of its own. `lines` may run on, `number` has no blanks. A rule of a `part` belongs to what that part's
    heading, or another of its labels, opened: the mother's place of residence, and the father's. One that stands
    `alone` may do without a label: what fits its pattern is it. Of `one_of` its value is one, a list of `labels.json`.
    `told` are phrases that tell of it in labels of other words.
    """

    name: str
    label: str
    called: str = ""
    anchors: tuple[str, ...] = ()
    shape: Literal["text", "lines", "number", "date", "person"] = "text"
    pattern: str = ""
    part: str = ""
    alone: bool = False
    one_of: str = ""
    told: tuple[str, ...] = ()


class _Names(msgspec.Struct, frozen=True):
    """What a sort of value is called by labels, in running text only, and what tells of it in other labels."""

    names: tuple[str, ...]
    spoken: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class _Form(msgspec.Struct, frozen=True):
    """The fields of a kind of paper, what its parts are called, and what begins a part that belongs to no field.

    `ordered` where its people stand in the order of the fields by what the paper is: who gives a power, who gets it.
    """

    fields: tuple[Rule, ...]
    stops: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]] = {}
    ordered: bool = False


class _Labels(msgspec.Struct, frozen=True):
    """`data/labels.json`: every kind of paper, and the confidence below which an officer must look."""

    review_below: float
    fillers: frozenset[str]
    foreign: tuple[str, ...]
    called: Mapping[str, _Names]
    lists: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, _Form]


class Known(NamedTuple):
    """A form ready to be looked for: the rules of each name of a label, and of a name in running text; parts, stops.

    All are as they are compared. `sized` has the names that so many words may be, `sized_longer` those of them that
    are more than one word, `phrased` those that begin a phrase of running text by the number of their words, `folded`
    without marks, `joined` without blanks; `told` the rules of each phrase that tells of a value, `foreign` what tells
    of none of ours, `fillers` words that say nothing.
    """

    rules: tuple[Rule, ...]
    names: Mapping[str, tuple[Rule, ...]]
    spoken: Mapping[str, tuple[Rule, ...]]
    sized: Mapping[int, tuple[str, ...]]
    sized_longer: Mapping[int, tuple[str, ...]]
    phrased: Mapping[int, tuple[str, ...]]
    longest: int
    folded: Mapping[str, str]
    joined: Mapping[str, str]
    parts: Mapping[str, str]
    stops: tuple[str, ...]
    lists: Mapping[str, frozenset[str]]
    spelt: Mapping[str, tuple[str, ...]]
    told: Mapping[str, tuple[Rule, ...]]
    foreign: tuple[str, ...]
    fillers: frozenset[str]
    review_below: float
    ordered: bool

    @property
    def units(self) -> frozenset[str]:
        """What places begin with in small letters."""
        return self.lists[_UNITS]

    @property
    def place_words(self) -> frozenset[str]:
        """Words that addresses and names of offices and hospitals have in small letters."""
        return self.lists[_UNITS] | self.lists[_PLACE_WORDS]

    @property
    def words_of_provinces(self) -> frozenset[str]:
        """The words of their names."""
        return frozenset(word for name in self.lists[_PROVINCES] for word in name.split())

    @property
    def provinces(self) -> frozenset[str]:
        """What addresses end with, those of before the mergers too."""
        return self.lists[_PROVINCES]

    @property
    def spelt_provinces(self) -> tuple[str, ...]:
        """The same as they are written, in capitals and small letters."""
        return self.spelt[_PROVINCES]


class Hit(NamedTuple):
    """A label: words `start` to `end` (exclusive) are what one or more rules are called; or the heading of a part.

    `told` where its words are no name that we know and mean one (`meaning.py`).
    """

    start: int
    end: int
    rules: tuple[Rule, ...]
    score: float
    part: str = ""
    told: bool = False


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
    spoken: dict[str, tuple[Rule, ...]] = {}
    for rule in form.fields:
        sort = labels.called.get(rule.called, _Names(()))
        for name in dict.fromkeys(_called(rule, sort, form.parts.get(rule.part, ()))):
            names[name] = (*names.get(name, ()), rule)
        for name in dict.fromkeys(map(plain, sort.spoken)):
            spoken[name] = (*spoken.get(name, ()), rule)
    told: dict[str, tuple[Rule, ...]] = {}
    for rule in form.fields:
        for phrase in dict.fromkeys(map(worded, (*labels.called.get(rule.called, _Names(())).told, *rule.told))):
            told[phrase] = (*told.get(phrase, ()), rule)
    exact = _by_length(names)
    longest = max(exact)
    sized = {
        length: tuple(name for fewer in range(_BLANKS + 1) for name in exact.get(length - fewer, ()))
        for length in range(1, longest + _BLANKS + 1)
    }
    sized_longer = {
        length: tuple(name for name in every if " " in name or "/" in name) for length, every in sized.items()
    }
    phrased = _by_length(dict.fromkeys((*spoken, *(name for name in names if " " in name))))
    folded = {fold(name): name for name in names if " " in name}
    joined = {name.replace(" ", ""): name for name in names if " " in name}
    parts = {plain(name): part for part, all_names in form.parts.items() for name in all_names}
    lists = {name: frozenset(map(plain, listed)) for name, listed in labels.lists.items()}
    stops = tuple(plain(stop) for stop in form.stops)
    foreign = tuple(map(worded, labels.foreign))
    return Known(
        form.fields, names, spoken, sized, sized_longer, phrased, longest, folded, joined, parts, stops,
        lists, labels.lists, told, foreign, labels.fillers, labels.review_below, form.ordered,
    )  # fmt: skip


@functools.cache
def words_of_labels() -> frozenset[str]:
    """Every word that a label of any kind of paper has, in small letters."""
    labels = _labels()
    sorts = (name for sort in labels.called.values() for name in (*sort.names, *sort.spoken, *sort.told))
    own = (name for form in labels.kinds.values() for rule in form.fields for name in (rule.label, *rule.anchors))
    return frozenset(word for name in (*sorts, *own) for word in worded(name).split())


def _by_length(names: Iterable[str]) -> dict[int, tuple[str, ...]]:
    """Names by the number of their words, the longest first."""
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(len(name.split()), []).append(name)
    return {length: tuple(found[length]) for length in sorted(found, reverse=True)}


def _called(rule: Rule, sort: _Names, whose: Sequence[str]) -> Iterator[str]:
    """Every name of a label as it is compared: "năm sinh", and "năm sinh của mẹ"."""
    yield plain(rule.label)
    yield from map(plain, (*rule.anchors, *sort.names))
    for name in sort.names:
        for one in whose:
            yield plain(f"{name} {one}")
            yield plain(f"{name} của {one}")


def plain(text: str) -> str:
    """A text as labels are compared: NFC, small letters, no colons, no blanks about a stroke."""
    return _SLASH.sub("/", " ".join(unicodedata.normalize("NFC", text).casefold().replace(":", " ").split()))


def worded(text: str) -> str:
    """A text as phrases are looked for: small letters, one blank for any sign, a blank at both ends."""
    return f" {' '.join(_SIGNS.sub(' ', plain(text)).split())} "


def fold(text: str) -> str:
    """A text without the marks of its letters, which are what is misread."""
    plainer = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(each for each in plainer if not unicodedata.combining(each))


def hits(words: Sequence[Word], form: Known) -> list[Hit]:
    """Find the labels of a piece of text: what ends in a colon and is called like one; without any, how it begins."""
    if is_caption(words):
        return [hit for hit in (_caption(words, form),) if hit is not None]
    found: list[Hit] = []
    for end in (i for i, word in enumerate(words, 1) if word.text.endswith((":", ";"))):
        floor = found[-1].end if found else 0
        best = _ending(words, floor, end, form)
        plainly = best is not None and best.start <= 1 and words[best.start].text[:1].isupper()
        if best is not None and (words[end - 1].text.endswith(":") or plainly):  # a colon is misread at times
            found.append(best)
    said = worded(" ".join(word.text for word in words))
    if not found and words and not (len(words) <= _HEADING and any(phrase in said for phrase in form.foreign)):
        first = 1 if len(words) > 1 and NUMBERING.fullmatch(words[0].text) else 0
        found = [hit for hit in (_beginning(words, first, form) or _heading(words, first, form),) if hit is not None]
    return found


def is_caption(words: Sequence[Word]) -> bool:
    """Whether a piece of text stands in brackets, as what a value is does below it; one of the two may be unread."""
    if not words:
        return False
    said = " ".join(word.text for word in words).rstrip(".,;'")
    if len(words) == 1:
        return said.startswith("(") and said.endswith(")") and any(map(str.isalpha, said))
    opened, closed = said.startswith(("(", "{")), said.endswith((")", "}"))
    return (opened and closed) or (opened and ")" not in said) or (closed and "(" not in said and said[0].islower())


def _said(words: Sequence[Word]) -> str:
    return plain(" ".join(word.text for word in words))


def _caption(words: Sequence[Word], form: Known) -> Hit | None:
    """The label that a caption means: called like it, else the longest whose every word is in the caption."""
    said = _said(words).strip("(){}.,;'")
    if said.startswith(_SIGNED):
        return None  # "(Ký, ghi rõ họ tên)"
    name, score, _ = process.extractOne(said, tuple(form.names), scorer=fuzz.ratio)
    if score < ALIKE:
        spoken = set(_MARKS.sub(" ", said).split())
        held = [
            name
            for name in form.names
            if " " in name and set(_MARKS.sub(" ", name).split()) <= spoken and len(spoken) <= len(name.split()) + _MORE
        ]
        if not held:
            return None
        name = max(held, key=len)
    return Hit(0, len(words), form.names[name], score)


def _ending(words: Sequence[Word], floor: int, end: int, form: Known) -> Hit | None:
    """The label that best ends before word `end` and starts at `floor` or later."""
    best: Hit | None = None
    for start in range(max(floor, end - form.longest - _BLANKS), end):
        said = _said(words[start:end]).rstrip(";")
        found = process.extractOne(said, form.sized.get(end - start, ()), scorer=fuzz.ratio, score_cutoff=ALIKE)
        bare = end - start == 1 and start > floor and not words[start].text[:1].isupper()  # "được khai sinh:"
        if found is None and (name := form.joined.get(said.replace(" ", ""))) is not None:
            found = (name, 100.0, 0)  # a blank that was not seen: "Hiệnở"
        if found is not None and not bare and (best is None or found[1] > best.score):
            best = Hit(start, end, form.names[found[0]], found[1])
    return best or _either(words, floor, end, form)


def _either(words: Sequence[Word], floor: int, end: int, form: Known) -> Hit | None:
    """A label of several names, of which each is one of the same field: "Số CMND/CCCD/Hộ chiếu"."""
    for start in range(floor, end):
        pieces = _OR.split(_said(words[start:end]))
        if len(pieces) == 1:
            break
        rules: tuple[Rule, ...] = ()
        for piece in pieces:
            found = process.extractOne(piece, tuple(form.names), scorer=fuzz.ratio, score_cutoff=ALIKE)
            meant = form.names[found[0]] if found is not None else ()
            rules = tuple(rule for rule in meant if not rules or rule in rules)
            if not rules:
                break
        if rules:
            return Hit(start, end, rules, ALIKE)
    return None


def _beginning(words: Sequence[Word], first: int, form: Known) -> Hit | None:
    """The longest label that the words begin with; of one word, only what is nothing but the label."""
    best: Hit | None = None
    for end in range(first + 1, min(len(words), first + form.longest + _BLANKS) + 1):
        sized = form.sized if end == len(words) else form.sized_longer
        found = process.extractOne(
            _said(words[first:end]), sized.get(end - first, ()), scorer=fuzz.ratio, score_cutoff=_ALIKE_WITHOUT_COLON
        )
        if found is not None:
            best = Hit(first, end, form.names[found[0]], found[1])
    if best is None:
        best = _unmarked(words, first, form)
    if best is None or (best.end < len(words) and (words[first].text[:1].islower() or is_loud(words[first:]))):
        return None  # a line of running text begins so, or a heading: "NỘI DUNG, THỜI HẠN"
    # "Họ, chữ đệm, tên người được khai sinh: …": what stands between a label and its colon belongs to the label.
    behind = (
        end for end in range(best.end, min(len(words), best.end + _QUALIFIED) + 1) if words[end - 1].text[-1:] == ":"
    )
    return best._replace(end=next(behind, best.end))


def _unmarked(words: Sequence[Word], first: int, form: Known) -> Hit | None:
    """The longest label that the words begin with but for marks: "Giơ, ngày đẻ"; of two words, only all of them."""
    for end in range(min(len(words), first + form.longest), first + 1, -1):
        name = form.folded.get(fold(_said(words[first:end])))
        if name is not None and (end == len(words) or end - first > _BLANKS):
            return Hit(first, end, form.names[name], ALIKE)
    return None


def is_loud(words: Sequence[Word]) -> bool:
    """Whether a text is in capitals."""
    return all(word.text.isupper() for word in words if any(map(str.isalpha, word.text)))


def _heading(words: Sequence[Word], first: int, form: Known) -> Hit | None:
    """The heading of a part: nothing but its name, numbered, told of, or explained in brackets."""
    if len(words) - first > _HEADING:
        return None
    said = _said(words[first:])
    for piece in (_BRACKETS.sub(" ", said), *_BRACKETS.findall(said)):
        name = _TOLD_OF.sub("", piece.strip(" .,;-")).strip()
        found = process.extractOne(name, tuple(form.parts), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if found is not None:
            return Hit(0, len(words), (), found[1], form.parts[found[0]])
    return None


def stops(words: Sequence[Word], form: Known) -> bool:
    """Whether a text begins a part of the paper that belongs to no field."""
    text = _said(words)
    return any(fuzz.ratio(text[: len(stop)], stop) >= ALIKE for stop in form.stops)
