"""A person asks and is acknowledged at once; an officer answers, extends, ends; the clock tells what nobody did."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, Literal, NamedTuple

import msgspec

from chalicelib.contracts.data_requests import (
    DataRequestAnswered,
    DataRequestAsked,
    DataRequestEnded,
    DataRequestErased,
    DataRequestExtended,
    DataRequestKind,
)
from chalicelib.contracts.event import Event, heard, told
from chalicelib.dossier.interests import has_interest, require_known
from chalicelib.identity import acts
from chalicelib.identity.requests import model
from chalicelib.identity.requests.model import Asked, DataRequestHead, Said
from chalicelib.identity.requests.notices import Notice, notices_of
from chalicelib.identity.requests.ports import Requests
from chalicelib.identity.requests.refusals import DataRequestOver, ExtendedBefore, OwnDataRequest
from chalicelib.kernel import log, record
from chalicelib.kernel.access import Principal, level_of, require
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.ids import digest, keyed_hash, reference_of
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotFound
from chalicelib.kernel.rounds import Round, go_round
from chalicelib.law import packs
from chalicelib.sealing.door import seal, unseal

SYSTEM: Final = "system"


class Order(NamedTuple):
    """An act as it was asked for: by whom, under which key, with what body."""

    who: Principal
    key: str
    raw: bytes


@dataclass
class Told(Round):
    """What a run of the clock did."""

    reminded: int = 0
    overdue: int = 0
    erased: int = 0


@dataclass(frozen=True)
class DataRequests:
    """Use cases of who asks, of officers, of the clock."""

    requests: Requests
    clock: Clock

    # --- who asks --------------------------------------------------------------------------------------------

    def ask(
        self, order: Order, kind: DataRequestKind, agency: str, words: str, *, own_files: bool = False
    ) -> DataRequestHead:
        """Ask; the same one for the same request. It is acknowledged with the times of the law at once.

        `own_files`: what the person uploaded themselves goes with a granted deletion. Raises KeyReused, BodyInvalid for
        an agency that there is not, and for own files where no deletion is asked for; NotAllowed, ClientNotOwn for a
        deletion that a portal asks for, or a client that is none of the stage.
        """
        if own_files and kind != "delete":
            vi, en = "Chỉ yêu cầu xóa mới kèm xóa tệp tự tải lên", "Only a request to delete can take own files along"
            raise BodyInvalid(fields=[FieldError("/own_files", "with_delete", vi, en)])
        if kind == "delete":
            require(order.who, acts.ASK_DELETION)
        who, made_of = order.who, reference_of("DR", f"{order.who.holder}\x1f{order.key}")
        body = digest(order.raw.decode("utf-8", "replace"))

        def once() -> DataRequestHead:
            head, now = self.requests.head(made_of), self.clock()
            if head.version:
                if dict(head.keys).get(_key(order)) != body:
                    raise KeyReused
                return head
            if not self.requests.knows(agency):
                vi, en = "Không có cơ quan này", "There is no such agency"
                raise BodyInvalid(fields=[FieldError("/agency", "known", vi, en)])
            pack = packs.pack_on(now.astimezone(ZONE).date())
            times = model.times(kind, now, pack.rules)
            after = msgspec.structs.replace(
                head,
                id=made_of,
                holder=who.holder,
                people=tuple(sorted(who.people - {who.holder})),
                level=level_of(who),
                kind=kind,
                agency=agency,
                pack=pack.id,
                sealed=seal(made_of, told(Asked(name=who.name, words=words))),
                asked_at=stamp(now),
                answer_by=times.answer_by,
                act_by=times.act_by,
                extension=times.extension,
                keys=((_key(order), body),),
                own_files=own_files,
            )
            event = DataRequestAsked(
                request=made_of, kind=kind, agency=agency, answer_by=after.answer_by, act_by=after.act_by
            )
            self.requests.write(head, after, event, "owner", now)
            return after

        return record.settled(once)

    def mine(self, who: Principal, after: str) -> tuple[list[DataRequestHead], str | None]:
        """A page of one's own requests, the newest first."""
        return self.requests.mine(self.requests.numbers(who.holder), after)

    def read(self, who: Principal, request: str) -> DataRequestHead:
        """A request of one's own. Raises NotFound."""
        head = self.requests.head(request)
        if not head.version or not self._is_theirs(who, head):
            raise NotFound(what="data_request")
        return head

    def notices(self, who: Principal, request: str) -> list[Notice]:
        """What the agency did with a request of one's own, in order. Raises NotFound."""
        head = self.read(who, request)
        rows = self.requests.log(head)
        return list(notices_of(rows, said_of(head, head.extended), said_of(head, head.ended)))

    def _is_theirs(self, who: Principal, head: DataRequestHead) -> bool:
        """Whether they asked, also under a number that they had before: one read for that alone."""
        return head.holder == who.holder or head.holder in self.requests.numbers(who.holder)

    # --- officers --------------------------------------------------------------------------------------------

    def owed(self, who: Principal, after: str) -> tuple[list[DataRequestHead], str | None]:
        """A page of what one's agencies owe, those due first."""
        return self.requests.owed(sorted(who.agencies), after)

    def read_requested(self, who: Principal, request: str) -> DataRequestHead:
        """A request to one's agency with who asks and their words, on the ledger of who asked.

        Raises NotFound, TryAgain.
        """
        head = self.requested(who, request)
        if not head.erased_at:
            self.requests.note_look(head, who, self.clock())
        return head

    def requested(self, who: Principal, request: str) -> DataRequestHead:
        """A request to one's agency. Raises NotFound."""
        head = self.requests.head(request)
        if not head.version or head.agency not in who.agencies:
            raise NotFound(what="data_request")
        return head

    def answer(self, order: Order, request: str) -> DataRequestHead:
        """Tell who asked that the agency acts on it. Raises NotFound, DataRequestOver, KeyReused."""

        def change(head: DataRequestHead, now: datetime) -> tuple[DataRequestHead, Event]:
            if head.state != "asked":
                raise DataRequestOver(progress=head.state)
            after = model.answered(head, now)
            event = DataRequestAnswered(
                request=head.id,
                kind=head.kind,
                agency=head.agency,
                act_by=head.act_by,
                still_due_at=model.stands_due_at(after, now),
                handler=order.who.name,
            )
            return after, event

        return self._once(order, request, "answer", change)

    def extend(self, order: Order, request: str, reason: str) -> DataRequestHead:
        """Extend the time to act, once, with reasons. Raises NotFound, DataRequestOver, ExtendedBefore, KeyReused."""

        def change(head: DataRequestHead, now: datetime) -> tuple[DataRequestHead, Event]:
            if head.owes is None:
                raise DataRequestOver(progress=head.state)
            if head.extended_at:
                raise ExtendedBefore
            after = model.extended(head, seal(head.id, told(Said(reason=reason, officer=order.who.name))), now)
            event = DataRequestExtended(
                request=head.id,
                kind=head.kind,
                agency=head.agency,
                former_act_by=head.act_by,
                act_by=after.act_by,
                still_due_at=model.stands_due_at(after, now),
                handler=order.who.name,
            )
            return after, event

        return self._once(order, request, "extend", change)

    def end(
        self, order: Order, request: str, outcome: Literal["done", "refused"], reason: str, basis: str
    ) -> DataRequestHead:
        """Say that it was acted on, or refuse with reason and clause. Raises NotFound, DataRequestOver, KeyReused."""

        def change(head: DataRequestHead, now: datetime) -> tuple[DataRequestHead, Event]:
            if head.owes is None:
                raise DataRequestOver(progress=head.state)
            said = Said(reason=reason, basis=basis, officer=order.who.name)
            after = model.ended(head, outcome, seal(head.id, told(said)), now)
            event = DataRequestEnded(
                request=head.id,
                kind=head.kind,
                agency=head.agency,
                owner=head.holder,
                level=head.level,
                outcome=outcome,
                asked_at=head.asked_at,
                own_files=head.own_files,
                handler=order.who.name,
            )
            return after, event

        return self._once(order, request, "end", change)

    def _once(
        self,
        order: Order,
        request: str,
        what: str,
        change: Callable[[DataRequestHead, datetime], tuple[DataRequestHead, Event]],
    ) -> DataRequestHead:
        """An act of an officer, with a line of the ledger as a look has one, also where they never read the request."""
        body = digest(what, order.raw.decode("utf-8", "replace"))

        def once() -> DataRequestHead:
            head, now = self.requested(order.who, request), self.clock()
            if known := dict(head.keys).get(_key(order)):
                if known != body:
                    raise KeyReused
                return head
            _require_other(order.who, head, now)
            after, event = change(head, now)
            after = model.remembered(after, (_key(order), body))
            self.requests.write(head, after, event, keyed_hash("officer", order.who.subject), now, order.who)
            return after

        return record.settled(once)

    # --- the clock -------------------------------------------------------------------------------------------

    def watch(self, done: Told | None = None, *, leave: float = 0.0) -> Told:
        """Remind of what is due soon, tell once of each time that passed, erase what was kept for its time.

        What fails for one stops no other. `leave`: so many seconds are for others.
        """
        done = done or Told()

        def go_on(request: str) -> None:
            record.settled(partial(self._look, request, done))

        def broken(request: str, error: Exception) -> None:
            log.trouble("request about personal data not looked at", error, record=request)

        go_round(self.requests.due(self.clock()), go_on, done, broken=broken, takes=leave)
        return done

    def enrol(self) -> int:
        """Have the clock look at requests of releases that did not, also at those that ended; answers how many.

        Done again it goes on: what the clock looks at already is left alone.
        """
        return sum(self.requests.enrol(head, self.clock()) for head in self.requests.kept())

    def due_now(self) -> Iterator[tuple[model.Due, str]]:
        """What is due soon or late, of all requests, as the clock tells it, with when its record changed last.

        For lists that did not hear it when it was told: of what a release before them told. Work done once.
        """
        for head in self.requests.kept():
            now = self.clock()
            if head.owes and model.stands_due_at(head, now):
                yield model.due_event(head, head.owes, now), self.requests.changed_at(head)

    def _look(self, request: str, done: Told) -> None:
        head, now = self.requests.head(request), self.clock()
        rules = model.rules_of(head, now)
        at = model.look_at(head, rules)
        if at is None or moment(at) > now:
            return
        if head.owes is None:
            gone = DataRequestErased(request=head.id, agency=head.agency)
            self.requests.write(head, model.erased(head, now), gone, SYSTEM, now)
            done.erased += 1
        elif head.is_past(now):
            self.requests.write(
                head, model.reminded(model.overdue(head)), model.due_event(head, head.owes, now), SYSTEM, now
            )
            done.overdue += 1
        else:
            self.requests.write(head, model.reminded(head), model.due_event(head, head.owes, now), SYSTEM, now)
            done.reminded += 1


def _require_other(who: Principal, head: DataRequestHead, now: datetime) -> None:
    """Raise OwnDataRequest for whose it is, whom they represent or who represents them; NumberUnknown."""
    require_known(who, now)
    if has_interest(who.persons, {head.holder, *head.people}, now, anew=True):
        raise OwnDataRequest


def words_of(head: DataRequestHead) -> Asked:
    """Who asks, in which words; nothing of a request whose words went. Raises ContentErased."""
    if head.erased_at:
        return Asked(name="", words="")
    return heard(Asked, unseal(head.id, head.sealed))


def said_of(head: DataRequestHead, sealed: str | None) -> Said | None:
    """What an officer said. Raises ContentErased."""
    return heard(Said, unseal(head.id, sealed)) if sealed else None


def _key(order: Order) -> str:
    return digest(order.who.subject, order.key)
