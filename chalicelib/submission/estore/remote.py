"""The national e-data store over HTTPS, in the shape that is seen in practice.

No specification of it is published: what stands here was read in public code of a province, and a gateway of the
installation may stand between (docs/how-to/connect-the-national-store.md). What is asked and said is personal data:
neither is logged, and of a failure only why.
"""

import base64
import binascii
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import msgspec

from chalicelib.kernel import log
from chalicelib.kernel.calling import NoAnswer, called
from chalicelib.submission.estore.connection import Connection
from chalicelib.submission.estore.model import Fault, HeldFile, HeldPaper, Question, Unanswered
from chalicelib.submission.model import MAX_UPLOAD_BYTES

LONGEST: Final = 500_000
"""Bytes of an answer that lists papers."""
LONGEST_FILE: Final = MAX_UPLOAD_BYTES * 4 // 3 + 1_000
"""Bytes of an answer with a file, which is Base64."""
TOOK: Final = frozenset({"0", "00", 0})
"""How success is told: in words of several years (`error_code`)."""


class _File(msgspec.Struct, frozen=True, rename={"name": "TenTep", "path": "DuongDan"}):
    """A file of a paper on the wire."""

    name: str
    path: str


class _Paper(
    msgspec.Struct,
    frozen=True,
    rename={
        "kind": "MaKetQua",
        "title": "TenGiayTo",
        "number": "SoKyHieu",
        "issuer": "CoQuanChuQuan",
        "files": "DanhSachTepDinhKem",
    },
):
    """A paper on the wire; what an answer leaves empty may be null there."""

    kind: str
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    files: tuple[_File, ...] | None = None


class _Result(msgspec.Struct, frozen=True, rename={"papers": "DanhSachGiayToKetQua"}):
    """What was found."""

    papers: tuple[_Paper, ...] | None = None


class _Answer(msgspec.Struct, frozen=True, rename={"code": "errorCode"}):
    """An answer; its `message` and `signature` are not read, since nothing published says what is signed."""

    code: str | int
    result: _Result | None = None


@dataclass(frozen=True)
class RemoteStore:
    """The store at its addresses. `key` is a bearer token, nothing on a developer's machine."""

    connection: Connection
    key: str

    def look_up(self, question: Question) -> tuple[HeldPaper, ...]:
        """The papers that the store says it holds. Raises Unanswered."""
        content = self._asked(self.connection.papers, _body(question, self.connection.channel), LONGEST)
        try:
            answer = msgspec.json.decode(content, type=_Answer)
        except msgspec.DecodeError:
            raise _unanswered("unreadable") from None
        if answer.code not in TOOK:
            raise _unanswered("refused")
        found = (answer.result.papers if answer.result else None) or ()
        return tuple(_held(each) for each in found)

    def fetch(self, issuer: str, path: str) -> bytes:
        """A file that the store names. Raises Unanswered."""
        asked = msgspec.json.encode({"CoQuanChuQuan": issuer, "DuongDan": path})
        content = self._asked(self.connection.files, asked, LONGEST_FILE)
        try:
            found = base64.b64decode(msgspec.json.decode(content, type=str), validate=True)
        except (msgspec.DecodeError, binascii.Error, ValueError):
            raise _unanswered("unreadable") from None
        if not 0 < len(found) <= MAX_UPLOAD_BYTES:
            raise _unanswered("unreadable")
        return found

    def _asked(self, address: str, body: bytes, longest: int) -> bytes:
        try:
            answer = called("POST", address, self.key, body, seconds=self.connection.seconds, longest=longest)
        except NoAnswer as none:
            raise _unanswered(none.fault) from None
        if answer.is_down:
            raise _unanswered("down")
        if answer.status != HTTPStatus.OK or len(answer.content) > longest:
            raise _unanswered("unreadable")
        return answer.content


def _body(question: Question, channel: str) -> bytes:
    return msgspec.json.encode(
        {
            "SoDinhDanhChuSoHuu": question.owner,
            "HoTenNguoiYeuCau": question.asker_name,
            "SoDinhDanhNguoiYeuCau": question.asker,
            "KenhThucHien": channel,
            "MaThuTuc": question.procedure,
            "DanhSachDanhMucKetQua": [{"MaKetQua": each.kind, "SoKyHieu": each.number} for each in question.sought],
        }
    )


def _held(paper: _Paper) -> HeldPaper:
    files = tuple(HeldFile(each.name, each.path) for each in paper.files or () if each.path)
    return HeldPaper(
        kind=paper.kind,
        title=paper.title or "",
        number=paper.number or "",
        issuer=paper.issuer or "",
        files=files,
    )


def _unanswered(reason: Fault) -> Unanswered:
    log.note("national store gave no answer", reason=reason)
    return Unanswered(reason)
