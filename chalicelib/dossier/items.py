"""The items of a dossier as types, from its draft to its return. Pure.

Sort keys are built here alone; what is called `sealed` is personal data, under a key of its dossier (`sealing`).
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec

from chalicelib.contracts.digitisation import Digitisation, SignatureSeen
from chalicelib.contracts.messages import SignedFile
from chalicelib.contracts.onestop import LegOutcome
from chalicelib.contracts.stored import Moment, Stored
from chalicelib.contracts.submission import FiledGiven
from chalicelib.dossier.broken_rules import FieldProblem
from chalicelib.dossier.claims import UNHELD, Asked, Claim, sought_list, worklist
from chalicelib.dossier.hands import Hand
from chalicelib.dossier.holding import Acting, CoHolder
from chalicelib.dossier.marks import Above, ResultFault, TakenLine
from chalicelib.dossier.reused import Reused
from chalicelib.kernel import record
from chalicelib.law.states import TERMINAL, DossierState

DRAFT: Final = 0
"""HEAD's state before the submission; from 1 on it is a state of the National Portal (`law.states`)."""

NEVER: Final = "-"
"""When something expires that does not: the release before demands the field, and the index takes no empty text."""

type StateNumber = Annotated[int, msgspec.Meta(ge=DRAFT, le=int(max(DossierState)))]
"""A draft's, or that of a state: another one no release of ours wrote."""
type TaskKind = Literal[
    "receive", "verify", "approve", "consult", "withdrawal", "supplement", "payment", "confirm", "forward", "child",
    "reconcile", "objection",
]  # fmt: skip
"""What somebody has to do: officers, or the applicant (APPLICANTS); `child` waits for the child dossier of a leg."""

APPLICANTS: Final[frozenset[TaskKind]] = frozenset({"supplement", "payment", "confirm"})
"""Tasks of the applicant: their due time is the end of a window, and an agency's list shows who waits for whom."""
WAITS: Final[frozenset[TaskKind]] = APPLICANTS | {"child", "reconcile"}
"""Tasks that something else ends than their completion (`reconcile`: a second officer confirms a payment)."""
ASIDE: Final[frozenset[TaskKind]] = frozenset({"reconcile", "objection"})
"""Tasks that hold nothing at all: the dossier goes on beside them, and has its own clock."""
AWAITED: Final[Mapping[int, TaskKind]] = {5: "supplement", 6: "payment", 7: "withdrawal"}
"""The task that a dossier waits for in a state of the National Portal; what was open before waits with it."""
type UploadStatus = Literal["pending", "accepted", "refused"]


class Head(record.Head, frozen=True, kw_only=True):
    """HEAD of a draft and of the dossier that it becomes; times are stored stamps (UTC)."""

    shape = 1

    state: StateNumber
    procedure: str
    procedure_version: int
    agency: str
    holder: str
    sealed: str
    channel: str
    mine_sk: str
    expires_at: str = ""
    """Until when a draft is kept; NEVER of what was submitted, nothing in what some earlier releases wrote."""
    mine_pk: str = ""
    exp_pk: str | None = None
    """The list of drafts that expire; None of what was submitted, and in drafts of releases that let none expire."""
    expired_at: Moment | None = None
    open_pk: str | None = None
    """Its place among those that did not end; what an earlier release wrote last has none."""
    form_version: int = 0
    form_sha256: str | None = None
    submitted_at: Moment | None = None
    attempt: int = 0
    dossier_code: str | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    rule_pack: str | None = None
    approver: str | None = None
    """Of releases that kept it here: now it stands with the leg, so that HEAD stays under a kilobyte."""
    approved_at: Moment | None = None
    """Until it is returned."""
    decided_at: Moment | None = None
    number: str | None = None
    processed_at: Moment | None = None
    """Of releases that kept it here: nothing reads it, and the log says it."""
    returned_at: Moment | None = None
    vault_document: str | None = None
    erased_at: Moment | None = None
    """When the keys that it sealed under were destroyed."""
    waits_for_preview: bool = False
    """Whether its result is drawn before it is approved: not of what an earlier release accepted, nor once decided."""
    result_fault: ResultFault | None = None
    term_line: TakenLine | None = None
    """None where the term has one text for everybody."""
    back_to: int | None = None
    """The state that it goes back to from a supplement or a payment; None where it waits for none."""
    withdrawn_from: int | None = None
    """The state that it goes back to when a withdrawal is refused: in it, it may have waited for something before."""
    withdrawing: tuple[str, ...] | None = None
    """Which of those who hold it together asked to withdraw it (keyed hashes), until all did."""
    corrects: str | None = None
    """The dossier whose error it mends."""
    corrected_by: tuple[str, ...] | None = None
    """The dossiers that mend an error found in this one's result."""
    parent: str | None = None
    leg: str | None = None
    """The bundle whose leg started it; None of a dossier of its own."""
    waits_for: str | None = None
    """The correction of an earlier child's result that it waits for."""
    apology_owed_at: Moment | None = None
    """When its agency was told that the last moment for an apology comes."""
    competent: str | None = None
    """The agency that decides, where it is not the one before which the dossier was filed."""
    participants: tuple[str, ...] | None = None
    """Other agencies that have, or had, a part of it, or were asked for their opinion."""
    acting: Acting | None = None
    """None where the holder files alone."""
    co_holders: tuple[CoHolder, ...] | None = None
    organ: str | None = None
    """The person (keyed hash) who acted for an organisation, or brought the papers; None where nobody did."""
    also: tuple[str, ...] | None = None
    """Keyed hashes, as of citizens, of the numbers by which foreigners hold or file it; None where they say none."""
    named: str | None = None
    """Whom its form names by a personal number (`form_people`); None where nobody else, and of earlier releases."""
    above: tuple[Above, ...] | None = None
    """Where tasks stand that nobody of their agency may do; None: each stands with its own agency."""
    portal: str | None = None
    """The portal that filed it for somebody, by its client id; None where they came themselves."""
    has_originals: bool | None = None
    """Whether paper originals of it were not returned yet; None of what never had any."""
    awaits: tuple[str, ...] | None = None
    """Destinations beside the vault that its return waits for; empty once all have it, None where there were none."""
    paper_result: str | None = None
    """The component that is its result, signed by hand and handed in by who decides; None where none is, or yet."""
    paper_dropped_by: Hand | None = None
    """Who scanned that result; None of one that a system dropped, and of earlier releases."""
    paper_signed_by: Hand | None = None
    """Who signed its digitised copy; None before it is a data message, and of earlier releases."""
    so_pk: str | None = None
    """Where it is found by its applicant's name, until it is decided; none in what an earlier release opened."""
    wl_sk: str | None = None

    @property
    def reference(self) -> str:
        """The reference, from the draft on."""
        return self.pk

    @property
    def min_level(self) -> int | None:
        """The level of identity that its procedure asks for; None in what the release before opened."""
        return level_in(self.mine_sk)

    @property
    def has_ended(self) -> bool:
        """Whether nothing happens to it any more."""
        return self.state in TERMINAL

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed by its holder."""
        return self.state == DRAFT


class Approver(msgspec.Struct, frozen=True, kw_only=True):
    """The competent person, as HEAD keeps them encrypted; the first release kept the name only."""

    name: str
    id: str = ""


class FormItem(Stored, frozen=True, kw_only=True, omit_defaults=True):
    """The form as the server reads it (`sealed`) and in words (`answers`), both encrypted, and what it breaks.

    `asked` and `spared` are components of which the answers say whether they are asked for; None from a release that
    knew no such conditions. `fee_said` is what the answers say that a fee depends on: who submits cannot open `sealed`.
    """

    shape = 1

    sealed: str
    version: int
    answers: str | None = None
    errors: tuple[FieldProblem, ...] = ()
    warnings: tuple[FieldProblem, ...] = ()
    hidden: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None
    spared: tuple[str, ...] | None = None
    fee_said: tuple[FiledGiven, ...] | None = None
    named: str | None = None  # of one that is to be saved: HEAD keeps it, and no form


class Upload(Stored, frozen=True, kw_only=True):
    """A file that was announced, and its verdict; `size` in bytes, `body` a digest of what was announced."""

    shape = 1

    id: str
    component: str
    filename: str
    media_type: str
    size: int
    key: str
    body: str
    announced_at: str
    status: UploadStatus = "pending"
    version_id: str | None = None
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
    as_read: str | None = None
    """The item as it was read (`stored.AS_READ`), which is never written."""


class ResultItem(Stored, frozen=True, kw_only=True):
    """A signed result of the dossier."""

    shape = 1

    code: str
    key: str
    version_id: str
    sha256: str
    size: int
    title: str
    message: str


class Component(Stored, frozen=True, kw_only=True):
    """A file that passed the checks, by key, version and hash."""

    shape = 1

    id: str
    code: str
    filename: str
    key: str
    version_id: str
    size: int
    sha256: str
    media_type: str
    pages: int
    origin: Literal["upload", "drop", "result"]
    received_at: str
    digitisation: Digitisation
    warnings: tuple[str, ...] = ()
    superseded_by: str | None = None
    """The component that a supplement brought instead: this one is kept, and neither digitised nor printed."""
    sheets: int = 0
    """Pages at the beginning of the file that only part papers: `pages` does not count them."""
    signatures: tuple[SignatureSeen, ...] = ()
    """What the signatures of a born-digital file showed when it came in."""
    read_values: str | None = None
    """What was read on it that forms ask for, encrypted; None before it was converted, and of kinds that say none."""
    reused: Reused | None = None
    """None of what somebody handed in."""
    signed: ResultItem | None = None  # the data message of a paper result, once its agency signed it
    as_read: str | None = None
    """The item as it was read (`stored.AS_READ`), which is never written."""


class Slip(Stored, frozen=True, kw_only=True):
    """A row of the control slip (form 06): append-only, `result` is how the giver stood against its own deadline."""

    shape = 1

    giver: str
    receiver: str
    at: str
    due_at: str
    result: str
    note: str = ""


class Task(Stored, frozen=True, kw_only=True):
    """A step of a leg: open, then done once. `key` and `body` are digests of the request that completed it.

    `officer` is the keyed hash of who did it; empty in what the release before completed, which kept the name alone.
    `numbers` are the keyed hashes of their personal number, by which they are no other officer under another account.
    `acted_for` is that of the absent officer whose deputy did it.
    """

    shape = 1

    leg: str
    kind: TaskKind
    agency: str
    opened_at: str
    due_at: str
    procedure: str
    round: int = 1
    """How often a task of its kind was opened in its leg: after a supplement it is opened again."""
    reference: str = ""
    dossier_code: str | None = None
    status: Literal["open", "done"] = "open"
    version: int = 1
    outcome: str | None = None
    done_at: str | None = None
    by: str | None = None
    officer: str = ""
    numbers: tuple[str, ...] = ()
    key: str | None = None
    body: str | None = None
    overdue_at: str | None = None
    acted_for: str | None = None
    slip: Slip | None = None
    """Its row of the control slip, once it is done; releases before wrote a row of its own."""
    handed: Slip | None = None
    """The row by which an agency handed the dossier to this task's; None where the one before it says so."""
    claim: Claim | None = None
    """Who took it; None: whoever of the agency comes first completes it."""
    asked: Asked | None = None
    unheld_at: str | None = None
    """When it was told that nobody took it for too long, or that who has it did nothing."""
    above: str | None = None
    """The agency above, which does it as nobody of its own agency may; None: its own agency does."""
    opened_by: Hand | None = None
    """Who asked for an opinion or a payment, or recorded one alone: another person answers it; None of other tasks."""
    as_read: str | None = None
    """As of a component."""

    @property
    def at(self) -> str:
        """The agency on whose list it stands: whose officers do it."""
        return self.above or self.agency

    @property
    def is_open(self) -> bool:
        """Whether somebody has to act."""
        return self.status == "open"


class Leg(Stored, frozen=True, kw_only=True):
    """Which execution waits for an agency's part, what it came to; the last four fields: of one that starts a child."""

    shape = 1

    token: str | None = None
    execution: str | None = None
    attempt: int = 0
    outcome: LegOutcome | None = None
    approver: str | None = None
    done_at: str = ""
    reason: str | None = None
    """Why its agency agreed or not, encrypted; None where it said nothing, or approved."""
    opened_at: str | None = None
    child: str | None = None
    missed: tuple[str, ...] = ()
    returned_at: str | None = None


def result_item(file: SignedFile) -> ResultItem:
    """A signed paper as a result of the dossier."""
    return msgspec.convert(file, ResultItem, from_attributes=True)


def leg_name(stage: int, leg: str) -> str:
    """The name of an agency's part inside a dossier: `0-commune`."""
    return f"{stage}-{leg}"


def task_id(reference: str, leg: str, kind: str, nth: int = 1) -> str:
    """What completes a task over HTTP: `<reference>.<leg>.<kind>`, and `.2` after it for the second of its kind."""
    return f"{reference}.{leg}.{kind}" + (f".{nth}" if nth > 1 else "")


def task_sk(leg: str, kind: str, nth: int = 1) -> str:
    """Where a task stands; the first of its kind as in the releases that knew one alone."""
    return f"TASK#{leg}#{kind}" + (f"#{nth}" if nth > 1 else "")


def worklist_keys(task: Task, reference: str) -> dict[str, str]:
    """An open task stands on the list of its agency and kind, ordered by its due time; the place says who has it."""
    pk = worklist(task.at, task.kind, claimed=task.claim is not None)
    whose = ((task.claim.officer,) if task.claim else ()) + ((UNHELD,) if task.unheld_at else ())
    sk = "#".join((task.due_at, reference, *whose))
    return {"wl_pk": pk, "wl_sk": sk, "so_pk": sought_list(pk, task.procedure)}


def mine_order(opened_at: str, reference: str, min_level: int) -> str:
    """Where a draft stands on its holder's list, and with which level it is read: an index holds what its keys say."""
    return f"{opened_at}#{reference}#{min_level}"


def level_in(mine_sk: str) -> int | None:
    """The level that a place on a holder's list says; None in one of the release before."""
    parts = mine_sk.split("#")
    return int(parts[2]) if len(parts) > 2 else None  # noqa: PLR2004 - time, reference, level


def open_key(reference: str) -> str:
    """Under which of 32 keys a draft or dossier stands that did not end: so many that none has too much to do."""
    return f"OPEN#{reference[-1]}"


def holder_key(holder: str) -> str:
    """The list of a holder's drafts and dossiers."""
    return f"HOLDER#{holder}"
