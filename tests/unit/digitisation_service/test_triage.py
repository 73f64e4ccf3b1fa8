"""An officer looks at a dropped paper before it is signed: sees it, sorts it, or takes it out with a reason."""

from copy import replace
from urllib.parse import unquote

import pytest

from chalicelib.contracts.digitisation import ComponentReceived, ComponentRejected, ComponentSorted
from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.refusals import SecondForSecret
from chalicelib.digitisation.rejections import REJECTIONS
from chalicelib.digitisation.store import Files, Table
from chalicelib.digitisation.triage import Triage
from chalicelib.digitisation.wire import RejectCopy
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, NotFound
from chalicelib.onestop.model import unsettled
from tests.fakes import people
from tests.support.ledgers import lines_of
from tests.unit.digitisation_service.given import OTHER_AGENCY, Hall, dropped, paper_steps


class Desk(Hall):
    """A desk with one dropped paper that nobody could place."""

    def __init__(self, tables, picture, exemption=None):
        super().__init__(tables, exemption)
        self.triage = Triage(Table(), Files(), self.clock, folder_of)
        self.reference = self.open()
        self.arrive(dropped(self.reference, "scan0001.jpg"), picture)
        (received,) = self.told(self.reference, ComponentReceived)
        self.component = received.id
        paper_steps(self.clock, lambda: "").make_copy(received)

    @property
    def copy(self):
        return f"{self.reference}.{self.component}"

    @property
    def paper(self):
        return Table().paper(self.reference, self.component)

    @property
    def kept(self):
        (found,) = self.components(self.reference)
        return found

    def waiting(self):
        return [paper.component for paper in Table().waiting([people.OFFICE["id"]], "")[0]]


@pytest.fixture
def desk(tables, picture):
    return Desk(tables, picture)


# --- seen ------------------------------------------------------------------------------------------------------------


def test_an_officer_sees_the_scan_and_the_copy_and_the_ledger_says_so(desk):
    for which, place in (("original", dropped(desk.reference, "scan0001.jpg")), ("copy", "copy-unsigned.pdf")):
        assert place in unquote(desk.triage.file(people.SCANNER, desk.copy, which))
    lines = [line.said for line in lines_of(people.CITIZEN.holder)]
    assert [(x.document, x.reference, x.by, x.route) for x in lines] == [
        (desk.component, desk.reference, people.OFFICE["id"], "copies")
    ] * 2
    assert [x.sha256 for x in lines] == [desk.paper.scan.sha256, desk.paper.copy.sha256]


def test_before_the_signature_nothing_was_read(desk):
    paper, found = desk.triage.look(people.SCANNER, desk.copy)
    assert (paper.code, paper.scan.filename, found) == ("UNCLASSIFIED", "scan0001.jpg", None)
    assert lines_of(people.CITIZEN.holder) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda triage, who, copy: triage.look(who, copy),
        lambda triage, who, copy: triage.file(who, copy, "copy"),
        lambda triage, who, copy: triage.reject(who, copy, "unreadable", "", "k"),
        lambda triage, who, copy: triage.decline(who, copy),
        lambda triage, who, copy: triage.sort(who, copy, people.RESIDENCE),
    ],
)
def test_a_copy_of_another_agency_or_none_is_not_found(desk, act):
    before = desk.paper
    with pytest.raises(NotFound):
        act(desk.triage, people.officer("scanning", agency=OTHER_AGENCY), desk.copy)
    for name in ("", "x", f"{desk.reference}.nothing", "MC-NEVER.x"):
        with pytest.raises(NotFound):
            act(desk.triage, people.SCANNER, name)
    assert desk.paper == before
    assert lines_of(people.CITIZEN.holder) == []


# --- rejected --------------------------------------------------------------------------------------------------------


def test_a_rejected_paper_counts_no_more_and_leaves_the_desk_with_its_reason(desk):
    assert unsettled(desk.components(desk.reference)) == [desk.component]
    paper = desk.triage.reject(people.SCANNER, desk.copy, "not_this_dossier", "của hồ sơ khác", "k")
    assert (paper.step, desk.paper.step, desk.waiting()) == ("rejected", "rejected", [])
    assert unsettled(desk.components(desk.reference)) == []
    said = desk.kept.digitisation
    assert (said.status, said.code, said.text_vi) == ("rejected", "not_this_dossier", REJECTIONS["not_this_dossier"][0])
    assert (desk.paper.rejection.note, desk.paper.rejection.by) == ("của hồ sơ khác", people.SCANNER.name)
    (told,) = desk.told(desk.reference, ComponentRejected)
    assert (told.component, told.reason_code) == (desk.component, "not_this_dossier")
    assert "khác" not in repr(desk.tables.events("Dossiers", desk.reference))
    assert desk.tables.types("Messages", desk.paper.pk) == ["copy.made", "component.rejected"]


def test_the_same_rejection_again_is_one_and_another_is_refused(desk):
    first = desk.triage.reject(people.SCANNER, desk.copy, "unreadable", "", "k")
    assert desk.triage.reject(people.SCANNER, desk.copy, "unreadable", "", "k").rejection == first.rejection
    for reason, key in (("duplicate", "k"), ("unreadable", "another")):
        with pytest.raises(ForbiddenStep):
            desk.triage.reject(people.SCANNER, desk.copy, reason, "", key)
    assert desk.types(desk.reference).count("component.rejected") == 1


def test_while_somebody_signs_it_a_paper_is_not_rejected(desk):
    from chalicelib.digitisation.desk import Desk as Signing
    from chalicelib.digitisation.store import Signers

    desk.tables.register("officers", people.SCANNER.subject)
    desk.tables.meanwhile(lambda: Signing(Table(), Signers(), desk.clock).sign_copy(people.SCANNER, desk.copy, "s"))
    with pytest.raises(ForbiddenStep):
        desk.triage.reject(people.SCANNER, desk.copy, "unreadable", "", "k")
    assert (desk.paper.step, desk.kept.digitisation.status) == ("signature_ordered", "waiting")


def test_a_secret_paper_is_gone_for_good_with_its_copy_when_a_second_person_says_so(desk):
    scan, copy, second = desk.paper.scan, desk.paper.copy, people.colleague(people.SCANNER, "officer-second")
    for _ in range(2):
        desk.triage.reject(people.SCANNER, desk.copy, "secret", "có dấu mật", "k")
    assert (scan.key, scan.version_id) in desk.files()
    assert (desk.paper.step, desk.waiting()) == ("copied", [desk.component]), "it waits on its desk"
    assert desk.told(desk.reference, ComponentRejected) == []
    for _ in range(2):  # sent again: what was left of it is removed
        desk.triage.reject(second, desk.copy, "secret", "", "k")
    assert (scan.key, scan.version_id) not in desk.files()
    assert (copy.key, copy.version_id) not in desk.files("messages")


def test_what_was_declined_begins_again_and_a_second_account_of_one_person_is_no_second(desk):
    triage, same = desk.triage, replace(people.SCANNER, subject="officer-other-account")
    triage.reject(people.SCANNER, desk.copy, "secret", "", "k")
    with pytest.raises(SecondForSecret):
        triage.reject(same, desk.copy, "secret", "", "s")
    assert triage.decline(people.SCANNER, desk.copy).secrecy is None
    second = people.colleague(people.SCANNER, "officer-second")
    assert triage.reject(second, desk.copy, "secret", "", "t").step == "copied", "it is proposed anew"
    assert desk.paper.secrecy.by == second.name
    assert desk.tables.types("Messages", desk.paper.pk)[1:] == [
        "component.secrecy_proposed",
        "component.secrecy_declined",
        "component.secrecy_proposed",
    ]


@pytest.mark.parametrize("reason", sorted(set(REJECTIONS) - {"secret"}))
def test_any_other_paper_stays_as_evidence(desk, reason):
    desk.triage.reject(people.SCANNER, desk.copy, reason, "", "k")
    assert (desk.paper.scan.key, desk.paper.scan.version_id) in desk.files()


def test_every_reason_may_be_given_and_has_a_sentence_in_both_languages():
    offered = RejectCopy.model_json_schema()["properties"]["reason"]["enum"]
    assert sorted(offered) == sorted(REJECTIONS)
    assert all(vi and en and vi != en for vi, en in REJECTIONS.values())


# --- sorted ----------------------------------------------------------------------------------------------------------


def test_an_officer_says_which_component_a_paper_is_and_how_it_is_read_follows(desk):
    assert desk.paper.reads_as == ""
    paper = desk.triage.sort(people.SCANNER, desk.copy, people.RESIDENCE)
    assert (paper.code, desk.paper.code, desk.kept.code) == (people.RESIDENCE,) * 3
    assert (desk.paper.reads_as, desk.paper.step, desk.waiting()) == ("xac_nhan_cu_tru", "copied", [desk.component])
    (told,) = desk.told(desk.reference, ComponentSorted)
    assert (told.code, told.former) == (people.RESIDENCE, "UNCLASSIFIED")
    desk.triage.sort(people.SCANNER, desk.copy, people.RESIDENCE)
    assert len(desk.told(desk.reference, ComponentSorted)) == 1


def test_a_paper_that_is_sorted_into_what_is_exempt_need_not_be_digitised(tables, picture):
    desk = Desk(tables, picture, exemption="photocopy")
    assert desk.kept.digitisation.status == "waiting"  # nobody knew yet what it is
    desk.triage.sort(people.SCANNER, desk.copy, people.RESIDENCE)
    assert (desk.paper.step, desk.waiting(), desk.kept.digitisation.status) == ("exempt", [], "exempt")


@pytest.mark.parametrize("code", ["", "nothing", people.PROCEDURE])
def test_what_is_no_component_of_the_procedure_is_refused_by_name(desk, code):
    with pytest.raises(BodyInvalid) as refused:
        desk.triage.sort(people.SCANNER, desk.copy, code)
    (field,) = refused.value.fields
    assert (field.pointer, field.rule) == ("/component", "unknown")
    assert people.RESIDENCE in field.message_vi


def test_nothing_is_sorted_into_what_is_secret(tables, picture):
    desk = Desk(tables, picture, exemption="secret")
    with pytest.raises(BodyInvalid) as refused:
        desk.triage.sort(people.SCANNER, desk.copy, people.RESIDENCE)
    assert refused.value.fields[0].rule == "secret"
    assert desk.kept.code == "UNCLASSIFIED"


def test_a_paper_that_is_being_signed_is_not_sorted(desk):
    desk.triage.reject(people.SCANNER, desk.copy, "unreadable", "", "k")
    with pytest.raises(ForbiddenStep):
        desk.triage.sort(people.SCANNER, desk.copy, people.RESIDENCE)
