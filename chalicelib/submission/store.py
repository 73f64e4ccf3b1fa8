"""Drafts as dossiers that nobody submitted yet; their uploads in the intake bucket."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Final

from chalicelib.catalogue import fence as catalogue_fence
from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.plan import Office
from chalicelib.contracts.submission import (
    ComponentReferred,
    DossierSubmitted,
    DraftCleared,
    DraftEnrolled,
    DraftExpired,
    DraftOpened,
    DraftPinnedAnew,
    DraftSaved,
    HolderNamed,
    HoldingConfirmed,
    ReliedPaperFlagged,
    UploadAnnounced,
)
from chalicelib.dossier import acting as acting_room
from chalicelib.dossier import joined, lists, offered, plans, reading, references, uploads
from chalicelib.dossier import kept as kept_room
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.change import Change
from chalicelib.dossier.holding import Acting, CoHolder
from chalicelib.dossier.items import Component, FormItem, Head, Task, Upload, mine_order
from chalicelib.dossier.plans import PlanItem
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.dossier.ties import organ_parts
from chalicelib.identity import fence as identity_fence
from chalicelib.kernel import allowances, aws
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.kernel.objects import Post, is_there, post_form, remove_all
from chalicelib.kernel.problem import AccountLocked
from chalicelib.kernel.settings import setting
from chalicelib.law.validity import in_force
from chalicelib.sealing import table as sealing
from chalicelib.sealing.door import ring
from chalicelib.submission.model import REGISTERED, UsedBy, kept_until, reuse_part
from chalicelib.submission.ports import Renewed
from chalicelib.vault import fence as vault_fence

BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
DRAFT_DAYS: Final = setting("MOTCUA_DRAFT_DAYS", "Whole days that a draft is kept after its owner changed it.")
PLANS_BY_HASH: Final = setting(
    "MOTCUA_PLANS_BY_HASH", "1: a draft names its plan by its hash; 0: it holds the plan, as earlier releases read it."
)
PROCEDURES: Final = catalogue_fence.TABLE
KEYS: Final = sealing.TABLE
VAULTS: Final = vault_fence.TABLE
REPRESENTATIONS: Final = identity_fence.TABLE
ACCOUNT: Final = "account"


class Table:
    """Drafts in the dossiers' table and their uploads in S3."""

    def procedure(self, code: str, day: date) -> offered.OfferedPlan | None:
        """The plan of a procedure in force on a Vietnamese day, as we last heard of it; None when there is none."""
        return offered.plan_in_force(code, day, in_force)

    def pinned(self, offer: offered.OfferedPlan, office: Office, service_channel: str | None) -> PlanItem:
        """What a draft pins of an offered plan: its name, where the stage says so and we keep it under one."""
        if offer.sha256 and int(PLANS_BY_HASH()):
            return plans.named(offer.plan, offer.sha256, office, service_channel)
        return PlanItem(plan=plans.pinned(offer.plan, office, service_channel))

    def form(self, code: str, version: int) -> str | None:
        """The interactive form of a version that was published, as JSON text."""
        return offered.form_of(code, version)

    def agency(self, agency: str) -> Agency | None:
        """A published agency, as we last heard of it."""
        return offered.agency_of(agency)

    def used_key(self, holder: str, key: str) -> UsedKey | None:
        """What was answered under this Idempotency-Key."""
        return references.read_used_key(holder, key)

    def draft(self, reference: str) -> Dossier | None:
        """A draft with everything under its reference, read in one query."""
        return reading.read(reference, whole=True)

    def submitted(self, reference: str, number: int) -> DossierSubmitted:
        """What was told of a submission."""
        return reading.read_event(reference, number, DossierSubmitted)

    def representation(self, representation: str) -> Representation | None:
        """Who may act for whom, as we last heard of it."""
        return acting_room.representation_of(representation)

    def is_used_up(self, said: RepresentationKept) -> bool:
        """Whether a representation is for one act and was used."""
        return acting_room.is_used_up(said)

    def relation(self, who: Principal, head: Head, now: datetime) -> Relation:
        """How somebody stands to a draft."""
        return acting_room.relation_of(who, head, now)

    def among(self, who: Principal, holders: Collection[str]) -> str | None:
        """Which of these keyed hashes is the principal's, by their present number or a former one."""
        return joined.among(who, holders)

    def open(self, head: Head, plan: PlanItem, event: DraftOpened, used: UsedBy, now: datetime) -> None:
        """A new draft, its pinned procedure and the used key; whoever files for its holder has it on their list too.

        It counts among those of the day of whoever opens it. Raises aws.Lost("key") when the key came first,
        AccountLocked, DayLimitReached.
        """
        change = Change(head, now).tell(event).keep_until(head.expires_at).pin(plan)
        if head.acting:
            change.share_with(head.acting.by)
        try:
            _write(change.count_draft(used.holder).use_key(used.holder, used.key, used.body), used.account)
        except aws.Lost as lost:
            allowances.require(lost, "draft", now)
            raise

    def expires_at(self, changed: datetime) -> str:
        """When a draft expires that its owner changed then."""
        return stamp(kept_until(changed, int(DRAFT_DAYS())))

    def pin_anew(self, draft: Dossier, plan: PlanItem, event: DraftPinnedAnew, now: datetime) -> None:
        """The draft stands under another version from now on."""
        change = Change(draft.head, now).tell(event).move(procedure_version=event.procedure_version)
        change.pin(plan).write()

    def renew(self, draft: Dossier, renewed: Renewed, plan: PlanItem, now: datetime, *, account: str) -> None:
        """The draft stands under another version, with what fits it, in one write. Raises AccountLocked."""
        opened_at, head = draft.head.mine_sk.partition("#")[0], draft.head
        change = Change(head, now).tell(renewed.event).pin(plan).keep_until(self.expires_at(now))
        change.move(procedure_version=renewed.event.procedure_version)
        change.move(mine_sk=mine_order(opened_at, head.reference, renewed.min_level))
        if renewed.form and renewed.form_sha256:
            change.move(form_version=renewed.form.version, form_sha256=renewed.form_sha256).save_form(renewed.form)
        for component in renewed.dropped:
            uploads.leave_out(change, component)
        for upload in renewed.refused:
            uploads.refuse(change, upload)
        _write(change, account)

    def save_form(
        self, draft: Dossier, form: FormItem, sha256: str, event: DraftSaved, now: datetime, *, account: str
    ) -> None:
        """The form's new state with its version and digest in HEAD. Raises AccountLocked."""
        change = Change(draft.head, now).tell(event).move(form_version=form.version, form_sha256=sha256)
        _write(change.keep_until(self.expires_at(now)).save_form(form), account)

    def announce(self, draft: Dossier, upload: Upload, event: UploadAnnounced, now: datetime, *, account: str) -> None:
        """An upload that is expected. Raises aws.Lost("upload") when it was announced before, AccountLocked."""
        change = Change(draft.head, now).tell(event).keep_until(self.expires_at(now))
        _write(change.announce(upload), account)

    def announce_more(
        self, dossier: Dossier, upload: Upload, event: UploadAnnounced, now: datetime, *, account: str
    ) -> None:
        """An upload that is expected for a supplement. Raises as `announce`."""
        _write(Change(dossier.head, now).tell(event).announce(upload), account)

    def set_holders(
        self,
        draft: Dossier,
        holders: tuple[CoHolder, ...],
        event: HolderNamed | HoldingConfirmed,
        now: datetime,
        *,
        account: str,
        joins: str | None = None,
    ) -> None:
        """Those who hold the draft with its holder; who joins has it on their list. Raises AccountLocked."""
        change = Change(draft.head, now).tell(event).keep_until(self.expires_at(now)).move(co_holders=holders)
        if joins:
            change.share_with(joins)
        _write(change, account)

    def arrived(self, key: str) -> bool:
        """Whether something was posted under a key (a HEAD, never the body)."""
        return is_there(BUCKET(), key)

    def presigned(self, key: str, media_type: str, max_bytes: int) -> Post:
        """A form for exactly one object under a key of ours, with its type and a limit of size."""
        return post_form(BUCKET(), key, media_type, max_bytes)

    def submit(
        self,
        draft: Dossier,
        event: DossierSubmitted,
        task: Task | None,
        used: UsedBy,
        acting: Acting | None,
        now: datetime,
    ) -> None:
        """HEAD, event, worklist entry and idempotency item, fenced by the procedure and by who may act, in one call.

        Raises aws.Lost: "key" came first, "procedure" is closed, "representation" holds no more, "one act" or
        "one act above" was done under it already, "head" was changed, "opened task <leg> receive" is there. Raises
        AccountLocked.
        """
        change = Change(draft.head, now).tell(event, state=REGISTERED, actor="applicant")
        change.move(state=REGISTERED, submitted_at=stamp(now), attempt=event.attempt).keep()
        if task:
            change.open_task(task)
        change.use_key(used.holder, used.key, used.body, event=draft.head.seq + 1)
        if used.organ:
            change.move(organ=used.organ)
        for part, tie in organ_parts(used.organ, [used.account], now).items():
            change.also(part, tie)
        if acting:
            change.move(acting=acting)
            change.use_up(acting)
            change.require("representation", identity_fence.active(acting.under, acting.version, stamp(now)))
        elif draft.head.acting:
            change.take_off("acting")  # its holder took over
        for each in draft.components:
            _usable(change, each, now)
        fence = catalogue_fence.published(draft.plan.procedure, draft.plan.version, draft.reference, stamp(now))
        _write(change.require("procedure", fence), used.account)

    # --- documents of vaults ---

    def numbers(self, holder: str) -> Iterator[str]:
        """A person's numbers, the present one first: the others are looked for when that is not enough."""
        yield holder
        yield from joined.formers_of(holder)

    def kept(self, owner: str, document: str) -> kept_room.Kept | None:
        """A document of a vault, as it was last told."""
        return kept_room.kept_of(owner, document)

    def refer(
        self, draft: Dossier, component: Component, event: ComponentReferred, now: datetime, *, account: str
    ) -> None:
        """A component by reference, in the place of an earlier one; the vault itself proves that it may be reused.

        Raises aws.Lost: "component" is there, "document <component>" is worth nothing. Raises AccountLocked.
        """
        change = Change(draft.head, now).tell(event).keep_until(self.expires_at(now)).add_component(component)
        kept_room.rely_on(change, event.document)
        for former in draft.components:
            if former.reused and former.code == component.code:
                kept_room.drop(change, former)
        _write(_usable(change, component, now), account)

    def relying(self, document: str) -> list[str]:
        """References of drafts and dossiers that rely on a document of a vault."""
        return kept_room.relying_on(document)

    def relied(self, reference: str) -> Dossier | None:
        """A draft or dossier with its components."""
        return reading.read(reference, Part.COMPONENTS)

    def fall_away(
        self, dossier: Dossier, before: Component, after: Component | None, event: ReliedPaperFlagged, now: datetime
    ) -> None:
        """What a component relied on is worth nothing: it says so, or is gone where there is no state after."""
        change = Change(dossier.head, now).tell(event, actor="vault")
        if after:
            kept_room.mark(change, after)
        else:
            kept_room.drop(change, before)
        change.write()

    # --- drafts that expire ---------------------------------------------------------------------------------------

    def expired(self, now: datetime) -> Iterator[str]:
        """References of drafts whose time was over before now, or whose files are not gone yet, as a list knew them."""
        return lists.expired(now)

    def head(self, reference: str) -> Head | None:
        """HEAD of a draft or dossier."""
        found = reading.read(reference)
        return found.head if found else None

    def held(self, reference: str) -> list[str]:
        """What stands under a reference but HEAD and the log, by its sort keys."""
        return reading.held(reference)

    def expire(self, head: Head, held: list[str], event: DraftExpired, now: datetime) -> None:
        """The draft is none any more: what it held is deleted. Raises aws.Lost("head") when somebody changed it."""
        Change(head, now).tell(event, actor="sweep").expire(held).write()

    def destroy_keys(self, reference: str, now: datetime) -> bool:
        """Destroy the keys of a draft that expired; False when they were before. This process forgets them at once."""
        ring().forget(reference)
        return sealing.destroy(reference, stamp(now))

    def remove_uploads(self, reference: str) -> int:
        """Delete every version of every file that was uploaded for a draft; answers how many."""
        return remove_all(BUCKET(), f"uploads/{reference}/")

    def clear(self, head: Head, event: DraftCleared, now: datetime) -> None:
        """The files are gone: the draft leaves the list of those that expire."""
        Change(head, now).tell(event, actor="sweep").keep().write()

    def changed_last(self, reference: str) -> datetime | None:
        """When something was last told of a draft; None when there is none."""
        found = reading.read(reference, Part.EVENTS)
        return moment(found.events[-1].at) if found and found.events else None

    def enrol(self, head: Head, event: DraftEnrolled, now: datetime) -> None:
        """A draft of an earlier release expires from now on."""
        Change(head, now).tell(event, actor="operator").keep_until(event.expires_at).write()


def _usable(change: Change, component: Component, now: datetime) -> Change:
    """The document of a vault that a component relies on, if it does, is worth something today."""
    if reused := component.reused:
        today = now.astimezone(ZONE).date().isoformat()
        change.require(reuse_part(component), vault_fence.reusable(reused.owner, reused.document, today))
    return change


def _write(change: Change, account: str) -> None:
    """Write what somebody does; of an organisation its account is asked with it. Raises AccountLocked."""
    if account:
        change.require(ACCOUNT, identity_fence.account_open(account))
    try:
        change.write()
    except aws.Lost as lost:
        if ACCOUNT in lost:
            raise AccountLocked from lost
        raise
