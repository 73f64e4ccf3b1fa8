"""What is told of a supplement, and what its answer brings."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.lifecycle import SupplementReason
from chalicelib.onestop.related import StateView

Place = Annotated[str, Field(pattern=r"^/", max_length=300)]


class AskedView(BaseModel):
    """One thing to supplement."""

    target: str = Field(
        description="A component by its code, or a place of the form",
        examples=["/mother/year_of_birth"],
    )
    name_vi: str
    name_en: str
    reason: SupplementReason = Field(description="What is wrong with it; the last two: with a database")
    basis: str = Field(description="The clause")
    remedy: str = Field(
        description="What to do, in the officer's words", examples=["Nộp bản chụp rõ cả hai mặt giấy chứng sinh"]
    )
    by: Literal["applicant", "database"] = Field(description="Who mends it: only the applicant's is demanded")
    came: bool = Field(description="Of a component: whether a file of it came since and passed the checks")
    read: Any | None = Field(
        default=None,
        description="Of a place of the form: what a digitised paper of the dossier says there",
        examples=[1996],
    )


class SupplementView(BaseModel):
    """What a dossier was asked to supplement last; `ETag` is the dossier's version, which the answer names."""

    reference: str
    state: StateView
    is_open: bool = Field(description="Whether it still waits for the answer")
    number: int = Field(description="The n-th request of the dossier, an exception from 2 on; 0: none", examples=[1])
    requested_at: str | None = Field(description="Null: nothing was asked")
    requested_by: str | None = Field(description="Name of the officer")
    agency: str
    answer_by: str | None = Field(description="The end of the window; what then, the procedure says")
    items: list[AskedView] = Field(description="Each thing that was asked for; none: nothing was")
    override: str | None = Field(description="Why a further request was needed; told to the agency's officers alone")


class AtCounter(BaseModel):
    """Who answered at the counter, or signed what came by post, and how that is known."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(
        min_length=1, max_length=100, description="Of who was there, or signed", examples=["Nguyễn Thị Bích Ngọc"]
    )
    number: str = Field(
        min_length=1, max_length=30, description="As on their identity paper; of the applicant, or of who acts for them"
    )
    slip: str = Field(
        max_length=64,
        description="The component that is the scan of the slip which they signed, dropped for the dossier",
    )


class Object(BaseModel):
    """Why the applicant objects to what an officer entered."""

    model_config = ConfigDict(extra="forbid", strict=True)
    reason: str = Field(min_length=1, max_length=1000, examples=["Tôi không đến quầy và không đổi năm sinh"])


class Objected(BaseModel):
    """The objection is on the list of whoever leads the agency."""

    reference: str
    objected_at: str = Field(
        description="When it was made",
        examples=["2026-11-26T09:20:00+07:00"],
        json_schema_extra={"format": "date-time"},
    )
    answer_by: str = Field(
        description="Until when it should be answered; the dossier goes on meanwhile",
        examples=["2026-12-03T23:59:59+07:00"],
        json_schema_extra={"format": "date-time"},
    )


class AnswerSupplement(BaseModel):
    """The corrected places of the form; files were uploaded before."""

    model_config = ConfigDict(extra="forbid", strict=True)
    fields: dict[Place, Any] = Field(
        default={},
        max_length=200,
        description="Each place that was asked for, by JSON Pointer, with its new value; null takes it away",
        examples=[{"/mother/year_of_birth": 1996}],
    )
    at_counter: AtCounter | None = Field(
        default=None, description="By an officer of reception, of whatever dossier; the applicant says null"
    )


class AnsweredView(BaseModel):
    """Where the dossier goes on."""

    reference: str
    state: StateView
    answered_at: str
    due_at: str | None = Field(description="The new due date; null before the acceptance")
