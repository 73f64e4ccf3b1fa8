"""A paper that one agency converted satisfies a component at another, which never asks for it; until it is withdrawn.

Decree 137/2024 Art. 8(4), Decree 45/2020 Art. 4, 9, 14; rules R27, R29, R31.
"""

from types import SimpleNamespace

import pytest

from infra.demo import story
from infra.demo.client import fetch
from infra.demo.run import BIRTH_SCAN
from infra.demo.scans import make_scan
from tests.journeys.test_birth import sha256
from tests.support.asserts import problem
from tests.support.recall import withdraw
from tests.support.world import officer_of, partition, whole_list

ELSEWHERE = "H01.10.25"


def draft_at(me, agency):
    draft = str(story.open_draft(me, agency=agency).ok(201).body["reference"])
    story.fill(me, draft).ok()
    return draft


def refer(me, draft, document):
    body = {"component": story.BIRTH_NOTICE, "document": document}
    return me.post(f"/v1/drafts/{draft}/documents", body)


def told(me, path, what):
    """What a look shows, once it shows it."""
    return story.until(path, lambda: next((row for row in me.get(path).ok().body[what[0]] if what[1](row)), None))


@pytest.fixture(scope="module")
def life(cloud):
    """The story as it went; each test looks at one duty of it."""
    where, me = cloud.where(), story.citizen(cloud.where(), **story.somebody())
    scan = make_scan(**BIRTH_SCAN)
    first = draft_at(me, story.AGENCY)
    assert story.checked(me, first, story.upload(me, first, scan.jpeg))["status"] == "accepted"
    story.submit(me, first).ok(201)
    story.drop(where, first, scan.jpeg, "KQ004389 giấy chứng sinh.jpg")
    copy = story.until("the copy", lambda: story.copy_of(story.officer(where, "reception"), first))
    story.digitised(where, copy)
    converted = story.until("the data message", lambda: story.settled(me, first))
    message = next(c for c in converted["components"] if c["origin"] == "drop")["digitisation"]["conversion_id"]
    path = f"/v1/vault/documents?kind={story.BIRTH_NOTICE}"
    held = told(me, path, ("documents", lambda row: row["id"] == message))

    second, third = draft_at(me, ELSEWHERE), draft_at(me, ELSEWHERE)
    referred = story.until("the read model", lambda: (a := refer(me, second, message)).status == 200 and a)
    submitted = story.submit(me, second).ok(201)
    desk = officer_of(where, ELSEWHERE, "reception")
    task = story.until("the task", lambda: story.task_of(desk, second, "receive"))
    item = {
        "target": story.BIRTH_NOTICE,
        "reason": "MISSING",
        "basis": "Điều 16",
        "remedy": "Nộp bản chính giấy chứng sinh",
    }
    asked = desk.post(f"/v1/tasks/{task}/complete", {"outcome": "supplement", "supplement": {"items": [item]}})
    component = story.dossier(me, second)["components"][0]
    opened = desk.get(f"/v1/dossiers/{second}/components/{component['id']}").ok().body

    refer(me, third, message).ok()
    withdraw(where, message)
    flagged = story.until(
        "the dossier that relies on it",
        lambda: (c := story.dossier(me, second)["components"][0])["reused"]["fell_away"] and c,
    )
    emptied = story.until("the draft", lambda: (d := me.get(f"/v1/drafts/{third}").ok().body)["missing"] and d)
    cloud.wait_idle()
    return SimpleNamespace(
        where=where, me=me, first=first, second=second, third=third, message=message, held=held, referred=referred,
        submitted=submitted, asked=asked, component=component, opened=opened, flagged=flagged, emptied=emptied,
        desk=desk, item=item, task=task,
    )  # fmt: skip


def test_the_converted_paper_is_in_the_vault_with_where_it_is_from(life):
    assert (life.held["provenance"], life.held["group"], life.held["agency"]) == (
        "CONVERTED_SIGNED",
        "digitised",
        story.AGENCY,
    )
    assert (life.held["kind"], life.held["standing"]) == (story.BIRTH_NOTICE, "valid")


def test_it_satisfies_the_component_at_the_other_agency_without_an_upload(life):
    (referred,) = life.referred.body["documents"]
    assert referred["document"] == life.message
    assert (life.referred.body["missing"], life.referred.body["uploads"]) == ([], [])
    (line,) = life.submitted.body["seal"]["components"]
    assert line["sha256"] == life.held["sha256"]
    assert life.component["reused"] == {
        "document": life.message, "title": life.held["title"], "issuer": story.AGENCY,
        "provenance": "CONVERTED_SIGNED", "fell_away": None,
    }  # fmt: skip
    assert life.component["digitisation"]["code"] == "held_in_vault"


def test_the_other_agency_opens_the_very_file_and_the_owner_sees_that(life):
    assert sha256(fetch(life.opened["url"])) == life.held["sha256"]
    lines = life.me.get("/v1/vault/access?order=newest").ok().body["lines"]
    name = f"{life.second}/{life.component['id']}"
    assert [(x["by"], x["basis"]) for x in lines if x["document"] == name] == [(ELSEWHERE, f"dossier {life.second}")]


def test_the_other_agency_does_not_ask_for_what_is_held(life):
    refused = problem(life.asked, 409, "already_held")
    assert [(each["target"], each["document"]) for each in refused["held"]] == [(story.BIRTH_NOTICE, life.message)]
    found = [each for each in whole_list(life.me, "/v1/vault/access", "lines") if each["document"] == "vault"]
    assert [(each["act"], each["by"], bool(each["officer"]), each["basis"]) for each in found] == [
        ("asked", ELSEWHERE, True, f"dossier {life.second}")
    ]
    assert found[0]["asked"]["fields"] == [story.BIRTH_NOTICE], "which papers they were told of, by kind"


def test_a_reuse_is_counted(life):
    rows = [row for row in partition(life.where, "Dossiers", life.second) if row["sk"].startswith("EVENT#")]
    rows = [row for row in rows if row["type"] == "vn.motcua.component.referred"]
    assert [(r["data"]["document"], r["data"]["issuer"], r["data"]["agency"]) for r in rows] == [
        (life.message, story.AGENCY, ELSEWHERE)
    ]


def test_when_it_is_withdrawn_the_open_dossier_is_told(life):
    assert life.flagged["reused"]["fell_away"] == "withdrawn"
    notices = [
        n for n in life.me.get(f"/v1/dossiers/{life.second}/notices").ok().body["notices"] if n["about"] == "paper"
    ]
    assert [(n["agency"], n["handler"]) for n in notices] == [(ELSEWHERE, story.AGENCY)]


def test_a_third_use_is_refused_by_name_and_the_draft_asks_for_the_paper_again(life):
    assert life.emptied["documents"] == []
    assert [c["code"] for c in life.emptied["missing"]] == [story.BIRTH_NOTICE]
    refused = problem(refer(life.me, life.third, life.message), 409, "document_not_reusable")
    assert (refused["document"], refused["why"]) == (life.message, "withdrawn")
    held = life.me.get(f"/v1/vault/documents/{life.message}").ok().body["document"]
    assert (held["standing"], bool(held["withdrawn_at"])) == ("withdrawn", True)


def test_what_is_worth_nothing_any_more_may_be_asked_for(life):
    body = {"outcome": "supplement", "supplement": {"items": [life.item]}}
    life.desk.post(f"/v1/tasks/{life.task}/complete", body).ok()
