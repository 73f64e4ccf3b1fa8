"""Reception takes in what came at the counter or by post (Decree 61/2018 Art. 16, 17(1); 118/2025 Art. 15)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.onestop import BroughtByAnother, HandedIn
from chalicelib.contracts.plan import Office
from chalicelib.contracts.submission import DossierSubmitted, party_of
from chalicelib.contracts.tasks import TaskClaimed
from chalicelib.dossier.change import Change
from chalicelib.dossier.claims import Claim
from chalicelib.dossier.fees import filed
from chalicelib.dossier.filing import Filed, Filing, by_representation
from chalicelib.dossier.filled import form_item, read_answer
from chalicelib.dossier.holding import Acting, Named, also_of
from chalicelib.dossier.interests import Work
from chalicelib.dossier.items import NEVER, FormItem, Head, Task, holder_key, leg_name, mine_order
from chalicelib.dossier.names import name_list
from chalicelib.dossier.offered import OfferedPlan, office_on
from chalicelib.dossier.on_paper import Contact, Note, PapersItem
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.refusals import ProcedureClosed, RepresentationEnded
from chalicelib.dossier.registered import seal_of, stages_of
from chalicelib.dossier.ties import organ_parts
from chalicelib.forms.form import read
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import new_reference
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotAllowed, NotFound, TryAgain
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.dates import reception_due
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.papered import NoticeFacts
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.posts import refused_by, require_kind
from chalicelib.onestop.reception.model import (
    POSTAL,
    Given,
    Person,
    came_words,
    line_of,
    originals_of,
    problems,
    require_whole,
)
from chalicelib.onestop.reception.ports import Offers
from chalicelib.sealing.door import seal, unseal

READS = (Part.COMPONENTS, Part.FORM, Part.PAPERS, Part.PLAN, Part.TASKS)


class Base(NamedTuple):
    """What a reception stands on: the procedure and the office of today, and under which new reference."""

    offer: OfferedPlan
    office: Office
    reference: str
    now: datetime


@dataclass(frozen=True)
class Receptions:
    """The use case of an officer of reception."""

    offers: Offers
    dossiers: Dossiers
    clock: Clock

    def take_in(self, who: Principal, given: Given, key: str, raw: bytes) -> Dossier:
        """A dossier in state 1, whose task of reception the officer has; the same key tells the same again.

        What is missing, or wrong in the form, is asked for by a supplement, where reception takes it in as incomplete.
        Raises IntakeIncomplete where it does not, NotAllowed, NotFound for an unknown
        procedure, agency or mandate, OwnDossier, NumberUnknown, BodyInvalid, ProcedureClosed, RepresentationEnded,
        BeyondRepresentation, KeyReused, TryAgain.
        """
        require_kind(who, "receive")
        if given.agency not in who.agencies:
            raise NotAllowed(act=acts.TAKE_IN)
        owner, body = officer_hash(who), hashlib.sha256(f"{acts.TAKE_IN}\x1f".encode() + raw).hexdigest()

        def turn() -> Dossier:
            if used := self.dossiers.used_key(owner, key):
                if used.body != body:
                    raise KeyReused
                return self._taken(used.reference)
            base = self._base(given)
            change = self._change(who, given, base)
            change.use_key(owner, key, body, event=1).write()
            return self._taken(base.reference)

        return self._settled(turn, given)

    def _settled(self, turn: Callable[[], Dossier], given: Given) -> Dossier:
        for _ in waiting.turns():
            try:
                return record.settled(turn)
            except aws.Lost as lost:
                if "procedure" in lost:
                    raise ProcedureClosed(procedure=given.procedure) from None
                if "representation" in lost or "one act" in lost:
                    raise RepresentationEnded(representation=given.representation) from None
                if "key" not in lost:
                    raise refused_by(lost, "receive") from lost
        raise TryAgain

    def _taken(self, reference: str) -> Dossier:
        found = self.dossiers.dossier(reference, *READS)
        if found is None:
            raise NotFound(what="dossier")
        return found

    def _base(self, given: Given) -> Base:
        now = self.clock()
        day = now.astimezone(ZONE).date()
        offer, known = self.offers.procedure(given.procedure, day), self.offers.agency(given.agency)
        if offer is None:
            raise NotFound(what="procedure")
        office = office_on(known, day) if known else None
        if office is None:
            raise NotFound(what="agency")
        if broken := list(problems(given, offer.plan)):
            raise BodyInvalid(fields=broken)
        return Base(offer, office, new_reference(), now)

    def _change(self, who: Principal, given: Given, base: Base) -> Change:
        plan, at, filing = base.offer.plan, stamp(base.now), self._filing(given, base)
        form, sha256 = self._form(given, base)
        require_whole(given, plan, form)
        task = _task(who, base)
        head = _head(given, base, filing, sha256)
        named = structs.replace(head, named=form.named)
        self.dossiers.require_other(who, named, Work(task.agency, "receive"), base.now, anew=True)
        change = self.dossiers.begin(head, base.now)
        event = DossierSubmitted(
            reference=base.reference,
            procedure=plan.procedure,
            procedure_version=plan.version,
            agency=base.office.id,
            channel=given.channel,
            received_at=at,
            due_at=task.due_at,
            components=(),
            seal_sha256=seal_of((), sha256),
            stages=stages_of(plan, base.office.id),
            fee=filed(plan, given.channel, base.office.id, base.now.astimezone(ZONE).date(), form.fee_said or ()),
            representation=filing.acting.told if filing.acting else None,
            party=party_of(given.applicant.kind),
        )
        claimed = TaskClaimed(
            reference=base.reference, leg=task.leg, kind=task.kind, agency=task.agency, officer=officer_hash(who)
        )
        change.tell(event, state=int(DossierState.REGISTERED), actor=who.subject)
        change.tell(claimed, actor=who.subject)
        change.tell(_notice_of(who, given, filing, base), actor=who.subject)
        change.pin(self.offers.pinned(base.offer, base.office)).save_form(form).open_task(task)
        change.keep_papers(_papers(who, given, base))
        if filing.acting:
            self._acts(change, filing.acting)
        for part, op in {**_ties(given, filing, head, base), **self.dossiers.posts(who, "receive", at)}.items():
            change.require(part, op)
        return change.require("procedure", self.offers.in_force(base.offer, base.reference, at))

    def _acts(self, change: Change, acting: Acting) -> None:
        """Whoever files for the applicant has it on their list, and may still when it is written."""
        change.share_with(acting.by).require("representation", self.offers.active(acting, stamp(change.now)))
        if acting.for_one_act:
            change.use_up(acting)

    def _filing(self, given: Given, base: Base) -> Filing:
        person, by = given.applicant, given.brought_by
        holder = holder_of(person.kind, person.number)
        kind = None if person.kind == "CITIZEN" else person.kind
        named = Named(
            name=person.name,
            personal_id=person.number,
            kind=kind,
            by=by.name if by else None,
            by_id=by.number if by else None,
        )
        if given.representation is None:
            return Filing(holder, named)
        kept = self.offers.representation(given.representation)
        if kept is None or kept.said.represented != holder:
            raise NotFound(what="representation")
        if self.offers.is_used_up(kept.said):
            raise RepresentationEnded(representation=kept.said.id)
        filing = by_representation(kept, Filed(base.reference, given.procedure, base.now))
        if filing.acting and given.channel == "DIRECT":
            _require_present(filer_of(base.reference, filing.acting), by)
        return filing._replace(named=named)

    def _form(self, given: Given, base: Base) -> tuple[FormItem, str]:
        """The answers as the server reads them, complete or not, and their digest."""
        plan = base.offer.plan
        text = self.dossiers.form(plan.procedure, plan.version)
        if text is None:
            raise ProcedureClosed(procedure=plan.procedure, version=plan.version)
        document = read(text)
        answer = read_answer(plan, document, given.form, base.now.astimezone(ZONE).date())
        return form_item(base.reference, plan, document, answer, 1), answer.sha256


def _notice_of(who: Principal, given: Given, filing: Filing, base: Base) -> BroughtByAnother | HandedIn:
    """The notice of what came in somebody's name: that they brought it is one officer's word, too.

    By post nobody was seen. To the counter somebody always comes for an organisation.
    """
    by, at = given.brought_by, stamp(base.now)
    facts = NoticeFacts(
        agency=base.office.id, handler=who.name, received_at=at, processed_at=at, due_at=None, acted_for=None
    )
    sealed = seal(base.reference, {"reason": came_words(given, base.offer.plan)})
    own = (filing.holder, *(also_of(filing.named) or ()))
    if given.channel != POSTAL and (
        by is None or given.applicant.kind == "ORGANISATION" or holder_of("CITIZEN", by.number) in own
    ):
        return HandedIn(reference=base.reference, sealed=sealed, **facts)
    return BroughtByAnother(reference=base.reference, representation=given.representation, sealed=sealed, **facts)


def _ties(given: Given, filing: Filing, head: Head, base: Base) -> dict[str, aws.Op]:
    """Who brought it is tied to the organisations that file it, or for which it is filed."""
    sides = [(given.applicant.kind, filing.holder)]
    if filing.acting:
        sides.append((filer_of(base.reference, filing.acting).kind or "CITIZEN", filing.acting.by))
    return organ_parts(head.organ, [holder for kind, holder in sides if kind == "ORGANISATION"], base.now)


def filer_of(reference: str, acting: Acting) -> Named:
    """Who files for the applicant."""
    return heard(Named, unseal(reference, acting.sealed))


def _require_present(agent: Named, came: Person | None) -> None:
    """Raise BodyInvalid unless who came to the counter is who files for the applicant; for an organisation somebody."""
    if came is None or (agent.kind is None and came.number != agent.personal_id):
        vi, en = "Người đại diện phải có mặt khi nộp trực tiếp", "Who represents the applicant has to be there"
        raise BodyInvalid(fields=[FieldError("/brought_by", "agent_absent", vi, en)])


def _head(given: Given, base: Base, filing: Filing, sha256: str) -> Head:
    plan, at = base.offer.plan, stamp(base.now)
    return Head(
        pk=base.reference,
        state=int(DossierState.REGISTERED),
        procedure=plan.procedure,
        procedure_version=plan.version,
        agency=base.office.id,
        holder=filing.holder,
        sealed=seal(base.reference, told(filing.named)),
        channel=given.channel,
        mine_pk=holder_key(filing.holder),
        mine_sk=mine_order(at, base.reference, plan.min_level),
        expires_at=NEVER,
        form_version=1,
        form_sha256=sha256,
        submitted_at=at,
        attempt=1,
        acting=filing.acting,
        organ=holder_of("CITIZEN", given.brought_by.number) if given.brought_by else None,
        also=also_of(filing.named, *([filer_of(base.reference, filing.acting)] if filing.acting else ())),
        so_pk=name_list(base.office.id, filing.named.name),
        wl_sk=at,
    )


def _task(who: Principal, base: Base) -> Task:
    """Reception's check, which the officer has from the beginning."""
    first, at = stages_of(base.offer.plan, base.office.id)[0][0], stamp(base.now)
    return Task(
        leg=leg_name(0, first.leg),
        kind="receive",
        agency=first.agency,
        opened_at=at,
        due_at=reception_due(base.now),
        reference=base.reference,
        procedure=base.offer.plan.procedure,
        claim=Claim(officer=officer_hash(who), name=who.name, agency=who.agency, at=at),
    )


def _papers(who: Principal, given: Given, base: Base) -> PapersItem:
    at, day = stamp(base.now), base.now.astimezone(ZONE).date()
    planned = {each.code: each for each in base.offer.plan.components}

    def sealed(note: str) -> str | None:
        return seal(base.reference, told(Note(note=note))) if note else None

    contact = seal(base.reference, told(given.contact)) if given.contact != Contact() else ""
    return PapersItem(
        contact=contact,
        lines=tuple(line_of(each, planned.get(each.component), at, day, sealed(each.note)) for each in given.papers),
        originals=originals_of(given.papers, at, base.office.id, officer_hash(who), who.name),
    )
