"""The pure parts of the catalogue, measured: records read, the index made, the recorded queries asked."""

import csv
import json
import sys
import time
from pathlib import Path
from statistics import quantiles

from chalicelib.catalogue.services.search import Entry, Filters, build
from infra.command.record_files import SAMPLES, pure_speed

DATA = Path(__file__).parents[2] / "tests" / "unit" / "catalogue" / "services"


def entries() -> list[Entry]:
    """The names of the whole national catalogue, each code once."""
    with (DATA / "names.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Entry(r["code"], r["name"], fields=tuple(filter(None, (r["fields"] or "").split("; ")))) for r in rows]


def measured() -> dict[str, float]:
    """Figures in seconds, milliseconds and records a second of CPU."""
    given = entries()
    begun = time.process_time()
    index = build(given)
    made = time.process_time() - begun
    queries = [q["query"] for q in json.loads((DATA / "queries.json").read_text("utf-8"))]
    spent = []
    for query in queries:
        begun = time.process_time()
        index.search(query, filters=Filters())
        spent.append((time.process_time() - begun) * 1000)
    return {
        "samples": float(len(list(SAMPLES.glob("*.json")))),
        "records_per_second": pure_speed(seconds=3),
        "entries": float(len(given)),
        "build_s": made,
        "queries": float(len(queries)),
        "search_p95_ms": quantiles(spent, n=20)[-1],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured()) + "\n")
