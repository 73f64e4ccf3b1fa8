"""The papers of the 35 records that the table's own rows name, found by hand and by words, never by our matcher.

A pair is a component that a person is asked for and a row of its procedure, with the words of both by which a reader
knows that the row means this paper. Each is found, certain or proposed; docs/explanation/law.md has the figures.
"""

import json
import re
import unicodedata
from pathlib import Path

import pytest

import chalicelib.catalogue
from chalicelib.catalogue.restructuring.replacements import table
from tests.unit.catalogue.records import given

DATA = Path(chalicelib.catalogue.__file__).parent / "data"
ROWS = json.loads((DATA / "replacements.json").read_text(encoding="utf-8"))["rows"]
CARD, HOME = "căn cước", "chỗ ở hợp pháp"
OLD_CARD, DEATH = "chứng minh nhân dân", "giấy chứng tử"
PAIRS = [
    ("1.000656", "KQ004946", 417, CARD, CARD),
    ("1.000894", "KQ004946", 446, CARD, CARD),
    ("1.001193", "KQ004946", 427, CARD, CARD),
    ("1.004845", "KQ004946", 440, CARD, CARD),
    ("2.000635", "KQ004946", 428, CARD, CARD),
    ("2.002189", "KQ004946", 450, CARD, CARD),
    ("1.004194", "KQ003631", 680, HOME, HOME),
    ("1.004222", "KQ003605", 679, HOME, HOME),
    ("1.004222", "KQ003605", 681, HOME, HOME),
    ("1.004222", "KQ003606", 682, "quan hệ nhân thân với chủ hộ", "quan hệ nhân thân với chủ hộ"),
    ("1.004222", "KQ003608", 679, "quyền sở hữu tài sản gắn liền với đất", "quyền sở hữu tài sản gắn liền với đất"),
    ("1.004222", "KQ003608", 681, "quyền sở hữu tài sản gắn liền với đất", "quyền sở hữu tài sản gắn liền với đất"),
    ("1.004222", "KQ003608", 683, "đủ diện tích nhà ở", "đủ diện tích nhà ở"),
    ("2.000527", "KQ000665", 667, OLD_CARD, OLD_CARD),
    ("2.000527", "KQ000666", 667, OLD_CARD, OLD_CARD),
    ("2.000616", "KQ000668", 668, DEATH, DEATH),
    ("2.000616", "KQ000669", 668, OLD_CARD, OLD_CARD),
    ("2.000689", "KQ000661", 665, DEATH, DEATH),
    ("2.000689", "KQ000662", 665, "căn cước công dân", "căn cước công dân"),
]
CERTAIN_OF_AN_ALTERNATIVE = {(code, paper, row) for code, paper, row, *_ in PAIRS if paper == "KQ004946"}
NO_SUCH_PAPER = {("2.000689", "KQ000660", 665)}
"""A declaration that asks for the certificate, which the row names as a paper."""
TOO_GENERAL = {"giấy tờ", "nhà ở", "tài sản gắn liền với đất"}


def plain(text):
    """A text without marks and cases, for looking words up in it."""
    composed = unicodedata.normalize("NFC", text).casefold()
    seen = "".join(each for each in composed if unicodedata.category(each) != "Cf")
    return f" {' '.join(re.sub(r'\W+', ' ', seen).split())} "


def papers(code):
    """The components of a raw record that have a quantity, by the end of their code."""
    record = given.record(code)
    groups = [record, *record["executionCases"], *record["cases"]]
    parts = [part for group in groups for part in group.get("profileComponents") or []]
    return {part["code"][-8:]: part["name"] for part in parts if part["originalQty"] or part["copyQty"]}


def words_of(document):
    """The papers that a row names, as a plain reader splits them."""
    for part in re.split(r"[,;/\n]|(?:^|\s)-\s|\bhoặc\b|\bvà\b(?! chứng)", document):
        words = plain(part).strip()
        words = re.sub(r"^(bản sao|bản chụp)( đã)?( được)?( chứng thực)?( hợp lệ)? ?", "", words)
        words = words.removeprefix("thẻ ")
        if len(words) > len("a b") and words not in TOO_GENERAL:
            yield words


def by_words(code):
    """The pairs of a record by plain words alone."""
    return {
        (code, paper, number)
        for number, row in enumerate(ROWS, 1)
        if row["code"] == code
        for paper, name in papers(code).items()
        if any(f" {words} " in plain(name) for words in words_of(row["document"]))
    }


@pytest.mark.parametrize(("code", "paper", "row", "of_row", "of_paper"), PAIRS)
def test_a_paper_that_a_row_of_its_procedure_names_is_found(code, paper, row, of_row, of_paper):
    assert ROWS[row - 1]["code"] == code
    assert f" {of_row} " in plain(ROWS[row - 1]["document"])
    assert f" {of_paper} " in plain(papers(code)[paper])
    found = {match.replacement.row: match for match in table().matches(code, papers(code)[paper])}
    assert row in found
    wanted = "alternative" if (code, paper, row) in CERTAIN_OF_AN_ALTERNATIVE else "possible"
    assert found[row].quality == wanted


def test_by_hand_nothing_is_left_out_that_plain_words_find():
    by_hand = {(code, paper, row) for code, paper, row, *_ in PAIRS}
    found = set().union(*(by_words(code) for code in given.CODES))
    assert found - by_hand == NO_SUCH_PAPER
    assert len(found & by_hand) == 17, "so that the words do find something"


def test_of_a_record_that_stands_in_the_table_without_such_a_paper_nothing_is_certain():
    """2.000986: its row says an identity card, and none of its papers is one."""
    assert "2.000986" in {row["code"] for row in ROWS}
    for name in papers("2.000986").values():
        assert not [match for match in table().matches("2.000986", name) if match.quality != "possible"]
