"""A function that the bus or a state machine calls: named, logged, and safe to call twice."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from chalice import Blueprint
from msgspec import Struct

from chalicelib.contracts.event import Event, Malformed, heard
from chalicelib.kernel import log
from chalicelib.kernel.settings import Setting, boot, only


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event of ours as it came from the bus, perhaps not for the first time."""

    id: str
    type: str
    subject: str
    time: str
    data: Mapping[str, Any]


class Uncalled(Exception):
    """A worker for events whose contract does not name it, or for none."""


@dataclass(frozen=True, slots=True)
class Heard[E: Event]:
    """One event of ours as its contract's type, perhaps not for the first time; `subject` is the record's name."""

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
    blueprint: Blueprint, name: str, kind: type[A], other: type[B], third: type[C], /, *, needs: Sequence[Setting] = ...
) -> Callable[[Worker[A | B | C]], Entry]: ...
def hears(
    blueprint: Blueprint, name: str, *kinds: type[Event], needs: Sequence[Setting] = ()
) -> Callable[[Worker[Any]], Entry]:
    """Register a worker for events of the bus, by contract; `needs` are the settings that it may ask for.

    An exception goes up: the rule retries, then parks the event; of a malformed event the log names the field.
    Raises Uncalled when a contract does not say that this function hears it.
    """
    unnamed = [kind.__name__ for kind in kinds if name not in kind.heard_by]
    if unnamed or not kinds:
        raise Uncalled(f"{name} is not in heard_by of {', '.join(unnamed) or 'any event'}")
    known = {kind.type: kind for kind in kinds}

    def register(work: Worker[Any]) -> Entry:
        @functools.wraps(work)
        def handle(event: Any, _context: Any) -> None:
            with only(needs):
                boot()
                detail = event["detail"]
                told_of = {"function": name, "event_id": detail["id"], "event_type": detail["type"]}
                try:
                    given = heard(known[detail["type"]], detail["data"])
                    work(Heard(detail["id"], detail["subject"], detail["time"], given))
                except Malformed as error:
                    log.trouble("event not understood", error, reason=str(error), **told_of)
                    raise
                except Exception as error:
                    log.trouble("work broke", error, **told_of)
                    raise
                log.note("worked", **told_of)

        handle.kinds = kinds  # type: ignore[attr-defined]  # held against the contracts by a test
        return _registered(blueprint, name, handle, needs)

    return register


def called[T: Struct](
    blueprint: Blueprint, name: str, kind: type[T], *, needs: Sequence[Setting] = ()
) -> Callable[[Callable[[T], Any]], Callable[[Any, Any], Any]]:
    """Register a function that a state machine, S3 or a schedule calls with data of a known type. Raises Malformed."""

    def register(work: Callable[[T], Any]) -> Callable[[Any, Any], Any]:
        @functools.wraps(work)
        def handle(event: Any, _context: Any) -> Any:
            with only(needs):
                boot()
                try:
                    return work(heard(kind, event))
                except Malformed as error:
                    log.trouble("call not understood", error, reason=str(error), function=name)
                    raise
                except Exception as error:
                    log.trouble("work broke", error, function=name)
                    raise

        return _registered(blueprint, name, handle, needs)

    return register


def _registered(
    blueprint: Blueprint, name: str, handle: Callable[[Any, Any], Any], needs: Sequence[Setting]
) -> Callable[[Any, Any], Any]:
    del handle.__wrapped__  # type: ignore[attr-defined]  # Chalice inspects signatures
    handle.needs = tuple(needs)  # type: ignore[attr-defined]  # what the function's environment is made from
    registered: Callable[[Any, Any], Any] = blueprint.lambda_function(name=name)(handle)
    return registered


def on_event(blueprint: Blueprint, name: str) -> Callable[[Callable[[Delivery], None]], Callable[[Any, Any], None]]:
    """Register a worker for events of the bus. An exception goes up: the rule retries, then parks the event."""

    def register(work: Callable[[Delivery], None]) -> Callable[[Any, Any], None]:
        @functools.wraps(work)
        def handle(event: Any, _context: Any) -> None:
            boot()
            detail = event["detail"]
            given = Delivery(detail["id"], detail["type"], detail["subject"], detail["time"], detail["data"])
            try:
                work(given)
            except Exception as error:
                log.trouble("work broke", error, function=name, event_id=given.id, event_type=given.type)
                raise
            log.note("worked", function=name, event_id=given.id, event_type=given.type)

        del handle.__wrapped__
        registered: Callable[[Any, Any], None] = blueprint.lambda_function(name=name)(handle)
        return registered

    return register


def on_call(
    blueprint: Blueprint, name: str
) -> Callable[[Callable[[Mapping[str, Any]], Any]], Callable[[Any, Any], Any]]:
    """Register a function that is called with a plain payload: a state machine's step, an S3 event, a schedule."""

    def register(work: Callable[[Mapping[str, Any]], Any]) -> Callable[[Any, Any], Any]:
        @functools.wraps(work)
        def handle(event: Any, _context: Any) -> Any:
            boot()
            try:
                return work(event)
            except Exception as error:
                log.trouble("work broke", error, function=name)
                raise

        del handle.__wrapped__
        registered: Callable[[Any, Any], Any] = blueprint.lambda_function(name=name)(handle)
        return registered

    return register
