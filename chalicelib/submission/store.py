"""Drafts as dossiers that nobody submitted yet; their uploads in the intake bucket."""

from datetime import date, datetime
from typing import Final

from chalicelib.catalogue import fence as catalogue_fence
from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.plan import Plan
from chalicelib.contracts.submission import DossierSubmitted, DraftOpened, DraftPinnedAnew, DraftSaved, UploadAnnounced
from chalicelib.dossier import offered, reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import FormItem, Head, PlanItem, Task, Upload, UsedKey
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.objects import Post, is_there, post_form
from chalicelib.kernel.settings import setting
from chalicelib.law.validity import in_force
from chalicelib.submission.model import REGISTERED

BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
PROCEDURES: Final = catalogue_fence.TABLE


class Table:
    """Drafts in the dossiers' table and their uploads in S3."""

    def procedure(self, code: str, day: date) -> Plan | None:
        """The plan of a procedure in force on a Vietnamese day, as we last heard of it; None when there is none."""
        return offered.plan_in_force(code, day, in_force)

    def form(self, code: str, version: int) -> str | None:
        """The interactive form of a version that was published, as JSON text."""
        return offered.form_of(code, version)

    def agency(self, agency: str) -> Agency | None:
        """A published agency, as we last heard of it."""
        return offered.agency_of(agency)

    def used_key(self, holder: str, key: str) -> UsedKey | None:
        """What was answered under this Idempotency-Key."""
        return reading.read_used_key(holder, key)

    def draft(self, reference: str) -> Dossier | None:
        """A draft with everything under its reference, read in one query."""
        return reading.read(reference, whole=True)

    def submitted(self, reference: str, number: int) -> DossierSubmitted:
        """What was told of a submission."""
        return reading.read_event(reference, number, DossierSubmitted)

    def open(self, head: Head, plan: PlanItem, event: DraftOpened, key: str, body: str, now: datetime) -> None:
        """A new draft, its pinned procedure and the used key. Raises aws.Lost("key") when the key came first."""
        Change(head, now).tell(event).pin(plan).use_key(head.holder, key, body).write()

    def pin_anew(self, draft: Dossier, plan: PlanItem, event: DraftPinnedAnew, now: datetime) -> None:
        """The draft stands under another version from now on."""
        change = Change(draft.head, now).tell(event).move(procedure_version=plan.plan.version)
        change.pin(plan).write()

    def save_form(self, draft: Dossier, form: FormItem, sha256: str, event: DraftSaved, now: datetime) -> None:
        """The form's new state with its version and digest in HEAD."""
        change = Change(draft.head, now).tell(event).move(form_version=form.version, form_sha256=sha256)
        change.save_form(form).write()

    def announce(self, draft: Dossier, upload: Upload, event: UploadAnnounced, now: datetime) -> None:
        """An upload that is expected. Raises aws.Lost("upload") when it was announced before."""
        Change(draft.head, now).tell(event).announce(upload).write()

    def arrived(self, key: str) -> bool:
        """Whether something was posted under a key (a HEAD, never the body)."""
        return is_there(BUCKET(), key)

    def presigned(self, key: str, media_type: str, max_bytes: int) -> Post:
        """A form for exactly one object under a key of ours, with its type and a limit of size."""
        return post_form(BUCKET(), key, media_type, max_bytes)

    def submit(self, draft: Dossier, event: DossierSubmitted, task: Task, key: str, body: str, now: datetime) -> None:
        """HEAD, event, worklist entry and idempotency item, fenced by the procedure, in one write call.

        Raises aws.Lost: "key" came first, "procedure" is closed, "head" was changed, "opened task" is there.
        """
        change = Change(draft.head, now).tell(event, state=REGISTERED, actor="applicant")
        change.move(state=REGISTERED, submitted_at=stamp(now), attempt=event.attempt).open_task(task)
        change.use_key(draft.head.holder, key, body, event=draft.head.seq + 1)
        fence = catalogue_fence.published(draft.plan.procedure, draft.plan.version, draft.reference, stamp(now))
        change.require("procedure", fence).write()
