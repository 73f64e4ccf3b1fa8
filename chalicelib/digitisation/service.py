"""From a received paper to a data message, in the order of the law: copy, sign, extract, code, store, convert.

Circular 01/2023/TT-VPCP Art. 7-8 (steps, and the officer's signature before extraction); Law 20/2023 Art. 12 and
Decree 137/2024 Art. 4 (the conversion).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from chalicelib.digitisation.model import ConversionMark
from chalicelib.digitisation.ports import Papers
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import digest, unseal
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.law import packs, qr
from chalicelib.law.clock import ZONE
from chalicelib.law.codes import PersonalId

SYSTEM = "Hệ thống Một Cửa"


@dataclass(frozen=True)
class Digitisation:
    """Use cases of digitisation."""

    papers: Papers
    clock: Clock
    public_url: str = ""

    def make_copy(self, data: Mapping[str, Any]) -> None:
        """Step 1: the copy of a dropped paper, waiting for its officer's signature; exempt papers have none."""
        if data["digitisation"]["status"] == "exempt" or self.papers.paper(data["reference"], data["id"]):
            return
        from chalicelib.digitisation.copying import make_copy

        component = self.papers.dossier(data["reference"])[f"COMPONENT#{data['id']}"]
        copied = make_copy(self._pages(component), title=component["filename"], expected_pages=component["pages"])
        folder = f"papers/{data['reference']}/{data['id']}"
        where, now = self.papers.keep(f"{folder}/copy-unsigned.pdf", copied.pdf, "application/pdf"), self.clock()
        scan_facts = {k: component[k] for k in ("key", "version_id", "sha256", "pages", "filename", "media_type")}
        head = {
            "kind": "sign_copy",
            "step": "copied",
            "reference": data["reference"],
            "component": data["id"],
            "code": data["code"],
            "agency": data["agency"],
            "holder": data["holder"],
            "procedure": data["procedure"],
            "scan": scan_facts,
            "reads_as": data["reads_as"],
            "copy": {**where, "sha256": sha256(copied.pdf), "box": [str(x) for x in copied.signature_box]},
            "opened_at": stamp(now),
            "wl_pk": f"{data['agency']}#sign_copy",
            "wl_sk": f"{stamp(now)}#{data['id']}",
        }
        fact = Fact(EventType.COPY_MADE, {"reference": data["reference"], "component": data["id"]})
        try:
            self.papers.begin_paper(data["reference"], data["id"], head, fact, now)
        except aws.WriteLost:
            return  # made at the same time by a second delivery

    def sign_copy(self, who: Principal, copy_id: str, key: str) -> dict[str, Any]:
        """The officer orders their own personal signature on the copy, before anything is read (Art. 8(1)).

        Raises NotFound, ForbiddenStep.
        """
        reference, _, component = copy_id.partition(".")

        def once() -> dict[str, Any]:
            paper = self.papers.paper(reference, component)
            if paper is None or paper["agency"] != who.agency:
                raise NotFound(what="copy")
            if paper["step"] != "copied":
                if paper["signed_with"] == digest(who.subject, key):
                    return {**paper, "step": "signature_ordered"}  # what was told the first time
                raise ForbiddenStep(step=paper["step"])
            now = self.clock()
            order = {
                "order": f"COPY.{reference}.{component}",
                "kind": "copy",
                "title": "Bản sao chụp có chữ ký số cá nhân",
                "source": {k: paper["copy"][k] for k in ("key", "version_id", "sha256")},
                "target": f"papers/{reference}/{component}/copy.pdf",
                "signer": {"kind": "officer", "id": who.subject},
                "reason": "Sao chụp từ bản giấy (Thông tư 01/2023/TT-VPCP Điều 8)",
                "box": paper["copy"]["box"],
                "lines": ["Người sao chụp:", who.name],
                "certify": False,
                "then": EventType.COPY_SIGNED.value,
                **{k: paper[k] for k in ("reference", "component", "agency", "holder", "procedure")},
            }
            put = {"step": "signature_ordered", "officer": who.name, "signed_with": digest(who.subject, key)}
            self.papers.advance(
                paper, [Fact(EventType.SIGNATURE_ORDERED, order, actor=who.subject)], put, now, off_list=True
            )
            return {**paper, **put}

        return record.settled(once)

    def read(self, data: Mapping[str, Any]) -> None:
        """Steps 2-4 on a signed copy: extract, give the code, store; then order the agency's signature."""
        paper = self.papers.paper(data["reference"], data["component"])
        if paper is None or paper["step"] != "signature_ordered":
            return
        from chalicelib.digitisation.conversion import convert
        from chalicelib.digitisation.fields import extract

        scans = self._pages(paper["scan"])
        pages = [reader().read(scan) for scan in scans]
        kind = paper["reads_as"]
        fields = extract(kind, pages) if kind else ()
        now, folder = self.clock(), f"papers/{paper['reference']}/{paper['component']}"
        code = f"SH-{paper['reference'].removeprefix('MC-')}-{paper['component'][:6].upper()}"
        reading = {
            "code": code,
            "kind": kind,
            "text": "\n\f".join(page.text for page in pages),
            "scan_sha256": paper["scan"]["sha256"],
            "copy_sha256": data["sha256"],
            "fields": [
                {
                    "name": f.name,
                    "label": f.label,
                    "value": f.value,
                    "confidence": round(f.confidence, 3),
                    "needs_review": f.needs_review,
                    "reason": f.reason,
                }
                for f in fields
            ],
        }
        stored = self.papers.keep_json(f"{folder}/reading.json", reading)
        mark = self._mark(paper, data, code, now)
        unsigned = convert(scans, pages, mark)
        where = self.papers.keep(f"{folder}/message-unsigned.pdf", unsigned.pdf, "application/pdf")
        order = self._message_order(paper, data, mark, {**where, "sha256": unsigned.sha256}, unsigned.signature_box)
        facts = [
            Fact(
                EventType.COMPONENT_READ,
                {"reference": paper["reference"], "component": paper["component"], "code": code},
            ),
            Fact(EventType.SIGNATURE_ORDERED, order),
        ]
        put = {
            "step": "stored",
            "digitised_code": code,
            "reading": stored,
            "mark_text": mark.text,
            "converted_at": stamp(now),
            "signed_copy": {k: data[k] for k in ("key", "version_id", "sha256", "message")},
        }
        record.settled(lambda: self._advance_from(paper, "signature_ordered", facts, put, now))

    def _pages(self, scan: Mapping[str, Any]) -> tuple[bytes, ...]:
        """The pictures of a scan's pages, from the very version that was checked."""
        from chalicelib.digitisation.pages import page_images

        return page_images(self.papers.scan(scan["key"], scan["version_id"]), scan["media_type"])

    def _advance_from(
        self, paper: Mapping[str, Any], step: str, facts: list[Fact], put: Mapping[str, Any], now: datetime
    ) -> None:
        current = self.papers.paper(paper["reference"], paper["component"])
        if current is None or current["step"] != step:
            return  # a second delivery was faster
        self.papers.advance(current, facts, put, now)

    def _mark(self, paper: Mapping[str, Any], data: Mapping[str, Any], code: str, now: datetime) -> ConversionMark:
        head = self.papers.dossier(paper["reference"])["HEAD"]
        local = now.astimezone(ZONE)
        text = packs.pack_on(local.date()).rules.conversion_mark_text.value
        payload = qr.qr_payload(
            {
                "dossier_code": head.get("dossier_code", paper["reference"]),  # before acceptance there is no code
                "procedure_code": paper["procedure"],
                "person_id": PersonalId.parse(unseal(head["sealed"])["personal_id"]).masked,
                "document_name": code,
                "system_name": SYSTEM,
                "published_at": local.isoformat(timespec="seconds"),
            }
        )
        return ConversionMark(
            text=text,
            converted_at=local,
            converter_name=paper["officer"],
            agency_name=data["agency_name"],
            agency_code=paper["agency"],
            code=code,
            lookup_url=f"{self.public_url}/v1/verifications/{code}",
            qr_payload=payload,
        )

    def _message_order(
        self,
        paper: Mapping[str, Any],
        data: Mapping[str, Any],
        mark: ConversionMark,
        source: Mapping[str, Any],
        box: Any,
    ) -> dict[str, Any]:
        return {
            "order": mark.code,
            "kind": "conversion",
            "title": "Thông điệp dữ liệu chuyển đổi từ văn bản giấy",
            "source": source,
            "target": f"papers/{paper['reference']}/{paper['component']}/message.pdf",
            "signer": {"kind": "agency", "id": paper["agency"]},
            "reason": mark.text,
            "box": [str(x) for x in box],
            "lines": [data["agency_name"], f"{mark.converted_at:%d/%m/%Y %H:%M:%S %z}"],
            "certify": True,
            "then": EventType.MESSAGE_CONVERTED.value,
            **{k: paper[k] for k in ("reference", "component", "agency", "holder", "procedure")},
        }

    def converted(self, data: Mapping[str, Any]) -> None:
        """The conversion record links both files by hash (Law 20/2023 Art. 12), here and in the dossier."""

        def once() -> None:
            paper = self.papers.paper(data["reference"], data["component"])
            rows = self.papers.dossier(data["reference"])
            if paper is None or paper["step"] != "stored":
                return
            now = self.clock()
            conversion = conversion_record(paper, data)
            fact = Fact(EventType.COMPONENT_CONVERTED, {"component": paper["component"], **conversion})
            put = {"step": "converted", "conversion": conversion}
            component = {"digitisation": {"status": "converted", **conversion}}
            self.papers.converted(paper, rows["HEAD"], put, component, fact, now)

        record.settled(once)


def conversion_record(paper: Mapping[str, Any], message: Mapping[str, Any]) -> dict[str, Any]:
    """What the law wants known of a conversion (Decree 137/2024 Art. 4). Raises ForbiddenStep when a part lacks."""
    found = {
        "conversion_id": message["message"],
        "direction": "P2D",
        "code": paper["digitised_code"],
        "source_sha256": paper["scan"]["sha256"],
        "copy_sha256": paper["signed_copy"]["sha256"],
        "output_sha256": message["sha256"],
        "mark_text": paper["mark_text"],
        "converted_at": paper["converted_at"],
        "converter": {
            "kind": "AGENCY",
            "full_name": message["agency_name"],
            "agency_code": paper["agency"],
            "officer": paper["officer"],
        },
        "agency_signature": {"signed_at": message["signed_at"], "message": message["message"]},
        "system_name": SYSTEM,
    }
    if absent := [name for name, value in _leaves(found) if not value]:
        raise ForbiddenStep(missing=absent)
    return found


def _leaves(found: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield above + name, value


@cache
def reader() -> Any:
    """The process's reader: loading the model costs more than reading a page."""
    from chalicelib.digitisation.reading import Reader

    return Reader()


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()
