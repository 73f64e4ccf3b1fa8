"""What the token of each kind of principal must say; whatever is odd refuses it (Decree 69/2024, Decree 320/2026)."""

from datetime import date

import pytest

from chalicelib.identity import claims
from chalicelib.identity.claims import KINDS, PERSONS, Refused, client_of, kind_of
from chalicelib.kernel import access
from chalicelib.kernel.access import Principal, roles_of
from chalicelib.law.packs import pack_on

WHO = {"sub": "s-1", "name": "Nguyễn Thị Bích Liễu"}
CITIZEN = WHO | {"kind": "CITIZEN", "personal_id": "001195012345", "level": 2}
FOREIGNER = {"sub": "s-2", "kind": "FOREIGNER", "name": "JANE DOE", "document": "USA:X1234567"}
ORGANISATION = CITIZEN | {
    "kind": "ORGANISATION",
    "organisation": "0101234567",
    "organisation_name": "Công ty Bình Minh",
}
OFFICER = WHO | {"kind": "OFFICER", "agency": "H01.10.24", "roles": ["scanning", "reception"]}
SERVICE = {"sub": "s-3", "kind": "SERVICE", "name": "Máy quét", "agency": "H01.10.24", "roles": ["scanning"]}
PORTAL = {"sub": "dvc", "kind": "PORTAL", "client_id": "dvc"}
EACH = {made["kind"]: made for made in (CITIZEN, FOREIGNER, ORGANISATION, OFFICER, SERVICE, PORTAL)}


def principal(said):
    """What a token claims of a principal, as the gateway carries it on."""
    return claims.principal(said).said


def without(made, *names):
    return {name: value for name, value in made.items() if name not in names}


def test_every_kind_of_the_kernel_has_claims_of_its_own():
    assert set(EACH) == KINDS == set(access.Kind.__value__.__args__)
    assert PERSONS == access.PERSONS


def test_a_citizen_is_known_by_number_name_and_level():
    assert principal(CITIZEN) == {
        "subject": "s-1",
        "kind": "CITIZEN",
        "name": "Nguyễn Thị Bích Liễu",
        "personal_id": "001195012345",
        "level": 2,
        "roles": [],
    }
    assert principal(without(CITIZEN, "level"))["level"] == 1, "what is not said is the lower one"


@pytest.mark.parametrize("document", ["USA:X1234567", "FRA:12AB34567", "301234567890"])
def test_a_foreigner_is_known_by_document_or_number_and_needs_no_level(document):
    who = principal(FOREIGNER | {"document": document})
    assert (who["document"], who["level"]) == (document, 0)
    assert principal(FOREIGNER | {"level": 1})["level"] == 1, "an account of before that says it is not taken for more"


@pytest.mark.parametrize("number", ["0101234567", "0101234567-001", "H01.10.24", "G15"])
def test_an_organisation_is_known_by_its_number_and_by_who_acts_for_it(number):
    who = Principal(**principal(ORGANISATION | {"organisation": number}))
    assert (who.identity, who.organisation_name) == (number, "Công ty Bình Minh")
    assert (who.name, who.personal_id, who.level) == ("Nguyễn Thị Bích Liễu", "001195012345", 2)


def test_an_officer_has_an_agency_and_roles_in_one_order():
    who = principal(OFFICER)
    assert (who["agency"], who["roles"], who["level"]) == ("H01.10.24", ["reception", "scanning"], 1)


@pytest.mark.parametrize("kind", EACH)
def test_who_has_a_long_name_is_who_they_are(kind):
    assert principal(EACH[kind] | {"name": "A" * 300})["name"] == "A" * 300


def test_a_portal_is_its_client_and_a_service_is_of_an_agency():
    assert principal(PORTAL) == {
        "subject": "dvc",
        "kind": "PORTAL",
        "roles": [],
        "name": "dvc",
        "portal": "dvc",
        "level": 0,
    }
    who = principal(SERVICE)
    assert (who["agency"], who["roles"], who["level"]) == ("H01.10.24", ["scanning"], 0)


@pytest.mark.parametrize("kind", EACH)
def test_what_a_kind_does_not_need_is_not_taken_over(kind):
    every = {**CITIZEN, **FOREIGNER, **ORGANISATION, **OFFICER, **SERVICE, **PORTAL}
    every = {name: value for name, value in every.items() if (kind, name) != ("OFFICER", "personal_id")}
    own = {name: value for name, value in every.items() if name not in EACH[kind]} | EACH[kind]
    taken = principal(own | ({} if "level" in EACH[kind] else {"level": 2}))
    assert taken | {"level": 0, "name": ""} == principal(EACH[kind]) | {"level": 0, "name": ""}
    assert kind not in PERSONS or taken["roles"] == []


def test_an_officers_own_number_is_taken_where_it_is_said_and_refused_where_it_is_none():
    assert principal(OFFICER | {"personal_id": "001195012345"})["personal_id"] == "001195012345"
    assert "personal_id" not in principal(OFFICER | {"personal_id": ""})
    for odd in ("12", "USA:X1234567", "00119501234A"):
        with pytest.raises(Refused):
            principal(OFFICER | {"personal_id": odd})


ABSENT = ...
NAMES = (ABSENT, None, "", "A\ud800", 7, ["A"], {"A": 1}, True)
WORDS = (ABSENT, None, "", "  ", "A\nB", "A\x00", "\ud800", "A" * 256, 7, ["A"], {"A": 1}, True)
ODD = {
    "any": {
        "kind": (ABSENT, None, "ADMIN", "citizen", "CITIZEN ", ["CITIZEN"], {}, True),
        "sub": WORDS,
        "roles": (None, "leader", [1], [None], {"leader": 1}, [["leader"]]),
        "level": (None, 3, -1, "2", [2], True, False, 2.0, {"level": 2}),
        "name": (7, ["A"]),
        "personal_id": (1195012345, ["001195012345"]),
        "agency": (["H01.10.24"], 1),
        "document": (1, {}),
        "organisation": (101234567, ["0101234567"]),
        "organisation_name": (["x"], 0),
    },
    "CITIZEN": {
        "level": (0,),
        "name": NAMES,
        "personal_id": (*WORDS, "00119501234", "0011950123456", "00119501234x", "001195012345\n", "٠٠١١٩٥٠١٢٣٤٥"),
    },
    "FOREIGNER": {
        "name": NAMES,
        "document": (
            *WORDS,
            *("X1234567", "US:X1234567", "usa:X1234567", "USA:x1234567", "USA:", "USA:X 1", "USA:X1\n", "USA X1"),
            *("USA:" + "1" * 21, "30123456789", "3012345678901"),
        ),
    },
    "ORGANISATION": {
        "level": (ABSENT, 0, 1),
        "name": NAMES,
        "personal_id": (*WORDS, "00119501234"),
        "organisation": (
            *WORDS,
            *("010123456", "01012345678", "0101234567-01", "0101234567-0001", "0101234567-", "h01", "Z01", "H1"),
            *("H01.", "H01." + "1" * 32, "001195012345", "0101234567\n"),
        ),
        "organisation_name": NAMES,
    },
    "OFFICER": {
        "level": (0,),
        "name": NAMES,
        "agency": (*WORDS, "h01", "Z01", "H01.", "H01.10.24\n", "H1"),
    },
    "SERVICE": {
        "name": NAMES,
        "agency": (*WORDS, "h01"),
        "roles": (ABSENT, [], ["leader"], ["scanning", "leader"], ["reception"], ["administrator"], ["Scanning"]),
    },
    "PORTAL": {
        "client_id": (*WORDS, "a b", "x" * 101, "dvc\n"),
        "azp": ("other", "", 1),
        "name": (None, "", 7),
    },
}
ASKED = [
    (kind, claim, value)
    for kind in EACH
    for wrong in (ODD["any"], ODD[kind])
    for claim, values in wrong.items()
    for value in values
]


@pytest.mark.parametrize(("kind", "claim", "value"), ASKED, ids=lambda each: ascii(each)[:40])
def test_a_claim_that_is_odd_refuses_the_token(kind, claim, value):
    made = EACH[kind] | {claim: value}
    with pytest.raises(Refused):
        principal({name: said for name, said in made.items() if said is not ABSENT})


def test_a_token_names_one_client():
    assert client_of({"azp": "dvc"}) == client_of({"client_id": "dvc", "azp": "dvc"}) == "dvc"
    for odd in ({}, {"client_id": "dvc", "azp": "other"}, {"azp": 1}, {"client_id": "dvc", "azp": ""}):
        with pytest.raises(Refused):
            client_of(odd)


def test_a_kind_is_one_word_that_is_known():
    assert kind_of(CITIZEN) == "CITIZEN"
    for odd in ({}, {"kind": "ROOT"}, {"kind": {"CITIZEN": 1}}):
        with pytest.raises(Refused):
            kind_of(odd)


@pytest.mark.rule("R35")
def test_the_level_of_who_acts_for_an_organisation_is_the_laws():
    assert pack_on(date(2026, 11, 25)).rules.identity_organisation_level.value == claims.ACTING_LEVEL


def test_the_roles_of_a_system_are_those_that_the_kernel_counts():
    assert access.ROLES_BY_KIND["SERVICE"] == claims.SERVICE_ROLES
    assert roles_of(Principal(**{**principal(SERVICE), "roles": frozenset({"leader", "scanning"})})) == {"scanning"}
