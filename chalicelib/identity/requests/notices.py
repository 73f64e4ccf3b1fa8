"""The notices of a request about personal data, from its log: each act of the agency with the five facts of a notice.

As of petitions: that a request has them is ours. The reason of an officer stands in the record, encrypted, and is told
as long as that is kept; no event has it. Pure.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

from chalicelib.contracts.data_requests import (
    DataRequestAct,
    DataRequestAnswered,
    DataRequestAsked,
    DataRequestEnded,
    DataRequestErased,
    DataRequestExtended,
)
from chalicelib.contracts.stored import typed
from chalicelib.identity.requests.model import Said
from chalicelib.kernel.clock import said
from chalicelib.kernel.record import LogRow

_ABOUT: Final[dict[str, DataRequestAct]] = {
    DataRequestAsked.type: "asked",
    DataRequestAnswered.type: "answered",
    DataRequestExtended.type: "extended",
    DataRequestErased.type: "erased",
}
"""What an event is a notice of; that one ended says itself how."""
_TOLD: Final[dict[DataRequestAct, tuple[str, str]]] = {
    "asked": ("Yêu cầu đã đến {by}, trả lời chậm nhất ngày {day}", "The request came to {by}, which answers by {day}"),
    "answered": (
        "{by} thông báo sẽ thực hiện yêu cầu, chậm nhất ngày {day}",
        "{by} answered that the request is acted on, by {day}",
    ),
    "extended": ("{by} gia hạn thời hạn thực hiện yêu cầu đến ngày {day}", "{by} extended the time to act to {day}"),
    "done": ("{by} thông báo yêu cầu đã được thực hiện", "{by} said that the request was acted on"),
    "refused": ("{by} từ chối yêu cầu", "{by} refused the request"),
    "erased": (
        "Nội dung yêu cầu và lý do của quyết định đã bị xóa, vì hết thời gian lưu giữ",
        "What was asked and the reasons of the decision were erased, as the time for which they are kept passed",
    ),
}
"""What a notice tells, in Vietnamese and in English."""


class _Facts(Struct, frozen=True, kw_only=True):
    """What any event of a request may say of a notice."""

    agency: str
    handler: str = ""
    answer_by: str | None = None
    act_by: str | None = None
    outcome: Literal["done", "refused"] = "done"


class Notice(Struct, frozen=True, kw_only=True):
    """An act told to who asked; times are stored stamps. `due_at`: by when the agency owes what follows."""

    about: DataRequestAct
    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None
    reason: str
    basis: str

    @property
    def told(self) -> tuple[str, str]:
        """Who did what, why and by which clause, in Vietnamese and in English."""
        by, day = ", ".join(filter(None, (self.handler, self.agency))), (said(self.due_at) or "")[:10]
        vi, en = (each.format(by=by, day=day) for each in _TOLD[self.about])
        return (
            vi + _after("Lý do", self.reason) + _after("Căn cứ", self.basis),
            en + _after("Reason", self.reason) + _after("By", self.basis),
        )


def notices_of(rows: Sequence[LogRow], extension: Said | None, decision: Said | None) -> Iterator[Notice]:
    """The notices of a log that is read from its beginning, in order, with what officers said as far as it is kept.

    Raises stored.Unreadable.
    """
    came = rows[0].at if rows else ""
    for row in rows:
        if row.type not in _ABOUT and row.type != DataRequestEnded.type:
            continue  # what the clock tells the agency
        facts = typed(_Facts, row.data, row.stored)
        about = _ABOUT.get(row.type) or facts.outcome
        words = {"extended": extension, "done": decision, "refused": decision}.get(about) or Said()
        yield Notice(
            about=about,
            agency=facts.agency,
            handler=facts.handler or words.officer,
            received_at=came,
            processed_at=row.at,
            due_at=facts.answer_by if about == "asked" else facts.act_by,
            reason=words.reason,
            basis=words.basis,
        )


def _after(what: str, words: str) -> str:
    return f". {what}: {words}" if words else ""
