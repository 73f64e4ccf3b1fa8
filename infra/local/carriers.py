"""The local stage's national ID app, post and register of results, and a control that lets them misbehave.

`POST /local/carriers/<app|post|register>/parcels` and `GET .../parcels/<id>` speak the shape of
docs/how-to/connect-a-destination.md. `PUT /local/carriers/control` with `{"app": "slow"}` sets how one behaves: `well`,
`down`, `slow` (it takes a parcel, and says that it came when it behaves well again), `mute` (it keeps a parcel and its
answer is lost), `refuses`, `nonsense`. Each keeps whatever it is sent, as often as it is sent: a duplicate shows. None
of it exists in a deployed stage.
"""

import json
import threading
from http import HTTPStatus
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from infra.local.problems import problem, reply

MOUNT: Final = "/local/carriers"
CARRIERS: Final = ("app", "post", "register")
WAYS: Final = ("well", "down", "slow", "mute", "refuses", "nonsense")


class Carriers:
    """Three destinations; `kept` has what each was sent, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ways = dict.fromkeys(CARRIERS, "well")
        self.kept: dict[str, list[dict[str, Any]]] = {name: [] for name in CARRIERS}

    def behave(self, **ways: str) -> None:
        """Set how destinations behave: `behave(app="slow")`. Raises: `ValueError`."""
        if not ways.keys() <= set(CARRIERS) or not set(ways.values()) <= set(WAYS):
            raise ValueError(f"destinations are {', '.join(CARRIERS)}; ways {', '.join(WAYS)}")
        with self._lock:
            self._ways |= ways

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        name, _, rest = path.removeprefix("/").partition("/")
        try:
            if request.method == "PUT" and path == "/control":
                self.behave(**json.loads(request.get_data()))
                return reply(self._ways)
            if request.method == "POST" and name in CARRIERS and rest == "parcels":
                return self._sent(name, json.loads(request.get_data()), request_id)
            if request.method == "GET" and name in CARRIERS and rest.startswith("parcels/"):
                return self._found(name, rest.removeprefix("parcels/"), request_id)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return problem(400, request_id, detail=f"{type(error).__name__}")
        return problem(404, request_id)

    def _sent(self, name: str, parcel: dict[str, Any], request_id: str) -> Response:
        with self._lock:
            way = self._ways[name]
            if way in ("down", "nonsense"):
                return self._bad(way, request_id)
            if way == "refuses":
                return reply({"state": "refused"})
            self.kept[name].append({"id": str(parcel["id"]), **parcel})
            if way == "mute":
                return problem(HTTPStatus.BAD_GATEWAY, request_id)
            return self._said(name, parcel["id"])

    def _found(self, name: str, parcel: str, request_id: str) -> Response:
        with self._lock:
            if self._ways[name] in ("down", "nonsense"):
                return self._bad(self._ways[name], request_id)
            if not any(each["id"] == parcel for each in self.kept[name]):
                return problem(HTTPStatus.NOT_FOUND, request_id)
            return self._said(name, parcel)

    def _said(self, name: str, parcel: str) -> Response:
        state = "taken" if self._ways[name] == "slow" else "delivered"
        return reply({"state": state, "receipt": f"{name}-{parcel[-12:]}"})

    def _bad(self, way: str, request_id: str) -> Response:
        if way == "nonsense":
            return reply('{"state": "perhaps"}')
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id)
