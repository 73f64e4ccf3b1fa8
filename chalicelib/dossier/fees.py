"""What a dossier costs by the version and the law of the day on which it is filed. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from chalicelib.contracts.plan import Plan, PlannedFee, PlannedPrice
from chalicelib.contracts.submission import FiledFee, FiledGiven, FiledLine
from chalicelib.law.fees import Charge, Filing, Line, reckon
from chalicelib.law.scales import MEASURES, Scale, Tier

VND: Final = "VND"


def filed(plan: Plan, channel: str, agency: str, on: date, given: Sequence[FiledGiven] = ()) -> FiledFee | None:
    """The fee line that a dossier keeps, with its reason and what it was reckoned by; None where nothing is named.

    What nobody said is not known, and neither is a fee that depends on it. No account is asked at filing.
    """
    charges = _charges(plan, channel)
    if not charges:
        return None
    filing = _by(given, Filing(plan.procedure, plan.name_vi, channel, on, agency, is_payer_said=False))
    found = reckon(charges, filing)
    return FiledFee(
        amount=found.amount,
        currency=found.currency,
        why_vi=found.why_vi,
        why_en=found.why_en,
        lines=tuple(
            FiledLine(
                type=charges[line.charge].type,
                before=line.before,
                amount=line.amount,
                currency=line.currency,
                taken=line.taken,
                why_vi=line.why_vi,
                why_en=line.why_en,
            )
            for line in found.lines
        ),
        given=tuple(given) or None,
    )


def bounds(plan: Plan, channel: str, agency: str, on: date, given: Sequence[FiledGiven] = ()) -> dict[str, int | None]:
    """The highest sum that a dossier may be asked to pay, by currency; None where no sum is certain.

    Where the fee is known it is that. Of several fees of one type one is owed, the highest; a preference that nobody
    is sure of lessens nothing. What is owed in no currency that is named is in VND.
    """
    filing = _by(given, Filing(plan.procedure, plan.name_vi, channel, on, agency, is_payer_said=False))
    return _highest(_charges(plan, channel), filing, is_free=bool(plan.free))


def bounds_of(
    fees: Sequence[PlannedFee], prices: Sequence[PlannedPrice], filing: Filing, *, is_free: bool
) -> dict[str, int | None]:
    """The same of what a version charges before anybody filed: nothing is said of who would."""
    return _highest(_charged(fees, prices, filing.channel), filing, is_free=is_free)


def _highest(charges: Sequence[Charge], filing: Filing, *, is_free: bool) -> dict[str, int | None]:
    if not charges:
        return {VND: 0 if is_free else None}
    found = reckon(charges, filing)
    if found.amount is not None:
        return {found.currency or VND: found.amount}
    highest: dict[tuple[str, str], int | None] = {}
    for line in found.lines:
        charge = charges[line.charge]
        place = (line.currency or VND, charge.type or f"{line.charge}")
        most, before = _most(charge, line), highest.get(place, 0)
        highest[place] = None if most is None or before is None else max(most, before)
    sums: dict[str, int | None] = {}
    for (currency, _), most in highest.items():
        before = sums.get(currency, 0)
        sums[currency] = None if most is None or before is None else before + most
    return sums


def _most(charge: Charge, line: Line) -> int | None:
    """The highest that one fee can be."""
    known = line.before if line.amount is None else line.amount
    return known if known is not None or charge.scale is None else charge.scale.most


def _charges(plan: Plan, channel: str) -> list[Charge]:
    return _charged(plan.fees, plan.prices, channel)


def _charged(fees: Sequence[PlannedFee], prices: Sequence[PlannedPrice], channel: str) -> list[Charge]:
    due = [each for each in fees if each.channel in {None, channel}]
    return [*(_charge(each) for each in due), *(_price(each.amount_vnd) for each in prices)]


def _by(given: Sequence[FiledGiven], filing: Filing) -> Filing:
    """The filing with what was said of it."""
    payer = next((str(each.value) for each in given if each.name == "payer"), None)
    said = {each.name: each.value for each in given if isinstance(each.value, int)}
    quantity, value, capital = (said.get(name) for name in MEASURES)
    filing = filing._replace(quantity=quantity, value=value, capital=capital)
    return filing._replace(payer=None if payer == "none" else payer, is_payer_said=payer is not None)


def _charge(fee: PlannedFee) -> Charge:
    scale = None
    if read := fee.scale:
        tiers = tuple(Tier(**msgspec.structs.asdict(each)) for each in read.tiers)
        scale = Scale(read.by, read.way, fee.per_vi, fee.currency, tiers, read.least, read.most, read.rounding)
    return Charge(fee.type, fee.amount, fee.currency, fee.reading, fee.exempts, unit=fee.per_vi, scale=scale)


def _price(amount: int | None) -> Charge:
    reading = "free" if amount == 0 else "each" if amount else "conditional"
    return Charge("", amount, "VND", reading, has_preferences=False)
