"""Whether who brought an absent person's papers may: acceptance names the scan of the paper that says so (policy)."""

from datetime import datetime
from typing import Final

from chalicelib.dossier.counter_scans import counter_scan
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import packs

AT: Final = "/authorisation"
OWED: Final = FieldError(
    AT,
    "required",
    "Người nộp thay không có ủy quyền trên hệ thống: quét giấy ủy quyền hoặc giấy tờ chứng minh quyền đại diện và nêu",
    "Who brought it has no mandate here: name the scan of the paper by which they may",
)
UNKNOWN: Final = FieldError(
    AT,
    "unknown",
    "Không phải bản quét giấy ủy quyền đã đưa vào hồ sơ",
    "No scan that was put into the dossier for this",
)


def require_authorised(dossier: Dossier, authorisation: str | None, now: datetime) -> None:
    """Of what a stranger brought for a person, without a mandate, the scan of their authorisation is there.

    By the channels that the rule `intake.authorisation_channels` names. Raises BodyInvalid, ContentErased.
    """
    head = dossier.head
    channels = packs.pack_on(now.astimezone(ZONE).date()).rules.intake_authorisation_channels.value
    if head.acting or head.organ in (None, head.holder, *(head.also or ())) or head.channel not in channels:
        return
    if holder_of(head).kind == "ORGANISATION":
        return
    if authorisation is None:
        raise BodyInvalid(fields=[OWED])
    if counter_scan(dossier, authorisation) is None:
        raise BodyInvalid(fields=[UNKNOWN])
