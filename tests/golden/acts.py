"""What applicants and officers do, over HTTP and by drops only: the same acts make a golden folder and finish it.

Nothing of the product is imported, so that the same file speaks to the cloud of any release.
"""

import io
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
import requests
from PIL import Image, ImageDraw

PROCEDURE = "1.001193"
AGENCY = "H01.10.24"
BIRTH_NOTICE = "000.00.00.G15-KQ004389"
OFFICERS: dict[str, dict[str, Any]] = {
    "reception": {"sub": "officer-luong", "name": "Phan Bích Lượng", "roles": ["reception", "scanning"]},
    "processing": {"sub": "officer-nhuong", "name": "Trần Hữu Nhưỡng", "roles": ["processing"]},
    "leader": {"sub": "officer-nghia", "name": "Đặng Trọng Nghĩa", "roles": ["leader"]},
}
DESKS = {
    "receive": ("reception", "accepted"),
    "verify": ("processing", "verified"),
    "approve": ("leader", "approved"),
}
"""Of each kind of task: whose it is, and the outcome that carries the dossier on."""
RETURNED = 10
SECONDS = 300


class NotSo(AssertionError):
    """The cloud answered otherwise than it should, or what is waited for did not come."""


def until[T](what: str, look: Callable[[], T | None], seconds: float = SECONDS) -> T:
    """The first thing `look` finds. Raises NotSo."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.03)
    raise NotSo(f"{what}: not within {seconds} s")


@dataclass(frozen=True)
class Person:
    """One principal before the API."""

    where: Mapping[str, str]
    token: str

    @classmethod
    def of(cls, where: Mapping[str, str], claims: Mapping[str, Any]) -> "Person":
        """Somebody with these claims, by a token of the cloud's own issuer."""
        answer = requests.post(where["token"], json=dict(claims), timeout=SECONDS)
        answer.raise_for_status()
        return cls(where, answer.json()["access_token"])

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The JSON of an answer that says yes. Raises NotSo."""
        given = {"Authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if method == "POST":
            given.setdefault("Idempotency-Key", uuid.uuid4().hex)
        answer = requests.request(method, self.where["url"] + path, json=body, headers=given, timeout=SECONDS)
        if not answer.ok:
            raise NotSo(f"{method} {path}: {answer.status_code} {answer.text[:600]}")
        return answer.json() if answer.content else None

    def get(self, path: str) -> Any:
        """GET."""
        return self.call("GET", path)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """POST."""
        return self.call("POST", path, body, **headers)


def officer(where: Mapping[str, str], role: str) -> Person:
    """The officer with a role."""
    return Person.of(where, {"kind": "OFFICER", "agency": AGENCY, **OFFICERS[role]})


# --- papers and forms --------------------------------------------------------------------------------------------


def scan(*lines: str) -> bytes:
    """A small page with some lines on it, which passes the checks of a scan."""
    page = Image.new("L", (800, 1100), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((90, 120 + 60 * number), line, fill=0, font_size=28)
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200), quality=60)
    return out.getvalue()


def form(mother: Mapping[str, Any], child: str) -> dict[str, Any]:
    """The whole form of a birth registration."""
    home = "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long"
    people = {"ethnicity": "Kinh", "nationality": "Việt Nam"}
    return {
        "child": {
            "full_name": child,
            "sex": "Nam",
            "born_on": "2026-11-18",
            "place_of_birth": "Bệnh viện Đa khoa tỉnh Vĩnh Long",
            "home_town": "xã Vĩnh Phước, tỉnh Vĩnh Long",
            **people,
        },
        "mother": {
            "full_name": mother["name"],
            "year_of_birth": 1995,
            "residence": home,
            "personal_id": mother["personal_id"],
            **people,
        },
        "father": {"full_name": "Lê Quốc Vượng", "year_of_birth": 1992, "residence": home, **people},
        "requester": {"relationship": "Mẹ", "phone": "0912345678"},
    }


# --- a draft -----------------------------------------------------------------------------------------------------


def open_draft(who: Person) -> str:
    """Open a draft of the birth registration."""
    return str(who.post("/v1/drafts", {"procedure": PROCEDURE, "agency": AGENCY})["reference"])


CASE: dict[str, Any] = {
    "case": {"parents": "Có cha và mẹ", "surrogacy": False, "residence_known": True},
    "birth_proof": "Giấy chứng sinh",
}
"""What a form of a later release asks too: a draft that it pins anew is filled by that form."""


def save(who: Person, draft: str, given: Mapping[str, Any]) -> Any:
    """Save the form over the version that stands, with what the draft's own form asks beside it."""
    asked = who.get(f"/v1/drafts/{draft}/form")["document"]["schema"]["properties"]
    given = {**given, **{name: value for name, value in CASE.items() if name in asked}}
    version = who.get(f"/v1/drafts/{draft}")["form_version"]
    return who.call("PUT", f"/v1/drafts/{draft}/form", {"form": given}, If_Match=f'"{version}"')


def announce(who: Person, draft: str, data: bytes, name: str) -> Any:
    """Announce the birth notice; the ticket says where to post it."""
    body = {"component": BIRTH_NOTICE, "filename": name, "media_type": "image/jpeg", "size": len(data)}
    return who.post(f"/v1/drafts/{draft}/uploads", body)


def upload(who: Person, draft: str, data: bytes, name: str) -> dict[str, Any]:
    """Announce and post a file; the verdict on it."""
    ticket = announce(who, draft, data, name)
    post = requests.post(ticket["post"]["url"], data=ticket["post"]["fields"], files={"file": data}, timeout=SECONDS)
    post.raise_for_status()

    def verdict() -> dict[str, Any] | None:
        uploads = who.get(f"/v1/drafts/{draft}")["uploads"]
        found: dict[str, Any] = next(u for u in uploads if u["id"] == ticket["id"])
        return found if found["status"] != "pending" else None

    return until("the upload's verdict", verdict)


def submit(who: Person, draft: str, key: str) -> Any:
    """Submit a draft under an Idempotency-Key."""
    return who.post("/v1/dossiers", {"draft": draft, "declares_true": True}, Idempotency_Key=key)


# --- a dossier ---------------------------------------------------------------------------------------------------


def drop(where: Mapping[str, str], reference: str, data: bytes, name: str) -> None:
    """The agency's scanner drops a file of a dossier."""
    s3 = boto3.client(
        "s3",
        endpoint_url=where["endpoint"],
        region_name=where["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    s3.put_object(Bucket=where["bucket.IntakeBucket"], Key=f"drops/{AGENCY}/{reference}/{name}", Body=data)
    s3.close()


def copy_of(where: Mapping[str, str], reference: str) -> str:
    """The copy of a dossier's paper that waits for its officer."""
    desk = officer(where, "reception")

    def waiting() -> str | None:
        copies = desk.get("/v1/copies")["copies"]
        return next((str(c["id"]) for c in copies if c["reference"] == reference), None)

    return until("the copy", waiting)


def sign(where: Mapping[str, str], copy: str) -> None:
    """The officer signs a copy."""
    officer(where, "reception").post(f"/v1/copies/{copy}/signature", {"compared_with_original": True})


def review(where: Mapping[str, str], copy: str) -> None:
    """The officer looks at what was read on a signed copy, where the release asks for it, and finds it right."""
    desk = officer(where, "reception")

    def read() -> str | None:
        step = desk.get(f"/v1/copies/{copy}")["step"]
        return None if step in ("copied", "signature_ordered") else str(step)

    while until("what was read", read) == "in_review":
        answered = desk.post(f"/v1/reviews/{copy}/claim", {})
        field = answered["next"]
        said = {"verb": "confirm" if field["value"] else "cannot_read"}
        version = f'"{answered["version"]}"'
        desk.post(f"/v1/reviews/{copy}/fields/{field['name']}/answer", said, If_Match=version)


def settled(who: Person, reference: str) -> Any:
    """The dossier once each of its papers is exempt or converted."""

    def look() -> Any:
        found = who.get(f"/v1/dossiers/{reference}")
        done = all(c["digitisation"]["status"] in ("exempt", "converted") for c in found["components"])
        return found if done else None

    return until("the data messages", look)


def act(where: Mapping[str, str], reference: str, kind: str) -> None:
    """The desk that has the task of this kind completes it."""
    role, outcome = DESKS[kind]
    desk = officer(where, role)

    def opened() -> str | None:
        tasks = desk.get(f"/v1/tasks?kind={kind}")["tasks"]
        return next((str(t["id"]) for t in tasks if t["reference"] == reference), None)

    desk.post(f"/v1/tasks/{until(f'the task {kind}', opened)}/complete", {"outcome": outcome})


def confirm(who: Person, reference: str) -> None:
    """The applicant confirms the draft of the result, where a later release asks them."""
    if who.get(f"/v1/dossiers/{reference}")["holding"]["task"] == "confirm":
        who.post(f"/v1/dossiers/{reference}/confirmation", {"confirmed": True})


def fetched(url: str) -> bytes:
    """The file behind a link."""
    answer = requests.get(url, timeout=SECONDS)
    answer.raise_for_status()
    return answer.content


def told(who: Person, reference: str) -> dict[str, Any]:
    """All that its holder can read about a dossier."""
    parts = ("timeline", "due", "notices", "slip")
    whole = {part: who.get(f"/v1/dossiers/{reference}/{part}") for part in parts}
    return json.loads(json.dumps({"dossier": who.get(f"/v1/dossiers/{reference}"), **whole}))
