"""What is told of bundles: a parent dossier whose legs start child dossiers of other procedures (Decree 63/2024)."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.onestop import Notice

LegEnd = Literal["done", "refused", "stopped", "not_wanted", "not_started"]
"""What a leg that starts a child comes to; `not_started`: a result that it needs does not exist."""


class LegOpened(Event, frozen=True, kw_only=True):
    """It is the turn of a leg that starts a child: what it needs exists, and the applicant wants it.

    `child` is the reference that the child dossier has, `agency` the one before which it is filed.
    """

    type = "vn.motcua.bundle.leg_opened"
    heard_by = ("submission_start_child",)

    reference: str
    leg: str
    child: str
    procedure: str
    agency: str


class LegSkipped(Event, frozen=True, kw_only=True):
    """A leg starts nothing: it is not wanted, or the leg `lacking` has no result that it needs."""

    type = "vn.motcua.bundle.leg_skipped"

    reference: str
    leg: str
    outcome: LegEnd
    lacking: str | None = None


class ChildStarted(Event, frozen=True, kw_only=True):
    """The child dossier of a leg is there, submitted, before its agency."""

    type = "vn.motcua.bundle.child_started"
    leaves = ("leg", "child", "procedure", "agency")

    reference: str
    leg: str
    child: str
    procedure: str
    agency: str


class ChildReturned(Event, frozen=True, kw_only=True):
    """The result of a leg's child is with the applicant; the bundle is returned with the last of them."""

    type = "vn.motcua.bundle.child_returned"
    leaves = ("leg", "child")

    reference: str
    leg: str
    child: str


class ChildMoved(Event, frozen=True, kw_only=True):
    """A child dossier came to a state (3, 8, 9 or 10) that its parent waits for."""

    type = "vn.motcua.child.moved"
    heard_by = ("onestop_drive_bundle",)
    leaves = ("parent", "leg", "state")

    reference: str
    parent: str
    leg: str
    state: int


class TimeMissed(Event, frozen=True, kw_only=True):
    """A time of a leg passed before what it is for was done: the agencies of both ends are told, once for each miss.

    `timer` is its name in the procedure's data, `fix` whether it is the time to mend a miss; `citation` its clause.
    """

    type = "vn.motcua.bundle.time_missed"
    leaves = ("leg", "timer", "due_at", "agency", "child")

    reference: str
    leg: str
    timer: str
    due_at: str
    agency: str
    sender: str
    citation: str
    text_vi: str
    text_en: str
    child: str | None = None
    fix: bool = False


class SentUpstream(Event, frozen=True, kw_only=True):
    """An error was found in the result of an earlier child: it is mended there, and this dossier waits.

    `upstream` is the dossier that erred, `correction` the one that mends it; `sealed` holds the reason, encrypted. Its
    people are told so, with the facts of a notice; those of earlier releases are without.
    """

    type = "vn.motcua.child.sent_upstream"

    reference: str
    agency: str
    upstream: str
    correction: str
    sealed: str
    handler: str = ""
    received_at: str = ""
    processed_at: str | None = None
    due_at: str | None = None


class CameDownstream(Event, frozen=True, kw_only=True):
    """The correction of what a dossier rests on ended: it goes on, with the new result where there is one."""

    type = "vn.motcua.child.came_downstream"

    reference: str
    correction: str
    result: str | None = None


class GoesOn(Notice, frozen=True, kw_only=True):
    """The people of a dossier that waited for a correction are told that it goes on, and when it is due now.

    `result` is the new result by its code, where there is one.
    """

    type = "vn.motcua.child.goes_on"

    reference: str
    correction: str
    result: str | None = None


class BundleSettled(Notice, frozen=True, kw_only=True):
    """Every leg of a bundle ended, at least one with a result: state 9."""

    type = "vn.motcua.bundle.settled"
    leaves = ("agency", "received_at", "processed_at", "due_at")

    reference: str
