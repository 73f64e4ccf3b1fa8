"""A paper that an officer takes for a secret one: it is gone when a second person says so, and not before."""

import pytest

from infra.demo import story
from infra.demo.client import Client, fetch
from tests.http.test_reviews import answer, blurred, etag, in_review
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, ready

SECRET = {"reason": "secret", "note": "có dấu mật"}


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def other(where):
    """Another person who may scan for the same agency."""
    return story.second(where)


@pytest.fixture
def submitted(me, small_scan):
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


@pytest.fixture
def copy(desk, submitted, small_scan):
    """The id of the unsigned copy of a paper that was dropped for the dossier."""
    story.scanned(desk, submitted, small_scan, "KQ003785.jpg")
    return story.until("the copy", lambda: story.copy_of(desk, submitted))


def reject(officer, copy, key=None, **body):
    return officer.post(f"/v1/copies/{copy}/rejection", SECRET | body, key=key)


def shown(officer, copy):
    """What the desk shows of the copy on its list; None where it stands on it no more."""
    return next((x for x in story.listed(officer, "/v1/copies?", "copies") if x["id"] == copy), None)


def told(me, reference):
    notices = me.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"]
    return [each for each in notices if each["about"] == "rejection"]


def test_no_officer_alone_erases_a_paper_as_a_secret_one(me, desk, other, submitted, copy, small_scan):
    link = me.get(f"/v1/dossiers/{submitted}/components/{copy.partition('.')[2]}").ok().body["url"]
    first = reject(desk, copy, "one").ok().body
    assert (first["step"], first["secrecy"]["by"], first["secrecy"]["note"]) == (
        "copied",
        "Phan Bích Lượng",
        "có dấu mật",
    )
    assert fetch(link) == small_scan, "one alone erased it"
    assert shown(other, copy)["secrecy"] == first["secrecy"], "it is on the list of who may confirm it"
    assert told(me, submitted) == []
    assert reject(desk, copy, "one").ok().body == first
    problem(reject(desk, copy, "again"), 403, "secret_second_officer")
    assert fetch(link) == small_scan

    gone = reject(other, copy, "two").ok().body
    assert gone["step"] == "rejected"
    assert reject(other, copy, "two").ok().body == gone
    problem(desk.get(f"/v1/copies/{copy}/original"), 404, "not_found")
    with pytest.raises(OSError, match="4"):
        fetch(link)
    (notice,) = told(me, submitted)
    assert "Phan Bích Lượng" in notice["handler"]
    assert "Lý Thanh Oanh" in notice["handler"]


def test_who_has_no_number_is_no_second_person(where, desk, other, copy, monkeypatch):
    monkeypatch.setenv("MOTCUA_OFFICERS_KNOWN_FROM", "2099-01-01")
    reject(desk, copy).ok()
    unknown = {"sub": "secret-nobody", "name": "Vũ Thị Không", "agency": story.AGENCY, "personal_id": None}
    nobody = Client.login(where, kind="OFFICER", roles=["scanning"], **unknown)
    assert problem(reject(nobody, copy), 403, "second_unknown")["whose"] == "second"
    reject(other, copy).ok()


def test_what_one_officer_takes_for_secret_is_not_signed_before_somebody_declines_it(where, desk, other, copy):
    reject(desk, copy).ok()
    problem(story.sign_copy(other, copy), 409, "secret_proposed")
    stranger = officer_of(where, OTHER_AGENCY, "scanning")
    problem(stranger.post(f"/v1/copies/{copy}/rejection/decline", {}), 404, "not_found")
    for _ in range(2):
        assert other.post(f"/v1/copies/{copy}/rejection/decline", {}).ok().body["secrecy"] is None
    story.sign_copy(desk, copy).ok(202)


def test_who_was_declined_does_not_keep_the_paper_from_being_signed_again(desk, other, copy):
    decline = f"/v1/copies/{copy}/rejection/decline"
    reject(desk, copy).ok()
    desk.post(decline, {}).ok()
    problem(reject(desk, copy), 403, "secret_second_officer")
    assert shown(other, copy)["secrecy"] is None
    assert reject(other, copy).ok().body["secrecy"]["by"] == "Lý Thanh Oanh", (
        "a colleague may say it for the first time"
    )
    other.post(decline, {}).ok()
    for who in (desk, other):
        problem(reject(who, copy), 403, "secret_second_officer")
    story.sign_copy(desk, copy).ok(202)


def test_who_was_declined_does_not_say_it_again_by_an_account_of_which_no_number_is_known(
    where, desk, other, copy, monkeypatch
):
    monkeypatch.setenv("MOTCUA_OFFICERS_KNOWN_FROM", "2099-01-01")
    reject(desk, copy).ok()
    other.post(f"/v1/copies/{copy}/rejection/decline", {}).ok()
    second = {"sub": "secret-second-account", "name": "Vũ Thị Không", "agency": story.AGENCY, "personal_id": None}
    nobody = Client.login(where, kind="OFFICER", roles=["scanning"], **second)
    assert problem(reject(nobody, copy), 403, "second_unknown")["whose"] == "second"
    story.sign_copy(desk, copy).ok(202)


def test_a_paper_that_is_not_secret_but_wrong_is_taken_out_by_one_as_before(desk, other, copy):
    reject(desk, copy).ok()
    assert reject(other, copy, reason="unreadable").ok().body["step"] == "rejected"
    assert desk.get(f"/v1/copies/{copy}/original").ok().body["url"], "its file stays"


def test_a_paper_under_review_takes_two_as_well(desk, other, submitted):
    review = in_review(desk, submitted, blurred(0))
    refused = f"/v1/reviews/{review}/rejection"
    assert desk.post(refused, SECRET).ok().body["secret_by"] == "Phan Bích Lượng"
    seen = other.get(f"/v1/reviews/{review}").ok()
    name = seen.body["next"]["name"]
    problem(answer(other, review, name, etag(seen), verb="cannot_read"), 409, "secret_proposed")
    problem(desk.post(refused, SECRET), 403, "secret_second_officer")
    other.post(refused, SECRET).ok()
    assert desk.get(f"/v1/copies/{review}").ok().body["step"] == "rejected"
