"""Rows of other systems: the most and the least that a field takes, tables and files, what is said of what fits not."""

import pytest

from chalicelib.kernel.problem import BodyInvalid
from chalicelib.measures.ingested.dialects import LARGEST, MOST_FAULTS, MOST_ROWS, read_file, rows_of

REPORT = {
    "departmentId": "H01",
    "timeType": "month",
    "year": 2026,
    "month": 10,
    "formula": "monitoring-2026",
    "indicator": "online_share",
}
SYNC = {
    "MaHoSo": "a",
    "MaTTHC": "1.001193",
    "MaDonVi": "H01",
    "NgayTiepNhan": "20261005080000",
    "TrangThaiHoSo": 10,
}
EMC = {"SiteId": "H01", "CodeTTHC": "1.001193", "MaHoSo": "a", "Status": 3, "FormsReception": 1}
ROWS = {"portal_report": REPORT, "portal_sync": SYNC, "emc": EMC}
BOUNDS = [
    ("portal_report", "year", 2000, 2099),
    ("portal_report", "month", 1, 12),
    ("portal_report", "quarter", 1, 4),
    ("portal_report", "numerator", -(10**12), 10**12),
    ("portal_report", "denominator", -(10**12), 10**12),
    ("portal_sync", "TrangThaiHoSo", 1, 10),
    ("portal_sync", "KenhThucHien", 1, 3),
    ("emc", "Status", 0, 4),
    ("emc", "FormsReception", 1, 2),
    ("emc", "FormsPayments", 0, 99),
    ("emc", "Level", 0, 99),
    ("emc", "IsFromDVCQG", 0, 99),
    ("emc", "IsDVCBC", 0, 99),
]
LENGTHS = [
    *(("portal_report", name, 1, 60) for name in ("departmentId", "formula", "indicator")),
    ("portal_report", "dataQualityStatus", 1, 30),
    *(("portal_sync", name, 1, 60) for name in ("MaHoSo", "MaTTHC", "MaDonVi", "NgayHenTra", "MaKetQua")),
    *(("emc", name, 1, 60) for name in ("SiteId", "CodeTTHC", "MaHoSo")),
    ("emc", "CodeProfile", 0, 60),
    ("emc", "NameTTHC", 0, 500),
]


def faults(dialect, *rows):
    with pytest.raises(BodyInvalid) as caught:
        rows_of(dialect, rows)
    return [(each.pointer, each.rule) for each in caught.value.fields]


@pytest.mark.parametrize(("dialect", "name", "least", "most"), BOUNDS)
def test_a_number_is_within_its_bounds(dialect, name, least, most):
    for number in (least, most):
        assert rows_of(dialect, [ROWS[dialect] | {name: number}])
    for number in (least - 1, most + 1):
        assert faults(dialect, ROWS[dialect] | {name: number}) == [(f"/rows/0/{name}", "invalid")]


@pytest.mark.parametrize(("dialect", "name", "least", "most"), LENGTHS)
def test_a_text_is_as_long_as_its_field_takes(dialect, name, least, most):
    for length in (least, most):
        assert rows_of(dialect, [ROWS[dialect] | {name: "a" * length}])
    for length in {max(least - 1, 0), most + 1} - {least}:
        assert faults(dialect, ROWS[dialect] | {name: "a" * length}) == [(f"/rows/0/{name}", "invalid")]


@pytest.mark.parametrize("dialect", ROWS)
def test_what_a_row_has_to_have_is_named_and_nothing_else_is_taken(dialect):
    row = ROWS[dialect]
    optional = {"month"}
    for name in row.keys() - optional:
        assert faults(dialect, {key: value for key, value in row.items() if key != name}) == [
            (f"/rows/0/{name}", "missing")
        ]
    assert faults(dialect, row, row | {"HoTen": "x"}) == [("/rows/1", "unknown_field")]


def test_of_so_many_wrong_rows_the_first_ones_are_named():
    assert faults("emc", *[{}] * (MOST_FAULTS + 1)) == [
        (f"/rows/{number}/SiteId", "missing") for number in range(MOST_FAULTS)
    ]


def test_a_batch_has_a_row_and_no_more_than_one_transaction_keeps():
    assert len(rows_of("emc", [EMC] * MOST_ROWS)) == MOST_ROWS
    for count in (0, MOST_ROWS + 1):
        assert faults("emc", *[EMC] * count) == [("/rows", "row_count")]


# --- files ------------------------------------------------------------------------------------------------------


def unread(name, data):
    with pytest.raises(BodyInvalid) as caught:
        read_file(name, data)
    (fault,) = caught.value.fields
    assert fault.pointer == "/rows"
    return fault.rule


def test_a_file_is_read_by_the_end_of_its_name():
    assert read_file("a.JSON", b'{"rows": [{"a": 1, "b": null, "c": "x"}]}') == [{"a": 1, "b": None, "c": "x"}]
    assert read_file("a.Csv", b"a,b\n1,x\n") == [{"a": "1", "b": "x"}]
    assert unread("a.txt", b"a,b\n1,x\n") == unread("csv", b"a\n1\n") == "file_kind"
    assert unread("a.json", b'{"rows": [{"a": 1.5}]}') == unread("a.json", b"a,b\n1,x\n") == "unreadable"


def test_a_file_has_so_many_bytes_and_not_one_more():
    rows = b"a\n" + b"x" * (LARGEST - 3) + b"\n"
    assert len(rows) == LARGEST
    with pytest.raises(BodyInvalid) as caught:
        read_file("a.csv", rows)
    assert caught.value.fields[0].rule == "unreadable", "its one cell is too long for a reader of tables"
    assert unread("a.csv", rows + b"\n") == "max_bytes"
    short = b"a\n" + b"x\n" * 1000 + b"\n" * (LARGEST - 2002)
    assert len(read_file("a.csv", short)) == 1000
    assert unread("a.csv", short + b"\n") == "max_bytes"


def test_a_table_is_read_no_further_than_a_batch_has_rows():
    lines = b"a\n" + b"x\n" * (MOST_ROWS + 5)
    assert len(read_file("a.csv", lines)) == MOST_ROWS + 1, "one more than is taken, so that it shows"
    assert len(read_file("a.csv", b"a\n" + b"x\n" * MOST_ROWS)) == MOST_ROWS


def test_what_is_empty_was_not_said_and_a_line_has_as_many_cells_as_names():
    assert read_file("a.csv", b"a,b,c\n1,,x\n") == [{"a": "1", "c": "x"}]
    assert read_file("a.csv", "\ufeffa\nă\n".encode()) == [{"a": "ă"}]
    assert read_file("a.csv", b'a,b\n"1,\n2",x\n') == [{"a": "1,\n2", "b": "x"}]
    assert unread("a.csv", b"a,b\n1\n") == unread("a.csv", b"a,b\n1,2,3\n") == "columns"
    assert unread("a.csv", b"a,b,a\n1,2,3\n") == "duplicate_key"
    assert unread("a.csv", b'a\n"x\n') == "unreadable"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40", 40),
        ("-3", -3),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, "9" * 19),
        ("4.0", "4.0"),
        ("+4", "+4"),
        ("4 ", "4 "),
        ("\u0664", "\u0664"),
    ],
)
def test_a_column_of_whole_numbers_has_one_or_says_what_stood_there(text, value):
    names = ("numerator", "denominator", "year", "quarter", "month", "KenhThucHien", "TrangThaiHoSo")
    names += ("Status", "FormsReception", "FormsPayments", "Level", "IsFromDVCQG", "IsDVCBC", "MaHoSo")
    (row,) = read_file("a.csv", f"{','.join(names)}\n{','.join([text] * len(names))}\n".encode())
    assert row == dict.fromkeys(names[:-1], value) | {"MaHoSo": text}, "a code of digits stays a text"
