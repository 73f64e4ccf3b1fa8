"""Forms 02 to 05: what becomes of a dossier on paper, once, signed by whom the rule pack says."""

import hashlib
from io import BytesIO

import pypdfium2
import pytest
from msgspec.structs import replace
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import read_certification_data

from chalicelib.contracts.event import told
from chalicelib.contracts.lifecycle import (
    AskedItem,
    DossierRefused,
    DossierStopped,
    PaperPrivate,
    SupplementRequested,
    TermExtended,
)
from chalicelib.kernel import aws
from chalicelib.kernel.ids import lookup_code
from chalicelib.kernel.problem import NotFound
from chalicelib.law import packs, qr
from chalicelib.messages import events, form_papers
from chalicelib.messages.bearers import MAY_SIGN
from chalicelib.messages.inquiry import Reader
from chalicelib.messages.model import message_key
from chalicelib.messages.store import Table
from chalicelib.messages.verification import verify
from chalicelib.sealing.door import seal
from tests.fakes import people
from tests.unit.messages_service.conftest import ACCEPTED_AT, CODE, DUE_AT, OFFICE, URL

LATER = "2026-11-27T16:59:00.000+00:00"
WORDS = "Nơi cư trú của cha, mẹ không thuộc địa bàn xã."
ASKED = (
    AskedItem(
        target=people.BIRTH_NOTICE, name="Giấy chứng sinh", reason="MISSING", basis="Luật Hộ tịch 2014 Điều 16",
        remedy="Nộp bản chính có chữ ký của cơ sở y tế", originals=1,
    ),
    AskedItem(
        target="/mother/full_name", reason="DATA_WRONG", basis="Nghị định 118/2025 Điều 17", remedy="", by="database"
    ),
)  # fmt: skip
PRIVATE = PaperPrivate(
    name=people.CITIZEN.name,
    personal_id=people.CITIZEN.personal_id,
    officer="Tên Trong Thẻ",
    officer_id=people.SCANNER.subject,
    officer_phone="0277 3888 888",
    address="Ấp Bình Hòa, xã Vĩnh Phước",
    phone="0912345678",
    email="nguyet@example.vn",
    reason=WORDS,
    basis="Luật Hộ tịch 2014 Điều 13",
    asked=ASKED,
    leader="Lãnh đạo",
    leader_id=people.LEADER.subject,
    leader_title="Chủ tịch",
    stage="Đang thẩm tra",
    finance="Không có khoản phải nộp",
)
SHARED = {
    "agency": OFFICE.id,
    "handler": people.RECEPTION.name,
    "received_at": ACCEPTED_AT,
    "processed_at": ACCEPTED_AT,
    "reference": "MC-1",
    "procedure": people.PROCEDURE,
    "procedure_name": "Đăng ký khai sinh",
    "office": OFFICE,
    "dossier_code": CODE,
    "submitted_at": "2026-11-25T02:00:00.000+00:00",
    "accepted_at": ACCEPTED_AT,
    "rule_pack": "vn-2026-09-28",
}
MAKE = {
    "supplement": lambda **more: SupplementRequested(**SHARED | {"answer_by": LATER} | more),
    "refusal": lambda **more: DossierRefused(**SHARED | more),
    "apology": lambda **more: TermExtended(**SHARED | {"former_due_at": DUE_AT, "due_at": LATER, "term": "1wd"} | more),
    "stop": lambda **more: DossierStopped(**SHARED | {"why": "withdrawn"} | more),
    "settlement": lambda **more: DossierStopped(**SHARED | {"why": "refused"} | more),
}
"""Made events, by what they lead to."""
NAME = {"supplement": "SUPPLEMENT", "refusal": "REFUSAL", "apology": "APOLOGY", "stop": "STOP", "settlement": "REFUSAL"}
BOTH = ["OfficerSignature", "AgencySignature"]
SIGNED = {"supplement": BOTH[:1], "refusal": BOTH[:1], "apology": BOTH, "stop": BOTH, "settlement": BOTH}


@pytest.fixture
def event(tables):
    """`event(kind, **changes)`: an event as it is told; `private` are changes of what is sealed."""

    def make(kind, private=PRIVATE, **changes):
        given = {"holder": people.CITIZEN.holder, "sealed": seal("MC-1", told(private))}
        return MAKE[kind](**given | changes)

    return make


def head_of(tables, message):
    return tables.get("Messages", message_key(message), "HEAD")


def content(head):
    return aws.client("s3").get_object(Bucket="messages", Key=head["key"], VersionId=head["version_id"])["Body"].read()


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        for page in document:
            page.flatten()
        said = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize("kind", MAKE)
def test_each_event_has_one_paper_however_often_it_is_told(tables, desk, event, clock, kind):
    for _ in range(3):
        desk.issue_form(event(kind))
        clock.advance(minutes=1)
    message = f"{NAME[kind]}.{CODE}.1"
    head, (row,) = head_of(tables, message), tables.events("Messages", message_key(message))
    assert (row["type"], head["kind"]) == ("vn.motcua.form.signed", NAME[kind].lower())
    assert (head["reference"], head["agency"], head["holder"]) == ("MC-1", OFFICE.id, people.CITIZEN.holder)
    assert head["key"] == f"forms/MC-1/{message}.pdf"
    versions = aws.client("s3").list_object_versions(Bucket="messages", Prefix=head["key"])["Versions"]
    assert [each["VersionId"] for each in versions] == [head["version_id"]]
    assert people.CITIZEN.name not in repr(row)


def test_a_second_request_is_another_paper_and_one_before_the_acceptance_has_the_reference(tables, desk, event):
    before = {"dossier_code": None, "accepted_at": None, "rule_pack": None}
    desk.issue_form(event("supplement", **before))
    desk.issue_form(event("supplement", paper=2))
    assert head_of(tables, "SUPPLEMENT.MC-1.1")
    assert head_of(tables, f"SUPPLEMENT.{CODE}.2")


@pytest.mark.parametrize("kind", MAKE)
def test_who_signs_is_what_the_pack_says_and_the_paper_verifies(tables, desk, event, keys_folder, kind):
    desk.issue_form(event(kind))
    head = head_of(tables, f"{NAME[kind]}.{CODE}.1")
    pdf = content(head)
    verdict = verify(pdf, roots=keys_folder / "ca.pem", registered_sha256=head["sha256"])
    assert verdict.valid, verdict.checks
    assert [signer.field for signer in verdict.signers] == SIGNED[kind]
    person = people.SCANNER.name if len(SIGNED[kind]) == 1 else people.LEADER.name
    assert verdict.signers[0].name == person
    assert text_of(pdf).count(person) >= 2, "in the signature, and under it"
    permission = read_certification_data(PdfFileReader(BytesIO(pdf))).permission
    assert permission == (MDPPerm.NO_CHANGES if len(SIGNED[kind]) == 1 else MDPPerm.FILL_FORMS)


@pytest.mark.parametrize("kind", MAKE)
def test_where_the_person_has_no_certificate_the_agency_signs_over_the_name(tables, desk, event, keys_folder, kind):
    desk.issue_form(event(kind, replace(PRIVATE, officer_id="nobody", leader_id="nobody")))
    head = head_of(tables, f"{NAME[kind]}.{CODE}.1")
    verdict = verify(content(head), roots=keys_folder / "ca.pem", registered_sha256=head["sha256"])
    assert verdict.valid, verdict.checks
    assert [signer.field for signer in verdict.signers] == ["AgencySignature"]
    name = "Lãnh đạo" if len(SIGNED[kind]) == 2 else "Tên Trong Thẻ"
    assert name in text_of(content(head))


def test_every_order_of_every_pack_is_one_that_a_verifier_knows():
    for pack in packs.all_packs():
        signers, known = pack.rules.forms_signers.value, MAY_SIGN
        assert {*signers.supplement_request} <= {*known["supplement"]}
        assert {*signers.refusal, *signers.settlement_refusal} <= {*known["refusal"]}
        assert {*signers.apology} <= {*known["apology"]}
        assert {*signers.stop} <= {*known["stop"]}
        assert all(("agency",) in orders for orders in told_orders(signers)), "somebody can always sign"


def told_orders(signers):
    return [getattr(signers, name) for name in signers.__struct_fields__]


SAID = {
    "supplement": [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", f"Số: {CODE}.1/HDHS", "Mẫu số 02 - Thông tư số 03/2025/TT-VPCP",
        "STT Tên giấy tờ, nội dung Loại (chính, sao) Số lượng", "1 Giấy chứng sinh Bản chính 01",
        "2 Nội dung trên tờ khai Bản điện tử 01", "Giấy chứng sinh: còn thiếu.",
        "Cần thực hiện: Nộp bản chính có chữ ký của cơ sở y tế.", "Căn cứ: Luật Hộ tịch 2014 Điều 16.",
        "dữ liệu trong cơ sở dữ liệu không đúng", "đề nghị cơ quan quản lý cơ sở dữ liệu điều chỉnh dữ liệu",
        "đến hết ngày 27 tháng 11 năm 2026", "số điện thoại 0277 3888 888", "Tra cứu hồ sơ tại: https://",
        "NGƯỜI HƯỚNG DẪN", WORDS,
    ],
    "refusal": [
        "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Mẫu số 03", f"Số: {CODE}.1/TCHS", "không tiếp nhận, giải quyết",
        "với lý do cụ thể như sau", WORDS, "Căn cứ: Luật Hộ tịch 2014 Điều 13.", "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Thời gian nộp hồ sơ: 09 giờ 00 phút, ngày 25 tháng 11 năm 2026", "số điện thoại 0277 3888 888",
    ],
    "settlement": ["đã tiếp nhận hồ sơ của", "thông báo không giải quyết hồ sơ này", WORDS, "NGƯỜI KÝ"],
    "apology": [
        "V/v xin lỗi và hẹn lại ngày trả kết quả", f"Kính gửi: {people.CITIZEN.name}", "Ngày 25/11/2026", CODE,
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: hết ngày 26 tháng 11 năm 2026", WORDS,
        f"{OFFICE.name} xin lỗi", "hết ngày 27 tháng 11 năm 2026", f"tại {OFFICE.one_stop}", "CHỦ TỊCH",
        "Nơi nhận", "Mẫu số 04",
    ],
    "stop": [
        "THÔNG BÁO Dừng giải quyết hồ sơ", "Mẫu số 05", "Yêu cầu dừng giải quyết: Tổ chức, cá nhân đề nghị rút hồ sơ",
        "Giai đoạn giải quyết khi dừng: Đang thẩm tra", "Chưa có quyết định hoặc thông báo kết quả",
        "Nghĩa vụ tài chính: Không có khoản phải nộp", "NGƯỜI KÝ THÔNG BÁO",
    ],
}  # fmt: skip
WHOSE = [people.CITIZEN.name, "Ấp Bình Hòa, xã Vĩnh Phước", "0912345678", "nguyet@example.vn", "Đăng ký khai sinh"]


@pytest.mark.parametrize("kind", MAKE)
def test_each_line_of_the_form_stands_on_the_paper(tables, desk, event, kind):
    desk.issue_form(event(kind))
    text = text_of(content(head_of(tables, f"{NAME[kind]}.{CODE}.1")))
    whose = [] if kind == "apology" else [*WHOSE, f"*********{people.CITIZEN.personal_id[-3:]}"]
    always = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ngày 25 tháng 11 năm 2026", OFFICE.name.upper(), *whose]
    assert [part for part in always + SAID[kind] if part not in text] == []
    assert people.CITIZEN.personal_id not in text
    assert not {"MISSING", "DATA_WRONG", "supplement_lapsed", "withdrawn"} & set(text.split()), "no technical code"


@pytest.mark.rule("R33", "schema")
@pytest.mark.parametrize("kind", MAKE)
def test_the_code_on_a_form_has_the_fields_of_the_circular(event, kind):
    paper = form_papers.form(event(kind), PRIVATE, URL, OFFICE.name)
    assert qr.parse(paper.data.qr) == {
        "paper": "other",
        "dossier_code": CODE,
        "procedure_code": people.PROCEDURE,
        "person_id": f"*********{people.CITIZEN.personal_id[-3:]}",
        "document_name": paper.title,
        "system_name": "Một Cửa",
        "published_at": "2026-11-25T09:20:05+07:00",
        "lookup_url": f"{URL}/v1/verifications/{lookup_code(paper.message)}",
    }


@pytest.mark.parametrize(
    ("told", "template"),
    [
        ({"rule_pack": "vn-2024-10-23"}, "supplement_2018"),
        ({"rule_pack": "vn-2025-07-01"}, "supplement_2018"),
        ({"rule_pack": "vn-2025-09-15"}, "supplement"),
        ({"rule_pack": None, "accepted_at": "2025-09-14T16:59:59.000+00:00"}, "supplement_2018"),
        ({"rule_pack": None, "accepted_at": "2025-09-14T17:00:00.000+00:00"}, "supplement"),
        ({"rule_pack": None, "accepted_at": None, "submitted_at": "2025-09-01T02:00:00.000+00:00"}, "supplement_2018"),
    ],
)
def test_the_pack_of_the_dossier_says_which_set_prints_it(event, told, template):
    assert form_papers.form(event("supplement", **told), PRIVATE, URL, "-").data.template == template


@pytest.mark.parametrize("kind", MAKE)
def test_a_paper_of_2018_names_its_own_circular_and_there_was_no_form_05(event, kind):
    data = form_papers.form(event(kind, rule_pack="vn-2025-07-01"), PRIVATE, URL, "-").data
    assert data.template.endswith("_2018")
    numbers = {"supplement": "02", "refusal": "03", "apology": "04", "settlement": "03"}
    form = f"Mẫu số {numbers[kind]} - Thông tư số 01/2018/TT-VPCP" if kind != "stop" else ""
    assert data.form == form


def test_the_agent_gets_the_apology_and_the_paper_says_whose_dossier_it_is(event):
    private = replace(PRIVATE, submitter="Lê Thị Đại Diện", together=("Trần Văn Hai",))
    data = form_papers.form(event("apology"), private, URL, OFFICE.name).data
    assert (data.submitter, data.holders) == ("Lê Thị Đại Diện", f"{people.CITIZEN.name} và Trần Văn Hai")


def test_the_late_agency_is_named_and_not_the_one_that_received(tables, desk, event):
    desk.signatures.agency_name.__self__[OFFICE.id] = "Sở Tư pháp tỉnh Đồng Tháp"
    try:
        desk.issue_form(event("apology"))
    finally:
        desk.signatures.agency_name.__self__[OFFICE.id] = OFFICE.name
    assert "Sở Tư pháp tỉnh Đồng Tháp xin lỗi" in text_of(content(head_of(tables, f"APOLOGY.{CODE}.1")))


@pytest.mark.parametrize(("channel", "signs"), [("DIRECT", True), ("ONLINE", False)])
def test_a_submitter_signs_a_refusal_only_at_the_counter(tables, desk, event, channel, signs):
    desk.issue_form(event("refusal", replace(PRIVATE, channel=channel)))
    text = text_of(content(head_of(tables, f"REFUSAL.{CODE}.1")))
    assert ("NGƯỜI NỘP HỒ SƠ" in text) == signs


@pytest.mark.parametrize(
    ("make", "why", "kind", "words"),
    [
        (DossierRefused, "supplement_lapsed", "refusal", form_papers.LAPSED),
        (DossierStopped, "upstream", "refusal", form_papers.UPSTREAM),
        (DossierStopped, "supplement_lapsed", "stop", form_papers.GROUNDS["supplement_lapsed"]),
    ],
)
def test_what_no_officer_gave_words_for_is_told_in_words_too(event, make, why, kind, words):
    paper = form_papers.form(make(**SHARED, holder="-", sealed="", why=why), replace(PRIVATE, reason=""), URL, "-")
    assert paper.kind == kind
    assert words in paper.data.fields().values()


def test_the_worker_hears_them(tables, stage, keys_folder, event):
    stage.setenv("MOTCUA_KEYS_FOLDER", str(keys_folder))
    stage.delenv("MOTCUA_TIMESTAMP_URL")
    for kind in ("supplement", "refusal", "apology", "stop"):
        detail = {"id": "MC-1/EVENT#000009", "type": event(kind).type, "subject": "MC-1", "time": ACCEPTED_AT}
        events.messages_issue_paper({"detail": detail | {"data": told(event(kind))}}, None)
        assert head_of(tables, f"{NAME[kind]}.{CODE}.1")


def test_the_holder_and_the_agency_read_it_and_nobody_else(tables, desk, event, clock):
    desk.issue_form(event("supplement"))
    reader, message = Reader(Table(), lambda *_: None, clock), f"SUPPLEMENT.{CODE}.1"
    for who in (people.CITIZEN, people.RECEPTION):
        found, url, _ = reader.read(who, message)
        assert found.kind == "supplement"
        assert f"forms/MC-1/{message}.pdf" in url
    with pytest.raises(NotFound):
        reader.read(people.NEIGHBOUR, message)
    told_of = reader.registered(lookup_code(message))
    assert told_of.standing == "registered"
    assert told_of.paper.sha256 == hashlib.sha256(content(head_of(tables, message))).hexdigest()
