"""From stored facts to what is answered: the six facts of a service, a version, a restructuring review."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.catalogue.pinned import level_of_version
from chalicelib.catalogue.publishing import life_events
from chalicelib.catalogue.replacements import Match, databases
from chalicelib.catalogue.review import Restructuring
from chalicelib.catalogue.search import Entry
from chalicelib.catalogue.service import Service
from chalicelib.catalogue.wire import editing, services
from chalicelib.kernel.clock import said
from chalicelib.law import packs
from chalicelib.law.levels import Blocker, LevelFinding
from chalicelib.law.problems import Problem


@cache
def _guidance() -> dict[str, Any]:
    """The operator's own words on where to turn: configuration, no quotation of a law."""
    found: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "appeal.json").read_text("utf-8"))
    return found


def row_view(entry: Entry) -> services.ServiceRow:
    """A service in a list."""
    return services.ServiceRow(
        code=entry.code,
        name_vi=entry.name_vi,
        name_en=entry.name_en,
        kind=entry.kind,
        level=entry.level or "unknown",
        offered=entry.offered,
        fields=list(entry.fields),
        life_events=list(entry.life_events),
    )


def service_view(service: Service) -> services.ServiceView:
    """The six facts of a service, and what the record leaves unknown."""
    facts, version = service.facts, service.version
    return services.ServiceView(
        code=facts["code"],
        version=version["version"] if version else None,
        offered=service.is_offered,
        kind=facts["kind"],
        name_vi=facts["name_vi"],
        name_en=facts.get("name_en"),
        papers=[paper_view(c) for c in facts["components"]],
        cases=[services.CaseView(code=c["code"], name_vi=c["name_vi"]) for c in facts.get("cases", ())],
        notes_vi=[n["text_vi"] for n in facts.get("notes", ())],
        fees=[_fee(f) for f in facts.get("fees", ())],
        prices=[_price(p) for p in facts.get("prices") or ()],
        times=_times(facts),
        online=level_view(level_of_version(version)) if version else _not_offered(facts),
        decided_by=[authority(a) for a in facts.get("decided_by", ())],
        performed_by=facts.get("performed_by") or "",
        appeal=services.AppealView(**(facts.get("appeal") or _guidance())),
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


def _unknown(given: Mapping[str, Any]) -> services.Unknown:
    return services.Unknown(pointer=given["pointer"], why_vi=given["why_vi"], why_en=given["why_en"])


def authority(given: Any) -> services.Authority:
    """A named thing with its code, whatever the source wrote."""
    if isinstance(given, str):
        return services.Authority(code=None, name_vi=given)
    return services.Authority(code=given.get("code"), name_vi=given["name_vi"])


def paper_view(component: Mapping[str, Any]) -> services.PaperView:
    """A component as people read it."""
    return services.PaperView(
        code=component["code"],
        name_vi=component["name_vi"],
        name_en=component.get("name_en"),
        originals=component.get("originals"),
        copies=component.get("copies"),
        cases=component.get("cases") or [],
        need=component["need"],
        source=_source(component.get("source")),
    )


def _source(given: Mapping[str, Any] | None) -> services.DataSource | None:
    if not given:
        return None
    name = databases().get(given["database"], {}).get("vi", given["database"])
    told = {k: given.get(k) or "" for k in ("owner", "instrument", "clause")}
    return services.DataSource(database=name, **told)


def _fee(fee: Mapping[str, Any]) -> services.FeeView:
    certain = fee.get("amount_vnd") is not None and not fee.get("note_vi")
    return services.FeeView(
        channel=fee.get("channel"),
        type=fee["type"],
        amount=fee.get("amount_vnd"),
        currency="VND",
        text_vi=fee.get("note_vi") or "",
        certain=certain,
    )


def _price(price: Mapping[str, Any]) -> services.PriceView:
    return services.PriceView(
        name_vi=price["name_vi"],
        name_en=price.get("name_en"),
        amount=price.get("amount_vnd"),
        currency="VND",
        unit_vi=price.get("unit_vi") or "",
    )


def _times(facts: Mapping[str, Any]) -> list[services.TimeView]:
    term = facts.get("term")
    if term:
        return [services.TimeView(channel=None, term=term.get("text"), text_vi=term.get("note_vi") or "")]
    return [
        services.TimeView(channel=m["channel"], term=m["term"]["text"], text_vi=m["term"].get("text_vi") or "")
        for m in facts.get("methods", ())
        if m.get("term")
    ]


def level_view(finding: LevelFinding) -> services.LevelView:
    """A level with every blocker and reason, and the notice owed."""
    texts = {entry.code: entry for entry in packs.newest().rules.level_reasons.value}
    reasons = [
        services.ReasonView(
            code=r.code,
            text_vi=texts[r.code].text_vi if r.code in texts else "",
            text_en=texts[r.code].text_en if r.code in texts else "",
            legal_basis=r.legal_basis,
        )
        for r in finding.reasons
    ]
    return services.LevelView(
        level=finding.level.key,
        blockers=[blocker_view(b) for b in finding.blockers],
        reasons=reasons,
        notice_vi=finding.notice_vi,
        notice_en=finding.notice_en,
        citation=finding.citation,
    )


def blocker_view(blocker: Blocker) -> services.BlockerView:
    """What keeps a service from being end to end."""
    return services.BlockerView(gate=blocker.gate, state=blocker.state, vi=blocker.vi, en=blocker.en)


def _not_offered(facts: Mapping[str, Any]) -> services.LevelView:
    full = bool((facts.get("online") or {}).get("full_process_in_record"))
    said_vi = "Bản ghi quốc gia ghi là toàn trình." if full else "Bản ghi quốc gia không ghi là toàn trình."
    said_en = "The national record says end to end." if full else "The national record does not say end to end."
    return services.LevelView(
        level="unknown",
        blockers=[],
        reasons=[],
        notice_vi=f"Dịch vụ chưa được cung cấp trên hệ thống này. {said_vi}",
        notice_en=f"This service is not offered here yet. {said_en}",
        citation="",
    )


def _provider(given: Mapping[str, Any] | None) -> services.ProviderView | None:
    if not given:
        return None
    return services.ProviderView(name_vi=given["name_vi"], contact=given.get("contact"), portal=given.get("portal"))


def _outage(outage: Mapping[str, Any]) -> services.OutageNotice:
    return services.OutageNotice(
        id=outage["id"],
        starts_at=said(outage["starts_at"]) or "",
        ends_at=said(outage["ends_at"]) or "",
        text_vi=outage["text_vi"],
        text_en=outage["text_en"],
    )


# --- versions ------------------------------------------------------------------------------------------------


def version_row(item: Mapping[str, Any]) -> editing.VersionRow:
    """A version in the list."""
    return editing.VersionRow(**_row(item))


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version": item["version"],
        "state": item["state"],
        "effective_from": item.get("effective_from"),
        "effective_to": item.get("effective_to"),
        "author": item["author"],
        "review": item.get("review"),
        "returned": item.get("returned"),
        "publisher": item.get("publisher"),
    }


def version_view(item: Mapping[str, Any], problems: Sequence[Problem], language: str) -> editing.VersionView:
    """A version, whole, with what still keeps it from being published."""
    told = [
        editing.ProblemView(
            pointer=p.pointer, rule=p.rule, message=p.en if language == "en" else p.vi, severity=p.severity
        )
        for p in problems
    ]
    return editing.VersionView(
        **_row(item), code=item["code"], facts=dict(item["facts"]), form=dict(item["form"]), problems=told
    )


def restructuring_view(facts: Mapping[str, Any], found: Restructuring) -> editing.RestructuringView:
    """A restructuring review as an editor reads it."""
    names = {c["code"]: c["name_vi"] for c in facts["components"]}
    verdicts = [
        editing.Verdict(
            code=v.code,
            name_vi=names[v.code],
            decision=v.decision,
            replacement=_replacement(v.match) if v.match else None,
            possible=[_replacement(m) for m in v.possible],
            why_vi=v.why_vi,
            why_en=v.why_en,
            dossiers=v.use.dossiers if v.use else None,
            supplied=v.use.supplied if v.use else None,
        )
        for v in found.verdicts
    ]
    score = found.score
    return editing.RestructuringView(
        code=found.procedure,
        score=score.value,
        papers=score.papers,
        replaceable=score.replaceable,
        possible=score.possible,
        never_used=score.never_used,
        verdicts=verdicts,
        level_now=found.now.level.key,
        level_after=found.after.level.key,
        blockers_after=[blocker_view(b) for b in found.after.blockers],
    )


def _replacement(match: Match) -> editing.ReplacementView:
    row = match.replacement
    return editing.ReplacementView(
        row=row.row,
        databases=list(row.databases),
        owners=list(row.owners),
        instrument=row.instrument,
        clause=row.clause,
        quality=match.quality,
    )
