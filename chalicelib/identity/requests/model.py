"""A request about personal data and how it goes on: asked, answered, perhaps extended, ended. Pure."""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.contracts.data_requests import (
    DataRequestDueSoon,
    DataRequestKind,
    DataRequestOverdue,
    DataRequestStep,
)
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.kernel.record import Head
from chalicelib.law import calendars, clock, packs
from chalicelib.law.clock import Term
from chalicelib.law.rules import Rules

type Due = DataRequestDueSoon | DataRequestOverdue
type State = Literal["asked", "answered", "done", "refused"]
KEYS_KEPT: Final = 20
"""Requests of officers that a record remembers, so that the same one again changes nothing."""
PARTS: Final = 4
"""Parts of the list of what is due."""
ENDED: Final = ("done", "refused")


class Asked(Struct, frozen=True, kw_only=True):
    """Who asks, and in which words; kept encrypted."""

    name: str
    words: str


class Said(Struct, frozen=True, kw_only=True):
    """Why a time was extended, how a request ended; kept encrypted. `basis` is a clause.

    `officer`: who said so, by name; nothing of what an earlier release kept.
    """

    reason: str = ""
    basis: str = ""
    officer: str = ""


class Times(Struct, frozen=True, kw_only=True):
    """When the agency owes its answer, and when it has to have acted; by how much that may be extended once."""

    answer_by: str
    act_by: str
    extension: str


class DataRequestHead(Head, frozen=True, kw_only=True):
    """The record of a request; times are stored stamps. `holder` is the keyed hash of who asked.

    `own_files`: what they uploaded themselves until then goes with a granted deletion.

    `told` are the steps of which it was told that their time passed, `reminded` those that were due soon.
    `passed_act_by` is a time to act that had passed when it was extended: that heals nothing.

    `sealed` is an `Asked`, `extended` and `ended` a `Said`, all encrypted, and gone since `erased_at`. `pack` is the
    rule pack whose times it has.
    """

    shape = 1

    id: str = ""
    holder: str = ""
    level: int = 0
    kind: DataRequestKind = "view"
    agency: str = ""
    state: State = "asked"
    pack: str = ""
    sealed: str = ""
    asked_at: str = ""
    answer_by: str = ""
    act_by: str = ""
    extension: str = ""
    answered_at: str | None = None
    extended_at: str | None = None
    extended: str | None = None
    ended_at: str | None = None
    ended: str | None = None
    told: tuple[DataRequestStep, ...] = ()
    reminded: tuple[DataRequestStep, ...] = ()
    passed_act_by: str | None = None
    erased_at: str | None = None
    list_pk: str | None = None
    list_sk: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
    own_files: bool = False
    people: tuple[str, ...] = ()
    """Keyed hashes of whose it is beside `holder`: who acts for an organisation, a number that another kind says."""

    @property
    def owes(self) -> DataRequestStep | None:
        """What the agency owes next; None once it ended."""
        return None if self.state in ENDED else "answer" if self.state == "asked" else "act"

    @property
    def due_at(self) -> str:
        """When it owes that."""
        return self.answer_by if self.owes == "answer" else self.act_by

    def is_past(self, now: datetime) -> bool:
        """Whether the time of what is owed now passed."""
        return self.owes is not None and moment(self.due_at) < now

    def is_overdue(self, now: datetime) -> bool:
        """Whether the agency owes something whose time passed: an extension that came too late changes nothing."""
        return self.is_past(now) or (self.owes is not None and self.passed_act_by is not None)

    def is_due_soon(self, rules: Rules, now: datetime) -> bool:
        """Whether what is owed is due soon, or was."""
        at = reminder_at(self, rules)
        return at is not None and at <= now


class ListedRequest(Stored, frozen=True, kw_only=True):
    """A request in the list of who asked."""

    shape = 1

    request: str


class DueRequest(Stored, frozen=True, kw_only=True):
    """That something is owed: on the list of what is due, until it was done or told."""

    shape = 1

    request: str
    list_pk: str
    list_sk: str


def rules_of(head: DataRequestHead, now: datetime) -> Rules:
    """The rules of the pack whose times a request has. Raises packs.UnknownPack."""
    return packs.pinned(head.pack, now.astimezone(ZONE).date()).rules


def times(kind: DataRequestKind, now: datetime, rules: Rules) -> Times:
    """The times of a request that comes now, by the law of its day. Raises LookupError before that law."""
    answer, terms = rules.data_request_answer, rules.data_request_terms
    if answer is None or terms is None:
        raise LookupError("no rule says the times of requests about personal data on this day")
    term = next(each for each in terms.value if each.kind == kind)
    return Times(answer_by=_end(now, answer.value), act_by=_end(now, term.act), extension=term.extension)


def reminder_at(head: DataRequestHead, rules: Rules) -> datetime | None:
    """When the agency is reminded of what it owes; None where it owes nothing, or no rule says so."""
    rule = rules.data_request_reminders
    if head.owes is None or rule is None:
        return None
    hours = rule.value.answer_hours if head.owes == "answer" else rule.value.act_hours
    return moment(head.due_at) - timedelta(hours=hours)


def stands_due_at(head: DataRequestHead, now: datetime) -> str | None:
    """Since or until when it is on its agency's list of what is due: late, or due soon; None of what is neither.

    Raises packs.UnknownPack.
    """
    if head.owes is None:
        return None
    if head.passed_act_by is not None:
        return min(head.passed_act_by, head.due_at)
    return head.due_at if head.is_past(now) or head.is_due_soon(rules_of(head, now), now) else None


def due_event(head: DataRequestHead, owes: DataRequestStep, now: datetime) -> Due:
    """What is told of a request while its agency owes something that is due soon, or late. Raises packs.UnknownPack."""
    kind = DataRequestOverdue if head.is_past(now) else DataRequestDueSoon
    stands = stands_due_at(head, now)
    return kind(
        request=head.id,
        kind=head.kind,
        agency=head.agency,
        owes=owes,
        due_at=head.due_at,
        still_due_at=stands if stands != head.due_at else None,
    )


def erase_at(head: DataRequestHead, rules: Rules) -> str | None:
    """When the words of a request that ended are to go; None where they stay, or went."""
    rule = rules.data_request_kept
    if rule is None or head.ended_at is None or head.erased_at:
        return None
    return _end(moment(head.ended_at), rule.value)


def look_at(head: DataRequestHead, rules: Rules) -> str | None:
    """When the clock looks at a request next: to remind, to tell that a time passed, to erase; None: never again."""
    if head.owes is None:
        return erase_at(head, rules)
    reminder = None if head.owes in (*head.reminded, *head.told) else reminder_at(head, rules)
    told = None if head.owes in head.told else head.due_at
    return min((each for each in (stamp(reminder) if reminder else None, told) if each), default=None)


def answered(head: DataRequestHead, now: datetime) -> DataRequestHead:
    """The agency answered that it acts on it."""
    return replace(head, state="answered", answered_at=stamp(now))


def extended(head: DataRequestHead, sealed: str, now: datetime) -> DataRequestHead:
    """Its time goes on from its end, once; that it had passed by then stays."""
    act_by = _end(moment(head.act_by), head.extension)
    told: tuple[DataRequestStep, ...] = tuple(each for each in head.told if each != "act")
    reminded: tuple[DataRequestStep, ...] = tuple(each for each in head.reminded if each != "act")
    passed = head.act_by if moment(head.act_by) < now else None
    return replace(
        head,
        act_by=act_by,
        extended_at=stamp(now),
        extended=sealed,
        told=told,
        reminded=reminded,
        passed_act_by=passed,
    )


def ended(head: DataRequestHead, outcome: Literal["done", "refused"], sealed: str, now: datetime) -> DataRequestHead:
    """The agency acted, or refused; an answer that it did not give before is given by that."""
    return replace(head, state=outcome, ended_at=stamp(now), ended=sealed, answered_at=head.answered_at or stamp(now))


def overdue(head: DataRequestHead) -> DataRequestHead:
    """That the present time passed is told."""
    return replace(head, told=(*head.told, head.owes)) if head.owes else head


def reminded(head: DataRequestHead) -> DataRequestHead:
    """That it is due soon is told."""
    if head.owes is None or head.owes in head.reminded:
        return head
    return replace(head, reminded=(*head.reminded, head.owes))


def erased(head: DataRequestHead, now: datetime) -> DataRequestHead:
    """Its words go, and those of its decision; that there was one stays."""
    return replace(head, sealed="", extended=None, ended=None, erased_at=stamp(now))


def remembered(head: DataRequestHead, key: tuple[str, str]) -> DataRequestHead:
    """The request that changed it is known when it comes again."""
    return replace(head, keys=(*head.keys, key)[-KEYS_KEPT:])


def _end(begins: datetime, term: str) -> str:
    return stamp(clock.due(begins, Term.parse(term), calendar=calendars.national()).due_at)
