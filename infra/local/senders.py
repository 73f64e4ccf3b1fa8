"""The local stage's providers of e-mail, SMS and the app, and a control that lets them misbehave.

`POST /local/senders/<provider>/<email|sms|app>/messages` and `GET .../messages/<id>` speak the shape of
docs/how-to/send-notices.md; there are two providers, `first` and `second`. `PUT /local/senders/control` with
`{"first": "mute"}` sets how one behaves: `well`, `down`, `slow` (it takes a message, and says that it came when it
behaves well again), `mute` (it keeps a message and its answer is lost), `refuses`, `bounces`, `nonsense`. Each keeps
whatever it is sent, as often as it is sent: a duplicate shows. None of it exists in a deployed stage.
"""

import json
import threading
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from infra.local.problems import problem, reply

MOUNT: Final = "/local/senders"
PROVIDERS: Final = ("first", "second")
CHANNELS: Final = ("email", "sms", "app")
WAYS: Final = ("well", "down", "slow", "mute", "refuses", "bounces", "nonsense")


class Senders:
    """Two providers of all channels; `kept` has what each was sent, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ways = dict.fromkeys(PROVIDERS, "well")
        self.kept: dict[str, list[dict[str, Any]]] = {name: [] for name in PROVIDERS}

    def behave(self, **ways: str) -> None:
        """Set how providers behave: `behave(first="slow")`. Raises: `ValueError`."""
        if not ways.keys() <= set(PROVIDERS) or not set(ways.values()) <= set(WAYS):
            raise ValueError(f"providers are {', '.join(PROVIDERS)}; ways {', '.join(WAYS)}")
        with self._lock:
            self._ways |= ways

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        name, channel, rest = (*path.removeprefix("/").split("/", 2), "", "")[:3]
        is_ours = name in PROVIDERS and channel in CHANNELS
        try:
            if request.method == "PUT" and path == "/control":
                self.behave(**json.loads(request.get_data()))
                return reply(self._ways)
            if request.method == "POST" and is_ours and rest == "messages":
                return self._sent(name, {"channel": channel, **json.loads(request.get_data())}, request_id)
            if request.method == "GET" and is_ours and rest.startswith("messages/"):
                return self._found(name, rest.removeprefix("messages/"), request_id)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return problem(400, request_id, detail=f"{type(error).__name__}")
        return problem(404, request_id)

    def _sent(self, name: str, message: dict[str, Any], request_id: str) -> Response:
        with self._lock:
            way = self._ways[name]
            if way in ("down", "nonsense"):
                return self._bad(way, request_id)
            if way == "refuses":
                return reply({"state": "refused"})
            self.kept[name].append({**message, "id": str(message["id"]), "at": datetime.now(UTC).isoformat()})
            if way == "mute":
                return problem(HTTPStatus.BAD_GATEWAY, request_id)
            return self._said(name, self.kept[name][-1])

    def _found(self, name: str, message: str, request_id: str) -> Response:
        with self._lock:
            if self._ways[name] in ("down", "nonsense"):
                return self._bad(self._ways[name], request_id)
            found = [each for each in self.kept[name] if each["id"] == message]
            return self._said(name, found[0]) if found else problem(HTTPStatus.NOT_FOUND, request_id)

    def _said(self, name: str, message: dict[str, Any]) -> Response:
        report = {"state": "accepted", "sent_at": message["at"]}
        ends = {"well": "delivered_at", "mute": "delivered_at", "bounces": "bounced_at"}.get(self._ways[name])
        return reply({**report, **({ends: datetime.now(UTC).isoformat()} if ends else {})})

    def _bad(self, way: str, request_id: str) -> Response:
        if way == "nonsense":
            return reply('{"state": "perhaps"}')
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id)
