"""Structured logs and metrics by Powertools; what is logged is named here, so that no personal data slips in."""

import json
import logging
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
        "request_id",
        "route",
        "state",
        "status",
        "tries",
    }
)


@cache
def logger() -> "Logger":
    """The process's logger: one JSON line an entry, on stdout."""
    from aws_lambda_powertools import Logger

    return Logger(service="motcua", level="INFO", log_uncaught_exceptions=False)


def note(event: str, **facts: object) -> None:
    """Log one fact. Raises ValueError for a field that is not on the list: personal data has no field."""
    if extra := facts.keys() - ALLOWED:
        raise ValueError(f"not a field of our logs: {sorted(extra)}")
    logger().info(event, extra=dict(facts))


def measure(**counts: int) -> None:
    """Count something in CloudWatch, by stage: one line of metrics, which is in the log as well."""
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

    from chalicelib.kernel.settings import STAGE

    metrics = EphemeralMetrics(namespace="motcua", service="motcua")
    metrics.add_dimension("stage", STAGE())
    for name, count in counts.items():
        metrics.add_metric(name, MetricUnit.Count, count)
    stream = _stream()
    stream.write(json.dumps(metrics.serialize_metric_set(), separators=(",", ":")) + "\n")
    stream.flush()


def _stream() -> "TextIO":
    """Where the log goes: metrics are lines among its lines, in the cloud and on a developer's machine."""
    handlers = (h for h in logger().handlers if isinstance(h, logging.StreamHandler))
    stream: TextIO = next(handlers).stream
    return stream


def trouble(event: str, error: BaseException, **facts: object) -> None:
    """Log a failure by the type of its error only: messages of libraries may repeat what a person wrote."""
    if extra := facts.keys() - ALLOWED:
        raise ValueError(f"not a field of our logs: {sorted(extra)}")
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where else "?"
    logger().error(event, extra={**facts, "error": f"{type(error).__name__} at {place}"})
