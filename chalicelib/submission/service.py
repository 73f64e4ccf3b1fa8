"""Open a draft, fill it, announce uploads, submit it once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.errors import (
    AlreadySubmitted,
    ElectronicBarred,
    FieldError,
    KeyReused,
    LevelTooLow,
    LostUpdate,
    NotFound,
    ProcedureClosed,
    TryAgain,
    UploadRefused,
)
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import canonical, digest, new_reference, seal
from chalicelib.law import calendars, clock, packs
from chalicelib.submission.model import (
    DRAFT,
    MAX_UPLOADS,
    REGISTERED,
    Draft,
    manifest,
    named,
    office_on,
    require_ready,
    seal_of,
    stages_of,
)
from chalicelib.submission.ports import Drafts

if TYPE_CHECKING:
    from chalicelib.forms.form import Form
    from chalicelib.forms.prefill import Prefilled

ACCEPTED = ("image/jpeg", "image/png", "application/pdf")
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
KEPT_DRAFT = timedelta(days=30)
TASK, KEY, PROCEDURE = 2, 3, 4  # places in the submission's transaction


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the applicant is told: the reference, the official reception time, and exactly what was received."""

    reference: str
    received_at: str
    components: list[dict[str, Any]]
    seal_sha256: str


def _body_hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True)
class Submissions:
    """Use cases of the submission."""

    drafts: Drafts
    clock: Clock

    def open(self, who: Principal, procedure: str, agency: str, channel: str, key: str, raw: bytes) -> Draft:
        """Open a draft for the principal, or return the one this key opened.

        Raises NotFound for an unknown procedure or agency, ElectronicBarred (Decree 137/2024 Art. 8(1)), LevelTooLow,
        KeyReused.
        """
        day = self.clock().astimezone(clock.ZONE).date()
        plan, known = self.drafts.procedure(procedure, day), self.drafts.agency(agency)
        if plan is None:
            raise NotFound(what="procedure")
        office = office_on(known, day) if known else None
        if office is None:
            raise NotFound(what="agency")
        if plan.get("barred_by"):
            raise ElectronicBarred(legal_basis=plan["barred_by"])
        if who.level < plan["min_level"]:
            raise LevelTooLow(required=plan["min_level"])
        used = self.drafts.used_key(who.holder, key)
        if used is None:
            used = self._open_new(who, plan, office, channel, key, raw)
        if used["body"] != _body_hash(raw):
            raise KeyReused
        return self.read(who, used["reference"])

    def _open_new(
        self, who: Principal, plan: Mapping[str, Any], office: Mapping[str, Any], channel: str, key: str, raw: bytes
    ) -> dict[str, Any]:
        now, reference, body_hash = self.clock(), new_reference(), _body_hash(raw)
        head = {
            "state": DRAFT,
            "procedure": plan["procedure"],
            "procedure_version": plan["version"],
            "agency": office["id"],
            "holder": who.holder,
            "sealed": seal({"name": who.name, "personal_id": who.personal_id}),
            "channel": channel,
            "form_version": 0,
            "mine_pk": f"HOLDER#{who.holder}",
            "mine_sk": f"{stamp(now)}#{reference}",
            "expires_at": stamp(now + KEPT_DRAFT),
        }
        fact = Fact(
            EventType.DRAFT_OPENED, {"procedure": plan["procedure"], "agency": office["id"], "channel": channel}
        )
        try:
            record.settled(
                lambda: self.drafts.open(
                    reference, head, {**plan, "office": dict(office)}, fact, (who.holder, key, body_hash), now
                )
            )
        except aws.WriteLost:  # the same key came twice at once
            return self.drafts.used_key(who.holder, key) or {"body": ""}
        return {"body": body_hash, "reference": reference}

    def read(self, who: Principal, reference: str) -> Draft:
        """A draft of the principal's own. Raises NotFound, for another person's draft just the same."""
        draft = self.drafts.draft(reference)
        if draft is None or not who.holder or draft.head["holder"] != who.holder:
            raise NotFound(what="draft")
        return draft

    def save_form(self, who: Principal, reference: str, form: Mapping[str, Any], version: int) -> Draft:
        """Save the form, complete or not, as the server reads it: what is computed is computed here.

        What is hidden is dropped; broken rules are kept beside it. Raises LostUpdate, AlreadySubmitted.
        """

        from chalicelib.forms.evaluate import evaluate
        from chalicelib.submission.forms import answers, told

        def once() -> None:
            draft = self._open_draft(who, reference)
            if draft.head["form_version"] != version:
                raise LostUpdate(current_version=draft.head["form_version"])
            document = self.drafts.form(draft.plan["procedure"], draft.plan["version"])
            outcome = evaluate(document, form, self.clock().astimezone(clock.ZONE).date())
            errors, warnings = [told(p) for p in outcome.errors], [told(p) for p in outcome.warnings]
            item = {
                "sealed": seal(outcome.values),
                "answers": seal(answers(document, outcome.values)),
                "errors": errors,
                "warnings": warnings,
                "hidden": list(outcome.hidden),
                "version": version + 1,
            }
            digest_of = hashlib.sha256(canonical(outcome.values).encode()).hexdigest()
            put = {"form_version": version + 1, "form_sha256": digest_of}
            fact = Fact(EventType.DRAFT_SAVED, {"form_version": version + 1, "broken": len(errors)})
            self.drafts.save_form(draft, item, put, fact, self.clock())

        record.settled(once)
        return self.read(who, reference)

    def form(self, who: Principal, reference: str) -> tuple["Form", list["Prefilled"]]:
        """The form that the draft is filled in by, and what is known of its owner already. Raises NotFound."""
        from chalicelib.forms.prefill import prefill
        from chalicelib.submission.forms import known_of

        draft = self.read(who, reference)
        document = self.drafts.form(draft.plan["procedure"], draft.plan["version"])
        return document, prefill(document, known_of(who), {})

    def announce(
        self, who: Principal, reference: str, wanted: Mapping[str, Any], key: str
    ) -> tuple[str, dict[str, Any]]:
        """Announce one file of a component; returns the upload's id and the presigned form for it.

        Raises UploadRefused for a type, size or component that the procedure does not take.
        """
        upload_id = digest(reference, key)

        def once() -> Mapping[str, Any]:
            draft = self._open_draft(who, reference)
            known = next((u for u in draft.uploads if u["id"] == upload_id), None)
            if known:
                if known["body"] != digest(canonical(wanted)):
                    raise KeyReused
                return known
            _require_acceptable(draft, wanted)
            upload = {
                "id": upload_id,
                "component": wanted["component"],
                "filename": wanted["filename"],
                "media_type": wanted["media_type"],
                "size": wanted["size"],
                "key": f"uploads/{reference}/{upload_id}",
                "status": "pending",
                "announced_at": stamp(self.clock()),
                "body": digest(canonical(wanted)),
            }
            fact = Fact(EventType.UPLOAD_ANNOUNCED, {"upload": upload_id, "component": wanted["component"]})
            self.drafts.announce(draft, upload, fact, self.clock())
            return upload

        upload = record.settled(once)
        return upload_id, self.drafts.presigned(upload["key"], upload["media_type"], MAX_UPLOAD_BYTES)

    def _open_draft(self, who: Principal, reference: str) -> Draft:
        draft = self.read(who, reference)
        if not draft.is_open:
            raise AlreadySubmitted(reference=reference)
        return draft

    def submit(self, who: Principal, reference: str, key: str, raw: bytes) -> Submitted:
        """Submit a draft once, however often it is asked, with its official reception time (Decree 45/2020 Art. 11(1)).

        Raises NotFound, AlreadySubmitted, ComponentMissing, ComponentUnchecked, FormInvalid, LevelTooLow,
        ProcedureClosed, KeyReused.
        """
        for _ in range(record.ATTEMPTS):
            used = self.drafts.used_key(who.holder, key)
            if used:
                if used["body"] != _body_hash(raw):
                    raise KeyReused
                return self._told(who, used["reference"], used["event"])
            draft = self.read(who, reference)
            try:
                return self._submit_once(who, draft, key, raw)
            except aws.WriteContended:
                continue
            except AlreadySubmitted:
                if not self.drafts.used_key(who.holder, key):
                    raise  # else it was this very request, a moment ago: tell the same
            except aws.WriteLost as lost:
                if lost.at(PROCEDURE):
                    raise ProcedureClosed(procedure=draft.plan["procedure"], version=draft.plan["version"]) from None
        raise TryAgain

    def _submit_once(self, who: Principal, draft: Draft, key: str, raw: bytes) -> Submitted:
        if who.level < draft.plan["min_level"]:
            raise LevelTooLow(required=draft.plan["min_level"])
        arrived = {u["id"] for u in draft.uploads if u["status"] == "pending" and self.drafts.arrived(u["key"])}
        require_ready(draft, arrived)
        now = self.clock()
        lines, task = manifest(draft), _reception(draft, now)
        fact = Fact(
            EventType.DOSSIER_SUBMITTED,
            {
                "reference": draft.reference,
                "procedure": draft.plan["procedure"],
                "procedure_version": draft.plan["version"],
                "agency": draft.head["agency"],
                "channel": draft.head["channel"],
                "received_at": stamp(now),
                "due_at": task["due_at"],
                "components": lines,
                "seal_sha256": seal_of(lines, draft.head["form_sha256"]),
                "attempt": 1,
                "stages": stages_of(draft.plan, draft.head["agency"]),
            },
            state=REGISTERED,
            actor="applicant",
        )
        put = {"state": REGISTERED, "submitted_at": stamp(now), "attempt": 1}
        self.drafts.submit(draft, put, fact, task, (who.holder, key, _body_hash(raw)), now)
        return Submitted(draft.reference, fact.data["received_at"], named(lines, draft), fact.data["seal_sha256"])

    def _told(self, who: Principal, reference: str, number: int) -> Submitted:
        data, draft = self.drafts.event(reference, number)["data"], self.read(who, reference)
        return Submitted(reference, data["received_at"], named(data["components"], draft), data["seal_sha256"])


def _require_acceptable(draft: Draft, wanted: Mapping[str, Any]) -> None:
    broken = []
    if wanted["component"] not in {c["code"] for c in draft.plan["components"]}:
        broken.append(
            FieldError(
                "/component", "unknown", "Không phải thành phần của thủ tục", "Not a component of this procedure"
            )
        )
    if any(c.get("exemption") == "secret" and c["code"] == wanted["component"] for c in draft.plan["components"]):
        vi, en = "Giấy tờ mật nộp trực tiếp tại cơ quan", "A paper secret under law is handed in at the agency"
        broken.append(FieldError("/component", "secret", vi, en))
    if wanted["media_type"] not in ACCEPTED:
        names = ", ".join(ACCEPTED)
        broken.append(FieldError("/media_type", "accepted_types", f"Chỉ nhận {names}", f"Only {names}"))
    if not 0 < wanted["size"] <= MAX_UPLOAD_BYTES:
        limit = f"1..{MAX_UPLOAD_BYTES} byte"
        broken.append(FieldError("/size", "max_bytes", f"Kích thước phải trong {limit}", f"The size must be {limit}"))
    if len(draft.uploads) >= MAX_UPLOADS:
        broken.append(FieldError("", "max_uploads", f"Tối đa {MAX_UPLOADS} tệp", f"At most {MAX_UPLOADS} files"))
    if broken:
        raise UploadRefused(fields=broken)


def _reception(draft: Draft, now: datetime) -> dict[str, Any]:
    """The first task: the officer's check within the pack's working hours (Decree 45/2020 Art. 11(3))."""
    hours = packs.pack_on(now.astimezone(clock.ZONE).date()).rules.reception_notify_working_hours
    due = clock.due(now, clock.Term(hours.value, "wh"), calendar=calendars.national())
    first = stages_of(draft.plan, draft.head["agency"])[0][0]
    return {
        "leg": f"0-{first['leg']}",
        "kind": "receive",
        "agency": first["agency"],
        "opened_at": stamp(now),
        "due_at": stamp(due.due_at),
        "reference": draft.reference,
        "procedure": draft.plan["procedure"],
    }
