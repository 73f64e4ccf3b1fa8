"""From a file that is not what it says to a submission that holds exactly what was received."""

import hashlib
import uuid
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from infra.demo import story
from infra.demo.client import fetch
from tests.support.asserts import problem, rules
from tests.support.world import events, files, held, page, parked, partition, posted, ready

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 20 * 1024 * 1024


def pdf(change=lambda document: None, pages=1):
    document, out = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    change(document)
    document.save(out)
    return out.getvalue()


def with_javascript(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


def with_a_file_inside(document):
    document.attachments["giay-to.exe"] = b"MZ"


CONTENTS = {
    "text named .jpg": (b"day la mot tep van ban\n" * 20, "wrong_type"),
    "an empty file": (b"", "empty"),
    "a JPEG that breaks off": (page()[:-400], "truncated"),
    "a JPEG of one marker": (b"\xff\xd8\xff", "truncated"),
    "a PNG that breaks off": (page(kind="PNG")[:-20], "truncated"),
    "a GIF": (page(kind="GIF"), "wrong_type"),
    "a JPEG with a program behind it": (page() + b"MZ" * 100, "wrong_type"),
    "a PDF with JavaScript": (pdf(with_javascript), "active_content"),
    "a PDF with a file inside": (pdf(with_a_file_inside), "active_content"),
    "a PDF that breaks off": (pdf()[:-300], "truncated"),
    "a PDF without a page": (pdf(pages=0), "page_count"),
    "a PDF of 101 pages": (pdf(pages=101), "page_count"),
    "the test virus": (EICAR, "malware"),
    "a picture with the test virus": (page() + EICAR, "malware"),
    "a page": (b"<html><script>alert(1)</script></html>", "wrong_type"),
    "a file over the limit": (page() + b"\0" * LIMIT, "too_large"),
}


@pytest.mark.parametrize(("data", "reason"), CONTENTS.values(), ids=CONTENTS)
def test_a_file_that_is_not_what_it_says_becomes_no_component(where, citizen, draft, data, reason):
    ticket = story.announce(citizen, draft, b"0" * 1000).ok(201).body
    posted(ticket, data)
    verdict = story.checked(citizen, draft, ticket["id"])
    assert (verdict["status"], verdict["reason_code"]) == ("refused", reason)
    english = citizen.call("GET", f"/v1/drafts/{draft}", Accept_Language="en").ok().body
    assert english["uploads"][0]["reason"] != verdict["reason"]
    assert english["uploads"][0]["reason"].isascii()
    assert verdict["reason"].endswith((".", "byte")) or " " in verdict["reason"]
    assert [m["code"] for m in english["missing"]] == [story.BIRTH_NOTICE]
    rows = partition(where, "Dossiers", draft)
    assert not [r for r in rows if r["sk"].startswith("COMPONENT#")]
    refused = [r for r in rows if r.get("type") == "vn.motcua.upload.refused"]
    assert [r["data"]["reason_code"] for r in refused] == [reason]


@pytest.mark.parametrize(
    ("data", "kind"), [(page(kind="PNG"), "image/png"), (pdf(pages=3), "application/pdf"), (page(), "image/jpeg")]
)
def test_a_file_is_known_by_its_bytes(citizen, draft, data, kind):
    upload = story.upload(citizen, draft, data, media_type=kind, name="../../etc/passwd")
    assert story.checked(citizen, draft, upload)["status"] == "accepted"
    story.fill(citizen, draft).ok()
    line = story.submit(citizen, draft).ok(201).body["seal"]["components"][0]
    assert line["media_type"] == kind
    assert (line["size"], line["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert line["key"] == f"uploads/{draft}/{upload}", "the server chooses the key"


def test_a_second_file_under_the_same_form_changes_nothing(cloud, citizen, draft, small_scan):
    ticket = story.announce(citizen, draft, small_scan).ok(201).body
    posted(ticket, small_scan)
    assert story.checked(citizen, draft, ticket["id"])["status"] == "accepted"
    posted(ticket, page(600, 600))
    cloud.wait_idle()
    story.fill(citizen, draft).ok()
    reference = story.submit(citizen, draft).ok(201).body["reference"]
    component = story.dossier(citizen, reference)["components"][0]
    link = citizen.get(f"/v1/dossiers/{reference}/components/{component['id']}").ok().body
    assert hashlib.sha256(fetch(link["url"])).hexdigest() == component["sha256"] == link["sha256"]
    assert component["sha256"] == hashlib.sha256(small_scan).hexdigest()


def test_a_file_that_nobody_announced_becomes_nothing(where, cloud, citizen, draft, small_scan):
    ticket = story.announce(citizen, draft, small_scan).ok(201).body
    cloud.wait_idle()
    before = partition(where, "Dossiers", draft)
    stray = {**ticket["post"]["fields"]}
    stray["key"] = f"uploads/{draft}/0123456789abcdef"
    posted({"post": {**ticket["post"], "fields": stray}}, small_scan)  # moto does not check the policy
    cloud.wait_idle()
    assert partition(where, "Dossiers", draft) == before


# --- the submission ---------------------------------------------------------------------------------------------


def refused_submission(who, draft, status, code):
    body = problem(story.submit(who, draft), status, code)
    assert who.get(f"/v1/drafts/{draft}").ok().body["status"] == "draft"
    return body


def test_a_submission_without_a_component_is_refused_and_names_it(citizen, draft):
    story.fill(citizen, draft).ok()
    body = refused_submission(citizen, draft, 409, "component_missing")
    assert [c["code"] for c in body["components"]] == [story.BIRTH_NOTICE]
    assert all(c["name_vi"] and c["name_en"] for c in body["components"])


def test_a_component_that_was_refused_is_missing(citizen, draft):
    story.fill(citizen, draft).ok()
    ticket = story.announce(citizen, draft, b"text").ok(201).body
    posted(ticket, b"text")
    story.checked(citizen, draft, ticket["id"])
    refused_submission(citizen, draft, 409, "component_missing")


def test_a_file_announced_and_never_sent_is_missing(citizen, draft):
    story.fill(citizen, draft).ok()
    story.announce(citizen, draft, b"text").ok(201)
    refused_submission(citizen, draft, 409, "component_missing")


def test_a_submission_waits_for_the_check_of_what_was_sent(cloud, citizen, small_scan):
    draft = story.ready_draft(citizen, small_scan)
    with held(cloud, "digitisation_take_in"):
        story.upload(citizen, draft, small_scan, component=story.RESIDENCE, name="cu-tru.jpg")
        body = refused_submission(citizen, draft, 409, "component_unchecked")
        assert body["components"] == [story.RESIDENCE]
    codes = [c["code"] for c in story.submit(citizen, draft).ok(201).body["seal"]["components"]]
    assert codes == [story.RESIDENCE, story.BIRTH_NOTICE]


def test_an_optional_file_announced_and_never_sent_keeps_nobody_waiting(citizen, small_scan):
    draft = story.ready_draft(citizen, small_scan)
    story.announce(citizen, draft, small_scan, component=story.RESIDENCE).ok(201)
    assert len(story.submit(citizen, draft).ok(201).body["seal"]["components"]) == 1


def test_a_form_that_was_not_filled_is_refused(citizen, draft, small_scan):
    story.checked(citizen, draft, story.upload(citizen, draft, small_scan))
    assert rules(story.submit(citizen, draft)) == {"": "required"}
    refused_submission(citizen, draft, 422, "form_invalid")


def test_a_form_with_a_fault_is_refused_and_the_field_named(citizen, draft, small_scan):
    story.checked(citizen, draft, story.upload(citizen, draft, small_scan))
    broken = story.FORM | {"requester": {"relationship": "Hàng xóm"}, "mother": {}}
    story.fill(citizen, draft, broken).ok()
    named = rules(story.submit(citizen, draft))
    assert named["/requester/relationship"] == "enum"
    assert named["/mother/full_name"] == "required"
    refused_submission(citizen, draft, 422, "form_invalid")
    story.fill(citizen, draft, version=1).ok()
    story.submit(citizen, draft).ok(201)


def test_a_draft_is_submitted_once(citizen, small_scan):
    draft = story.ready_draft(citizen, small_scan)
    story.submit(citizen, draft).ok(201)
    assert problem(story.submit(citizen, draft), 409, "already_submitted")["reference"] == draft
    problem(story.fill(citizen, draft, version=1), 409, "already_submitted")
    problem(story.announce(citizen, draft, small_scan), 409, "already_submitted")


def test_the_same_key_tells_the_same_again(where, cloud, citizen, small_scan):
    draft, key = story.ready_draft(citizen, small_scan), uuid.uuid4().hex
    first = story.submit(citizen, draft, key=key).ok(201)
    cloud.wait_idle()
    before = partition(where, "Dossiers", draft)
    again = story.submit(citizen, draft, key=key).ok(201)
    assert (again.body, again.headers["Location"]) == (first.body, first.headers["Location"])
    assert partition(where, "Dossiers", draft) == before
    assert len(events(where, f'"{draft}"')) == len([r for r in before if r["sk"].startswith("EVENT#")])
    assert int(again.headers["X-Local-DynamoDB-Calls"]) == 0, "nothing is written for an answer that was given"


def test_the_same_key_with_another_body_is_409(citizen, small_scan):
    one, two = (story.ready_draft(citizen, small_scan) for _ in range(2))
    key = uuid.uuid4().hex
    story.submit(citizen, one, key=key).ok(201)
    problem(story.submit(citizen, two, key=key), 409, "key_reused")
    assert citizen.get(f"/v1/drafts/{two}").ok().body["status"] == "draft"
    problem(story.open_draft(citizen, key=key), 409, "key_reused")


def test_a_submission_tells_when_and_what_was_received(where, citizen, small_scan):
    draft = story.ready_draft(citizen, small_scan)
    answer = story.submit(citizen, draft).ok(201)
    body = answer.body
    assert answer.headers["Location"] == f"/v1/dossiers/{draft}"
    assert body["received_at"].endswith("+07:00")
    assert body["reference"] in body["acknowledgement"]
    line = body["seal"]["components"][0]
    assert (line["size"], line["sha256"]) == (len(small_scan), hashlib.sha256(small_scan).hexdigest())
    assert (line["key"], line["version_id"]) in files(where, "IntakeBucket")
    found = story.dossier(citizen, draft)["components"]
    shown = {k: found[0][k] for k in ("id", "code", "filename", "size", "sha256", "media_type")}
    assert shown == {k: line[k] for k in shown}, "the officer opens what the seal names"


def test_a_late_upload_changes_nothing_in_the_sealed_dossier(where, cloud, citizen, small_scan):
    draft = story.ready_draft(citizen, small_scan)
    late = story.announce(citizen, draft, small_scan, component=story.RESIDENCE).ok(201).body
    seal = story.submit(citizen, draft).ok(201).body["seal"]
    cloud.wait_idle()
    before = story.dossier(citizen, draft)
    posted(late, small_scan)
    cloud.wait_idle()
    after = story.dossier(citizen, draft)
    assert {k: v for k, v in after.items() if k != "version"} == {k: v for k, v in before.items() if k != "version"}
    assert [c["id"] for c in after["components"]] == [line["id"] for line in seal["components"]]
    timeline = citizen.get(f"/v1/dossiers/{draft}/timeline").ok().body
    assert timeline["unbroken"]
    told = next(u for u in citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"] if u["id"] == late["id"])
    assert (told["status"], told["reason_code"]) == ("refused", "after_submission")


HOSTILE = [
    '"] #panic() #[',
    "a\x00b.jpg",
    "\u202egpj.exe",
    "🍼" * 50 + ".jpg",
    "<script>.jpg",
    "x" * 200,
    "\\\\#{$%&_^~",
]


def test_a_hostile_file_name_keeps_no_receipt_away(where, cloud, citizen, small_scan):
    draft = str(story.open_draft(citizen).ok(201).body["reference"])
    story.fill(citizen, draft).ok()
    for name in HOSTILE:
        assert (
            story.checked(citizen, draft, story.upload(citizen, draft, small_scan, name=name))["status"] == "accepted"
        )
    story.submit(citizen, draft).ok(201)
    desk = story.officer(where, "reception")
    task = story.until("the task", lambda: story.task_of(desk, draft, "receive"))
    story.complete(desk, task, "accepted").ok()
    cloud.wait_idle()
    assert parked(cloud, draft) == []
    receipt = story.dossier(citizen, draft)["receipt"]
    assert fetch(citizen.get(f"/v1/messages/{receipt}").ok().body["url"]).startswith(b"%PDF-")


# --- tasks ------------------------------------------------------------------------------------------------------


def test_a_task_is_completed_once(where, citizen, small_scan):
    draft = ready(citizen, small_scan)
    story.submit(citizen, draft).ok(201)
    desk, key = story.officer(where, "reception"), uuid.uuid4().hex
    task = f"{draft}.0-commune.receive"
    assert story.task_of(desk, draft, "receive") == task
    problem(story.complete(desk, task, "approved"), 422, "body_invalid")
    first = story.complete(desk, task, "accepted", key=key).ok()
    assert story.complete(desk, task, "accepted", key=key).ok().body == first.body
    problem(desk.post(f"/v1/tasks/{task}/complete", {"outcome": "accepted", "note": "x"}, key=key), 409, "key_reused")
    assert problem(story.complete(desk, task, "accepted"), 409, "task_closed")["outcome"] == "accepted"
    code = story.dossier(citizen, draft)["dossier_code"]
    assert story.dossier(citizen, code)["reference"] == draft
    codes = [r for r in events(where, draft) if r["type"] == "vn.motcua.dossier.accepted"]
    assert len(codes) == 1
    problem(story.complete(story.officer(where, "leader"), f"{draft}.0-commune.approve", "approved"), 404, "not_found")


def test_a_signature_is_ordered_once_and_told_the_same_under_its_key(where, cloud, citizen, small_scan):
    reference = story.submit(citizen, ready(citizen, small_scan)).ok(201).body["reference"]
    story.drop(where, reference, small_scan, "KQ003785.jpg")
    desk, key = story.officer(where, "reception"), uuid.uuid4().hex
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    first = story.sign_copy(desk, copy, key=key).ok(202)
    story.look_over(copy, desk)
    story.until("the data message", lambda: story.settled(citizen, reference))
    assert story.sign_copy(desk, copy, key=key).ok(202).body == first.body
    problem(story.sign_copy(desk, copy), 409, "forbidden_step")
    cloud.wait_idle()
    orders = [r["data"]["kind"] for r in events(where, reference) if r["type"] == "vn.motcua.signature.ordered"]
    assert sorted(orders) == ["conversion", "copy"]
