"""How far somebody sees: by the tree of which month, of which agencies, which dossiers. Nothing is stored here."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from chalicelib.kernel.access import Relation, Stage
from chalicelib.kernel.problem import NotAllowed, NotFound
from chalicelib.measures import acts, reach
from chalicelib.measures.periods import period_of
from chalicelib.measures.reach import judged_by, readable_by, require_above
from tests.support.measured import clock
from tests.support.provinces import CITY, OTHER, WARDS, moved

NOW = clock()()


@pytest.mark.parametrize(
    ("period", "month"),
    [
        ("2026", "2026-11"),
        ("2026-Q4", "2026-11"),
        ("2026-11", "2026-11"),
        ("2026-10", "2026-10"),
        ("2026-Q3", "2026-09"),
        ("2025", "2025-12"),
    ],
)
def test_the_tree_of_the_last_month_that_has_begun_decides(period, month):
    assert judged_by(period_of(period, NOW), NOW) == month


def test_the_month_is_that_of_vietnam():
    new_year = datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert judged_by(period_of("2027", new_year), new_year) == "2027-01"


def who(*agencies):
    return SimpleNamespace(agencies=frozenset(agencies))


@pytest.mark.parametrize(
    ("agencies", "month", "may"),
    [
        ((WARDS[1],), "2026-02", True),
        ((CITY,), "2026-02", True),
        ((CITY,), "2026-03", False),
        ((OTHER,), "2026-02", False),
        ((OTHER,), "2026-03", True),
        ((CITY, OTHER), "2026-03", True),
        ((WARDS[0],), "2026-02", False),
        ((), "2026-02", False),
    ],
)
def test_figures_are_read_by_the_agency_and_those_above_it_in_the_month(agencies, month, may):
    """The ward went over to the other city on 1 March."""
    tree = moved()
    store = SimpleNamespace(tree=lambda: tree)
    if may:
        assert require_above(who(*agencies), store, WARDS[1], month) is tree
    else:
        with pytest.raises(NotAllowed) as caught:
            require_above(who(*agencies), store, WARDS[1], month)
        assert caught.value.facts == NotAllowed(act=acts.READ).facts
    with pytest.raises(NotFound):
        require_above(who(*agencies), store, "H99", month)


def test_of_dossiers_those_alone_are_read_that_somebody_may_open(monkeypatch):
    heads = {name: SimpleNamespace(name=name) for name in ("open", "drafted", "a stranger's")}
    asked = []

    def heads_of(references):
        asked.append(list(references))
        return heads

    relations = {"a stranger's": Relation.STRANGER}
    monkeypatch.setattr(reach, "relation_of", lambda _, head, now: relations.get(head.name, Relation.AGENCY))
    monkeypatch.setattr(reach, "stage_of", lambda head: Stage.DRAFT if head.name == "drafted" else Stage.OPEN)
    monkeypatch.setattr(reach, "allowed", lambda *given: given[1:] == (acts.OPEN, Relation.AGENCY, Stage.OPEN))
    found = readable_by(who(CITY), SimpleNamespace(heads=heads_of), iter(["open", "drafted"]), NOW)
    assert (found, asked) == ({"open"}, [["open", "drafted"]])
