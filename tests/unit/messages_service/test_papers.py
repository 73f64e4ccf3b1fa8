"""What the papers say comes from the dossier's facts (Circular 03/2025 form 01; Decree 45/2020 Art. 14(3))."""

import pytest

from chalicelib.kernel.events import EventType
from chalicelib.kernel.ids import unseal
from chalicelib.law import qr
from chalicelib.messages import papers
from chalicelib.messages.model import UnknownTemplate
from tests.fakes import people
from tests.fakes.counter import Counter

URL = "https://motcua.example.vn"


@pytest.fixture(scope="module")
def life():
    """The facts of an accepted and decided dossier, as the flow tells them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_SECRET", "local-0123456789abcdef0123456789abcdef")
        hall = Counter()
        reference = hall.decided()
        (accepted,) = hall.facts(reference, EventType.DOSSIER_ACCEPTED)
        (decided,) = hall.facts(reference, EventType.DOSSIER_DECIDED)
        return accepted, decided, unseal(accepted["sealed"]), unseal(decided["sealed"])


def test_a_receipt_says_who_brought_what_when_and_until_when(life):
    accepted, _, personal, _ = life
    paper = papers.receipt(accepted, personal, URL)
    data = paper.data
    assert paper.message == f"RECEIPT.{accepted['dossier_code']}"
    assert data["dossier_code"] == accepted["dossier_code"]
    assert (data["submitter"], data["officer"]) == (people.CITIZEN.name, people.RECEPTION.name)
    assert data["received_at"] == "09 giờ 20 phút, ngày 25 tháng 11 năm 2026"
    assert data["due_at"] == "23 giờ 59 phút, ngày 26 tháng 11 năm 2026"
    assert data["statutory_time"] == "1 ngày làm việc"
    assert data["phone"] == people.FORM["requester"]["phone"]
    (line,) = data["components"]
    assert line["hash"] == "ab" * 5
    assert "giay-chung-sinh.jpg" in line["name"]
    assert data["lookup_url"] == f"{URL}/v1/verifications/{paper.message}"


def test_a_receipts_target_is_under_its_own_dossier(life):
    accepted, _, personal, _ = life
    paper = papers.receipt(accepted, personal, URL)
    assert paper.target == f"receipts/{accepted['reference']}/receipt.pdf"


def test_a_result_is_the_form_that_was_approved(life):
    _, decided, _, personal = life
    paper = papers.result(decided, personal, URL)
    data, child = paper.data, people.FORM["child"]
    assert (paper.message, paper.kind, paper.title) == (decided["result_code"], "result", "Giấy khai sinh")
    assert data["full_name"] == child["full_name"].upper()
    assert data["born_on"] == "18/11/2026"
    assert data["mother"]["full_name"] == people.FORM["mother"]["full_name"]
    assert data["father"]["full_name"] == "", "a father who is not named is not invented"
    assert data["signer"] == people.LEADER.name
    assert data["number"] == decided["dossier_code"].rpartition("-")[2]


def test_a_father_who_is_named_is_on_the_certificate(life):
    _, decided, _, personal = life
    father = {**people.FORM["mother"], "full_name": "Lê Quốc Vượng"}
    paper = papers.result(decided, {**personal, "form": {**personal["form"], "father": father}}, URL)
    assert paper.data["father"]["full_name"] == "Lê Quốc Vượng"


def test_the_qr_of_a_paper_shows_the_number_masked(life):
    accepted, decided, one, other = life
    for paper in (papers.receipt(accepted, one, URL), papers.result(decided, other, URL)):
        assert people.CITIZEN.personal_id not in repr(paper.data)
        assert people.CITIZEN.personal_id[-3:] in paper.data["qr"]
        assert qr.parse(paper.data["qr"])


# --- services without a document of their own ----------------------------------------------------------------------

WATER = {"kind": "public_utility", "procedure_name": "Đấu nối nước sạch"}
PRICE = [{"name_vi": "Nước sinh hoạt", "amount": 8500, "currency": "VND", "unit_vi": "m³"}]


def noticed(decided, **changes):
    """A decided fact whose result is the notice."""
    return {**decided, "result": {**decided["result"], "template": "decision", "name_vi": "Thỏa thuận"}, **changes}


def test_a_service_without_a_document_of_its_own_gets_the_notice(life):
    _, decided, _, personal = life
    answers = [{"label": "Địa chỉ", "value": "Ấp Bình Hòa"}]
    paper = papers.result(noticed(decided, price=PRICE, **WATER), {**personal, "answers": answers}, URL)
    data = paper.data
    assert (paper.template, paper.message, paper.title) == ("decision", decided["result_code"], "Thỏa thuận")
    assert (data["service_label"], data["service"]) == ("Dịch vụ công ích", "Đấu nối nước sạch")
    assert data["decision"] == f"Đồng ý giải quyết dịch vụ công ích “Đấu nối nước sạch” cho {people.CITIZEN.name}."
    assert (data["holder"], data["signer"]) == (people.CITIZEN.name, people.LEADER.name)
    assert data["holder_id"].endswith(people.CITIZEN.personal_id[-3:])
    assert people.CITIZEN.personal_id not in repr(data)
    assert data["validity"] == decided["result"]["validity"]
    assert data["answers"] == answers
    assert data["prices"] == [{"name": "Nước sinh hoạt", "price": "8.500 đồng/m³"}]
    assert data["provider"] == people.OFFICE["name"]
    assert qr.parse(data["qr"])["document_name"] == "Thỏa thuận"


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("administrative_procedure", "Thủ tục hành chính"),
        ("public_non_business", "Dịch vụ sự nghiệp công"),
        ("public_utility", "Dịch vụ công ích"),
    ],
)
def test_the_notice_says_what_kind_of_service_it_is(life, kind, label):
    _, decided, _, personal = life
    data = papers.result(noticed(decided, kind=kind), personal, URL).data
    assert data["service_label"] == label
    assert label.lower() in data["decision"]


def test_an_event_from_before_kinds_and_prices_still_makes_a_notice(life):
    _, decided, _, personal = life
    old = {k: v for k, v in noticed(decided).items() if k not in ("kind", "price", "provider")}
    old["result"] = {k: v for k, v in old["result"].items() if k != "validity"}
    data = papers.result(old, {k: v for k, v in personal.items() if k != "answers"}, URL).data
    assert data["service_label"] == "Nội dung yêu cầu giải quyết"
    assert (data["answers"], data["prices"], data["validity"]) == ([], [], "")
    assert "validity" not in qr.parse(data["qr"])


def test_a_provider_that_is_named_stands_before_the_office(life):
    _, decided, _, personal = life
    named = noticed(decided, price=PRICE, provider={"name_vi": "Công ty Cấp nước", "contact": None}, **WATER)
    assert papers.result(named, personal, URL).data["provider"] == "Công ty Cấp nước"


def test_a_template_that_no_result_has_is_named(life):
    _, decided, _, personal = life
    for name in ("diploma", "receipt", "control_slip"):
        with pytest.raises(UnknownTemplate, match=name):
            papers.result({**decided, "result": {**decided["result"], "template": name}}, personal, URL)


def test_every_result_has_a_page_for_its_fields(life):
    from chalicelib.messages.rendering import signature_box

    assert all(signature_box(name) for name in papers.RESULTS)


@pytest.mark.parametrize("empty", [{}, {"notice_vi": "", "price": []}, {"notice_vi": None, "price": None}])
def test_a_receipt_of_a_full_service_has_no_notice(life, empty):
    accepted, _, personal, _ = life
    old = {k: v for k, v in accepted.items() if k not in ("notice_vi", "price", "channel_name_vi")}
    data = papers.receipt({**old, **empty}, personal, URL).data
    assert (data["notice"], data["channel"], data["prices"]) == ("", "", [])


def test_a_receipt_tells_level_channel_and_price(life):
    accepted, _, personal, _ = life
    told = {**accepted, "notice_vi": "Một phần.", "channel_name_vi": "Trực tuyến", "price": PRICE}
    data = papers.receipt(told, personal, URL).data
    assert (data["notice"], data["channel"]) == ("Một phần.", "Trực tuyến")
    assert data["prices"] == [{"name": "Nước sinh hoạt", "price": "8.500 đồng/m³"}]
