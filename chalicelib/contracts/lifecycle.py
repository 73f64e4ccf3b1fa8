"""What becomes of a dossier besides acceptance and result: supplement, refusal, withdrawal, payment, a new date.

Each event that moves the state is one notice with the five facts (Decree 224/2026 Art. 15(1)(g)); what only its paper
may say (who, why in words) is encrypted in `sealed`.
"""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.messages import RecallReason
from chalicelib.contracts.onestop import Notice
from chalicelib.contracts.plan import UNSAID_LEVEL, Office, Part
from chalicelib.contracts.submission import Represented, SealLine

SupplementReason = Literal["MISSING", "INACCURATE", "NOT_COMPETENT", "DATA_UNAVAILABLE", "DATA_WRONG"]
"""Why something has to be supplemented; the last two are a register's, not the applicant's paper."""


HeldAnyway = Literal["sector_law", "unreachable_or_wrong"]
"""Why a paper may be asked for that is held already (rule R27): sector law wants it, or the data cannot be reached, are
wrong, or are about another matter."""


class AskedItem(Part, frozen=True, kw_only=True):
    """One thing to supplement: a component by its code, or a field of the form by JSON Pointer: open to answer.

    `remedy` and `basis` are the officer's words and may name people. `by`: the applicant mends it, or has the database
    corrected that says it. `name` is what its paper calls it, `originals` and `copies` how many of each are asked for;
    none of either: an electronic one.
    """

    target: str
    reason: SupplementReason
    basis: str
    remedy: str
    by: Literal["applicant", "database"] = "applicant"
    name: str = ""
    originals: int = 0
    copies: int = 0
    despite: HeldAnyway | None = None
    """Why it is asked for though the person's store holds it; None: it does not."""


class PaperPrivate(Part, frozen=True, kw_only=True):
    """What only the paper of an event may say, encrypted in it.

    `reason` in words that a citizen understands, `basis` its clause, `asked` what to supplement. `officer_id` finds the
    certificate of whoever did it; `leader`, `leader_id` and `leader_title` are the head of the agency and how they sign
    (form 04), `stage` and `finance` how far a stopped dossier had come and what was paid (form 05), in words.
    """

    name: str
    personal_id: str
    officer: str
    kind: str | None = None
    submitter: str | None = None
    together: tuple[str, ...] | None = None
    address: str = ""
    phone: str = ""
    reason: str = ""
    basis: str = ""
    asked: tuple[AskedItem, ...] = ()
    officer_id: str = ""
    officer_phone: str = ""
    email: str = ""
    channel: str = "ONLINE"
    leader: str = ""
    leader_id: str = ""
    leader_title: str = ""
    stage: str = ""
    finance: str = ""


class Papered(Notice, frozen=True, kw_only=True):
    """A notice with a form of Circular 03/2025/TT-VPCP: what the form needs; `sealed` holds a `PaperPrivate`.

    `paper` is the n-th of its form in the dossier, so a second one is another paper. `rule_pack` is that of its
    acceptance; before that its forms are those of the day on which it was submitted.
    """

    reference: str
    procedure: str
    procedure_name: str
    office: Office
    holder: str
    sealed: str
    dossier_code: str | None = None
    submitted_at: str = ""
    accepted_at: str | None = None
    paper: int = 1
    rule_pack: str | None = None
    min_level: int = UNSAID_LEVEL


class SupplementRequested(Papered, frozen=True, kw_only=True):
    """State 5, form 02: what is missing, once and completely (Decree 61/2018 Art. 15(3), 17, 19(4)).

    `answer_by` is the end of the window, a stored stamp; `overridden` says that a further request was allowed, and by
    whom (keyed hash), `override` why, encrypted as an officer's words may name people.
    """

    type = "vn.motcua.dossier.supplement_requested"
    heard_by = ("messages_issue_paper",)
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code", "answer_by")

    answer_by: str | None = None
    overridden: str | None = None
    override: str | None = None


class DossierSupplemented(Notice, frozen=True, kw_only=True):
    """State 1, 2 or 4 again: the applicant answered; `restarted`: the term begins anew (61/2018 Art. 19(4)).

    `components` is what came, as S3 held it, `superseded` the ids of what it stands instead of; `form_sha256` the form
    that was corrected, None where it was not. `by_officer`: reception took it at the counter.
    """

    type = "vn.motcua.dossier.supplemented"
    heard_by = ("digitisation_make_copy", "messages_issue_paper")
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code", "restarted")

    reference: str
    restarted: bool = False
    dossier_code: str | None = None
    components: tuple[SealLine, ...] = ()
    superseded: tuple[str, ...] = ()
    form_sha256: str | None = None
    by_officer: bool = False
    sealed: str = ""
    """What an officer entered, field by field, and who was there: `dossier.asked.Entered`, encrypted."""
    object_by: str | None = None
    """Until when the applicant may object to it (None: an earlier release, filed on paper); no clock waits for it."""


class SupplementObjected(Event, frozen=True, kw_only=True):
    """The applicant objects to what an officer entered for them; whoever leads the agency answers, by `due_at`.

    `sealed` holds their `reason` in words, encrypted.
    """

    type = "vn.motcua.supplement.objected"

    reference: str
    agency: str
    sealed: str
    due_at: str


class ObjectionAnswered(Notice, frozen=True, kw_only=True):
    """Another officer than the one who entered it answered the applicant's objection, with a `reason` (sealed)."""

    type = "vn.motcua.supplement.objection_answered"

    reference: str
    upheld: bool
    sealed: str


class DossierRefused(Papered, frozen=True, kw_only=True):
    """State 3, form 03: reception does not take the dossier, or no supplement came (Decree 61/2018 Art. 17(1)(b))."""

    type = "vn.motcua.dossier.refused"
    heard_by = ("messages_issue_paper", "onestop_report_leg", "catalogue_follow_dossier", "identity_end_mandates")
    leaves = ("agency", "received_at", "processed_at", "due_at", "why")

    why: Literal["refused", "supplement_lapsed"] = "refused"
    representation: Represented | None = None
    """Under which it was filed; None where its holder filed it, and in what earlier releases told."""


class WithdrawalAsked(Notice, frozen=True, kw_only=True):
    """State 7: whoever may asked to stop (Decree 118/2025 Art. 21, Circular 03/2025 Art. 7).

    `sealed` holds their `reason` in words, encrypted; empty where they gave none.
    """

    type = "vn.motcua.dossier.withdrawal_asked"
    leaves = ("agency", "received_at", "processed_at", "due_at")

    reference: str
    sealed: str = ""


class WithdrawalJoined(Event, frozen=True, kw_only=True):
    """One of several holders asked to withdraw; the procedure asks all of them. `by` is a keyed hash."""

    type = "vn.motcua.dossier.withdrawal_joined"

    reference: str
    by: str
    waits_for: int


class WithdrawalRefused(Notice, frozen=True, kw_only=True):
    """Back to where it stood; `sealed` holds the `reason` in words, encrypted. What it interrupted goes on."""

    type = "vn.motcua.dossier.withdrawal_refused"
    heard_by = ("onestop_report_leg",)
    leaves = ("agency", "received_at", "processed_at", "due_at")

    reference: str
    sealed: str = ""


class DossierStopped(Papered, frozen=True, kw_only=True):
    """State 8: form 05 where the applicant withdrew or never supplemented, a written refusal where the agency stops.

    Circular 03/2025 Art. 7; Decree 61/2018 Art. 19(8).
    """

    type = "vn.motcua.dossier.stopped"
    heard_by = ("messages_issue_paper", "onestop_report_leg", "catalogue_follow_dossier", "identity_end_mandates")
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code", "why")

    why: Literal["withdrawn", "supplement_lapsed", "refused", "upstream"]
    representation: Represented | None = None
    """Under which it was filed; None where its holder filed it, and in what earlier releases told."""


class PaymentRequested(Notice, frozen=True, kw_only=True):
    """State 6: the applicant has to pay (Decree 61/2018 Art. 22); `amount` in whole units of the currency.

    `pay_by` is a stored stamp; `stops` is the clause by which the clock stands meanwhile, None: it runs on. `sealed`
    holds the `reason` in words, encrypted.
    """

    type = "vn.motcua.dossier.payment_requested"
    leaves = ("agency", "received_at", "processed_at", "due_at", "amount", "currency", "pay_by")

    reference: str
    amount: int
    currency: str = "VND"
    pay_by: str | None = None
    stops: str | None = None
    sealed: str = ""


PaidBy = Literal["counter", "transfer", "portal"]
"""How somebody paid: at the counter, to the agency's account, on the portal's payment platform."""


class PaymentRecorded(Notice, frozen=True, kw_only=True):
    """State 4 again: an officer recorded the payment; `proof` is the number of the receipt.

    `paid_by` is how it was paid, as the officer said; `transaction` the payment platform's number of it. None: unsaid.
    """

    type = "vn.motcua.dossier.payment_recorded"
    heard_by = ("onestop_report_leg",)
    leaves = ("agency", "received_at", "processed_at", "due_at")

    reference: str
    proof: str
    paid_by: PaidBy | None = None
    transaction: str | None = None


class PaymentConfirmed(Event, frozen=True, kw_only=True):
    """A second officer confirmed a payment that one alone had asked for and recorded; `proof` is the receipt's number.

    The task `reconcile` stood on the agency's list until then.
    """

    type = "vn.motcua.dossier.payment_confirmed"
    leaves = ("agency",)

    reference: str
    agency: str
    proof: str


class TermExtended(Papered, frozen=True, kw_only=True):
    """Form 04: an apology, and the one new date (Decree 61/2018 Art. 19(9)); `former_due_at` is the date before."""

    type = "vn.motcua.dossier.term_extended"
    heard_by = ("messages_issue_paper",)
    leaves = ("agency", "received_at", "processed_at", "due_at", "dossier_code", "former_due_at")

    former_due_at: str
    term: str


class ApologyOwed(Event, frozen=True, kw_only=True):
    """The last working day comes on which the agency may apologise and give a new date: told once a dossier.

    `last_day` is a Vietnamese day (Decree 61/2018 Art. 19(9)).
    """

    type = "vn.motcua.dossier.apology_owed"
    leaves = ("agency", "due_at", "last_day")

    reference: str
    agency: str
    due_at: str
    last_day: str


class DueMoved(Notice, frozen=True, kw_only=True):
    """The due date moved though nobody asked for it: a calendar was published, or an announced outage stops the term.

    `former_due_at` is the date before, the same where the clock stands at the moment; `clause` is that of the sector
    by which an outage stops the term.
    """

    type = "vn.motcua.dossier.due_moved"
    leaves = ("agency", "received_at", "processed_at", "due_at", "former_due_at", "why")

    reference: str
    former_due_at: str
    why: Literal["calendar", "outage"]
    clause: str | None = None


class DossierPaperWithdrawn(Notice, frozen=True, kw_only=True):
    """The agency withdrew a paper that it signed in this dossier, `message`, by `decision`: its person is told."""

    type = "vn.motcua.dossier.paper_withdrawn"

    reference: str
    message: str
    decision: str
    reason: RecallReason | None = None
    officers: tuple[str, ...] = ()
    """Who proposed and who confirmed it (keyed hashes): they acted on the dossier."""


class RecallProposed(Event, frozen=True, kw_only=True):
    """An officer proposed that a paper be withdrawn which was signed in this dossier: they acted on it.

    Its person is told when it is withdrawn. `number` counts the proposals of a paper; `officers` are keyed hashes.
    """

    type = "vn.motcua.dossier.recall_proposed"

    reference: str
    message: str
    number: int
    officers: tuple[str, ...]


class CorrectionOpened(Notice, frozen=True, kw_only=True):
    """An officer's error is mended by another dossier, `correction`, at the agency's cost (Decree 61/2018 Art. 21).

    This one stays in state 10. `sealed` holds the `reason` in words, encrypted.
    """

    type = "vn.motcua.dossier.correction_opened"
    leaves = ("agency", "received_at", "processed_at", "due_at", "correction")

    reference: str
    correction: str
    sealed: str
