"""The leader of the agency apologises for a dossier that will be late, and gives its one new date."""

from dataclasses import dataclass

from msgspec import structs

from chalicelib.contracts.lifecycle import TermExtended
from chalicelib.dossier.change import Change
from chalicelib.dossier.marks import ClockMark
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.clock import ZONE, moment, said, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import calendars, clock
from chalicelib.law.packs import RulePack
from chalicelib.law.reckoning_words import EXTENSION
from chalicelib.law.states import DossierState
from chalicelib.law.terms import Term
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.dates import RUNNING, last_day_to_apologise, mark_clock, reckoned, term_of
from chalicelib.onestop.legs.terms import pack_of
from chalicelib.onestop.model import policy_of, require_state, require_undecided
from chalicelib.onestop.papered import notice, paper
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.refusals import ExtensionLate, ExtensionSpent

READS = (Part.CLOCK, Part.FORM, Part.PLAN, Part.TASKS)


@dataclass(frozen=True)
class Extensions:
    """The use case of the agency's leader (Decree 61/2018 Art. 19(9), form 04)."""

    acts: Acts

    def extend(self, asked: Asked, term: Term, reason: str) -> Done:
        """One new date, at the latest one calendar day before the due day, told with an apology.

        Raises NotFound, NotAllowed, ForbiddenStep, ExtensionSpent, ExtensionLate, BodyInvalid without a reason
        or for a date too far away (`extension.longest`), KeyReused.
        """
        require_reason(reason)

        def write(dossier: Dossier, change: Change) -> None:
            head, who = dossier.head, asked.who
            require_state(head, *RUNNING)
            require_undecided(head, DossierState.PROCESSING)
            mark, pack = ClockMark(type="extend", at=stamp(change.now), term=str(term)), pack_of(head, change.now)
            _require_left(dossier, pack)
            _require_taken(dossier, mark)
            former = head.due_at or ""
            due_at = mark_clock(change, dossier, mark)
            _require_near(dossier, due_at or "", pack)
            told = notice(change, dossier, who, kind="approve", due_at=due_at)
            facts = paper(dossier, who, told, reason=reason, as_head=True)
            event = TermExtended(**facts, former_due_at=former, term=str(term))
            change.tell(event, actor=who.subject)

        return self.acts.once(acts.EXTEND, asked, READS, write, does=("approve",))


def _require_left(dossier: Dossier, pack: RulePack) -> None:
    """Raise ExtensionSpent for a dossier that had as many new dates as the pack of its acceptance allows.

    The clock itself counts one at most, whatever a pack says.
    """
    allowed, taken = pack.rules.extension_max, sum(mark.type == "extend" for mark in dossier.clock.marks)
    if taken >= allowed.value:
        raise ExtensionSpent(rule=allowed.citation, allowed=allowed.value)


def _require_taken(dossier: Dossier, mark: ClockMark) -> None:
    """Raise unless the clock takes the extension: the law of the clock says whether, and this says why not."""
    kept, due_at = dossier.clock, dossier.head.due_at or ""
    found = reckoned(dossier.head, term_of(dossier), structs.replace(kept, marks=(*kept.marks, mark)))
    why = {each.why for each in found.refused if each.event.at == moment(mark.at)}
    if "extension_second" in why:
        raise ExtensionSpent(rule=EXTENSION, allowed=1)
    if "extension_late" in why:
        last = last_day_to_apologise(moment(due_at), calendars.national())
        raise ExtensionLate(rule=EXTENSION, due_at=said(due_at), last_day=last.isoformat())


def _require_near(dossier: Dossier, due_at: str, pack: RulePack) -> None:
    """Raise BodyInvalid for a new date that is farther from the former one than the policy of the pack lets it be."""
    planned, former = term_of(dossier), moment(dossier.head.due_at or "")
    longest = (Term.parse(planned.text), Term.parse(pack.rules.extension_longest.value))
    policy, calendar = policy_of(planned, pack), calendars.national()
    latest = max(clock.due(former, each, calendar=calendar, policy=policy).due_at for each in longest)
    if moment(due_at) > latest:
        day = f"{latest.astimezone(ZONE):%d/%m/%Y}"
        vi, en = f"Thời hạn mới muộn nhất là ngày {day}", f"The new date is {day} at the latest"
        raise BodyInvalid(fields=[FieldError("/term", "extension.longest", vi, en)])
