"""A report over HTTP: a leader orders it, the worker prints and signs it, everybody who holds it may look it up."""

import hashlib

import pytest
import requests

from chalicelib.measures.boards.wiring import making
from infra.demo import story
from infra.demo.client import TIMEOUT
from tests.http.test_measures import sent
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of

__all__ = ["sent"]
AT = f"/v1/measures/{story.AGENCY}/reports"


@pytest.fixture(scope="module")
def year(cloud, sent):
    """The year of a dossier that is counted, with its boards."""
    cloud.wait_idle()
    assert making().anew(sent[1]).made > 0
    return sent[1]


def test_a_leader_orders_a_report_and_anybody_looks_it_up(cloud, where, year):
    leader = officer_of(where, story.AGENCY, "leader")
    name = leader.post(AT, {"period": year}).ok(202).body["message"]
    assert leader.post(AT, {"period": year}).ok(202).body["message"] == name, "one paper for a board"
    cloud.wait_idle()
    told = leader.get(f"/v1/messages/{name}").ok().body
    pdf = requests.get(told["url"], timeout=TIMEOUT).content
    assert (told["kind"], pdf[:5], hashlib.sha256(pdf).hexdigest()) == ("report", b"%PDF-", told["sha256"])
    anybody = story.citizen(where).get(f"/v1/verifications/{told['lookup']}").ok().body
    assert (anybody["standing"], anybody["agency"], anybody["message"], anybody["sha256"]) == (
        "registered", story.AGENCY, name, told["sha256"]
    )  # fmt: skip


def test_nobody_else_orders_it_and_what_cannot_be_ordered_is_named(where, year):
    for role in ("reception", "processing"):
        problem(officer_of(where, story.AGENCY, role).post(AT, {"period": year}), 403, "not_allowed")
    problem(officer_of(where, OTHER_AGENCY, "leader").post(AT, {"period": year}), 404, "not_found")
    leader = officer_of(where, story.AGENCY, "leader")
    told = problem(leader.post(AT, {"period": "2026-13"}), 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == ["/period"]
    problem(leader.post(AT, {"period": "2020"}), 404, "not_found")
