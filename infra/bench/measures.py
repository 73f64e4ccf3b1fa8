"""Measures counted anew: events a second of CPU, from the rows as DynamoDB answers them to the counters.

Beside the floor of the same run: the same rows made plain, and nothing counted.
"""

import json
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

from chalicelib.contracts.event import Event, told
from chalicelib.contracts.lifecycle import SupplementRequested
from chalicelib.contracts.onestop import (
    Destination,
    DossierAccepted,
    DossierForwarded,
    DossierProcessed,
    DossierReturned,
)
from chalicelib.contracts.plan import Office
from chalicelib.contracts.submission import DossierSubmitted, DraftOpened, DraftSaved, SealLine, UploadAnnounced
from chalicelib.contracts.tasks import TaskClaimed
from chalicelib.kernel import aws
from chalicelib.kernel.record import LogRow, log_row
from chalicelib.measures.rebuilding import Recount

DOSSIERS: Final = 800
ROUNDS: Final = 5
AT: Final = "2026-11-25T02:00:00.000+00:00"
SEALED: Final = "s" * 1_200
"""As long as what the demo's events seal."""
NOTICE: Final[dict[str, Any]] = {
    "agency": "H01.10.24",
    "handler": "Lê Thị Cúc",
    "received_at": AT,
    "processed_at": AT,
    "due_at": "2026-11-27T10:00:00.000+00:00",
}


def _life() -> tuple[Event, ...]:
    """The events of a dossier with two papers, most of which change no counter: as the demo's logs are."""
    lines = tuple(
        SealLine(id=str(n), code="G1", key="uploads/x", version_id="v", size=9, sha256="a" * 64, media_type="image/png")
        for n in range(2)
    )
    task: dict[str, Any] = {"reference": "MC-1", "leg": "0-commune", "agency": "H01.10.24", "officer": "f" * 32}
    claims = [TaskClaimed(kind=kind, **task) for kind in ("receive", "verify", "approve")]
    office = Office(id="H01.10.24", name="UBND phường", one_stop="Bộ phận Một cửa")
    paper: dict[str, Any] = NOTICE | {
        "reference": "MC-1",
        "procedure": "1.001193",
        "procedure_name": "Đăng ký khai sinh",
        "office": office,
        "holder": "f" * 32,
        "sealed": SEALED,
    }
    taken = {"dossier_code": "X-1", "term": "3 ngày", "rule_pack": "2026", "submitted_at": AT}
    file = {"code": "X", "key": "results/x", "version_id": "v", "sha256": "a" * 64, "size": 9, "title": "KQ"}
    done = {"reference": "MC-1", "holder": "f" * 32, "dossier_code": "X-1", "procedure": "1.001193", "message": "M"}
    return (
        DraftOpened(procedure="1.001193", agency="H01.10.24", channel="ONLINE"),
        *(DraftSaved(form_version=n, broken=0) for n in (1, 2, 3)),
        *(UploadAnnounced(upload=str(n), component="G1") for n in range(2)),
        DossierSubmitted(
            reference="MC-1",
            procedure="1.001193",
            procedure_version=1,
            agency="H01.10.24",
            channel="ONLINE",
            received_at=AT,
            components=lines,
            seal_sha256="a" * 64,
            stages=(),
            party="CITIZEN",
        ),
        *claims[:1],
        DossierAccepted(**paper | taken),
        SupplementRequested(**paper),
        *(DossierForwarded(**NOTICE, dossier_code="X-1") for _ in range(4)),
        *claims[1:],
        DossierProcessed(**NOTICE | file | done),
        DossierReturned(**NOTICE, delivered=(Destination(destination="vault", document="X", at=AT),)),
    )


def rows() -> list[tuple[str, dict[str, Any]]]:
    """What a scan answers, dossier after dossier."""
    life = _life()
    return [
        (
            f"MC-{dossier:016d}",
            aws.packed(
                {
                    "pk": f"MC-{dossier:016d}",
                    "sk": f"EVENT#{number:06d}",
                    "type": each.type,
                    "at": AT,
                    "state": 4,
                    "actor": "officer-1",
                    "data": told(each),
                    "prev": "b" * 32,
                    "hash": "c" * 32,
                }
            ),
        )
        for dossier in range(DOSSIERS)
        for number, each in enumerate(life, 1)
    ]


def measured() -> dict[str, float]:
    """Events a second, ours and the floor's: the best of the rounds, which take turns."""
    kept = rows()

    def typed() -> Iterator[tuple[str, LogRow]]:
        for reference, row in kept:
            yield reference, log_row(aws.plain(row))

    ours, floor = [], []
    for _ in range(ROUNDS):
        begun, recount = time.process_time(), Recount()
        dossiers = sum(1 for _ in recount.each(typed()))
        ours.append(time.process_time() - begun)
        if dossiers != DOSSIERS or recount.events != len(kept) or recount.unreadable:
            raise AssertionError(dossiers, recount.events, recount.unreadable)
        begun = time.process_time()
        for _, row in kept:
            aws.plain(row)
        floor.append(time.process_time() - begun)
    return {
        "events_per_second": len(kept) / min(ours),
        "floor_per_second": len(kept) / min(floor),
        "events_of_a_dossier": len(kept) / DOSSIERS,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured()) + "\n")
