"""The 15:00 rule: what was handed in directly goes on the same day, or at the start of the next working day."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from msgspec import structs

from chalicelib.contracts.plan import PlannedTerm
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.law import calendars, packs
from chalicelib.onestop.dates import forwarding_due
from chalicelib.onestop.model import due_of
from chalicelib.onestop.supplement.rules import end_of, rules_of


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-25T08:00:00", "2026-11-25T23:59:59"),
        ("2026-11-25T14:59:59", "2026-11-25T23:59:59"),
        ("2026-11-25T15:00:00", "2026-11-25T23:59:59"),
        ("2026-11-25T15:00:01", "2026-11-26T09:00:00"),
        ("2026-11-27T16:30:00", "2026-11-30T09:00:00"),
        ("2026-11-28T09:00:00", "2026-11-30T09:00:00"),
        ("2026-12-31T15:30:00", "2027-01-04T09:00:00"),
        ("2025-03-03T15:30:00", "2025-03-04T09:00:00"),
    ],
    ids=[
        "morning",
        "a second before",
        "on the stroke",
        "a second after",
        "Friday",
        "Saturday",
        "holiday",
        "older pack",
    ],
)
def test_the_stroke_of_three_itself_is_the_same_day(received, due):
    at = datetime.fromisoformat(received).replace(tzinfo=ZONE)
    assert moment(forwarding_due(at)) == datetime.fromisoformat(due).replace(tzinfo=ZONE)


def test_the_day_of_every_term_of_a_dossier_ends_as_the_pack_says(monkeypatch):
    pack = packs.pack_on(date(2026, 11, 25))
    closes = structs.replace(pack.rules.term_day_end, value="17:00")
    other = structs.replace(pack, rules=structs.replace(pack.rules, term_day_end=closes))
    received = datetime.fromisoformat("2026-11-25T08:00:00").replace(tzinfo=ZONE)
    term = PlannedTerm(text="1wd")
    ends = [due_of(term, received, calendars.national(), each).due_at for each in (pack, other)]
    assert [str(each) for each in ends] == ["2026-11-26 23:59:59+07:00", "2026-11-26 17:00:00+07:00"]
    monkeypatch.setattr(packs, "pack_on", lambda _: other)
    assert moment(forwarding_due(received)) == datetime(2026, 11, 25, 17, tzinfo=ZONE)
    rules = rules_of(SimpleNamespace(supplement=None), SimpleNamespace(accepted_at=None, rule_pack=None), received)
    assert end_of(received, 1, rules) == datetime(2026, 11, 26, 17, tzinfo=ZONE)
