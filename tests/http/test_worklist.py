"""An officer's list: everything that their roles allow, in the order in which it is due, and each task by itself."""

import pytest

from chalicelib.kernel import aws
from infra.demo import story
from tests.support.asserts import problem
from tests.support.world import ALL_ROLES, OTHER_AGENCY, officer_of, ready, whole_list

NAME = "Phan Thị Cẩm Nhung"
DESK = ("reception", "processing", "leader")


@pytest.fixture(scope="module")
def opened(where, small_scan):
    """One dossier at each step of an agency's part: kind of its open task -> reference."""
    me, desk = story.citizen(where, **story.somebody(), name=NAME), officer_of(where, story.AGENCY, *DESK)
    found = {}
    for kind, before in {"receive": [], "verify": ["receive"], "approve": ["receive", "verify"]}.items():
        reference = story.submit(me, ready(me, small_scan)).ok(201).body["reference"]
        for step, outcome in zip(("receive", "verify"), ("accepted", "verified"), strict=True):
            if step in before:
                story.complete(desk, f"{reference}.0-commune.{step}", outcome).ok()
        story.confirm(me, reference)
        found[kind] = reference
    return found


def ours(rows, opened):
    return {row["kind"]: row for row in rows if row["reference"] in opened.values()}


def test_without_a_kind_the_list_has_all_that_my_roles_allow_those_due_first(where, opened):
    rows = whole_list(officer_of(where, story.AGENCY, *DESK), "/v1/tasks", "tasks")
    assert {kind: row["reference"] for kind, row in ours(rows, opened).items()} == opened
    assert [row["due_at"] for row in rows] == sorted(row["due_at"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("roles", "kinds"),
    [
        (["reception"], {"receive"}),
        (["processing"], {"verify"}),
        (["leader"], {"approve"}),
        (["reception", "leader"], {"receive", "approve"}),
        (["scanning"], set()),
    ],
)
def test_each_role_has_its_own_kinds(where, opened, roles, kinds):
    rows = whole_list(officer_of(where, story.AGENCY, *roles), "/v1/tasks", "tasks")
    assert ours(rows, opened).keys() == kinds
    also = {"withdrawal", "forward"} if "reception" in roles else {"consult"} if "processing" in roles else set()
    assert {row["kind"] for row in rows} <= kinds | also


def test_a_row_says_what_an_officer_has_to_know_and_is_the_task_itself(where, opened):
    desk = officer_of(where, story.AGENCY, *DESK)
    for row in ours(whole_list(desk, "/v1/tasks", "tasks"), opened).values():
        assert (row["applicant"], row["late"], row["status"]) == (NAME, False, "open")
        assert row["procedure_name"] == desk.get(f"/v1/dossiers/{row['reference']}").ok().body["procedure_name"]
        assert desk.get(f"/v1/tasks/{row['id']}").ok().body == row


@pytest.fixture
def overdue(where, opened):
    """The approval was due long ago, until the test's end."""
    table = where["table.Dossiers"]
    task = aws.get(table, opened["approve"], "TASK#0-commune#approve")
    late = {**task, "due_at": "2026-01-05T03:00:00.000+00:00"}
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(late))
    yield
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(task))


def test_what_is_past_its_time_is_late_on_the_list_and_by_itself(where, opened, overdue):
    desk = officer_of(where, story.AGENCY, *DESK)
    rows = ours(whole_list(desk, "/v1/tasks", "tasks"), opened)
    assert {kind: row["late"] for kind, row in rows.items()} == {"receive": False, "verify": False, "approve": True}
    assert desk.get(f"/v1/tasks/{rows['approve']['id']}").ok().body == rows["approve"]


def test_a_kind_narrows_the_list_and_one_that_my_roles_lack_is_refused(where, opened):
    desk = officer_of(where, story.AGENCY, "reception", "processing")
    assert {row["kind"] for row in whole_list(desk, "/v1/tasks?kind=verify", "tasks")} == {"verify"}
    problem(desk.get("/v1/tasks?kind=approve"), 403, "not_allowed")


def test_a_task_is_read_by_those_alone_who_see_it_on_their_list(where, citizen, opened):
    name = f"/v1/tasks/{opened['verify']}.0-commune.verify"
    problem(officer_of(where, OTHER_AGENCY, *ALL_ROLES).get(name), 404, "not_found")
    problem(officer_of(where, story.AGENCY, "reception").get(name), 403, "not_allowed")
    problem(citizen.get(name), 403, "not_allowed")
    desk = officer_of(where, story.AGENCY, *DESK)
    for nothing in (f"{opened['verify']}.0-commune.approve", f"{opened['verify']}.1-x.verify", "x", "x.y.verify"):
        problem(desk.get(f"/v1/tasks/{nothing}"), 404, "not_found")


def test_a_done_task_is_read_with_its_outcome(where, opened):
    done = officer_of(where, story.AGENCY, *DESK).get(f"/v1/tasks/{opened['verify']}.0-commune.receive").ok().body
    assert (done["status"], done["outcome"], done["late"]) == ("done", "accepted", False)
    assert done["done_at"]
