"""What of a term keeps a version back: each rule is seen to refuse, and nothing else is said."""

import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.pinned import plan
from tests.fakes import people
from tests.support.hall import version
from tests.unit.catalogue.records.given import read

LAST = {"text": "10wd"}
SAID = {"words_vi": "Đối với các xã hải đảo: 15 ngày.", "quantity": 15, "unit": "d", "areas": ["island"]}
ISLAND = {"text": "15d", "areas": ["island"], "sentences": [{**SAID, "reading": "here"}]}


def found(*lines, record=None, **term):
    facts = {**people.facts(), "term": {"lines": list(lines), **term}}
    item = version(facts, form=people.form_document())
    return {(p.pointer.removeprefix("/facts/term"), p.rule) for p in problems_of(item, record)}


def test_lines_that_are_decided_and_leave_nobody_out_may_be_published():
    assert found(ISLAND, LAST) == set()
    assert found(LAST) == set()
    sex = {"field": "/child/sex", "value": "Nam"}
    case = people.facts()["cases"][0]["code"]
    assert found({"text": "1wd", "case": case, "when": [sex]}, LAST) == set()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ({"text": None}, ("/lines/0/text", "term")),
        ({"text": "mười ngày"}, ("/lines/0/text", "term")),
        ({"text": "9wd", "quantity": 8.5, "unit": "wd", "record": "8.5 WORKING_DAY"}, ("/lines/0/text", "longer")),
        ({"text": "1d", "channels": ["POSTAL"]}, ("/lines/0/channels", "channel")),
        ({"text": "1d", "areas": ["city"]}, ("/lines/0/areas", "area")),
        ({"text": "1d", "when": [{"field": "/child/sex", "value": "Khác"}]}, ("/lines/0/when/0", "answer")),
        ({"text": "1d", "when": [{"field": "/nobody/asks", "value": "a"}]}, ("/lines/0/when/0", "answer")),
        ({"text": "1d", "sentences": [SAID]}, ("/lines/0/sentences/0/reading", "decide")),
        ({"text": "1d", "sentences": [{**SAID, "reading": "here"}]}, ("/lines/0/sentences/0", "area")),
        ({"text": "1d", "sentences": [{**SAID, "reading": "elsewhere"}]}, ("/lines/0/sentences/0", "area")),
    ],
)
def test_a_line_that_cannot_hold_is_named(line, rule):
    channel = people.facts()["channels"][0]
    own = {"channels": [channel], **line} if "areas" not in line and "when" not in line else line
    facts = {**people.facts(), "channels": [channel], "term": {"lines": [own, LAST]}}
    told = {
        (p.pointer.removeprefix("/facts/term"), p.rule)
        for p in problems_of(version(facts, form=people.form_document()))
        if "/term" in p.pointer
    }
    assert told == {rule}


def test_a_sentence_that_is_no_term_asks_for_no_line():
    assert found({**LAST, "sentences": [{**SAID, "reading": "aside"}]}) == set()


def test_a_case_is_one_of_the_procedure_and_an_answer_tells_it():
    assert found({"text": "1d", "case": "none"}, LAST) == {("/lines/0/case", "case"), ("/lines/0/when", "case"),
                                                          ("/lines/1", "unreached")}  # fmt: skip


def test_a_line_that_an_earlier_one_covers_would_hold_for_nobody():
    assert found(LAST, ISLAND) == {("/lines/1", "unreached")}
    wide = {"text": "9d", "areas": ["island", "border"]}
    assert found(wide, ISLAND, LAST) == {("/lines/1", "unreached")}
    assert found(ISLAND, wide, LAST) == set()
    assert found({"text": "9d", "channels": ["ONLINE"]}, LAST) == set()


def test_somebody_whom_no_line_is_for_is_named_by_the_channel():
    assert found(ISLAND) == {("/lines", "complete")}


def test_a_term_has_a_text_or_lines():
    assert found(LAST, text="3wd") == {("/text", "either")}


def test_the_words_of_the_national_record_are_decided_and_not_left_out():
    record = read("1.115370").typed
    left = {each for each in found(LAST, record=record) if each[1] == "record_words"}
    assert left == {("/lines", "record_words")}
    facts = {**people.facts(), "term": {"text": "3wd"}}
    told = [p for p in problems_of(version(facts, form=people.form_document()), record) if p.rule == "record_words"]
    assert len(told) == 3, "7.5 days, 7 days, ten days more"
    assert "7,5 ngày làm việc" in told[0].vi
    assert problems_of(version(people.facts(), form=people.form_document()), read("1.003197").typed) == ()


def test_a_plan_carries_the_lines_and_no_text_of_its_own():
    when = {"field": "/child/sex", "value": "Nam"}
    line = {**ISLAND, "when": [when], "condition_vi": SAID["words_vi"], "record": "15 DAY", "not_counted_vi": ["thuế"]}
    facts = facts_of({**people.facts(), "term": {"citation": "QĐ 1", "lines": [line, LAST]}})
    item = version(people.facts(), form=people.form_document()).saying(facts, people.form_document())
    term = plan(item).term
    first, last = term.lines
    assert (term.text, term.citation, last.text, last.areas) == ("", "QĐ 1", "10wd", ())
    assert (first.text, first.areas, first.record, first.not_counted_vi) == ("15d", ("island",), "15 DAY", ("thuế",))
    assert (first.condition_vi, first.when[0].field, first.when[0].value) == (SAID["words_vi"], "/child/sex", "Nam")
