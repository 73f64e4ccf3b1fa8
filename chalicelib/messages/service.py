"""The only place that signs: official documents of a dossier, and files that others order to be signed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import unseal
from chalicelib.messages import papers
from chalicelib.messages.model import short_time
from chalicelib.messages.ports import Messages

CARRIED = ("reference", "component", "agency", "holder", "procedure")
DONE = {"receipt": EventType.RECEIPT_SIGNED, "result": EventType.RESULT_SIGNED}


@dataclass(frozen=True)
class Publisher:
    """Use cases of the messages."""

    messages: Messages
    clock: Clock
    public_url: str

    def issue(self, event: str, data: Mapping[str, Any]) -> None:
        """Print and sign what an accepted dossier (form 01) or a decided one (its result) owes, once."""
        personal = unseal(data["sealed"])
        build = papers.receipt if event == EventType.DOSSIER_ACCEPTED else papers.result
        paper = build(data, personal, self.public_url)
        if self.messages.message(paper.message):
            return
        from chalicelib.messages.rendering import render, signature_box

        unsigned, now = render(paper.template, paper.data), self.clock()
        signer = self.messages.keys().agency(data["agency"])
        lines = [data["office"]["name"], short_time(now)]
        if paper.kind == "result":
            lines.insert(0, personal["approver"])
        signed = self._signed(unsigned, signer, now, paper.reason, signature_box(paper.template), lines, certify=True)
        head = {"kind": paper.kind, "title": paper.title, **{k: data[k] for k in CARRIED if k in data}}
        self._register(paper.message, paper.target, signed, unsigned, head, DONE[paper.kind], now)

    def sign(self, order: Mapping[str, Any]) -> None:
        """Sign a file as ordered, once per order: an officer's own signature, or the agency's that closes the file."""
        if self.messages.message(order["order"]):
            return
        unsigned, now, keys = self.messages.source(order["source"]), self.clock(), self.messages.keys()
        who = order["signer"]
        signer = keys.officer(who["id"]) if who["kind"] == "officer" else keys.agency(who["id"])
        box = tuple(float(x) for x in order["box"])
        lines = [*order["lines"], short_time(now)] if who["kind"] == "officer" else order["lines"]
        signed = self._signed(unsigned, signer, now, order["reason"], (0, box), lines, certify=order["certify"])
        head = {"kind": order["kind"], "title": order["title"], **{k: order[k] for k in CARRIED}}
        self._register(order["order"], order["target"], signed, unsigned, head, EventType(order["then"]), now)

    def _signed(
        self, pdf: bytes, signer: Any, now: datetime, reason: str, box: Any, lines: list[str], *, certify: bool
    ) -> bytes:
        from chalicelib.messages.signing import sign

        name = "AgencySignature" if certify else "OfficerSignature"
        return sign(
            pdf,
            signer,
            field_name=name,
            reason=reason,
            location="Việt Nam",
            at=now,
            box=box,
            lines=lines,
            certify=certify,
            timestamper=self.messages.keys().timestamper(now),
        )

    def _register(
        self,
        message: str,
        target: str,
        signed: bytes,
        unsigned: bytes,
        head: Mapping[str, Any],
        done: EventType,
        now: datetime,
    ) -> None:
        version = self.messages.keep(target, signed)
        facts = {
            **head,
            "message": message,
            "code": message,
            "key": target,
            "version_id": version,
            "size": len(signed),
            "sha256": hashlib.sha256(signed).hexdigest(),
            "unsigned_sha256": hashlib.sha256(unsigned).hexdigest(),
            "signed_at": stamp(now),
            "agency_name": self.messages.agency_name(head["agency"]),
        }
        try:
            self.messages.register(message, facts, Fact(done, facts), now)
        except aws.WriteLost:
            return  # a second delivery was faster: its file is the registered one, nobody names ours

    def read(self, who: Principal, message: str) -> tuple[dict[str, Any], str]:
        """A signed document of the principal's own dossier, or of their agency's, and a link to it. Raises NotFound."""
        found = self.messages.message(message)
        if found is None or not _may_see(who, found):
            raise NotFound(what="message")
        return found, self.messages.file_url(found)

    def registered(self, message: str) -> dict[str, Any]:
        """What anyone may know of a document that carries this code. Raises NotFound (Decree 45/2020 Art. 18(2))."""
        found = self.messages.message(message)
        if found is None:
            raise NotFound(what="message")
        return found


def _may_see(who: Principal, message: Mapping[str, Any]) -> bool:
    if who.kind == "OFFICER":
        return bool(who.agency) and who.agency == message["agency"]
    return bool(who.holder) and who.holder == message["holder"]
