"""The HTTP side: what API Gateway does on AWS, in front of our functions, and the pages only the local stage has.

`/v1/...` becomes a proxy event for the function that owns the route (`routing.py`). What never reaches a function is
answered by `problems.py`; what is more than can be carried waits at the `door.py`, or is told to come again. Not done
here, unlike AWS: throttling by rate, the 29 s time-out, caching of authorizer policies.
"""

import base64
import gzip
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from chalice.app import Chalice
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from chalicelib.identity.trust import EXCHANGE_KEYS
from chalicelib.registry import served_by
from infra.local import meter
from infra.local.carriers import MOUNT as CARRIERS
from infra.local.carriers import Carriers
from infra.local.documentation import documentation
from infra.local.door import ClientLeft, Door, Full
from infra.local.functions import Functions
from infra.local.id_app import MOUNT as ID_APP
from infra.local.id_app import IdApp
from infra.local.issuer import MOUNT, Issuer
from infra.local.national_portal import MOUNT as NATIONAL_PORTAL
from infra.local.national_portal import NationalPortal
from infra.local.national_store import MOUNT as NATIONAL_STORE
from infra.local.national_store import NationalStore
from infra.local.problems import SAFE, problem, reply
from infra.local.registers import MOUNT as REGISTERS
from infra.local.registers import Registers
from infra.local.routing import ForbiddenError, NotAuthorizedError, Routing
from infra.local.senders import MOUNT as SENDERS
from infra.local.senders import Senders
from infra.stack.refusals import PAGE_HEADERS, page, page_path, rows
from infra.stack.rest_api import PRESSED

log = logging.getLogger(__name__)

BODY_LIMIT: Final = 10 * 1024 * 1024
"""Bytes; API Gateway's own limit."""


class LocalRequest(Request):
    """A request whose body is bounded."""

    max_content_length = BODY_LIMIT + 1  # werkzeug cuts a body without a length here, in silence
    max_form_memory_size = BODY_LIMIT

    def get_data(self, *args: Any, **kwargs: Any) -> Any:
        """The body. Raises: `RequestEntityTooLarge`."""
        data = super().get_data(*args, **kwargs)
        if len(data) > BODY_LIMIT:
            raise RequestEntityTooLarge
        return data


@dataclass(frozen=True)
class Others:
    """Stand-ins of those whom the product tells something."""

    carriers: Carriers = field(default_factory=Carriers)
    senders: Senders = field(default_factory=Senders)
    national_portal: NationalPortal = field(default_factory=NationalPortal)
    id_app: IdApp = field(default_factory=IdApp)
    national_store: NationalStore = field(default_factory=NationalStore)


class Gateway:
    """A WSGI application. `openapi` and `health` are asked at each request; `docs` is a folder, or None."""

    def __init__(
        self,
        app: Chalice,
        functions: Functions,
        issuer: Issuer,
        registers: Registers,
        *,
        ready: Callable[[], bool],
        health: Callable[[], Mapping[str, Any]],
        openapi: Callable[[], Mapping[str, Any] | str] | None = None,
        docs: Path | None = None,
        others: Others | None = None,
    ) -> None:
        self._routing = Routing(app)
        self._functions = functions
        others = others or Others()
        self._stand_ins: dict[str, Issuer | Registers | Carriers | Senders | NationalPortal | IdApp | NationalStore] = {
            MOUNT: issuer,
            REGISTERS: registers,
            CARRIERS: others.carriers,
            SENDERS: others.senders,
            NATIONAL_PORTAL: others.national_portal,
            ID_APP: others.id_app,
            NATIONAL_STORE: others.national_store,
        }
        self._door = Door()
        self._ready, self._health = ready, health
        self._openapi = openapi
        self._docs = docs
        self._pages = {page_path(code): page(row) for code, row in rows().items()}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """WSGI."""
        request_id = str(uuid.uuid4())
        try:
            response = self._respond(LocalRequest(environ), request_id)
        except RequestEntityTooLarge:
            response = problem(413, request_id, detail=f"a body may have {BODY_LIMIT} bytes")
        except TimeoutError:
            response = problem(408, request_id)
        except ClientLeft:
            raise  # the server closes the connection; nobody reads an answer
        except (HTTPException, OSError, UnicodeError):  # a body that ends early, broken chunks, bytes that are no text
            response = problem(400, request_id)
        except Exception:
            log.exception("gateway failed on request %s", request_id)
            response = problem(500, request_id)
        response.headers["X-Request-Id"] = request_id
        return response(environ, start_response)

    # --- pages of the local stage ----------------------------------------------------------------------------

    def _respond(self, request: Request, request_id: str) -> Response:
        path = request.path
        if (request.content_length or 0) > BODY_LIMIT:
            raise RequestEntityTooLarge
        if path.startswith("/v1/"):
            return self._api(request, request_id)
        for mount, stand_in in self._stand_ins.items():
            if path.startswith(f"{mount}/"):
                return stand_in.respond(request, path.removeprefix(mount), request_id)
        if request.method not in {"GET", "HEAD"}:
            return problem(405, request_id, headers={"Allow": "GET, HEAD"})
        return self._page(path, request, request_id)

    def _page(self, path: str, request: Request, request_id: str) -> Response:
        if path in self._pages:
            return Response(self._pages[path], headers=PAGE_HEADERS)
        if path == "/" and self._docs:
            path = "/docs"  # who opens the address alone
        if path == "/health":
            return reply(
                self._health(), 200 if self._ready() else 503, headers={"Cache-Control": "no-store", **self._wait()}
            )
        if path == "/openapi.json" and self._openapi:
            return reply(self._openapi())
        if self._docs is None or not f"{path}/".startswith("/docs/"):
            return problem(404, request_id)
        try:
            return documentation(self._docs, path.removeprefix("/docs"), request.environ)
        except NotFound:
            return problem(404, request_id)

    # --- the product's API -----------------------------------------------------------------------------------

    def _wait(self) -> dict[str, str]:
        """Before the catalogue is known everywhere, whoever asks is told to come again."""
        return {} if self._ready() else {"Retry-After": "1"}

    def _api(self, request: Request, request_id: str) -> Response:
        if not self._ready():
            return self._refuse(503, request_id, headers=self._wait())
        raw = _target(request)
        route = self._routing.route(raw)
        if route is None:
            return self._refuse(404, request_id)
        methods = self._routing.methods(route)
        if request.method == "OPTIONS" and "OPTIONS" not in methods:
            return Response(status=200, headers={**self._routing.preflight(route), **SAFE})
        if request.method not in methods:
            return self._refuse(405, request_id, headers={"Allow": ", ".join(sorted(methods))})
        name = served_by(methods[request.method].view_function.__module__)
        event = self._event(request, raw, request_id)
        if isinstance(event, Response):
            return event
        return self._worked(request, event, name, request_id)

    def _worked(self, request: Request, event: dict[str, Any], name: str, request_id: str) -> Response:
        """What authorizer and function answer, when it is this request's turn. Raises: `ClientLeft`.

        The keys of tokens wait for no turn: authorizers ask for them, while each of them holds one.
        """
        if event["resource"] == EXCHANGE_KEYS:
            return self._call(name, event, request_id)
        try:
            with self._door.entered(request.environ.get("werkzeug.socket")):
                return self._authorize(_target(request), event, name, request_id) or self._call(name, event, request_id)
        except Full as full:
            return self._refuse(503, request_id, headers={"Retry-After": str(full.wait)})

    def _event(self, request: Request, raw: str, request_id: str) -> dict[str, Any] | Response:
        """The proxy event of a request, or the refusal of a body that is neither text nor a binary type of the app."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        event = self._routing.event(request.method, raw, headers, request.get_data() or None)
        if isinstance(event["body"], bytes):
            try:
                event["body"] = event["body"].decode()
            except UnicodeDecodeError:
                return self._refuse(400, request_id, detail="the body is not UTF-8")
            event["isBase64Encoded"] = False
        event |= {"httpMethod": request.method, "path": urlsplit(raw).path}
        event["resource"] = event["requestContext"]["resourcePath"]
        event["requestContext"] |= {"requestId": request_id, "stage": "local", "protocol": "HTTP/1.1"}
        return event

    def _authorize(self, raw: str, event: dict[str, Any], name: str, request_id: str) -> Response | None:
        """Run the route's authorizer, put what it says into the event; the refusal, if it refuses."""
        try:
            self._routing.authorize(raw, event, name)
        except NotAuthorizedError:
            return self._refuse(401, request_id, headers={"WWW-Authenticate": "Bearer"})
        except ForbiddenError:
            return self._refuse(403, request_id)
        except Exception as error:
            if str(error) == "Unauthorized":  # how an authorizer of API Gateway asks for 401
                challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
                return self._refuse(401, request_id, headers=challenge)
            log.exception("authorizer failed on request %s", request_id)
            return self._refuse(500, request_id)
        return None

    def _call(self, name: str, event: dict[str, Any], request_id: str) -> Response:
        with meter.measure() as used:
            try:
                answer = self._functions.call(name, event, request_id)
                response = _pressed(_response(answer), event["headers"])
            except Exception:
                log.exception("%s failed on request %s", name, request_id)
                response = self._refuse(502, request_id)
        response.headers["X-Local-DynamoDB-Calls"] = str(used.write_calls)
        response.headers["X-Local-DynamoDB-Reads"] = str(used.read_calls)
        response.headers["X-Local-Write-Units"] = str(used.write_units)
        response.headers["X-Local-Read-Units"] = f"{used.read_units:g}"
        return response

    def _refuse(
        self, status: int, request_id: str, *, detail: str = "", headers: Mapping[str, str] | None = None
    ) -> Response:
        """A problem with the CORS headers that gateway responses have, so that a browser may read it."""
        return problem(status, request_id, detail=detail, headers={**self._routing.allowed(), **(headers or {})})


def _pressed(response: Response, asked: Mapping[str, str] | None) -> Response:
    """As API Gateway presses answers of that size, for who says that they can read it."""
    data = response.get_data()
    if len(data) < PRESSED or "gzip" not in (asked or {}).get("accept-encoding", ""):
        return response
    response.set_data(gzip.compress(data, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _target(request: Request) -> str:
    """The path as it was sent (API Gateway does not decode path parameters) and the query."""
    raw = str(request.environ.get("RAW_URI") or request.full_path)
    return raw if raw.startswith("/") else "/" + raw.partition("://")[2].partition("/")[2]  # an absolute-form target


def _response(answer: Any) -> Response:
    """The HTTP answer of a proxy integration's result. Raises: an error of any kind when it is malformed."""
    content = answer.get("body") or ""
    data = base64.b64decode(content) if answer.get("isBase64Encoded") else content
    response = Response(data, int(answer["statusCode"]))
    response.headers.clear()
    for name, value in (answer.get("headers") or {}).items():
        response.headers[name] = str(value)
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        response.headers.setlist(name, [str(v) for v in values])
    response.headers.setdefault("Content-Type", "application/json")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers["Content-Length"] = str(len(response.get_data()))
    return response
