"""Several papers in one scan, parted by sheets: each is a component of its own dossier, or none is taken."""

from copy import replace
from io import BytesIO

import pikepdf
import pytest
import segno
from PIL import Image, ImageDraw

from chalicelib.contracts.digitisation import SignatureSeen
from chalicelib.digitisation.archives.wiring import taking
from chalicelib.digitisation.intake import Intake
from chalicelib.digitisation.malware import Nobody
from chalicelib.digitisation.model import PDF, TIFF
from chalicelib.digitisation.sandbox import sandbox
from chalicelib.digitisation.store import DropTable, Files
from tests.fakes import people
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, Says, dropped


@pytest.fixture
def hall(tables):
    return Hall(tables)


def sheet(text):
    """A page that only parts papers."""
    page, code = Image.new("L", (850, 1100), 255), BytesIO()
    segno.make(text, error="m").save(code, kind="png", scale=8)
    with Image.open(code) as picture:
        page.paste(picture.convert("L"), (200, 300))
    return page


def leaf(number):
    """A page of a paper, that no other has."""
    page = Image.new("L", (850, 1100), 255)
    ImageDraw.Draw(page).text((60, 200), f"TRANG {number}", fill=0, font_size=60)
    return page


def scan(pages, kind="PDF"):
    out = BytesIO()
    options = {"resolution": 100} if kind == "PDF" else {"dpi": (100, 100), "compression": "tiff_lzw"}
    pages[0].save(out, kind, save_all=True, append_images=pages[1:], **options)
    return out.getvalue()


def of(reference, component=""):
    return f"MC-SHEET|{reference}|{component}"


@pytest.mark.parametrize(("kind", "media_type"), [("PDF", PDF), ("TIFF", TIFF)])
def test_each_paper_of_a_scan_is_a_component_of_its_own_dossier(hall, kind, media_type):
    one, other = hall.open(), hall.open()
    pages = [sheet(of(one, people.BIRTH_NOTICE)), leaf(1), leaf(2), sheet(of(other)), leaf(3), sheet(of(one)), leaf(4)]
    key = dropped("tray", "scan0001.bin")
    version = hall.arrive(key, scan(pages, kind))
    found = {reference: hall.components(reference) for reference in (one, other)}
    assert sorted(c.pages for c in found[one]) == [1, 2]
    assert [c.pages for c in found[other]] == [1]
    assert people.BIRTH_NOTICE in {c.code for c in found[one]}
    kept = [c for components in found.values() for c in components]
    assert {c.media_type for c in kept} == {media_type}
    assert len({c.sha256 for c in kept}) == 3
    for c in kept:
        assert len(sandbox().pictures(Files().scan(c.key, c.version_id), c.media_type)) == c.pages, (
            "nobody else's pages"
        )
    assert (key, version) in hall.files(), "the scan stays as it came"
    (drop,) = hall.drops("taken")
    assert drop.key == key
    hall.intake.take_in(key, version)
    assert [len(hall.components(r)) for r in (one, other)] == [2, 1]


def test_pages_of_a_pdf_are_carried_over_byte_for_byte(hall):
    one = hall.open()
    data = scan([sheet(of(one)), leaf(1), sheet(of(one)), leaf(2)])
    hall.arrive(dropped("tray"), data)
    with pikepdf.open(BytesIO(data)) as before:
        given = [next(iter(page.get_images().values())).read_raw_bytes() for page in before.pages]
    made = []
    for c in hall.components(one):
        with pikepdf.open(BytesIO(Files().scan(c.key, c.version_id))) as part:
            made += [next(iter(page.get_images().values())).read_raw_bytes() for page in part.pages]
    assert sorted(made) == sorted([given[1], given[3]])


def test_of_a_scan_with_one_sheet_that_names_no_open_dossier_nothing_is_taken(hall):
    one, key = hall.open(), dropped("tray")
    hall.arrive(key, scan([sheet(of(one)), leaf(1), sheet(of("MC-0000000000009999")), leaf(2)]))
    assert hall.components(one) == ()
    assert [drop.reason_code for drop in hall.refused()] == ["no_dossier"]
    assert [name for name, _ in hall.files()] == [key]


def test_a_scan_whose_first_page_names_nothing_is_refused(hall):
    one = hall.open()
    hall.arrive(dropped("tray"), scan([leaf(1), sheet(of(one)), leaf(2)]))
    assert [drop.reason_code for drop in hall.refused()] == ["no_dossier"]


def test_sheets_alone_are_no_paper(hall):
    one = hall.open()
    hall.arrive(dropped("tray"), scan([sheet(of(one)), sheet(of(one))]))
    assert [drop.reason_code for drop in hall.refused()] == ["only_a_sheet"]


def test_a_secret_paper_among_them_takes_the_whole_scan_out_of_the_bucket(tables):
    hall = Hall(tables, exemption="secret")
    one = hall.open()
    hall.arrive(
        dropped("tray"), scan([sheet(of(one, people.BIRTH_NOTICE)), leaf(1), sheet(of(one, people.RESIDENCE)), leaf(2)])
    )
    assert [drop.reason_code for drop in hall.refused()] == ["secret"]
    assert (hall.components(one), hall.files()) == ((), [])


def test_a_worker_that_died_in_between_goes_on_where_it_was(hall, monkeypatch):
    one, key = hall.open(), dropped("tray")
    real, calls = Files.keep_part, []

    def dies(self, name, body, media_type):
        calls.append(name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, name, body, media_type)

    monkeypatch.setattr(Files, "keep_part", dies)
    data = scan([sheet(of(one)), leaf(1), sheet(of(one)), leaf(2)])
    version = hall.tables.upload("INTAKE", key, data)
    with pytest.raises(KeyboardInterrupt):
        hall.intake.take_in(key, version)
    assert (len(hall.components(one)), hall.drops("taken")) == (1, [])
    Intake(DropTable(), Files(), sandbox(), hall.clock, Nobody(), taking(hall.clock)).take_in(key, version)
    assert (len(hall.components(one)), len(hall.drops("taken"))) == (2, 1)


def test_what_we_put_beside_the_drops_is_no_drop(hall, monkeypatch):
    counted = []
    monkeypatch.setattr("chalicelib.digitisation.intake.log.measure", lambda **kinds: counted.append(kinds))
    hall.arrive(f"drops/{AGENCY}/.parts/abc/0", b"a")
    assert (hall.refused(), counted) == ([], [])


# --- an opener that opens nothing says what is on the pages ----------------------------------------------------------


def says(hall, one, other, **said):
    """The hall with a scan of four pages: a sheet of each dossier, and a page behind it."""
    codes = {"codes": (of(one),), "sheets": ((2, of(other)),)}
    opener = Says(4, **codes | said)
    hall.intake = replace(hall.intake, opener=opener)
    return opener


@pytest.mark.parametrize("where", ["of another agency", "decided", "approved", "a draft"])
def test_a_scan_reaches_no_dossier_that_a_single_drop_would_not(hall, where):
    one, other = hall.open(), hall.draft() if where == "a draft" else hall.open()
    changes = {
        "of another agency": {"agency": OTHER_AGENCY},
        "decided": {"state": 9},
        "approved": {"approved_at": "2026-11-25T00:00:00.000+00:00"},
        "a draft": {},
    }
    if changes[where]:
        hall.move(other, **changes[where])
    opener = says(hall, one, other)
    hall.arrive(dropped("tray"), b"scan")
    assert (hall.components(one), hall.components(other), opener.cuts) == ((), (), [])
    assert [drop.reason_code for drop in hall.refused()] == ["no_dossier"]


def test_a_signed_file_is_never_cut_whatever_sheets_are_in_it(hall):
    """Its signature is over all of it."""
    one, other = hall.open(), hall.open()
    opener = says(hall, one, other, signatures=(SignatureSeen(field="S", intact=True, trusted=True),))
    hall.arrive(dropped("tray"), b"scan")
    assert (len(hall.components(one)), hall.components(other), opener.cuts) == (1, (), [])


def test_parts_that_have_not_the_pages_that_were_counted_are_not_taken(hall):
    one, other = hall.open(), hall.open()
    opener = says(hall, one, other)  # of each part it says as well that it has four pages
    hall.arrive(dropped("tray"), b"scan")
    assert opener.cuts == [[(1, 2), (3, 4)]]
    assert (hall.components(one), hall.components(other)) == ((), ())
    assert [drop.reason_code for drop in hall.refused()] == ["truncated"]
    assert len(hall.files()) == 1, "nothing was put beside it"


def test_a_scan_that_is_refused_stays_where_it_is_unless_a_paper_in_it_is_secret(hall):
    one, other = hall.open(), hall.open()
    says(hall, one, other, codes=(of(one), of(other)))
    version = hall.arrive(dropped("tray"), b"scan")
    assert [drop.reason_code for drop in hall.refused()] == ["several_dossiers"]
    assert hall.files() == [(dropped("tray"), version)]


@pytest.mark.parametrize(
    ("key", "looks"),
    [
        (f"drops/{AGENCY}/scan0001.pdf", True),
        (dropped("tray"), True),
        (dropped("{reference}"), False),
        (dropped("H01.10.24-20261125-0000001"), False),
        (f"drops/{AGENCY}/lots/lo-1/a.jpg", False),
        (f"drops/{AGENCY}/archives/LT-0000000000000001/a.jpg", False),
        ("uploads/{reference}/u1", False),
        ("vaults/0123456789abcdef/u1", False),
    ],
)
def test_codes_are_looked_for_where_the_key_does_not_say_to_what_a_file_belongs(hall, key, looks):
    """A scan of a dossier's own folder is one paper, whatever codes its pages have."""
    reference = hall.open()
    hall.intake = replace(hall.intake, opener=Says())
    hall.arrive(key.format(reference=reference), b"scan")
    assert hall.intake.opener.for_codes == [looks]
