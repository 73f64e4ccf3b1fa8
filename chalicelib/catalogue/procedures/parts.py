"""The parts of a procedure's facts: what nobody said is None or empty, never a guess."""

from chalicelib.catalogue.procedures.children import Starts
from chalicelib.catalogue.procedures.given import Given
from chalicelib.catalogue.procedures.terms import TermLine
from chalicelib.contracts.plan import PlannedPrice


class Named(Given, frozen=True, kw_only=True):
    """A code with its name: a field, a subject, an agency, a legal basis, a result of a record."""

    code: str | None = None
    name_vi: str = ""
    name_en: str | None = None


class Promulgator(Given, frozen=True, kw_only=True):
    """Who published the procedure; a record may give only the code or only the name."""

    code: str | None = None
    name_vi: str | None = None
    name_en: str | None = None


class Source(Given, frozen=True, kw_only=True):
    """Where the facts come from: the record of a database, the decision that published it."""

    record: str | None = None
    id: str | None = None
    decision: str | None = None
    decided_on: str | None = None
    issued_by: str | None = None
    updated_at: int | None = None


class TermStop(Given, frozen=True, kw_only=True):
    """What stops the term by a law of its sector, and the clause: a payment, an announced outage."""

    reason: str = ""
    citation: str | None = None


class Term(Given, frozen=True, kw_only=True):
    """The term of settlement: `text` as the law of terms reads it, `record` and `text_vi` as the record has it.

    One `text` holds for everybody; a term that depends on something has `lines` instead, the first that fits holds.
    """

    text: str | None = None
    record: str | None = None
    text_vi: str | None = None
    note_vi: str | None = None
    cutoff: str | None = None
    after_cutoff: str | None = None
    citation: str | None = None
    lines: tuple[TermLine, ...] = ()
    stops: tuple[TermStop, ...] = ()


class Price(Given, frozen=True, kw_only=True):
    """A line of a provider's price list."""

    name_vi: str | None = None
    name_en: str | None = None
    amount_vnd: int | None = None
    unit_vi: str | None = None
    note_vi: str | None = None

    def planned(self) -> PlannedPrice:
        """The line as a dossier is filed under it."""
        return PlannedPrice(name_vi=self.name_vi or "", amount_vnd=self.amount_vnd, unit_vi=self.unit_vi)


class RecordedFee(Given, frozen=True, kw_only=True):
    """A fee as a record has it; `certain`: its own fields and words raise no doubt, a 0 without a word among them."""

    type: str | None = None
    amount: int | None = None
    currency: str | None = None
    text_vi: str | None = None
    tiers_vi: str | None = None
    certain: bool = False


class Method(Given, frozen=True, kw_only=True):
    """A way of submitting in a record, with its own term and fees."""

    channel: str | None = None
    term: Term | None = None
    fees: tuple[RecordedFee, ...] = ()
    note_vi: str | None = None


class Case(Given, frozen=True, kw_only=True):
    """A case that the procedure tells apart."""

    code: str = ""
    name_vi: str | None = None
    name_en: str | None = None
    term: Term | None = None


class DataSource(Given, frozen=True, kw_only=True):
    """The database that answers instead of a paper."""

    database: str = ""
    owner: str | None = None
    instrument: str | None = None
    clause: str | None = None


class ReplacedBy(Given, frozen=True, kw_only=True):
    """The row of the resolution's table by which data stands for a paper, and how certain the match is.

    `alternatives`: only for these of the papers of which one is brought.
    """

    row: int = 0
    match: str = ""
    databases: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


class Blank(Given, frozen=True, kw_only=True):
    """A blank form to fill in: its file name, where its owner keeps it, and `url`, which people can open."""

    name: str | None = None
    url: str | None = None
    store: str | None = None
    path: str | None = None
    id: str | None = None


class Condition(Given, frozen=True, kw_only=True):
    """Whether a paper is asked for, in the language of the form's rules; why it is spared when the answers say no."""

    expression: str = ""
    spared_vi: str = ""
    spared_en: str = ""
    cites: str | None = None


class Component(Given, frozen=True, kw_only=True):
    """A component of the dossier; a code left out and `group_vi` are a record's alone.

    `channels`: only of those who file by one of these; `when`: only when the answers say so. Both may be left out.
    """

    code: str | None = None
    name_vi: str = ""
    name_en: str | None = None
    originals: int | None = None
    copies: int | None = None
    group: str | None = None
    group_vi: str | None = None
    cases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    need: str = "unknown"
    when: Condition | None = None
    reading: str | None = None
    electronic: bool | None = None
    exemption: str | None = None
    source: DataSource | None = None
    replaced_by: tuple[ReplacedBy, ...] | None = None
    has_electronic_form: bool | None = None
    is_processing_result: bool | None = None
    blanks: tuple[Blank, ...] = ()

    @property
    def heading(self) -> str:
        """The group of papers under which it stands."""
        return self.group or self.group_vi or ""


class Note(Given, frozen=True, kw_only=True):
    """What a record writes among its papers and is none."""

    text_vi: str = ""
    cases: tuple[str, ...] = ()
    group_vi: str | None = None
    blanks: tuple[Blank, ...] = ()


class RecordedGates(Given, frozen=True, kw_only=True):
    """What an officer recorded of the gates of the full level; None is not known (Decree 224/2026 Art. 14-15).

    The one on payment is compared, not believed: it follows from the price and from what this system can do.
    """

    eform_available: bool | None = None
    all_components_submittable_electronically: bool | None = None
    fee_payable_online_or_none: bool | None = None
    no_physical_presence: bool | None = None
    no_onsite_verification: bool | None = None
    result_issuable_electronically_or_postal: bool | None = None
    signing_supported: bool | None = None


class OnlineReason(Given, frozen=True, kw_only=True):
    """A reason of the closed list with its legal basis."""

    code: str = ""
    legal_basis: str | None = None


class Online(Given, frozen=True, kw_only=True):
    """How far online, and why not farther; `legal_basis` is that of a bar (Decree 137/2024 Art. 8(1))."""

    gates: RecordedGates = RecordedGates()
    reasons: tuple[OnlineReason, ...] = ()
    electronic_barred: bool | None = None
    legal_basis: str | None = None
    full_process_in_record: bool | None = None


class Signing(Given, frozen=True, kw_only=True):
    """Whether the applicant has to sign, and can."""

    required: bool | None = None
    supported: bool | None = None


class Result(Named, frozen=True, kw_only=True):
    """The result, and the template that prints it."""

    template: str | None = None
    validity: str | None = None


class Leg(Given, frozen=True, kw_only=True):
    """One agency's part; `@receiving` is whichever unit received the dossier.

    `deadline` is its own part of the term, counted from its beginning; `steps` its tasks; `lead`: it decides; `medium`:
    electronic begins with the others of its stage, paper after them; `vertical`: an agency of a higher level. `starts`:
    the leg is a child dossier of another procedure.
    """

    leg: str = ""
    agency: str = ""
    deadline: str | None = None
    steps: tuple[str, ...] = ()
    lead: bool | None = None
    medium: str | None = None
    vertical: bool | None = None
    starts: Starts | None = None


class Provider(Given, frozen=True, kw_only=True):
    """Who provides a service that is no administrative procedure."""

    name_vi: str | None = None
    name_en: str | None = None
    contact: str | None = None
    portal: str | None = None


class Appeal(Given, frozen=True, kw_only=True):
    """Where to turn when one disagrees, if the procedure says it."""

    text_vi: str = ""
    text_en: str = ""
    citation: str | None = None


class LifeGroup(Given, frozen=True, kw_only=True):
    """A group of services in which a record puts the procedure."""

    name_vi: str = ""
    type: str | None = None


class PlanItem(Given, frozen=True, kw_only=True):
    """An item of an agency's plan (Decree 137/2024 Art. 8(6))."""

    service: str = ""
    owner: str = ""
    current: str = ""
    target: str = ""
    quarter: str = ""
    state: str = ""


class Step(Given, frozen=True, kw_only=True):
    """A step of the procedure, in a record's words."""

    name_vi: str | None = None
    text_vi: str | None = None


class ReturnWays(Given, frozen=True, kw_only=True):
    """How the result comes back to whoever filed so (`ONLINE` or `OFFLINE`), in a record's codes."""

    filed: str | None = None
    ways: tuple[str, ...] = ()


class Flags(Given, frozen=True, kw_only=True):
    """What a record marks; None where it carries no such mark."""

    full_process: bool | None = None
    shared: bool | None = None
    offline_only: bool | None = None
    non_territorial: bool | None = None


class Unknown(Given, frozen=True, kw_only=True):
    """What a record does not say, and where an officer completes it."""

    pointer: str = ""
    why_vi: str = ""
    why_en: str = ""
