"""A portal's page on another origin, in a real browser: it opens, fills and submits a draft by fetch alone.

The browser is the system's: `MOTCUA_BROWSER`, or a Chromium on the PATH (apt-get install chromium-headless-shell).
"""

import json
import os
import queue
import shutil
import signal
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from infra.demo import story

KNOWN = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = os.environ.get("MOTCUA_BROWSER") or next(filter(None, map(shutil.which, KNOWN)), None)
PAGE = """<!doctype html><meta charset="utf-8"><title>Cổng</title><script type="module">
const given = GIVEN, said = {}
const ask = async (method, path, body, more = {}) => {
  const headers = {Authorization: `Bearer ${given.token}`, "Accept-Language": "vi", ...more}
  if (body) headers["Content-Type"] = "application/json"
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID()
  return fetch(given.api + path, {method, headers, body: body && JSON.stringify(body)})
}
const pause = () => new Promise(go => setTimeout(go, 100))
try {
  const opened = await ask("POST", "/v1/drafts", {procedure: given.procedure, agency: given.agency})
  const reference = (await opened.json()).reference
  said.opened = opened.status
  const scan = await (await fetch("/scan.jpg")).blob()
  const named = {component: given.component, filename: "scan.jpg", media_type: "image/jpeg", size: scan.size}
  const {post} = await (await ask("POST", `/v1/drafts/${reference}/uploads`, named)).json()
  const form = new FormData()
  Object.entries(post.fields).forEach(([name, value]) => form.append(name, value))
  form.append("file", scan)
  said.uploaded = (await fetch(post.url, {method: "POST", body: form})).ok
  let draft, seen
  do {
    await pause()
    seen = await ask("GET", `/v1/drafts/${reference}`)
    draft = await seen.json()
  } while (draft.uploads[0]?.status === "pending")
  const stale = await ask("PUT", `/v1/drafts/${reference}/form`, {form: given.form}, {"If-Match": '"7"'})
  said.stale = [stale.status, (await stale.json()).code]
  const match = {"If-Match": seen.headers.get("ETag")}
  const filled = await ask("PUT", `/v1/drafts/${reference}/form`, {form: given.form}, match)
  said.filled = [filled.status, (await filled.json()).form_errors]
  const sent = await ask("POST", "/v1/dossiers", {draft: reference, declares_true: true})
  said.submitted = [sent.status, (await sent.json()).reference === reference]
  said.request = Boolean(sent.headers.get("X-Request-Id"))
  said.head = (await ask("HEAD", `/v1/dossiers/${reference}`)).status
  said.reference = reference
} catch (error) { said.error = String(error) }
await fetch("/done", {method: "POST", body: JSON.stringify(said)})
</script>"""


class Portal(BaseHTTPRequestHandler):
    """Another origin: the page, a scan that its user has, and where the page tells how it went."""

    def do_GET(self):
        kind, body = ("image/jpeg", self.server.scan) if self.path == "/scan.jpg" else ("text/html", self.server.page)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.server.told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def portal(where, citizen, small_scan) -> Iterator[ThreadingHTTPServer]:
    given = {
        "api": where["url"],
        "token": citizen.token,
        "procedure": story.PROCEDURE,
        "agency": story.AGENCY,
        "component": story.BIRTH_NOTICE,
        "form": story.FORM,
    }
    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        server.page = PAGE.replace("GIVEN", json.dumps(given)).encode()
        server.scan, server.told = small_scan, queue.Queue()
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.skipif(not BROWSER, reason="no Chromium here: apt-get install chromium-headless-shell, or MOTCUA_BROWSER")
def test_a_page_of_another_origin_opens_fills_and_submits_a_draft(portal, citizen, tmp_path):
    page = f"http://127.0.0.1:{portal.server_port}/"
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server")
    home = (
        f"--user-data-dir={tmp_path}",
        "--remote-debugging-port=0",
    )  # with that port it stays until it is ended
    command = [BROWSER, *switches, *home, page]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as browser:
        try:
            said = portal.told.get(timeout=120)
        finally:
            os.killpg(browser.pid, signal.SIGTERM)  # Debian's command is a script: what it starts must end too
    reference = said.pop("reference", "")
    assert said == {
        "opened": 201,
        "uploaded": True,
        "stale": [412, "lost_update"],
        "filled": [200, []],
        "submitted": [201, True],
        "request": True,
        "head": 200,
    }
    assert citizen.get(f"/v1/dossiers/{reference}").ok().body["state"]["key"] == "REGISTERED"
