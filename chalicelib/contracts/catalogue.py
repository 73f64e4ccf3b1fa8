"""What the catalogue tells: procedures and their versions, agencies, outages."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part, Plan, Window


class ProcedurePublished(Plan, Event, frozen=True, kw_only=True):
    """A version is published: what a dossier pins of it, its form as JSON text, and when which version is in force."""

    type = "vn.motcua.procedure.published"
    heard_by = ("catalogue_make_list", "submission_hear_catalogue")

    form: str
    windows: tuple[Window, ...]


class ProcedureWithdrawn(Event, frozen=True, kw_only=True):
    """A version is withdrawn; `windows` say what is in force without it."""

    type = "vn.motcua.procedure.withdrawn"
    heard_by = ("catalogue_make_list", "submission_hear_catalogue")

    procedure: str
    version: int
    reason: str
    windows: tuple[Window, ...]


class ProcedureRecorded(Event, frozen=True, kw_only=True):
    """A national record was kept; `fingerprint` is the SHA-256 of its facts."""

    type = "vn.motcua.procedure.recorded"
    heard_by = ("catalogue_make_list",)

    procedure: str
    fingerprint: str


class ProcedureOffered(Event, frozen=True, kw_only=True):
    """The keeper of a procedure offers it to another agency."""

    type = "vn.motcua.procedure.offered"

    procedure: str
    owner: str
    to: str


class ProcedureOfferEnded(Event, frozen=True, kw_only=True):
    """An offer was taken back by its giver, or declined by its receiver; `by` is the agency that ended it."""

    type = "vn.motcua.procedure.offer_ended"

    procedure: str
    to: str
    by: str


class ProcedureTransferred(Event, frozen=True, kw_only=True):
    """A procedure has another owner: its receiver accepted it, or it went back to the body that promulgated it."""

    type = "vn.motcua.procedure.transferred"

    procedure: str
    former: str
    owner: str
    ground: Literal["accepted", "promulgated"]


class ReplacementConfirmed(Event, frozen=True, kw_only=True):
    """An officer said that data replaces a paper, by a row of the table (66.7/2025/NQ-CP); no row: took it back."""

    type = "vn.motcua.procedure.replacement_confirmed"

    procedure: str
    component: str
    row: int | None = None


class VersionNamed(Event, frozen=True, kw_only=True):
    """What every event of a version under work says."""

    procedure: str
    version: int
    state: str


class VersionStarted(VersionNamed, frozen=True, kw_only=True):
    """A draft of a version was begun."""

    type = "vn.motcua.version.started"


class VersionSaved(VersionNamed, frozen=True, kw_only=True):
    """A draft of a version was changed."""

    type = "vn.motcua.version.saved"


class VersionMoved(VersionNamed, frozen=True, kw_only=True):
    """A version went to another state by an act; a withdrawal has a reason.

    By `propose_withdrawal` it stays as it is, until a second publisher withdraws it.
    """

    type = "vn.motcua.version.moved"

    act: str
    reason: str | None = None


class VersionReviewed(VersionNamed, frozen=True, kw_only=True):
    """A version was reviewed by another person than its author."""

    type = "vn.motcua.version.reviewed"


class SuspendedTerm(Part, frozen=True, kw_only=True):
    """A kind of term that stands still while an outage lasts, and where that is written."""

    kind: str
    citation: str
    by_law: bool


class Outage(Part, frozen=True, kw_only=True):
    """When which services will not be reachable; none named means all.

    `agency`: only what is filed with it or below it; None is wherever the services are filed. `reason` is a code of the
    list of that day, None from a release that asked for none. `announcer` is the agency that announced it, None from a
    release that did not keep it. `changed_at` is when its end was moved or it was withdrawn. `changed_why` is what was
    said of that. `suspends` is empty when it was withdrawn before it began. `fallback_vi` and
    `fallback_en` are what people do meanwhile, empty of a fault and of what a release announced that did not ask.
    """

    id: str
    starts_at: str
    ends_at: str
    announced_at: str
    planned: bool
    text_vi: str
    text_en: str
    services: tuple[str, ...] = ()
    force_majeure: str | None = None
    agency: str | None = None
    suspends: tuple[SuspendedTerm, ...] = ()
    reason: str | None = None
    announcer: str | None = None
    changed_at: str | None = None
    changed_why: str | None = None
    withdrawn: bool = False
    fallback_vi: str = ""
    fallback_en: str = ""


class OutageAnnounced(Outage, Event, frozen=True, kw_only=True):
    """The system, or a part of it, will not be reachable (Decree 224/2026 Art. 13)."""

    type = "vn.motcua.outage.announced"


class OutageMoved(Outage, Event, frozen=True, kw_only=True):
    """The end of an announced outage was moved; `former` is the end before."""

    type = "vn.motcua.outage.moved"

    former: str


class OutageWithdrawn(Outage, Event, frozen=True, kw_only=True):
    """An outage was withdrawn; `begun` is whether it ended by that, `former` the end before."""

    type = "vn.motcua.outage.withdrawn"

    former: str
    begun: bool


class AreaServed(Part, frozen=True, kw_only=True):
    """An area, and for which procedures or fields; none named means all."""

    area: str
    procedures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class AgencyEntry(Part, frozen=True, kw_only=True):
    """An agency under one name: Vietnamese days, the first included, the last not.

    `one_officer`: one person may verify and approve the same dossier, as there is no second one; `one_officer_by`: the
    agency of the second administrator, above where there is one, who confirmed it: without it it counts for nothing.
    `areas`: of which kinds its commune is (mountain, remote ...); empty: of none; None: nobody said, and no list was
    found in the law.
    `unheld_working_hours`: for how long a task may wait that nobody took; None: as the rule pack says.
    """

    id: str
    name: str
    level: str
    valid_from: str
    valid_to: str | None = None
    parent: str | None = None
    one_stop: str | None = None
    place: str = ""
    successors: tuple[str, ...] = ()
    receives_for: tuple[AreaServed, ...] = ()
    jurisdiction: tuple[AreaServed, ...] = ()
    note: str = ""
    one_officer: bool = False
    areas: tuple[str, ...] | None = None
    unheld_working_hours: int | None = None
    one_officer_by: str = ""


class Agency(Part, frozen=True, kw_only=True):
    """An agency as it is known today, and its entries by date, the oldest first."""

    id: str
    name: str
    one_stop: str | None = None
    place: str = ""
    entries: tuple[AgencyEntry, ...] = ()


class AgencyPublished(Agency, Event, frozen=True, kw_only=True):
    """An agency, or a change of it, is published."""

    type = "vn.motcua.agency.published"
    heard_by = ("submission_hear_catalogue",)


class AgencyChangeProposed(Event, frozen=True, kw_only=True):
    """An administrator of `by_agency` would end an agency, shorten it, or turn its work to others: `entries`.

    The agency stays as it is until a second administrator of an agency above keeps the same, in the days of the rule
    `agency.proposal_days`. The agencies that it is about have it on the list of their administrators by the same write.
    """

    type = "vn.motcua.agency.change_proposed"

    agency: str
    by_agency: str
    entries: tuple[AgencyEntry, ...]


class CounterFee(Part, frozen=True, kw_only=True):
    """A fee as an agency takes it: an amount in a currency, or words only; `citation` is the decision that set it."""

    type: str
    citation: str
    amount: int | None = None
    currency: str | None = None
    text_vi: str = ""
    channel: str | None = None


class CounterEntry(Part, frozen=True, kw_only=True):
    """What holds at a counter for one time: Vietnamese days, the first included, the last not."""

    valid_from: str
    valid_to: str | None = None
    fees: tuple[CounterFee, ...] = ()
    hours_vi: str = ""
    address_vi: str = ""
    note_vi: str = ""


class Counter(Part, frozen=True, kw_only=True):
    """What an agency says of a service at its own counter, by date; `name` is the agency's when it was kept."""

    agency: str
    procedure: str
    name: str = ""
    entries: tuple[CounterEntry, ...] = ()


class CounterPublished(Counter, Event, frozen=True, kw_only=True):
    """What an agency says of a service at its own counter, or a change of it, is published."""

    type = "vn.motcua.counter.published"


class CounterChangeProposed(Event, frozen=True, kw_only=True):
    """A publisher of `by_agency` would have an agency's counter say something else of a service: `entries`.

    It says what it said until a second publisher, of the agency or of one above it, keeps the same, in the days of the
    rule `agency.proposal_days`. They have it on their list by the same write.
    """

    type = "vn.motcua.counter.change_proposed"

    agency: str
    procedure: str
    by_agency: str
    entries: tuple[CounterEntry, ...]
