"""Counts what one dossier uses, on an embedded cloud of its own: `motcua cost --count`.

Processor time is that of the threads that run our functions and of the process that opens strangers' files; what moto
does in AWS's place is taken off. A first dossier is lived uncounted: what is loaded and cached once is in no count.
"""

import contextlib
import json
import logging
import os
import platform
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest import mock
from urllib.parse import urlsplit

import requests
from botocore.client import BaseClient
from chalice.app import ChaliceAuthorizer

from chalicelib.contracts.event import heard
from chalicelib.contracts.submission import DraftSaved
from chalicelib.digitisation.sandbox import Sandbox
from chalicelib.kernel import aws
from chalicelib.kernel.log import logger
from chalicelib.messages.keys import RsaSigner
from chalicelib.outbox.publish import StreamRecord
from chalicelib.sealing import door
from chalicelib.sealing.ring import Days, Ring
from infra.cost import journey
from infra.cost.beside import beside, less
from infra.cost.count import MOST_WRITES, Count, Kept, Outside, Tick, Work
from infra.cost.left import kept, state_entries
from infra.cost.messages import messages
from infra.cost.standing import access_line, fixed, per_month, system_lines
from infra.local import meter
from infra.local.cloud import LocalCloud
from infra.local.functions import Functions
from infra.local.intrinsics import Names
from infra.local.names import ACCOUNT, REGION, physical
from infra.local.shortcut import Connection
from infra.local.stage import local_stage
from infra.stack.functions import FUNCTIONS
from infra.stack.parameters import PARAMETERS
from infra.stack.resources import RESOURCES, SCHEDULES, TABLES, UNLOGGED, logical

KNOWN: Final = frozenset({"dynamodb", "s3", "events", "stepfunctions", "kms"})
"""Services whose calls a line of the bill pays for (`bill.py`)."""
_OUTSIDE: Final = Ring()
"""The keys that whoever calls no function holds."""
BATCH_ROWS: Final = 20
TAKEN: Final = 2
"""Writes of a unit by which a run of the sweep takes a part and leaves it."""
_TABLES: Final = {physical(name): name for name in (*TABLES, *UNLOGGED)}


class Uncounted(RuntimeError):
    """A function called a service of AWS for which the bill has no line; the text names both."""


@dataclass
class Using:
    """What a call of a function used so far."""

    calls: Counter[str] = field(default_factory=Counter)
    moto_s: float = 0.0
    child_s: float = 0.0
    log_lines: int = 0
    log_bytes: int = 0


@dataclass
class Tally:
    """What was used since the tally began."""

    functions: dict[str, Work] = field(default_factory=lambda: defaultdict(Work))
    outside: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    bytes_out: int = 0
    access_bytes: int = 0
    events: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    intake_changes: int = 0
    unknown: set[str] = field(default_factory=set)


class Counting:
    """Counts for all clouds of this process while `watching`; `tally` may be changed in between."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.metrics: set[str] = set()
        """Names of our own metrics that were written."""
        self._here = threading.local()
        self._days = Days()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch functions, their clients, their log, and what people's programs ask for."""
        with contextlib.ExitStack() as undo:
            for owner, name, counted in (
                (Functions, "call", self._called),
                (ChaliceAuthorizer, "__call__", self._checked),
                (BaseClient, "_make_api_call", self._asked),
                (Connection, "urlopen", self._answered),
                (Sandbox, "_ask", self._opened),
                (RsaSigner, "sign_raw", self._signed),
                (requests.Session, "send", self._sent),
            ):
                stock = getattr(owner, name)
                undo.enter_context(mock.patch.object(owner, name, _around(stock, counted)))
            undo.enter_context(mock.patch.object(door, "ring", self._ring))
            yield

    def _ring(self) -> Ring:
        """As if no process had seen its dossier before; the keys of days it has: `bill.py` has a line for them."""
        found: Ring = getattr(self._here, "ring", _OUTSIDE)
        return found

    @contextlib.contextmanager
    def logging_to(self, stream: Any) -> Iterator[None]:
        """Inside the block the functions' log lines go to this stream, and are counted."""
        counting = self

        class Counted:
            def write(self, text: str) -> None:
                if now := counting._now:
                    now.log_bytes += len(text.encode())
                    now.log_lines += text.count("\n")
                if '"_aws"' in text:
                    told = json.loads(text)["_aws"]["CloudWatchMetrics"]
                    counting.metrics |= {metric["Name"] for each in told for metric in each["Metrics"]}
                stream.write(text)

            def flush(self) -> None:
                stream.flush()

        handlers = [h for h in logger().handlers if isinstance(h, logging.StreamHandler)]
        before = [handler.setStream(Counted()) for handler in handlers]
        try:
            yield
        finally:
            for handler, old in zip(handlers, before, strict=True):
                handler.setStream(old or sys.stdout)

    @property
    def _now(self) -> Using | None:
        now: Using | None = getattr(self._here, "now", None)
        return now

    def _called(self, stock: Callable[..., Any], functions: Functions, name: str, event: Any, *more: Any) -> Any:
        answer = self._worked(name, lambda: stock(functions, name, event, *more))
        with self._lock:
            if name.endswith("_api"):
                self.tally.access_bytes += access_line(event, answer)
            if name == "outbox_publish":
                self.tally.rows.update(_TABLES[heard(StreamRecord, r).table] for r in event["Records"])
        return answer

    def _checked(self, stock: Callable[..., Any], authorizer: Any, event: Any, context: Any) -> Any:
        return self._worked(authorizer.name, lambda: stock(authorizer, event, context))

    def _worked(self, name: str, do: Callable[[], Any]) -> Any:
        now = self._here.now = Using()
        self._here.ring = Ring(days=self._days)
        begun = time.thread_time()
        try:
            with meter.measure() as used:
                answer = do()
        finally:
            self._here.now = None
        spent = time.thread_time() - begun - now.moto_s + now.child_s
        work = Work(
            invocations=1,
            cpu_ms=round(spent * 1000, 1),
            calls=dict(now.calls),
            log_lines=now.log_lines,
            log_bytes=now.log_bytes,
            write_units={_TABLES[name]: units for name, units in used.written.items()},
            read_units={_TABLES[name]: units for name, units in used.was_read.items()},
        )
        with self._lock:
            self.tally.functions[name] += work
        return answer

    def _asked(self, stock: Callable[..., Any], client: Any, operation: str, given: dict[str, Any]) -> Any:
        if now := self._now:
            service, called = client.meta.service_model.service_name, _snake(operation)
            now.calls[f"{service}.{called}"] += 1
            with self._lock:
                if service not in KNOWN:
                    self.tally.unknown.add(service)
                for entry in given.get("Entries", ()) if operation == "PutEvents" else ():
                    self.tally.events[entry["DetailType"]] += 1
                self.tally.intake_changes += service == "s3" and _changes_intake(called, given.get("Bucket", ""))
        return stock(client, operation, given)

    def _answered(self, stock: Callable[..., Any], connection: Any, *given: Any, **more: Any) -> Any:
        begun = time.thread_time()
        try:
            return stock(connection, *given, **more)
        finally:
            if now := self._now:
                now.moto_s += time.thread_time() - begun

    def _opened(self, stock: Callable[..., Any], box: Sandbox, job: Any) -> Any:
        process = box.process
        begun = _spent(process)
        try:
            return stock(box, job)
        finally:
            if now := self._now:
                now.child_s += _spent(box.process) - (begun if process == box.process else 0.0)

    def _signed(self, stock: Callable[..., Any], signer: Any, *given: Any, **more: Any) -> Any:
        if now := self._now:  # in a deployed stage it is a call of KMS
            now.calls["kms.sign"] += 1
        return stock(signer, *given, **more)

    def _sent(self, stock: Callable[..., Any], session: Any, request: Any, **more: Any) -> Any:
        answer = stock(session, request, **more)
        cloud = LocalCloud.current
        if self._now or cloud is None:
            return answer
        sent = int(answer.headers.get("Content-Length", len(answer.content)))  # compressed, as it went over the wire
        size = sent + sum(len(k) + len(v) for k, v in answer.headers.items())
        with self._lock:
            if request.url.startswith(f"{cloud.url}/v1/"):
                self.tally.requests += 1
                self.tally.bytes_out += size
            elif request.url.startswith(cloud.endpoint):
                self._filed(request, size)
        return answer

    def _filed(self, request: Any, size: int) -> None:
        """A file through a link or a form, without a function."""
        if request.method == "POST":
            self.tally.outside["s3.upload"] += 1
            self.tally.intake_changes += physical("IntakeBucket") in urlsplit(request.url).path
        else:
            self.tally.outside["s3.get_object"] += 1
            self.tally.bytes_out += size


def _around(stock: Callable[..., Any], counted: Callable[..., Any]) -> Callable[..., Any]:
    def call(owner: Any, *given: Any, **more: Any) -> Any:
        return counted(stock, owner, *given, **more)

    return call


def _snake(operation: str) -> str:
    """`PutItem` as `put_item`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in operation).lstrip("_")


def _changes_intake(called: str, bucket: str) -> bool:
    """Whether S3 tells the bus of it: what is made, and what is deleted."""
    return bucket == physical("IntakeBucket") and (called in MOST_WRITES or called.startswith("delete"))


def _spent(process: int) -> float:
    """Processor seconds of a process, user and system; 0 when there is none."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


# --- what stays ----------------------------------------------------------------------------------------------


# --- the count -----------------------------------------------------------------------------------------------


def _none_unknown(tally: Tally) -> None:
    if tally.unknown:
        named = ", ".join(sorted(tally.unknown))
        raise Uncounted(f"{named}: called, and no line of infra/cost/bill.py pays for it")


def counted(folder: Path) -> Count:
    """One dossier, counted on a cloud in this folder. Raises Uncounted."""
    counting = Counting()
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "log.jsonl").open("w", encoding="utf-8") as stream,
        counting.logging_to(stream),
        counting.watching(),
        local_stage(folder / "cloud") as cloud,
        mock.patch.dict(os.environ, {"MOTCUA_DRIVEN_LEGS": str(PARAMETERS["DrivenLegs"]["Default"])}),
    ):
        journey.live(cloud)
        _alone(cloud, counting, "audit_sweep")
        before, tally = kept(), Tally()
        counting.tally = tally
        reference = journey.live(cloud)
        cloud.wait_idle()
        after, states = kept(), state_entries(reference)
        _none_unknown(tally)
        noticed = messages(reference)
        counting.tally = more = Tally()
        states_beside = state_entries(journey.live(cloud, journey.BESIDE), "Delivery")
        cloud.wait_idle()
        (swept, looked), (idle, again) = (_alone(cloud, counting, "audit_sweep") for _ in range(2))
        ticks = {name: _tick(cloud, counting, name) for name in _rules()}
        clocked = {
            tick.function for tick in ticks.values()
        }  # on a slow machine one runs meanwhile: it is of no dossier
        batch = _batch(cloud, counting)
    return Count(
        on=datetime.now(UTC).date().isoformat(),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        python=platform.python_version(),
        journey=journey.TOLD,
        functions={name: work for name, work in sorted(tally.functions.items()) if name not in clocked},
        outside=Outside(
            requests=tally.requests,
            log_bytes=tally.access_bytes,
            calls=dict(sorted(tally.outside.items())),
            bytes_out=tally.bytes_out,
        ),
        states=states,
        events=dict(sorted(tally.events.items())),
        rows=dict(sorted(tally.rows.items())),
        intake_changes=tally.intake_changes,
        kept=Kept(rows=after.rows - before.rows, files=after.files - before.files),
        swept=_looks(less(swept, idle), looked["parts"]),
        chains=looked["chains"] - again["chains"],
        ticks=ticks,
        batch=batch,
        batch_rows=BATCH_ROWS,
        beside=beside(more.functions, tally.functions, _events(more) - _events(tally), states_beside),
        messages=noticed,
        fixed=fixed(counting.metrics),
        system_lines=system_lines(),
    )


def _events(tally: Tally) -> int:
    return sum(tally.events.values())


def _rules() -> list[str]:
    return [name for name, rule in SCHEDULES.items() if rule["Type"] == "AWS::Events::Rule"]


def _alone(cloud: LocalCloud, counting: Counting, function: str, event: Any = None) -> tuple[Work, Any]:
    """One call of a function and its answer, and nothing of what it brings about."""
    counting.tally = mine = Tally()
    answer = cloud.functions.call(function, event or {})
    counting.tally = Tally()
    cloud.wait_idle()
    return mine.functions[function], answer


def _batch(cloud: LocalCloud, counting: Counting) -> Work:
    """A batch of rows as the stream of the dossiers brings it, of records that are not there."""
    row = {"type": DraftSaved.type, "at": "2026-11-26T00:00:00.000+00:00", "prev": "0" * 32, "hash": "f" * 32}
    keys = ({"pk": f"MC-{n:016d}", "sk": "EVENT#000001"} for n in range(BATCH_ROWS))
    source = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{physical('Dossiers')}/stream/x"
    images = [aws.packed({**key, **row, "data": {}}) for key in keys]
    changed = ({"NewImage": image, "SequenceNumber": str(n)} for n, image in enumerate(images))
    records = [{"eventName": "INSERT", "eventSourceARN": source, "dynamodb": each} for each in changed]
    return _alone(cloud, counting, "outbox_publish", {"Records": records})[0]


def _tick(cloud: LocalCloud, counting: Counting, rule: str) -> Tick:
    called = SCHEDULES[rule]["Properties"]["Targets"][0]["Arn"]["Fn::GetAtt"][0]
    name = next(function for function in FUNCTIONS if logical(function) == called)
    every = per_month(SCHEDULES[rule]["Properties"]["ScheduleExpression"])
    given = Names(RESOURCES, FUNCTIONS, {}).resolve(SCHEDULES[rule]["Properties"]["Targets"][0].get("Input", "{}"))
    return Tick(function=name, per_month=every, work=_alone(cloud, counting, name, json.loads(given))[0])


def _looks(swept: Work, parts: int) -> Work:
    """The looks alone: a run takes, keeps and leaves each part once, whether it has one chain or ten thousand.

    Calls are what a sweep's processor time is for, so theirs is taken away by their share of the calls.
    """
    calls = {"dynamodb.update_item": TAKEN * parts, "s3.put_object": parts}
    share = sum(calls.values()) / max(1, sum(swept.calls.values()))
    return less(swept, Work(cpu_ms=swept.cpu_ms * share, calls=calls, write_units={"Anchors": TAKEN * parts}))
