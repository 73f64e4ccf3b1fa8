"""The message thread of a dossier: a partition of its own, so that no step of the dossier reads it."""

from typing import NamedTuple

import msgspec

from chalicelib.contracts.stored import Stored, read, written
from chalicelib.contracts.thread import Side
from chalicelib.dossier.table import TABLE, thread_key
from chalicelib.kernel import aws
from chalicelib.kernel.paging import PAGE, cursor, cursor_of

KEYS = ("pk", "sk")
MARK = "READ#"
"""What the sort key of a side's mark begins with; that of a message does with its number."""


class ThreadMessage(Stored, frozen=True, kw_only=True):
    """A message: `sealed` is a `Said`, encrypted under the dossier's keys; `author` is a keyed hash."""

    shape = 1

    number: int
    at: str
    side: Side
    author: str
    sealed: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a message keeps encrypted: who wrote it, by name, and what."""

    name: str
    text: str


class ReadMark(Stored, frozen=True, kw_only=True):
    """How far a side read, and when."""

    shape = 1

    side: Side
    until: int
    at: str


class Page(NamedTuple):
    """Messages, the newest first, where the list goes on, and how far each side read."""

    messages: list[ThreadMessage]
    following: str | None
    read: dict[Side, ReadMark]


def page(reference: str, after: str) -> Page:
    """A page of a thread. Raises BodyInvalid, NotFound for a cursor of no page of it."""
    pk = thread_key(reference)
    start = cursor_of(after, KEYS, pk)
    rows, last = aws.page(TABLE(), "", "pk", pk, limit=PAGE, start=start, newest=True, within=("sk", "<", MARK))
    return Page([read(ThreadMessage, row) for row in rows], cursor(last), marks(reference))


def marks(reference: str) -> dict[Side, ReadMark]:
    """How far each side read; a side that never did is not there."""
    found = (read(ReadMark, row) for row in aws.query(TABLE(), thread_key(reference), MARK))
    return {mark.side: mark for mark in found}


def added(reference: str, message: ThreadMessage) -> aws.Op:
    """A message in the thread; lost when one has its number."""
    return aws.put_new(TABLE(), {"pk": thread_key(reference), "sk": f"{message.number:06d}", **written(message)})


def marked(reference: str, mark: ReadMark) -> aws.Op:
    """A side read up to here, whatever stood there: HEAD's version guards it."""
    return aws.put(TABLE(), {"pk": thread_key(reference), "sk": f"{MARK}{mark.side}", **written(mark)})
