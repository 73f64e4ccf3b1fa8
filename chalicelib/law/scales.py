"""A fee by tiers: what it comes to for so many of something, or for a value, as its tiers say and nothing else. Pure.

What the tiers leave open (a gap, an overlap, whether a tier holds for the whole or for its part, where a fraction is
rounded) is a fault with its place, and what is owed is unknown by that reason: nobody is told a sum that may be wrong.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

COUNTED: Final = "quantity"
PARTS_OF_ONE: Final = 10**10
"""A sum is reckoned in parts of a whole unit of the currency, as many as a percentage of 8 decimals needs."""
_PERCENT: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,8}))?")
MEASURES: Final = {
    COUNTED: ("số lượng", "the quantity"),
    "value": ("giá trị", "the value"),
    "capital": ("vốn", "the capital"),
}
WAYS: Final = frozenset({"whole", "marginal"})
CHARGED: Final = frozenset({"once", "each", "percent"})
PARTS: Final = frozenset({"begun", "complete"})
ROUNDINGS: Final = frozenset({"up", "down", "nearest"})


class Tier(NamedTuple):
    """A tier: above a bound that is not in it, up to one that is; None has no end.

    `charged`: `amount` once, `amount` for each `step` of the measure (a `part` of a step counts once it is begun, or
    when it is complete), or `percent` of it, a decimal in words as `0.1`.
    """

    above: int | None
    up_to: int | None
    charged: str | None
    amount: int | None = None
    currency: str | None = None
    step: int | None = None
    part: str | None = None
    percent: str | None = None


class Scale(NamedTuple):
    """Tiers by a measure: `whole`, the tier in which it lies holds for all of it; `marginal`, each for its own part.

    `unit` is what a quantity is of; a value and a capital are of the fee's currency. `least` and `most` bound the fee.
    """

    by: str | None
    way: str | None
    unit: str | None
    currency: str | None
    tiers: tuple[Tier, ...]
    least: int | None = None
    most: int | None = None
    rounding: str | None = None


class Fault(NamedTuple):
    """What keeps a scale from being reckoned: the place under the fee, the rule, both languages."""

    place: str
    rule: str
    vi: str
    en: str


class Owed(NamedTuple):
    """What a scale comes to; None with the reason."""

    amount: int | None
    why_vi: str
    why_en: str


def faults(scale: Scale) -> Iterator[Fault]:
    """Everything that keeps a scale from being reckoned, by its place."""
    if scale.by not in MEASURES:
        vi, en = "Chưa nêu bậc tính theo gì", "By what the tiers go is not said"
        yield Fault("scale/by", "measure", vi, en)
    if scale.way not in WAYS:
        vi = "Chưa nêu bậc áp dụng cho toàn bộ (whole) hay từng phần (marginal)"
        en = "Whether a tier holds for the whole or for its part (marginal) is not said"
        yield Fault("scale/way", "way", vi, en)
    if scale.currency is None:
        yield Fault("currency", "currency", "Chưa rõ loại tiền", "The currency is not known")
    if scale.by == COUNTED and not scale.unit:
        yield Fault("per_vi", "unit", "Chưa nêu đơn vị của số lượng", "Of which unit the quantity is, is not said")
    if scale.least is not None and scale.most is not None and scale.least > scale.most:
        vi, en = "Mức tối đa thấp hơn mức tối thiểu", "The most is less than the least"
        yield Fault("scale/most", "range", vi, en)
    if scale.rounding is not None and scale.rounding not in ROUNDINGS:
        yield Fault("scale/rounding", "rounding", "Cách làm tròn: up, down, nearest", "Rounded up, down or nearest")
    if not scale.tiers:
        yield Fault("tiers", "complete", "Chưa có bậc nào", "There is no tier")
    for place, tier in enumerate(scale.tiers):
        for fault in _tier(tier, scale):
            yield fault._replace(place=f"tiers/{place}/{fault.place}")
    yield from _bounds(scale.tiers)


def _tier(tier: Tier, scale: Scale) -> Iterator[Fault]:
    if tier.above is None:
        yield Fault("above", "bound", "Bậc chưa có cận dưới", "The tier has no lower bound")
    elif tier.up_to is not None and tier.up_to <= tier.above:
        yield Fault("up_to", "range", "Cận trên không lớn hơn cận dưới", "It ends no higher than it begins")
    if tier.charged not in CHARGED:
        vi, en = "Chưa nêu thu một lần, theo mỗi bước hay phần trăm", "Once, for each step or per cent is not said"
        yield Fault("charged", "charged", vi, en)
    elif tier.charged == "percent":
        if share(tier.percent) is None:
            yield Fault("percent", "percent", "Cần tỷ lệ phần trăm như 0.1", "A percentage like 0.1 is needed")
        if scale.by == COUNTED:
            vi, en = "Không tính phần trăm của số lượng", "A percentage of a quantity is no money"
            yield Fault("percent", "measure", vi, en)
    else:
        yield from _sum(tier, scale)


def _sum(tier: Tier, scale: Scale) -> Iterator[Fault]:
    if tier.amount is None:
        yield Fault("amount", "complete", "Bậc chưa có mức thu", "The tier has no amount")
    if tier.currency != scale.currency:
        vi, en = "Loại tiền khác loại tiền của khoản phí", "Not the currency of the fee"
        yield Fault("currency", "currency", vi, en)
    if tier.charged == "each" and (tier.step or 0) < 1:
        yield Fault("step", "complete", "Chưa nêu mỗi bước bao nhiêu", "How much a step is, is not said")
    if tier.charged == "each" and (tier.step or 1) > 1 and tier.part not in PARTS:
        vi, en = "Chưa nêu phần lẻ của bước có tính không", "Whether a part of a step counts is not said"
        yield Fault("part", "part", vi, en)


def _bounds(tiers: Sequence[Tier]) -> Iterator[Fault]:
    """Tiers in order that begin at 0 and leave nothing out; the last one may have an end, beyond which nobody knows."""
    if any(tier.above is None for tier in tiers):
        return
    if tiers and tiers[0].above:
        vi, en = f"Từ 0 đến {tiers[0].above} chưa có bậc nào", f"No tier is for 0 to {tiers[0].above}"
        yield Fault("tiers/0/above", "gap", vi, en)
    for place, (before, tier) in enumerate(pairwise(tiers), 1):
        at, above = f"tiers/{place}/above", tier.above or 0
        if before.up_to is None or above < before.up_to:
            vi, en = f"Bậc này chồng lên bậc {place}", f"It overlaps tier {place}"
            yield Fault(at, "overlap", vi, en)
        elif above > before.up_to:
            vi, en = f"Giữa {before.up_to} và {above} chưa có bậc nào", f"No tier is for {before.up_to} to {above}"
            yield Fault(at, "gap", vi, en)


def owed(scale: Scale, measure: int | None) -> Owed:
    """What is owed for a measure of 1 and more: a count, or whole units of the currency; None where it was not said."""
    if fault := next(faults(scale), None):
        return Owed(None, fault.vi, fault.en)
    vi, en = MEASURES[scale.by or COUNTED]
    unit = f" ({scale.unit})" if scale.by == COUNTED else f" ({scale.currency})"
    if measure is None:
        return Owed(None, f"Chưa nêu {vi}{unit}", f"Unknown: {en}{unit} was not said")
    held = next((n for n, each in enumerate(scale.tiers) if each.up_to is None or measure <= each.up_to), None)
    if held is None or measure < 1:
        return Owed(None, f"Không bậc nào dành cho {measure}{unit}", f"No tier is for {measure}{unit}")
    return _bounded(scale, _exact(scale, held, measure), f"{held + 1}: {measure}{unit}")


def _exact(scale: Scale, held: int, measure: int) -> int:
    """What is owed in parts of a whole unit."""
    if scale.way == "whole":
        return _charged(scale.tiers[held], measure)
    reached = scale.tiers[: held + 1]
    return sum(_charged(each, min(measure, each.up_to or measure) - (each.above or 0)) for each in reached)


def _charged(tier: Tier, measure: int) -> int:
    """What a tier takes for a measure, or for the part of it that lies in the tier, in parts of a whole unit."""
    if tier.charged == "percent":
        return measure * (share(tier.percent) or 0)
    amount, step = (tier.amount or 0) * PARTS_OF_ONE, tier.step or 1
    if tier.charged == "once":
        return amount
    return amount * (measure // step if tier.part == "complete" else -(-measure // step))


def _bounded(scale: Scale, found: int, said: str) -> Owed:
    way_vi, way_en = ("từng phần đến bậc", "part by part up to tier") if scale.way == "marginal" else ("bậc", "tier")
    if scale.least is not None and found < scale.least * PARTS_OF_ONE:
        return Owed(scale.least, f"Mức tối thiểu, {way_vi} {said}", f"The least that is taken, {way_en} {said}")
    if scale.most is not None and found > scale.most * PARTS_OF_ONE:
        return Owed(scale.most, f"Mức tối đa, {way_vi} {said}", f"The most that is taken, {way_en} {said}")
    if (amount := _whole(found, scale.rounding)) is None:
        vi = "Kết quả lẻ, chưa nêu cách làm tròn"
        return Owed(None, vi, "It comes to a fraction, and how it is rounded is not said")
    return Owed(amount, f"Theo {way_vi} {said}", f"By {way_en} {said}")


def _whole(found: int, rounding: str | None) -> int | None:
    whole, rest = divmod(found, PARTS_OF_ONE)
    ways = {"up": whole + 1, "down": whole, "nearest": whole + (2 * rest >= PARTS_OF_ONE)}
    return ways.get(rounding or "") if rest else whole


def share(percent: str | None) -> int | None:
    """A percentage above 0 and up to 100, with up to 8 decimals, in parts of a whole unit; None for what is none."""
    if percent is None or not (found := _PERCENT.fullmatch(percent)):
        return None
    whole, rest = found.groups()
    parts = int(whole) * PARTS_OF_ONE // 100 + int((rest or "").ljust(8, "0"))
    return parts if 0 < parts <= PARTS_OF_ONE else None
