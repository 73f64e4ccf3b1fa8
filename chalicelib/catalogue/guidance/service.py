"""Guidance on restructuring: given at or above a procedure's keeper, carried out by a version that is published."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec

from chalicelib.catalogue.acts import END_GUIDANCE
from chalicelib.catalogue.guidance.items import Ended, GuidanceHead, ListedGuidance, Said
from chalicelib.catalogue.guidance.model import Progress, done_wrong, given_wrong, progress
from chalicelib.catalogue.guidance.ports import Given, Known
from chalicelib.catalogue.procedures.model import keeps
from chalicelib.catalogue.refusals import GuidanceStep, guidance_refused
from chalicelib.contracts.guidance import Guidance
from chalicelib.contracts.plan import Part
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import canonical, digest
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotAllowed, NotFound
from chalicelib.law.problems import Problem


class GuidanceDraft(Part, frozen=True, kw_only=True):
    """Guidance as it is sent."""

    procedure: str
    text_vi: str
    text_en: str
    basis: str
    due: str
    component: str = ""


class Standing(NamedTuple):
    """Guidance with how far it is today; `version` of its record, None in a list."""

    guidance: Guidance
    given_at: str
    ended: Ended | None
    progress: Progress
    version: int | None = None


class Sought(NamedTuple):
    """Which guidance is asked for; what is empty asks for nothing."""

    progress: str = ""
    owner: str = ""
    procedure: str = ""

    def fits(self, each: Standing) -> bool:
        """Whether it is one of them."""
        return (
            self.progress in ("", each.progress)
            and self.owner in ("", each.guidance.owner)
            and self.procedure in ("", each.guidance.procedure)
        )


@dataclass(frozen=True)
class Guiding:
    """Use cases of those who keep procedures, and of those above them: to anybody else there is no guidance."""

    given: Given
    known: Known
    clock: Clock

    def listed(self, who: Principal, sought: Sought) -> list[Standing]:
        """The guidance that is asked for and `read` gives, what is due first at the top; `late` lists what is late."""
        rows = [row for row in self.given.of(who.agency) if keeps(who.agency, row.guidance.owner)]
        found = [each for each in map(self._row, rows) if sought.fits(each)]
        return sorted(found, key=lambda each: (each.guidance.due, each.guidance.id))

    def read(self, who: Principal, name: str) -> Standing:
        """Guidance to one's own agency or to one below it. Raises NotFound."""
        head, guidance = self._of(who, name)
        return self._standing(head, guidance)

    def give(self, who: Principal, draft: GuidanceDraft, key: str) -> Standing:
        """Give guidance on a procedure that one's own agency keeps or one below it, once per key.

        Raises NotFound for any other procedure, GuidanceInvalid by place, KeyReused.
        """
        name, body = digest(who.subject, key), digest(canonical(msgspec.to_builtins(draft)))

        def once() -> Standing:
            head = self.given.head(name)
            if head.guidance:
                if head.body != body:
                    raise KeyReused
                return self._standing(head, head.guidance)
            self.given.give(head, self._checked(who, draft, name), body, who.subject, self.clock())
            return self.read(who, name)

        return record.settled(once)

    def end(self, who: Principal, name: str, told: tuple[Said, int | None, str], version: int) -> Standing:
        """Say that guidance is carried out (`told`: done, by which version, why), or that it is dropped for a reason.

        Whoever gave it drops it, or an agency above. Raises NotFound, NotAllowed, LostUpdate, GuidanceStep once it
        ended, GuidanceInvalid: only a version that was published since and is in force carries it out.
        """
        said, done_by, why = told

        def once() -> Standing:
            head, guidance = self._of(who, name)
            if head.version != version:
                raise LostUpdate(current_version=head.version)
            if head.ended:
                raise GuidanceStep(stands=head.ended.said)
            if said == "dropped" and not keeps(who.agency, guidance.issuer):
                raise NotAllowed(act=END_GUIDANCE)
            self._require_ended(head, guidance, said, done_by, why)
            now = self.clock()
            by = done_by if said == "done" else None
            ended = Ended(said=said, by=who.subject, name=who.name, at=stamp(now), done_by=by, why=why)
            self.given.end(head, guidance, ended, now)
            return self.read(who, name)

        return record.settled(once)

    def _require_ended(self, head: GuidanceHead, guidance: Guidance, said: Said, done_by: int | None, why: str) -> None:
        if said == "dropped":
            vi, en = "Nêu lý do không thực hiện", "Say why it is dropped"
            wrong: tuple[Problem, ...] = () if why.strip() else (Problem("/why", "why", vi, en),)
        else:
            found = self.known.version(guidance.procedure, done_by) if done_by else None
            wrong = done_wrong(guidance, head.created_at, found, self._today())
            if not (guidance.component or why.strip()):  # nothing in a version shows it: it is the publisher's word
                vi, en = "Nêu phiên bản thực hiện hướng dẫn thế nào", "Say how the version carries it out"
                wrong = (*wrong, Problem("/why", "why", vi, en))
        if wrong:
            raise guidance_refused(wrong)

    def _checked(self, who: Principal, draft: GuidanceDraft, name: str) -> Guidance:
        owner = self.known.keeper(draft.procedure)
        if not keeps(who.agency, owner):
            raise NotFound(what="procedure")
        today = self._today()
        facts = self.known.in_force(draft.procedure, today)
        if wrong := given_wrong(date.fromisoformat(draft.due), draft.component, facts, today):
            raise guidance_refused(wrong)
        return Guidance(id=name, issuer=who.agency, owner=owner, **msgspec.structs.asdict(draft))

    def _of(self, who: Principal, name: str) -> tuple[GuidanceHead, Guidance]:
        head = self.given.head(name)
        if head.guidance is None or not keeps(who.agency, head.guidance.owner):
            raise NotFound(what="guidance")
        return head, head.guidance

    def _standing(self, head: GuidanceHead, guidance: Guidance) -> Standing:
        far = progress(guidance, head.ended, self._today())
        return Standing(guidance, head.created_at, head.ended, far, head.version)

    def _row(self, row: ListedGuidance) -> Standing:
        far = progress(row.guidance, row.ended, self._today())
        return Standing(row.guidance, row.given_at, row.ended, far)

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()
