"""The whole way from a scan to a data message on one machine, with test keys: for trying it and for measuring it."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.flaws import insist
from chalicelib.digitisation.model import ConversionMark, Field, Limits
from chalicelib.digitisation.reasons import SIGNED_ALREADY, signature_broken
from chalicelib.digitisation.sandbox import sandbox
from chalicelib.digitisation.spreads import spread_warnings
from chalicelib.law import packs, qr
from chalicelib.law.clock import ZONE
from chalicelib.messages.keys import LocalKeys, SigningIdentity
from chalicelib.messages.model import short_time
from chalicelib.messages.rendering import Look
from chalicelib.messages.signing import sign
from chalicelib.messages.statement import Statement
from infra.demo.story import AGENCY
from infra.local.officers import OFFICERS
from infra.local.stage import make_keys

OFFICER = OFFICERS["reception"]


def digitise_file(data: bytes, out: Path, *, kind: str, title: str, keys: Path | None = None) -> dict[str, Any]:
    """Write copy.pdf, component.pdf, text.txt, fields.json and conversion.json; answers what is in the last two.

    The test keys are those of the folder `keys`, else of one beside the results.

    The order is the law's (Circular 01/2023/TT-VPCP Art. 7-8): copy, the officer's signature, extraction, code, store;
    then the conversion. Raises Refused.
    """
    opener = sandbox()
    inspection = opener.inspect(data, Limits())
    if inspection.signatures:
        broken = [seen.field for seen in inspection.signatures if not seen.intact]
        raise signature_broken(", ".join(broken)) if broken else SIGNED_ALREADY
    images = opener.pictures(data, inspection.media_type)
    copied = opener.copy(images, title=title, expected_pages=len(inspection.pages))
    out.mkdir(parents=True, exist_ok=True)
    folder = keys or out / "keys"
    make_keys(folder)
    signers, now = LocalKeys(folder), datetime.now(UTC)
    officer, agency = signers.officer(OFFICER["sub"]), signers.agency(AGENCY)
    by = ["Người sao chụp:", OFFICER["name"], short_time(now)]
    said = Statement(
        kind="copy", code=f"COPY.{inspection.sha256[:16]}", title=title, agency=AGENCY, agency_name=agency.display_name
    )
    copy = _signed(copied, officer, signers, now, said, lines=by)
    pages = [opener.read(image) for image in images]
    insist([page.flaw for page in pages])
    fields = extract(kind, pages) if kind else ()
    code = f"SH-{inspection.sha256[:16].upper()}"
    mark = _mark(code, agency.display_name, now)
    unsigned = opener.convert(images, pages, mark)
    said = replace(said, kind="conversion", code=code)
    message = _signed(unsigned, agency, signers, now, said, lines=[agency.display_name, short_time(now)])
    conversion: dict[str, Any] = {
        "code": code,
        "source_sha256": inspection.sha256,
        "copy_sha256": hashlib.sha256(copy).hexdigest(),
        "output_sha256": hashlib.sha256(message).hexdigest(),
        "mark_text": mark.text,
        "converted_at": mark.converted_at.isoformat(timespec="seconds"),
        "converter": mark.converter_name,
        "agency": mark.agency_name,
        "pages": len(inspection.pages),
        "warnings": [*inspection.warnings, *spread_warnings(pages)],
    }
    read = [_said(field) for field in fields]
    (out / "ca.pem").write_bytes((folder / "ca.pem").read_bytes())
    (out / "copy.pdf").write_bytes(copy)
    (out / "component.pdf").write_bytes(message)
    text = "\n\f".join(page.text for page in pages)
    (out / "text.txt").write_text(text + "\n", encoding="utf-8")
    _write(out / "fields.json", read)
    _write(out / "conversion.json", conversion)
    return conversion | {"fields": read}


def _said(field: Field) -> dict[str, Any]:
    """A value that was read, as it is told."""
    return {
        "name": field.name,
        "label": field.label,
        "value": field.value,
        "confidence": round(field.confidence, 3),
        "needs_review": field.needs_review,
        "reason": field.reason,
    }


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _signed(
    paper: Any, identity: SigningIdentity, keys: LocalKeys, now: datetime, said: Statement, *, lines: list[str]
) -> bytes:
    certify = said.kind == "conversion"
    return sign(
        paper.pdf,
        identity,
        field_name="AgencySignature" if certify else "OfficerSignature",
        reason="Chuyển đổi từ văn bản giấy" if certify else "Sao chụp từ bản giấy",
        at=now,
        seen=((0, paper.signature_box), Look(lines, "black")),
        certify=certify,
        timestamper=keys.timestamper(now),
        statement=said,
    )


def _mark(code: str, agency: str, now: datetime) -> ConversionMark:
    local = now.astimezone(ZONE)
    payload = qr.qr_payload(
        {
            "dossier_code": "-",
            "procedure_code": "-",
            "person_id": "-",
            "document_name": code,
            "system_name": "Một Cửa (thử nghiệm)",
            "published_at": local.isoformat(timespec="seconds"),
        }
    )
    return ConversionMark(
        text=packs.pack_on(local.date()).rules.conversion_mark_text.value,
        converted_at=local,
        converter_name=OFFICER["name"],
        agency_name=agency,
        agency_code=AGENCY,
        code=code,
        lookup_url="",
        qr_payload=payload,
    )
