"""What the routes show of a dossier: who holds it, where a list goes on, what a state is called."""

import base64
import json

import pytest

from chalicelib.kernel.errors import BodyInvalid
from chalicelib.law.states import DossierState
from chalicelib.onestop import api
from chalicelib.onestop.model import dossier_of
from chalicelib.onestop.store import MINE, WORKLIST
from tests.fakes import people
from tests.fakes.counter import Counter, signed_result


@pytest.mark.parametrize("state", DossierState, ids=lambda s: s.name)
def test_each_of_the_ten_states_has_its_two_names(state):
    view = api.state_view(int(state))
    assert (view.code, view.key) == (int(state), state.name)
    assert view.label_vi != view.label_en


def test_a_list_goes_on_where_it_stopped():
    last = {"pk": "MC-1", "sk": "TASK#0-commune#receive", "wl_pk": "H01.10.24#receive", "wl_sk": "2026"}
    assert api.cursor_of(api.cursor(last), WORKLIST) == last
    assert api.cursor(None) is None
    assert api.cursor_of("", MINE) is None


@pytest.mark.parametrize(
    "text",
    [
        "!!!",
        "é",
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        *(base64.urlsafe_b64encode(json.dumps(v).encode()).decode() for v in ([1], "a", 7, {"wl_pk": 1}, {"pk": "a"})),
        base64.urlsafe_b64encode(b'{"pk":"a","sk":"b","wl_pk":"c","wl_sk":{"d":1}}').decode(),
    ],
)
def test_a_cursor_that_we_did_not_give_is_refused_by_field(text):
    with pytest.raises(BodyInvalid) as refused:
        api.cursor_of(text, WORKLIST)
    assert [f.pointer for f in refused.value.fields] == ["/cursor"]


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
