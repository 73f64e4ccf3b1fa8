"""Article 8(2) and (4) as people live them: an agent files, three agencies settle, a paper becomes a data message.

Over HTTP and S3 only, as `story.py`: the demo, the journeys and LocalStack run the same steps.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import requests

import chalicelib.catalogue
from chalicelib.forms.subjects import PERSON
from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from infra.demo.client import Answer, Client
from infra.local.officers import DECIDER

ISSUES_NOTICE: Final = "S.000801"
"""An invented service whose result, a birth notice, is still signed by hand."""
RECEIVES, AGREES = "H01.10.25", "H01.60.01"
"""The agency before which it is filed, and one that is asked; `DECIDER` decides."""
AGENCIES: Final = (RECEIVES, AGREES, DECIDER)
ROUTE: Final = [
    [
        {"leg": "commune", "agency": "@receiving", "deadline": "8wh", "steps": ["verify"]},
        {"leg": "police", "agency": AGREES, "deadline": "1wd", "steps": ["verify"]},
    ],
    [{"leg": "station", "agency": DECIDER, "deadline": "1wd", "lead": True}],
]
CRITERIA: Final = ("information_public", "forms_downloadable", "form_online_signed", "dossier_electronic")
AGENT: Final[dict[str, Any]] = {
    "sub": "citizen-thuong",
    "kind": "CITIZEN",
    "name": "Trần Văn Thưởng",
    "level": 2,
    "personal_id": "001093054329",
}
FRIEND: Final[dict[str, Any]] = {**AGENT, "sub": "citizen-oanh", "name": "Lý Thanh Oanh", "personal_id": "001194054321"}


def keeper(where: Mapping[str, str], agency: str, *roles: str) -> Client:
    """Somebody of an agency with these roles."""
    sub = f"officer-{agency}-{'-'.join(roles)}"
    return Client.login(where, sub=sub, kind="OFFICER", name="Võ Thành Tâm", agency=agency, roles=list(roles))


def publish(where: Mapping[str, str], code: str = ISSUES_NOTICE) -> str:
    """The catalogue has a service of three agencies whose result satisfies a component of the birth registration."""
    shipped = Path(chalicelib.catalogue.__file__).parent / "data" / "services" / "S.000001.json"
    facts = json.loads(shipped.read_text("utf-8"))["facts"]
    result = {"name_vi": "Giấy chứng sinh", "name_en": "Birth notice", "code": story.BIRTH_NOTICE}
    facts |= {"code": code, "route": ROUTE, "result": facts["result"] | result}
    facts |= {"name_vi": "Cấp giấy chứng sinh (ví dụ)", "name_en": "Birth notice (example)"}
    path = f"/v1/catalogue/procedures/{code}/versions"
    editor, reviewer, publisher = (keeper(where, story.AGENCY, r) for r in ("editor", "reviewer", "publisher"))
    number = editor.post(path, {"based_on": "facts", "facts": facts}).ok(201).body["version"]
    editor.post(f"{path}/{number}/handover", {}).ok()
    met = [{"criterion": name, "answer": "met"} for name in (*CRITERIA, "payment_online")]
    reviewer.post(f"{path}/{number}/review", {"accepted": True, "findings": met}).ok()
    today = utc_now().astimezone(ZONE).date().isoformat()
    publisher.post(f"{path}/{number}/publication", {"effective_from": today}).ok()
    return code


def follow(where: Mapping[str, str], agencies: tuple[str, ...]) -> None:
    """These agencies read the feed of their dossiers from now on; who follows already goes on."""
    for agency in agencies:
        keeper(where, agency, "administrator").post("/v1/subscriptions", {})


def feed(where: Mapping[str, str], agency: str, reference: str) -> list[dict[str, Any]]:
    """The events of a dossier in an agency's feed, in their order."""
    reader, after, found = keeper(where, agency, "processing"), "", list[dict[str, Any]]()
    while True:
        page = reader.get(f"/v1/events?limit=100&after={after}").ok().body
        found += [each for each in page["events"] if each["subject"] == reference]
        after = page["next"]
        if not page["more"]:
            return found


@dataclass
class PaperStory:
    """One paper from the hand that signed it to the agency that never asked for it.

    `DECIDER` decides, and has an officer with a certificate (`clerk`); `principal` holds the dossier, `agent` files it.
    """

    where: Mapping[str, str]
    scan: bytes
    principal: Client
    claims: Mapping[str, Any]
    agent: Client
    code: str = ISSUES_NOTICE
    agent_claims: Mapping[str, Any] = field(default_factory=lambda: AGENT)
    reference: str = ""
    component: str = ""
    document: str = ""

    @property
    def clerk(self) -> Client:
        """The officer of the agency that decides who receives, scans and signs copies."""
        return story.officer(self.where, "clerk")

    def file(self) -> str:
        """The principal gives a mandate, the agent files under it, and the principal wants the result in the app."""
        other = {"kind": "CITIZEN", "identity": self.agent_claims["personal_id"], "name": self.agent_claims["name"]}
        terms = {"role": "represented", "other": other, "procedures": [self.code], "storage": "BOTH"}

        def offer() -> Answer | None:
            answer = self.principal.post("/v1/mandates", terms)
            rules = [each.get("rule") for each in answer.body.get("errors", ())]
            return None if rules == ["procedure_unknown"] else answer

        # The register of mandates hears of a service that was published a moment ago by an event, as drafts do.
        offered = story.until("the service among those a mandate may name", offer).ok(201).body
        self.agent.post(f"/v1/mandates/{offered['id']}/confirmation", {"terms": offered["waiting"]["number"]}).ok()
        body = {"procedure": self.code, "agency": RECEIVES, "acts_for": offered["id"]}

        def draft() -> str | None:
            answer = self.agent.post("/v1/drafts", body)
            return str(answer.body["reference"]) if answer.status == HTTPStatus.CREATED else None

        reference = story.until("the mandate and the service", draft)
        said = {
            "subject": PERSON,
            "applicant": {
                "full_name": self.claims["name"],
                "personal_id": self.claims["personal_id"],
                "born_on": "1995-03-09",
                "address": "Thôn 3, xã Vĩnh Phước",
            },
            "contact": {"phone": "0912345678"},
            "request": "Đề nghị cấp giấy chứng sinh",
        }
        story.fill(self.agent, reference, said).ok()
        self.reference = str(story.submit(self.agent, reference).ok(201).body["reference"])
        self.principal.post(f"/v1/dossiers/{self.reference}/deliveries", {"destination": "app"}).ok(201)
        return self.reference

    def settle(self) -> None:
        """Received, agreed to by two agencies, verified by the one that decides: its approval is awaited then."""
        self._do(keeper(self.where, RECEIVES, "reception"), "0-commune.receive", "accepted")
        self._do(keeper(self.where, RECEIVES, "processing"), "0-commune.verify", "agreed")
        self._do(keeper(self.where, AGREES, "processing"), "0-police.verify", "agreed")
        self._do(keeper(self.where, DECIDER, "processing"), "1-station.verify", "verified")

    def offer(self, who: Client) -> Answer:
        """Ask for the form by which a result on paper is handed in."""
        body = {"dossier": self.reference, "filename": "Giấy chứng sinh ký tay.jpg", "media_type": "image/jpeg"}
        return who.post("/v1/drops", body | {"result": True})

    def hand_in(self) -> str:
        """The paper that was signed by hand becomes a data message with the agency's signature; answers its copy."""
        post = self.offer(self.clerk).ok(201).body["post"]
        sent = requests.post(post["url"], data=post["fields"], files={"file": self.scan}, timeout=60)
        sent.raise_for_status()
        copy = story.until("the copy", lambda: story.copy_of(self.clerk, self.reference))
        story.sign_copy(self.clerk, copy).ok(HTTPStatus.ACCEPTED)
        story.look_over(copy, self.clerk)
        self.component = copy.partition(".")[2]
        story.until("the data message", lambda: story.settled(self.principal, self.reference))
        return copy

    def decide(self) -> dict[str, Any]:
        """The approval makes it the result: it is in both vaults and in the app, and the dossier is returned."""
        self._do(keeper(self.where, DECIDER, "leader"), "1-station.approve", "approved")
        done = story.until("the result", lambda: story.returned(self.principal, self.reference))
        self.document = str(done["vault_document"])
        return done

    def share(self, friend: Client, number: str) -> str:
        """The principal shares the document with a person by their number, who opens it; answers the grant."""
        until = (utc_now() + timedelta(days=3)).isoformat()
        receiver = {"kind": "person", "identity": number}
        body = {"document": self.document, "receiver": receiver, "purpose": "family", "until": until}
        grant = str(self.principal.post("/v1/vault/grants", body).ok(201).body["id"])
        path = f"/v1/received/documents/{grant}"
        story.until("the grant", lambda: friend.get(path).status == HTTPStatus.OK)
        return grant

    def reuse(self, draft: str) -> None:
        """A component of another draft of the principal is satisfied by the document: nothing is uploaded."""
        body = {"component": story.BIRTH_NOTICE, "document": self.document}

        def referred() -> bool:
            return self.principal.post(f"/v1/drafts/{draft}/documents", body).status == HTTPStatus.OK

        story.until("the document among what may be reused", referred)

    def open_reused(self, desk: Client, reusing: str) -> str:
        """An officer of the agency that never asked for the paper opens it; answers a link to the very file."""
        found = story.dossier(desk, reusing)["components"]
        component = next(each["id"] for each in found if each["reused"])
        return str(desk.get(f"/v1/dossiers/{reusing}/components/{component}").ok().body["url"])

    def proof(self, reusing: str, grant: str, agency: str) -> dict[str, Any]:
        """What the service itself says of each step, once all of it was told; `reusing` is the dossier at `agency`."""
        mine, theirs = (self._held(who) for who in (self.principal, self.agent))
        lines = list(self._lines())
        name = f"{reusing}/"
        told = story.until("the feed", lambda: self._told("vn.motcua.dossier.returned"))
        return {
            "filed_by": story.dossier(self.principal, self.reference)["filed_by"]["kind"],
            "agencies": sorted(AGENCIES),
            "provenance": mine["provenance"],
            "kept_by": [mine["id"], theirs["id"]],
            "app": next(x["progress"] for x in self._deliveries() if x["destination"] == "app"),
            "shared": grant,
            "reused_by": agency,
            "ledger": {
                "stored": any(x["act"] == "stored" and x["document"] == self.document for x in lines),
                "app": any(x["route"] == "deliveries" and x["document"] == self.document for x in lines),
                "shared": any(x["route"] == "grants" and x["document"] == self.document for x in lines),
                "reused": any(x["document"].startswith(name) and x["by"] == agency for x in lines),
            },
            "feed": [each["type"].removeprefix("vn.motcua.") for each in told],
        }

    def _do(self, desk: Client, task: str, outcome: str) -> None:
        def ready() -> Answer | None:
            found = story.complete(desk, f"{self.reference}.{task}", outcome)
            return None if found.status == HTTPStatus.NOT_FOUND else found

        story.until(task, ready).ok()

    def _held(self, who: Client) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            rows = who.get("/v1/vault/documents").ok().body["documents"]
            return next((row for row in rows if row["id"] == self.document), None)

        return story.until("the vault", look)

    def _lines(self) -> Iterator[dict[str, Any]]:
        return story.listed(self.principal, "/v1/vault/access?order=newest&", "lines")

    def _deliveries(self) -> list[dict[str, Any]]:
        found = self.principal.get(f"/v1/dossiers/{self.reference}/deliveries").ok().body
        return list(found["deliveries"])

    def _told(self, last: str) -> list[dict[str, Any]] | None:
        found = feed(self.where, DECIDER, self.reference)
        return found if last in {each["type"] for each in found} else None
