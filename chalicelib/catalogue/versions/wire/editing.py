"""What those who keep the catalogue send and read."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.wire import Strict
from chalicelib.catalogue.versions.wire.facts import FactsBody
from chalicelib.kernel.words import REASON


class StartVersion(Strict):
    """Where a new draft begins."""

    based_on: Literal["record", "current", "review", "facts"] = Field(
        description="The national record, the version in force, what the restructuring review proposes, or `facts`"
    )
    facts: FactsBody | None = Field(default=None, description="For a service without a national record")


class VersionBody(Strict):
    """The facts and the form of a draft, whole."""

    facts: FactsBody
    form: dict[str, Any] | None = Field(default=None, description="Null: a plain form is made from the components")


class FindingBody(Strict):
    """What a reviewer found on one criterion of the quality list."""

    criterion: str = Field(max_length=100)
    answer: Literal["met", "not_met", "not_applicable"]
    note: str = Field(default="", max_length=2000)


class ReviewBody(Strict):
    """A review against the quality list, or the version back to its author (Decree 137/2024 Art. 8(2))."""

    accepted: bool
    findings: list[FindingBody] = Field(default=[], max_length=50)


class PublicationBody(Strict):
    """From when a reviewed version is in force."""

    effective_from: date = Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1), description="First day in Viet Nam")


class WithdrawalBody(Strict):
    """Why a version is taken back."""

    reason: Annotated[str, REASON] = Field(min_length=10, max_length=1000)


class Act(BaseModel):
    """Who did what, when."""

    by: str
    at: str


class ReviewView(BaseModel):
    """A recorded review."""

    by: str
    at: str
    findings: list[FindingBody]


class TakeBackView(Act):
    """That a publisher would take the version back; it is in force until another one says so too."""

    reason: str


class VersionRow(BaseModel):
    """A version in the list."""

    version: int
    status: Literal["draft", "review", "published", "replaced", "withdrawn"]
    effective_from: str | None
    effective_to: str | None
    author: Act
    review: ReviewView | None
    returned: ReviewView | None = Field(description="Why it was last sent back to its author")
    publisher: Act | None
    take_back: TakeBackView | None = Field(default=None, description="What waits for a second publisher")


class Change(BaseModel):
    """One difference: to the version in force, or to the record of the import before."""

    pointer: str
    before: Any
    after: Any
    touches: str


class ImportView(BaseModel):
    """When the national record was imported as it is, and what that changed."""

    at: str
    before: str | None = Field(
        description="When the record before was imported; null: there was none, or it was not kept"
    )
    changes: list[Change] = Field(description="What changed since then")


class Versions(BaseModel):
    """Every version of a procedure, and its national record."""

    code: str
    versions: list[VersionRow]
    record: dict[str, Any] | None
    imported: ImportView | None = Field(description="The last import that changed the record; null: no record")


class ProblemView(BaseModel):
    """What still keeps a version from being published, by its place and rule."""

    pointer: str
    rule: str
    message: str
    severity: Literal["error", "warning"]


class VersionView(VersionRow):
    """A version, whole."""

    code: str
    facts: dict[str, Any]
    form: dict[str, Any]
    problems: list[ProblemView] = Field(description="What still keeps it from being published")


class TouchedView(BaseModel):
    """A running dossier that a change would touch, and in what."""

    reference: str
    version: int
    touches: list[str]


class DiffView(BaseModel):
    """What a version changes, and the running dossiers that such a change would touch; they stay on theirs."""

    code: str
    version: int
    against: int | None
    changes: list[Change]
    running: list[TouchedView]
    running_listed: int = Field(description="How many running dossiers were looked at: not all of very many are")


class Empty(Strict):
    """Nothing has to be said."""
