"""The national e-data store over HTTPS, in the shape that is seen in practice.

No specification of it is published: what stands here was read in public code of a province, and a gateway of the
installation may stand between (docs/how-to/connect-the-national-store.md). What is asked and said is personal data:
neither is logged, and of a failure only why.
"""

import base64
import binascii
import io
import socket
import time
from collections.abc import Buffer
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Final

import msgspec

from chalicelib.kernel import log
from chalicelib.submission.estore.connection import Connection
from chalicelib.submission.estore.model import Fault, HeldFile, HeldPaper, Question, Unanswered
from chalicelib.submission.model import MAX_UPLOAD_BYTES

if TYPE_CHECKING:
    from urllib3 import PoolManager

LONGEST: Final = 500_000
"""Bytes of an answer that lists papers."""
LONGEST_FILE: Final = MAX_UPLOAD_BYTES * 4 // 3 + 1_000
"""Bytes of an answer with a file, which is Base64."""
TOOK: Final = frozenset({"0", "00", 0})
"""How success is told: in words of several years (`error_code`)."""
_BUSY: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


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


class _InTime(io.RawIOBase):
    """What a socket says until an end, in seconds of the monotonic clock: by dripping nobody gets more time."""

    def __init__(self, come: io.RawIOBase, sock: socket.socket, end: float) -> None:
        self._come, self._sock, self._end = come, sock, end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._come.readinto(buffer)

    def close(self) -> None:
        self._come.close()
        super().close()


class _AnswerInTime(HTTPResponse):
    """An answer that is there, its head and its body, when the time is over that was left as it began; or none."""

    def __init__(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        left = sock.gettimeout()
        if left is not None:
            self.fp = io.BufferedReader(_InTime(self.fp.detach(), sock, time.monotonic() + left))


@cache
def _pool() -> "PoolManager":
    """The process's connections. It follows no redirect, sends nothing twice, and time holds for a whole answer."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        response_class = _AnswerInTime

    class Sealed(HTTPSConnection):
        response_class = _AnswerInTime

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SealedPool(HTTPSConnectionPool):
        ConnectionCls = Sealed

    pool = PoolManager(maxsize=4, retries=False)
    pool.pool_classes_by_scheme = {"http": PlainPool, "https": SealedPool}
    return pool


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
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        timeout = Timeout(total=self.connection.seconds)
        try:
            answer = _pool().request(
                "POST", address, body=body, headers=headers, timeout=timeout, redirect=False, preload_content=False
            )
            status, content = answer.status, answer.read(longest + 1)
            (answer.close if len(content) > longest else answer.release_conn)()
        except HTTPError as error:
            raise _unanswered(_fault(error)) from None
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BUSY:
            raise _unanswered("down")
        if status != HTTPStatus.OK or len(content) > longest:
            raise _unanswered("unreadable")
        return content


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


def _fault(error: Exception) -> Fault:
    from urllib3.exceptions import NewConnectionError
    from urllib3.exceptions import TimeoutError as TookTooLong

    # urllib3 makes a refused connection a kind of time-out.
    return "slow" if isinstance(error, TookTooLong) and not isinstance(error, NewConnectionError) else "down"


def _unanswered(reason: Fault) -> Unanswered:
    log.note("national store gave no answer", reason=reason)
    return Unanswered(reason)
