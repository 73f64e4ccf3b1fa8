"""The life of a procedure's version: draft, review, publication by date, replacement, withdrawal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from chalicelib.catalogue.procedures.items import Finding, VersionState
from chalicelib.law.errors import LawError
from chalicelib.law.packs import RulePack, newest
from chalicelib.law.problems import Problem

type Act = Literal["submit", "return", "review", "publish", "replace", "withdraw"]

_ANSWERS: Final = ("met", "not_met", "not_applicable")

_MOVES: Final[dict[tuple[VersionState, Act], VersionState]] = {
    (VersionState.DRAFT, "submit"): VersionState.REVIEW,
    (VersionState.DRAFT, "withdraw"): VersionState.WITHDRAWN,
    (VersionState.REVIEW, "return"): VersionState.DRAFT,
    (VersionState.REVIEW, "publish"): VersionState.PUBLISHED,
    (VersionState.REVIEW, "withdraw"): VersionState.WITHDRAWN,
    (VersionState.PUBLISHED, "replace"): VersionState.REPLACED,
    (VersionState.PUBLISHED, "withdraw"): VersionState.WITHDRAWN,
    (VersionState.REPLACED, "withdraw"): VersionState.WITHDRAWN,  # until the day on which its successor begins
}


class IllegalMove(LawError):
    """A version was to move where its state does not lead; `state` and `act` name what was tried."""

    def __init__(self, state: VersionState, act: Act) -> None:
        self.state, self.act = state, act
        able = ", ".join(name for (from_state, name) in _MOVES if from_state == state) or "nothing"
        super().__init__(f"a {state.value} version cannot {act}; it can: {able}")


class NotPublishable(LawError):
    """A version may not be published; `problems` names each field that keeps it back."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.en for problem in problems))


@dataclass(frozen=True, slots=True)
class Review:
    """A recorded review: Decree 137/2024 Art. 8(2). `on` is the Vietnamese day."""

    reviewer: str
    on: date
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a procedure's facts; valid from a Vietnamese day, included, to another, excluded.

    A dossier stays on the version it was received under, whatever is published later (rule R41).
    """

    code: str
    number: int
    author: str
    state: VersionState = VersionState.DRAFT
    effective_from: date | None = None
    effective_to: date | None = None
    review: Review | None = None
    publisher: str | None = None


def move(version: Version, act: Act) -> Version:
    """The version in the state that the act leads to; publication has its own door. Raises IllegalMove.

    Decree 137/2024 Art. 8(2): nothing is published from a draft.
    """
    state = _MOVES.get((version.state, act))
    if state is None or act == "publish":
        raise IllegalMove(version.state, act)
    # What was found of other facts says nothing of the ones that come back from the draft.
    return replace(version, state=state, review=None if act == "return" else version.review)


def record(version: Version, review: Review, *, pack: RulePack | None = None) -> Version:
    """The version with its review, every criterion answered, by another than its author: Decree 137/2024 Art. 8(2).

    The criteria are those of Circular 01/2023 that could be read (the pack's `review.criteria`). Raises IllegalMove,
    NotPublishable.
    """
    if version.state is not VersionState.REVIEW:
        raise IllegalMove(version.state, "review")
    problems = review_problems(version, review, pack=pack)
    if problems:
        raise NotPublishable(problems)
    return replace(version, review=review)


def review_problems(version: Version, review: Review, *, pack: RulePack | None = None) -> tuple[Problem, ...]:
    """What a review lacks: another person than the author, an answer to each criterion, a note for each doubt.

    Decree 137/2024 Art. 8(2); Circular 01/2023.
    """
    found = []
    if not review.reviewer.strip() or review.reviewer == version.author:
        vi, en = "Người rà soát phải khác người soạn", "The reviewer is another person than the author"
        found.append(Problem("/review/reviewer", "R43", vi, en))
    criteria = [entry.code for entry in (pack or newest()).rules.review_criteria.value]
    answered = [finding.criterion for finding in review.findings]
    for code in criteria:
        if answered.count(code) != 1:
            vi, en = f"Tiêu chí {code} cần đúng một kết luận", f"The criterion {code} needs exactly one finding"
            found.append(Problem("/review/findings", "R43", vi, en))
    for place, finding in enumerate(review.findings):
        at = f"/review/findings/{place}"
        if finding.criterion not in criteria:
            found.append(Problem(f"{at}/criterion", "R43", "Tiêu chí không có trong danh mục", "No such criterion"))
        if finding.answer not in _ANSWERS:
            answers = ", ".join(_ANSWERS)
            found.append(Problem(f"{at}/answer", "R43", f"Kết luận: {answers}", f"The answer is one of {answers}"))
        elif finding.answer != "met" and not finding.note.strip():
            vi, en = "Kết luận này cần giải thích", "This answer needs a note"
            found.append(Problem(f"{at}/note", "R43", vi, en))
    return tuple(found)


def meets_quality(version: Version, *, pack: RulePack | None = None) -> bool:
    """Whether the recorded review finds no criterion unmet, so that end to end may be offered: 137/2024 Art. 8(2)."""
    if version.review is None or review_problems(version, version.review, pack=pack):
        return False
    return all(finding.answer != "not_met" for finding in version.review.findings)


def publish(
    version: Version,
    publisher: str,
    today: date,
    others: Sequence[Version] = (),
    *,
    pack: RulePack | None = None,
) -> tuple[Version, Version | None]:
    """The published version, and the one before it with its validity closed: Decree 137/2024 Art. 8(2), rule R41.

    `others` are the versions of the same code. An open-ended predecessor ends on the day the new one begins, and is
    moved by `replace` when that day has come; any other overlap is refused. Raises IllegalMove, NotPublishable.
    """
    if (version.state, "publish") not in _MOVES:
        raise IllegalMove(version.state, "publish")
    published = [each for each in others if each.code == version.code and each.state is VersionState.PUBLISHED]
    problems = _publication_problems(version, publisher, today, published, pack)
    if problems:
        raise NotPublishable(tuple(problems))
    before = _predecessor(version, published)
    closed = replace(before, effective_to=version.effective_from) if before else None
    return replace(version, state=VersionState.PUBLISHED, publisher=publisher), closed


def _predecessor(version: Version, published: Sequence[Version]) -> Version | None:
    """The open-ended version in force before the new one begins."""
    begins = version.effective_from
    for each in published:
        if each.effective_to is None and each.effective_from and begins and each.effective_from < begins:
            return each
    return None


def _publication_problems(
    version: Version, publisher: str, today: date, published: Sequence[Version], pack: RulePack | None
) -> list[Problem]:
    found = []
    if version.review is None:
        vi, en = "Chưa có biên bản rà soát nên không được công bố", "No review is recorded: it cannot be published"
        found.append(Problem("/review", "R43", vi, en))
    else:
        found += review_problems(version, version.review, pack=pack)
    if not publisher.strip():
        found.append(Problem("/publisher", "R43", "Cần ghi người công bố", "The publisher has to be recorded"))
    return found + _date_problems(version, today, published)


def _date_problems(version: Version, today: date, published: Sequence[Version]) -> list[Problem]:
    begins, ends = version.effective_from, version.effective_to
    if begins is None:
        return [Problem("/effective_from", "R41", "Cần ngày có hiệu lực", "The first day of validity is needed")]
    found = []
    if ends is not None and ends <= begins:
        vi, en = "Ngày hết hiệu lực phải sau ngày có hiệu lực", "Validity ends after it begins"
        found.append(Problem("/effective_to", "R41", vi, en))
    if begins < today:
        # Dossiers of those days were received under what was published then, or not at all: none was offered.
        vi, en = "Phiên bản không có hiệu lực lùi ngày", "A version is not dated back: it begins today at the earliest"
        found.append(Problem("/effective_from", "R41", vi, en))
    before = _predecessor(version, published)
    for each in published:
        if each is not before and each.effective_from is not None and _overlap(version, each):
            vi = f"Trùng hiệu lực với phiên bản {each.number}"
            found.append(Problem("/effective_from", "R41", vi, f"Validity overlaps version {each.number}"))
    return found


def _overlap(one: Version, other: Version) -> bool:
    first, second = one.effective_from or date.min, other.effective_from or date.min
    return first < (other.effective_to or date.max) and second < (one.effective_to or date.max)
