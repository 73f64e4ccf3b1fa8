"""A day of every log, copied by CloudWatch into the bucket in which nobody can change or delete it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Final

from msgspec import Struct, convert

from chalicelib.kernel import aws
from infra.command.place import NotNamed, Place

BUCKET: Final = "bucket.LogsBucket"
LOG: Final = "log."
RUNS: Final = frozenset({"PENDING", "PENDING_CANCEL", "RUNNING"})
PAUSE: Final = 5.0
"""Seconds between two looks at a copy that CloudWatch makes; it makes one at a time in an account."""


@dataclass(frozen=True)
class Copied:
    """What became of the copy of a log: CloudWatch's word, `COMPLETED` when it is whole."""

    log: str
    status: str

    @property
    def is_whole(self) -> bool:
        """Whether the archive has that day now."""
        return self.status == "COMPLETED"


class _Status(Struct, frozen=True):
    code: str = "?"


class _Task(Struct, frozen=True):
    status: _Status = _Status()


class _Tasks(Struct, frozen=True, rename={"tasks": "exportTasks"}):
    tasks: tuple[_Task, ...] = ()


class _Started(Struct, frozen=True, rename={"task": "taskId"}):
    task: str


def archive(place: Place, day: date, pause: Callable[[float], None] = time.sleep) -> Iterator[Copied]:
    """Copy a day (UTC) of every log of a stage, one after the other; a second run copies it again beside the first.

    Raises NotNamed for a stage without an archive, botocore's ClientError.
    """
    bucket = place.names.get(BUCKET)
    if bucket is None:
        raise NotNamed(BUCKET)
    begin = datetime.combine(day, clock_time(), UTC)
    end = begin + timedelta(days=1) - timedelta(milliseconds=1)
    for name, group in sorted(place.names.items()):
        if name.startswith(LOG):
            log = name.removeprefix(LOG)
            yield Copied(log, _copied(group, bucket, f"{log}/{day.isoformat()}", (begin, end), pause))


def _copied(
    group: str, bucket: str, prefix: str, span: tuple[datetime, datetime], pause: Callable[[float], None]
) -> str:
    logs, (begin, end) = aws.client("logs"), (int(moment.timestamp() * 1000) for moment in span)
    asked = {"logGroupName": group, "destination": bucket, "destinationPrefix": prefix, "fromTime": begin, "to": end}
    task = convert(logs.create_export_task(**asked), _Started).task
    while True:
        (found,) = convert(logs.describe_export_tasks(taskId=task), _Tasks).tasks
        if found.status.code not in RUNS:
            return found.status.code
        pause(PAUSE)
