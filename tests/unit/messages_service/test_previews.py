"""The result of an accepted dossier is drawn before anybody approves it; why it cannot be is told by name."""

from io import BytesIO

import pypdfium2
import pytest
from msgspec.structs import replace

from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.messages import ResultUnprintable
from chalicelib.contracts.onestop import DossierAccepted
from chalicelib.contracts.plan import PlannedResult
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.plans import PlanItem
from chalicelib.messages import rendering
from chalicelib.messages.fence import preview_key
from chalicelib.messages.model import undrawn_key
from chalicelib.messages.previews import MARK, WHY, Previews
from chalicelib.messages.settings import BUCKET
from chalicelib.messages.store import Table
from chalicelib.sealing.door import seal
from tests.fakes import people
from tests.support.hall import hall

__all__ = ["hall"]

URL = "https://motcua.example.vn"


@pytest.fixture
def previews(hall):
    """Whoever draws, on the real stores."""
    return Previews(reading.read, Table(), URL, hall.clock)


@pytest.fixture
def accepted(hall):
    """What was told of a dossier whose result nobody drew yet."""
    reference = hall.at("receive")
    hall.stores.client("s3").delete_object(Bucket=BUCKET(), Key=preview_key(reference, 1))
    (told,) = hall.told(reference, DossierAccepted)
    return told


def drawn(hall, accepted):
    """The drawn result, if there is one."""
    s3 = hall.stores.client("s3")
    found = s3.list_objects_v2(Bucket=BUCKET(), Prefix=f"previews/{accepted.reference}/").get("Contents", [])
    keys = [each["Key"] for each in found]
    key = preview_key(accepted.reference, hall.draft(accepted.reference).form.version)
    assert set(keys) <= {key}, "as the form is now, and no other"
    return s3.get_object(Bucket=BUCKET(), Key=key)["Body"].read() if found else None


def told(hall, accepted):
    """What was told of a result that cannot be printed."""
    rows = hall.stores.events("Messages", undrawn_key(accepted.dossier_code))
    return [row["data"]["reason_code"] for row in rows if row["type"] == ResultUnprintable.type]


def change_form(hall, accepted, form):
    """Another form in the dossier, as no submission lets it through today."""
    hall.rows.change(accepted.reference, "FORM", sealed=seal(accepted.reference, form))


def test_the_result_is_drawn_as_it_will_be_printed_and_says_that_it_is_none(hall, previews, accepted):
    previews.draw(accepted)
    pdf = drawn(hall, accepted)
    page = pypdfium2.PdfDocument(BytesIO(pdf))[0].get_textpage().get_text_bounded()
    assert MARK in page
    assert people.FORM["child"]["full_name"].upper() in page
    assert accepted.dossier_code in page
    assert b"/ByteRange" not in pdf, "nobody signed it"
    assert told(hall, accepted) == []


def test_after_a_supplement_the_result_is_drawn_again_and_before_the_acceptance_not_yet(hall, previews, accepted):
    child = {**people.FORM["child"], "full_name": "Lê Nguyễn Gia Huy"}
    change_form(hall, accepted, {**people.form(), "child": child})
    five = {"agency": accepted.agency, "handler": "", "received_at": "", "processed_at": ""}
    supplemented = DossierSupplemented(**five, reference=accepted.reference)
    previews.draw(supplemented)
    assert drawn(hall, accepted) is None
    previews.draw(replace(supplemented, dossier_code=accepted.dossier_code))
    page = pypdfium2.PdfDocument(BytesIO(drawn(hall, accepted)))[0].get_textpage().get_text_bounded()
    assert "LÊ NGUYỄN GIA HUY" in page


def test_a_letter_that_no_font_has_is_told_and_nothing_is_drawn(hall, previews, accepted):
    form = people.form()
    change_form(hall, accepted, {**form, "child": {**form["child"], "full_name": "Ꝏꞛꭓ Văn Ả"}})
    previews.draw(accepted)
    assert drawn(hall, accepted) is None
    assert told(hall, accepted) == ["name_unusable"]


def test_a_form_without_what_the_result_must_say_is_told(hall, previews, accepted):
    change_form(hall, accepted, {"child": {"full_name": "Lê Nguyễn Gia Khánh"}})
    previews.draw(accepted)
    assert told(hall, accepted) == ["form_unfit"]


def test_a_dossier_without_a_form_is_told(hall, previews, accepted):
    previews.draw(replace(accepted, reference="MC-0000000000000000"))
    assert told(hall, accepted) == ["form_unfit"]


def test_a_result_of_no_template_is_told(hall, previews, accepted):
    dossier = hall.draft(accepted.reference)
    plan = replace(dossier.plan, result=PlannedResult(template="diploma", name_vi="Bằng"))
    Change(dossier.head, hall.clock()).pin(PlanItem(plan=plan)).write()
    previews.draw(accepted)
    assert told(hall, accepted) == ["unknown_template"]


def test_a_template_that_cannot_hold_the_content_is_told(hall, previews, accepted, monkeypatch, tmp_path):
    (tmp_path / "birth_certificate.typ").write_text('#panic("too long")')
    monkeypatch.setattr(rendering, "TEMPLATES_DIR", tmp_path)
    previews.draw(accepted)
    assert told(hall, accepted) == ["does_not_fit"]


def test_a_reason_is_told_once_however_often_the_acceptance_is(hall, previews, accepted):
    change_form(hall, accepted, {})
    previews.draw(accepted)
    previews.draw(accepted)
    assert told(hall, accepted) == ["form_unfit"]


def test_fonts_that_are_missing_are_our_fault_and_no_reason_of_the_dossier(
    hall, previews, accepted, monkeypatch, tmp_path
):
    monkeypatch.setattr(rendering, "DEFAULT_FONT_DIRS", (str(tmp_path),))
    monkeypatch.setattr(rendering.render, "__kwdefaults__", {"fonts": (str(tmp_path),)})
    with pytest.raises(rendering.FontsMissing):
        previews.draw(accepted)
    assert told(hall, accepted) == []


def test_every_reason_is_said_in_both_languages():
    assert all(len(both) == 2 and all(both) for both in WHY.values())
