"""The local stage's national ID app, and a control that lets it misbehave.

`POST /local/id-app/papers` and `GET .../papers/<id>` speak the shape of docs/how-to/connect-the-id-app.md.
`PUT /local/id-app/control` with `{"way": "mute"}` sets how it behaves: `well`, `down`, `slow` (it takes a paper, and
has it when it behaves well again), `mute` (it keeps what it is told, and its answer is lost), `refuses`, `nonsense`. It
keeps each statement as often as it comes: a duplicate shows. None of it exists in a deployed stage.
"""

import json
import threading
from http import HTTPStatus
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from infra.local.problems import problem, reply

MOUNT: Final = "/local/id-app"
WAYS: Final = ("well", "down", "slow", "mute", "refuses", "nonsense")


class IdApp:
    """What it was told: `statements`, all of them, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._way = "well"
        self.statements: list[dict[str, Any]] = []

    def behave(self, way: str) -> None:
        """Set how it behaves. Raises: `ValueError`."""
        if way not in WAYS:
            raise ValueError(f"ways are {', '.join(WAYS)}")
        with self._lock:
            self._way = way

    def told_of(self, document: str) -> list[dict[str, Any]]:
        """What it was told of a document, as it came."""
        return [each for each in self.statements if each["document"] == document]

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        try:
            if request.method == "PUT" and path == "/control":
                self.behave(json.loads(request.get_data())["way"])
                return reply({"way": self._way})
            if request.method == "POST" and path == "/papers":
                return self._told(json.loads(request.get_data()), request_id)
            if request.method == "GET" and path.startswith("/papers/"):
                return self._found(path.removeprefix("/papers/"), request_id)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return problem(400, request_id, detail=f"{type(error).__name__}")
        return problem(404, request_id)

    def _told(self, statement: dict[str, Any], request_id: str) -> Response:
        with self._lock:
            if self._way in ("down", "nonsense"):
                return self._bad(request_id)
            if self._way == "refuses":
                return reply({"state": "refused"})
            self.statements.append({"document": str(statement["document"]), **statement})
            if self._way == "mute":
                return problem(HTTPStatus.BAD_GATEWAY, request_id)
            return self._said()

    def _found(self, statement: str, request_id: str) -> Response:
        with self._lock:
            if self._way in ("down", "nonsense"):
                return self._bad(request_id)
            if not any(each["id"] == statement for each in self.statements):
                return problem(HTTPStatus.NOT_FOUND, request_id)
            return self._said()

    def _said(self) -> Response:
        return reply({"state": "taken" if self._way == "slow" else "integrated"})

    def _bad(self, request_id: str) -> Response:
        if self._way == "nonsense":
            return reply('{"state": "perhaps"}')
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id)
