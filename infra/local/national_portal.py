"""The local stage's National Public Service Portal, and a control that lets it misbehave.

`POST /local/national-portal/auth` and `.../data` speak the session dialect of
docs/how-to/connect-the-national-portal.md. `PUT /local/national-portal/control` with `{"way": "mute"}` sets how it
behaves: `well`, `down`, `mute` (it keeps what it is told, and its answer is lost), `slow` (the same, and it answers no
look-up either until it behaves well again), `ends` (the session that it gave is over), `exists` (it says of a new
dossier that it has it), `refuses`, `nonsense`.
It keeps each step as often as it is told: a duplicate shows. None of it exists in a deployed stage.
"""

import json
import threading
from http import HTTPStatus
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from infra.local.problems import problem, reply

MOUNT: Final = "/local/national-portal"
WAYS: Final = ("well", "down", "mute", "slow", "ends", "exists", "refuses", "nonsense")
UNIT: Final = "000.00.00.G01"
USERNAME: Final = "motcua"
SESSION: Final = "a-session-of-the-local-portal"


class NationalPortal:
    """What it was told: `records` of each dossier as they came, `steps` of all in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._way = "well"
        self._is_over = False
        self.records: dict[str, list[dict[str, Any]]] = {}
        self.steps: list[dict[str, Any]] = []

    def behave(self, way: str) -> None:
        """Set how it behaves. Raises: `ValueError`."""
        if way not in WAYS:
            raise ValueError(f"ways are {', '.join(WAYS)}")
        with self._lock:
            self._way = way
            self._is_over = way == "ends"

    def steps_of(self, code: str) -> list[dict[str, Any]]:
        """The steps of a dossier, as they came."""
        return [each for each in self.steps if each["MaHoSo"] == code]

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        try:
            if request.method == "PUT" and path == "/control":
                self.behave(json.loads(request.get_data())["way"])
                return reply({"way": self._way})
            if request.method == "POST" and path == "/auth":
                return self._auth(json.loads(request.get_data()), request_id)
            if request.method == "POST" and path == "/data":
                return self._data(json.loads(request.get_data()), request_id)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return problem(400, request_id, detail=f"{type(error).__name__}")
        return problem(404, request_id)

    def _auth(self, said: dict[str, Any], request_id: str) -> Response:
        if self._way == "down":
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id)
        if said["username"] != USERNAME or not said["password"]:
            return reply({"error_code": "01"})
        self._is_over = False
        return reply({"session": SESSION, "error_code": 0})

    def _data(self, said: dict[str, Any], request_id: str) -> Response:
        with self._lock:
            if self._way in ("down", "nonsense"):
                return self._bad(request_id)
            if self._is_over or said["session"] != SESSION or said["madonvi"] != UNIT:
                return reply({"error_code": "02"})
            if said["service"] == "TraCuuHoSo":
                return self._found(said["mahoso"], request_id)
            if self._way == "refuses":
                return reply({"error_code": "99", "message": "Dữ liệu không hợp lệ"})
            code = self._told(said)
            if self._way in ("mute", "slow"):
                return problem(HTTPStatus.BAD_GATEWAY, request_id)
            return reply({"error_code": code})

    def _bad(self, request_id: str) -> Response:
        if self._way == "nonsense":
            return reply('{"error_code": {"perhaps": true}}')
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id)

    def _told(self, said: dict[str, Any]) -> str:
        (what,) = said["data"]
        if said["service"] == "CapNhatTienDoHoSoMC":
            if what["MaHoSo"] not in self.records:
                return "04"
            self.steps.append(what)
            return "00"
        is_new = said["isUpdating"] == "False"
        if said["service"] != "DongBoHoSoMC" or said["isUpdating"] not in ("True", "False"):
            return "05"
        if is_new and (self._way == "exists" or what["MaHoSo"] in self.records):
            return "-3"
        self.records.setdefault(what["MaHoSo"], []).append(what)
        return "00"

    def _found(self, code: str, request_id: str) -> Response:
        if self._way == "slow":
            return problem(HTTPStatus.GATEWAY_TIMEOUT, request_id)
        if code not in self.records:
            return reply({"error_code": "00", "result": []})
        newest = self.records[code][-1]
        found = {"MaHoSo": code, "TrangThaiHoSo": newest["TrangThaiHoSo"], "DanhSachTienDo": self.steps_of(code)}
        return reply({"error_code": "00", "result": [found]})
