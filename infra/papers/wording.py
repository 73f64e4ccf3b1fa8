"""What a layout says, written down line by line, and filled in with the values of a paper.

A layout is a text. Each line begins with what it is:

    @L @R @C ...   a line of the head, left, right or in the middle; `*` sets it bold, `_` italic
    @TL @TR @BL @BR a small line in a corner of the page
    ! !! ...       the title; what stands below it
    # ...          a heading
    > ...          a paragraph of prose
    / ...          place and date, to the right
    T ... | ...    a row of a table; `TABLE 1c 3 2r` before it says the shares of its columns, and which are set
                   about the middle or to the right
    [[ || ]]       lines in two columns
    ^ ...          a footnote
    $ ... | ...    who signs, left and right
    & name ...     a mark of that name, as the half draws it
    --             a gap
    anything else  labels with their values, apart by ` | `

`{name}` is a value; `{name!u}` in capitals, `{name!d}` a date in words of the form "ngày 05 tháng 3 năm 1987",
`{name!b}` a number in boxes. `{=name}` repeats a date in words; `{+person}` and the like are somebody else's;
`{'Không}` is set as a value and always says the same.
What is printed is the truth: a value that is set in capitals is one in capitals.
"""

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from infra.papers import spoken
from infra.papers.contents import Content, Pool
from infra.papers.rare import RarePool

if TYPE_CHECKING:
    from collections.abc import Callable

type Sort = Literal["head", "corner", "title", "subtitle", "heading", "prose", "right", "row", "table", "columns",
                    "note", "signers", "mark", "gap"]  # fmt: skip
type Run = tuple[str, bool]
"""Text, and whether it is a value."""

_VALUE: Final = re.compile(r"\{([^}]+)\}")
_STARTS: Final[tuple[tuple[str, Sort], ...]] = (
    ("@L ", "head"), ("@R ", "head"), ("@C ", "head"), ("@TL ", "corner"), ("@TR ", "corner"), ("@BL ", "corner"),
    ("@BR ", "corner"),
    ("!! ", "subtitle"), ("! ", "title"), ("# ", "heading"), ("> ", "prose"), ("/ ", "right"), ("^ ", "note"),
    ("$ ", "signers"), ("& ", "mark"),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """What is set in one go: label, value and what follows it, as runs; `boxed` for a number in boxes."""

    runs: tuple[Run, ...]
    boxed: bool = False

    @property
    def label(self) -> str:
        """The text before the value."""
        return "" if self.runs and self.runs[0][1] else self.runs[0][0].strip()

    @property
    def rest(self) -> str:
        """The value and what follows."""
        return "".join(text for text, _ in (self.runs if not self.label else self.runs[1:])).strip()

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class Block:
    """One line of a layout.

    `place` is what follows the `@`, `left` and `right` are the blocks of columns, `aligns` is a letter for each
    column of a table.
    """

    sort: Sort
    cells: tuple[Cell, ...] = ()
    place: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    shares: tuple[float, ...] = ()
    aligns: str = ""
    left: tuple["Block", ...] = ()
    right: tuple["Block", ...] = ()


def _as_date(written: str) -> str:
    day, month, year = written.split("/")
    return f"ngày {day} tháng {month} năm {year}"


@dataclass
class Filled:
    """A layout filled in: its blocks, and the fields as they are printed; `pool` invents what is somebody else's."""

    paper: Content
    blocks: tuple[Block, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    pool: type[Pool] = RarePool

    def __post_init__(self) -> None:
        told = tuple(self.paper.values.values()) or (self.paper.office, *(name for _, name in self.paper.signers))
        self.seed = zlib.crc32("|".join(told).encode())
        self._others = self.pool(self.seed)

    def value(self, asked: str) -> str:
        """What stands for a name in braces. Raises KeyError for a name that is none."""
        if asked[0] == "+":
            return self._other(asked[1:])
        if asked[0] == "'":
            return asked[1:]
        if asked[0] == "=":
            return spoken.date(self.paper.values[asked[1:]])
        name, _, way = asked.partition("!")
        if name not in self.paper.values:
            return self._around(name, way)
        said = self.paper.values[name]
        said = said.upper() if way == "u" else _as_date(said) if way == "d" else said
        self.fields[name] = said
        return said

    def _around(self, name: str, way: str) -> str:
        district, _, province = self.paper.place.rpartition(", ")
        bare = re.sub(r"^(tỉnh|thành phố|TP\.) ", "", province)
        commune = re.sub(r"^(XÃ|PHƯỜNG|P\.|THỊ TRẤN|THỊ XÃ|ĐẶC KHU) ", "", self.paper.office).title()
        commune = f"Phường {commune}" if commune.isdigit() else commune
        found = {
            "office": self.paper.office, "place": self.paper.place, "province": bare, "commune": commune,
            "district": district or province, "above": province,
            "signer": self.paper.signers[1][1], "clerk": self.paper.signers[0][1],
        }[name]  # fmt: skip
        return found.upper() if way == "u" else found

    def _other(self, sort: str) -> str:
        others = self._others
        ways: dict[str, Callable[[], str]] = {
            "person": others.person, "address": others.address, "id": others.personal_number,
            "date": lambda: _as_date(others.date(2024, 2026)),
            "lately": lambda: others.date(2016, 2024),
            "now": lambda: _as_date(others.date(2026, 2026)),
            "due": lambda: others.date(2026, 2026),
            "day": lambda: others.date(1960, 2019),
            "born": lambda: others.date(2020, 2020),
            "money": lambda: f"{others.number(20, 9_000) * 1000:,}".replace(",", "."),
            "few": lambda: f"{others.number(0, 48):02d}",
            "code": lambda: f"H{others.number(2, 62):02d}.{others.number(10, 99)}-26{others.number(1, 11):02d}"
            f"{others.number(1, 28):02d}-{others.number(1, 9999):04d}",
            "grown": lambda: others.date(1938, 2007),
            "aged": lambda: others.date(1934, 1951),
            "people": others.people,
            "home": lambda: others.address().split(", ")[0],
            "side": lambda: f"{others.number(4, 45)},{others.number(1, 99):02d}",
            "hour": lambda: f"{others.number(7, 16)} giờ {others.number(0, 59):02d}",
            "number": lambda: str(others.number(1, 400)),
            "zone": lambda: f"IDVNM{others.number(100_000_000, 999_999_999)}{others.personal_number()}<<7",
            "signed": lambda: f"{others.number(1, 28):02d}/{others.number(1, 11):02d}/2026"
            f" {others.number(7, 17):02d}:{others.number(0, 59):02d}:{others.number(0, 59):02d} +07:00",
            "insured": lambda: f"TE1{others.number(1, 96):02d}{others.number(1, 9_999_999_999):010d}",
            "mole": lambda: f"Sẹo chấm C. {others.number(1, 4)} cm dưới sau đuôi mắt trái",
        }  # fmt: skip
        return ways[sort]()

    def cell(self, text: str) -> Cell:
        """A piece of a layout with its values."""
        runs: list[Run] = []
        for number, part in enumerate(_VALUE.split(text)):
            if number % 2:
                runs.append((self.value(part), part[0] in "=+'" or part.partition("!")[0] in self.paper.values))
            elif part:
                runs.append((part, False))
        return Cell(tuple(runs), "!b}" in text)


def filled(layout: str, paper: Content, pool: type[Pool] = RarePool) -> Filled:
    """A layout with the values of a paper. Raises KeyError for a value that the paper has not."""
    made = Filled(paper, pool=pool)
    lines = [line.strip() for line in layout.splitlines() if line.strip()]
    made.blocks = _blocks(lines, made)
    return made


def _blocks(lines: list[str], made: Filled) -> tuple[Block, ...]:
    found: list[Block] = []
    waiting = list(lines)
    while waiting:
        line = waiting.pop(0)
        if line == "[[":
            middle, end = waiting.index("||"), waiting.index("]]")
            left, right = _blocks(waiting[:middle], made), _blocks(waiting[middle + 1 : end], made)
            found.append(Block("columns", left=left, right=right))
            del waiting[: end + 1]
        elif line.startswith("TABLE "):
            rows = []
            while waiting and waiting[0].startswith("T "):
                rows.append(tuple(made.cell(each) for each in waiting.pop(0)[2:].split(" | ")))
            found.append(_table(line.split()[1:], tuple(rows)))
        else:
            found.append(_line(line, made))
    return tuple(found)


def _table(columns: list[str], rows: tuple[tuple[Cell, ...], ...]) -> Block:
    shares = tuple(float(each.rstrip("cr")) for each in columns)
    aligns = "".join(each[-1] if each[-1] in "cr" else "l" for each in columns)
    return Block("table", rows=rows, shares=shares, aligns=aligns)


def _line(line: str, made: Filled) -> Block:
    if line == "--":
        return Block("gap")
    for start, sort in _STARTS:
        if line.startswith(start):
            parts = line[len(start) :].split(" | ") if sort == "signers" else [line[len(start) :]]
            return Block(sort, tuple(made.cell(each) for each in parts), start.strip(" @"))
    return Block("row", tuple(made.cell(each) for each in line.split(" | ")))
