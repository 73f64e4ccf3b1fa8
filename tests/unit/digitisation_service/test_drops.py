"""Every object that a scanner drops has a verdict which its agency lists; a code finds its dossier as well as a key."""

import io
from copy import replace

import img2pdf
import pytest
import segno
from PIL import Image

from chalicelib.digitisation.archives.wiring import keeping
from chalicelib.digitisation.fence import without_hand
from chalicelib.digitisation.sandbox import Sandbox
from chalicelib.digitisation.scanning import Scanning
from chalicelib.digitisation.store import DropTable, IntakeBucket
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, NotFound
from tests.fakes import people
from tests.unit.digitisation.test_sandbox import endless
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, dropped


@pytest.fixture
def hall(tables):
    return Hall(tables)


@pytest.fixture
def scanning(hall):
    return Scanning(DropTable(), IntakeBucket(), hall.clock, keeping())


def sheet(text=""):
    """A page at 200 dpi with this QR code, or an empty one."""
    image = Image.new("RGB", (800, 1000), "white")
    if text:
        out = io.BytesIO()
        segno.make(text, error="m").save(out, kind="png", scale=5)
        image.paste(Image.open(out), (50, 50))
    out = io.BytesIO()
    image.save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


@pytest.mark.parametrize("key", ["drops/{agency}/scan0001.jpg", "drops/{agency}/2026-11-26/tray 2/scan0001.jpg"])
def test_a_code_on_the_first_page_finds_the_dossier_whatever_the_scanner_calls_its_files(hall, key):
    reference = hall.open()
    hall.arrive(key.format(agency=AGENCY), sheet(reference))
    (component,) = hall.components(reference)
    assert (component.code, component.sheets, component.pages) == ("UNCLASSIFIED", 0, 1)
    (drop,) = hall.drops("taken")
    assert (drop.reference, drop.component, drop.size) == (reference, component.id, component.size)
    assert drop.wl_sk == component.received_at
    assert hall.refused() == []


def test_a_sheet_before_the_paper_names_dossier_and_component_and_is_no_page_of_it(hall):
    reference = hall.open()
    pdf = img2pdf.convert([sheet(f"MC-SHEET|{reference}|{people.RESIDENCE}"), sheet(), sheet()])
    hall.arrive(f"drops/{AGENCY}/scan0001.pdf", pdf)
    (component,) = hall.components(reference)
    assert (component.code, component.sheets, component.pages) == (people.RESIDENCE, 1, 2)


def test_a_sheet_alone_is_no_paper(hall):
    reference = hall.open()
    hall.arrive(f"drops/{AGENCY}/scan0001.jpg", sheet(f"MC-SHEET|{reference}|"))
    assert [d.reason_code for d in hall.refused()] == ["only_a_sheet"]
    assert hall.components(reference) == ()


def test_a_key_that_names_a_dossier_is_believed_and_no_code_is_looked_for(hall):
    one, other = hall.open(), hall.open()
    hall.arrive(dropped(one), sheet(other))
    assert (len(hall.components(one)), len(hall.components(other))) == (1, 0)


@pytest.mark.parametrize("batch", ["", "2026-11-26/", "MC-NEVER/"])
def test_a_drop_that_names_no_dossier_is_on_its_agencys_list(hall, batch):
    key = f"drops/{AGENCY}/{batch}scan0001.jpg"
    version = hall.arrive(key, sheet())
    (drop,) = hall.refused()
    assert (drop.key, drop.reason_code, drop.kind) == (key, "no_dossier", "refused")
    assert drop.size == len(sheet())
    assert drop.wl_sk.startswith("2026-11-25T02:20:05")
    hall.intake.take_in(key, version)
    assert len(hall.refused()) == 1


def test_a_code_of_another_agencys_dossier_finds_nothing(hall):
    reference = hall.open()
    hall.arrive(f"drops/{OTHER_AGENCY}/scan0001.jpg", sheet(reference))
    assert hall.components(reference) == ()
    assert [d.reason_code for d in hall.refused(OTHER_AGENCY)] == ["no_dossier"]


def test_codes_of_two_dossiers_on_one_page_are_not_guessed_between(hall):
    one, other = hall.open(), hall.open()
    image = Image.open(io.BytesIO(sheet(one)))
    image.paste(Image.open(io.BytesIO(sheet(other))).crop((40, 40, 400, 400)), (50, 500))
    out = io.BytesIO()
    image.save(out, "JPEG", dpi=(200, 200))
    hall.arrive(f"drops/{AGENCY}/scan0001.jpg", out.getvalue())
    assert [d.reason_code for d in hall.refused()] == ["several_dossiers"]


def test_a_file_that_is_no_page_and_names_no_dossier_is_refused_for_what_it_is(hall):
    hall.arrive(f"drops/{AGENCY}/scan0001.jpg", b"no picture")
    assert [d.reason_code for d in hall.refused()] == ["wrong_type"]


def test_a_file_that_kills_whoever_opens_it_is_refused_by_that_name_and_never_opened_again(hall):
    reference, small = hall.open(), Sandbox(seconds=1)
    intake = replace(hall.intake, opener=small)
    version = hall.tables.upload("INTAKE", dropped(reference, "a.pdf"), endless())
    intake.take_in(dropped(reference, "a.pdf"), version)
    small.close()
    assert [d.reason_code for d in hall.refused()] == ["file_kills_reader"]
    assert hall.components(reference) == ()
    replace(intake, opener=None).take_in(dropped(reference, "a.pdf"), version)
    assert len(hall.refused()) == 1


def test_the_same_bytes_twice_are_told(hall):
    reference = hall.open()
    hall.arrive(dropped(reference, "a.jpg"), sheet("one"))
    hall.clock.advance(seconds=1)
    hall.arrive(dropped(reference, "b.jpg"), sheet("one"))
    hall.arrive(dropped(reference, "c.jpg"), sheet("another"))
    first, second, third = sorted(hall.drops("taken"), key=lambda drop: drop.key)
    assert (first.same_as, second.same_as, third.same_as) == (None, first.component, None)
    by_id = {component.id: component.warnings for component in hall.components(reference)}
    assert [warning.partition(":")[0] for warning in by_id[second.component]] == ["same_bytes"]
    assert by_id[first.component] == by_id[third.component] == ()


def test_who_has_seen_to_a_refused_drop_says_so_once(hall, scanning):
    hall.arrive(f"drops/{AGENCY}/scan0001.jpg", sheet())
    (drop,) = hall.refused()
    done = scanning.acknowledge(people.SCANNER, drop.id)
    assert scanning.acknowledge(people.SCANNER, drop.id).acknowledged_at == done.acknowledged_at
    assert hall.refused() == []
    (listed,) = hall.drops("acknowledged")
    assert (listed.acknowledged_by, listed.reason_code) == (people.SCANNER.name, "no_dossier")
    assert hall.tables.types("Messages", drop.pk) == ["upload.refused", "drop.acknowledged"]


def test_only_a_refused_drop_of_ones_own_agency_is_acknowledged(hall, scanning):
    reference = hall.open()
    hall.arrive(dropped(reference), sheet())
    (taken,) = hall.drops("taken")
    with pytest.raises(ForbiddenStep):
        scanning.acknowledge(people.SCANNER, taken.id)
    hall.arrive(f"drops/{AGENCY}/scan0001.jpg", sheet())
    (drop,) = hall.refused()
    with pytest.raises(NotFound):
        scanning.acknowledge(people.officer("scanning", agency=OTHER_AGENCY), drop.id)
    with pytest.raises(NotFound):
        scanning.acknowledge(people.SCANNER, "0" * 16)


def test_a_form_takes_one_object_of_the_officers_own_agency(hall, scanning):
    reference = hall.open()
    post = scanning.admit(people.SCANNER, reference, "../../H02/KQ003785 cu tru.jpg", "image/jpeg", "k1")
    place, name = post.fields["key"].rsplit("/", 1)
    assert without_hand(place) == f"drops/{AGENCY}/{reference}"
    assert name.endswith(".._.._H02_KQ003785 cu tru.jpg")
    again = scanning.admit(people.SCANNER, reference, "../../H02/KQ003785 cu tru.jpg", "image/jpeg", "k1")
    assert again.fields["key"] == post.fields["key"]
    odd = scanning.admit(people.SCANNER, reference, "a\x00\r\n\u202eb/c.jpg", "image/jpeg", "k3").key
    assert odd.endswith("-a____b_c.jpg"), "what no key should have"
    assert scanning.admit(people.SCANNER, "", "a.jpg", "image/jpeg", "k2").fields["key"].startswith(f"drops/{AGENCY}/")


def test_a_form_for_another_agencys_dossier_a_draft_or_none_is_not_found(hall, scanning):
    stranger = people.officer("scanning", agency=OTHER_AGENCY)
    for who, name in ((stranger, hall.open()), (people.SCANNER, hall.draft()), (people.SCANNER, "MC-NEVER")):
        with pytest.raises(NotFound):
            scanning.admit(who, name, "a.jpg", "image/jpeg", "k")


@pytest.mark.rule("R22", "secret")
def test_a_secret_paper_gets_no_form_to_drop_it_with(tables):
    hall = Hall(tables, "secret")
    reference, admit = hall.open(), Scanning(DropTable(), IntakeBucket(), hall.clock, keeping()).admit
    with pytest.raises(BodyInvalid) as refused:
        admit(people.SCANNER, reference, "KQ003785 cu tru.jpg", "image/jpeg", "k")
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/filename", "secret")]
    assert admit(people.SCANNER, reference, "giay khac.jpg", "image/jpeg", "k").key
