"""What may be filed: procedures, forms and agencies as the catalogue last told of them. A read model of ours."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from chalicelib.contracts.catalogue import Agency, AgencyEntry, AgencyPublished, ProcedurePublished, ProcedureWithdrawn
from chalicelib.contracts.event import told
from chalicelib.contracts.plan import Office, Plan, Window
from chalicelib.contracts.stored import Raw, Stored, lifts, read, written
from chalicelib.dossier import plans
from chalicelib.dossier.news import newer
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import lead_of
from chalicelib.dossier.staffed import succession_parts
from chalicelib.dossier.table import AGENCIES, TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE
from chalicelib.law.validity import covers


class OfferedWindows(Stored, frozen=True, kw_only=True):
    """When which version of a procedure is in force, as of the publication told at `at`."""

    shape = 1

    windows: tuple[Window, ...] = ()
    at: str


class OfferedPlan(Stored, frozen=True, kw_only=True):
    """What a dossier pins of a version; `sha256` names it (`plans.py`), None of what an earlier release heard."""

    shape = 1

    plan: Plan
    sha256: str | None = None


class OfferedForm(Stored, frozen=True, kw_only=True):
    """The form of a version, as JSON text."""

    shape = 1

    form: str


class OfferedAgency(Stored, frozen=True, kw_only=True):
    """An agency, as of the publication told at `at`."""

    shape = 1

    agency: Agency
    at: str


@lifts(OfferedPlan, 0)
def _plan_0(raw: Raw) -> Raw:
    return {**raw, "plan": {"notice_vi": "", "notice_en": "", **raw["plan"]}}


def plan_in_force(
    code: str, day: date, in_force: Callable[[tuple[Window, ...], date], int | None]
) -> OfferedPlan | None:
    """The plan of the version in force on a Vietnamese day, by the rule that is handed in; None when there is none."""
    known = aws.get(TABLE(), _procedure(code), "PUBLISHED")
    version = in_force(read(OfferedWindows, known).windows, day) if known else None
    item = aws.get(TABLE(), _procedure(code), f"PLAN#{version:04d}") if version else None
    return read(OfferedPlan, item) if item else None


def published_among(codes: Iterable[str]) -> frozenset[str]:
    """Those of at most a hundred procedures that were published, in force or not: one read, a moment behind."""
    keys = [(_procedure(code), "PUBLISHED") for code in dict.fromkeys(codes)]
    return frozenset(str(row["pk"]).removeprefix(_procedure("")) for row in aws.many(TABLE(), keys))


def form_of(code: str, version: int) -> str | None:
    """The form of a version that was published, as JSON text."""
    item = aws.get(TABLE(), _procedure(code), f"FORM#{version:04d}")
    return read(OfferedForm, item).form if item else None


def agency_of(agency: str) -> Agency | None:
    """A published agency, as we last heard of it."""
    item = aws.get(TABLE(), f"AGENCY#{agency}", "PUBLISHED")
    return read(OfferedAgency, item).agency if item else None


def office_on(agency: Agency, day: date) -> Office | None:
    """The agency under its name of a Vietnamese day; None when it is no more, or not yet."""
    names = [entry for entry in agency.entries if covers(day.isoformat(), entry.valid_from, entry.valid_to)]
    if agency.entries and not names:
        return None
    entry: Agency | AgencyEntry = names[-1] if names else agency
    return Office(id=agency.id, name=entry.name, one_stop=entry.one_stop or entry.name, place=entry.place)


def deciding_office(dossier: Dossier, now: datetime) -> Office:
    """The agency that decides a dossier, under its name of the day; read with its plan.

    Of an agency that we never heard of, or that is no more, the identifier alone is known.
    """
    office, lead = dossier.plan.office, lead_of(dossier.plan).agency
    if lead == office.id:
        return office
    known = agency_of(lead)
    found = office_on(known, now.astimezone(ZONE).date()) if known else None
    return found or Office(id=lead, name=lead, one_stop=lead)


def has_one_officer(agency: Agency | None, day: date) -> bool:
    """Whether one person may verify and approve the same dossier of an agency on a Vietnamese day.

    Its record says so, and a second administrator confirmed it. Whom its staff list shows says nothing: who is on it,
    there, or gone, is its own administrators' work.
    """
    entries = agency.entries if agency else ()
    said = [x for x in entries if x.one_officer and covers(day.isoformat(), x.valid_from, x.valid_to)]
    return any(each.one_officer_by for each in said)


def parent_of(agency: Agency | None, day: date) -> str | None:
    """The agency above one on a Vietnamese day, as its record says; None where there is none, or nobody says it."""
    entries = agency.entries if agency else ()
    return next((each.parent for each in entries if covers(day.isoformat(), each.valid_from, each.valid_to)), None)


def unheld_hours_of(agency: Agency | None, day: date) -> int | None:
    """For how many working hours a task of an agency may wait that nobody took; None: it does not say."""
    entries = agency.entries if agency else ()
    said = [each.unheld_working_hours for each in entries if covers(day.isoformat(), each.valid_from, each.valid_to)]
    return said[-1] if said else None


def areas_of(agency: Agency | None, day: date) -> tuple[str, ...] | None:
    """Of which kinds an agency's commune is on a Vietnamese day, as its record says; None when it does not say."""
    entries = agency.entries if agency else ()
    said = [each.areas for each in entries if covers(day.isoformat(), each.valid_from, each.valid_to)]
    return said[-1] if said else None


def remember_procedure(event: ProcedurePublished | ProcedureWithdrawn, at: str) -> None:
    """Keep a version that the catalogue published, and when which version is in force; a withdrawal has no plan.

    The plan is kept under its hash too. What is told again with other fields has another hash: both stay.
    """
    pk = _procedure(event.procedure)
    if isinstance(event, ProcedurePublished):
        number, plan = f"{event.version:04d}", {k: v for k, v in told(event).items() if k not in ("form", "windows")}
        sha256, content = plans.content(plan)
        offer = {"plan": plan, "sha256": sha256, "shape": OfferedPlan.shape}
        parts = {
            "plan": aws.put(TABLE(), {"pk": pk, "sk": f"PLAN#{number}", **offer}),
            "form": aws.put(TABLE(), {"pk": pk, "sk": f"FORM#{number}", **written(OfferedForm(form=event.form))}),
        }
        try:
            aws.transact({**parts, "content": content})
        except aws.Lost:  # it is kept already, and never changes
            aws.transact(parts)
    _remember(pk, OfferedWindows(windows=event.windows, at=at), at)


def remember_agency(event: AgencyPublished, at: str) -> None:
    """Keep an agency that the catalogue published, and list it among those whose tasks are swept."""
    agency = Agency(id=event.id, name=event.name, one_stop=event.one_stop, place=event.place, entries=event.entries)
    listed, before = newer((AGENCIES, event.id), {}, at), agency_of(event.id)
    also = {"listed": listed, **succession_parts(event.id, event.entries, before.entries if before else ())}
    _remember(f"AGENCY#{event.id}", OfferedAgency(agency=agency, at=at), at, also)


def _remember(pk: str, thing: Stored, at: str, also: Mapping[str, aws.Op] | None = None) -> None:
    """Keep what was published, unless we hold it or something newer."""
    try:
        aws.transact({"published": newer((pk, "PUBLISHED"), written(thing), at), **(also or {})})
    except aws.Lost:
        return


def _procedure(code: str) -> str:
    return f"PROCEDURE#{code}"
