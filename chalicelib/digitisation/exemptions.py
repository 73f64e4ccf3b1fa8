"""What is exempt from digitisation, by the rule pack of the day; the dossier says by which clause. Pure.

Circular 03/2025/TT-VPCP Art. 5, Circular 01/2023/TT-VPCP Art. 4-5.
"""

from datetime import date
from typing import Final

from chalicelib.contracts.digitisation import Digitisation
from chalicelib.law import packs

FILED_ONLINE: Final = "filed_online"
SECRET_BY_LAW: Final = "secret"  # noqa: S105 - a kind of paper, not a password
"""Such a paper is not digitised at all: it has no place in a bucket."""


SIGNED: Final = Digitisation(
    status="exempt",
    code="signed_electronically",
    text_vi="Văn bản điện tử đã ký số: là thông điệp dữ liệu sẵn có, không phải giấy cần số hóa",
    text_en="A signed electronic document: a data message by itself, no paper that would be digitised",
    citation="Decree 30/2020/ND-CP Art. 5",
)
"""No clause of the pack: that what is no paper is not digitised is our reading (docs/explanation/digitisation.md)."""


def digitisation_of(exemption: str | None, day: date) -> Digitisation:
    """Exempt with the clause, when there is one in force under this name; else the paper waits to be digitised."""
    for each in packs.pack_on(day).rules.digitisation_exemptions.value:
        if each.code == exemption:
            return Digitisation(
                status="exempt", code=each.code, text_vi=each.text_vi, text_en=each.text_en, citation=each.citation
            )
    return Digitisation(status="waiting")
