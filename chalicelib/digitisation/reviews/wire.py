"""What the review of a reading takes and answers."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_ANSWERS: Final = 50
"""Fields that one request answers: with what else is written, well below the 100 items of one transaction."""


class ClaimReview(BaseModel):
    """The officer takes the review of a paper."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ReleaseReview(BaseModel):
    """The officer gives it back."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AnswerField(BaseModel):
    """What the officer says of a field."""

    model_config = ConfigDict(extra="forbid", strict=True)
    verb: Literal["confirm", "correct", "cannot_read", "retype"] = Field(
        description="`confirm` what stands there; `correct` it by `value`; it `cannot_read`; begin it again: `retype`"
    )
    value: str = Field(default="", max_length=500, description="As it is printed on the paper; with `correct` only")


class FieldSaid(AnswerField):
    """What the officer says of one field of several."""

    field: str = Field(min_length=1, max_length=120, description="Stable key of the field, each once")


class AnswerFields(BaseModel):
    """What the officer says of several fields: all of it is kept, or nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)
    answers: list[FieldSaid] = Field(min_length=1, max_length=MOST_ANSWERS)


class ReviewQuery(BaseModel):
    """Of which fields the small picture comes with a review."""

    model_config = ConfigDict(extra="forbid")
    crops: Literal["next", "all"] = Field(default="next", description="Of the `next` field, or of all `fields`")


class ReviewView(BaseModel):
    """A paper of which values wait for an officer."""

    id: str = Field(description="<reference>.<component>, as among copies")
    reference: str
    component: str
    kind: str = Field(description="The kind of paper as which it was read")
    opened_at: str = Field(description="Since when it waits", json_schema_extra={"format": "date-time"})
    version: int = Field(description="The ETag: what If-Match of the next answer says")
    left: int = Field(description="Fields that are not closed")
    claimed_by: str | None = Field(default=None, description="Who takes care of it")
    claimed_at: str | None = Field(
        default=None, description="Since their last answer; after 30 minutes without one others may take it"
    )
    secret_by: str | None = Field(
        default=None,
        description="Who takes it for a secret one: nobody answers before a second person decides",
        examples=["Phan Bích Lượng"],
    )


class ReviewList(BaseModel):
    """Papers of my agency under review, the oldest first."""

    reviews: list[ReviewView]
    next: str | None = None


class FieldUnderReview(BaseModel):
    """A field that an officer has to look at."""

    name: str = Field(description="Stable key of the field")
    label: str = Field(description="What the form calls it")
    value: str = Field(description="What stands in it now; empty when nothing was found, or nothing can be read")
    confidence: float = Field(description="How sure the reading is, 0 to 1")
    reason: str = Field(
        description="Why it is asked: not_found, bad_format, personal_name, low_confidence, doubtful and others"
    )
    alternatives: list[str] = Field(description="What else was read there, the likeliest first")
    pattern: str = Field(description="Regular expression of what may be typed; empty: anything")
    second_person: bool = Field(
        description="Two persons have to say the same; on any paper so, once a name or number of a person was corrected"
    )
    answered_by: list[str] = Field(description="Who said what stands there")
    closed: bool = Field(description="Nobody is asked again")
    mine: bool = Field(description="I may answer it")


class ShownField(FieldUnderReview):
    """A field with a small picture of the place where its value stands."""

    crop: str | None = Field(
        description="JPEG of at most 15,000 bytes, in base64; without a place: the page, small. "
        "Null where it was not asked for, and where a register closed the field"
    )


class ReviewDetail(ReviewView):
    """A paper under review: its fields in the order in which they are asked, the least sure first."""

    step: str = Field(description="`in_review`; `reviewed` once the last field is closed")
    fields: list[ShownField]
    next: ShownField | None = Field(description="The field that I am asked now; none when the others are not mine")


class ReviewStep(ReviewView):
    """What became of an answer: how many fields are left, and which one is asked now."""

    step: str = Field(description="`in_review`; `reviewed` once the last field is closed")
    next: ShownField | None = Field(description="The field that I am asked now; none when the others are not mine")
