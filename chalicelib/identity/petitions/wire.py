"""What people and officers send and are told of petitions and complaints."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.petitions import (
    ErasureGround,
    PetitionAbout,
    PetitionAct,
    PetitionGround,
    PetitionKind,
    PetitionStep,
)
from chalicelib.identity.petitions.items import State
from chalicelib.kernel.words import BASIS, REASON
from chalicelib.law.codes import LINE

AGENCY = r"^[A-Z0-9][A-Z0-9.]{0,39}$"
DOSSIER = r"^MC-[0-9A-Z]{16}$"
PETITION = r"^PK-[0-9A-HJKMNP-TV-Z]{16}$"


REQUEST = r"^DR-[0-9A-HJKMNP-TV-Z]{16}$"


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class FilePetition(Strict):
    """A petition or a complaint to an agency."""

    kind: PetitionKind
    about: PetitionAbout
    agency: str = Field(pattern=AGENCY, description="To which agency", examples=["H01.10.24"])
    words: str = Field(min_length=1, max_length=8000, description="In one's own words")
    earlier: str | None = Field(
        default=None,
        pattern=PETITION,
        description="Of a second complaint: the first one, which ended or was not settled in time",
    )
    dossier: str | None = Field(
        default=None,
        pattern=DOSSIER,
        description="The dossier of one's own that it is about: that counts once for the agency that decides it",
    )
    officer: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        pattern=f"^{LINE}$",
        description="Name of the officer whom it is about: they do not deal with it",
    )


class SupplyPetition(Strict):
    """What the agency asked for."""

    words: str = Field(min_length=1, max_length=8000, description="In one's own words")


class WithdrawPetition(Strict):
    """Withdraw it."""


class TakeUpPetition(Strict):
    """Say that the agency answers it."""


class ForwardPetition(Strict):
    """Send it to the agency that is competent."""

    to: str = Field(pattern=AGENCY, description="Which agency", examples=["H01.10.24"])


class AskPetition(Strict):
    """Ask the person for more, once."""

    words: str = Field(min_length=1, max_length=4000, description="What, in words that a citizen understands")


class ProlongPetition(Strict):
    """Find a complaint complex, in writing."""

    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=4000, description="Why, in words that a citizen understands"
    )


class AnswerPetition(Strict):
    """Answer it."""

    words: str = Field(min_length=1, max_length=8000, description="The answer, or the decision on a complaint")
    basis: Annotated[str, BASIS] = Field(default="", max_length=300, description="The clause, where there is one")


class RefusePetition(Strict):
    """Do not deal with it."""

    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=4000, description="Why, in words that a citizen understands"
    )
    basis: Annotated[str, BASIS] = Field(min_length=1, max_length=300, description="The clause by which")


class PublishPetition(Strict):
    """Let everybody read it: without names, and without anything by which the person is known."""

    question: str = Field(min_length=1, max_length=4000, description="What was asked, in the agency's words")
    answer: str = Field(min_length=1, max_length=8000, description="What was answered, in the agency's words")


class WithholdPetition(Strict):
    """Say why the answer is not for everybody."""

    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=2000, description="Why, such as that it would show who asked"
    )


class RetractPetition(Strict):
    """Take back what was published."""

    ground: PetitionGround = Field(description="On which ground, for the log")
    reason: Annotated[str, REASON] = Field(
        min_length=1, max_length=2000, description="Why, in words; they are kept in the record"
    )


class RetractedPetition(BaseModel):
    """That it is public no more."""

    id: str
    agency: str
    retracted_at: str


class ErasePetition(Strict):
    """Propose that the words of what ended be erased."""

    ground: ErasureGround = Field(description="The person asked for it, or the time is over for which it is kept")
    basis: Annotated[str, BASIS] = Field(
        min_length=1,
        max_length=300,
        description="The clause or decision by which; without personal data",
    )
    request: str | None = Field(
        default=None, pattern=REQUEST, description="With `request`: the request for deletion of who filed it"
    )


class DecideErasure(Strict):
    """Confirm or decline what another officer proposed."""

    proposed_at: str = Field(max_length=40, description="`at` of the proposal that was read")
    decision: Literal["confirm", "decline"]


class ErasureView(BaseModel):
    """What was erased, on which ground and basis, when."""

    at: str
    ground: ErasureGround | None = None
    basis: str | None = None
    request: str | None = None
    told_vi: str
    told_en: str


class ProposedErasureView(BaseModel):
    """An erasure that waits for a second officer."""

    at: str
    ground: ErasureGround
    basis: str
    request: str | None = None


class PetitionView(BaseModel):
    """A petition or complaint.

    What anybody wrote, and who filed it, are told to who filed it and to the officer who reads it: the answer to an act
    of an officer carries none of it (null), though it is told again.
    """

    id: str
    kind: PetitionKind
    about: PetitionAbout
    instance: int
    earlier: str | None = None
    dossier: str | None = Field(default=None, description="The dossier that it is about, where it names one")
    agency: str
    progress: State
    name: str | None = None
    words: str | None = None
    officer: str | None = Field(default=None, description="The officer whom it names")
    officer_unmatched: bool = Field(
        default=False,
        description="Whether that name is nobody's on the list of its agency: the agency above deals with it then",
    )
    filed_at: str
    came_at: str
    owes: PetitionStep | None = None
    due_at: str | None = None
    late: bool
    missed: list[PetitionStep]
    taken_up_at: str | None = None
    asked_at: str | None = None
    asked_until: str | None = None
    question: str | None = None
    supplied_at: str | None = None
    supplied: str | None = None
    complex_why: str | None = None
    ended_at: str | None = None
    answer: str | None = None
    basis: str | None = None
    published_at: str | None = None
    public: bool = False
    withheld_why: str | None = None
    retracted_at: str | None = None
    retracted_why: str | None = None
    agencies_before: list[str]
    erased_at: str | None = None
    erasure: ErasureView | None = None
    proposed_erasure: ProposedErasureView | None = None


class PetitionNotice(BaseModel):
    """What an agency did, with the five facts of a notice."""

    about: PetitionAct
    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None
    to: str | None
    basis: str | None = None


class PetitionNoticeList(BaseModel):
    """The notices of a petition or complaint."""

    notices: list[PetitionNotice]


class PetitionList(BaseModel):
    """A page of petitions and complaints."""

    petitions: list[PetitionView]
    next: str | None = None


class ForwardedPetition(BaseModel):
    """Where it went."""

    id: str
    to: str
    due_at: str | None


class OwedPetition(BaseModel):
    """One that an agency has to do something about, or is late with: no name and no words."""

    id: str
    kind: PetitionKind
    about: PetitionAbout
    agency: str
    progress: State
    came_at: str
    owes: PetitionStep | None
    due_at: str | None
    erasure_proposed_at: str | None = None


class OwedList(BaseModel):
    """A page of what an agency has to do, or is late with."""

    petitions: list[OwedPetition]
    next: str | None = None


class PublicAnswer(BaseModel):
    """What was asked of an agency and what it answered, in its words."""

    agency: str
    question: str
    answer: str
    at: str


class PublicAnswerList(BaseModel):
    """A page of public answers, the newest first."""

    answers: list[PublicAnswer]
    next: str | None = None


class OwedQuery(BaseModel):
    """Which of my agency's."""

    model_config = ConfigDict(extra="forbid")
    late: Literal["true", "false"] = Field(default="false", description="Those alone whose time passed")
    cursor: str = Field(default="", max_length=4000, description="`next` of the page before")


class LateQuery(BaseModel):
    """Of which agency."""

    model_config = ConfigDict(extra="forbid")
    agency: str = Field(pattern=AGENCY, description="My agency, or one below it", examples=["H01.10.24"])
    cursor: str = Field(default="", max_length=4000, description="`next` of the page before")


class PublicQuery(BaseModel):
    """Of which agency."""

    model_config = ConfigDict(extra="forbid")
    agency: str = Field(pattern=AGENCY, description="Which agency answered", examples=["H01.10.24"])
    cursor: str = Field(default="", max_length=2000, description="`next` of the page before")
