"""The signatures that digitisation orders: the officer's own on the copy, the agency's on the data message. Pure."""

from typing import Final

from chalicelib.contracts.digitisation import SignatureOrdered, Signer
from chalicelib.digitisation.paper import CopyFile, Paper
from chalicelib.kernel.access import Principal

COPY: Final = "Bản sao chụp có chữ ký số cá nhân"
COPIED: Final = "Sao chụp từ bản giấy (Thông tư 01/2023/TT-VPCP Điều 8)"
MESSAGE: Final = "Thông điệp dữ liệu chuyển đổi từ văn bản giấy"


class NothingToSign(LookupError):
    """A paper that has no data message to be signed, or that an earlier release read: it kept less of it."""


def officer_order(paper: Paper, who: Principal) -> SignatureOrdered:
    """The officer's own signature on the copy, before anything is read (Circular 01/2023/TT-VPCP Art. 8(1))."""
    return SignatureOrdered(
        order=f"COPY.{paper.reference}.{paper.component}",
        kind="copy",
        title=COPY,
        source=paper.copy.pinned,
        target=paper.file("copy.pdf"),
        signer=Signer(kind="officer", id=who.subject),
        reason=COPIED,
        box=paper.copy.box,
        lines=("Người sao chụp:",),
        certify=False,
        then="vn.motcua.copy.signed",
        reference=paper.reference,
        component=paper.component,
        agency=paper.agency,
        holder=paper.holder,
        procedure=paper.procedure,
        min_level=paper.min_level,
    )


def agency_order(paper: Paper) -> SignatureOrdered:
    """The agency's signature, which closes the data message (Law 20/2023 Art. 12). Raises NothingToSign."""
    unsigned: CopyFile | None = paper.unsigned
    if unsigned is None or paper.digitised_code is None or paper.converted_at is None:
        raise NothingToSign(paper.pk)
    return SignatureOrdered(
        order=paper.digitised_code,
        kind="conversion",
        title=paper.result.title if paper.result else MESSAGE,
        compared=paper.compared,
        source=unsigned.pinned,
        target=paper.file("message.pdf"),
        signer=Signer(kind="agency", id=paper.agency),
        reason=paper.mark_text or "",
        box=unsigned.box,
        lines=(),
        certify=True,
        then="vn.motcua.message.converted",
        reference=paper.reference,
        component=paper.component,
        agency=paper.agency,
        holder=paper.holder,
        procedure=paper.procedure,
        min_level=paper.min_level,
    )
