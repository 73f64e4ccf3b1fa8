"""One line of an archive: what its paper's code says of it, which file is its own, where its list ends."""

from unicodedata import normalize

import pytest

from chalicelib.digitisation.archives.folder import OTHER_OWNER, OWNER, ArchiveFolder
from chalicelib.digitisation.archives.model import Archive, Archived, place_of
from chalicelib.digitisation.archives.service import PAGE, Keeping
from chalicelib.digitisation.archives.sheet import Sheet, SheetLine
from chalicelib.digitisation.archives.taking import Taking
from chalicelib.digitisation.arrivals import arrival_of
from chalicelib.digitisation.drops import drop_key
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import FileVersion, Reading
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
    assert folder.marked(shown()) == Marked(LINE, said, "*********127")


@pytest.mark.parametrize("shelf", [Shelf(line(), came=False), Shelf(line())], ids=["nothing came", "no archive"])
def test_a_paper_of_no_line_breaks_and_is_parked(shelf, monkeypatch):
    if shelf.came:
        monkeypatch.setattr(shelf, "archive", lambda _: None)
    with pytest.raises(LookupError, match=r"nothing came|no archive"):
        ArchiveFolder(shelf).marked(shown())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ho ten: NGUYỄN  THỊ\nLIỄU", False),
        (normalize("NFD", "nguyễn thị liễu"), False),
        ("Nguyễn Thị Liên", True),
        ("", True),
    ],
)
def test_an_officer_is_asked_whose_a_paper_is_when_its_print_does_not_say_the_name(text, asked):
    found = ArchiveFolder(Shelf(line())).stated(shown(), text)
    assert [(each.name, each.value, each.needs_review) for each in found] == (
        [(OWNER, "Nguyễn Thị Liễu", True)] if asked else []
    )


@pytest.mark.parametrize(
    ("name", "value", "refused"),
    [(OWNER, "NGUYỄN thị  liễu", False), (OWNER, "", True), (OWNER, "Lê An", True), ("ho_ten", "Lê An", False)],
)
def test_a_paper_that_an_officer_found_to_be_somebody_elses_is_refused(name, value, refused):
    field = Field(name=name, label="x", value=value, confidence=0.0, needs_review=False, reason="")
    found = Reading(code="c", kind="", text="", scan_sha256="a", copy_sha256="b", fields=(field,))
    folder = ArchiveFolder(Shelf(line()))
    if not refused:
        folder.require(shown(), found)
        return
    with pytest.raises(Refused) as told:
        folder.require(shown(), found)
    assert told.value is OTHER_OWNER


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
