"""Which paper of which procedure a database replaces, by the resolution's table; a doubtful match is only possible."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct, structs

type Quality = Literal["exact", "same_papers", "confirmed", "alternative", "possible"]
type Why = Literal[
    "same_name",
    "same_papers",
    "alternative",
    "partly",
    "shares_a_paper",
    "same_purpose",
    "name_within",
    "other_procedures",
    "confirmed",
]

WHY: Final[dict[Why, tuple[str, str]]] = {
    "same_name": ("Cùng tên giấy tờ, cùng thủ tục", "The same paper by name, in the same procedure"),
    "same_papers": ("Chỉ gồm giấy tờ được thay thế", "Nothing but papers that the row replaces"),
    "alternative": (
        "Dữ liệu thay thế một hoặc một số giấy tờ được chọn nộp; ai dùng giấy tờ đó thì không phải nộp",
        "Data replaces some of the papers that may be chosen: whoever would bring one of those brings none",
    ),
    "partly": ("Dữ liệu chỉ thay thế một phần", "Data replaces the paper only in part"),
    "shares_a_paper": ("Có giấy tờ được thay thế, nhưng còn nội dung khác", "Names a replaced paper, and more than it"),
    "same_purpose": ("Giấy tờ chứng minh cùng một nội dung", "Papers that prove the same thing"),
    "name_within": ("Tên giấy tờ nằm trong mô tả thành phần", "The paper's name stands within the component's"),
    "other_procedures": ("Giấy tờ này được thay thế ở thủ tục khác", "The paper is replaced in other procedures"),
    "confirmed": ("Đã có người xác nhận", "A person confirmed it"),
}
_ORDER: Final[dict[Quality, int]] = {"exact": 0, "same_papers": 1, "confirmed": 2, "alternative": 3, "possible": 4}
_NATIONAL: Final = len("1.001193")  # a local variant adds its province
_LINKS: Final = frozenset({"hoặc", "và"})
_NOT_WORDS: Final = re.compile(r"\W+")
_HEADING: Final = re.compile(r"^[\s\-+*•]*(?:[^:(/]{1,60}:)?[\s\-+*•]*")
_SENTENCE: Final = re.compile(r"[;\n]|\.\s")
_PURPOSE_BEGINS: Final = re.compile(r"\(|\bđể\b")
_OR: Final = re.compile(r"\s*/\s*|\s+hoặc\s+")
_PROVES: Final = re.compile(r"^giấy tờ tài liệu chứng minh (?:việc sở hữu )?(.+?)(?: theo quy định)?$")
_OWNED: Final = " của "
_LONG: Final = 8  # words of a name that is known wherever it stands
_MEANT: Final = 3  # words of a purpose: fewer name many things


class Replacement(Struct, frozen=True, kw_only=True):
    """A row of the appendices of Resolution 66.7/2025/NQ-CP; `part`: data replaces the paper only in part."""

    row: int = 0
    code: str
    procedure: str
    document: str
    part: bool
    databases: tuple[str, ...]
    owners: tuple[str, ...]
    instrument: str
    clause: str


class Database(Struct, frozen=True, kw_only=True):
    """A database by its name in both languages."""

    vi: str
    en: str


class Content(Struct, frozen=True, kw_only=True):
    """The file of the table: its rows, the databases by id, words for one kind of paper, words on copies."""

    source: str
    databases: dict[str, Database]
    documents: dict[str, tuple[str, ...]]
    copies: tuple[str, ...]
    rows: tuple[Replacement, ...]


class Match(NamedTuple):
    """A row that bears on a component (Resolution 66.7/2025/NQ-CP); `possible` is not certain.

    `alternatives`: of a paper that may be one of several, those for which data stands; that is certain of them alone.
    """

    replacement: Replacement
    quality: Quality
    why: Why
    alternatives: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether data stands for the whole paper: the same one, or a person said so (66.7/2025/NQ-CP)."""
        return self.quality not in {"alternative", "possible"}


class _Papers(NamedTuple):
    """The kinds of paper a text names, and whether it says nothing else."""

    kinds: frozenset[str]
    is_pure: bool


class Table:
    """The rows of Resolution 66.7/2025/NQ-CP with the words under which one kind of paper is written."""

    def __init__(self, content: Content) -> None:
        self.databases, self.source = content.databases, content.source
        self.rows = tuple(structs.replace(each, row=number) for number, each in enumerate(content.rows, 1))
        phrases = {normal(text): kind for kind, texts in content.documents.items() for text in texts}
        self._kind_of = dict(sorted(phrases.items(), key=lambda entry: -len(entry[0])))
        self._kinds = _any_of(self._kind_of)
        self._copies = _any_of(sorted(map(normal, content.copies), key=len, reverse=True))
        self._by_code: dict[str, list[Replacement]] = {}
        self._by_kind: dict[str, list[Replacement]] = {}
        self._papers_of_row: dict[int, _Papers] = {}
        named = ((self._bare(row.document.partition("(")[0]), row) for row in self.rows if not row.part)
        self._long_names = [(text, row) for text, row in named if len(text.split()) >= _LONG]
        for row in self.rows:
            self._by_code.setdefault(row.code, []).append(row)
            papers = self._papers_of_row[row.row] = self._papers(row.document)
            if papers.is_pure and len(papers.kinds) == 1 and not row.part:
                self._by_kind.setdefault(next(iter(papers.kinds)), []).append(row)

    def matches(self, procedure: str, name: str) -> tuple[Match, ...]:
        """The rows that bear on a component of a procedure, certain ones first: Resolution 66.7/2025/NQ-CP.

        Certain is a row of this procedure with the same name, copies aside, or one that names every paper the
        component names, neither saying anything else. "A/B or C" is three papers of which one is brought: each is
        compared alone, and what is certain of it is certain of that one. All other likeness has to be confirmed.
        """
        papers = self._papers(name)
        rows = self._by_code.get(procedure[:_NATIONAL], ())
        found = [match for row in rows if (match := self._compare(row, name, papers))]
        if not found and (elsewhere := self._elsewhere(name, papers)):
            found = [Match(elsewhere, "possible", "other_procedures")]
        return tuple(sorted(found, key=lambda match: (_ORDER[match.quality], match.replacement.row)))

    def _elsewhere(self, name: str, papers: _Papers) -> Replacement | None:
        """A row of another procedure for the same paper, known by its kind or by a long name within this one."""
        if papers.is_pure and len(papers.kinds) == 1:
            return next(iter(self._by_kind.get(next(iter(papers.kinds)), ())), None)
        mine = f" {self._bare(name)} "
        return next((row for text, row in self._long_names if f" {text} " in mine), None)

    def _compare(self, row: Replacement, name: str, papers: _Papers) -> Match | None:
        if self._bare(name) == self._bare(row.document):
            return Match(row, "possible", "partly") if row.part else Match(row, "exact", "same_name")
        if papers.kinds and self._replaces(row, name):
            return Match(row, "possible", "partly") if row.part else Match(row, "same_papers", "same_papers")
        chosen = tuple(each for each in alternatives(name) if self._replaces(row, each))
        if chosen and not row.part:
            return Match(row, "alternative", "alternative", chosen)
        why = self._likeness(row, name, papers)
        return Match(row, "possible", why) if why else None

    def _likeness(self, row: Replacement, name: str, papers: _Papers) -> Why | None:
        """Why a row may bear on a component, where neither names the other's papers alone."""
        mine, its, purpose = f" {self._bare(name)} ", self._bare(row.document), _purpose(row.document)
        if papers.kinds & self._papers_of_row[row.row].kinds:
            return "shares_a_paper"
        if purpose and f" {purpose} " in mine and " chứng minh " in mine:
            return "same_purpose"
        return "name_within" if its and f" {its} " in mine else None

    def _replaces(self, row: Replacement, paper: str) -> bool:
        """Whether a row names a paper, or every one of some papers, neither saying anything else."""
        papers, of_row = self._papers(paper), self._papers_of_row[row.row]
        return self._bare(paper) == self._bare(row.document) or (
            papers.is_pure and of_row.is_pure and papers.kinds <= of_row.kinds
        )

    def _bare(self, text: str) -> str:
        return " ".join(self._copies.sub(" ", normal(text)).split())

    def _papers(self, text: str) -> _Papers:
        bare = self._bare(text)
        kinds = frozenset(self._kind_of[found] for found in self._kinds.findall(bare))
        rest = set(self._kinds.sub(" ", bare).split()) - _LINKS
        return _Papers(kinds, bool(kinds) and not rest)


@cache
def table() -> Table:
    """The table that comes with the project, read once: Resolution 66.7/2025/NQ-CP, 725 rows of 761."""
    path = Path(__file__).parents[1] / "data" / "replacements.json"
    return Table(msgspec.json.decode(path.read_bytes(), type=Content))


def databases() -> Mapping[str, Database]:
    """The databases that the table names, by id, each with its name in both languages: Resolution 66.7/2025/NQ-CP."""
    return table().databases


def alternatives(name: str) -> tuple[str, ...]:
    """The papers of which a component asks for one: "A/B or C" as its first sentence says it, none where it names one.

    A list by commas is none: it may mean all of them. Nor are papers "of" somebody: whose they are is said once, at the
    end, and a row of the table says it of none (Resolution 66.7/2025/NQ-CP).
    """
    sentence = _SENTENCE.split(_HEADING.sub("", name, count=1), maxsplit=1)[0]
    if _OWNED in sentence:
        return ()
    found = [each.strip(" ,-") for each in _OR.split(_PURPOSE_BEGINS.split(sentence, maxsplit=1)[0])]
    return tuple(each for each in found if each) if len(found) > 1 else ()


def _purpose(document: str) -> str:
    """What the papers of a row prove, where the row says that; else nothing."""
    proves = _PROVES.match(normal(document.partition(":")[0]))
    return proves[1] if proves and len(proves[1].split()) >= _MEANT else ""


def normal(text: str) -> str:
    """A text as it is compared: composed, small letters, no marks, no invisible characters, single spaces."""
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    return " ".join(_NOT_WORDS.sub(" ", seen.casefold()).split())


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
