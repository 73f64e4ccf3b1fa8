"""What the one-stop flow tells, what its state machine is given, and what a leg answers it."""

from typing import Final, Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.messages import SignedFile
from chalicelib.contracts.plan import UNSAID_LEVEL, Office, Part, PlannedLeg, PlannedResult, PriceLine
from chalicelib.contracts.submission import Represented


class Notice(Event, frozen=True, kw_only=True):
    """The five facts that every notice carries (Decree 224/2026 Art. 15(1)(g)).

    `acted_for` is the absent officer (keyed hash) whose deputy handled it.
    """

    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None = None
    acted_for: str | None = None


class BroughtByAnother(Notice, frozen=True, kw_only=True):
    """Somebody else brought a person's papers to the counter, or they came by post: by a mandate, or by none (None).

    `sealed` says how, by whom, what was taken in and what they may do against it, as the `reason` of a notice,
    encrypted.
    """

    type = "vn.motcua.dossier.brought_by_another"

    reference: str
    representation: str | None = None
    sealed: str


class HandedIn(Notice, frozen=True, kw_only=True):
    """A person is told what was taken in at a counter where they were themselves, as its officer says.

    `sealed` says how, what was taken in and what they may do against it, as the `reason` of a notice, encrypted.
    """

    type = "vn.motcua.dossier.handed_in"

    reference: str
    sealed: str


class ScanAdded(Notice, frozen=True, kw_only=True):
    """The agency put a scan into a dossier of what was not taken in with it on paper: its people are told which.

    `component` is that of the dossier by its id; its names are those of the procedure, empty of one that it does not
    ask for.
    """

    type = "vn.motcua.dossier.scan_added"

    reference: str
    component: str
    name_vi: str
    name_en: str


PaperKind = Literal["original", "certified", "copy", "electronic"]
"""How a component was handed in: the original, a certified copy, a plain copy, or a file."""


class ReceiptComponent(Part, frozen=True, kw_only=True):
    """A paper of the dossier as the receipt lists it; people name their files after people. `count`: how many."""

    code: str
    name: str
    filename: str
    size: int
    sha256: str
    kind: PaperKind = "electronic"
    count: int = 1


class ReceiptPrivate(Part, frozen=True, kw_only=True):
    """What only the receipt may say, encrypted in `DossierAccepted`."""

    name: str
    personal_id: str
    officer: str
    components: tuple[ReceiptComponent, ...]
    phone: str = ""
    kind: str | None = None
    submitter: str | None = None
    """Who filed it for the holder, or acted for the organisation; None where the holder did."""
    together: tuple[str, ...] | None = None
    """Who holds it with them."""
    address: str = ""
    email: str = ""
    channel: str = "ONLINE"
    fee: str = ""
    """What is to be paid to the State, in words; a provider's prices are told in the event."""


class DossierAccepted(Notice, frozen=True, kw_only=True):
    """Reception accepted the dossier: its code and due date (Decree 61/2018 Art. 17(3)).

    `sealed` holds a `ReceiptPrivate`, encrypted.
    """

    type = "vn.motcua.dossier.accepted"
    heard_by = ("messages_issue_paper", "catalogue_follow_dossier")
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code", "procedure", "submitted_at")

    due_at: str
    reference: str
    dossier_code: str
    procedure: str
    procedure_name: str
    term: str
    office: Office
    rule_pack: str
    holder: str
    sealed: str
    submitted_at: str
    notice_vi: str = ""
    price: tuple[PriceLine, ...] = ()
    min_level: int = UNSAID_LEVEL


class DossierForwarded(Notice, frozen=True, kw_only=True):
    """The dossier went to those who process it (Decree 61/2018 Art. 18)."""

    type = "vn.motcua.dossier.forwarded"
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code")

    dossier_code: str


class DossierRedirected(Notice, frozen=True, kw_only=True):
    """A receiving unit that is not competent forwarded it to the reception of the agency that is, `to`.

    Its acceptance starts the clock (Decree 118/2025 Art. 17(3) as amended by 309/2026).
    """

    type = "vn.motcua.dossier.redirected"
    leaves = ("agency", "received_at", "processed_at", "due_at", "to")

    reference: str
    to: str


class DossierVerified(Notice, frozen=True, kw_only=True):
    """The dossier was verified (Decree 61/2018 Art. 19(1)-(3))."""

    type = "vn.motcua.dossier.verified"
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code")

    dossier_code: str


class DossierHeld(Event, frozen=True, kw_only=True):
    """No result can be printed from what the dossier says: nobody approves it before that is mended."""

    type = "vn.motcua.dossier.held"
    leaves = ("agency", "reason_code")

    agency: str
    reason_code: str
    reason_vi: str
    reason_en: str


class LegCompleted(Notice, frozen=True, kw_only=True):
    """An agency's part is done: the driver is told by a worker, never by the request."""

    type = "vn.motcua.leg.completed"
    heard_by = ("onestop_report_leg",)
    leaves = ("agency", "received_at", "processed_at", "due_at", "leg", "outcome")

    leg: str
    outcome: str = "approved"
    sealed: str = ""
    """The `reason` of an agency that does not decide, encrypted; empty where it gave none."""


class LegOpened(Notice, frozen=True, kw_only=True):
    """An agency's part begins, on its own list and due by its own time (Decree 61/2018 Art. 19(6)-(7)).

    `agency` is the one whose part it is, `due_at` when that part is due. The first part is told by the acceptance.
    """

    type = "vn.motcua.leg.opened"
    leaves = ("agency", "received_at", "processed_at", "due_at", "leg", "stage")

    reference: str
    leg: str
    stage: int


class TaskOverdue(Event, frozen=True, kw_only=True):
    """The due time of an open task has passed."""

    type = "vn.motcua.task.overdue"
    leaves = ("agency", "leg", "kind", "opened_at", "due_at")

    reference: str
    leg: str
    kind: str
    agency: str
    opened_at: str
    due_at: str
    round: int = 1


class DossierResumed(Event, frozen=True, kw_only=True):
    """An operator drives a dossier again whose execution was lost or ended; `former` says how that one ended."""

    type = "vn.motcua.dossier.resumed"

    reference: str
    attempt: int
    former: str


class DossierErased(Event, frozen=True, kw_only=True):
    """The keys under which the dossier sealed what it kept of a person are destroyed; `basis` is the ground of law.

    The order stands on the list of erasures, by key, version and hash.
    """

    type = "vn.motcua.dossier.erased"
    heard_by = ("delivery_drive",)
    leaves = ("basis",)

    reference: str
    basis: str
    key: str
    version_id: str
    sha256: str


class Answer(Part, frozen=True, kw_only=True):
    """One thing that was asked for: a field of the form and what the person put there."""

    label: str
    value: str


OF_THE_FORM: Final = frozenset({"birth_certificate"})
"""Templates of results that print fields of the form, each in its place, and none of the answers in words."""


class ResultPrivate(Part, frozen=True, kw_only=True):
    """What only the result may say, encrypted in `DossierDecided`. What `form` holds, the result's template knows.

    `answers` are empty for a template of `OF_THE_FORM`: whoever prints is told no more of a person than is printed.

    `approver_id` finds the competent person's certificate, from which their name is printed; dossiers approved under
    the first release have `approver` alone, the name in a token.
    """

    name: str
    personal_id: str
    approver: str
    form: object
    approver_id: str = ""
    answers: tuple[Answer, ...] = ()
    kind: str | None = None
    requester: str | None = None
    requester_id: str | None = None
    """A parent or guardian who asked for somebody under age; None: the holder asked."""
    together: tuple[str, ...] | None = None


class DossierDecided(Event, frozen=True, kw_only=True):
    """All legs are done: the result can be written and signed. `sealed` holds a `ResultPrivate`, encrypted.

    `number` is the result's in its agency's series of the year, such as `125/2026`; the first release gave none.
    """

    type = "vn.motcua.dossier.decided"
    heard_by = ("messages_issue_paper",)
    leaves = ("agency", "dossier_code", "procedure", "result_code", "decided_at")

    reference: str
    dossier_code: str
    result_code: str
    procedure: str
    procedure_name: str
    result: PlannedResult
    agency: str
    office: Office
    holder: str
    decided_at: str
    sealed: str
    number: str = ""
    kind: str = "administrative_procedure"
    price: tuple[PriceLine, ...] = ()
    min_level: int = UNSAID_LEVEL
    paper: str | None = None
    """The component that is the result: a paper signed by hand, converted before. None: the result is to be printed."""


class DossierProcessed(SignedFile, Event, frozen=True, kw_only=True):
    """The result is signed: state 9 (Decree 45/2020 Art. 14(3)). It carries the five facts of a notice too."""

    type = "vn.motcua.dossier.processed"
    heard_by = ("vault_store_result",)
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code", "procedure")

    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None = None
    reference: str
    holder: str
    dossier_code: str
    procedure: str
    min_level: int = UNSAID_LEVEL
    keepers: tuple[str, ...] | None = None
    """In whose stores the result is kept, by keyed hashes; an empty list: in nobody's. None: its holder's."""
    representative: str | None = None
    """Which of the keepers keeps it for whom it concerns, by their mandate."""
    kind: str | None = None
    """The code of the result in the national catalogue, by which it answers a component of another dossier."""
    number: str | None = None
    valid_until: str | None = None
    """A day of Viet Nam, included; None where the procedure sets no term that we can reckon."""
    replaces: str | None = None
    """The earlier result in whose place it stands: that of the dossier whose error this one mends."""
    routing: str | None = None
    """The named policy by which it is kept under a mandate (rule `mandate.routing`); None where no clause says it."""
    conversion: str | None = None
    """The conversion by which a paper that was signed by hand became this result; None of what was issued so."""


class Destination(Part, frozen=True, kw_only=True):
    """A place that has the result."""

    destination: str
    document: str
    at: str


class DossierReturned(Notice, frozen=True, kw_only=True):
    """Every destination that the law asks for has the result: state 10 (Decree 137/2024 Art. 8(4)).

    `representation` is the one by which it was submitted, None where the holder did.
    """

    type = "vn.motcua.dossier.returned"
    heard_by = ("catalogue_follow_dossier", "identity_end_mandates")
    leaves = ("agency", "received_at", "processed_at", "due_at")

    delivered: tuple[Destination, ...]
    representation: Represented | None = None


class FlowInput(Part, frozen=True, kw_only=True):
    """The input of an execution of one_stop.asl.json; `timeout` in seconds."""

    dossier: str
    attempt: int
    stages: tuple[tuple[PlannedLeg, ...], ...]
    timeout: int


class LegInput(Part, frozen=True, kw_only=True):
    """What the machine hands over when a leg begins: its token, the execution's name, the stage's number."""

    dossier: str
    stage: int
    leg: PlannedLeg
    token: str
    execution: str


class DecisionInput(Part, frozen=True, kw_only=True):
    """What the machine hands over, and gets back, when all legs are done."""

    dossier: str


class LegOutcome(Part, frozen=True, kw_only=True):
    """What a leg answers the machine."""

    outcome: str
    leg: str
