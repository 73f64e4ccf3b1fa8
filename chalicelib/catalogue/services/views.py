"""From stored facts to what everybody reads: a row of the list, the six facts of a service."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.catalogue.procedures.listed import life_events
from chalicelib.catalogue.procedures.wire import BlockerView
from chalicelib.catalogue.restructuring.replacements import databases
from chalicelib.catalogue.services import wire
from chalicelib.catalogue.services.search import Entry
from chalicelib.catalogue.services.service import Service
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.kernel.clock import said
from chalicelib.law import packs
from chalicelib.law.levels import LevelFinding


@cache
def _guidance() -> dict[str, Any]:
    """The operator's own words on where to turn: configuration, no quotation of a law."""
    found: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "appeal.json").read_text("utf-8"))
    return found


def row_view(entry: Entry) -> wire.ServiceRow:
    """A service in a list."""
    return wire.ServiceRow(
        code=entry.code,
        name_vi=entry.name_vi,
        name_en=entry.name_en,
        kind=entry.kind,
        level=entry.level or "unknown",
        offered=entry.offered,
        fields=list(entry.fields),
        life_events=list(entry.life_events),
    )


def service_view(service: Service) -> wire.ServiceView:
    """The six facts of a service, and what the record leaves unknown."""
    facts, version = service.facts, service.version
    return wire.ServiceView(
        code=facts["code"],
        version=version["version"] if version else None,
        offered=service.is_offered,
        kind=facts["kind"],
        name_vi=facts["name_vi"],
        name_en=facts.get("name_en"),
        papers=[paper_view(c) for c in facts["components"]],
        cases=[wire.CaseView(code=c["code"], name_vi=c["name_vi"]) for c in facts.get("cases", ())],
        notes_vi=[n["text_vi"] for n in facts.get("notes", ())],
        fees=[_fee(f) for f in facts.get("fees", ())],
        prices=[_price(p) for p in facts.get("prices") or ()],
        times=_times(facts),
        online=level_view(level_of_version(version)) if version else _not_offered(facts),
        decided_by=[authority(a) for a in facts.get("decided_by", ())],
        performed_by=facts.get("performed_by") or "",
        appeal=wire.AppealView(**(facts.get("appeal") or _guidance())),
        provider=_provider(facts.get("provider")),
        channels=facts.get("channels") or [],
        service_channels=facts.get("online_channels") or [],
        results=[authority(r) for r in facts.get("results") or ([facts["result"]] if facts.get("result") else ())],
        subjects=[authority(s) for s in facts.get("subjects", ())],
        fields=[authority(f) for f in facts.get("fields") or ([facts["field"]] if facts.get("field") else ())],
        life_events=list(life_events(facts)),
        legal_bases=[authority(b) for b in facts.get("legal_bases", ())],
        min_level=facts.get("min_level"),
        effective_from=version["effective_from"] if version else None,
        effective_to=version.get("effective_to") if version else None,
        has_form=True,
        outages=[_outage(o) for o in service.outages],
        source=facts.get("source") or {},
        unknown=[_unknown(u) for u in facts.get("unknown", ())],
    )


def _unknown(given: Mapping[str, Any]) -> wire.Unknown:
    return wire.Unknown(pointer=given["pointer"], why_vi=given["why_vi"], why_en=given["why_en"])


def authority(given: Any) -> wire.Authority:
    """A named thing with its code, whatever the source wrote."""
    if isinstance(given, str):
        return wire.Authority(code=None, name_vi=given)
    return wire.Authority(code=given.get("code"), name_vi=given["name_vi"])


def paper_view(component: Mapping[str, Any]) -> wire.PaperView:
    """A component as people read it."""
    return wire.PaperView(
        code=component["code"],
        name_vi=component["name_vi"],
        name_en=component.get("name_en"),
        originals=component.get("originals"),
        copies=component.get("copies"),
        cases=component.get("cases") or [],
        need=component["need"],
        source=_source(component.get("source")),
    )


def _source(given: Mapping[str, Any] | None) -> wire.DataSource | None:
    if not given:
        return None
    name = databases().get(given["database"], {}).get("vi", given["database"])
    told = {k: given.get(k) or "" for k in ("owner", "instrument", "clause")}
    return wire.DataSource(database=name, **told)


def _fee(fee: Mapping[str, Any]) -> wire.FeeView:
    certain = fee.get("amount_vnd") is not None and not fee.get("note_vi")
    return wire.FeeView(
        channel=fee.get("channel"),
        type=fee["type"],
        amount=fee.get("amount_vnd"),
        currency="VND",
        text_vi=fee.get("note_vi") or "",
        certain=certain,
    )


def _price(price: Mapping[str, Any]) -> wire.PriceView:
    return wire.PriceView(
        name_vi=price["name_vi"],
        name_en=price.get("name_en"),
        amount=price.get("amount_vnd"),
        currency="VND",
        unit_vi=price.get("unit_vi") or "",
    )


def _times(facts: Mapping[str, Any]) -> list[wire.TimeView]:
    term = facts.get("term")
    if term:
        return [wire.TimeView(channel=None, term=term.get("text"), text_vi=term.get("note_vi") or "")]
    return [
        wire.TimeView(channel=m["channel"], term=m["term"]["text"], text_vi=m["term"].get("text_vi") or "")
        for m in facts.get("methods", ())
        if m.get("term")
    ]


def level_view(finding: LevelFinding) -> wire.LevelView:
    """A level with every blocker and reason, and the notice owed."""
    texts = {entry.code: entry for entry in packs.newest().rules.level_reasons.value}
    reasons = [
        wire.ReasonView(
            code=r.code,
            text_vi=texts[r.code].text_vi if r.code in texts else "",
            text_en=texts[r.code].text_en if r.code in texts else "",
            legal_basis=r.legal_basis,
        )
        for r in finding.reasons
    ]
    return wire.LevelView(
        level=finding.level.key,
        blockers=[BlockerView.of(b) for b in finding.blockers],
        reasons=reasons,
        notice_vi=finding.notice_vi,
        notice_en=finding.notice_en,
        citation=finding.citation,
    )


def _not_offered(facts: Mapping[str, Any]) -> wire.LevelView:
    full = bool((facts.get("online") or {}).get("full_process_in_record"))
    said_vi = "Bản ghi quốc gia ghi là toàn trình." if full else "Bản ghi quốc gia không ghi là toàn trình."
    said_en = "The national record says end to end." if full else "The national record does not say end to end."
    return wire.LevelView(
        level="unknown",
        blockers=[],
        reasons=[],
        notice_vi=f"Dịch vụ chưa được cung cấp trên hệ thống này. {said_vi}",
        notice_en=f"This service is not offered here yet. {said_en}",
        citation="",
    )


def _provider(given: Mapping[str, Any] | None) -> wire.ProviderView | None:
    if not given:
        return None
    return wire.ProviderView(name_vi=given["name_vi"], contact=given.get("contact"), portal=given.get("portal"))


def _outage(outage: Mapping[str, Any]) -> wire.OutageNotice:
    return wire.OutageNotice(
        id=outage["id"],
        starts_at=said(outage["starts_at"]) or "",
        ends_at=said(outage["ends_at"]) or "",
        text_vi=outage["text_vi"],
        text_en=outage["text_en"],
    )
