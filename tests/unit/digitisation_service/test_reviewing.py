"""What was read is looked at by officers before it is used: order, two persons, who wins, what is kept of it."""

import io
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec import json, structs
from PIL import Image

from chalicelib.contracts.digitisation import (
    ComponentConverted,
    ComponentReceived,
    ComponentRejected,
    SignatureOrdered,
    StepInput,
)
from chalicelib.contracts.event import heard
from chalicelib.contracts.ledger import LineWritten, ValueReviewed
from chalicelib.contracts.messages import CopySigned, MessageConverted
from chalicelib.contracts.reviews import (
    FieldAnswer,
    FieldReviewed,
    ReviewClosed,
    ReviewOpened,
)
from chalicelib.contracts.stored import read
from chalicelib.digitisation.crops import MOST_BYTES, crops
from chalicelib.digitisation.desk import Desk
from chalicelib.digitisation.driving import DriverTable, Driving
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.model import Place
from chalicelib.digitisation.paper import FilePart, Reading
from chalicelib.digitisation.refusals import SecretProposed
from chalicelib.digitisation.reviews.model import (
    Answer,
    Decision,
    Looked,
    ReviewField,
    Value,
    decided,
    decided_together,
    in_order,
    is_personal,
    next_for,
)
from chalicelib.digitisation.reviews.opening import needs_two
from chalicelib.digitisation.reviews.refusals import NothingRead, ReviewTaken, SameReviewer
from chalicelib.digitisation.reviews.service import Reviewing
from chalicelib.digitisation.reviews.store import LookStore, ReviewTable
from chalicelib.digitisation.store import Files, Signers, Table
from chalicelib.digitisation.triage import Triage
from chalicelib.dossier.readings import read_papers
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, KeyReused, LostUpdate, NotFound, SecondUnknown
from tests.fakes import people
from tests.support.ledgers import lines_of
from tests.unit.digitisation_service.given import Hall, NoMachine, dropped, paper_steps

AT = "2026-11-27T00:00:00Z"


def field(name="ho_ten", **changes):
    """A field under review, nobody having said anything."""
    given = {"pk": "PAPER#MC-1#c", "sk": "FIELD#001", "name": name, "label": "Họ tên", "sure": 900, "reason": "x"}
    return ReviewField(**given | {"sealed": ""} | changes)


def said(officer, what="confirm"):
    return Decision(said=what, officer=officer, name=officer.upper(), at=AT, numbers=(f"number of {officer}",))


def saying(verb, typed="", name="ho_ten"):
    return Answer(name, verb, typed)


def looked(value="Lê An", **changes):
    return Looked(field(**changes), Value(value, value))


def name_of(read="Lê An"):
    """A personal name on a paper that is no certificate."""
    return replace(looked(read), personal=True)


# --- pure ------------------------------------------------------------------------------------------------------------


def test_the_least_sure_is_asked_first_and_those_alike_as_on_the_form():
    fields = [field(str(n), sk=f"FIELD#{n:03d}", sure=sure) for n, sure in enumerate((500, 0, 500, 20))]
    assert [each.name for each in in_order(fields)] == ["1", "3", "0", "2"]
    assert next_for("a", [structs.replace(fields[1], closed=True), *fields[2:]]).name == "3"


def test_one_person_closes_a_field():
    done = decided(looked(), saying("confirm"), said("a"))
    assert (done.field.closed, done.value.value) == (True, "Lê An")


def test_a_second_person_closes_it_by_saying_the_same_and_never_the_first_one_again():
    once = decided(looked(twice=True), saying("confirm"), said("a"))
    assert not once.field.closed
    assert (once.field.waits_for("a"), once.field.waits_for("b")) == (False, True)
    with pytest.raises(SameReviewer):
        decided(once, saying("confirm"), said("a"))
    assert decided(once, saying("confirm"), said("b")).field.closed


def test_who_has_no_number_is_no_second_person_and_nobody_is_second_to_them():
    once = decided(looked(twice=True), saying("confirm"), said("a"))
    unknown = structs.replace(said("b"), numbers=())
    with pytest.raises(SecondUnknown) as told:
        decided(once, saying("confirm"), unknown)
    assert told.value.facts["whose"] == "second"
    first = decided(looked(twice=True), saying("confirm"), unknown)
    with pytest.raises(SecondUnknown) as told:
        decided(first, saying("confirm"), said("a"))
    assert told.value.facts["whose"] == "first"
    known = Looked(first.field.with_listed({"b": {"number of b"}}.get), first.value)
    assert decided(known, saying("confirm"), said("a")).field.closed
    again = decided(first, saying("retype"), said("a", "retype"))
    assert not decided(again, saying("confirm"), said("a")).field.closed


def test_what_a_register_said_is_confirmed_by_anybody():
    register = structs.replace(said("register", "register"), numbers=())
    once = structs.replace(field(twice=True), decisions=(register,))
    assert decided(Looked(once, Value("Lê An", "Lê An")), saying("confirm"), said("a")).field.closed


def test_a_second_person_who_says_something_else_needs_somebody_who_agrees():
    once = decided(looked(twice=True), saying("confirm"), said("a"))
    differs = decided(once, saying("correct", "Lê Ân"), said("b", "correct"))
    assert (differs.field.closed, differs.value.value) == (False, "Lê Ân")
    with pytest.raises(SameReviewer):
        decided(differs, saying("confirm"), said("b"))
    assert decided(differs, saying("confirm"), said("a")).field.closed


@pytest.mark.parametrize("read", ["Lê An", ""], ids=["read", "not read"])
def test_a_name_that_is_typed_otherwise_than_it_was_read_takes_two_and_any_other_value_one(read):
    mine = saying("correct", "Lê Ân"), said("a", "correct")
    assert decided(looked(read), *mine).field.closed, "no name"
    once = decided(name_of(read), *mine)
    assert (once.field.closed, once.field.by_two, once.value.value) == (False, True, "Lê Ân")
    with pytest.raises(SameReviewer):
        decided(once, saying("confirm"), said("a"))
    done = decided(once, saying("confirm"), said("b"))
    assert (done.field.closed, done.field.by_two) == (True, True)
    begun = decided(done, saying("retype"), said("b", "retype"))
    assert (begun.field.closed, begun.field.by_two, begun.value.value) == (False, False, read)
    assert not decided(begun, *mine).field.closed, "and once more"


def test_a_name_is_confirmed_by_one_as_it_was_read_and_one_says_that_nobody_can_read_it():
    for answer in (saying("confirm"), saying("correct", "Lê  An"), saying("cannot_read")):
        done = decided(name_of(), answer, said("a", answer.verb))
        assert (done.field.closed, done.field.by_two) == (True, False)


def test_who_disagrees_with_a_correction_closes_nothing_alone():
    once = decided(name_of(), saying("correct", "Lê Ân"), said("a", "correct"))
    for answer in (saying("correct", "Lê An"), saying("cannot_read"), saying("correct", "Lê Ấn")):
        other = decided(once, answer, said("b", answer.verb))
        assert not other.field.closed
        assert decided(other, saying("cannot_read"), said("a", "cannot_read")).field.closed is (
            answer.verb == "cannot_read"
        )


@pytest.mark.parametrize(
    ("name", "two"),
    [("ho_ten", True), ("ho_ten_chu_ho", True), ("so_dinh_danh_chu_ho", True), ("so_giay_to", True),
     ("nguoi_do_de", True), ("nguoi_yeu_cau", True), ("so", False),
     ("ngay_sinh", False), ("noi_thuong_tru", False)],
)  # fmt: skip
def test_names_and_numbers_of_persons_are_corrected_by_two_on_any_paper(name, two):
    assert is_personal(name, date(2026, 11, 27)) is two


def test_what_two_cannot_read_is_closed_empty():
    once = decided(looked(twice=True), saying("cannot_read"), said("a", "cannot_read"))
    done = decided(once, saying("cannot_read"), said("b", "cannot_read"))
    assert (done.field.closed, done.value.value) == (True, "")


def test_what_is_closed_is_asked_again_only_when_it_is_begun_again():
    done = decided(looked(), saying("correct", "Lê Ân"), said("a", "correct"))
    with pytest.raises(SameReviewer):
        decided(done, saying("confirm"), said("b"))
    again = decided(done, saying("retype"), said("b", "retype"))
    assert (again.field.closed, again.value.value, again.field.standing) == (False, "Lê An", ())
    assert again.field.waits_for("a")


def test_nothing_cannot_be_confirmed():
    with pytest.raises(NothingRead):
        decided(looked(""), saying("confirm"), said("a"))


def test_what_is_typed_is_composed_and_has_the_form_of_the_field():
    typed = unicodedata.normalize("NFD", "  Lê   Ân ")
    assert decided(looked(), saying("correct", typed), said("a", "correct")).value.value == "Lê Ân"
    for wrong in ("12", "", "1" * 501):
        with pytest.raises(BodyInvalid) as refused:
            decided(looked(pattern=r"\d{4,}" if wrong != "" else ""), saying("correct", wrong), said("a", "correct"))
        assert [(each.pointer, each.rule) for each in refused.value.fields] == [("/value", "pattern")]


def test_fields_that_are_answered_together_keep_each_its_own_rules():
    fields = [looked(), looked(name="ho_ten_me", twice=True), looked("1", name="so", pattern=r"\d+")]
    answers = [saying("confirm"), saying("confirm", name="ho_ten_me"), saying("correct", "22", "so")]
    after = {each.field.name: each for each in decided_together(fields, answers, said("a"))}
    assert {name: each.field.closed for name, each in after.items()} == {"ho_ten": True, "ho_ten_me": False, "so": True}
    assert {name: each.field.last.said for name, each in after.items()} == {
        "ho_ten": "confirm",
        "ho_ten_me": "confirm",
        "so": "correct",
    }
    assert after["so"].value == Value("22", "1")


def test_of_fields_that_are_answered_together_every_wrong_one_is_named_and_none_is_changed():
    mine = decided(looked(name="ho_ten_me", twice=True), saying("confirm"), said("a"))
    fields = [looked(), mine, looked("", name="ngay"), looked("1", name="so", pattern=r"\d+")]
    answers = [
        saying("confirm"),
        saying("confirm", name="ho_ten_me"),
        saying("confirm", name="ngay"),
        saying("correct", "?", "so"),
        saying("confirm", name="nothing"),
        saying("confirm"),
    ]
    with pytest.raises(BodyInvalid) as refused:
        decided_together(fields, answers, said("a"))
    assert [(each.pointer, each.rule) for each in refused.value.fields] == [
        ("/answers/1/verb", "same_reviewer"),
        ("/answers/2/verb", "nothing_read"),
        ("/answers/3/value", "pattern"),
        ("/answers/4/field", "unknown"),
        ("/answers/5/field", "twice"),
    ]


@pytest.mark.parametrize(
    ("kind", "name", "two"),
    [
        ("giay_khai_sinh", "ho_ten_me", True),
        ("giay_khai_sinh", "so_dinh_danh", True),
        ("trich_luc_khai_tu", "nguoi_yeu_cau", True),
        ("giay_khai_sinh", "ngay_sinh", False),
        ("xac_nhan_cu_tru", "ho_ten", False),
    ],
)
def test_two_persons_look_at_names_and_numbers_of_certificates(kind, name, two):
    assert needs_two(kind, name, date(2026, 11, 27)) is two


def test_a_crop_is_upright_and_small():
    page = Image.effect_noise((1654, 2338), 120)  # nothing is harder to make small
    out = io.BytesIO()
    page.save(out, "JPEG", quality=90)
    whole, part = crops(out.getvalue(), [Place(angle=91.0), Place(angle=91.0, box=(300, 700, 900, 740))])
    assert max(len(whole), len(part)) <= MOST_BYTES
    sizes = [Image.open(io.BytesIO(each)).size for each in (whole, part)]
    assert sizes[0][0] > sizes[0][1], "a page that lies on its side is shown upright"
    assert sizes[1][0] > 5 * sizes[1][1]


# --- over the real stores ---------------------------------------------------------------------------------------------


class KnowsAll:
    """A register that confirms whatever it is asked."""

    def confirms(self, reference, kind, field):
        """It does."""
        del reference, kind, field
        return "CSDLQGvDC"


class Reviewed(Hall):
    """A hall with a residence confirmation on which nothing was found: every field waits."""

    def __init__(self, tables, registers=None):
        super().__init__(tables)
        self.machine = NoMachine()
        self.steps = paper_steps(self.clock, registers=registers, machine=self.machine)
        self.reviewing = Reviewing(ReviewTable(), LookStore(), self.clock)
        self.driving = Driving(DriverTable(), self.machine)
        tables.register("officers", people.SCANNER.subject)

    def read(self, picture, name="KQ003785 cu tru.jpg"):
        self.reference = self.open()
        self.arrive(dropped(self.reference, name), picture)
        self.component = self.told(self.reference, ComponentReceived)[-1].id
        self.steps.make_copy(self.told(self.reference, ComponentReceived)[-1])
        self.name = f"{self.reference}.{self.component}"
        Desk(Table(), Signers(), self.clock).sign_copy(people.SCANNER, self.name, "k")
        self.signed = self._signed()
        self.steps.read_copy(self.signed)
        return self

    def _signed(self, kind=CopySigned):
        order = heard(SignatureOrdered, self.log(SignatureOrdered)[-1])
        return kind(
            code=order.order,
            message=order.order,
            key=order.target,
            version_id="s1",
            sha256="ef" * 32,
            size=1,
            title=order.title,
            kind=order.kind,
            agency=order.agency,
            agency_name="Xã",
            holder=order.holder,
            procedure=order.procedure,
            reference=order.reference,
            component=order.component,
            signed_at=stamp(self.clock()),
            unsigned_sha256=order.source.sha256,
        )

    def convert(self):
        """The data message is made and signed."""
        self.steps.convert_reviewed(heard(ReviewClosed, self.log(ReviewClosed)[-1]))
        self.steps.settle_component(self._signed(MessageConverted))

    @property
    def pk(self):
        return paper_key(self.reference, self.component)

    @property
    def paper(self):
        return Table().paper(self.reference, self.component)

    def log(self, kind):
        return [row["data"] for row in self.tables.events("Messages", self.pk) if row["type"] == kind.type]

    def reading(self):
        return read(Reading, json.decode(Files().made(self.paper.reading)))

    def answer(self, who, name, verb="cannot_read", typed="", key=None, version=None):
        at = self.paper.version if version is None else version
        key = key or f"{who.subject} {name} {verb}"
        return self.reviewing.decide(who, self.name, Answer(name, verb, typed), at, key)

    def together(self, who, *answers, key="together", version=None):
        at = self.paper.version if version is None else version
        return self.reviewing.decide_together(who, self.name, answers, at, key)

    def answer_all(self, who):
        seen = self.reviewing.look(who, self.name)
        while seen.following:
            seen = self.answer(who, seen.following.looked.field.name)
        return seen

    def answer_by_two(self, name, typed):
        """One officer types a name and answers the rest, a colleague says the same of the name."""
        self.answer(people.SCANNER, name, "correct", typed)
        self.answer_all(people.SCANNER)
        return self.answer(colleague(), name, "confirm")


def colleague():
    """Another officer of the same desk."""

    return people.colleague(people.SCANNER, "officer-other", name="Lý Thanh Oanh")


@pytest.fixture
def hall(tables, picture):
    return Reviewed(tables).read(picture)


def test_a_paper_of_which_values_are_not_sure_waits_on_its_agencys_list_and_not_for_a_signature(hall):
    assert (hall.paper.step, hall.paper.left) == ("in_review", 14)
    assert [each["fields"] for each in hall.log(ReviewOpened)] == [14]
    assert len(hall.log(SignatureOrdered)) == 1, "the officer's own; the agency's comes after the review"
    (listed,), following = hall.reviewing.waiting(people.SCANNER, "")
    assert (listed.component, following) == (hall.component, None)
    hall.steps.read_copy(hall.signed)  # a second delivery
    assert len(hall.log(ReviewOpened)) == 1


def test_when_the_last_value_is_closed_the_data_message_is_made_with_what_was_said(hall):
    seen = hall.answer_by_two("ho_ten", "Nguyễn Văn Bình")
    assert (seen.paper.step, seen.paper.left, hall.paper.claim) == ("reviewed", 0, None)
    assert hall.reviewing.waiting(people.SCANNER, "")[0] == []
    closed = heard(ReviewClosed, hall.log(ReviewClosed)[-1])
    hall.steps.convert_reviewed(closed)
    hall.steps.convert_reviewed(closed)  # a second delivery
    assert hall.paper.step == "stored"
    assert len(hall.log(SignatureOrdered)) == 2
    kept = hall.reading()
    assert {f.name: f.value for f in kept.fields}["ho_ten"] == "Nguyễn Văn Bình"
    assert not any(f.needs_review for f in kept.fields)
    by_two = (people.SCANNER.name, colleague().name)
    assert {(r.field, r.verb, r.by) for r in kept.reviewed} >= {("ho_ten", "confirm", by_two)}
    assert (len(kept.reviewed), hall.paper.reviewed) == (14, ()), "HEAD, which is written again and again, has them not"
    assert all(r.read == "" for r in kept.reviewed)
    hall.steps.settle_component(hall._signed(MessageConverted))
    assert (hall.paper.step, heard(ComponentConverted, hall.log(ComponentConverted)[-1]).reviewed) == (
        "converted",
        None,
    )
    looked = folder_of(hall.reference).component(hall.reference, hall.component).digitisation.reviewed
    assert [(r.field, r.verb, r.by) for r in looked] == [(r.field, r.verb, r.by) for r in kept.reviewed]


def test_no_event_and_no_item_has_a_value_in_clear(hall):
    hall.answer(people.SCANNER, "ho_ten", "correct", "Nguyễn Văn Bình")
    for table in ("Messages", "Ledgers", "Dossiers"):
        assert "Văn Bình" not in str(hall.tables.everything(table))
    told = heard(FieldReviewed, hall.log(FieldReviewed)[-1])
    assert told.said == (FieldAnswer(field="ho_ten", verb="correct", closed=False),)
    line = lines_of(people.CITIZEN.holder)[-1].said
    assert (line.looked_at, line.route) == ((ValueReviewed(field="ho_ten", verb="correct"),), "reviews")


def test_of_two_officers_one_wins_and_the_other_is_told(hall):
    before = hall.paper.version
    hall.answer(people.SCANNER, "ho_ten")
    with pytest.raises(ReviewTaken) as taken:
        hall.answer(colleague(), "ngay_sinh")
    assert taken.value.facts["claimed_by"] == people.SCANNER.name
    with pytest.raises(LostUpdate):
        hall.answer(people.SCANNER, "ngay_sinh", version=before)
    hall.reviewing.release(people.SCANNER, hall.name)
    assert hall.answer(colleague(), "ngay_sinh").paper.claim.name == "Lý Thanh Oanh"


def test_a_claim_ends_half_an_hour_after_the_last_answer(hall):
    hall.reviewing.claim(people.SCANNER, hall.name)
    for act in (hall.reviewing.claim, hall.reviewing.release):
        with pytest.raises(ReviewTaken):
            act(colleague(), hall.name)
    hall.clock.now += timedelta(minutes=31)
    assert hall.reviewing.claim(colleague(), hall.name).paper.claim.name == "Lý Thanh Oanh"
    assert hall.reviewing.claim(colleague(), hall.name).paper.version == hall.paper.version
    hall.reviewing.release(colleague(), hall.name)
    assert hall.reviewing.release(colleague(), hall.name).paper.claim is None


def test_the_same_request_again_is_told_the_same_and_with_another_body_refused(hall):
    version = hall.paper.version
    first = hall.answer(people.SCANNER, "ho_ten", key="k1")
    again = hall.answer(people.SCANNER, "ho_ten", key="k1", version=version)
    assert (again.paper.left, len(hall.log(FieldReviewed))) == (first.paper.left, 1)
    with pytest.raises(KeyReused):
        hall.answer(people.SCANNER, "ngay_sinh", key="k1")


def test_what_is_answered_together_is_one_write_with_one_event_and_one_line(hall):
    before, lines = hall.paper, len(lines_of(people.CITIZEN.holder))
    seen = hall.together(people.SCANNER, saying("correct", "Lê Ân"), saying("cannot_read", name="ngay_sinh"))
    assert (seen.paper.left, hall.paper.left, hall.paper.version) == (13, 13, before.version + 1)
    assert hall.paper.seq == before.seq + 1
    (told,) = hall.log(FieldReviewed)
    assert heard(FieldReviewed, told).said == (
        FieldAnswer(field="ho_ten", verb="correct", closed=False),
        FieldAnswer(field="ngay_sinh", verb="cannot_read", closed=True),
    )
    (line,) = lines_of(people.CITIZEN.holder)[lines:]
    assert [(each.field, each.verb) for each in line.said.looked_at] == [
        ("ho_ten", "correct"),
        ("ngay_sinh", "cannot_read"),
    ]
    values = {each.looked.field.name: each.looked.value.value for each in seen.fields}
    assert (values["ho_ten"], values["ngay_sinh"]) == ("Lê Ân", "")
    assert seen.paper.claim.name == people.SCANNER.name


def test_a_whole_paper_is_answered_in_one_request_and_goes_on(hall):
    names = [each.looked.field.name for each in hall.reviewing.look(people.SCANNER, hall.name).fields]
    seen = hall.together(people.SCANNER, *(saying("cannot_read", name=name) for name in names))
    assert (seen.paper.step, seen.following, hall.paper.step, hall.paper.claim) == ("reviewed", None, "reviewed", None)
    hall.steps.convert_reviewed(heard(ReviewClosed, hall.log(ReviewClosed)[-1]))
    assert {(r.field, r.by) for r in hall.reading().reviewed} == {(name, (people.SCANNER.name,)) for name in names}


def test_one_wrong_answer_of_several_keeps_none(hall):
    before = hall.paper
    with pytest.raises(BodyInvalid):
        hall.together(people.SCANNER, saying("cannot_read"), saying("confirm", name="ngay_sinh"))
    assert (hall.paper, hall.log(FieldReviewed)) == (before, [])
    assert not any(each.looked.field.closed for each in hall.reviewing.look(people.SCANNER, hall.name).fields)


def test_what_is_answered_together_is_told_the_same_again_and_refused_with_another_body(hall):
    version, answers = hall.paper.version, (saying("cannot_read"), saying("cannot_read", name="ngay_sinh"))
    hall.together(people.SCANNER, *answers)
    assert hall.together(people.SCANNER, *answers, version=version).paper.left == 12
    assert len(hall.log(FieldReviewed)) == 1
    for other in (answers[:1], answers[::-1], (*answers, saying("cannot_read", name="noi_sinh"))):
        with pytest.raises(KeyReused):
            hall.together(people.SCANNER, *other)
    with pytest.raises(KeyReused):
        hall.answer(people.SCANNER, "ho_ten", key="together")


def test_of_two_officers_who_answer_together_one_wins_and_the_other_is_told(hall):
    before = hall.paper.version
    hall.together(people.SCANNER, saying("cannot_read"))
    with pytest.raises(ReviewTaken):
        hall.together(colleague(), saying("cannot_read", name="ngay_sinh"))
    with pytest.raises(LostUpdate):
        hall.together(people.SCANNER, saying("cannot_read", name="ngay_sinh"), version=before, key="k2")
    with pytest.raises(NotFound):
        hall.reviewing.decide_together(people.SCANNER, "MC-1.x", [saying("cannot_read")], before, "k3")


def test_every_field_comes_with_its_picture_when_that_is_asked(hall):
    seen = hall.reviewing.look(people.SCANNER, hall.name, with_crops=True)
    assert all(0 < len(each.crop) <= MOST_BYTES for each in seen.fields)
    assert seen.following in seen.fields
    plain = hall.reviewing.look(people.SCANNER, hall.name)
    assert {each.crop for each in plain.fields} == {b""}
    assert plain.following.crop


def test_an_event_of_the_release_that_took_one_field_at_a_time_is_heard():
    given = {"reference": "MC-1", "component": "c", "agency": "A", "officer": "o"}
    old = given | {"field": "ho_ten", "verb": "confirm", "closed": False}
    assert heard(FieldReviewed, old).said == (FieldAnswer(field="ho_ten", verb="confirm", closed=False),)
    both = given | {"answers": [{"field": "ho_ten", "verb": "confirm", "closed": True}]}
    assert heard(FieldReviewed, both).said == (FieldAnswer(field="ho_ten", verb="confirm", closed=True),)


def test_a_line_of_the_release_that_took_one_value_at_a_time_is_read():
    given = {"act": "read", "document": "c", "by": "A", "basis": "b", "reference": "MC-1", "sha256": "0"}
    value = {"field": "ho_ten", "verb": "confirm"}
    assert heard(LineWritten, given | {"reviewed": value}).looked_at == (ValueReviewed(**value),)
    assert heard(LineWritten, given | {"values": [value]}).looked_at == (ValueReviewed(**value),)
    assert heard(LineWritten, given).looked_at == ()


def test_what_is_not_there_or_not_mine_is_not_found(hall):
    from copy import replace

    stranger = replace(people.SCANNER, agency="H99")
    for act in (
        lambda: hall.reviewing.look(stranger, hall.name),
        lambda: hall.reviewing.look(people.SCANNER, "MC-1.x"),
        lambda: hall.reviewing.field(people.SCANNER, hall.name, "nothing"),
        lambda: hall.answer(people.SCANNER, "nothing"),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_field_has_a_small_picture(hall):
    _, shown = hall.reviewing.field(people.SCANNER, hall.name, "ho_ten")
    assert 0 < len(shown.crop) <= MOST_BYTES
    assert lines_of(people.CITIZEN.holder)[-1].said.route == "reviews"
    assert [name for name, _ in hall.files("messages") if "/crops/" in name] == [
        f"papers/{hall.reference}/{hall.component}/crops/all"
    ]
    for each in hall.reviewing.look(people.SCANNER, hall.name, with_crops=True).fields:
        assert Image.open(io.BytesIO(each.crop)).format == "JPEG"
        assert each.crop.endswith(b"\xff\xd9"), "each is whole, and no more than itself"


def test_a_picture_that_was_kept_in_a_file_of_its_own_is_shown(hall):
    """As earlier days of this release kept it."""
    (name,) = [name for name, _ in hall.files("messages") if name.endswith("crops/all")]
    kept = Files().keep(name.replace("all", "001.jpg"), b"a picture", "image/jpeg")
    field = next(each for each in ReviewTable().fields(hall.paper) if each.crop)
    old = structs.replace(field, crop=FilePart(key=kept.key, version_id=kept.version_id))
    assert LookStore().crop(old) == b"a picture"


def test_a_paper_under_review_can_be_rejected_and_is_reviewed_no_more(hall):
    crop = next(name for name, _ in hall.files("messages") if name.endswith("crops/all"))
    hall.tables.upload("MESSAGES", crop, b"a second delivery made it again")
    others = {"papers/x/c1/copy.pdf", f"papers/{hall.reference}/{hall.component}0/copy.pdf"}
    for other in others:
        hall.tables.upload("MESSAGES", other, b"of another paper")
    triage, second = (
        Triage(Table(), Files(), hall.clock, folder_of),
        people.colleague(people.SCANNER, "officer-second"),
    )
    triage.reject(people.SCANNER, hall.name, "secret", "", "r")
    with pytest.raises(SecretProposed):
        hall.answer(people.SCANNER, "ho_ten")
    triage.reject(second, hall.name, "secret", "", "r")
    assert hall.paper.step == "rejected"
    assert hall.reviewing.waiting(people.SCANNER, "")[0] == []
    with pytest.raises(ForbiddenStep):
        hall.reviewing.look(people.SCANNER, hall.name)
    with pytest.raises(ForbiddenStep):
        hall.answer(people.SCANNER, "ho_ten")
    under = f"papers/{hall.reference}/{hall.component}/"
    left = [name for name, _ in hall.files("messages") if name.startswith(under)]
    assert left == [], "a secret paper is gone in every version, with what was read of it and its small pictures"
    assert {row["sealed"] for row in hall.tables.partition("Messages", hall.pk, "FIELD#")} == {""}, "its values too"
    assert others <= {name for name, _ in hall.files("messages")}
    assert ComponentRejected.type in {row["type"] for row in hall.tables.events("Messages", hall.pk)}


def test_the_component_keeps_sealed_what_forms_ask_of_its_paper_and_who_looked(tables, picture):
    hall = Reviewed(tables).read(picture, "KQ004389 giay chung sinh.jpg")
    hall.answer(people.SCANNER, "noi_sinh", "correct", "Bệnh viện Hùng Vương")
    hall.answer(people.SCANNER, "can_nang", "correct", "3200 gam")
    hall.answer_all(people.SCANNER)
    assert hall.paper.read_values is None
    hall.convert()
    (kept,) = hall.components(hall.reference)
    (paper,) = read_papers(hall.reference, [kept])
    assert [(each.field, each.value) for each in paper.said] == [("noi_sinh", "Bệnh viện Hùng Vương")]
    assert paper.confirmed("noi_sinh").by == (people.SCANNER.name,)
    assert (hall.paper.step, hall.paper.read_values) == ("converted", None)
    assert "Hùng Vương" not in str(tables.everything("Dossiers")) + str(tables.everything("Messages"))


def test_a_paper_that_does_not_say_whose_it_is_leaves_nothing_with_its_component(hall):
    hall.answer_by_two("ho_ten", "Nguyễn Văn Bình")
    hall.convert()
    (kept,) = hall.components(hall.reference)
    assert (kept.digitisation.status, kept.read_values) == ("converted", None)


def test_what_a_register_confirms_nobody_is_asked(tables, picture):
    hall = Reviewed(tables, KnowsAll()).read(picture)
    assert (hall.paper.step, hall.log(ReviewOpened)) == ("stored", [])
    assert {(r.verb, r.by) for r in hall.reading().reviewed} == {("register", ("CSDLQGvDC",))}


# --- the machine ------------------------------------------------------------------------------------------------------


def begins(hall, step, token):
    hall.driving.wait(
        StepInput(token=token, execution="e", reference=hall.reference, component=hall.component, step=step)
    )


def test_one_execution_is_started_for_a_paper_and_none_for_what_is_exempt(hall):
    hall.steps.make_copy(hall.told(hall.reference, ComponentReceived)[-1])  # a second delivery
    ((name, given),) = hall.machine.started
    assert name == hall.name
    assert (given.reference, given.component) == (hall.reference, hall.component)


def test_a_state_waits_until_its_step_is_over(hall):
    begins(hall, "read", "t2")
    hall.driving.report(hall.reference, hall.component)
    assert hall.machine.told == []
    hall.answer_all(people.SCANNER)
    hall.driving.report(hall.reference, hall.component)
    hall.driving.report(hall.reference, hall.component)  # a second delivery: a used token does no harm
    assert hall.machine.told == ["t2", "t2"]
    begins(hall, "convert", "t3")
    assert "t3" not in hall.machine.told


def test_a_machine_that_comes_late_is_told_at_once(hall):
    begins(hall, "copy", "t1")
    assert hall.machine.told == ["t1"]


def test_a_signed_copy_is_told_before_it_is_read(tables, picture):
    hall = Reviewed(tables)
    hall.reference = hall.open()
    hall.arrive(dropped(hall.reference), picture)
    received = hall.told(hall.reference, ComponentReceived)[-1]
    hall.component = received.id
    hall.steps.make_copy(received)
    begins(hall, "copy", "t1")
    assert hall.machine.told == []
    hall.driving.report(hall.reference, hall.component, signed=True)
    assert hall.machine.told == ["t1"]


def test_a_rejected_paper_ends_whatever_waits(hall):
    begins(hall, "convert", "t3")
    Triage(Table(), Files(), hall.clock, folder_of).reject(people.SCANNER, hall.name, "unreadable", "", "r")
    hall.driving.report(hall.reference, hall.component)
    assert hall.machine.told == ["t3"]


def test_nobody_waits_for_a_paper_of_an_earlier_release(hall):
    hall.driving.report(hall.reference, hall.component)
    hall.driving.report("MC-none", "x")
    assert hall.machine.told == []
