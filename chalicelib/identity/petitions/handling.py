"""An agency takes up, forwards, asks, answers, refuses, publishes; whoever stands above sees what is late."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from msgspec.structs import replace

from chalicelib.contracts.petitions import (
    PetitionAsked,
    PetitionClosed,
    PetitionErasureDeclined,
    PetitionGround,
    PetitionProlonged,
    PetitionPublished,
    PetitionRetracted,
    PetitionTakenUp,
)
from chalicelib.dossier.second_person import with_numbers
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.concerns import is_unmatched
from chalicelib.identity.petitions.filing import closed
from chalicelib.identity.petitions.impartiality import require_impartial
from chalicelib.identity.petitions.items import Desk, PetitionHead, PublishedPetition, Retraction, State
from chalicelib.identity.petitions.orders import Changed, Doing, Order, key_of, once, said_of, sealed, words_of
from chalicelib.identity.petitions.ports import Page, Petitions, RetractionList
from chalicelib.identity.petitions.refusals import (
    PetitionAskedBefore,
    PetitionAskTooLate,
    PetitionOver,
)
from chalicelib.identity.petitions.traces import SHOWN, traces_of
from chalicelib.kernel.access import LEADER, Principal, roles_of
from chalicelib.kernel.clock import ZONE, Clock, moment, said, stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound

HIGHEST: Final = 12
"""Agencies above one that are looked through: a tree that is deeper, or a ring, ends there."""


def desks_of(who: Principal) -> tuple[Desk, ...]:
    """The lists of their agencies that somebody may read: the same for one petition as for all."""
    return ("led", "open") if LEADER in roles_of(who) else ("open",)


@dataclass(frozen=True)
class Handling:
    """Use cases of officers."""

    petitions: Petitions
    clock: Clock
    retractions: RetractionList

    # --- read ------------------------------------------------------------------------------------------------

    def owed(self, who: Principal, after: str, *, late: bool = False) -> Page[PetitionHead]:
        """A page of what one's agencies have to do, those due first; `late`: those alone whose time passed."""
        late_at = stamp(self.clock()) if late else None
        return self.petitions.owed(sorted(who.agencies), desks_of(who), after, late_at)

    def late_below(self, who: Principal, agency: str, after: str) -> Page[PetitionHead]:
        """A page of what an agency below one's own is late with. Raises NotFound."""
        if not (agency in who.agencies or self._is_below(agency, who.agencies)):
            raise NotFound(what="agency")
        return self.petitions.owed([agency], desks_of(who), after, stamp(self.clock()))

    def _is_up(self, agency: str, to: str) -> bool:
        """Whether an agency is above another; of one that has none above, whether it is not below it."""
        if self.petitions.above(agency, _day(self.clock())) is None:
            return not self._is_below(to, frozenset({agency}))
        return self._is_below(agency, frozenset({to}))

    def _is_below(self, agency: str, above: frozenset[str]) -> bool:
        day, at = self.clock().astimezone(ZONE).date().isoformat(), agency
        for _ in range(HIGHEST):
            parent = self.petitions.above(at, day)
            if parent is None:
                return False
            if parent in above:
                return True
            at = parent
        return False

    def requested(self, who: Principal, petition: str) -> PetitionHead:
        """One that one's agency has, or one below it that may be about its own officers, or is to be erased.

        Raises NotFound: also of what is for whoever leads alone.
        """
        head = self.petitions.head(petition)
        is_theirs = bool(head.version) and head.agency in who.agencies and head.desk in desks_of(who)
        if not is_theirs and not (head.version and self._is_called(who, head)):
            raise NotFound(what="petition")
        return head

    def read(self, who: Principal, petition: str) -> PetitionHead:
        """The same, to read its words: the ledger of who filed it says which officer did. Raises NotFound."""
        head = self.requested(who, petition)
        if not head.erased_at:
            self.petitions.note_look(head, who, self.clock())
        return head

    def _is_called(self, who: Principal, head: PetitionHead) -> bool:
        """Whether somebody leads an agency above, which may deal with it in the place of its agency."""
        return head.above is not None and LEADER in roles_of(who) and self._is_below(head.agency, who.agencies)

    # --- act -------------------------------------------------------------------------------------------------

    def take_up(self, order: Order, petition: str) -> PetitionHead:
        """Say that the agency answers. Raises NotFound, PetitionOver, KeyReused."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require(head, "received")
            after = model.taken_up(head, now, model.rules_of(head, now))
            event = PetitionTakenUp(
                petition=head.id,
                kind=head.kind,
                agency=head.agency,
                due_at=after.due_at or "",
                is_late="take_up" in after.missed,
            )
            return Changed(after, event)

        return self.done_once(order, petition, "take_up", change)

    def forward(self, order: Order, petition: str, to: str) -> PetitionHead:
        """Send it to the agency that is competent. Raises NotFound, PetitionOver, KeyReused, BodyInvalid.

        Whom it concerns sends it up alone, so that nothing is stuck where everybody is named. Raises OfficerConcerned.

        The same request again is known, though the agency has it no more.
        """

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require(head, "received")
            receiver = self.petitions.receiver(to, now.astimezone(ZONE).date().isoformat())
            if receiver is None or to == head.agency:
                vi, en = (
                    "Không có cơ quan này, hoặc là chính cơ quan mình",
                    "There is no such agency, or it is one's own",
                )
                raise BodyInvalid(fields=[FieldError("/to", "other_agency", vi, en)])
            if any(each.agency == to for each in head.before):
                vi, en = "Cơ quan này đã chuyển đi rồi", "That agency has sent it on before"
                raise BodyInvalid(fields=[FieldError("/to", "not_back", vi, en)])
            if not self._is_up(head.agency, to):
                require_impartial(self.petitions, order.who, head, self.clock())
            after = model.forwarded(head, receiver, now, model.rules_of(head, now))
            after = replace(after, above=self.petitions.above(to, _day(now)) if head.concerns else None)
            after = replace(after, unmatched=after.above is not None and self._is_unmatched(head, to))
            event = PetitionClosed(
                petition=head.id,
                kind=head.kind,
                about=head.about,
                agency=head.agency,
                end="forwarded",
                came_at=head.came_at,
                closed_at=stamp(now),
                is_late=head.is_late(now),
                to=to,
                due_at=after.due_at,
                counts=model.counted(head, replace(model.noted(head, now), state="refused")),
            )
            return Changed(after, event)

        return self._done(order, "forward", partial(self._known_or_requested, order, petition), change)

    def ask(self, order: Order, petition: str, words: str) -> PetitionHead:
        """Ask the person for more, once and in time: nothing is due until it came, or their time for it is over.

        Raises NotFound, PetitionOver, PetitionAskedBefore, PetitionAskTooLate, KeyReused.
        """

        def change(head: PetitionHead, now: datetime) -> Changed:
            if head.asked_at:
                raise PetitionAskedBefore
            _require(head, "received", "taken_up")
            if head.kind != "petition":
                raise PetitionOver(progress=head.state)
            rules = model.rules_of(head, now)
            until = model.may_ask_until(head, rules)
            if moment(until) < now:
                raise PetitionAskTooLate(until=said(until))
            after = model.asked(head, sealed(head.id, words), now, rules)
            event = PetitionAsked(petition=head.id, kind=head.kind, agency=head.agency, due_at=after.asked_until)
            return Changed(after, event)

        return self.done_once(order, petition, "ask", change)

    def prolong(self, order: Order, petition: str, reason: str) -> PetitionHead:
        """Find a complaint complex, in writing, once and in time. Raises NotFound, PetitionOver, KeyReused."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require(head, "taken_up")
            if head.kind != "complaint" or head.complex or head.is_past(now):
                raise PetitionOver(progress=head.state)
            after = model.prolonged(head, sealed(head.id, reason), now, model.rules_of(head, now))
            event = PetitionProlonged(
                petition=head.id,
                kind=head.kind,
                agency=head.agency,
                former_due_at=head.due_at or "",
                due_at=after.due_at or "",
            )
            return Changed(after, event)

        return self.done_once(order, petition, "prolong", change)

    def answer(self, order: Order, petition: str, words: str, basis: str) -> PetitionHead:
        """Answer it. Raises NotFound, PetitionOver, KeyReused: a complaint is accepted before."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require(head, "taken_up", *(("received",) if head.kind == "petition" else ()))
            after = model.answered(head, sealed(head.id, words, basis), now, model.rules_of(head, now))
            return Changed(after, closed(head, after, "answered", now))

        return self.done_once(order, petition, "answer", change)

    def refuse(self, order: Order, petition: str, words: str, basis: str) -> PetitionHead:
        """Do not deal with it, with a reason and a clause. Raises NotFound, PetitionOver, KeyReused."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require(head, "received", "taken_up", "asked")
            after = model.refused(head, sealed(head.id, words, basis), now, model.rules_of(head, now))
            return Changed(after, closed(head, after, "refused", now))

        return self.done_once(order, petition, "refuse", change)

    def publish(self, order: Order, petition: str, question: str, answer: str) -> PetitionHead:
        """Let everybody read it, in the agency's words, in which nothing shows who filed it.

        Raises NotFound, OfficerConcerned, PetitionOver, KeyReused; BodyInvalid, which names the field that has their
        name, number, telephone or e-mail.
        """

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require_unpublished(head)
            self._require_untraced(order.who, head, {"/question": question, "/answer": answer})
            after = model.published(head, None, now)
            shown = PublishedPetition(agency=head.agency, question=question, answer=answer, at=stamp(now))
            return Changed(after, _published(head, after), shown)

        return self.done_once(order, petition, "publish", change)

    def _require_untraced(self, who: Principal, head: PetitionHead, texts: Mapping[str, str]) -> None:
        """Refuse a text that shows who filed it. The refusal answers a guess, so it is a look that the ledger has."""
        asked, supplied = words_of(head), said_of(head, head.supplied)
        holders = frozenset({head.holder, *head.people, *self.petitions.numbers(head.holder)})
        more = supplied.words if supplied else ""
        faults = [
            FieldError(pointer, f"shows_{trace}", *SHOWN[trace])
            for pointer, text in texts.items()
            for trace in traces_of(text, asked, more, holders)
        ]
        if faults:
            self.petitions.note_look(head, who, self.clock())
            raise BodyInvalid(fields=faults)

    def withhold(self, order: Order, petition: str, reason: str) -> PetitionHead:
        """Say why its answer is not for everybody. Raises NotFound, PetitionOver, KeyReused."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            _require_unpublished(head)
            after = model.published(head, sealed(head.id, reason), now)
            return Changed(after, _published(head, after))

        return self.done_once(order, petition, "withhold", change)

    def retract(self, order: Order, petition: str, ground: PetitionGround, reason: str) -> PetitionHead:
        """Take back what one's agency published, or one below it: it leaves the public list at once, and for good.

        A copy that was read before is shown for as long as its answer may be kept: a minute. The order goes on the list
        of what was taken back first, so that no restore of tables makes it public again. Raises NotFound, PetitionOver
        for what is not public, KeyReused.
        """

        def find() -> PetitionHead:
            head, mine = self.petitions.head(petition), order.who.agencies
            is_theirs = head.agency in mine or self._is_below(head.agency, mine)
            if not is_theirs or not (head.public or head.retracted_at):
                raise NotFound(what="petition")
            return head

        def change(head: PetitionHead, now: datetime) -> Changed:
            require_impartial(self.petitions, order.who, head, self.clock())
            if not head.public:
                raise PetitionOver(progress=head.state)
            why = None if head.erased_at else sealed(head.id, reason)  # of what was erased no words are kept
            by, agency = keyed_hash("officer", order.who.subject), order.who.agency
            entry = Retraction(petition=head.id, ground=ground, agency=agency, by=by, at=stamp(now))
            self.retractions.enter(entry)
            event = PetitionRetracted(petition=head.id, agency=head.agency, ground=ground, by=agency)
            return Changed(model.retracted(head, why, now), event)

        return self._done(order, "retract", find, change)

    def done_once(
        self, order: Order, petition: str, what: str, change: Callable[[PetitionHead, datetime], Changed]
    ) -> PetitionHead:
        """An act of an officer whom it does not concern. Raises NotFound, OfficerConcerned, KeyReused, as `change`."""

        def unconcerned(head: PetitionHead, now: datetime) -> Changed:
            require_impartial(self.petitions, order.who, head, self.clock())
            return change(head, now)

        return self._done(order, what, partial(self._known_or_requested, order, petition), unconcerned)

    def _known_or_requested(self, order: Order, petition: str) -> PetitionHead:
        """What somebody did is known when they ask again, though the petition is theirs no more."""
        head = self.petitions.head(petition)
        return head if key_of(order) in dict(head.keys) else self.requested(order.who, petition)

    def _is_unmatched(self, head: PetitionHead, agency: str) -> bool:
        return head.names and is_unmatched(words_of(head).officer, self.petitions.staff(agency))

    def _done(
        self,
        order: Order,
        what: str,
        find: Callable[[], PetitionHead],
        change: Callable[[PetitionHead, datetime], Changed],
    ) -> PetitionHead:
        """An act of an officer, whose name its event has for the notice of it, and whose agency where it is above."""

        def named(head: PetitionHead, now: datetime) -> Changed:
            done = change(head, now)
            if done.event.type != PetitionErasureDeclined.type:
                handled = with_numbers(done.after.handled, order.who)
                done = done._replace(after=replace(done.after, handled=handled))
            acting = None if head.agency in order.who.agencies else order.who.agency
            return done._replace(event=replace(done.event, handler=order.who.name, acting=acting))

        doing = Doing(find, keyed_hash("officer", order.who.subject))
        return once(self.petitions, self.clock, order, what, doing, named)


def _day(now: datetime) -> str:
    return now.astimezone(ZONE).date().isoformat()


def _require(head: PetitionHead, *states: State) -> None:
    if head.state not in states:
        raise PetitionOver(progress=head.state)


def _require_unpublished(head: PetitionHead) -> None:
    if head.owes != "publish":
        raise PetitionOver(progress=head.state)


def _published(before: PetitionHead, head: PetitionHead) -> PetitionPublished:
    return PetitionPublished(
        petition=head.id,
        kind=head.kind,
        agency=head.agency,
        is_public=head.public,
        is_late="publish" in head.missed,
        about=head.about,
        at=head.published_at or "",
        counts=model.counted(before, head),
    )
