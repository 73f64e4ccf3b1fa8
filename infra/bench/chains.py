"""Chains of hashes looked at: entries a second of CPU, against hashing the same bytes and nothing else."""

import hashlib
import json
import sys
import time
from typing import Final

from chalicelib.audit.judgement import misfits
from chalicelib.audit.model import ChainHead, Found
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.record import GENESIS, link, log_row

ENTRIES: Final = 2_000
ROUNDS: Final = 5


def rows() -> list[dict[str, object]]:
    """Events of a dossier's size, chained as the product chains them."""
    before, made = GENESIS, list[dict[str, object]]()
    for number in range(1, ENTRIES + 1):
        row: dict[str, object] = {
            "pk": "MC-0123456789ABCDEF",
            "sk": f"EVENT#{number:06d}",
            "type": "vn.motcua.task.completed",
            "at": f"2026-11-25T02:{number % 60:02d}:00.000+00:00",
            "actor": "officer-1",
            "prev": before,
            "data": {"task": f"MC-0123456789ABCDEF.{number}", "outcome": "verified", "agency": "H01.10.24"},
        }
        row["hash"] = before = link(row)
        made.append(row)
    return made


def measured() -> dict[str, float]:
    """Entries a second, ours and the floor's: the best of the rounds, which take turns."""
    kept = rows()
    head = ChainHead(pk="MC-0123456789ABCDEF", version=2, seq=ENTRIES, chain=str(kept[-1]["hash"]))
    texts = [canonical({k: v for k, v in row.items() if k != "hash"}).encode() for row in kept]
    ours, floor = [], []
    for _ in range(ROUNDS):
        begun = time.process_time()
        found = misfits(Found(head=head, log=tuple(map(log_row, kept))), None, ())
        ours.append(time.process_time() - begun)
        if found:
            raise AssertionError(found)
        begun = time.process_time()
        for text in texts:
            hashlib.sha256(text).hexdigest()
        floor.append(time.process_time() - begun)
    return {"entries_per_second": ENTRIES / min(ours), "floor_per_second": ENTRIES / min(floor)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured()) + "\n")
