"""An agency withdraws what it signed: the file stays, and whoever asks is told (Decree 30/2020/ND-CP, appendix VI)."""

from dataclasses import dataclass

from chalicelib.contracts.messages import PaperWithdrawn
from chalicelib.dossier.interests import Work, require_other
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, Relation, allowed
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.messages.acts import WITHDRAW
from chalicelib.messages.model import Message
from chalicelib.messages.ports import Messages


@dataclass(frozen=True)
class Withdrawals:
    """Withdraw a document, once: what was withdrawn stays so, by its first decision."""

    messages: Messages
    clock: Clock

    def withdraw(self, who: Principal, name: str, decision: str) -> Message:
        """The document as it is then. Raises NotFound for another agency's, OwnDossier, NumberUnknown."""

        def once() -> Message:
            found = self.messages.message(name)
            if found is None or found.agency not in who.agencies or not allowed(who, WITHDRAW, Relation.AGENCY):
                raise NotFound(what="message")
            if found.withdrawn_at:
                return found
            now = self.clock()
            require_other(who, (found.holder,), Work(found.agency, "approve"), now, anew=True, named=False)
            told = PaperWithdrawn(
                message=found.message,
                reference=found.reference,
                agency=found.agency,
                holder=found.holder,
                withdrawn_at=stamp(now),
                by=who.subject,
            )
            self.messages.withdraw(found, told, decision, now)
            return self.messages.message(name) or found

        return record.settled(once)
