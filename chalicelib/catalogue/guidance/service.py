"""Guidance on restructuring: given at or above a procedure's keeper, carried out by a version that is published."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec

from chalicelib.catalogue.acts import END_GUIDANCE
from chalicelib.catalogue.guidance.items import Ended, GuidanceHead, Said
from chalicelib.catalogue.guidance.model import Progress, done_wrong, given_wrong, progress
from chalicelib.catalogue.guidance.ports import Given, Kept, Known, Stands
from chalicelib.catalogue.procedures.guided import MOST_OPEN
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
    """Guidance with how far it is today; `keeper` has its procedure now, or had it when the guidance ended."""

    guidance: Guidance
    keeper: str
    given_at: str
    ended: Ended | None
    progress: Progress
    version: int


class Sought(NamedTuple):
    """Which guidance is asked for; what is empty asks for nothing."""

    progress: str = ""
    owner: str = ""
    procedure: str = ""

    def fits(self, each: Standing) -> bool:
        """Whether it is one of them."""
        return (
            self.progress in ("", each.progress)
            and self.owner in ("", each.keeper)
            and self.procedure in ("", each.guidance.procedure)
        )


@dataclass(frozen=True)
class Guiding:
    """Use cases of those who keep procedures, and of those above them: to anybody else there is no guidance."""

    given: Given
    known: Known
    clock: Clock

    def listed(self, who: Principal, sought: Sought, after: str) -> tuple[list[Standing], str | None]:
        """A page of the guidance that is asked for and `read` gives, what is due first at the top, and what follows.

        `late` lists what is late. Another choice is made among the rows of a page: it may show few. Raises as
        `paging.cursor_of`.
        """
        before = self._today().isoformat() if sought.progress is Progress.LATE else ""
        heads, following = self.given.page(who.agency, after, before)
        known = [(head, head.guidance) for head in heads if head.guidance]
        keepers = self.known.keepers([guidance.procedure for _, guidance in known])
        rows = [self._standing(head, guidance, keepers[guidance.procedure]) for head, guidance in known]
        return [row for row in rows if keeps(who.agency, row.keeper) and sought.fits(row)], following

    def read(self, who: Principal, name: str) -> Standing:
        """Guidance to one's own agency or one below it: that keeps it, or did at its end. Raises NotFound."""
        head, guidance, kept = self._of(who, name)
        return self._standing(head, guidance, kept.keeper)

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
                return self._standing(head, head.guidance, self.known.kept(draft.procedure).keeper)
            kept = self.known.kept(draft.procedure)
            stands = Stands(kept.head, self.given.open_on(draft.procedure))
            guidance = self._checked(who, draft, name, kept, stands)
            self.given.give(head, guidance, body, who.subject, self.clock(), stands)
            return self.read(who, name)

        return record.settled(once)

    def end(self, who: Principal, name: str, told: tuple[Said, int | None, str], version: int) -> Standing:
        """Say that guidance is carried out (`told`: done, by which version, why), or that it is dropped for a reason.

        Whoever gave it drops it, or an agency above; once the procedure went where that has no say, the authority to
        which it went. Raises NotFound, NotAllowed, LostUpdate, GuidanceStep once it
        ended, GuidanceInvalid: only a version that was published since and is in force carries it out.
        """
        said, done_by, why = told

        def once() -> Standing:
            head, guidance, kept = self._of(who, name)
            keeper = kept.keeper
            if head.version != version:
                raise LostUpdate(current_version=head.version)
            if head.ended:
                raise GuidanceStep(stands=head.ended.said)
            if said == "dropped" and not keeps(who.agency, _dropper(guidance, keeper)):
                raise NotAllowed(act=END_GUIDANCE)
            self._require_ended(head, guidance, said, done_by, why)
            now = self.clock()
            by = done_by if said == "done" else None
            ended = Ended(said=said, by=who.subject, name=who.name, at=stamp(now), done_by=by, why=why, keeper=keeper)
            self.given.end(head, guidance, ended, now, kept.head)
            return self.read(who, name)

        return record.settled(once)

    def enrol(self) -> int:
        """Put guidance of releases that kept other lists on those of today, for an operator; how much was put there.

        What is open goes to whoever keeps its procedure now, what ended to who did then. Twice is once.
        """
        return sum(self._enrolled(head.guidance.id) for head in self.given.kept() if head.guidance)

    def _enrolled(self, name: str) -> bool:
        def once() -> bool:
            head = self.given.head(name)
            if head.guidance is None:
                return False
            kept = self.known.kept(head.guidance.procedure)
            stands = Stands(kept.head, self.given.open_on(head.guidance.procedure))
            return self.given.enrol(head, head.guidance, _answers(head, head.guidance, kept.keeper), stands)

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

    def _checked(self, who: Principal, draft: GuidanceDraft, name: str, kept: Kept, stands: Stands) -> Guidance:
        if not keeps(who.agency, kept.keeper):
            raise NotFound(what="procedure")
        today = self._today()
        facts = self.known.in_force(kept.head, draft.procedure, today)
        wrong = given_wrong(date.fromisoformat(draft.due), draft.component, facts, today)
        if len(stands.open.open) >= MOST_OPEN:
            vi, en = f"Đã có {MOST_OPEN} hướng dẫn chưa xong", f"{MOST_OPEN} of them are open already"
            wrong = (*wrong, Problem("/procedure", "too_many", vi, en))
        if wrong:
            raise guidance_refused(wrong)
        return Guidance(id=name, issuer=who.agency, owner=kept.keeper, **msgspec.structs.asdict(draft))

    def _of(self, who: Principal, name: str) -> tuple[GuidanceHead, Guidance, Kept]:
        """Its record, the guidance, and who keeps its procedure now: its owner where nobody does."""
        head = self.given.head(name)
        if head.guidance is None:
            raise NotFound(what="guidance")
        kept = self.known.kept(head.guidance.procedure)
        keeper = kept.keeper or head.guidance.owner
        if not (keeps(who.agency, keeper) or keeps(who.agency, _answers(head, head.guidance, keeper))):
            raise NotFound(what="guidance")
        return head, head.guidance, kept._replace(keeper=keeper)

    def _standing(self, head: GuidanceHead, guidance: Guidance, keeper: str) -> Standing:
        far = progress(guidance, head.ended, self._today())
        at = head.created_at
        return Standing(guidance, _answers(head, guidance, keeper), at, head.ended, far, head.version)

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()


def _answers(head: GuidanceHead, guidance: Guidance, keeper: str) -> str:
    """Who answers for guidance: whoever keeps the procedure, or kept it when the guidance ended; nobody: its owner."""
    return (head.ended.keeper if head.ended else keeper) or guidance.owner


def _dropper(guidance: Guidance, keeper: str) -> str:
    """Who drops guidance: who gave it, while that stands above the keeper; else the authority of the keeper."""
    return guidance.issuer if keeps(guidance.issuer, keeper) else keeper.split(".", maxsplit=1)[0]
