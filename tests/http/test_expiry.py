"""A draft that ended: what its owner is told, what the function and the operator's command say."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chalicelib.kernel import aws, log
from chalicelib.kernel.clock import moment, said
from infra.command.ops import ops_app
from infra.demo import story
from infra.stack.functions import FUNCTIONS
from infra.stack.watch import alarms
from tests.support.asserts import problem
from tests.support.world import files, partition, posted, ready

LONG_AGO = "2026-01-01T00:00:00.000+00:00"


@pytest.fixture
def head(where):
    """`head(reference, **changes)`: HEAD as it is stored, after these changes; None takes a field away.

    Only what changes is written: a worker that writes in the same moment keeps its version and its log.
    """
    table = where["table.Dossiers"]

    def do(reference, **changes):
        for name, value in changes.items():
            aws.client("dynamodb").update_item(
                TableName=table,
                Key=aws.packed({"pk": reference, "sk": "HEAD"}),
                UpdateExpression="REMOVE #n" if value is None else "SET #n = :v",
                ExpressionAttributeNames={"#n": name},
                **({} if value is None else {"ExpressionAttributeValues": aws.packed({":v": value})}),
            )
        return aws.get(table, reference, "HEAD")

    return do


def sweep(cloud):
    return cloud.functions.call("submission_sweep_drafts", {"detail-type": "Scheduled Event", "detail": {}})


def test_a_draft_says_until_when_it_is_kept(citizen, draft, head):
    told = citizen.get(f"/v1/drafts/{draft}").ok().body["expires_at"]
    assert told.endswith("T00:00:00+07:00"), "the end of a Vietnamese day"
    assert moment(told) == moment(head(draft)["expires_at"])


def test_a_submitted_draft_expires_no_more(citizen, small_scan):
    draft = ready(citizen, small_scan)
    story.submit(citizen, draft).ok(201)
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["expires_at"] is None


def test_its_owner_reads_that_and_when_it_expired_and_what_it_held_is_gone(cloud, where, citizen, head, small_scan):
    draft = ready(citizen, small_scan)
    late = story.announce(citizen, draft, small_scan).ok(201).body
    assert files(where, "IntakeBucket", f"uploads/{draft}/")
    head(draft, expires_at=LONG_AGO)
    assert sweep(cloud)["failed"] == 0
    refused = citizen.get(f"/v1/drafts/{draft}")
    problem(refused, 410, "draft_expired")
    assert refused.body["expired_at"] == said(head(draft)["expired_at"])
    problem(story.submit(citizen, draft), 410, "draft_expired")
    stranger = story.citizen(where, **story.somebody())
    problem(stranger.get(f"/v1/drafts/{draft}"), 404, "not_found")
    assert [row["sk"] for row in partition(where, "Dossiers", draft) if "EVENT#" not in row["sk"]] == ["HEAD"]
    assert files(where, "IntakeBucket", f"uploads/{draft}/") == []
    (keys,) = partition(where, "Sealing", draft)
    assert (keys["keys"], "erased_at" in keys) == ([], True), "what it sealed is read by nobody any more"
    posted(late, small_scan)
    cloud.wait_idle()
    assert files(where, "IntakeBucket", f"uploads/{draft}/") == [], "what comes late is not kept"


def test_the_function_says_that_it_ran_with_the_names_that_the_alarms_listen_to(cloud, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(log, "_stream", lambda: out)
    sweep(cloud)
    (line,) = [json.loads(x) for x in out.getvalue().splitlines() if "DraftSweepRan" in x]
    assert line["DraftSweepRan"] == [1.0]
    (given,) = line["_aws"]["CloudWatchMetrics"]
    for name in ("DraftSweepMissing", "DraftSweepFails"):
        alarm = alarms()[name]["Properties"]
        assert alarm["MetricName"] in {m["Name"] for m in given["Metrics"]}
        assert (given["Namespace"], {d["Name"] for d in alarm["Dimensions"]}) == (
            alarm["Namespace"],
            set(given["Dimensions"][0]),
        )
    missing = alarms()["DraftSweepMissing"]["Properties"]
    assert missing["TreatMissingData"] == "breaching"
    assert missing["EvaluationPeriods"] * missing["Period"] > FUNCTIONS["submission_sweep_drafts"].timeout


def test_the_operators_command_lets_older_drafts_expire(cloud, where, citizen, draft, head):
    head(draft, exp_pk=None, expires_at=LONG_AGO)
    sweep(cloud)
    citizen.get(f"/v1/drafts/{draft}").ok()
    words = ["enrol-drafts", "--where", str(Path(where["folder"], "where.json")), "--json"]
    answer = CliRunner().invoke(ops_app, words)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["enrolled"] >= 1
    assert moment(citizen.get(f"/v1/drafts/{draft}").ok().body["expires_at"]) > moment(LONG_AGO)
    head(draft, expires_at=LONG_AGO)
    sweep(cloud)
    problem(citizen.get(f"/v1/drafts/{draft}"), 410, "draft_expired")
