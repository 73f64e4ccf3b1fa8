"""What each official document says: its fields, and how times, sizes and dates are written in Vietnamese.

Light on purpose (standard library only): a producer of a document imports this module and nothing of the PDF stack.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no daylight saving since 1975: no tz database needed

type Data = dict[str, Any]
type HandoverResult = Literal["EARLY", "ON_TIME", "LATE", ""]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_KIB = 1024
_CURRENCIES = {"VND": "đồng"}


class UnknownTemplate(LookupError):
    """No official document has this name."""


def local(at: datetime) -> datetime:
    """An aware time on the Vietnamese clock. A naive time raises `ValueError`: its meaning would be a guess."""
    if at.tzinfo is None:
        raise ValueError("a printed time needs an offset")
    return at.astimezone(VIETNAM)


def long_time(at: datetime) -> str:
    """`09 giờ 20 phút, ngày 25 tháng 11 năm 2026`, as the one-stop forms write it."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {long_date(here.date())}"


def long_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days under 10 and months 1-2 get a zero (Decree 30/2020, appendix I)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - the rule is the number
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_time(at: datetime) -> str:
    """`09:20 25/11/2026`, for table cells."""
    return f"{local(at):%H:%M %d/%m/%Y}"


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
    """What a service costs, thousands split by a dot: `8.500 đồng/m³`. An amount that is not recorded is said so."""
    if amount is None:
        return f"chưa ghi mức giá{f' (tính theo {unit})' if unit else ''}"
    figure = f"{amount:,}".replace(",", ".")
    return f"{figure} {_CURRENCIES.get(currency, currency)}{f'/{unit}' if unit else ''}"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A line of a provider's price list: a price ("giá"), not a fee that the State collects."""

    name: str
    amount: int | None
    currency: str = "VND"
    unit: str = ""

    def as_data(self) -> Data:
        """Printed strings."""
        return {"name": self.name, "price": price_text(self.amount, self.currency, self.unit)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What every paper of the system carries: issuer, place, time, QR, system and look-up.

    The QR payload (`qr`) is written by the caller (Circular 01/2023/TT-VPCP Art. 26); `system_name`, `system_owner`
    and `lookup_url` are what Decree 45/2020/ND-CP Art. 18(2) wants on a printable view.
    """

    agency: str
    place: str
    published_at: datetime
    qr: str
    system_name: str
    system_owner: str
    lookup_url: str

    def common_data(self) -> Data:
        """The shared fields as the templates read them."""
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
        }


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One paper of the dossier on the receipt; `size` in bytes, `sha256` of the file (both absent for bare paper)."""

    name: str
    copies: int = 1
    size: int | None = None
    sha256: str = ""

    def as_data(self) -> Data:
        """Printed strings; the hash is shortened to its first ten hexadecimal digits."""
        return {
            "name": self.name,
            "copies": f"{self.copies:02d}",
            "size": "" if self.size is None else size_text(self.size),
            "hash": self.sha256[:10],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData(Published):
    """Form 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Circular 03/2025/TT-VPCP; Decree 118/2025/ND-CP).

    `notice` tells that a service is not end to end online (Decree 137/2024/ND-CP Art. 8(3)); what is empty among
    `notice`, `channel` and `prices` has no line on the paper.
    """

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
    phone: str = ""
    address: str = ""
    sets: int = 1
    register_book: str = ""
    register_number: str = ""
    notice: str = ""
    channel: str = ""
    prices: tuple[PriceLine, ...] = ()

    def as_data(self) -> Data:
        """The fields as the template `receipt` prints them."""
        return self.common_data() | {
            "centre": self.centre,
            "dossier_code": self.dossier_code,
            "submitter": self.submitter,
            "phone": self.phone,
            "address": self.address,
            "request": self.request,
            "components": [component.as_data() for component in self.components],
            "sets": f"{self.sets:02d}",
            "statutory_time": self.statutory_time,
            "received_at": long_time(self.received_at),
            "due_at": long_time(self.due_at),
            "result_place": self.result_place,
            "officer": self.officer,
            "register_book": self.register_book,
            "register_number": self.register_number,
            "notice": self.notice,
            "channel": self.channel,
            "prices": [price.as_data() for price in self.prices],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    """One handover on the control slip; `result` is how the giver stood against its own deadline."""

    giving_unit: str
    giver: str
    receiving_unit: str
    receiver: str
    at: datetime
    result: HandoverResult = ""
    note: str = ""

    def as_data(self) -> Data:
        """The fields as the template prints them; the words for `result` belong to the template."""
        return {
            "giving_unit": self.giving_unit,
            "giver": self.giver,
            "receiving_unit": self.receiving_unit,
            "receiver": self.receiver,
            "at": short_time(self.at),
            "result": self.result,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlipData(Published):
    """Form 06, Phiếu kiểm soát quá trình giải quyết hồ sơ (Circular 03/2025/TT-VPCP): who handed it to whom, when."""

    centre: str
    dossier_code: str
    request: str
    submitter: str
    lead_agency: str
    received_at: datetime
    due_at: datetime
    rows: tuple[HandoverRow, ...]
    officer: str
    coordinating: tuple[str, ...] = ()

    def as_data(self) -> Data:
        """The fields as the template `control_slip` prints them."""
        return self.common_data() | {
            "centre": self.centre,
            "dossier_code": self.dossier_code,
            "request": self.request,
            "submitter": self.submitter,
            "lead_agency": self.lead_agency,
            "coordinating": list(self.coordinating),
            "received_at": long_time(self.received_at),
            "due_at": long_time(self.due_at),
            "rows": [row.as_data() for row in self.rows],
            "officer": self.officer,
        }
