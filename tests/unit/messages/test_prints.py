"""Back to paper: every page whole, what the law wants of the paper at its foot, and a QR code that leads back."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from chalicelib.contracts.plan import Office
from chalicelib.messages.model import Message
from chalicelib.messages.prints import BAND, lies_across, print_view, signature_place
from tests.fakes.environment import stage
from tests.support.increments import is_archivable
from tests.support.papers import KINDS, PAPERS, keys
from tests.unit.messages.conftest import SIGNED_AT

__all__ = ["stage"]
URL = "https://motcua.example.vn"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return keys(tmp_path_factory.mktemp("print") / "keys")


def message(kind):
    texts = KINDS[kind]
    return Message(
        pk="MESSAGE#x", message="H01.10.24-261125-0001-KQ1", code="H01.10.24-261125-0001-KQ1", kind="result",
        title=texts.request[:250], key="-",
        version_id="-", sha256="ab" * 32, size=1, unsigned_sha256="-", signed_at="-",
        agency="H01", agency_name=texts.agency, holder="-", procedure="1.001193", reference="MC-1",
    )  # fmt: skip


def printed(kept, paper, kind):
    pdf = PAPERS[paper](kind, kept)
    office = Office(id="H01", name=KINDS[kind].agency, one_stop="-", place="-")
    return pdf, print_view(message(kind), pdf, office, URL, SIGNED_AT, trial="BẢN THỬ NGHIỆM")


def pages(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        return [page.render(scale=150 / 72).to_pil().convert("RGB") for page in document]


@pytest.mark.parametrize(
    ("paper", "kind"),
    [("birth_certificate", "usual"), ("register", "usual"), ("receipt_2018", "usual"), ("data_message", "long")],
)
def test_the_paper_says_where_its_document_is_and_shows_it_whole(kept, paper, kind):
    pdf, made = printed(kept, paper, kind)
    assert is_archivable(made)
    with pypdfium2.PdfDocument(made) as document, pypdfium2.PdfDocument(pdf) as source:
        assert len(document) == len(source)
        text = " ".join(document[0].get_textpage().get_text_range().split())
        for said in (
            "BẢN GIẤY CHUYỂN ĐỔI TỪ THÔNG ĐIỆP DỮ LIỆU",
            "Hệ thống",
            "Chủ quản hệ thống",
            "25/11/2026 09:20:05",
        ):
            assert said in text
        whole = "".join(text.split())
        assert "H01.10.24-261125-0001-KQ1" in whole
        assert "/v1/verifications/" in whole
    for shown in pages(made):
        assert sorted(shown.size) == pytest.approx([1240, 1754], abs=1)
        foot = shown.crop((0, int(shown.height - BAND * 150 / 72), shown.width, shown.height))
        codes = zxingcpp.read_barcodes(foot, zxingcpp.BarcodeFormat.QRCode)
        assert [URL in code.text for code in codes] == [True]
    with pikepdf.open(BytesIO(made)) as document:
        assert "/AcroForm" not in document.Root


def test_the_signature_is_shown_and_lies_above_the_foot(kept):
    pdf, made = printed(kept, "birth_certificate", "usual")
    (shown,), (source,) = pages(made), pages(pdf)
    blue = [
        sum(1 for r, g, b in picture.get_flattened_data() if b > r + 60 and b > g + 40) for picture in (source, shown)
    ]
    assert blue[1] > 0.4 * blue[0] > 0, "the person's signature is seen on the paper too"


@pytest.mark.parametrize(("paper", "across"), [("birth_certificate", False), ("register", True)])
def test_the_agency_signs_where_nothing_is_printed(kept, paper, across):
    pdf, made = printed(kept, paper, "long")
    assert lies_across(pdf) is across
    shown = pages(made)[0]
    page, (x0, y0, x1, y1) = signature_place(across)
    scale = 150 / 72
    box = shown.crop((int(x0 * scale), int(shown.height - y1 * scale), int(x1 * scale), int(shown.height - y0 * scale)))
    assert page == 0
    assert box.size[0] > 300
    assert box.getextrema() == ((255, 255),) * 3
    assert isinstance(box, Image.Image)


def test_the_same_print_is_the_same_bytes(kept):
    assert printed(kept, "receipt", "short")[1] == printed(kept, "receipt", "short")[1]
    pdf = PAPERS["receipt"]("short", kept)
    office = Office(id="H01", name="A", one_stop="-", place="-")
    later = print_view(message("short"), pdf, office, URL, SIGNED_AT + timedelta(days=1))
    assert later != printed(kept, "receipt", "short")[1]
