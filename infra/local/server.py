"""The two loopback servers of the local cloud: moto's API, one for the whole process, and the HTTP side of a cloud."""

import errno
import json
import logging
import os
import socket
import threading
import uuid
from functools import cache
from http import HTTPStatus
from typing import Any

from botocore.httpsession import URLLib3Session
from moto.server import ThreadedMotoServer
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from infra.local import meter, problems, shortcut
from infra.local.names import HOST
from infra.stack.refusals import OWN

IDLE_SECONDS = 30
"""A client that sends nothing for so long loses its connection."""


class PortBusy(OSError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            errno.EADDRINUSE, f"port {port} is in use: stop the program that listens there, or choose another port"
        )
        self.port = port


class Handler(WSGIRequestHandler):
    """Answers what is not HTTP with a problem, and keeps quiet."""

    timeout = IDLE_SECONDS
    server_version = "motcua"
    sys_version = ""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing; werkzeug would parse the target once more, and fail on what is no URL."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's signature
        """Say nothing: the CLI and the functions have their own logs."""

    def make_environ(self) -> Any:
        """The WSGI environment; a target that is no URL is refused."""
        try:
            return super().make_environ()
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            raise ConnectionAbortedError from None  # which werkzeug takes for a client that left

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request line or headers that cannot be parsed."""
        del message, explain  # they repeat what the client sent
        status = code if code in OWN else HTTPStatus.BAD_REQUEST  # a too long line, a strange version
        request_id = str(uuid.uuid4())
        body = json.dumps(problems.body(status, request_id)).encode()
        self.close_connection = True
        self.send_response(status)
        for name, value in {
            **problems.SAFE,
            "Content-Type": "application/problem+json",
            "Content-Length": str(len(body)),
            "X-Request-Id": request_id,
            "Connection": "close",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def bind(port: int) -> socket.socket:
    """A listening socket on the loopback; port 0 takes a free one.

    Raises: `PortBusy`, `OSError`, `OverflowError` for a number that no port has.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise PortBusy(port) from None
        raise
    return listener


class Front:
    """Serves a WSGI application on a socket, in threads, until `stop`."""

    def __init__(self, listener: socket.socket, app: Any) -> None:
        self._listener = listener
        port = listener.getsockname()[1]
        self._server: BaseWSGIServer = make_server(
            HOST, port, app, threaded=True, request_handler=Handler, fd=listener.fileno()
        )
        self._server.daemon_threads = True  # type: ignore[attr-defined] # of socketserver.ThreadingMixIn
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="motcua-http", daemon=True
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Close the port; requests that run are answered."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()
        self._listener.close()


def moto_endpoint() -> str:
    """The URL of moto's API; what this process asks of it is metered."""
    _stamp_requests()
    return _moto()


@cache
def _moto() -> str:
    """Started once per process: clients that code keeps stay valid from cloud to cloud."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else a line for each call
    server = ThreadedMotoServer(ip_address=HOST, port=_wanted_port(), verbose=False)
    server.start()
    shortcut.install(server._server)
    port = server.get_host_and_port()[1]
    os.environ["MOTO_PORT"] = str(port)  # moto's own Step Functions calls this port
    return f"http://{HOST}:{port}"


def _wanted_port() -> int:
    """MOTO_PORT while nobody listens there, else any: a child inherits its parent's, and moto would wait for ever."""
    wanted = int(os.environ.get("MOTO_PORT") or 0)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            return 0
    return wanted


def _stamp_requests() -> None:
    """Every request of boto3 names the meter of its thread; again when somebody put the stock method back."""
    stock = URLLib3Session.send
    if getattr(stock, "stamps", False):
        return

    def send(self: Any, request: Any) -> Any:
        meter.stamp(request.headers)
        return stock(self, request)

    send.stamps = True  # type: ignore[attr-defined]
    URLLib3Session.send = send  # type: ignore[method-assign]
