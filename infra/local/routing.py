"""What of Chalice 1.34.0 stands where API Gateway stands: its matcher, event converter and authorizer runner.

They are of `chalice.local`, which Chalice promises to nobody: the version is pinned, nothing else of infra imports it,
and `tests/infra/test_chalice.py` asks each thing for what is leaned on here.
"""

import threading
from collections.abc import Mapping
from typing import Any, Final

import chalice
from chalice.app import Chalice, CORSConfig
from chalice.local import (
    ForbiddenError,
    LambdaContext,
    LambdaEventConverter,
    LocalChalice,
    LocalGatewayAuthorizer,
    NotAuthorizedError,
    RouteMatcher,
)

__all__ = ["CHALICE", "ForbiddenError", "NotAuthorizedError", "Routing", "WrongChalice", "threaded"]

CHALICE: Final = "1.34.0"


class WrongChalice(RuntimeError):
    """Another version of Chalice than the local gateway was written for."""


class Threaded(LocalChalice):
    """A Chalice app that several threads may call: Lambda never does, so Chalice keeps the request on the app."""

    _LOCAL = threading.local()

    @property
    def lambda_context(self) -> Any:
        """The context of the call in this thread."""
        return getattr(self._LOCAL, "context", None)

    @lambda_context.setter
    def lambda_context(self, value: Any) -> None:
        self._LOCAL.context = value


def threaded(app: Chalice) -> Chalice:
    """The same app object, safe to be called from several threads."""
    if not isinstance(app, Threaded):
        app.__class__ = type("ThreadedApp", (Threaded, app.__class__), {})
    return app


class _Converter(LambdaEventConverter):
    """Chalice's, which takes no `; boundary=` for a part of a type's parameters; API Gateway does."""

    def _is_binary(self, headers: dict[str, Any]) -> bool:
        return str(headers.get("content-type", "")).partition(";")[0].strip().lower() in self._binary_types


class Routing:
    """From a request to the proxy event of the function that owns its route. Raises: `WrongChalice`."""

    def __init__(self, app: Chalice) -> None:
        if chalice.__version__ != CHALICE:
            raise WrongChalice(f"the local gateway is made for chalice {CHALICE}, found {chalice.__version__}")
        self._app = threaded(app)
        self._matcher = RouteMatcher(list(app.routes))
        self._converter = _Converter(self._matcher, app.api.binary_types)
        self._authorizer = LocalGatewayAuthorizer(self._app)

    def route(self, raw: str) -> str | None:
        """The route of a path as it was sent, as the app declares it."""
        try:
            return str(self._matcher.match_route(raw).route)
        except ValueError:
            return None

    def methods(self, route: str) -> Mapping[str, Any]:
        """The entries of a route by their methods."""
        found: Mapping[str, Any] = self._app.routes[route]
        return found

    def event(self, method: str, raw: str, headers: dict[str, str], body: bytes | None) -> dict[str, Any]:
        """The proxy event; a body of a binary type of the app is in base64, any other one as it came."""
        made: dict[str, Any] = self._converter.create_lambda_event(method, raw, headers, body)
        return made

    def authorize(self, raw: str, event: dict[str, Any], name: str) -> None:
        """Run the route's authorizer, put what it says into the event.

        Raises: `NotAuthorizedError` without a token, `ForbiddenError` when it does not allow the route, and whatever
        the authorizer raises.
        """
        self._authorizer.authorize(raw, event, LambdaContext(name, 256, 5000))

    def preflight(self, route: str) -> dict[str, str]:
        """What a browser is told before it sends a request of another origin."""
        shared = {method: entry.cors for method, entry in self.methods(route).items() if entry.cors is not None}
        headers = next(iter(shared.values())).get_access_control_headers() if shared else {}
        return {**headers, "Access-Control-Allow-Methods": ",".join([*shared, "OPTIONS"])}

    def allowed(self) -> dict[str, str]:
        """The headers by which a browser may read a refusal."""
        cors = CORSConfig() if self._app.api.cors is True else self._app.api.cors
        return dict(cors.get_access_control_headers()) if cors else {}
