"""Look at each read of an officer as its line is written, tell what is unusual, list it for who supervises."""

from dataclasses import dataclass

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.vault import ReadsAnomalous
from chalicelib.kernel import log, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import TryAgain
from chalicelib.vault.watching.model import Anomaly, Found, Limits, Read
from chalicelib.vault.watching.ports import Listed, Watches

BY_DELIVERY = "delivery:"
"""How an actor begins who is a destination of results."""
ARCHIVED = "LT-"
"""How a paper of an archive is named, which has no dossier."""
BY_DOSSIER = "dossier "
"""How the ground of a read begins that needs an open dossier; a consent, or a mandate, is a ground of its own."""


@dataclass(frozen=True)
class Watching:
    """Use cases of the watch over reads."""

    store: Watches
    clock: Clock
    limits: Limits

    def see(self, line: LineWritten, owner: str, event_id: str, at: str) -> None:
        """A line was written at a stored stamp into the ledger of `owner` (a keyed hash): told as often as one likes.

        Only reads by officers count: an owner, or who acts for them, may read as much as there is.
        """
        if line.refused or line.withdrawn or line.act != "read":
            return
        if line.officer is None or line.by in ("owner", "person"):
            return
        actor = self.store.actor(event_id)
        if actor.startswith(BY_DELIVERY):
            return  # a destination took a result: nobody looked
        closed = ""
        by_dossier = line.basis.startswith(BY_DOSSIER) and not line.reference.startswith(ARCHIVED)
        if by_dossier and not self.store.is_open(line.reference, at):
            closed = line.reference or line.basis
        officer = digest(line.by, actor)
        read = Read(at=at, agency=line.by, officer=officer, name=line.officer, subject=owner, closed=closed)
        record.settled(lambda: self._see(read))

    def _see(self, read: Read) -> None:
        before = self.store.watch(read)
        after, found = before.after(read, self.limits)
        if after == before:
            return
        if not found:
            if not self.store.keep(read, before, after):
                raise TryAgain  # another read of the same officer was kept first: the queue brings this one again
            return
        log.measure({"agency": read.agency, "kind": found[0].kind}, ReadsAnomalous=len(found))
        self.store.tell(read, before, after, [self._told(read, each) for each in found], self.clock())

    def _told(self, read: Read, found: Found) -> tuple[Anomaly, ReadsAnomalous]:
        made = Anomaly(
            id=digest(read.agency, read.officer, found.kind, read.at),
            kind=found.kind,
            name=read.name,
            count=len(found.seen),
            since=found.since,
            found_at=stamp(self.clock()),
        )
        return made, ReadsAnomalous(anomaly=made.id, agency=read.agency, kind=made.kind, count=made.count)

    def listed(self, who: Principal, after: str) -> Listed:
        """A page of what was unusual in the agencies whose work the principal supervises, the newest first."""
        return self.store.listed(sorted(who.agencies), after)
