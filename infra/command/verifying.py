"""`motcua verify`: a paper, the register's answer about it, and the verdict in words for people."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chalicelib.messages.verdict import State, Verdict
from chalicelib.messages.verification import UNKNOWN, verify
from infra.command.output import FINDINGS, NOT_FOUND, UNAVAILABLE, UNDECIDED, fail, show
from infra.command.registry import Unreachable, registered_hash

_MARKS: Final = {True: "ok  ", False: "FAIL", None: "?   "}
_WORDS: Final[dict[State, str]] = {
    "valid": "HỢP LỆ / VALID",
    "intact": "CHỮ KÝ NGUYÊN VẸN, CHƯA HỎI NGUỒN GỐC / SIGNATURE INTACT, ORIGIN NOT ASKED",
    "invalid": "KHÔNG HỢP LỆ / NOT VALID",
}


@dataclass(frozen=True)
class Checked:
    """The verdict on a paper, and the exit code that scripts get."""

    verdict: Verdict
    exit_code: int

    @classmethod
    def of(cls, pdf: bytes, roots: Path, *, sha256: str | None, registry: str | None) -> "Checked":
        """Check a paper; without a hash ask the registry, when there is one, and leave with 6 if it does not answer."""
        if registry and sha256 is None:
            sha256 = _asked(pdf, registry)
        verdict = verify(pdf, roots=roots, registered_sha256=sha256)
        codes: dict[State, int] = {"valid": 0, "intact": UNDECIDED, "invalid": FINDINGS}
        return cls(verdict, NOT_FOUND if sha256 == UNKNOWN else codes[verdict.state])


def _asked(pdf: bytes, registry: str) -> str:
    try:
        return registered_hash(pdf, registry) or UNKNOWN
    except Unreachable:
        remedy = "--sha256 HEX, or without: the verdict says what is unchecked"
        fail(f"{registry} does not answer", UNAVAILABLE, remedy)


def show_checked(checked: Checked, *, as_json: bool) -> None:
    """The verdict: its checks, the document, who signed, and the sentence that counts at the end."""
    verdict = checked.verdict
    lines = [f"{_MARKS[c.ok]} {c.name:<15} {c.detail_vi} / {c.detail_en}" for c in verdict.checks]
    lines += [f"?    unchecked       {what}" for what in verdict.unchecked]
    lines += [f"     signer          {s.name} ({s.kind}), {s.signed_at}" for s in verdict.signers]
    if said := verdict.document:
        agency = f"{said.agency_name} ({said.agency})" if said.agency else said.agency_name
        lines += [
            f"     document        {said.code or '-'}",
            f"     title           {said.title or '-'}",
            f"     agency          {agency or '-'}",
            f"     holder          {said.holder or '-'}",
        ]
    lines.append(_WORDS[verdict.state])
    show(verdict.as_dict(), as_json=as_json, lines=lines)
