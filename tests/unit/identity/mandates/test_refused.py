"""What is no mandate: refused by name, with nothing written; others and sub-mandates; what a register says."""

import datetime as dt
import itertools

import pytest

from chalicelib.identity.mandates import model
from chalicelib.identity.mandates.parties import Evidence
from chalicelib.identity.mandates.service import UnknownEnding
from chalicelib.identity.refusals import MandateInvalid, MandateOver, SignedByOneSide, TooManyMandates
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import NotAllowed, NotFound
from chalicelib.law import packs
from tests.unit.identity.mandates.conftest import (
    AGENT,
    CERTIFIED,
    COMPANY,
    FOREIGNER,
    NOTARISED,
    OTHER_PROCEDURE,
    PRINCIPAL,
    PROCEDURE,
    THIRD,
    named,
)

FOURTH = Principal("citizen-4", "CITIZEN", "Đỗ Thị Sáu", 2, "001195000888")
CHILD = Principal("child", "CITIZEN", "Lê Văn Bé", 2, "001212000001")
MAYBE = Principal("maybe", "CITIZEN", "Lê Văn Tư", 2, "001211000001")
HEAD_OF_COMPANY = Principal("boss", "CITIZEN", COMPANY.name, 2, COMPANY.personal_id)


def refused(act, *pairs):
    """The act is refused with exactly these places and rules."""
    with pytest.raises(MandateInvalid) as error:
        act()
    assert [(f.pointer, f.rule) for f in error.value.fields] == list(pairs)
    assert all(f.message_vi and f.message_en for f in error.value.fields)


def untouched(sides, act, *pairs):
    """Refused, and nothing is written."""
    before = sides.tables.everything("Identity")
    refused(act, *pairs)
    assert sides.tables.everything("Identity") == before


@pytest.mark.parametrize(
    ("who", "other", "changes", "pairs"),
    [
        (PRINCIPAL, AGENT, {"storage": None}, [("/storage", "storage_clause_missing")]),
        (PRINCIPAL, AGENT, {"procedures": ()}, [("/procedures", "scope_missing")]),
        (PRINCIPAL, PRINCIPAL, {}, [("", "with_oneself")]),
        (HEAD_OF_COMPANY, COMPANY, {}, []),
        (COMPANY, HEAD_OF_COMPANY, {}, [("", "with_oneself")]),
        (PRINCIPAL, CHILD, {}, [("", "representative_too_young")]),
        (PRINCIPAL, MAYBE, {}, [("", "representative_age_unknown")]),
        (CHILD, AGENT, {}, [("", "represented_too_young")]),
        (MAYBE, AGENT, {}, [("", "represented_age_unknown")]),
        (PRINCIPAL, AGENT, {"form": "certified"}, [("/evidence", "evidence_missing")]),
        (
            PRINCIPAL,
            AGENT,
            {"form": "certified", "evidence": Evidence(kind="FILE", reference="a.pdf")},
            [("/evidence/sha256", "evidence_hash_missing")],
        ),
        (PRINCIPAL, AGENT, {"ends_on": dt.date(2026, 11, 24)}, [("/ends_on", "term_over")]),
        (
            PRINCIPAL,
            AGENT,
            {"storage": None, "procedures": (), "form": "notarised"},
            [
                ("/storage", "storage_clause_missing"),
                ("/procedures", "scope_missing"),
                ("/evidence", "evidence_missing"),
            ],
        ),
    ],
)
def test_an_offer_that_is_no_mandate_is_refused_by_name(sides, who, other, changes, pairs):
    if pairs:
        untouched(sides, lambda: sides.offer(who, other, **changes), *pairs)
        return
    head = sides.offer(who, other, **changes)  # nobody can know yet who will sign for the company
    untouched(sides, lambda: sides.confirm(head, other), ("", "with_oneself"))


@pytest.mark.parametrize("evidence", [CERTIFIED, NOTARISED, {"evidence": Evidence(kind="ID_APP", reference="VN-1")}])
def test_evidence_is_kept_sealed(sides, evidence):
    terms = sides.made(**evidence).terms
    assert terms.evidence == evidence["evidence"].kind
    assert evidence["evidence"].reference not in str(sides.tables.everything("Identity"))


def test_a_name_that_no_paper_can_say_is_refused(sides):
    odd = named(AGENT)
    odd = type(odd)(name="Trần 大", personal_id=odd.personal_id, kind="CITIZEN")
    refused(lambda: sides.offer(other=odd), ("/other/name", "letters_unprintable"))


def test_two_companies_of_which_one_person_signs_for_both_make_none(sides):
    sister = Principal(
        "sister", "ORGANISATION", COMPANY.name, 2, COMPANY.personal_id,
        organisation="0312345678", organisation_name="Công ty CP Hoa Súng",
    )  # fmt: skip
    head = sides.offer(COMPANY, sister)
    untouched(sides, lambda: sides.confirm(head, sister), ("", "with_oneself"))
    other = Principal(
        "other", "ORGANISATION", AGENT.name, 2, AGENT.personal_id,
        organisation="0312345678", organisation_name="Công ty CP Hoa Súng",
    )  # fmt: skip
    assert sides.confirm(head, other).state == "active"


def test_what_was_in_order_when_it_was_offered_is_looked_at_again_when_it_is_confirmed(sides):
    head = sides.offer(ends_on=sides.clock().date())
    sides.clock.advance(days=1)
    untouched(sides, lambda: sides.confirm(head), ("/ends_on", "term_over"))


def test_new_terms_of_one_that_holds_begin_at_once(sides):
    head = sides.made()
    tomorrow = sides.clock().date() + dt.timedelta(days=1)
    refused(lambda: sides.change(head, starts_on=tomorrow), ("/starts_on", "starts_later"))
    refused(lambda: sides.change(head, storage=None), ("/storage", "storage_clause_missing"))
    assert sides.change(head, starts_on=sides.clock().date()).waiting.number == 2


# --- others who represent --------------------------------------------------------------------------------------------


def test_two_do_not_represent_in_one_act_at_a_time(sides):
    sides.made(other=AGENT)
    untouched(sides, lambda: sides.offer(other=THIRD), ("/procedures", "overlap"))
    assert sides.offer(other=THIRD, procedures=(OTHER_PROCEDURE,)).state == "proposed"
    assert sides.made(other=AGENT, storage="BOTH").state == "active", "the same representative again is no other"


def test_whoever_offers_to_represent_is_not_told_of_others_and_the_represented_is(sides):
    first = sides.made(other=AGENT)
    offered = sides.offer(THIRD, PRINCIPAL, "representative")
    untouched(sides, lambda: sides.confirm(offered, PRINCIPAL), ("/procedures", "overlap"))
    sides.revoke(first)
    assert sides.confirm(offered, PRINCIPAL).state == "active"


@pytest.mark.parametrize("claimed", [False, True])
def test_of_two_that_are_confirmed_at_once_one_holds(sides, claimed):
    if claimed:  # the claims on this person stand there already, and are changed
        sides.made(procedures=(OTHER_PROCEDURE,))
    one, two = sides.offer(other=AGENT), sides.offer(other=THIRD)
    sides.tables.meanwhile(lambda: sides.confirm(one, AGENT))
    refused(lambda: sides.confirm(two, THIRD), ("/procedures", "overlap"))
    assert [sides.head(h).state for h in (one, two)] == ["active", "proposed"]


@pytest.mark.parametrize(
    ("starts", "ends", "is_free"),
    [(None, 26, True), (27, 28, False), (28, 30, False), (1, 20, True), (30, None, False)],
)
def test_one_after_the_other_is_no_overlap(sides, starts, ends, is_free):
    day = lambda n: dt.date(2026, 12, n) if n else None  # noqa: E731 - one expression
    sides.made(other=AGENT, starts_on=day(27), ends_on=day(31))
    offer = lambda: sides.offer(other=THIRD, starts_on=day(starts), ends_on=day(ends))  # noqa: E731 - said again and again below
    if is_free:
        assert sides.confirm(offer(), THIRD).state == "active"
    else:
        refused(offer, ("/procedures", "overlap"))


def test_what_is_over_claims_nothing_and_is_forgotten(sides):
    sides.made(other=AGENT, ends_on=sides.clock().date())
    sides.clock.advance(days=2)
    sides.made(other=THIRD)
    assert len(sides.store.claims(PRINCIPAL.holder).claims) == 1


def test_new_terms_do_not_overlap_with_those_of_another(sides):
    mine = sides.made(other=AGENT)
    sides.made(other=THIRD, procedures=(OTHER_PROCEDURE,))
    sides.change(mine, procedures=(PROCEDURE, OTHER_PROCEDURE))
    refused(lambda: sides.confirm(mine), ("/procedures", "overlap"))
    assert sides.head(mine).terms.procedures == (PROCEDURE,)


def test_where_the_policy_lets_several_represent_they_do(sides, monkeypatch):
    from msgspec.structs import replace

    pack = packs.newest()
    sole = replace(pack.rules.mandate_sole_representative, value=False)
    open_to_all = replace(pack, rules=replace(pack.rules, mandate_sole_representative=sole))
    monkeypatch.setattr("chalicelib.identity.mandates.standing.pack_on", lambda day: open_to_all)
    sides.made(other=AGENT)
    assert sides.made(other=THIRD).state == "active"


def test_so_many_hold_at_a_time_and_no_more(sides, monkeypatch):
    monkeypatch.setattr("chalicelib.identity.mandates.service.MOST_CLAIMS", 1)
    sides.made()
    with pytest.raises(TooManyMandates):
        sides.made(procedures=(OTHER_PROCEDURE,))


# --- whether somebody exists -----------------------------------------------------------------------------------------


def test_naming_somebody_who_is_unknown_makes_the_same_calls_and_the_same_answer(sides, monkeypatch):
    """The one is in every list of ours, the other's number nobody has."""
    sides.made(PRINCIPAL, AGENT, procedures=(OTHER_PROCEDURE,))
    sides.made(AGENT, FOURTH)
    asked = []
    real = aws.client

    class Listening:
        def __init__(self, service):
            self.service, self.client = service, real(service)

        def __getattr__(self, name):
            asked.append((self.service, name))
            return getattr(self.client, name)

    monkeypatch.setattr(aws, "client", Listening)
    told, heads = [], []
    for known, role in itertools.product((True, False), ("represented", "representative")):
        asked.clear()
        other = AGENT if known else Principal("", "CITIZEN", AGENT.name, 2, "096199999999")
        heads.append(sides.offer(THIRD, other, role))
        told.append(sorted(asked))
    assert told[:2] == told[2:]
    assert len(told[0]) > 3
    assert {head.state for head in heads} == {"proposed"}
    assert [len(head.sealed) for head in heads[:2]] == [len(head.sealed) for head in heads[2:]]


# --- sub-mandates ----------------------------------------------------------------------------------------------------


def test_a_sub_mandate_is_for_the_same_represented_and_ends_with_the_first(sides):
    first = sides.made(allows_sub=True, may=("supplement", "pay"))
    sub = sides.sub(first, may=("supplement",))
    with pytest.raises(SignedByOneSide):
        sides.confirm(sub, AGENT)
    with pytest.raises(NotAllowed):
        sides.confirm(sub, PRINCIPAL)
    confirmed = sides.confirm(sub, THIRD)
    assert (confirmed.represented.holder, confirmed.giver.holder) == (PRINCIPAL.holder, AGENT.holder)
    assert sides.said(sub)["represented"] == PRINCIPAL.holder
    assert sides.said(sub)["representative"] == THIRD.holder
    assert sides.fence(sub)["is_active"]
    for who in (PRINCIPAL, AGENT, THIRD):
        assert sides.settling.read(who, sub.id)
    sides.revoke(first)
    assert not sides.fence(sub)["is_active"]
    assert sides.said(sub)["ended_why"] == "first_ended"
    assert sides.head(sub).state == "ended"


@pytest.mark.parametrize(("who", "why"), [(PRINCIPAL, "represented"), (AGENT, "giver"), (THIRD, "representative")])
def test_each_of_the_three_ends_a_sub_mandate_and_the_first_goes_on(sides, who, why):
    first = sides.made(allows_sub=True)
    sub = sides.confirm(sides.sub(first), THIRD)
    sides.revoke(sub, who)
    assert sides.said(sub)["ended_why"] == f"withdrawn_by_{why}"
    assert sides.fence(first)["is_active"]


@pytest.mark.parametrize(
    ("first", "changes", "pairs"),
    [
        ({}, {}, [("", "sub_not_allowed")]),
        ({"allows_sub": True}, {"procedures": (OTHER_PROCEDURE,)}, [("/procedures", "beyond_own_power")]),
        ({"allows_sub": True}, {"may": ("withdraw",)}, [("/may", "beyond_own_power")]),
        ({"allows_sub": True} | NOTARISED, {}, [("/form", "form_of_first")]),
        (
            {"allows_sub": True, "ends_on": dt.date(2026, 12, 1)},
            {"ends_on": dt.date(2026, 12, 2)},
            [("/ends_on", "beyond_own_power")],
        ),
    ],
)
def test_nobody_gives_on_more_than_he_was_given(sides, first, changes, pairs):
    head = sides.made(**first)
    untouched(sides, lambda: sides.sub(head, **changes), *pairs)


def test_only_the_representative_gives_on_and_not_to_a_side(sides):
    first = sides.made(allows_sub=True)
    with pytest.raises(NotAllowed):
        sides.sub(first, who=PRINCIPAL)
    with pytest.raises(NotFound):
        sides.sub(first, who=THIRD)
    for other in (PRINCIPAL, AGENT):
        refused(lambda other=other: sides.sub(first, other=other), ("", "with_oneself"))
    proposed = sides.offer(other=AGENT, allows_sub=True, procedures=(OTHER_PROCEDURE,))
    refused(
        lambda: sides.sub(proposed, procedures=(OTHER_PROCEDURE,)),
        ("", "sub_not_allowed"),
        ("/procedures", "beyond_own_power"),
        ("/may", "beyond_own_power"),
    )
    sides.revoke(first)
    with pytest.raises(MandateOver):
        sides.sub(first)


def test_a_sub_mandate_is_not_given_on(sides):
    """Else the end of the first one would have to reach any depth in one transaction."""
    first = sides.made(allows_sub=True)
    untouched(sides, lambda: sides.sub(first, allows_sub=True), ("/allows_sub_mandates", "no_further_sub"))
    sub = sides.confirm(sides.sub(first), THIRD)
    refused(lambda: sides.change(sub, AGENT, allows_sub=True), ("/allows_sub_mandates", "no_further_sub"))
    refused(lambda: sides.sub(sub, who=THIRD, other=FOURTH), ("", "sub_not_allowed"))


def test_new_terms_of_a_sub_mandate_stay_within_the_first(sides):
    first = sides.made(allows_sub=True)
    sub = sides.confirm(sides.sub(first), THIRD)
    refused(lambda: sides.change(sub, AGENT, procedures=(OTHER_PROCEDURE,)), ("/procedures", "beyond_own_power"))
    with pytest.raises(NotAllowed):
        sides.change(sub, PRINCIPAL)
    sides.change(sub, THIRD, storage="NONE")
    assert sides.confirm(sub, AGENT).terms.number == 2
    assert sides.fence(sub)["version"] == 2


def test_new_terms_of_the_first_end_what_was_given_out_of_it(sides):
    first = sides.made(allows_sub=True)
    sub = sides.confirm(sides.sub(first), THIRD)
    waiting = sides.sub(first, other=FOURTH)
    sides.change(first, allows_sub=True)
    assert sides.fence(sub)["is_active"]
    sides.confirm(first)
    assert (sides.head(sub).state, sides.said(sub)["ended_why"]) == ("ended", "first_changed")
    assert sides.head(waiting).state == "declined"


def test_two_sub_mandates_of_one_act_that_are_confirmed_at_once(sides):
    first = sides.made(allows_sub=True)
    one, two = sides.sub(first, other=THIRD), sides.sub(first, other=FOURTH)
    sides.tables.meanwhile(lambda: sides.confirm(one, THIRD))
    refused(lambda: sides.confirm(two, FOURTH), ("/procedures", "overlap"))


def test_a_sub_mandate_confirmed_while_the_first_ends_never_holds(sides):
    first = sides.made(allows_sub=True)
    sub = sides.sub(first)
    sides.tables.meanwhile(lambda: sides.revoke(first))
    with pytest.raises(MandateOver):
        sides.confirm(sub, THIRD)
    assert sides.fence(sub) is None


def test_the_first_ended_while_a_sub_mandate_is_confirmed_ends_it(sides):
    first = sides.made(allows_sub=True)
    sub = sides.sub(first)
    sides.tables.meanwhile(lambda: sides.confirm(sub, THIRD))
    sides.revoke(first)
    assert not sides.fence(sub)["is_active"]


def test_so_many_sub_mandates_and_no_more_but_those_that_are_over_do_not_count(sides):
    first = sides.made(allows_sub=True)
    people = [Principal(str(n), "CITIZEN", "Lê Văn An", 2, f"00119500{n:04d}") for n in range(model.MOST_SUBS + 1)]
    subs = [sides.sub(first, other=each) for each in people[:-1]]
    with pytest.raises(TooManyMandates) as error:
        sides.sub(first, other=people[-1])
    assert error.value.facts == {"limit": model.MOST_SUBS}
    sides.decline(subs[0], people[0])
    assert sides.sub(first, other=people[-1]).state == "proposed"


# --- what a register says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["represented_died", "representative_ceased", "representative_incapable", "work_done"])
def test_a_register_ends_a_mandate_once(sides, why):
    head = sides.made(PRINCIPAL, FOREIGNER)
    sides.settling.end(head.id, why)
    assert sides.said(head)["ended_why"] == why
    assert not sides.fence(head)["is_active"]
    before = sides.tables.writes
    sides.settling.end(head.id, why)
    assert sides.tables.writes == before
    with pytest.raises(MandateOver) as error:
        sides.revoke(head)
    assert error.value.facts["why"] == why


def test_a_register_ends_what_nobody_confirmed_and_says_nothing_to_an_unknown_one(sides):
    head = sides.offer()
    sides.settling.end(head.id, "represented_died")
    assert sides.head(head).state == "declined"
    assert sides.fence(head) is None
    sides.settling.end("MD-0000000000000000", "represented_died")


def test_an_ending_that_no_law_names_is_refused(sides):
    head = sides.made()
    with pytest.raises(UnknownEnding):
        sides.settling.end(head.id, "tired")
    assert sides.fence(head)["is_active"]


def test_all_mandates_of_somebody_end_on_both_sides(sides):
    heads = [sides.made(PRINCIPAL, AGENT), sides.made(AGENT, THIRD), sides.made(THIRD, FOURTH)]
    assert sides.settling.end_of(AGENT.holder, "died") == 2
    assert [sides.head(h).state for h in heads] == ["ended", "ended", "active"]
    assert [sides.head(h).ended_why for h in heads] == ["representative_died", "represented_died", None]


def test_whoever_gave_a_sub_mandate_dies_and_it_ends_with_the_first(sides):
    first = sides.made(allows_sub=True)
    sub = sides.confirm(sides.sub(first), THIRD)
    sides.settling.end_of(AGENT.holder, "died")
    assert [sides.head(h).ended_why for h in (first, sub)] == ["representative_died", "first_ended"]
