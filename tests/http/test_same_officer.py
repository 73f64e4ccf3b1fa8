"""Who verified a dossier does not approve it, unless its agency has one officer: two say so, the second above it."""

from itertools import count

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_staff import opened, person, today
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
    return int(Client(where).get(f"/v1/agencies/{agency}").headers["ETag"].strip('"'))


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
    mine = administrator(where, "officer-alone", "H01")
    told = keep(where, one_officer=True, version=version, by=mine).body
    assert (told["one_officer_confirmed"], told["waits"]["is_in_force"]) == ([], False)
    cloud.wait_idle()
    problem(story.complete(alone, task, "approved"), 403, "same_officer")
    body, own = {"entries": [entry(one_officer=True)]}, officer_of(where, agency, "administrator")
    for who in (mine, own):
        refused = who.call("PUT", f"/v1/agencies/{agency}", body, version=version + 1)
        problem(refused, 403, "administrator_above_needed")
    told = keep(where, one_officer=True, version=version + 1, by=officer_of(where, "H01", "administrator")).body
    assert (told["one_officer_confirmed"], told["warnings"], told["waits"]) == (["2025-07-01"], [], None)
    cloud.wait_idle()
    assert story.complete(alone, task, "approved", key="one").ok().body["outcome"] == "approved"
    # its own administrator may keep what is confirmed as it is, and makes nothing more of it
    kept = keep(where, one_officer=True, version=version + 2, note="Ghi chú").body
    assert (kept["one_officer_confirmed"], kept["waits"]) == (["2025-07-01"], None)
    earlier = {"valid_from": "2025-06-01"}
    more = keep(where, one_officer=True, version=version + 3, **earlier).body
    assert (more["one_officer_confirmed"], more["waits"]["is_in_force"]) == (["2025-07-01"], False), "more days wait"
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
    made, above = fresh_agency(), officer_of(where, "H01", "administrator")
    told = keep(where, one_officer=True, version=0, agency=made, by=above).body
    assert (told["one_officer_confirmed"], len(told["warnings"]), told["waits"]) == ([], 1, None)
    again = keep(where, one_officer=True, version=1, agency=made, by=above).body
    assert (again["one_officer_confirmed"], again["waits"]["is_in_force"]) == ([], False), "kept again by the same"


def test_where_nothing_is_above_two_of_the_agency_itself_say_that_it_has_one_officer(where):
    top = f"V{next(_NUMBERS) + 10}"
    for version, name in enumerate(("mot", "hai", "ba")):
        by = administrator(where, f"{name}-{top}", top)
        told = keep(where, one_officer=bool(version), version=version, agency=top, by=by, parent=None).body
        assert told["one_officer_confirmed"] == (["2025-07-01"] if version == 2 else []), name


_NUMBERS = count(1)


def test_the_staff_list_shows_one_alone_and_the_own_word_of_the_agency_counts_for_nothing(cloud, where, small_scan):
    """Its list is its administrator's work: who left, who is absent, who was never enrolled."""
    agency = f"H01.10.77.{next(_NUMBERS)}"
    staff = opened(cloud, where, agency)
    enrol(where, {agency: "Ủy ban nhân dân xã Nhân Sự"}, {f"alone-{agency}": "Lý Thanh Oanh"}, agency)
    alone = person(where, f"alone-{agency}", agency)
    staff.enrol(f"alone-{agency}", "reception", "processing", "leader")
    told = keep(where, one_officer=True, version=version_of(where, agency), agency=agency, by=staff.chief).body
    assert (told["one_officer_confirmed"], told["waits"]["is_in_force"]) == ([], False)
    cloud.wait_idle()
    task = verified(where, agency, alone, small_scan)
    problem(story.complete(alone, task, "approved"), 403, "same_officer")
    above = officer_of(where, "H01", "administrator")
    told = keep(where, one_officer=True, version=told["waits"]["version"], agency=agency, by=above).body
    assert told["one_officer_confirmed"] == ["2025-07-01"]
    cloud.wait_idle()
    assert story.complete(alone, task, "approved").ok().body["outcome"] == "approved"


def test_an_administrator_who_verifies_and_leads_does_not_make_themselves_the_only_one(cloud, where, small_scan):
    """What happened: they kept `one_officer`, let both colleagues leave by their word, and approved alone."""
    agency = f"H01.10.77.{next(_NUMBERS)}"
    staff, me = opened(cloud, where, agency), f"ky-{agency}"
    staff.enrol(me, "administrator", "processing", "leader")
    for subject, role in (("tiep", "reception"), ("tham", "processing"), ("lanh", "leader")):
        staff.enrol(f"{subject}-{agency}", role)
    cloud.wait_idle()
    citizen, mine = story.citizen(where, **story.somebody()), person(where, me, agency)
    draft = ready(citizen, small_scan, agency=agency)
    story.submit(citizen, draft).ok(201)
    story.complete(person(where, f"tiep-{agency}", agency), f"{draft}.0-commune.receive", "accepted").ok()
    story.complete(mine, f"{draft}.0-commune.verify", "verified").ok()
    story.confirm(citizen, draft)
    told = keep(where, one_officer=True, version=version_of(where, agency), agency=agency, by=mine).body
    assert (told["one_officer_confirmed"], told["waits"]["is_in_force"]) == ([], False)
    for subject in ("tham", "lanh"):
        gone = staff.leave(f"{subject}-{agency}", me, by=mine).ok().body
        assert (gone["left_on"], gone["departure"]["left_on"], gone["waits"]) == (None, today(), True), subject
    cloud.wait_idle()
    problem(story.complete(mine, f"{draft}.0-commune.approve", "approved"), 403, "same_officer")
    for subject in ("tham", "lanh"):
        problem(staff.confirm(f"{subject}-{agency}", by=mine), 403, "same_person")
        assert staff.confirm(f"{subject}-{agency}").ok().body["left_on"] == today()
    cloud.wait_idle()
    problem(story.complete(mine, f"{draft}.0-commune.approve", "approved"), 403, "same_officer")
