"""A name or number of a person that an officer types otherwise than it was read takes two, on any paper."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from infra.demo.scans import make_scan
from tests.http.test_reviews import answer, answer_all, etag, in_review, reading
from tests.support.asserts import problem
from tests.support.world import ready

FALSE = "Trần Thị Kẻ Xấu"
DESK, SECOND = "Phan Bích Lượng", "Lý Thanh Oanh"


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def other(where):
    return story.second(where)


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def submitted(me, small_scan):
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


@pytest.fixture(scope="module")
def residence():
    """A residence confirmation that is read well: its names alone are asked."""
    return make_scan("xac_nhan_cu_tru", seed=11).jpeg


def fields(seen):
    return {each["name"]: each for each in seen.body["fields"]}


def as_read(seen, *but):
    found = [each for name, each in fields(seen).items() if name not in but]
    return [{"field": each["name"], "verb": "confirm" if each["value"] else "cannot_read"} for each in found]


def typed(field, value):
    return {"field": field, "verb": "correct", "value": value}


def by_whom(where, review, field):
    kept = reading(where, review)
    (value,) = (each["value"] for each in kept["fields"] if each["name"] == field)
    (said,) = (each for each in kept["reviewed"] if each["field"] == field)
    return value, said["by"]


def test_one_officer_alone_puts_no_other_name_into_a_paper(where, me, desk, submitted, residence):
    """One account did it with two requests, and the agency signed the false name into the person's vault."""
    review = in_review(desk, submitted, residence)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    assert fields(seen)["ho_ten"]["value"]
    assert not fields(seen)["ho_ten"]["second_person"]
    done = answer_all(desk, review, etag(seen), typed("ho_ten", FALSE), *as_read(seen, "ho_ten")).ok()
    assert (done.body["left"], done.body["step"], done.body["next"]) == (1, "in_review", None)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    open_field = fields(seen)["ho_ten"]
    assert (open_field["second_person"], open_field["closed"], open_field["mine"]) == (True, False, False)
    for verb in ({"verb": "confirm"}, {"verb": "correct", "value": FALSE}, {"verb": "cannot_read"}):
        problem(answer(desk, review, "ho_ten", etag(seen), **verb), 409, "same_reviewer")
    assert desk.get(f"/v1/copies/{review}").ok().body["step"] == "in_review"
    held = me.get("/v1/vault/documents").ok().body["documents"]
    assert [each for each in held if each["group"] == "digitised"] == []


def test_another_account_of_the_same_person_is_no_second_one(where, desk, submitted, residence):
    known = {"agency": story.AGENCY, "roles": ["scanning"], "personal_id": story.somebody()["personal_id"]}
    one, two = (Client.login(where, kind="OFFICER", sub=f"kexau-{n}", name=f"Kẻ Xấu {n}", **known) for n in "ab")
    review = in_review(desk, submitted, residence)
    seen = one.get(f"/v1/reviews/{review}").ok()
    done = answer_all(one, review, etag(seen), typed("ho_ten", FALSE), *as_read(seen, "ho_ten")).ok()
    problem(answer(two, review, "ho_ten", etag(done), verb="confirm"), 409, "same_reviewer")


def test_two_officers_correct_a_name_that_was_read_wrong(where, desk, other, submitted, residence):
    review = in_review(desk, submitted, residence)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    answer_all(desk, review, etag(seen), typed("ho_ten", FALSE), *as_read(seen, "ho_ten")).ok()
    seen = other.get(f"/v1/reviews/{review}").ok()
    assert fields(seen)["ho_ten"]["mine"]
    done = answer(other, review, "ho_ten", etag(seen), verb="confirm").ok()
    assert (done.body["left"], done.body["step"]) == (0, "reviewed")
    story.until("the data message", lambda: desk.get(f"/v1/copies/{review}").ok().body["step"] == "converted")
    assert by_whom(where, review, "ho_ten") == (FALSE, [DESK, SECOND])


def test_a_second_officer_who_reads_it_as_it_was_read_waits_for_somebody_who_agrees(desk, other, submitted, residence):
    review = in_review(desk, submitted, residence)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    was = fields(seen)["ho_ten"]["value"]
    done = answer_all(desk, review, etag(seen), typed("ho_ten", FALSE), *as_read(seen, "ho_ten")).ok()
    done = answer(other, review, "ho_ten", etag(done), verb="correct", value=was).ok()
    assert done.body["left"] == 1
    assert answer(desk, review, "ho_ten", etag(done), verb="confirm").ok().body["left"] == 0


def test_what_was_read_one_officer_confirms_also_by_typing_the_same(where, desk, submitted, residence):
    review = in_review(desk, submitted, residence)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    same = typed("ho_ten", f"  {fields(seen)['ho_ten']['value'].replace(' ', '   ')} ")
    assert answer_all(desk, review, etag(seen), same, *as_read(seen, "ho_ten")).ok().body["left"] == 0


def test_a_correction_that_is_begun_again_is_confirmed_as_it_was_read_by_one(desk, submitted, residence):
    review = in_review(desk, submitted, residence)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    done = answer_all(desk, review, etag(seen), typed("ho_ten", FALSE), *as_read(seen, "ho_ten")).ok()
    again = answer(desk, review, "ho_ten", etag(done), verb="retype").ok()
    assert not again.body["next"]["second_person"]
    assert answer(desk, review, "ho_ten", etag(again), verb="confirm").ok().body["left"] == 0


def test_a_name_and_a_number_that_were_not_read_are_typed_by_two_and_a_date_by_one(
    where, desk, other, submitted, small_scan
):
    review = in_review(desk, submitted, small_scan)
    seen = desk.get(f"/v1/reviews/{review}").ok()
    by_hand = {"ho_ten": FALSE, "so_dinh_danh": "079095000123", "ngay_sinh": "12/04/1995"}
    assert {fields(seen)[name]["value"] for name in by_hand} == {""}, "nothing was read"
    said = [typed(name, value) for name, value in by_hand.items()]
    done = answer_all(desk, review, etag(seen), *said, *as_read(seen, *by_hand)).ok()
    assert done.body["left"] == 2
    open_now = {
        name: each for name, each in fields(desk.get(f"/v1/reviews/{review}").ok()).items() if not each["closed"]
    }
    assert open_now.keys() == {"ho_ten", "so_dinh_danh"}
    seen = other.get(f"/v1/reviews/{review}").ok()
    agreed = [{"field": name, "verb": "confirm"} for name in open_now]
    assert answer_all(other, review, etag(seen), *agreed).ok().body["left"] == 0
    story.until("the data message", lambda: desk.get(f"/v1/copies/{review}").ok().body["step"] == "converted")
    assert by_whom(where, review, "so_dinh_danh") == ("079095000123", [DESK, SECOND])
