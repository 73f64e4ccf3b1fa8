"""The cloud the shims serve at this moment: they patch moto once per process, the cloud behind them may change."""

from dataclasses import dataclass, field
from typing import Any

from infra.local.faults import Throttling
from infra.local.functions import Functions
from infra.local.journal import Journal


@dataclass
class Mapping:
    """A stream mapping: new rows of `table` that match one of the filters (none: all) go to `function`, in batches.

    What is given up is written into the bucket `letters`.
    """

    table: str
    function: str
    filters: list[Any] = field(default_factory=list)
    batch: int = 100
    letters: str = ""

    def wants(self, record: dict[str, Any]) -> bool:
        """Whether a stream record goes to the function."""
        return not self.filters or any(f.matches_event(record) for f in self.filters)


@dataclass
class Site:
    """Journal, functions and mappings of the running cloud; without a journal the shims let moto be moto.

    `works` are its queues of work: the name of each, and the function that works on it. A test may set `throttling`.
    """

    journal: Journal | None = None
    functions: Functions | None = None
    mappings: list[Mapping] = field(default_factory=list)
    works: dict[str, str] = field(default_factory=dict)
    throttling: Throttling | None = None


SITE = Site()
