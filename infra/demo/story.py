"""The demo's story, step by step over HTTP and S3 only: the same on the embedded cloud, on LocalStack and on AWS."""

import itertools
import secrets
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import boto3
import requests

from infra.demo.client import Answer, Client
from infra.local import officers
from infra.local.officers import OFFICERS

PROCEDURE = "1.001193"
AGENCY = officers.AGENCY
BIRTH_NOTICE = "000.00.00.G15-KQ004389"
RESIDENCE = "000.00.00.G15-KQ003785"
CITIZEN: dict[str, Any] = {
    "sub": "citizen-bich-lieu",
    "kind": "CITIZEN",
    "name": "Nguyễn Thị Bích Liễu",
    "level": 2,
    "personal_id": "001195012345",
}
FORM: dict[str, Any] = {
    "case": {"parents": "Có cha và mẹ", "surrogacy": False, "residence_known": True},
    "birth_proof": "Giấy chứng sinh",
    "child": {
        "full_name": "Lê Nguyễn Gia Khánh",
        "sex": "Nam",
        "born_on": "2026-11-18",
        "place_of_birth": "Bệnh viện Đa khoa tỉnh Vĩnh Long",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "home_town": "xã Vĩnh Phước, tỉnh Vĩnh Long",
    },
    "mother": {
        "full_name": "Nguyễn Thị Bích Liễu",
        "year_of_birth": 1995,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "residence": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
        "personal_id": "001195012345",
    },
    "father": {
        "full_name": "Lê Quốc Vượng",
        "year_of_birth": 1992,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "residence": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
    },
    "requester": {"relationship": "Mẹ", "phone": "0912345678"},
}
SELDOM = 0.3
"""Seconds between two looks at what takes long."""
STEPS = (("receive", "reception", "accepted"), ("verify", "processing", "verified"), ("approve", "leader", "approved"))


class Stuck(Exception):
    """Something the story waits for did not come."""


def until[T](what: str, look: Callable[[], T | None], seconds: float = 120, pause: float = 0.03) -> T:
    """The first thing `look` finds; it looks less and less often, as looking takes of the work. Raises Stuck."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(pause)
        pause = min(pause * 1.5, SELDOM)
    raise Stuck(f"{what}: not within {seconds} s")


def citizen(where: Mapping[str, str], **claims: Any) -> Client:
    """A client of the demo's citizen, with other claims where given."""
    return Client.login(where, **{**CITIZEN, **claims})


_people = itertools.count(secrets.randbelow(10**8))


def somebody() -> dict[str, str]:
    """Claims of an invented person with a number of their own: counted within a process, apart between two of them."""
    serial = next(_people)
    number = f"0{serial % 96 + 1:02d}1{serial % 10**8:08d}"
    return {"sub": f"citizen-{number}", "personal_id": number}


def officer(where: Mapping[str, str], role: str, *, agency: str = AGENCY) -> Client:
    """A client of the officer with a role."""
    return Client.login(where, **{"kind": "OFFICER", "agency": agency, **OFFICERS[role]})


def open_draft(who: Client, *, key: str | None = None, agency: str = AGENCY) -> Answer:
    """Open a draft of the birth registration."""
    return who.post("/v1/drafts", {"procedure": PROCEDURE, "agency": agency}, key=key)


def fill(who: Client, draft: str, form: Any = None, version: int = 0) -> Answer:
    """Save the form."""
    return who.call("PUT", f"/v1/drafts/{draft}/form", {"form": FORM if form is None else form}, version=version)


def announce(
    who: Client,
    draft: str,
    data: bytes,
    *,
    name: str = "giay-chung-sinh.jpg",
    media_type: str = "image/jpeg",
    component: str = BIRTH_NOTICE,
    key: str | None = None,
) -> Answer:
    """Announce an upload."""
    body = {"component": component, "filename": name, "media_type": media_type, "size": len(data)}
    return who.post(f"/v1/drafts/{draft}/uploads", body, key=key)


def upload(who: Client, draft: str, data: bytes, **more: Any) -> str:
    """Announce a file, post it to S3 with the presigned form, answer the upload's id."""
    ticket = announce(who, draft, data, **more).ok(201).body
    post(ticket["post"], data)
    return str(ticket["id"])


def post(form: dict[str, Any], data: bytes) -> None:
    """Post a file to S3 with a presigned form."""
    requests.post(form["url"], data=form["fields"], files={"file": data}, timeout=60).raise_for_status()


def checked(who: Client, draft: str, upload_id: str) -> dict[str, Any]:
    """The upload's verdict, once it has one."""

    def look() -> dict[str, Any] | None:
        uploads = who.get(f"/v1/drafts/{draft}").ok().body["uploads"]
        found: dict[str, Any] = next(u for u in uploads if u["id"] == upload_id)
        return found if found["status"] != "pending" else None

    return until("the upload's verdict", look)


def submit(who: Client, draft: str, *, key: str | None = None) -> Answer:
    """Submit a draft."""
    return who.post("/v1/dossiers", {"draft": draft, "declares_true": True}, key=key or uuid.uuid4().hex)


def ready_draft(who: Client, scan: bytes) -> str:
    """A draft that can be submitted."""
    draft = str(open_draft(who).ok(201).body["reference"])
    fill(who, draft).ok()
    assert checked(who, draft, upload(who, draft, scan))["status"] == "accepted"
    return draft


def scanned(desk: Client, reference: str, data: bytes, name: str) -> str:
    """An officer's scanner drops a file by the form that the API gives it; answers the object's key."""
    body = {"dossier": reference, "filename": name, "media_type": "image/jpeg"}
    ticket = desk.post("/v1/drops", body).ok(201).body
    answer = requests.post(ticket["post"]["url"], data=ticket["post"]["fields"], files={"file": data}, timeout=60)
    answer.raise_for_status()
    return str(ticket["key"])


def drop(where: Mapping[str, str], reference: str, data: bytes, name: str, *, agency: str = AGENCY) -> None:
    """A scanner that writes to S3 by itself drops a file into the agency's prefix of the intake bucket."""
    s3 = boto3.client("s3", endpoint_url=where["endpoint"], region_name=where["region"])
    s3.put_object(Bucket=where["bucket.IntakeBucket"], Key=f"drops/{agency}/{reference}/{name}", Body=data)


def listed(who: Client, path: str, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a list, page after page; `path` is open for one more query parameter."""
    page: dict[str, Any] = who.get(path).ok().body
    yield from page[name]
    while cursor := page.get("next"):
        page = who.get(f"{path}cursor={quote(cursor)}").ok().body
        yield from page[name]


def task_of(desk: Client, reference: str, kind: str) -> str | None:
    """The open task of a dossier on its agency's list."""
    tasks = listed(desk, f"/v1/tasks?kind={kind}&", "tasks")
    return next((str(t["id"]) for t in tasks if t["reference"] == reference), None)


def complete(desk: Client, task: str, outcome: str, *, key: str | None = None) -> Answer:
    """Complete a task; an approval waits for its drawn result, which the answer asks for."""

    def once() -> Answer | None:
        answer = desk.post(f"/v1/tasks/{task}/complete", {"outcome": outcome}, key=key)
        is_early = answer.status == HTTPStatus.CONFLICT and answer.body["code"] == "result_not_drawn"
        return None if is_early else answer

    return until("the drawn result", once)


def copy_of(desk: Client, reference: str) -> str | None:
    """The copy of a dossier's paper that waits for a signature."""
    copies = listed(desk, "/v1/copies?", "copies")
    return next((str(c["id"]) for c in copies if c["reference"] == reference), None)


def sign_copy(desk: Client, copy: str, *, key: str | None = None) -> Answer:
    """Sign a copy with the officer's own signature."""
    return desk.post(f"/v1/copies/{copy}/signature", {"compared_with_original": True}, key=key)


def look_over(copy: str, *desks: Client) -> int:
    """Look at what was read on a paper, as officers do who find it right; how many values they looked at.

    Each desk answers what it may, in one request; nothing is to be done for a paper that needs no review. Raises Stuck.
    """

    def step() -> str | None:
        found = desks[0].get(f"/v1/copies/{copy}").ok().body["step"]
        return None if found in ("copied", "signature_ordered") else str(found)

    return sum(_answered(desk, copy) for desk in desks) if until("what was read", step) == "in_review" else 0


def _answered(desk: Client, copy: str) -> int:
    """Answer the fields of a review that are this desk's; those in which nothing was read cannot be read."""
    seen = desk.get(f"/v1/reviews/{copy}?crops=all")
    mine = [each for each in seen.body["fields"] if each["mine"]] if seen.status == HTTPStatus.OK else []
    if mine:
        said = [{"field": x["name"], "verb": "confirm" if x["value"] else "cannot_read"} for x in mine]
        version = int(seen.headers["ETag"].strip('"'))
        desk.post(f"/v1/reviews/{copy}/answers", {"answers": said}, version=version).ok()
    return len(mine)


def digitised(where: Mapping[str, str], copy: str) -> int:
    """Sign a copy and look at what was read on it, where it matters by two officers; how many values they saw."""
    desk = officer(where, "reception")
    sign_copy(desk, copy).ok(HTTPStatus.ACCEPTED)
    return look_over(copy, desk, second(where))


def second(where: Mapping[str, str]) -> Client:
    """Another officer of the scanning desk, for values at which two persons look."""
    claims = {"sub": "officer-oanh", "name": "Lý Thanh Oanh", "roles": ["scanning"]}
    return Client.login(where, kind="OFFICER", agency=AGENCY, **claims)


def dossier(who: Client, reference: str) -> dict[str, Any]:
    """A dossier as the principal sees it."""
    body: dict[str, Any] = who.get(f"/v1/dossiers/{reference}").ok().body
    return body


def settled(who: Client, reference: str) -> dict[str, Any] | None:
    """The dossier once all of its papers are exempt or converted."""
    found = dossier(who, reference)
    done = all(c["digitisation"]["status"] in ("exempt", "converted") for c in found["components"])
    return found if done else None


def returned(who: Client, reference: str) -> dict[str, Any] | None:
    """The dossier once its result is returned."""
    found = dossier(who, reference)
    return found if found["state"]["code"] == 10 else None  # noqa: PLR2004 - the state


def confirm(who: Client, reference: str, *, key: str | None = None) -> Answer | None:
    """The applicant looks at the draft of the result and confirms it; None where the procedure does not ask them."""
    if dossier(who, reference)["holding"]["task"] != "confirm":
        return None
    until("the draft of the result", lambda: who.get(f"/v1/dossiers/{reference}/preview").status == HTTPStatus.OK)
    return who.post(f"/v1/dossiers/{reference}/confirmation", {"confirmed": True}, key=key).ok()


def through_the_desks(where: Mapping[str, str], who: Client, reference: str) -> None:
    """Receive, verify, approve; the applicant `who` confirms the draft in between, where they are asked."""
    for kind, role, outcome in STEPS:
        desk = officer(where, role)
        if kind == "approve":
            confirm(who, reference)
        task = until(f"the task {kind}", lambda desk=desk, kind=kind: task_of(desk, reference, kind))  # type: ignore[misc]
        complete(desk, task, outcome).ok()
