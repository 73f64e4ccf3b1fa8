"""Papers of former years: a line of an index sheet, its file, its data message; nothing twice, nothing lost."""

from hashlib import sha256
from typing import Final

import pytest
from msgspec import structs

from chalicelib.contracts.archives import ArchivedConverted, ArchivedRefused, ArchiveOpened
from chalicelib.contracts.digitisation import (
    ComponentReceived,
    ComponentRejected,
)
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import CopySigned, MessageConverted
from chalicelib.contracts.reviews import (
    ReviewClosed,
)
from chalicelib.digitisation.archives.kinds import kinds
from chalicelib.digitisation.archives.model import archived_key, masked
from chalicelib.digitisation.archives.service import PAGE, Keeping
from chalicelib.digitisation.archives.sheet import SheetLine
from chalicelib.digitisation.archives.store import ArchiveTable
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.labels import kinds as known_kinds
from chalicelib.digitisation.paper import NUMBER
from chalicelib.digitisation.paper import OWNER as OWNER_FIELD
from chalicelib.digitisation.reasons import not_archivable
from chalicelib.digitisation.rejections import REJECTIONS
from chalicelib.digitisation.reviews.model import Answer
from chalicelib.digitisation.reviews.refusals import OwnPaper, SameReviewer
from chalicelib.digitisation.reviews.service import Reviewing
from chalicelib.digitisation.reviews.store import LookStore, ReviewTable
from chalicelib.digitisation.store import Files, Table
from chalicelib.digitisation.triage import Triage
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.paging import offset_cursor
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, NotFound
from tests.fakes import people
from tests.support.hostile_set import good
from tests.support.index_sheet import sheet
from tests.support.signed import signed
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, paper_steps

OWNER = "079198000127"
OTHERS = Principal(subject="o-9", kind="OFFICER", name="Lý Oanh", agency=OTHER_AGENCY, roles=frozenset({"scanning"}))
WHO = people.SCANNER
SECOND = people.colleague(WHO, "officer-oanh", name="Lý Thanh Oanh")


class Shelf(Hall):
    """An agency's archive."""

    def __init__(self, tables):
        super().__init__(tables)
        self.keeping = Keeping(ArchiveTable(), self.clock, tuple(kinds()))

    def begin(self, *rows, who=WHO, days=30):
        """An archive with these lines."""
        rows = rows or ({"owner_number": OWNER}, {"number": "2", "file": "0002.pdf"})
        return self.keeping.open(who, "Khai sinh 1998", sheet(*rows), days)

    def put(self, archive, body, file="0001.pdf", agency=AGENCY):
        """A file arrives for an archive."""
        return self.arrive(f"drops/{agency}/archives/{archive}/{file}", body)

    def standing(self, archive, line=2):
        page = self.keeping.look(WHO, archive.reference, None, "").page
        return next(each for each in page if each.line.line == line)

    def record(self, archive, line=2):
        return ArchiveTable().archived(f"{archive.reference}-{line:05d}")

    def log(self, archive, kind, line=2):
        rows = self.tables.events("Messages", archived_key(f"{archive.reference}-{line:05d}"))
        return [heard(kind, row["data"]) for row in rows if row["type"] == kind.type]

    def copied(self, archive, line=2):
        """The paper of a line, once its copy was made."""
        *_, received = self.log(archive, ComponentReceived, line)
        paper_steps(self.clock, lambda: "https://x").make_copy(received)
        return self.standing(archive, line).paper

    def signed(self, paper):
        """The event of the officer's signature on a copy."""
        return CopySigned(**of_paper(paper, "COPY", "copy"))


def of_paper(paper, code, kind, **more):
    return {
        "code": code, "message": code, "kind": kind, "title": "T", "key": paper.file(f"{kind}.pdf"), "version_id": "v",
        "sha256": "b" * 64, "size": 7, "agency": AGENCY, "agency_name": "Ủy ban nhân dân xã", "holder": paper.holder,
        "procedure": paper.procedure, "reference": paper.reference, "component": paper.component,
        "signed_at": "2026-11-25T02:00:00.000+00:00", "unsigned_sha256": "c" * 64, **more,
    }  # fmt: skip


@pytest.fixture
def shelf(tables):
    return Shelf(tables)


def test_a_sheet_is_taken_whole_and_once(shelf):
    archive = shelf.begin()
    assert (archive.lines, archive.agency, archive.name) == (2, AGENCY, "Khai sinh 1998")
    shelf.clock.advance(hours=1)
    assert shelf.begin().opened_at == archive.opened_at, "the same sheet is the same archive"
    rows = shelf.tables.events("Messages", archive.pk)
    assert [heard(ArchiveOpened, row["data"]).lines for row in rows] == [2]
    assert [each.reference for each in shelf.keeping.listed(WHO, "")[0]] == [archive.reference]
    assert shelf.begin(who=OTHERS).reference != archive.reference, "the same sheet of another agency is another archive"


def test_a_sheet_with_faults_leaves_nothing(shelf):
    with pytest.raises(BodyInvalid) as refused:
        shelf.begin({"issued_on": "x"}, {"number": "", "file": "2.pdf"}, {"number": "3", "file": "3.pdf"})
    told = refused.value.fields
    assert [(each.pointer, each.rule) for each in told] == [
        ("/index/2/issued_on", "date"), ("/index/3/number", "missing"),
    ]  # fmt: skip
    assert told[0].message_vi.startswith("dòng 2, cột issued_on: ")
    assert (shelf.keeping.listed(WHO, "")[0], shelf.files("messages")) == ([], [])


def test_two_who_send_the_same_sheet_at_once_open_one_archive(shelf):
    archive = shelf.begin()
    blind = type("Blind", (ArchiveTable,), {"archive": None})()
    seen = iter([None, archive])
    blind.archive = lambda _: next(seen)
    text = sheet({"owner_number": OWNER}, {"number": "2", "file": "0002.pdf"})
    assert Keeping(blind, shelf.clock, kinds()).open(WHO, "x", text, 30) == archive


def test_nobody_of_another_agency_sees_an_archive(shelf):
    archive = shelf.begin()
    assert shelf.keeping.listed(OTHERS, "")[0] == []
    for name in (archive.reference, "LT-0000000000000000"):
        with pytest.raises(NotFound):
            shelf.keeping.look(OTHERS, name, None, "")
        with pytest.raises(NotFound):
            shelf.keeping.require_named(OTHERS, name, "0001.pdf")
    found, line = shelf.keeping.require_named(WHO, archive.reference, "0001.pdf")
    assert (found.reference, line.file) == (archive.reference, "0001.pdf")
    with pytest.raises(BodyInvalid) as refused:
        shelf.keeping.require_named(WHO, archive.reference, "other.pdf")
    assert [each.pointer for each in refused.value.fields] == ["/filename"]


def test_a_file_becomes_the_paper_of_its_line(shelf):
    archive = shelf.begin()
    assert shelf.standing(archive).state == "waiting"
    version = shelf.put(archive.reference, good(1))
    (received,) = shelf.log(archive, ComponentReceived)
    assert (received.reference, received.agency) == (f"{archive.reference}-00002", AGENCY)
    assert (received.holder, received.digitisation.status) == (holder_of("CITIZEN", OWNER), "waiting")
    (drop,) = shelf.drops("taken")
    assert (drop.reference, drop.component) == (received.reference, received.id)
    assert (shelf.standing(archive).state, shelf.standing(archive, 3).state) == ("taken", "waiting")

    before = shelf.record(archive)
    shelf.intake.take_in(drop.key, version)  # delivered twice
    assert shelf.record(archive) == before
    assert shelf.copied(archive).step == "copied"
    assert shelf.standing(archive).state == "copied"


def test_a_delivery_that_came_at_once_with_another_changes_nothing(shelf):
    archive = shelf.begin()
    version = shelf.put(archive.reference, good(1))
    (drop,), before = shelf.drops("taken"), shelf.record(archive)
    blind = shelf.intake.drops
    shelf.intake = type(shelf.intake)(
        type("Blind", (type(blind),), {"drop": lambda *_: None})(), *list(vars(shelf.intake).values())[1:]
    )
    shelf.intake.take_in(drop.key, version)
    assert shelf.record(archive) == before
    assert shelf.drops("taken") == [drop]


def test_what_nobody_can_place_stands_on_the_list_of_refused_drops(shelf):
    archive = shelf.begin()
    shelf.put(archive.reference, good(1), "other.pdf")
    shelf.put("LT-0000000000000000", good(1))
    shelf.arrive(f"drops/{AGENCY}/archives/0001.pdf", good(1))
    shelf.put(archive.reference, good(1), "deep/0001.pdf")
    assert [drop.reason_code for drop in shelf.refused()] == ["no_line"] * 4
    shelf.put(archive.reference, good(1), agency=OTHER_AGENCY)
    assert [drop.reason_code for drop in shelf.refused(OTHER_AGENCY)] == ["no_line"], "an archive of another agency"
    assert shelf.record(archive) is None


@pytest.mark.parametrize(
    ("body", "rows", "code"),
    [
        (b"\xff\xd8\xff and no more", {}, "truncated"),
        (good(1), {"sha256": "a" * 64}, "other_file"),
        (None, {}, "signed_electronically"),
    ],
    ids=["broken", "another hash", "signed"],
)
def test_a_file_that_is_refused_leaves_its_line_open_for_another(shelf, body, rows, code):
    archive = shelf.begin(rows)
    shelf.put(archive.reference, signed() if body is None else body)
    seen, (drop,) = shelf.standing(archive), shelf.refused()
    assert (seen.state, seen.record.reason_code, drop.reason_code) == ("refused", code, code)
    assert seen.record.reason("vi") == drop.reason_vi != seen.record.reason("en")
    assert [told.reason_code for told in shelf.log(archive, ArchivedRefused)] == [code]
    if not rows:
        shelf.put(archive.reference, good(2))
        after = shelf.standing(archive)
        assert (after.state, after.record.reason_code) == ("taken", None)


def test_a_file_with_the_hash_that_the_sheet_names_is_its_paper(shelf):
    archive = shelf.begin({"sha256": sha256(good(1)).hexdigest()})
    shelf.put(archive.reference, good(1))
    assert (shelf.record(archive).state, shelf.refused()) == ("taken", [])


def test_a_line_whose_file_was_refused_hears_of_the_next_bad_one_too(shelf):
    archive = shelf.begin()
    for body in (b"\xff\xd8\xff and no more", b"no picture"):
        shelf.put(archive.reference, body)
    assert shelf.record(archive).reason_code == "wrong_type"
    assert [told.reason_code for told in shelf.log(archive, ArchivedRefused)] == ["truncated", "wrong_type"]
    assert sorted(drop.reason_code for drop in shelf.refused()) == ["truncated", "wrong_type"]


def test_a_second_file_of_a_line_is_the_same_paper_or_none(shelf):
    archive = shelf.begin()
    shelf.put(archive.reference, good(1))
    before = shelf.record(archive)
    shelf.put(archive.reference, good(1))
    shelf.put(archive.reference, good(2))
    shelf.put(archive.reference, b"\xff\xd8\xff and no more")
    assert shelf.record(archive) == before
    first, second = sorted(shelf.drops("taken"), key=lambda drop: drop.same_as or "")
    assert (first.same_as, second.same_as, second.reference) == (None, before.component, before.reference)
    assert {drop.reason_code for drop in shelf.refused()} == {"line_has_paper", "truncated"}


def read(shelf, archive, line=2):
    """The paper of a line after its copy was signed and read."""
    paper = shelf.copied(archive, line)
    PaperChange(paper, shelf.clock()).ordered("Lê Hằng", "k").write()
    paper_steps(shelf.clock, lambda: "https://x").read_copy(shelf.signed(paper))
    return shelf.standing(archive, line).paper


OLD: Final = "Sổ bộ cũ"
"""What is the title of no kind: nothing but the owner is asked for."""


def look(shelf, paper, *said):
    """Officers say in turn whose a paper is, by verb and value, and confirm the number; two who agree make it one."""
    reviewing, name = Reviewing(ReviewTable(), LookStore(), shelf.clock), f"{paper.reference}.{paper.component}"
    number, is_numbered = paper.version, any(field.name == NUMBER for field in ReviewTable().fields(paper))
    for who, verb, value in said:
        if is_numbered:  # of one that a vault is to have
            seen = reviewing.decide(who, name, Answer(NUMBER, "confirm"), number, f"n{number}")
            number += 1
        seen = reviewing.decide(who, name, Answer(OWNER_FIELD, verb, value), number, f"k{number}")
        number += 1
    if seen.paper.step == "reviewed":
        closed = ReviewClosed(reference=paper.reference, component=paper.component, agency=AGENCY)
        paper_steps(shelf.clock, lambda: "https://x").convert_reviewed(closed)
    return seen.paper.step


def test_a_paper_is_converted_and_its_owners_vault_hears_of_it(shelf, picture):
    archive = shelf.begin({"owner_number": OWNER, "kind": OLD}, {"number": "2", "file": "0002.pdf", "kind": OLD})
    steps = paper_steps(shelf.clock, lambda: "https://x")
    for line, person, is_owned, said in (
        (2, holder_of("CITIZEN", OWNER), True, "name_and_number_by_two"),
        (3, holder_of("AGENCY", AGENCY), False, "confirmed_by_two"),
    ):
        shelf.put(archive.reference, picture, f"000{line - 1}.pdf")
        assert look(shelf, read(shelf, archive, line), (WHO, "confirm", ""), (SECOND, "confirm", "")) == "reviewed"
        seen = shelf.standing(archive, line)
        paper = seen.paper
        assert (paper.step, seen.state, seen.compared) == ("stored", "read", None)
        told = MessageConverted(**of_paper(paper, paper.digitised_code, "conversion"))
        steps.settle_component(told)
        steps.settle_component(told)  # delivered twice
        (kept,) = shelf.log(archive, ArchivedConverted, line)
        assert (kept.holder, kept.is_owned, kept.title, kept.note) == (person, is_owned, "Giấy tờ lưu trữ", OLD)
        assert (kept.code, kept.sha256, kept.agency) == (paper.digitised_code, "b" * 64, AGENCY)
        assert kept.compared == said
        seen = shelf.standing(archive, line)
        assert (seen.state, seen.record.code, seen.compared) == ("stored", paper.digitised_code, said)
        component = ArchiveTable().component(paper.reference, paper.component)
        assert component.digitisation.status == "converted"
        assert component.digitisation.output_sha256 == "b" * 64


def test_what_a_release_before_read_says_that_nobody_compared_it(shelf, picture):
    archive = shelf.begin({"owner_number": OWNER, "kind": OLD})
    shelf.put(archive.reference, picture)
    look(shelf, read(shelf, archive), (WHO, "confirm", ""), (SECOND, "confirm", ""))
    paper = shelf.standing(archive).paper
    shelf.tables.forget("Messages", paper.pk, "compared")
    message = MessageConverted(**of_paper(paper, paper.digitised_code, "conversion"))
    paper_steps(shelf.clock, lambda: "https://x").settle_component(message)
    (kept,) = shelf.log(archive, ArchivedConverted)
    assert (kept.compared, shelf.standing(archive).compared) == ("not_compared", "not_compared")


@pytest.mark.parametrize(
    ("said", "state", "why"),
    [
        ([(WHO, "confirm", "")], "in_review", None),
        ([(WHO, "correct", "nguyễn thị bích liễu")], "in_review", None),
        ([(WHO, "confirm", ""), (SECOND, "correct", "nguyễn thị bích liễu")], "in_review", None),
        ([(WHO, "confirm", ""), (SECOND, "confirm", "")], "read", None),
        ([(WHO, "correct", "Trần Văn Tám"), (SECOND, "confirm", "")], "refused", "other_owner"),
        ([(WHO, "cannot_read", ""), (SECOND, "cannot_read", "")], "refused", "other_owner"),
    ],
    ids=range(6),
)
def test_two_officers_say_whose_a_paper_is_that_does_not_say_so_itself(shelf, picture, said, state, why):
    archive = shelf.begin({"owner_number": OWNER, "kind": OLD})
    shelf.put(archive.reference, picture)
    paper = read(shelf, archive)
    reviewing = Reviewing(ReviewTable(), LookStore(), shelf.clock)
    asked = reviewing.look(WHO, f"{paper.reference}.{paper.component}").fields
    assert [(each.looked.field.name, each.looked.field.reason) for each in asked] == [
        (OWNER_FIELD, "not_on_paper"), (NUMBER, "not_on_paper"),
    ]  # fmt: skip
    look(shelf, paper, *said)
    seen = shelf.standing(archive)
    assert (seen.state, seen.record.reason_code) == (state, why)


@pytest.mark.parametrize(("verb", "value"), [("confirm", ""), ("correct", "Nguyễn Thị Bích Liễu")])
def test_the_same_officer_is_not_the_second_one(shelf, picture, verb, value):
    archive = shelf.begin({"owner_number": OWNER, "kind": OLD})
    shelf.put(archive.reference, picture)
    with pytest.raises(SameReviewer):
        look(shelf, read(shelf, archive), (WHO, "confirm", ""), (WHO, verb, value))


@pytest.mark.parametrize(
    "own", [{"personal_id": OWNER}, {"name": "NGUYỄN thị  Bích Liễu"}], ids=["by number", "by name"]
)
def test_nobody_says_that_a_paper_is_their_own(shelf, picture, own):
    archive = shelf.begin({"owner_number": OWNER, "kind": OLD})
    shelf.put(archive.reference, picture)
    paper = read(shelf, archive)
    with pytest.raises(OwnPaper):
        look(shelf, paper, (structs.replace(WHO, **own), "confirm", ""))
    assert look(shelf, paper, (WHO, "confirm", ""), (SECOND, "confirm", "")) == "reviewed"


def test_a_field_that_a_release_before_opened_for_one_needs_two_all_the_same(shelf, picture):
    archive = shelf.begin({"owner_number": OWNER, "kind": OLD})
    shelf.put(archive.reference, picture)
    paper = read(shelf, archive)
    for field in ReviewTable().fields(paper):
        shelf.tables.put("Messages", {**shelf.tables.get("Messages", field.pk, field.sk), "twice": False})
    assert look(shelf, paper, (WHO, "confirm", "")) == "in_review"


def test_an_officer_rejects_a_scan_and_another_may_come(shelf):
    archive = shelf.begin()
    shelf.put(archive.reference, good(1))
    paper = shelf.copied(archive)
    desk = Triage(Table(), Files(), shelf.clock, folder_of)
    name = f"{paper.reference}.{paper.component}"
    with pytest.raises(ForbiddenStep):
        desk.sort(WHO, name, people.RESIDENCE)
    desk.reject(WHO, name, "incomplete", "", "k")
    seen = shelf.standing(archive)
    assert (seen.state, seen.record.reason_code) == ("refused", "incomplete")
    assert (seen.record.reason("vi"), seen.record.reason("en")) == REJECTIONS["incomplete"]
    *_, row = shelf.tables.events("Messages", archived_key(paper.reference))
    assert row["actor"] == WHO.subject
    assert [told.reason_code for told in shelf.log(archive, ComponentRejected)] == ["incomplete"]
    shelf.put(archive.reference, good(2))
    assert shelf.standing(archive).state == "taken"
    assert shelf.copied(archive).component != paper.component
    first, second = (event.id for event in shelf.log(archive, ComponentReceived))
    told, _ = shelf.log(archive, ComponentReceived)
    paper_steps(shelf.clock).make_copy(told)  # told late, of the scan that was rejected
    assert first == paper.component
    assert shelf.standing(archive).paper.component == second


def test_a_scan_of_which_no_copy_can_be_made_is_refused_with_its_drop(shelf, monkeypatch):
    archive = shelf.begin()
    shelf.put(archive.reference, good(1))
    (received,) = shelf.log(archive, ComponentReceived)
    steps = paper_steps(shelf.clock)

    def fails(*_, **__):
        raise not_archivable("x")

    monkeypatch.setattr(type(steps.opener), "copy", fails)
    steps.make_copy(received)
    steps.make_copy(received)
    assert shelf.standing(archive).record.reason_code == "not_archivable"
    assert [drop.reason_code for drop in shelf.refused()] == ["not_archivable"]
    assert len(shelf.log(archive, ComponentRejected)) == 1


def test_a_page_of_an_archive_costs_the_same_number_of_calls_whatever_it_holds(shelf):
    rows = [{"number": str(n), "file": f"{n}.pdf"} for n in range(PAGE + 20)]
    archive = shelf.begin(*rows)
    shelf.put(archive.reference, good(1), "3.pdf")
    shelf.put(archive.reference, b"\xff\xd8\xff and no more", f"{PAGE + 5}.pdf")
    first = shelf.keeping.look(WHO, archive.reference, None, "")
    assert first.counts == {"waiting": PAGE + 18, "taken": 1, "refused": 1, "stored": 0}
    assert (len(first.page), first.following) == (PAGE, offset_cursor(PAGE))
    second = shelf.keeping.look(WHO, archive.reference, None, first.following)
    assert (len(second.page), second.following) == (20, None)
    assert [each.line.line for each in (*first.page, *second.page)] == list(range(2, PAGE + 22))


@pytest.mark.parametrize(
    ("state", "files"),
    [("waiting", ["3"]), ("refused", ["2"]), ("taken", ["0"]), ("copied", ["1"]), ("in_review", []), ("stored", [])],
)
def test_lines_of_one_state_are_listed(shelf, state, files):
    archive = shelf.begin(*({"number": str(n), "file": f"{n}"} for n in range(4)))
    shelf.put(archive.reference, good(1), "0")
    shelf.put(archive.reference, good(2), "1")
    shelf.put(archive.reference, b"\xff\xd8\xff and no more", "2")
    shelf.copied(archive, 3)
    assert [each.line.file for each in shelf.keeping.look(WHO, archive.reference, state, "").page] == files


def test_a_line_without_a_file_is_late_after_the_days_that_were_given(shelf):
    archive = shelf.begin(days=3)
    shelf.clock.advance(days=3)
    assert not shelf.keeping.look(WHO, archive.reference, None, "").is_late
    shelf.clock.advance(seconds=1)
    assert shelf.keeping.look(WHO, archive.reference, None, "").is_late


def test_the_kinds_of_papers_are_those_of_the_reader():
    assert tuple(kinds()) == known_kinds()


@pytest.mark.parametrize(
    ("number", "shown"),
    [(OWNER, "*********127"), ("0301234567", "0301234567"), ("USA:X1234567", "*********567"), ("", AGENCY),
     ("023456789", AGENCY)],
)  # fmt: skip
def test_a_qr_code_masks_the_number_of_a_person(number, shown):
    line = SheetLine(line=2, number="1", kind="k", owner_name="n", issued_on="d", issued_by="b", file="f",
                     owner_number=number)  # fmt: skip
    assert masked(line, AGENCY) == shown


def test_nothing_in_the_tables_names_the_owner(shelf):
    archive = shelf.begin()
    shelf.put(archive.reference, good(1))
    shelf.copied(archive)
    rows = repr(shelf.tables.everything("Messages"))
    assert archive.reference in rows
    assert "Liễu" not in rows
    assert OWNER not in rows
