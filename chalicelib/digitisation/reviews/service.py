"""An officer looks at the values that were read on a paper, one after the other, until none is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from msgspec import structs

from chalicelib.contracts.ledger import ValueReviewed
from chalicelib.contracts.reviews import (
    FieldAnswer,
    FieldReviewed,
    ReviewClaimed,
    ReviewClosed,
    ReviewReleased,
)
from chalicelib.digitisation.archives.kinds import is_same
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.paper import OWNER, Paper, ReviewClaim, is_archived
from chalicelib.digitisation.refusals import SecretProposed
from chalicelib.digitisation.reviews.answers import looked, sealed
from chalicelib.digitisation.reviews.model import (
    Answer,
    Decision,
    Looked,
    Request,
    ReviewField,
    decided,
    decided_together,
    in_order,
    is_personal,
    next_for,
)
from chalicelib.digitisation.reviews.ports import Looks, Reviews
from chalicelib.digitisation.reviews.refusals import OwnPaper, ReviewTaken
from chalicelib.dossier.interests import SCAN, Work, require_other
from chalicelib.dossier.staffed import numbers_on_lists
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import ForbiddenStep, LostUpdate, NotFound

CLAIM_LASTS: Final = timedelta(minutes=30)
"""How long a review is somebody's after their last answer; policy of the service, no text says it."""


type Deciding = Callable[[Sequence[Looked], Sequence[Answer], Decision], Sequence[Looked]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with its value, and its small picture where it was asked for."""

    looked: Looked
    crop: bytes = b""


@dataclass(frozen=True, slots=True)
class Seen:
    """A paper under review as its officer sees it: its fields in the order in which they are asked, the next one."""

    paper: Paper
    fields: tuple[Shown, ...]
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

    def look(self, who: Principal, review: str, *, with_crops: bool = False) -> Seen:
        """All fields of a paper, those that are closed too; the holder's ledger says who looked.

        `with_crops`: each with its small picture, so that several can be answered together.

        Raises NotFound, ForbiddenStep for a paper that was rejected.
        """
        return self._looked(self._read(who, review), who, with_crops=with_crops)

    def field(self, who: Principal, review: str, name: str) -> tuple[Paper, Shown]:
        """One field with its picture; the holder's ledger says who looked. Raises NotFound, ForbiddenStep."""
        paper = self._read(who, review)
        field = _named(self.reviews.fields(paper), name)
        self.looks.note(paper, who, self.clock())
        return paper, self._shown(field)

    def claim(self, who: Principal, review: str) -> Seen:
        """An officer takes the review: nobody else answers then, until 30 minutes pass without an answer.
        Given back and taken again it is no longer theirs alone: the minutes run on from the first time.

        Raises NotFound, OwnDossier, ForbiddenStep, ReviewTaken.
        """

        def once() -> Paper:
            paper, now = self._own(who, review), self.clock()
            require_other(who, paper.people, Work(paper.agency, SCAN), now)
            _require_free(paper, who, now)
            mine = ReviewClaim(officer=officer_of(who), name=who.name, at=stamp(now))
            if paper.claim and paper.claim.officer == mine.officer:
                return paper
            if paper.released and paper.released.officer == mine.officer:
                mine = structs.replace(mine, at=paper.released.at)
            event = ReviewClaimed(
                reference=paper.reference,
                component=paper.component,
                agency=paper.agency,
                officer=mine.officer,
                before=paper.claim.officer if paper.claim else None,
            )
            PaperChange(paper, now).claimed(mine).tell(event, actor=who.subject).write()
            return structs.replace(paper, claim=mine, version=paper.version + 1)

        return self._looked(record.settled(once), who)

    def release(self, who: Principal, review: str) -> Seen:
        """An officer gives the review back; what nobody has stays so.

        Who has an interest in the paper gives back their own alone. Raises NotFound, OwnDossier, ForbiddenStep,
        ReviewTaken.
        """

        def once() -> Paper:
            paper, now = self._own(who, review), self.clock()
            if paper.claim and paper.claim.officer != officer_of(who):
                require_other(who, paper.people, Work(paper.agency, SCAN), now)
            _require_free(paper, who, now)
            if paper.claim is None:
                return paper
            event = ReviewReleased(
                reference=paper.reference,
                component=paper.component,
                agency=paper.agency,
                officer=paper.claim.officer,
            )
            PaperChange(paper, now).released(paper.claim).tell(event, actor=who.subject).write()
            return structs.replace(paper, claim=None, version=paper.version + 1)

        return self._looked(record.settled(once), who)

    def decide(self, who: Principal, review: str, answer: Answer, version: int, key: str) -> Seen:
        """An officer says what a field says. `version` is the paper's as they saw it: of two at once one is told so.

        The answer goes into the holder's ledger, the value does not. The same request again is told the same.
        Raises NotFound, OwnDossier, ForbiddenStep, ReviewTaken, LostUpdate, KeyReused, SameReviewer, OwnPaper,
        NothingRead, BodyInvalid.
        """
        request = Request.of(who.subject, key, [answer])
        return record.settled(lambda: self._answer(who, review, version, request, _decided_alone))

    def decide_together(self, who: Principal, review: str, answers: Sequence[Answer], version: int, key: str) -> Seen:
        """An officer says what several fields say: one write, one event and one line in the ledger, or none.

        Raises NotFound, OwnDossier, ForbiddenStep, ReviewTaken, LostUpdate, KeyReused, OwnPaper, and BodyInvalid, which
        names each answer that does not hold.
        """
        request = Request.of(who.subject, key, answers)
        return record.settled(lambda: self._answer(who, review, version, request, decided_together))

    def _answer(self, who: Principal, review: str, version: int, request: Request, deciding: Deciding) -> Seen:
        paper, now = self._paper(who, review), self.clock()
        fields = self.reviews.fields(paper)
        if request.was_answered(fields):
            return self._looked(paper, who)
        _require_not_own(paper, fields, who)  # of an archive: by its owner's name too
        require_other(who, paper.people, Work(paper.agency, SCAN), now)
        _require_open(paper)
        _require_free(paper, who, now)
        if paper.version != version:
            raise LostUpdate(current_version=paper.version)
        by = Decision(
            said="confirm",
            officer=officer_of(who),
            name=who.name,
            at=stamp(now),
            asked=request.whole,
            numbers=tuple(sorted(who.numbers)),
        )
        known = numbers_on_lists({who.agency, paper.agency})
        day = now.astimezone(ZONE).date()
        asked = (replace(looked(x.with_listed(known)), personal=is_personal(x.name, day)) for x in fields)
        after = deciding(list(asked), request.answers, by)
        kept = [structs.replace(x.field, sealed=sealed(paper.reference, x.value)) for x in after]
        return self._kept(paper, fields, kept, request, who, now)

    def _kept(
        self,
        paper: Paper,
        before: Sequence[ReviewField],
        kept: Sequence[ReviewField],
        request: Request,
        who: Principal,
        now: datetime,
    ) -> Seen:
        told = _told(paper, request, kept, who)
        change = PaperChange(paper, now).tell(told, actor=who.subject)
        for field in kept:
            self.reviews.keep(change, field)
        values = tuple(ValueReviewed(field=each.field, verb=each.verb) for each in told.answers)
        change.join("ledger", self.looks.line(paper, who, values, now))
        fields = _with(before, kept)
        left = sum(not field.closed for field in fields)
        is_mine = next_for(told.officer, fields, who.numbers) is not None
        claim = ReviewClaim(officer=told.officer, name=who.name, at=stamp(now)) if is_mine else None
        if left:
            change.claimed(claim)
        else:
            done = ReviewClosed(reference=paper.reference, component=paper.component, agency=paper.agency)
            change.tell(done, actor=who.subject)
        change.reviewed(left).write()
        step = paper.step if left else "reviewed"
        paper = structs.replace(paper, claim=claim, left=left, version=paper.version + 1, step=step)
        return self._seen(paper, fields, who)

    def _looked(self, paper: Paper, who: Principal, *, with_crops: bool = False) -> Seen:
        """What an officer is shown without an answer of theirs: the holder's ledger says so."""
        self.looks.note(paper, who, self.clock())
        return self._seen(paper, self.reviews.fields(paper), who, with_crops=with_crops)

    def _seen(self, paper: Paper, fields: Sequence[ReviewField], who: Principal, *, with_crops: bool = False) -> Seen:
        following = next_for(officer_of(who), fields, who.numbers) if paper.step == "in_review" else None
        shown = tuple(self._shown(x) if with_crops else Shown(looked(x)) for x in in_order(fields))
        if following is None:
            return Seen(paper, shown)
        same = next(each for each in shown if each.looked.field.sk == following.sk)
        return Seen(paper, shown, same if with_crops else self._shown(following))

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
    if paper.secrecy:
        raise SecretProposed


def _require_free(paper: Paper, who: Principal, now: datetime) -> None:
    claim = paper.claim
    if claim and claim.officer != officer_of(who) and now - moment(claim.at) < CLAIM_LASTS:
        raise ReviewTaken(claimed_by=claim.name, claimed_at=claim.at)


def _require_not_own(paper: Paper, fields: Sequence[ReviewField], who: Principal) -> None:
    """Nobody says whose a paper of an archive is that would be their own. Raises OwnPaper.

    By the number that an officer's token proves; by the name, too, where a sheet names the owner: a colleague answers
    for a namesake.
    """
    if not is_archived(paper.reference):
        return
    stated = next((looked(field).value.read for field in fields if field.name == OWNER), "")
    number = holder_of("CITIZEN", who.personal_id) if who.personal_id else ""
    if number == paper.holder or is_same(who.name, stated):
        raise OwnPaper


def _named(fields: Sequence[ReviewField], name: str) -> ReviewField:
    found = next((field for field in fields if field.name == name), None)
    if found is None:
        raise NotFound(what="field")
    return found


def officer_of(who: Principal) -> str:
    """What stands for an officer among those who said something."""
    return keyed_hash("officer", who.subject)


def _told(paper: Paper, request: Request, kept: Sequence[ReviewField], who: Principal) -> FieldReviewed:
    closed = {field.name: field.closed for field in kept}
    return FieldReviewed(
        reference=paper.reference,
        component=paper.component,
        agency=paper.agency,
        officer=officer_of(who),
        answers=tuple(FieldAnswer(field=x.field, verb=x.verb, closed=closed[x.field]) for x in request.answers),
    )


def _with(before: Sequence[ReviewField], kept: Sequence[ReviewField]) -> list[ReviewField]:
    after = {field.name: field for field in kept}
    return [after.get(field.name, field) for field in before]


def _decided_alone(fields: Sequence[Looked], answers: Sequence[Answer], by: Decision) -> list[Looked]:
    (answer,) = answers
    found = next((each for each in fields if each.field.name == answer.field), None)
    if found is None:
        raise NotFound(what="field")
    return [decided(found, answer, by)]
