"""A shortcut from boto3 to moto's views in the same process and thread, past socket and Flask.

Both are most of the processor time of a call. Another process, a presigned form and a link use HTTP.
"""

import io
import logging
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, Self

from botocore.httpsession import URLLib3Session
from moto.core import request as moto_request
from moto.moto_server.werkzeug_app import MotoRequestHandler
from urllib3 import HTTPHeaderDict, HTTPResponse
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from infra.local.names import HOST

WITH_HEADERS: Final = 3
"""Parts of an answer of moto's views; else it is the body alone."""

log = logging.getLogger(__name__)


class Request(MotoRequestHandler):
    """A request as moto's server has it after it read the socket; its environment is made by the server's own code."""

    def __init__(self, server: Any, method: str, path: str, content: Any, headers: Any) -> None:
        """No `super().__init__`: it would read and answer a socket."""
        whole = content.read() if hasattr(content, "read") else content or b""
        body = whole.encode() if isinstance(whole, str) else bytes(whole)
        given = {k: v.decode() if isinstance(v, bytes) else str(v) for k, v in headers.items()}
        given.pop("Transfer-Encoding", None)
        host, port = server.server_address[:2]
        self.server, self.command, self.path, self.request_version = server, method, path, "HTTP/1.1"
        self.client_address: Any = (HOST, 0)
        self.connection: Any = None
        self.rfile: Any = io.BytesIO(body)
        self.headers: Any = {"Host": f"{host}:{port}", **given, "Content-Length": str(len(body))}


class Asked(moto_request.Request):
    """A request of moto's core as its own server makes it, which has said the date already."""

    from_wsgi_server = True


class Told(Response):
    """An answer with the media type that Flask gives where moto names none."""

    default_mimetype = "text/html"


type Answer = tuple[int, list[tuple[str, str]], bytes]
type Service = tuple[str, str]
"""The scope of a signature, and what the target of a call begins with: they say which service of moto is asked."""


class Views:
    """moto's views, each called as its Flask application would, without that application: a third of a call's time.

    A request without a signature in its headers (a presigned link) goes to the whole of moto, which looks closer.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self._routes: dict[Service, tuple[Any, Any]] = {}

    def answer(self, environ: dict[str, Any]) -> Answer:
        """The answer to a request. Raises: whatever moto's view raises, but a refusal of HTTP."""
        asked = Asked(environ)
        signature = asked.headers.get("Authorization", "")
        if not signature.startswith("AWS4-HMAC-SHA256 ") or asked.path.startswith("/moto-api"):
            return _whole(self._application, environ)
        target = asked.headers.get("X-Amz-Target", "").partition(".")[0]
        service = (signature.partition(",")[0].partition("/")[2], target)
        if service not in self._routes:
            app = self._application.get_application(environ)
            self._routes[service] = app.view_functions, app.url_map
        functions, routes = self._routes[service]
        try:
            endpoint, _ = routes.bind_to_environ(environ).match()
            told = functions[endpoint].callback(asked, asked.raw_url, dict(asked.headers))
        except HTTPException as refused:
            response: Response = Told.force_type(refused.get_response(environ), environ)
        else:
            status, headers, content = told if len(told) == WITH_HEADERS else (200, {}, told)
            response = Told(content, status, headers)
            if asked.method == "HEAD" and "content-length" in headers:
                response.headers["Content-Length"] = headers["content-length"]
        return response.status_code, list(response.get_wsgi_headers(environ).items()), response.get_data()


def _whole(app: Any, environ: dict[str, Any]) -> Answer:
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], None]:
        told.append((status, headers))
        return lambda _: None

    parts: Iterable[bytes] = app(environ, start)
    body = b"".join(parts)
    if close := getattr(parts, "close", None):
        close()
    status, headers = told[-1]
    return int(status[:3]), headers, body


class Connection:
    """In the place of urllib3's pool of connections to a host."""

    def __init__(self, server: Any) -> None:
        self._server, self._views = server, Views(server.app)

    def connection_from_url(self, url: str) -> Self:
        """The pool of every address that this server listens on."""
        del url
        return self

    def urlopen(self, method: str, url: str, body: Any, headers: Any, **_: Any) -> HTTPResponse:
        """The answer to a request; `url` is the path with its query."""
        request = Request(self._server, method, url, body, headers)
        try:
            status, told, content = self._views.answer(request.make_environ())
        except Exception:
            log.debug("moto failed", exc_info=True)
            status, told, content = HTTPStatus.INTERNAL_SERVER_ERROR, [], b"moto failed"  # as its server answers
        return HTTPResponse(
            io.BytesIO(content), HTTPHeaderDict(told), status, preload_content=False, decode_content=False,
            request_method=method, enforce_content_length=False,
        )  # fmt: skip


def install(server: Any) -> None:
    """From now on, for the moto that this server serves."""
    session: Any = URLLib3Session
    stock, port, here = session._get_connection_manager, server.server_address[1], Connection(server)
    homes = tuple(f"http://{name}:{port}" for name in (HOST, "localhost"))

    @wraps(stock)
    def manager(self: Any, url: str, proxy_url: str | None = None) -> Any:
        return here if url.startswith(homes) else stock(self, url, proxy_url)

    session._get_connection_manager = manager
