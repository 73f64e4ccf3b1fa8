"""What the routes show of a dossier: who holds it, what a state and a task are called."""

import pytest

from chalicelib.law.states import DossierState
from chalicelib.onestop import api
from chalicelib.onestop.model import dossier_of
from tests.fakes import people
from tests.fakes.counter import Counter, signed_result


@pytest.mark.parametrize("state", DossierState, ids=lambda s: s.name)
def test_each_of_the_ten_states_has_its_two_names(state):
    view = api.state_view(int(state))
    assert (view.code, view.key) == (int(state), state.name)
    assert view.label_vi != view.label_en


def test_the_holder_is_always_told_who_acts_until_when():
    hall = Counter()
    reference = hall.submitted()

    def held():
        return api._holding(hall.one_stop.read(people.CITIZEN, reference))

    for kind in ("receive", "verify", "approve"):
        assert held().task == kind
        assert held().since
        assert held().due_at
        hall.complete(reference, kind)
    assert held().task == "result"
    hall.one_stop.decide(reference)
    code = f"{hall.head(reference)['dossier_code']}-KQ1"
    hall.one_stop.result_signed(signed_result(reference, code))
    hall.one_stop.result_stored({"reference": reference, "document": code, "stored_at": hall.head(reference)["due_at"]})
    assert held().task == "returned"
    assert held().office == people.OFFICE["name"]


def test_a_task_is_named_by_what_completes_it():
    hall = Counter()
    reference = hall.at("receive")
    done, opened = (api._task_view(t) for t in hall.rows.partition(reference, "TASK#"))
    assert (done.id, done.status, done.outcome) == (f"{reference}.0-commune.receive", "done", "accepted")
    assert (opened.id, opened.status, opened.outcome) == (f"{reference}.0-commune.verify", "open", None)
    assert opened.dossier_code == hall.head(reference)["dossier_code"]


def test_a_partition_without_a_submitted_head_is_no_dossier():
    assert dossier_of([]) is None
    assert dossier_of([{"pk": "MC-1", "sk": "HEAD", "state": 0}]) is None
