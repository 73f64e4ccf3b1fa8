"""What may be published: the five forms, plain forms, and each thing that keeps a form back, by name."""

import json

import pytest

from chalicelib.forms.dictionary import as_role, shipped_dictionary
from chalicelib.forms.document import check_form
from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.plain import plain_form
from chalicelib.forms.prefill import Prefilled, prefill
from tests.unit.forms.answers import FORMS, TODAY, changed

DICTIONARY = shipped_dictionary()
BIRTH = FORMS["1.001193"]


@pytest.mark.parametrize("code", FORMS)
def test_the_shipped_forms_may_be_published(code):
    assert check_form(FORMS[code], DICTIONARY) == []
    assert FORMS[code]["procedure"] == code


def test_the_five_forms_are_there():
    assert sorted(FORMS) == ["1.000894", "1.001193", "1.001612", "1.004222", "U.000001"]


def test_the_service_of_ours_says_that_it_is_ours():
    form = FORMS["U.000001"]
    assert "ví dụ" in form["note_vi"]
    assert "example" in form["note_en"]
    assert "giá dịch vụ" in form["note_vi"]
    assert all(rule["cites"] is None for rule in form["rules"])


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
    "key_unknown": field(key="person.shoe_size"),
    "key_type": field(key="person.full_name"),
    "source_unknown": field(source={"database": "somewhere", "clause": "x"}),
    "reason_missing": field(),
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
LISTED = json.loads(json.dumps(FORMS["1.004222"]))
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


def test_a_computed_field_needs_no_reason():
    form = altered()
    del form["ui"]["fields"]["/is_late"]["asked_because_vi"], form["ui"]["fields"]["/is_late"]["asked_because_en"]
    assert check_form(form, DICTIONARY) == []


def test_rules_aim_at_single_places_only():
    form = LISTED | {"rules": [DEAR | {"target": "/members/*/personal_id"}]}
    assert [problem.rule for problem in check_form(form, DICTIONARY)] == ["rule_target"]


COMPONENTS = [
    {"code": "000.00.00.G01-KQ003607", "name_vi": "- Hợp đồng thuê", "name_en": "Rental contract", "need": "case"},
    {"code": "000.00.00.G01-KQ003616", "name_vi": "Giấy chứng nhận " * 60, "name_en": "", "need": "always"},
    {"code": "000.00.00.G01-KQ003604", "name_vi": "Tờ khai (mẫu CT01)", "name_en": "Form CT01", "need": "form"},
]


@pytest.mark.parametrize("count", [0, 1, 3, 55])
def test_a_plain_form_may_be_published(count):
    facts = {"code": "1.004194", "name_vi": "Đăng ký tạm trú", "name_en": "Temporary residence"}
    form = plain_form(facts | {"components": (COMPONENTS * 20)[:count]})
    assert check_form(form, DICTIONARY) == []


def test_a_plain_form_declares_each_paper_but_the_form_itself():
    facts = {
        "code": "1.004194",
        "name_vi": "Đăng ký tạm trú",
        "name_en": "Temporary residence",
        "components": COMPONENTS,
    }
    form = plain_form(facts)
    assert [pointer for pointer in form["ui"]["fields"] if pointer.startswith("/papers")] == [
        "/papers/paper_1",
        "/papers/paper_2",
    ]
    assert form["ui"]["fields"]["/papers/paper_1"]["label_vi"] == "Hợp đồng thuê"
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
    found = {one.pointer: one for one in prefill(BIRTH, as_role(CLAIMS, "mother"), NOTICE)}
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
    assert {one.pointer for one in prefill(BIRTH, CLAIMS, {})} == {"/requester/full_name", "/requester/personal_id"}


@pytest.mark.parametrize("value", ["12", 1195012345, None, ["001195012345"], "\ud800", "00119501234五"])
def test_a_value_that_does_not_fit_the_field_is_not_filled_in(value):
    assert prefill(BIRTH, {"person.personal_id": value}, {}) == []


def test_a_field_without_a_source_and_a_list_are_asked_whatever_is_known():
    assert prefill(BIRTH, {"contact.phone": "0912345678", "relation.to_child": "Mẹ"}, {}) == []
    members = {"person.full_name@member": "Trần Văn Bé"}
    assert prefill(FORMS["1.004222"], members, {}) == []


def test_the_dictionary_is_labelled_as_ours_and_holds_together():
    assert "không phải từ điển quốc gia" in DICTIONARY.note_vi
    assert "not a national one" in DICTIONARY.note_en
    for entry in DICTIONARY.entries.values():
        assert entry.name_vi, entry.key
        assert entry.name_en, entry.key
        assert (entry.database is None) == (entry.clause is None), entry.key
        assert entry.database is None or entry.database in DICTIONARY.databases, entry.key
    assert DICTIONARY.entry("person.full_name@mother") is DICTIONARY.entries["person.full_name"]
    assert DICTIONARY.entry("person.full_name@stranger") is None
    assert DICTIONARY.entry("person.full_name@") is None


def test_every_key_of_the_dictionary_is_used_by_a_form():
    used = {field["key"].partition("@")[0] for form in FORMS.values() for field in form["ui"]["fields"].values()}
    plain = plain_form({"code": "x", "name_vi": "x", "name_en": "x", "components": COMPONENTS})
    used |= {field["key"] for field in plain["ui"]["fields"].values()}
    assert set(DICTIONARY.entries) == used
