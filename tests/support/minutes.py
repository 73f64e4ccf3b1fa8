"""Names the dearest files at the end of a run, and puts its time beside the one that is kept.

`tests/minutes.json` keeps the seconds of the last run that somebody measured alone on two cores, and on which commit.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

KEPT: Final = Path(__file__).parents[1] / "minutes.json"
PROCESSOR: Final = "processor seconds"
NAMED: Final = 10
DEAR: Final = 60.0
"""Seconds of one core from which on a file is asked why."""


def processor() -> float:
    """Seconds of processor of this process and of its children that ended."""
    return sum(os.times()[:4])


def by_file(reports: Iterable[Any]) -> Counter[str]:
    """Seconds of one core by file, of reports that say theirs."""
    cost: Counter[str] = Counter()
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == PROCESSOR and report.when == "teardown":
                cost[report.nodeid.partition("::")[0]] += value
    return cost


def told(cost: Counter[str], seconds: float, kept: dict[str, Any]) -> Iterator[str]:
    """The lines at the end of a run: the dearest files, those that are too dear, and the time beside the kept one."""
    for file, used in cost.most_common(NAMED):
        yield f"{used:7.1f} s of one core  {file}"
    for file, used in cost.items():
        if used > DEAR:
            yield f"over {DEAR:.0f} s of one core, make it cheaper or move it to soak: {file}"
    yield f"{seconds:.0f} s in all, kept are {kept['seconds']} s ({kept['commit']})"


def kept() -> dict[str, Any]:
    """The time that is kept."""
    found: dict[str, Any] = json.loads(KEPT.read_text("utf-8"))
    return found
