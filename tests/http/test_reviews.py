"""What was read on scanned papers is looked at: 50 fields, the least sure first; of two officers one is told."""

import base64
import io
import json

import pytest
from PIL import Image, ImageFilter

from infra.demo import story
from infra.demo.scans import make_scan
from tests.support.asserts import problem, rules
from tests.support.world import OTHER_AGENCY, aws, officer_of, ready, whole_list

FIELDS = 50
RESIDENCE = "KQ003785"


def blurred(seed):
    """A residence confirmation as a bad copier makes it: of about ten fields something is not sure."""
    with Image.open(io.BytesIO(make_scan("xac_nhan_cu_tru", seed=seed, font="noto-serif").jpeg)) as opened:
        grey = opened.convert("L")
    half = grey.resize((grey.width // 2, grey.height // 2)).filter(ImageFilter.GaussianBlur(1.7))
    out = io.BytesIO()
    half.resize(grey.size).save(out, "JPEG", dpi=(200, 200), quality=60)
    return out.getvalue()


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def other(where):
    return story.second(where)


@pytest.fixture
def submitted(where, small_scan):
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


def in_review(desk, reference, scan, name=f"{RESIDENCE}.jpg"):
    """The review of a paper that was dropped, signed and read."""
    story.scanned(desk, reference, scan, name)
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    story.sign_copy(desk, copy).ok(202)
    listed = lambda: next((r for r in story.listed(desk, "/v1/reviews?", "reviews") if r["id"] == copy), None)  # noqa: E731 - one expression
    assert story.until("the review", listed)["left"] > 0
    return copy


def answer(who, review, field, version, **said):
    return who.post(f"/v1/reviews/{review}/fields/{field}/answer", said, version=version)


def answer_all(who, review, version, *answers):
    return who.post(f"/v1/reviews/{review}/answers", {"answers": list(answers)}, version=version)


def etag(told):
    return int(told.headers["ETag"].strip('"'))


def size(told):
    return len(json.dumps(told.body, ensure_ascii=False).encode())


def reading(where, review):
    """The reading as it is stored beside the paper."""
    key = f"papers/{review.replace('.', '/')}/reading.json"
    with aws(where, "s3") as s3:
        return json.loads(s3.get_object(Bucket=where["bucket.MessagesBucket"], Key=key)["Body"].read())


def test_fifty_fields_in_order_two_officers_at_once_every_value_kept(where, desk, other, submitted, capsys):
    said, requests, sent, told_no, holders = {}, 0, 0, 0, 0
    for seed in range(12):
        review = in_review(desk, submitted, blurred(seed))
        seen = desk.get(f"/v1/reviews/{review}").ok()
        requests, sent = requests + 1, sent + size(seen)
        asked = [f["confidence"] for f in seen.body["fields"]]
        assert asked == sorted(asked)
        order = [f["name"] for f in seen.body["fields"]]
        while field := seen.body["next"]:
            assert field["name"] == order.pop(0)
            assert len(base64.b64decode(field["crop"])) <= 15_000
            typed = {"verb": "confirm"} if field["value"] else {"verb": "cannot_read"}
            version = etag(seen)
            seen = answer(desk, review, field["name"], version, **typed).ok()
            if told_no < 3 and seen.body["left"]:  # the other officer had the same version before their eyes
                refused = answer(other, review, field["name"], version, verb="cannot_read")
                assert problem(refused, 409, "review_claimed")["claimed_by"] == "Phan Bích Lượng"
                told_no += 1
            said[review, field["name"]] = field["value"]
            requests, sent, holders = requests + 1, sent + size(seen), holders + 1
        assert (seen.body["step"], seen.body["left"], order) == ("reviewed", 0, [])
        if len(said) >= FIELDS:
            break
    assert len(said) >= FIELDS
    assert told_no == 3
    for review in {review for review, _ in said}:
        story.until("the data message", lambda r=review: desk.get(f"/v1/copies/{r}").ok().body["step"] == "converted")
        kept = reading(where, review)
        values = {f["name"]: f["value"] for f in kept["fields"]}
        mine = {name: value for (of, name), value in said.items() if of == review}
        assert {name: values[name] for name in mine} == mine
        assert not any(f["needs_review"] for f in kept["fields"])
        assert {(r["field"], tuple(r["by"])) for r in kept["reviewed"]} == {(n, ("Phan Bích Lượng",)) for n in mine}
    with capsys.disabled():
        print(f"\n{len(said)} fields: {requests / len(said):.2f} requests and {sent / len(said):.0f} bytes a field")


def test_of_two_officers_without_a_claim_the_one_who_saw_less_is_told(desk, other, submitted):
    review = in_review(desk, submitted, blurred(0))
    first, second = desk.get(f"/v1/reviews/{review}").ok(), other.get(f"/v1/reviews/{review}").ok()
    name, later = (f["name"] for f in first.body["fields"][:2])
    answer(desk, review, name, etag(first), verb="cannot_read").ok()
    problem(answer(other, review, later, etag(second), verb="cannot_read"), 409, "review_claimed")
    desk.post(f"/v1/reviews/{review}/release", {}).ok()
    assert problem(answer(other, review, later, etag(second), verb="cannot_read"), 412, "lost_update")
    taken = other.post(f"/v1/reviews/{review}/claim", {}).ok()
    problem(desk.post(f"/v1/reviews/{review}/claim", {}), 409, "review_claimed")
    problem(desk.post(f"/v1/reviews/{review}/release", {}), 409, "review_claimed")
    assert taken.body["claimed_by"] == "Lý Thanh Oanh"
    assert answer(other, review, later, etag(taken), verb="cannot_read").ok().body["next"]["name"] != later


def test_a_value_is_typed_in_its_form_and_begun_again(desk, submitted):
    review = in_review(desk, submitted, blurred(1))
    seen = desk.get(f"/v1/reviews/{review}").ok()
    field = next(f for f in seen.body["fields"] if f["pattern"])["name"]
    before = next(f["value"] for f in seen.body["fields"] if f["name"] == field)
    assert rules(answer(desk, review, field, etag(seen), verb="correct", value="?x?")) == {"/value": "pattern"}
    assert rules(answer(desk, review, field, etag(seen), verb="guess")) == {"/verb": "literal_error"}
    problem(answer(desk, review, field, 10**9, verb="cannot_read"), 412, "lost_update")
    problem(desk.post(f"/v1/reviews/{review}/fields/{field}/answer", {"verb": "confirm"}), 428, "version_missing")
    problem(answer(desk, review, "nothing", etag(seen), verb="confirm"), 404, "not_found")
    done = answer(desk, review, field, etag(seen), verb="cannot_read").ok()
    problem(answer(desk, review, field, etag(done), verb="confirm"), 409, "same_reviewer")
    answer(desk, review, field, etag(done), verb="retype").ok()
    shown = desk.get(f"/v1/reviews/{review}/fields/{field}").ok().body
    assert (shown["value"], shown["closed"], shown["answered_by"]) == (before, False, [])
    assert Image.open(io.BytesIO(base64.b64decode(shown["crop"]))).format == "JPEG"


def test_a_whole_paper_is_looked_at_in_two_requests(where, desk, submitted, capsys):
    review = in_review(desk, submitted, blurred(2))
    seen = desk.get(f"/v1/reviews/{review}?crops=all").ok()
    crops = [base64.b64decode(field["crop"]) for field in seen.body["fields"]]
    assert all(0 < len(crop) <= 15_000 for crop in crops)
    said = {f["name"]: f["value"] for f in seen.body["fields"]}
    answers = [{"field": name, "verb": "confirm" if value else "cannot_read"} for name, value in said.items()]
    done = answer_all(desk, review, etag(seen), *answers).ok()
    assert (done.body["step"], done.body["left"], done.body["next"]) == ("reviewed", 0, None)
    story.until("the data message", lambda: desk.get(f"/v1/copies/{review}").ok().body["step"] == "converted")
    kept = reading(where, review)
    values = {f["name"]: f["value"] for f in kept["fields"]}
    assert {name: values[name] for name in said} == said
    assert {(r["field"], tuple(r["by"])) for r in kept["reviewed"]} == {(n, ("Phan Bích Lượng",)) for n in said}
    with capsys.disabled():
        print(
            f"\n{len(said)} fields together: 2 requests and {(size(seen) + size(done)) / len(said):.0f} bytes a field"
        )


def test_one_answer_of_several_that_does_not_hold_refuses_all_by_name(desk, submitted):
    review = in_review(desk, submitted, blurred(1))
    seen = desk.get(f"/v1/reviews/{review}").ok()
    one, other = (f["name"] for f in seen.body["fields"][:2])
    formed = next(f["name"] for f in seen.body["fields"] if f["pattern"])
    unread = lambda name: {"field": name, "verb": "cannot_read"}  # noqa: E731 - one expression
    wrong = {"field": formed, "verb": "correct", "value": "?x?"}
    good = next(name for name in (one, other) if name != formed)
    told = rules(answer_all(desk, review, etag(seen), unread(good), wrong, unread("nothing"), unread(good)))
    assert told == {"/answers/1/value": "pattern", "/answers/2/field": "unknown", "/answers/3/field": "twice"}
    assert rules(answer_all(desk, review, etag(seen), {"field": good})) == {"/answers/0/verb": "missing"}
    assert desk.get(f"/v1/reviews/{review}").ok().body["version"] == seen.body["version"]
    problem(answer_all(desk, review, 10**9, unread(good)), 412, "lost_update")
    problem(desk.post(f"/v1/reviews/{review}/answers", {"answers": [unread(good)]}), 428, "version_missing")
    done = answer_all(desk, review, etag(seen), unread(good)).ok()
    assert rules(answer_all(desk, review, etag(done), unread(good))) == {"/answers/0/verb": "same_reviewer"}
    assert rules(desk.get(f"/v1/reviews/{review}?crops=some")) == {"/crops": "literal_error"}


def test_nothing_read_cannot_be_confirmed(desk, submitted, small_scan):
    review = in_review(desk, submitted, small_scan)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    problem(answer(desk, review, seen.body["next"]["name"], etag(seen), verb="confirm"), 409, "nothing_read")


def test_a_paper_under_review_is_rejected_with_a_reason(desk, submitted):
    review = in_review(desk, submitted, blurred(0))
    rejected = desk.post(f"/v1/reviews/{review}/rejection", {"reason": "unreadable", "note": "mờ"}).ok().body
    assert rejected["id"] == review
    assert desk.get(f"/v1/copies/{review}").ok().body["step"] == "rejected"
    problem(desk.get(f"/v1/reviews/{review}"), 409, "forbidden_step")
    assert review not in {r["id"] for r in story.listed(desk, "/v1/reviews?", "reviews")}


def test_another_agency_sees_none_of_it(where, desk, submitted):
    review = in_review(desk, submitted, blurred(0))
    stranger = officer_of(where, OTHER_AGENCY, "scanning")
    problem(stranger.get(f"/v1/reviews/{review}"), 404, "not_found")
    problem(stranger.post(f"/v1/reviews/{review}/claim", {}), 404, "not_found")
    assert review not in {r["id"] for r in story.listed(stranger, "/v1/reviews?", "reviews")}


def test_nobody_reads_values_unseen_by_taking_a_review_or_giving_back_what_nobody_has(cloud, where, small_scan, desk):
    """`release` and `claim` answer every value: a colleague read them so, and the owner's ledger had no line."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    review = in_review(desk, reference, blurred(3))
    cloud.wait_idle()
    curious = officer_of(where, story.AGENCY, "scanning")
    for act in ("release", "claim", "release"):
        before = len(whole_list(me, "/v1/vault/access", "lines"))
        assert any(each["value"] for each in curious.post(f"/v1/reviews/{review}/{act}", {}).ok().body["fields"])
        assert len(whole_list(me, "/v1/vault/access", "lines")) == before + 1, act


def test_the_holder_reads_in_their_ledger_who_looked_at_which_value(where, small_scan, desk):
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    review = in_review(desk, reference, blurred(0))
    story.look_over(review, desk)
    story.until("the data message", lambda: story.settled(me, reference))
    lines = [line for line in me.get("/v1/vault/access").ok().body["lines"] if line["route"] == "reviews"]
    looked = [value["field"] for line in lines for value in line["values"]]
    assert sorted(looked) == sorted(each["field"] for each in reading(where, review)["reviewed"])
    assert len([line for line in lines if line["values"]]) == 1, "one answer, one line"
    assert {line["reviewed"]["field"] for line in lines if line["reviewed"]} <= set(looked)
    assert {line["officer"] for line in lines} == {"Phan Bích Lượng"}
