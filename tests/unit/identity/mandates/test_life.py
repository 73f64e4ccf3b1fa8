"""The life of a mandate: offered by one side, confirmed by the other, changed by both, ended by either."""

import copy
import json

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.identity import Parties, RepresentationKept
from chalicelib.dossier.acting import Representation
from chalicelib.identity import fence
from chalicelib.identity.refusals import MandateOver, SignedByOneSide, TermsChanged
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import KeyReused, LevelTooLow, LostUpdate, NotFound, TryAgain
from chalicelib.sealing.door import unseal
from chalicelib.submission import filing
from tests.unit.identity.mandates.conftest import (
    AGENT,
    CERTIFIED,
    COMPANY,
    FOREIGNER,
    OTHER_PROCEDURE,
    PRINCIPAL,
    PROCEDURE,
    THIRD,
    named,
    plain,
    request,
    wanted,
)


def holds(sides, head, version=1):
    """Whether a submission's transaction would go through now."""
    try:
        aws.transact({"mandate": fence.active(head.id, version, stamp(sides.clock()))})
    except aws.Lost:
        return False
    return True


@pytest.mark.parametrize(
    ("who", "other", "role"),
    [
        (PRINCIPAL, AGENT, "represented"),
        (AGENT, PRINCIPAL, "representative"),
        (PRINCIPAL, COMPANY, "represented"),
        (COMPANY, AGENT, "represented"),
        (FOREIGNER, AGENT, "represented"),
        (PRINCIPAL, FOREIGNER, "represented"),
    ],
)
def test_either_side_offers_and_only_the_other_makes_it_hold(sides, who, other, role):
    head = sides.offer(who, other, role)
    assert head.state == "proposed"
    assert sides.fence(head) is None
    assert not holds(sides, head)
    assert sides.told(head) == ["mandate.offered"]
    with pytest.raises(SignedByOneSide):
        sides.confirm(head, who)
    confirmed = sides.confirm(head, other)
    assert plain(sides.head(head)) == plain(confirmed)
    assert sides.told(head) == ["mandate.offered", "representation.kept"]
    assert holds(sides, head)
    said = sides.said(head)
    represented, representative = (who, other) if role == "represented" else (other, who)
    assert said | {"sealed": ""} == {
        "id": head.id,
        "version": 1,
        "kind": "mandate",
        "state": "active",
        "represented": represented.holder,
        "representative": representative.holder,
        "sealed": "",
        "procedures": ["1.001193"],
        "may": ["file", "supplement"],
        "storage": "PRINCIPAL",
        "form": "plain",
        "opens": "2026-11-25T03:00:00.000+00:00",
        "closes": "2027-11-25T17:00:00.000+00:00",
    }
    opened = unseal(head.id, said["sealed"])
    for side, person in (("represented", represented), ("representative", representative)):
        name = person.organisation_name or person.name
        assert {k: opened[side][k] for k in ("name", "personal_id", "kind")} == {
            "name": name,
            "personal_id": person.identity,
            "kind": person.kind,
        }
    assert sides.tables.unbroken("Identity", f"MANDATE#{head.id}")


def test_nothing_that_is_kept_names_anybody(sides):
    head = sides.made(COMPANY, AGENT, **CERTIFIED)
    sides.revoke(head, COMPANY, "Ông Thưởng đã nghỉ việc")
    text = json.dumps(sides.tables.everything("Identity"), ensure_ascii=False)
    for personal in (COMPANY.name, COMPANY.personal_id, COMPANY.organisation, AGENT.name, AGENT.personal_id, "nghỉ"):
        assert personal not in text
    assert "uy-quyen.pdf" not in text


def test_of_an_organisation_the_person_who_signed_is_kept(sides):
    head = sides.made(COMPANY, AGENT)
    said = unseal(head.id, sides.head(head).sealed)
    assert (said["represented"]["by"], said["represented"]["by_id"]) == (COMPANY.name, COMPANY.personal_id)
    deputy = copy.replace(COMPANY, name="Ngô Thị Bảy", personal_id="001190333444")
    sides.change(head, deputy, storage="BOTH")
    assert unseal(head.id, sides.confirm(head, AGENT).sealed)["represented"]["by"] == deputy.name
    other = sides.made(PRINCIPAL, COMPANY)
    assert unseal(other.id, sides.head(other).sealed)["representative"]["by"] == COMPANY.name


def test_the_name_is_that_of_the_others_own_token_once_it_confirms(sides):
    typed = named(AGENT)
    typed = type(typed)(name="Tran Van Thuong", personal_id=typed.personal_id, kind="CITIZEN")
    head = sides.offer(other=typed)
    assert unseal(head.id, head.sealed)["representative"]["name"] == "Tran Van Thuong"
    assert unseal(head.id, sides.confirm(head).sealed)["representative"]["name"] == AGENT.name


def test_a_number_of_another_kind_of_person_is_another_persons(sides):
    """An organisation whose number looks like a person's is not that person."""
    odd = type(COMPANY)("odd", "ORGANISATION", "Vũ Lan", 2, "001190999999", organisation=AGENT.personal_id)
    head = sides.offer()
    assert odd.holder != AGENT.holder
    with pytest.raises(NotFound):
        sides.confirm(head, odd)
    assert sides.listed(odd) == ([], 0, {})


@pytest.mark.parametrize("act", ["read", "confirm", "decline", "revoke", "change"])
def test_a_stranger_finds_none_and_a_lower_level_is_told(sides, act):
    head = sides.offer()
    acts = {
        "read": lambda who: sides.settling.read(who, head.id),
        "confirm": lambda who: sides.confirm(head, who),
        "decline": lambda who: sides.decline(head, who),
        "revoke": lambda who: sides.revoke(head, who),
        "change": lambda who: sides.change(head, who),
    }
    with pytest.raises(NotFound):
        acts[act](THIRD)
    before = sides.tables.everything("Identity")
    with pytest.raises(LevelTooLow):
        acts[act](type(AGENT)("x", "CITIZEN", AGENT.name, 1, AGENT.personal_id))
    assert sides.tables.everything("Identity") == before


def test_a_lower_level_offers_nothing(sides):
    with pytest.raises(LevelTooLow):
        sides.offer(type(AGENT)("x", "CITIZEN", AGENT.name, 1, AGENT.personal_id))
    assert sides.tables.everything("Identity") == []
    assert sides.tables.everything("Sealing") == []


# --- terms -----------------------------------------------------------------------------------------------------------


def test_new_terms_wait_and_those_before_hold_until_the_other_side_confirms(sides):
    head = sides.made()
    sides.clock.advance(days=3)
    changed = sides.change(head, AGENT, procedures=(OTHER_PROCEDURE,), storage="BOTH")
    assert (changed.terms.number, changed.waiting.number, changed.waiting.by) == (1, 2, "representative")
    assert holds(sides, head, 1)
    assert not holds(sides, head, 2)
    with pytest.raises(SignedByOneSide):
        sides.confirm(head, AGENT)
    sides.confirm(head, PRINCIPAL)
    assert holds(sides, head, 2)
    assert not holds(sides, head, 1)
    said = sides.said(head)
    assert (said["version"], said["procedures"], said["storage"]) == (2, [OTHER_PROCEDURE], "BOTH")
    assert said["closes"] == "2027-11-28T17:00:00.000+00:00", "a year from when the new terms hold"


def test_terms_that_were_not_read_are_not_confirmed(sides):
    head = sides.offer()
    sides.change(head, PRINCIPAL, storage="AGENT")
    for number in (1, 3):
        with pytest.raises(TermsChanged) as refused:
            sides.confirm(head, AGENT, number)
        assert refused.value.facts == {"terms": 2}
    assert sides.confirm(head, AGENT, 2).terms.storage == "AGENT"
    with pytest.raises(TermsChanged) as refused:
        sides.confirm(head, AGENT, 2)
    assert refused.value.facts == {"terms": None}


def test_the_other_side_may_offer_other_terms_instead(sides):
    head = sides.offer()
    sides.change(head, AGENT, storage="NONE")
    with pytest.raises(SignedByOneSide):
        sides.confirm(head, AGENT)
    assert sides.confirm(head, PRINCIPAL).terms.number == 2


def test_new_terms_are_made_on_the_version_that_was_read(sides):
    head = sides.offer()
    changed = sides.change(head, version=1, raw=b"one")
    assert changed.version == 2
    assert plain(sides.change(head, version=1, raw=b"one")) == plain(changed), "its answer was lost: the same again"
    with pytest.raises(LostUpdate) as refused:
        sides.change(head, version=1, raw=b"two")
    assert refused.value.facts == {"current_version": 2}
    with pytest.raises(LostUpdate):
        sides.change(head, AGENT, version=1, raw=b"one")
    assert sides.told(head) == ["mandate.offered"] * 2


@pytest.mark.parametrize("who", [PRINCIPAL, AGENT])
def test_what_waits_is_declined_or_taken_back_and_what_holds_goes_on(sides, who):
    head = sides.made()
    sides.change(head, storage="NONE")
    declined = sides.decline(head, who, 2)
    assert (declined.state, declined.waiting, declined.terms.number) == ("active", None, 1)
    assert holds(sides, head)
    assert sides.told(head)[-1] == "mandate.declined"
    assert sides.change(head, storage="BOTH").waiting.number == 3, "a number that was read is never another's"
    with pytest.raises(TermsChanged):
        sides.confirm(head, AGENT, 2)


@pytest.mark.parametrize("who", [PRINCIPAL, AGENT])
def test_a_mandate_that_is_declined_is_over(sides, who):
    head = sides.offer()
    assert sides.decline(head, who).state == "declined"
    assert sides.told(head) == ["mandate.offered", "mandate.declined"]
    for act in (sides.confirm, sides.revoke, sides.decline):
        with pytest.raises(MandateOver):
            act(sides.head(head), AGENT, 1) if act != sides.revoke else act(head)
    assert sides.fence(head) is None


# --- the end ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "side"), [(PRINCIPAL, "represented"), (AGENT, "representative")])
def test_either_side_ends_it_at_once(sides, who, side):
    head = sides.made()
    sides.clock.advance(minutes=5)
    assert sides.revoke(head, who).state == "ended"
    assert not holds(sides, head)
    said = sides.said(head)
    assert (said["state"], said["ended_why"]) == ("ended", f"withdrawn_by_{side}")
    assert said["ended_at"] == "2026-11-25T03:05:00.000+00:00"
    for again in (PRINCIPAL, AGENT):
        with pytest.raises(MandateOver) as refused:
            sides.revoke(head, again)
        assert refused.value.facts == {"since": "2026-11-25T10:05:00+07:00", "why": f"withdrawn_by_{side}"}
    with pytest.raises(MandateOver):
        sides.change(head)


def test_what_was_offered_and_never_confirmed_is_taken_back_without_a_fence(sides):
    head = sides.offer()
    assert sides.revoke(head).state == "declined"
    assert sides.fence(head) is None
    assert sides.told(head) == ["mandate.offered", "mandate.declined"]


def test_a_mandate_whose_term_is_over_changes_no_more(sides):
    head = sides.made(ends_on=sides.clock().date())
    assert sides.head(head).closes == "2026-11-25T17:00:00.000+00:00"
    sides.clock.at("2026-11-25T23:59:59")
    assert holds(sides, head)
    sides.clock.at("2026-11-26T00:00:00")
    assert not holds(sides, head)
    for act in (lambda: sides.revoke(head), lambda: sides.change(head), lambda: sides.confirm(head)):
        with pytest.raises(MandateOver) as refused:
            act()
        assert refused.value.facts == {"since": "2026-11-26T00:00:00+07:00", "why": "expired"}


def test_it_begins_on_its_first_day_and_not_before(sides):
    head = sides.made(starts_on=sides.clock().date().replace(day=28))
    assert not holds(sides, head)
    assert sides.head(head).closes == "2027-11-28T17:00:00.000+00:00", "a year from the day on which it arises"
    sides.clock.at("2026-11-28T00:00:00")
    assert holds(sides, head)


def test_a_mandate_for_one_act_has_no_last_day_of_its_own(sides):
    head = sides.made(for_one_act=True)
    sides.clock.advance(days=4000)
    assert holds(sides, head)
    sides.settling.end(head.id, "work_done")
    assert not holds(sides, head)


def test_no_two_changes_are_told_of_one_moment(sides):
    """Whoever hears of mandates keeps what is newer: an end in the same millisecond would be lost."""
    head = sides.made()
    sides.revoke(head)
    times = [row["at"] for row in sides.tables.events("Identity", f"MANDATE#{head.id}")]
    assert sorted(set(times)) == times


# --- at once ---------------------------------------------------------------------------------------------------------


def test_of_two_who_end_it_at_once_one_did(sides):
    head = sides.made()
    sides.tables.meanwhile(lambda: sides.revoke(head, AGENT))
    with pytest.raises(MandateOver) as refused:
        sides.revoke(head, PRINCIPAL)
    assert refused.value.facts["why"] == "withdrawn_by_representative"
    assert sides.told(head).count("representation.kept") == 2


def test_revoked_while_it_is_confirmed_it_never_holds(sides):
    head = sides.offer()
    sides.tables.meanwhile(lambda: sides.revoke(head, PRINCIPAL))
    with pytest.raises(MandateOver):
        sides.confirm(head, AGENT)
    assert not holds(sides, head)


def test_confirmed_while_it_is_revoked_it_is_ended_after_it_held(sides):
    head = sides.offer()
    sides.tables.meanwhile(lambda: sides.confirm(head, AGENT))
    assert sides.revoke(head, PRINCIPAL).state == "ended"
    assert not holds(sides, head)
    assert sides.told(head) == ["mandate.offered", "representation.kept", "representation.kept"]


def test_terms_that_change_while_they_are_confirmed_are_not(sides):
    head = sides.offer()
    sides.tables.meanwhile(lambda: sides.change(head, storage="NONE"))
    with pytest.raises(TermsChanged):
        sides.settling.confirm(AGENT, head.id, 1, sides.key(AGENT))
    assert sides.head(head).state == "proposed"


def test_a_busy_table_is_asked_again_and_then_refused(sides, monkeypatch):
    head = sides.offer()
    sides.tables.contend(2)
    assert sides.confirm(head).state == "active"
    sides.tables.contend(10**6)
    monkeypatch.setattr("chalicelib.kernel.waiting.turns", lambda: iter(range(3)))
    with pytest.raises(TryAgain):
        sides.revoke(head)


# --- the same request again ------------------------------------------------------------------------------------------


def test_the_same_request_again_changes_nothing_and_another_under_its_key_is_refused(sides):
    asking = request(PRINCIPAL, "one", b"{1}")
    head = sides.offers.offer(PRINCIPAL, "represented", named(AGENT), wanted(), asking)
    assert plain(sides.offers.offer(PRINCIPAL, "represented", named(AGENT), wanted(), asking)) == plain(head)
    with pytest.raises(KeyReused):
        sides.offers.offer(PRINCIPAL, "represented", named(THIRD), wanted(), request(PRINCIPAL, "one", b"{2}"))
    other = sides.offers.offer(AGENT, "representative", named(PRINCIPAL), wanted(), request(AGENT, "one", b"{1}"))
    assert other.id != head.id, "another person's key is another key"
    confirming = request(AGENT, "two", b"{}")
    confirmed = sides.settling.confirm(AGENT, head.id, 1, confirming)
    ending = request(AGENT, "three", b"{}")
    ended = sides.settling.revoke(AGENT, head.id, "Không làm nữa", ending)
    before = sides.tables.writes
    assert plain(sides.settling.confirm(AGENT, head.id, 1, confirming)) == plain(ended), "told as it is now"
    assert plain(sides.settling.revoke(AGENT, head.id, "Không làm nữa", ending)) == plain(ended)
    assert sides.tables.writes == before
    assert confirmed.state == "active"
    with pytest.raises(KeyReused):
        sides.settling.revoke(AGENT, head.id, "Khác", request(AGENT, "three", b"{4}"))


def test_two_same_requests_at_once_make_one_mandate(sides):
    asking = request(PRINCIPAL, "one", b"{}")
    offer = lambda: sides.offers.offer(PRINCIPAL, "represented", named(AGENT), wanted(), asking)  # noqa: E731 - said again and again below
    sides.tables.meanwhile(offer)
    assert offer() == sides.store.mandate(offer().id)
    assert len(sides.listed(PRINCIPAL)[0]) == 1


# --- lists -----------------------------------------------------------------------------------------------------------


def test_each_side_lists_what_concerns_it_the_newest_first(sides):
    made = []
    for _ in range(3):
        made.append(sides.offer().id)
        sides.clock.advance(seconds=1)
    for who in (PRINCIPAL, AGENT):
        assert sides.listed(who) == (made[::-1], 0, {})
    assert sides.listed(THIRD) == ([], 0, {})
    low = type(AGENT)("x", "CITIZEN", AGENT.name, 1, AGENT.personal_id)
    assert sides.listed(low) == ([], 3, {})


def test_a_long_list_goes_on_where_it_ended(sides, monkeypatch):
    monkeypatch.setattr("chalicelib.identity.mandates.service.PAGE", 2)
    made = []
    for _ in range(5):
        made.append(sides.offer().id)
        sides.clock.advance(seconds=1)
    found, starts, pages = [], {}, 0
    while pages == 0 or starts:
        page, _, starts = sides.listed(AGENT, starts)
        found, pages = found + page, pages + 1
    assert found == made[::-1]
    assert sides.settling.end_of(AGENT.holder, "died") == 5
    assert {sides.store.mandate(name).state for name in made} == {"declined"}


# --- the dossiers' room ----------------------------------------------------------------------------------------------


def test_whoever_files_under_it_reads_both_names_as_they_were_sealed(sides):
    """What identity tells is what the dossiers' room makes a holder and a representative of."""
    said = heard(RepresentationKept, sides.said(sides.made(PRINCIPAL, COMPANY)))
    parties = heard(Parties, unseal(said.id, said.sealed))
    assert (parties.represented.name, parties.represented.personal_id) == (PRINCIPAL.name, PRINCIPAL.personal_id)
    assert (parties.representative.name, parties.representative.kind) == (COMPANY.organisation_name, "ORGANISATION")
    kept = Representation(said=said, at="")
    assert kept.holds(sides.clock())
    assert filing.for_another(COMPANY, "MC-1", PROCEDURE, kept, sides.clock()).named.name == PRINCIPAL.name
