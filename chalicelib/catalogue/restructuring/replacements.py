"""Which paper of which procedure a database replaces, by the resolution's table; a doubtful match is only possible."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct, structs

type Quality = Literal["exact", "same_papers", "confirmed", "possible"]
type Why = Literal[
    "same_name", "same_papers", "partly", "shares_a_paper", "name_within", "other_procedures", "confirmed"
]

WHY: Final[dict[Why, tuple[str, str]]] = {
    "same_name": ("Cùng tên giấy tờ, cùng thủ tục", "The same paper by name, in the same procedure"),
    "same_papers": ("Chỉ gồm giấy tờ được thay thế", "Nothing but papers that the row replaces"),
    "partly": ("Dữ liệu chỉ thay thế một phần", "Data replaces the paper only in part"),
    "shares_a_paper": ("Có giấy tờ được thay thế, nhưng còn nội dung khác", "Names a replaced paper, and more than it"),
    "name_within": ("Tên giấy tờ nằm trong mô tả thành phần", "The paper's name stands within the component's"),
    "other_procedures": ("Giấy tờ này được thay thế ở thủ tục khác", "The paper is replaced in other procedures"),
    "confirmed": ("Đã có người xác nhận", "A person confirmed it"),
}
_ORDER: Final[dict[Quality, int]] = {"exact": 0, "same_papers": 1, "confirmed": 2, "possible": 3}
_NATIONAL: Final = len("1.001193")  # a local variant adds its province
_LINKS: Final = frozenset({"hoặc", "và"})
_NOT_WORDS: Final = re.compile(r"\W+")


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
    """A row that bears on a component (Resolution 66.7/2025/NQ-CP); only `possible` is not certain."""

    replacement: Replacement
    quality: Quality
    why: Why

    @property
    def is_certain(self) -> bool:
        """Whether the match counts: the same paper of the same procedure, or a person said so (66.7/2025/NQ-CP)."""
        return self.quality != "possible"


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
        for row in self.rows:
            self._by_code.setdefault(row.code, []).append(row)
            papers = self._papers_of_row[row.row] = self._papers(row.document)
            if papers.is_pure and len(papers.kinds) == 1 and not row.part:
                self._by_kind.setdefault(next(iter(papers.kinds)), []).append(row)

    def matches(self, procedure: str, name: str) -> tuple[Match, ...]:
        """The rows that bear on a component of a procedure, certain ones first: Resolution 66.7/2025/NQ-CP.

        Certain is a row of this procedure with the same name, copies aside, or one that names every paper the
        component names, neither saying anything else. All other likeness is possible and has to be confirmed.
        """
        papers = self._papers(name)
        rows = self._by_code.get(procedure[:_NATIONAL], ())
        found = [match for row in rows if (match := self._compare(row, name, papers))]
        if not found and papers.is_pure and len(papers.kinds) == 1:
            elsewhere = self._by_kind.get(next(iter(papers.kinds)), ())
            found = [Match(row, "possible", "other_procedures") for row in elsewhere[:1]]
        return tuple(sorted(found, key=lambda match: (_ORDER[match.quality], match.replacement.row)))

    def _compare(self, row: Replacement, name: str, papers: _Papers) -> Match | None:
        of_row = self._papers_of_row[row.row]
        mine, its = self._bare(name), self._bare(row.document)
        if mine == its:
            return Match(row, "possible", "partly") if row.part else Match(row, "exact", "same_name")
        if papers.is_pure and of_row.is_pure and papers.kinds and papers.kinds <= of_row.kinds:
            return Match(row, "possible", "partly") if row.part else Match(row, "same_papers", "same_papers")
        if papers.kinds & of_row.kinds:
            return Match(row, "possible", "shares_a_paper")
        if its and f" {its} " in f" {mine} ":
            return Match(row, "possible", "name_within")
        return None

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


def normal(text: str) -> str:
    """A text as it is compared: composed, small letters, no marks, no invisible characters, single spaces."""
    seen = "".join(each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    return " ".join(_NOT_WORDS.sub(" ", seen.casefold()).split())


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
