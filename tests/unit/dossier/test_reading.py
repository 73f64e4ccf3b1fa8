"""One reader: HEAD and the parts asked for, in as few queries as the order of a partition allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contracts.stored import Unreadable, written
from chalicelib.contracts.stored import read as read_item
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.items import Task
from chalicelib.dossier.plans import PlanItem
from chalicelib.dossier.reading import HEAVY, WHOLE, NotRead, Part, dossier_of, read, spans
from tests.support.hall import LEG

ALL = list(Part)


@given(st.sets(st.sampled_from(ALL), min_size=1))
def test_the_queries_have_every_part_asked_for_and_none_that_is_heavy_and_was_not(asked):
    found = spans(asked)
    inside = [ALL[ALL.index(first) : ALL.index(last) + 1] for first, last in found]
    read_parts = [part for each in inside for part in each]
    assert len(read_parts) == len(set(read_parts))
    assert asked <= set(read_parts)
    assert not (set(read_parts) - asked) & HEAVY
    for each in inside:
        assert each[0] in asked
        assert each[-1] in asked


@pytest.mark.parametrize(
    ("asked", "queries"),
    [
        ({Part.HEAD, Part.TASKS, Part.SLIPS}, 1),
        ({Part.HEAD, Part.RESULTS}, 1),
        ({Part.COMPONENTS, Part.HEAD, Part.TASKS}, 2),
        ({Part.HEAD, Part.EVENTS}, 2),
        ({Part.HEAD, Part.FORM, Part.PLAN}, 1),
        (set(ALL), 1),
    ],
)
def test_how_many_queries_a_step_costs(asked, queries):
    assert len(spans(asked)) == queries


def test_a_task_that_does_not_say_its_dossier_has_none(hall):
    task = {**hall.rows.get(hall.submitted(), f"TASK#{LEG}#receive")}
    del task["reference"]
    assert read_item(Task, task).reference == ""


def test_a_row_that_is_no_part_of_a_dossier_is_named(hall):
    reference = hall.ready()
    hall.rows.put({"pk": reference, "sk": "ODD#1"})
    with pytest.raises(Unreadable, match="no part of ours") as found:
        read(reference, whole=True)
    assert found.value.record == f"{reference}/ODD#1"


def test_a_part_that_was_not_asked_for_is_refused_and_not_empty(hall):
    reference = hall.at("receive")
    found = read(reference, Part.TASKS)
    assert [t.kind for t in found.tasks] == ["receive", "verify"]
    for part in ("plan", "form", "components", "uploads", "slips", "results", "events"):
        with pytest.raises(NotRead, match=reference):
            getattr(found, part)


def test_the_whole_is_every_part_and_a_part_is_the_same_as_in_the_whole(hall):
    reference = hall.decided()
    whole = read(reference, whole=True)
    for part, name in (
        (Part.PLAN, "plan"), (Part.FORM, "form"), (Part.COMPONENTS, "components"), (Part.TASKS, "tasks"),
        (Part.SLIPS, "slips"), (Part.EVENTS, "events"), (Part.RESULTS, "results"), (Part.UPLOADS, "uploads"),
    ):  # fmt: skip
        assert getattr(read(reference, part), name) == getattr(whole, name)
    assert read(reference).head == whole.head


def test_what_has_no_head_is_no_dossier(hall):
    assert read("MC-NEVER") is None
    assert read("MC-NEVER", whole=True) is None
    assert dossier_of([{"pk": "MC-1", "sk": "PLAN", "plan": {}}], WHOLE) is None


def test_an_item_that_no_release_wrote_is_named_by_kind_and_field(hall):
    reference = hall.at("receive")
    pin = hall.rows.get(reference, "PLAN")["pin"]
    hall.rows.change(reference, "PLAN", pin={k: v for k, v in pin.items() if k != "office"})
    with pytest.raises(Unreadable, match=r"PlanItem: pin\.office: missing"):
        read(reference, Part.PLAN)
    assert read(reference, Part.TASKS).tasks, "who does not ask for it goes on"


def test_an_event_of_the_log_is_read_by_its_contract(hall):
    reference = hall.at("receive")
    told = read(reference, Part.EVENTS).first(DossierSubmitted)
    assert (told.reference, told.attempt) == (reference, 1)
    assert told.stages[0][0].leg == "commune"


@pytest.mark.parametrize("form", [{}, {"form": "{}"}], ids=["none", "in the plan"])
def test_a_plan_before_shapes_is_read_with_what_it_did_not_know(hall, form):
    """78549b0 kept the form in the plan and owed no notice of the level."""
    then = written(PlanItem(plan=read(hall.ready(), Part.PLAN).plan))
    del then["shape"], then["is_anew"], then["plan"]["notice_vi"], then["plan"]["notice_en"]
    then["plan"] |= form
    lifted = read_item(PlanItem, then)
    assert (lifted.plan.notice_vi, lifted.plan.notice_en) == ("", "")
    assert lifted.is_anew == bool(form)
    then["plan"] |= {"notice_vi": "có", "notice_en": "yes"}
    lifted = read_item(PlanItem, then)
    assert (lifted.plan.notice_vi, lifted.plan.notice_en) == ("có", "yes")
