"""What goes wrong between a service and AWS: throttling, a process that dies, an answer that is lost. By a seed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from botocore.exceptions import ClientError, ConnectionClosedError

WRITES: Final = frozenset({"transact_write_items", "put_item", "update_item", "delete_item"})
READS: Final = frozenset({"get_item", "query", "batch_get_item"})
THROTTLED: Final = {"Error": {"Code": "ProvisionedThroughputExceededException", "Message": "too fast"}}


class Died(BaseException):
    """The process was killed: nobody catches it."""


@dataclass
class Faults:
    """`share` of all calls go wrong in each of the ways, while it is on; counts what it did."""

    random: Random
    share: float
    is_on: bool = True
    done: dict[str, int] = field(default_factory=dict)

    def strikes(self, kind: str) -> bool:
        """Whether this one goes wrong."""
        if not self.is_on or self.random.random() >= self.share:
            return False
        self.done[kind] = self.done.get(kind, 0) + 1
        return True


class Faulty:
    """A client of DynamoDB under faults; `wrote` is told the request of each write that was carried out."""

    def __init__(self, client: Any, faults: Faults, wrote: Callable[[str, dict[str, Any]], None]) -> None:
        self._client, self._faults, self._wrote = client, faults, wrote

    def __getattr__(self, name: str) -> Any:
        """The client's own; what reads and writes goes wrong now and then."""
        found = getattr(self._client, name)
        if name not in WRITES and name not in READS:
            return found

        def call(**given: Any) -> Any:
            if self._faults.strikes("throttled"):
                raise ClientError(THROTTLED, name)  # type: ignore[arg-type]
            if name in READS:
                return found(**given)
            if self._faults.strikes("died before a write"):
                raise Died(name)
            answer = found(**given)
            self._wrote(name, given)
            if self._faults.strikes("died after a write"):
                raise Died(name)
            if self._faults.strikes("answer lost"):
                raise ConnectionClosedError(endpoint_url="http://dynamodb")
            return answer

        return call
