"""Paper originals: each has somebody since a time, goes on by slip, comes back against a name."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_hands import told as told_about
from tests.http.test_supplement import dropped_slip
from tests.support.asserts import problem, rules
from tests.support.counter import NOTICE, holder_of, paper, take_in
from tests.support.world import OTHER_AGENCY, officer_of

SELF = {"to": "applicant", "proof": "identity_document"}
AGENT = {"to": "agent", "name": "Trần Văn Thưởng", "number": "087084000999", "proof": "signature"}
WHY = {"reason": "Nơi cư trú của cha mẹ không thuộc xã này", "basis": "Luật Hộ tịch 60/2014/QH13, Điều 13"}


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def taken(desk):
    """What was handed in with two originals: the body, and what reception was told."""
    body = paper(papers=[NOTICE, {"component": story.RESIDENCE, "originals": 1}])
    return body, take_in(desk, body).ok(201).body


def originals(who, reference):
    return who.get(f"/v1/dossiers/{reference}/originals").ok().body["originals"]


def hand(who, reference, n=1, *, key=None, **to):
    return who.post(f"/v1/dossiers/{reference}/originals/{n}/handover", {"name": "Lý Oanh", **to}, key=key)


def give_back(who, reference, n=1, *, key=None, **to):
    return who.post(f"/v1/dossiers/{reference}/originals/{n}/return", to or SELF, key=key)


def test_each_original_has_somebody_from_the_beginning_and_its_applicant_sees_who(where, desk, taken):
    body, told = taken
    me = holder_of(where, body)
    seen = originals(me, told["reference"])
    assert seen == originals(desk, told["reference"])
    assert [(each["number"], each["component"], each["holder"]) for each in seen] == [
        (1, story.BIRTH_NOTICE, "Phan Bích Lượng"),
        (2, story.RESIDENCE, "Phan Bích Lượng"),
    ]
    assert all(each["since"] == told["received_at"] and each["agency"] == story.AGENCY for each in seen)
    other = story.citizen(where, **story.somebody())
    problem(other.get(f"/v1/dossiers/{told['reference']}/originals"), 404, "not_found")
    problem(
        officer_of(where, OTHER_AGENCY, "reception").get(f"/v1/dossiers/{told['reference']}/originals"),
        404,
        "not_found",
    )


def test_an_original_goes_on_by_slip_and_with_its_dossier(where, desk, taken):
    reference = taken[1]["reference"]
    done = hand(desk, reference, key="hand-original", note="Đối chiếu").ok().body
    assert (done["holder"], done["handed"][0]["by"]) == ("Lý Oanh", "Phan Bích Lượng")
    assert hand(desk, reference, key="hand-original", note="Đối chiếu").ok().body == done
    problem(hand(desk, reference, n=2, key="hand-original", note="Đối chiếu"), 409, "key_reused")
    assert rules(hand(desk, reference, agency=OTHER_AGENCY)) == {"/agency": "unknown"}
    for n in ("3", "x", "0"):
        problem(hand(desk, reference, n=n), 404, "not_found")
    row = desk.get(f"/v1/dossiers/{reference}/slip").ok().body["rows"][-1]
    assert (row["giver"], row["receiver"]) == ("Phan Bích Lượng", "Lý Oanh")
    assert row["note"].startswith("Bản chính 1: ")
    story.complete(desk, taken[1]["task"], "accepted").ok()
    forward = story.until("forward", lambda: story.task_of(desk, reference, "forward"))
    story.complete(desk, forward, "forwarded").ok()
    assert [each["holder"] for each in originals(desk, reference)] == ["Bộ phận thẩm tra"] * 2
    assert [len(each["handed"]) for each in originals(desk, reference)] == [2, 1]


def test_an_original_is_returned_against_a_name_when_nobody_needs_it_any_more(where, desk, taken):
    body, told = taken
    reference = told["reference"]
    problem(give_back(desk, reference), 409, "original_needed")
    desk.post(f"/v1/tasks/{told['task']}/complete", {"outcome": "refused", **WHY}).ok()
    nobody = {"to": "agent", "proof": "signature"}
    assert rules(give_back(desk, reference, **nobody)) == {"/name": "required", "/number": "required"}
    done = give_back(desk, reference, key="back-original").ok().body
    assert (done["holder"], done["returned"]["to"]) == (body["applicant"]["name"],) * 2
    assert (done["returned"]["proof"], done["returned"]["authorisation"]) == ("identity_document", None)
    assert give_back(desk, reference, key="back-original").ok().body == done
    gone = problem(give_back(desk, reference), 409, "original_not_here")
    assert gone["returned_at"] == done["returned"]["at"]
    problem(hand(desk, reference), 409, "original_not_here")


def test_an_agent_takes_an_original_by_a_paper_that_authorises_them_and_never_by_a_name_alone(where, desk, taken):
    """Also of a dossier that ended, to which its desk adds the scan of that paper while it has originals of it."""
    body, told = taken
    reference = told["reference"]
    desk.post(f"/v1/tasks/{told['task']}/complete", {"outcome": "refused", **WHY}).ok()
    assert rules(give_back(desk, reference, **AGENT)) == {"/authorisation": "required"}
    assert rules(give_back(desk, reference, **AGENT, authorisation="nothing")) == {"/authorisation": "unknown"}
    me = holder_of(where, body)
    assert told_about(me, reference, "original") == []
    paper_of = dropped_slip(desk, reference)
    own = AGENT | {"number": story.somebody()["personal_id"]}
    officer = {"sub": "original-own", "name": "Mai Tự Nhận", "agency": story.AGENCY, "personal_id": own["number"]}
    same = Client.login(where, kind="OFFICER", roles=["reception"], **officer)
    problem(give_back(same, reference, 2, **own, authorisation=paper_of), 403, "own_dossier")
    done = give_back(desk, reference, 2, **AGENT, authorisation=paper_of).ok().body
    assert (done["returned"]["to"], done["returned"]["authorisation"]) == (AGENT["name"], paper_of)
    assert [each["holder"] for each in originals(me, reference)] == ["Phan Bích Lượng", AGENT["name"]]
    (why,) = told_about(me, reference, "original")
    assert AGENT["name"] in why
    assert "giấy ủy quyền" in why
    assert AGENT["number"] not in why


def test_the_applicant_is_told_at_once_that_an_original_went_back_to_them(where, desk, taken):
    """When, by which officer, by what proof: who never came for it hears of it."""
    body, told = taken
    reference = told["reference"]
    desk.post(f"/v1/tasks/{told['task']}/complete", {"outcome": "refused", **WHY}).ok()
    done = give_back(desk, reference, 2).ok().body
    me = holder_of(where, body)
    found = me.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"][-1]
    assert (found["about"], found["handler"]) == ("original", "Phan Bích Lượng")
    assert found["processed_at"] == done["returned"]["at"]
    assert "giấy tờ tùy thân" in found["reason"]
    assert done["name"] in found["reason"]


def test_who_may_not_changes_nothing(where, desk, taken):
    reference = taken[1]["reference"]
    before = originals(desk, reference)
    problem(hand(holder_of(where, taken[0]), reference), 403, "not_allowed")
    problem(give_back(story.officer(where, "leader"), reference), 403, "not_allowed")
    problem(hand(officer_of(where, OTHER_AGENCY, "reception"), reference), 404, "not_found")
    assert originals(desk, reference) == before
