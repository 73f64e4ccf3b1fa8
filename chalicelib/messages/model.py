"""The record of a signed document; what official documents say, and how they write times, sizes, dates and prices.

Light on purpose: a producer of a document imports this module and nothing of the PDF stack.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import ClassVar, Final, Literal

import msgspec

from chalicelib.contracts.digitisation import SignatureOrdered
from chalicelib.contracts.messages import PinnedFile, SignatureRefused, SignedBy
from chalicelib.contracts.onestop import PaperKind
from chalicelib.contracts.plan import UNSAID_LEVEL, PriceLine
from chalicelib.contracts.provenance import Compared
from chalicelib.kernel.record import Head
from chalicelib.law.money import amount_text
from chalicelib.messages.recall import Recall

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no daylight saving since 1975: no tz database needed

type Printed = str | Sequence[Printed] | Mapping[str, Printed]
"""What a template gets: texts, lists and groups of texts."""
type Fields = dict[str, Printed]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_KIB = 1024
_PAPER_KINDS: Final[Mapping[PaperKind, str]] = {
    "original": "Bản chính",
    "certified": "Bản sao chứng thực",
    "copy": "Bản sao",
    "electronic": "Bản điện tử",
}

type Standing = Literal["registered", "unchanged", "earlier", "changed", "withdrawn"]
"""How a document stands in the register, or a file to a document of it."""


class UnknownTemplate(LookupError):
    """No official document has this name."""


class NeverSigned(Exception):
    """A signature that no repetition brings about: the kind of error says why, by a code of `WHY`."""

    code: ClassVar[str]


WHY: Final = {
    "no_signing_certificate": ("Người ký chưa đăng ký chứng thư chữ ký số", "The signer has no registered certificate"),
    "certificate_ended": ("Chứng thư chữ ký số không có hiệu lực", "The signer's certificate is not valid now"),
    "certificate_revoked": ("Chứng thư chữ ký số đã bị thu hồi", "The signer's certificate was revoked"),
    "file_changed": ("Tệp cần ký đã bị thay đổi", "The file to be signed was changed"),
    "signing_refused": ("Người ký không đồng ý ký từ xa", "The signer said no to the remote signing service"),
    "credential_unusable": (
        "Khoá ký từ xa không dùng được: đã hết hạn, bị khoá, hoặc không phải của chứng thư này",
        "The remote key cannot be used: it ended, was locked, or is not that of this certificate",
    ),
    "signature_wrong": (
        "Chữ ký số nhận được không khớp với chứng thư",
        "The signature that came does not fit the certificate",
    ),
    "cannot_sign": ("Tệp không nhận được chữ ký số", "The file cannot take the signature"),
}


class Message(Head, frozen=True, kw_only=True):
    """The record of a signed document: what its event said."""

    shape: ClassVar[int] = 1

    message: str
    code: str
    kind: str
    title: str
    key: str
    version_id: str
    sha256: str
    size: int
    unsigned_sha256: str
    signed_at: str
    agency: str
    agency_name: str
    holder: str
    procedure: str
    reference: str
    component: str | None = None
    lookup: str = ""
    min_level: int = UNSAID_LEVEL
    retain_until: str | None = None
    sheet: PinnedFile | None = None
    signed_by: tuple[SignedBy, ...] = ()
    attached: bool = False
    stamp_ends_at: str | None = None
    compared: Compared | None = None
    stamps_in: str | None = None
    """Under which key it is listed until its last timestamp ends; one of an earlier day of this release has a row."""
    earlier: tuple[PinnedFile, ...] = ()
    """Its versions before this one, each with a timestamp less."""
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    decision: str | None = None
    """The decision by which the agency withdrew it, by number and date."""
    recall: Recall | None = None
    """The last proposal to withdraw it; None of what nobody wants withdrawn, and of what a release before withdrew."""


class RefusedOrder(Head, frozen=True, kw_only=True):
    """The record of an order that was refused, perhaps more than once; `order_event` is the order refused last."""

    shape: ClassVar[int] = 1

    order: str
    order_event: str = ""


def message_of(key: str) -> str:
    """The document whose record stands there."""
    return key.removeprefix(message_key(""))


def refused_key(order: str) -> str:
    """Where the record of a refused order stands."""
    return f"REFUSED#{order}"


class Order(Head, frozen=True, kw_only=True):
    """The record of a paper that somebody asked for: its event is heard by the worker that prints and signs."""

    shape: ClassVar[int] = 1

    order: str
    form: str


def order_key(order: str) -> str:
    """Where the record of a paper stands that somebody asked for."""
    return f"ORDER#{order}"


class Undrawn(Head, frozen=True, kw_only=True):
    """The record of a result that cannot be printed; `reason_code` is what was told last."""

    shape: ClassVar[int] = 1

    reference: str
    reason_code: str = ""


def undrawn_key(dossier_code: str) -> str:
    """Where the record of a result stands that cannot be printed."""
    return f"UNDRAWN#{dossier_code}"


def refusal(order: SignatureOrdered, order_event: str, why: NeverSigned) -> SignatureRefused:
    """What is told of an order that will never be carried out."""
    said_vi, said_en = WHY[why.code]
    return SignatureRefused(
        order=order.order,
        order_event=order_event,
        then=order.then,
        signer=order.signer.kind,
        reason_code=why.code,
        reason_vi=said_vi,
        reason_en=said_en,
        reference=order.reference,
        component=order.component,
        agency=order.agency,
    )


def message_key(message: str) -> str:
    """Where the record of a signed document stands."""
    return f"MESSAGE#{message}"


def local(at: datetime) -> datetime:
    """An aware time on the Vietnamese clock. A naive time raises `ValueError`: its meaning would be a guess."""
    if at.tzinfo is None:
        raise ValueError("a printed time needs an offset")
    return at.astimezone(VIETNAM)


def retained_until(signed: datetime, years: int) -> datetime:
    """The end of the Vietnamese day so many years after a paper was signed; after a leap day, of the first of March."""
    day = local(signed).date()
    try:
        last = day.replace(year=day.year + years)
    except ValueError:
        last = date(day.year + years, 3, 1)
    return datetime.combine(last + timedelta(days=1), time(), VIETNAM)


def long_time(at: datetime) -> str:
    """`09 giờ 20 phút, ngày 25 tháng 11 năm 2026`, as the one-stop forms write it."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {long_date(here.date())}"


def until_text(at: datetime) -> str:
    """When a time ends: `hết ngày 25 tháng 11 năm 2026` where it ends with its day, else its minute."""
    here = local(at)
    ends_day = (here + timedelta(minutes=1)).date() > here.date()
    return f"hết {long_date(here.date())}" if ends_day else long_time(at)


def long_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days under 10 and months 1-2 get a zero (Decree 30/2020, appendix I)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - the rule is the number
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_day(at: datetime) -> str:
    """`25/11/2026`, as letters and registers write a day."""
    return f"{local(at):%d/%m/%Y}"


def short_time(at: datetime) -> str:
    """`25/11/2026 09:20:05 +07:00`, as a signature says its time (Decree 30/2020/ND-CP, appendix I)."""
    return f"{local(at):%d/%m/%Y %H:%M:%S %:z}"


def day_in_words(day: date) -> str:
    """`Ngày hai mươi lăm, tháng mười một, năm hai nghìn không trăm hai mươi sáu` (civil status: "ghi bằng chữ")."""
    return f"Ngày {_two_digits(day.day)}, tháng {_MONTHS[day.month - 1]}, năm {_year(day.year)}"


def _two_digits(number: int) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return _DIGITS[units]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if units == 0:
        return head
    if units == 1 and tens > 1:
        return f"{head} mốt"
    return f"{head} {'lăm' if units == 5 else _DIGITS[units]}"  # noqa: PLR2004 - Vietnamese says lăm after a ten


def _year(year: int) -> str:
    thousands, rest = divmod(year, 1000)
    hundreds, rest = divmod(rest, 100)
    words = [f"{_DIGITS[thousands]} nghìn"]
    if hundreds or rest:
        words.append(f"{_DIGITS[hundreds]} trăm")
    if rest:
        words.append(_two_digits(rest) if rest >= 10 else f"linh {_DIGITS[rest]}")  # noqa: PLR2004
    return " ".join(words)


def size_text(size: int) -> str:
    """Bytes as people read them, decimal comma: `812 B`, `48,2 KB`, `1,3 MB`."""
    if size < _KIB:
        return f"{size} B"
    value, unit = (size / _KIB, "KB") if size < _KIB * _KIB else (size / _KIB / _KIB, "MB")
    return f"{value:.1f} {unit}".replace(".", ",")


def price_text(amount: int | None, currency: str, unit: str) -> str:
    """What a service costs, thousands split by a dot: `8.500 đồng/m³`. An amount that nobody states is told so."""
    if amount is None:
        return f"chưa ghi mức giá{f' (tính theo {unit})' if unit else ''}"
    return amount_text(amount, currency) + (f"/{unit}" if unit else "")


def price_fields(price: PriceLine) -> Fields:
    """A line of a provider's price list: a price ("giá"), not a fee that the State collects."""
    return {"name": price.name_vi, "price": price_text(price.amount, price.currency, price.unit_vi)}


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What every paper of the system carries: issuer, place, time, QR, system and look-up.

    The QR payload (`qr`) is written by the caller (Circular 01/2023/TT-VPCP Art. 26); `system_name`, `system_owner`
    and `lookup_url` are what Decree 45/2020/ND-CP Art. 18(2) wants on a printable view.
    """

    template: ClassVar[str]

    agency: str
    place: str
    published_at: datetime
    qr: str
    system_name: str
    system_owner: str
    lookup_url: str
    trial: str = ""
    """What a paper says of itself that was signed with test keys."""

    def fields(self) -> Fields:
        """The fields as the template prints them; here those that all templates share."""
        here = local(self.published_at)
        return {
            "agency": self.agency,
            "place": self.place,
            "published_at": here.isoformat(),
            "published_on": long_date(here.date()),
            "qr": self.qr,
            "system_name": self.system_name,
            "system_owner": self.system_owner,
            "lookup_url": self.lookup_url,
            "trial": self.trial,
        }


class ComponentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One paper of the dossier on the receipt, handed in so many times as `kind` says; `size` of a file in bytes.

    The hash of its file is in the register: a part of it on paper proves nothing.
    """

    name: str
    size: int
    kind: PaperKind = "electronic"
    count: int = 1

    def fields(self) -> Fields:
        """Printed texts: what the table of 2025 says, and the three columns of 2018, which know no file."""
        count, size = f"{self.count:02d}", size_text(self.size)
        is_file = self.kind == "electronic"
        kind = f"{_PAPER_KINDS[self.kind]} ({size})" if is_file else _PAPER_KINDS[self.kind]
        on_paper = (each for each in _PAPER_KINDS if each != "electronic")
        columns: dict[str, str] = {each: count if self.kind == each else "" for each in on_paper}
        return {"name": self.name, "kind": kind, "count": count, "file": size if is_file else "", **columns}


class ReceiptData(Published, frozen=True, kw_only=True):
    """Form 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Circular 03/2025/TT-VPCP; Decree 118/2025/ND-CP).

    `notice` tells that a service is not end to end online (Decree 137/2024/ND-CP Art. 8(3)); what is empty among
    `holders`, `notice` and `prices` has no line on the paper. `holders` is said where somebody else submitted;
    `channel` in words how it came, and whoever came in person has a place for their signature. `form` names the form
    and its circular; `statutory_time` stands in the set of 2018 alone. No register book is kept on paper: its line
    stays blank.
    """

    template: ClassVar[str] = "receipt"

    centre: str
    dossier_code: str
    submitter: str
    request: str
    components: tuple[ComponentLine, ...]
    statutory_time: str
    received_at: datetime
    due_at: datetime
    result_place: str
    officer: str
    holders: str = ""
    phone: str = ""
    notice: str = ""
    prices: tuple[PriceLine, ...] = ()
    form: str = ""
    address: str = ""
    email: str = ""
    person_id: str = ""
    channel: str = ""
    in_person: bool = False
    fee: str = ""

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return Published.fields(self) | {
            "centre": self.centre,
            "dossier_code": self.dossier_code,
            "submitter": self.submitter,
            "holders": self.holders,
            "phone": self.phone,
            "request": self.request,
            "components": [component.fields() for component in self.components],
            "statutory_time": self.statutory_time,
            "received_at": long_time(self.received_at),
            "due_at": until_text(self.due_at),
            "result_place": self.result_place,
            "officer": self.officer,
            "notice": self.notice,
            "prices": [price_fields(price) for price in self.prices],
            "form": self.form,
            "number": self.dossier_code,
            "address": self.address,
            "email": self.email,
            "person_id": self.person_id,
            "channel": self.channel,
            "in_person": "1" if self.in_person else "",
            "fee": self.fee,
        }


class Receipt2018Data(ReceiptData, frozen=True, kw_only=True):
    """The same in the set of Circular 01/2018/TT-VPCP: A5, and three columns of what was handed in on paper."""

    template: ClassVar[str] = "receipt_2018"
