"""What a filing costs: the fees or prices of a service, weighed by the law of the filing day."""

from typing import NamedTuple

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import Fee
from chalicelib.law.fees import Charge, Filing, Reckoning, reckon


class Reckoned(NamedTuple):
    """What a filing comes to, with each charge and the words of it, by the place that a line names."""

    filing: Filing
    found: Reckoning
    charges: tuple[Charge, ...]
    words: tuple[str, ...]


def reckoned(facts: Facts, filing: Filing) -> Reckoned:
    """What a filing of a service costs: its fees on the channel, or the prices of its provider."""
    due = [each for each in facts.fees if each.channel in {None, filing.channel}]
    charges = [_charge(each) for each in due]
    words = [each.words_vi for each in due]
    # The lines of a price list are for different things: one type makes several of them alternatives.
    for price in facts.prices:
        reading = "free" if price.amount_vnd == 0 else "each" if price.amount_vnd else "conditional"
        charges.append(Charge("", price.amount_vnd, "VND", reading, has_preferences=False))
        unit = f" / {price.unit_vi}" if price.unit_vi else ""
        words.append(f"{price.name_vi or ''}{unit}\n{price.note_vi or ''}".strip())
    return Reckoned(filing, reckon(charges, filing, is_free=facts.free is True), tuple(charges), tuple(words))


def _charge(fee: Fee) -> Charge:
    scale = fee.reckoned_by() if fee.reading == "tiered" else None
    return Charge(fee.type, fee.amount, fee.currency, fee.reading, fee.exempts, unit=fee.per_vi, scale=scale)
