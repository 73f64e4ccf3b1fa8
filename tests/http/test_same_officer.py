"""Who verified a dossier does not approve it, unless the agency's record says that it has one officer."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem
from tests.support.world import enrol, officer_of, ready, tables


@pytest.fixture(scope="module")
def agency(cloud, where):
    """A commune of its own: other tests' agencies keep their policy."""
    keep(where, one_officer=False, version=0)
    officers = {"officer-alone": "Lý Thanh Oanh", "officer-H01.10.77-leader": "Lý Thanh Oanh"}
    enrol(where, {"H01.10.77": "Ủy ban nhân dân xã Một Người"}, officers, "H01.10.77")
    cloud.wait_idle()
    return "H01.10.77"


def keep(where, *, one_officer, version):
    entry: dict[str, object] = {
        "name": "Ủy ban nhân dân xã Một Người", "level": "commune", "parent": "H01", "valid_from": "2025-07-01",
    }  # fmt: skip
    entry |= {"one_officer": True} if one_officer else {}
    chief = officer_of(where, "H01.10.77", "administrator")
    return chief.call("PUT", "/v1/agencies/H01.10.77", {"entries": [entry]}, version=version).ok()


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


def test_an_agency_of_one_officer_may_say_so(cloud, where, agency, small_scan):
    version = int(officer_of(where, agency).get(f"/v1/agencies/{agency}").headers["ETag"].strip('"'))
    alone = all_alone(where, agency)
    task = verified(where, agency, alone, small_scan)
    keep(where, one_officer=True, version=version)
    cloud.wait_idle()
    assert story.complete(alone, task, "approved", key="one").ok().body["outcome"] == "approved"
    keep(where, one_officer=False, version=version + 1)
    cloud.wait_idle()
    assert story.complete(alone, task, "approved", key="one").ok().body["outcome"] == "approved", (
        "told again, not undone"
    )
    problem(story.complete(alone, verified(where, agency, alone, small_scan), "approved"), 403, "same_officer")
