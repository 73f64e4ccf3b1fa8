"""Who put a paper into a dossier, signed its copy or looked at its values deals with no complaint about it."""

from itertools import count

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_petitions import ALL, file
from tests.http.test_reviews import RESIDENCE, blurred
from tests.support.asserts import problem
from tests.support.world import ready

_NUMBERS = count(1)


def person(where, *roles):
    """An officer on no staff list, with a number of their own that the token says."""
    number = story.somebody()["personal_id"]
    claims = {"kind": "OFFICER", "agency": story.AGENCY, "name": "Lâm Gia Bảo", "personal_id": number}
    return Client.login(where, sub=f"paper-{next(_NUMBERS)}", roles=list(roles), **claims)


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def submitted(me, small_scan):
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


def complaint(me, reference):
    return file(me, "complaint", "conduct", dossier=reference).ok(201).body["id"]


def accept(who, name):
    return who.post(f"{ALL}/{name}/acceptance", {})


def is_shut_out(who, name):
    return problem(accept(who, name), 403, "officer_concerned")["why"] == "acted"


def test_who_dropped_a_paper_for_a_dossier(where, me, submitted, small_scan):
    dropper, other = person(where, "scanning", "leader"), person(where, "leader")
    story.scanned(dropper, submitted, small_scan, f"{RESIDENCE}.jpg")
    story.until("the copy", lambda: story.copy_of(dropper, submitted))
    name = complaint(me, submitted)
    assert is_shut_out(dropper, name)
    accept(other, name).ok()


def test_who_signed_its_copy_and_who_looked_at_its_values(where, me, submitted):
    desk, other = person(where, "scanning"), person(where, "leader")
    story.scanned(desk, submitted, blurred(0), f"{RESIDENCE}.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, submitted))
    claims = {"kind": "OFFICER", "agency": story.AGENCY, **story.OFFICERS["reception"]}
    signer = Client.login(where, **claims | {"roles": ["scanning", "leader"]})
    story.sign_copy(signer, copy).ok(202)
    reviewer = person(where, "scanning", "leader")
    assert story.look_over(copy, reviewer) > 0
    name = complaint(me, submitted)
    assert is_shut_out(signer, name)
    assert is_shut_out(reviewer, name)
    accept(other, name).ok()
