"""Who takes a paper for the applicant: an agent whose right to it is there to be read, never a name alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chalicelib.contracts.delivery import Proof
from chalicelib.dossier.counter_scans import counter_scan
from chalicelib.dossier.interests import Work, require_other
from chalicelib.dossier.items import Head
from chalicelib.dossier.people import filer_of
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.refusals import MandateEnded
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.codes import personal_number_in
from chalicelib.law.rules import MandateState

PROVED: Final[Mapping[Proof, str]] = {
    "signature": "chữ ký",
    "identity_document": "giấy tờ tùy thân",
    "postal_receipt": "biên nhận bưu chính",
}


def authorisation_of(
    dossier: Dossier, number: str | None, authorisation: str | None, state: MandateState
) -> str | None:
    """The scan by which an agent may take a paper of the dossier; None under a mandate that holds.

    Their number is compared with that of whoever filed the dossier; `state` is that of the mandate on it. Needs the
    dossier's components and plan. Raises MandateEnded for one whose mandate ended otherwise than agreed, BodyInvalid
    for an agent with neither (policy: the law names no proof), ContentErased.
    """
    filer = filer_of(dossier.head)
    numbers = {personal_number_in(each) for each in ((filer.personal_id, filer.by_id) if filer else ()) if each}
    is_filer = number in numbers
    # of an organisation anybody may come who works for it, and none once its mandate was revoked
    if filer and (is_filer or filer.by_id is not None) and state == "revoked":
        raise MandateEnded
    if is_filer and state == "active":
        return None
    scan = counter_scan(dossier, authorisation)
    if scan:
        return scan.id
    vi, en = "Người này không có ủy quyền trên hồ sơ: nêu bản quét giấy ủy quyền", "No mandate: name the scan of theirs"
    if authorisation:
        vi, en = "Không phải bản quét giấy ủy quyền đã đưa vào hồ sơ", "No scan that was put into the dossier for this"
    raise BodyInvalid(fields=[FieldError("/authorisation", "unknown" if authorisation else "required", vi, en)])


def require_other_taker(who: Principal, head: Head, number: str | None, now: datetime) -> None:
    """No officer hands a paper to themselves, or to whom they are tied to, whatever name they write (policy).

    Raises OwnDossier, NumberUnknown.
    """
    if number:
        work = Work(head.agency, "receive", filed=head.submitted_at)
        require_other(who, (holder_of("CITIZEN", number),), work, now)


def taken_words(name: str, authorisation: str | None, proof: Proof) -> str:
    """By whom a paper was taken and what proves it, for a notice: an agent by name, never by number."""
    by = "giấy ủy quyền" if authorisation else "ủy quyền trên hồ sơ"
    return f"{name.strip()} ({by}, {PROVED[proof]})" if name else f"người đứng tên hồ sơ ({PROVED[proof]})"
