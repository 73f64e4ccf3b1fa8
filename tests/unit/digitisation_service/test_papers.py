"""What a paper's record says by itself: whose turn it is, what may be ordered of it, how far its line is."""

from copy import replace
from typing import get_args

import pytest
from msgspec import structs

from chalicelib.contracts.digitisation import PaperResult
from chalicelib.digitisation.archives.model import Archived, Standing, place_of
from chalicelib.digitisation.archives.sheet import SheetLine
from chalicelib.digitisation.desk import Desk
from chalicelib.digitisation.orders import MESSAGE, NothingToSign, agency_order, officer_order
from chalicelib.digitisation.paper import Step, TakenBack
from chalicelib.digitisation.service import code_of
from chalicelib.digitisation.store import Signers, Table
from chalicelib.kernel.access import Post
from chalicelib.kernel.problem import ForbiddenStep, NoSigningCertificate, NotFound
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, REFERENCE, paper, waits

NOW = Clock()()
BACK = TakenBack(code="no_key", vi="Không có", en="none", at="2026-11-25T00:00:00.000+00:00")
STEPS = get_args(Step.__value__)
RESULT = PaperResult(code="H01.10.24-20261125-0000001-KQ1", title="Giấy khai sinh")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("back", [None, BACK])
def test_whose_turn_it_is_follows_from_the_step_and_from_what_came_back(step, back):
    made = paper("c1", NOW, step=step, taken_back=back)
    assert made.is_on_desk is (step == "copied" or (step, back) == ("stored", BACK))
    assert made.awaits_copy is (step == "signature_ordered" or (step, back) == ("copied", BACK))


def read(**changes):
    """A paper whose data message waits for the agency's signature."""
    made = paper("c1", NOW, step="stored")
    said = {"unsigned": made.copy, "digitised_code": "SH-1", "converted_at": "2026-11-25T00:00:00.000+00:00"}
    return structs.replace(made, **said | changes)


@pytest.mark.parametrize("absent", ["unsigned", "digitised_code", "converted_at"])
def test_a_data_message_of_which_something_is_not_known_is_not_ordered_to_be_signed(absent):
    with pytest.raises(NothingToSign):
        agency_order(read(**{absent: None}))


def test_an_order_says_who_may_see_what_is_signed_and_a_result_by_its_own_name():
    assert (agency_order(read()).title, agency_order(read(result=RESULT)).title) == (MESSAGE, RESULT.title)
    assert [agency_order(read(mark_text=mark)).reason for mark in ("Chuyển đổi", None)] == ["Chuyển đổi", ""]
    made = read(min_level=1)
    for order in (agency_order(made), officer_order(made, people.SCANNER)):
        assert (order.min_level, order.holder, order.agency) == (1, people.CITIZEN.holder, AGENCY)


def test_a_result_keeps_its_own_code_and_any_other_paper_gets_one_of_its_dossier_and_scan():
    made = paper("c1d2e3f4", NOW)
    assert code_of(made) == f"SH-{REFERENCE.removeprefix('MC-')}-C1D2E3"
    assert code_of(structs.replace(made, result=RESULT)) == RESULT.code


# --- a line of an archive ---------------------------------------------------------------------------------------------

FAR = {
    "copied": "copied",
    "signature_ordered": "copied",
    "in_review": "in_review",
    "reviewed": "read",
    "stored": "read",
    "converted": "taken",
    "rejected": "taken",
    "exempt": "taken",
}


def standing(state, step=None):
    """How far a line is whose own record and copy say this."""
    line = SheetLine(line=2, number="1", kind="k", owner_name="n", issued_on="d", issued_by="b", file="f")
    record = state and Archived(
        pk="ARCHIVED#LT-1-00002", archive="LT-1", line=2, agency=AGENCY, holder="h", is_owned=False, kind="k",
        state=state, wl_pk="LT-1#papers", wl_sk=place_of(2, state),
    )  # fmt: skip
    return Standing(line, record, paper("c1", NOW, step=step) if step else None).state


@pytest.mark.parametrize("step", STEPS)
def test_between_its_file_and_its_message_the_copy_says_how_far_a_line_is(step):
    assert standing("taken", step) == FAR[step]
    assert [standing(state, step) for state in ("refused", "stored")] == ["refused", "stored"]


def test_a_line_of_which_no_copy_is_known_is_as_its_own_record_says():
    assert [standing(state) for state in (None, "taken", "refused", "stored")] == [
        "waiting", "taken", "refused", "stored",
    ]  # fmt: skip


# --- the desk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tables):
    """A desk with three copies, of which one was ordered to be signed."""
    tables.register("officers", people.SCANNER.subject)
    for component in ("c1", "c2"):
        waits(component, NOW)
    waits("c3", NOW, step="signature_ordered", signed_with="another", wl_pk=None, wl_sk=None)
    return Desk(Table(), Signers(), Clock())


def step(component):
    return Table().paper(REFERENCE, component).step


@pytest.mark.parametrize("signs", [True, False])
def test_an_officer_whose_post_signs_nothing_today_orders_no_signature(desk, signs):
    who = replace(people.SCANNER, post=Post(agencies=frozenset({AGENCY}), signs=signs))
    if signs:
        assert desk.sign_copy(who, f"{REFERENCE}.c1", "k").step == step("c1") == "signature_ordered"
        return
    with pytest.raises(NoSigningCertificate) as told:
        desk.sign_copy(who, f"{REFERENCE}.c1", "k")
    assert (told.value.facts, step("c1")) == ({"signer": "officer"}, "copied")


def test_an_officer_who_works_elsewhere_today_finds_no_copy_of_their_own_agency(desk):
    who = replace(people.SCANNER, post=Post(agencies=frozenset({OTHER_AGENCY})))
    with pytest.raises(NotFound):
        desk.sign_copy(who, f"{REFERENCE}.c1", "k")
    assert desk.waiting(who, "") == ([], None)
    assert step("c1") == "copied"


def test_of_copies_that_are_signed_together_each_is_ordered_once_and_none_stops_another(desk, tables):
    names = [f"{REFERENCE}.{name}" for name in ("c3", "c1", "none", "c1", "c2")]
    for _ in range(2):  # what broke off is sent again
        found = desk.sign_copies(people.SCANNER, names, "k")
        assert [each.copy for each in found] == [names[0], names[1], names[2], names[4]]
        assert [type(each.refusal) for each in found] == [ForbiddenStep, type(None), NotFound, type(None)]
        assert [each.paper and each.paper.step for each in found] == [None, "signature_ordered"] * 2
    for name in ("c1", "c2"):
        assert tables.types("Messages", paper(name, NOW).pk) == ["copy.made", "signature.ordered"]
