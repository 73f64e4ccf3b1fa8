"""What a dossier costs by the version and the law of the day on which it is filed. Pure."""

from collections.abc import Sequence
from datetime import date

import msgspec

from chalicelib.contracts.plan import Plan, PlannedFee
from chalicelib.contracts.submission import FiledFee, FiledGiven, FiledLine
from chalicelib.law.fees import Charge, Filing, reckon
from chalicelib.law.scales import MEASURES, Scale, Tier


def filed(plan: Plan, channel: str, agency: str, on: date, given: Sequence[FiledGiven] = ()) -> FiledFee | None:
    """The fee line that a dossier keeps, with its reason and what it was reckoned by; None where nothing is named.

    What nobody said is not known, and neither is a fee that depends on it. No account is asked at filing.
    """
    due = [each for each in plan.fees if each.channel in {None, channel}]
    charges = [_charge(each) for each in due]
    charges += [_price(each.amount_vnd) for each in plan.prices]
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
