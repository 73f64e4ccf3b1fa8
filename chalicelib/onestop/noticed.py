"""Why a notice comes, in words."""

from collections.abc import Callable
from typing import Final

import msgspec

from chalicelib.contracts.bundles import GoesOn, SentUpstream
from chalicelib.contracts.confirming import ConfirmationAsked, PreviewConfirmed
from chalicelib.contracts.consulting import ConsultationTold
from chalicelib.contracts.delivery import AddressEntered, CounterEntered, RegisterEntered, ResultTaken
from chalicelib.contracts.digitisation import ComponentRejected
from chalicelib.contracts.event import Event, heard
from chalicelib.contracts.lifecycle import (
    CorrectionOpened,
    DossierPaperWithdrawn,
    DossierRefused,
    DossierStopped,
    ObjectionAnswered,
    PaymentRequested,
    SupplementRequested,
    TermExtended,
    WithdrawalAsked,
    WithdrawalRefused,
)
from chalicelib.contracts.onestop import BroughtByAnother, DossierErased, HandedIn, ScanAdded
from chalicelib.contracts.originals import OriginalMoved, OriginalTaken
from chalicelib.contracts.stored import typed
from chalicelib.dossier import items
from chalicelib.dossier.noticed import NoticeFacts
from chalicelib.dossier.recall_reasons import recall_words
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.record import LogRow
from chalicelib.sealing.door import unseal


class _Said(msgspec.Struct, frozen=True):
    """Of the private part of an event, what its notice says."""

    reason: str = ""


SAYS_WHY: Final = frozenset(
    kind.type
    for kind in (
        WithdrawalAsked,
        WithdrawalRefused,
        SupplementRequested,
        DossierRefused,
        DossierStopped,
        PaymentRequested,
        TermExtended,
        CorrectionOpened,
        ObjectionAnswered,
        AddressEntered,
        CounterEntered,
        RegisterEntered,
        ResultTaken,
        BroughtByAnother,
        HandedIn,
        SentUpstream,
        OriginalTaken,
        OriginalMoved,
    )
)
"""Events whose private part has a reason that the applicant is told with the notice."""


_BY_SILENCE: Final = (
    "Đã hết hạn mà chưa có trả lời: coi như ông/bà đã xác nhận dự thảo."
    " / Nobody answered in time: it counts as confirmed."
)


def why(event: LogRow, facts: NoticeFacts, head: items.Head) -> str | None:
    """The reason of an event in words; None where it gives none, or the dossier was erased."""
    if words := _IN_WORDS.get(event.type):
        return words(event)
    if event.type not in SAYS_WHY or not facts.sealed or head.erased_at:
        return None
    return heard(_Said, unseal(head.pk, facts.sealed)).reason or None


def _by(at: str) -> str:
    return f"{moment(at).astimezone(ZONE):%H:%M %d/%m/%Y}"


def _resumption_words(told: GoesOn) -> str:
    vi, en = (
        (
            f"hồ sơ được giải quyết tiếp, theo kết quả mới {told.result}",
            f"this one goes on, by the new result {told.result}",
        )
        if told.result
        else ("không có kết quả mới, hồ sơ được giải quyết tiếp", "there is no new result, and this one goes on")
    )
    return f"Hồ sơ đính chính mà hồ sơ này chờ đã kết thúc: {vi}. / The correction that it waited for ended: {en}."


def _opinion_words(told: ConsultationTold) -> str:
    by = _by(told.answer_by)
    return (
        f"{told.asks} đã xin ý kiến của {told.asked} ({told.asked_agency}), đề nghị trả lời trước {by}; từ nay cơ quan"
        f" đó xem được hồ sơ. / {told.asks} asked {told.asked} ({told.asked_agency}) for its opinion by {by}; that"
        " agency reads the dossier from now on."
    )


def _asked_words(told: ConfirmationAsked) -> str:
    by = _by(told.confirm_by)
    return (
        f"Đã có dự thảo kết quả: hãy xem, xác nhận hoặc yêu cầu sửa trước {by}; quá hạn mà không trả lời thì coi như đã"
        f" xác nhận. Thời hạn giải quyết tạm dừng trong thời gian này. / The draft of the result is there: look at it,"
        f" and confirm or correct it by {by}; silence counts as a confirmation. The clock stands meanwhile."
    )


def _scan_words(told: ScanAdded) -> str:
    vi, en = told.name_vi or "giấy tờ khác", told.name_en or "another paper"
    return (
        f"Cơ quan đã đưa vào hồ sơ bản quét: {vi}. Nếu giấy tờ này không phải của ông/bà: hãy khiếu nại, phản ánh nêu"
        f" mã hồ sơ này. / The agency put a scan into the dossier: {en}. If this paper is not yours: file a complaint"
        " that names it."
    )


def _erasure_words(told: DossierErased) -> str:
    return (
        f"Nội dung ông/bà đã khai trong hồ sơ này bị xóa vĩnh viễn, căn cứ: {told.basis}. / What you said in this"
        f" dossier is erased for ever, on the ground of: {told.basis}."
    )


def _in_words[E: Event](kind: type[E], words: Callable[[E], str | None]) -> tuple[str, Callable[[LogRow], str | None]]:
    return kind.type, lambda row: words(typed(kind, row.data, row.stored))


_IN_WORDS: Final = dict(
    (
        _in_words(DossierPaperWithdrawn, lambda told: recall_words(told.reason, told.decision)),
        _in_words(ConfirmationAsked, _asked_words),
        _in_words(PreviewConfirmed, lambda told: _BY_SILENCE if told.by_silence else None),
        _in_words(ScanAdded, _scan_words),
        _in_words(GoesOn, _resumption_words),
        _in_words(ConsultationTold, _opinion_words),
        _in_words(DossierErased, _erasure_words),
        _in_words(ComponentRejected, lambda told: f"{told.reason_vi} / {told.reason_en}" if told.reason_vi else None),
    )
)
"""What is said of events that hold nothing private, by themselves."""
