"""Faults on purpose: /_motcua/faults lets a share of DynamoDB's calls be throttled, and processes of functions die.

PUT sets what fails from now on, GET says what failed:
{"throttled": 0.2, "seed": 7}   a fifth of the calls that read or write items, drawn by the seed
{"killed": ["a function"]}      dies once: at a moment of its next call that the seed draws, or before its answer
{"broken": ["a function"]}      dies in each call, before its answer
{"stream_tries": 2}             so often a batch of a stream is tried before it is given up, in the place of hours
"""

import json
import random
import threading
from collections import Counter

from localstack.http import Request, Response, route
from localstack.runtime import hooks
from localstack.services.edge import ROUTER

CODES = ("ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded")
CANCELLED = "TransactionCanceledException"
DATA = frozenset({
    "BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "TransactGetItems", "TransactWriteItems",
    "UpdateItem",
})  # fmt: skip
PREFIX = "com.amazonaws.dynamodb.v20120810#"
WITHIN = 0.4
"""Seconds of a call in which its process may be killed."""


class Faults:
    """What fails, and what failed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.set({})

    def set(self, given: dict) -> None:
        """Begin anew."""
        with self._lock:
            self._share = float(given.get("throttled", 0))
            self._chance = random.Random(int(given.get("seed", 0)))  # noqa: S311 - luck, no secret
            names = sorted(given.get("killed", []))
            self._broken = frozenset(given.get("broken", []))
            self._tries = int(given.get("stream_tries", 0))
            self._dies = {name: self._chance.choice((None, self._chance.uniform(0, WITHIN))) for name in names}
            self._killed: Counter[str] = Counter()
            self._refused: Counter[str] = Counter()
            self._asked = 0

    def told(self) -> dict[str, object]:
        """As JSON."""
        with self._lock:
            return {
                "asked": self._asked,
                "refused": self._refused,
                "killed": self._killed,
                "left": sorted(self._dies),
            }

    def refusal(self, action: str, parts: int) -> tuple[int, dict[str, str], str] | None:
        """What DynamoDB answers in the place of an answer; None lets the call through."""
        with self._lock:
            if not self._share or action not in DATA:
                return None
            self._asked += 1
            if self._chance.random() >= self._share:
                return None
            code = self._chance.choice((*CODES, CANCELLED) if action == "TransactWriteItems" else CODES)
            self._refused[code] += 1
            told: dict[str, object] = {"__type": PREFIX + code, "message": f"{code}, on purpose"}
            if code == CANCELLED:
                reasons = [{"Code": "None"} for _ in range(parts)]
                reasons[self._chance.randrange(parts)] = {"Code": "ThrottlingError", "Message": "on purpose"}
                told |= {"Message": told["message"], "CancellationReasons": reasons}
            return 400, {"Content-Type": "application/x-amz-json-1.0", "x-amzn-errortype": code}, json.dumps(told)

    def death(self, function: str) -> tuple[bool, float | None]:
        """Whether this call of a function is its last, and after how many seconds; None is before its answer."""
        with self._lock:
            if function in self._broken:
                self._killed[function] += 1
                return True, None
            if function not in self._dies:
                return False, None
            self._killed[function] += 1
            return True, self._dies.pop(function)

    def is_given_up(self, tries: int) -> bool:
        """Whether a batch of a stream that failed so often is given up."""
        with self._lock:
            return 0 < self._tries <= tries


FAULTS = Faults()


@hooks.on_infra_start()
def take_faults() -> None:
    """Serve it."""
    from localstack.services.lambda_.event_source_mapping.pollers.stream_poller import StreamPoller

    stock = StreamPoller.max_retries_exceeded
    StreamPoller.max_retries_exceeded = lambda self, tries: FAULTS.is_given_up(tries) or stock(self, tries)

    @route("/_motcua/faults", methods=["GET", "PUT"])
    def faults(request: Request) -> Response:
        if request.method == "PUT":
            FAULTS.set(json.loads(request.get_data()))
        return Response(json.dumps(FAULTS.told()), 200, mimetype="application/json")

    ROUTER.add(faults)
