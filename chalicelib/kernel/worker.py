"""A function that the bus or a state machine calls: named, logged, and safe to call twice."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalice import Blueprint

from chalicelib.kernel import log
from chalicelib.kernel.settings import boot


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event of ours as it came from the bus, perhaps not for the first time."""

    id: str
    type: str
    subject: str
    time: str
    data: Mapping[str, Any]


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
