"""An agency withdraws what it signed: the file stays, and whoever asks is told (Decree 30/2020/ND-CP, appendix VI).

Two people do it: a leader proposes, another one of the agency, or of the agency above, confirms. No text of law was
found that says how many; it is policy, as one person alone approves nothing either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.contracts.messages import PaperWithdrawalDeclined, PaperWithdrawalProposed, PaperWithdrawn, RecallReason
from chalicelib.dossier import reading
from chalicelib.dossier.interests import Work, require_other
from chalicelib.dossier.second_person import doer_of, require_second
from chalicelib.dossier.staffed import numbers_on_lists
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, Relation, allowed
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.messages.acts import WITHDRAW
from chalicelib.messages.model import Message
from chalicelib.messages.ports import Messages
from chalicelib.messages.recall import Recall, RecallListed
from chalicelib.messages.refusals import RecallNotProposed, SecondLeaderNeeded


@dataclass(frozen=True)
class Withdrawals:
    """Withdraw a document, once: what was withdrawn stays so, by its first decision."""

    messages: Messages
    above: Callable[[str, date], str | None]
    clock: Clock

    def propose(self, who: Principal, name: str, decision: str, reason: RecallReason) -> Message:
        """The document with what waits for a second leader; a later proposal stands in the place of the one before.

        Raises NotFound for another agency's, OwnDossier, NumberUnknown.
        """
        by = keyed_hash("officer", who.subject)

        def once() -> Message:
            found, now = self._of_ours(who, name), self.clock()
            if found.withdrawn_at:
                return found
            self._require_other(who, found)
            waits = found.recall if found.recall and found.recall.is_open else None
            if waits and (waits.by, waits.decision, waits.reason) == (by, decision, reason):
                return found
            recall = Recall(
                by=by,
                numbers=tuple(sorted(who.numbers)),
                at=stamp(now),
                decision=decision,
                reason=reason,
                number=found.recall.number + 1 if found.recall else 1,
                above=self.above(found.agency, now.astimezone(ZONE).date()),
            )
            told = PaperWithdrawalProposed(
                message=found.message,
                reference=found.reference,
                agency=found.agency,
                above=recall.above,
                decision=decision,
                reason=reason,
                number=recall.number,
                officers=(by,),
            )
            self.messages.propose(found, recall, told, now)
            return self._there(name)

        return record.settled(once)

    def decide(self, who: Principal, name: str, proposal: int, *, confirms: bool) -> Message:
        """The document as it is once a second leader confirmed its withdrawal, or anybody who leads declined it.

        Raises NotFound for who leads neither its agency nor the one above, SecondLeaderNeeded, SecondUnknown,
        RecallNotProposed, OwnDossier, NumberUnknown; BodyInvalid for another proposal than the one that was read.
        """
        by = keyed_hash("officer", who.subject)

        def once() -> Message:
            found, now = self._of_ours_or_below(who, name), self.clock()
            recall = found.recall
            if found.withdrawn_at or (recall and recall.declined_at and not confirms):
                return found
            if recall is None or not recall.is_open:
                raise RecallNotProposed
            if recall.number != proposal:
                vi, en = "Đề nghị thu hồi đã thay đổi: hãy đọc lại", "Another one is proposed since: read it again"
                raise BodyInvalid(fields=[FieldError("/proposal", "other_proposal", vi, en)])
            self._require_other(who, found, recall)
            if not confirms:
                declined = PaperWithdrawalDeclined(
                    message=found.message, reference=found.reference, agency=found.agency, decision=recall.decision
                )
                self.messages.decline(found, recall, declined, by, now)
            else:
                listed = numbers_on_lists({found.agency, who.agency})
                needed = SecondLeaderNeeded(above=recall.above)
                require_second(doer_of(who), {recall.by}, recall.numbers, needed, listed)
                told = PaperWithdrawn(
                    message=found.message,
                    reference=found.reference,
                    agency=found.agency,
                    holder=found.holder,
                    withdrawn_at=stamp(now),
                    by=who.subject,
                    title=found.title,
                    decision=recall.decision,
                    reason=recall.reason,
                    officers=(recall.by, by),
                )
                self.messages.withdraw(found, told, who.name, now)
            return self._there(name)

        return record.settled(once)

    def waiting(self, who: Principal) -> list[RecallListed]:
        """What waits for a second leader of the agencies whose work this one does, and of those below these."""
        return [each for agency in sorted(who.agencies) for each in self.messages.recalls(agency)]

    def _there(self, name: str) -> Message:
        found = self.messages.message(name)
        if found is None:
            raise NotFound(what="message")
        return found

    def _of_ours(self, who: Principal, name: str) -> Message:
        found = self._there(name)
        if found.agency not in who.agencies or not allowed(who, WITHDRAW, Relation.AGENCY):
            raise NotFound(what="message")
        return found

    def _of_ours_or_below(self, who: Principal, name: str) -> Message:
        """By the agency above as it was when it was proposed: on its list it stands."""
        found = self._there(name)
        agencies = {found.agency, found.recall.above if found.recall else None}
        if agencies.isdisjoint(who.agencies) or not allowed(who, WITHDRAW, Relation.AGENCY):
            raise NotFound(what="message")
        return found

    def _require_other(self, who: Principal, found: Message, recall: Recall | None = None) -> None:
        but = frozenset({recall.by, *recall.numbers}) if recall else frozenset[str]()
        work = Work(found.agency, "approve", but)
        dossier = reading.read(found.reference) if found.reference else None
        people = {found.holder, *(people_of(dossier.head) if dossier else ())}
        require_other(who, people, work, self.clock(), anew=True, named=False)
