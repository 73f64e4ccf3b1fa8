"""Messages of a dossier: its applicant and its agencies write and read them as long as it is open, then read."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.event import told
from chalicelib.contracts.thread import Side, ThreadRead, ThreadWritten
from chalicelib.dossier import thread
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import TaskKind
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.thread import Page, ReadMark, Said, ThreadMessage
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ContentErased, ForbiddenStep, NotAllowed
from chalicelib.law.states import TERMINAL
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.model import officer_hash
from chalicelib.sealing.door import seal

DESKS: Final[tuple[TaskKind, ...]] = ("receive", "forward", "verify", "approve", "withdrawal")


def side_of(who: Principal) -> Side:
    """Whose side somebody writes on."""
    return "agency" if who.agency else "applicant"


def author_of(who: Principal) -> str:
    """What stands for somebody in a thread: a keyed hash."""
    return who.holder or officer_hash(who)


@dataclass(frozen=True)
class Threads:
    """Use cases of both sides."""

    acts: Acts

    def write(self, asked: Asked, text: str) -> Done:
        """A message, encrypted under the dossier's keys; its number is that of its event.

        Raises NotFound, NotAllowed, ForbiddenStep where the dossier ended, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            head, who, side = dossier.head, asked.who, side_of(asked.who)
            if head.state in TERMINAL:
                raise ForbiddenStep(state=head.state)
            change.tell(ThreadWritten(reference=head.pk, agency=head.agency, side=side), actor=_actor(who))
            sealed = seal(head.pk, told(Said(name=who.name, text=text)))
            at = stamp(change.now)
            message = ThreadMessage(number=head.seq + 1, at=at, side=side, author=author_of(who), sealed=sealed)
            change.also("message", thread.added(head.pk, message))

        return self.acts.once(acts.WRITE_THREAD, asked, (), write, does=DESKS if asked.who.agency else ())

    def mark_read(self, asked: Asked, until: int) -> Done:
        """A side read up to a message, or further as it said before. Raises as `write`, but at any stage."""

        def write(dossier: Dossier, change: Change) -> None:
            side = side_of(asked.who)
            known = thread.marks(dossier.reference).get(side)
            reached = min(max(until, known.until if known else 0), dossier.head.seq)
            change.tell(ThreadRead(reference=dossier.reference, side=side, until=reached), actor=_actor(asked.who))
            mark = ReadMark(side=side, until=reached, at=stamp(change.now))
            change.also("mark", thread.marked(dossier.reference, mark))

        return self.acts.once(acts.READ_THREAD, asked, (), write, does=DESKS if asked.who.agency else ())

    def page(self, who: Principal, name: str, after: str) -> tuple[Dossier, Page]:
        """A page of the thread; the holder's ledger says which officer read it.

        Raises NotFound, NotAllowed for officers who may not, ContentErased, BodyInvalid.
        """
        dossier = self.acts.views.read(who, name)
        if not self.acts.views.may(who, acts.READ_THREAD, dossier.head):
            raise NotAllowed(act=acts.READ_THREAD)
        if dossier.head.erased_at:
            raise ContentErased(dossier=dossier.reference)
        page = thread.page(dossier.reference, after)
        self.acts.views.note_look(who, dossier.head, "messages")
        return dossier, page


def _actor(who: Principal) -> str:
    return who.subject if who.agency else "applicant"
