"""The world of one seed: stores on moto, workers by their real entries, a bus that loses, repeats and reorders."""

import contextlib
import heapq
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, Self
from unittest import mock

import time_machine

from chalicelib.contracts.event import known_events
from chalicelib.kernel import aws, ids, waiting
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.problem import DomainError, TryAgain
from chalicelib.kernel.settings import boot
from chalicelib.messages import rendering, wiring
from chalicelib.messages.service import Signatures
from infra.local.functions import Functions
from infra.local.journal import Journal
from infra.local.pki import ensure_pki
from infra.local.shims import SITE, patched
from infra.stack.functions import FUNCTIONS
from tests.fakes import people
from tests.fakes.environment import SETTINGS
from tests.fakes.waits import Waits
from tests.simulation.faults import Died, Faults, Faulty
from tests.simulation.held import Held
from tests.simulation.machine import Machine
from tests.support.hall import Hall
from tests.support.stores import Stores

BEGINS: Final = datetime.fromisoformat("2026-11-25T08:00:00+07:00")
TRIES: Final = 60
"""How often something is tried again before the world says that it never comes to an end."""


@dataclass(order=True)
class Job:
    """Something that is to happen."""

    at: datetime
    order: int
    name: str = field(compare=False)
    do: Callable[[], object] = field(compare=False)
    tries: int = field(default=0, compare=False)


class Stuck(Exception):
    """A job that failed again and again."""


class World:
    """One seed's world; use it as a context manager, in which its clock is everybody's."""

    def __init__(self, seed: int, folder: Path, share: float = 0.01, stores: Stores | None = None) -> None:
        self.random, self.folder, self._seed = Random(seed), folder, seed
        self.faults = Faults(Random(seed + 1), share, is_on=False)
        self.stores = stores or Held()
        self.machine = Machine(lambda name, given: self.soon(name, lambda: self._called(name, given)), utc_now)
        self.functions = Functions(FUNCTIONS)
        self.lost: list[tuple[str, Any]] = []
        self.seen: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._jobs: list[Job] = []
        self._rows: list[Any] = []
        self._number = 0
        self._hearers = {name: kind.heard_by for name, kind in known_events().items()}
        self._dynamodb = Faulty(self.stores.client("dynamodb"), self.faults, self._written)

    # --- the stage ------------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._enter(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _enter(self, stack: ExitStack) -> None:
        assert SITE.journal is None, "a cloud runs in this process: it would lose its journal to the world"
        keys = self.folder / "keys"
        settings = {**SETTINGS, "MOTCUA_KEYS_FOLDER": str(keys), "MOTCUA_DRIVEN_LEGS": "1"}
        access = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "test")
        stack.enter_context(mock.patch.dict(os.environ, {**access, **settings}))
        os.environ.pop("MOTCUA_TIMESTAMP_URL", None)
        self.time = stack.enter_context(time_machine.travel(BEGINS, tick=False))
        boot.cache_clear()
        stack.callback(boot.cache_clear)
        patched()
        SITE.journal = journal = Journal(Path(":memory:"))
        stack.callback(self._leave, journal)
        stack.enter_context(mock.patch.object(aws, "client", self.client))
        stack.enter_context(mock.patch.object(waiting, "CLOCK", Waits().clock))
        stack.enter_context(mock.patch.object(ids, "secrets", Random(self._seed)))  # references order what is equal
        self.stores.clear()
        self._papers(stack, keys)
        self.hall = Hall(self.stores, confirm_within="1d")
        self.hall.clock.now = BEGINS
        self.stores.register("officers", *(who.subject for who in (people.PROCESSING, people.RECEPTION)))

    @staticmethod
    def _leave(journal: Journal) -> None:
        journal.close()
        SITE.journal = None

    def _papers(self, stack: ExitStack, keys: Path) -> None:
        """Each kind of paper is drawn and signed once, as in a stage, and reused: what is looked at is the flow."""
        offices = {o["id"]: o["name"] for o in (people.OFFICE, people.OTHER_OFFICE)}
        officers = {who.subject: who.name for who in (people.LEADER, people.PROCESSING, people.RECEPTION)}
        ensure_pki(keys, agencies=offices, officers=officers, now=utc_now())
        wiring._local_keys.cache_clear()
        drawn, signed = dict[str, bytes](), dict[str, bytes]()
        render, sign = rendering.render, Signatures._signed

        def rendered(data: Any) -> bytes:
            if data.template not in drawn:
                drawn[data.template] = render(data)
            return drawn[data.template]

        def once(self: Signatures, work: Any, pdf: bytes, statement: Any, now: datetime) -> bytes:
            if work.kind not in signed:
                signed[work.kind] = sign(self, work, pdf, statement, now)
            return signed[work.kind]

        stack.enter_context(mock.patch.object(rendering, "render", rendered))
        stack.enter_context(mock.patch.object(Signatures, "_signed", once))

    def client(self, service: str) -> Any:
        """What `kernel.aws.client` answers in this world."""
        if service == "dynamodb":
            return self._dynamodb
        return {"events": self, "stepfunctions": self.machine}.get(service) or self.stores.client(service)

    # --- time -----------------------------------------------------------------------------------------------------

    def at(self, moment: datetime, name: str, do: Callable[[], object]) -> None:
        """Something happens then."""
        self._number += 1
        heapq.heappush(self._jobs, Job(moment, self._number, name, do))

    def next_full(self, every: timedelta) -> datetime:
        """When a schedule calls next: always at the same times of the day, however long a call took."""
        return BEGINS + ((utc_now() - BEGINS) // every + 1) * every

    def soon(self, name: str, do: Callable[[], object]) -> None:
        """Something happens within some seconds, in any order."""
        self.at(utc_now() + timedelta(seconds=self.random.uniform(0.1, 30)), name, do)

    def run(self, until: datetime | None = None) -> None:
        """Let all happen that is to happen, in the order of time."""
        while self._jobs and (until is None or self._jobs[0].at <= until):
            job = heapq.heappop(self._jobs)
            self.time.move_to(max(job.at, utc_now()))
            self.hall.clock.now = utc_now()
            self._do(job)
            self.publish()
        if until:
            self.time.move_to(max(until, utc_now()))
            self.hall.clock.now = utc_now()

    def _do(self, job: Job) -> None:
        self.seen[job.name] += 1
        try:
            job.do()
        except DomainError as no:
            if not isinstance(no, TryAgain):
                self.refused[f"{job.name}: {type(no).__name__}"] += 1
                return
            self._again(job, no)
        except (Died, Exception) as broken:  # noqa: BLE001 - what a queue, a stream or a client tries again
            self._again(job, broken)

    def _again(self, job: Job, why: BaseException) -> None:
        job.tries += 1
        if job.tries > TRIES:
            raise Stuck(f"{job.name}: {why!r}") from why
        job.at = utc_now() + timedelta(seconds=self.random.uniform(1, 120) * min(job.tries, 10))
        heapq.heappush(self._jobs, job)

    # --- the bus --------------------------------------------------------------------------------------------------

    def _written(self, _: str, given: dict[str, Any]) -> None:
        """What a stream says of a write."""
        for op in given.get("TransactItems", [{"Put": given}] if "Item" in given else []):
            item = op.get("Put", {}).get("Item")
            if item and item["sk"]["S"].startswith("EVENT#"):
                self._number += 1
                arn = f"arn:aws:dynamodb:ap-southeast-1:123456789012:table/{op['Put']['TableName']}/stream/1"
                change = {"NewImage": item, "SequenceNumber": str(self._number)}
                self._rows.append({"eventName": "INSERT", "dynamodb": change, "eventSourceARN": arn})

    def publish(self) -> None:
        """The outbox takes what the streams brought; what fails comes again."""
        while self._rows:
            rows, self._rows = self._rows, []
            try:
                failed = self.functions.call("outbox_publish", {"Records": rows})["batchItemFailures"]
            except Died:
                self._rows = rows + self._rows
                continue
            numbers = {each["itemIdentifier"] for each in failed}
            self._rows = [row for row in rows if row["dynamodb"]["SequenceNumber"] in numbers] + self._rows

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - AWS's name
        """The bus takes events: to the queue of each who hears them, once, twice, or, till they are replayed, never."""
        for entry in Entries:
            detail = json.loads(entry["Detail"])
            for name in self._hearers[detail["type"]]:
                if self.faults.strikes("event lost"):
                    self.lost.append((name, detail))
                    continue
                for _ in range(2 if self.faults.strikes("event twice") else 1):
                    self._bring(name, detail)
        return {"Entries": [{"EventId": "1"} for _ in Entries]}

    def _bring(self, name: str, detail: Any) -> None:
        self.soon(name, lambda: self._heard(name, detail))

    def _heard(self, name: str, detail: Any) -> None:
        message = {"messageId": "1", "body": json.dumps({"detail": detail})}
        if self._called(name, {"Records": [message]})["batchItemFailures"]:
            raise TryAgain

    def _called(self, name: str, event: Any) -> Any:
        return self.functions.call(name, event)

    def replay(self) -> None:
        """Whoever operates the service replays what the bus lost."""
        lost, self.lost = self.lost, []
        for name, detail in lost:
            self._bring(name, detail)

    def tick(self, name: str) -> None:
        """The clock calls a function."""
        self.soon(name, lambda: self._called(name, {}))

    def machine_loses(self) -> None:
        """Some executions end before their time: the engine timed out, or an operator's hand slipped."""
        for execution in list(self.machine.executions.values()):
            if execution.status == "RUNNING" and self.faults.strikes("execution lost"):
                self.machine.lose(execution, self.random.choice(("FAILED", "TIMED_OUT")))

    @contextlib.contextmanager
    def calm(self) -> Iterator[None]:
        """Nothing goes wrong here."""
        before, self.faults.is_on = self.faults.is_on, False
        try:
            yield
        finally:
            self.faults.is_on = before

    def dossiers(self) -> list[str]:
        """References of all that was submitted."""
        rows = self.stores.everything("Dossiers")
        return sorted(row["pk"] for row in rows if row["sk"] == "HEAD" and row["state"])

    def states(self) -> Counter[int]:
        """How many dossiers there are in each state."""
        rows = self.stores.everything("Dossiers")
        return Counter(row["state"] for row in rows if row["sk"] == "HEAD" and row["state"])
