"""Records what each function is called with and what AWS answers it, while a dossier lives on the embedded cloud.

A recording lets a fresh interpreter run a function's first call as it was, its client's code included, without a
cloud: `infra/bench/child.py` gives the answers again below botocore.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest import mock

import requests
from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.httpsession import URLLib3Session
from urllib3 import HTTPResponse

from chalicelib.dossier import plans
from chalicelib.sealing import door
from chalicelib.sealing.ring import Ring
from infra.cost.left import state_entries
from infra.demo import story
from infra.demo.client import Client
from infra.demo.scans import make_scan
from infra.local.functions import Functions
from infra.local.stage import keep_logs, local_stage
from infra.stack.functions import FUNCTIONS

ROUTES: Final = {
    "catalogue_api": ("GET", "/v1/services/"),
    "submission_api": ("PUT", "/v1/drafts/"),
    "submit_api": ("POST", "/v1/dossiers"),
    "onestop_api": ("POST", "/v1/tasks/"),
    "digitisation_api": ("POST", "/v1/copies/"),
    "messages_api": ("GET", "/v1/verifications/"),
    "vault_api": ("GET", "/v1/vault/documents/"),
}
"""The call of each HTTP function that is measured: the dearest of its common ones."""


class Answered(NamedTuple):
    """One answer of AWS: what it answers (`X-Amz-Target`, or the method of S3; and its body), status, headers, body."""

    key: str
    asked: bytes
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Recording:
    """One call of a function: its event, its settings, what it asked of AWS, and what it was answered."""

    function: str
    event: Any
    settings: dict[str, str]
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)


class Recorder:
    """Keeps, for each function, the measured call that asked AWS most; `watching` sees the clouds of this process."""

    def __init__(self) -> None:
        self.found: dict[str, Recording] = {}
        self._here = threading.local()
        self._alone = threading.RLock()
        """One call at a time: what others read meanwhile, a function's process would hold and not ask for."""

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every function and every answer of AWS."""
        client: Any = BaseClient
        stock_call, stock_ask, stock_send = Functions.call, client._make_api_call, URLLib3Session.send
        stock_ring = door.ring

        def call(functions: Functions, name: str, event: Any, request_id: str = "") -> Any:
            with self._alone:
                return self._called(lambda: stock_call(functions, name, event, request_id), name, event)

        def ask(client: Any, operation: str, given: dict[str, Any]) -> Any:
            if now := getattr(self._here, "now", None):
                now.asked.append((client.meta.service_model.service_name, operation, given))
            return stock_ask(client, operation, given)

        def send(session: Any, request: Any) -> Any:
            answer = stock_send(session, request)
            now = getattr(self._here, "now", None)
            return _kept(now, request, answer) if now else answer

        def ring() -> Ring:  # one process has all functions here; a cold one holds no keys
            return self._here.ring if getattr(self._here, "now", None) else stock_ring()

        with (
            mock.patch.object(door, "ring", ring),
            mock.patch.object(Functions, "call", call),
            mock.patch.object(BaseClient, "_make_api_call", ask),
            mock.patch.object(URLLib3Session, "send", send),
        ):
            yield

    def _called(self, call: Callable[[], Any], name: str, event: Any) -> Any:
        if not _measured(name, event):
            return call()
        made = Recording(name, event, settings_of(name))
        self._here.now, self._here.ring = made, Ring()
        plans.forget()  # nor does a cold one hold plans
        try:
            answer = call()
        finally:
            self._here.now = None
        good = not isinstance(answer, dict) or answer.get("statusCode", 200) < 300  # noqa: PLR2004 - it did its work
        known = self.found.get(name)
        if good and (known is None or len(known.asked) < len(made.asked)):
            self.found[name] = made
        return answer


def settings_of(name: str) -> dict[str, str]:
    """The environment of a function, as in AWS, with this cloud's values."""
    names = ("MOTCUA_STAGE", *FUNCTIONS[name].environment)
    return {n: os.environ[n] for n in names if n in os.environ}


def _measured(name: str, event: Any) -> bool:
    method, path = ROUTES.get(name, ("", ""))
    return not path or (event["httpMethod"] == method and event["path"].startswith(path))


def key_of(request: Any) -> str:
    """What a request asks for, the same here and in the child."""
    target = request.headers.get("X-Amz-Target", b"")
    return target.decode() if isinstance(target, bytes) and target else str(target or request.method)


def asked_of(request: Any) -> bytes:
    """The words of a request where it names its item; nothing of what it writes, which has new names each time."""
    words = request.body or b""
    return words if isinstance(words, bytes) and key_of(request).endswith(("GetItem", "Query")) else b""


def _kept(now: Recording, request: Any, answer: Any) -> AWSResponse:
    body = answer.content
    now.answers.append(Answered(key_of(request), asked_of(request), answer.status_code, dict(answer.headers), body))
    raw = HTTPResponse(BytesIO(body), answer.headers, preload_content=False, enforce_content_length=False)
    return AWSResponse(answer.url, answer.status_code, answer.headers, raw)


def recorded(folder: Path, *, whole: bool) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    """Recordings of a dossier's life on a cloud in `folder`, up to its submission or to its vault entry; its counts."""
    recorder = Recorder()
    folder.mkdir(parents=True, exist_ok=True)
    keep_logs(folder / "log.jsonl")
    with recorder.watching(), local_stage(folder / "cloud") as cloud:
        where = cloud.where()
        me = story.citizen(where, **story.somebody())
        scan = make_scan("giay_chung_sinh", seed=11, font="liberation-serif").jpeg
        me.get(f"/v1/services/{story.PROCEDURE}").ok()
        submitted = story.submit(me, story.ready_draft(me, scan)).ok(201)
        counts = {
            "submit_write_calls": int(submitted.headers["X-Local-DynamoDB-Calls"]),
            "submit_write_units": int(submitted.headers["X-Local-Write-Units"]),
            "submit_components": len(submitted.body["seal"]["components"]),
        }
        if whole:
            _live(where, me, str(submitted.body["reference"]))
            cloud.wait_idle()
            counts["state_entries"] = state_entries(machine="OneStop")
            counts["paper_states"] = state_entries(machine="Digitisation")
        cloud.wait_idle()
        token = cloud.token(
            "citizen-bench", "CITIZEN", name="Nguyễn Thị Bích Liễu", personal_id="001195012345", level=2
        )
        bearer = Recording("identity_authorize", _request(token), settings_of("identity_authorize"))
        keys = requests.get(bearer.settings["MOTCUA_JWKS_URL"], timeout=10).content
    made = {name: asdict(r) | {"answers": [tuple(a) for a in r.answers]} for name, r in recorder.found.items()}
    return made | {"identity_authorize": asdict(bearer) | {"keys": keys}}, counts


def _live(where: Mapping[str, str], me: Client, reference: str) -> None:
    """A paper is digitised, the desks do their work, the result comes into the vault and is looked at."""
    scan = make_scan("xac_nhan_cu_tru", seed=12, font="noto-serif").jpeg
    story.drop(where, reference, scan, "KQ003785.jpg")
    desk = story.officer(where, "reception")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    story.digitised(where, copy)
    story.until("the data message", lambda: story.settled(me, reference))
    story.through_the_desks(where, me, reference)
    done = story.until("the result", lambda: story.returned(me, reference))
    me.get(f"/v1/vault/documents/{done['vault_document']}").ok()
    receipt = me.get(f"/v1/messages/{done['receipt']}").ok().body
    Client(where).get(f"/v1/verifications/{receipt['lookup']}").ok()


def _request(token: str) -> dict[str, Any]:
    arn = "arn:aws:execute-api:ap-southeast-1:123456789012:api/v1/GET/v1/dossiers"
    return {"type": "TOKEN", "authorizationToken": f"Bearer {token}", "methodArn": arn}
