"""From what is told of a dossier to forms 02 to 05 of the one-stop, pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Literal

from chalicelib.contracts.lifecycle import (
    AskedItem,
    DossierRefused,
    DossierStopped,
    Papered,
    PaperPrivate,
    SupplementReason,
    SupplementRequested,
    TermExtended,
)
from chalicelib.kernel.clock import moment
from chalicelib.law import packs, qr
from chalicelib.law.rules import OfficialForm, Rules, SigningOrders
from chalicelib.messages import forms
from chalicelib.messages.model import local
from chalicelib.messages.papers import (
    DIRECT,
    SYSTEM,
    Paper,
    form_named,
    lookup_url,
    masked,
    printed_time,
    together,
)

type Kind = Literal["supplement", "refusal", "apology", "stop"]

NAMES: Final[Mapping[Kind, str]] = {
    "supplement": "SUPPLEMENT",
    "refusal": "REFUSAL",
    "apology": "APOLOGY",
    "stop": "STOP",
}
"""What a paper is called among the messages: `SUPPLEMENT.<code or reference>.<n>`."""
REASONS: Final[Mapping[SupplementReason, str]] = {
    "MISSING": "còn thiếu",
    "INACCURATE": "chưa đầy đủ hoặc chưa chính xác",
    "NOT_COMPETENT": "không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận",
    "DATA_UNAVAILABLE": "chưa khai thác được dữ liệu từ cơ sở dữ liệu",
    "DATA_WRONG": "dữ liệu trong cơ sở dữ liệu không đúng",
}
"""What a citizen reads behind the name of the thing, for each reason (Decree 118/2025 Art. 17(2)(a), 309/2026)."""
IN_DATABASE: Final = "đề nghị cơ quan quản lý cơ sở dữ liệu điều chỉnh dữ liệu"
ON_FORM: Final = "Nội dung trên tờ khai"
GROUNDS: Final[Mapping[str, str]] = {
    "withdrawn": "Tổ chức, cá nhân đề nghị rút hồ sơ, dừng giải quyết",
    "supplement_lapsed": "Hết thời hạn bổ sung mà hồ sơ chưa được bổ sung, hoàn thiện",
}
LAPSED: Final = "Hết thời hạn bổ sung mà hồ sơ chưa được bổ sung, hoàn thiện theo phiếu yêu cầu."
UPSTREAM: Final = "Hồ sơ mà việc giải quyết hồ sơ này phụ thuộc vào đã dừng hoặc có sai sót."
UNSAID_REASON: Final = "Hồ sơ không đủ điều kiện giải quyết theo quy định."
UNDECIDED: Final = "Chưa có quyết định hoặc thông báo kết quả giải quyết"
HEAD_OF_AGENCY: Final = "THỦ TRƯỞNG CƠ QUAN"
BY_AGENCY: Final = frozenset({"refused", "upstream"})
"""Stops for which the agency refuses in writing (Decree 61/2018 Art. 19(8)): with form 05 none was seen."""


def form(event: Papered, private: PaperPrivate, url: str, late: str) -> Paper:
    """The form of an event, in the set of templates of the dossier's rule pack; `late` is what its agency is called."""
    rules = _rules(event)
    return _MAKERS[type(event)](_Given(event, private, url, late, rules))


def kind_of(event: Papered) -> Kind:
    """Which form an event has: what the agency stops by itself it refuses."""
    if isinstance(event, DossierStopped):
        return "refusal" if event.why in BY_AGENCY else "stop"
    return _KINDS[type(event)]


def name_of(event: Papered) -> str:
    """What the paper of an event is called among the messages: always the same."""
    return f"{NAMES[kind_of(event)]}.{event.dossier_code or event.reference}.{event.paper}"


class _Given:
    """An event with what only its paper may say, and the rules of its dossier."""

    def __init__(self, event: Any, private: PaperPrivate, url: str, late: str, rules: Rules) -> None:
        self.event, self.private, self.url, self.late, self.rules = event, private, url, late, rules
        self.message = name_of(event)

    @property
    def is_of_2018(self) -> bool:
        """Whether the older set prints it."""
        return self.rules.forms_set.value.layout == "2018"

    def shared(self, official: OfficialForm | None, title: str, symbol: str) -> dict[str, Any]:
        """What all forms say; `symbol` ends the number of the paper."""
        event, private, office = self.event, self.private, self.event.office
        code = event.dossier_code or event.reference
        person_id = masked(private.personal_id, private.kind)
        said = {
            "dossier_code": code,
            "procedure_code": event.procedure,
            "person_id": person_id,
            "document_name": title,
            "system_name": "Một Cửa",
            "published_at": printed_time(event.processed_at),
            "lookup_url": lookup_url(self.url, self.message),
        }
        return {
            "agency": office.name,
            "place": office.place,
            "published_at": moment(event.processed_at),
            "qr": qr.qr_payload(said),
            "system_name": SYSTEM,
            "system_owner": office.name,
            "lookup_url": lookup_url(self.url, self.message),
            "centre": office.one_stop,
            "form": form_named(official, self.rules),
            "number": f"{code}.{event.paper}/{symbol}",
            "dossier_code": code,
            "submitter": private.submitter or private.name,
            "holders": together(private) if private.submitter or private.together else "",
            "request": event.procedure_name,
            "officer": private.officer,
            "signer": private.officer,
            "address": private.address,
            "phone": private.phone,
            "email": private.email,
            "person_id": person_id,
            "officer_phone": private.officer_phone,
        }

    def paper(self, title: str, data: forms.FormData, orders: SigningOrders, reason: str, signer: str = "") -> Paper:
        """The document, ready to be printed."""
        return Paper(
            message=self.message,
            kind=kind_of(self.event),
            title=title,
            data=data,
            target=f"forms/{self.event.reference}/{self.message}.pdf",
            reason=reason,
            holder=self.private.name,
            orders=orders,
            signer=signer or self.private.officer_id,
        )


def _supplement(given: _Given) -> Paper:
    event, private, rules = given.event, given.private, given.rules
    official = rules.forms.value.supplement_request
    make = forms.Supplement2018Data if given.is_of_2018 else forms.SupplementData
    data = make(
        **given.shared(official, official.name_vi, "HDHS"),
        asked=tuple(map(_asked, private.asked)),
        reason=private.reason,
        answer_by=moment(event.answer_by) if event.answer_by else None,
    )
    return given.paper(official.name_vi, data, rules.forms_signers.value.supplement_request, "Yêu cầu bổ sung hồ sơ")


def _asked(item: AskedItem) -> forms.Asked:
    kinds = [kind for kind, count in (("Bản chính", item.originals), ("Bản sao", item.copies)) if count]
    counts = [f"{count:02d}" for count in (item.originals, item.copies) if count]
    remedy = item.remedy if item.by == "applicant" else "; ".join(filter(None, (item.remedy, IN_DATABASE)))
    return forms.Asked(
        name=item.name or (ON_FORM if item.target.startswith("/") else item.target),
        kind=", ".join(kinds) or "Bản điện tử",
        count=", ".join(counts) or "01",
        reason=REASONS[item.reason],
        remedy=remedy,
        basis=item.basis,
    )


def _refused(given: _Given) -> Paper:
    official, rules, event = given.rules.forms.value.refusal, given.rules, given.event
    settled = isinstance(event, DossierStopped)
    reason = given.private.reason or _unsaid(event.why)
    make = forms.Refusal2018Data if given.is_of_2018 else forms.RefusalData
    data = make(
        **(given.shared(official, official.name_vi, "TCHS") | _head_of(given.private if settled else None)),
        reason=reason,
        basis=given.private.basis,
        submitted_at=_at(event.submitted_at),
        settled=settled,
        in_person=given.private.channel == DIRECT and not settled,
    )
    signers = rules.forms_signers.value
    orders, does = (
        (signers.settlement_refusal, "Từ chối giải quyết hồ sơ")
        if settled
        else (signers.refusal, "Từ chối tiếp nhận hồ sơ")
    )
    return given.paper(official.name_vi, data, orders, does, given.private.leader_id if settled else "")


def _head_of(private: PaperPrivate | None) -> dict[str, str]:
    """Who signs instead of the officer, where the act names the head of the agency."""
    return {"signer": private.leader} if private and private.leader else {}


def _unsaid(why: str) -> str:
    return {"supplement_lapsed": LAPSED, "upstream": UPSTREAM}.get(why, UNSAID_REASON)


def _apology(given: _Given) -> Paper:
    official, rules, event, private = given.rules.forms.value.apology, given.rules, given.event, given.private
    make = forms.Apology2018Data if given.is_of_2018 else forms.ApologyData
    data = make(
        **(given.shared(official, official.name_vi, "XLHH") | {"signer": private.leader}),
        late=given.late,
        reason=private.reason,
        received_at=_at(event.accepted_at or event.submitted_at),
        due_at=moment(event.former_due_at),
        new_due_at=moment(event.due_at or event.former_due_at),
        result_place=event.office.one_stop,
        signer_title=private.leader_title or HEAD_OF_AGENCY,
    )
    does = "Xin lỗi và hẹn lại ngày trả kết quả"
    return given.paper(official.name_vi, data, rules.forms_signers.value.apology, does, private.leader_id)


def _stopped(given: _Given) -> Paper:
    event, private, rules = given.event, given.private, given.rules
    if kind_of(event) == "refusal":
        return _refused(given)
    title = rules.forms.value.stop.name_vi if rules.forms.value.stop else STOP_TITLE
    make = forms.Stop2018Data if given.is_of_2018 else forms.StopData
    data = make(
        **(given.shared(rules.forms.value.stop, title, "DGQ") | _head_of(private)),
        ground=GROUNDS[event.why],
        reason=private.reason,
        stage=private.stage,
        decision=UNDECIDED,
        finance=private.finance,
        stopped_at=moment(event.processed_at),
        received_at=_at(event.accepted_at or event.submitted_at),
        basis=private.basis,
    )
    return given.paper(title, data, rules.forms_signers.value.stop, "Dừng giải quyết hồ sơ", private.leader_id)


STOP_TITLE: Final = "Thông báo dừng giải quyết hồ sơ"
_KINDS: Final[Mapping[type[Papered], Kind]] = {
    SupplementRequested: "supplement",
    DossierRefused: "refusal",
    TermExtended: "apology",
}
_MAKERS: Final[Mapping[type[Papered], Callable[[_Given], Paper]]] = {
    SupplementRequested: _supplement,
    DossierRefused: _refused,
    TermExtended: _apology,
    DossierStopped: _stopped,
}


def _rules(event: Papered) -> Rules:
    """The rules of the dossier's acceptance, or those of the day on which it was submitted."""
    day = local(moment(event.accepted_at or event.submitted_at or event.processed_at)).date()
    return packs.pinned(event.rule_pack, day).rules


def _at(stored: str | None) -> datetime | None:
    return moment(stored) if stored else None
