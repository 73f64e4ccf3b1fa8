"""The ten states of a dossier and the only ways between them.

The codes are those of the National Public Service Portal. No official transition matrix was found: the edges are read
from Decree 61/2018 Art. 17-20 and the list of forms, and each says where it comes from. Overdue is no state.
"""

from enum import IntEnum
from typing import Final, NamedTuple

from chalicelib.law.errors import LawError
from chalicelib.law.terms import Language


class DossierState(IntEnum):
    """The portal's ten codes; `name` is the English key."""

    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    PROCESSING = 4
    SUPPLEMENT_REQUESTED = 5
    PAYMENT_REQUESTED = 6
    WITHDRAWAL_REQUESTED = 7
    STOPPED = 8
    PROCESSED = 9
    RESULT_RETURNED = 10


class ForbiddenTransition(LawError):
    """A dossier was to move where no edge leads; `src` is None for a dossier that does not exist yet."""

    def __init__(self, src: DossierState | None, dst: DossierState) -> None:
        self.src, self.dst = src, dst
        super().__init__(f"no way from {src.name if src else 'nothing'} to {dst.name}")


class Edge(NamedTuple):
    """One allowed move: what triggers it, the clause, and the key of its form in the rule pack's `forms`."""

    src: DossierState | None
    dst: DossierState
    trigger: str
    citation: str
    form: str | None = None


_LABELS: Final[dict[DossierState, tuple[str, str]]] = {
    DossierState.REGISTERED: ("Mới đăng ký", "Registered"),
    DossierState.ACCEPTED: ("Được tiếp nhận", "Accepted"),
    DossierState.NOT_ACCEPTED: ("Không được tiếp nhận", "Not accepted"),
    DossierState.PROCESSING: ("Đang xử lý", "In process"),
    DossierState.SUPPLEMENT_REQUESTED: ("Yêu cầu bổ sung giấy tờ", "Supplement requested"),
    DossierState.PAYMENT_REQUESTED: ("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment requested"),
    DossierState.WITHDRAWAL_REQUESTED: ("Công dân yêu cầu rút hồ sơ", "Withdrawal requested"),
    DossierState.STOPPED: ("Dừng xử lý", "Stopped"),
    DossierState.PROCESSED: ("Đã xử lý xong", "Processed"),
    DossierState.RESULT_RETURNED: ("Đã trả kết quả", "Result returned"),
}

TERMINAL: Final = frozenset({DossierState.NOT_ACCEPTED, DossierState.STOPPED, DossierState.RESULT_RETURNED})

_S = DossierState
_WITHDRAW = "Decree 118/2025/ND-CP Art. 21; Circular 03/2025/TT-VPCP Art. 7"
_SUPPLEMENTED = "Decree 61/2018/ND-CP Art. 19(4): the time limit begins again"
_PAY = "Decree 61/2018/ND-CP Art. 22"
_OPEN: Final = (_S.REGISTERED, _S.ACCEPTED, _S.PROCESSING, _S.SUPPLEMENT_REQUESTED, _S.PAYMENT_REQUESTED)

EDGES: Final[tuple[Edge, ...]] = (
    Edge(None, _S.REGISTERED, "technical_check_passed", "Decree 45/2020/ND-CP Art. 11(1)"),
    Edge(_S.REGISTERED, _S.ACCEPTED, "officer_accepts", "Decree 61/2018/ND-CP Art. 17(1)(c)", "receipt"),
    Edge(_S.REGISTERED, _S.NOT_ACCEPTED, "officer_refuses", "Decree 61/2018/ND-CP Art. 17(1)(b)", "refusal"),
    Edge(
        _S.REGISTERED,
        _S.SUPPLEMENT_REQUESTED,
        "dossier_incomplete",
        "Decree 61/2018/ND-CP Art. 15(3), 17(1)(a)",
        "supplement_request",
    ),
    Edge(_S.ACCEPTED, _S.PROCESSING, "forwarded", "Decree 61/2018/ND-CP Art. 18", "handover_slip"),
    Edge(_S.ACCEPTED, _S.PAYMENT_REQUESTED, "fee_noticed", _PAY),
    Edge(_S.PROCESSING, _S.PAYMENT_REQUESTED, "fee_noticed", _PAY),
    Edge(_S.PAYMENT_REQUESTED, _S.PROCESSING, "fee_paid", _PAY),
    Edge(
        _S.PROCESSING,
        _S.SUPPLEMENT_REQUESTED,
        "not_eligible_after_appraisal",
        "Decree 61/2018/ND-CP Art. 19(4)",
        "supplement_request",
    ),
    Edge(
        _S.ACCEPTED,
        _S.SUPPLEMENT_REQUESTED,
        "incomplete_before_forwarding",
        "Our reading of Decree 61/2018/ND-CP Art. 17-18: a supplement leads back to the state in which it was asked",
        "supplement_request",
    ),
    Edge(_S.SUPPLEMENT_REQUESTED, _S.REGISTERED, "supplement_received", _SUPPLEMENTED),
    Edge(_S.SUPPLEMENT_REQUESTED, _S.ACCEPTED, "supplement_received", _SUPPLEMENTED),
    Edge(_S.SUPPLEMENT_REQUESTED, _S.PROCESSING, "supplement_received", _SUPPLEMENTED),
    Edge(
        _S.SUPPLEMENT_REQUESTED,
        _S.NOT_ACCEPTED,
        "supplement_lapsed",
        "Our reading: the procedure says what a lapse leads to",
        "refusal",
    ),
    Edge(_S.SUPPLEMENT_REQUESTED, _S.STOPPED, "supplement_lapsed", "Our reading: the procedure sets the time", "stop"),
    *(Edge(state, _S.WITHDRAWAL_REQUESTED, "withdrawal_asked", _WITHDRAW) for state in _OPEN),
    Edge(_S.WITHDRAWAL_REQUESTED, _S.STOPPED, "withdrawal_confirmed", _WITHDRAW, "stop"),
    # Back to where the dossier stood; the table cannot know where that was, so the caller keeps it.
    *(Edge(_S.WITHDRAWAL_REQUESTED, state, "withdrawal_refused", _WITHDRAW) for state in _OPEN),
    Edge(_S.PROCESSING, _S.STOPPED, "agency_stops", "Decree 61/2018/ND-CP Art. 19(8) (our reading)", "refusal"),
    Edge(_S.PROCESSING, _S.PROCESSED, "decision_signed", "Decree 45/2020/ND-CP Art. 14(3)"),
    Edge(_S.PROCESSED, _S.RESULT_RETURNED, "delivered", "Decree 61/2018/ND-CP Art. 20; 137/2024/ND-CP Art. 8(4)"),
)

_BY_PAIR: Final = {(edge.src, edge.dst): edge for edge in EDGES}


def ways_from(src: DossierState) -> tuple[DossierState, ...]:
    """The states to which an edge leads from here, by their codes; none from where a dossier ended."""
    return tuple(sorted(edge.dst for edge in EDGES if edge.src is src))


def label(state: DossierState, language: Language = "vi") -> str:
    """The portal's Vietnamese name of the state, or its English name."""
    return _LABELS[state][0 if language == "vi" else 1]


def check(src: DossierState | None, dst: DossierState) -> Edge:
    """The edge from one state to another. Raises ForbiddenTransition."""
    edge = _BY_PAIR.get((src, dst))
    if edge is None:
        raise ForbiddenTransition(src, dst)
    return edge
