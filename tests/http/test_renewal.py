"""A draft whose version was replaced goes on under the new one: what fits stays, what does not is named."""

import copy

import pytest

from infra.demo import story
from tests.support.asserts import problem
from tests.support.catalogue import Desk, facts_of, form_of, fresh_code, opened
from tests.support.world import NOBODYS

BIRTH = story.BIRTH_NOTICE


def facts(code, **changes):
    return {**facts_of(code, like=story.PROCEDURE), "confirm_within": None, **changes}


@pytest.fixture
def desk(where):
    return Desk(where, fresh_code())


def ready(where, desk, small_scan):
    """A person with a draft that could be submitted."""
    me = story.citizen(where, **story.somebody())
    reference = opened(me, desk.code)
    story.fill(me, reference).ok()
    assert story.checked(me, reference, story.upload(me, reference, small_scan))["status"] == "accepted"
    assert me.get(f"/v1/drafts/{reference}").ok().body["missing"] == []
    return me, reference


def replaced(cloud, desk, facts, form=None):
    """The first version is taken back, and another one is in force."""
    desk.withdraw(1).ok()
    assert desk.put_out(facts, form or form_of()) == 2
    cloud.wait_idle()


def renew(who, reference):
    return who.post(f"/v1/drafts/{reference}/renewal", {})


def test_a_draft_of_a_replaced_version_goes_on_with_all_that_fits(cloud, where, desk, small_scan):
    desk.put_out(facts(desk.code), form_of())
    me, reference = ready(where, desk, small_scan)
    before = me.get(f"/v1/drafts/{reference}").ok().body
    form = form_of()
    sex = form["schema"]["properties"]["child"]["properties"]["sex"]
    sex["enum"] = [each for each in sex["enum"] if each != "Nam"] + ["Khác"]
    replaced(cloud, desk, facts(desk.code), form)
    told = problem(story.submit(me, reference), 409, "procedure_closed")
    assert (told["version"], told["successor"], told["renewal"]) == (1, 2, f"/v1/drafts/{reference}/renewal")
    after = me.post(told["renewal"], {}).ok().body
    assert (after["reference"], after["procedure_version"]) == (reference, 2)
    (left,) = after["renewed"]["left_out"]
    assert (left["field"], left["component"], left["rule"], left["value"]) == ("/child/sex", None, "enum", "Nam")
    kept = copy.deepcopy(before["form"])
    del kept["child"]["sex"]
    assert after["form"] == kept
    assert (after["uploads"], after["missing"]) == (before["uploads"], []), "no paper comes again"
    assert [each["pointer"] for each in after["form_errors"]] == ["/child/sex"]
    again = renew(me, reference).ok().body
    assert again == after, "asked again it is told the same, and nothing is done twice"
    kept["child"]["sex"] = "Nữ"
    story.fill(me, reference, kept, version=after["form_version"]).ok()
    story.submit(me, reference).ok(201)
    problem(renew(me, reference), 409, "already_submitted")


def test_a_paper_that_the_new_version_does_not_ask_is_named_and_not_submitted(cloud, where, desk, small_scan):
    desk.put_out(facts(desk.code), form_of())
    me, reference = ready(where, desk, small_scan)
    fewer = [each for each in facts(desk.code)["components"] if each["code"] != BIRTH]
    replaced(cloud, desk, facts(desk.code, components=fewer))
    problem(story.submit(me, reference), 409, "procedure_closed")
    after = renew(me, reference).ok().body
    (left,) = after["renewed"]["left_out"]
    assert (left["field"], left["component"], left["rule"]) == (None, BIRTH, "not_asked")
    assert [(each["status"], each["reason_code"]) for each in after["uploads"]] == [("refused", "not_asked")]
    assert (after["form_errors"], after["missing"]) == ([], [])
    assert story.submit(me, reference).ok(201).body["seal"]["components"] == []


def test_a_procedure_that_ended_has_no_renewal_and_says_so(cloud, where, desk, small_scan):
    desk.put_out(facts(desk.code), form_of())
    me, reference = ready(where, desk, small_scan)
    desk.withdraw(1).ok()
    cloud.wait_idle()
    for answer in (story.submit(me, reference), renew(me, reference)):
        told = problem(answer, 409, "procedure_closed")
        assert (told["successor"], told["renewal"]) == (None, None)


def test_a_draft_of_the_version_in_force_stays_as_it_is(where, desk, small_scan):
    desk.put_out(facts(desk.code), form_of())
    me, reference = ready(where, desk, small_scan)
    before = me.get(f"/v1/drafts/{reference}").ok().body
    assert renew(me, reference).ok().body == before
    assert before["renewed"] is None


def test_nobody_elses_draft_is_renewed(where, desk, small_scan):
    desk.put_out(facts(desk.code), form_of())
    _, reference = ready(where, desk, small_scan)
    other = story.citizen(where, **story.somebody())
    problem(renew(other, reference), 404, "not_found")
    problem(renew(other, NOBODYS), 404, "not_found")


def test_a_version_that_asks_for_a_higher_level_is_renewed_with_that_level(cloud, where, desk):
    desk.put_out(facts(desk.code, min_level=1), form_of())
    claims = story.somebody()
    me = story.citizen(where, **claims)
    reference = opened(me, desk.code)
    replaced(cloud, desk, facts(desk.code, min_level=2))
    problem(renew(story.citizen(where, **claims, level=1), reference), 403, "level_too_low")
    assert me.get(f"/v1/drafts/{reference}").ok().body["procedure_version"] == 1
    assert renew(me, reference).ok().body["procedure_version"] == 2
