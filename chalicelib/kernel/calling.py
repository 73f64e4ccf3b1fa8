"""A call to an outside system over HTTP: one request, one bounded answer, whole in its time or none.

In its time are connecting, to however many addresses of a name, its handshake, and the answer, head and body. Not in it
are the addresses of a name, which take what the system's resolver takes, and sending to a system that reads slowly: it
has at most as long again for the head of a request, and for its body. Nothing is sent twice by itself and no redirect
is followed: what is asked is personal data, and goes nowhere else. It is never logged here.
"""

import io
import socket
import time
from collections.abc import Buffer, Mapping
from functools import cache
from http import HTTPStatus
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from urllib3 import PoolManager

BUSY: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
"""What a system says that may answer later, beside all from 500 on."""
SHORTEST: Final = 0.001
"""Seconds that are waited for where none are left: none at all would mean for ever, or not to wait."""


class Answered(NamedTuple):
    """Status and content of an answer; of one that is too long a byte more than was asked for."""

    status: int
    content: bytes

    @property
    def is_down(self) -> bool:
        """Whether the system says that it cannot answer now."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status in BUSY


class NoAnswer(Exception):
    """No whole answer came in time: `fault` says whether the other side was slow or down."""

    def __init__(self, fault: Literal["slow", "down"]) -> None:
        super().__init__(fault)
        self.fault = fault


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


def _connected(host: str, port: int, end: float, options: list[tuple[int, int, int | bytes]] | None) -> socket.socket:
    """A connection to the first address of a name that takes one, until an end in seconds of the monotonic clock.

    Its handshake has what is left. Raises OSError, TimeoutError once the time is over.
    """
    from urllib3.util.connection import allowed_gai_family, create_connection

    refused: OSError = TimeoutError()
    for *_, place in socket.getaddrinfo(host.strip("[]"), port, allowed_gai_family(), socket.SOCK_STREAM):
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            sock = create_connection((str(place[0]), port), left, socket_options=options)
        except OSError as error:
            refused = error
            continue
        sock.settimeout(max(end - time.monotonic(), SHORTEST))
        return sock
    raise refused


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
    """The process's connections."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    class Plain(HTTPConnection):
        response_class = _AnswerInTime

        def _new_conn(self) -> socket.socket:
            # urllib3 gives each address of a name the whole time.
            try:
                return _connected(self.host, self.port, time.monotonic() + (self.timeout or 0), self.socket_options)
            except TimeoutError as error:
                raise ConnectTimeoutError(self, "not connected in time") from error
            except (OSError, UnicodeError) as error:
                raise NewConnectionError(self, "not connected") from error

    class Sealed(Plain, HTTPSConnection):
        pass

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SealedPool(HTTPSConnectionPool):
        ConnectionCls = Sealed

    pool = PoolManager(maxsize=4, retries=False)
    pool.pool_classes_by_scheme = {"http": PlainPool, "https": SealedPool}
    return pool


def called(
    method: str,
    address: str,
    key: str,
    body: bytes | None,
    *,
    seconds: float,
    longest: int,
    more: Mapping[str, str] | None = None,
    connects: int = 1,
) -> Answered:
    """The answer to a request, whole within so many seconds and at most a byte longer than `longest`. Raises NoAnswer.

    `key` is a bearer token, or nothing; `more` are further headers. `connects`: how often a connection is tried within
    the same seconds, as nothing was sent before there is one.
    """
    from urllib3 import Timeout
    from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

    bearer = {"Authorization": f"Bearer {key}"} if key else {}
    headers = {"Content-Type": "application/json", **bearer, **(more or {})}
    end = time.monotonic() + seconds
    for tried in range(1, connects + 1):
        left = Timeout(total=max(end - time.monotonic(), SHORTEST))
        try:
            answer = _pool().request(
                method, address, body=body, headers=headers, timeout=left, redirect=False, preload_content=False
            )
            status, content = answer.status, answer.read(longest + 1)
            (answer.close if len(content) > longest else answer.release_conn)()
        except HTTPError as error:
            nothing_sent = isinstance(error, NewConnectionError | ConnectTimeoutError)
            if nothing_sent and tried < connects and time.monotonic() < end:
                continue
            raise _no_answer(error) from None
        return Answered(status, content)
    raise NoAnswer("down")


def _no_answer(error: Exception) -> NoAnswer:
    from urllib3.exceptions import NewConnectionError
    from urllib3.exceptions import TimeoutError as TookTooLong

    # urllib3 makes a refused connection a kind of time-out.
    return NoAnswer("slow" if isinstance(error, TookTooLong) and not isinstance(error, NewConnectionError) else "down")
