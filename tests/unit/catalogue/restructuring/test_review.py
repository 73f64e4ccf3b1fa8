import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

import chalicelib.catalogue
from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.restructuring.model import ReviewReadings, analyse, rank
from chalicelib.catalogue.restructuring.replacements import Content, Table, alternatives, databases, normal, table
from chalicelib.law.levels import Gates, ServiceLevel

DATA = Path(chalicelib.catalogue.__file__).parent / "data"
FACTS = facts_of((Path(__file__).parents[1] / "birth_unreviewed.json").read_text(encoding="utf-8"))
FORM = json.loads((DATA / "forms" / "1.001193.json").read_text(encoding="utf-8"))["schema"]
CONTENT = json.loads((DATA / "replacements.json").read_text(encoding="utf-8"))
LICENCE = "2.002093"  # its enterprise registration certificate is replaced
ENTERPRISE = "Giấy chứng nhận đăng ký doanh nghiệp"


def paper(code, name, **more):
    return {"code": code, "name_vi": name, "name_en": name, "originals": 1, "copies": 0, "need": "always"} | more


def procedure(*components, code=LICENCE, **more):
    gates = dict.fromkeys(Gates.__struct_fields__, True)
    del gates["all_components_submittable_electronically"]
    return facts_of({"code": code, "online": {"gates": gates}, "components": list(components), "free": True} | more)


def rows(*given):
    base = {"procedure": "x", "part": False, "databases": ["land"], "owners": [], "instrument": "NĐ", "clause": "Đ"}
    made = [base | dict(zip(("code", "document", "part"), each, strict=False)) for each in given]
    return Table(convert(CONTENT | {"rows": made}, Content))


def quality(name, *documents, code="1.000001"):
    found = rows(*((code, document) for document in documents)).matches("1.000001", name)
    return [(match.quality, match.why) for match in found]


def decisions(review):
    return [verdict.decision for verdict in review.verdicts]


def test_the_table_holds_every_row_that_was_read_with_its_clause():
    known = table()
    assert len(known.rows) == 725
    assert len({row.code for row in known.rows}) == 708
    assert [row.row for row in known.rows] == list(range(1, 726))
    for row in known.rows:
        assert row.document
        assert row.instrument
        assert row.clause
        assert row.databases
        assert known.databases.keys() >= set(row.databases)
    assert sum(not row.owners for row in known.rows) == 2
    assert sum(row.part for row in known.rows) == 5
    assert "66.7/2025" in known.source


def test_every_row_matches_its_own_document_in_its_own_procedure():
    known = table()
    for row in known.rows:
        found = known.matches(row.code, row.document)
        assert found
        assert row in [match.replacement for match in found]
        if not row.part:
            assert found[0].quality == "exact"


@pytest.mark.parametrize(
    ("name", "document", "expected"),
    [
        (ENTERPRISE, ENTERPRISE, ("exact", "same_name")),
        (f"- Bản sao có chứng thực  {ENTERPRISE.upper()};", ENTERPRISE, ("exact", "same_name")),
        ("Giấy đăng k\u200eý kết hôn", "Giấy đăng ký kết hôn", ("exact", "same_name")),
        ("Thẻ căn cước hoặc Căn cước công dân", "Căn cước", ("same_papers", "same_papers")),
        ("Giấy khai sinh", "Căn cước công dân, Giấy khai sinh", ("same_papers", "same_papers")),
        ("Hộ chiếu hoặc thẻ căn cước", "Căn cước", ("alternative", "alternative")),
        ("- Hộ chiếu/Thẻ căn cước/Giấy tờ khác để chứng minh về nhân thân", "Căn cước", ("alternative", "alternative")),
        ("Giấy tờ phải nộp: Căn cước hoặc giấy tờ khác; đơn đề nghị", "Căn cước", ("alternative", "alternative")),
        ("Hộ chiếu hoặc thẻ căn cước của người mẹ", "Căn cước", ("possible", "shares_a_paper")),
        ("Giấy khai sinh, căn cước hoặc hộ chiếu", "Căn cước", ("possible", "shares_a_paper")),
        ("Đơn đề nghị. Kèm theo hộ chiếu hoặc căn cước", "Căn cước", ("possible", "shares_a_paper")),
        ("Hộ chiếu hoặc thẻ căn cước", "Căn cước của người mẹ", ("possible", "shares_a_paper")),
        (
            "Thông tin chứng minh về chỗ ở hợp pháp, khai thác được",
            "Giấy tờ, tài liệu chứng minh việc sở hữu chỗ ở hợp pháp: quyền sở hữu nhà",
            ("possible", "same_purpose"),
        ),
        (f"{ENTERPRISE} của bên nhận góp vốn", ENTERPRISE, ("possible", "shares_a_paper")),
        ("Căn cước", "Quyết định thành lập hoặc Căn cước", ("possible", "shares_a_paper")),
        ("Giấy tờ chứng minh quyền sử dụng đất", "Quyền sử dụng đất", ("possible", "name_within")),
    ],
)
def test_a_match_says_how_good_it_is(name, document, expected):
    assert quality(name, document) == [expected]


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("Giấy chứng sinh", "Giấy khai sinh"),
        ("Giấy chứng nhận đăng ký kinh doanh", ENTERPRISE),
        ("Giấy chứng nhận đăng ký hộ kinh doanh", "Giấy chứng nhận đăng ký kinh doanh"),
        ("Đơn đề nghị", ENTERPRISE),
        ("", ENTERPRISE),
    ],
)
def test_other_papers_do_not_match(name, document):
    assert quality(name, document) == []


def test_a_row_of_another_procedure_or_of_a_part_is_only_possible():
    assert quality("Căn cước", "Căn cước", code="1.000002") == [("possible", "other_procedures")]
    assert quality("Hộ chiếu, căn cước", "Căn cước", code="1.000002") == []
    part = rows(("1.000001", "Căn cước", True)).matches("1.000001", "Căn cước")
    assert [(match.quality, match.why) for match in part] == [("possible", "partly")]


def test_of_several_papers_the_match_names_those_for_which_data_stands():
    name = "- Hộ chiếu/Thẻ căn cước công dân/Căn cước điện tử hoặc các giấy tờ khác có dán ảnh (đã cấp) để chứng minh"
    assert alternatives(name) == (
        "Hộ chiếu", "Thẻ căn cước công dân", "Căn cước điện tử", "các giấy tờ khác có dán ảnh",
    )  # fmt: skip
    (match,) = rows(("1.000001", "Căn cước")).matches("1.000001", name)
    assert (match.alternatives, match.is_certain) == (("Thẻ căn cước công dân", "Căn cước điện tử"), False)
    part = rows(("1.000001", "Căn cước", True)).matches("1.000001", name)
    assert [(each.quality, each.alternatives) for each in part] == [("possible", ())]


@pytest.mark.parametrize("name", ["Căn cước", "", "/", "A, B, C", "A hoặc B của C", "Đơn; A hoặc B"])
def test_what_names_one_paper_or_whose_it_is_has_no_alternatives(name):
    assert alternatives(name) == ()


def test_a_long_name_is_known_in_other_procedures_too():
    document = "Giấy tờ chứng minh về việc đổi tên, thay đổi thông tin (Căn cước)"
    found = rows(("1.000002", document)).matches("1.000001", f"Bản sao {document.partition('(')[0]} của chủ sở hữu")
    assert [(match.quality, match.why) for match in found] == [("possible", "other_procedures")]
    assert quality("Quyết định thành lập của tổ chức", "Quyết định thành lập", code="1.000002") == []


def test_a_local_variant_is_the_national_procedure():
    assert rows(("1.012753", "Căn cước")).matches("1.012753.H19", "Căn cước")[0].is_certain


@given(st.text(max_size=40))
def test_texts_are_compared_without_case_marks_and_spaces(text):
    assert normal(normal(text)) == normal(text)


@pytest.mark.rule("R43")
def test_a_replaced_paper_opens_the_last_gate_and_the_draft_says_by_what():
    facts = procedure(paper("A", ENTERPRISE))
    before = plain(facts)
    review = analyse(facts, FORM)
    assert plain(facts) == before
    assert decisions(review) == ["replace_by_data"]
    assert (review.now.level, review.after.level) == (ServiceLevel.PARTIAL, ServiceLevel.FULL)
    assert [blocker.gate for blocker in review.now.blockers] == ["all_components_submittable_electronically"]
    assert review.after.blockers == ()
    component = plain(review.draft)["components"][0]
    assert component["need"] == "data"
    assert component["source"] == {
        "database": "enterprise",
        "owner": "Bộ Tài chính",
        "instrument": "Nghị định số 113/2017/NĐ-CP",
        "clause": "Điểm b khoản 1 Điều 10",
    }
    assert component["replaced_by"] == [{"row": 1, "match": "exact", "databases": ["enterprise"]}]
    assert component["source"]["database"] in databases()


@pytest.mark.rule("R43")
def test_a_possible_match_counts_for_nothing_until_a_person_confirms_it():
    facts = procedure(paper("A", f"{ENTERPRISE} của bên nhận góp vốn"))
    review = analyse(facts, FORM)
    (verdict,) = review.verdicts
    assert (verdict.decision, verdict.match, len(verdict.possible)) == ("keep", None, 1)
    assert (review.score.replaceable, review.score.possible) == (0, 1)
    assert review.draft == facts
    row = verdict.possible[0].replacement.row
    assert decisions(analyse(facts, FORM, confirmed={"A": row + 1})) == ["keep"]
    confirmed = analyse(facts, FORM, confirmed={"A": row})
    assert decisions(confirmed) == ["replace_by_data"]
    assert (confirmed.score.replaceable, confirmed.score.possible) == (1, 0)
    assert confirmed.draft.components[0].replaced_by[0].match == "confirmed"


def test_data_for_an_alternative_spares_whoever_would_bring_that_one():
    """The paper stays: who has none of those alternatives brings another."""
    facts = procedure(paper("A", f"Hộ chiếu hoặc {ENTERPRISE}"), paper("B", "Đơn đề nghị"))
    review = analyse(facts, FORM)
    assert decisions(review) == ["replace_alternatives", "keep"]
    assert review.verdicts[0].match.alternatives == (ENTERPRISE,)
    first = plain(review.draft)["components"][0]
    assert first["need"] == "always"
    assert first["replaced_by"] == [
        {"row": 1, "match": "alternative", "databases": ["enterprise"], "alternatives": [ENTERPRISE]}
    ]
    score = review.score
    assert (score.replaceable, score.alternatives, score.possible, score.spared) == (0, 1, 0, 0)
    assert score.value == 15.0, "half a paper of two, by sixty of a hundred"
    whole = analyse(facts, FORM, confirmed={"A": 1})
    assert decisions(whole) == ["replace_by_data", "keep"]


def test_the_score_weighs_papers_by_how_often_they_came():
    facts = procedure(paper("A", ENTERPRISE), paper("B", "Đơn đề nghị"), paper("C", f"Hộ chiếu hoặc {ENTERPRISE}"))
    counts = {"A": (100, 60), "B": (100, 100), "C": (100, 40)}
    score = analyse(facts, FORM, counts=counts).score
    assert (score.dossiers, score.spared, score.value) == (100, 100, 24.0), "(60 + 40 / 2) of 200, by sixty"
    unbrought = analyse(facts, FORM, counts=dict.fromkeys(counts, (3, 0))).score
    assert (unbrought.dossiers, unbrought.spared, unbrought.value) == (3, 0, 30.0), "nothing came: by papers"


def test_nobody_can_confirm_a_part_or_another_procedures_row():
    for document, code, part in (("Căn cước", LICENCE, True), ("Căn cước", "1.000009", False)):
        review = analyse(
            procedure(paper("A", "Căn cước")), FORM, rows=rows((code, document, part)), confirmed={"A": 1}
        )  # fmt: skip
        assert decisions(review) == ["keep"]
        assert len(review.verdicts[0].possible) == 1


@pytest.mark.rule("R43")
@given(dossiers=st.integers(0, 300), supplied=st.integers(0, 3), minimum=st.integers(0, 200))
def test_never_used_is_proposed_only_from_enough_dossiers(dossiers, supplied, minimum):
    facts = procedure(paper("A", "Sơ yếu lý lịch"))
    review = analyse(
        facts, FORM, counts={"A": (dossiers, supplied)}, readings=ReviewReadings(minimum_dossiers=minimum)
    )  # fmt: skip
    proposed = supplied == 0 and dossiers >= minimum and dossiers > 0
    assert decisions(review) == ["never_used" if proposed else "keep"]
    assert review.draft == facts
    assert review.now.level == review.after.level


def test_several_databases_come_in_the_order_of_the_row():
    row = next(row for row in table().rows if row.code == "2.000616")
    assert row.databases == ("population", "civil_status")


def test_notes_and_forms_are_no_papers():
    review = analyse(
        procedure(
            paper("N", f"Lưu ý: {ENTERPRISE}", originals=0),
            paper("F", "Mẫu điện tử", need="form"),
            paper("D", ENTERPRISE, need="data"),
            paper("P", "Đơn đề nghị"),
            paper("U", "Đơn", originals=None, copies=None, need="unknown"),
        ),
        FORM,
    )
    assert decisions(review) == ["note", "keep", "keep", "keep", "keep"]
    assert review.score.papers == 2


def test_a_code_that_comes_twice_has_a_verdict_each():
    review = analyse(procedure(paper("A", ENTERPRISE), paper("A", "Đơn đề nghị")), FORM)
    assert decisions(review) == ["replace_by_data", "keep"]
    assert [verdict.pointer for verdict in review.verdicts] == ["/components/0", "/components/1"]


def test_the_ranking_puts_the_greatest_gain_first():
    full = analyse(procedure(paper("A", ENTERPRISE)), FORM, counts={"A": (10, 9)})
    half = analyse(procedure(paper("A", ENTERPRISE), paper("B", "Đơn")), FORM)
    none = analyse(procedure(paper("B", "Đơn"), code="1.000003"), FORM)
    empty = analyse(procedure(code="1.000002"), FORM)
    assert rank([none, half, empty, full]) == [full, half, empty, none]
    assert (full.score.value, full.score.spared) == (90.0, 9)
    assert half.score.value == 30.0
    assert (none.score.value, empty.score.value) == (0.0, 0.0)
    even = ReviewReadings(weight_replaceable=1, weight_level=0, weight_unused=0)
    assert analyse(procedure(paper("A", ENTERPRISE), paper("B", "Đơn")), FORM, readings=even).score.value == 50.0
    nothing = ReviewReadings(weight_replaceable=0, weight_level=0, weight_unused=0)
    assert analyse(procedure(paper("A", ENTERPRISE)), FORM, readings=nothing).score.value == 0.0


def test_birth_registration_is_reviewed_as_it_is_published():
    review = analyse(FACTS, FORM)
    identity = next(each for each in review.verdicts if each.code == "000.00.00.G15-KQ004946")
    assert (identity.decision, [match.why for match in identity.possible]) == ("keep", ["shares_a_paper"])
    assert identity.possible[0].replacement.databases == ("population",)
    assert review.score.replaceable == 0
    assert review.after.level is ServiceLevel.PARTIAL
    for verdict in review.verdicts:
        assert verdict.why_vi
        assert verdict.why_en
