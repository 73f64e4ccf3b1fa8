"""One line of an archive: what its paper's code says of it, which file is its own, where its list ends."""

from unicodedata import normalize

import pytest

from chalicelib.digitisation.archives.folder import ONE_OFFICER, OTHER_KIND, OTHER_OWNER, ArchiveFolder
from chalicelib.digitisation.archives.kinds import kinds
from chalicelib.digitisation.archives.model import Archive, Archived, place_of
from chalicelib.digitisation.archives.service import PAGE, Keeping
from chalicelib.digitisation.archives.sheet import Sheet, SheetLine
from chalicelib.digitisation.archives.taking import Taking
from chalicelib.digitisation.arrivals import arrival_of
from chalicelib.digitisation.drops import drop_key
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import KIND, NUMBER, OWNER, FileVersion, Reading, ReviewedField
from chalicelib.digitisation.ports import Marked
from chalicelib.digitisation.store import DropTable
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import AGENCY, Says, paper

NAME = "LT-0000000000000001"
LINE = f"{NAME}-00002"


def line(**changes):
    given = {
        "line": 2,
        "number": "1",
        "kind": "Giấy khai sinh",
        "owner_name": "Nguyễn Thị Liễu",
        "issued_on": "1998-05-31",
    }
    return SheetLine(**given | {"issued_by": "Xã", "file": "0001.pdf", "holder": "h"} | changes)


class Shelf:
    """An archive with the lines of a test, of which something came for the first, in no table."""

    def __init__(self, *lines, came=True):
        self.lines, self.came = lines, came

    def archive(self, reference):
        """The one there is."""
        if reference != NAME:
            return None
        return Archive(
            pk=f"ARCHIVE#{NAME}", agency=AGENCY, name="1998", lines=len(self.lines), sha256="a", opened_by="An",
            sheet=FileVersion(key="k", version_id="v"), opened_at="2026-11-25T00:00:00.000+00:00",
            files_by="2026-12-25T00:00:00.000+00:00", wl_pk="a", wl_sk="b",
        )  # fmt: skip

    def sheet(self, archive):
        """Its lines."""
        assert archive.reference == NAME
        return Sheet(lines=self.lines)

    def archived(self, reference):
        """What came for the first line."""
        if not self.came or reference != LINE:
            return None
        return Archived(
            pk=f"ARCHIVED#{LINE}", archive=NAME, line=2, agency=AGENCY, holder="h", is_owned=True, kind="k",
            state="taken", component="c1", sha256="ab" * 32, wl_pk=f"{NAME}#papers", wl_sk=place_of(2, "taken"),
        )  # fmt: skip

    def states(self, reference):
        """Nothing came in the index."""
        assert reference == NAME
        return {}

    def records(self, references):
        """None."""
        return list(references)

    papers = records


def shown(**changes):
    """A paper of the line."""
    return paper("c1", Clock()(), reference=LINE, pk=f"PAPER#{LINE}#c1", **changes)


@pytest.mark.parametrize(
    ("procedure", "said"), [("1.001193", "1.001193"), ("", "Giấy khai sinh")], ids=["procedure", "none known"]
)
def test_the_code_says_the_procedure_of_a_paper_or_where_nobody_knows_it_its_kind(procedure, said):
    folder = ArchiveFolder(Shelf(line(procedure=procedure, owner_number="079198000127"), line(line=3)))
    assert folder.marked(shown(reads_as="giay_khai_sinh")) == Marked(LINE, said, "*********127")


@pytest.mark.parametrize("shelf", [Shelf(line(), came=False), Shelf(line())], ids=["nothing came", "no archive"])
def test_a_paper_of_no_line_breaks_and_is_parked(shelf, monkeypatch):
    if shelf.came:
        monkeypatch.setattr(shelf, "archive", lambda _: None)
    with pytest.raises(LookupError, match=r"nothing came|no archive"):
        ArchiveFolder(shelf).marked(shown())


BIRTH, PERSONAL, NAMED = "GIẤY KHAI SINH", "079198000127", "Nguyễn Thị Liễu"
OWN = {"ho_ten": NAMED, "so_dinh_danh": PERSONAL}
WHOSE = {OWNER: NAMED, NUMBER: PERSONAL}


def fields(**values):
    """Fields with these values."""
    return tuple(
        Field(name=name, label="x", value=value, confidence=1.0, needs_review=False, reason="")
        for name, value in values.items()
    )


def asked(line, text, read, reads_as="giay_khai_sinh"):
    """Names of what officers are asked of a paper."""
    return [each.name for each in ArchiveFolder(Shelf(line)).stated(shown(reads_as=reads_as), text, read)]


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (OWN, "for_a_vault"),
        ({**OWN, "ho_ten": normalize("NFD", "NGUYỄN  thị liễu")}, "for_a_vault"),
        ({**OWN, "so_dinh_danh": "079198 000127"}, "for_a_vault"),
        ({**OWN, "ho_ten": "Nguyễn Thị Liên"}, "not_on_paper"),
        ({**OWN, "so_dinh_danh": "079198000128"}, "not_on_paper"),
        ({**OWN, "so_dinh_danh": ""}, "not_on_paper"),
        ({"ho_ten_me": NAMED, "so_dinh_danh": PERSONAL}, "not_on_paper"),
        ({}, "not_on_paper"),
    ],
    ids=str,
)
def test_two_officers_are_asked_whose_a_paper_is_that_a_vault_is_to_have_whatever_it_says(read, reason):
    folder = ArchiveFolder(Shelf(line(owner_number=PERSONAL)))
    found = folder.stated(shown(reads_as="giay_khai_sinh"), BIRTH, fields(**read))
    assert [(each.name, each.value, each.reason) for each in found] == [
        (OWNER, NAMED, reason), (NUMBER, PERSONAL, reason),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [PERSONAL, "0301234567", "USA:X1234567"])
@pytest.mark.parametrize("kind", kinds())
def test_no_kind_of_paper_is_in_a_vault_by_what_the_reader_found(kind, number):
    folder = ArchiveFolder(Shelf(line(owner_number=number)))
    said = {each.name: number if each.called == "identity" else NAMED for each in kinds()[kind].fields if each.called}
    assert kinds()[kind].names_owner(said, NAMED, number), "the paper says it"
    paper, text = shown(reads_as=kind), kinds()[kind].title.upper()
    assert [each.name for each in folder.stated(paper, text, fields(**said))] == [OWNER, NUMBER]
    for by in ((), ("An",)):
        with pytest.raises(Refused) as told:
            folder.require(paper, looked(said, *by, **({OWNER: NAMED, NUMBER: number} if by else {})))
        assert told.value is ONE_OFFICER
    both = looked(said, "An", "Bình", **{OWNER: NAMED, NUMBER: number})
    assert folder.require(paper, both) == "name_and_number_by_two"


def test_of_a_paper_that_the_agency_keeps_the_name_alone_has_to_be_there():
    assert asked(line(), BIRTH, fields(ho_ten="Nguyễn Thị Liễu")) == []
    assert asked(line(owner_number="012345678"), BIRTH, fields(ho_ten="Nguyễn Thị Liễu")) == []
    assert asked(line(), BIRTH, fields(ho_ten="Nguyễn Thị Liên")) == [OWNER]


def test_a_paper_of_no_known_kind_names_nobody_even_where_the_name_stands_on_it():
    assert asked(line(), "Nguyễn Thị Liễu 079198000127", fields(**OWN), reads_as="") == [OWNER]


@pytest.mark.parametrize("reader", ["ho_ten_vo", "ho_ten_chong"])
def test_a_marriage_certificate_is_of_either_spouse(reader):
    assert asked(line(), "GIẤY CHỨNG NHẬN KẾT HÔN", fields(**{reader: NAMED}), "giay_chung_nhan_ket_hon") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("xã\nGIẤY KHAI SINH\nHọ tên", False),
        ("GlẤY KHAl SINH", True),
        ("GIẤY KHA1 SINH (BẢN CHÍNH)", True),
        ("GIẤY KHAI SINII", True),
        ("GIẤY KHÁI SINH (BẢN CHÍNH)", False),
        ("Giấy khai sinh của con", True),
        ("GIẤY CHỨNG SINH", True),
        ("", True),
    ],
)
def test_two_officers_are_asked_of_what_kind_a_paper_is_that_has_not_its_title(text, kind):
    assert asked(line(), text, fields(**OWN)) == ([KIND] if kind else [])


def looked(read, *by, **values):
    """A reading of which fields were looked at: what the reader made of them, and who looked."""
    seen = tuple(
        ReviewedField(field=name, verb="confirm", by=by, at="2026-11-25", read=read.get(name, "")) for name in values
    )
    return Reading(
        code="c", kind="", text="", scan_sha256="a", copy_sha256="b", fields=fields(**{**read, **values}), reviewed=seen
    )


def found(reading, number=""):
    """How it is known whose a paper is, by what was read and looked at."""
    return ArchiveFolder(Shelf(line(owner_number=number))).require(shown(reads_as="giay_khai_sinh"), reading)


def test_what_the_reader_found_is_compared_and_what_two_say_is_confirmed():
    assert found(looked(OWN)) == "read_and_compared"
    assert found(looked(OWN, "An", ho_ten=NAMED)) == "read_and_compared"
    assert found(looked({}, "An", "Bình", **{OWNER: "NGUYỄN thị  liễu"})) == "confirmed_by_two"
    assert found(looked(OWN, "An", "Bình", **{KIND: "Giấy khai sinh"})) == "read_and_compared"
    both = {OWNER: "NGUYỄN thị  liễu", NUMBER: "079198 000127"}
    assert found(looked({}, "An", "Bình", **both), PERSONAL) == "name_and_number_by_two"


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        (looked(OWN), ONE_OFFICER),
        (looked(OWN, "An", **WHOSE), ONE_OFFICER),
        (looked(OWN, "An", "Bình", **{OWNER: NAMED}), ONE_OFFICER),
        (looked(OWN, "An", "Bình", **{NUMBER: PERSONAL}), ONE_OFFICER),
        (looked(OWN, "An", "Bình", **{**WHOSE, NUMBER: "079198000128"}), OTHER_OWNER),
        (looked(OWN, "An", "Bình", **{**WHOSE, NUMBER: ""}), OTHER_OWNER),
        (looked(OWN, "An", "Bình", **{**WHOSE, OWNER: "Lê An"}), OTHER_OWNER),
        (looked(OWN, "An", "Bình", **{**WHOSE, "ho_ten": "Lê An"}), OTHER_OWNER),
    ],
    ids=range(8),
)
def test_a_vault_has_no_paper_of_which_two_did_not_say_name_and_number(reading, why):
    with pytest.raises(Refused) as told:
        found(reading, PERSONAL)
    assert told.value is why


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        (looked({}, "An", **{OWNER: "Nguyễn Thị Liễu"}), ONE_OFFICER),
        (looked({}, "An", "Bình", **{OWNER: "Lê An"}), OTHER_OWNER),
        (looked({}, "An", "Bình", **{OWNER: ""}), OTHER_OWNER),
        (looked({}), ONE_OFFICER),
        (looked({**OWN, "ho_ten": "Lê An"}, "An", ho_ten="Nguyễn Thị Liễu"), ONE_OFFICER),
        (looked(OWN, "An", ho_ten="Lê An"), OTHER_OWNER),
        (looked(OWN, "An", **{KIND: "Giấy khai sinh"}), ONE_OFFICER),
        (looked(OWN, "An", "Bình", **{KIND: ""}), OTHER_KIND),
    ],
    ids=range(8),
)
def test_one_officer_says_neither_whose_a_paper_is_nor_of_what_kind(reading, why):
    with pytest.raises(Refused) as told:
        found(reading)
    assert told.value is why


@pytest.mark.parametrize(("lines", "following"), [(PAGE, False), (PAGE + 1, True)])
def test_a_list_that_fills_its_page_to_the_last_line_does_not_go_on(lines, following):
    shelf = Shelf(*(line(line=n + 2, file=f"{n}.pdf") for n in range(lines)))
    seen = Keeping(shelf, Clock(), ()).look(people.SCANNER, NAME, None, "")
    assert (len(seen.page), seen.following is not None) == (PAGE, following)
    assert seen.counts["waiting"] == lines


def test_a_file_is_known_however_the_letters_of_its_name_are_composed(tables):
    name = "giấy 1.pdf"
    shelf = Shelf(line(file=normalize("NFC", name)))
    key = f"drops/{AGENCY}/archives/{NAME}/{normalize('NFD', name)}"
    arrival, found = arrival_of(key, "v1"), Says().inspect(b"x", None)
    Taking(shelf, DropTable(), Clock()).take_in(arrival, 1, found)
    drop = DropTable().drop(drop_key(AGENCY, arrival.component))
    assert drop.reason_code == "line_has_paper", "another file of that line, and not one of none"
    assert tables.types("Messages", drop.pk) == ["upload.refused"]
