"""The line to the table breaks after the write, and stays broken: who asks again, as told, is told what was done."""

import time
from types import SimpleNamespace

import pytest
import requests
import urllib3.util.retry

from chalicelib.kernel import aws
from infra.demo import story
from tests.support.asserts import problem
from tests.support.line import Line
from tests.support.world import events, ready


@pytest.fixture
def waited(monkeypatch):
    """How long clients waited because they were told to, in seconds; it takes no time."""
    waits = []
    told = SimpleNamespace(sleep=waits.append, time=time.time, mktime=time.mktime)
    monkeypatch.setattr(urllib3.util.retry, "time", told)
    return waits


@pytest.fixture
def line(cloud, monkeypatch):
    """The line of the functions, which run in this process; nothing that was told before is still being heard."""
    assert cloud.functions
    cloud.wait_idle()
    made = Line(aws.client("dynamodb"), monkeypatch)
    yield made
    made.close()


def types(where, reference):
    return [event["type"].removeprefix("vn.motcua.") for event in events(where, reference)]


def test_a_refused_request_says_when_to_come_again(where, citizen, draft, line):
    line.cut(draft, aws.TRIES)
    body = b'{"form": {}}'
    headers = {"Authorization": f"Bearer {citizen.token}", "If-Match": '"0"', "Content-Type": "application/json"}
    answer = requests.put(f"{where['url']}/v1/drafts/{draft}/form", data=body, headers=headers, timeout=60)
    told = SimpleNamespace(status=answer.status_code, headers=answer.headers, body=answer.json())
    problem(told, 503, "try_again")
    assert answer.headers["Retry-After"] == "1"
    assert len(line.sent) == aws.TRIES


def test_a_form_is_saved_once_and_told_as_saved(where, citizen, draft, line, waited):
    line.cut(draft, aws.TRIES)
    answer = story.fill(citizen, draft)
    assert (answer.status, answer.body["form_version"], waited) == (200, 1, [1])
    assert answer.body["form"]["child"] == story.FORM["child"]
    assert types(where, draft) == ["draft.opened", "draft.saved"]
    assert story.fill(citizen, draft, {}, version=0).status == 412, "another form on that version is still refused"


def test_a_file_is_announced_once_and_told_as_announced(where, citizen, draft, line, waited):
    line.cut(draft, aws.TRIES)
    answer = story.announce(citizen, draft, b"x").ok(201)
    assert waited == [1]
    assert [u["id"] for u in citizen.get(f"/v1/drafts/{draft}").body["uploads"]] == [answer.body["id"]]
    assert types(where, draft) == ["draft.opened", "upload.announced"]


def test_a_dossier_is_submitted_and_received_once_and_told_so(cloud, where, citizen, small_scan, line, waited):
    draft = ready(citizen, small_scan)
    cloud.wait_idle()
    line.cut(draft, aws.TRIES)
    assert story.submit(citizen, draft).ok(201).body["reference"] == draft
    assert waited == [1]
    cloud.wait_idle()
    desk = story.officer(where, "reception")
    line.cut(draft, aws.TRIES)
    story.complete(desk, story.task_of(desk, draft, "receive"), "accepted").ok(200)
    assert waited == [1, 1]
    cloud.wait_idle()
    told = types(where, draft)
    assert [told.count(each) for each in ("dossier.submitted", "dossier.accepted")] == [1, 1]
    assert len([e for e in cloud.executions() if e["input"].get("dossier") == draft]) == 1
