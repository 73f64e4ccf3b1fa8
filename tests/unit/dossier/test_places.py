"""Where a dossier's items stand, and in which lists: what one release wrote, the next one must find."""

import pytest
from msgspec.structs import replace

from chalicelib.dossier import items, legs, lists, numbers, offered, reading, references
from chalicelib.dossier.reading import Part
from tests.unit.dossier.test_conditions import (
    AGENCY,
    CODE,
    LEG,
    NOW,
    ONE,
    OUTCOME,
    OWNER,
    agency,
    begun,
    change,
    component,
    done,
    execution,
    judged,
    result,
    slip,
    task,
    upload,
    withdrawn,
)

FORM = items.FormItem(sealed="x", version=1)


def lived(reference=ONE):
    """A dossier with one of everything but a plan."""
    begun(reference)
    change(reference).announce(upload()).save_form(FORM).write()
    judged(change(reference)).add_component(component()).use_key(OWNER, "k", "b", event=2).write()
    change(reference).open_task(task()).write()
    done(change(reference), slip=slip()).name(CODE).write()
    legs.open_leg(reference, LEG, "t", execution(1))
    change(reference).complete_leg(LEG, OUTCOME).add_result(1, result()).write()


@pytest.fixture(autouse=True)
def _tables(tables):
    return tables


def test_every_item_has_its_place(tables):
    lived()
    numbers._blocks.clear()
    numbers.next_serial("H01.places", NOW.date())
    offered.remember_procedure(withdrawn(1), "2026-11-25")
    offered.remember_agency(agency("A"), "2026-11-25")
    lists.leave_off("H01")
    found = {(i["pk"], i["sk"]) for i in tables.everything("Dossiers")}
    assert found == {
        (ONE, "HEAD"),
        (ONE, "EVENT#000001"),
        (ONE, "FORM"),
        (ONE, "UPLOAD#u1"),
        (ONE, "COMPONENT#c1"),
        (ONE, f"TASK#{LEG}#receive"),
        (ONE, f"LEG#{LEG}"),
        (ONE, "RESULT#KQ1"),
        (f"CODE#{CODE}", "DOSSIER"),
        (f"IDEMPOTENCY#{OWNER}#8254c329a92850f6", "KEY"),
        ("NUMBER#H01.places#2026-11-25", "NEXT"),
        ("PROCEDURE#1.001193", "PUBLISHED"),
        (f"AGENCY#{AGENCY}", "PUBLISHED"),
        ("AGENCIES", AGENCY),
        (f"DESK#{AGENCY}", "ENDED"),
        ("SWEEP", "NEXT"),
    }


def test_the_lists_of_a_dossier_and_its_task(tables):
    begun()
    change().open_task(task()).write()
    head, (row,) = tables.get("Dossiers", ONE, "HEAD"), tables.partition("Dossiers", ONE, "TASK#")
    assert (head["mine_pk"], head["mine_sk"]) == (f"HOLDER#{OWNER}", ONE)
    assert (row["wl_pk"], row["wl_sk"]) == (f"{AGENCY}#receive", f"2026-11-26T00:00:00.000+00:00#{ONE}")


@pytest.mark.parametrize("part", Part)
def test_a_part_is_read_when_it_is_asked_for_and_only_then(part):
    lived()
    found = reading.read(ONE, part)
    assert found.asked == {Part.HEAD, part}
    said = {
        Part.FORM: lambda d: d.form.version == 1,
        Part.COMPONENTS: lambda d: [c.id for c in d.components] == ["c1"],
        Part.UPLOADS: lambda d: [(u.id, u.status, u.version_id) for u in d.uploads] == [("u1", "accepted", "v1")],
        Part.TASKS: lambda d: [(t.kind, t.status, t.by) for t in d.tasks] == [("receive", "done", "A")],
        Part.SLIPS: lambda d: [s.giver for s in d.slips] == ["A"],
        Part.RESULTS: lambda d: [r.code for r in d.results] == ["X-KQ1"],
        Part.EVENTS: lambda d: [e.number for e in d.events] == [1],
    }  # fmt: skip
    for name, look in said.items():
        if name is part:
            assert look(found)
        else:
            with pytest.raises(reading.NotRead, match=name.name):
                look(found)
    whole = reading.read(ONE, whole=True)
    assert all(look(whole) for look in said.values())
    assert whole.asked == reading.WHOLE


def test_what_is_not_there_is_none_and_what_is_not_named_is_nobodys():
    assert reading.read(ONE) is reading.read(ONE, whole=True) is reading.read_leg(ONE, LEG) is None
    assert references.by_code(CODE) is references.read_used_key(OWNER, "k") is None
    assert (references.keyed(ONE), references.keyed(CODE)) == (ONE, "")
    begun()
    found = reading.read(ONE, Part.TASKS, Part.FORM)
    assert found.task(LEG, "receive") is found.open_task is found.form is None
    change().open_task(task()).write()
    found = reading.read(ONE, Part.TASKS)
    assert found.task(LEG, "receive") is found.open_task
    assert replace(found.open_task, as_read=None) == task()
    assert found.task(LEG, "verify") is found.task("0-other", "receive") is None
