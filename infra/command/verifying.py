"""`motcua verify`: a paper, the register's answer about it, and the verdict in words for people."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chalicelib.contracts.provenance import Compared
from chalicelib.messages.verdict import Attachment, Covers, Origin, SignerFact, StampFact, State, Verdict
from chalicelib.messages.verification import UNKNOWN, Known, verify
from infra.command.output import FINDINGS, NOT_FOUND, UNAVAILABLE, UNDECIDED, fail, show
from infra.command.registry import Unreachable, registered

_MARKS: Final = {True: "ok  ", False: "FAIL", None: "?   "}
_WORDS: Final[dict[State, str]] = {
    "valid": "HỢP LỆ / VALID",
    "intact": "CHỮ KÝ NGUYÊN VẸN, CHƯA HỎI NGUỒN GỐC / SIGNATURE INTACT, ORIGIN NOT ASKED",
    "invalid": "KHÔNG HỢP LỆ / NOT VALID",
}


_COVERS: Final[dict[Covers, str]] = {
    "file": "cả tệp / the whole file",
    "file_then": "cả tệp khi đó / the whole file as it was then",
    "nothing": "không bao trùm tệp / not the file",
}
_ORIGINS: Final[dict[Origin, str]] = {
    "native": "tạo ra là văn bản điện tử / made as a data message",
    "converted": "chuyển đổi từ văn bản giấy / converted from paper",
    "copied": "bản sao chụp của văn bản giấy / the copy of a paper",
    "": "tệp không ghi / the file does not say",
}
_OWNERS: Final[dict[Compared, str]] = {
    "read_and_compared": "máy đọc trên giấy và đối chiếu / read on the paper by machine and compared",
    "confirmed_by_two": "hai cán bộ đã xác nhận họ tên / two officers confirmed the name",
    "name_and_number_by_two": "hai cán bộ đã xác nhận họ tên và số / two officers confirmed name and number",
    "not_compared": "chưa ai đối chiếu giấy là của ai / nobody compared whose the paper is",
}


@dataclass(frozen=True)
class Checked:
    """The verdict on a paper, and the exit code that scripts get."""

    verdict: Verdict
    exit_code: int
    compared: Compared | None = None
    """How it is known whose a converted paper is; None: no registry said so."""

    @classmethod
    def of(cls, pdf: bytes, roots: Path, *, sha256: str | None, registry: str | None) -> "Checked":
        """Check a paper; without a hash ask the registry, when there is one, and leave with 6 if it does not answer."""
        known: Known | str | None = sha256
        if registry and sha256 is None:
            known = _asked(pdf, registry)
        verdict = verify(pdf, roots=roots, registered_sha256=known)
        codes: dict[State, int] = {"valid": 0, "intact": UNDECIDED, "invalid": FINDINGS}
        compared = known.compared if isinstance(known, Known) else None
        return cls(verdict, NOT_FOUND if known == UNKNOWN else codes[verdict.state], compared)


def _asked(pdf: bytes, registry: str) -> Known | str:
    try:
        return registered(pdf, registry) or UNKNOWN
    except Unreachable:
        remedy = "--sha256 HEX, or without: the verdict says what is unchecked"
        fail(f"{registry} does not answer", UNAVAILABLE, remedy)


def show_checked(checked: Checked, *, as_json: bool) -> None:
    """The verdict: its checks, the document, who signed, and the sentence that counts at the end."""
    verdict = checked.verdict
    lines = [f"{_MARKS[c.ok]} {c.name:<15} {c.detail_vi} / {c.detail_en}" for c in verdict.checks]
    lines += [f"?    unchecked       {what}" for what in verdict.unchecked]
    lines += list(map(_signer, verdict.signers))
    lines += list(map(_stamp, verdict.stamps))
    lines += list(map(_attachment, verdict.attachments))
    if said := verdict.document:
        agency = f"{said.agency_name} ({said.agency})" if said.agency else said.agency_name
        lines += [
            f"     document        {said.code or '-'}",
            f"     title           {said.title or '-'}",
            f"     agency          {agency or '-'}",
            f"     holder          {said.holder or '-'}",
            f"     origin          {_ORIGINS[said.origin]}",
        ]
    if checked.compared:
        lines.append(f"     owner           {_OWNERS[checked.compared]}")
    lines.append(_WORDS[verdict.state])
    show({**verdict.as_dict(), "owner_compared": checked.compared}, as_json=as_json, lines=lines)


def _signer(fact: SignerFact) -> str:
    """Who, when, by whose clock, over what."""
    clock = "dấu thời gian / timestamped" if fact.timestamped else "người ký tự ghi / as the signer says"
    return f"     signer          {fact.name} ({fact.kind}), {fact.signed_at}, {clock}; {_COVERS[fact.covers]}"


def _stamp(fact: StampFact) -> str:
    return (
        f"     timestamp       {fact.authority}, {fact.stamped_at}, cả tệp / the whole file; đến / until {fact.ends_at}"
    )


def _attachment(found: Attachment) -> str:
    signed = "dưới chữ ký / under the signature" if found.signed else "KHÔNG dưới chữ ký / NOT under the signature"
    return f"     data            {found.name} ({found.media_type}, {found.size} B): {signed}"
