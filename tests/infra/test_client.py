"""Who is told when to come again does, with the same request: the demo's client, and the command line."""

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
import requests
import urllib3.util.retry

from infra.command import registry
from infra.demo import client
from infra.demo.client import Client


class Busy(BaseHTTPRequestHandler):
    """Answers from a list: a status and its headers, or nothing, as one that goes away."""

    def _answer(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        self.server.asked.append((self.command, self.path, body, self.headers.get("Idempotency-Key")))
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        if not status:
            self.close_connection = True
            return
        told = b'{"sha256": "abc"}'
        self.send_response(status)
        for name, value in {"Content-Length": str(len(told)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815 - names of http.server

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    """A server that is busy as often as a test says; `waited` is how long it was waited for, which takes no time."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    made.asked, made.answers, made.waited = [], [], []
    told = SimpleNamespace(sleep=made.waited.append, time=time.time, mktime=time.mktime)
    monkeypatch.setattr(urllib3.util.retry, "time", told)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    made.url = f"http://127.0.0.1:{made.server_address[1]}"
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_client_comes_again_when_it_was_told_to_with_the_very_same_request(server, status, method):
    server.answers += [(status, {"Retry-After": "2"}), (status, {"Retry-After": "7"})]
    body = None if method == "GET" else {"name": "Hồ sơ"}
    assert Client({"url": server.url}).call(method, "/v1/things", body).status == 200
    assert server.waited == [2, 7]
    assert len(server.asked) == 3
    assert len(set(server.asked)) == 1, "the same body under the same key: it is one act"


def test_a_client_that_is_told_to_come_again_for_ever_gives_up_and_says_what_it_was_told(server):
    server.answers += [(503, {"Retry-After": "1"})] * 100
    assert Client({"url": server.url}).get("/v1/things").status == 503
    assert len(server.waited) == client.AGAIN.total
    assert client.AGAIN.total >= 10


@pytest.mark.parametrize("answer", [(503, {}), (500, {}), (409, {})], ids=["no time is told", "broken", "refused"])
def test_a_client_that_is_not_told_when_does_not_come_again(server, answer):
    server.answers.append(answer)
    assert Client({"url": server.url}).post("/v1/things", {}).status == answer[0]
    assert (len(server.asked), server.waited) == (1, [])


def test_a_request_whose_answer_is_lost_is_not_sent_again_unasked(server):
    server.answers.append((0, {}))
    with pytest.raises(requests.ConnectionError):
        Client({"url": server.url}).post("/v1/things", {})
    assert len(server.asked) == 1


def test_the_command_line_asks_a_busy_registry_again(server, monkeypatch):
    monkeypatch.setattr(registry, "code_on", lambda _: "code")
    server.answers += [(503, {"Retry-After": "3"})]
    assert registry.registered(b"a paper", server.url).sha256 == "abc"
    assert server.waited == [3]
    asked = f"/v1/verifications/code?sha256={hashlib.sha256(b'a paper').hexdigest()}"
    assert [path for _, path, _, _ in server.asked] == [asked] * 2
