"""One table says who may do what; a token's roles count only where they belong."""

import json
from dataclasses import replace

import pytest

from chalicelib.kernel.access import ACTS, CITIZEN, STAFF, Principal, may, principal_of, require, roles_of
from chalicelib.kernel.problem import NotAllowed, TokenRefused
from tests.fakes import people

EVERY = people.officer(*STAFF)


@pytest.mark.parametrize("act", ACTS)
def test_a_citizen_does_a_citizens_acts_and_no_officers(act):
    assert may(people.CITIZEN, act) == (CITIZEN in ACTS[act])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", sorted(STAFF))
def test_an_officer_does_what_the_role_includes(act, role):
    assert may(people.officer(role), act) == (role in ACTS[act])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "who",
    [
        replace(EVERY, agency=""),
        replace(EVERY, roles=frozenset()),
        replace(EVERY, roles=frozenset({"admin", "citizen", "LEADER"})),
        replace(EVERY, kind="PORTAL"),
        Principal("anyone", "PUBLIC", "", 0),
    ],
    ids=["no agency", "no role", "unknown roles", "a portal", "anyone"],
)
def test_whoever_has_no_role_of_ours_does_nothing(who, act):
    assert not may(who, act)
    with pytest.raises(NotAllowed) as refused:
        require(who, act)
    assert refused.value.facts == {"act": act}


def test_a_citizen_with_roles_in_the_token_stays_a_citizen():
    assert roles_of(replace(people.CITIZEN, roles=STAFF, agency="H01.10.24")) == {CITIZEN}


def test_every_act_is_somebodys_and_officers_are_told_by_role():
    for act, roles in ACTS.items():
        assert roles, act
        assert roles <= STAFF | {CITIZEN}


def test_an_act_that_is_not_in_the_table_is_an_error_and_not_a_yes():
    with pytest.raises(KeyError):
        may(people.CITIZEN, "vault.empty")


def test_a_person_is_a_keyed_hash_in_keys_and_an_officer_is_nobody():
    holder = people.CITIZEN.holder
    assert holder == replace(people.CITIZEN, subject="other", name="X").holder
    assert holder != people.NEIGHBOUR.holder
    assert people.CITIZEN.personal_id not in holder
    assert replace(people.RECEPTION, personal_id="001195012345").holder == ""
    assert replace(people.CITIZEN, personal_id="").holder == ""


def test_the_authorizers_principal_is_read_and_nothing_else_is_believed():
    claims = {"subject": "o", "kind": "OFFICER", "level": 1, "roles": ["leader"], "name": "N", "agency": "H01"}
    who = principal_of({"principal": json.dumps(claims)})
    assert (who.subject, who.roles, who.agency) == ("o", frozenset({"leader"}), "H01")
    for context in (None, {}, {"principal": ""}, {"principalId": "o"}):
        with pytest.raises(TokenRefused):
            principal_of(context)
