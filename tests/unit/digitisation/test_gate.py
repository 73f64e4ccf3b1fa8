"""The gate to the byte and to the dot: where a limit begins, and which claims of a sender say what the content is."""

import pytest

from chalicelib.digitisation.checks import inspect
from chalicelib.digitisation.model import XLSX, Limits, Refused
from tests.unit.digitisation.test_checks import jpeg, pdf, png, refusal

WINDOW = 1024


def shifted(place):
    """A JPEG whose comment has the beginning of a PDF at this place of the file."""
    begins = jpeg(comment=b"%PDF-").index(b"%PDF-")
    data = jpeg(comment=b"x" * (place - begins) + b"%PDF-1.7")
    assert data.index(b"%PDF-") == place
    return data


def test_a_picture_is_also_a_pdf_as_far_into_it_as_readers_look_for_one():
    assert refusal(shifted(WINDOW - len(b"%PDF-"))) == "wrong_type"
    assert inspect(shifted(WINDOW - len(b"%PDF-") + 1)).media_type == "image/jpeg"


@pytest.mark.parametrize(("dpi", "warnings"), [(199, 1), (200, 0), (201, 0)])
def test_a_warning_is_given_under_the_resolution_that_is_asked_for_and_not_at_it(dpi, warnings):
    assert len(inspect(jpeg(dpi=(dpi, dpi))).warnings) == warnings


def test_each_page_that_is_too_coarse_is_named_by_its_number():
    warnings = inspect(pdf(pages=2), Limits(min_dpi=201)).warnings
    assert [warning.split(" có ")[0] for warning in warnings] == ["low_dpi: Trang 1", "low_dpi: Trang 2"]


@pytest.mark.parametrize(
    ("make", "claim"),
    [
        (jpeg, "image/pjpeg"),
        (jpeg, " IMAGE/JPEG ; charset=binary"),
        (jpeg, "binary/octet-stream"),
        (jpeg, ""),
        (jpeg, ";"),
        (pdf, "application/x-pdf"),
        (png, "image/png"),
    ],
)
def test_a_claim_that_means_the_same_is_no_other_one(make, claim):
    assert inspect(make(), declared_type=claim)


@pytest.mark.parametrize("claim", ["image/png", "image/tiff", "application/x-pdf", XLSX, "jpeg"])
def test_any_other_claim_is_one(claim):
    assert refusal(jpeg(), declared_type=claim) == "wrong_type"


def test_what_a_scanner_knows_is_refused_as_that_though_it_is_no_page_either():
    class Knows:
        """A scanner that knows everything."""

        def scan(self, data):
            """It does."""
            return f"{len(data)} bytes"

    assert refusal(b"no page", scanner=Knows()) == "malware"
    with pytest.raises(Refused) as refused:
        inspect(b"", scanner=Knows())
    assert refused.value.code == "empty", "there was nothing to ask it of"
