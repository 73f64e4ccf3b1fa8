"""The fees of a method as its fields and words have them; what a version makes of them, a blank 0 too: `charges`."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from chalicelib.catalogue.records.raw import Raw, whole_number

_CURRENCIES: Final = {
    "việt nam đồng": "VND",
    "đồng việt nam": "VND",
    "đồng": "VND",
    "vnđ": "VND",
    "vnd": "VND",
    "đô la mỹ": "USD",
    "usd": "USD",
    "eur": "EUR",
    "euro": "EUR",
}
# No fee of the catalogue is below a thousand dong; consular fees of 10 USD have been seen written as 10 VND.
LEAST_DONG: Final = 1_000
# Each fee repeats the description's words on money; a method with more fees than any real one gets none of them.
MOST_NOTED: Final = 20
_SHOWN: Final = 120

_MONEY = re.compile(
    r"(?<![\d./])(?<!\d,)(?P<amount>\d{1,3}(?:[.,]\d{3})+|\d{1,9})\s*(?P<currency>đồng|đ|vnđ|vnd|usd|đô la)(?!\w)",
    re.IGNORECASE,
)
_TIERED = re.compile(r"từ (?:trang|bản|người|thửa)|tối đa|tối thiểu|trở lên|trở đi", re.IGNORECASE)
PER_UNIT = re.compile(r"/\s*(?!lần)\w+|\bmỗi\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"hội đồng nhân dân|hđnd|theo quy định|thực hiện theo|theo pháp luật|cơ quan.{0,40}quy định", re.IGNORECASE
)
WAIVED = re.compile(
    r"\W*(?:được\s+)?(?:miễn(?:\s+(?:thu|nộp))?(?:\s+(?:phí|lệ phí|phí, lệ phí))?|không thu(?:\s+(?:phí|lệ phí))?"
    r"|không(?:\s+(?:có|mất))?\s+(?:phí|lệ phí))\s*(?:[.;)]|$)",
    re.IGNORECASE,
)
EXEMPT = re.compile(r"miễn|giảm|không thu", re.IGNORECASE)


class _Spoken(NamedTuple):
    """The lines of a method's description that name money, and the amounts in them."""

    text: str
    amounts: frozenset[int]

    @classmethod
    def of(cls, note_vi: str) -> "_Spoken":
        lines = [line for line in note_vi.split("\n") if _MONEY.search(line)]
        return cls("\n".join(lines), frozenset(_digits(found) for line in lines for found in _MONEY.finditer(line)))


class Sum(NamedTuple):
    """A sum of money in a text, and where it ends."""

    amount: int
    currency: str
    end: int


def sums_in(text: str) -> Iterator[Sum]:
    """Each sum of money of a text."""
    for found in _MONEY.finditer(text):
        yield Sum(_digits(found), _code(found["currency"]), found.end())


def fees_of(method: Raw, note_vi: str | None, pointer: str) -> list[dict[str, Any]]:
    """The fees that a method lists; `pointer` is the place of the list in the facts."""
    rows = method.rows("fees")
    spoken = _Spoken.of(note_vi or "") if len(rows) <= MOST_NOTED else _Spoken("", frozenset())
    fees = [_fee(row, spoken, f"{pointer}/{place}") for place, row in enumerate(rows)]
    if len(rows) > MOST_NOTED:
        for fee in fees:
            fee["certain"] = False
    for kind, count in Counter(fee["type"] for fee in fees).items():
        if count > 1:
            method.ledger.warn("fee_alternatives", method.at("fees"), count=count, type=kind)
            for fee in fees:
                fee["certain"] = fee["certain"] and fee["type"] != kind
    if not fees:
        method.ledger.leave("fees", pointer)
    return fees


def _fee(row: Raw, spoken: _Spoken, pointer: str) -> dict[str, Any]:
    text = row.prose("description")
    amount, certain = _amount(row, text or "")
    tiers = _tiers(text or "", spoken, amount)
    currency = _currency(row, amount, text or "")
    if tiers is not None:
        row.ledger.warn("fee_tiers", row.at("description"), text=tiers[:_SHOWN])
    if amount is None:
        row.ledger.leave("amount", f"{pointer}/amount")
    elif amount:
        certain = _due_from_all(row, amount, currency, text or "") and tiers is None
        if currency is None:
            row.ledger.leave("currency", f"{pointer}/currency")
    return {
        "type": row.line("type"),
        "amount": amount,
        "currency": currency,
        "text_vi": text,
        "tiers_vi": tiers or _unread(row, amount),
        "certain": certain,
    }


def _amount(row: Raw, text: str) -> tuple[int | None, bool]:
    """The amount, and for a recorded 0 whether nobody pays."""
    value = row.value("value")
    amount = whole_number(value)
    if value is not None and amount is None:
        row.ledger.warn("fee_amount_invalid", row.at("value"), recorded=str(value)[:_SHOWN])
        return None, False
    if amount:
        return amount, True
    if amount == 0 and (not text or WAIVED.match(text)):
        return 0, True
    if _MONEY.search(text):
        code = "fee_only_in_text"
    elif ELSEWHERE.search(text):
        code = "fee_set_elsewhere"
    else:
        code = "fee_zero_explained" if amount == 0 else "fee_amount_missing"
    row.ledger.warn(code, row.at("value"), recorded=amount, text=text[:_SHOWN])
    return None, False


def _unread(row: Raw, amount: int | None) -> str | None:
    """What a field has that is no whole number, with its currency: it is shown as words, and is no amount."""
    value = row.value("value")
    if amount is not None or isinstance(value, bool) or whole_number(value) is not None:
        return None
    said = str(value) if isinstance(value, int | float) else row.line("value")
    return f"{said[:_SHOWN]} {row.line('currencyName') or ''}".strip() if said else None


def _due_from_all(row: Raw, amount: int, currency: str | None, text: str) -> bool:
    """Whether a fee above 0 is a whole sum that does not depend on place, person or number of copies."""
    doubts = []
    if currency is None:
        doubts.append("fee_currency_missing")
    if currency == "VND" and amount < LEAST_DONG:
        doubts.append("fee_currency_doubtful")
    if ELSEWHERE.search(text):
        doubts.append("fee_set_elsewhere")
    if PER_UNIT.search(without_document_numbers(text)):
        doubts.append("fee_per_unit")
    if EXEMPT.search(text):
        doubts.append("fee_exemption_in_text")
    for code in doubts:
        row.ledger.warn(code, row.at("value"), recorded=amount, text=text[:_SHOWN])
    return not doubts


def without_document_numbers(text: str) -> str:
    """The text without numbers such as 75/2022/TT-BTC and dates, whose strokes count nothing."""
    return re.sub(r"\d{1,4}/[\w/-]+", "", text)


def _currency(row: Raw, amount: int | None, text: str) -> str | None:
    """The currency that the record names; without a name, that of the same amount in the text."""
    name = row.line("currencyName")
    if name is not None:
        known = _CURRENCIES.get(name.lower())
        if known is None:
            row.ledger.warn("fee_currency_unknown", row.at("currencyName"), currency=name[:_SHOWN])
        return known
    named = {each.currency for each in sums_in(text) if each.amount == amount}
    return named.pop() if len(named) == 1 else None


def _tiers(text: str, spoken: _Spoken, amount: int | None) -> str | None:
    """The words that give more than one amount, from the fee's own text or else from the method's description."""
    amounts = {each.amount for each in sums_in(text)}
    if len(amounts) > 1 or (amounts and _TIERED.search(text)):
        return text
    return spoken.text if spoken.amounts - {amount} else None


def _digits(found: re.Match[str]) -> int:
    return int(found["amount"].replace(".", "").replace(",", ""))


def _code(word: str) -> str:
    return "USD" if word.lower() in {"usd", "đô la"} else "VND"
