"""`motcua ops give-back` for an operator: a paper whose signature does not come stands on its desk again."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.command.ops import ops_app
from infra.demo import story
from infra.demo.scans import make_scan

NOT_FOUND, CONFLICT = 3, 4


@pytest.fixture
def give_back(where):
    """`give_back(copy)`: the exit code and what was printed."""

    def run(copy):
        words = ["give-back", copy, "--where", str(Path(where["folder"], "where.json")), "--json"]
        told = CliRunner().invoke(ops_app, words)
        return told.exit_code, json.loads(told.stdout) if told.stdout else None

    return run


def test_a_paper_that_awaits_no_signature_stays_and_one_that_is_none_is_named(where, small_scan, give_back):
    me = story.citizen(where, **story.somebody())
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    desk = story.officer(where, "reception")
    story.scanned(desk, reference, make_scan("xac_nhan_cu_tru", seed=12).jpeg, "KQ003785-residence.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    assert give_back(copy)[0] == CONFLICT
    assert give_back(f"{reference}.0000000000000000")[0] == NOT_FOUND
    assert desk.get(f"/v1/copies/{copy}").ok().body["step"] == "copied"


def test_a_paper_whose_signature_does_not_come_is_on_the_desk_again(where, small_scan, give_back, cloud, monkeypatch):
    me = story.citizen(where, **story.somebody())
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    desk = story.officer(where, "reception")
    story.scanned(desk, reference, make_scan("xac_nhan_cu_tru", seed=12).jpeg, "KQ003785-residence.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    signer = cloud.functions.declared["messages_sign_copy"]
    monkeypatch.setitem(
        cloud.functions.declared, "messages_sign_copy", signer._replace(handler="chalicelib.gone.handler")
    )
    story.sign_copy(desk, copy).ok(202)
    assert desk.get(f"/v1/copies/{copy}").ok().body["step"] == "signature_ordered"
    code, told = give_back(copy)
    assert (code, told) == (0, {"copy": copy, "agency": story.AGENCY})
    assert desk.get(f"/v1/copies/{copy}").ok().body["step"] == "copied"
    assert story.copy_of(desk, reference) == copy
