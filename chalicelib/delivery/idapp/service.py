"""What owners and officers do with papers in the ID app: see how far they are, show one, hide it, put one right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.delivery import (
    PaperBegunAgain,
    PaperIntegrated,
    PaperShowingAsked,
    PaperShowingWithdrawn,
)
from chalicelib.contracts.event import Event
from chalicelib.delivery.idapp import model
from chalicelib.delivery.idapp.ports import AppPapers
from chalicelib.delivery.idapp.refusals import KindNotConnected, NoAppLevels, NotInTrouble, PaperNotShowable
from chalicelib.delivery.refusals import DestinationNotConnected
from chalicelib.dossier.id_app import Connection
from chalicelib.dossier.integrated import AppPaper, id_of, made, open_list, owner_list
from chalicelib.dossier.interests import Work, require_other
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, reaches, require_level
from chalicelib.kernel.clock import ZONE, Clock, said, stamp
from chalicelib.kernel.ids import digest, keyed_hash
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.kernel.problem import KeyReused, NotFound
from chalicelib.law import packs

PLACE: Final = ("pk", "sk")
OPEN: Final = ("so_pk", "wl_sk")


class Wish(NamedTuple):
    """An act as it was asked for: by whom, under which key, with what body."""

    who: Principal
    key: str
    raw: bytes


class Mine(NamedTuple):
    """A page of an owner's papers, how many more a higher level would show, the cursor to the next page."""

    shown: list[AppPaper]
    withheld: int
    following: str | None


@dataclass(frozen=True)
class Showing:
    """Use cases of owners and officers."""

    papers: AppPapers
    connection: Connection | None
    clock: Clock

    def mine(self, who: Principal, after: str) -> Mine:
        """A page of one's papers that the app is told of, by their level. Raises as `paging.starts_of`."""
        lists = {owner_list(each): each for each in self.papers.numbers(who.holder)}
        starts, found, left = starts_of(after, PLACE, lists), list[AppPaper](), dict[str, object]()
        for partition, owner in lists.items():
            if after and partition not in starts:
                continue
            papers, last = self.papers.papers_of(owner, PAGE, starts.get(partition))
            found += papers
            left |= {partition: last} if last else {}
        shown = [each for each in found if reaches(who, each.paper.min_level)]
        return Mine(shown, len(found) - len(shown), merged_cursor(left) if left else None)

    def show(self, wish: Wish, document: str) -> AppPaper:
        """Have a paper of one's own shown in the app: it is told within minutes (Decree 69/2024 Art. 8, 9(6)).

        Raises NotFound, LevelTooLow, NoAppLevels, DestinationNotConnected, KindNotConnected, PaperNotShowable,
        KeyReused.
        """

        def change(paper: AppPaper, now: datetime) -> tuple[AppPaper, Event] | None:
            if paper.shown and not paper.ended_at:
                return None
            self._require_showable(wish.who, paper, now)
            held = paper.paper
            return model.shown(paper, now), PaperShowingAsked(paper=paper.id, owner=held.owner, document=held.document)

        return self._mine(wish, document, "show", change)

    def hide(self, wish: Wish, document: str) -> AppPaper:
        """Have a paper shown no more. Raises NotFound, LevelTooLow, KeyReused."""

        def change(paper: AppPaper, now: datetime) -> tuple[AppPaper, Event] | None:
            if not paper.shown or paper.ended_at:
                return None
            held, after = paper.paper, model.hidden(paper, now)
            return after, PaperShowingWithdrawn(paper=paper.id, owner=held.owner, document=held.document)

        return self._mine(wish, document, "hide", change)

    def _require_showable(self, who: Principal, paper: AppPaper, now: datetime) -> None:
        held, today = paper.paper, now.astimezone(ZONE).date()
        rule = packs.pack_on(today).rules.id_app_parties
        if rule is None or who.kind not in rule.value:
            raise NoAppLevels(account=who.kind.lower())
        if self.connection is None:
            raise DestinationNotConnected(destination="app")
        if not self.connection.takes(held.kind):
            raise KindNotConnected(kind=held.kind or None, connected=[each.code for each in self.connection.kinds])
        is_over = held.valid_until is not None and today.isoformat() > held.valid_until
        if held.withdrawn_at or held.replaced_by or is_over or paper.ended_at:
            why = "withdrawn" if held.withdrawn_at else "replaced" if held.replaced_by else "expired"
            raise PaperNotShowable(
                document=held.document,
                why=paper.why or "ended" if paper.ended_at else why,
                withdrawn_at=said(held.withdrawn_at),
                replaced_by=held.replaced_by,
                valid_until=held.valid_until,
            )

    def _mine(
        self,
        wish: Wish,
        document: str,
        what: str,
        change: Callable[[AppPaper, datetime], tuple[AppPaper, Event] | None],
    ) -> AppPaper:
        def once() -> AppPaper:
            now = self.clock()
            was, paper = self._of_mine(wish.who, document, now)
            return self._changed(wish, was, paper, what, change, now, actor="owner")

        return record.settled(once)

    def _of_mine(self, who: Principal, document: str, now: datetime) -> tuple[AppPaper | None, AppPaper]:
        """A paper of one's own, as it stands and as it would be. Raises NotFound, LevelTooLow."""
        for owner in self.papers.numbers(who.holder):
            kept = self.papers.kept(owner, document)
            if kept is None:
                continue
            require_level(who, kept.paper.min_level)
            was = self.papers.one(id_of(owner, document))
            # One that came before the connection is told by its owner's wish: its time begins with that.
            return was, was or replace(made(kept.paper, kept.at, stamp(now)), since=stamp(now))
        raise NotFound(what="document")

    # --- officers --------------------------------------------------------------------------------------------

    def troubled(self, who: Principal, after: str) -> tuple[list[AppPaper], str | None]:
        """A page of papers of one's agencies that are late or parked. Raises as `paging.starts_of`."""
        lists = {open_list(each): each for each in sorted(who.agencies)}
        starts, names, left = starts_of(after, OPEN, lists), list[str](), dict[str, object]()
        for partition, agency in lists.items():
            if after and partition not in starts:
                continue
            rows, last = self.papers.open_of(agency, PAGE, starts.get(partition))
            names += [row.id for row in rows]
            left |= {partition: last} if last else {}
        found = [each for each in self.papers.several(names) if each.so_pk in lists]
        return found, merged_cursor(left) if left else None

    def again(self, wish: Wish, paper: str) -> AppPaper:
        """Have the app told again of a paper that was parked. Raises NotFound, NotInTrouble, KeyReused."""

        def change(found: AppPaper, now: datetime) -> tuple[AppPaper, Event]:
            if found.parked_at is None:
                raise NotInTrouble(progress=found.progress)
            held = found.paper
            told = PaperBegunAgain(paper=found.id, agency=held.agency, document=held.document)
            return model.again(found, now), told

        return self._of_agency(wish, paper, "again", change)

    def by_hand(self, wish: Wish, paper: str) -> AppPaper:
        """Note that a paper was put into the app by hand (Decree 69/2024 Art. 8). Raises as `again`."""

        def change(found: AppPaper, now: datetime) -> tuple[AppPaper, Event]:
            if found.parked_at is None:
                raise NotInTrouble(progress=found.progress)
            held = found.paper
            told = PaperIntegrated(
                paper=found.id, agency=held.agency, document=held.document, revision=found.revision, by_hand=True
            )
            return model.by_hand(found, now), told

        return self._of_agency(wish, paper, "by hand", change)

    def _of_agency(
        self, wish: Wish, paper: str, what: str, change: Callable[[AppPaper, datetime], tuple[AppPaper, Event]]
    ) -> AppPaper:
        def once() -> AppPaper:
            found, now = self.papers.one(paper), self.clock()
            if found is None or found.paper.agency not in wish.who.agencies:
                raise NotFound(what="app_paper")
            require_other(wish.who, (found.paper.owner,), Work(found.paper.agency, "approve"), now, named=False)
            actor = keyed_hash("officer", wish.who.subject)
            return self._changed(wish, found, found, what, change, now, actor=actor)

        return record.settled(once)

    def _changed(
        self,
        wish: Wish,
        was: AppPaper | None,
        paper: AppPaper,
        what: str,
        change: Callable[[AppPaper, datetime], tuple[AppPaper, Event] | None],
        now: datetime,
        *,
        actor: str,
    ) -> AppPaper:
        """As it is after an act; one that was done under the same key is only answered."""
        key, body = digest(wish.who.subject, wish.key), digest(what, paper.id, wish.raw.decode("utf-8", "replace"))
        if known := next((used for used in paper.keys if used[0] == key), None):
            if known != (key, body):
                raise KeyReused
            return paper
        done = change(paper, now)
        if done is None:
            return paper
        after = model.remembered(done[0], (key, body))
        self.papers.keep(was, after, now, done[1], actor=actor)
        return after
