"""What may be filed, as the catalogue told it: each thing is kept once, under its version."""

from msgspec.structs import replace

from chalicelib.dossier import offered
from chalicelib.kernel.ids import canonical
from chalicelib.law.validity import in_force
from tests.fakes import people


def test_a_published_version_is_kept_as_its_plan_and_its_form_and_the_windows_once(hall):
    key = f"PROCEDURE#{people.PROCEDURE}"
    items = {row["sk"]: row for row in hall.rows.partition(key)}
    assert set(items) == {"PUBLISHED", "PLAN#0001", "FORM#0001"}
    assert {item["shape"] for item in items.values()} == {1}
    assert {"form", "windows"}.isdisjoint(items["PLAN#0001"]["plan"])
    assert [window["version"] for window in items["PUBLISHED"]["windows"]] == [1]
    assert items["FORM#0001"]["form"] == offered.form_of(people.PROCEDURE, 1) == canonical(people.form_document())


def test_a_plan_of_the_first_release_had_no_notices_and_is_read_with_empty_ones(hall):
    key, day = f"PROCEDURE#{people.PROCEDURE}", hall.clock().date()
    item = hall.rows.get(key, "PLAN#0001")
    plan = {name: value for name, value in item["plan"].items() if name not in ("notice_vi", "notice_en")}
    hall.rows.put({name: value for name, value in {**item, "plan": plan}.items() if name != "shape"})
    found = offered.plan_in_force(people.PROCEDURE, day, in_force)
    assert found.plan == replace(hall.plan, notice_vi="", notice_en="")
