"""From a dossier's facts to the fields of an official document, pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from chalicelib.kernel.clock import moment
from chalicelib.law import qr
from chalicelib.law.clock import Term
from chalicelib.law.codes import PersonalId
from chalicelib.messages.model import ComponentLine, PriceLine, ReceiptData, UnknownTemplate, local
from chalicelib.messages.results import Answer, BirthCertificateData, DecisionData, ParentData

SYSTEM = "Hệ thống thông tin giải quyết thủ tục hành chính Một Cửa"
_KINDS: Final = {
    "administrative_procedure": "Thủ tục hành chính",
    "public_non_business": "Dịch vụ sự nghiệp công",
    "public_utility": "Dịch vụ công ích",
}


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
        notice=data.get("notice_vi") or "",
        channel=data.get("channel_name_vi") or "",
        prices=_prices(data),
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
    """The result of a decided dossier, coded `<dossier code>-KQ1` (Decree 45/2020 Art. 14(3)).

    Raises `UnknownTemplate`, with its name, for a template that no result here has.
    """
    template, title, code = data["result"]["template"], data["result"]["name_vi"], data["result_code"]
    build = RESULTS.get(template)
    if build is None:
        raise UnknownTemplate(template)
    fields = build(data, personal, url)
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


def decision(data: Mapping[str, Any], personal: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Fields of the notice that a procedure or service was granted, with what was asked for it."""
    office, at, code = data["office"], data["decided_at"], data["result_code"]
    title, validity = data["result"]["name_vi"], data["result"].get("validity") or ""
    label = _KINDS.get(data.get("kind", ""))
    provider = data.get("provider") or {}
    return DecisionData(
        agency=office["name"],
        place=office["place"],
        published_at=moment(at),
        qr=_qr("result", data, personal, title, at, validity=validity),
        system_name=SYSTEM,
        system_owner=office["name"],
        lookup_url=f"{url}/v1/verifications/{code}",
        result_code=code,
        service_label=label or "Nội dung yêu cầu giải quyết",
        service=data["procedure_name"],
        result_name=title,
        holder=personal["name"],
        holder_id=PersonalId.parse(personal["personal_id"]).masked,
        decision=f"Đồng ý giải quyết {(label or 'yêu cầu').lower()} “{data['procedure_name']}” cho {personal['name']}.",
        provider=provider.get("name_vi") or office["name"],
        signer=personal["approver"],
        validity=validity,
        prices=_prices(data),
        answers=tuple(Answer(a["label"], a["value"]) for a in personal.get("answers") or ()),
    ).as_data()


def _prices(data: Mapping[str, Any]) -> tuple[PriceLine, ...]:
    """The price list of a service that has one; an event from before price lists has none."""
    return tuple(
        PriceLine(line["name_vi"], line["amount"], line["currency"], line.get("unit_vi") or "")
        for line in data.get("price") or ()
    )


RESULTS: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], str], dict[str, Any]]]] = {
    "birth_certificate": birth_certificate,
    "decision": decision,
}
