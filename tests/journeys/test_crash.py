"""The power goes at a random moment, again and again: what was answered is there, and every dossier ends once.

`motcua serve` is killed with SIGKILL in the middle of a dossier and started again on the same folder; the citizen and
the officers go on with the keys they had, as a portal would after a lost connection.
"""

import contextlib
import json
import random
import signal
import sqlite3
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from botocore.exceptions import BotoCoreError, ClientError

from infra.demo import story
from infra.demo.client import Answer, Client, Unexpected
from tests.support.breaking import BY_CLOCK
from tests.support.process import Served, killed_while_it_starts
from tests.support.world import aws, posted

SEED = 7
ROUNDS, SOAK_ROUNDS = 2, 40
LIFE = 3.2
"""Seconds of a whole life; the kill comes somewhere in it."""
AGAIN = 0.35
"""How often the next start is killed too."""
GONE = (OSError, requests.RequestException, BotoCoreError, ClientError, Unexpected, story.Stuck, KeyError, TypeError)
"""What a client may see of a cloud that dies under its call."""


@dataclass
class Life:
    """One dossier and everybody in it; `kept` holds every write that was answered 2xx."""

    scan: bytes
    me: dict[str, Any] = field(default_factory=story.somebody)
    keys: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def key(self, act: str) -> str:
        """The key of an act: the same however often it is tried."""
        return self.keys.setdefault(act, uuid.uuid4().hex)

    def keep(self, act: str, answer: Answer) -> Any:
        """A write that was answered 2xx; tried again under its key it must say the same."""
        body = answer.ok().body
        if act in self.kept and act not in ("draft", "announce"):  # those two tell the present, not the past
            assert body == self.kept[act], f"{act}: another answer to the same key"
        return self.kept.setdefault(act, body)

    @property
    def reference(self) -> str:
        return str(self.kept["draft"]["reference"])

    def citizen(self) -> Client:
        return story.citizen(self.where, **self.me)

    def live(self) -> dict[str, Any]:
        """From the draft to the result; whatever was done before is done again under the same keys, or seen as done."""
        who = self.citizen()
        self.keep("draft", story.open_draft(who, key=self.key("draft")))
        self._fill(who)
        self._upload(who)
        self.keep("submit", story.submit(who, self.reference, key=self.key("submit")))
        self._drop()
        for kind, role, outcome in story.STEPS:
            if kind == "approve":
                self._confirm(who)
                self._sign(who)
            self._complete(kind, role, outcome)
        return story.until("the result", lambda: story.returned(who, self.reference))

    def _fill(self, who: Client) -> None:
        draft = who.get(f"/v1/drafts/{self.reference}").ok().body
        if draft["form_version"] == 0:
            self.kept["form"] = story.fill(who, self.reference).ok(200).body["form"]

    def _upload(self, who: Client) -> None:
        if "submit" in self.kept:
            return
        draft = who.get(f"/v1/drafts/{self.reference}").ok().body
        if draft["status"] != "draft":
            return
        ticket = story.announce(who, self.reference, self.scan, key=self.key("announce"))
        self.keep("announce", ticket)
        now = who.get(f"/v1/drafts/{self.reference}").ok().body["uploads"][0]
        if now["status"] == "pending" and "post" not in self.kept:
            posted(ticket.body, self.scan)
            self.kept["post"] = ticket.body["post"]["fields"]["key"]
        verdict = story.checked(who, self.reference, ticket.body["id"])
        assert verdict["status"] == "accepted", verdict

    def _drop(self) -> None:
        if "drop" in self.kept:
            return
        key = f"drops/{story.AGENCY}/{self.reference}/KQ003785-{self.key('drop')[:6]}.jpg"
        bucket = self.where["bucket.IntakeBucket"]
        with aws(self.where, "s3") as s3:
            # A scanner that got no answer looks whether its file is there: sent again it is another paper.
            there = s3.list_object_versions(Bucket=bucket, Prefix=key).get("Versions", [])
            (sent,) = there or [s3.put_object(Bucket=bucket, Key=key, Body=self.scan)]
        self.kept["drop"] = (key, sent["VersionId"])

    def _sign(self, who: Client) -> None:
        """Sign every copy of the dossier until all of its papers are converted."""
        desk = story.officer(self.where, "reception")

        def settled() -> bool:
            found = story.dossier(who, self.reference)
            drops = [c for c in found["components"] if c["origin"] == "drop"]
            copy = story.copy_of(desk, self.reference)
            if copy:
                self.keep(f"sign {copy}", story.sign_copy(desk, copy, key=self.key(f"sign {copy}")))
            for paper in (f"{self.reference}.{drop['id']}" for drop in drops):
                if desk.get(f"/v1/copies/{paper}").body.get("step") == "in_review":
                    story.look_over(paper, desk)
            return bool(drops) and all(c["digitisation"]["status"] == "converted" for c in drops)

        story.until("the data messages", settled)

    def _confirm(self, who: Client) -> None:
        """The applicant confirms the draft of the result, unless they did."""
        if answer := story.confirm(who, self.reference, key=self.key("confirm")):
            self.keep("confirm", answer)

    def _complete(self, kind: str, role: str, outcome: str) -> None:
        desk, act = story.officer(self.where, role), f"complete {kind}"
        task = f"{self.reference}.0-commune.{kind}"
        if act not in self.keys:
            story.until(f"the task {kind}", lambda: story.task_of(desk, self.reference, kind))
        self.keep(act, story.complete(desk, task, outcome, key=self.key(act)))

    def _is_confirmed(self, who: Client) -> None:
        """What the applicant confirmed is told again under its key."""
        if "confirm" in self.kept:
            path = f"/v1/dossiers/{self.reference}/confirmation"
            again = who.post(path, {"confirmed": True}, key=self.key("confirm"))
            assert again.ok().body == self.kept["confirm"]

    def is_kept(self) -> None:
        """Everything that was answered before the kill is there after it."""
        who = self.citizen()
        if "draft" in self.kept:
            assert who.get(f"/v1/drafts/{self.reference}").status == 200
        draft = who.get(f"/v1/drafts/{self.reference}").body if "draft" in self.kept else {}
        if "form" in self.kept:
            assert draft["form"] == self.kept["form"]
        if "announce" in self.kept:
            assert self.kept["announce"]["id"] in {u["id"] for u in draft["uploads"]}
        if "submit" in self.kept:
            assert draft["status"] == "submitted"
            assert story.submit(who, self.reference, key=self.key("submit")).ok(201).body == self.kept["submit"]
        with aws(self.where, "s3") as s3:
            bucket = self.where["bucket.IntakeBucket"]
            if "post" in self.kept:
                assert s3.get_object(Bucket=bucket, Key=self.kept["post"])["Body"].read() == self.scan
            if "drop" in self.kept:
                key, version = self.kept["drop"]
                assert s3.get_object(Bucket=bucket, Key=key, VersionId=version)["Body"].read() == self.scan
        for kind, role, outcome in story.STEPS:
            if f"complete {kind}" in self.kept:
                desk, task = story.officer(self.where, role), f"{self.reference}.0-commune.{kind}"
                again = story.complete(desk, task, outcome, key=self.key(f"complete {kind}"))
                assert again.ok().body == self.kept[f"complete {kind}"]
        self._is_confirmed(who)
        desk = story.officer(self.where, "reception")
        for act in [a for a in self.kept if a.startswith("sign ")]:
            copy = act.removeprefix("sign ")
            assert story.copy_of(desk, self.reference) != copy
            assert story.sign_copy(desk, copy, key=self.key(act)).ok(202).body["id"] == copy


# --- what stands on the disk --------------------------------------------------------------------------------------


def journal(folder: Path) -> sqlite3.Connection:
    """The journal of a cloud that does not run."""
    return sqlite3.connect(folder / "journal.sqlite")


def phase(folder: Path, life: Life) -> str:
    """How far the dossier was on the disk when the kill came."""
    if "draft" not in life.kept:
        return "before the draft was answered"
    db = journal(folder)
    items = [json.loads(i) for (i,) in db.execute("SELECT item FROM row WHERE item LIKE ?", (f"%{life.reference}%",))]
    run = [s for (s,) in db.execute("SELECT status FROM execution WHERE name LIKE ?", (f"{life.reference}%",))]
    queue = Counter(k for (k,) in db.execute("SELECT kind FROM message WHERE body LIKE ?", (f"%{life.reference}%",)))
    db.close()
    rows = [i for i in items if i["sk"]["S"].startswith("EVENT#") and i["pk"]["S"] == life.reference]
    papers = [i for i in items if i["pk"]["S"].startswith("PAPER#") and i["sk"]["S"] == "HEAD"]
    last = max(rows, key=lambda i: i["sk"]["S"])["type"]["S"].removeprefix("vn.motcua.") if rows else "nothing"
    paper = papers[0]["step"]["S"] if papers else "no paper"
    return f"{last} / {paper} / {'+'.join(run) or 'no execution'} / {'+'.join(sorted(queue)) or 'no message'}"


def of_one_dossier(folder: Path, reference: str) -> dict[str, Any]:
    """What a dossier left in the end."""
    db = journal(folder)
    texts = [i for (i,) in db.execute("SELECT item FROM row WHERE item LIKE ?", (f"%{reference}%",))]
    runs = db.execute("SELECT name, status FROM execution WHERE name LIKE ?", (f"{reference}%",)).fetchall()
    db.close()
    items = [json.loads(t) for t in texts]

    def named(pk: str, sk: str) -> int:
        return len([i for i in items if i["pk"]["S"].startswith(pk) and i["sk"]["S"].startswith(sk)])

    states = sorted(
        (i["sk"]["S"], int(i["state"]["N"])) for i in items if i["sk"]["S"].startswith("EVENT#") and "state" in i
    )
    return {
        "codes": named("CODE#", "DOSSIER"),
        "results": named(reference, "RESULT#"),
        "documents": named("OWNER#", "DOC#"),
        "receipts": named("MESSAGE#RECEIPT", "HEAD"),
        "states": [state for _, state in states],
        "executions": sorted(
            (name if name.startswith(f"{reference}-") else "its scanned paper", status) for name, status in runs
        ),
    }


def killed_again_and_again(folder: Path, scan: bytes, rounds: int) -> dict[str, Any]:
    """`rounds` dossiers, a kill in each, and sometimes one more in the start after it; answers the figures of it."""
    chance, lives, starts, phases, again = random.Random(SEED), [], [], Counter(), 0
    served = Served(folder)
    starts.append(served.took)
    try:
        for _ in range(rounds):
            life = Life(scan, where=served.where)
            killer = threading.Timer(chance.uniform(0, LIFE), served.process.send_signal, (signal.SIGKILL,))
            killer.start()
            with contextlib.suppress(*GONE):
                life.live()
            killer.join()
            served.kill()
            phases[phase(folder, life)] += 1
            if chance.random() < AGAIN:
                killed_while_it_starts(folder, chance.uniform(0.5, 2.5))
                again += 1
            served = Served(folder)
            starts.append(served.took)
            life.where = served.where
            life.is_kept()
            done = life.live()
            assert done["state"]["code"] == 10
            assert life.citizen().get(f"/v1/dossiers/{life.reference}/timeline").ok().body["unbroken"]
            lives.append(life)
        everything_is_delivered(served)
        for life in lives:
            life.where = served.where
            assert story.returned(life.citizen(), life.reference), "of an earlier life of the process"
    finally:
        if served.alive:
            served.kill()
    for life in lives:
        left = of_one_dossier(folder, life.reference)
        assert left == {
            "codes": 1, "results": 1, "documents": 2, "receipts": 1, "states": [1, 2, 4, 9, 10],
            "executions": [(f"{life.reference}-1", "SUCCEEDED"), ("its scanned paper", "SUCCEEDED")],
        }, (life.reference, left)  # fmt: skip
    db = journal(folder)
    left = db.execute("SELECT kind, source, target FROM message").fetchall()
    of_work = [row for row in left if row[0] == "parked" or row[1] not in BY_CLOCK]  # the clock may have just struck
    assert of_work == [], "undelivered or parked"
    codes = [k for (k,) in db.execute("SELECT key FROM row WHERE key LIKE '%CODE#%'")]
    db.close()
    assert len(codes) == len(set(codes)) == len(lives)
    return {"kills": rounds, "again": again, "dossiers": len(lives), "phases": phases, "starts": starts}


def everything_is_delivered(served: Served) -> None:
    """Wait until nothing is left to deliver; nothing may be parked."""

    def idle() -> bool:
        health = requests.get(served.where["url"] + "/health", timeout=300).json()
        assert health["parked"] == 0
        return bool(health["idle"])

    story.until("an idle cloud", idle)


def test_a_dossier_survives_the_death_of_the_cloud(tmp_path, small_scan):
    killed_again_and_again(tmp_path / "cloud", small_scan, ROUNDS)


def test_a_cloud_with_hours_of_work_left_serves_before_it_is_done(tmp_path):
    folder = tmp_path / "cloud"
    served = Served(folder)
    served.end()
    db = journal(folder)
    with db:  # a message that cannot be delivered before tomorrow: as if there were very many before it
        db.execute(
            "INSERT INTO message(kind, source, target, body, due) VALUES('target', 'test', ?, '{}', ?)",
            ("digitisation_take_in", time.time() + 86_400),
        )
    db.close()
    again = Served(folder)
    try:
        health = requests.get(again.where["url"] + "/health", timeout=300).json()
        assert (health["status"], health["idle"]) == ("ok", False)
        assert story.citizen(again.where, **story.somebody()).get(f"/v1/services/{story.PROCEDURE}").status == 200
    finally:
        again.kill()


@pytest.mark.soak
def test_forty_dossiers_survive_forty_deaths_of_the_cloud(tmp_path, small_scan):
    begin = time.monotonic()
    told = killed_again_and_again(tmp_path / "cloud", small_scan, SOAK_ROUNDS)
    starts = sorted(told["starts"])
    size = (tmp_path / "cloud" / "journal.sqlite").stat().st_size >> 20
    print(
        f"\ncrash: {told['kills']} kills in a dossier and {told['again']} in the start after one; {told['dossiers']}"
        f" dossiers, each with one code, one result, one vault document, one execution; start {starts[0]:.1f}"
        f"-{starts[-1]:.1f} s, median {starts[len(starts) // 2]:.1f} s; journal {size} MiB;"
        f" {time.monotonic() - begin:.0f} s in all"
    )
    for what, times in told["phases"].most_common():
        print(f"  {times} x killed at: {what}")
