"""What is wrong with guidance, when it is carried out, how far it is. Pure."""

from datetime import date
from enum import StrEnum
from typing import Final

from chalicelib.catalogue.guidance.items import Ended
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem, VersionState
from chalicelib.catalogue.restructuring.model import is_asked
from chalicelib.contracts.guidance import Guidance
from chalicelib.kernel.clock import moment
from chalicelib.law.problems import Problem
from chalicelib.law.validity import covers

NEVER: Final = "9999-12-31"
"""The day of what has no day."""


class Progress(StrEnum):
    """How far guidance is: `late` from the day after it was due, whatever anybody says."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


def progress(guidance: Guidance, ended: Ended | None, today: date) -> Progress:
    """How far guidance is on a Vietnamese day."""
    if ended:
        return Progress(ended.said)
    return Progress.LATE if today > date.fromisoformat(guidance.due) else Progress.OPEN


def given_wrong(due: date, component: str, facts: Facts | None, today: date) -> tuple[Problem, ...]:
    """What is wrong with guidance that is to be given; `facts` are those in force, None where no version is."""
    found = []
    if due < today:
        found.append(Problem("/due", "past", "Hạn phải từ hôm nay trở đi", "It is due today or later"))
    if component and not (facts and asks(facts, component)):
        vi = "Phiên bản đang có hiệu lực không yêu cầu giấy tờ này"
        found.append(Problem("/component", "not_asked", vi, "The version in force does not ask for this paper"))
    return tuple(found)


def done_wrong(guidance: Guidance, given_at: str, version: VersionItem | None, today: date) -> tuple[Problem, ...]:
    """Why a version does not carry guidance out: it is published since, in force, and does not ask for the paper."""
    published = version.publisher if version else None
    if version is None or published is None or moment(published.at) < moment(given_at):
        vi = "Không phải phiên bản được công bố sau khi có hướng dẫn"
        return (Problem("/done_by", "published", vi, "No version that was published after the guidance was given"),)
    if version.state is not VersionState.PUBLISHED or not covers(
        today.isoformat(), version.effective_from or NEVER, version.effective_to
    ):
        vi, en = "Phiên bản này không có hiệu lực hôm nay", "This version is not in force today"
        return (Problem("/done_by", "in_force", vi, en),)
    if guidance.component and asks(version.facts, guidance.component):
        vi, en = "Phiên bản này vẫn yêu cầu giấy tờ đó", "This version asks for the paper still"
        return (Problem("/done_by", "still_asked", vi, en),)
    return ()


def asks(facts: Facts, component: str) -> bool:
    """Whether a person is asked for a paper, by its code."""
    return any(each.code == component and is_asked(each) for each in facts.components)
