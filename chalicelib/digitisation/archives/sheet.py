"""The index sheet of an archive: a line for each paper, as CSV. Read whole, or refused with every fault of every line.

The columns have the names of `COLUMNS`, in any order, parted by commas, semicolons or tabs. No date is a guess:
`2009-05-31` or `31/05/2009`. Pure.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final, Literal, NamedTuple

from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.digitisation.archives.kinds import kind_called, title_of
from chalicelib.kernel.access import person_of
from chalicelib.law.codes import BadCode, procedure_code

NEEDED: Final = ("number", "kind", "owner_name", "issued_on", "issued_by", "file")
COLUMNS: Final = (*NEEDED, "owner_number", "procedure", "reads_as", "sha256")
MOST: Final = 5_000
"""Lines of a sheet: what one call takes, and one list shows."""
LONGEST: Final = 300
"""Letters of a cell."""
FORMER_DIGITS: Final = 9
"""Of the numbers of identity cards before 2016: the present number of who had it is not known from it."""
_CITIZEN = re.compile(r"[0-9]{12}")
_FORMER = re.compile(rf"[0-9]{{{FORMER_DIGITS}}}")
_ORGANISATION = re.compile(r"[0-9]{10}(?:-[0-9]{3})?")
_FOREIGNER = re.compile(r"[A-Z]{3}:[A-Z0-9]{1,20}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VIETNAMESE_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")

type OwnerKind = Literal["CITIZEN", "ORGANISATION", "FOREIGNER", ""]
"""Whose vault a number opens; nobody's is known by none, or by a former one."""


class SheetLine(Part, frozen=True, kw_only=True):
    """What a line says of a paper. `line` counts from 1, the header's; `issued_on` is `YYYY-MM-DD`."""

    line: int
    number: str
    kind: str
    owner_name: str
    issued_on: str
    issued_by: str
    file: str
    owner_number: str = ""
    procedure: str = ""
    reads_as: str = ""
    sha256: str = ""
    holder: str = ""
    """The keyed hash of whoever has it, once the sheet is taken."""

    @property
    def also(self) -> frozenset[str]:
        """The keyed hash, as of a citizen, of the personal number that an owner of another kind has; or none."""
        return frozenset({person_of(self.owner_kind, self.owner_number)} - {""})

    @property
    def kind_read(self) -> str:
        """The kind of which it is read: where the sheet says none, the one that is called so. Empty: none is known."""
        return self.reads_as or kind_called(self.kind)

    @property
    def owner_kind(self) -> OwnerKind:
        """What the owner's number is a number of."""
        return owner_kind(self.owner_number)


class Sheet(Stored, frozen=True, kw_only=True):
    """A sheet that was taken. A document in the messages bucket: the table names nobody."""

    shape: ClassVar[int] = 1

    lines: tuple[SheetLine, ...]


class Fault(NamedTuple):
    """What is wrong with a cell; `line` 1 is the header, and `column` is empty for the whole line."""

    line: int
    column: str
    rule: str
    vi: str
    en: str


def owner_kind(number: str) -> OwnerKind:
    """Whose number it is, by its form."""
    if _CITIZEN.fullmatch(number):
        return "CITIZEN"
    if _ORGANISATION.fullmatch(number):
        return "ORGANISATION"
    return "FOREIGNER" if _FOREIGNER.fullmatch(number) else ""


def read_sheet(text: str, today: date, kinds: Sequence[str]) -> tuple[tuple[SheetLine, ...], list[Fault]]:
    """The lines of a sheet and every fault in it; whoever has a fault takes none of the lines.

    `today` is the Vietnamese day: nothing was issued after it. `kinds` are the papers whose fields can be looked for.
    """
    try:
        (header, cells) = _cells(text)
    except csv.Error as error:
        return (), [Fault(1, "", "csv", f"Không đọc được CSV: {error}", f"it is no CSV: {error}")]
    if faults := list(_of_header(header)):
        return (), faults
    if not 0 < len(cells) <= MOST:
        vi, en = f"Có {len(cells)} dòng, nhận từ 1 đến {MOST}", f"{len(cells)} lines, 1 to {MOST} are taken"
        return (), [Fault(1, "", "count", vi, en)]
    rules, found, faults = _rules(today, kinds), list[SheetLine](), list[Fault]()
    for line, given in cells:
        if len(given) != len(header):
            vi, en = (
                f"Có {len(given)} ô, cần {len(header)}",
                f"{len(given)} cells where there are {len(header)} columns",
            )
            faults.append(Fault(line, "", "cells", vi, en))
            continue
        row = {name: _tidy(cell) for name, cell in zip(header, given, strict=True)}
        faults += _of_line(line, row, rules)
        found.append(SheetLine(line=line, **{name: _kept(name, cell) for name, cell in row.items()}))
        faults += _of_kind(found[-1], kinds)
    return tuple(found), [*faults, *_twice(found)]


def _cells(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and each line that is not empty with its number."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    lines = [(number, cells) for number, cells in enumerate(reader, 1) if any(cell.strip() for cell in cells)]
    header = [cell.strip().lower() for cell in lines[0][1]] if lines and lines[0][0] == 1 else []
    return header, lines[1:] if header else lines


def _of_header(header: Sequence[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in header:
            yield Fault(1, name, "missing", f"Thiếu cột {name}", f"there is no column {name}")
    for name in dict.fromkeys(header):
        if name not in COLUMNS:
            shown = name[:LONGEST]
            yield Fault(1, shown, "unknown", f"Không có cột này; các cột: {_ALL}", f"no such column; these are: {_ALL}")
        elif header.count(name) > 1:
            yield Fault(1, name, "twice", "Cột xuất hiện hai lần", "the column comes twice")


_ALL: Final = ", ".join(COLUMNS)


def _tidy(cell: str) -> str:
    """A cell in NFC, without blanks around it."""
    return unicodedata.normalize("NFC", cell).strip()


type Rule = tuple[Callable[[str], bool], str, str, str]
"""Whether a cell that says something is in order, the rule's name, and what to say where it is not."""


def _rules(today: date, kinds: Sequence[str]) -> Mapping[str, Rule]:
    return {
        "issued_on": (
            lambda cell: (_day(cell) or "9") <= today.isoformat(),
            "date", "Ngày không đúng (2009-05-31 hoặc 31/05/2009), hay sau hôm nay", "no day (2009-05-31), or to come",
        ),
        "file": (
            _is_plain, "file",
            "Tên tệp không có thư mục, không bắt đầu bằng dấu chấm", "a name without a folder that begins with no dot",
        ),
        "owner_number": (
            lambda cell: bool(owner_kind(cell) or _FORMER.fullmatch(cell)),
            "owner_number",
            "Số định danh 12 số, CMND 9 số, mã số thuế, hoặc USA:X123 (nước: số hộ chiếu)",
            "12 digits, 9 of a former card, a tax code, or USA:X123 (country: passport)",
        ),
        "procedure": (_is_procedure, "procedure", "Mã thủ tục như 1.001193", "a procedure code such as 1.001193"),
        "reads_as": (
            lambda cell: cell in kinds, "reads_as", f"Một trong: {', '.join(kinds)}", f"one of: {', '.join(kinds)}",
        ),
        "sha256": (
            lambda cell: bool(_SHA256.fullmatch(cell.lower())),
            "sha256", "64 chữ số thập lục phân", "64 hexadecimal digits",
        ),
    }  # fmt: skip


def _of_line(line: int, row: Mapping[str, str], rules: Mapping[str, Rule]) -> Iterator[Fault]:
    for column, cell in row.items():
        if not cell:
            if column in NEEDED:
                yield Fault(line, column, "missing", "Ô này để trống", "the cell is empty")
        elif len(cell) > LONGEST or any(unicodedata.category(letter)[0] == "C" for letter in cell):
            vi, en = f"Tối đa {LONGEST} ký tự in được", f"at most {LONGEST} letters that print"
            yield Fault(line, column, "text", vi, en)
        elif column in rules and not rules[column][0](cell):
            yield Fault(line, column, *rules[column][1:])


def _of_kind(line: SheetLine, kinds: Sequence[str]) -> Iterator[Fault]:
    """A paper that has the title of another kind than the one of which it is to be read."""
    called = kind_called(line.kind)
    if called and line.reads_as in kinds and called != line.reads_as:
        title = title_of(line.reads_as)
        vi = f"Đọc theo loại {title} nhưng ghi tên loại khác"
        yield Fault(line.line, "kind", "other_kind", vi, f"it is to be read as {title}, and is called otherwise")


def _twice(found: Sequence[SheetLine]) -> Iterator[Fault]:
    """A file, or a paper, that two lines name."""
    files, papers = dict[str, int](), dict[tuple[str, str, str], int]()
    for each in found:
        if each.file and (first := files.setdefault(each.file, each.line)) != each.line:
            vi, en = f"Tệp đã nêu ở dòng {first}", f"line {first} names this file too"
            yield Fault(each.line, "file", "twice", vi, en)
        paper = (each.issued_by, each.kind, each.number)
        if all(paper) and (first := papers.setdefault(paper, each.line)) != each.line:
            vi, en = f"Giấy này đã nêu ở dòng {first}", f"line {first} names this paper too"
            yield Fault(each.line, "number", "twice", vi, en)


def _day(cell: str) -> str | None:
    """A day as `YYYY-MM-DD`; None for what is none."""
    said = _VIETNAMESE_DAY.fullmatch(cell)
    try:
        if said:
            return date(int(said[3]), int(said[2]), int(said[1])).isoformat()
        return date.fromisoformat(cell).isoformat() if len(cell) == len("2009-05-31") else None
    except ValueError:
        return None


def _kept(column: str, cell: str) -> str:
    """A cell as it is kept: a day in one way of writing."""
    return (_day(cell) or "") if column == "issued_on" else cell


def _is_plain(name: str) -> bool:
    return "/" not in name and "\\" not in name and not name.startswith(".")


def _is_procedure(cell: str) -> bool:
    try:
        return bool(procedure_code(cell))
    except BadCode:
        return False
