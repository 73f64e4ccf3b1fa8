"""The product where it is deployed, with the face of the embedded cloud, so that the same journeys run on both.

All it needs is `where.json`. What only the embedded cloud has (`journal`, `functions`, ...) raises `NotHere`.
"""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn, Self

import requests
from botocore.config import Config

from infra.local.cloud import NotIdle
from infra.localstack.clients import clients
from infra.localstack.server import ask

QUIET: Final = 2.0
"""Seconds without a call or a stream record after which nothing is taken to be on its way: a stream is read 5 times a
second, and what failed is tried again after one and after two seconds."""

WORK: Final = "Work"
"""How the names of queues end on which functions work."""
HELD: Final = (
    "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
)  # fmt: skip
"""What a queue says of its messages: those that may be taken, those that somebody has or that failed, the delayed."""


class NotHere(AttributeError):
    """Something of the embedded cloud that a deployed one does not have."""


class Deployed:
    """A deployed product; `where` is what `where.json` holds."""

    def __init__(self, where: Mapping[str, str]) -> None:
        self._where = dict(where)
        os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")  # the story's clients name no keys
        os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")

    @classmethod
    def at(cls, file: Path) -> Self:
        """The one a `where.json` tells of."""
        return cls(json.loads(file.read_text("utf-8")))

    def where(self) -> dict[str, str]:
        """Addresses and names, as of the embedded cloud, and the physical names of functions and machines."""
        return dict(self._where)

    @property
    def url(self) -> str:
        """The API's address."""
        return self._where["url"]

    @property
    def endpoint(self) -> str:
        """The cloud's own API."""
        return self._where["endpoint"]

    @property
    def folder(self) -> Path:
        """Where keys and certificates are."""
        return Path(self._where["folder"])

    def client(self, service: str) -> Any:
        """A client of it."""
        patient = Config(retries={"max_attempts": 1}, read_timeout=130)
        return clients(self.endpoint, self._where["region"]).client(service, config=patient)

    def function(self, name: str) -> str:
        """How a function of `FUNCTIONS` is called: its physical name, with its alias."""
        return self._where[f"function.{name}"]

    def own_name(self, name: str) -> str:
        """Its physical name alone: LocalStack tells the settings of a function, and not of an alias."""
        return self.function(name).partition(":")[0]

    def call(self, name: str, event: Any) -> Any:
        """Call a function and answer what it returns. Raises: `RuntimeError` with its error."""
        out = self.client("lambda").invoke(FunctionName=self.function(name), Payload=json.dumps(event))
        answer = json.load(out["Payload"])
        if out.get("FunctionError"):
            raise RuntimeError(f"{name}: {answer}")
        return answer

    def token(self, sub: str, kind: str, **claims: Any) -> str:
        """A bearer token of the local issuer."""
        answer = requests.post(self._where["token"], json={"sub": sub, "kind": kind, **claims}, timeout=30)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def activity(self) -> dict[str, Any]:
        """What our plug-in tells: calls that run, calls and failures by function, seconds of quiet."""
        told: dict[str, Any] = ask(f"{self.endpoint}/_motcua/activity")
        return told

    def executions(self, of: str = "") -> list[dict[str, Any]]:
        """Every execution, or those of a machine (its logical id): machine, name, input, status, output."""
        client, found = self.client("stepfunctions"), []
        for machine in (v for k, v in self._where.items() if k.startswith("machine.") and k.endswith(of)):
            for page in client.get_paginator("list_executions").paginate(stateMachineArn=machine):
                for run in page["executions"]:
                    told = client.describe_execution(executionArn=run["executionArn"])
                    found.append(
                        {
                            "machine": machine.rpartition(":")[2],
                            "name": run["name"],
                            "input": json.loads(told["input"]),
                            "status": run["status"],
                            "output": json.loads(told["output"]) if told.get("output") else None,
                        }
                    )
        return sorted(found, key=lambda run: run["name"])

    def parked(self) -> list[dict[str, Any]]:
        """Letters in every dead-letter queue, which stay there: queue and body."""
        client, found = self.client("sqs"), []
        for name, url in self._where.items():
            if name.startswith("queue.") and name.endswith("Parked"):
                got = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
                found += [{"queue": name.removeprefix("queue."), "body": m["Body"]} for m in got.get("Messages", [])]
        return found

    def waiting(self) -> dict[str, int]:
        """Messages in each queue of work that has some, those that are hidden until they come again among them."""
        sqs, found = self.client("sqs"), {}
        for name, url in self._where.items():
            if name.startswith("queue.") and name.endswith(WORK):
                told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(HELD))["Attributes"]
                if held := sum(int(told[each]) for each in HELD):
                    found[name.removeprefix("queue.")] = held
        return found

    def wait_idle(self, seconds: float = 600.0) -> None:
        """Wait until no function starts or runs, none was called for a while, and no queue of work holds anything.

        What a worker failed at lies hidden for six of its time-outs, while all is quiet. Raises: `NotIdle`.
        """
        end = time.monotonic() + seconds
        while True:
            told, waiting = self.activity(), dict[str, int]()
            if not told["running"] and told["quiet"] >= QUIET:
                waiting = self.waiting()
                if not waiting:
                    return
            if time.monotonic() > end:
                raise NotIdle(f"running: {told['running']}, quiet for {told['quiet']} s, waiting: {waiting}")
            time.sleep(0.1 if told["running"] else min(0.5, max(0.05, QUIET - told["quiet"])))

    def __getattr__(self, name: str) -> NoReturn:
        raise NotHere(f"only the embedded cloud has {name!r}")
