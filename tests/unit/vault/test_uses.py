"""The history of use says paper, purpose, count, time and user (Decree 69/2024 Art. 18(6) as amended by 320/2026)."""

import csv
import io

import pytest
from msgspec import structs

from chalicelib.contracts.ledger import LineWritten, RegisterAsked
from chalicelib.kernel.pages import csv_of
from chalicelib.ledger.lines import Line
from chalicelib.vault.uses import uses
from chalicelib.vault.wire import History, HistorySheet

READ = LineWritten(
    act="read",
    document="KQ1",
    by="H01.10.24",
    officer="Lý Thanh Oanh",
    basis="dossier MC-1",
    reference="MC-1",
    sha256="",
)
MORNING, NOON, EVENING = (f"2026-11-25T{hour}:00:00.000+00:00" for hour in ("02", "05", "17"))


def lines(*said):
    return [Line(at, told) for at, told in said]


def test_uses_of_one_paper_by_one_user_for_one_purpose_on_one_day_are_counted_together():
    given = lines((MORNING, READ), (NOON, READ), (EVENING, READ))  # 17:00 UTC is the next day in Viet Nam
    assert [(u.document, u.purpose, u.user, u.officer, u.times, u.first_at, u.last_at) for u in uses(given)] == [
        ("KQ1", "dossier MC-1", "H01.10.24", "Lý Thanh Oanh", 2, MORNING, NOON),
        ("KQ1", "dossier MC-1", "H01.10.24", "Lý Thanh Oanh", 1, EVENING, EVENING),
    ]
    assert {(u.times, u.first_at, u.last_at) for u in uses(given[::-1])} == {
        (2, MORNING, NOON),
        (1, EVENING, EVENING),
    }


def test_another_purpose_user_or_paper_is_another_use():
    other = [
        structs.replace(READ, **change)
        for change in (
            {},
            {"document": "KQ2"},
            {"basis": "dossier MC-2"},
            {"by": "H01.10.25"},
            {"officer": "Lê Thị Út"},
            {"portal": "dvc"},
        )
    ]
    assert [u.times for u in uses(lines(*((MORNING, told) for told in other)))] == [1] * 6


def test_what_was_stored_or_refused_is_no_use_and_a_register_that_was_asked_is():
    asked = RegisterAsked(register="population", purpose="declaration", use="fill", fields=("full_name",))
    found = uses(
        lines(
            (MORNING, structs.replace(READ, act="stored")),
            (MORNING, structs.replace(READ, refused=True)),
            (MORNING, structs.replace(READ, withdrawn=True)),
            (NOON, structs.replace(READ, asked=asked)),
        )
    )
    assert [(u.document, u.purpose, u.times) for u in found] == [("population", "declaration", 1)]


def test_no_cell_of_a_table_is_a_formula():
    text = csv_of([("a", "b"), ("=1+1", '+"x"'), ("-1", "@x")])
    assert text == '\ufeffa,b\r\n\'=1+1,"\'+""x"""\r\n\'-1,\'@x\r\n'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("a;=1+1", "a;'=1+1"),
        ('a;"=1+1"', 'a;\'"=1+1"'),
        ("a; @x;-1", "a;' @x;'-1"),
        ("a\n=1", "a\n'=1"),
        ("a\r\n+1", "a\r\n'+1"),
        ("a\r@x", "a\r'@x"),
        ("\tx", "'\tx"),
        ("a; b\nc - d = e, -f", "a; b\nc - d = e, -f"),
    ],
)
def test_what_a_spreadsheet_parts_into_cells_has_no_formula_either(cell, written):
    text = csv_of([(cell, "x")]).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[written, "x"]]


def test_a_table_says_last_that_something_of_it_is_withheld():
    assert list(HistorySheet().rows(History(uses=[]))) == [HistorySheet.COLUMNS]
    *_, last = HistorySheet().rows(History(uses=[], withheld=2))
    assert len(last) == len(HistorySheet.COLUMNS)
    assert "2 lines" in last[1]
    assert "2 dòng" in last[1]
