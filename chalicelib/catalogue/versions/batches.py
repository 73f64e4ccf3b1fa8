"""Many versions at once: what waits for whom, and one act on each of some, every one with its own verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chalicelib.catalogue.procedures.items import Finding, VersionItem
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.procedures.waiting import Wait, Waiting
from chalicelib.catalogue.versions.keyed import KeyedAct
from chalicelib.catalogue.versions.service import Editing
from chalicelib.kernel.access import Principal
from chalicelib.kernel.aws import Item
from chalicelib.kernel.problem import DomainError


class Named(NamedTuple):
    """A version."""

    code: str
    version: int


class Verdict(NamedTuple):
    """What became of a version: as it stands now, or why it was refused."""

    named: Named
    item: VersionItem | None
    refusal: DomainError | None


class Wanted(NamedTuple):
    """What of the list is shown: waits of one kind, of one field of administration, of those that others wrote."""

    wait: Wait | None = None
    field: str = ""
    by_others: bool = False


@dataclass(frozen=True)
class Batches:
    """Use cases of those who look after hundreds of versions. What may be done with one may be done here, no more."""

    editing: Editing
    procedures: Procedures

    def waiting(self, who: Principal, wanted: Wanted, start: Item | None) -> tuple[list[Waiting], Item | None]:
        """A page of what waits at one's own agency, by code, and where the list goes on: a page may show few of it."""
        rows, last = self.procedures.waiting(who.agency, start)
        return [each for each in rows if _is_wanted(each, wanted, who)], last

    def review(
        self, who: Principal, named: Sequence[Named], findings: Sequence[Finding], act: KeyedAct, *, accepted: bool
    ) -> list[Verdict]:
        """Review each of some versions, or send each back; one's own is refused, and none stops another."""

        def one(each: Named) -> VersionItem:
            return self.editing.review(who, each.code, each.version, findings, act, accepted=accepted)

        return _each(named, one)

    def publish(self, who: Principal, named: Sequence[Named], effective_from: date, act: KeyedAct) -> list[Verdict]:
        """Publish each of some reviewed versions from a Vietnamese day on; none stops another."""

        def one(each: Named) -> VersionItem:
            return self.editing.publish(who, each.code, each.version, effective_from, act)

        return _each(named, one)


def _is_wanted(row: Waiting, wanted: Wanted, who: Principal) -> bool:
    if wanted.wait not in (None, row.wait) or (wanted.field and wanted.field not in row.fields):
        return False
    return not (wanted.by_others and who.subject in row.authors)


def _each(named: Sequence[Named], do: Callable[[Named], VersionItem]) -> list[Verdict]:
    """One verdict for each, in order; each is its own write, so what broke off is sent again under the same key."""
    found = []
    for each in dict.fromkeys(named):
        try:
            found.append(Verdict(each, do(each), None))
        except DomainError as refusal:
            found.append(Verdict(each, None, refusal))
    return found
