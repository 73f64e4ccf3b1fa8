"""Whether what a person did not hand in is theirs: acceptance names the scan of the paper that says so (policy)."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from chalicelib.dossier.counter_scans import counter_scan
from chalicelib.dossier.items import Head
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
OWED_OF_POST: Final = FieldError(
    AT,
    "required",
    "Hồ sơ đến qua bưu chính: quét tờ khai, đơn có chữ ký của người nộp hoặc phong bì và nêu",
    "It came by post: name the scan of the form that the applicant signed, or of the envelope",
)
UNKNOWN: Final = FieldError(
    AT,
    "unknown",
    "Không phải bản quét đã đưa vào hồ sơ để chứng minh việc này",
    "No scan that was put into the dossier for this",
)


def require_authorised(dossier: Dossier, authorisation: str | None, now: datetime) -> None:
    """Of what a stranger brought for a person, without a mandate, the scan of their authorisation is there.

    By the channels that the rule `intake.authorisation_channels` names. By those of `intake.signed_scan_channels`
    nobody is seen who files: the scan of a form that they signed, or of the envelope, is there, whoever it is filed
    for or by. Raises BodyInvalid, ContentErased.
    """
    rules = packs.pack_on(now.astimezone(ZONE).date()).rules
    if dossier.head.channel in rules.intake_signed_scan_channels.value:
        owed = OWED_OF_POST
    elif _is_brought_by_stranger(dossier.head, rules.intake_authorisation_channels.value):
        owed = OWED
    else:
        return
    if authorisation is None:
        raise BodyInvalid(fields=[owed])
    if counter_scan(dossier, authorisation) is None:
        raise BodyInvalid(fields=[UNKNOWN])


def _is_brought_by_stranger(head: Head, channels: Collection[str]) -> bool:
    """Whether somebody without a mandate brought it for a person by one of these channels."""
    if head.acting or head.organ in (None, head.holder, *(head.also or ())) or head.channel not in channels:
        return False
    return holder_of(head).kind != "ORGANISATION"
