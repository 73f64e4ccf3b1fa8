"""What everybody reads of a service: what nobody said is empty or null, and never a guess."""

import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.records.starting import form_of
from chalicelib.catalogue.services.service import Service
from chalicelib.catalogue.services.views import service_view
from tests.support.keepers import BIRTH
from tests.unit.catalogue.records.given import read

NEW = ("performers", "delegated_to", "coordinated_by", "description_vi", "receiving_vi", "return_ways", "note_vi")


def viewed(**facts):
    said = facts_of({"code": "1.000001", "name_vi": "Thủ tục", "kind": "administrative_procedure", **facts})
    return service_view(Service(said, form_of(said), None, ())).model_dump()


def test_what_nobody_said_is_left_open():
    view = viewed()
    lists = ("papers", "cases", "fees", "prices", "times", "decided_by", "results", "subjects", "fields", "unknown")
    assert [view[name] for name in lists] == [[]] * len(lists)
    assert (view["name_en"], view["min_level"], view["provider"], view["source"]) == (None, None, None, {})
    assert (view["online"]["level"], view["offered"]) == ("unknown", False)
    assert view["appeal"]["citation"] is None


def test_a_paper_without_a_code_is_a_paper():
    (paper,) = viewed(components=[{"code": None, "name_vi": "Đơn", "originals": None, "need": "unknown"}])["papers"]
    assert (paper["code"], paper["name_vi"], paper["originals"], paper["source"]) == ("", "Đơn", None, None)


def test_a_database_is_named_and_an_unknown_one_by_its_id():
    sources = [{"database": "enterprise", "owner": "Bộ Tài chính"}, {"database": "elsewhere"}]
    papers = viewed(components=[{"code": "a", "need": "data", "source": each} for each in sources])["papers"]
    assert papers[0]["source"]["database"].startswith("Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp")
    assert (papers[0]["source"]["owner"], papers[0]["source"]["clause"]) == ("Bộ Tài chính", "")
    assert papers[1]["source"]["database"] == "elsewhere"


def test_an_amount_beside_a_text_is_not_certain():
    fees = [
        {"channel": "ONLINE", "type": "FEE", "amount_vnd": 8000, "note_vi": ""},
        {"channel": "ONLINE", "type": "FEE", "amount_vnd": 0, "note_vi": "135.000 đồng"},
        {"channel": None, "type": None, "amount_vnd": None},
        {"amount": 70, "currency": "USD", "reading": "exact"},
        {"amount": 70, "currency": None, "reading": "exact"},
        {"amount": 9000, "currency": "VND", "reading": "each", "per_vi": "bản"},
        {"amount": 9000, "currency": "VND", "reading": "exact", "exempts": ["child"]},
        {"amount": 0, "reading": "free", "note_vi": "Miễn lệ phí"},
    ]
    view = viewed(fees=fees)
    assert [(f["amount"], f["currency"], f["certain"], f["text_vi"]) for f in view["fees"]] == [
        (8000, "VND", True, ""),
        (None, None, False, "135.000 đồng"),
        (None, None, False, ""),
        (70, "USD", True, ""),
        (70, None, False, ""),
        (9000, "VND", False, ""),
        (9000, "VND", False, ""),
        (0, None, True, "Miễn lệ phí"),
    ]
    assert [u["pointer"] for u in view["unknown"]] == ["/fees/1/amount", "/fees/2/amount", "/fees/4/currency"]


def test_a_price_and_its_provider_are_told_and_an_appeal_of_its_own():
    view = viewed(
        prices=[{"name_vi": "Giá nước", "amount_vnd": 7000, "unit_vi": "m³"}],
        provider={"name_vi": "Công ty", "name_en": "Company", "portal": "https://example.vn"},
        appeal={"text_vi": "Khiếu nại", "text_en": "Complain", "citation": "Điều 1"},
    )
    assert view["prices"] == [
        {"name_vi": "Giá nước", "name_en": None, "amount": 7000, "currency": "VND", "unit_vi": "m³"}
    ]
    assert view["provider"] == {"name_vi": "Công ty", "contact": None, "portal": "https://example.vn"}
    assert view["appeal"] == {"text_vi": "Khiếu nại", "text_en": "Complain", "citation": "Điều 1"}


def test_times_are_the_one_term_or_those_of_each_way_of_submitting():
    (one,) = viewed(term={"text": "3wd", "note_vi": "Trong 3 ngày"})["times"]
    assert (one["channel"], one["term"], one["text_vi"]) == (None, "3wd", "Trong 3 ngày")
    assert (one["quantity"], one["unit"], one["certain"], one["sentences"]) == (3, "wd", True, [])
    methods = [{"channel": "ONLINE", "term": {"text": None, "text_vi": "Theo lịch"}}, {"channel": "DIRECT"}]
    view = viewed(methods=methods, channels=["ONLINE", "DIRECT"])
    (unread,) = view["times"]
    assert (unread["channel"], unread["term"], unread["text_vi"]) == ("ONLINE", None, "Theo lịch")
    assert [u["pointer"] for u in view["unknown"]] == ["/times/0/term"]


def test_a_term_is_shown_line_by_line_and_what_is_open_points_into_the_answer():
    words = "Đối với các xã hải đảo: không quá 10 ngày."
    said = {"words_vi": words, "quantity": 10, "unit": "d", "areas": ["island"], "reading": "here"}
    when = [{"field": "/kind", "value": "a"}]
    remote = {"text": "10d", "areas": ["island"], "when": when, "condition_vi": words, "sentences": [said]}
    halves = {"quantity": 7.5, "unit": "wd", "record": "7.5 WORKING_DAY", "channels": ["ONLINE", "POSTAL"]}
    unknown = [{"pointer": "/methods/0/term/text"}, {"pointer": "/components"}]
    view = viewed(term={"lines": [remote, halves]}, unknown=unknown)
    first, *others = view["times"]
    assert (first["term"], first["areas"], first["when"], first["certain"]) == ("10d", ["island"], when, True)
    assert (first["text_vi"], first["sentences"][0]["words_vi"]) == (words, words)
    assert [(t["channel"], t["quantity"], t["term"], t["certain"]) for t in others] == [
        ("ONLINE", 7.5, None, False), ("POSTAL", 7.5, None, False),
    ]  # fmt: skip
    assert [u["pointer"] for u in view["unknown"]] == ["/papers", "/times/1/term", "/times/2/term"]
    waiting = {**remote, "sentences": [{**said, "reading": None}]}
    assert viewed(term={"lines": [waiting]})["times"][0]["term"] is None, "nobody decided the sentence yet"


def test_a_record_is_shown_with_its_results_and_what_it_leaves_open():
    facts = read(BIRTH).facts
    view = viewed(**facts)
    assert [r["name_vi"] for r in view["results"]] == [r["name_vi"] for r in facts["results"]]
    kept = [each for each in facts["unknown"] if not each["pointer"].endswith("/term/text")]
    assert view["unknown"][: len(kept)] == [
        {**each, "pointer": each["pointer"].replace("/components", "/papers")} for each in kept
    ]
    assert [u["pointer"] for u in view["unknown"][len(kept) :]] == ["/times/0/term", "/times/1/term"]
    assert view["source"] == facts["source"]
    assert view["legal_bases"] == facts["legal_bases"]


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/components/0/code", "/papers/0/code"),
        ("/components/9/code", "/papers"),
        ("/fees/0/amount_vnd", "/fees/0/amount"),
        ("/methods/3/fees", "/fees"),
        ("/methods/0/channel", "/channels"),
        ("/field", "/fields"),
        ("/result/name_en", "/results"),
        ("/source/decision", "/source"),
        ("/flags/shared", "/flags/shared"),
        ("/nowhere/0", ""),
    ],
)
def test_what_is_unknown_points_into_the_answer_or_as_near_as_it_can(pointer, shown):
    view = viewed(
        unknown=[{"pointer": pointer, "why_en": "a"}, {"pointer": pointer, "why_en": "a"}],
        components=[{"name_vi": "Đơn"}], fees=[{"type": "FEE"}],
    )  # fmt: skip
    assert view["unknown"][0]["pointer"] == shown
    assert [u["why_en"] for u in view["unknown"]].count("a") == 1, "a thing is said once"


def test_a_blank_form_without_an_address_says_so_and_one_with_it_is_a_link():
    blanks = [{"name": "Mẫu 1.doc", "path": "a/Mẫu 1.doc"}, {"name": "Mẫu 2.doc", "url": "https://example.vn/2.doc"}]
    view = viewed(components=[{"name_vi": "Đơn", "blanks": blanks}], notes=[{"text_vi": "b", "blanks": blanks[:1]}])
    assert [b["url"] for b in view["papers"][0]["blank_forms"]] == [None, "https://example.vn/2.doc"]
    pointers = [u["pointer"] for u in view["unknown"]]
    assert pointers == ["/papers/0/blank_forms/0/url", "/notes/0/blank_forms/0/url"]


def test_what_an_earlier_release_kept_of_a_record_is_shown_without_what_it_did_not_read():
    facts = {name: value for name, value in read(BIRTH).facts.items() if name not in NEW}
    for part in ("components", "notes"):
        facts[part] = [{k: v for k, v in each.items() if k not in ("blanks", "need")} for each in facts[part]]
    view = viewed(**facts)
    assert (view["steps"][0]["text_vi"] is not None, view["delegated_to"], view["receiving_vi"]) == (True, [], None)
    assert {p["need"] for p in view["papers"]} == {"unknown"}
    assert all(p["blank_forms"] == [] for p in view["papers"])
