"""One table says who may do what; a token's roles count only where they belong."""

import json
from copy import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from chalicelib.kernel import access
from chalicelib.kernel.access import (
    ACTS,
    BY_EXCHANGE,
    BY_SERVICE,
    CITIZEN,
    INTEGRATION,
    NOT_BY_PORTAL,
    PORTAL,
    STAFF,
    Principal,
    level_of,
    may,
    principal_of,
    reaches,
    refusal,
    require,
    require_level,
    roles_of,
)
from chalicelib.kernel.problem import ClientNotOwn, LevelTooLow, NotAllowed, TokenRefused
from tests.fakes import people
from tests.support.acts import every_act
from tests.support.sample import sampled

EVERY = people.officer(*STAFF)


def roles(act):
    """The roles that an act names, however they stand to a thing."""
    return {grant.role for grant in ACTS[act]}


@pytest.mark.parametrize("act", every_act())
def test_a_citizen_does_a_citizens_acts_and_no_officers(act):
    assert may(people.CITIZEN, act) == (CITIZEN in roles(act))


@pytest.mark.parametrize(("act", "role"), sampled(product(every_act(), sorted(STAFF)), 200))
def test_an_officer_does_what_the_role_includes(act, role):
    assert may(people.officer(role), act) == (role in roles(act))


@pytest.mark.parametrize("act", every_act())
@pytest.mark.parametrize(
    "who",
    [
        replace(EVERY, agency=""),
        replace(EVERY, roles=frozenset()),
        replace(EVERY, roles=frozenset({"admin", "citizen", "LEADER"})),
        replace(EVERY, kind="PORTAL"),
        replace(EVERY, kind="SERVICE", roles=STAFF - {"scanning"}),
        Principal("anyone", "PUBLIC", "", 0),
    ],
    ids=[
        "no agency",
        "no role",
        "unknown roles",
        "a portal without its name",
        "a system that is more than a scanner",
        "anyone",
    ],
)
def test_whoever_has_no_role_of_ours_does_nothing(who, act):
    assert not may(who, act)
    with pytest.raises(NotAllowed) as refused:
        require(who, act)
    assert refused.value.facts == {"act": act}


def test_a_citizen_with_roles_in_the_token_stays_a_citizen():
    assert roles_of(replace(people.CITIZEN, roles=STAFF, agency="H01.10.24")) == {CITIZEN}


def test_every_act_is_somebodys_and_officers_are_told_by_role():
    for act in ACTS:
        assert roles(act), act
        assert roles(act) <= STAFF | {CITIZEN, PORTAL, INTEGRATION}


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


@pytest.mark.parametrize("act", every_act())
def test_a_portal_does_for_a_person_what_they_may_but_open_their_vault(act):
    for who in (people.CITIZEN, FOREIGNER):
        assert may(replace(who, portal="dvc"), act) == (CITIZEN in roles(act) and act not in NOT_BY_PORTAL)


@pytest.mark.parametrize("act", every_act())
def test_a_persons_own_token_of_another_client_does_all_but_what_is_theirs_alone(act):
    for who in (people.CITIZEN, FOREIGNER):
        elsewhere = replace(who, own=False, client="dvc")
        assert may(elsewhere, act) == (CITIZEN in roles(act) and act not in NOT_BY_PORTAL | BY_EXCHANGE)
        told = refusal(elsewhere, act)
        assert isinstance(told, ClientNotOwn) == (act in NOT_BY_PORTAL | BY_EXCHANGE)
        assert isinstance(refusal(replace(who, portal="dvc"), act), NotAllowed)
    assert may(replace(people.RECEPTION, client="desk"), act) == may(people.RECEPTION, act)


def test_what_the_gateway_carries_of_the_client_is_read_beside_the_principal_and_nothing_else():
    claims = {"subject": "c", "kind": "CITIZEN", "level": 2, "name": "N", "personal_id": "0" * 12}
    for own in (None, "", "no", "Yes", True, 1):
        assert not principal_of({"principal": json.dumps(claims), "client": "ours", "own": own}).own
    who = principal_of({"principal": json.dumps(claims | {"own": True}), "client": None})
    assert (who.client, who.own) == ("", False)
    assert principal_of({"principal": json.dumps(claims), "client": "ours", "own": "yes"}).own


def test_a_portal_that_files_for_people_does_not_rate_for_them():
    assert may(people.CITIZEN, "dossier.rate")
    assert not may(replace(people.CITIZEN, portal="dvc"), "dossier.rate")


@pytest.mark.parametrize("act", every_act())
def test_a_portal_itself_and_a_system_do_their_few_acts_only(act):
    portal = Principal("dvc", "PORTAL", "dvc", 0, portal="dvc")
    assert may(portal, act) == (PORTAL in roles(act) and act not in NOT_BY_PORTAL)
    system = Principal(
        "scanner", "SERVICE", "Máy quét", 0, agency="H01.10.24", roles=frozenset({"scanning", "integration"})
    )
    assert may(system, act) == (act in BY_SERVICE)


FOREIGNER = Principal("f", "FOREIGNER", "JANE DOE", 0, document="USA:X1234567", own=True)


@pytest.mark.rule("R35")
@pytest.mark.parametrize(("today", "level"), [("2026-09-27T16:59:59", 1), ("2026-09-27T17:00:00", 2)])
def test_what_stands_for_a_level_where_there_is_none_is_a_rule_of_the_day(monkeypatch, today, level):
    """Decree 320/2026 is in force from 28/09/2026, a day of Viet Nam; before, a level that is not said is the lower."""
    monkeypatch.setattr(access, "utc_now", lambda: datetime.fromisoformat(today).replace(tzinfo=UTC))
    assert level_of(FOREIGNER) == level
    assert level_of(replace(FOREIGNER, level=1)) == 1, "what an account says of itself is not raised"
    assert level_of(people.HALF_KNOWN) == 1
    assert reaches(FOREIGNER, 2) is (level == 2)
    if level == 1:
        with pytest.raises(LevelTooLow):
            require_level(FOREIGNER, 2)
    assert reaches(replace(FOREIGNER, kind="SERVICE"), 2), "no person: no level is asked for"


def test_a_number_of_two_kinds_is_two_holders():
    number = people.CITIZEN.personal_id
    citizen, foreigner = people.CITIZEN, Principal("f", "FOREIGNER", "JANE DOE", 0, document=number)
    firm = replace(people.CITIZEN, kind="ORGANISATION", organisation=number, organisation_name="Công ty")
    assert len({each.holder for each in (citizen, foreigner, firm)}) == 3
