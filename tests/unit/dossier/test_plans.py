"""The plan of a dossier: kept once under its hash and named by it, or whole in the dossier, as earlier releases did."""

import hashlib

import pytest
from msgspec.structs import asdict, replace

from chalicelib.contracts.plan import Office
from chalicelib.contracts.stored import Unreadable
from chalicelib.dossier import offered, plans
from chalicelib.dossier.lists import behind
from chalicelib.dossier.reading import Part, level_of, read
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.law.validity import in_force
from infra.local.meter import item_size
from infra.stack.parameters import PARAMETERS
from tests.fakes import people


def name_of(hall, number=1):
    """The hash of an offered plan."""
    return hall.rows.get(f"PROCEDURE#{people.PROCEDURE}", f"PLAN#{number:04d}")["sha256"]


def content_of(hall, sha256):
    return hall.rows.get(f"PLAN#{sha256}", "CONTENT")


@pytest.fixture
def reads(monkeypatch):
    """The items that are read one by one, and the calls for many."""
    stock_get, stock_many, found = aws.get, aws.many, []
    monkeypatch.setattr(aws, "get", lambda *given: found.append(given[1:]) or stock_get(*given))
    monkeypatch.setattr(aws, "many", lambda table, keys: (keys and found.append(keys)) or stock_many(table, keys))
    return found


def test_a_draft_names_its_plan_and_keeps_what_is_its_own(hall):
    reference = hall.open()
    item, plan = hall.rows.get(reference, "PLAN"), read(reference, Part.PLAN).plan
    assert "plan" not in item
    assert item["pin"] == {
        "procedure": people.PROCEDURE,
        "version": 1,
        "sha256": name_of(hall),
        "min_level": hall.plan.min_level,
        "office": people.OFFICE,
        "service_channel": "national_portal",
    }
    assert item_size(aws.packed(item)) < 600
    assert plan == plans.pinned(hall.plan, plan.office, "national_portal")


def test_a_plan_is_kept_under_the_hash_of_its_text_and_written_once(hall):
    sha256 = name_of(hall)
    before = content_of(hall, sha256)
    assert hashlib.sha256(before["plan"].encode()).hexdigest() == sha256
    writes = hall.stores.writes
    hall.publish(hall.plan)
    assert content_of(hall, sha256) == before
    assert name_of(hall) == sha256
    assert hall.stores.writes > writes


def test_a_plan_that_is_told_again_with_other_fields_has_another_hash_and_moves_no_dossier(hall):
    reference, before = hall.open(), name_of(hall)
    told_again = replace(hall.plan, performed_by="Người yêu cầu", name_vi="Đăng ký khai sinh (mới)")
    hall.publish(told_again)
    plans.forget()
    assert name_of(hall) != before
    assert read(reference, Part.PLAN).plan.name_vi == hall.plan.name_vi
    other = hall.open(key="open-2")
    assert read(other, Part.PLAN).plan.name_vi == told_again.name_vi
    assert content_of(hall, before)
    assert content_of(hall, name_of(hall))


def test_a_plan_is_read_once_by_a_process(hall, reads):
    reference, sha256 = hall.open(), name_of(hall)
    plans.forget()
    reads.clear()
    one, two = read(reference, Part.PLAN), read(reference, Part.PLAN)
    assert one.plan == two.plan
    assert reads == [(f"PLAN#{sha256}", "CONTENT")]


def test_the_plans_of_a_page_are_read_in_one_call_and_then_known(hall, reads):
    references = [hall.open()]
    hall.publish(replace(hall.plan, name_vi="Tên khác"))
    references.append(hall.open(key="open-2"))
    plans.forget()
    reads.clear()
    names = {each.procedure_name for each in behind(references).values()}
    assert names == {hall.plan.name_vi, "Tên khác"}
    assert [len(keys) for keys in reads] == [4, 2], "HEAD and PLAN of two, and two plans; nothing one by one"
    behind(references)
    assert [len(keys) for keys in reads] == [4, 2, 4]


def test_the_level_is_known_without_the_plan(hall, reads):
    reference = hall.open()
    plans.forget()
    reads.clear()
    assert level_of(None, reference) == hall.plan.min_level
    assert reads == [(reference, "PLAN")]
    assert level_of(None, "MC-NOTHING") == 2


def test_no_more_plans_are_held_than_said(hall, monkeypatch, reads):
    monkeypatch.setattr(plans, "MOST", 1)
    one = hall.open()
    hall.publish(replace(hall.plan, name_vi="Tên khác"))
    two = hall.open(key="open-2")
    reads.clear()
    for reference in (one, two, two, one):
        read(reference, Part.PLAN)
    assert len(reads) == 3


@pytest.mark.parametrize("gone", [True, False], ids=["missing", "changed"])
def test_a_plan_that_is_not_what_was_named_is_unreadable_by_the_dossiers_name(hall, gone):
    reference, sha256 = hall.open(), name_of(hall)
    other = hall.open(key="open-2", agency=people.OTHER_OFFICE["id"])
    item, why = content_of(hall, sha256), "missing" if gone else "not what its hash says"
    if gone:
        aws.alone(aws.delete(TABLE(), (item["pk"], item["sk"])))
    else:
        hall.rows.put({**item, "plan": item["plan"].replace("khai sinh", "khai tử")})
    plans.forget()
    with pytest.raises(Unreadable, match=f"PlanContent {sha256}: {why}") as found:
        read(reference, whole=True)
    assert found.value.record == f"{reference}/PLAN"
    assert read(reference).head.reference == reference, "who does not ask for it goes on"
    plans.forget()
    assert behind([reference, other]) == {}
    hall.rows.put(item)
    plans.forget()
    assert read(reference, Part.PLAN).plan.name_vi == hall.plan.name_vi


def test_a_plan_item_that_says_no_plan_is_named(hall):
    reference = hall.open()
    hall.rows.put({"pk": reference, "sk": "PLAN", "shape": 1})
    with pytest.raises(Unreadable, match="PlanItem: plan: missing") as found:
        read(reference, Part.PLAN)
    assert found.value.record == f"{reference}/PLAN"
    with pytest.raises(Unreadable, match="PlanItem: plan: missing"):
        level_of(None, reference)


# --- beside a release that reads copies only -------------------------------------------------------------------------


def test_a_stage_says_so_before_a_draft_names_its_plan(hall, stage):
    assert PARAMETERS["PlansByHash"]["Default"] == 0, "a release that reads copies only may run beside this one"
    stage.setenv("MOTCUA_PLANS_BY_HASH", "0")
    reference = hall.open()
    item = hall.rows.get(reference, "PLAN")
    assert "pin" not in item
    assert item["plan"]["route"], "what any release demanded"
    assert item["plan"]["service_channel"] == "national_portal"
    long = read(reference, Part.PLAN).plan
    stage.setenv("MOTCUA_PLANS_BY_HASH", "1")
    short = hall.open(key="open-2")
    assert read(short, Part.PLAN).plan == long
    assert level_of(None, reference) == level_of(None, short)
    assert behind([reference])[reference].procedure_name == behind([short])[short].procedure_name


def test_a_plan_that_an_earlier_release_heard_has_no_hash_and_is_copied(hall):
    key = f"PROCEDURE#{people.PROCEDURE}"
    item = {k: v for k, v in hall.rows.get(key, "PLAN#0001").items() if k != "sha256"}
    hall.rows.put(item)
    found = offered.plan_in_force(people.PROCEDURE, hall.clock().date(), in_force)
    assert (found.plan, found.sha256) == (hall.plan, None)
    reference = hall.open()
    assert "pin" not in hall.rows.get(reference, "PLAN")
    assert asdict(read(reference, Part.PLAN).plan).items() >= asdict(hall.plan).items()
    hall.publish(hall.plan)
    assert "pin" in hall.rows.get(hall.open(key="open-2"), "PLAN")


def test_a_whole_life_is_lived_on_a_named_plan(hall):
    reference = hall.decided()
    assert "pin" in hall.rows.get(reference, "PLAN")
    plans.forget()
    found = read(reference, whole=True)
    assert found.head.decided_at
    assert found.plan.office == Office(**people.OFFICE)
