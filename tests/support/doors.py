"""The three doors by which a stranger's file comes in, and who watches the process that opens it.

`Doors` sends a file by each and answers its verdict; `Watch` looks all the time at the children of those who ask.
"""

import itertools
import os
import re
import threading
from pathlib import Path
from typing import Any, Final

import requests
from typer.testing import CliRunner

from chalicelib.digitisation.model import DOCX, ODT, XLSX
from infra.command.cli import app
from infra.demo import story
from infra.demo.client import Client
from tests.support.hostile_set import TAKEN, good
from tests.support.world import posted, ready, whole_list

TICKS: Final = os.sysconf("SC_CLK_TCK")
MODULE: Final = b"chalicelib.digitisation.inside"
FINDINGS: Final = 7
MOST_IN_ONE: Final = 30
"""Files of a draft, and drops of a dossier."""
WAIT: Final = 300
"""Seconds after which a verdict counts as none."""
MOST_BYTES: Final = 20 << 20
TYPES: Final = {
    ".jpg": "image/jpeg",
    ".heic": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".docx": DOCX,
    ".doc": DOCX,
    ".xlsx": XLSX,
    ".odt": ODT,
}


def media_type(name: str) -> str:
    """What whoever sends it says it is."""
    return TYPES.get(Path(name).suffix, "application/pdf")


class Doors:
    """The product behind its three doors."""

    def __init__(self, where: dict[str, str], folder: Path) -> None:
        self.where, self.folder, self._numbers = where, folder, itertools.count(1)
        self.desk = story.officer(where, "reception")
        self._draft: tuple[Client, str] | None = None
        self._uploads = self._drops = MOST_IN_ONE
        self._dossier = ""

    def verdict(self, door: str, name: str, data: bytes) -> str:
        """What becomes of a file: `TAKEN`, or the code of the reason."""
        return {"cli": self.by_cli, "upload": self.by_upload, "drop": self.by_drop}[door](name, data)

    def by_cli(self, name: str, data: bytes) -> str:
        """`motcua digitise`."""
        file = self.folder / name
        file.write_bytes(data)
        told = CliRunner().invoke(app, ["digitise", str(file), "--out", str(self.folder / "digitised")])
        file.unlink()
        if told.exit_code == 0:
            return TAKEN
        found = re.search(r"\[(\w+)\]\s*\Z", told.stderr)
        assert told.exit_code == FINDINGS, (told.exit_code, told.stderr, told.exception)
        assert found, told.stderr
        return found[1]

    def by_upload(self, name: str, data: bytes) -> str:
        """A citizen announces a file for their draft and posts it."""
        who, draft = self.draft()
        size = min(max(len(data), 1), MOST_BYTES)
        ticket = story.announce(who, draft, bytes(size), name=name, media_type=media_type(name)).ok(201).body
        posted(ticket, data)
        found = story.until(f"a verdict on the upload {name}", lambda: self._judged(ticket["id"]), WAIT)
        return TAKEN if found["status"] == "accepted" else str(found["reason_code"])

    def draft(self) -> tuple[Client, str]:
        """A draft that takes one more upload, and its holder."""
        if self._draft is None or self._uploads == MOST_IN_ONE:
            who = story.citizen(self.where, **story.somebody())
            self._draft, self._uploads = (who, str(story.open_draft(who).ok(201).body["reference"])), 0
        self._uploads += 1
        return self._draft

    def _judged(self, upload: str) -> dict[str, Any] | None:
        assert self._draft
        who, draft = self._draft
        found: dict[str, Any] = next(
            u for u in who.get(f"/v1/drafts/{draft}").ok().body["uploads"] if u["id"] == upload
        )
        return found if found["status"] != "pending" else None

    def by_drop(self, name: str, data: bytes) -> str:
        """An officer's scanner drops a file into an open dossier; a paper is taken when its copy is on the desk."""
        return self.dropped(name, data)[0]

    def dropped(self, name: str, data: bytes) -> tuple[str, str]:
        """The verdict on a drop, and its copy."""
        body = {"dossier": self.dossier(), "filename": name, "media_type": media_type(name)}
        ticket = self.desk.post("/v1/drops", body).ok(201).body
        posted(ticket, data)
        return story.until(f"a verdict on the drop {name!r}", lambda: self._of_drop(ticket["key"]), WAIT)

    def dossier(self) -> str:
        """A dossier that takes one more drop."""
        if self._drops == MOST_IN_ONE:
            who = story.citizen(self.where, **story.somebody())
            self._dossier, self._drops = ready(who, good(next(self._numbers))), 0
            story.submit(who, self._dossier).ok(201)
        self._drops += 1
        return self._dossier

    def _of_drop(self, key: str) -> tuple[str, str] | None:
        for drop in whole_list(self.desk, "/v1/drops", "drops"):
            if drop["key"] == key:
                self.desk.post(f"/v1/drops/{drop['id']}/acknowledgement", {"seen": True}).ok()
                return drop["reason_code"], ""
        for component in story.dossier(self.desk, self._dossier)["components"]:
            copy = f"{self._dossier}.{component['id']}"
            if key.endswith(component["filename"]) and component["digitisation"]["status"] == "exempt":
                return TAKEN, copy  # a data message already: there is no copy of it
            if key.endswith(component["filename"]) and self.desk.get(f"/v1/copies/{copy}").status == requests.codes.ok:
                return TAKEN, copy
        return None

    def still_opens(self) -> None:
        """Whoever opens files goes on: a good one gets through behind it, by both doors of the server."""
        for send in (self.by_upload, self.by_drop):
            assert send("good.jpg", good(next(self._numbers))) == TAKEN

    def parked(self, *options: str) -> str:
        """What `motcua ops parked` says."""
        file = Path(self.where["folder"]) / "where.json"
        return CliRunner().invoke(app, ["ops", "parked", "--where", str(file), *options]).stdout.strip()

    def health(self) -> dict[str, Any]:
        """What `/health` answers."""
        found: dict[str, Any] = requests.get(self.where["url"] + "/health", timeout=60).json()
        return found


class Watch(threading.Thread):
    """Looks every few milliseconds at the processes that open files for some others: memory, and time of the processor.

    `most` is the most that one of them needed for one file: kilobytes and seconds, each with the file's name.
    """

    def __init__(self, *parents: int) -> None:
        super().__init__(daemon=True)
        self._parents, self._ended, self._name = parents, threading.Event(), ""
        self._before: dict[int, float] = {}
        self._lock = threading.Lock()
        self.memory: tuple[int, str] = (0, "")
        self.seconds: tuple[float, str] = (0.0, "")
        self.children: set[int] = set()

    def begin(self, name: str) -> None:
        """From now on what is needed is needed for this file."""
        with self._lock:
            self._name, self._before = name, {child: seconds for child, _, seconds in self._looked()}

    def run(self) -> None:
        """Look until the end."""
        while not self._ended.wait(0.02):
            with self._lock:
                for child, kilobytes, seconds in self._looked():
                    self.children.add(child)
                    self.memory = max(self.memory, (kilobytes, self._name))
                    self.seconds = max(self.seconds, (seconds - self._before.get(child, 0.0), self._name))

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()

    def _looked(self) -> list[tuple[int, int, float]]:
        return [found for parent in self._parents for child in _children(parent) if (found := _needed(child))]


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for thread in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            found += map(int, thread.read_text("ascii").split())
        except OSError:  # it ended meanwhile
            continue
    return found


def _needed(child: int) -> tuple[int, int, float] | None:
    """The child, the most kilobytes that it had in memory, and its seconds; None of one that is no reader or ended."""
    try:
        place = Path(f"/proc/{child}")
        if MODULE not in (place / "cmdline").read_bytes():
            return None
        _, told, rest = (place / "status").read_text("ascii", "replace").partition("VmHWM:")
        fields = (place / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    return (child, int(rest.split()[0]), (int(fields[11]) + int(fields[12])) / TICKS) if told else None
