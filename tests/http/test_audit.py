"""The sweep over the product itself: a whole life fits; what somebody changed under it is on the operator's list."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chalicelib.kernel import aws
from infra.command.audited import audit_app
from infra.command.ops import ops_app
from infra.command.output import FINDINGS, NOT_FOUND
from infra.demo import story
from infra.local.stage import keep_logs, local_stage
from infra.stack.watch import alarms
from tests.http.test_unreadable import lines as logged
from tests.support.world import finish, resting

TABLES = ("Dossiers", "Messages", "Vaults", "Ledgers", "Catalogue", "Identity", "Subscriptions")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    """A cloud of its own: in the one that all share, other tests leave rows that no product wrote."""
    folder = tmp_path_factory.mktemp("audited")
    keep_logs(folder / "log.jsonl")
    with resting(), local_stage(folder, clocked=False) as running:
        yield running


@pytest.fixture(scope="module")
def where(cloud):
    """Addresses and names of that cloud."""
    return cloud.where()


@pytest.fixture(scope="module")
def finished(cloud, where, small_scan):
    """A dossier that lived its whole life there."""
    life = finish(where, small_scan, claims=story.somebody())
    cloud.wait_idle()
    return life


@pytest.fixture
def sweep(cloud):
    """One night: everything that was told before is done."""

    def run():
        cloud.wait_idle()
        return cloud.functions.call("audit_sweep", {})

    return run


def parked(where):
    words = ["parked", "--where", str(Path(where["folder"], "where.json")), "--idle", "86400", "--json"]
    answer = CliRunner().invoke(ops_app, words)
    assert answer.exit_code in (0, 7), (answer.output, answer.exception)
    return [row for row in json.loads(answer.stdout) if row["kind"] == "tampering"]


def anchored(where):
    items = aws.client("dynamodb").scan(TableName=where["table.Anchors"])["Items"]
    return {(a["table"], a["record"]): a for a in map(aws.plain, items) if a["sk"] == "ANCHOR"}


def heads(where):
    for kind in TABLES:
        pages = aws.client("dynamodb").get_paginator("scan").paginate(TableName=where[f"table.{kind}"])
        for item in (aws.plain(i) for page in pages for i in page["Items"]):
            if item["sk"] == "HEAD":
                yield (where[f"table.{kind}"], item["pk"]), item


def test_whatever_the_product_wrote_fits_and_is_anchored(sweep, where, finished):
    done = sweep()
    assert (done["unfit"], done["failed"], done["unfinished"]) == (0, 0, 0)
    found = anchored(where)
    for key, head in heads(where):
        if head["seq"] == 0:  # a taken drop told nothing: the sweep need not hear of it
            continue
        assert (found[key]["version"], found[key]["chain"]) == (head["version"], head["chain"]), key
    assert sweep()["chains"] == 0
    assert parked(where) == []


def verified(where, *words):
    words = ["verify", "--where", str(Path(where["folder"], "where.json")), "--json", *words]
    answer = CliRunner().invoke(audit_app, words)
    return answer.exit_code, answer.stdout


def test_an_operator_verifies_every_chain_at_once(cloud, where, finished):
    cloud.wait_idle()
    code, told = verified(where)
    said = json.loads(told)
    assert (code, said["unfit"]) == (0, [])
    assert said["chains"] == len(dict(heads(where)))
    assert said["entries"] > said["chains"]
    table = where["table.Dossiers"]
    item = aws.get(table, finished.reference, "EVENT#000002")
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed({**item, "at": "2020-01-01T00:00:00.000+00:00"}))
    code, told = verified(where, "--record", finished.reference)
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(item))
    assert code == FINDINGS
    (unfit,) = json.loads(told)["unfit"]
    assert unfit["record"] == finished.reference
    assert {"kind": "row_changed", "where": "EVENT#000002"} in unfit["findings"]
    assert verified(where, "--record", finished.reference)[0] == 0
    assert verified(where, "--record", "MC-0000000000000000")[0] == NOT_FOUND


def test_a_dossier_that_somebody_changed_is_told_by_event_metric_and_list_until_it_fits_again(sweep, where, finished):
    table, sk = where["table.Dossiers"], "RESULT#KQ1"
    sweep()
    item = aws.get(table, finished.reference, sk)
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed({**item, "title": "Giấy khác"}))
    due = aws.packed({"pk": "DUE#2026-01-01", "sk": "x", "table": table, "record": finished.reference})
    state = aws.packed({**aws.get(where["table.Anchors"], "SWEEP", "STATE"), "day": "2026-01-01"})
    for row in (due, state):
        aws.client("dynamodb").put_item(TableName=where["table.Anchors"], Item=row)
    assert sweep()["unfit"] == 1
    (row,) = parked(where)
    assert (row["subject"], row["cause"], row["owner"]) == (finished.reference, f"row_changed {sk}", "audit")
    assert logged(where, TamperingsFound=[1.0], record=finished.reference)
    assert {"TamperingFound", "AuditMissing", "AuditFails", "AuditUnfinished", "LogsBroken"} <= alarms().keys()
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(item))
    for row in (due, state):
        aws.client("dynamodb").put_item(TableName=where["table.Anchors"], Item=row)
    assert sweep()["unfit"] == 0
    assert parked(where) == []


def test_a_mandate_whose_state_is_a_word_fits_too(sweep, where):
    one, other = story.somebody(), story.somebody()
    theirs = {"kind": "CITIZEN", "identity": other["personal_id"], "name": story.CITIZEN["name"]}
    terms = {"role": "represented", "other": theirs, "procedures": [story.PROCEDURE], "storage": "PRINCIPAL"}
    offered = story.citizen(where, **one).post("/v1/mandates", terms).ok(201).body["id"]
    assert sweep()["unfit"] == 0
    assert [row for row in parked(where) if row["reference"] == f"MANDATE#{offered}"] == []
