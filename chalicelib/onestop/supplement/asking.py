"""Reception or verification asks for a supplement: once, completely, exactly (Decree 61/2018 Art. 15(3), 17, 19(4))."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs

from chalicelib.contracts.event import told
from chalicelib.contracts.lifecycle import SupplementRequested
from chalicelib.dossier.asked import Override
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head, Task
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.marks import ClockItem, ClockMark
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.second_person import Lookup
from chalicelib.forms import form as forms
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import Given, SupplementGiven
from chalicelib.onestop.model import begun_at, forbidden, officer_hash, require_state, transition
from chalicelib.onestop.papered import notice, paper
from chalicelib.onestop.refusals import SupplementLate
from chalicelib.onestop.supplement.held import require_unheld
from chalicelib.onestop.supplement.repetition import is_further
from chalicelib.onestop.supplement.rules import SupplementRules, end_of, rules_of
from chalicelib.onestop.supplement.targets import problems
from chalicelib.sealing.door import seal

STANDS: dict[str, DossierState] = {
    "receive": DossierState.REGISTERED,
    "forward": DossierState.ACCEPTED,
    "verify": DossierState.PROCESSING,
}
"""In which state a dossier is while a kind of task may ask for a supplement."""


@dataclass(frozen=True)
class AskSupplement:
    """State 5: what is missing is asked for, the applicant has a task with a window, and the clock stands."""

    form_of: Callable[[str, int], str | None]
    read: Callable[[str, Part], Dossier | None]
    numbers_on_lists: Callable[[Iterable[str]], Lookup]
    note_held: Callable[[Head, Sequence[Kept], Principal, datetime], None]
    reads: tuple[Part, ...] = (Part.CLOCK, Part.FORM, Part.PLAN, Part.TASKS)
    receiver: str = "Người nộp hồ sơ"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> Task:
        """The applicant's task.

        Raises ForbiddenStep, BodyInvalid, AlreadyHeld, SupplementLate, and what `is_further` refuses.
        """
        head, now = dossier.head, change.now
        require_state(head, STANDS[task.kind])
        if head.paper_result:  # it was signed by hand: a result exists
            raise forbidden(head.state, DossierState.SUPPLEMENT_REQUESTED, is_decided=True)
        state = transition(head.state, DossierState.SUPPLEMENT_REQUESTED)
        asked = self._asked(dossier, given)
        require_unheld(dossier, asked.items, now, lambda held: self.note_held(head, held, who, now))
        rules, kept = rules_of(dossier.plan, head, now), dossier.clock
        further = is_further(dossier, rules, asked, who, read=self.read, numbers_on_lists=self.numbers_on_lists)
        _require_in_time(dossier, rules, now)
        answer_by = stamp(end_of(now, rules.window, rules))
        event = SupplementRequested(
            **paper(dossier, who, notice(change, dossier, who, kind=task.kind), asked=asked.items),
            paper=kept.supplements + 1,
            answer_by=answer_by,
            overridden=officer_hash(who) if further else None,
            override=seal(dossier.reference, told(Override(reason=asked.override))) if further else None,
        )
        change.tell(event, state=state, actor=who.subject).move(state=state, back_to=head.state)
        change.keep_clock(_stopped(kept, now, runs=bool(head.accepted_at)))
        return Task(
            leg=task.leg,
            kind="supplement",
            agency=task.agency,
            opened_at=stamp(now),
            due_at=answer_by,
            procedure=head.procedure,
            round=dossier.rounds(task.leg, "supplement") + 1,
            reference=dossier.reference,
            dossier_code=head.dossier_code,
        )

    def _asked(self, dossier: Dossier, given: Given) -> SupplementGiven:
        if given.supplement is None:
            vi, en = "Cần danh sách nội dung bổ sung", "The list of what to supplement is needed"
            raise BodyInvalid(fields=[FieldError("/supplement", "required", vi, en)])
        text = self.form_of(dossier.plan.procedure, dossier.plan.version)
        broken = list(problems(given.supplement.items, dossier.plan, forms.read(text) if text else None))
        if broken:
            raise BodyInvalid(fields=broken)
        return given.supplement


def _require_in_time(dossier: Dossier, rules: SupplementRules, now: datetime) -> None:
    """Verification asks within some days of the full dossier (Decree 61/2018 Art. 19(4)). Raises SupplementLate."""
    begun = begun_at(dossier.head, dossier.clock)
    if begun is None:
        return
    until = end_of(begun, rules.appraisal, rules)
    if now > until:
        days, citation = rules.appraisal, rules.appraisal_citation
        raise SupplementLate(working_days=days, until=said(stamp(until)), citation=citation)


def _stopped(kept: ClockItem, now: datetime, *, runs: bool) -> ClockItem:
    """One request more; a clock that runs stands from now on."""
    stop = (ClockMark(type="stop", at=stamp(now), reason="supplement"),) if runs else ()
    return structs.replace(kept, marks=(*kept.marks, *stop), supplements=kept.supplements + 1)
