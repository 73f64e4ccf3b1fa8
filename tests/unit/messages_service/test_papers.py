"""What the papers say comes from what is told of the dossier (Circular 03/2025 form 01; Decree 45/2020 Art. 14(3))."""

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace

from chalicelib.contracts.event import Malformed, heard, told
from chalicelib.contracts.onestop import (
    OF_THE_FORM,
    Answer,
    DossierAccepted,
    DossierDecided,
    ReceiptPrivate,
    ResultPrivate,
)
from chalicelib.contracts.plan import PriceLine
from chalicelib.kernel.ids import lookup_code
from chalicelib.law import qr
from chalicelib.messages import papers
from chalicelib.messages.model import UnknownTemplate
from chalicelib.messages.rendering import render
from chalicelib.sealing.door import unseal
from tests.fakes import people

QR = zxingcpp.BarcodeFormat.QRCode
"""Of every other kind the reader finds one now and then in a page that has none."""

URL = "https://motcua.example.vn"


@pytest.fixture
def receipt(accepted):
    """`receipt(**changes)`: the receipt of an accepted dossier."""
    private = heard(ReceiptPrivate, unseal(accepted.reference, accepted.sealed))
    return lambda **changes: papers.receipt(replace(accepted, **changes), private, URL)


@pytest.fixture
def result(decided):
    """`result(form=..., **changes)`: the result of a decided dossier."""
    private = heard(ResultPrivate, unseal(decided.reference, decided.sealed))

    def make(form=private.form, answers=private.answers, **changes):
        return papers.result(replace(decided, **changes), replace(private, form=form, answers=answers), URL)

    return make


def test_a_receipt_says_who_brought_what_when_and_until_when(receipt, accepted):
    paper = receipt()
    data = paper.data.fields()
    assert paper.message == f"RECEIPT.{accepted.dossier_code}"
    assert data["dossier_code"] == accepted.dossier_code
    assert (data["submitter"], data["officer"]) == (people.CITIZEN.name, people.RECEPTION.name)
    assert data["received_at"] == "09 giờ 20 phút, ngày 25 tháng 11 năm 2026"
    assert data["due_at"] == "hết ngày 26 tháng 11 năm 2026"
    assert data["statutory_time"] == "1 ngày làm việc"
    assert data["phone"] == people.FORM["requester"]["phone"]
    (line,) = data["components"]
    assert (line["name"], line["kind"], line["count"]) == ("Giấy chứng sinh (giay.jpg)", "Bản điện tử (402,7 KB)", "01")
    assert data["person_id"] == f"*********{people.CITIZEN.personal_id[-3:]}"
    assert data["lookup_url"] == f"{URL}/v1/verifications/{lookup_code(paper.message)}"
    assert qr.parse(data["qr"])["lookup_url"] == data["lookup_url"]
    assert paper.lines == ()


@pytest.mark.parametrize(
    ("kind", "says", "column"),
    [
        ("original", "Bản chính", "original"),
        ("certified", "Bản sao chứng thực", "certified"),
        ("copy", "Bản sao", "copy"),
        ("electronic", "Bản điện tử (402,7 KB)", "file"),
    ],
)
def test_a_receipt_says_how_each_paper_was_handed_in_in_the_table_of_its_pack(accepted, kind, says, column):
    private = heard(ReceiptPrivate, unseal(accepted.reference, accepted.sealed))
    (component,) = private.components
    private = replace(private, components=(replace(component, kind=kind, count=2),), channel="DIRECT", fee="8.000 đồng")
    for pack, template, form in (
        ("vn-2025-07-01", "receipt_2018", "Mẫu số 01 - Thông tư số 01/2018/TT-VPCP"),
        ("vn-2025-09-15", "receipt", "Mẫu số 01 - Thông tư số 03/2025/TT-VPCP"),
    ):
        paper = papers.receipt(replace(accepted, rule_pack=pack), private, URL)
        data = paper.data.fields()
        assert (paper.data.template, data["form"], data["channel"]) == (template, form, "Trực tiếp")
        assert (data["in_person"], data["fee"]) == ("1", "8.000 đồng")
        (line,) = data["components"]
        assert (line["kind"], line["count"]) == (says, "02")
        said = [name for name in ("original", "certified", "copy", "file") if line[name]]
        assert said == [column]


def test_a_paper_that_nobody_sorted_is_called_by_its_file_once(accepted):
    private = heard(ReceiptPrivate, unseal(accepted.reference, accepted.sealed))
    (component,) = private.components
    unsorted = replace(private, components=(replace(component, name="scan01.pdf", filename="scan01.pdf"),))
    data = papers.receipt(accepted, unsorted, URL).data.fields()
    assert [line["name"] for line in data["components"]] == ["scan01.pdf"]


def test_each_paper_lies_under_its_own_dossier(receipt, result, accepted, decided):
    assert receipt().target == f"receipts/{accepted.reference}/receipt.pdf"
    assert result().target == f"results/{decided.reference}/{decided.result_code}.pdf"


def test_a_result_is_the_form_that_was_approved(result, decided):
    paper = result()
    data, child = paper.data.fields(), people.FORM["child"]
    assert (paper.message, paper.kind, paper.title) == (decided.result_code, "result", "Giấy khai sinh")
    assert data["full_name"] == child["full_name"].upper()
    assert data["born_on"] == "18/11/2026"
    assert data["gender"] == child["sex"]
    assert data["mother"]["full_name"] == people.FORM["mother"]["full_name"]
    assert data["mother"]["born"] == "1995"
    assert set(data["father"].values()) == {""}, "a father who is not named is not invented"
    assert data["signer"] == "Tên Trong Thẻ"
    assert data["number"] == decided.dossier_code.rpartition("-")[2]
    assert paper.lines == ("Tên Trong Thẻ",)


def test_a_result_prints_the_number_that_its_decision_took_however_often(result):
    first, again = (result(number="07/2026").data for _ in range(2))
    assert first.fields()["number"] == "07/2026"
    assert again == first


@pytest.mark.parametrize("template", sorted(papers.RESULTS))
def test_who_prints_is_told_the_answers_only_where_the_template_prints_them(result, decided, template):
    printed = replace(decided.result, template=template)
    one, other = (
        result(result=printed, answers=answers).data
        for answers in ((), (Answer(label="Họ tên", value="Nguyễn Thị Bích Liễu"),))
    )
    assert (one == other) == (template in OF_THE_FORM)


def test_what_is_said_to_be_of_the_form_is_a_template_of_ours():
    assert papers.RESULTS.keys() > OF_THE_FORM


def test_a_father_who_is_named_is_on_the_certificate(result):
    father = {**people.FORM["mother"], "full_name": "Lê Quốc Vượng"}
    data = result(form={**people.FORM, "father": father}).data.fields()
    assert data["father"]["full_name"] == "Lê Quốc Vượng"


def test_a_child_of_unknown_parents_has_a_certificate_too(result):
    form = {name: value for name, value in people.FORM.items() if name != "mother"}
    data = result(form=form).data.fields()
    assert set(data["mother"].values()) == set(data["father"].values()) == {""}


def test_a_form_that_is_not_the_templates_is_told_by_the_field(result):
    with pytest.raises(Malformed, match=r"BirthForm: child\.born_on: missing"):
        result(form={**people.FORM, "child": {k: v for k, v in people.FORM["child"].items() if k != "born_on"}})


def test_the_qr_of_a_paper_shows_the_number_masked(receipt, result):
    for paper in (receipt(), result()):
        assert people.CITIZEN.personal_id not in repr(paper.data)
        assert qr.parse(paper.data.qr)["person_id"].endswith(people.CITIZEN.personal_id[-3:])


def printed_code(paper):
    """The fields of the code that a reader of ISO 18004 finds on the printed paper."""
    with pypdfium2.PdfDocument(render(paper.data)) as document:
        (found,) = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_numpy().copy(), QR)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return qr.parse(found.text)


def of_any_paper(event, name, at):
    """What Circular 01/2023/TT-VPCP Art. 26 asks of the code of every paper, with our address beside it."""
    return {
        "dossier_code": event.dossier_code,
        "procedure_code": event.procedure,
        "person_id": f"*********{people.CITIZEN.personal_id[-3:]}",
        "document_name": name,
        "system_name": "Một Cửa",
        "published_at": at,
    }


AT = "2026-11-25T09:20:05+07:00"


@pytest.mark.rule("R33", "schema", "receipt", "decodes")
def test_the_code_on_a_printed_receipt_has_the_fields_of_the_circular_and_the_due_date(receipt, accepted):
    said = printed_code(receipt())
    assert said.pop("lookup_url").startswith(URL)
    expected = of_any_paper(accepted, papers.RECEIPT, AT)
    assert said == {"paper": "receipt", **expected, "due_at": "2026-11-26T23:59:00+07:00"}


@pytest.mark.rule("R33", "schema", "result", "decodes")
def test_the_code_on_a_printed_result_has_the_fields_of_the_circular_and_its_validity(result, notice, decided):
    lasting = replace(decided.result, validity=None)
    for paper, more in (
        (result(result=lasting), {}),
        (notice(result=replace(decided.result, template="decision", validity="12 tháng")), {"validity": "12 tháng"}),
    ):
        said = printed_code(paper)
        assert said.pop("lookup_url").startswith(URL)
        assert said == {
            "paper": "result",
            **of_any_paper(decided, decided.result.name_vi, "2026-11-25T10:00:00+07:00"),
            **more,
        }


# --- services without a document of their own ----------------------------------------------------------------------

WATER = {"kind": "public_utility", "procedure_name": "Đấu nối nước sạch"}
PRICE = (PriceLine(name_vi="Nước sinh hoạt", amount=8500, unit_vi="m³"),)


@pytest.fixture
def notice(result, decided):
    """`notice(**changes)`: the result of a decided dossier whose result is the notice."""
    named = replace(decided.result, template="decision", name_vi="Thỏa thuận")
    return lambda **changes: result(**({"result": named} | changes))


def test_a_service_without_a_document_of_its_own_gets_the_notice(notice, decided):
    paper = notice(price=PRICE, **WATER)
    data = paper.data.fields()
    assert (paper.data.template, paper.message, paper.title) == ("decision", decided.result_code, "Thỏa thuận")
    assert (data["service_label"], data["service"]) == ("Dịch vụ công ích", "Đấu nối nước sạch")
    assert data["decision"] == f"Đồng ý giải quyết dịch vụ công ích “Đấu nối nước sạch” cho {people.CITIZEN.name}."
    assert (data["holder"], data["signer"]) == (people.CITIZEN.name, "Tên Trong Thẻ")
    assert data["holder_id"].endswith(people.CITIZEN.personal_id[-3:])
    assert people.CITIZEN.personal_id not in repr(data)
    assert data["validity"] == decided.result.validity
    assert data["answers"] == [{"label": "Địa chỉ", "value": "Ấp Bình Hòa"}]
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
def test_the_notice_says_what_kind_of_service_it_is(notice, kind, label):
    data = notice(kind=kind).data.fields()
    assert data["service_label"] == label
    assert label.lower() in data["decision"]


def test_a_kind_that_a_newer_release_has_is_not_guessed(notice):
    data = notice(kind="something_new", procedure_name="Việc mới").data.fields()
    assert data["service_label"] == "Nội dung yêu cầu giải quyết"
    assert "Đồng ý giải quyết yêu cầu “Việc mới”" in data["decision"]


def test_an_event_from_before_kinds_prices_and_answers_still_makes_a_notice(decided):
    old = {k: v for k, v in told(decided).items() if k not in ("kind", "price")}
    old["result"] = {"template": "decision", "name_vi": "Thỏa thuận"}
    private = {k: v for k, v in unseal(decided.reference, decided.sealed).items() if k != "answers"}
    data = papers.result(heard(DossierDecided, old), heard(ResultPrivate, private), URL).data.fields()
    assert data["service_label"] == "Thủ tục hành chính", "there was no other kind"
    assert (data["answers"], data["prices"], data["validity"]) == ([], [], "")
    assert "validity" not in qr.parse(data["qr"])


def test_a_template_that_no_result_has_is_named(result, decided):
    for name in ("diploma", "receipt", "stamp"):
        with pytest.raises(UnknownTemplate, match=name):
            result(result=replace(decided.result, template=name))


def test_every_result_has_a_page_for_its_fields():
    from chalicelib.messages.rendering import signature_box

    assert all(signature_box(name) for name in papers.RESULTS)


def test_a_receipt_of_a_full_service_has_no_notice_and_one_from_before_notices_neither(accepted):
    old = {k: v for k, v in told(accepted).items() if k not in ("notice_vi", "price")}
    private = heard(ReceiptPrivate, unseal(accepted.reference, accepted.sealed))
    for event in (heard(DossierAccepted, old), accepted):
        data = papers.receipt(event, private, URL).data.fields()
        assert (data["notice"], data["prices"]) == ("", [])


def test_a_receipt_tells_level_and_price(receipt):
    data = receipt(notice_vi="Một phần.", price=PRICE).data.fields()
    assert data["notice"] == "Một phần."
    assert data["prices"] == [{"name": "Nước sinh hoạt", "price": "8.500 đồng/m³"}]
