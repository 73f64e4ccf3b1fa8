"""What of the fees of a service is not known, by its place in the answer."""

from collections.abc import Iterable, Iterator

from chalicelib.catalogue.procedures.fees import Fee
from chalicelib.catalogue.procedures.parts import Unknown

_AMOUNT_VI = "Mức phí này chưa xác định chắc chắn; đọc câu chữ của bản ghi, hỏi nơi nộp hồ sơ."
_AMOUNT_EN = "This fee is not known for certain: read the record's words, ask where you hand the dossier in."
_MONEY_VI = "Không rõ loại tiền của mức phí này."
_MONEY_EN = "The currency of this fee is not known."


def unknown_fees(fees: Iterable[Fee]) -> Iterator[Unknown]:
    """The sums and currencies of the answer that nobody knows, by their places."""
    for place, fee in enumerate(fees):
        if fee.reading is None or (fee.amount is None and not fee.tiers):
            yield Unknown(pointer=f"/fees/{place}/amount", why_vi=_AMOUNT_VI, why_en=_AMOUNT_EN)
        if fee.amount and fee.currency is None:
            yield Unknown(pointer=f"/fees/{place}/currency", why_vi=_MONEY_VI, why_en=_MONEY_EN)
