"""One dossier counted on a cloud of its own: what is counted, and what stops the count."""

import json
import sys
from types import ModuleType, SimpleNamespace

import boto3
import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.cost import counting
from infra.cost.assumed import assumed
from infra.cost.bill import log_bytes
from infra.cost.count import Count, load, save
from infra.cost.counting import Counting, Uncounted
from infra.local.cloud import LocalCloud
from infra.local.functions import Functions
from infra.stack.functions import Function


@pytest.fixture(scope="module")
def count(tmp_path_factory):
    """A count of today's code."""
    other = LocalCloud.current
    if other is not None:
        other.stop()
    yield counting.counted(tmp_path_factory.mktemp("count"))
    if other is not None:
        other.start()


def test_a_dossier_is_counted_from_its_draft_to_the_vault(count):
    assert count.states == 4 + 3, "a state machine drives it: DrivenLegs is 1; another one its scanned paper"
    assert count.functions["submit_api"].invocations == 1
    assert count.functions["submit_api"].calls["dynamodb.transact_write_items"] == 1
    assert count.functions["submit_api"].write_units["Dossiers"] <= 14
    decided = [count.functions[name].write_units["Dossiers"] for name in ("onestop_decide", "onestop_record_result")]
    assert decided == [9, 7], (
        "a decision brings no answers that its paper does not print; one leaves the index of names"
    )
    written = {name: work.write_units for name, work in count.functions.items()}
    assert written["vault_store_result"] == {"Vaults": 2 * (2 + 2 + 2) + 5}, (
        "HEAD, event, document; two indexes, or three"
    )
    assert written["messages_issue_paper"] == written["messages_sign_copy"] == {"Messages": 2 * (2 + 2 + 3 + 1)}, (
        "two papers: HEAD, event, what is registered with its hash, and the list of timestamps"
    )
    assert written["digitisation_settle_component"]["Messages"] == 4 + 2, "no HEAD of three kilobytes, no event of two"
    assert not written.keys() & {tick.function for tick in count.ticks.values()}, (
        "what the clock calls is of no dossier"
    )
    assert count.functions["digitisation_read_copy"].calls["s3.put_object"] == 4, "its pictures are one file"
    assert count.functions["digitisation_read_copy"].cpu_ms > 100, "a page is read, in the process that opens files"
    assert count.functions["identity_authorize"].invocations == count.outside.requests - 2, "two pages are public"
    assert count.functions["identity_authorize"].calls == {}
    assert count.outside.calls == {"s3.get_object": 4, "s3.upload": 2}
    assert count.calls["kms.sign"] == 5, "copy, data message, receipt, and the result twice"
    started, told = (count.calls[f"stepfunctions.{name}"] for name in ("start_execution", "send_task_success"))
    assert (started, told) == (2, 1 + 3), "one leg; three steps of the scanned paper"
    assert count.outside.requests == sum(w.invocations for n, w in count.functions.items() if n.endswith("_api"))
    assert count.intake_changes == 2
    assert count.kept.files > 100_000
    assert 10_000 < count.kept.rows < 100_000
    assert count.chains >= 5
    clock = {
        "onestop_sweep",
        "submission_sweep_drafts",
        "outbox_replay",
        "outbox_redrive",
        "catalogue_export",
        "measures_make_boards",
        "messages_stamp_again",
        "audit_sweep",
        "subscriptions_push",
        "delivery_sweep",
        "delivery_notify",
        "delivery_synchronise",
        "delivery_integrate",
        "identity_watch_requests",
    }
    assert {t.function for t in count.ticks.values()} == clock
    assert sum(count.rows.values()) >= sum(count.events.values())


def test_what_the_person_is_told_is_read_from_the_log_of_the_counted_dossier(count):
    found = count.messages
    assert found.emails >= 4, "received, accepted, decided, returned"
    assert found.sms_parts >= found.emails
    assert load().messages.emails == found.emails, "make cost"


def test_what_goes_beside_the_vault_is_counted_apart_from_the_dossier_that_does_not(count):
    assert [name for name in count.functions if name.startswith("delivery_")] == [], "it goes to the vault alone"
    beside = count.beside
    assert beside.states == 1 + len(beside.destinations), "one, and one a destination"
    assert beside.functions["delivery_drive"].calls["stepfunctions.start_execution"] == 1
    told = [work.calls.get("stepfunctions.send_task_success", 0) for work in beside.functions.values()]
    assert sum(told) >= len(beside.destinations), (
        "each once at least; who comes second tells it again, and is not heard"
    )
    assert beside.functions["delivery_await_destination"].calls["dynamodb.put_item"] == len(beside.destinations)
    assert load().beside.states == beside.states, "make cost"


def test_the_kept_count_is_that_of_todays_code(count):
    """`make cost` writes it again. What depends on how events met in a batch may differ a little."""
    kept = load()
    assert kept.events == count.events, "make cost"
    assert kept.rows == count.rows, "make cost"
    assert (kept.states, kept.outside.requests, kept.fixed) == (count.states, count.outside.requests, count.fixed)

    def written(of: Count) -> dict[str, int]:
        found: dict[str, int] = {}
        for work in of.functions.values():
            for table, units in work.write_units.items():
                found[table] = found.get(table, 0) + units
        return {table: units for table, units in found.items() if table != "Anchors"}

    kept_units, units = written(kept), written(count)
    assert kept_units.keys() == units.keys()
    assert all(abs(kept_units[table] - units[table]) <= 2 for table in units), (kept_units, units, "make cost")
    assert log_bytes(kept, assumed()) == pytest.approx(log_bytes(count, assumed()), rel=0.1)


def test_a_count_that_is_kept_is_read_again(count, tmp_path):
    save(count, tmp_path / "count.json")
    assert load(tmp_path / "count.json") == count
    assert json.loads((tmp_path / "count.json").read_text())["on"] == count.on


def test_a_service_that_no_line_pays_for_is_seen(monkeypatch):
    """A function that speaks to a service of which the bill knows nothing."""

    def handler(event, context):
        client = boto3.client("sns", region_name="ap-southeast-1")
        client.meta.events.register(
            "before-call.sns", lambda **_: (SimpleNamespace(status_code=200), {"MessageId": "1"})
        )
        client.publish(TopicArn="arn:aws:sns:ap-southeast-1:1:t", Message="m")

    planted = ModuleType("planted")
    planted.handler = handler
    monkeypatch.setitem(sys.modules, "planted", planted)
    functions = Functions({"planted": Function("planted.handler")})
    counted = Counting()
    with counted.watching():
        functions.call("planted", {})
    assert counted.tally.unknown == {"sns"}
    assert counted.tally.functions["planted"].calls == {"sns.publish": 1}


def test_a_count_with_such_a_service_ends_in_its_name(monkeypatch, tmp_path):
    monkeypatch.setattr(
        counting.journey, "live", lambda cloud, *_: cloud.functions.call("catalogue_export", {}) and "MC-0"
    )
    monkeypatch.setattr(counting, "KNOWN", frozenset({"dynamodb"}))
    with pytest.raises(Uncounted, match="s3: called, and no line"):
        counting.counted(tmp_path / "count")


# --- the commands, from the kept count -----------------------------------------------------------------------


@pytest.fixture
def motcua():
    runner = CliRunner()
    return lambda *given: runner.invoke(app, [str(g) for g in given])


def test_the_bill_is_one_document_with_its_sums(motcua):
    told = motcua("cost", "--dossiers", 1_000_000, "--region", "ap-southeast-1", "--json")
    bill = json.loads(told.stdout)
    assert told.exit_code == 0
    assert (bill["dossiers"], bill["region"], bill["counted_on"]) == (1_000_000, "ap-southeast-1", load().on)
    assert bill["sums"]["total"] == pytest.approx(
        sum(line["usd"] or 0 for line in bill["lines"] if line["group"] != "beside")
    )
    assert all(line["price"]["source"] or line["usd"] is None for line in bill["lines"])


def test_the_bill_for_people_says_services_sums_and_what_is_unknown(motcua):
    told = motcua("cost", "--dossiers", 1000)
    assert told.exit_code == 0
    for text in (
        "Until the dossiers are done",
        "Done, with the month:",
        "unknown: KMS",
        "not in it:",
    ):
        assert text in told.stdout, text


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        (("cost", "--region", "vn-hanoi-1"), 3, "vn-hanoi-1: no prices; there are some of ap-southeast-1, us-east-1"),
        (("cost", "--dossiers", "-5"), 2, "-5 dossiers: at least one"),
        (("cost", "--dossiers", "0"), 2, "0 dossiers: at least one"),
        (("quotas", "--region", "vn-hanoi-1"), 3, "vn-hanoi-1: no quotas"),
        (("quotas", "--rate", "-1"), 2, "-1 dossiers a second: above 0"),
        (("quotas", "--rate", "nan"), 2, "nan dossiers a second: above 0"),
    ],
)
def test_what_cannot_be_said_ends_in_one_line_with_what_to_try(motcua, given, code, says):
    told = motcua(*given)
    assert (told.exit_code, told.stdout) == (code, "")
    first, *rest = told.stderr.splitlines()
    assert first.startswith(f"motcua: {says}")
    assert [line.startswith("try: ") for line in rest] == [True]


def test_the_quotas_are_one_document_and_a_bottleneck_is_7(motcua):
    told = motcua("quotas", "--rate", 4200, "--as-is", "--json")
    plan = json.loads(told.stdout)
    assert told.exit_code == 7
    assert "chains to sweep" in plan["bottlenecks"], "at ten times the plan's peak a night is too short"
    peak = motcua("quotas", "--rate", 420)
    assert (peak.exit_code, peak.stdout.splitlines()[-1]) == (0, "no buffer grows for ever")
    quiet = motcua("quotas", "--rate", 0.01)
    assert quiet.exit_code == 0
    assert quiet.stdout.rstrip().endswith("no buffer grows for ever")
