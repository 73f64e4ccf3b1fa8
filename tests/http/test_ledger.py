"""Whoever got a file of mine stands in my ledger, by whichever route; and what I read there was not changed."""

import csv
import io
import json
import re

import pytest

from chalicelib.kernel import aws
from infra.demo import story
from tests.http.test_unreadable import lines as logged
from tests.support.asserts import problem
from tests.support.world import officer_of, whole_list

NAME = "Lý Thanh Oanh"


@pytest.fixture
def leader(where):
    return officer_of(where, story.AGENCY, "leader")


@pytest.fixture
def ledger(holder):
    """What `read` adds to the holder's ledger."""

    def added(read):
        before = whole_list(holder, "/v1/vault/access", "lines")
        answer = read()
        after = whole_list(holder, "/v1/vault/access", "lines")
        assert after[: len(before)] == before
        return answer, after[len(before) :]

    return added


def said(line):
    return tuple(line[name] for name in ("act", "document", "by", "officer", "route"))


def test_every_file_that_the_owner_gets_leaves_a_line(ledger, holder, finished):
    component = finished.dossier["components"][0]["id"]
    for path, document, route in (
        *((f"/v1/messages/{name}", name, "messages") for name in finished.messages),
        (f"/v1/dossiers/{finished.reference}/components/{component}", f"{finished.reference}/{component}", "dossiers"),
        (f"/v1/vault/documents/{finished.dossier['vault_document']}", finished.dossier["vault_document"], "vault"),
    ):
        _, lines = ledger(lambda path=path: holder.get(path).ok())
        assert [said(line) for line in lines] == [("read", document, "owner", None, route)], path
        assert (lines[0]["basis"], lines[0]["reference"]) == ("45/2020 Art. 5", finished.reference)


def test_every_file_that_an_officer_gets_leaves_a_line_with_agency_and_name(ledger, leader, finished):
    component = finished.dossier["components"][0]["id"]
    for path, document, route in (
        *((f"/v1/messages/{name}", name, "messages") for name in finished.messages),
        (f"/v1/dossiers/{finished.reference}/components/{component}", f"{finished.reference}/{component}", "dossiers"),
        (f"/v1/dossiers/{finished.reference}", finished.reference, "dossiers"),
    ):
        _, lines = ledger(lambda path=path: leader.get(path).ok())
        assert [said(line) for line in lines] == [("read", document, story.AGENCY, NAME, route)], path
        assert lines[0]["basis"] == f"dossier {finished.reference}"


STAFF = 1
"""What it takes to know an officer as their agency has them: one query."""


def test_a_link_costs_one_reading_and_one_writing_more_than_finding_the_file(holder, leader, finished):
    component = finished.dossier["components"][0]["id"]
    for who, path, found, noted in (
        (holder, f"/v1/messages/{finished.messages[0]}", 1, 1),
        (leader, f"/v1/messages/{finished.messages[0]}", 1 + STAFF, 1),
        (holder, f"/v1/dossiers/{finished.reference}/components/{component}", 2, 1),
        (holder, f"/v1/vault/documents/{finished.dossier['vault_document']}", 1, 1),
        (holder, f"/v1/dossiers/{finished.reference}", 1, 0),
        (leader, f"/v1/dossiers/{finished.reference}", 1 + STAFF, 1),
    ):
        who.get(path).ok()  # a process that has not read it for a while unwraps its key first
        used = who.get(path).ok().headers
        assert int(used["X-Local-DynamoDB-Reads"]) == found + noted, path
        assert (int(used["X-Local-DynamoDB-Calls"]), int(used["X-Local-Write-Units"])) == (noted, 4 * noted), path


def test_a_refusal_leaves_no_line(ledger, citizen, where, finished):
    stranger = officer_of(where, "H01.10.25", "leader")
    for who in (citizen, stranger):
        _, lines = ledger(lambda who=who: problem(who.get(f"/v1/messages/{finished.messages[0]}"), 404, "not_found"))
        assert lines == []


@pytest.fixture
def changed(where):
    """`changed(table, pk prefix, sk, **values)`: one row says something else until the test's end."""
    whole = []

    def do(table, pk, sk, **values):
        item = aws.get(table, pk, sk)
        whole.append((table, item))
        aws.client("dynamodb").put_item(TableName=table, Item=aws.packed({**item, **values}))

    yield do
    for table, item in whole:
        aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(item))


def test_a_line_that_was_changed_is_told_by_its_place_and_alarms_and_the_others_are_read(
    changed, where, holder, leader, finished
):
    leader.get(f"/v1/messages/{finished.messages[0]}").ok()
    before = whole_list(holder, "/v1/vault/access", "lines")
    client = aws.client("dynamodb")
    rows = [aws.plain(i) for i in client.scan(TableName=where["table.Ledgers"])["Items"]]
    told = [r for r in rows if r.get("data", {}).get("officer") == NAME]
    row = next(r for r in told if r["data"]["reference"] == finished.reference)
    changed(where["table.Ledgers"], row["pk"], row["sk"], data={**row["data"], "officer": "Không Ai"})
    there, place = dict[str, list[object]](lines=[]), f"LEDGER#(hash)/{row['sk']}"
    for path, name in (("/v1/vault/access", "lines"), ("/v1/vault/history", "uses")):
        assert set(whole_list(holder, path, "unreadable")) == {place}
        there[name] = whole_list(holder, path, name)
    assert len(there["lines"]) == len(before) - 1
    assert "Không Ai" not in str(there), "what it says now is told to nobody"
    assert logged(where, LogsBroken=[1.0])
    assert logged(where, message="log broken", record="LEDGER#(hash)")


@pytest.mark.parametrize("path", ["timeline", "notices", ""])
def test_an_event_of_a_dossier_that_was_changed_is_not_told_as_history_and_the_rest_is(
    changed, where, holder, finished, path
):
    sk, path = "EVENT#000003", f"/v1/dossiers/{finished.reference}/{path}".rstrip("/")
    before = holder.get(path).ok().body
    changed(where["table.Dossiers"], finished.reference, sk, at="2020-01-01T00:00:00.000+00:00")
    now = holder.get(path).ok().body
    assert now["unreadable"] == [f"{finished.reference}/{sk}"]
    assert "2020-01-01" not in json.dumps(now)
    if "events" in now:
        assert (now["unbroken"], now["events"]) == (False, [e for e in before["events"] if e["number"] != 3])
    assert before["unreadable"] == []
    assert logged(where, message="dossier read as far as it can be", record=finished.reference)


def test_a_row_of_a_dossier_that_cannot_be_read_is_named_and_the_rest_is_shown(changed, where, holder, finished):
    before = holder.get(f"/v1/dossiers/{finished.reference}").ok().body
    changed(where["table.Dossiers"], finished.reference, "CLOCK", shape="x")
    component = before["components"][0]["id"]
    changed(where["table.Dossiers"], finished.reference, f"COMPONENT#{component}", pages=["x"])
    changed(where["table.Dossiers"], finished.reference, "FORM", sealed="somebody else's")
    now = holder.get(f"/v1/dossiers/{finished.reference}").ok().body
    places = {f"{finished.reference}/{sk}" for sk in ("CLOCK", f"COMPONENT#{component}", "FORM")}
    assert set(now["unreadable"]) == places
    assert (now["form"], now["components"]) == ({}, before["components"][1:])
    assert now["results"] == before["results"]


def test_who_decides_on_a_log_that_was_changed_is_refused(changed, where, holder, finished):
    changed(where["table.Dossiers"], finished.reference, "EVENT#000003", at="2020-01-01T00:00:00.000+00:00")
    refused = problem(holder.post(f"/v1/dossiers/{finished.reference}/rating", {"satisfied": True}), 500, "log_broken")
    assert refused["record"] == finished.reference


def test_the_history_of_use_says_paper_purpose_count_time_and_user_in_json_and_as_a_table(holder, leader, finished):
    document = finished.dossier["vault_document"]
    for _ in range(2):
        leader.get(f"/v1/messages/{document}").ok()
    told = whole_list(holder, "/v1/vault/history", "uses")
    lines = [x for x in whole_list(holder, "/v1/vault/access", "lines") if x["act"] in ("read", "asked")]
    assert sum(use["times"] for use in told) == len(lines)
    handled = document, f"dossier {finished.reference}", NAME, story.AGENCY
    found = [x for x in told if (x["document"], x["purpose"], x["officer"], x["user"]) == handled]
    assert sum(use["times"] for use in found) >= 2, "a row of each page that tells of it"
    assert all(use["first_at"] <= use["last_at"] for use in found)
    answer, rows = holder.call("GET", "/v1/vault/history", Accept="text/csv"), list[dict[str, str]]()
    while True:
        assert answer.ok().headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="history-of-use.csv"'
        rows += csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff")))
        if "Link" not in answer.headers:
            break
        following = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["Link"])
        answer = holder.call("GET", "/v1/vault/history" + following[1], Accept="text/csv")
    assert rows == [{name: "" if value is None else str(value) for name, value in each.items()} for each in told]
    assert "application/json" in holder.get("/v1/vault/history").headers["Content-Type"]
    problem(holder.call("GET", "/v1/vault/history?order=none", Accept="text/csv"), 422)
