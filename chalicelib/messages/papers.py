"""From what is told of a dossier to the fields of an official document, pure."""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import PaperPrivate
from chalicelib.contracts.onestop import (
    DossierAccepted,
    DossierDecided,
    ReceiptComponent,
    ReceiptPrivate,
    ResultPrivate,
)
from chalicelib.kernel.clock import moment
from chalicelib.kernel.ids import lookup_code
from chalicelib.law import packs, qr
from chalicelib.law.clock import Term
from chalicelib.law.codes import PersonalId
from chalicelib.law.rules import OfficialForm, Rules, SigningOrders
from chalicelib.messages.model import ComponentLine, Published, Receipt2018Data, ReceiptData, UnknownTemplate, local
from chalicelib.messages.results import BirthCertificateData, BirthForm, DecisionData

SYSTEM = "Hệ thống thông tin giải quyết thủ tục hành chính Một Cửa"
ORGANISATION: Final = "ORGANISATION"
SHOWN: Final = 3
"""Last characters of a travel document's number that a paper shows."""
RESULT: Final = "result"
DIRECT: Final = "DIRECT"
CHANNELS: Final[Mapping[str, str]] = {
    DIRECT: "Trực tiếp",
    "ONLINE": "Trực tuyến",
    "POSTAL": "Qua dịch vụ bưu chính công ích",
}
RECEIPT = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_KINDS: Final = {
    "administrative_procedure": "Thủ tục hành chính",
    "public_non_business": "Dịch vụ sự nghiệp công",
    "public_utility": "Dịch vụ công ích",
}


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A document ready to be printed: its name among the messages, its fields, where it will be kept, who signs."""

    message: str
    kind: str
    title: str
    data: Published
    target: str
    reason: str
    lines: tuple[str, ...] = ()
    """What the agency's visible signature says before the subject of its certificate, when nobody else signs."""
    holder: str
    orders: SigningOrders = ()
    """Who may sign it, in which order: the first that can be fulfilled holds. None said: as its kind is signed."""
    signer: str = ""
    """Whose certificate signs as the person, by the name of the register."""
    sheet: bytes = b""
    """The same lines as a table (CSV), where it has one."""


def receipt(event: DossierAccepted, private: ReceiptPrivate, url: str) -> Paper:
    """Form 01 for an accepted dossier (Decree 61/2018 Art. 17, Circular 03/2025/TT-VPCP)."""
    office, message, at = event.office, f"RECEIPT.{event.dossier_code}", event.processed_at
    code = _code(event, private, RECEIPT, at) | {"lookup_url": lookup_url(url, message)}
    rules = packs.pinned(event.rule_pack, local(moment(at)).date()).rules
    data = (Receipt2018Data if rules.forms_set.value.layout == "2018" else ReceiptData)(
        agency=office.name,
        place=office.place,
        published_at=moment(at),
        qr=qr.qr_payload({**code, "due_at": printed_time(event.due_at)}, paper="receipt"),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup_url(url, message),
        centre=office.one_stop,
        dossier_code=event.dossier_code,
        submitter=private.submitter or private.name,
        holders=together(private) if private.submitter or private.together else "",
        request=event.procedure_name,
        components=tuple(
            ComponentLine(name=_component(c), size=c.size, kind=c.kind, count=c.count) for c in private.components
        ),
        statutory_time=Term.parse(event.term).describe("vi"),
        received_at=moment(at),
        due_at=moment(event.due_at),
        result_place="Kho dữ liệu điện tử của người nộp trên hệ thống",
        officer=private.officer,
        phone=private.phone,
        notice=event.notice_vi,
        prices=event.price,
        form=form_named(rules.forms.value.receipt, rules),
        address=private.address,
        email=private.email,
        person_id=masked(private.personal_id, private.kind),
        channel=CHANNELS.get(private.channel, ""),
        in_person=private.channel == DIRECT,
        fee=private.fee,
    )
    return Paper(
        message=message,
        kind="receipt",
        title=RECEIPT,
        data=data,
        target=f"receipts/{event.reference}/receipt.pdf",
        reason="Tiếp nhận hồ sơ",
        holder=private.name,
    )


def form_named(official: OfficialForm | None, rules: Rules) -> str:
    """What a paper says of itself: the number of its form and the circular; nothing where the law has no such form."""
    return f"Mẫu số {official.number} - {rules.forms_set.value.source_vi}" if official else ""


def result(event: DossierDecided, private: ResultPrivate, url: str) -> Paper:
    """The result of a decided dossier, coded `<dossier code>-KQ1` (Decree 45/2020 Art. 14(3)).

    Raises `UnknownTemplate`, with its name, for a template that no result here has; `Malformed` for a form that is
    not the template's.
    """
    build = RESULTS.get(event.result.template)
    if build is None:
        raise UnknownTemplate(event.result.template)
    code, title = event.result_code, event.result.name_vi
    return Paper(
        message=code,
        kind=RESULT,
        title=title,
        data=build(event, private, url),
        target=f"results/{event.reference}/{code}.pdf",
        reason=f"Cấp {title}",
        lines=(private.approver,),
        holder=private.name,
    )


def birth_certificate(event: DossierDecided, private: ResultPrivate, url: str) -> BirthCertificateData:
    """The birth certificate, from the electronic form that was verified and approved."""
    form, office, code = heard(BirthForm, private.form), event.office, event.result_code
    return BirthCertificateData(
        agency=office.name,
        place=office.place,
        published_at=moment(event.decided_at),
        qr=_result_code(event, private, url),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup_url(url, code),
        number=event.number or code.rsplit("-", 2)[-2],  # the first release printed the dossier's serial
        result_code=code,
        child=form.child,
        mother=form.mother,
        father=form.father,
        requester=private.requester or private.name,
        requester_paper=f"Số định danh cá nhân {masked(private.requester_id or private.personal_id)}",
        registered_at=office.name,
        registered_on=local(moment(event.decided_at)).date(),
        signer=private.approver,
        signer_title="CHỦ TỊCH",
    )


def decision(event: DossierDecided, private: ResultPrivate, url: str) -> DecisionData:
    """The notice that a procedure or service was granted, with what was asked for it."""
    office, code, label = event.office, event.result_code, _KINDS.get(event.kind)
    what = (label or "yêu cầu").lower()
    return DecisionData(
        agency=office.name,
        place=office.place,
        published_at=moment(event.decided_at),
        qr=_result_code(event, private, url),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup_url(url, code),
        result_code=code,
        service_label=label or "Nội dung yêu cầu giải quyết",
        service=event.procedure_name,
        result_name=event.result.name_vi,
        holder=together(private),
        holder_id=masked(private.personal_id, private.kind),
        decision=f"Đồng ý giải quyết {what} “{event.procedure_name}” cho {together(private)}.",
        provider=office.name,
        signer=private.approver,
        validity=event.result.validity or "",
        prices=event.price,
        answers=private.answers,
    )


RESULTS: Final[Mapping[str, Callable[[DossierDecided, ResultPrivate, str], Published]]] = {
    BirthCertificateData.template: birth_certificate,
    DecisionData.template: decision,
}


def together(private: ReceiptPrivate | ResultPrivate | PaperPrivate) -> str:
    """Whose the dossier is: of several, all."""
    return " và ".join((private.name, *(private.together or ())))


def _code(
    event: DossierAccepted | DossierDecided, private: ReceiptPrivate | ResultPrivate, name: str, at: str
) -> dict[str, str]:
    """What the QR code of every paper says (Circular 01/2023/TT-VPCP Art. 26); the person's number is masked."""
    return {
        "dossier_code": event.dossier_code,
        "procedure_code": event.procedure,
        "person_id": masked(private.personal_id, private.kind),
        "document_name": name,
        "system_name": "Một Cửa",
        "published_at": printed_time(at),
    }


def _result_code(event: DossierDecided, private: ResultPrivate, url: str) -> str:
    code = _code(event, private, event.result.name_vi, event.decided_at)
    more = {"validity": event.result.validity or "", "lookup_url": lookup_url(url, event.result_code)}
    return qr.qr_payload(code | more, paper="result")


def _component(component: ReceiptComponent) -> str:
    """A paper of the dossier with its file; one that nobody has sorted yet is called by its file."""
    name, filename = component.name, component.filename
    return name if name == filename else f"{name} ({filename})"


def lookup_url(url: str, message: str) -> str:
    """Where anyone who holds the paper may ask about it."""
    return f"{url}/v1/verifications/{lookup_code(message)}"


def masked(number: str, kind: str | None = None) -> str:
    """A number as papers show it: a person's by its last characters, an organisation's whole, as it is public."""
    if kind == ORGANISATION:
        return number
    return f"{'*' * (len(number) - SHOWN)}{number[-SHOWN:]}" if kind else PersonalId.parse(number).masked


def printed_time(at: str) -> str:
    """A stored time as the QR code says it: ISO 8601 with the Vietnamese offset."""
    return local(moment(at)).isoformat(timespec="seconds")
