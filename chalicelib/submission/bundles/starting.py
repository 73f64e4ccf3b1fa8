"""Start the child dossier of a leg, once, however often the leg is told to be open (Decree 63/2024)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.contracts.bundles import ChildStarted, LegEnd, LegOpened, LegSkipped
from chalicelib.contracts.plan import Office, PlannedLeg, PlannedStart
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.bundled import CHILD, complete, has_result, started_leg
from chalicelib.dossier.change import Change
from chalicelib.dossier.fees import filed
from chalicelib.dossier.filled import ReadAnswer, form_item, read_answer
from chalicelib.dossier.follower import acting_of, also_listed, co_holders_anew, sealed_anew
from chalicelib.dossier.items import NEVER, Head, Task, holder_key, leg_name, mine_order
from chalicelib.dossier.names import name_list
from chalicelib.dossier.offered import OfferedPlan, office_on
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.plans import PinnedPlan, PlanItem
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.readings import carried
from chalicelib.dossier.registered import seal_of, stages_of
from chalicelib.forms.form import Form, read
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.law import calendars, clock, packs
from chalicelib.law.states import DossierState
from chalicelib.sealing.door import unseal
from chalicelib.submission.bundles.model import Earlier, as_bundled, is_wanted, name_of, papers_of, taken_of, values_of
from chalicelib.submission.bundles.ports import Families
from chalicelib.submission.model import manifest

BY_BUNDLE: Final = "bundle"
READS: Final = (Part.COMPONENTS, Part.FORM, Part.PLAN, Part.TASKS)


@dataclass(frozen=True)
class Made:
    """What a child is made of: its plan and office, its form as the server read it, the earlier children's results."""

    reference: str
    plan: PinnedPlan
    office: Office
    document: Form
    answer: ReadAnswer
    earlier: dict[str, Earlier]


@dataclass(frozen=True)
class Starting:
    """The use case of the portal that splits a bundle."""

    families: Families
    clock: Clock

    def start(self, opened: LegOpened) -> None:
        """Make the child dossier, submitted at once; its form may be incomplete: its reception asks for the rest.

        Raises NotFound where the child's procedure or agency is not there: the event is tried again.
        """

        def once() -> None:
            parent = self.families.dossier(opened.reference, *READS)
            found = started_leg(parent.plan, opened.leg) if parent else None
            if parent is None or found is None or not self._is_open(parent, opened):
                return
            now, start = self.clock(), found.start
            change = self.families.change(parent.head, now)
            if skipped := self._skipped(parent, start, now):
                _skip(change, parent, opened.leg, *skipped)
                return
            made = self._made(parent, found.leg, start, opened, now)
            child = self._child(parent, start, opened, made, now)
            event = ChildStarted(
                reference=parent.reference,
                leg=opened.leg,
                child=opened.child,
                procedure=made.plan.procedure,
                agency=made.office.id,
            )
            change.tell(event, actor=BY_BUNDLE).join("child", child).write()

        try:
            record.settled(once)
        except aws.Lost as lost:
            if "leg" not in lost:
                raise  # else another delivery passed the leg over

    def _is_open(self, parent: Dossier, opened: LegOpened) -> bool:
        """Whether the leg still waits: the bundle runs, it ended in no way, and its child is not there yet."""
        if parent.head.state != DossierState.PROCESSING or parent.head.erased_at:
            return False
        leg = self.families.leg(parent.reference, opened.leg)
        return leg is not None and leg.outcome is None and self.families.dossier(opened.child) is None

    def _skipped(self, parent: Dossier, start: PlannedStart, now: datetime) -> tuple[LegEnd, str | None] | None:
        """Why nothing is started: the applicant does not want it, or a result that it needs does not exist."""
        answers = unseal(parent.reference, parent.form.sealed) if parent.form else {}
        if not is_wanted(start, answers, now.astimezone(ZONE).date()):
            return "not_wanted", None
        legs = {need: self.families.leg(parent.reference, name_of(parent.plan, need)) for need in start.needs}
        need = next((need for need, leg in legs.items() if not has_result(leg)), None)
        return ("not_started", need) if need else None

    def _made(self, parent: Dossier, leg: PlannedLeg, start: PlannedStart, opened: LegOpened, now: datetime) -> Made:
        day = now.astimezone(ZONE).date()
        offer, known = self.families.procedure(start.procedure, day), self.families.agency(opened.agency)
        office = office_on(known, day) if known else None
        text = self.families.form(start.procedure, offer.plan.version) if offer else None
        if offer is None or office is None or text is None:
            raise NotFound(what="procedure" if offer is None or text is None else "agency")
        plan = self._plan(offer, office, parent.plan.service_channel, leg)
        document, earlier = read(text), self._earlier(parent, start)
        answers = unseal(parent.reference, parent.form.sealed) if parent.form else {}
        answer = read_answer(plan, document, values_of(start, answers, earlier), day)
        return Made(opened.child, plan, office, document, answer, earlier)

    def _plan(self, offer: OfferedPlan, office: Office, channel: str | None, leg: PlannedLeg) -> PinnedPlan:
        whole = self.families.pinned(offer, office, channel).plan
        if whole is None:
            raise NotFound(what="procedure")
        return as_bundled(whole, leg)

    def _earlier(self, parent: Dossier, start: PlannedStart) -> dict[str, Earlier]:
        found = {}
        for name in taken_of(start):
            leg = self.families.leg(parent.reference, name_of(parent.plan, name))
            child = self.families.dossier(leg.child, Part.RESULTS) if leg and leg.child else None
            if child and child.results:
                found[name] = Earlier(child.head, child.results[-1])
        return found

    def _child(self, parent: Dossier, start: PlannedStart, opened: LegOpened, made: Made, now: datetime) -> Change:
        """The child, submitted: what its parent holds of people is encrypted under keys of its own."""
        reference, plan, day = made.reference, made.plan, now.astimezone(ZONE).date()
        sent = carried(parent.components, parent.reference, reference)
        papers = papers_of(start, sent, made.earlier, now)
        lines, task = manifest(papers), _reception(start, made, now)
        form = form_item(reference, plan, made.document, made.answer, 1)
        head = _head(parent, opened, made, stamp(now))
        submitted = DossierSubmitted(
            reference=reference,
            procedure=plan.procedure,
            procedure_version=plan.version,
            agency=made.office.id,
            channel=head.channel,
            service_channel=plan.service_channel,
            received_at=stamp(now),
            due_at=task.due_at,
            components=lines,
            seal_sha256=seal_of(lines, made.answer.sha256),
            stages=stages_of(plan, made.office.id),
            fee=filed(plan, head.channel, made.office.id, day, form.fee_said or ()),
            representation=head.acting.told if head.acting else None,
            parent=parent.reference,
        )
        change = self.families.change(head, now)
        change.tell(submitted, state=int(DossierState.REGISTERED), actor=BY_BUNDLE)
        change.pin(PlanItem(plan=plan)).save_form(form).open_task(task).take_over(papers)
        for holder in also_listed(parent.head):
            change.share_with(holder)
        fence = self.families.fence(plan.procedure, plan.version, reference, stamp(now))
        return change.require("procedure", fence)


def _skip(change: Change, parent: Dossier, name: str, outcome: LegEnd, need: str | None) -> None:
    """The leg comes to nothing, and says why; the others go on."""
    skipped = LegSkipped(reference=parent.reference, leg=name, outcome=outcome, lacking=need)
    change.tell(skipped, actor=BY_BUNDLE)
    complete(change, parent.head, name, outcome)
    waits = parent.task(name, CHILD)
    if waits and waits.is_open:
        change.drop_task(waits, outcome)
    change.write()


def _head(parent: Dossier, opened: LegOpened, made: Made, now: str) -> Head:
    former, reference = parent.head, made.reference
    return Head(
        pk=reference,
        state=int(DossierState.REGISTERED),
        procedure=made.plan.procedure,
        procedure_version=made.plan.version,
        agency=made.office.id,
        holder=former.holder,
        sealed=sealed_anew(former.sealed, former.pk, reference),
        channel=former.channel,
        mine_pk=holder_key(former.holder),
        mine_sk=mine_order(now, reference, made.plan.min_level),
        expires_at=NEVER,
        form_version=1,
        form_sha256=made.answer.sha256,
        submitted_at=now,
        attempt=1,
        acting=acting_of(former, reference),
        co_holders=co_holders_anew(former, reference),
        organ=former.organ,
        also=former.also,
        portal=former.portal,
        so_pk=name_list(made.office.id, holder_of(former).name),
        wl_sk=now,
        parent=former.pk,
        leg=opened.leg,
    )


def _reception(start: PlannedStart, made: Made, now: datetime) -> Task:
    """The child's reception: by the bundle's term of notifying defects, else the pack's (Decree 45/2020 Art. 11(3))."""
    hours = packs.pack_on(now.astimezone(ZONE).date()).rules.reception_notify_working_hours.value
    term = clock.Term.parse(start.defects) if start.defects else clock.Term(hours, "wh")
    first = stages_of(made.plan, made.office.id)[0][0]
    return Task(
        leg=leg_name(0, first.leg),
        kind="receive",
        agency=first.agency,
        opened_at=stamp(now),
        due_at=stamp(clock.due(now, term, calendar=calendars.national()).due_at),
        reference=made.reference,
        procedure=made.plan.procedure,
    )
