"""What the routes show of a dossier: who holds it, what a state and a task are called."""

from datetime import UTC, datetime

import pytest

from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.lists import behind, tasks
from chalicelib.dossier.reading import WHOLE, dossier_of
from chalicelib.law.states import DossierState
from chalicelib.onestop import api
from tests.fakes import people
from tests.support.hall import signed_result

NOW = datetime(2026, 11, 26, 5, tzinfo=UTC)


@pytest.mark.parametrize("state", DossierState, ids=lambda s: s.name)
def test_each_of_the_ten_states_has_its_two_names(state):
    view = api.state_view(int(state))
    assert (view.code, view.key) == (int(state), state.name)
    assert view.label_vi != view.label_en


def test_the_holder_is_always_told_who_acts_until_when(hall):
    reference = hall.submitted()

    def held():
        return api._holding(hall.views.view(people.CITIZEN, reference))

    for kind in ("receive", "verify", "approve"):
        assert held().task == kind
        assert held().since
        assert held().due_at
        hall.complete(reference, kind)
    assert held().task == "result"
    hall.flow.decide(reference)
    code = f"{hall.head(reference)['dossier_code']}-KQ1"
    hall.flow.record_result(signed_result(reference, code))
    hall.flow.record_delivery(VaultStored(reference=reference, document=code, stored_at=hall.head(reference)["due_at"]))
    assert held().task == "returned"
    assert held().office == people.OFFICE["name"]


def test_a_task_is_named_by_what_completes_it(hall):
    reference = hall.at("receive")
    rows, _ = tasks([people.OFFICE["id"]], ["verify"], "")
    (row,) = (api._task_row(each, None, people.PROCESSING, NOW) for each in rows)
    assert (row.id, row.status, row.outcome) == (f"{reference}.0-commune.verify", "open", None)
    assert row.dossier_code == hall.head(reference)["dossier_code"]
    assert tasks([people.OFFICE["id"]], ["receive"], "") == ([], None)


def test_what_stands_behind_a_row_is_read_at_once_and_what_cannot_be_read_hides_nothing(hall):
    one = hall.at("receive")
    found = behind([one, "MC-NOTHING"])
    assert found.keys() == {one}
    assert (found[one].head.reference, found[one].procedure_name) == (one, hall.plan.name_vi)
    assert behind([]) == {}
    hall.rows.change(one, "PLAN", plan={})
    assert behind([one]) == {}


def test_a_partition_without_a_submitted_head_is_no_dossier():
    assert dossier_of([], WHOLE) is None
    assert dossier_of([{"pk": "MC-1", "sk": "PLAN", "plan": {}}], WHOLE) is None
