"""The app stack goes and comes again while a dossier is open: all data is there. Names change: run it last."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.demo import story
from infra.localstack.product import Product
from tests.support.world import page


def motcua(*arguments: str) -> subprocess.CompletedProcess:
    """The command, as an operator types it."""
    command = [str(Path(sys.executable).with_name("motcua")), *arguments]
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, env=os.environ | keys)


@pytest.fixture(scope="module")
def before(deployed) -> tuple[dict, str, dict]:
    """Claims, reference and view of a dossier that waits on a desk."""
    claims = story.somebody()
    me = story.citizen(deployed.where(), **claims)
    reference = story.submit(me, story.ready_draft(me, page())).ok(201).body["reference"]
    desk = story.officer(deployed.where(), "reception")
    story.until("the task", lambda: story.task_of(desk, reference, "receive"))
    deployed.wait_idle()
    return claims, reference, story.dossier(me, reference)


@pytest.fixture(scope="module")
def again(deployed, before):
    """The product after its app stack was deleted and deployed again."""
    product = Product(deployed.endpoint, deployed.folder, say=print)
    product.delete_app()
    return product.deploy_app()


def test_the_dossier_is_there(before, again):
    claims, reference, view = before
    me = story.citizen(again.where(), **claims)
    assert story.dossier(me, reference) == view


def test_resume_finishes_it_and_nothing_is_doubled(before, again):
    """The old execution waits on (AWS ends it at its next step); its functions are gone, so it ends badly."""
    claims, reference, _ = before
    where = again.where()
    story.through_the_desks(where, story.citizen(where, **claims), reference)
    me = story.citizen(where, **claims)

    def flows() -> list[str]:
        return sorted(e["status"] for e in again.executions() if e["input"].get("dossier") == reference)

    story.until("the end of the old flow", lambda: "RUNNING" not in flows())
    told = motcua("ops", "resume", reference, "--where", str(again.folder / "where.json"))
    assert told.returncode == 0, told.stderr
    done = story.until("the result", lambda: story.returned(me, reference))
    again.wait_idle()
    assert flows() == ["FAILED", "SUCCEEDED"]
    notices = me.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"]
    assert [n["state"]["code"] for n in notices if n["about"] == "state"] == [1, 2, 4, 9, 10]
    assert [d["id"] for d in me.get("/v1/vault/documents").ok().body["documents"]] == done["results"]
    assert len(done["results"]) == 1
