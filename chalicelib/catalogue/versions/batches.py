"""Many versions at once: what waits for whom, and one act on each of some, every one with its own verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from chalicelib.catalogue.procedures.items import Finding, VersionItem
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.procedures.unbegun import Since, Unbegun
from chalicelib.catalogue.procedures.waiting import Wait, Waiting
from chalicelib.catalogue.refusals import DraftOpen
from chalicelib.catalogue.versions.keyed import KeyedAct
from chalicelib.catalogue.versions.service import Editing
from chalicelib.kernel.access import Principal, did
from chalicelib.kernel.aws import Item
from chalicelib.kernel.problem import DomainError
from chalicelib.law.problems import Problem

NONE_YET: Final = 0
"""The number of a version that is not there."""


class Named(NamedTuple):
    """A version."""

    code: str
    version: int


class Verdict(NamedTuple):
    """What became of a version: as it stands now, or why it was refused.

    Where no draft was begun, the name has the version that is open already, or none: 0. `problems`: what still keeps
    one that was begun or handed over from being published.
    """

    named: Named
    item: VersionItem | None
    refusal: DomainError | None
    problems: tuple[Problem, ...] = ()


class Wanted(NamedTuple):
    """What of the list is shown: waits of one kind, of one field of administration, of those that others wrote."""

    wait: Wait | None = None
    field: str = ""
    by_others: bool = False


class Unstarted(NamedTuple):
    """What of the list of records is shown: new or changed ones, of one field of administration."""

    wait: Since | None = None
    field: str = ""


@dataclass(frozen=True)
class Batches:
    """Use cases of those who look after hundreds of versions. What may be done with one may be done here, no more."""

    editing: Editing
    procedures: Procedures

    def waiting(self, who: Principal, wanted: Wanted, start: Item | None) -> tuple[list[Waiting], Item | None]:
        """A page of what waits at one's own agency, by code, and where the list goes on: a page may show few of it."""
        rows, last = self.procedures.waiting(who.agency, start)
        return [each for each in rows if _is_wanted(each, wanted, who)], last

    def records(self, who: Principal, wanted: Unstarted, start: Item | None) -> tuple[list[Unbegun], Item | None]:
        """A page of one's own agency's records of which no draft was begun, and where the list goes on."""
        rows, last = self.procedures.records(who.agency, start)
        shown = [each for each in rows if wanted.wait in (None, each.wait)]
        return [each for each in shown if not wanted.field or wanted.field in each.fields], last

    def begin(self, who: Principal, codes: Sequence[str], act: KeyedAct) -> list[Verdict]:
        """Begin a draft of each of some national records, but of none that has an open draft; none stops another."""

        def one(each: Named) -> VersionItem:
            return self.editing.start(who, each.code, None, "record", act, alone=True)

        begun = _each([Named(code, NONE_YET) for code in codes], one)
        return self._with_problems([each._replace(named=Named(each.named.code, _number_of(each))) for each in begun])

    def hand_over(self, who: Principal, named: Sequence[Named], act: KeyedAct, *, only_whole: bool) -> list[Verdict]:
        """Hand each of some drafts over to review, or only those that nothing keeps from being published."""

        def one(each: Named) -> VersionItem:
            return self.editing.submit(who, each.code, each.version, act, only_whole=only_whole)

        return self._with_problems(_each(named, one))

    def _with_problems(self, found: Sequence[Verdict]) -> list[Verdict]:
        return [each._replace(problems=self.editing.problems(each.item)) if each.item else each for each in found]

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


def _number_of(verdict: Verdict) -> int:
    """The version that was begun, or that is open already; 0: none."""
    if verdict.item:
        return verdict.item.version
    return int(verdict.refusal.facts["version"]) if isinstance(verdict.refusal, DraftOpen) else NONE_YET


def _is_wanted(row: Waiting, wanted: Wanted, who: Principal) -> bool:
    if wanted.wait not in (None, row.wait) or (wanted.field and wanted.field not in row.fields):
        return False
    return not (wanted.by_others and any(did(who, each, row.author_numbers) for each in row.authors))


def _each(named: Sequence[Named], do: Callable[[Named], VersionItem]) -> list[Verdict]:
    """One verdict for each, in order; each is its own write, so what broke off is sent again under the same key."""
    found = []
    for each in dict.fromkeys(named):
        try:
            found.append(Verdict(each, do(each), None))
        except DomainError as refusal:
            found.append(Verdict(each, None, refusal))
    return found
