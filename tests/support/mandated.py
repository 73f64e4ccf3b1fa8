"""Somebody acts for another, by the API alone: people of their own, mandates, drafts for another."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from infra.demo import story
from infra.demo.client import Answer, Client
from tests.support.asserts import problem


@dataclass(frozen=True)
class Person:
    """Somebody with a number of their own."""

    claims: Mapping[str, Any]
    client: Client

    @property
    def number(self) -> str:
        """Their personal number."""
        return str(self.claims["personal_id"])

    @property
    def name(self) -> str:
        """Their name."""
        return str(self.claims["name"])

    def named(self) -> dict[str, str]:
        """As another one names them."""
        return {"name": self.name, "personal_id": self.number}


def person(where: Mapping[str, str], name: str) -> Person:
    """Somebody of their own under a name."""
    claims = {**story.CITIZEN, **story.somebody(), "name": name}
    return Person(claims, Client.login(where, **claims))


def mandated(cloud: Any, principal: Person, agent: Person, **terms: Any) -> str:
    """A mandate of the birth registration that both confirmed, and that the dossiers' room heard of."""
    other = {"kind": "CITIZEN", "identity": agent.number, "name": agent.name}
    body = {"role": "represented", "other": other, "procedures": [story.PROCEDURE], "storage": "BOTH", **terms}
    offered = principal.client.post("/v1/mandates", body).ok(201).body
    confirmed = {"terms": offered["waiting"]["number"]}
    agent.client.post(f"/v1/mandates/{offered['id']}/confirmation", confirmed).ok()
    cloud.wait_idle()
    return str(offered["id"])


def evidence_of(data: bytes) -> dict[str, Any]:
    """Terms of a certified mandate that a file proves."""
    sha256 = hashlib.sha256(data).hexdigest()
    return {"form": "certified", "evidence": {"kind": "FILE", "reference": "uy-quyen.pdf", "sha256": sha256}}


def proved(cloud: Any, principal: Person, agent: Person, data: bytes, **terms: Any) -> str:
    """A mandate that a file proves, which is kept."""
    mandate = mandated(cloud, principal, agent, **evidence_of(data), **terms)
    body = {"terms": 1, "media_type": "application/pdf", "size": len(data)}
    form = agent.client.post(f"/v1/mandates/{mandate}/evidence", body).ok(201).body["post"]
    sent = requests.post(form["url"], data=form["fields"], files={"file": ("f", data)}, timeout=60)
    sent.raise_for_status()
    agent.client.post(f"/v1/mandates/{mandate}/evidence/check", {"terms": 1}).ok()
    return mandate


def opened_for(agent: Person, mandate: str) -> str:
    """A draft that somebody opens for another; the room that opens it may hear of a mandate a moment later."""
    body = {"procedure": story.PROCEDURE, "agency": story.AGENCY, "acts_for": mandate}

    def draft() -> Answer | None:
        answer = agent.client.post("/v1/drafts", body)
        if answer.status == 201:
            return answer
        problem(answer, 404)
        return None

    return str(story.until("the mandate", draft).body["reference"])
