"""What one officer does to a dossier, and whose dossier it is hears: who is asked, where a paper goes, what came in."""

import pytest

from infra.demo import story
from tests.http.test_hands import notices
from tests.http.test_supplement import dropped_slip
from tests.support.asserts import rules
from tests.support.counter import NOTICE, holder_of, paper, scan, take_in
from tests.support.world import OTHER_AGENCY, officer_of, partition, ready

QUESTION = {"agency": OTHER_AGENCY, "content": "Xin ý kiến về nơi cư trú của cha mẹ", "deadline": "2wd"}
FACTS = ("agency", "handler", "received_at", "processed_at")


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def filed(me, small_scan):
    """A dossier that its applicant filed online."""
    return str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])


def verified_soon(desk, reference):
    """The task of who verifies it."""
    task = story.until("receive", lambda: story.task_of(desk, reference, "receive"))
    story.complete(desk, task, "accepted").ok()
    forward = story.until("on", lambda: story.dossier(desk, reference)["holding"])
    if forward["task"] == "forward":
        story.complete(desk, story.task_of(desk, reference, "forward"), "forwarded").ok()
    return f"{reference}.0-commune.verify"


def test_the_applicant_is_told_which_agency_an_officer_asked_about_their_dossier(where, desk, me, filed):
    """One officer opened a dossier to any agency, whose people read it then: the applicant heard nothing."""
    officer = story.officer(where, "processing")
    path = f"/v1/tasks/{verified_soon(desk, filed)}/consultations"
    for _ in range(2):
        officer.post(path, QUESTION, key=f"asked-{filed}").ok(201)
    (told,) = notices(me, filed, "opinion")
    assert all(told[fact] for fact in FACTS)
    assert told["handler"] == story.OFFICERS["processing"]["name"]
    vi, en = told["reason"].split(" / ")
    for said in (vi, en):
        assert OTHER_AGENCY in said, said
    assert "xin ý kiến" in vi
    assert "opinion" in en
    assert QUESTION["content"] not in told["reason"], "what was asked is for its agencies"
    (row,) = (
        each for each in partition(where, "Dossiers", filed) if each.get("type") == "vn.motcua.consultation.asked"
    )
    assert row["actor"] == story.OFFICERS["processing"]["sub"], "the log says who"


def hand_on(who, reference, n=1, *, key=None, **to):
    return who.post(f"/v1/dossiers/{reference}/originals/{n}/handover", {"name": "Lý Oanh", **to}, key=key)


def test_the_applicant_is_told_to_whom_an_officer_hands_their_original(where, desk):
    """It went to any name that was typed, and only who looked for it saw that it was gone."""
    body = paper(papers=[NOTICE])
    reference = take_in(desk, body).ok(201).body["reference"]
    me = holder_of(where, body)
    assert notices(me, reference, "custody") == []
    for _ in range(2):
        hand_on(desk, reference, key=f"on-{reference}", name="Nhà xe Thành Bưởi").ok()
    (told,) = notices(me, reference, "custody")
    assert all(told[fact] for fact in FACTS)
    assert told["handler"] == story.OFFICERS["reception"]["name"]
    vi, en = told["reason"].split(" / ")
    for said in (vi, en):
        assert "Nhà xe Thành Bưởi" in said
        assert "1" in said
    assert "Giấy chứng sinh" in vi


def test_no_original_goes_to_an_agency_that_was_only_asked_for_its_opinion(where, desk):
    body = paper(papers=[NOTICE])
    reference = take_in(desk, body).ok(201).body["reference"]
    verify = verified_soon(desk, reference)
    officer = story.officer(where, "processing")
    officer.post(f"/v1/tasks/{verify}/consultations", QUESTION).ok(201)
    assert officer_of(where, OTHER_AGENCY, "processing").get(f"/v1/dossiers/{reference}").ok()
    assert rules(hand_on(officer, reference, agency=OTHER_AGENCY)) == {"/agency": "unknown"}
    assert notices(holder_of(where, body), reference, "custody") == []
    hand_on(officer, reference, agency=story.AGENCY).ok()
    assert len(notices(holder_of(where, body), reference, "custody")) == 1


def test_a_scan_of_what_was_not_taken_in_on_paper_is_told_and_one_of_what_was_is_not(where, desk, small_scan):
    """An officer put a paper into a dossier of the counter after its receipt: its applicant heard nothing."""
    body = paper(papers=[NOTICE])
    reference = take_in(desk, body).ok(201).body["reference"]
    me = holder_of(where, body)
    scan(desk, reference, small_scan)
    assert notices(me, reference, "scan") == [], "the receipt lists it"
    dropped_slip(desk, reference)
    (told,) = notices(me, reference, "scan")
    assert all(told[fact] for fact in FACTS)
    assert "giấy tờ khác" in told["reason"]
    assert "another paper" in told["reason"]
    story.scanned(desk, reference, small_scan, "KQ003785 xác nhận cư trú.jpg")
    _, named = story.until("the second", lambda: two if len(two := notices(me, reference, "scan")) > 1 else None)
    assert "thông tin về cư trú" in named["reason"]
    story.scanned(desk, reference, small_scan, "KQ004389 lần hai.jpg")
    *_, more = story.until("the third", lambda: all_ if len(all_ := notices(me, reference, "scan")) > 2 else None)
    assert "Giấy chứng sinh" in more["reason"], "one came, and this is a second scan"
