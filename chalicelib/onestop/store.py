"""Dossiers of the one-stop flow over the dossier's own room; the driver in Step Functions; links to files."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct, convert

from chalicelib.contracts.ledger import RegisterAsked
from chalicelib.contracts.onestop import FlowInput, LegOutcome
from chalicelib.contracts.plan import UNSAID_LEVEL, Office
from chalicelib.dossier import acting, executions, interests, legs, lists, numbers, offered, reading, references, unheld
from chalicelib.dossier.change import Change
from chalicelib.dossier.duties import has_another
from chalicelib.dossier.executions import Ended
from chalicelib.dossier.interests import Substitutes, Work
from chalicelib.dossier.items import Component, Head, Leg, TaskKind
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.lists import Mine, TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.dossier.second_person import Lookup
from chalicelib.dossier.staffed import ROLE, known_officers, may_be_given, numbers_on_lists, remember_number
from chalicelib.dossier.ties import people_of
from chalicelib.identity import fence
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.objects import blocks, is_there
from chalicelib.kernel.problem import AccountLocked
from chalicelib.kernel.record import LogRow
from chalicelib.kernel.settings import setting
from chalicelib.law.rules import MandateState
from chalicelib.ledger import door
from chalicelib.messages.fence import SignerKind, certificate_key, former_preview_key, preview_key
from chalicelib.onestop.ports import CERTIFICATE, DEPUTY, POST, PreviewFile
from chalicelib.sealing import erasures, table
from chalicelib.sealing.door import ring

BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
MESSAGES_BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
MACHINE: Final = setting("MOTCUA_ONE_STOP_MACHINE", "ARN of the one-stop state machine.")
IDENTITY: Final = fence.TABLE
ACCOUNT: Final = "account"
VAULT: Final = "vault"
BEFORE_ASKING: Final = "Kiểm tra giấy tờ đã có trong Kho quản lý dữ liệu điện tử trước khi yêu cầu bổ sung"
"""For what an officer is told which papers a vault holds: the words of the line in its owner's ledger."""
DRIVEN_LEGS: Final = setting("MOTCUA_DRIVEN_LEGS", "Legs of a route from which on the state machine drives a dossier.")


class Table:
    """Dossiers in DynamoDB."""

    def dossier(self, reference: str, *parts: Part, whole: bool = False) -> Dossier | None:
        """A dossier, or a draft still, with the parts asked for."""
        return reading.read(reference, *parts, whole=whole)

    def shown(self, reference: str, *parts: Part, whole: bool = False) -> Dossier | None:
        """The same as far as it can be read, for whoever looks."""
        return reading.read_as_far(reference, *parts, whole=whole)

    def change(self, dossier: Dossier, now: datetime) -> Change:
        """A change of the dossier as it was read."""
        return Change(dossier.head, now)

    def begin(self, head: Head, now: datetime) -> Change:
        """A change that makes a new dossier."""
        return Change(head, now)

    def write(self, change: Change, who: Principal) -> None:
        """Write what a person does; of an organisation its account is asked with it. Raises AccountLocked, aws.Lost."""
        if who.account:
            change.require(ACCOUNT, fence.account_open(who.account))
        try:
            change.write()
        except aws.Lost as lost:
            if ACCOUNT in lost:
                raise AccountLocked from lost
            raise

    def posts(self, who: Principal, kind: TaskKind, now: str) -> dict[str, aws.Op]:
        """What must still hold of an enrolled officer when a task is completed: their post, and who signs, more."""
        if who.post is None or not who.post.officer:
            return {}
        agency, officer, role = who.agency, who.post.officer, ROLE[kind]
        absent = who.post.stands_in.get(role)
        found = {POST: fence.officer_active(agency, officer, fence.PRESENT if absent else role, now)}
        if absent:
            found[DEPUTY] = fence.deputy_active(agency, absent, officer, role, now)
        if kind == "approve":
            found[CERTIFICATE] = fence.officer_active(agency, officer, fence.SIGNING, now)
        return found

    def require_other(self, who: Principal, head: Head, work: Work, now: datetime, *, anew: bool = False) -> None:
        """Raise OwnDossier, NumberUnknown; what a token says of an officer's number is kept with their enrolment."""
        interests.require_other(who, people_of(head), work._replace(filed=head.submitted_at), now, anew=anew)
        remember_number(who)

    def is_own(self, who: Principal, head: Head, now: datetime) -> bool:
        """Whether an officer has an interest in a dossier."""
        return interests.has_interest(who.persons, people_of(head), now, filed=head.submitted_at)

    def substitutes(self, agency: str, head: Head, work: Work, now: datetime) -> Substitutes:
        """Who of an agency may do some work on a dossier, and which agency is above."""
        return interests.substitutes(agency, work._replace(filed=head.submitted_at), people_of(head), now)

    def has_interest(self, agency: str, officer: str, head: Head, now: datetime) -> bool:
        """Whether an officer (keyed hash), as far as their number is known, has an interest in a dossier."""
        known = known_officers(agency, [officer]).get(officer)
        persons = known.persons if known else frozenset[str]()
        return interests.has_interest(persons, people_of(head), now, filed=head.submitted_at)

    def by_code(self, code: str) -> str | None:
        """The reference behind a dossier code."""
        return references.by_code(code)

    def level_of(self, known: int | None, reference: str) -> int:
        """The level of identity that a dossier is read with."""
        return reading.level_of(known, reference)

    def relation(self, who: Principal, head: Head, now: datetime) -> Relation:
        """How somebody stands to a dossier."""
        return acting.relation_of(who, head, now)

    def mandate_state(self, head: Head, now: datetime) -> MandateState:
        """What became of the representation by which a dossier was filed; active where nobody files for it."""
        return acting.mandate_state(head.acting, now) if head.acting else "active"

    def relations(self, holders: Collection[str], heads: Sequence[Head], now: datetime) -> list[Relation]:
        """How a person, known by all their numbers, stands to each of some dossiers."""
        return acting.relations_of(holders, heads, now)

    def mine(self, holder: str, after: str) -> Mine:
        """A page of a holder's drafts and dossiers, and where it goes on."""
        return lists.mine(holder, after)

    def may_be_given(self, agency: str, officer: str, kind: TaskKind, day: date) -> bool:
        """Whether an officer (keyed hash) is there on a day and does tasks of a kind."""
        return may_be_given(agency, officer, kind, day.isoformat())

    def has_one_officer(self, agency: str, day: date) -> bool:
        """Whether one person may verify and approve the same dossier of an agency, as we last heard of it."""
        return offered.has_one_officer(offered.agency_of(agency), day)

    def has_another(self, agency: str, who: Principal, kinds: Sequence[TaskKind], day: date) -> bool:
        """Whether somebody else than an officer is there on a day who does one of some kinds of tasks.

        Of an agency that keeps no staff here, unless its record says that it has one officer.
        """
        found = has_another(agency, keyed_hash("officer", who.subject), kinds, day.isoformat(), who.numbers)
        return not self.has_one_officer(agency, day) if found is None else found

    def numbers_on_lists(self, agencies: Iterable[str]) -> Lookup:
        """Asks the staff lists of agencies for the number of whose is missing."""
        return numbers_on_lists(agencies)

    def areas_of(self, agency: str, day: date) -> tuple[str, ...] | None:
        """Of which kinds an agency's commune is, as we last heard of it; None when it does not say."""
        return offered.areas_of(offered.agency_of(agency), day)

    def office(self, agency: str, day: date) -> Office | None:
        """An agency under its name of a day, as we last heard of it; None when we never did, or it is no more."""
        found = offered.agency_of(agency)
        return offered.office_on(found, day) if found else None

    def arrived(self, key: str) -> bool:
        """Whether something was posted under a key (a HEAD, never the body)."""
        return is_there(BUCKET(), key)

    def form(self, procedure: str, version: int) -> str | None:
        """The interactive form of a version that was published, as JSON text."""
        return offered.form_of(procedure, version)

    def next_serial(self, agency: str, day: date) -> int:
        """A serial nobody else gets for this agency and day."""
        return numbers.next_serial(agency, day)

    def last_number(self, agency: str, year: int) -> int:
        """The last number that a result of this agency and year got."""
        return numbers.last_number(agency, year)

    def open_leg(self, reference: str, leg: str, token: str, execution: str) -> Leg | None:
        """Note which execution waits for this leg; answers the leg, or None when another one has it."""
        return legs.open_leg(reference, leg, token, execution)

    def leg(self, reference: str, leg: str) -> Leg | None:
        """A leg's token and outcome."""
        return reading.read_leg(reference, leg)

    def row(self, reference: str, number: int) -> LogRow:
        """A row of a dossier's log."""
        return reading.read_row(reference, number)

    def used_key(self, owner: str, key: str) -> UsedKey | None:
        """What somebody (keyed hash) did under an Idempotency-Key."""
        return references.read_used_key(owner, key)

    def note_view(self, head: Head, who: Principal, now: datetime, page: str = "") -> None:
        """The holder's ledger says that somebody else read the form, or another page that tells of them."""
        form = door.Read(
            owner=head.holder,
            document=f"{head.reference}/{page}" if page else head.reference,
            reference=head.reference,
            sha256=head.form_sha256 or "",
            min_level=head.min_level or UNSAID_LEVEL,
        )
        door.note(form, who, "dossiers", now)

    def note_held(self, head: Head, held: Sequence[Kept], who: Principal, now: datetime) -> None:
        """The holder's ledger says that an officer was told which papers their vault holds, by kind: none by name."""
        kinds = tuple(each.paper.kind for each in held)
        look = door.Read(
            owner=head.holder,
            document=VAULT,
            reference=head.reference,
            sha256="",
            min_level=max(head.min_level or UNSAID_LEVEL, *(each.paper.min_level for each in held)),
            asked=RegisterAsked(register=VAULT, purpose=BEFORE_ASKING, use=head.procedure, fields=kinds),
        )
        door.note(look, who, "dossiers", now)

    def hand_out(self, head: Head, component: Component, who: Principal, now: datetime, *, is_owner: bool) -> str:
        """A link to the very version of a component that was checked and submitted; the holder's ledger says so.

        `is_owner`: the holder asks, perhaps under another number than that of the dossier.
        """
        file = door.File(
            owner=head.holder,
            document=f"{head.reference}/{component.id}",
            reference=head.reference,
            bucket=MESSAGES_BUCKET() if component.origin == "result" else BUCKET(),
            key=component.key,
            version_id=component.version_id,
            sha256=component.sha256,
            media_type=component.media_type,
            filename=component.filename,
            min_level=head.min_level or UNSAID_LEVEL,
            by_owner=is_owner,
        )
        return door.hand_out(file, who, "dossiers", now)

    def agencies(self) -> list[str]:
        """Every agency that may hold tasks."""
        return lists.agencies()

    def overdue(self, agency: str, kind: str, now: datetime) -> Iterator[TaskRow]:
        """Open tasks of an agency's list whose due time is before now and that are not marked."""
        return lists.overdue(agency, kind, now)

    def unheld(self, agency: str, kind: str, before: datetime) -> Iterator[TaskRow]:
        """Open tasks of an agency's lists of which nothing was told yet, opened before a moment."""
        return unheld.unheld(agency, kind, before)

    def unheld_hours(self, agency: str, day: datetime) -> int | None:
        """For how many working hours a task of an agency may wait; None: it does not say."""
        return offered.unheld_hours_of(offered.agency_of(agency), day.astimezone(ZONE).date())

    def due_within(self, agency: str, kind: str, now: datetime, last: datetime) -> Iterator[TaskRow]:
        """Open tasks of an agency's list that are due from now on and until a moment."""
        return lists.due_within(agency, kind, now, last)

    def left_off(self) -> str:
        """The agency with which the next sweep begins; empty for the first one."""
        return lists.left_off()

    def leave_off(self, agency: str) -> None:
        """Note where the next sweep begins."""
        lists.leave_off(agency)


class Signers:
    """The register of those who can sign, as its owner lets others read it."""

    def has_agency(self, agency: str) -> bool:
        """Whether a certificate of this agency is registered."""
        return _is_registered("agencies", agency)

    def has_officer(self, officer: str) -> bool:
        """Whether a certificate of this officer is registered."""
        return _is_registered("officers", officer)


class _Object(Struct, frozen=True, rename="pascal"):
    """What S3 says of an object."""

    version_id: str


def _drawn_at(dossier: Dossier) -> str | None:
    """The key of the result drawn from the form that counts; None where it was not drawn yet.

    A release before drew one of each dossier: it stands for a form that no supplement touched since.
    """
    key = preview_key(dossier.reference, dossier.head.form_version)
    if is_there(MESSAGES_BUCKET(), key):
        return key
    former = former_preview_key(dossier.reference)
    was_supplemented = any(task.kind == "supplement" for task in dossier.tasks)
    return former if not was_supplemented and is_there(MESSAGES_BUCKET(), former) else None


class Previews:
    """Results as they will be printed, where their owner puts them."""

    def has(self, dossier: Dossier) -> bool:
        """Whether the result was drawn from the form as it is now; the dossier was read with its tasks."""
        return _drawn_at(dossier) is not None

    def find(self, dossier: Dossier) -> PreviewFile | None:
        """The draft of a dossier's result; None before it was drawn. The dossier was read with its tasks."""
        if (key := _drawn_at(dossier)) is None:
            return None
        version = convert(aws.client("s3").head_object(Bucket=MESSAGES_BUCKET(), Key=key), _Object).version_id
        found = blocks(MESSAGES_BUCKET(), key, version)
        body = b"".join(found) if found else b""
        return PreviewFile(key=key, version_id=version, sha256=hashlib.sha256(body).hexdigest(), size=len(body))

    def hand_out(self, head: Head, file: PreviewFile, who: Principal, now: datetime, *, is_owner: bool) -> str:
        """A link to the very version that was found, after the line in the holder's ledger."""
        opened = door.File(
            owner=head.holder,
            document=f"{head.reference}/draft",
            reference=head.reference,
            bucket=MESSAGES_BUCKET(),
            key=file.key,
            version_id=file.version_id,
            sha256=file.sha256,
            media_type="application/pdf",
            filename="du-thao-ket-qua.pdf",
            min_level=head.min_level or UNSAID_LEVEL,
            by_owner=is_owner,
        )
        return door.hand_out(opened, who, "dossiers", now)


class SealedContent:
    """The keys of dossiers, and the list of erasures."""

    def entered(self, order: erasures.Erasure) -> erasures.Entry:
        """The order on the list; one that stood there before counts."""
        return erasures.entered(order)

    def listed(self) -> Iterable[erasures.Entry]:
        """Every order of the list."""
        return erasures.listed()

    def destroy(self, reference: str, at: str) -> bool:
        """Destroy the keys of a dossier; False when they were before. This process forgets them at once."""
        ring().forget(reference)
        return table.destroy(reference, at)


def _is_registered(kind: SignerKind, identifier: str) -> bool:
    key = certificate_key(kind, identifier)
    return key is not None and is_there(MESSAGES_BUCKET(), key)


class StepFunctions:
    """The driver of the one-stop flow."""

    def start(self, name: str, given: FlowInput) -> bool:
        """Start an execution of this name unless there was one (False): a second delivery of the event starts none."""
        return executions.start(MACHINE(), name, given)

    def status(self, name: str) -> str | None:
        """RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; None when the engine knows no execution of this name."""
        return executions.status(MACHINE(), name)

    def ended(self) -> Iterator[Ended]:
        """Executions that failed or timed out, of the last 90 days, newest first; who stopped one by hand meant it."""
        return executions.ended(MACHINE())

    def succeed(self, token: str, outcome: LegOutcome) -> bool:
        """Tell the waiting leg its outcome; False when nobody waits under this token: it was used, or timed out."""
        return executions.succeed(token, outcome)
