"""Who verified a dossier does not approve it, unless its agency has one: its staff list or who is above says so."""

from itertools import count

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_staff import kept_agency, opened, person, today
from tests.support.asserts import problem
from tests.support.catalogue import fresh_agency
from tests.support.world import administrator, enrol, officer_of, ready, tables


@pytest.fixture(scope="module")
def agency(cloud, where):
    """A commune of its own: other tests' agencies keep their policy."""
    keep(where, one_officer=False, version=0)
    officers = {"officer-alone": "Lý Thanh Oanh", "officer-H01.10.77-leader": "Lý Thanh Oanh"}
    enrol(where, {"H01.10.77": "Ủy ban nhân dân xã Một Người"}, officers, "H01.10.77")
    cloud.wait_idle()
    return "H01.10.77"


def keep(where, *, one_officer, version, agency="H01.10.77", by=None, **more):
    chief = by or officer_of(where, agency, "administrator")
    body = {"entries": [entry(one_officer=one_officer, **more)]}
    return chief.call("PUT", f"/v1/agencies/{agency}", body, version=version).ok()


def entry(*, one_officer, **more):
    about = {"name": "Ủy ban nhân dân xã Một Người", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
    return about | more | ({"one_officer": True} if one_officer else {})


def version_of(where, agency):
    return int(officer_of(where, agency).get(f"/v1/agencies/{agency}").headers["ETag"].strip('"'))


def all_alone(where, agency):
    """An officer with every role, under one subject."""
    roles = ["reception", "processing", "leader"]
    return Client.login(where, sub="officer-alone", kind="OFFICER", name="Lý Thanh Oanh", agency=agency, roles=roles)


def verified(where, agency, desk, scan):
    citizen = story.citizen(where, **story.somebody())
    draft = ready(citizen, scan, agency=agency)
    story.submit(citizen, draft).ok(201)
    for kind, outcome in (("receive", "accepted"), ("verify", "verified")):
        story.complete(desk, f"{draft}.0-commune.{kind}", outcome).ok()
    story.confirm(citizen, draft)
    return f"{draft}.0-commune.approve"


def test_one_subject_does_not_verify_and_approve_the_same_dossier(cloud, where, agency, small_scan):
    alone = all_alone(where, agency)
    task = verified(where, agency, alone, small_scan)
    cloud.wait_idle()
    before = tables(where)
    problem(story.complete(alone, task, "approved"), 403, "same_officer")
    assert tables(where) == before, "refused before anything is written"
    assert story.complete(officer_of(where, agency, "leader"), task, "approved").ok().body["outcome"] == "approved"


def test_an_agency_of_one_officer_is_one_once_two_of_the_agency_above_say_so(cloud, where, agency, small_scan):
    """What happened: who administers above and leads below kept it alone, verified a dossier and approved it."""
    version = version_of(where, agency)
    alone = all_alone(where, agency)
    task = verified(where, agency, alone, small_scan)
    told = keep(where, one_officer=True, version=version).body
    assert (told["one_officer_confirmed"], len(told["warnings"])) == ([], 1)
    cloud.wait_idle()
    problem(story.complete(alone, task, "approved"), 403, "same_officer")
    mine = administrator(where, "officer-alone", "H01")
    told = keep(where, one_officer=True, version=version + 1, by=mine).body
    assert (told["one_officer_confirmed"], told["waits"]["is_in_force"]) == ([], False)
    cloud.wait_idle()
    problem(story.complete(alone, task, "approved"), 403, "same_officer")
    body = {"entries": [entry(one_officer=True)]}
    problem(mine.call("PUT", f"/v1/agencies/{agency}", body, version=version + 2), 403, "administrator_above_needed")
    version += 1
    told = keep(where, one_officer=True, version=version + 1, by=officer_of(where, "H01", "administrator")).body
    assert (told["one_officer_confirmed"], told["warnings"], told["waits"]) == (["2025-07-01"], [], None)
    cloud.wait_idle()
    assert story.complete(alone, task, "approved", key="one").ok().body["outcome"] == "approved"
    # its own administrator may keep what is confirmed as it is, and makes nothing more of it
    kept = keep(where, one_officer=True, version=version + 2, note="Ghi chú").body
    assert kept["one_officer_confirmed"] == ["2025-07-01"]
    earlier = {"valid_from": "2025-06-01"}
    assert keep(where, one_officer=True, version=version + 3, **earlier).body["one_officer_confirmed"] == []
    keep(where, one_officer=False, version=version + 4, **earlier)
    cloud.wait_idle()
    assert story.complete(alone, task, "approved", key="one").ok().body["outcome"] == "approved", (
        "told again, not undone"
    )
    problem(story.complete(alone, verified(where, agency, alone, small_scan), "approved"), 403, "same_officer")
    again = keep(where, one_officer=True, version=version + 5, **earlier).body
    assert again["one_officer_confirmed"] == [], "what was taken off is said anew"


def test_a_confirmation_is_nothing_that_a_body_says(where, agency):
    chief = officer_of(where, agency, "administrator")
    body = {"entries": [{**entry(one_officer=True), "one_officer_by": "H01"}]}
    problem(chief.call("PUT", f"/v1/agencies/{agency}", body, version=version_of(where, agency)), 422)


def test_who_makes_an_agency_does_not_confirm_in_the_same_word_that_it_has_one_officer(where):
    made = fresh_agency()
    told = keep(where, one_officer=True, version=0, agency=made, by=officer_of(where, "H01", "administrator")).body
    assert (told["one_officer_confirmed"], len(told["warnings"]), told["waits"]) == ([], 1, None)


_NUMBERS = count(1)


def test_where_the_staff_is_kept_its_own_word_counts_while_one_alone_is_on_the_list(cloud, where, small_scan):
    agency = f"H01.10.77.{next(_NUMBERS)}"
    staff = opened(cloud, where, agency)
    enrol(where, {agency: "Ủy ban nhân dân xã Nhân Sự"}, {f"alone-{agency}": "Lý Thanh Oanh"}, agency)
    alone = person(where, f"alone-{agency}", agency)
    staff.enrol(f"alone-{agency}", "reception", "processing", "leader")
    staff.enrol(f"desk-{agency}", "reception")
    kept_agency(where, agency, one_officer=True)
    cloud.wait_idle()
    task = verified(where, agency, alone, small_scan)
    staff.enrol(f"other-{agency}", "processing")
    cloud.wait_idle()
    problem(story.complete(alone, task, "approved"), 403, "same_officer")
    away = {"valid_from": today(), "valid_to": today(7)}
    staff.chief.post(f"/v1/officers/{staff.ids[f'other-{agency}']}/absences", away).ok()
    cloud.wait_idle()
    problem(story.complete(alone, task, "approved"), 403, "same_officer")  # one administrator says who is absent
    staff.leave(f"other-{agency}", f"alone-{agency}").ok()
    cloud.wait_idle()
    assert story.complete(alone, task, "approved").ok().body["outcome"] == "approved"
