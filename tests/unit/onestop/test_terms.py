"""Which line of a term a dossier has: the first that fits its channel, its answers and its place, never a guess."""

import pytest

from chalicelib.contracts.plan import PlannedAnswer, PlannedLine, PlannedTerm
from chalicelib.onestop.refusals import TermOpen
from chalicelib.onestop.terms import by_line, explained, needs_place, taken

AGENCY = "H01.10.24"
ANSWERED = (PlannedAnswer(field="/land/kind~1use", value="a"),)
TERM = PlannedTerm(
    text="",
    cutoff="15:00",
    citation="QĐ 1",
    lines=(
        PlannedLine(text="15wd", areas=("border", "island"), when=ANSWERED, condition_vi="xã biên giới"),
        PlannedLine(text="8wd", when=ANSWERED, record="8 WORKING_DAY", not_counted_vi=("thời gian của cơ quan thuế",)),
        PlannedLine(text="20wd", areas=("border",)),
        PlannedLine(text="3wd", channels=("ONLINE",)),
        PlannedLine(text="10wd"),
    ),
)
CASE_A = {"land": {"kind/use": "a"}}


@pytest.mark.parametrize(
    ("channel", "answers", "areas", "text"),
    [
        ("ONLINE", CASE_A, ("island", "mountain"), "15wd"),
        ("ONLINE", CASE_A, ("mountain",), "8wd"),
        ("ONLINE", CASE_A, (), "8wd"),
        ("ONLINE", {"land": {"kind/use": "b"}}, ("border",), "20wd"),
        ("ONLINE", {"land": "a"}, (), "3wd"),
        ("DIRECT", {}, (), "10wd"),
    ],
)
def test_the_first_line_that_fits_holds(channel, answers, areas, text):
    line = taken(TERM, channel, answers, areas, AGENCY)
    assert by_line(TERM, line).text == text
    assert (by_line(TERM, line).cutoff, by_line(TERM, line).citation) == ("15:00", "QĐ 1")
    assert line.areas == areas


def test_a_term_for_everybody_has_no_line_and_asks_for_no_place():
    plain = PlannedTerm(text="5wd")
    assert taken(plain, "ONLINE", {}, None, AGENCY) is None
    assert by_line(plain, None) is plain
    assert explained(plain, None, "vi") is None
    assert (needs_place(plain), needs_place(TERM)) == (False, True)


def test_a_place_that_nobody_named_is_asked_for_where_a_line_depends_on_it():
    with pytest.raises(TermOpen) as asked:
        taken(TERM, "ONLINE", CASE_A, None, AGENCY)
    assert asked.value.facts == {"agency": AGENCY, "areas": ["border", "island"]}
    without = PlannedTerm(text="", lines=(TERM.lines[1], TERM.lines[2]))
    assert taken(without, "ONLINE", CASE_A, None, AGENCY).line == 0, "found before the place matters"


def test_a_dossier_that_no_line_is_for_gets_no_due_date():
    with pytest.raises(TermOpen) as none:
        taken(PlannedTerm(text="", lines=TERM.lines[:1]), "ONLINE", {}, (), AGENCY)
    assert none.value.facts == {"agency": AGENCY, "areas": []}


def test_the_line_is_explained_in_the_records_words_and_in_both_languages():
    line = taken(TERM, "ONLINE", CASE_A, ("island",), AGENCY)
    vi, en = explained(TERM, line, "vi"), explained(TERM, line, "en")
    assert (vi.line, vi.of, vi.text, vi.condition_vi, vi.place_areas) == (1, 5, "15wd", "xã biên giới", ("island",))
    assert vi.why == "xã nơi nộp thuộc: hải đảo; trả lời trong biểu mẫu: /land/kind~1use = a"
    assert en.why == "the commune is: islands; answered in the form: /land/kind~1use = a"
    second = explained(TERM, taken(TERM, "ONLINE", CASE_A, (), AGENCY), "vi")
    assert (second.record, second.not_counted_vi) == ("8 WORKING_DAY", ("thời gian của cơ quan thuế",))
    online = explained(TERM, taken(TERM, "ONLINE", {}, (), AGENCY), "en")
    assert online.why == "channel: ONLINE"
    last = [explained(TERM, taken(TERM, "DIRECT", {}, (), AGENCY), each).why for each in ("vi", "en")]
    assert last == ["không dòng nào khác áp dụng", "no other line is for this dossier"]
