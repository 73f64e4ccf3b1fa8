"""An import of a whole national catalogue, measured: records read, and stored, in our own CPU, with calls and units.

The 5,670 records are made from the 35 samples, each under codes of its own. They are stored for real, on moto in this
process; what moto itself uses is counted apart and left out.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from unittest import mock

from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from chalicelib.catalogue.records.parsing import build, split
from chalicelib.catalogue.records.reading import Reading, read_record
from chalicelib.catalogue.records.wiring import records
from chalicelib.catalogue.settings import TABLE
from chalicelib.kernel import aws
from infra.command.record_files import SAMPLES
from infra.local import meter
from infra.local.journal import Journal
from infra.local.names import REGION
from infra.local.shims import SITE, patched
from infra.stack.resources import TABLES

ENTRIES: Final = 5_670
GIVEN: Final = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")


class Emulator:
    """How long the emulator was at work: CPU seconds of its answers to our requests."""

    def __init__(self) -> None:
        self.seconds = 0.0
        answer = BotocoreStubber.__call__

        def timed(stubber: BotocoreStubber, *args: Any, **given: Any) -> Any:
            begun = time.process_time()
            try:
                return answer(stubber, *args, **given)
            finally:
                self.seconds += time.process_time() - begun

        mock.patch.object(BotocoreStubber, "__call__", timed).start()  # the one place that every request passes


def texts(count: int, samples: Path = SAMPLES) -> Iterator[bytes]:
    """So many records as the National Database would give them, each with a code of its own."""
    known = [(path.stem.encode(), path.read_bytes()) for path in sorted(samples.glob("*.json"))]
    for number in range(count):
        code, text = known[number % len(known)]
        start, end = split(text)[0]
        yield text[start:end].replace(code, f"9.{number:06d}".encode())


def read(count: int) -> tuple[list[Reading], float]:
    """The records read, and the CPU seconds it took."""
    given = list(texts(count))
    begun = time.process_time()
    found = [read_record(build(text)) for text in given]
    return found, time.process_time() - begun


def stored(readings: list[Reading], emulator: Emulator, expected: str) -> dict[str, float]:
    """The records kept: CPU seconds of our own, calls and units, of all together."""
    keep, begun, apart = records().keep, time.process_time(), emulator.seconds
    with meter.measure() as counted:
        done = {keep(each.facts, each.findings) for each in readings}
    assert done == {expected}, done
    return {
        "seconds": time.process_time() - begun - (emulator.seconds - apart),
        "calls": counted.read_calls + counted.write_calls,
        "read_units": counted.read_units,
        "write_units": counted.write_units,
    }


def measured(count: int = ENTRIES) -> dict[str, float]:
    """Figures of an import, and of the same once more: seconds of CPU, and calls and units a record."""
    os.environ |= {
        "AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        TABLE.name: "catalogue",
    }  # fmt: skip
    emulator = Emulator()
    readings, reading = read(count)
    patched()
    SITE.journal = Journal(Path(":memory:"))  # with it the emulator counts calls and units
    with mock_aws():
        given = {k: v for k, v in TABLES["Catalogue"]["Properties"].items() if k in GIVEN}
        client = aws.client("dynamodb")
        client.meta.events.register_first("before-send.dynamodb", lambda request, **_: meter.stamp(request.headers))
        client.create_table(TableName=TABLE(), **given)
        first = stored(readings, emulator, "imported")
        again = stored(readings, emulator, "unchanged")
    return {
        "entries": float(count),
        "read_s": reading,
        "store_s": first["seconds"],
        "times_reading": first["seconds"] / reading,
        "again_times_reading": again["seconds"] / reading,
        **{f"{name}_each": first[name] / count for name in ("calls", "read_units", "write_units")},
        "again_calls_each": again["calls"] / count,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(*map(int, sys.argv[1:2]))) + "\n")
