"""A result signed by hand: who scanned it, or signed its digitised copy, is no second person who approves it."""

from itertools import count

import pytest
import requests

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_paper_results import approval_awaited, offer
from tests.http.test_staff import kept_agency, opened, person
from tests.support.asserts import problem
from tests.support.world import aws, enrol, officer_of, page, ready

SCANS = {**story.OFFICERS["reception"], "roles": ["scanning", "leader"]}
"""The officer whose certificate signs copies, and who leads the agency too."""
_SUBJECTS = count(1)


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def awaited(where, me, small_scan):
    """A dossier that waits for its approval alone; others than here verified it."""
    return approval_awaited(where, me, small_scan)


@pytest.fixture
def login(where):
    """An officer of the agency under these claims, with a number of their own where none is given."""
    return lambda **claims: Client.login(
        where, **{"kind": "OFFICER", "agency": story.AGENCY, "name": "Lý Thanh Oanh", **claims}
    )


@pytest.fixture
def another(login):
    """Another leader, who has nothing to do with the paper."""
    return login(sub=f"leader-{next(_SUBJECTS)}", roles=["leader"])


def dropped(desk, reference, data=None):
    """The result is dropped by a form of this officer's."""
    post = offer(desk, reference).ok(201).body["post"]
    requests.post(post["url"], data=post["fields"], files={"file": data or page()}, timeout=60).raise_for_status()


def copied(where, reference):
    return story.until("the copy", lambda: story.copy_of(story.officer(where, "reception"), reference))


def signed(cloud, desk, me, reference, copy):
    """The copy is signed by this officer, and the paper is a data message."""
    story.sign_copy(desk, copy).ok(202)
    story.look_over(copy, desk)
    story.until("the data message", lambda: is_converted(me, reference, copy))
    cloud.wait_idle()


def is_converted(me, reference, copy):
    components = story.dossier(me, reference)["components"]
    return any(f"{reference}.{c['id']}" == copy and c["digitisation"]["status"] == "converted" for c in components)


def approve(leader, reference):
    return story.complete(leader, f"{reference}.0-commune.approve", "approved")


def refused(answer, *did):
    told = problem(answer, 403, "result_by_self")
    assert (told["rule"], told["did"]) == ("paper_result.by_two", list(did))
    return told


def in_vault(me):
    return [each["title"] for each in me.get("/v1/vault/documents").ok().body["documents"]]


def test_one_leader_alone_makes_no_result_of_a_paper_that_they_scanned_and_signed(
    cloud, where, me, awaited, login, another
):
    alone = login(**SCANS)
    dropped(alone, awaited)
    signed(cloud, alone, me, awaited, copied(where, awaited))
    told = refused(approve(alone, awaited), "dropped", "signed")
    assert told["officers"] == []
    rows = story.listed(alone, "/v1/drops?verdict=taken&", "drops")
    assert not [row["key"] for row in rows if "/by-" in row["key"]], "colleagues read no number of who scanned"
    cloud.wait_idle()
    assert (story.dossier(me, awaited)["state"]["code"], in_vault(me)) == (4, [])
    approve(another, awaited).ok()
    cloud.wait_idle()
    assert (story.dossier(me, awaited)["results"], in_vault(me)) != ([], [])


def test_who_scanned_it_does_not_approve_it_though_somebody_else_signed_the_copy(
    cloud, where, me, awaited, login, another
):
    leader = login(sub=f"scans-{next(_SUBJECTS)}", roles=["scanning", "leader"])
    dropped(leader, awaited)
    signed(cloud, story.officer(where, "reception"), me, awaited, copied(where, awaited))
    refused(approve(leader, awaited), "dropped")
    approve(another, awaited).ok()


@pytest.mark.parametrize("by_system", [True, False], ids=["a system's key", "another officer"])
def test_who_signed_the_copy_does_not_approve_it_whoever_scanned(cloud, where, me, awaited, login, another, by_system):
    if by_system:
        story.drop(where, awaited, page(), ".result/giay.jpg")
    else:
        dropped(login(sub=f"scans-{next(_SUBJECTS)}", roles=["scanning"]), awaited)
    signer = login(**SCANS)
    signed(cloud, signer, me, awaited, copied(where, awaited))
    refused(approve(signer, awaited), "signed")
    approve(another, awaited).ok()


def test_another_account_of_who_scanned_or_signed_is_nobody_else(cloud, where, me, awaited, login, another):
    number = story.somebody()["personal_id"]
    mine = {"name": "Lý Thanh Oanh", "personal_id": number}
    dropped(login(sub=f"scans-{next(_SUBJECTS)}", roles=["scanning"], **mine), awaited)
    signed(cloud, login(**SCANS | mine), me, awaited, copied(where, awaited))
    refused(approve(login(sub=f"leads-{next(_SUBJECTS)}", roles=["leader"], **mine), awaited), "dropped", "signed")
    approve(another, awaited).ok()


def test_whose_number_nobody_knows_is_no_second_person_for_a_paper_result(
    cloud, where, me, awaited, login, another, monkeypatch
):
    monkeypatch.setenv("MOTCUA_OFFICERS_KNOWN_FROM", "2099-01-01")
    unknown = login(**SCANS | {"personal_id": None})
    assert problem(offer(unknown, awaited), 403, "second_unknown")["whose"] == "first"
    story.drop(where, awaited, page(), ".result/giay.jpg")
    copy = copied(where, awaited)
    assert problem(story.sign_copy(unknown, copy), 403, "second_unknown")["whose"] == "first"
    signed(cloud, login(**SCANS), me, awaited, copy)
    leader = login(sub=f"leads-{next(_SUBJECTS)}", roles=["leader"], personal_id=None)
    assert problem(approve(leader, awaited), 403, "second_unknown")["whose"] == "second"
    approve(another, awaited).ok()


def test_a_paper_that_was_rejected_binds_nobody_and_the_one_that_came_instead_does(
    cloud, where, me, awaited, login, another
):
    first = login(sub=f"scans-{next(_SUBJECTS)}", roles=["scanning", "leader"])
    dropped(first, awaited)
    copy = copied(where, awaited)
    first.post(f"/v1/copies/{copy}/rejection", {"reason": "unreadable"}).ok()
    second = login(**SCANS)
    dropped(second, awaited, page(1000))
    signed(cloud, second, me, awaited, story.until("another", lambda: story.copy_of(second, awaited)))
    refused(approve(second, awaited), "dropped", "signed")
    approve(first, awaited).ok()


def test_of_a_paper_signed_before_the_signer_was_kept_the_name_on_the_copy_counts(
    cloud, where, me, awaited, login, another
):
    dropped(login(**SCANS), awaited)
    signed(cloud, login(**SCANS), me, awaited, copied(where, awaited))
    with aws(where, "dynamodb") as client:
        client.update_item(
            TableName=where["table.Dossiers"],
            Key={"pk": {"S": awaited}, "sk": {"S": "HEAD"}},
            UpdateExpression="REMOVE paper_dropped_by, paper_signed_by",
        )
    refused(approve(login(sub=f"leads-{next(_SUBJECTS)}", roles=["leader"], name=SCANS["name"]), awaited), "signed")
    approve(another, awaited).ok()


def test_a_commune_of_one_officer_hands_it_up_and_is_no_exception(cloud, where, small_scan):
    """One person may verify and approve there; a paper is put into a vault by nobody alone, nowhere."""
    agency = f"H01.10.78.{next(_SUBJECTS)}"
    staff, one = opened(cloud, where, agency), f"alone-{agency}"
    enrol(where, {agency: "Ủy ban nhân dân xã Nhân Sự"}, {one: "Lý Thanh Oanh"}, agency)
    staff.enrol(one, "reception", "processing", "scanning", "leader")
    kept_agency(where, agency, one_officer=True)
    cloud.wait_idle()
    alone, me = person(where, one, agency), story.citizen(where, **story.somebody())
    reference = ready(me, small_scan, agency=agency)
    story.submit(me, reference).ok(201)
    for kind, outcome in (("receive", "accepted"), ("verify", "verified")):
        story.complete(alone, f"{reference}.0-commune.{kind}", outcome).ok()
    story.confirm(me, reference)
    dropped(alone, reference)
    copy = story.until("the copy", lambda: story.copy_of(alone, reference))
    signed(cloud, alone, me, reference, copy)
    told = refused(approve(alone, reference), "dropped", "signed")
    assert (told["officers"], told["agency_above"]) == ([], "H01")
    alone.post(f"/v1/tasks/{reference}.0-commune.approve/elevation", {}).ok()
    cloud.wait_idle()
    problem(approve(alone, reference), 404, "not_found")
    approve(officer_of(where, "H01", "leader"), reference).ok()
    cloud.wait_idle()
    assert story.dossier(me, reference)["results"]
