"""What the one-stop flow takes and answers."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.lifecycle import HeldAnyway, SupplementReason
from chalicelib.contracts.vault import Provenance
from chalicelib.dossier.noticed import Beside
from chalicelib.kernel.words import BASIS, REASON
from chalicelib.onestop.counter_entry import EnteredView
from chalicelib.onestop.related import UNREADABLE, ChildView, ReadingView, StateView

NOTHING: Any = None
"""What a parameter is when it was not sent; its type is that of a value that was."""


class AskedItem(BaseModel):
    """One thing to supplement, in words for the applicant."""

    model_config = ConfigDict(extra="forbid", strict=True)
    target: str = Field(
        max_length=300,
        description="A component of the procedure by its code, or a field of its form by JSON Pointer",
        examples=["000.00.00.G15-KQ004389"],
    )
    reason: SupplementReason = Field(description="What is wrong with it; the last two: with a database")
    basis: Annotated[str, BASIS] = Field(max_length=500, description="The clause", examples=["Điều 9, NĐ 123/2015"])
    remedy: Annotated[str, REASON] = Field(
        max_length=2_000, description="What the applicant does", examples=["Nộp bản chụp rõ cả hai mặt giấy chứng sinh"]
    )
    by: Literal["applicant", "database"] = Field(
        default="applicant", description="Who mends it: the applicant, or whoever keeps the database"
    )
    despite: HeldAnyway | None = Field(
        default=None,
        description="Why it is asked for though the applicant's store holds it: sector law wants it, or what is held"
        " cannot be reached, is wrong, or is about another matter; null: it is not held",
    )


class AskSupplement(BaseModel):
    """Everything that is missing, once and completely."""

    model_config = ConfigDict(extra="forbid", strict=True)
    items: list[AskedItem] = Field(max_length=100, description="Each thing, once")
    override: Annotated[str, REASON] = Field(default="", max_length=2000, description="Why again; by another officer")


class CompleteTask(BaseModel):
    """An officer's outcome of a task, and what it needs."""

    model_config = ConfigDict(extra="forbid", strict=True)
    outcome: Literal[
        "accepted",
        "forwarded",
        "verified",
        "approved",
        "agreed",
        "disagreed",
        "supplement",
        "refused",
        "stopped",
        "kept",
        "upheld",
        "dismissed",
    ]
    note: str = Field(default="", max_length=500)
    reason: Annotated[str, REASON] = Field(
        default="",
        max_length=2_000,
        description="With `refused`, `kept`, `disagreed`, `upheld`, `dismissed`: why, in plain words",
        examples=["Nơi cư trú của cha mẹ không thuộc xã này"],
    )
    basis: Annotated[str, BASIS] = Field(
        default="", max_length=500, description="With `refused`: the clause", examples=["Điều 13"]
    )
    supplement: AskSupplement | None = Field(default=None, description="With the outcome `supplement`")
    authorisation: str | None = Field(
        default=None,
        max_length=64,
        description="With `accepted`, of what a stranger brought for a person: the scan of the paper by which they may;"
        " of what came by post: of the form that the applicant signed, or of the envelope",
    )


class ClaimView(BaseModel):
    """Who has a task, and since when."""

    officer: str = Field(description="The officer by their record", examples=["9f86d081884c7d659a2feaa0c55ad015"])
    name: str = Field(description="Their name; empty: nobody said it when it was given", examples=["Phan Lượng"])
    at: str
    assigned_by: str | None = Field(
        description="The supervisor by their record; null: they took it themselves",
        examples=["0f7c5a1d9b3e42688f0d1c2b3a495867"],
    )


class TaskView(BaseModel):
    """A task on an agency's list; `id` is what completes it."""

    id: str
    reference: str
    dossier_code: str | None = None
    procedure: str
    kind: str
    status: str
    opened_at: str
    due_at: str
    outcome: str | None = None
    done_at: str | None = None
    acted_for: str | None = Field(default=None, description="The absent officer whose deputy did it, by their record")
    claim: ClaimView | None = Field(default=None, description="Null: nobody took it, whoever comes first does it")
    above: str | None = Field(default=None, description="The agency above, where its own may not", examples=["H01"])


class DeskTask(TaskView):
    """A task with what an officer has to know before opening the dossier."""

    procedure_name: str | None = Field(description="Null: it cannot be read", examples=["Đăng ký khai sinh"])
    applicant: str | None = Field(
        description="Name of the applicant; null for who may not see the dossier, and once done", examples=["Trần Ngọc"]
    )
    late: bool = Field(description="Whether the due time passed before it was done", examples=[False])


class TaskQuery(BaseModel):
    """Which tasks."""

    kind: Literal["receive", "forward", "verify", "consult", "approve", "withdrawal", "objection"] = Field(
        default=NOTHING, description="Only tasks of this kind; without it, of each kind that my roles allow"
    )
    state: int = Field(
        default=NOTHING, ge=1, le=10, description="Only of dossiers in this state, by its code of the National Portal"
    )
    procedure: str = Field(default="", max_length=40, description="Only of this procedure", examples=["1.001193"])
    late: bool = Field(default=NOTHING, description="Only those whose due time passed, or with false the others")
    claimed: Literal["me", "nobody"] = Field(
        default=NOTHING, description="Only what I took (or who I stand in for), or what nobody took"
    )
    applicant: str = Field(
        default="", max_length=100, description="Only of applicants of this whole name, with or without its accents"
    )
    code: str = Field(
        default="",
        max_length=60,
        description="Only of the dossier of this code or reference; of my own agency day and serial are enough",
        examples=["20261125-0000001"],
    )
    cursor: str = Field(
        default="", max_length=4000, description="Where the list goes on: `next` of the page before, of the same list"
    )


class TaskList(BaseModel):
    """Open tasks of the officer's agency that their roles allow, those due first; `next` continues the list."""

    tasks: list[DeskTask]
    next: str | None = None


class Holding(BaseModel):
    """Who holds the dossier, since when, until when, and what comes next."""

    agency: str
    office: str
    task: str
    since: str
    due_at: str | None


class HeldBy(BaseModel):
    """Who has to act: the agency, by an officer who took the task, or the applicant."""

    by: Literal["agency", "applicant"] = Field(description="Whether the agency has to act, or waits for the applicant")
    officer: str | None = Field(description="Who took the task; null: nobody did", examples=["Lý Oanh"])
    officer_since: str | None = Field(
        description="Since when they have it; null: nobody took it", examples=["2026-11-25T09:00:00+07:00"]
    )


class ReusedView(BaseModel):
    """The document of the applicant's store by which a component is satisfied."""

    document: str = Field(description="Its name in the store", examples=["H01.10.24-20261125-0000001-KQ1"])
    title: str
    issuer: str = Field(description="The agency that issued or converted it", examples=["H01.10.24"])
    provenance: Provenance = Field(description="How it came to be", examples=["CONVERTED_SIGNED"])
    fell_away: Literal["withdrawn", "replaced"] | None = Field(
        description="Why it is worth nothing any more; null: it stands"
    )


class ComponentView(BaseModel):
    """A component as it was received, and what its digitisation came to."""

    id: str
    code: str
    filename: str
    media_type: str
    size: int
    sha256: str
    origin: str
    digitisation: dict[str, Any]
    reused: ReusedView | None = Field(
        default=None,
        description="The document of the applicant's store by which it is satisfied; null: it was handed in",
    )
    superseded_by: str | None = Field(
        default=None,
        description="The component that a supplement brought instead; this one is kept and not used",
        examples=["3f9a0c61d2b84e57"],
    )


class PaperReceived(BaseModel):
    """A component that came on paper, and whether its scan arrived."""

    component: str
    name: str = Field(description="Name of the component", examples=["Giấy chứng sinh"])
    originals: int
    copies: int
    note: str = ""
    status: Literal["awaited", "arrived", "exempt"] = Field(
        description="Whether its scan is awaited before the approval, arrived, or need not be made"
    )


class FiledBy(BaseModel):
    """Who files for the holder, by which right, and through which portal."""

    name: str | None = Field(description="Null: the holder, through a portal")
    representation: str | None = None
    kind: Literal["mandate", "parent", "guardian"] | None = None
    holds: bool | None = Field(default=None, description="Whether they may act for the holder still")
    portal: str | None = None


class DossierView(BaseModel):
    """A dossier as its holder and its officers see it."""

    reference: str
    dossier_code: str | None
    procedure: str
    procedure_version: int = Field(description="The version that it was filed under, and stays on", examples=[1])
    procedure_name: str
    holder_name: str
    filed_by: FiledBy | None = Field(description="Null: the holder came alone")
    co_holders: list[str] = Field(description="Names of those who hold it together with the holder")
    service_channel: str | None = Field(
        description="The channel by which it came; null: an earlier release did not ask"
    )
    channel: str = Field(description="How it came: ONLINE, DIRECT or POSTAL", examples=["ONLINE"])
    state: StateView
    holding: Holding
    held_by: HeldBy = Field(description="Who has to act: the applicant, or the agency and its officer")
    submitted_at: str
    accepted_at: str | None
    due_at: str | None
    form: dict[str, Any]
    components: list[ComponentView]
    papers: list[PaperReceived] = Field(description="What came on paper; none of what was filed online")
    readings: list[ReadingView] = Field(
        default=[], description="Digitised papers: what they say of what the form asks, and where the form differs"
    )
    receipt: str | None = Field(description="Name of the signed receipt (form 01) among the messages")
    results: list[str]
    vault_document: str | None
    corrects: str | None = Field(
        default=None, description="The dossier whose error it mends", examples=["MC-7K3D9M2QW8XZ4T1B"]
    )
    corrected_by: list[str] = Field(
        default=[], description="The dossiers that mend an error in its result", examples=[["MC-7K3D9M2QW8XZ4T1B"]]
    )
    parent: str | None = Field(default=None, description="The bundle that started it", examples=["MC-7K3D9M2QW8XZ4T1B"])
    leg: str | None = Field(default=None, description="By which leg of it", examples=["1-residence"])
    waits_for: str | None = Field(
        default=None,
        description="The correction of an earlier child's result that it waits for",
        examples=["MC-7K3D9M2QW8XZ4T1B"],
    )
    children: list[ChildView] = Field(default=[], description="Of a bundle: its legs and the dossiers they started")
    version: int
    unreadable: list[str] = UNREADABLE


class DossierRow(BaseModel):
    """A line of my dossiers."""

    reference: str
    dossier_code: str | None = None
    procedure: str
    state: StateView | None
    due_at: str | None = None


class DossierList(BaseModel):
    """My drafts and dossiers, the newest first."""

    dossiers: list[DossierRow]
    withheld: int = Field(default=0, description="How many of this page a higher level of identity would show")
    next: str | None = None


class Duplicate(BaseModel):
    """Another open dossier of the same holder and procedure."""

    reference: str
    dossier_code: str | None
    state: StateView
    submitted_at: str
    due_at: str | None


class DuplicateList(BaseModel):
    """Other open dossiers of the same matter, the newest first."""

    dossiers: list[Duplicate]


class NoticeView(BaseModel):
    """A notice of a change of state with the facts Decree 224/2026 Art. 15(1)(g) asks for."""

    at: str
    about: Literal["state", Beside] = Field(
        default="state",
        description=(
            "A change of state, a new due date, a correction, another agency that receives, originals to fetch, a task"
            " that lies, the answer to an objection, where an officer entered that the result goes, who took a paper"
            " result, a signed paper withdrawn, papers in your name, a scan put in or taken out, the draft and its"
            " confirmation, an original that moved, an agency asked for its opinion, an erasure of what was said"
        ),
        examples=["state"],
    )
    state: StateView
    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None = Field(description="When the result is due; in state 1, when reception answers")
    reason: str | None = Field(default=None, description="Why, in words, where somebody owes it or gave it")
    entered: EnteredView | None = Field(
        default=None, description="Of an answered supplement, what an officer entered for the applicant, field by field"
    )


class NoticeList(BaseModel):
    """One notice a transition, and one a new due date, in order, and for whom."""

    holder_name: str | None = Field(description="Null: the dossier was erased")
    filed_by: FiledBy | None = Field(description="Null: the holder came alone")
    notices: list[NoticeView]
    unreadable: list[str] = UNREADABLE


class SlipRow(BaseModel):
    """A row of the control slip (form 06)."""

    giver: str
    receiver: str
    at: str
    due_at: str
    result: str
    note: str


class Slip(BaseModel):
    """The control slip."""

    rows: list[SlipRow]


class DueView(BaseModel):
    """The due date and why: every day counted or not, the readings taken, the clauses.

    `due_at` is what was told last: on the receipt, or when a notice moved it. `explanation` follows from the rules that
    were in force when the dossier was accepted (`rule_pack`), and from the calendar as it is known today; `clock` from
    these and all that happened since: stops, a new beginning, an extension; each interval counted or not, and why.
    """

    due_at: str
    erased_at: str | None = None
    rule_pack: str = Field(
        description="The rules of its acceptance: later ones do not change it", examples=["vn-2026-09-28"]
    )
    explanation: dict[str, Any]
    clock: dict[str, Any] = Field(description="Each interval since its acceptance, counted or not, and by which clause")
    line: dict[str, Any] | None = Field(
        default=None,
        description="Which line of the term was taken, of how many, in the record's words, and why; null: one for all",
    )


class FileLink(BaseModel):
    """A link to a file that lives some minutes, with the hash it must have."""

    url: str
    sha256: str
    size: int
    media_type: str
