"""What anyone may read of the fees of a service, and ask of what a filing costs."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.services.papers import NOTHING, Channel
from chalicelib.contracts.plan import PayerSaid


class FeeTierView(BaseModel):
    """One of several sums of a fee, in the sentence that says when it is owed."""

    words_vi: str = Field(description="The sentence", examples=["Từ trang thứ 3 trở lên thu 1.000 đồng/trang"])
    amount: int | None
    currency: str | None
    per_vi: str | None
    above: int | None = Field(description="The bound below, which is not in the tier; null: nobody decided")
    up_to: int | None = Field(description="The bound above, which is in it; null: no end, or nobody decided")
    charged: str | None = Field(
        description="once, each (for each step), percent; null: nobody decided", examples=["each"]
    )
    step: int | None = Field(description="How much a step is", examples=[1])
    part: str | None = Field(description="A step counts once it is begun, or when it is complete", examples=["begun"])
    percent: str | None = Field(description="Of the value or the capital", examples=["0.1"])


class FeeScaleView(BaseModel):
    """How an officer read the tiers."""

    by: str | None = Field(description="quantity (of per_vi), value, capital (of the currency)")
    way: str | None = Field(
        description="whole (one tier holds for all of it) or marginal (each for its part)", examples=["marginal"]
    )
    least: int | None = Field(description="The least that is taken")
    most: int | None = Field(description="The most that is taken")
    rounding: str | None = Field(
        description="Of a fraction of the currency: up, down, nearest; null: not said", examples=["up"]
    )


class FeeView(BaseModel):
    """A fee (phí, lệ phí): `amount` is null when only words say it, `currency` when nobody knows it."""

    channel: str | None
    type: str
    amount: int | None
    currency: str | None
    per_vi: str | None = Field(description="For each what it is owed, in the record's words", examples=["người"])
    tiers: list[FeeTierView] = Field(description="Each sum that the record's words name, where there are several")
    scale: FeeScaleView | None = Field(description="How the tiers are reckoned; null: nobody decided")
    exempts: list[str] = Field(description="Payers that its own words spare: child, poor_household, elderly ...")
    text_vi: str = Field(description="The record's words on it, the condition among them")
    record: str | None = Field(description="What the record's fields have; a blank 0 does not say that it is free")
    reading: str | None = Field(
        description="exact (owed by everybody on the channel), each (for each per_vi), tiered (by its tiers), free, "
        "conditional (as the words say), elsewhere (another text sets it), null: nobody decided"
    )
    certain: bool = Field(description="True only when everybody who uses the channel owes exactly this")


class FeeQuery(BaseModel):
    """What a fee depends on beside the procedure."""

    channel: Channel = Field(description="How it is handed in")
    province: str = Field(
        max_length=30,
        pattern=r"^[A-Y][0-9]{2}(\.[0-9A-Z]{1,5})*$",
        description="Where: the identifier of the province, or of an agency in it",
        examples=["H01"],
    )
    on: date = Field(
        default=NOTHING,
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="The day of filing; today when left out",
        examples=["2026-11-26"],
    )
    payer: PayerSaid = Field(
        default=NOTHING, description="A group of Law 97/2015 Art. 10, or none of them; left out: not known"
    )
    papers: Literal["true", "false"] = Field(
        default="false", description="A level 2 account with the five basic papers, which its holder asks to be counted"
    )
    quantity: int = Field(
        default=NOTHING, ge=1, le=10_000, description="How many of the fee's unit; left out: not known"
    )
    value: int = Field(
        default=NOTHING, ge=1, le=10**15, description="The value that tiers go by, in the fee's currency"
    )
    capital: int = Field(default=NOTHING, ge=1, le=10**15, description="The capital that tiers go by, likewise")


class ConsideredView(BaseModel):
    """A preference as it was weighed; of several the highest is taken, never the sum."""

    id: str
    citation: str
    source: str = Field(description="text (it was read) or secondary (known from an excerpt)")
    outcome: str = Field(description="applies, not, or unknown")
    percent: int | None = Field(description="How much of the fee it spares; null: not known", examples=[100])
    text_vi: str
    text_en: str
    why_vi: str = Field(description="Why it holds or not", examples=["Thủ tục không thuộc danh mục"])
    why_en: str = Field(description="The same in English", examples=["The procedure is not on the list"])


class OwedLine(BaseModel):
    """What one fee or price comes to."""

    type: str = Field(description="Type of the fee, or name of the price", examples=["FEE"])
    before: int | None = Field(description="Before any preference", examples=[20000])
    amount: int | None
    currency: str | None
    taken: str | None = Field(description="The preference that was taken", examples=["vneid-2026"])
    why_vi: str = Field(description="The line that was taken, or why nobody knows", examples=["Mức của kênh nộp này"])
    why_en: str = Field(description="The same in English", examples=["The fee of this channel"])
    words_vi: str = Field(description="The words of the fee")
    considered: list[ConsideredView] = Field(description="Each preference, with its outcome")


class FeeAnswer(BaseModel):
    """What a filing costs; an amount that is null is unknown, for the reason that stands beside it."""

    code: str
    version: int | None
    channel: str
    province: str = Field(description="Where it would be filed", examples=["H01"])
    on: date = Field(description="The day of filing for which it was reckoned", examples=["2026-11-26"])
    amount: int | None
    currency: str | None
    why_vi: str = Field(description="What the amount is, or why it is unknown", examples=["Tổng các khoản"])
    why_en: str = Field(description="The same in English", examples=["The sum of the lines"])
    lines: list[OwedLine] = Field(description="Each fee of the channel, or each price")
