"""Open a draft, fill it, announce uploads, submit it once."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from chalicelib.contracts.event import told
from chalicelib.contracts.plan import UNSAID_LEVEL, Office
from chalicelib.contracts.submission import (
    DossierSubmitted,
    DraftOpened,
    DraftPinnedAnew,
    DraftSaved,
    UploadAnnounced,
    party_of,
)
from chalicelib.dossier.acting import stage_of
from chalicelib.dossier.fees import filed
from chalicelib.dossier.filing import Filing
from chalicelib.dossier.holding import Acting, also_of
from chalicelib.dossier.items import DRAFT, Head, Upload, holder_key, mine_order
from chalicelib.dossier.names import name_list
from chalicelib.dossier.offered import OfferedPlan, office_on
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.references import UsedKey
from chalicelib.dossier.refusals import ProcedureClosed, RepresentationEnded
from chalicelib.dossier.registered import seal_of, stages_of
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.access import Principal, Relation, allowed, require_level
from chalicelib.kernel.clock import Clock, moment, said, stamp
from chalicelib.kernel.ids import canonical, digest, new_reference
from chalicelib.kernel.problem import ContentErased, KeyReused, LostUpdate, NotAllowed, NotFound, TryAgain
from chalicelib.law import clock
from chalicelib.sealing.door import seal
from chalicelib.submission import acts
from chalicelib.submission.fees import said_of
from chalicelib.submission.fences import closed, require_standing
from chalicelib.submission.filing import for_another, for_oneself, named_of, require_name
from chalicelib.submission.holders import require_confirmed
from chalicelib.submission.model import (
    MAX_UPLOAD_BYTES,
    NOTHING_BESIDE,
    Announcement,
    Beside,
    Came,
    Submitted,
    UsedBy,
    expected,
    first_task,
    manifest,
    named,
    require_acceptable,
    require_offered,
    require_ready,
)
from chalicelib.submission.ports import Drafts, PostForm
from chalicelib.submission.refusals import AlreadySubmitted, DraftGone, ElectronicBarred

if TYPE_CHECKING:
    from chalicelib.forms.form import Form
    from chalicelib.submission.prefilling import KnownForm


def _body_hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


class Submissions(msgspec.Struct, frozen=True):
    """Use cases of the submission."""

    drafts: Drafts
    clock: Clock

    def open(self, who: Principal, procedure: str, agency: str, came: Came, key: str, raw: bytes) -> Dossier:
        """Open a draft for the principal, or return the one this key opened.

        Raises NotFound for an unknown procedure or agency, ElectronicBarred (Decree 137/2024 Art. 8(1)), LevelTooLow,
        NameUnusable, BodyInvalid for a channel on which the service is not offered (Art. 8(5)), KeyReused,
        DayLimitReached.
        """
        offer, known = self.drafts.procedure(procedure, self._today()), self.drafts.agency(agency)
        if offer is None:
            raise NotFound(what="procedure")
        plan = offer.plan
        office = office_on(known, self._today()) if known else None
        if office is None:
            raise NotFound(what="agency")
        if plan.barred_by:
            raise ElectronicBarred(legal_basis=plan.barred_by)
        require_level(who, plan.min_level)
        require_name(named_of(who))
        require_offered(plan, came.service_channel)
        used = self.drafts.used_key(who.holder, key) or self._open_new(who, offer, office, came, key, raw)
        if used is None or used.body != _body_hash(raw):
            raise KeyReused
        return self.read(who, used.reference)

    def _today(self) -> date:
        return self.clock().astimezone(clock.ZONE).date()

    def _open_new(
        self, who: Principal, offer: OfferedPlan, office: Office, came: Came, key: str, raw: bytes
    ) -> UsedKey | None:
        plan, now, reference, body = offer.plan, self.clock(), new_reference(), _body_hash(raw)
        filing = self._filing(who, reference, plan.procedure, came.acts_for, now)
        head = Head(
            pk=reference,
            state=DRAFT,
            procedure=plan.procedure,
            procedure_version=plan.version,
            agency=office.id,
            holder=filing.holder,
            sealed=seal(reference, told(filing.named)),
            channel=came.channel,
            mine_pk=holder_key(filing.holder),
            mine_sk=mine_order(stamp(now), reference, plan.min_level),
            expires_at=self.drafts.expires_at(now),
            acting=filing.acting,
            also=also_of(filing.named, named_of(who)),
            portal=who.portal or None,
            so_pk=name_list(office.id, filing.named.name),
            wl_sk=stamp(now),
        )
        opened = DraftOpened(
            procedure=plan.procedure, agency=office.id, channel=came.channel, service_channel=came.service_channel
        )
        item = self.drafts.pinned(offer, office, came.service_channel)
        try:
            by = UsedBy(who.holder, key, body, who.account)
            record.settled(lambda: self.drafts.open(head, item, opened, by, now))
        except aws.Lost:  # the same key came twice at once
            return self.drafts.used_key(who.holder, key)
        return UsedKey(body=body, reference=reference, at=stamp(now))

    def read(self, who: Principal, reference: str) -> Dossier:
        """A draft that the principal holds or files for its holder, with the level of identity that it was opened with.

        Raises NotFound, for another person's draft just the same, RepresentationEnded, LevelTooLow, ContentErased,
        DraftGone.

        A draft of a release that pinned its form otherwise is pinned anew, to the version in force.
        """

        def once() -> Dossier:
            draft = self.drafts.draft(reference)
            if draft is None:
                raise NotFound(what="draft")
            self._require(who, acts.READ, draft)
            if draft.head.expired_at:
                require_level(who, draft.head.min_level or UNSAID_LEVEL)
                raise DraftGone(expired_at=said(draft.head.expired_at))
            require_level(who, draft.plan.min_level)
            if draft.head.erased_at:
                raise ContentErased(dossier=reference)
            return self._pinned_anew(draft) if draft.head.is_draft and draft.pinned.is_anew else draft

        return record.settled(once)

    def _filing(
        self, who: Principal, reference: str, procedure: str, representation: str | None, now: datetime
    ) -> Filing:
        """Whose the draft will be. Raises NotFound, RepresentationEnded, BeyondRepresentation."""
        if representation is None:
            return for_oneself(who)
        kept = self.drafts.representation(representation)
        is_theirs = kept is not None and self.drafts.among(who, (kept.said.representative,)) is not None
        filing = for_another(who, reference, procedure, kept if is_theirs else None, now)
        if kept and self.drafts.is_used_up(kept.said):
            raise RepresentationEnded(representation=kept.said.id)
        return filing

    def _require(self, who: Principal, act: str, draft: Dossier) -> Relation:
        """How somebody stands to the draft, who may do this.

        Raises NotFound for whoever may not even see it, NotAllowed for who sees it and may not do this.
        """
        head = draft.head
        relation = self.drafts.relation(who, head, self.clock())
        if allowed(who, act, relation):
            return relation
        if allowed(who, acts.READ, relation):
            raise NotAllowed(act=act)
        if head.acting and who.holder and head.acting.by == who.holder:
            raise RepresentationEnded(representation=head.acting.under)
        raise NotFound(what="draft")

    def _pinned_anew(self, draft: Dossier) -> Dossier:
        offer = self.drafts.procedure(draft.head.procedure, self._today())
        if offer is None:
            return draft  # none is in force: the submission says so
        event = DraftPinnedAnew(procedure=offer.plan.procedure, procedure_version=offer.plan.version)
        item = self.drafts.pinned(offer, draft.plan.office, draft.plan.service_channel)
        self.drafts.pin_anew(draft, item, event, self.clock())
        return self.drafts.draft(draft.reference) or draft

    def expires_at(self, draft: Dossier) -> str | None:
        """When a draft expires if its owner leaves it as it is; None once it was submitted.

        A release that let none expire never moved what it stored: there the last change counts.
        """
        head = draft.head
        if not head.is_draft or head.exp_pk:
            return head.expires_at if head.is_draft else None
        return max(head.expires_at, self.drafts.expires_at(moment(draft.events[-1].at)))

    def save_form(self, who: Principal, reference: str, form: Mapping[str, object], version: int) -> Dossier:
        """Save the form, complete or not, as the server reads it: what is computed is computed here.

        What is hidden is dropped; broken rules are kept beside it. The same form again, on the version it was saved
        on, is told the same: its answer was lost. Raises LostUpdate, AlreadySubmitted, and what `read` raises.
        """
        from chalicelib.dossier.filled import form_item, read_answer

        def once() -> Dossier:
            draft = self.to_change(who, reference)
            if draft.head.form_version not in (version, version + 1):
                raise LostUpdate(current_version=draft.head.form_version)
            document = self._document(draft)
            answer = read_answer(draft.plan, document, form, self._today())
            if draft.head.form_version == version + 1:
                if draft.head.form_sha256 != answer.sha256:
                    raise LostUpdate(current_version=draft.head.form_version)
                return draft
            try:
                item = form_item(reference, draft.plan, document, answer, version + 1)
            except ContentErased:
                self.read(who, reference)  # it expired since it was read: that is what is told
                raise
            saved = DraftSaved(form_version=item.version, broken=len(item.errors))
            self.drafts.save_form(draft, item, answer.sha256, saved, self.clock(), account=who.account)
            return draft.filled(item, answer.sha256, self.drafts.expires_at(self.clock()))

        return record.settled(once)

    def _document(self, draft: Dossier) -> "Form":
        from chalicelib.forms.form import read

        text = self.drafts.form(draft.plan.procedure, draft.plan.version)
        if text is None:
            raise self._closed(draft)
        return read(text)

    def _closed(self, draft: Dossier) -> ProcedureClosed:
        """The draft's version is closed; `successor` is the version in force, `renewal` the route that goes on."""
        return closed(draft, self.drafts.procedure(draft.head.procedure, self._today()))

    def form(self, who: Principal, reference: str) -> "KnownForm":
        """The form that the draft is filled in by, what is known of its owner already, and what its papers say.

        Raises NotFound.
        """
        from chalicelib.dossier.filled import known_of
        from chalicelib.forms.prefill import prefill
        from chalicelib.submission.prefilling import KnownForm, from_papers

        draft = self.read(who, reference)
        document = self._document(draft)
        return KnownForm(document, prefill(document, known_of(who), {}), from_papers(draft, document))

    def announce(self, who: Principal, reference: str, wanted: Announcement, key: str) -> tuple[str, PostForm]:
        """Announce one file of a component; returns the upload's id and the presigned form for it.

        Raises UploadRefused for a type, size or component that the procedure does not take.
        """
        upload_id = digest(reference, key)
        body = digest(canonical(told(wanted)))

        def once() -> Upload:
            draft = self.to_change(who, reference)
            known = next((u for u in draft.uploads if u.id == upload_id), None)
            if known:
                if known.body != body:
                    raise KeyReused
                return known
            require_acceptable(draft, wanted, len(draft.uploads))
            upload = expected(reference, upload_id, wanted, body, self.clock())
            announced = UploadAnnounced(upload=upload_id, component=wanted.component)
            self.drafts.announce(draft, upload, announced, self.clock(), account=who.account)
            return upload

        upload = record.settled(once)
        return upload_id, self.drafts.presigned(upload.key, upload.media_type, MAX_UPLOAD_BYTES)

    def to_supplement(self, who: Principal, reference: str) -> Dossier:
        """A dossier to whoever may answer for it. Raises what `read` raises, NotAllowed."""
        dossier = self.read(who, reference)
        relation = self.drafts.relation(who, dossier.head, self.clock())
        if not allowed(who, acts.SUPPLEMENT, relation, stage_of(dossier.head)):
            raise NotAllowed(act=acts.SUPPLEMENT)
        return dossier

    def to_reuse(self, who: Principal, reference: str) -> Dossier:
        """A draft to whoever may open the vault of its holder. Raises AlreadySubmitted, and what `read` raises."""
        return self.to_change(who, reference, acts.REUSE)

    def to_look_up(self, who: Principal, reference: str) -> Dossier:
        """A draft to whoever may look its holder's papers up. Raises AlreadySubmitted, and what `read` raises."""
        return self.to_change(who, reference, acts.LOOK_UP)

    def to_name(self, who: Principal, reference: str) -> Dossier:
        """A draft to whoever may name holders of it. Raises AlreadySubmitted, and what `read` raises."""
        return self.to_change(who, reference, acts.NAME_HOLDER)

    def to_change(self, who: Principal, reference: str, *more: str) -> Dossier:
        """A draft to whoever may change it, and do `more` with it. Raises AlreadySubmitted, and what `read` raises."""
        draft = self.read(who, reference)
        if not draft.head.is_draft:
            raise AlreadySubmitted(reference=reference)
        for act in (acts.CHANGE, *more):
            self._require(who, act, draft)
        return draft

    def submit(
        self, who: Principal, reference: str, key: str, raw: bytes, beside: Beside = NOTHING_BESIDE
    ) -> Submitted:
        """Submit a draft once, however often it is asked, with its official reception time (Decree 45/2020 Art. 11(1)).

        Raises NotFound, AlreadySubmitted, ComponentMissing, ComponentUnchecked, FormInvalid, LevelTooLow,
        ProcedureClosed, KeyReused, RepresentationEnded, DocumentNotReusable, BodyInvalid for what is said beside the
        form though it asks it.
        """
        for _ in waiting.turns():
            used = self.drafts.used_key(who.holder, key)
            if used:
                if used.body != _body_hash(raw):
                    raise KeyReused
                return self._told(who, used)
            draft = self.read(who, reference)
            relation = self._require(who, acts.SUBMIT, draft)
            try:
                by = UsedBy(who.holder, key, _body_hash(raw), who.account, who.organ)
                return self._submit_once(who, relation, draft, by, beside)
            except aws.WriteContended:
                continue
            except AlreadySubmitted:
                if not self.drafts.used_key(who.holder, key):
                    raise  # else it was this very request, a moment ago: tell the same
            except aws.Lost as lost:
                if "procedure" in lost:
                    raise self._closed(draft) from None
                require_standing(draft, lost)
        raise TryAgain

    def _submit_once(
        self, who: Principal, relation: Relation, draft: Dossier, used: UsedBy, beside: Beside
    ) -> Submitted:
        arrived = {u.id for u in draft.uploads if u.status == "pending" and self.drafts.arrived(u.key)}
        require_ready(draft, arrived)
        require_confirmed(draft.head)
        given = said_of(draft.plan, draft.form, beside)
        now, acting = self.clock(), self._acting(relation, draft)
        lines, task = manifest(draft.components), first_task(draft, now)
        event = DossierSubmitted(
            reference=draft.reference,
            procedure=draft.plan.procedure,
            procedure_version=draft.plan.version,
            agency=draft.head.agency,
            channel=draft.head.channel,
            service_channel=draft.plan.service_channel,
            received_at=stamp(now),
            due_at=task.due_at if task else None,
            components=lines,
            seal_sha256=seal_of(lines, draft.head.form_sha256),
            attempt=1,
            stages=stages_of(draft.plan, draft.head.agency),
            fee=filed(draft.plan, draft.head.channel, draft.head.agency, now.astimezone(clock.ZONE).date(), given),
            representation=acting.told if acting else None,
            portal=who.portal or None,
            is_bundle=draft.plan.is_bundle or None,
            party=party_of(who.kind) if relation is Relation.HOLDER else None,
        )
        self.drafts.submit(draft, event, task, used, acting, now)
        return Submitted(draft.reference, event.received_at, named(lines, draft.components), event.seal_sha256)

    def _acting(self, relation: Relation, draft: Dossier) -> Acting | None:
        """Who submits for the holder, by the terms of today; nobody when the holder does it (R28)."""
        acting = draft.head.acting if relation is Relation.REPRESENTATIVE else None
        kept = self.drafts.representation(acting.under) if acting else None
        if acting is None or kept is None:
            return None
        said = kept.said
        terms = {"version": said.version, "may": said.may, "storage": said.storage}
        return structs.replace(acting, **terms, for_one_act=said.for_one_act, above=said.above)

    def _told(self, who: Principal, used: UsedKey) -> Submitted:
        if used.event is None:
            raise KeyReused  # it opened a draft
        event = self.drafts.submitted(used.reference, used.event)
        try:
            draft: Dossier | None = self.read(who, used.reference)
        except RepresentationEnded:  # with this very submission, or since: it is told what was told before
            draft = self.drafts.draft(used.reference)
        if draft is None:
            raise NotFound(what="draft")
        lines = named(event.components, draft.components)
        return Submitted(used.reference, event.received_at, lines, event.seal_sha256)
