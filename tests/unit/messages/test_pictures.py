"""Pictures of signatures and seals from the register, where Decree 30/2020/ND-CP, appendix I, shows them."""

from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.publishing import _seen
from chalicelib.messages.rendering import Look, both, render, render_stamp, signature_box
from chalicelib.messages.signing import Room, sign
from chalicelib.messages.verification import verify
from tests.support.increments import is_archivable
from tests.unit.messages.conftest import AGENCY_ID, OFFICER_ID, SIGNED_AT

MM = 72 / 25.4
TEMPLATES = ("birth_certificate", "decision")
LINES = {"person": Look(("Lê Hoàng Vũ",), "blue"), "seal": Look(("Ủy ban nhân dân",), "red")}


def png(size, colour, dpi=300):
    """An ellipse on a transparent ground, of so many millimetres."""
    width, height = (round(side / 25.4 * dpi) for side in size)
    image = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((2, 2, width - 3, height - 3), outline=colour, width=12)
    image.save(out := BytesIO(), "PNG", dpi=(dpi, dpi))
    return out.getvalue()


SEAL, SIGNATURE = png((36, 36), "#c81e1e"), png((50, 18), "#1a3fa0")


def shown(template="birth_certificate", signature=b"", seal=b""):
    """Both signatures of a result with these pictures."""
    return both(
        signature_box(template), LINES["person"]._replace(picture=signature), LINES["seal"]._replace(picture=seal)
    )


def size(rect):
    return rect[2] - rect[0], rect[3] - rect[1]


def middle(rect):
    return (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("signature", [b"", SIGNATURE], ids=["a box", "a picture"])
@pytest.mark.parametrize("seal", [b"", SEAL], ids=["a box", "a seal"])
def test_the_persons_is_in_the_middle_and_the_seal_covers_its_left_third(template, signature, seal):
    ((page, person), first), ((seal_page, sealed), last) = shown(template, signature, seal)
    assert (page, seal_page) == (0, 0)
    assert middle(person) == pytest.approx(middle(signature_box(template)[1]))
    assert middle(sealed)[1] == pytest.approx(middle(person)[1])
    assert sealed[2] - person[0] == pytest.approx(size(person)[0] / 3)
    assert sealed[0] < person[0]
    assert size(person) == pytest.approx((50 * MM, 18 * MM) if signature else size(signature_box(template)[1]), abs=0.3)
    assert size(sealed) == pytest.approx((36 * MM, 36 * MM) if seal else size(signature_box(template)[1]), abs=0.3)
    assert (first.picture, last.picture) == (signature, seal)


def test_a_signature_that_is_too_large_is_shown_smaller_and_a_seal_never():
    ((_, person), _), ((_, sealed), _) = shown(signature=png((59, 40), "blue"), seal=SEAL)
    room = signature_box("birth_certificate")[1]
    assert size(person)[1] == pytest.approx(size(room)[1])
    assert size(person)[0] / size(person)[1] == pytest.approx(59 / 40, abs=0.02)
    assert size(sealed) == pytest.approx((36 * MM, 36 * MM), abs=0.3)


@pytest.mark.parametrize("what", [b"no picture", SEAL[:200]], ids=["other bytes", "half a picture"])
def test_what_is_no_picture_is_left_out_and_the_lines_stand_there(what):
    ((_, person), first), ((_, sealed), last) = shown(signature=what, seal=what)
    assert (first.picture, last.picture) == (b"", b"")
    assert size(person) == pytest.approx(size(sealed))
    assert size(person) == pytest.approx(size(signature_box("birth_certificate")[1]))


def test_a_seal_that_says_it_is_larger_than_a_hand_is_no_seals_size():
    assert shown(seal=png((59, 59), "red"))[1][1].picture
    assert not shown(seal=png((90, 90), "red"))[1][1].picture


def test_a_picture_is_archivable_and_has_no_words_beside_it():
    pdf = render_stamp(LINES["seal"]._replace(picture=SEAL), 102, 102, at=SIGNED_AT)
    assert is_archivable(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_textpage().get_text_range().strip() == ""


@pytest.fixture
def register(pki_folder, tmp_path):
    """A folder of keys with a picture beside each certificate."""
    for kind, name, picture in (("agencies", AGENCY_ID, SEAL), ("officers", OFFICER_ID, SIGNATURE)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"{name}.pem").write_bytes((pki_folder / kind / f"{name}.pem").read_bytes())
        (tmp_path / kind / f"{name}.png").write_bytes(picture)
    return LocalKeys(tmp_path)


def test_the_register_gives_the_picture_that_stands_beside_a_certificate(register, keys):
    assert register.agency(AGENCY_ID).picture() == SEAL
    assert register.officer(OFFICER_ID).picture() == SIGNATURE
    assert keys.agency(AGENCY_ID).picture() == b""


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_result_shows_both_pictures_and_is_valid(make, register, keys, pki_folder, template):
    from chalicelib.messages.papers import Paper

    data = make(template)
    paper = Paper(message="-", kind="result", title="-", data=data, target="-", reason="-", holder="-")
    person, agency = register.officer(OFFICER_ID), register.agency(AGENCY_ID)
    before, last = _seen(paper, SIGNED_AT, person=person, agency=agency)
    given = {"reason": "Cấp", "at": SIGNED_AT, "timestamper": keys.timestamper(SIGNED_AT)}
    certify = Room("AgencySignature", *last[0])
    pdf = sign(render(data), person, field_name="OfficerSignature", seen=before.seen, certify=certify, **given)
    pdf = sign(pdf, agency, field_name="AgencySignature", seen=last, certify=False, **given)
    assert [signer.field for signer in verify(pdf, roots=pki_folder / "ca.pem").signers] == [
        "OfficerSignature",
        "AgencySignature",
    ]
    with pikepdf.open(BytesIO(pdf)) as document:
        rects = [tuple(map(float, field.Rect)) for field in document.Root.AcroForm.Fields]
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        seen = document[0].render(scale=2).to_pil().convert("RGB")
    height = seen.height / 2
    for (x0, y0, x1, y1), channel in zip(rects, (2, 0), strict=True):
        part = np.asarray(seen.crop((round(2 * x0), round(2 * (height - y1)), round(2 * x1), round(2 * (height - y0)))))
        assert ((part[..., channel] > 120) & (part.sum(axis=2) - part[..., channel] < 220)).sum() > 300
