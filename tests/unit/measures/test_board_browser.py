"""The page of a board in Chromium, at the widths of phones and a desk: `make look`; its pictures are in build/look."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chalicelib.kernel.pages import headers_of
from chalicelib.measures.boards.page import PAGE
from infra.browser.visits import visits
from tests.support.boards import pages

pytestmark = pytest.mark.browser
PICTURES = Path("build/look").absolute()
WIDTHS = (320, 360, 1280)
TEXTS = {f"/board-{name}-{language}": (body, language) for name, body in pages().items() for language in ("vi", "en")}


class Served(BaseHTTPRequestHandler):
    """Each board with the headers that its route gives it."""

    def do_GET(self):
        known = self.path in TEXTS
        self.send_response(200 if known else 404)
        if known:
            body, language = TEXTS[self.path]
            for name, value in headers_of(PAGE, language).items():
                self.send_header(name, value)
        self.end_headers()
        if known:
            self.wfile.write(PAGE.answer(body, language).encode())

    def log_message(self, *_):
        """Nothing to say."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{server.server_port}"
    yield visits({path.strip("/"): at + path for path in TEXTS}, tmp_path_factory.mktemp("none"), PICTURES, WIDTHS)
    server.shutdown()
    server.server_close()


def test_axe_finds_nothing(seen):
    assert {(each.page, each.width): each.violations for each in seen if each.violations} == {}


def test_nothing_is_wider_than_the_screen(seen):
    assert [(each.page, each.width) for each in seen if each.wide] == []
    assert {each.width for each in seen} == set(WIDTHS)


def test_it_is_whole_without_scripts_and_loads_nothing(seen):
    for each in seen:
        assert [request.split()[0] for request in each.sent if "favicon" not in request] == ["GET"]
    assert [line for each in seen for line in each.console if "Content Security Policy" in line] == []
