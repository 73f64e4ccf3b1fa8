"""What papers say of a dossier's money."""

import pytest

from chalicelib.contracts.submission import FiledFee, FiledLine
from chalicelib.onestop.paid import fee_text

WHY = "Mức thu do văn bản khác quy định"


def fee(*lines):
    return FiledFee(
        why_vi="",
        why_en="",
        lines=tuple(FiledLine(type=t, amount=a, currency=c, why_vi=WHY, why_en="") for t, a, c in lines),
    )


@pytest.mark.parametrize(
    ("filed", "text"),
    [
        (None, ""),
        (fee(), ""),
        (fee(("", 1_250_000, "VND")), ""),
        (fee(("FEE", 0, "VND")), "Không thu"),
        (fee(("FEE", 8_000, "VND")), "8.000 đồng"),
        (fee(("FEE", 8_000, "VND"), ("SERVICE_FEE", 50_000, None), ("", 9, "VND")), "58.000 đồng"),
        (fee(("FEE", 8_000, "VND"), ("FEE", 10, "USD")), "8.000 đồng; 10 USD"),
        (fee(("FEE", 8_000, "VND"), ("FEE", None, None)), WHY),
    ],
)
def test_a_receipt_says_what_is_owed_and_never_a_price_nor_a_guess(filed, text):
    assert fee_text(filed) == text
