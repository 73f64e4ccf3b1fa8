"""Officers as an administrator sends and reads them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.kernel.words import SIGN
from chalicelib.law.codes import LINE

type Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2026-12-01"])]
type RoleName = Literal[
    "reception", "processing", "leader", "scanning", "editor", "reviewer", "publisher", "administrator"
]
type TaskKind = Literal["receive", "forward", "verify", "consult", "approve", "withdrawal", "objection"]
type OfficerId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
type PersonalNumber = Annotated[str, Field(pattern=r"^[0-9]{12}$", examples=["001195012345"])]
type Area = Annotated[str, Field(min_length=1, max_length=35), SIGN]


class Strict(BaseModel):
    """A body that takes no unknown name."""

    model_config = ConfigDict(extra="forbid", strict=True)


class RoleBody(Strict):
    """A role and its days."""

    role: RoleName
    valid_from: Day
    valid_to: Day | None = Field(default=None, description="The first day on which it is no more")


class CertificateBody(Strict):
    """A signing certificate."""

    serial: str = Field(min_length=1, max_length=80, pattern=f"^{LINE}$", description="Its serial number")
    valid_from: Day
    valid_to: Day | None = Field(default=None, description="The first day on which it is no more")


class EnrolOfficer(Strict):
    """An officer to be enrolled; their roles are proposed until another administrator confirms them."""

    subject: str = Field(min_length=1, max_length=200, pattern=f"^{LINE}$", description="`sub` of their tokens")
    name: str = Field(min_length=1, max_length=200, pattern=f"^{LINE}$")
    roles: list[RoleBody] = Field(max_length=40)
    kinds: list[TaskKind] = Field(default=[], max_length=7, description="Kinds of tasks; none named means all")
    areas: list[Area] = Field(default=[], max_length=50, description="Agencies or areas; none named means all")
    position: str = Field(default="", max_length=200, pattern=f"^{LINE}$")
    certificate: CertificateBody | None = None
    personal_id: PersonalNumber | None = Field(default=None, description="Kept as a keyed hash alone")


class ChangeOfficer(Strict):
    """What is to be otherwise; what is left out stays as it is."""

    name: str | None = Field(default=None, min_length=1, max_length=200, pattern=f"^{LINE}$")
    roles: list[RoleBody] | None = Field(default=None, max_length=40)
    kinds: list[TaskKind] | None = Field(default=None, max_length=7)
    areas: list[Area] | None = Field(default=None, max_length=50)
    position: str | None = Field(default=None, max_length=200, pattern=f"^{LINE}$")
    certificate: CertificateBody | None = None
    personal_id: PersonalNumber | None = Field(default=None, description="Kept as a keyed hash alone")


class ConfirmOfficer(Strict):
    """A second administrator confirms what they read."""

    version: int = Field(ge=1, description="The version of the record in which it was proposed")


class DeclareAbsence(Strict):
    """Days of absence, and who does the work."""

    valid_from: Day
    valid_to: Day = Field(description="The first day on which they are there again")
    deputy: OfficerId | None = Field(default=None, description="An officer of the same agency")


class ComeBack(Strict):
    """An absence that ends."""

    on: Day = Field(description="The first day on which they are there again, today or later")


class LeaveOffice(Strict):
    """An officer who leaves."""

    left_on: Day = Field(description="The first day on which they act no more")
    hand_over_to: OfficerId = Field(description="The colleague who takes over")


class ImportRow(Strict):
    """A row of a file: a joiner, or with `left_on` a leaver; lists are separated by spaces."""

    subject: str | None = Field(default=None, max_length=300)
    name: str | None = Field(default=None, max_length=300)
    roles: str | None = Field(default=None, max_length=300)
    valid_from: Day | None = None
    valid_to: Day | None = None
    kinds: str | None = Field(default=None, max_length=100)
    areas: Annotated[str | None, SIGN] = Field(default=None, max_length=300)
    position: str | None = Field(default=None, max_length=300)
    certificate: str | None = Field(default=None, max_length=80, description="Serial number of the certificate")
    certificate_from: Day | None = None
    certificate_to: Day | None = None
    left_on: Day | None = None
    hand_over_to: str | None = Field(default=None, max_length=300, description="Subject of who takes over")
    personal_id: PersonalNumber | None = Field(default=None, description="Kept as a keyed hash alone")


class ImportOfficers(Strict):
    """Joiners and leavers, as the text of a CSV file or as rows with the same columns."""

    csv: str = Field(default="", max_length=150_000)
    rows: list[ImportRow] = Field(default=[], max_length=200)


class RowVerdict(BaseModel):
    """What became of a row."""

    place: str = Field(description="`/csv/<line>` or `/rows/<place>`")
    verdict: Literal["enrolled", "proposed", "numbered", "left", "unchanged", "refused"]
    officer: str
    code: str | None = Field(default=None, description="Why it was refused")


class Effect(BaseModel):
    """Whether what is kept of an agency's officers counts."""

    in_effect: bool = Field(description="Whether my agency's officers act as enrolled here, and not by their tokens")
    no_effect_vi: str | None = Field(default=None, description="Why it has no effect, where it has none")
    no_effect_en: str | None = Field(default=None, description="The same in English")


class ImportReport(Effect):
    """What became of each row."""

    rows: list[RowVerdict]


class RoleView(BaseModel):
    """A role of an officer; one that is not confirmed is not held."""

    role: str
    valid_from: str
    valid_to: str | None = None
    confirmed: bool
    proposed_by: str = Field(default="", description="The administrator's record, or `operator`")
    confirmed_by: str = Field(default="", description="The administrator's record, or `operator`")


class CertificateView(BaseModel):
    """A signing certificate."""

    serial: str
    valid_from: str
    valid_to: str | None = None


class AbsenceView(BaseModel):
    """An absence; `grave` once a second administrator confirmed that the deputy does dangerous acts too."""

    valid_from: str
    valid_to: str | None = None
    deputy: str | None = None
    grave: bool


class StandInView(BaseModel):
    """For whom an officer works while they are absent."""

    officer: str
    valid_from: str
    valid_to: str | None = None


class DepartureView(BaseModel):
    """An administrator's absence (its days and deputy) or leaving, as another administrator proposed it."""

    by: str = Field(description="The record of who proposed it")
    absence: AbsenceView | None = Field(default=None, description="The absence; null: they are to leave")
    left_on: str | None = None
    hand_over_to: str | None = None


class WorkView(BaseModel):
    """Kinds of tasks and areas that wait for a second administrator; none named means all."""

    kinds: list[str] = Field(examples=[["verify", "approve"]])
    areas: list[str] = Field(examples=[[]])


class OfficerView(Effect):
    """An officer of my agency."""

    id: str = Field(description="Their record: a keyed hash of the subject of their tokens")
    name: str
    subject: str
    agency: str
    roles: list[RoleView]
    acts_as: list[str] = Field(description="What they act as today by their own right")
    kinds: list[str]
    areas: list[str]
    position: str
    certificate: CertificateView | None = None
    absences: list[AbsenceView]
    stands_in: list[StandInView]
    waits: bool = Field(description="Whether something waits for a second administrator")
    departure: DepartureView | None = Field(default=None, description="An absence or leaving that waits for one")
    name_proposed: str | None = Field(
        default=None, description="A name that waits for a second administrator", examples=["Nguyễn Thị Bích Ngọc"]
    )
    work: WorkView | None = Field(
        default=None, description="Further kinds or areas that wait for one, all of them named"
    )
    left_on: str | None = None
    hand_over_to: str | None = None
    number_known: bool = Field(description="Whether their personal number is known: confirmed here, or by their token")
    number_waits: bool = Field(description="Whether a personal number waits for a second administrator")
    number_differs: bool = Field(
        description="Whether their token said at an act a personal number that is not, and was not, on this list"
    )
    version: int


class OfficerQuery(BaseModel):
    """Which page, and of whom: a page that is narrowed may be short, and go on."""

    number_known: bool | None = Field(default=None, description="Only those whose personal number is known, or is not")
    number_differs: bool | None = Field(
        default=None, description="Only those whose token said another number than the list, or those whose did not"
    )
    cursor: str = Field(default="", max_length=4000, description="Where the list goes on: `next` of the page before")


class OfficerList(BaseModel):
    """A page of my agency's officers."""

    officers: list[OfficerView]
    next: str | None = None


class UnmannedQueue(BaseModel):
    """A queue with open tasks that nobody enrolled may do today."""

    agency: str
    kind: str
    due_at: str = Field(description="When the task is due that is due first")


class UnmannedList(BaseModel):
    """What is stuck unless somebody is enrolled for it."""

    kept: bool = Field(description="Whether my agency's officers act as enrolled here, and not by their tokens")
    queues: list[UnmannedQueue]
