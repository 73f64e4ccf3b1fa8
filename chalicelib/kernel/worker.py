"""A function that works on a queue, or that a state machine or the clock calls: named, logged, safe to call twice.

What a queue brings is unpacked here, by hand and not by powertools' BatchProcessor: docs/adr/0023-queues-of-work.md.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import msgspec
from chalice import Blueprint
from msgspec import Struct

from chalicelib.contracts.event import Event, Malformed, heard
from chalicelib.kernel import aws, log, waiting
from chalicelib.kernel.problem import ContentErased, TryAgain
from chalicelib.kernel.settings import Setting, boot, only


class Uncalled(Exception):
    """A worker for events whose contract does not name it, or for none."""


class NeedsUnsaid(Exception):
    """A worker that declares no setting."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} declares no setting: write needs=(STAGE,) when it needs none but the stage")


class Envelope(Struct, frozen=True):
    """A CloudEvent of ours, as the outbox sends it."""

    id: str
    type: str
    subject: str
    time: str
    data: object


class Rule(Struct, frozen=True):
    """What a rule of the bus hands over."""

    detail: Envelope


class Message(Struct, frozen=True, rename={"id": "messageId"}):
    """A message of a queue, as Lambda brings it."""

    id: str
    body: str

    @property
    def event(self) -> object:
        """What a rule put into it; what is no JSON stays a text, which no contract takes."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return self.body


class Batch(Struct, frozen=True, rename={"messages": "Records"}):
    """What Lambda calls a worker of a queue with; nothing of it in an event that comes as it is."""

    messages: tuple[Message, ...] = ()


class Failed(Struct, frozen=True, rename={"id": "itemIdentifier"}):
    """A message that its queue is to bring again."""

    id: str


class Done(Struct, frozen=True, rename={"failed": "batchItemFailures"}):
    """The answer to a batch: what is not named in it is done, and deleted from its queue."""

    failed: list[Failed]


class Tick(Struct, frozen=True):
    """A schedule's call: that it is time is all it says."""


@dataclass(frozen=True, slots=True)
class Heard[E: Event]:
    """One event of ours as its contract's type, perhaps not for the first time.

    `subject` is the record that told it, `id` the row of its log (`<subject>/EVENT#000001`), `time` when that was
    written.
    """

    id: str
    subject: str
    time: str
    event: E


type Worker[E: Event] = Callable[[Heard[E]], None]
type Entry = Callable[[Any, Any], Any]


@overload
def hears[A: Event](
    blueprint: Blueprint, name: str, kind: type[A], /, *, needs: Sequence[Setting] = ...
) -> Callable[[Worker[A]], Entry]: ...
@overload
def hears[A: Event, B: Event](
    blueprint: Blueprint, name: str, kind: type[A], other: type[B], /, *, needs: Sequence[Setting] = ...
) -> Callable[[Worker[A | B]], Entry]: ...
@overload
def hears[A: Event, B: Event, C: Event](
    blueprint: Blueprint, name: str, kind: type[A], other: type[B], more: type[C], /, *, needs: Sequence[Setting] = ...
) -> Callable[[Worker[A | B | C]], Entry]: ...
@overload
def hears(
    blueprint: Blueprint,
    name: str,
    kind: type[Event],
    other: type[Event],
    more: type[Event],
    /,
    *rest: type[Event],
    needs: Sequence[Setting] = ...,
) -> Callable[[Worker[Event]], Entry]: ...
def hears(
    blueprint: Blueprint, name: str, *kinds: type[Event], needs: Sequence[Setting] = ()
) -> Callable[[Worker[Any]], Entry]:
    """Register a worker for events of the bus, by contract; `needs` are the settings that it may ask for.

    What fails comes again from its queue, for hours, and is then parked; of a malformed event the log names the field.
    Raises Uncalled when a contract does not say that this function hears it, NeedsUnsaid when `needs` is empty.
    """
    unnamed = [kind.__name__ for kind in kinds if name not in kind.heard_by]
    if unnamed or not kinds:
        raise Uncalled(f"{name} is not in heard_by of {', '.join(unnamed) or 'any event'}")
    if not needs:
        raise NeedsUnsaid(name)
    known = {kind.type: kind for kind in kinds}

    def register(work: Worker[Any]) -> Entry:
        def once(event: object) -> object:
            told_of = {"function": name}
            try:
                sent = heard(Rule, event).detail
                told_of |= {"event_id": sent.id, "event_type": sent.type}
                work(Heard(sent.id, sent.subject, sent.time, heard(known[sent.type], sent.data)))
            except ContentErased as erased:
                return _ended(erased, **told_of)
            except Exception as error:
                log.trouble(_happened(error, "event"), error, **told_of)
                raise
            log.note("worked", **told_of)
            return None

        @functools.wraps(work)
        def handle(event: Any, context: Any) -> Any:
            with only(needs), waiting.within(context):
                boot()
                return _each(event, once)

        return _registered(blueprint, name, handle, needs, kinds)

    return register


def called[T: Struct](
    blueprint: Blueprint, name: str, kind: type[T], *, needs: Sequence[Setting] = ()
) -> Callable[[Callable[[T], Any]], Entry]:
    """Register a function that a state machine, S3 or a schedule calls with data of a known type.

    What S3 tells comes by a queue, as in `hears`. The function raises Malformed; this raises NeedsUnsaid when `needs`
    is empty.
    """
    if not needs:
        raise NeedsUnsaid(name)

    def register(work: Callable[[T], Any]) -> Entry:
        def once(event: object) -> Any:
            try:
                return work(heard(kind, event))
            except ContentErased as erased:
                return _ended(erased, function=name)
            except Exception as error:
                log.trouble(_happened(error, "call"), error, function=name)
                if aws.passes(error):
                    raise TryAgain from error  # the name by which a state machine knows what to call again
                raise

        @functools.wraps(work)
        def handle(event: Any, context: Any) -> Any:
            with only(needs), waiting.within(context):
                boot()
                return _each(event, once)

        return _registered(blueprint, name, handle, needs)

    return register


def _each(event: object, once: Callable[[object], Any]) -> Any:
    """What `once` answers to an event that comes as it is; of those that a queue brings, which failed.

    `once` has logged what it raises.
    """
    messages = heard(Batch, event).messages
    if not messages:
        return once(event)
    failed = []
    for message in messages:
        try:
            once(message.event)
        except Exception:  # noqa: BLE001 - whatever it is, this message comes again, and this one alone
            failed.append(Failed(message.id))
    return msgspec.to_builtins(Done(failed))


def _ended(erased: ContentErased, **told_of: str) -> dict[str, str]:
    """There is nothing left to do for an erased dossier: the work ends here, with its reason, and never comes again."""
    log.note("work ended", reason=erased.row.code, dossier=erased.dossier, **told_of)
    return {"ended": erased.row.code}


def _happened(error: Exception, given: str) -> str:
    """What is logged of a failure; a record that cannot be read is not the sender's fault."""
    if isinstance(error, TryAgain) or aws.passes(error):
        return "work to be repeated"
    return f"{given} not understood" if type(error) is Malformed else "work broke"


def _registered(
    blueprint: Blueprint, name: str, handle: Entry, needs: Sequence[Setting], kinds: Sequence[type[Event]] = ()
) -> Entry:
    """The function as Chalice knows it; `needs` make its environment, `kinds` are held against the contracts."""
    del handle.__wrapped__  # type: ignore[attr-defined]  # Chalice inspects signatures
    registered: Any = blueprint.lambda_function(name=name)(handle)
    registered.needs, registered.kinds, registered.called = tuple(needs), tuple(kinds), name
    entry: Entry = registered
    return entry
