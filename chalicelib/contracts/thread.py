"""What is told of messages between a dossier's applicant and its agencies: that there is one, never what it says."""

from typing import Literal

from chalicelib.contracts.event import Event

Side = Literal["applicant", "agency"]
"""Who wrote or read: whoever may act for the dossier, or an officer of its agencies."""


class ThreadWritten(Event, frozen=True, kw_only=True):
    """A message was written in the thread of a dossier, under the number of its event."""

    type = "vn.motcua.thread.written"

    reference: str
    agency: str
    side: Side


class ThreadRead(Event, frozen=True, kw_only=True):
    """A side of the thread read all messages up to a number, this one included."""

    type = "vn.motcua.thread.read"

    reference: str
    side: Side
    until: int
