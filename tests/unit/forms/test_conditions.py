"""Conditions on a form's answers: what holds, what is still open, which questions that is, what may be published."""

import pytest
from msgspec.structs import replace

from chalicelib.forms.conditions import SENTENCES, decided, fault, nested, questions, reads, unanswered
from chalicelib.forms.expressions import Refused
from tests.unit.forms.answers import FORMS, TODAY

FORM = FORMS["1.001193"]
SURROGACY = "form.case.parents == 'Có cha và mẹ' && form.case.surrogacy"


@pytest.mark.parametrize(
    ("case", "holds", "open_"),
    [
        ({}, None, ["/case/parents", "/case/surrogacy"]),
        ({"parents": "Có cha và mẹ"}, None, ["/case/surrogacy"]),
        ({"parents": "Có cha và mẹ", "surrogacy": True}, True, []),
        ({"parents": "Có cha và mẹ", "surrogacy": False}, False, []),
        ({"parents": "Trẻ bị bỏ rơi"}, False, ["/case/surrogacy"]),
        ({"surrogacy": True}, None, ["/case/parents"]),
        ({"parents": 5, "surrogacy": True}, False, []),
        ({"parents": "Có cha và mẹ", "surrogacy": "yes"}, None, []),
    ],
)
def test_a_condition_holds_or_not_or_waits_for_an_answer(case, holds, open_):
    answer = {"case": case}
    assert decided({"a": SURROGACY}, answer, TODAY) == {"a": holds}
    assert unanswered(SURROGACY, answer) == open_


def test_an_answer_of_another_shape_decides_nothing_and_breaks_nothing():
    for answer in ({}, {"case": None}, {"case": []}, {"case": "x"}):
        assert decided({"a": SURROGACY}, answer, TODAY) == {"a": None}
        assert unanswered(SURROGACY, answer) == ["/case/parents", "/case/surrogacy"]


def test_answers_by_pointer_are_the_answer_of_a_form():
    assert nested({"/a/b": 1, "/a/c": True, "/d": "x", "/e~1f": 2}) == {"a": {"b": 1, "c": True}, "d": "x", "e/f": 2}


def test_questions_come_in_the_order_of_the_pages_with_choices_in_both_languages():
    parents, surrogacy = questions(FORM, ["/case/surrogacy", "/case/parents", "/nothing"])
    assert (parents.field, surrogacy.field) == ("/case/parents", "/case/surrogacy")
    assert [(each.value, each.text_vi, each.text_en) for each in surrogacy.choices] == [
        (True, "Có", "Yes"),
        (False, "Không", "No"),
    ]
    case = FORM.schema["properties"]["case"]["properties"]
    assert [each.value for each in parents.choices] == case["parents"]["enum"]
    assert all(each.text_vi == each.value != each.text_en for each in parents.choices)


def test_choices_without_english_are_told_by_an_empty_text():
    field = replace(FORM.ui.fields["/case/parents"], choices_en=None)
    form = replace(FORM, ui=replace(FORM.ui, fields={**FORM.ui.fields, "/case/parents": field}))
    (question,) = questions(form, ["/case/parents"])
    assert {each.text_en for each in question.choices} == {""}


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        (SURROGACY, ""),
        ("form.is_late", ""),
        ("has(form.case.surrogacy) && form.case.surrogacy", ""),
        ("form.case.nothing", "expression_field"),
        ("form.case.parents ==", "expression_syntax"),
        ("nothing", "expression_name"),
        ("true", "condition_field"),
        ("today > '2026-01-01'", "condition_field"),
        ("form.child.full_name == 'A'", "condition_choice"),
        ("has(form.father)", "condition_choice"),
        ("form.copies > 1", "condition_choice"),
        ("form.case.parents", "condition_value"),
        ("form.case.parents > 1", "condition_value"),
        ("form.case.surrogacy || true", "condition_constant"),
        ("has(form.case.surrogacy)", "condition_constant"),
        ("form.case.parents == 'Không có lựa chọn này'", "condition_constant"),
    ],
)
def test_what_keeps_a_condition_from_being_published(expression, rule):
    assert fault(expression, FORM, TODAY) == rule
    assert not rule or len(set(SENTENCES[rule])) == 2


def test_entries_of_a_list_are_no_question():
    expression = "form.members.exists(m, m.relationship == 'Con')"
    assert reads(expression) == {"/members", "/members/*", "/members/*/relationship"}
    assert fault(expression, FORMS["1.004222"], TODAY) == "condition_choice"


def test_what_is_outside_the_language_is_refused_by_name():
    with pytest.raises(Refused):
        reads("form['case']")
