"""A file of joiners and leavers: read row by row, every fault by its line and column. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from chalicelib.contracts.event import heard
from chalicelib.contracts.identity import RoleHeld
from chalicelib.contracts.plan import Part
from chalicelib.identity.staff import rules
from chalicelib.identity.staff.model import Certificate, Enrolment
from chalicelib.kernel.access import STAFF
from chalicelib.kernel.problem import FieldError
from chalicelib.kernel.words import ALL, line_fault
from chalicelib.law import codes

KINDS: Final = ("receive", "forward", "verify", "consult", "approve", "withdrawal", "objection")
MOST_ROWS: Final = 200
LONGEST: Final = 300


class Leaver(Part, frozen=True, kw_only=True):
    """A row of somebody who goes, and the subject of the colleague who takes over."""

    subject: str
    left_on: str
    hand_over_to: str


class Line(Part, frozen=True, kw_only=True):
    """A row with its place: `/rows/0`, or `/csv/2` by the line of the file."""

    place: str
    row: Enrolment | Leaver
    number: str = ""
    """A joiner's personal number, as far as the file says it: it is hashed before anything else is done with it."""


class Cells(Part, frozen=True, kw_only=True):
    """A row as it was sent: what it leaves out is empty."""

    subject: str = ""
    name: str = ""
    roles: str = ""
    valid_from: str = ""
    valid_to: str = ""
    kinds: str = ""
    areas: str = ""
    position: str = ""
    certificate: str = ""
    certificate_from: str = ""
    certificate_to: str = ""
    left_on: str = ""
    hand_over_to: str = ""
    personal_id: str = ""

    def said(self, names: Iterable[str]) -> list[str]:
        """Those of these columns that say something."""
        return [name for name in names if getattr(self, name)]


def from_csv(text: str) -> tuple[list[tuple[str, Cells]], list[FieldError]]:
    """The rows of a CSV file with their places; commas or semicolons, a mark of its encoding may stand before it."""
    text = text.removeprefix("\ufeff")
    heading = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        return [], [_fault("/csv", "csv", "Không phải tệp CSV", "Not a CSV file")]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        return [], [_fault("/csv", "min_length", "Tệp không có dòng nào", "The file has no line")]
    names, faults = rows[0][1], list[FieldError]()
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            vi, en = (
                f"Cột {name[:40]!r} không có hoặc có hai lần",
                f"The column {name[:40]!r} is unknown or comes twice",
            )
            faults.append(_fault("/csv/1", "column", vi, en))
    found = []
    for number, cells in rows[1:]:
        if len(cells) > len(names):
            faults.append(_fault(f"/csv/{number}", "column", *_at(number, "", "quá nhiều cột", "too many columns")))
        known = {name: cell for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
        found.append((f"/csv/{number}", heard(Cells, known)))
    return found, faults


COLUMNS: Final = Cells.__struct_fields__
"""What a row may say. With `left_on` it is of a leaver, else of a joiner. Lists are separated by spaces."""


def read_rows(given: Sequence[tuple[str, Cells]]) -> tuple[list[Line], list[FieldError]]:
    """Rows as joiners and leavers, the joiners first, and every fault; two rows of one subject are one."""
    found, faults, seen = list[Line](), list[FieldError](), set[str]()
    if len(given) > MOST_ROWS:
        vi, en = f"Nhiều nhất {MOST_ROWS} dòng một lần", f"At most {MOST_ROWS} rows at a time"
        return [], [_fault(given[MOST_ROWS][0], "max_length", vi, en)]
    for place, cells in given:
        wrong = [
            _cell(place, n, "max_length", "quá dài", "is too long") for n in COLUMNS if _is_long(getattr(cells, n))
        ]
        wrong += _unsaid(place, cells)
        if cells.subject in seen:
            wrong.append(_cell(place, "subject", "duplicate", "xuất hiện hai lần", "comes twice"))
        seen |= {cells.subject} - {""}
        row, more = _leaver(place, cells) if cells.left_on else _joiner(place, cells)
        faults += wrong + more
        if row and not wrong and not more:
            found.append(Line(place=place, row=row, number=cells.personal_id))
    return sorted(found, key=lambda line: isinstance(line.row, Leaver)), faults


def _is_long(text: str) -> bool:
    return len(text) > LONGEST


def _unsaid(place: str, cells: Cells) -> list[FieldError]:
    """The cells that say nothing, or more than their one line: a file is read as a body is."""
    given = ((name, getattr(cells, name)) for name in COLUMNS)
    found = ((name, line_fault(text)) for name, text in given if text and not (name == "areas" and text == ALL))
    return [_cell(place, name, rule[0], rule[1], rule[2]) for name, rule in found if rule]


def _missing(place: str, cells: Cells, *needed: str) -> list[FieldError]:
    return [_cell(place, n, "required", "thiếu", "is missing") for n in needed if n not in cells.said(COLUMNS)]


def _leaver(place: str, cells: Cells) -> tuple[Leaver | None, list[FieldError]]:
    extra = cells.said(("roles", "valid_from", "valid_to", "kinds", "areas", "certificate", "personal_id"))
    wrong = [_cell(place, name, "extra", "không dùng cho người rời đi", "is not for a leaver") for name in extra]
    wrong += _missing(place, cells, "subject", "hand_over_to")
    if rules.of_roles([RoleHeld(role="", valid_from=cells.left_on)]):
        wrong.append(_cell(place, "left_on", "date", "không phải một ngày có thật", "is not a day"))
    if wrong:
        return None, wrong
    return Leaver(subject=cells.subject, left_on=cells.left_on, hand_over_to=cells.hand_over_to), []


def _joiner(place: str, cells: Cells) -> tuple[Enrolment | None, list[FieldError]]:
    wrong = _missing(place, cells, "subject", "name", "roles", "valid_from")
    if cells.hand_over_to:
        wrong.append(_cell(place, "hand_over_to", "extra", "chỉ dùng cho người rời đi", "is for a leaver"))
    if cells.personal_id and not codes.is_identity("CITIZEN", cells.personal_id):
        wrong.append(_cell(place, "personal_id", "pattern", "không phải số định danh", "is no personal number"))
    for name, words, known in (("roles", cells.roles, STAFF), ("kinds", cells.kinds, frozenset(KINDS))):
        odd = [word[:40] for word in words.split() if word not in known]
        wrong += [_cell(place, name, "enum", f"không có {word!r}", f"has no {word!r}") for word in odd]
    closes = cells.valid_to or None
    roles = tuple(RoleHeld(role=role, valid_from=cells.valid_from, valid_to=closes) for role in cells.roles.split())
    if not wrong:
        wrong += [_cell(place, _column(e), e.rule, e.message_vi, e.message_en) for e in rules.of_roles(roles)[:1]]
    certificate, more = _certificate(place, cells)
    if wrong or more:
        return None, wrong + more
    made = Enrolment(
        subject=cells.subject,
        name=cells.name,
        roles=roles,
        kinds=tuple(cells.kinds.split()),
        areas=tuple(cells.areas.split()),
        position=cells.position,
        certificate=certificate,
    )
    return made, []


def _certificate(place: str, cells: Cells) -> tuple[Certificate | None, list[FieldError]]:
    if not cells.certificate:
        extra = cells.said(("certificate_from", "certificate_to"))
        return None, [_cell(place, name, "extra", "thiếu số chứng thư", "has no certificate") for name in extra]
    if not cells.certificate_from:
        return None, _missing(place, cells, "certificate_from")
    opens, closes = cells.certificate_from, cells.certificate_to or None
    made = Certificate(serial=cells.certificate, valid_from=opens, valid_to=closes)
    return made, [
        _cell(place, _column(e).replace("valid", "certificate"), e.rule, e.message_vi, e.message_en)
        for e in rules.of_certificate(made)
    ]


def _column(error: FieldError) -> str:
    """The column of a fault that was found in days or roles."""
    last = error.pointer.rsplit("/", 1)[-1]
    return last if last in COLUMNS else "roles"


def _cell(place: str, column: str, rule: str, vi: str, en: str) -> FieldError:
    number = place.rsplit("/", 1)[-1]
    return _fault(f"{place}/{column}", rule, *_at(number, column, vi, en))


def _at(number: object, column: str, vi: str, en: str) -> tuple[str, str]:
    """Where in a file something is wrong: line and column, as a spreadsheet shows them."""
    cell_vi, cell_en = (f", cột {column}", f", column {column}") if column else ("", "")
    return f"Dòng {number}{cell_vi}: {vi}", f"Line {number}{cell_en}: {en}"


def _fault(pointer: str, rule: str, vi: str, en: str) -> FieldError:
    return FieldError(pointer, rule, vi, en)
