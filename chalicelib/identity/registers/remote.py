"""Registers behind a gateway that speaks our small JSON shape (docs/how-to/connect-a-register.md), over HTTPS.

No real register's wire is published: an installation puts a translation between it and this. What is asked and said is
personal data: neither is logged, and of a failure only which register, and whether it was down, slow or unreadable.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import msgspec

from chalicelib.identity.refusals import RegisterOff, RegisterUnavailable
from chalicelib.identity.registers.model import Answer, Fault, Question
from chalicelib.kernel import log
from chalicelib.kernel.calling import Answered, NoAnswer, called

LONGEST: Final = 100_000
"""Bytes of an answer; a longer one is no answer to a question of a few fields."""
CONNECTS: Final = 2
"""How often a connection is tried. A question that was sent is not sent again: the register keeps each as one."""


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
        address, body = f"{self.url}/{question.register}/questions", msgspec.json.encode(question)
        try:
            answer = called("POST", address, self.key, body, seconds=self.seconds, longest=LONGEST, connects=CONNECTS)
        except NoAnswer as none:
            raise _unavailable(question, none.fault) from None
        return _read(question, answer)


class NoRegisters:
    """What an installation has that is connected to no register."""

    def is_on(self) -> bool:
        """It is not."""
        return False

    def ask(self, question: Question) -> Answer:
        """Nothing. Raises RegisterOff."""
        raise RegisterOff(register=question.register)


def _read(question: Question, answer: Answered) -> Answer:
    if answer.is_down:
        raise _unavailable(question, "down")
    if answer.status != HTTPStatus.OK or len(answer.content) > LONGEST:
        raise _unavailable(question, "unreadable")
    try:
        return msgspec.json.decode(answer.content, type=Answer)
    except msgspec.DecodeError:
        raise _unavailable(question, "unreadable") from None


def _unavailable(question: Question, reason: Fault) -> RegisterUnavailable:
    log.note("register unavailable", kind=question.register, reason=reason)
    return RegisterUnavailable(register=question.register, reason=reason)
