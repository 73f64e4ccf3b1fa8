"""Ask for an archive of one's vault, make it, fetch it: the owner's ledger says who got it."""

from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.contracts.data_requests import DataRequestEnded
from chalicelib.contracts.stored import read
from chalicelib.contracts.vault import TakeoutAsked, TakeoutDone
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import LEAST, Principal, level_of, reaches, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest, reference_of
from chalicelib.kernel.problem import KeyReused, NotFound, TryAgain
from chalicelib.vault.takeouts.making import made
from chalicelib.vault.takeouts.model import TAKES, Takeout, Underway
from chalicelib.vault.takeouts.ports import TakeoutStore
from chalicelib.vault.takeouts.refusals import TakeoutUnderWay


class Takeouts(NamedTuple):
    """A page of take-outs, how many of it a higher level of identity would show, the cursor to the next page."""

    shown: list[Takeout]
    withheld: int
    following: str | None


@dataclass(frozen=True)
class TakingOut:
    """Use cases of take-outs: of an owner, and of the worker that makes the archives."""

    store: TakeoutStore
    clock: Clock

    def ask(self, who: Principal, dossier: str, after: str, key: str, body: bytes) -> Takeout:
        """Promise an archive of all documents, or of a dossier's, the same one for the same request.

        Nothing is looked up here: whether there is a dossier of that code, the archive tells. Raises KeyReused,
        TakeoutUnderWay, LevelTooLow for one that is known and holds what a higher level opens, and as
        `paging.starts_of` for a cursor of another list.
        """
        told, made_of = digest(body.decode("utf-8", "replace")), reference_of("TO", f"{who.holder}\x1f{key}")
        if known := self.store.takeout(who.holder, made_of):
            if known.body != told:
                raise KeyReused
            return _reached(who, known)
        if after:
            self.store.documents(who.holder, after)  # a cursor of ours, of this vault
        now = self.clock()
        takeout = Takeout(
            id=made_of,
            owner=who.holder,
            body=told,
            asked_at=stamp(now),
            level=level_of(who),
            min_level=LEAST,
            dossier=dossier,
            after=after,
        )
        event = TakeoutAsked(takeout=takeout.id, owner=takeout.owner)
        underway = Underway(takeout=takeout.id, until=stamp(now + TAKES))
        try:
            record.settled(lambda: self.store.ask(takeout, underway, event, self.clock()))
        except aws.Lost as lost:
            if "takeout" in lost:  # the same request came twice at once
                return _reached(who, self.store.takeout(who.holder, made_of) or takeout)
            first = [read(Underway, stood).takeout for part, stood in lost.stood.items() if part == "underway"]
            raise TakeoutUnderWay(takeout="".join(first)) from None
        return takeout

    def begin(self, told: DataRequestEnded) -> None:
        """A request for a copy of one's data was granted: an archive of the whole vault is asked for, once.

        It has what opened by the level with which the person asked. Raises TryAgain while another one is being made.
        """
        if (told.kind, told.outcome) != ("provide", "done"):
            return
        now, made_of = self.clock(), f"TO-{told.request.partition('-')[2]}"  # it is one request's, under its name
        takeout = Takeout(
            id=made_of,
            owner=told.owner,
            body=digest(told.request),
            asked_at=stamp(now),
            level=told.level,
            min_level=LEAST,
        )
        event, underway = (
            TakeoutAsked(takeout=made_of, owner=told.owner),
            Underway(takeout=made_of, until=stamp(now + TAKES)),
        )
        try:
            record.settled(lambda: self.store.ask(takeout, underway, event, self.clock()))
        except aws.Lost as lost:
            if "takeout" not in lost:
                raise TryAgain from lost

    def make(self, told: TakeoutAsked) -> None:
        """Make the archive, once: who comes second keeps what the first one made."""
        takeout = self.store.takeout(told.owner, told.takeout)
        if takeout is None or takeout.state != "being_made":
            return
        done = made(takeout, self.store, self.clock())
        event = TakeoutDone(
            takeout=done.id,
            owner=done.owner,
            state=done.state,
            documents=done.documents,
            archive_sha256=done.archive_sha256,
        )
        try:
            record.settled(lambda: self.store.settle(done, event, self.clock()))
        except aws.Lost as lost:
            if "takeout" not in lost:
                raise

    def taken(self, who: Principal, after: str) -> Takeouts:
        """A page of the principal's take-outs. Raises as `paging.starts_of`."""
        page = self.store.takeouts(who.holder, after)
        shown = [each for each in page.takeouts if reaches(who, each.min_level)]
        return Takeouts(shown, len(page.takeouts) - len(shown), page.following)

    def fetch(self, who: Principal, takeout: str) -> tuple[Takeout, str | None]:
        """A take-out of the principal's own, and a link to its archive while there is one, by the ledger's door.

        Raises NotFound, LevelTooLow.
        """
        found, now = self.store.takeout(who.holder, takeout), self.clock()
        if found is None:
            raise NotFound(what="takeout")
        require_level(who, found.min_level)
        if found.standing(stamp(now)) != "ready":
            return found, None
        return found, self.store.hand_over(found, who, now)


def _reached(who: Principal, known: Takeout) -> Takeout:
    """A take-out that was asked for before, as `fetch` would show it. Raises LevelTooLow."""
    require_level(who, known.min_level)
    return known
