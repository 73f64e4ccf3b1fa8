"""The plain form of whatever procedure: it fits who applies, asks the case first, and nothing that is not needed."""

import pytest

from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.document import check_form
from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.form import plain
from chalicelib.forms.plain import MAX_CASES, MAX_CHOICE, Case, Paper, plain_form
from chalicelib.forms.sentences import tell
from chalicelib.forms.subjects import ABROAD, HOUSEHOLD, KINDS, ORGANISATION, PERSON, kinds_of
from tests.unit.forms.answers import ANSWERS, CONTACTED, TODAY, changed

NAMED = ("1.000001", "Thủ tục đăng ký thử", "A trial")
CITIZEN, COMPANY, EMIGRANT = "Công dân Việt Nam", "Doanh nghiệp", "Người Việt Nam định cư ở nước ngoài"
CASES = [Case("a", "Trường hợp thuê nhà:"), Case("b", "Trường hợp ở nhờ"), Case("c", "Trường hợp mua nhà")]
RENTAL = Paper("1", "Hợp đồng thuê", None, "case", ("a",))
LENDING = Paper("2", "Văn bản cho ở nhờ", None, "case", ("b", "c"))
PHOTO = Paper("3", "Ảnh chân dung", None, "always", ("a", "b", "c"))


def form_of(*papers, **more):
    form = plain_form(*NAMED, papers, **more)
    assert check_form(plain(form), shipped_dictionary()) == []
    return form


def rules(form, answer):
    return {(problem.pointer, problem.rule) for problem in evaluate(form, answer, TODAY).errors}


@pytest.mark.parametrize(
    ("subjects", "kinds"),
    [
        ([CITIZEN], (PERSON,)),
        (["Cán bộ, công chức, viên chức", CITIZEN], (PERSON,)),
        ([COMPANY, "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Hợp tác xã"], (ORGANISATION,)),
        (["Tổ chức nước ngoài", "Doanh nghiệp có vốn đầu tư nước ngoài"], (ORGANISATION,)),
        ([EMIGRANT], (PERSON, ABROAD)),
        (["Người nước ngoài cư trú tại Việt Nam", COMPANY], (PERSON, ABROAD, ORGANISATION)),
        (["Công dân, tổ chức"], (PERSON, ORGANISATION)),
        (["Hộ gia đình"], (HOUSEHOLD,)),
        (["Hộ kinh doanh", CITIZEN], (PERSON, HOUSEHOLD)),
        ([], KINDS),
        (["nhóm 1"], KINDS),
    ],
)
def test_who_applies_is_read_from_the_records_subjects(subjects, kinds):
    assert kinds_of(subjects) == kinds


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_asked_for_what_it_has_and_nothing_of_the_others(kind):
    form = form_of()
    assert rules(form, CONTACTED | ANSWERS[kind] | {"subject": kind}) == set()
    every = {name: part for answer in ANSWERS.values() for name, part in answer.items()}
    outcome = evaluate(form, CONTACTED | every | ANSWERS[kind] | {"subject": kind}, TODAY)
    assert outcome.errors == []
    assert outcome.values.keys() == {"subject", *CONTACTED, *ANSWERS[kind]}


def test_where_only_one_kind_applies_nobody_is_asked_which():
    for subject, kind in ((CITIZEN, PERSON), (COMPANY, ORGANISATION), ("Hộ gia đình", HOUSEHOLD)):
        form = form_of(subjects=[subject])
        assert "/subject" not in form.ui.fields
        assert rules(form, CONTACTED | ANSWERS[kind]) == set()


def test_who_has_a_number_gives_it_and_who_has_none_a_passports():
    form = form_of(subjects=[EMIGRANT])
    without = changed(ANSWERS[ABROAD], ("/applicant/passport", ...))
    assert rules(form, CONTACTED | without | {"subject": PERSON}) == {("/applicant/personal_id", "required")}
    assert rules(form, CONTACTED | without | {"subject": ABROAD}) == {("/applicant/passport", "required")}


def test_a_birth_to_come_and_one_too_long_ago_are_errors():
    form = form_of(subjects=[CITIZEN])
    for day, rule in (("2027-01-01", "born_by_today"), ("1890-01-01", "born_within_120_years")):
        answer = CONTACTED | changed(ANSWERS[PERSON], ("/applicant/born_on", day))
        assert rules(form, answer) == {("/applicant/born_on", rule)}


def test_the_case_is_asked_first_and_then_who_asks():
    form = form_of(PHOTO, subjects=[CITIZEN, COMPANY], cases=CASES)
    assert form.ui.pages[0].fields == ("/case", "/subject")
    assert form.schema["properties"]["case"]["enum"][0] == "1. Trường hợp thuê nhà:"


def test_papers_of_another_case_are_not_asked_and_what_stands_there_is_dropped():
    form = form_of(PHOTO, RENTAL, LENDING, subjects=[CITIZEN], cases=CASES)
    first, second, _ = form.schema["properties"]["case"]["enum"]
    (rental,) = (pointer for pointer, field in form.ui.fields.items() if field.label_vi == RENTAL.name_vi)
    group = rental.split("/")[1]
    answer = CONTACTED | ANSWERS[PERSON] | {group: {"paper_2": "attached"}}
    kept = evaluate(form, answer | {"case": first}, TODAY)
    assert (kept.errors, kept.values[group]) == ([], {"paper_2": "attached"})
    dropped = evaluate(form, answer | {"case": second}, TODAY)
    assert dropped.errors == []
    assert group not in dropped.values
    assert f"/{group}" in dropped.hidden
    assert "/papers/paper_1" in form.ui.fields, "what every case needs is asked in every case"


@pytest.mark.parametrize(
    "cases",
    [
        [],
        [Case("a", "Đăng ký thử")],
        [Case("a", "Thủ tục đăng ký  thử"), Case("b", "Mua nhà")],
        [Case("a", "Mua nhà"), Case("b", "Mua nhà:")],
        [Case(str(n), f"Trường hợp {n}") for n in range(MAX_CASES + 1)],
    ],
)
def test_cases_that_nobody_could_tell_apart_are_not_asked_and_their_papers_always(cases):
    form = form_of(RENTAL, subjects=[CITIZEN], cases=cases)
    assert "/case" not in form.ui.fields
    assert "/papers/paper_1" in form.ui.fields


def test_the_strangest_cases_make_a_sound_form():
    cases = [Case(str(n), f"'{n}\" \\ \n\u2028🏥 " + "dài " * 200) for n in range(MAX_CASES)]
    papers = [
        Paper(str(n), f"Giấy {n}", None, "case", tuple(str(m) for m in range(n, n + n % 14 + 1))) for n in range(60)
    ]
    form = form_of(*papers, subjects=[CITIZEN], cases=cases)
    choices = form.schema["properties"]["case"]["enum"]
    assert len(set(choices)) == MAX_CASES
    assert max(map(len, choices)) <= MAX_CHOICE
    assert rules(form, CONTACTED | ANSWERS[PERSON] | {"case": choices[-1]}) == set()
    asked = [pointer for pointer in form.ui.fields if pointer.startswith("/papers")]
    assert len(asked) == 60


def test_what_a_plain_form_says_of_a_fault_is_whole_too():
    form = form_of(PHOTO, RENTAL, cases=CASES)
    for pointer in form.ui.fields:
        for problem in tell(form, [(pointer, rule) for rule in ("required", "pattern", "enum", "maxLength")]):
            for said in (problem.vi, problem.en):
                assert all((said.field, said.fault, said.example, said.way_out)), pointer
