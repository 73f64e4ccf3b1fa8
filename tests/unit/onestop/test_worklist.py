"""An officer's worklist by each of its filters: what it shows, what it leaves out, and to whom."""

from copy import replace
from datetime import timedelta

import pytest
from msgspec import structs

from chalicelib.dossier import lists
from chalicelib.dossier.items import task_id
from chalicelib.dossier.names import name_list, plain_name
from chalicelib.kernel.access import Post
from chalicelib.kernel.clock import moment
from chalicelib.kernel.problem import BodyInvalid, NotAllowed, NotFound
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.onestop.tasks.store import Lists
from chalicelib.onestop.tasks.worklist import Wanted, Worklist
from tests.fakes import people
from tests.support.hall import LEG

DESK = people.officer("reception", "processing", "leader", name="Lý Thanh Oanh")
ELSEWHERE = people.officer("reception", "processing", "leader", agency=people.OTHER_OFFICE["id"])
NAME = people.CITIZEN.name
OTHER_PROCEDURE = "1.000656"


@pytest.fixture
def worklist(hall):
    return Worklist(Lists(), hall.clock)


def found(worklist, who=DESK, **wanted):
    """References and kinds that somebody finds."""
    rows, following = worklist.page(who, Wanted(**wanted))
    assert following is None
    return [(row.pk, row.kind) for row in rows]


@pytest.fixture
def received(hall):
    """A dossier that was received, with its verification open."""
    return hall.at("receive")


@pytest.fixture
def opened(hall, received):
    """The received one, and one that waits for its reception."""
    return {"verify": received, "receive": submitted_again(hall)}


def submitted_again(hall, who=people.NEIGHBOUR):
    reference = hall.ready(who)
    hall.submit(reference, who, key=f"submit-{reference}")
    return reference


def test_without_a_filter_all_that_the_officer_does_is_shown(worklist, opened):
    assert set(found(worklist)) == {(opened["verify"], "verify"), (opened["receive"], "receive")}


@pytest.mark.parametrize(("state", "kind"), [(1, "receive"), (4, "verify"), (2, None), (5, None), (9, None)])
def test_the_state_narrows_to_the_tasks_that_are_open_in_it(worklist, opened, state, kind):
    assert [k for _, k in found(worklist, state=state)] == ([kind] if kind else [])


def test_a_procedure_narrows_claimed_or_not_and_with_a_kind(hall, worklist, opened):
    claims = Claims(hall.dossiers, hall.clock)
    claims.claim(DESK, task_id(opened["verify"], LEG, "verify"), "k")
    assert set(found(worklist, procedure=people.PROCEDURE)) == set(found(worklist))
    assert found(worklist, procedure=people.PROCEDURE, kind="verify") == [(opened["verify"], "verify")]
    assert found(worklist, procedure=OTHER_PROCEDURE) == []
    assert found(worklist, procedure=people.PROCEDURE, claimed="nobody") == [(opened["receive"], "receive")]
    hall.complete(opened["verify"], "verify", who=DESK)
    hall.complete(opened["receive"], "receive")
    assert {kind for _, kind in found(worklist, procedure=people.PROCEDURE)} == {"approve", "verify"}


def test_lateness_parts_the_list_in_two(hall, worklist, opened):
    due = moment(hall.draft(opened["receive"]).task(LEG, "receive").due_at)
    for at, late in ((due, []), (due + timedelta(milliseconds=1), [(opened["receive"], "receive")])):
        hall.clock.now = at
        assert found(worklist, late=True, kind="receive") == late
        assert found(worklist, late=False, kind="receive") == ([] if late else [(opened["receive"], "receive")])
        assert found(worklist, late=True, kind="receive", procedure=people.PROCEDURE) == late


def test_what_i_took_and_what_nobody_took_are_two_lists(hall, worklist, opened):
    claims, colleague = Claims(hall.dossiers, hall.clock), people.colleague(DESK, "colleague")
    claims.claim(DESK, task_id(opened["verify"], LEG, "verify"), "k")
    assert found(worklist, claimed="me") == [(opened["verify"], "verify")]
    assert found(worklist, colleague, claimed="me") == []
    assert found(worklist, claimed="nobody") == [(opened["receive"], "receive")]
    assert found(worklist, claimed="me", kind="receive") == []
    assert found(worklist, claimed="me", procedure=OTHER_PROCEDURE) == []
    post = Post(agencies=DESK.agencies, absent=frozenset({officer_hash(DESK)}))
    assert found(worklist, replace(colleague, post=post), claimed="me") == [(opened["verify"], "verify")]
    moved = replace(DESK, agency=people.OTHER_OFFICE["id"])
    assert found(worklist, moved, claimed="me") == [], "it is not their agency's"


def test_what_i_took_goes_on_page_after_page(hall, worklist, opened, monkeypatch):
    claims = Claims(hall.dossiers, hall.clock)
    for kind, reference in opened.items():
        claims.claim(DESK, task_id(reference, LEG, kind), kind)
    monkeypatch.setattr("chalicelib.onestop.tasks.worklist.PAGE", 1)
    first, after = worklist.page(DESK, Wanted(claimed="me"))
    second, end = worklist.page(DESK, Wanted(claimed="me", cursor=after))
    assert ({r.pk for r in (*first, *second)}, end) == (set(opened.values()), None)
    assert first[0].wl_sk < second[0].wl_sk
    with pytest.raises(BodyInvalid):
        worklist.page(DESK, Wanted(claimed="me", cursor="x"))


@pytest.mark.parametrize("typed", [NAME, NAME.upper(), "nguyen  thi bich lieu", "Nguyen Thi Bích Liễu"])
def test_a_name_is_found_with_or_without_its_accents(worklist, opened, typed):
    assert found(worklist, applicant=typed) == [(opened["verify"], "verify")]
    assert found(worklist, applicant=typed, kind="receive") == []
    assert found(worklist, ELSEWHERE, applicant=typed) == []


def test_part_of_a_name_or_another_finds_nobody(worklist, opened):
    assert found(worklist, applicant="Nguyễn Thị") == []
    assert found(worklist, applicant=people.NEIGHBOUR.name) == [(opened["receive"], "receive")]


def test_no_draft_is_found_by_its_name_and_nothing_that_ended_or_was_erased_is_listed(hall, worklist, received):
    draft = hall.open(people.CITIZEN, key="another")
    assert found(worklist, applicant=NAME) == [(received, "verify")]
    place = name_list(people.OFFICE["id"], NAME)
    assert {row["pk"] for row in hall.stores.everything("Dossiers") if row.get("so_pk") == place} == {draft, received}
    hall.dossiers.change(hall.draft(received), hall.clock()).move(state=8).write()
    hall.dossiers.change(hall.draft(draft), hall.clock()).move(erased_at="2026").write()
    assert [row["pk"] for row in hall.stores.everything("Dossiers") if row.get("so_pk") == place] == []


def test_no_name_stands_in_a_key(hall, received):
    assert plain_name("ĐẶNG  Trọng Nghĩa") == "dang trong nghia"
    places = {row.get("so_pk", "") for row in hall.rows.partition(received)}
    assert not any("nguyen" in place.lower() or "lieu" in place.lower() for place in places)


def test_names_go_on_page_after_page(hall, worklist, received, monkeypatch):
    hall.clock.advance(minutes=1)
    others = [submitted_again(hall, replace(people.NEIGHBOUR, name=NAME))]
    monkeypatch.setattr(lists, "NAMED_AT_ONCE", 1)
    first, after = worklist.page(DESK, Wanted(applicant=NAME))
    second, after = worklist.page(DESK, Wanted(applicant=NAME, cursor=after))
    assert [row.pk for row in (*first, *second)] == [*others, received]
    with pytest.raises(NotFound):
        worklist.page(ELSEWHERE, Wanted(applicant=NAME, cursor=worklist.page(DESK, Wanted(applicant=NAME))[1]))


def test_a_code_is_found_whole_or_without_my_own_agency(hall, worklist, received):
    code = hall.head(received)["dossier_code"]
    tail = code.split("-", 1)[1]
    for typed in (code, f" {code.lower()} ", tail, received):
        assert found(worklist, code=typed) == [(received, "verify")]
        assert found(worklist, ELSEWHERE, code=typed) == []
    assert found(worklist, code=code, kind="receive") == []
    assert found(worklist, code=code[:-1]) == []
    assert found(worklist, people.RECEPTION, code=code) == [], "no kind of theirs is open"


def test_what_waits_for_its_applicant_is_seen_by_its_state_and_done_by_no_officer(hall, worklist, received):
    dossier = hall.draft(received)
    waits = structs.replace(dossier.task(LEG, "verify"), kind="supplement")
    hall.dossiers.change(dossier, hall.clock()).open_task(waits).write()
    task = task_id(received, LEG, "supplement")
    assert found(worklist, state=5) == found(worklist, kind="supplement") == [(received, "supplement")]
    assert (received, "supplement") not in found(worklist)
    assert hall.desk.task(DESK, task)[1].kind == "supplement"
    for act in (
        lambda: Claims(hall.dossiers, hall.clock).claim(DESK, task, "k"),
        lambda: hall.desk.complete(DESK, task, None, "k", b""),
        lambda: hall.desk.task(ELSEWHERE, task),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_kind_that_is_not_mine_is_refused(worklist):
    with pytest.raises(NotAllowed):
        worklist.page(people.RECEPTION, Wanted(kind="verify"))
