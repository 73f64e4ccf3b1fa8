"""An index sheet is read whole, or every fault of every line is named."""

from datetime import date

import pytest

from chalicelib.digitisation.archives.sheet import LONGEST, MOST, NEEDED, owner_kind, read_sheet
from tests.support.index_sheet import sheet

TODAY = date(2026, 11, 27)
KINDS = ("giay_khai_sinh", "quyet_dinh")


def faults(text):
    _, found = read_sheet(text, TODAY, KINDS)
    assert all(each.vi and each.en and each.vi != each.en for each in found)
    return [(each.line, each.column, each.rule) for each in found]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_a_sheet_as_programs_of_offices_write_it_is_read(mark, begin):
    text = begin + sheet(
        {},
        {"number": "5", "file": "0002.pdf", "issued_on": "2001-02-03", "owner_number": "079198000127",
         "procedure": "1.001193", "reads_as": "giay_khai_sinh", "sha256": "A" * 64},
        mark=mark,
    )  # fmt: skip
    lines, found = read_sheet(text.replace("\n", "\r\n") + "\r\n" + mark * 9 + "\r\n", TODAY, KINDS)
    assert found == []
    assert [(each.line, each.issued_on, each.owner_kind) for each in lines] == [
        (2, "1998-05-31", ""), (3, "2001-02-03", "CITIZEN"),
    ]  # fmt: skip
    assert (lines[1].procedure, lines[1].reads_as) == ("1.001193", "giay_khai_sinh")


def test_cells_are_composed_and_without_blanks_around_them():
    decomposed = "Nguyê\u0303n Thị"
    (line,), found = read_sheet(sheet({"owner_name": f"  {decomposed} ", "file": "a\u0301.pdf"}), TODAY, KINDS)
    assert (found, line.owner_name, line.file) == ([], "Nguyễn Thị", "á.pdf")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        *(({name: ""}, (name, "missing")) for name in NEEDED),
        *(({name: "x" * (LONGEST + 1)}, (name, "text")) for name in ("number", "kind", "owner_name", "issued_by")),
        ({"owner_name": "a\u202eb"}, ("owner_name", "text")),
        ({"issued_on": "31/02/1998"}, ("issued_on", "date")),
        ({"issued_on": "1998"}, ("issued_on", "date")),
        ({"issued_on": "19980531"}, ("issued_on", "date")),
        ({"issued_on": "05/31/1998"}, ("issued_on", "date")),
        ({"issued_on": "2026-11-28"}, ("issued_on", "date")),
        ({"file": "../0001.pdf"}, ("file", "file")),
        ({"file": "a\\b.pdf"}, ("file", "file")),
        ({"file": ".hidden"}, ("file", "file")),
        ({"owner_number": "12345"}, ("owner_number", "owner_number")),
        ({"owner_number": "0791980001277"}, ("owner_number", "owner_number")),
        ({"procedure": "birth"}, ("procedure", "procedure")),
        ({"reads_as": "giay_la"}, ("reads_as", "reads_as")),
        ({"sha256": "abc"}, ("sha256", "sha256")),
    ],
    ids=str,
)
def test_a_fault_of_a_cell_is_named_by_line_and_column(row, fault):
    text = sheet({"number": "1", "file": "1.pdf"}, row)
    assert faults(text) == [(3, *fault)]


def test_every_fault_of_every_line_is_named_at_once():
    text = sheet({"issued_on": "x", "kind": ""}, {"number": "2", "file": "2.pdf"}, {"number": "3", "file": ".x"})
    assert set(faults(text)) == {(2, "issued_on", "date"), (2, "kind", "missing"), (4, "file", "file")}


def test_a_file_or_a_paper_that_two_lines_name_is_a_fault():
    assert faults(sheet({}, {"number": "2"})) == [(3, "file", "twice")]
    assert faults(sheet({}, {"file": "2.pdf"})) == [(3, "number", "twice")]
    assert faults(sheet({}, {"file": "2.pdf", "issued_by": "UBND xã An Nghĩa"})) == [], "another office's numbers"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (1, "number", "missing")),
        ("number;kind\n", (1, "owner_name", "missing")),
        (sheet({}, columns=(*NEEDED, "phone")), (1, "phone", "unknown")),
        (sheet({}, columns=(*NEEDED, "file")), (1, "file", "twice")),
        (sheet(), (1, "", "count")),
        (sheet(*({"number": str(n), "file": f"{n}.pdf"} for n in range(MOST + 1))), (1, "", "count")),
        (sheet({}) + "a,b\n", (3, "", "cells")),
        ('number,kind\n"a', (1, "", "csv")),
    ],
    ids=["empty", "few columns", "unknown column", "column twice", "no line", "too many", "ragged", "no csv"],
)
def test_what_is_no_sheet_is_said_to_be_none(text, fault):
    assert fault in faults(text)


def test_as_many_lines_as_are_taken_are_taken():
    lines, found = read_sheet(sheet(*({"number": str(n), "file": f"{n}.pdf"} for n in range(MOST))), TODAY, KINDS)
    assert (len(lines), found) == (MOST, [])


@pytest.mark.parametrize(
    ("number", "kind"),
    [("079198000127", "CITIZEN"), ("0301234567", "ORGANISATION"), ("0301234567-001", "ORGANISATION"),
     ("USA:X1234567", "FOREIGNER"), ("023456789", ""), ("", "")],
)  # fmt: skip
def test_a_number_says_whose_it_is(number, kind):
    assert owner_kind(number) == kind
    assert faults(sheet({"owner_number": number})) == []


@pytest.mark.parametrize(
    ("kind", "reads_as", "read"),
    [
        ("Giấy khai sinh", "", "giay_khai_sinh"),
        ("GIẤY KHAI SINH  số 5", "", "giay_khai_sinh"),
        ("Bản sao giấy khai sinh", "", ""),
        ("Giấy khai sinhh", "", ""),
        ("Giấy của xã", "quyet_dinh", "quyet_dinh"),
    ],
)
def test_an_empty_cell_does_not_keep_a_paper_from_being_read_as_what_it_is_called(kind, reads_as, read):
    (line,), found = read_sheet(sheet({"kind": kind, "reads_as": reads_as}), TODAY, KINDS)
    assert (found, line.kind_read) == ([], read)


def test_a_paper_is_not_called_by_the_title_of_another_kind():
    assert faults(sheet({"kind": "Giấy khai sinh", "reads_as": "quyet_dinh"})) == [(2, "kind", "other_kind")]
    assert faults(sheet({"kind": "Giấy khai sinh", "reads_as": "giay_khai_sinh"})) == []
