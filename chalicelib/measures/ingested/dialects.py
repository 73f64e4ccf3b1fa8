"""The fields in which other systems send figures, and rows read from JSON and CSV. Pure.

No row has a field of a person: a name or number of one is refused as an unknown field, so it is never kept.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.measures.reported import Dialect

_PLAIN: Final = r"\A[^\x00-\x1f\x7f]*\Z"
"""No control characters: JSON writes each in six bytes, and a file would grow past what one transaction takes."""
type Text = Annotated[str, Meta(min_length=1, max_length=60, pattern=_PLAIN)]
type Word = Annotated[str, Meta(pattern=r"\A[a-z_]{1,30}\Z")]
"""The source's word on its quality. Everybody reads it, so no text of its own fits: no name, no number."""
type Count = Annotated[int, Meta(ge=-(10**12), le=10**12)]
type Code = Annotated[int, Meta(ge=0, le=99)]
type Raw = Mapping[str, str | int | None]
"""A row as it came: field by field, before anything was looked at."""

MOST_ROWS: Final = 2_000
"""Rows of a batch: what one transaction keeps with all that it moves."""
LARGEST: Final = 1 << 20
"""Bytes of a file: ours, no text says one."""


class PortalReportRow(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
    rename={"unit": "departmentId", "time_type": "timeType", "said": "dataQualityStatus"},
):
    """A figure in the fields of the portal's reports: numerator and denominator of an indicator, of a unit and period.

    `formula`: the set by which the indicator is named: `monitoring-2026`, or one of the service index.
    """

    unit: Text
    time_type: Literal["year", "quarter", "month"]
    year: Annotated[int, Meta(ge=2000, le=2099)]
    quarter: Annotated[int, Meta(ge=1, le=4)] | None = None
    month: Annotated[int, Meta(ge=1, le=12)] | None = None
    formula: Text
    indicator: Text
    numerator: Count | None = None
    denominator: Count | None = None
    said: Word | None = None


class PortalSyncRow(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "code": "MaHoSo",
        "procedure": "MaTTHC",
        "unit": "MaDonVi",
        "channel": "KenhThucHien",
        "received": "NgayTiepNhan",
        "due": "NgayHenTra",
        "ended": "NgayKetThucXuLy",
        "state": "TrangThaiHoSo",
        "result": "MaKetQua",
    },
):
    """A dossier in the fields by which the portal is synchronised; times are Vietnam's, `yyyyMMddHHmmss`.

    `channel`: 1 direct, as is none; 2 online; 3 post. `result`: the code of its electronic result.
    """

    code: Text
    procedure: Text
    unit: Text
    channel: Literal[1, 2, 3] | None = None
    received: Text
    due: Text | None = None
    ended: Text | None = None
    state: Annotated[int, Meta(ge=1, le=10)]
    result: Text | None = None


class EmcRow(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "profile": "CodeProfile",
        "unit": "SiteId",
        "procedure": "CodeTTHC",
        "name": "NameTTHC",
        "code": "MaHoSo",
        "state": "Status",
        "reception": "FormsReception",
        "payment": "FormsPayments",
        "level": "Level",
        "from_portal": "IsFromDVCQG",
        "by_post": "IsDVCBC",
    },
):
    """A dossier in the fields of EMC's tracking, without `User` and `Data`.

    `state`: 0 other, 1 received, 2 processing, 3 returned, 4 assigned. `reception`: 1 online, 2 direct. `by_post`:
    not 0 where the post brought or brings it.
    """

    profile: Annotated[str, Meta(max_length=60, pattern=_PLAIN)] = ""
    unit: Text
    procedure: Text
    name: Annotated[str, Meta(max_length=500, pattern=_PLAIN)] = ""
    code: Text
    state: Literal[0, 1, 2, 3, 4]
    reception: Literal[1, 2]
    payment: Code = 0
    level: Code = 0
    from_portal: Code = 0
    by_post: Code = 0


type Row = PortalReportRow | PortalSyncRow | EmcRow
DIALECTS: Final[Mapping[Dialect, type[Row]]] = {
    "portal_report": PortalReportRow,
    "portal_sync": PortalSyncRow,
    "emc": EmcRow,
}


def at_row(number: int, field: str, rule: str, vi: str, en: str) -> FieldError:
    """What is wrong with a row: `number` counts from 0, as its place in the list."""
    return FieldError(f"/rows/{number}{f'/{field}' if field else ''}", rule, vi, en)


def rows_of(dialect: Dialect, given: Sequence[Raw]) -> tuple[Row, ...]:
    """Rows as their type. Raises BodyInvalid, which names every row that is wrong, its field and the rule."""
    if not 0 < len(given) <= MOST_ROWS:
        vi, en = f"Có {len(given)} dòng, nhận từ 1 đến {MOST_ROWS}", f"{len(given)} rows, 1 to {MOST_ROWS} are taken"
        raise BodyInvalid(fields=[FieldError("/rows", "row_count", vi, en)])
    kind, found, wrong = DIALECTS[dialect], list[Row](), list[FieldError]()
    for number, raw in enumerate(given):
        try:
            found.append(msgspec.convert(raw, kind))
        except msgspec.ValidationError as error:
            wrong.append(_unfit(number, kind, str(error)))
    if wrong:
        raise BodyInvalid(fields=wrong[:MOST_FAULTS])
    return tuple(found)


MOST_FAULTS: Final = 50
"""Faults that are named at once."""


def _unfit(number: int, kind: type[Row], told: str) -> FieldError:
    """What msgspec says of a row, without the text that stood there."""
    reason, _, place = told.partition(" - at `$")
    field = place.strip("`").lstrip(".")
    if reason.startswith("Object contains unknown field"):
        known = ", ".join(each.encode_name for each in msgspec.structs.fields(kind))
        return at_row(number, "", "unknown_field", f"Chỉ nhận các trường: {known}", f"Fields are: {known}")
    if reason.startswith("Object missing required field"):
        return at_row(number, reason.split("`")[1], "missing", "Bắt buộc phải có", "It has to be there")
    en = "It is none of the values that are taken" if "Invalid enum value" in reason else reason
    return at_row(number, field, "invalid", "Giá trị không hợp lệ", en)


def read_file(name: str, data: bytes) -> list[Raw]:
    """The rows of a file: `.json` with `{"rows": [...]}`, `.csv` with a line of field names. Raises BodyInvalid."""
    if len(data) > LARGEST:
        raise _unread("max_bytes", f"Tối đa {LARGEST} byte", f"At most {LARGEST} bytes")
    try:
        if name.lower().endswith(".json"):
            return list(msgspec.json.decode(data, type=_File).rows)
        if name.lower().endswith(".csv"):
            return _table(data)
    except (msgspec.MsgspecError, ValueError, csv.Error, RecursionError) as error:
        raise _unread("unreadable", "Tệp không đọc được", f"It does not read ({type(error).__name__})") from None
    raise _unread("file_kind", "Chỉ nhận tệp .json và .csv", "Files are .json or .csv")


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rows."""

    rows: tuple[dict[str, str | int | None], ...]


def _unread(rule: str, vi: str, en: str) -> BodyInvalid:
    return BodyInvalid(fields=[FieldError("/rows", rule, vi, en)])


def _table(data: bytes) -> list[Raw]:
    """A table as rows: what is empty was not said, and a field of whole numbers has one or is told as a text."""
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    names = lines.fieldnames or ()
    if len(set(names)) < len(names):
        raise _unread("duplicate_key", "Một cột xuất hiện hai lần", "A column comes twice")
    found = list[Raw]()
    for line in lines:
        if None in line or None in line.values():
            raise _unread(
                "columns", f"Dòng {len(found)} sai số cột", f"Row {len(found)} has not as many cells as names"
            )
        found.append({name: _cell(name, value) for name, value in line.items() if value != ""})
        if len(found) > MOST_ROWS:
            break
    return found


def _cell(name: str, value: str) -> str | int:
    return int(value) if name in WHOLE and _WHOLE.fullmatch(value) else value


_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
"""A whole number, no longer than any that is taken: what is longer stays a text, which is a fault of its row."""
WHOLE: Final = frozenset({
    "year", "quarter", "month", "numerator", "denominator", "KenhThucHien", "TrangThaiHoSo",
    "Status", "FormsReception", "FormsPayments", "Level", "IsFromDVCQG", "IsDVCBC",
})  # fmt: skip
"""Columns of whole numbers."""


def encoded(rows: Iterable[Row]) -> bytes:
    """Rows as they are kept and hashed: the same rows have the same bytes, however their file was written."""
    return msgspec.json.encode(list(rows), order="sorted")
