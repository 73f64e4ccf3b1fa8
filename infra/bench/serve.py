"""What `motcua serve` carries, asked by another process over HTTP: reads, submissions, and more than it can carry.

    python -m infra.bench.serve [SECONDS]

Requests are offered at their times whether or not earlier ones were answered, and a time begins when the request was
due. Server and clients share the machine. Each time stands beside a floor of the same run: a page that the same server
answers without a function; one client where others are four.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from PIL import Image

from infra.demo import story
from infra.demo.client import Client

READS: Final = (
    "/v1/services?q=khai%20sinh",
    f"/v1/services/{story.PROCEDURE}",
    "/v1/services",
    f"/v1/services/{story.PROCEDURE}/checklist",
)
FLOOR: Final = ("/problems/try_again",)
READ_RATE, MORE_RATE, CLIENTS, PEOPLE, ASKING = 20, 100, 4, 20, 150
DRAFTS_IN_TEN = 3
"""Of ten requests that are too many, how many open a draft; the others read."""
type Told = tuple[int, float]


@contextmanager
def served(folder: Path) -> Iterator[dict[str, str]]:
    """A server of its own process and folder; what its `where.json` says. Raises RuntimeError with why it ended."""
    told = folder.parent / "served.log"
    command = [str(Path(sys.executable).parent / "motcua"), "serve", "--folder", str(folder), "--port", str(_free())]
    with told.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own command
        try:
            place = folder / "where.json"
            story.until("the server", lambda: place.exists() or process.poll() is not None)
            if process.poll() is not None:
                raise RuntimeError(told.read_text("utf-8")[-2000:])
            yield json.loads(place.read_text("utf-8"))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _free() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(where: Mapping[str, str], method: str, path: str, body: Any = None, **headers: str) -> int:
    """The status of one request, 0 when the connection broke: with no more of a client than needed."""
    host = urlsplit(where["url"])
    line = http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)
    try:
        data = None if body is None else json.dumps(body)
        line.request(method, path, data, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        line.close()


def offered(rate: float, seconds: float, ask: Callable[[int], int]) -> list[Told]:
    """Requests at a rate: the status of each, and the seconds from when it was due."""
    begin = time.perf_counter() + 0.5

    def one(number: int) -> Told:
        due = begin + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        return ask(number), time.perf_counter() - due

    with ThreadPoolExecutor(ASKING) as pool:
        return list(pool.map(one, range(int(rate * seconds))))


def quantile(told: Sequence[Told], part: float) -> float:
    """Milliseconds within which so large a part was answered."""
    ordered = sorted(spent for _, spent in told)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def _read(where: Mapping[str, str], paths: Sequence[str], number: int) -> int:
    return asked(where, "GET", paths[number % len(paths)])


def reads(where: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """Public reads at their rate, and the floor at the same."""
    found: dict[str, Any] = {}
    for name, paths in (("floor", FLOOR), ("reads", READS)):
        ask = partial(_read, where, paths)
        offered(READ_RATE, 2, ask)
        told = offered(READ_RATE, seconds, ask)
        found |= {f"{name}_p50_ms": quantile(told, 0.5), f"{name}_p95_ms": quantile(told, 0.95)}
        found[f"{name}_statuses"] = dict(Counter(status for status, _ in told))
    return found


def submissions(where: Mapping[str, str], seconds: float, clients: int) -> dict[str, Any]:
    """Full submissions, from draft to dossier, by so many clients, each one after the other; how many are lost."""
    out, end = BytesIO(), time.perf_counter() + seconds
    Image.new("RGB", (800, 1100), "white").save(out, "JPEG", dpi=(200, 200))

    def client(_: int) -> list[tuple[Client, str]]:
        done = []
        while time.perf_counter() < end:
            who = story.citizen(where, **story.somebody())
            draft = story.ready_draft(who, out.getvalue())
            done.append((who, str(story.submit(who, draft).ok(201).body["reference"])))
        return done

    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = [each for made in pool.map(client, range(clients)) for each in made]
    spent = time.perf_counter() - begin
    lost = sum(story.dossier(who, reference)["state"]["code"] < 1 for who, reference in done)
    return {"count": len(done), "per_second": len(done) / spent, "lost": lost}


def more_than_it_carries(where: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """Reads and new drafts at a rate that is too much: what was answered, and whether each draft is there once.

    Who was told to come again does so in the end, under the same key.
    """
    people = [story.citizen(where, **story.somebody()) for _ in range(PEOPLE)]
    body = {"procedure": story.PROCEDURE, "agency": story.AGENCY}

    def ask(number: int) -> int:
        if number % 10 >= DRAFTS_IN_TEN:
            return asked(where, "GET", READS[number % len(READS)])
        given = {"Authorization": f"Bearer {people[number % PEOPLE].token}", "Content_Type": "application/json"}
        return asked(where, "POST", "/v1/drafts", body, Idempotency_Key=f"more-{number}", **given)

    told = offered(MORE_RATE, seconds, ask)
    keys = [n for n in range(len(told)) if n % 10 < DRAFTS_IN_TEN]
    with ThreadPoolExecutor(CLIENTS) as pool:
        opened = list(pool.map(lambda n: people[n % PEOPLE].post("/v1/drafts", body, key=f"more-{n}").ok(201), keys))
    there = [row["reference"] for who in people for row in _mine(who)]
    return {
        "statuses": dict(Counter(status for status, _ in told)),
        "answered_p95_ms": quantile([each for each in told if each[0] in (200, 201)] or [(0, 0.0)], 0.95),
        "shed_p95_ms": quantile(
            [each for each in told if each[0] == HTTPStatus.SERVICE_UNAVAILABLE] or [(0, 0.0)], 0.95
        ),
        "drafts": len(keys),
        "lost": len({str(a.body["reference"]) for a in opened} - set(there)),
        "twice": len(there) - len(keys),
    }


def _mine(who: Client) -> list[dict[str, Any]]:
    rows, path = list[dict[str, Any]](), "/v1/dossiers"
    while path:
        answer = who.get(path).ok().body
        rows += answer["dossiers"]
        path = f"/v1/dossiers?cursor={answer['next']}" if answer.get("next") else ""
    return rows


def measured(seconds: float) -> dict[str, Any]:
    """All of it, on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="motcua-serve-") as folder, served(Path(folder) / "cloud") as where:
        found: dict[str, Any] = {"seconds": seconds, "cores": os.cpu_count(), "reads": reads(where, seconds)}
        found["submissions_alone"] = submissions(where, seconds / 2, 1)
        found["submissions"] = submissions(where, seconds, CLIENTS)
        found["more"] = more_than_it_carries(where, seconds)
        return found


if __name__ == "__main__":
    print(json.dumps(measured(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)))
