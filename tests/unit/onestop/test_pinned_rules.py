"""A dossier stays with the rules of its acceptance: a pack that comes later changes neither its due date nor why."""

import json
from pathlib import Path

import msgspec
import pytest

from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.law import packs
from chalicelib.law.clock import ZONE
from chalicelib.onestop.model import explained_due
from tests.fakes import people
from tests.support.hall import Hall

HOURS = [["07:00", "11:00"], ["13:30", "15:30"]]
"""Fewer than those of today, so that a term of working hours ends later."""


@pytest.fixture
def hall(tables):
    """A procedure with a term of twelve working hours."""
    return Hall(tables, term={"text": "12wh"})


def follow(monkeypatch, day):
    """Another pack is in force from a day on, with other working hours."""
    known = packs.all_packs()
    texts = [path.read_bytes() for path in sorted((Path(packs.__file__).parent / "data" / "packs").glob("*.json"))]
    rule = {"value": HOURS, "citation": "Decree", "kind": "law"}
    new = {"id": f"vn-{day}", "effective_from": day, "continues": known[-1].id, "because": "Decree"}
    changed = packs.build([*texts, json.dumps({**new, "rules": {"working_hours": rule}}).encode()])
    monkeypatch.setattr(packs, "all_packs", lambda: changed)
    return changed[-1]


def told(hall, reference):
    """The due date that a dossier was promised, and both its explanations."""
    draft = hall.draft(reference)
    due = explained_due(draft.head, draft.plan.term)
    return draft.head.due_at, *(msgspec.to_builtins(due.explain(language)) for language in ("vi", "en"))


@pytest.mark.rule("R41", "due_date", "explanation")
@pytest.mark.parametrize("day", ["2026-11-25", "2026-11-26"], ids=["of its own day", "of the next day"])
def test_another_pack_leaves_an_old_dossiers_due_date_and_explanation_as_they_were(hall, monkeypatch, day):
    old = hall.at("receive")
    before = told(hall, old)
    assert moment(before[0]) == moment(before[1]["due_at"]), "the explanation ends where the promise does"
    pack = follow(monkeypatch, day)
    hall.clock.at(f"{day}T09:20:05" if day != "2026-11-25" else "2026-11-25T10:00:00")
    assert told(hall, old) == before

    new = hall.open(key="open-2")
    hall.submissions.save_form(people.CITIZEN, new, people.form(), 0)
    hall.add(new)
    hall.submit(new, key="submit-2")
    hall.complete(new, "receive", key="task-2")
    assert (hall.head(old)["rule_pack"], hall.head(new)["rule_pack"]) == ("vn-2026-09-28", pack.id)
    received = moment(hall.head(new)["accepted_at"]).astimezone(ZONE)
    due, explained, _ = told(hall, new)
    assert "07:00-11:00, 13:30-15:30" in str(explained["readings"])
    assert moment(due).astimezone(ZONE).isoformat() == explained["due_at"] > received.isoformat()


@pytest.mark.rule("R41", "explanation")
def test_a_dossier_that_names_no_pack_is_explained_by_that_of_the_day_of_its_acceptance(hall, monkeypatch):
    reference = hall.at("receive")
    before = told(hall, reference)
    hall.rows.change(reference, "HEAD", rule_pack=None)
    follow(monkeypatch, "2026-11-26")
    assert told(hall, reference) == before


def test_before_it_is_accepted_a_dossier_has_no_due_date(hall):
    draft = hall.draft(hall.submitted())
    with pytest.raises(NotFound):
        explained_due(draft.head, draft.plan.term)


def test_the_stamp_of_a_promise_is_the_explained_moment(hall):
    draft = hall.draft(hall.at("receive"))
    assert draft.head.due_at == stamp(explained_due(draft.head, draft.plan.term).due_at)
