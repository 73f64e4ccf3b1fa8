"""Why a dropped paper is rejected. The officers' list is ours: no text that was read has one. Pure."""

from collections.abc import Mapping
from typing import Final

from chalicelib.contracts.digitisation import Digitisation
from chalicelib.digitisation.exemptions import SECRET_BY_LAW
from chalicelib.digitisation.model import Refused

SUPERSEDED: Final = Refused("superseded", "Đã có bản bổ sung thay thế", "a supplement brought another paper instead")
REJECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "not_this_dossier": ("Giấy tờ không thuộc hồ sơ này", "The paper does not belong to this dossier"),
    "unreadable": ("Bản quét không đọc được, cần quét lại", "The scan cannot be read: scan it again"),
    "incomplete": ("Bản quét thiếu trang so với bản giấy", "The scan lacks pages of the paper"),
    "duplicate": ("Giấy tờ đã có trong hồ sơ", "The dossier has this paper already"),
    SECRET_BY_LAW: ("Giấy tờ mật không được số hóa", "A paper secret under law is not digitised"),
}


def rejected_for(why: Refused) -> Digitisation:
    """What the dossier says of a component of which no paper can be made."""
    return Digitisation(status="rejected", code=why.code, text_vi=why.message_vi, text_en=why.message_en)


def rejected_as(code: str) -> Digitisation:
    """What the dossier says of a component that was rejected for this reason."""
    said_vi, said_en = REJECTIONS[code]
    return Digitisation(status="rejected", code=code, text_vi=said_vi, text_en=said_en)
