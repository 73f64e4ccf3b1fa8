"""Structured logs and metrics by Powertools; what is logged is named here, so that no personal data slips in."""

import json
import logging
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from aws_lambda_powertools import Logger

ALLOWED = frozenset(
    {
        "action",
        "agency",
        "attempt",
        "code",
        "component",
        "dossier",
        "error",
        "event_id",
        "event_type",
        "function",
        "kind",
        "message_id",
        "milliseconds",
        "procedure",
        "reason",
        "record",
        "request_id",
        "route",
        "state",
        "status",
        "tries",
        "words",  # of a search that found nothing, without the person: `catalogue.services.search.nameless`
    }
)


@cache
def logger() -> "Logger":
    """The process's logger: one JSON line an entry, on stdout."""
    from aws_lambda_powertools import Logger

    return Logger(service="motcua", level="INFO", log_uncaught_exceptions=False)


def note(event: str, **facts: object) -> None:
    """Log one fact. Raises ValueError for a field that is not on the list: personal data has no field."""
    logger().info(event, extra=dict(_allowed(facts)))


def _allowed[T](facts: Mapping[str, T]) -> Mapping[str, T]:
    if extra := facts.keys() - ALLOWED:
        raise ValueError(f"not a field of our logs: {sorted(extra)}")
    return facts


def measure(about: Mapping[str, str] | None = None, /, **counts: int) -> None:
    """Count something in CloudWatch, by stage: one line of metrics, which is in the log as well, with what it is about.

    Raises ValueError as `note` does.
    """
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

    from chalicelib.kernel.settings import STAGE

    metrics = EphemeralMetrics(namespace="motcua", service="motcua")
    metrics.add_dimension("stage", STAGE())
    for name, count in counts.items():
        metrics.add_metric(name, MetricUnit.Count, count)
    for name, fact in _allowed(about or {}).items():
        metrics.add_metadata(name, fact)
    stream = _stream()
    stream.write(json.dumps(metrics.serialize_metric_set(), separators=(",", ":")) + "\n")
    stream.flush()


def _stream() -> "TextIO":
    """Where the log goes: metrics are lines among its lines, in the cloud and on a developer's machine."""
    handlers = (h for h in logger().handlers if isinstance(h, logging.StreamHandler))
    stream: TextIO = next(handlers).stream
    return stream


def trouble(event: str, error: BaseException, **facts: object) -> None:
    """Log a failure by the type of its error only: messages of libraries may repeat what a person wrote.

    Our contracts' own errors never do: their text is the `reason`. A record that cannot be read, and a log that is
    broken, are named and counted.
    """
    from chalicelib.contracts.event import Malformed
    from chalicelib.contracts.stored import Unreadable
    from chalicelib.kernel.problem import LogBroken

    said = dict(_allowed(facts))
    if isinstance(error, Malformed):
        said["reason"] = str(error)
    if isinstance(error, Unreadable):
        said |= {"record": error.record}
        measure({"record": error.record, "reason": str(error)}, RecordsUnreadable=1)
    if isinstance(error, LogBroken):
        said |= {"record": error.record}
        measure({"record": error.record}, LogsBroken=1)
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where else "?"
    logger().error(event, extra={**said, "error": f"{type(error).__name__} at {place}"})
