"""An officer looks at the values that were read on a paper, one after the other, until none is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from msgspec import structs

from chalicelib.contracts.digitisation import FieldReviewed, ReviewClaimed, ReviewClosed, ReviewReleased
from chalicelib.contracts.ledger import ValueReviewed
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.paper import Paper, ReviewClaim
from chalicelib.digitisation.reviews.answers import looked, sealed
from chalicelib.digitisation.reviews.model import (
    Decision,
    Looked,
    ReviewField,
    Verb,
    decided,
    in_order,
    next_for,
    reviewed,
)
from chalicelib.digitisation.reviews.ports import Looks, Reviews
from chalicelib.digitisation.reviews.refusals import ReviewTaken
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.kernel.ids import digest, keyed_hash
from chalicelib.kernel.problem import ForbiddenStep, KeyReused, LostUpdate, NotFound

CLAIM_LASTS: Final = timedelta(minutes=30)
"""How long a review is somebody's after their last answer; policy of the service, no text says it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with its value and its small picture."""

    looked: Looked
    crop: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """A paper under review as its officer sees it: its fields in the order in which they are asked, the next one."""

    paper: Paper
    fields: tuple[Looked, ...]
    following: Shown | None = None


@dataclass(frozen=True)
class Reviewing:
    """Use cases of an officer of the paper's agency."""

    reviews: Reviews
    looks: Looks
    clock: Clock

    def waiting(self, who: Principal, after: str) -> tuple[list[Paper], str | None]:
        """A page of the papers under review, the oldest first, and where the list goes on."""
        return self.reviews.in_review(who.agencies, after)

    def look(self, who: Principal, review: str) -> Seen:
        """All fields of a paper, those that are closed too; the holder's ledger says who looked.

        Raises NotFound, ForbiddenStep for a paper that was rejected.
        """
        paper = self._read(who, review)
        self.looks.note(paper, who, self.clock())
        return self._seen(paper, self.reviews.fields(paper), who)

    def field(self, who: Principal, review: str, name: str) -> tuple[Paper, Shown]:
        """One field with its picture; the holder's ledger says who looked. Raises NotFound, ForbiddenStep."""
        paper = self._read(who, review)
        field = _named(self.reviews.fields(paper), name)
        self.looks.note(paper, who, self.clock())
        return paper, self._shown(field)

    def claim(self, who: Principal, review: str) -> Seen:
        """An officer takes the review: nobody else answers then, until 30 minutes pass without an answer.

        Raises NotFound, ForbiddenStep, ReviewTaken.
        """

        def once() -> Paper:
            paper, now = self._own(who, review), self.clock()
            _require_free(paper, who, now)
            mine = ReviewClaim(officer=officer_of(who), name=who.name, at=stamp(now))
            if paper.claim and paper.claim.officer == mine.officer:
                return paper
            event = ReviewClaimed(
                reference=paper.reference,
                component=paper.component,
                agency=paper.agency,
                officer=mine.officer,
                before=paper.claim.officer if paper.claim else None,
            )
            PaperChange(paper, now).claimed(mine).tell(event, actor=who.subject).write()
            return structs.replace(paper, claim=mine, version=paper.version + 1)

        paper = record.settled(once)
        return self._seen(paper, self.reviews.fields(paper), who)

    def release(self, who: Principal, review: str) -> Seen:
        """An officer gives the review back; what nobody has stays so. Raises NotFound, ForbiddenStep, ReviewTaken."""

        def once() -> Paper:
            paper, now = self._own(who, review), self.clock()
            _require_free(paper, who, now)
            if paper.claim is None:
                return paper
            event = ReviewReleased(
                reference=paper.reference,
                component=paper.component,
                agency=paper.agency,
                officer=paper.claim.officer,
            )
            PaperChange(paper, now).claimed(None).tell(event, actor=who.subject).write()
            return structs.replace(paper, claim=None, version=paper.version + 1)

        paper = record.settled(once)
        return self._seen(paper, self.reviews.fields(paper), who)

    def decide(self, who: Principal, review: str, name: str, version: int, verb: Verb, typed: str, key: str) -> Seen:
        """An officer says what a field says. `version` is the paper's as they saw it: of two at once one is told so.

        The answer goes into the holder's ledger, the value does not. The same request again is told the same.
        Raises NotFound, ForbiddenStep, ReviewTaken, LostUpdate, KeyReused, SameReviewer, NothingRead, BodyInvalid.
        """
        asked, body = digest(who.subject, key), digest(name, verb, typed)

        def once() -> Seen:
            paper, now = self._paper(who, review), self.clock()
            fields = self.reviews.fields(paper)
            if _was_asked(fields, asked, body):
                return self._seen(paper, fields, who)
            _require_open(paper)
            _require_free(paper, who, now)
            if paper.version != version:
                raise LostUpdate(current_version=paper.version)
            by = Decision(said=verb, officer=officer_of(who), name=who.name, at=stamp(now), asked=f"{asked}{body}")
            after = decided(looked(_named(fields, name)), verb, typed, by)
            return self._decided(paper, fields, after, who, now)

        return record.settled(once)

    def _decided(
        self, paper: Paper, fields: Sequence[ReviewField], after: Looked, who: Principal, now: datetime
    ) -> Seen:
        kept = structs.replace(after.field, sealed=sealed(paper.reference, after.value))
        fields = [kept if field.sk == kept.sk else field for field in fields]
        left, by = sum(not field.closed for field in fields), kept.decisions[-1]
        event = FieldReviewed(
            reference=paper.reference,
            component=paper.component,
            agency=paper.agency,
            field=kept.name,
            verb=by.said,  # type: ignore[arg-type]  # no register decides here
            officer=by.officer,
            closed=kept.closed,
        )
        claim = ReviewClaim(officer=by.officer, name=by.name, at=by.at) if next_for(by.officer, fields) else None
        change = PaperChange(paper, now).tell(event, actor=who.subject)
        if left:
            change.claimed(claim)
        else:
            done = ReviewClosed(reference=paper.reference, component=paper.component, agency=paper.agency)
            change.tell(done, actor=who.subject).put(reviewed=reviewed(fields))
        change.reviewed(left)
        self.reviews.keep(change, kept)
        change.join("ledger", self.looks.line(paper, who, ValueReviewed(field=kept.name, verb=by.said), now))
        change.write()
        paper = structs.replace(
            paper, claim=claim, left=left, version=paper.version + 1, step=paper.step if left else "reviewed"
        )
        return self._seen(paper, fields, who)

    def _seen(self, paper: Paper, fields: Sequence[ReviewField], who: Principal) -> Seen:
        following = next_for(officer_of(who), fields) if paper.step == "in_review" else None
        seen = tuple(looked(field) for field in in_order(fields))
        return Seen(paper, seen, self._shown(following) if following else None)

    def _shown(self, field: ReviewField) -> Shown:
        return Shown(looked(field), self.looks.crop(field))

    def _read(self, who: Principal, review: str) -> Paper:
        """A paper that was read; before that it has no review."""
        paper = self._paper(who, review)
        if paper.reading is None:
            raise NotFound(what="review")
        if paper.step == "rejected":
            raise ForbiddenStep(step=paper.step)
        return paper

    def _own(self, who: Principal, review: str) -> Paper:
        paper = self._paper(who, review)
        _require_open(paper)
        return paper

    def _paper(self, who: Principal, review: str) -> Paper:
        reference, _, component = review.partition(".")
        paper = self.reviews.paper(reference, component)
        if paper is None or paper.agency not in who.agencies:
            raise NotFound(what="review")
        return paper


def _require_open(paper: Paper) -> None:
    if paper.step != "in_review":
        raise ForbiddenStep(step=paper.step)


def _require_free(paper: Paper, who: Principal, now: datetime) -> None:
    claim = paper.claim
    if claim and claim.officer != officer_of(who) and now - moment(claim.at) < CLAIM_LASTS:
        raise ReviewTaken(claimed_by=claim.name, claimed_at=claim.at)


def _was_asked(fields: Sequence[ReviewField], asked: str, body: str) -> bool:
    """Whether the very request was answered before. Raises KeyReused when it had another body."""
    for decision in (each for field in fields for each in field.decisions if each.asked.startswith(asked)):
        if decision.asked != f"{asked}{body}":
            raise KeyReused
        return True
    return False


def _named(fields: Sequence[ReviewField], name: str) -> ReviewField:
    found = next((field for field in fields if field.name == name), None)
    if found is None:
        raise NotFound(what="field")
    return found


def officer_of(who: Principal) -> str:
    """What stands for an officer among those who said something."""
    return keyed_hash("officer", who.subject)
