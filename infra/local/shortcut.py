"""What boto3 asks of the moto of its own process reaches moto's application without a socket, in the thread that asks.

It is a half to two thirds of the processor time of a call. Another process, a presigned form and a link use HTTP.
"""

import io
import logging
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any, Self

from botocore.httpsession import URLLib3Session
from moto.moto_server.werkzeug_app import MotoRequestHandler
from urllib3 import HTTPHeaderDict, HTTPResponse

from infra.local.names import HOST

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


def _answered(app: Any, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], None]:
        told.append((status, headers))
        return lambda _: None

    try:
        parts: Iterable[bytes] = app(environ, start)
        body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
    except Exception:
        log.debug("moto failed", exc_info=True)
        return HTTPStatus.INTERNAL_SERVER_ERROR, [], b"moto failed"  # as its server answers
    status, headers = told[-1]
    return int(status[:3]), headers, body


class Connection:
    """In the place of urllib3's pool of connections to a host."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def connection_from_url(self, url: str) -> Self:
        """The pool of every address that this server listens on."""
        del url
        return self

    def urlopen(self, method: str, url: str, body: Any, headers: Any, **_: Any) -> HTTPResponse:
        """The answer to a request; `url` is the path with its query."""
        request = Request(self._server, method, url, body, headers)
        status, told, content = _answered(self._server.app, request.make_environ())
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
