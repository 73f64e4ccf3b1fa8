"""What those who look after many versions send and read."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.unbegun import Since
from chalicelib.catalogue.procedures.waiting import Wait
from chalicelib.catalogue.procedures.wire import Code, Strict
from chalicelib.catalogue.versions.wire.editing import FindingBody, ProblemView

AT_ONCE: Final = 25
"""Versions of one call: each takes some reads and a transaction, and the gateway waits for 29 seconds."""


class WaitingQuery(BaseModel):
    """Which of what waits at my agency."""

    wait: Wait | None = Field(default=None, description="For its author, for a reviewer, for a publisher")
    field: str = Field(default="", max_length=300, description="Name of a field of administration, whole")
    by_others: bool = Field(default=False, description="Only what I did not write at: what I may review")
    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class WaitingRow(BaseModel):
    """A version that waits."""

    code: str
    version: int
    wait: Wait
    since: str
    name_vi: str
    fields: list[str]


class WaitingList(BaseModel):
    """A page of what waits, by code; a filter may leave few of it, `next` says whether there is more."""

    versions: list[WaitingRow]
    next: str | None


class RecordsQuery(BaseModel):
    """Which of the national records of my agency of which no draft was begun."""

    wait: Since | None = Field(default=None, description="Never begun, or changed by an import since")
    field: str = Field(default="", max_length=300, description="Name of a field of administration, whole")
    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class RecordRow(BaseModel):
    """A national record of which a draft may be begun."""

    code: str
    wait: Since
    since: str
    name_vi: str
    fields: list[str]


class RecordList(BaseModel):
    """A page of records, by code; a filter may leave few of it, `next` says whether there is more."""

    records: list[RecordRow]
    next: str | None


class VersionName(Strict):
    """A version."""

    code: Code
    version: int = Field(ge=1, le=999_999)


type Names = Annotated[list[VersionName], Field(min_length=1, max_length=AT_ONCE)]


class DraftsBody(Strict):
    """National records of which drafts are begun: the codes of their procedures."""

    codes: list[Code] = Field(min_length=1, max_length=AT_ONCE)


class HandoversBody(Strict):
    """Drafts that are handed over to review."""

    versions: Names
    only_whole: bool = Field(
        default=False, description="Those that something keeps from being published stay drafts, with what it is"
    )


class ReviewsBody(Strict):
    """One review of some versions, as of each alone: nobody reviews what they wrote."""

    versions: Names
    accepted: bool
    findings: list[FindingBody] = Field(default=[], max_length=50)


class PublicationsBody(Strict):
    """From when some reviewed versions are in force."""

    versions: Names
    effective_from: date = Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1), description="First day in Viet Nam")


class Fault(BaseModel):
    """A place of a version and the rule that it breaks."""

    pointer: str
    rule: str
    message: str


class VersionVerdict(BaseModel):
    """What became of one version."""

    code: str
    version: int | None = Field(description="Of a draft that was not begun: the one that is open already; null: none")
    done: bool
    status: Literal["draft", "review", "published", "replaced", "withdrawn"] | None = Field(
        description="As it stands now; null: refused"
    )
    refusal: str | None = Field(description="Code of the refusal, as of the version alone; null: done")
    title: str | None
    errors: list[Fault]
    problems: list[ProblemView] = Field(
        description="What still keeps it from being published, where it was begun or handed over"
    )


class Verdicts(BaseModel):
    """A verdict for each version, in the order of the request."""

    done: int
    refused: int
    verdicts: list[VersionVerdict]
