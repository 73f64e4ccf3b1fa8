"""What a person said of themselves is in sealed fields and in their papers, nowhere else (lesson 11)."""

import json
import re
import uuid
from pathlib import Path

import pytest

from chalicelib.sealing.door import unseal
from infra.demo import story
from tests.support.world import events, files, tables

SEALED = "sealed"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def texts(value):
    """Every text of a form that is a person's own; a choice from a list is nobody's."""
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    return [str(value)] if len(str(value)) > 6 else []


@pytest.fixture(scope="module")
def canaries(finished):
    shared = {"Việt Nam", finished.form["birth_proof"], finished.form["case"]["parents"]}  # choices from a list
    found = {finished.claims["name"], finished.claims["personal_id"], *texts(finished.form)} - shared
    assert {"0977123098", "079085765431", "Huỳnh Tôn Thiên Kim", "Nhà hộ sinh Sao Khuê, xã Tân Lộc Đông"} <= found
    return sorted(found)


def heard(canaries, text):
    """The canaries in a text, as such and as JSON escapes them."""
    return [c for c in canaries if c in text or json.dumps(c)[1:-1] in text or c.upper() in text]


def test_no_personal_value_is_in_a_log_line(where, finished, canaries):
    log = Path(where["folder"], "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    assert len(lines) > 50
    assert {"request", "worked"} <= {line.get("message") for line in lines}, "metrics are lines without one"
    assert heard(canaries, log) == []


def test_no_personal_value_is_logged_when_a_request_breaks(where, cloud, finished, canaries, monkeypatch):
    """A fault of ours is logged by its type: its message might repeat what a person wrote."""
    from chalicelib.submission.service import Submissions

    def broken(*_args, **_more):
        raise RuntimeError(f"cannot save {finished.form} of {finished.claims}")

    me = story.citizen(where, **finished.claims)
    draft = story.open_draft(me).ok(201).body["reference"]
    monkeypatch.setattr(Submissions, "save_form", broken)
    answer = story.fill(me, draft, finished.form)
    assert (answer.status, answer.body["code"]) == (500, "broken")
    assert heard(canaries, json.dumps(answer.body, ensure_ascii=False)) == []
    log = Path(where["folder"], "log.jsonl").read_text(encoding="utf-8")
    assert answer.body["request_id"] in log
    assert "RuntimeError" in log
    assert heard(canaries, log) == []


def test_no_personal_value_is_in_an_event_outside_its_sealed_field(where, finished, canaries):
    rows = events(where, finished.reference)
    assert len(rows) > 15
    sealed = []
    for row in rows:
        data = dict(row["data"])
        if text := data.pop(SEALED, ""):  # empty where nothing was said
            sealed.append(unseal(finished.reference, text))
        assert heard(canaries, json.dumps({**row, "data": data}, ensure_ascii=False)) == [], row["type"]
    assert finished.claims["name"] in {s.get("name") for s in sealed}, "the sealed fields do hold them"


def test_no_personal_value_is_in_any_item_in_clear(where, finished, canaries):
    for table, items in tables(where).items():
        # An outage or a version of the catalogue may begin on any day, that of a child's birth too.
        own = [each for each in canaries if table != "Catalogue" or not DAY.fullmatch(each)]
        for text in items:
            assert heard(own, text) == [], (table, json.loads(text)["sk"])


def test_no_personal_value_is_in_a_key_of_a_table_or_an_index(where, canaries):
    for items in tables(where).values():
        for text in items:
            item = json.loads(text)
            keys = {k: v for k, v in item.items() if k in ("pk", "sk", "wl_pk", "wl_sk", "mine_pk", "mine_sk")}
            assert heard(canaries, json.dumps(keys, ensure_ascii=False)) == []


def test_no_personal_value_is_in_the_name_of_a_file(cloud, where, finished, canaries):
    for bucket in ("MessagesBucket", "IntakeBucket"):
        assert heard(canaries, json.dumps(files(where, bucket), ensure_ascii=False)) == []


def test_no_personal_value_is_told_in_a_refusal(where, finished, canaries):
    me = story.citizen(where, **finished.claims)
    name, number = finished.claims["name"], finished.claims["personal_id"]
    draft = story.open_draft(me).ok(201).body["reference"]
    answers = [
        me.post("/v1/drafts", {"procedure": name, "agency": number, name: number}),
        me.get(f"/v1/drafts/{number}"),
        me.get(f"/v1/dossiers?cursor={number}"),
        story.fill(me, draft, {name: number}, version=7),
        me.post(f"/v1/drafts/{draft}/uploads", {"component": name, "filename": name, "media_type": number, "size": 1}),
        story.submit(me, draft),
        story.submit(me, finished.reference),
    ]
    for answer in answers:
        assert answer.status >= 400
        spoken = {k: v for k, v in answer.body.items() if k != "errors"}
        spoken["errors"] = [e["message"] for e in answer.body.get("errors", [])]
        assert heard(canaries, json.dumps(spoken, ensure_ascii=False)) == []


def test_a_file_named_after_a_person_is_named_in_no_event(cloud, where, small_scan):
    """People name their files after themselves; the bus carries the name to whoever listens."""
    me = {**story.CITIZEN, **story.somebody()}
    who, name = story.citizen(where, **me), f"Khai sinh cháu Vừ Mí Sình {uuid.uuid4().hex[:6]}.jpg"
    draft = str(story.open_draft(who).ok(201).body["reference"])
    story.fill(who, draft).ok()
    story.checked(who, draft, story.upload(who, draft, small_scan, name=name))
    story.submit(who, draft).ok(201)
    desk = story.officer(where, "reception")
    task = story.until("the task", lambda: story.task_of(desk, draft, "receive"))
    story.complete(desk, task, "accepted").ok()
    cloud.wait_idle()
    assert story.dossier(who, draft)["components"][0]["filename"] == name, "its owner and the officer see it"
    told = [r["type"] for r in events(where, draft) if name in json.dumps(r, ensure_ascii=False)]
    assert told == []
