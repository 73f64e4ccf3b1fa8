"""AWS a socket away: a loopback server that gives a recording's answers, in a process that is not measured."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

NO_ITEM: Final[tuple[str, bytes, int, Any, bytes]] = ("DynamoDB_20120810.PutItem", b"", 200, {}, b"{}")


class _Answers(BaseHTTPRequestHandler):
    """The recorded answers of each kind in their order, and then the first one, as often as it is asked."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    answers: ClassVar[dict[str, list[tuple[int, bytes]]]] = {}

    def do_POST(self) -> None:
        """DynamoDB speaks in POST only."""
        self.rfile.read(int(self.headers["Content-Length"]))
        coming = self.answers[self.headers["X-Amz-Target"]]
        status, body = coming.pop() if len(coming) > 1 else coming[0]
        self.send_response_only(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


@contextlib.contextmanager
def serving(answers: Sequence[tuple[str, bytes, int, Any, bytes]]) -> Iterator[str]:
    """The address of a server with these answers, while the block runs."""
    coming: dict[str, list[tuple[int, bytes]]] = {}
    for key, _, status, _, body in reversed([*answers, NO_ITEM]):
        coming.setdefault(key, []).append((status, body))
    again = {key: [each[-1], *each] for key, each in coming.items()}
    handler = type("Answers", (_Answers,), {"answers": again})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
