"""What goes over the wire of guidance on restructuring."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.wire import Strict
from chalicelib.kernel.words import BASIS, REASON

type Progress = Literal["open", "late", "done", "dropped"]
type Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class GuidanceBody(Strict):
    """Guidance that is given."""

    procedure: Annotated[str, Field(min_length=1, max_length=40, examples=["1.001193"])]
    component: Annotated[str, Field(max_length=40, description="The paper that is to go, by its code; none: all")] = ""
    text_vi: Text
    text_en: Text
    basis: Annotated[str, BASIS, Field(min_length=1, max_length=300, description="The text that asks for it")]
    due: date = Field(description="Until which Vietnamese day", examples=["2026-12-15"])


class GuidanceEndBody(Strict):
    """How guidance ended."""

    said: Literal["done", "dropped"]
    done_by: Annotated[
        int | None, Field(ge=1, le=1_000_000, description="The published version that carries it out")
    ] = None
    why: Annotated[
        str,
        REASON,
        Field(max_length=300, description="Why it is dropped, or how it was carried out where it names no paper"),
    ] = ""


class GuidanceQuery(Strict):
    """Which guidance."""

    progress: Literal["", "open", "late", "done", "dropped"] = Field(
        default="", description="That is so far alone; `late` lists what is overdue"
    )
    owner: str = Field(default="", max_length=35, description="To this agency alone")
    procedure: str = Field(default="", max_length=40, description="On this procedure alone")
    cursor: str = Field(default="", max_length=1_000)


class GuidanceEndedView(BaseModel):
    """How guidance ended, as an officer said."""

    said: Literal["done", "dropped"]
    name: str = Field(description="Who said it")
    at: str
    done_by: int | None
    why: str


class GuidanceView(BaseModel):
    """Guidance, how far it is, and the version of its record."""

    id: str
    issuer: str
    given_to: str = Field(description="The agency that kept the procedure when it was given")
    owner: str = Field(description="The agency that keeps the procedure now, or kept it when this ended")
    procedure: str
    component: str
    text_vi: str
    text_en: str
    basis: str
    due: str
    given_at: str
    progress: Progress = Field(description="`late` from the day after it was due, until it is done or dropped")
    ended: GuidanceEndedView | None
    version: int


class GuidanceList(BaseModel):
    """A page of guidance, what is due first at the top: it may show few, `next` says whether there is more."""

    guidance: list[GuidanceView]
    next: str | None
