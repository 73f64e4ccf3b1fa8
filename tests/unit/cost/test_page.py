"""The page of the reference is what the commands print from the kept count; the budgets of the issue are in it."""

import re

from infra.cost import bill, page, prices
from infra.cost.assumed import assumed
from infra.cost.bill import log_bytes, written
from infra.cost.count import load


def test_the_page_is_what_the_commands_print():
    text = page.PAGE.read_text("utf-8")
    assert page.written(text) == text, "make cost"


def test_the_page_says_what_was_counted_and_what_is_unknown():
    text = page.PAGE.read_text("utf-8")
    assert f"counted {load().on}" in text
    assert "$ motcua cost --dossiers 1000000 --region ap-southeast-1" in text
    assert "$ motcua quotas --rate 420" in text
    assert re.search(r"^unknown: ", text, re.MULTILINE)


def test_what_is_reached_is_kept():
    """What a change makes dearer is seen here first; the aims are in the page."""
    count = load()
    assert written(count, 1_000_000, assumed()) <= 303, (
        "with PlansByHash 1; three values of a scan are looked at, in one answer; two documents come into a vault;"
        " 18 are of the measures, two of those that watch officers' reads, four of counters of a day and of traces;"
        " two tell the applicant of a scan that the agency put into their dossier"
    )
    assert log_bytes(count, assumed()) <= 40_000
    assert count.states <= 4 + 3, "the first four are none with DrivenLegs 2; three are those of a scanned paper"
    assert sum(count.events.values()) <= 29, (
        "two converted papers and a document that was kept are heard by others now, and eleven reads of officers"
    )
    done = bill.bill(count, prices.load().region("ap-southeast-1"), 1_000_000).sum("handled", "month")
    assert done <= 1_075, "175 are of state machines, 128 requests, 138 bytes that leave AWS, 40 watch officers' reads"


def test_a_page_that_is_not_current_is_told(tmp_path, monkeypatch, capsys):
    other = tmp_path / "cost.md"
    other.write_text(page.PAGE.read_text("utf-8").replace("Until the dossiers are done", "Until then"), "utf-8")
    monkeypatch.setattr(page, "PAGE", other)
    monkeypatch.setattr("sys.argv", ["page", "--check"])
    assert page.main() == 1
    assert "make cost" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["page"])
    assert page.main() == 0
    monkeypatch.setattr("sys.argv", ["page", "--check"])
    assert page.main() == 0
