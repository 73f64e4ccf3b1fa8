"""A thousand files at once, some broken, and the power goes twice: each ends in exactly one verdict.

What is whole becomes a data message, signed by its officer, looked at, and signed by its agency; what is broken stands
on the list of its agency with its reason. (`make soak`: a thousand files; twenty in `make test`.)
"""

import hashlib
import time
from collections import Counter

import pytest

from chalicelib.messages.verification import verify
from infra.demo import story
from infra.demo.client import fetch
from tests.support.flood import STARTS, Flood, cpu
from tests.support.process import Served

PATIENCE = 600
REASONS = {"wrong_type", "empty", "truncated"}


def dropped(folder, files):
    """Drop them, kill the server after a third and after two thirds of what its officers do; what it came to."""
    flood = Flood(Served(folder, STARTS))
    try:
        flood.open_dossiers(files)
        begin = time.monotonic()
        before = cpu(flood.served.process.pid)
        flood.drop(files)
        part = len(flood.whole) * len(flood.desks) // 3
        for _ in range(2):
            flood.work(lambda moved: moved >= part, PATIENCE)
            flood.killed()
        flood.work(lambda _: flood.settled(), PATIENCE)
        took = time.monotonic() - begin
        used = flood.seconds + cpu(flood.served.process.pid) - before
        each_has_one_verdict(flood)
    finally:
        if flood.served.alive:
            flood.served.kill()
    print(
        f"\ndrops: {files} files of a page, {len(flood.broken)} broken, the server killed twice: {len(flood.whole)}"
        f" data messages in {took:.0f} s, {files / took * 3600:.0f} files an hour; {used / len(flood.whole):.2f} s of"
        " processor a page, of the whole embedded cloud, both signatures and their timestamps in it"
    )


def each_has_one_verdict(flood):
    desk = story.officer(flood.where, "reception")
    taken, refused = flood.verdicts(desk, "taken"), flood.verdicts(desk, "refused")
    assert Counter(drop["key"] for drop in taken) == Counter(list(flood.whole))
    assert Counter(drop["key"] for drop in refused) == Counter(list(flood.broken))
    assert {drop["reason_code"] for drop in refused} <= REASONS
    assert all(drop["reason"] for drop in refused)
    found = list(flood.components(desk))
    assert Counter(c["digitisation"]["status"] for c in found) == {"converted": len(flood.whole)}
    assert {c["id"] for c in found} == {drop["component"] for drop in taken}
    scans = Counter(hashlib.sha256(data).hexdigest() for data in flood.whole.values())
    assert Counter(c["digitisation"]["source_sha256"] for c in found) == scans
    assert len({c["digitisation"]["conversion_id"] for c in found}) == len(found), "no code is given twice"
    roots = flood.served.folder / "keys" / "ca.pem"
    for component in found[:: max(1, len(found) // 5)]:
        said = component["digitisation"]
        message = fetch(desk.get(f"/v1/messages/{said['conversion_id']}").ok().body["url"])
        assert verify(message, roots=roots, registered_sha256=said["output_sha256"]).valid
    assert desk.get("/health").body["parked"] == 0
    assert desk.get("/v1/copies").ok().body["copies"] == []
    assert desk.get("/v1/reviews").ok().body["reviews"] == []


def test_twenty_files_end_in_one_verdict_each_though_the_server_is_killed_twice(tmp_path):
    dropped(tmp_path / "cloud", 20)


@pytest.mark.soak
def test_a_thousand_files_end_in_one_verdict_each_though_the_server_is_killed_twice(tmp_path):
    dropped(tmp_path / "cloud", 1000)
