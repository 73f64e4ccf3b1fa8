"""Score the search on the blind queries: `python -m tests.unit.catalogue.services.blind [held_out|tune|tune3 ...]`.

320 everyday queries were written by somebody who had seen neither code nor word lists, and split by a seed before
anything was tuned; later a second set and a third in the same way, by others. Several halves named together are scored
together. Only totals are printed: whoever reads a held-out query spoils it.
"""

import collections
import csv
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from chalicelib.catalogue.procedures.life_events import life_events_of
from chalicelib.catalogue.procedures.words import syllables
from chalicelib.catalogue.services.search import Entry, Index, build

HERE = Path(__file__).parent
NONSENSE = "nonsense"
FILES = {
    "tune": "blind_tune.json",
    "held_out": "blind_held_out.json",
    "tune2": "blind2_tune.json",
    "held_out2": "blind2_held_out.json",
    "tune3": "blind3_tune.json",
    "held_out3": "blind3_held_out.json",
}

type Ask = Callable[[str], list[str]]
type Counts = dict[str, list[int]]


def _parts(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())


def entries() -> list[Entry]:
    """The names of the whole national catalogue."""
    with (HERE / "names.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Entry(
            row["code"],
            row["name"],
            fields=_parts(row["fields"]),
            subjects=_parts(row["subjects"]),
            life_events=life_events_of(row["name"], _parts(row["fields"])),
        )
        for row in rows
    ]


def queries(half: str) -> list[dict[str, object]]:
    """The queries of one half of one set."""
    return json.loads((HERE / FILES[half]).read_text(encoding="utf-8"))


def spelt(text: str) -> str:
    """A query as two are compared: its words."""
    return " ".join(word.marked for word in syllables(text))


def asking(index: Index) -> Ask:
    """The codes of the first five."""
    return lambda text: [hit.entry.code.strip() for hit in index.search(text, limit=5).hits]


def counted(ask: Ask, asked: Iterable[dict[str, object]]) -> Counts:
    """For all, each language and each kind: how many, right first, right among five; of nonsense, how often nothing."""
    counts: Counts = collections.defaultdict(lambda: [0, 0, 0])
    for query in asked:
        codes = ask(query["query"])
        if query["kind"] == NONSENSE:
            first = five = not codes
            keys = [NONSENSE]
        else:
            right = {code.strip() for code in query["codes"]}
            first, five = bool({*codes[:1]} & right), bool({*codes} & right)
            keys = ["all", f"language {query['language']}", f"kind {query['kind']}"]
        for key in keys:
            counts[key] = [seen + more for seen, more in zip(counts[key], (1, first, five), strict=True)]
    return dict(counts)


def told(counts: Counts) -> str:
    """The figures, a line each."""
    return "".join(
        f"{key:<20}{n:>4}{100 * first / n:>8.1f} % first{100 * five / n:>8.1f} % in five\n"
        if key != NONSENSE
        else f"{key:<20}{n:>4}{100 * first / n:>8.1f} % nothing fits\n"
        for key, (n, first, five) in sorted(counts.items())
    )


def main(*halves: str) -> None:
    """Print the figures of these halves, taken together."""
    asked = [query for half in halves for query in queries(half)]
    sys.stdout.write(told(counted(asking(build(entries())), asked)))


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["held_out"]))
