"""Files by the hundred dropped into the intake bucket, and the officers who see them through to their data messages."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import requests

from infra.demo import story
from infra.demo.client import Client
from tests.support.hostile_set import good
from tests.support.process import Served
from tests.support.world import aws, ready, whole_list

IN_ONE: Final = 25
"""Papers of one dossier."""
ONE_IN: Final = 20
"""Of so many files one is broken."""
BROKEN: Final = (b"text, no page", b"", b"\xff\xd8\xff\xe0 and no more", b"%PDF-1.7 and no more")
MOST_AT_ONCE: Final = 25
STARTS: Final = 600.0
"""Seconds that a server may take to start: it has a thousand files to go on with."""
TICKS: Final = os.sysconf("SC_CLK_TCK")

type Desk = Callable[[Client], int]
"""What an officer does whenever they look; answers how many papers they moved on."""


def sign(desk: Client) -> int:
    """The officer signs every copy on the first page of the list."""
    waiting = [copy["id"] for copy in desk.get("/v1/copies").ok().body["copies"]][:MOST_AT_ONCE]
    if not waiting:
        return 0
    body = {"compared_with_original": True, "copies": waiting}
    return int(desk.post("/v1/copies/signatures", body).ok(202).body["done"])


def review(desk: Client) -> int:
    """The officer looks at what was read on every paper on the first page of the list."""
    waiting = [paper["id"] for paper in desk.get("/v1/reviews").ok().body["reviews"]][:MOST_AT_ONCE]
    for paper in waiting:
        story.look_over(paper, desk)
    return len(waiting)


@dataclass
class Flood:
    """A `motcua serve` into whose bucket files are dropped. `desks` are the steps that wait for a person, in order:
    who adds one puts it there.
    """

    served: Served
    desks: tuple[Desk, ...] = (sign, review)
    broken: dict[str, bytes] = field(default_factory=dict)
    whole: dict[str, bytes] = field(default_factory=dict)
    dossiers: list[str] = field(default_factory=list)
    seconds: float = 0.0
    """Of the processor, of all servers that ran and what they started."""

    @property
    def where(self) -> Mapping[str, str]:
        """How the server that runs now is reached."""
        return self.served.where

    def open_dossiers(self, files: int) -> None:
        """As many dossiers as so many papers need."""
        for number in range(-(-files // IN_ONE)):
            who = story.citizen(self.where, **story.somebody())
            reference = ready(who, good(10**6 + number))
            story.submit(who, reference).ok(201)
            self.dossiers.append(reference)

    def drop(self, files: int) -> None:
        """All of them at once, by a scanner that writes to the bucket itself; one in twenty is broken."""
        with aws(self.where, "s3") as s3:
            for number in range(files):
                key = f"drops/{story.AGENCY}/{self.dossiers[number // IN_ONE]}/KQ003785-{number:05d}.jpg"
                is_broken = number % ONE_IN == ONE_IN // 2
                data = BROKEN[number // ONE_IN % len(BROKEN)] if is_broken else good(number)
                s3.put_object(Bucket=self.where["bucket.IntakeBucket"], Key=key, Body=data)
                (self.broken if is_broken else self.whole)[key] = data

    def work(self, until: Callable[[int], bool], patience: float) -> None:
        """The officers look again and again, until the number of papers that they moved on says that it is enough.

        Raises story.Stuck when nothing moved for so many seconds.
        """
        desk, moved, last = story.officer(self.where, "reception"), 0, time.monotonic()
        while not until(moved):
            now = 0
            for step in self.desks:
                with contextlib.suppress(requests.RequestException):  # a busy machine; it is seen again
                    now += step(desk)
            moved += now
            if now:
                last = time.monotonic()
            elif time.monotonic() - last > patience:
                raise story.Stuck(f"{moved} papers moved on, and nothing for {patience} s")
            else:
                time.sleep(0.5)

    def killed(self) -> None:
        """The power goes, and comes back: the server starts again on the same folder."""
        self.seconds += cpu(self.served.process.pid)
        self.served.kill()
        self.served = Served(self.served.folder, STARTS)

    def settled(self) -> bool:
        """Whether every object has its verdict, and every paper that was taken is a data message."""
        desk = story.officer(self.where, "reception")
        judged = sum(len(self.verdicts(desk, verdict)) for verdict in ("refused", "taken"))
        waits = {"waiting"}
        return judged >= len(self.whole) + len(self.broken) and not any(
            waits & {c["digitisation"]["status"] for c in story.dossier(desk, each)["components"]}
            for each in self.dossiers
        )

    def verdicts(self, desk: Client, verdict: str) -> list[dict[str, Any]]:
        """The list of drops with this verdict."""
        return list(whole_list(desk, f"/v1/drops?verdict={verdict}", "drops"))

    def components(self, desk: Client) -> Iterator[dict[str, Any]]:
        """What the dossiers have of what was dropped."""
        for reference in self.dossiers:
            yield from (c for c in story.dossier(desk, reference)["components"] if c["origin"] == "drop")


def cpu(pid: int) -> float:
    """Seconds of the processor of a process, of what it started and still runs, and of what of that has ended."""
    total = 0.0
    for process in (pid, *children(pid)):
        try:
            fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        total += sum(map(int, fields[11:15])) / TICKS
    return total


def children(pid: int) -> Iterator[int]:
    """The processes that one started and that still run."""
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, thread.read_text("ascii").split())
        except OSError:
            continue
