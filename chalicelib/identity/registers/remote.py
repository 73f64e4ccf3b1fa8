"""Registers behind a gateway that speaks our small JSON shape (docs/how-to/connect-a-register.md), over HTTPS.

No real register's wire is published: an installation puts a translation between it and this. What is asked and said is
personal data: neither is logged, and of a failure only which register, and whether it was down, slow or unreadable.
"""

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import msgspec

from chalicelib.identity.refusals import RegisterUnavailable
from chalicelib.identity.registers.model import Answer, Fault, Question
from chalicelib.kernel import log

if TYPE_CHECKING:
    from urllib3 import PoolManager

LONGEST: Final = 100_000
"""Bytes of an answer; a longer one is no answer to a question of a few fields."""
CONNECTS: Final = 2
"""How often a connection is tried. A question that was sent is not sent again: the register keeps each as one."""
_BUSY: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


@cache
def _pool() -> "PoolManager":
    """The process's connections. It follows no redirect: what is asked goes nowhere else."""
    from urllib3 import PoolManager, Retry

    retry = Retry(total=CONNECTS - 1, connect=CONNECTS - 1, read=0, redirect=0, status=0, other=0)
    return PoolManager(maxsize=4, retries=retry)


@dataclass(frozen=True)
class RemoteRegisters:
    """A gateway to registers at an address. `key` is a bearer token, nothing on a developer's machine."""

    url: str
    key: str
    seconds: float

    def is_on(self) -> bool:
        """Whether there is one."""
        return bool(self.url)

    def ask(self, question: Question) -> Answer:
        """The register's answer to a question, whole. Raises RegisterUnavailable: down, slow or unreadable."""
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        try:
            answer = _pool().request(
                "POST",
                f"{self.url}/{question.register}/questions",
                body=msgspec.json.encode(question),
                headers=headers,
                timeout=Timeout(total=self.seconds),
                redirect=False,
                preload_content=False,
            )
            status, content = answer.status, answer.read(LONGEST + 1)
            (answer.close if len(content) > LONGEST else answer.release_conn)()
        except HTTPError as error:
            raise _unavailable(question, _fault(error)) from None
        return _read(question, status, content)


class NoRegisters:
    """What an installation has that is connected to no register."""

    def is_on(self) -> bool:
        """It is not."""
        return False

    def ask(self, question: Question) -> Answer:
        """Nothing. Raises RegisterUnavailable."""
        raise _unavailable(question, "off")


def _fault(error: Exception) -> Fault:
    from urllib3.exceptions import MaxRetryError, NewConnectionError
    from urllib3.exceptions import TimeoutError as TookTooLong

    why = error.reason if isinstance(error, MaxRetryError) else error
    # urllib3 makes a refused connection a kind of time-out.
    is_slow = isinstance(why, TookTooLong) and not isinstance(why, NewConnectionError)
    return "slow" if is_slow else "down"


def _read(question: Question, status: int, content: bytes) -> Answer:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BUSY:
        raise _unavailable(question, "down")
    if status != HTTPStatus.OK or len(content) > LONGEST:
        raise _unavailable(question, "unreadable")
    try:
        return msgspec.json.decode(content, type=Answer)
    except msgspec.DecodeError:
        raise _unavailable(question, "unreadable") from None


def _unavailable(question: Question, reason: Fault) -> RegisterUnavailable:
    log.note("register unavailable", kind=question.register, reason=reason)
    return RegisterUnavailable(register=question.register, reason=reason)
