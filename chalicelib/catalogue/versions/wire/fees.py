"""The fees of a version as an editor sends them: the record's words, what they were read as, how tiers are reckoned."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.catalogue.procedures.fees import CURRENCY, PAYERS, FeeReading
from chalicelib.catalogue.procedures.wire import Strict
from chalicelib.catalogue.versions.wire.terms import Words
from chalicelib.contracts.plan import Payer

type Sum = Annotated[int, Field(ge=0, le=10**12)]
type Bound = Annotated[int, Field(ge=0, le=10**15)]
type Money = Annotated[str, Field(pattern=CURRENCY.pattern, min_length=3, max_length=3, examples=["VND"])]
type Text = Annotated[str, Field(max_length=10_000)]
type Short = Annotated[str, Field(max_length=300)]
MANY = 200


class FeeTierFacts(Strict):
    """One of several sums of a fee, in the sentence that says when it is owed, and what it was read as."""

    words_vi: Text
    amount: Sum | None = None
    currency: Money | None = None
    per_vi: Short | None = None
    above: Bound | None = Field(default=None, description="The bound below, which is not in the tier", examples=[2])
    up_to: Bound | None = Field(default=None, description="The bound above, which is in it; null: no end")
    charged: Literal["once", "each", "percent"] | None = Field(
        default=None, description="The amount once, the amount for each step, or percent of what is measured"
    )
    step: Annotated[int, Field(ge=1, le=10**12)] | None = None
    part: Literal["begun", "complete"] | None = Field(
        default=None, description="Whether a step counts once it is begun, or when it is complete"
    )
    percent: Annotated[str, Field(max_length=12, pattern=r"^[0-9]{1,3}(\.[0-9]{1,8})?$", examples=["0.1"])] | None = (
        None
    )


class FeeScaleFacts(Strict):
    """How the tiers are reckoned; what is null is not known, and keeps a tiered fee back."""

    by: Literal["quantity", "value", "capital"] | None = Field(
        default=None, description="Of per_vi, or of the currency"
    )
    way: Literal["whole", "marginal"] | None = Field(
        default=None, description="whole: the tier in which it lies holds for all of it; marginal: each for its part"
    )
    least: Sum | None = None
    most: Sum | None = None
    rounding: Literal["up", "down", "nearest"] | None = Field(
        default=None, description="Of a fraction of the currency; null: what comes to a fraction is unknown"
    )


class AnswerGroupFacts(Strict):
    """A choice of the form and the group of payers that it says; null: of none of them."""

    answer: str | int | bool
    payer: Payer | None = None


class FeeAnswerFacts(Strict):
    """Which field of the form says what a fee depends on."""

    gives: Literal["payer", "quantity", "value", "capital"]
    field: Short = Field(description="JSON Pointer of a field of the form", examples=["/copies"])
    groups: list[AnswerGroupFacts] = Field(default=[], max_length=50, description="For payer: each choice, once")


class FeeFacts(Strict):
    """A fee on a channel: the record's words, and what they were read as; null is not known, and so is a blank 0."""

    channel: Literal["ONLINE", "POSTAL", "DIRECT"] | None = None
    type: Short | None = None
    amount: Sum | None = None
    currency: Money | None = None
    per_vi: Short | None = None
    tiers: list[FeeTierFacts] = Field(default=[], max_length=MANY)
    scale: FeeScaleFacts | None = None
    exempts: list[Payer] = Field(default=[], max_length=len(PAYERS))
    condition_vi: Words | None = None
    note_vi: Words | None = None
    record: Short | None = None
    reading: FeeReading | None = Field(default=None, description="What it was decided to be; null: not decided")
