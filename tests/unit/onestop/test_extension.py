"""One extension, told with its apology a calendar day before the due day (Decree 61/2018 Art. 19(9); R16)."""

import json
from pathlib import Path

import pytest

from chalicelib.contracts.lifecycle import TermExtended
from chalicelib.dossier.reading import Part, read
from chalicelib.kernel.clock import moment
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, NotAllowed, NotFound
from chalicelib.law import packs
from chalicelib.law.policy import ZONE
from chalicelib.law.terms import Term
from chalicelib.onestop.changes.extension import Extensions
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.dates import reckoned, term_of
from chalicelib.onestop.refusals import ExtensionLate, ExtensionSpent
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import LEG, Hall

REASON = "Cơ quan phối hợp chưa trả lời"
THREE = Term.parse("3wd")


@pytest.fixture
def five(tables):
    """A hall whose procedure takes five working days."""
    return Hall(tables, term={"text": "5wd"})


@pytest.fixture
def extend(five):
    extensions = Extensions(Acts(five.dossiers, five.views, five.clock))

    def extend(reference, who=people.LEADER, key="extend-1", term=THREE, reason=REASON):
        return extensions.extend(Asked(who, reference, key, b"{}"), term, reason)

    return extend


def due(hall, reference):
    return moment(hall.head(reference)["due_at"]).astimezone(ZONE).isoformat()


def test_the_new_date_is_on_the_dossier_its_tasks_and_in_the_apology(five, extend):
    reference = five.at("receive")  # Wednesday 2026-11-25
    former = five.head(reference)["due_at"]
    assert due(five, reference) == "2026-12-02T23:59:59+07:00"
    done = extend(reference)
    assert due(five, reference) == "2026-12-07T23:59:59+07:00"
    head, task = five.head(reference), five.rows.get(reference, f"TASK#{LEG}#verify")
    (told,) = five.told(reference, TermExtended)
    assert (told.former_due_at, told.due_at, told.term, told.paper) == (former, head["due_at"], "3wd", 1)
    assert (task["due_at"], task["wl_sk"].split("#")[0]) == (head["due_at"], head["due_at"])
    assert (done.row.state, head["state"]) == (None, 4)
    private = unseal(reference, told.sealed)
    assert (private["reason"], private["leader"], private["leader_id"]) == (
        REASON,
        people.LEADER.name,
        people.LEADER.subject,
    )
    assert told.rule_pack == head["rule_pack"]
    assert [(m.type, m.term) for m in read(reference, Part.CLOCK).clock.marks] == [("extend", "3wd")]
    whole = read(reference, Part.CLOCK, Part.PLAN)
    assert [x.rule for x in reckoned(whole.head, term_of(whole), whole.clock).intervals if x.rule == "extended"]
    assert five.rows.unbroken(reference)


def test_a_task_that_was_marked_overdue_by_the_former_date_is_not_by_the_new_one(five, extend):
    reference = five.at("receive")
    five.rows.change(reference, f"TASK#{LEG}#verify", overdue_at="2026-11-26T00:00:00.000+00:00")
    extend(reference)
    assert "overdue_at" not in five.rows.get(reference, f"TASK#{LEG}#verify")


@pytest.mark.parametrize("term", ["11wd", "1m", "120m", "400wd"])
def test_the_new_date_is_no_farther_away_than_the_term_or_the_policy_of_the_pack(five, extend, term):
    """One leader gave a dossier a date ten years later, and it was early in every figure."""
    reference = five.at("receive")
    before = due(five, reference)
    with pytest.raises(BodyInvalid) as refused:
        extend(reference, term=Term.parse(term))
    (fault,) = refused.value.fields
    assert (fault.pointer, fault.rule) == ("/term", "extension.longest")
    assert "16/12/2026" in fault.message_en, "ten working days after 2 December 2026, counted by hand"
    assert due(five, reference) == before
    extend(reference, term=Term.parse("10wd"))
    assert due(five, reference) == "2026-12-16T23:59:59+07:00"


def test_a_long_term_is_given_once_more(tables):
    hall = Hall(tables, term={"text": "20wd"})
    extensions = Extensions(Acts(hall.dossiers, hall.views, hall.clock))
    reference = hall.at("receive")
    with pytest.raises(BodyInvalid):
        extensions.extend(Asked(people.LEADER, reference, "a", b"{}"), Term.parse("21wd"), REASON)
    extensions.extend(Asked(people.LEADER, reference, "b", b"{}"), Term.parse("20wd"), REASON)


def test_there_is_no_second_one(five, extend):
    reference = five.at("receive")
    extend(reference)
    with pytest.raises(ExtensionSpent) as refused:
        extend(reference, key="extend-2")
    assert "19(9)" in refused.value.facts["rule"]
    assert due(five, reference) == "2026-12-07T23:59:59+07:00"


def another_pack(monkeypatch, allowed):
    """A pack follows, in force since the day of the tests, that allows so many extensions."""
    texts = [path.read_bytes() for path in sorted((Path(packs.__file__).parent / "data" / "packs").glob("*.json"))]
    rule = {"value": allowed, "citation": "Decree of the test Art. 9", "kind": "law"}
    new = {"id": "vn-2026-11-25", "effective_from": "2026-11-25", "continues": "vn-2026-09-28", "because": "Decree"}
    changed = packs.build([*texts, json.dumps({**new, "rules": {"extension.max": rule}}).encode()])
    monkeypatch.setattr(packs, "all_packs", lambda: changed)


def test_a_pack_that_allows_none_refuses_the_first(five, extend, monkeypatch):
    another_pack(monkeypatch, 0)
    reference = five.at("receive")
    with pytest.raises(ExtensionSpent) as refused:
        extend(reference)
    assert refused.value.facts == {"rule": "Decree of the test Art. 9", "allowed": 0}
    assert five.told(reference, TermExtended) == []


def test_the_pack_of_its_acceptance_counts_and_the_clock_counts_one(five, extend, monkeypatch):
    reference = five.at("receive")
    another_pack(monkeypatch, 0)
    extend(reference)
    another_pack(monkeypatch, 2)
    five.rows.change(reference, "HEAD", rule_pack="vn-2026-11-25")
    with pytest.raises(ExtensionSpent) as refused:
        extend(reference, key="extend-2")
    assert refused.value.facts["allowed"] == 1


@pytest.mark.parametrize(
    ("now", "is_in_time"), [("2026-12-01T23:59:59+07:00", True), ("2026-12-02T00:00:00+07:00", False)]
)
def test_the_last_moment_is_the_end_of_the_day_before_the_due_day(five, extend, now, is_in_time):
    reference = five.at("receive")
    five.clock.now = moment(now)
    if is_in_time:
        extend(reference)
    else:
        with pytest.raises(ExtensionLate) as refused:
            extend(reference)
        assert refused.value.facts["due_at"] == "2026-12-02T23:59:59+07:00"
        assert refused.value.facts["last_day"] == "2026-12-01"
        assert "19(9)" in refused.value.facts["rule"]


def test_only_a_leader_of_the_agency_extends_and_says_why_in_words(five, extend):
    reference = five.at("receive")
    for who in (people.RECEPTION, people.PROCESSING, people.CITIZEN):
        with pytest.raises(NotAllowed):
            extend(reference, who=who)
    with pytest.raises(NotFound):
        extend(reference, who=people.officer("leader", agency=people.OTHER_OFFICE["id"]))
    for reason in ("", "x", "E-17"):
        with pytest.raises(BodyInvalid):
            extend(reference, reason=reason)
    assert five.told(reference, TermExtended) == []


@pytest.mark.parametrize("state", [1, 3, 8, 9, 10])
def test_a_dossier_without_a_date_or_with_an_end_is_not_extended(five, extend, state):
    reference = five.at("receive")
    five.put(reference, state=state)
    with pytest.raises(ForbiddenStep) as refused:
        extend(reference)
    assert refused.value.facts["state"] == state


def test_what_is_decided_is_not_extended(five, extend):
    reference = five.decided()
    with pytest.raises(ForbiddenStep) as refused:
        extend(reference)
    assert refused.value.facts["allowed"] == [9]
