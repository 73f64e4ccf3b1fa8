"""Agencies and outages: everybody reads them, an administrator keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from msgspec import structs

from chalicelib.catalogue.acts import ANNOUNCE_OUTAGE
from chalicelib.catalogue.agencies import announced, proposals
from chalicelib.catalogue.agencies.items import AgencyHead, ListedChange, OutageHead, Proposal
from chalicelib.catalogue.agencies.model import (
    expires_at,
    in_force,
    named_by,
    of_one_officer,
    problems_of,
    stands_above,
    takes_two,
    too_many_named,
    unconfirmed,
)
from chalicelib.catalogue.agencies.ports import Agencies
from chalicelib.catalogue.procedures.model import keeper_of, keeps
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.refusals import AdministratorAboveNeeded, NotItsOutage, NotItsServices, OutageOver, refused
from chalicelib.contracts.catalogue import Agency, AgencyEntry, Outage, OutageMoved, OutageWithdrawn, SuspendedTerm
from chalicelib.contracts.plan import Part
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.aws import Item
from chalicelib.kernel.clock import ZONE, Clock, moment, said, stamp
from chalicelib.kernel.ids import canonical, digest
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotAllowed, NotFound
from chalicelib.law import outages
from chalicelib.law.problems import Problem, errors


class Announcement(Part, frozen=True, kw_only=True):
    """An outage as an administrator announces it; `force_majeure` says why it could not be announced in time."""

    starts_at: str
    ends_at: str
    reason: str
    planned: bool
    text_vi: str
    text_en: str
    services: tuple[str, ...] = ()
    force_majeure: str | None = None
    agency: str | None = None
    fallback_vi: str = ""
    fallback_en: str = ""


class Move(Part, frozen=True, kw_only=True):
    """Another end of an announced outage; `force_majeure` says why a longer one could not be announced in time."""

    ends_at: str
    why: str
    force_majeure: str | None = None


class Kept(NamedTuple):
    """An agency as it is kept, its version, warnings, and what of it waits for a second administrator."""

    agency: Agency
    version: int
    warnings: tuple[Problem, ...] = ()
    waits: ListedChange | None = None


@dataclass(frozen=True)
class Administration:
    """Use cases of an administrator; reading agencies is for everybody."""

    agencies: Agencies
    procedures: Procedures
    clock: Clock

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    def read(self, agency: str) -> tuple[Agency, int]:
        """An agency with its entries over time, and its version. Raises NotFound."""
        head = self.agencies.head(agency)
        if head.agency is None:
            raise NotFound(what="agency")
        return _named(head.agency, self._today()), head.version

    def page(self, start: Item | None, limit: int) -> tuple[list[Agency], Item | None]:
        """A page of agencies by identifier, each under its name of today, and where the next one starts."""
        rows, last = self.agencies.page(start, limit)
        return [_named(each, self._today()) for each in rows], last

    def changes(self, who: Principal, start: Item | None, limit: int) -> tuple[list[ListedChange], Item | None]:
        """A page of the changes that take two, and where the next one starts.

        Of one's own agency and those below it, and of another one that names one of them: as its successor, its parent,
        or where it would work. What came into force stays on it, so that the administrators of an agency that ended
        read of it too; what nobody confirmed in time does not.
        """
        found, last = self.agencies.changes(who.agency, start, limit)
        return [each for each in found if each.decided_at or expires_at(each.at) > self.clock()], last

    def keep(self, who: Principal, agency: str, entries: Sequence[AgencyEntry], version: int) -> Kept:
        """Keep an agency's entries over time, checked within the whole tree.

        `version` is what the administrator read (0 for a new one). That an agency which is there has one officer is
        confirmed by an administrator of one above it (`model.of_one_officer`), with another one. What takes two
        (`model.takes_two`) waits until another administrator, of an agency above where there is one, keeps the same;
        any other change of the agency ends what waits, and so does its time.
        Raises LostUpdate, AdministratorAboveNeeded, SecondUnknown, VersionInvalid
        (identifier, parent, cycle, overlap; Decision 20/2020/QD-TTg; a change that is about too many agencies).
        """
        named = tuple(structs.replace(entry, id=agency) for entry in entries)

        def once() -> Kept:
            tree, head, now = self.agencies.tree(), self.agencies.head(agency), self.clock()
            if version != head.version:
                raise LostUpdate(current_version=head.version)
            known, waits = head.agency.entries if head.agency else (), proposals.standing(head.proposal, now)
            mine = of_one_officer(named, known, who.agency if head.agency else "")
            problems = self._checked(agency, mine)
            if head.agency and takes_two(known, mine):
                if waits is None or waits.entries != named:
                    return self._proposed(who, head, head.agency, named, problems)
                _require_above(who, agency, waits)
                decided = _listed(head.agency, waits, head.version + 1, stamp(now))
            else:
                decided = None
            kept = _named(Agency(id=agency, name="", entries=mine), self._today())
            self.agencies.keep(head, kept, who.subject, tree, now, decided)
            return Kept(kept, head.version + 1, (*problems, *unconfirmed(mine)))

        return record.settled(once)

    def ship(self, keeper: str, agency: str, entries: Sequence[AgencyEntry]) -> Kept:
        """Keep an agency as it comes with the project, unless it is there as it is or somebody else kept it since.

        Raises VersionInvalid.
        """
        named = tuple(structs.replace(entry, id=agency) for entry in entries)

        def once() -> Kept:
            tree, head = self.agencies.tree(), self.agencies.head(agency)
            mine = of_one_officer(named, head.agency.entries if head.agency else (), "")
            if head.agency and (head.agency.entries == mine or head.keeper not in ("", keeper)):
                return Kept(head.agency, head.version)
            problems = self._checked(agency, mine)
            kept = _named(Agency(id=agency, name="", entries=mine), self._today())
            self.agencies.keep(head, kept, keeper, tree, self.clock())
            return Kept(kept, head.version + 1, (*problems, *unconfirmed(mine)))

        return record.settled(once)

    def _checked(self, agency: str, mine: Sequence[AgencyEntry]) -> tuple[Problem, ...]:
        """Warnings of an agency's entries within the whole tree. Raises VersionInvalid."""
        others = [e for other in self.agencies.agencies() if other.id != agency for e in other.entries]
        problems = _of_mine(mine, others)
        if wrong := errors(problems):
            raise refused(wrong)
        return problems

    def _proposed(
        self,
        who: Principal,
        head: AgencyHead,
        agency: Agency,
        entries: tuple[AgencyEntry, ...],
        problems: tuple[Problem, ...],
    ) -> Kept:
        """The agency as it stays, and what an administrator would change of it, in the place of what waited before."""
        now = self.clock()
        if wrong := too_many_named(named_by(agency.id, agency.entries, entries)):
            raise refused(wrong)
        made = proposals.proposed(who, entries, head.version, now)
        listed = _listed(agency, made, head.version + 1)
        self.agencies.propose(head, made, listed, who.subject, now)
        return Kept(_named(agency, self._today()), head.version + 1, problems, listed)

    def outages(self) -> list[Outage]:
        """Outages that are not over yet, the next to end first."""
        now = self.clock()
        return [each for each in self.agencies.outages(now) if moment(each.ends_at) > now]

    def outage(self, outage: str) -> tuple[Outage, int]:
        """An outage, also one that is over or was withdrawn, and its version. Raises NotFound."""
        head, known = self._announced_before(outage)
        return known, head.version

    def announce(self, who: Principal, given: Announcement, key: str) -> Outage:
        """Announce an outage of one's own services, once per key.

        Own is what is filed with one's own agency or below it (`agency`, or nothing named), and a service that one of
        them keeps, wherever it is filed. Raises NotAllowed, NotItsServices, KeyReused; VersionInvalid for
        one that is too late, has no recovery time or no fallback (224/2026 Art. 13), whose reason is not listed, or
        that lasts too long with others of the same (policy).
        """
        return record.settled(lambda: self._announced(who, given, key))

    def move(self, who: Principal, outage: str, given: Move, version: int) -> tuple[Outage, int]:
        """Move the end of an outage that one's own agency announced and that is not over; returns it and its version.

        Raises NotFound, NotItsOutage, LostUpdate, OutageOver; VersionInvalid for an end that is past, before the start
        or unchanged, for a planned one that becomes longer too late, and for one too long with others of the same.
        """

        def once() -> tuple[Outage, int]:
            now, (head, known) = self.clock(), self._announced_before(outage)
            self._require_mine(who, known)
            if version != head.version:
                raise LostUpdate(current_version=head.version)
            _require_not_over(known, now)
            wanted, ends_at = announced.excused(known, given.force_majeure), moment(stamp(moment(given.ends_at)))
            changed = announced.moved(wanted, ends_at, given.why, now)
            problems = outages.check_move(announced.in_law(wanted), ends_at, now)
            changes = self._require_right(changed, announced.as_sent(problems, late="/ends_at"))
            told = OutageMoved(**structs.asdict(changed), former=known.ends_at)
            self.agencies.move(head, changed, told, who.subject, changes, now)
            return changed, head.version + 1

        return record.settled(once)

    def withdraw(self, who: Principal, outage: str, why: str, key: str) -> tuple[Outage, int]:
        """Withdraw an outage that one's own agency announced, once per key; returns it and its version.

        One that has begun ends now, one that has not leaves the list. Raises NotFound, NotItsOutage, OutageOver,
        KeyReused.
        """
        request = digest(who.subject, key), digest(why)

        def once() -> tuple[Outage, int]:
            now, (head, known) = self.clock(), self._announced_before(outage)
            if head.end_key == request[0]:
                if head.end_body != request[1]:
                    raise KeyReused
                return known, head.version
            self._require_mine(who, known)
            _require_not_over(known, now)
            begun, changed = announced.has_begun(known, now), announced.withdrawn(known, why, now)
            told = OutageWithdrawn(**structs.asdict(changed), former=known.ends_at, begun=begun)
            self.agencies.withdraw(head, changed, told, request, who.subject, now)
            return changed, head.version + 1

        return record.settled(once)

    def _announced_before(self, outage: str) -> tuple[OutageHead, Outage]:
        head = self.agencies.outage(outage)
        if head.outage is None:
            raise NotFound(what="outage")
        return head, head.outage

    def _require_mine(self, who: Principal, outage: Outage) -> None:
        """Only whose agency announced it changes it; what an earlier release kept names whose filings or services.

        Of such an outage that names nothing nobody can say whose it is: it stays until it is over.
        """
        if outage.announcer:
            is_mine = outage.announcer == who.agency
        elif outage.agency:
            is_mine = keeps(who.agency, outage.agency)
        else:
            is_mine = bool(outage.services) and not self._theirs(who, outage.services)
        if not is_mine:
            raise NotItsOutage(announcer=outage.announcer)

    def _announced(self, who: Principal, given: Announcement, key: str) -> Outage:
        now, body = self.clock(), digest(canonical(msgspec.to_builtins(given)))
        known = self.agencies.outage(digest(who.subject, key))
        if known.outage:
            if known.body != body:
                raise KeyReused
            return known.outage
        agency = self._own(who, given)
        kept = Outage(
            id=digest(who.subject, key),
            starts_at=stamp(moment(given.starts_at)),
            ends_at=stamp(moment(given.ends_at)),
            announced_at=stamp(now),
            planned=given.planned,
            text_vi=given.text_vi,
            text_en=given.text_en,
            services=given.services,
            force_majeure=given.force_majeure,
            agency=agency,
            suspends=tuple(SuspendedTerm(**term._asdict()) for term in outages.suspended_terms()),
            reason=given.reason,
            announcer=who.agency,
            fallback_vi=given.fallback_vi,
            fallback_en=given.fallback_en,
        )
        problems = announced.as_sent(outages.check(announced.in_law(kept)), late="/starts_at")
        changes = self._require_right(kept, problems + outages.check_reason(given.reason))
        self.agencies.announce(kept, body, who.subject, changes, now)
        return kept

    def _require_right(self, outage: Outage, problems: tuple[Problem, ...]) -> int:
        """How often outages changed before it was held against the others. Raises VersionInvalid."""
        if wrong := errors(problems):
            raise refused(wrong)
        changes = self.agencies.outage_changes()
        since = moment(outage.starts_at) - outages.window()
        if wrong := errors(announced.check_sum(outage, self.agencies.outages(since))):
            raise refused(announced.as_sent(wrong, late="/ends_at"))
        return changes

    def _own(self, who: Principal, given: Announcement) -> str | None:
        """The agency to whose filings the outage is confined; None for services that are one's own wherever filed."""
        if given.agency is not None:
            if not keeps(who.agency, given.agency):
                raise NotAllowed(act=ANNOUNCE_OUTAGE)
            return given.agency
        if not given.services:
            return who.agency
        if theirs := self._theirs(who, given.services):
            raise NotItsServices(services=theirs)
        return None

    def _theirs(self, who: Principal, services: Sequence[str]) -> list[str]:
        """The services that neither one's own agency nor one below it keeps."""
        return [code for code in services if not keeps(who.agency, self._keeper(code))]

    def _keeper(self, code: str) -> str:
        return keeper_of(self.procedures.head(code), self.procedures.national(code))


def _require_not_over(outage: Outage, now: datetime) -> None:
    if announced.is_over(outage, now):
        since = outage.changed_at if outage.withdrawn else outage.ends_at
        raise OutageOver(since=said(since), withdrawn=outage.withdrawn)


def _of_mine(mine: Sequence[AgencyEntry], others: Sequence[AgencyEntry]) -> tuple[Problem, ...]:
    """What is wrong with these entries among all; what was wrong with the others before is not told here."""
    ours = {str(place) for place in range(len(mine))}
    problems = problems_of([*mine, *others])
    return tuple(p._replace(pointer=f"/entries{p.pointer}") for p in problems if p.pointer.split("/")[1] in ours)


def is_to_confirm(listed: ListedChange, who: Principal) -> bool:
    """Whether a change waits for an administrator: they did not propose it, and are of an agency above."""
    return not listed.decided_at and proposals.is_others(listed.by, who) and stands_above(listed.agency, who.agency)


def _require_above(who: Principal, agency: str, waits: Proposal[AgencyEntry]) -> None:
    """Raise AdministratorAboveNeeded for who proposed it, or is of the agency itself though there is one above.

    By its identifier there is one (Decision 20/2020/QD-TTg). Raises SecondUnknown.
    """
    above, _, _ = agency.rpartition(".")
    needed = AdministratorAboveNeeded(above=above or agency)
    proposals.require_confirmer(who, waits, needed)
    if not stands_above(agency, who.agency):
        raise needed


def _listed(agency: Agency, waits: Proposal[AgencyEntry], version: int, decided_at: str = "") -> ListedChange:
    return ListedChange(
        agency=agency.id,
        name=agency.name,
        entries=waits.entries,
        by=waits.by,
        at=waits.at,
        by_agency=waits.agency,
        version=version,
        decided_at=decided_at,
    )


def _named(agency: Agency, day: date) -> Agency:
    """The agency under its name of a Vietnamese day; of the latest entry when none is in force."""
    if not agency.entries:  # an earlier release kept none
        return agency
    entry = in_force(agency.entries, day).get(agency.id, agency.entries[-1])
    return structs.replace(agency, name=entry.name, one_stop=entry.one_stop or entry.name, place=entry.place)
