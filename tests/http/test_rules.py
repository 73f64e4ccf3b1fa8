"""The law's own tests of a service, as whoever asks the API sees them."""

import copy

import pytest

from chalicelib.law.levels import Gates
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.catalogue import PLAIN, Desk, completed, fresh_code, imported, opened

GATES = Gates.__struct_fields__
PAYMENT = "fee_payable_online_or_none"
PRICED = {"channel": "ONLINE", "type": "FEE", "amount": 8_000, "currency": "VND", "reading": "exact"}
OWN = {"no_physical_presence": "presence", "no_onsite_verification": "on_site"}
"""Gates that have a reason of their own on the closed list of Decree 224/2026 Art. 14."""


@pytest.fixture
def anyone(where):
    """Somebody who is not signed in."""
    return Client(where)


@pytest.fixture
def begun(cloud, where):
    """A desk, and facts by which its procedure is end to end."""
    desk = Desk(where, fresh_code())
    imported(cloud, desk.code)
    return desk, completed(desk.start("record").ok(201).body["facts"])


def basis_of(facts):
    """A legal basis that the procedure cites."""
    first = facts["legal_bases"][0]
    return first.get("code") or first["name_vi"]


@pytest.mark.rule("R02", "level", "notice")
@pytest.mark.rule("R03", "level", "reasons")
@pytest.mark.parametrize("gate", [None, *GATES])
def test_each_shut_gate_lowers_the_level_and_everybody_reads_exactly_its_reason(begun, anyone, gate):
    desk, open_facts = begun
    facts = copy.deepcopy(open_facts)
    reason = {"code": OWN.get(gate, "technical_other"), "legal_basis": basis_of(facts)}
    if gate == PAYMENT:
        facts |= {"fees": [PRICED], "free": None}  # it follows from the price: nothing can be paid here yet
    elif gate is not None:
        facts["online"]["gates"][gate] = False
    if gate is not None:
        facts["online"]["reasons"] = [reason]
    desk.put_out(facts)
    online = anyone.get(f"/v1/services/{desk.code}").ok().body["online"]
    assert online["level"] == ("full" if gate is None else "partial")
    assert [b["gate"] for b in online["blockers"]] == ([] if gate is None else [gate])
    told = [(r["code"], r["legal_basis"]) for r in online["reasons"]]
    assert told == ([] if gate is None else [(reason["code"], reason["legal_basis"])])
    assert (reason["legal_basis"] in online["notice_vi"]) is (gate is not None)


@pytest.mark.rule("R01", "refused", "others")
def test_a_barred_procedure_takes_no_draft_and_says_which_law_and_another_one_does(cloud, where, begun, citizen):
    other, facts = begun
    barred = Desk(where, fresh_code())
    imported(cloud, barred.code)
    started = completed(barred.start("record").ok(201).body["facts"])
    basis = basis_of(started)
    started["online"] = {"electronic_barred": True, "legal_basis": basis, "gates": {}, "reasons": []}
    barred.put_out(started)
    other.put_out(facts)
    cloud.wait_idle()
    assert citizen.get(f"/v1/services/{barred.code}").ok().body["online"]["level"] == "none"
    refused = citizen.post("/v1/drafts", {"procedure": barred.code, "agency": story.AGENCY})
    assert problem(refused, 409, "electronic_barred")["legal_basis"] == basis
    assert opened(citizen, other.code)


CHANNELS = ("national_portal", "authority_system", "provider_portal")


@pytest.mark.rule("R44", "recorded", "counted")
def test_each_of_the_three_channels_is_recorded_at_the_submission_and_counted(cloud, begun, citizen):
    desk, facts = begun
    desk.put_out({**facts, "online_channels": list(CHANNELS[1:])})
    assert opened(citizen, desk.code)
    wanted = {"procedure": desk.code, "agency": story.AGENCY}
    for channel in CHANNELS[1:]:
        draft = citizen.post("/v1/drafts", {**wanted, "service_channel": channel}).ok(201).body
        assert draft["service_channel"] == channel
        story.fill(citizen, draft["reference"], PLAIN).ok()
        story.submit(citizen, draft["reference"]).ok(201)
        assert citizen.get(f"/v1/dossiers/{draft['reference']}").ok().body["service_channel"] == channel
    refused = citizen.post("/v1/drafts", {**wanted, "service_channel": CHANNELS[0]})
    assert rules(refused) == {"/service_channel": "R44"}, "it is not offered there"
    cloud.wait_idle()
    counted = desk.editor.get(f"/v1/catalogue/procedures/{desk.code}/restructuring").ok().body["came_by"]
    assert counted == [{"service_channel": channel, "dossiers": 1} for channel in CHANNELS[1:]]
