"""Form 07, the register of what an agency accepted in a time, in parts of so many rows, on paper and as a table."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import ClassVar, Final

import msgspec

from chalicelib.contracts.event import Malformed, heard
from chalicelib.contracts.messages import PaperOrdered
from chalicelib.contracts.plan import Office
from chalicelib.dossier.accepted import Accepted
from chalicelib.dossier.people import holder_of
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import ContentErased
from chalicelib.law import packs, qr
from chalicelib.law.states import DossierState, label
from chalicelib.messages.model import Fields, Published, local, long_date, short_time
from chalicelib.messages.papers import CHANNELS, SYSTEM, Paper, form_named, lookup_url, printed_time
from chalicelib.sealing.door import unseal

ROWS: Final = 500
"""Dossiers of one part: what a worker prints in its time."""
ERASED: Final = "(đã xóa)"
HEADINGS: Final = (
    "TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nộp", "Ký nhận",
)  # fmt: skip
"""The columns of the form, in their order."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would reckon: it is written behind an apostrophe."""


class Requester(msgspec.Struct, frozen=True):
    """What a form says of whoever asks; a form need not say it."""

    phone: str = ""
    residence: str = ""


class Form(msgspec.Struct, frozen=True):
    """The part of a form that the register names."""

    requester: Requester = Requester()


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier of the register, as it stands."""

    code: str
    procedure: str
    name: str
    where: str
    settles: str
    received_at: datetime | None
    due_at: datetime | None
    returned: str
    channel: str

    def cells(self, number: int) -> tuple[str, ...]:
        """The texts of its columns; nobody signs for it here."""
        received, due = (short_time(at) if at else "" for at in (self.received_at, self.due_at))
        return (
            str(number), self.code, self.procedure, "01", self.name, self.where, self.settles, received, due,
            self.returned, self.channel, "",
        )  # fmt: skip


class RegisterData(Published, frozen=True, kw_only=True):
    """Form 07, Sổ theo dõi hồ sơ (Circular 03/2025/TT-VPCP Appendix I); form 06 before. A4, across.

    `first` is the number of its first row among `total`.
    """

    template: ClassVar[str] = "register"

    centre: str
    form: str
    number: str
    since: date
    until: date
    first: int
    total: int
    rows: tuple[RegisterLine, ...]

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return Published.fields(self) | {
            "centre": self.centre,
            "form": self.form,
            "number": self.number,
            "dossier_code": self.number,
            "since": long_date(self.since),
            "until": long_date(self.until),
            "shown": f"{self.first if self.rows else 0}-{self.first + len(self.rows) - 1}",
            "total": str(self.total),
            "headings": list(HEADINGS),
            "rows": [list(line) for line in lines(self)],
        }


def lines(data: RegisterData) -> list[tuple[str, ...]]:
    """The rows with their numbers."""
    return [row.cells(number) for number, row in enumerate(data.rows, data.first)]


def as_csv(data: RegisterData) -> bytes:
    """The same rows for a spreadsheet: UTF-8 with its mark, so that letters are read; no text is a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_plain(cell) for cell in row] for row in lines(data))
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def line(accepted: Accepted, settles: str) -> RegisterLine:
    """A row of the register; what is erased has no name."""
    head = accepted.head
    try:
        name, where = holder_of(head).name, _where(accepted)
    except ContentErased:
        name = where = ERASED
    return RegisterLine(
        code=head.dossier_code or head.pk,
        procedure=accepted.procedure_name,
        name=name,
        where=where,
        settles=settles,
        received_at=moment(head.accepted_at) if head.accepted_at else None,
        due_at=moment(head.due_at) if head.due_at else None,
        returned=_ended(head.state, head.returned_at),
        channel=CHANNELS.get(head.channel, ""),
    )


def register(
    event: PaperOrdered, office: Office, rows: Sequence[RegisterLine], total: int, url: str, now: datetime
) -> Paper:
    """A part of the register of an agency."""
    rules = packs.pack_on(local(now).date()).rules
    official = rules.forms.value.register
    lookup = lookup_url(url, event.order)
    said = {
        "dossier_code": event.order,
        "procedure_code": "*",
        "person_id": event.agency,
        "document_name": official.name_vi,
        "system_name": "Một Cửa",
        "published_at": printed_time(stamp(now)),
        "lookup_url": lookup,
    }
    data = RegisterData(
        agency=office.name,
        place=office.place,
        published_at=now,
        qr=qr.qr_payload(said),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup,
        centre=office.one_stop,
        form=form_named(official, rules),
        number=event.order,
        since=date.fromisoformat(event.since),
        until=date.fromisoformat(event.until),
        first=(event.part - 1) * ROWS + 1,
        total=total,
        rows=tuple(rows),
    )
    return Paper(
        message=event.order,
        kind="register",
        title=official.name_vi,
        data=data,
        target=f"forms/registers/{event.agency}/{event.order}.pdf",
        reason="In sổ theo dõi hồ sơ",
        holder="",
        sheet=as_csv(data),
    )


def part_of[T](found: Sequence[T], part: int) -> Sequence[T]:
    """The n-th part of what the register holds."""
    return found[(part - 1) * ROWS : part * ROWS]


def _where(accepted: Accepted) -> str:
    if accepted.form is None:
        return ""
    try:
        said = heard(Form, unseal(accepted.head.pk, accepted.form.sealed)).requester
    except Malformed:  # a form of another procedure may say something else there
        return ""
    return ", ".join(filter(None, (said.residence, said.phone)))


def _ended(state: int, returned_at: str | None) -> str:
    """When the result went out; of what ended otherwise, how."""
    if returned_at:
        return short_time(moment(returned_at))
    ended = {DossierState.NOT_ACCEPTED, DossierState.STOPPED}
    return label(DossierState(state)) if state in ended else ""


def days(since: date, until: date) -> Iterable[date]:
    """Every day of a time, both ends included."""
    return (date.fromordinal(n) for n in range(since.toordinal(), until.toordinal() + 1))
