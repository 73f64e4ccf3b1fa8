"""An owner shares a document with somebody, for a purpose and a time; each reading is in their ledger (R37)."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.identity import PersonChanged
from chalicelib.kernel import access
from chalicelib.kernel.access import Principal, Relation, of
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, KeyReused, LevelTooLow, NotFound
from chalicelib.vault import acts
from chalicelib.vault.grants.model import Receiver, purposes
from chalicelib.vault.grants.refusals import (
    DocumentWorthNothing,
    GrantBeyondValidity,
    GrantEnded,
    GrantToSelf,
    HeldForAnother,
    PurposeNotOffered,
)
from chalicelib.vault.grants.service import Grants, Sharing
from chalicelib.vault.grants.store import GrantTable
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table, partition
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.unit.vault.test_documents import withdrawn
from tests.unit.vault.test_vault import NEW, processed

OWNER, FRIEND = people.CITIZEN, people.NEIGHBOUR
CODE = "H01.10.24-20261125-0000001-KQ1"
OFFICER = people.officer("processing")
COMPANY = Principal("o", "ORGANISATION", "Trần Văn", 2, "001093054329", organisation="0101234567", own=True)
PERSON = Receiver(kind="person", identity=FRIEND.personal_id)
AGENCY = Receiver(kind="agency", identity=people.OFFICE["id"])


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def vault(tables, clock):
    made = Vault(Table(), clock)
    made.store_result(processed())
    return made


@pytest.fixture
def grants(vault, clock):
    return Grants(GrantTable(), vault.of_mine, clock)


@pytest.fixture
def share(grants, clock):
    def do(receiver=PERSON, purpose="employment", who=OWNER, key="k", body=b"{}", **changes):
        asked = Sharing(document=CODE, receiver=receiver, purpose=purpose, until=clock() + timedelta(days=7))
        return grants.give(who, structs.replace(asked, **changes), key, body)

    return do


def lines(vault):
    return [(x.said.act, x.said.by, x.said.officer, x.said.basis, x.said.route) for x in vault.ledger(OWNER).shown][1:]


@pytest.mark.parametrize(
    ("receiver", "reader", "purpose"),
    [
        (PERSON, FRIEND, "employment"),
        (Receiver(kind="organisation", identity="0101234567"), COMPANY, "employment"),
        (AGENCY, OFFICER, "administrative_procedure"),
    ],
    ids=["person", "organisation", "agency"],
)
def test_whom_it_is_shared_with_reads_it_and_the_owner_sees_that(vault, grants, share, receiver, reader, purpose):
    made = share(receiver, purpose)
    assert [each.id for each in grants.received(reader, "").shown] == [made.id]
    _, document, url = grants.read(reader, made.id)
    assert (document.id, "versionId=m1" in url) == (CODE, True)
    by = reader.agency or "person"
    assert lines(vault) == [("read", by, reader.name, f"consent {made.id}: {purpose}", "grants")]


def test_nobody_else_reads_it_or_hears_of_it(vault, grants, share):
    made = share()
    for who in (OFFICER, COMPANY, NEW, OWNER):
        assert grants.received(who, "").shown == []
        for name in (made.id, "GR-0000000000000000"):
            with pytest.raises(NotFound) as refused:
                grants.read(who, name)
            assert refused.value.facts == {"what": "grant"}
    with pytest.raises(NotFound):
        vault.open(FRIEND, CODE)
    assert lines(vault) == []


def test_the_table_of_acts_says_who_reads_what_is_shared(grants, share, monkeypatch):
    made = share()
    monkeypatch.setitem(access.ACTS, acts.READ_SHARED, frozenset(of(("citizen",), Relation.HOLDER)))
    assert grants.received(FRIEND, "").shown == []
    with pytest.raises(NotFound):
        grants.read(FRIEND, made.id)


def test_a_number_stands_nowhere_in_clear(tables, share):
    share()
    whole = str(tables.everything("Vaults"))
    assert FRIEND.personal_id not in whole
    assert f"…{FRIEND.personal_id[-3:]}" in whole


def test_what_is_withdrawn_is_read_no_more_from_that_moment(vault, grants, share, tables):
    made = share()
    grants.read(FRIEND, made.id)
    for _ in range(2):
        assert grants.withdraw(OWNER, made.id).withdrawn_at
    with pytest.raises(GrantEnded) as refused:
        grants.read(FRIEND, made.id)
    assert refused.value.facts == {"state": "withdrawn"}
    assert len(lines(vault)) == 1
    told = [row["type"] for row in tables.events("Vaults", partition(OWNER.holder))]
    assert told[1:] == ["vn.motcua.document.shared", "vn.motcua.grant.withdrawn"]


def test_a_withdrawal_between_the_look_and_the_line_gives_no_link(vault, grants, share, tables):
    made = share()
    tables.meanwhile(lambda: grants.withdraw(OWNER, made.id))
    with pytest.raises(GrantEnded):
        grants.read(FRIEND, made.id)
    assert lines(vault) == []


def test_a_document_that_is_withdrawn_between_the_look_and_the_line_gives_no_link(vault, grants, share, tables):
    made = share()
    tables.meanwhile(lambda: vault.withdraw(withdrawn()))
    with pytest.raises(GrantEnded):
        grants.read(FRIEND, made.id)
    assert lines(vault) == []


def test_only_its_owner_withdraws_a_grant(grants, share):
    made = share()
    for who in (FRIEND, OFFICER):
        with pytest.raises(NotFound):
            grants.withdraw(who, made.id)
    assert grants.given(OWNER, "").shown[0].withdrawn_at is None


def test_after_its_time_it_opens_nothing(grants, share, clock):
    made = share()
    clock.advance(days=7)
    grants.read(FRIEND, made.id)
    clock.advance(seconds=1)
    with pytest.raises(GrantEnded) as refused:
        grants.read(FRIEND, made.id)
    assert refused.value.facts == {"state": "ended"}


def test_the_same_request_is_one_grant_and_another_body_is_refused(grants, share):
    assert share().id == share().id
    assert len(grants.given(OWNER, "").shown) == 1
    with pytest.raises(KeyReused):
        share(body=b"{ }")
    assert share(key="other").id != share().id


# --- refused by name -------------------------------------------------------------------------------------------------


def test_to_oneself_under_any_number(vault, grants, share, clock):
    with pytest.raises(GrantToSelf):
        share(Receiver(kind="person", identity=OWNER.personal_id))
    joined = PersonChanged(person=NEW.holder, kind="renumbered", register="population", at="", former=(OWNER.holder,))
    vault.join(joined, stamp(clock()))
    for number in (OWNER.personal_id, NEW.personal_id):
        with pytest.raises(GrantToSelf):
            share(Receiver(kind="person", identity=number), who=NEW)


@pytest.mark.parametrize("state", ["withdrawn", "replaced", "expired"])
def test_of_a_document_that_is_worth_nothing(vault, share, clock, state):
    document = processed("X-KQ1")
    if state == "expired":
        vault.store_result(structs.replace(document, valid_until="2026-11-24"))
    else:
        vault.store_result(document)
    if state == "replaced":
        vault.store_result(structs.replace(processed("Z-KQ1"), replaces="X-KQ1"))
    if state == "withdrawn":
        vault.withdraw(withdrawn("X-KQ1"))
    with pytest.raises(DocumentWorthNothing) as refused:
        share(document="X-KQ1")
    assert refused.value.facts == {"document": "X-KQ1", "state": state}


def test_of_a_document_that_is_withdrawn_at_that_moment(vault, grants, share, tables):
    tables.meanwhile(lambda: vault.withdraw(withdrawn()))
    with pytest.raises(DocumentWorthNothing):
        share()
    assert grants.given(OWNER, "").shown == []


def test_beyond_the_validity_of_the_document(vault, share, clock):
    vault.store_result(structs.replace(processed("X-KQ1"), valid_until="2026-11-28"))
    with pytest.raises(GrantBeyondValidity) as refused:
        share(document="X-KQ1")
    assert refused.value.facts["valid_until"] == "2026-11-28"
    assert share(document="X-KQ1", until=clock() + timedelta(days=2))


@pytest.mark.parametrize(
    ("receiver", "purpose"), [(PERSON, "any"), (PERSON, ""), (AGENCY, "employment"), (PERSON, "proof")]
)
def test_for_a_purpose_that_is_not_offered(share, receiver, purpose):
    with pytest.raises(PurposeNotOffered) as refused:
        share(receiver, purpose)
    assert refused.value.facts["offered"] == [
        each.code for each in purposes().values() if receiver.kind in each.receivers
    ]


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_for_no_time_or_for_longer_than_the_purpose_allows(share, clock, days):
    with pytest.raises(BodyInvalid) as refused:
        share(until=clock() + timedelta(days=days))
    assert [each.pointer for each in refused.value.fields] == ["/until"]


def test_of_what_is_kept_for_another_and_of_what_is_not_there(vault, share):
    kept = structs.replace(processed("X-KQ1"), keepers=(OWNER.holder,), representative=OWNER.holder)
    vault.store_result(kept)
    with pytest.raises(HeldForAnother):
        share(document="X-KQ1")
    with pytest.raises(NotFound):
        share(document="X-KQ9")
    with pytest.raises(NotFound):
        share(who=FRIEND)


def test_whose_level_is_too_low_neither_gives_nor_reads_nor_sees(grants, share):
    low = {who: Principal(who.subject, "CITIZEN", who.name, 1, who.personal_id, own=True) for who in (OWNER, FRIEND)}
    with pytest.raises(LevelTooLow):
        share(who=low[OWNER])
    made = share()
    with pytest.raises(LevelTooLow):
        grants.read(low[FRIEND], made.id)
    assert grants.received(low[FRIEND], "")[:2] == ([], 1)
    assert grants.given(low[OWNER], "")[:2] == ([], 1)


# --- one-time links --------------------------------------------------------------------------------------------------

LINK = Receiver(kind="link")


def test_a_link_opens_once_and_the_ledger_says_who_opened_it(vault, grants, share):
    made = share(LINK, "proof")
    code = grants.code(made)
    assert grants.open(FRIEND, code, "k1")[1].id == CODE
    assert grants.open(FRIEND, code, "k1")[1].id == CODE, "the answer was lost: the same request again"
    for who, key in ((FRIEND, "k2"), (OFFICER, "k1")):
        with pytest.raises(GrantEnded) as refused:
            grants.open(who, code, key)
        assert refused.value.facts == {"state": "used"}
    assert [line[:3] for line in lines(vault)] == [("read", "person", FRIEND.name)] * 2
    assert grants.code(share(key="p")) is None


def test_two_who_open_a_link_at_once_are_one(grants, share, tables):
    code = grants.code(share(LINK, "proof"))
    tables.meanwhile(lambda: grants.open(OFFICER, code, "k1"))
    with pytest.raises(GrantEnded):
        grants.open(FRIEND, code, "k1")


def test_a_link_that_is_over_or_withdrawn_or_guessed_opens_nothing(grants, share, clock, tables):
    withdrawn_link = share(LINK, "proof", key="w")
    grants.withdraw(OWNER, withdrawn_link.id)
    with pytest.raises(GrantEnded):
        grants.open(FRIEND, grants.code(withdrawn_link), "k")
    late = grants.code(share(LINK, "proof"))
    clock.advance(days=8)
    with pytest.raises(GrantEnded):
        grants.open(FRIEND, late, "k")
    for guess in ("", "0" * 32, withdrawn_link.id, withdrawn_link.secret):
        with pytest.raises(NotFound) as refused:
            grants.open(FRIEND, guess, "k")
        assert refused.value.facts == {"what": "link"}
    assert late not in str(tables.everything("Vaults"))


def test_a_link_is_on_its_owner_s_list_alone(grants, share):
    made = share(LINK, "proof")
    assert [each.id for each in grants.given(OWNER, "").shown] == [made.id]
    for who in (FRIEND, OFFICER):
        with pytest.raises(NotFound):
            grants.read(who, made.id)


@pytest.mark.parametrize(("moment", "is_within"), [("2026-11-28T16:59:59", True), ("2026-11-28T17:00:00", False)])
def test_the_last_day_of_validity_is_one_of_viet_nam(vault, share, moment, is_within):
    """Midnight in Viet Nam is 17:00 in UTC: a moment later is the day after the last one."""
    vault.store_result(structs.replace(processed("X-KQ1"), valid_until="2026-11-28"))
    until = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    if is_within:
        assert share(document="X-KQ1", until=until)
    else:
        with pytest.raises(GrantBeyondValidity):
            share(document="X-KQ1", until=until)


def test_a_grant_lasts_to_its_end_not_included_and_at_most_as_long_as_its_purpose_lets(grants, share, clock):
    longest = purposes()["employment"].longest
    assert share(until=clock() + longest, key="most")
    for wrong in (clock(), clock() + longest + timedelta(seconds=1)):
        with pytest.raises(BodyInvalid):
            share(until=wrong, key=str(wrong))
