"""The National Public Service Portal by its session dialect, over HTTPS: log in, look up, tell.

Seen in the code of systems that are connected to it, and in no published specification; where the real one differs, a
gateway of the installation translates. What is sent is personal data and never logged.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from chalicelib.delivery.gateway import asked, taken
from chalicelib.delivery.ports import Unreachable
from chalicelib.delivery.synchronisation.payloads import Record, Step
from chalicelib.delivery.synchronisation.ports import Known, NotLoggedIn, RefusedByPortal
from chalicelib.dossier.national_portal import Connection

LONGEST: Final = 1_000_000
"""Bytes of an answer: that to a look-up may name many steps."""
DONE: Final = frozenset({"00", "0"})
THERE_ALREADY: Final = frozenset({"3", "-3"})
"""What it says to a dossier that is new to us and not to it: then it is updated."""
CODE_LENGTH: Final = 20

type Code = str | int


class _Session(msgspec.Struct, frozen=True):
    session: str = ""
    error_code: Code = ""


class _Answer(msgspec.Struct, frozen=True):
    error_code: Code


class _Seen(msgspec.Struct, frozen=True, rename={"at": "ThoiDiemXuLy", "state": "TrangThai", "content": "NoiDungXuLy"}):
    at: str
    state: Code
    content: str = ""


class _Row(msgspec.Struct, frozen=True, rename={"steps": "DanhSachTienDo"}):
    """A dossier that was found; a portal that does not tell its steps leaves them out."""

    steps: tuple[_Seen, ...] | None = None


class _Found(msgspec.Struct, frozen=True):
    error_code: Code
    result: tuple[_Row, ...] | None = None


@dataclass
class SessionPortal:
    """The portal at an address. It is logged into once by each of these, which lives as long as a run.

    No text says which codes mean the session and which the dossier. So what it says no to is said once more in a new
    session: it took nothing, and only what it says then counts.
    """

    to: Connection
    password: str
    _session: str = field(default="", repr=False)

    def find(self, code: str) -> Known | None:
        """What the portal has of a dossier; None when it has none."""
        found = self._said("TraCuuHoSo", {"mahoso": code}, _Found)
        if _code(found.error_code) not in DONE:
            raise Unreachable
        if not found.result:
            return None
        steps = found.result[0].steps
        if steps is None:
            return Known()
        return Known(marks=tuple(_mark(each) for each in steps))

    def keep(self, record: Record, *, is_there: bool) -> None:
        """Tell of a dossier, a new one or one that it has."""
        code = self._tell("DongBoHoSoMC", record, is_there=is_there)
        if code in THERE_ALREADY and not is_there:
            code = self._tell("DongBoHoSoMC", record, is_there=True)
        if code not in DONE:
            raise RefusedByPortal(code)

    def add(self, step: Step) -> None:
        """Tell of a step."""
        code = self._tell("CapNhatTienDoHoSoMC", step, is_there=True)
        if code not in DONE:
            raise RefusedByPortal(code)

    def _tell(self, service: str, what: Record | Step, *, is_there: bool) -> str:
        body = {"isUpdating": "True" if is_there else "False", "data": [msgspec.to_builtins(what)]}
        answers = DONE if is_there else DONE | THERE_ALREADY
        return _code(self._said(service, body, _Answer, answers).error_code)

    def _said[T: (_Answer, _Found)](
        self, service: str, body: dict[str, Any], kind: type[T], answers: frozenset[str] = DONE
    ) -> T:
        """What it says; where that is none of these `answers`, what it says in a new session."""
        said = _read(self._post(service, body), kind)
        if _code(said.error_code) in answers:
            return said
        self._session = ""
        return _read(self._post(service, body), kind)

    def _post(self, service: str, body: dict[str, Any]) -> bytes:
        whole = {"session": self._logged_in(), "madonvi": self.to.unit, "service": service, **body}
        status, content = asked(self.to.data, "", "POST", msgspec.json.encode(whole), longest=LONGEST)
        return taken(status, content, LONGEST)

    def _logged_in(self) -> str:
        if not self._session:
            body = msgspec.json.encode({"username": self.to.username, "password": self.password})
            try:
                answer = taken(*asked(self.to.auth, "", "POST", body, more={"dstcode": self.to.dstcode}))
                told = _read(answer, _Session)
            except Unreachable:
                raise NotLoggedIn from None
            if _code(told.error_code) not in DONE or not told.session:
                raise NotLoggedIn
            self._session = told.session
        return self._session


def _read[T](content: bytes, kind: type[T]) -> T:
    """An answer as its type. Raises Unreachable for what nobody understands."""
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError:
        raise Unreachable from None


def _code(code: Code) -> str:
    """An error code as text, cut short: what it says may stand in a ledger, and a text of the portal may not."""
    return str(code)[:CODE_LENGTH]


def _mark(step: _Seen) -> tuple[str, str, str]:
    return step.at, str(step.state), step.content
