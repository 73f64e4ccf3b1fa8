"""Folders that earlier releases left: this release's cloud starts on each and carries every thing in it to its end.

The clock stands at the folder's day, so that its certificates, terms and drafts are as old as they were.
"""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
import requests

from chalicelib.messages.verification import verify
from tests.golden import acts
from tests.golden.packing import MANIFEST, manifest_of, unpack

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MOTCUA = str(Path(sys.executable).with_name("motcua"))
RELEASES = {path.parent.name: manifest_of(path.parent) for path in sorted(HERE.glob(f"*/{MANIFEST}"))}
STEPS = ("submitted", "accepted", "forwarded", "verified", "decided", "processed", "returned")
TOLD = [1, 2, 4, 9, 10]
"""The states that a holder is told of, from registered to returned."""
NOT_YET = {}
"""What this release does not carry on, and why. It is empty, or a strict xfail says what stops."""
LEFT = {release: why for (release, _), why in NOT_YET.items()}


def mark(why):
    return [pytest.mark.xfail(strict=True, reason=why)] if why else []


def things(which=lambda thing: True, not_yet=NOT_YET):
    """Each thing of each folder, marked where it is known not to go on."""
    return pytest.mark.parametrize(
        ("release", "name"),
        [
            pytest.param(release, name, id=f"{release}-{name}", marks=mark(not_yet.get((release, name))))
            for release, manifest in RELEASES.items()
            for name, thing in manifest["things"].items()
            if which(thing)
        ],
    )


class Golden:
    """A cloud on a copy of a folder, with everything in it carried as far as it goes."""

    def __init__(self, release, home):
        self.manifest, self.home = unpack(HERE / release, home / "cloud"), home
        self.keys = home / "cloud" / "keys" / "ca.pem"
        self.failed, self.repeated = {}, {}
        self.start(self.manifest["stopped_at"])

    def start(self, moment):
        """This release's cloud on the folder, with its clock at a moment."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.golden.serve", str(self.home / "cloud"), moment],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.where = json.loads(self.process.stdout.readline())
        self.people = {n: acts.Person.of(self.where, t["applicant"]) for n, t in self.manifest["things"].items()}

    def stop(self):
        self.process.kill()
        self.process.communicate()

    def idle(self):
        """Wait until nothing is on its way: what is not there then will not come."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "idle\n"

    def carry_all(self):
        """Each thing has tests of its own, which tell how it failed."""
        for name, thing in self.manifest["things"].items():
            try:
                if thing["kind"] == "dossier":
                    self.repeated[name] = acts.submit(self.people[name], thing["reference"], thing["submission_key"])
                else:
                    self._submit(name, thing["reference"])
                self.idle()
                self.carry(thing["reference"], thing, self.people[name])
            except Exception as error:  # noqa: BLE001 - whatever it was, the tests of this thing raise it again
                self.failed[name] = error
        self.idle()

    def _submit(self, name, reference):
        """Fill what is not ready, and submit."""
        who = self.people[name]
        if name != "ready":
            acts.save(who, reference, acts.form(self.manifest["things"][name]["applicant"], "Lê Nguyễn Gia Khánh"))
            verdict = acts.upload(who, reference, acts.scan("GIAY CHUNG SINH"), "giay-chung-sinh.jpg")
            assert verdict["status"] == "accepted", verdict
        draft = who.get(f"/v1/drafts/{reference}")
        assert (draft["form_errors"], draft["missing"]) == ([], [])
        acts.submit(who, reference, f"now-{name}")

    def carry(self, reference, thing, who):
        """Sign the copy that waits, do the tasks that are open."""
        if thing.get("signed") is False:
            copy = acts.copy_of(self.where, reference)
            acts.sign(self.where, copy)
            acts.review(self.where, copy)
            self.idle()
        for kind in acts.DESKS:
            if kind == "approve":
                acts.confirm(who, reference)
            if kind not in thing.get("done", ()):
                acts.act(self.where, reference, kind)
                self.idle()

    def executions(self, reference):
        """Status of every execution that ever drove a dossier, of this life of the cloud and of those before."""
        journal = Path(self.where["folder"]) / "journal.sqlite"
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT status FROM execution WHERE name LIKE ?", (f"{reference}-%",))
            return [status for (status,) in rows]

    def stopped(self):
        """What an operator finds, by the command."""
        command = [MOTCUA, "ops", "parked", "--where", str(Path(self.where["folder"]) / "where.json"), "--json"]
        answer = subprocess.run([*command, "--idle", "0"], check=False, capture_output=True, text=True, timeout=120)
        assert answer.returncode in (0, 7), answer.stderr
        return json.loads(answer.stdout)


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    """`golden(release)`: its folder, carried on once for all tests."""
    started = {}

    def of(release):
        if release not in started:
            started[release] = Golden(release, tmp_path_factory.mktemp(release))
            started[release].carry_all()
        return started[release]

    yield of
    for each in started.values():
        each.stop()


def ended(found, name):
    """The dossier of a thing that came to its end; else what stopped it."""
    if name in found.failed:
        raise found.failed[name]
    dossier = found.people[name].get(f"/v1/dossiers/{found.manifest['things'][name]['reference']}")
    assert dossier["state"]["code"] == acts.RETURNED, dossier["state"]
    return dossier


@things()
def test_it_comes_to_its_one_end(golden, release, name):
    found = golden(release)
    dossier, who = ended(found, name), found.people[name]
    reference, results = dossier["reference"], [f"{dossier['dossier_code']}-KQ1"]
    assert dossier["results"] == results
    kept = [d["id"] for d in who.get("/v1/vault/documents")["documents"] if d["group"] == "results"]
    assert kept == [dossier["vault_document"]] == results
    lines = [line for line in who.get("/v1/vault/access")["lines"] if line["document"] in kept]
    assert [line["act"] for line in lines].count("stored") == 1
    assert found.executions(reference) == ["SUCCEEDED"]
    timeline = who.get(f"/v1/dossiers/{reference}/timeline")
    assert timeline["unbroken"]
    happened = Counter(e["type"].removeprefix("vn.motcua.dossier.") for e in timeline["events"])
    assert {step: happened[step] for step in STEPS} == dict.fromkeys(STEPS, 1)
    told = who.get(f"/v1/dossiers/{reference}/notices")["notices"]
    assert [n["state"]["code"] for n in told if n["about"] == "state"] == TOLD


@things()
def test_its_papers_are_what_was_signed(golden, release, name):
    found = golden(release)
    dossier, who, thing = ended(found, name), found.people[name], found.manifest["things"][name]
    converted = [c["digitisation"]["conversion_id"] for c in dossier["components"] if c["origin"] == "drop"]
    copies = [f"COPY.{thing['copy']}"] if "copy" in thing else []
    assert len(converted) == len(copies)
    papers = [dossier["receipt"], *dossier["results"], *converted, *copies]
    links = [(code, who.get(f"/v1/messages/{code}")["url"]) for code in papers]
    kept = dossier["vault_document"]
    links.append((kept, who.get(f"/v1/vault/documents/{kept}")["url"]))
    for code, url in links:
        pdf = acts.fetched(url)
        registered = who.get(f"/v1/verifications/{code}?sha256={sha256(pdf).hexdigest()}")["sha256"]
        day = datetime.fromisoformat(found.manifest["stopped_at"])
        verdict = verify(pdf, roots=found.keys, registered_sha256=registered, at=day)
        assert verdict.valid, (code, verdict.as_dict())


@things(lambda thing: thing["kind"] == "dossier", not_yet={})
def test_its_submission_is_told_the_same_again(golden, release, name):
    found = golden(release)
    assert found.repeated[name] == found.manifest["things"][name]["submission"]


def by_number(timeline):
    """The log with each state as its number: the first releases told it so, later ones tell its names too."""
    return timeline | {
        "events": [
            {**e, "state": e["state"]["code"] if isinstance(e["state"], dict) else e["state"]}
            for e in timeline["events"]
        ]
    }


@things(lambda thing: "told" in thing)
def test_what_was_told_is_told_still(golden, release, name):
    found = golden(release)
    then = found.manifest["things"][name]["told"]
    now = acts.told(found.people[name], then["dossier"]["reference"])
    assert as_then(by_number(now["timeline"]), by_number(then["timeline"])) == by_number(then["timeline"])
    assert now["timeline"]["unreadable"] == []
    assert as_then(now["notices"], then["notices"]) == then["notices"]
    assert now["slip"] == then["slip"]
    assert now["due"]["due_at"] == then["due"]["due_at"]
    assert as_then(now["dossier"], then["dossier"]) == then["dossier"]


def as_then(now, then):
    """What is said now without the fields that the release did not say, at every depth."""
    if isinstance(then, dict):
        return {name: as_then(now[name], value) for name, value in then.items()}
    if isinstance(then, list) and len(now) == len(then):
        return [as_then(each, before) for each, before in zip(now, then, strict=True)]
    return now


@pytest.mark.parametrize("release", RELEASES)
def test_a_refused_drop_is_on_the_list_still(golden, release):
    found = golden(release)
    drops = acts.officer(found.where, "reception").get("/v1/drops")["drops"]
    dropped = found.manifest["refused_drop"]
    reference = found.manifest["things"][dropped["thing"]]["reference"]
    assert [d["key"] for d in drops] == [f"drops/{acts.AGENCY}/{reference}/{dropped['name']}"]


@pytest.mark.parametrize("release", [pytest.param(r, marks=mark(LEFT.get(r))) for r in RELEASES])
def test_nothing_is_left_over(golden, release):
    found = golden(release)
    assert requests.get(f"{found.where['url']}/health", timeout=300).json()["parked"] == 0
    assert found.stopped() == []


def test_a_folder_is_small():
    for release in RELEASES:
        assert sum(path.stat().st_size for path in (HERE / release).rglob("*") if path.is_file()) <= 1_000_000
