"""What may be published: the seven forms, plain forms, and each thing that keeps a form back, by name."""

import json
from pathlib import Path

import pytest

from chalicelib.forms import dictionary
from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.document import check_form
from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.form import BadForm, form_of, plain, read
from chalicelib.forms.plain import Case, Paper, plain_form
from chalicelib.forms.prefill import Prefilled, prefill
from tests.unit.forms.answers import DOCUMENTS, FORMS, TODAY, changed

DICTIONARY = shipped_dictionary()
BIRTH = DOCUMENTS["1.001193"]


@pytest.mark.parametrize("code", FORMS)
def test_the_shipped_forms_may_be_published(code):
    assert check_form(DOCUMENTS[code], DICTIONARY) == []
    assert FORMS[code].procedure == code


@pytest.mark.parametrize("code", FORMS)
def test_a_form_is_the_same_whichever_way_it_was_read(code):
    assert plain(FORMS[code]) == DOCUMENTS[code]
    assert read(json.dumps(DOCUMENTS[code])) == FORMS[code]
    later = DOCUMENTS[code] | {"of_a_newer_release": 1}
    assert plain(form_of(later)) == DOCUMENTS[code]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "Expected `object`, got `array`"),
        ({"format": "motcua-form/1"}, "missing required field `id`"),
        ({**BIRTH, "rules": [{**BIRTH["rules"][0], "kind": "guess"}]}, r"\$.rules\[0\].kind"),
        ({**BIRTH, "ui": {**BIRTH["ui"], "fields": {"/a": {"label_vi": "x"}}}}, r"missing required field `label_en`"),
    ],
)
def test_what_is_no_form_is_named_by_its_place(document, words):
    with pytest.raises(BadForm, match=words):
        form_of(document)
    with pytest.raises(BadForm, match=words):
        read(json.dumps(document))


def test_a_text_that_is_no_json_is_no_form():
    with pytest.raises(BadForm, match="truncated"):
        read("{")


def test_the_seven_forms_are_there():
    known = ["1.000894", "1.001193", "1.001612", "1.004222", "2.002621", "2.002622", "U.000001"]
    assert sorted(FORMS) == known


def test_the_service_of_ours_says_that_it_is_ours():
    form = FORMS["U.000001"]
    assert "ví dụ" in form.note_vi
    assert "example" in form.note_en
    assert "giá dịch vụ" in form.note_vi
    assert all(rule.cites is None for rule in form.rules)


def altered(**parts):
    return json.loads(json.dumps(BIRTH)) | parts


def field(**given):
    form = altered()
    form["ui"]["fields"]["/copies"] |= given
    return form


def rule(**given):
    first = {"id": "extra", "kind": "check", "target": "/copies", "expression": "form.copies > 0"}
    words = {"message_vi": "v", "message_en": "e", "cites": None}
    return altered(rules=[*BIRTH["rules"], first | words | given])


def pages(change):
    form = altered()
    change(form["ui"]["pages"])
    return form


def schema(change):
    form = altered()
    change(form["schema"])
    return form


BROKEN = {
    "const": altered(format="motcua-form/2"),
    "required": {name: value for name, value in BIRTH.items() if name != "ui"},
    "type": [],
    "additionalProperties": altered(script="x"),
    "schema_depth": altered(schema=json.loads('{"a":' * 40 + "1" + "}" * 40)),
    "schema_dialect": schema(lambda s: s.pop("$schema")),
    "object_open": schema(lambda s: s.pop("additionalProperties") and s.pop("type")),
    "field_unlabelled": schema(lambda s: s["properties"].update(new={"type": "boolean"})),
    "field_untyped": schema(lambda s: s["properties"].update(copies={})),
    "field_unknown": schema(lambda s: s["properties"].pop("copies")),
    "label_unprintable": field(label_vi="Số bản sao ꞛꭓ"),
    "key_unknown": field(key="person.shoe_size"),
    "key_type": field(key="person.full_name"),
    "source_unknown": field(source={"database": "somewhere", "clause": "x"}),
    "reason_missing": field(),
    "choices_english": field(choices_en={"0": "None"}),
    "page_field_unknown": pages(lambda p: p[0]["fields"].append("/nothing")),
    "page_missing": pages(lambda p: p[0]["fields"].pop()),
    "page_repeated": pages(lambda p: p[0]["fields"].append("/copies")),
    "page_id_repeated": pages(lambda p: p[1].update(id=p[0]["id"])),
    "rule_id_repeated": rule(id="is_late"),
    "rule_target": rule(target="/nothing"),
    "rule_target_repeated": rule(kind="computed", target="/is_late", expression="true"),
    "rule_order": rule(kind="visible", target="/copies", expression="form.copies > 0"),
    "visible_required": rule(kind="visible", target="/child", expression="true"),
    "rules_many": altered(rules=[BIRTH["rules"][0] | {"id": f"r{at}"} for at in range(61)]),
    "rules_cost": None,
    "expression_field": rule(expression="form.nothing == 1"),
    "expression_name": rule(expression="secret == 1"),
    "expression_macro_nesting": None,
    "expression_syntax": rule(expression="form.copies > > 1"),
}
del BROKEN["reason_missing"]["ui"]["fields"]["/copies"]["asked_because_vi"]
del BROKEN["reason_missing"]["ui"]["fields"]["/copies"]["asked_because_en"]
LISTED = json.loads(json.dumps(DOCUMENTS["1.004222"]))
DEAR = next(rule for rule in LISTED["rules"] if rule["id"] == "members_are_others")
LONG = "form.members.all(m, " + " && ".join(["m.personal_id != form.address"] * 14) + ")"
BROKEN["rules_cost"] = LISTED | {"rules": [DEAR | {"id": f"r{at}", "expression": LONG} for at in range(10)]}
BROKEN["expression_macro_nesting"] = LISTED | {
    "rules": [DEAR | {"expression": "form.members.all(m, form.members.exists(n, n.full_name == m.full_name))"}]
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_keeps_a_form_back_is_named(name):
    found = check_form(BROKEN[name], DICTIONARY)
    assert name in {problem.rule for problem in found}
    assert all(problem.message_vi and problem.message_en for problem in found)


@pytest.mark.parametrize(
    "told", [{"Nam": "Male"}, {"Nam": "Male", "Nữ": "Male"}, {"Nam": "M", "Nữ": "F", "X": "X"}, {}]
)
def test_english_for_the_choices_is_whole_and_tells_them_apart(told):
    form = altered()
    form["ui"]["fields"]["/child/sex"]["choices_en"] = told
    assert {problem.pointer.rpartition("/")[2] for problem in check_form(form, DICTIONARY)} == {"choices_en"}
    form["ui"]["fields"]["/child/sex"]["choices_en"] = {"Nam": "Male", "Nữ": "Female"}
    assert check_form(form, DICTIONARY) == []


def test_a_computed_field_needs_no_reason():
    form = altered()
    del form["ui"]["fields"]["/is_late"]["asked_because_vi"], form["ui"]["fields"]["/is_late"]["asked_because_en"]
    assert check_form(form, DICTIONARY) == []


def test_rules_aim_at_single_places_only():
    form = LISTED | {"rules": [DEAR | {"target": "/members/*/personal_id"}]}
    assert [problem.rule for problem in check_form(form, DICTIONARY)] == ["rule_target"]


PAPERS = [
    Paper("000.00.00.G01-KQ003607", "- Hợp đồng thuê", "Rental contract", "case"),
    Paper("000.00.00.G01-KQ003616", "Giấy chứng nhận " * 60, "", "always"),
    Paper("000.00.00.G01-KQ003604", "Tờ khai (mẫu CT01)", "Form CT01", "form"),
    Paper("000.00.00.G01-KQ003605", "Bản giấy", None, "paper"),
    Paper("000.00.00.G01-KQ003606", "Dữ liệu", None, "data"),
]
NAMED = ("1.004194", "Đăng ký tạm trú", "Temporary residence")
CITIZENS = ("Công dân Việt Nam",)


@pytest.mark.parametrize("count", [0, 1, 3, 55])
def test_a_plain_form_may_be_published(count):
    form = plain_form(*NAMED, (PAPERS * 20)[:count], subjects=CITIZENS)
    assert check_form(plain(form), DICTIONARY) == []
    assert (form.id, form.procedure, form.title_vi, form.title_en) == ("1.004194-plain", *NAMED)


def test_a_plain_form_holds_sixty_papers_and_cuts_what_no_label_can_hold():
    form = plain_form("1.004194", "Đ" * 301, None, [PAPERS[1]._replace(name_en="e" * 300)] * 61)
    assert check_form(plain(form), DICTIONARY) == []
    assert form.title_en == form.title_vi == "Đ" * 299 + "…"
    papers = [pointer for pointer in form.ui.fields if pointer.startswith("/papers/")]
    assert (len(papers), papers[-1]) == (60, "/papers/paper_60")
    assert form.ui.fields[papers[0]].label_en == "e" * 300
    assert len(form.ui.fields[papers[0]].label_vi) == 300


def test_a_plain_form_declares_each_paper_but_the_form_itself():
    form = plain_form(*NAMED, PAPERS, subjects=CITIZENS)
    assert [pointer for pointer in form.ui.fields if pointer.startswith("/papers")] == [
        "/papers/paper_1",
        "/papers/paper_2",
    ]
    first, second = (form.ui.fields[f"/papers/paper_{at}"] for at in (1, 2))
    assert (first.label_vi, first.label_en) == ("Hợp đồng thuê", "Rental contract")
    assert second.label_en == "Paper 000.00.00.G01-KQ003616 (named in Vietnamese in the record)"
    answer = {
        "applicant": {
            "full_name": "Trần Thị Hoa",
            "personal_id": "001180012345",
            "born_on": "1980-02-29",
            "address": "Huế",
        },
        "contact": {"phone": "0912345678"},
        "papers": {"paper_1": "attached"},
        "request": "Đăng ký tạm trú tại địa chỉ trên",
    }
    assert evaluate(form, answer, TODAY).errors == []
    broken = evaluate(form, changed(answer, ("/papers/paper_1", "lost"), ("/request", ...)), TODAY).errors
    assert [(problem.pointer, problem.rule) for problem in broken] == [
        ("/papers/paper_1", "enum"),
        ("/request", "required"),
    ]


CLAIMS = {"person.full_name": "Nguyễn Thị Sen", "person.personal_id": "001195012345", "person.birth_year": 1995}
NOTICE = {
    "giay_chung_sinh": {
        "person.born_on@child": "2026-11-18",
        "person.sex@child": "Nữ",
        "person.place_of_birth@child": "Bệnh viện 🏥",
    }
}


def test_what_is_filled_in_says_where_it_comes_from():
    found = {
        one.pointer: one
        for one in prefill(FORMS["1.001193"], {f"{key}@mother": value for key, value in CLAIMS.items()}, NOTICE)
    }
    clause = BIRTH["ui"]["fields"]["/mother/full_name"]["source"]["clause"]
    assert found == {
        "/mother/full_name": Prefilled("/mother/full_name", "Nguyễn Thị Sen", "population", clause),
        "/mother/personal_id": Prefilled("/mother/personal_id", "001195012345", "population", clause),
        "/mother/year_of_birth": Prefilled("/mother/year_of_birth", 1995, "population", clause),
        "/child/born_on": Prefilled("/child/born_on", "2026-11-18", "vault:giay_chung_sinh", None),
        "/child/sex": Prefilled("/child/sex", "Nữ", "vault:giay_chung_sinh", None),
    }
    assert "123/2015" in clause


def test_nobodys_name_fills_another_persons():
    assert {one.pointer for one in prefill(FORMS["1.001193"], CLAIMS, {})} == {
        "/requester/full_name",
        "/requester/personal_id",
    }


@pytest.mark.parametrize("value", ["12", 1195012345, None, ["001195012345"], "\ud800", "00119501234五"])
def test_a_value_that_does_not_fit_the_field_is_not_filled_in(value):
    assert prefill(FORMS["1.001193"], {"person.personal_id": value}, {}) == []


def test_a_field_without_a_source_and_a_list_are_asked_whatever_is_known():
    assert prefill(FORMS["1.001193"], {"contact.phone": "0912345678", "relation.to_child": "Mẹ"}, {}) == []
    members = {"person.full_name@member": "Trần Văn Bé"}
    assert prefill(FORMS["1.004222"], members, {}) == []


def test_the_dictionary_is_labelled_as_ours_and_holds_together():
    said = json.loads((Path(dictionary.__file__).parent / "data" / "dictionary.json").read_text("utf-8"))
    assert "không phải từ điển quốc gia" in said["note_vi"]
    assert "not a national one" in said["note_en"]
    for key, entry in DICTIONARY.entries.items():
        assert entry.name_vi, key
        assert entry.name_en, key
        assert (entry.database is None) == (entry.clause is None), key
        assert entry.database is None or entry.database in DICTIONARY.databases, key
    assert DICTIONARY.entry("person.full_name@mother") is DICTIONARY.entries["person.full_name"]
    assert DICTIONARY.entry("person.full_name@stranger") is None
    assert DICTIONARY.entry("person.full_name@") is None


def test_every_key_of_the_dictionary_is_used_by_a_form():
    cases = [Case("1", "Thuê nhà"), Case("2", "Ở nhờ")]
    forms = [*FORMS.values(), plain_form(*NAMED, PAPERS, cases=cases)]
    used = {field.key.partition("@")[0] for form in forms for field in form.ui.fields.values()}
    assert set(DICTIONARY.entries) == used
