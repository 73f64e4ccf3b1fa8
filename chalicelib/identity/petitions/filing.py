"""A person files, reads, supplies what was asked for, withdraws; everybody reads what was answered in public."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.contracts.event import told
from chalicelib.contracts.petitions import (
    PetitionAbout,
    PetitionClosed,
    PetitionFiled,
    PetitionKind,
    PetitionSupplied,
)
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.citations import cases_in, dossiers_in
from chalicelib.identity.petitions.concerns import is_unmatched
from chalicelib.identity.petitions.items import OWNER, Asked, PetitionHead, PublishedPetition
from chalicelib.identity.petitions.mentions import tells_of_anyone
from chalicelib.identity.petitions.noticed import Notice, notices_of
from chalicelib.identity.petitions.orders import Changed, Doing, Order, key_of, once, sealed
from chalicelib.identity.petitions.ports import Page, Petitions
from chalicelib.identity.petitions.refusals import PetitionOver
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, level_of
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import digest, reference_of
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotFound
from chalicelib.law import packs
from chalicelib.sealing.door import seal


class Filing(Struct, frozen=True, kw_only=True):
    """What a person turns to an agency with.

    `earlier`: of a second complaint, the first one. `dossier`: the one of theirs that it is about. `officer`: whom they
    name in it.
    """

    kind: PetitionKind
    about: PetitionAbout
    agency: str
    words: str
    earlier: str | None = None
    dossier: str | None = None
    officer: str | None = None


@dataclass(frozen=True)
class Filings:
    """Use cases of who files, and of everybody."""

    petitions: Petitions
    clock: Clock

    def file(self, order: Order, filing: Filing) -> PetitionHead:
        """File it; the same one for the same request. The answer has the time of the law.

        Raises KeyReused, DayLimitReached; BodyInvalid for an agency that there is not, for what is no second complaint,
        and for a dossier that is not theirs.
        """
        made_of = reference_of("PK", f"{order.who.holder}\x1f{order.key}")
        body = digest("file", order.raw.decode("utf-8", "replace"))

        def again() -> PetitionHead:
            head, now = self.petitions.head(made_of), self.clock()
            if head.version:
                if dict(head.keys).get(key_of(order)) != body:
                    raise KeyReused
                return head
            after = self._filed(replace(head, id=made_of), order, filing, now)
            after = model.remembered(after, (key_of(order), body))
            event = PetitionFiled(
                petition=made_of,
                kind=after.kind,
                about=after.about,
                agency=after.agency,
                came_at=after.came_at,
                due_at=after.due_at or "",
                dossier=after.dossier,
            )
            self.petitions.write(head, after, event, OWNER, now)
            return after

        return record.settled(again)

    def _filed(self, head: PetitionHead, order: Order, filing: Filing, now: datetime) -> PetitionHead:
        day = now.astimezone(ZONE).date()
        to = self.petitions.receiver(filing.agency, day.isoformat())
        if to is None:
            vi, en = "Không có cơ quan này", "There is no such agency"
            raise BodyInvalid(fields=[FieldError("/agency", "known", vi, en)])
        pack, who = packs.pack_on(day), order.who
        self._require_theirs(who, filing.dossier)
        filed = replace(
            head,
            holder=who.holder,
            people=tuple(sorted(who.people - {who.holder})),
            level=level_of(who),
            kind=filing.kind,
            about=filing.about,
            instance=2 if self._follows(who, filing) else 1,
            earlier=filing.earlier,
            dossier=filing.dossier,
            pack=pack.id,
            sealed=seal(head.id, told(_asked(who, filing))),
            filed_at=stamp(now),
        )
        names = filing.officer is not None or _names(filed, filing.words, who)
        filed = replace(filed, names=names)
        above = self.petitions.above(filing.agency, day.isoformat()) if filed.concerns else None
        unmatched = above is not None and is_unmatched(filing.officer or "", self._listed(filing))
        return model.came(replace(filed, above=above, unmatched=unmatched), to, now, pack.rules)

    def _listed(self, filing: Filing) -> Collection[str]:
        return self.petitions.staff(filing.agency) if filing.officer else ()

    def _follows(self, who: Principal, filing: Filing) -> bool:
        """Whether it is a second complaint.

        Raises BodyInvalid unless the first is theirs, ended or is past its term, and is of another agency.
        """
        if filing.earlier is None:
            return False
        first = self.petitions.head(filing.earlier)
        theirs = bool(first.version) and self._is_theirs(who, first)
        is_first = theirs and (first.kind, first.instance, filing.kind) == ("complaint", 1, "complaint")
        now = self.clock()
        if not is_first or not (
            first.state in ("answered", "refused") or model.is_unsettled(first, now, model.rules_of(first, now))
        ):
            vi = "Khiếu nại lần hai phải theo một khiếu nại lần đầu của mình đã được giải quyết hoặc quá hạn giải quyết"
            en = "A second complaint follows a first one of one's own that was answered, refused or not settled in time"
            raise BodyInvalid(fields=[FieldError("/earlier", "first_complaint", vi, en)])
        if filing.agency == first.agency:
            vi = "Khiếu nại lần hai gửi đến cơ quan khác, không phải cơ quan đã giải quyết lần đầu"
            en = "A second complaint goes to another agency than the one that had the first"
            raise BodyInvalid(fields=[FieldError("/agency", "other_agency", vi, en)])
        return True

    def _require_theirs(self, who: Principal, dossier: str | None) -> None:
        """Raises BodyInvalid for a dossier that is another's, and alike for one that there is not."""
        if dossier is None:
            return
        if self.petitions.holders(dossier).isdisjoint({who.holder, *self.petitions.numbers(who.holder)}):
            vi, en = "Không có hồ sơ này của mình", "One has no such dossier"
            raise BodyInvalid(fields=[FieldError("/dossier", "known", vi, en)])

    def mine(self, who: Principal, after: str) -> Page[PetitionHead]:
        """A page of one's own, the newest first."""
        return self.petitions.mine(self.petitions.numbers(who.holder), after)

    def read(self, who: Principal, petition: str) -> PetitionHead:
        """One of one's own. Raises NotFound."""
        head = self.petitions.head(petition)
        if not head.version or not self._is_theirs(who, head):
            raise NotFound(what="petition")
        return head

    def notices(self, who: Principal, petition: str) -> list[Notice]:
        """What agencies did with one of one's own, in order. Raises NotFound, LogBroken."""
        return list(notices_of(self.petitions.log(self.read(who, petition))))

    def supply(self, order: Order, petition: str, words: str) -> PetitionHead:
        """Send what the agency asked for. Raises NotFound, PetitionOver, KeyReused."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            if head.state != "asked":
                raise PetitionOver(progress=head.state)
            after = model.supplied(head, sealed(head.id, words), now, model.rules_of(head, now))
            if not after.names and _names(after, words, order.who):
                above = self.petitions.above(after.agency, now.astimezone(ZONE).date().isoformat())
                after = replace(after, names=True, above=above)
            event = PetitionSupplied(petition=head.id, kind=head.kind, agency=head.agency, due_at=after.due_at or "")
            return Changed(after, event)

        return self._once(order, petition, "supply", change)

    def withdraw(self, order: Order, petition: str) -> PetitionHead:
        """Withdraw what was not answered yet. Raises NotFound, PetitionOver, KeyReused."""

        def change(head: PetitionHead, now: datetime) -> Changed:
            if head.state not in model.OPEN:
                raise PetitionOver(progress=head.state)
            after = model.withdrawn(head, now)
            return Changed(after, closed(head, after, "withdrawn", now))

        return self._once(order, petition, "withdraw", change)

    def published(self, agency: str, after: str) -> Page[PublishedPetition]:
        """A page of what an agency answered in public, the newest first."""
        return self.petitions.published(agency, after)

    def _is_theirs(self, who: Principal, head: PetitionHead) -> bool:
        """Whether they filed it, also under a number that they had before: one read for that alone."""
        return head.holder == who.holder or head.holder in self.petitions.numbers(who.holder)

    def _once(
        self, order: Order, petition: str, what: str, change: Callable[[PetitionHead, datetime], Changed]
    ) -> PetitionHead:
        doing = Doing(partial(self.read, order.who, petition), OWNER)
        return once(self.petitions, self.clock, order, what, doing, change)


def _names(head: PetitionHead, words: str, who: Principal) -> bool:
    """Whether words name a dossier, on which one of its agency may have acted, or tell of somebody who leads there.

    Of what is for whoever leads alone: where all work on it, one of them is there of whom it does not tell.
    """
    is_told = bool(dossiers_in(words)) or (head.desk == "led" and tells_of_anyone(words, who.name))
    return is_told or bool(cases_in(words))


def _asked(who: Principal, filing: Filing) -> Asked:
    return Asked(
        name=who.name,
        words=filing.words,
        officer=filing.officer or "",
        organisation=who.organisation_name,
        document=who.document,
    )


def closed(
    before: PetitionHead, head: PetitionHead, end: Literal["answered", "refused", "withdrawn"], now: datetime
) -> PetitionClosed:
    """That it ended for the agency that has it; `before`: what it was when it had not."""
    return PetitionClosed(
        petition=head.id,
        kind=head.kind,
        about=head.about,
        agency=head.agency,
        end=end,
        came_at=head.came_at,
        closed_at=stamp(now),
        is_late=bool(head.missed),
        due_at=head.due_at,
        counts=model.counted(before, head),
        dossier=head.dossier,
    )
