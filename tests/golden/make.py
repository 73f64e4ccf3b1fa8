"""Makes the data folder of a release, with drafts and dossiers in every state, as its own embedded cloud leaves it.

    git worktree add --detach /tmp/old <commit> && make -C /tmp/old install
    .venv/bin/python -m tests.golden.make /tmp/old tests/golden/<commit, 7 letters>

It starts `motcua serve` of that checkout on an empty folder, does what `acts.py` says over HTTP and by drops, stops the
cloud with SIGTERM, and keeps what the next start needs. Make a folder for each release, before it is tagged, and never
make one again: the test of a release is what it left, not what it would leave today.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from tests.golden import acts
from tests.golden.packing import pack

BIRTH, RESIDENCE = "giay-chung-sinh.jpg", "KQ003785 xác nhận cư trú.jpg"
APPLICANTS = {
    "empty": "Vi Thị Kim Ngân",
    "half": "Lò Thị Mai Sương",
    "ready": "Đinh Thị Hồng Gấm",
    "submitted": "Trịnh Thị Thu Uyên",
    "received": "Quách Thị Diễm My",
    "verified": "Hồ Thị Bảo Quyên",
    "copy": "Mạc Thị Ánh Nguyệt",
    "returned": "Nguyễn Thị Bích Liễu",
}


def claims(thing: str) -> dict[str, Any]:
    """The applicant of a thing: each has one of their own."""
    number = f"001195{list(APPLICANTS).index(thing) + 100:06d}"
    return {"sub": f"citizen-{thing}", "kind": "CITIZEN", "name": APPLICANTS[thing], "level": 2, "personal_id": number}


@contextmanager
def served(checkout: Path, folder: Path) -> Iterator[dict[str, str]]:
    """The embedded cloud of a checkout, on a folder; stopped cleanly in the end."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MOTO_", "MOTCUA_", "PYTHON"))}
    command = [str(checkout / ".venv/bin/motcua"), "serve", "--port", "0", "--folder", str(folder), "--json"]
    with subprocess.Popen(command, cwd=checkout, env=kept, stdout=subprocess.PIPE) as process:
        try:
            yield _printed(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
    if process.returncode:
        raise SystemExit(f"the cloud of {checkout} ended with {process.returncode}")


def _printed(process: subprocess.Popen[bytes]) -> dict[str, str]:
    """The one JSON document that `serve` prints when it is ready."""
    assert process.stdout is not None
    text = b""
    while not text.rstrip().endswith(b"}"):
        readable, _, _ = select.select([process.stdout], [], [], 300)
        chunk = os.read(process.stdout.fileno(), 65536) if readable else b""
        if not chunk:
            raise SystemExit("the cloud did not start")
        text += chunk
    where: dict[str, str] = json.loads(text)
    return where


def idle(where: Mapping[str, str]) -> None:
    """Wait until nothing is on its way; nothing may be given up. Raises SystemExit."""
    found = acts.until("an idle cloud", lambda: health(where) if health(where)["idle"] else None)
    if found["parked"]:
        raise SystemExit(f"the cloud gave up {found['parked']} messages")


def health(where: Mapping[str, str]) -> Any:
    """What the cloud says of itself."""
    return requests.get(f"{where['url']}/health", timeout=60).json()


class Maker:
    """Brings each draft and dossier into its state; `things` says which is which."""

    def __init__(self, where: Mapping[str, str]) -> None:
        self.where = where
        self.things: dict[str, dict[str, Any]] = {}

    def make(self) -> None:
        """All of them. The steps of a paper that waits come last, so that nothing goes on with it."""
        self._empty()
        self._half()
        self._ready("ready")
        for thing in ("submitted", "received", "verified", "copy", "returned"):
            self._ready(thing)
            self._submit(thing)
            idle(self.where)
        self._act("received", "receive")
        self._convert("verified")
        self._act("verified", "receive", "verify")
        self._convert("returned")
        self._act("returned", "receive", "verify", "approve")
        self._act("copy", "receive")
        self._paper("copy")
        acts.drop(self.where, self.things["copy"]["reference"], b"not a scan", "hong.jpg")
        idle(self.where)
        for thing, row in self.things.items():
            if row["kind"] == "dossier":
                row["state"] = self._who(thing).get(f"/v1/dossiers/{row['reference']}")["state"]["code"]
        if self.things["returned"]["state"] != acts.RETURNED:
            raise SystemExit("the dossier that should be at its end is not")
        self.things["returned"]["told"] = acts.told(self._who("returned"), self.things["returned"]["reference"])

    def _who(self, thing: str) -> acts.Person:
        return acts.Person.of(self.where, claims(thing))

    def _open(self, thing: str, says: str) -> str:
        draft = acts.open_draft(self._who(thing))
        self.things[thing] = {"kind": "draft", "says": says, "reference": draft, "state": 0, "applicant": claims(thing)}
        return draft

    def _form(self, thing: str) -> dict[str, Any]:
        return acts.form(claims(thing), "Lê Nguyễn Gia Khánh")

    def _empty(self) -> None:
        self._open("empty", "opened, nothing given")

    def _half(self) -> None:
        draft, who = self._open("half", "a form with gaps, one upload refused, one announced and never sent"), None
        who = self._who("half")
        given = self._form("half")
        acts.save(who, draft, {"child": {"full_name": given["child"]["full_name"]}, "requester": given["requester"]})
        verdict = acts.upload(who, draft, b"not a scan", "nham.jpg")
        assert verdict["status"] == "refused", verdict
        acts.announce(who, draft, b"never sent", "quen.jpg")

    def _ready(self, thing: str) -> None:
        draft, who = self._open(thing, "the form saved, each paper accepted"), self._who(thing)
        acts.save(who, draft, self._form(thing))
        verdict = acts.upload(who, draft, acts.scan("GIAY CHUNG SINH", APPLICANTS[thing]), BIRTH)
        assert verdict["status"] == "accepted", verdict

    def _submit(self, thing: str) -> None:
        row, key = self.things[thing], f"golden-{thing}"
        answer = acts.submit(self._who(thing), row["reference"], key)
        row |= {"kind": "dossier", "says": "submitted", "reference": answer["reference"]}
        row |= {"submission_key": key, "submission": answer, "done": []}

    def _act(self, thing: str, *kinds: str) -> None:
        row = self.things[thing]
        for kind in kinds:
            acts.act(self.where, row["reference"], kind)
            idle(self.where)
        row["done"] += kinds
        row["says"] = "; ".join((row["says"], *(f"{kind}: {acts.DESKS[kind][1]}" for kind in kinds)))

    def _paper(self, thing: str) -> str:
        row = self.things[thing]
        acts.drop(self.where, row["reference"], acts.scan("XAC NHAN CU TRU", APPLICANTS[thing]), RESIDENCE)
        copy = acts.copy_of(self.where, row["reference"])
        row |= {"copy": copy, "signed": False, "says": f"{row['says']}; the copy of a paper waits for its officer"}
        return copy

    def _convert(self, thing: str) -> None:
        copy = self._paper(thing)
        acts.sign(self.where, copy)
        acts.review(self.where, copy)
        row = self.things[thing]
        acts.settled(self._who(thing), row["reference"])
        row["signed"] = True
        row["says"] = row["says"].replace("waits for its officer", "is signed and converted")


def main(checkout: Path, out: Path) -> None:
    """Make the folder `out` of the release in `checkout`."""
    commit = subprocess.check_output(["git", "-C", str(checkout), "rev-parse", "HEAD"], text=True).strip()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "cloud"
        with served(checkout, folder) as where:
            maker = Maker(where)
            idle(where)
            maker.make()
        manifest = {
            "release": commit,
            "stopped_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "made_by": "tests/golden/make.py",
            "procedure": acts.PROCEDURE,
            "agency": acts.AGENCY,
            "officers": acts.OFFICERS,
            "refused_drop": {"thing": "copy", "name": "hong.jpg"},
            "things": maker.things,
        }
        pack(folder, out, manifest)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
