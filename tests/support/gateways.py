"""A stand-in for an outside system over HTTP: it answers what a test says, holds that or drips it, keeps what came."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import requests
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from infra.demo import story

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Gateway:
    """A WSGI application that answers what a test says, and keeps what came; an answer may be held."""

    def __init__(self, answer: str = "{}") -> None:
        self.came: list[tuple[str, str | None, bytes]] = []
        self.answer, self.held, self.url = Response(answer), threading.Event(), ""
        self.held.set()

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.came.append((request.path, request.headers.get("Authorization"), request.get_data()))
        self.held.wait(60)
        return self.answer(environ, start_response)

    def times_asked(self) -> int:
        """How often it was asked, by who may not have waited until it heard: one more question goes behind theirs."""
        self.held.set()
        requests.get(self.url, timeout=300)
        story.until("what came before", lambda: len(self.came) > 1)
        return len(self.came) - 1


@contextmanager
def serving(answer: str) -> Iterator[Gateway]:
    """A gateway that listens, with what it answers first."""
    made = Gateway(answer)
    server = make_server("127.0.0.1", 0, made, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        made.held.set()
        server.shutdown()
        thread.join()
        server.server_close()


def drips(answer: bytes) -> dict[str, tuple[bytes, bytes]]:
    """By the way of its end: what of a good answer comes at once, and what drips."""
    return {
        "body": (HEAD % len(answer), answer),
        "chunks": (CHUNKED, b"%x\r\n%b\r\n0\r\n\r\n" % (len(answer), answer)),
        "head": (b"", (HEAD % len(answer)) + answer),
        "no length": (b"HTTP/1.0 200 OK\r\n\r\n", answer),
    }


def hung_up_on(at_once: bytes, dripped: bytes, ask: Callable[[str], object]) -> bool:
    """Whether one who drips is hung up on before all came: `ask` is given its address.

    The whole of it takes many times as long as is waited, and no single byte does.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    hung_up = threading.Event()

    def drip() -> None:
        came, _ = listening.accept()
        with came:
            came.recv(65536)
            came.sendall(at_once)
            for place in range(len(dripped)):
                came.settimeout(0.04)
                try:
                    with contextlib.suppress(TimeoutError):
                        if came.recv(65536) == b"":
                            raise ConnectionResetError
                    came.sendall(dripped[place : place + 1])
                except (ConnectionResetError, BrokenPipeError):  # seen by the read, or by the write after it
                    hung_up.set()
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        ask(f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        thread.join(60)
        listening.close()
    return hung_up.is_set()
