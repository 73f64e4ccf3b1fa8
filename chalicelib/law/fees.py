"""What is owed for one filing: each fee, and of the preferences that may lessen it the highest, never the sum.

Fees are those of the procedure, preferences are dated data with citations. A filing day decides for both, so a dossier
keeps what it was filed under. What is not known stays unknown, with its reason: nobody is told a sum that may be wrong.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from chalicelib.law import scales
from chalicelib.law.rules import Rule, RuleKind
from chalicelib.law.scales import Scale

type Source = Literal["text", "secondary"]
type Outcome = Literal["applies", "not", "unknown"]

WHOLE: Final = 100
_UNKNOWN: Final = {
    "elsewhere": ("Mức thu do văn bản khác quy định", "Another text sets the amount"),
    "conditional": (
        "Mức thu tùy trường hợp, đọc câu chữ của khoản phí",
        "It depends on the case: read the fee's words",
    ),
}
_UNDECIDED: Final = ("Chưa ai xác định mức thu này", "Nobody has decided what this fee is")
_EXEMPTS: Final = "Law 97/2015/QH13 Art. 10"


class Preference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A preference from a Vietnamese day to another, both included; an empty list sets no condition. Raises BadRule.

    `source`: whether the text was read, or an excerpt of another. `procedures` None: which ones is not known. `near`:
    words in the name of a procedure that may be among them. `percent`: how much of the fee is spared, None: not known.
    """

    id: str
    citation: str
    source: Source
    kind: RuleKind
    text_vi: str
    text_en: str
    effective_from: date
    effective_to: date | None
    procedures: tuple[str, ...] | None
    percent: int | None
    note: str = ""
    channels: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    on_request_with_papers: bool = False

    def __post_init__(self) -> None:
        Rule(self.id, self.citation, self.kind, self.note)


class Filing(NamedTuple):
    """What a fee depends on: the procedure, where, how and when it is filed, who pays, for how many.

    `province` is the identifier of the agency, `payer` a group of Law 97/2015 Art. 10, None for whoever is of none;
    one that was not said (`is_payer_said`) leaves a fee that spares some of them unknown.
    `has_papers`: a level 2 account with the five basic papers in VNeID, which its holder asks to be counted.
    `quantity`, `value`, `capital`: of the unit, and in whole units of the currency; None where nobody said it.
    """

    procedure: str
    name_vi: str
    channel: str
    on: date
    province: str
    payer: str | None = None
    is_payer_said: bool = True
    has_papers: bool = False
    quantity: int | None = None
    value: int | None = None
    capital: int | None = None


class Charge(NamedTuple):
    """A fee of the procedure on the channel as its version has it; a provider's price has no preferences of the law.

    `unit`: for each what it is owed. `scale`: how its tiers are reckoned, where that was decided.
    """

    type: str | None
    amount: int | None
    currency: str | None
    reading: str | None
    exempts: tuple[str, ...] = ()
    has_preferences: bool = True
    unit: str | None = None
    scale: Scale | None = None


class Considered(NamedTuple):
    """A preference as it was weighed for one fee."""

    id: str
    citation: str
    source: Source
    outcome: Outcome
    percent: int | None
    text_vi: str
    text_en: str
    why_vi: str
    why_en: str


class Line(NamedTuple):
    """What one fee comes to: before preferences, after the one that was taken, or None with the reason."""

    charge: int
    before: int | None
    amount: int | None
    currency: str | None
    taken: str | None
    why_vi: str
    why_en: str
    considered: tuple[Considered, ...]


class Reckoning(NamedTuple):
    """All lines of a filing and their sum; an amount that is None has its reason."""

    amount: int | None
    currency: str | None
    why_vi: str
    why_en: str
    lines: tuple[Line, ...]


@cache
def preferences() -> tuple[Preference, ...]:
    """Every preference that we know of, read once."""
    path = Path(__file__).parent / "data" / "fees" / "preferences.json"
    return msgspec.json.decode(path.read_bytes(), type=tuple[Preference, ...])


def reckon(
    charges: Sequence[Charge], filing: Filing, *, is_free: bool = False, known: Sequence[Preference] | None = None
) -> Reckoning:
    """What a filing costs. Circular 117/2026/TT-BTC Art. 2(2): of several preferences the highest one."""
    weighed = preferences() if known is None else known
    if len({each.unit for each in charges if _is_counted(each) and each.unit}) > 1:
        filing = filing._replace(quantity=None)  # it is of one of the units, and nobody knows of which
    lines = tuple(_line(place, each, filing, weighed) for place, each in enumerate(charges))
    if not lines:
        if is_free:
            return Reckoning(0, None, "Không thu phí, lệ phí", "Nothing is charged", ())
        return Reckoning(None, None, "Không có khoản phí nào được nêu", "No fee is named; it may still be owed", ())
    if any(line.amount is None for line in lines):
        return Reckoning(None, None, "Có khoản chưa xác định", "One of the lines is not known", lines)
    return _sum(charges, lines)


def _sum(charges: Sequence[Charge], lines: tuple[Line, ...]) -> Reckoning:
    owed = [line for line in lines if line.amount]
    if not owed:
        return Reckoning(0, None, "Không phải nộp", "Nothing is owed", lines)
    types = [charges[line.charge].type for line in lines]
    if len(set(types)) < len(types):
        vi, en = "Nhiều mức cùng loại, tùy trường hợp", "Several fees of one type: which is owed depends on the case"
        return Reckoning(None, None, vi, en, lines)
    if len({line.currency for line in owed}) > 1:
        return Reckoning(None, None, "Nhiều loại tiền", "The lines are in several currencies", lines)
    total = sum(line.amount or 0 for line in owed)
    return Reckoning(total, owed[0].currency, "Tổng các khoản", "The sum of the lines", lines)


def _line(place: int, charge: Charge, filing: Filing, known: Sequence[Preference]) -> Line:
    before, why_vi, why_en = _before(charge, filing)
    weighed = tuple(_weighed(charge, filing, known)) if charge.has_preferences else ()
    sure = [each for each in weighed if each.outcome == "applies" and each.percent is not None]
    best = max(sure, key=lambda each: each.percent or 0, default=None)
    if before == 0 or (best and best.percent == WHOLE):
        taken = None if before == 0 or best is None else best
        vi, en = (taken.text_vi, taken.text_en) if taken else (why_vi, why_en)
        return Line(place, before, 0, charge.currency, taken.id if taken else None, vi, en, weighed)
    if before is None:
        return Line(place, None, None, charge.currency, None, why_vi, why_en, weighed)
    if doubt := next((each for each in weighed if each.outcome == "unknown"), None):
        return Line(place, before, None, charge.currency, None, doubt.why_vi, doubt.why_en, weighed)
    if best is None or best.percent is None:
        return Line(place, before, before, charge.currency, None, why_vi, why_en, weighed)
    left = before * (WHOLE - best.percent) // WHOLE
    return Line(place, before, left, charge.currency, best.id, best.text_vi, best.text_en, weighed)


def _before(charge: Charge, filing: Filing) -> tuple[int | None, str, str]:
    """What a fee comes to before any preference, and why."""
    if charge.reading == "free":
        return 0, "Không thu", "Not charged"
    is_known = charge.amount is not None and charge.currency is not None
    if charge.reading == "exact" and is_known:
        return charge.amount, "Mức của kênh nộp này", "The fee of this channel"
    if charge.reading == "each" and charge.amount is not None and is_known:
        return _each(charge.amount, charge.unit, filing.quantity)
    if charge.reading == "tiered" and (scale := charge.scale):
        said = {scales.COUNTED: filing.quantity, "value": filing.value, "capital": filing.capital}
        return scales.owed(scale, said.get(scale.by or ""))
    return None, *_UNKNOWN.get(charge.reading or "", _UNDECIDED)


def _each(amount: int, unit: str | None, quantity: int | None) -> tuple[int | None, str, str]:
    if quantity is None:
        of = f" ({unit})" if unit else ""
        vi = f"Chưa nêu số lượng{of}: {amount} mỗi đơn vị"
        return None, vi, f"Unknown: the quantity{of} was not said, {amount} for each"
    times = f"{amount} × {quantity}"
    return amount * quantity, f"Theo đơn vị: {times}", f"For each: {times}"


def _is_counted(charge: Charge) -> bool:
    """Whether how many there are decides on it."""
    by_tiers = charge.reading == "tiered" and charge.scale is not None and charge.scale.by == scales.COUNTED
    return charge.reading == "each" or by_tiers


def _weighed(charge: Charge, filing: Filing, known: Sequence[Preference]) -> Iterator[Considered]:
    own = filing.payer is not None and filing.payer in charge.exempts
    if charge.exempts and not filing.is_payer_said:
        vi, en = "Chưa nêu người nộp thuộc nhóm nào", "Unknown: of which group the payer is was not said"
        yield Considered("fee-exempts", _EXEMPTS, "text", "unknown", WHOLE, vi, en, vi, en)
    elif charge.exempts:
        vi = "Khoản phí này miễn cho nhóm người nộp" if own else "Không thuộc nhóm được khoản phí này miễn"
        en = "This fee spares the payer's group" if own else "Not of a group that this fee spares"
        yield Considered("fee-exempts", _EXEMPTS, "text", "applies" if own else "not", WHOLE, vi, en, vi, en)
    for each in known:
        outcome, vi, en = _outcome(each, filing)
        yield Considered(each.id, each.citation, each.source, outcome, each.percent, each.text_vi, each.text_en, vi, en)


def _outcome(preference: Preference, filing: Filing) -> tuple[Outcome, str, str]:
    """Whether a preference holds for a filing, and why."""
    for is_met, vi, en in _conditions(preference, filing):
        if not is_met:
            return "not", vi, en
    if preference.procedures is None:
        return "unknown", "Chưa rõ danh mục có thủ tục này không", "Whether it is on the list is not known"
    if filing.procedure not in preference.procedures:
        if any(word in filing.name_vi.lower() for word in preference.near):
            return "unknown", "Tên gần với danh mục, chưa rõ có thuộc không", "By its name it may be on the list"
        return "not", "Thủ tục không thuộc danh mục", "The procedure is not on the list"
    if preference.percent is None:
        return "unknown", "Chưa rõ mức giảm", "How much is spared is not known"
    return "applies", preference.text_vi, preference.text_en


def _conditions(preference: Preference, filing: Filing) -> Iterator[tuple[bool, str, str]]:
    ends = preference.effective_to
    yield preference.effective_from <= filing.on, "Chưa có hiệu lực vào ngày nộp", "Not yet in force on the filing day"
    yield ends is None or filing.on <= ends, "Đã hết hiệu lực vào ngày nộp", "No longer in force on the filing day"
    channels, payers = preference.channels, preference.payers
    yield not channels or filing.channel in channels, "Không áp dụng cho cách nộp này", "Not for this channel"
    yield not payers or filing.payer in payers, "Không nêu thuộc nhóm này", "No such group was named"
    asks = not preference.on_request_with_papers or filing.has_papers
    yield asks, "Không nêu tài khoản mức 2 có đủ giấy tờ", "No level 2 account with the papers was named"
    yield _is_there(preference.provinces, filing.province), "Không thuộc tỉnh này", "Not in this province"


def _is_there(provinces: Sequence[str], province: str) -> bool:
    """Whether it is filed in one of the provinces: an agency of one begins with its identifier."""
    return not provinces or province.split(".", 1)[0] in provinces
