"""The rotation drill: seal with key 1, rotate, read both, erase: unreadable everywhere, the chain still whole."""

import json

import pytest
from typer.testing import CliRunner

from chalicelib.audit.store import listed
from chalicelib.sealing.door import ring, unseal
from infra.command.cli import app
from infra.demo import story
from infra.localstack.deployed import NotHere
from tests.support.world import events, parked, partition

ORDER = ("--reason", "trial of the erasure", "--basis", "decision 12 of the trial agency", "--by", "tester", "--yes")


@pytest.fixture
def ops(cloud):
    """`ops(...)`: the operator's command on this cloud, by its where.json; answers exit code and JSON."""
    if not hasattr(cloud, "journal"):
        raise NotHere("the operator's command runs beside the embedded cloud")

    def run(*words):
        answer = CliRunner().invoke(app, ["ops", *words, "--where", str(cloud.folder / "where.json"), "--json"])
        return answer.exit_code, json.loads(answer.stdout) if answer.stdout.strip() else answer.stderr

    return run


@pytest.fixture
def me(where):
    """A person of this test."""
    return story.citizen(where, **story.somebody())


def received(where, me, scan):
    """A dossier that was accepted and waits for its verification; a scan of it was dropped."""
    reference = story.ready_draft(me, scan)
    story.submit(me, reference).ok(201)
    desk = story.officer(where, "reception")
    story.complete(desk, story.until("the task", lambda: story.task_of(desk, reference, "receive")), "accepted").ok()
    return reference


def head_of(where, reference):
    return next(row for row in partition(where, "Dossiers", reference) if row["sk"] == "HEAD")


def kids(where, reference):
    """The ids of the keys under which something of a dossier is sealed, wherever it stands."""
    import base64

    def each(value):
        if isinstance(value, dict):
            for inner in value.values():
                yield from each(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from each(inner)
        elif isinstance(value, str) and value.startswith("eyJ") and value.count(".") == 4:
            head = value.partition(".")[0]
            yield json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))).get("kid")

    return sorted(each(partition(where, "Dossiers", reference)))


def test_the_drill(cloud, where, me, ops, small_scan):
    # seal with key 1
    reference = received(where, me, small_scan)
    cloud.wait_idle()
    assert set(kids(where, reference)) == {f"{reference}/1"}

    # rotate, seal with key 2, read both
    assert ops("rotate", reference) == (0, {"dossier": reference, "key": 2})
    ring().forget()  # the functions are processes of their own in AWS: they hold a key for some minutes only
    for kind, role, outcome in story.STEPS[1:]:
        desk = story.officer(where, role)
        if kind == "approve":
            story.confirm(me, reference)
        task = story.until(kind, lambda desk=desk, kind=kind: story.task_of(desk, reference, kind))
        assert story.complete(desk, task, outcome).ok()
    story.until("the result", lambda: story.returned(me, reference))
    assert set(kids(where, reference)) == {f"{reference}/1", f"{reference}/2"}
    assert story.dossier(me, reference)["form"]["child"] == story.FORM["child"]
    cloud.wait_idle()
    log = [(row["type"], row["data"]["sealed"]) for row in events(where, reference) if row["data"].get("sealed")]
    assert {unseal(reference, sealed)["name"] for _, sealed in log} == {story.CITIZEN["name"]}

    # erase: told, listed, unreadable everywhere
    code, done = ops("erase", reference, *ORDER)
    assert (code, done["destroyed"], done["told"]) == (0, True, True)
    desk = story.officer(where, "processing")
    for who, path in ((me, f"/v1/dossiers/{reference}"), (desk, f"/v1/dossiers/{reference}")):
        answer = who.get(path)
        assert (answer.status, answer.body["code"], answer.body["dossier"]) == (410, "content_erased", reference)
    approver = next(row["approver"] for row in partition(where, "Dossiers", reference) if row["sk"].startswith("LEG#"))
    for sealed in [head_of(where, reference)["sealed"], approver, *(s for _, s in log)]:
        with pytest.raises(Exception, match="ContentErased"):
            unseal(reference, sealed)

    # what comes again meets it, ends by itself and parks nothing
    for told in [row for row in events(where, reference) if row["type"] == "vn.motcua.dossier.decided"]:
        event = {"id": f"{reference}/{told['sk']}", "type": told["type"], "subject": reference, "time": told["at"]}
        answer = cloud.functions.call("messages_issue_paper", {"detail": {**event, "data": told["data"]}})
        assert answer == {"ended": "content_erased"}
    cloud.wait_idle()
    assert parked(cloud, reference) == []

    # the chain is whole, to everybody: the timeline, the sweep of the night, the operator's list
    line = me.get(f"/v1/dossiers/{reference}/timeline").ok().body
    assert line["unbroken"] is True
    assert line["events"][-1]["type"] == "vn.motcua.dossier.erased"
    swept = cloud.functions.call("audit_sweep", {})
    assert swept["chains"] > 0
    assert [each for each in listed() if each.record == reference] == []
    assert reference not in json.dumps(ops("parked")[1])


def test_a_dossier_in_the_middle_of_its_way_ends_by_itself(cloud, where, me, ops, small_scan):
    reference = received(where, me, small_scan)
    story.drop(where, reference, small_scan, "so-ho-khau.jpg")
    cloud.wait_idle()
    desk = story.officer(where, "processing")
    task = story.until("the task", lambda: story.task_of(desk, reference, "verify"))
    assert ops("erase", reference, *ORDER, "--open")[0] == 0
    cloud.wait_idle()

    assert story.task_of(desk, reference, "verify") is None, "nobody is asked for what nobody can do"
    refused = story.complete(desk, task, "verified")
    assert (refused.status, refused.body["code"]) == (409, "task_closed")
    assert desk.get(f"/v1/tasks/{task}").ok().body.get("applicant") is None
    flows = [flow for flow in cloud.executions() if flow["name"].startswith(reference)]
    assert [(flow["status"], flow["output"]) for flow in flows] == [("SUCCEEDED", {"ended": "content_erased"})]
    story.drop(where, reference, small_scan, "late.jpg")
    cloud.wait_idle()
    assert parked(cloud, reference) == []
    log = [row["type"] for row in partition(where, "Dossiers", reference) if row["sk"].startswith("EVENT#")]
    assert log[-1] == "vn.motcua.dossier.erased", "nothing is written to it any more"
    cloud.functions.call("onestop_sweep", {})
    cloud.wait_idle()
    assert reference not in json.dumps(ops("parked", "--idle", "0")[1])
    assert ops("resume", reference)[0] == 4
    head = head_of(where, reference)
    assert (head["state"], head["erased_at"] is not None) == (4, True)


def test_an_open_dossier_is_erased_where_the_order_says_so_and_who_has_it_is_told(cloud, where, me, ops, small_scan):
    reference = received(where, me, small_scan)
    code, said = ops("erase", reference, *ORDER)
    assert (code, "--open" in said) == (4, True)
    assert me.get(f"/v1/dossiers/{reference}").ok().body["form"]["child"] == story.FORM["child"]
    assert me.get(f"/v1/dossiers/{reference}/due").ok().body["erased_at"] is None

    code, done = ops("erase", reference, *ORDER, "--open")
    assert (code, done["told"]) == (0, True)
    for who in (me, story.officer(where, "processing")):
        told = who.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"][-1]
        assert (told["about"], told["agency"]) == ("erasure", story.AGENCY)
        vi, en = told["reason"].split(" / ")
        assert ORDER[3] in vi
        assert ORDER[3] in en
        due = who.get(f"/v1/dossiers/{reference}/due").ok().body
        assert due["erased_at"][:16] == told["at"][:16]


def test_a_draft_is_erased_too_and_takes_nothing_more(cloud, where, me, ops, small_scan):
    draft = story.ready_draft(me, small_scan)
    assert ops("erase", draft, *ORDER)[0] == 0
    acts = (
        lambda: me.get(f"/v1/drafts/{draft}"),
        lambda: story.fill(me, draft, version=1),
        lambda: story.announce(me, draft, small_scan),
        lambda: story.submit(me, draft),
    )
    assert {(answer.status, answer.body["code"]) for answer in (act() for act in acts)} == {(410, "content_erased")}


def test_what_is_erased_says_why_in_its_log_and_on_the_list_and_a_second_order_changes_nothing(where, me, ops):
    draft = str(story.open_draft(me).ok(201).body["reference"])
    first = ops("erase", draft, *ORDER)[1]
    code, again = ops("erase", draft, "--reason", "another", "--basis", "another", "--yes")
    assert (code, again["destroyed"], again["told"], again["at"]) == (0, False, False, first["at"])
    told = [row for row in events(where, draft) if row["type"] == "vn.motcua.dossier.erased"]
    assert [(row["actor"], row["data"]["basis"]) for row in told] == [("operator", ORDER[3])]
    assert told[0]["data"]["key"] == f"erasures/{draft}.json"


def test_after_a_restore_the_list_is_applied_before_anybody_reads(cloud, where, me, ops, small_scan):
    """The tables as they stood before the erasure come back, keys and all; the bucket with the list does not."""
    from chalicelib.kernel import aws

    draft = story.ready_draft(me, small_scan)
    before = {table: partition(where, table, draft) for table in ("Dossiers", "Sealing")}
    assert ops("erase", draft, *ORDER)[0] == 0
    for table, rows in before.items():
        name = where[f"table.{table}"]
        for row in partition(where, table, draft):
            aws.client("dynamodb").delete_item(TableName=name, Key=aws.packed({"pk": row["pk"], "sk": row["sk"]}))
        for row in rows:
            aws.client("dynamodb").put_item(TableName=name, Item=aws.packed(row))
    ring().forget()
    assert me.get(f"/v1/drafts/{draft}").status == 200, "restored: whoever serves now shows what was erased"

    code, done = ops("apply-erasures")
    assert code == 0
    assert [(e["destroyed"], e["told"]) for e in done if e["reference"] == draft] == [(True, True)]
    assert me.get(f"/v1/drafts/{draft}").status == 410
    again = [e for e in ops("apply-erasures")[1] if e["reference"] == draft]
    assert [(e["destroyed"], e["told"]) for e in again] == [(False, False)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("erase", "MC-0000000000000000", *ORDER), 3),
        (("erase", "MC-0000000000000000", "--reason", " ", "--basis", "x", "--yes"), 2),
        (("erase", "MC-0000000000000000", "--reason", "x", "--basis", "x"), 1),
        (("rotate", "MC-0000000000000000"), 3),
        (("rotate",), 2),
        (("rotate", "MC-0000000000000000", "--wrapping"), 2),
    ],
)
def test_an_order_that_is_not_one_is_refused_and_makes_no_key_and_no_entry(where, ops, words, code):
    assert ops(*words)[0] == code
    assert partition(where, "Sealing", "MC-0000000000000000") == []


def test_an_erased_dossier_is_turned_no_more(me, ops):
    draft = str(story.open_draft(me).ok(201).body["reference"])
    ops("erase", draft, *ORDER)
    assert ops("rotate", draft)[0] == 4


def test_every_key_is_wrapped_anew_and_everything_stays_readable(me, ops):
    draft = str(story.open_draft(me).ok(201).body["reference"])
    story.fill(me, draft).ok()
    code, done = ops("rotate", "--wrapping")
    assert (code, done["days"] >= 1) == (0, True)
    assert me.get(f"/v1/drafts/{draft}").ok().body["form"]["child"] == story.FORM["child"]
