"""What the review of a reading tells: that values wait, who took it, what was said of which field; never a value."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part


class ReviewOpened(Event, frozen=True, kw_only=True):
    """Values that were read on a paper wait for an officer: `fields` of them."""

    type = "vn.motcua.review.opened"

    reference: str
    component: str
    agency: str
    fields: int


class ReviewClaimed(Event, frozen=True, kw_only=True):
    """An officer (keyed hash) took the review of a paper; `before` had it so far."""

    type = "vn.motcua.review.claimed"

    reference: str
    component: str
    agency: str
    officer: str
    before: str | None = None


class ReviewReleased(Event, frozen=True, kw_only=True):
    """An officer (keyed hash) gave the review of a paper back."""

    type = "vn.motcua.review.released"

    reference: str
    component: str
    agency: str
    officer: str


type FieldVerb = Literal["confirm", "correct", "cannot_read", "retype"]
"""What an officer does with a value; in what is told it is written out, for the reference."""


class FieldAnswer(Part, frozen=True, kw_only=True):
    """What an officer did with the value of a field, never the value. `closed`: nobody is asked again."""

    field: str
    verb: Literal["confirm", "correct", "cannot_read", "retype"]
    closed: bool


class FieldReviewed(Event, frozen=True, kw_only=True):
    """An officer (keyed hash) said what fields say, in one answer: `answers`.

    `field`, `verb` and `closed` are of version 1, which told of one field at a time; `said` reads both.
    """

    type = "vn.motcua.field.reviewed"
    event_version = 2

    reference: str
    component: str
    agency: str
    officer: str
    answers: tuple[FieldAnswer, ...] = ()
    field: str | None = None
    verb: Literal["confirm", "correct", "cannot_read", "retype"] | None = None
    closed: bool | None = None

    @property
    def said(self) -> tuple[FieldAnswer, ...]:
        """What was said of each field, whichever version told it."""
        if self.field is None or self.verb is None:
            return self.answers
        return (FieldAnswer(field=self.field, verb=self.verb, closed=bool(self.closed)), *self.answers)


class ReviewClosed(Event, frozen=True, kw_only=True):
    """Every value of a paper that had to be looked at was: its data message can be made."""

    type = "vn.motcua.review.closed"
    heard_by = ("digitisation_read_copy",)

    reference: str
    component: str
    agency: str
