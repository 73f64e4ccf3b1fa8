"""What a dossier costs by the version and the law of the day on which it is filed. Pure."""

from datetime import date

from chalicelib.contracts.plan import Plan
from chalicelib.contracts.submission import FiledFee, FiledLine
from chalicelib.law.fees import Charge, Filing, reckon


def filed(plan: Plan, channel: str, agency: str, on: date) -> FiledFee | None:
    """The fee line that a dossier keeps, with its reason; None where its procedure names nothing that is owed.

    Who pays is not asked at filing: what somebody is spared for that is no part of it, nor how many units there are.
    """
    due = [each for each in plan.fees if each.channel in {None, channel}]
    charges = [Charge(each.type, each.amount, each.currency, _reading(each.reading), each.exempts) for each in due]
    charges += [_price(each.amount_vnd) for each in plan.prices]
    if not charges:
        return None
    filing = Filing(procedure=plan.procedure, name_vi=plan.name_vi, channel=channel, on=on, province=agency)
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
    )


def _reading(reading: str | None) -> str | None:
    """A fee for each of something is not known before somebody counts."""
    return "conditional" if reading == "each" else reading


def _price(amount: int | None) -> Charge:
    return Charge("", amount, "VND", "free" if amount == 0 else "conditional", has_preferences=False)
