"""What a draft keeps of its form beside the values: broken rules, answers in words, what is known already."""

from datetime import date

import pytest

from chalicelib.contracts.event import told
from chalicelib.contracts.stored import read
from chalicelib.dossier.filled import answers, kept, known_of
from chalicelib.dossier.items import FormItem
from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.form import form_of, plain
from chalicelib.forms.problems import Problem
from chalicelib.sealing.door import unseal
from chalicelib.submission.api.drafts import broken_rules
from tests.fakes import people

LABELS = {"/agrees": "Đồng ý", "/people/*/name": "Họ tên", "/days": "Các ngày"}
LIST = form_of(
    people.form_document()
    | {
        "ui": {
            "pages": [{"id": "p", "title_vi": "t", "title_en": "t", "fields": [*LABELS]}],
            "fields": {
                p: {"label_vi": label, "label_en": "l", "key": "k", "source": None} for p, label in LABELS.items()
            },
        }
    }
)


def test_a_broken_rule_is_kept_in_both_languages():
    assert told(kept(Problem("/a", "required", "Bắt buộc", "Required"))) == {
        "pointer": "/a",
        "rule": "required",
        "message_vi": "Bắt buộc",
        "message_en": "Required",
    }


def test_the_parts_of_what_is_said_are_kept_beside_it():
    outcome = evaluate(form_of(people.form_document()), {"mother": {"year_of_birth": 95}}, date(2026, 11, 25))
    problem = next(each for each in outcome.errors if each.pointer == "/mother/year_of_birth")
    item = kept(problem)
    assert (item.vi.field, item.vi.example) == ("Năm sinh của mẹ", "1995")
    assert item.en.way_out in item.message_en


def test_what_an_earlier_release_kept_of_a_broken_rule_is_read():
    old = {"pointer": "/a", "rule": "required", "message_vi": "Bắt buộc", "message_en": "Required"}
    item = read(FormItem, {"shape": 1, "sealed": "x", "version": 1, "errors": [old]})
    assert [(each.pointer, each.vi, each.en) for each in item.errors] == [("/a", None, None)]
    told = broken_rules(item.errors, "en")
    assert [(each.message, each.field, each.example, each.way_out) for each in told] == [("Required", "", "", "")]


def test_answers_follow_the_pages_and_lists_are_told_one_by_one():
    values = {"people": [{"name": "Lò Thị Hoa"}, {"name": "Lê Út"}], "agrees": True, "days": [1, 2]}
    assert answers(LIST, values) == [
        {"label": "Đồng ý", "value": "Có"},
        {"label": "Họ tên", "value": "Lò Thị Hoa"},
        {"label": "Họ tên", "value": "Lê Út"},
        {"label": "Các ngày", "value": "1, 2"},
    ]


@pytest.mark.parametrize("values", [{}, {"people": "x", "agrees": False}, {"people": [{}]}])
def test_what_was_not_answered_is_left_out(values):
    assert {a["label"] for a in answers(LIST, values)} <= {"Đồng ý"}


def test_the_birth_form_is_told_in_its_own_words():
    said = {a["label"]: a["value"] for a in answers(form_of(people.form_document()), people.form())}
    assert "Lê Nguyễn Gia Khánh" in said.values()


def test_the_electronic_identity_fills_what_it_knows():
    assert known_of(people.CITIZEN) == {
        "person.full_name": people.CITIZEN.name,
        "person.personal_id": people.CITIZEN.personal_id,
    }


def test_a_draft_shows_its_form_and_what_need_not_be_typed(hall):
    known = hall.submissions.form(people.CITIZEN, hall.open())
    assert plain(known.document) == people.form_document()
    assert all(p.source for p in known.prefilled)
    assert known.from_papers == [], "papers are read after the submission"


def test_what_the_browser_computed_does_not_survive(hall):
    reference = hall.open()
    forged = {**people.form(), "days_after_birth": 99999, "is_late": True}
    draft = hall.submissions.save_form(people.CITIZEN, reference, forged, 0)
    saved = unseal(draft.reference, draft.form.sealed)
    assert (saved["days_after_birth"], saved["is_late"]) == (7, False)
