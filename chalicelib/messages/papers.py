"""From a dossier's facts to the fields of an official document, pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.kernel.clock import moment
from chalicelib.law import qr
from chalicelib.law.clock import Term
from chalicelib.law.codes import PersonalId
from chalicelib.messages.model import BirthCertificateData, ComponentLine, ParentData, ReceiptData, local

SYSTEM = "Hệ thống thông tin giải quyết thủ tục hành chính Một Cửa"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be printed: its name among the messages, its template and fields, where it will be kept."""

    message: str
    kind: str
    title: str
    template: str
    data: dict[str, Any]
    target: str
    reason: str


def _qr(kind: Any, data: Mapping[str, Any], personal: Mapping[str, Any], name: str, at: str, **more: str) -> str:
    return qr.qr_payload(
        {
            "dossier_code": data["dossier_code"],
            "procedure_code": data["procedure"],
            "person_id": PersonalId.parse(personal["personal_id"]).masked,
            "document_name": name,
            "system_name": "Một Cửa",
            "published_at": local(moment(at)).isoformat(timespec="seconds"),
            **more,
        },
        paper=kind,
    )


def receipt(data: Mapping[str, Any], personal: Mapping[str, Any], url: str) -> Paper:
    """Form 01 for an accepted dossier (Decree 61/2018 Art. 17, Circular 03/2025/TT-VPCP)."""
    office, message = data["office"], f"RECEIPT.{data['dossier_code']}"
    at, due = data["processed_at"], local(moment(data["due_at"])).isoformat(timespec="seconds")
    fields = ReceiptData(
        agency=office["name"],
        place=office["place"],
        published_at=moment(at),
        qr=_qr("receipt", data, personal, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", at, due_at=due),
        system_name=SYSTEM,
        system_owner=office["name"],
        lookup_url=f"{url}/v1/verifications/{message}",
        centre=office["one_stop"],
        dossier_code=data["dossier_code"],
        submitter=personal["name"],
        request=data["procedure_name"],
        components=tuple(
            ComponentLine(name=f"{c['name']} ({c['filename']})", size=c["size"], sha256=c["sha256"])
            for c in personal["components"]
        ),
        statutory_time=Term.parse(data["term"]).describe("vi"),
        received_at=moment(at),
        due_at=moment(data["due_at"]),
        result_place="Kho dữ liệu điện tử của người nộp trên hệ thống",
        officer=personal["officer"],
        phone=personal.get("phone", ""),
    )
    return Paper(
        message,
        "receipt",
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "receipt",
        fields.as_data(),
        f"receipts/{data['reference']}/receipt.pdf",
        "Tiếp nhận hồ sơ",
    )


def result(data: Mapping[str, Any], personal: Mapping[str, Any], url: str) -> Paper:
    """The result of a decided dossier, coded `<dossier code>-KQ1` (Decree 45/2020 Art. 14(3))."""
    build = {"birth_certificate": birth_certificate}[data["result"]["template"]]
    fields = build(data, personal, url)
    code, title = data["result_code"], data["result"]["name_vi"]
    template = data["result"]["template"]
    return Paper(code, "result", title, template, fields, f"results/{data['reference']}/{code}.pdf", f"Cấp {title}")


def birth_certificate(data: Mapping[str, Any], personal: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Fields of the birth certificate from the electronic form that was verified and approved."""
    form, office, at = personal["form"], data["office"], data["decided_at"]
    child, code, title = form["child"], data["result_code"], data["result"]["name_vi"]
    return BirthCertificateData(
        agency=office["name"],
        place=office["place"],
        published_at=moment(at),
        qr=_qr("result", data, personal, title, at, validity=data["result"]["validity"]),
        system_name=SYSTEM,
        system_owner=office["name"],
        lookup_url=f"{url}/v1/verifications/{code}",
        number=code.rsplit("-", 2)[-2],
        result_code=code,
        full_name=child["full_name"],
        born_on=date.fromisoformat(child["born_on"]),
        gender=child["sex"],
        ethnicity=child["ethnicity"],
        nationality=child["nationality"],
        birth_place=child["place_of_birth"],
        home_town=child["home_town"],
        personal_id="",
        mother=_parent(form["mother"]),
        father=_parent(form["father"]) if "father" in form else None,
        requester=personal["name"],
        requester_paper=f"Số định danh cá nhân {PersonalId.parse(personal['personal_id']).masked}",
        registered_at=office["name"],
        registered_on=local(moment(at)).date(),
        signer=personal["approver"],
        signer_title="CHỦ TỊCH",
    ).as_data()


def _parent(form: Mapping[str, Any]) -> ParentData:
    return ParentData(
        full_name=form["full_name"],
        born=str(form["year_of_birth"]),
        ethnicity=form["ethnicity"],
        nationality=form["nationality"],
        residence=form["residence"],
    )
