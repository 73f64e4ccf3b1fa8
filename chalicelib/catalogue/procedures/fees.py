"""A fee: what is owed, in which money, for each what, on which channel and type, under which condition in words."""

import re
from collections.abc import Mapping
from typing import Final, Literal, get_args

from msgspec import Struct

from chalicelib.catalogue.procedures.given import Given
from chalicelib.contracts.event import heard
from chalicelib.contracts.plan import Payer, PlannedFee, PlannedScale, PlannedTier
from chalicelib.law import scales

type FeeReading = Literal["exact", "each", "tiered", "free", "conditional", "elsewhere"]

READINGS: Final[frozenset[str]] = frozenset(get_args(FeeReading.__value__))
PAYERS: Final[frozenset[str]] = frozenset(get_args(Payer))
CURRENCY: Final = re.compile(r"[A-Z]{3}")
PAYS_ONLINE: Final = False
"""Whether this system takes a payment: it has no payments yet, and no setting could make it able to."""
_LEAST_DONG: Final = 1_000
_EARLIER: Final = frozenset({"amount_vnd", "payable_online"})


class FeeTier(Given, frozen=True, kw_only=True):
    """One of several sums that a record names in its words: the sentence, the sum, and for each what it is owed.

    The rest is an officer's, as `law.scales.Tier` reckons it: above and up to how much, how it is charged.
    """

    words_vi: str = ""
    amount: int | None = None
    currency: str | None = None
    per_vi: str | None = None
    above: int | None = None
    up_to: int | None = None
    charged: str | None = None
    step: int | None = None
    part: str | None = None
    percent: str | None = None


class FeeScale(Given, frozen=True, kw_only=True):
    """How an officer reads the tiers: by what, for the whole or part by part, with which bounds and rounding."""

    by: str | None = None
    way: str | None = None
    least: int | None = None
    most: int | None = None
    rounding: str | None = None


class AnswerGroup(Given, frozen=True, kw_only=True):
    """An answer of the form and the group of payers that it says; None: of none of them."""

    answer: str | int | bool | None = None
    payer: str | None = None


class FeeAnswer(Given, frozen=True, kw_only=True):
    """Which field of the form, by JSON Pointer, says who pays (each choice its group), how many, or which sum."""

    gives: str = ""
    field: str = ""
    groups: tuple[AnswerGroup, ...] = ()


class Fee(Given, frozen=True, kw_only=True):
    """A fee on a channel, in whole units of a currency of ISO 4217; what is not known is None, a blank 0 too.

    `reading` is what it was decided to be: owed by everybody on the channel (`exact`), for each `per_vi` (`each`), by
    its tiers as `scale` reads them (`tiered`), by nobody (`free`), as the words say (`conditional`), set by another
    text (`elsewhere`); None: not decided.
    `exempts` are the payers that its own words spare. `record` is what the record's fields have.
    """

    channel: str | None = None
    type: str | None = None
    amount: int | None = None
    currency: str | None = None
    per_vi: str | None = None
    tiers: tuple[FeeTier, ...] = ()
    scale: FeeScale | None = None
    exempts: tuple[str, ...] = ()
    condition_vi: str | None = None
    note_vi: str | None = None
    record: str | None = None
    reading: str | None = None

    @property
    def is_certain(self) -> bool:
        """Whether everybody who uses the channel owes exactly this amount."""
        if self.exempts or self.tiers or self.amount is None:
            return False
        return self.reading == "free" if self.amount == 0 else self.reading == "exact" and self.currency is not None

    def reckoned_by(self) -> scales.Scale:
        """Its tiers as the law reckons them."""
        read = self.scale or FeeScale()
        return scales.Scale(
            by=read.by,
            way=read.way,
            unit=self.per_vi,
            currency=self.currency,
            least=read.least,
            most=read.most,
            rounding=read.rounding,
            tiers=tuple(
                scales.Tier(t.above, t.up_to, t.charged, t.amount, t.currency, t.step, t.part, t.percent)
                for t in self.tiers
            ),
        )

    def planned(self) -> PlannedFee:
        """The fee as a dossier is filed under it; a fee with tiers has these as the law reckons them."""
        scale = None
        if self.reading == "tiered":
            read = self.reckoned_by()
            tiers = tuple(PlannedTier(**each._asdict()) for each in read.tiers)
            scale = PlannedScale(
                by=read.by, way=read.way, least=read.least, most=read.most, rounding=read.rounding, tiers=tiers
            )
        return PlannedFee(
            channel=self.channel,
            type=self.type,
            amount=self.amount,
            currency=self.currency,
            reading=self.reading,
            exempts=self.exempts,
            per_vi=self.per_vi,
            scale=scale,
        )

    @property
    def words_vi(self) -> str:
        """The record's words on it, the condition among them."""
        return "\n".join(part for part in (self.condition_vi, self.note_vi) if part)

    @property
    def is_due_online(self) -> bool:
        """Whether it is owed by those who file online; one that names no channel is owed on each."""
        return self.channel in {None, "ONLINE"}

    @property
    def is_owed(self) -> bool | None:
        """Whether somebody owes something; None where nobody decided or another text says."""
        if self.reading == "free":
            return False
        return None if self.reading in {None, "elsewhere"} and not self.amount else True


class _Earlier(Struct, frozen=True):
    amount_vnd: int | None = None
    note_vi: str | None = None


def lifted(raw: object) -> object:
    """A fee as earlier releases wrote it, `amount_vnd` with a note that may say another sum.

    They kept the sums of consular records under that name too. No fee of the catalogue is below a thousand dong, so
    there the currency is not known. A 0 said nothing of who pays; nor does a sum beside a note. Raises
    contracts.event.Malformed.
    """
    if not isinstance(raw, Mapping) or not (_EARLIER & raw.keys()):
        return raw
    before = heard(_Earlier, raw)
    kept = {name: value for name, value in raw.items() if name not in _EARLIER}
    amount = before.amount_vnd
    if amount is None:
        return {**kept, "amount": None, "currency": None}
    in_dong = amount >= _LEAST_DONG
    return {
        **kept,
        "amount": amount or None,
        "currency": "VND" if in_dong else None,
        "record": str(amount),
        "reading": "exact" if in_dong and not before.note_vi else None,
    }
