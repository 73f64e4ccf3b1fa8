"""Papers get another timestamp before their last one ends; the former version stays known as one."""

import hashlib
from datetime import timedelta

import pytest
from msgspec import structs

from chalicelib.archive.increments import WrongIncrement
from chalicelib.contracts.messages import PinnedFile
from chalicelib.contracts.stored import written
from chalicelib.dossier.reading import read
from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.messages import service, stamping
from chalicelib.messages.inquiry import Reader
from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.model import message_key
from chalicelib.messages.public_record import STAMP_PARTS, HashOf, StampEnds, hash_key, stamps_key, stamps_part
from chalicelib.messages.publishing import Publisher
from chalicelib.messages.refusals import SecondLeaderNeeded
from chalicelib.messages.service import Signatures
from chalicelib.messages.settings import TABLE
from chalicelib.messages.stamping import Stampings, months
from chalicelib.messages.store import Table
from chalicelib.messages.verification import Known, verify
from chalicelib.messages.wiring import kept_years
from chalicelib.messages.withdrawing import Withdrawals
from tests.fakes import people
from tests.unit.messages_service.conftest import CODE, OFFICE, URL

RESULT = f"{CODE}-KQ1"
FAR = timedelta(days=14 * 365 + 200)
"""After which a timestamp of the test authority ends within a year."""


@pytest.fixture
def lasting(keys_folder):
    """Keys of a stage whose signatures can be proved later."""
    return LocalKeys(keys_folder, level="B-LT")


@pytest.fixture
def issued(tables, lasting, clock, decided):
    """A result that was signed."""
    desk = Publisher(Signatures(Table(), lasting, {OFFICE.id: OFFICE.name}.__getitem__, clock), URL, kept_years)
    desk.issue_result(decided)
    return Table().message(RESULT)


@pytest.fixture
def stampings(lasting, clock):
    return Stampings(Table(), lasting, 365, clock)


def file_of(message):
    return Table().source(PinnedFile(key=message.key, version_id=message.version_id, sha256=message.sha256))


def test_a_paper_gets_a_timestamp_before_its_last_one_ends(tables, issued, stampings, clock, lasting):
    assert moment(issued.stamp_ends_at) > clock() + timedelta(days=14 * 365)
    assert stampings.run().stamped == 0
    assert Table().message(RESULT) == issued
    clock.advance(days=FAR.days)
    done = stampings.run()
    assert (done.stamped, done.failed, done.left) == (1, 0, 0)
    after, former = Table().message(RESULT), file_of(issued)
    now = file_of(after)
    assert now.startswith(former)
    assert after.sha256 == hashlib.sha256(now).hexdigest() != issued.sha256
    assert [each.sha256 for each in after.earlier] == [issued.sha256]
    assert after.version_id != issued.version_id
    assert (after.size, after.key) == (len(now), issued.key)
    assert tables.events("Messages", message_key(RESULT))[-1]["type"] == "vn.motcua.paper.stamped"
    assert tables.unbroken("Messages", message_key(RESULT))
    known = Known(after.sha256, tuple(each.sha256 for each in after.earlier))
    for pdf in (former, now):
        assert verify(pdf, roots=lasting.roots(), registered_sha256=known, at=clock()).valid


def test_whoever_holds_the_former_version_is_told_what_it_is(issued, stampings, clock):
    former = issued.sha256
    reader = Reader(Table(), read, clock)
    assert reader.checked(former.upper()).standing == "unchanged"
    clock.advance(days=FAR.days)
    stampings.run()
    newest = Table().message(RESULT).sha256
    assert [reader.checked(each).standing for each in (former, newest)] == ["earlier", "unchanged"]
    assert reader.registered(issued.lookup).paper.sha256 == newest
    assert reader.registered(RESULT, former).standing == "earlier"
    assert reader.checked("ab" * 32, issued.lookup).standing == "changed"
    with pytest.raises(NotFound):
        reader.checked("ab" * 32)
    with pytest.raises(NotFound):
        reader.registered(RESULT, "ab" * 32)


def test_two_runs_at_once_make_one_version(issued, stampings, clock, monkeypatch):
    clock.advance(days=FAR.days)
    inner = Table().message
    monkeypatch.setattr(stampings.messages, "message", lambda name: issued)  # both read it before either wrote
    stampings.stamp(RESULT)
    stampings.stamp(RESULT)
    assert len(inner(RESULT).earlier) == 1


def test_one_that_fails_is_counted_and_does_not_keep_the_others(issued, stampings, clock, monkeypatch):
    clock.advance(days=FAR.days)
    aws.client("s3").delete_object(Bucket="messages", Key=issued.key, VersionId=issued.version_id)
    done = stampings.run()
    assert (done.stamped, done.failed) == (0, 1)


def test_papers_that_always_fail_do_not_starve_the_others(tables, issued, stampings, clock, monkeypatch):
    monkeypatch.setattr(stamping, "MOST", 1)
    aws.client("s3").delete_object(Bucket="messages", Key=issued.key, VersionId=issued.version_id)
    later = stamp(moment(issued.stamp_ends_at) + timedelta(hours=1))
    tables.put("Messages", {"pk": stamps_key(later), "sk": "NONE", **written(StampEnds(message="NONE", ends_at=later))})
    clock.advance(days=FAR.days)
    outcomes = []
    for _ in range(3):  # of NONE nothing is known any more: there is nothing to be done for it
        done = stampings.run()
        outcomes.append((done.stamped, done.failed, done.left))
        clock.advance(days=1)
    assert outcomes == [(0, 1, 1), (1, 0, 1), (1, 0, 1)], "what failed comes after all that did not"
    assert aws.alone(aws.delete(TABLE(), (stamps_key(later), "NONE")))
    assert stampings.run().failed == 1, "and is tried again when its turn comes"


def test_of_those_that_failed_the_one_tried_longest_ago_is_first(tables, issued, stampings, clock):
    ends = issued.stamp_ends_at
    aws.client("s3").delete_object(Bucket="messages", Key=issued.key, VersionId=issued.version_id)
    clock.advance(days=FAR.days)
    stampings.run()
    (kept,) = Table().stamps_ending(ends[:7])
    assert (kept.tried_at, kept.message) == (stamp(clock()), RESULT)
    Table().stamp_tried(structs.replace(kept, message="GONE"), clock())
    assert len(Table().stamps_ending(ends[:7])) == 1, "what has left the month is not written anew"


def test_a_paper_that_was_listed_by_a_row_is_listed_once_and_the_row_goes(tables, issued, stampings, clock):
    """As earlier days of this release listed it, and as a failure still notes it."""
    ends = issued.stamp_ends_at
    row = {"pk": stamps_key(ends), "sk": RESULT, **written(StampEnds(message=RESULT, ends_at=ends))}
    tables.put("Messages", row)
    assert [each.message for each in Table().stamps_ending(ends[:7])] == [RESULT]
    clock.advance(days=FAR.days)
    assert stampings.run().stamped == 1
    assert tables.partition("Messages", stamps_key(ends)) == []
    after = Table().message(RESULT)
    assert [each.message for each in Table().stamps_ending(after.stamp_ends_at[:7])] == [RESULT]


def test_a_month_in_which_all_timestamps_end_has_many_keys():
    keys = {stamps_part("2041-11-23T23:51:57.000+00:00", f"KQ{n}") for n in range(1000)}
    assert keys == {f"2041-11#{n:02d}" for n in range(STAMP_PARTS)}


def test_a_paper_of_a_release_before_is_found_by_the_row_of_its_hash(tables, issued):
    tables.put("Messages", {"pk": hash_key("cd" * 32), "sk": "PAPER", **written(HashOf(message=RESULT))})
    assert Table().by_hash("CD" * 32) == Table().by_hash(issued.sha256) == issued
    assert tables.partition("Messages", hash_key(issued.sha256)) == [], "the look-up code's row has it in an index"


def test_what_would_break_the_proof_of_the_archive_is_not_kept(issued, stampings, clock, monkeypatch):
    from chalicelib.archive import increments

    clock.advance(days=FAR.days)
    monkeypatch.setattr(increments, "only_signatures_added", lambda before, after: False)
    with pytest.raises(WrongIncrement):
        stampings.stamp(RESULT)
    assert Table().message(RESULT) == issued


def test_a_signer_whose_increment_adds_more_issues_nothing(tables, lasting, clock, decided, monkeypatch):
    from chalicelib.archive import increments

    monkeypatch.setattr(increments, "only_signatures_added", lambda before, after: False)
    desk = Publisher(Signatures(Table(), lasting, {OFFICE.id: OFFICE.name}.__getitem__, clock), URL, kept_years)
    with pytest.raises(WrongIncrement):
        desk.issue_result(decided)
    assert Table().message(RESULT) is None
    assert service.PERSON == "OfficerSignature"


def test_a_stage_that_proves_nothing_later_watches_nothing(desk, decided, tables):
    desk.issue_result(decided)
    found = Table().message(RESULT)
    assert found.stamp_ends_at is None
    assert Table().stamps_ending("2041-11") == []


def test_the_next_signer_to_end_is_counted_down(tables, stampings, clock):
    before = stampings.run().signer_days
    clock.advance(days=10)
    assert 0 < stampings.run().signer_days == before - 10


def test_the_months_that_are_looked_at(clock):
    found = list(months(clock(), 365))
    assert (found[0], found[-1]) == ("2024-11", "2027-11")
    assert len(found) == 24 + 1 + 12
    assert stamps_key("2041-11-25T00:00:00.000+00:00") == "STAMPS#2041-11"


def test_a_paper_says_who_signed_it_and_whether_data_are_in_it(issued):
    assert [(each.kind, each.name) for each in issued.signed_by] == [
        ("person", people.LEADER.name),
        ("agency", OFFICE.name),
    ]
    assert not issued.attached


DECISION = "Quyết định số 12/QĐ-UBND ngày 01/12/2026"


def withdrawals(clock):
    return Withdrawals(Table(), lambda _agency, _day: None, clock)


def test_an_agency_withdraws_its_paper_once_and_whoever_asks_is_told(tables, issued, clock):
    desk, reader = withdrawals(clock), Reader(Table(), read, clock)
    second = people.colleague(people.LEADER, "officer-deputy")
    waits = desk.propose(people.LEADER, RESULT, DECISION, "wrong_facts").recall
    with pytest.raises(SecondLeaderNeeded):
        desk.decide(people.LEADER, RESULT, waits.number, confirms=True)
    first = desk.decide(second, RESULT, waits.number, confirms=True)
    clock.advance(days=1)
    assert desk.decide(second, RESULT, waits.number, confirms=True) == first
    assert desk.propose(people.LEADER, RESULT, "another", "wrong_facts") == first
    assert (first.decision, first.withdrawn_by) == (DECISION, second.subject)
    told = reader.registered(issued.lookup)
    assert (told.standing, told.paper.decision, told.paper.withdrawn_at) == ("withdrawn", DECISION, first.withdrawn_at)
    assert reader.checked(issued.sha256).standing == "withdrawn"
    (row,) = [r for r in tables.events("Messages", message_key(RESULT)) if r["type"] == "vn.motcua.paper.withdrawn"]
    assert (row["data"]["decision"], row["data"]["reason"]) == (DECISION, "wrong_facts"), "as the register says it"


@pytest.mark.parametrize("who", [people.CITIZEN, people.RECEPTION, people.PROCESSING])
def test_nobody_else_withdraws_a_paper(issued, clock, who):
    desk = withdrawals(clock)
    with pytest.raises(NotFound):
        desk.propose(who, RESULT, DECISION, "wrong_facts")
    with pytest.raises(NotFound):
        desk.propose(people.LEADER, "NONE", DECISION, "wrong_facts")
    waits = desk.propose(people.LEADER, RESULT, DECISION, "wrong_facts").recall
    with pytest.raises(NotFound):
        desk.decide(who, RESULT, waits.number, confirms=True)
