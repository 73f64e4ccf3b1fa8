"""The page of a paper by itself: what is withdrawn, what cannot be said, and that no text of a paper is markup."""

import pytest

from chalicelib.messages.inquiry import SAID
from chalicelib.messages.views import PAGE, WORDS
from chalicelib.messages.wire import SignatureView, Verification


def verification(**facts):
    usual = {
        "standing": "registered",
        "said_vi": "",
        "said_en": "",
        "message": "RESULT.1",
        "title": "Giấy khai sinh",
        "agency": "H01.10.24",
        "agency_name": "Ủy ban nhân dân phường",
        "sha256": "ab" * 32,
        "size": 3,
        "signed_at": "2026-11-01T18:30:00Z",
        "origin": "native",
        "signatures": [SignatureView(kind="agency", name="UBND phường")],
        "data_attached": False,
        "earlier": ["cd" * 32],
    }
    return Verification.model_validate(usual | facts)


def test_times_are_of_viet_nam():
    assert "01:30, 02/11/2026" in PAGE.answer(verification(), "vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_withdrawn_paper_says_since_when_and_by_what(language):
    place = ("vi", "en").index(language)
    page = PAGE.answer(
        verification(standing="withdrawn", withdrawn_at="2026-11-03T00:00:00Z", decision="12/QĐ-UBND"), language
    )
    assert f"✗ {SAID['withdrawn'][place]}" in page
    assert 'class="standing bad"' in page
    assert 'data-withdrawn=""' in page
    assert f"<dt>{WORDS['decision'][place]}</dt><dd>12/QĐ-UBND</dd>" in page
    assert "07:00, 03/11/2026" in page


def test_a_paper_that_stands_has_no_withdrawal_for_the_script():
    assert "data-withdrawn" not in PAGE.answer(verification(), "vi")


@pytest.mark.parametrize("field", ["title", "agency_name"])
def test_what_a_paper_is_called_is_text_and_never_markup(field):
    page = PAGE.answer(verification(**{field: '<script>alert(1)</script>" onload="x'}), "vi")
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_refusal_names_its_reasons_and_offers_no_file():
    told = {"title": "Không tìm thấy", "detail": "Kiểm tra lại mã", "errors": [{"message": "Tệp <trống>"}]}
    page = PAGE.refusal(told, "vi")
    assert "Không tìm thấy. Tệp &lt;trống&gt;. Kiểm tra lại mã." in page
    assert "<form" not in page
    assert "<dl" not in page
