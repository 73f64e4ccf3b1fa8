"""Who is told of a dossier by e-mail, SMS and app, and by which address: each rule is seen to leave somebody out."""

import pytest

from chalicelib.contracts.event import told
from chalicelib.delivery.notices.model import WAITS
from chalicelib.dossier.holding import CoHolder, Named
from chalicelib.kernel.clock import stamp
from chalicelib.sealing.door import seal
from tests.fakes import people
from tests.support.acting import AGENT, ended, ready, represent
from tests.support.posted import MAIL, Post, on

__all__ = ["on"]
pytestmark = pytest.mark.usefixtures("on")


@pytest.fixture
def post(hall):
    return Post(hall)


@pytest.fixture
def submitted(post):
    """A dossier of somebody who said how they are reached."""
    reference = post.hall.submitted()
    post.reached(reference)
    return reference


def test_an_sms_names_no_person_and_no_procedure(post, submitted):
    post.queue(submitted)
    post.run()
    text = dict(post.first.kept)["sms"].text
    named = (people.CITIZEN.name, people.CITIZEN.personal_id, "khai sinh", "Khai sinh", "khai", MAIL)
    assert not any(each in text for each in named)


def test_who_named_no_address_is_told_by_the_app_alone(post):
    reference = post.hall.submitted()
    post.reached(reference, email="", phone="")
    post.hall.rows.change(reference, "FORM", sealed=post.hall.rows.get(reference, "PAPERS")["contact"])
    post.queue(reference)
    post.run()
    assert [(each.channel, each.receiver) for each in post.of(reference)] == [("app", "holder")]


def named(who, kind="CITIZEN"):
    return Named(name=who.name, personal_id=who.personal_id, kind=kind)


def test_those_who_hold_it_together_are_told_by_the_app_each_once_they_confirmed(post, submitted):
    others = [(people.NEIGHBOUR, stamp(post.hall.clock())), (people.HALF_KNOWN, None)]
    held = [
        told(CoHolder(holder=who.holder, sealed=seal(submitted, told(named(who))), confirmed_at=at))
        for who, at in others
    ]
    post.hall.put(submitted, co_holders=held)
    post.queue(submitted)
    post.run()
    assert [each.receiver for each in post.of(submitted, "app")] == ["co-holder", "holder"]
    to = {message.to for channel, message in post.first.kept if channel == "app"}
    assert to == {people.CITIZEN.personal_id, people.NEIGHBOUR.personal_id}


def test_an_organisation_has_no_account_of_the_app(post, submitted):
    post.hall.put(submitted, sealed=seal(submitted, told(named(people.CITIZEN, "ORGANISATION"))))
    post.queue(submitted)
    post.run()
    assert {each.channel for each in post.of(submitted)} == {"email", "sms"}


def test_an_address_that_is_gone_and_a_channel_that_is_gone_are_given_up(post, submitted):
    post.first.way = "down"
    post.queue(submitted)
    post.run()
    post.reached(submitted, email="", phone="0987654321")
    post.worker.senders["app"] = ()
    post.first.way = "well"
    post.run(WAITS[0])
    assert {each.channel: each.why for each in post.of(submitted)} == {
        "email": "no_address", "app": "no_provider", "sms": None,
    }  # fmt: skip


# --- under a mandate -------------------------------------------------------------------------------------------------


def filed(post, **terms):
    """A dossier that an agent filed: its form names a telephone, which the agent typed."""
    kept = represent(post.hall, **terms)
    reference = ready(post.hall)
    post.hall.submit(reference, AGENT)
    return reference, kept


@pytest.mark.parametrize(
    ("may", "receivers"),
    [
        (("file", "notices"), {"applicant", "holder", "representative"}),
        (("file",), {"applicant", "holder"}),
    ],
)
def test_an_agent_is_told_as_the_mandate_says(post, may, receivers):
    reference, _ = filed(post, may=may)
    post.queue(reference)
    post.run()
    assert {each.receiver for each in post.of(reference)} == receivers
    to = {message.to for channel, message in post.first.kept if channel == "app"}
    assert to == {people.CITIZEN.personal_id} | ({AGENT.personal_id} if "notices" in may else set())


def test_a_revoked_mandate_tells_the_agent_nothing_more_and_its_holder_all(post):
    reference, kept = filed(post, may=("file", "notices"))
    ended(post.hall, kept)
    post.queue(reference)
    post.run()
    assert [(each.channel, each.receiver) for each in post.of(reference)] == [("app", "holder")]
    assert [message.to for _, message in post.first.kept] == [people.CITIZEN.personal_id]


def test_a_mandate_that_is_revoked_meanwhile_stops_what_was_queued(post):
    reference, kept = filed(post, may=("file", "notices"))
    post.first.way = "down"
    post.queue(reference)
    post.run()
    ended(post.hall, kept)
    post.first.way = "well"
    post.run(WAITS[0])
    stopped = post.of(reference, receiver="representative") + post.of(reference, receiver="applicant")
    assert {(each.status, each.why) for each in stopped} == {("given_up", "mandate_ended")}
    assert [message.to for _, message in post.first.kept] == [people.CITIZEN.personal_id]
