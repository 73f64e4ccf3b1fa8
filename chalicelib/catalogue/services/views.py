"""From stored facts to what everybody reads: a row of the list, the six facts of a service."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import to_builtins

from chalicelib.catalogue.agencies.wire import OutageReason
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import Fee, FeeScale
from chalicelib.catalogue.procedures.given import given, plain
from chalicelib.catalogue.procedures.listed import life_events
from chalicelib.catalogue.procedures.parts import (
    Appeal,
    Flags,
    Named,
    Note,
    Price,
    Promulgator,
    Provider,
    Unknown,
)
from chalicelib.catalogue.procedures.terms import Said, TermLine
from chalicelib.catalogue.procedures.whose import area_of, place_of
from chalicelib.catalogue.procedures.wire import BlockerView
from chalicelib.catalogue.services import owed, told, wire
from chalicelib.catalogue.services.charges import unknown_fees
from chalicelib.catalogue.services.paper_views import blank_view, case_view, paper_view
from chalicelib.catalogue.services.pointers import placed, without_address
from chalicelib.catalogue.services.reckoned import Reckoned
from chalicelib.catalogue.services.search import Entry, Hit
from chalicelib.catalogue.services.service import Service
from chalicelib.catalogue.services.times import counted, lines_shown, unknown
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.contracts.catalogue import Counter, CounterEntry, Outage
from chalicelib.kernel.clock import said
from chalicelib.law import packs
from chalicelib.law.fees import Line
from chalicelib.law.levels import LevelFinding


@cache
def _guidance() -> Appeal:
    """The operator's own words on where to turn: configuration, no quotation of a law."""
    return given(Appeal, json.loads((Path(__file__).parents[1] / "data" / "appeal.json").read_text("utf-8")))


def row_view(hit: Hit, places: Mapping[str, str]) -> wire.ServiceRow:
    """A service in a list, with its variants; `places` are names of provinces."""
    entry = hit.entry
    return wire.ServiceRow(
        code=entry.code,
        name_vi=entry.name_vi,
        name_en=entry.name_en,
        kind=entry.kind,
        level=entry.level or "unknown",
        offered=entry.offered,
        fields=list(entry.fields),
        life_events=list(entry.life_events),
        promulgated_by=_listed_promulgator(entry),
        area=_place(entry.area, places.get(entry.area or "")),
        variants=[_variant(each, places) for each in hit.variants],
    )


def _variant(entry: Entry, places: Mapping[str, str]) -> told.Variant:
    return told.Variant(
        code=entry.code,
        promulgated_by=_listed_promulgator(entry),
        area=_place(entry.area, places.get(entry.area or "")),
        level=entry.level or "unknown",
        offered=entry.offered,
    )


def _listed_promulgator(entry: Entry) -> told.Authority | None:
    return _promulgator(Promulgator(code=entry.promulgator, name_vi=entry.promulgator_vi))


def _place(code: str | None, name: str | None) -> told.Place | None:
    return told.Place(code=code, name_vi=name) if code else None


def service_view(service: Service, counters: Sequence[tuple[Counter, CounterEntry]] = ()) -> wire.ServiceView:
    """The six facts of a service, what the record leaves unknown, and what holds today at the counters asked for."""
    facts, version = service.facts, service.version
    times = [_time(line, channel) for line in lines_shown(facts) for channel in line.channels or (None,)]
    view = wire.ServiceView(
        code=facts.code,
        version=version.version if version else None,
        offered=service.is_offered,
        kind=facts.kind,
        name_vi=facts.name_vi,
        name_en=facts.name_en,
        papers=[paper_view(each) for each in facts.components],
        cases=[case_view(each) for each in facts.cases],
        notes_vi=[each.text_vi for each in facts.notes],
        notes=[_note(each) for each in facts.notes],
        requirements_vi=facts.requirements_vi,
        description_vi=facts.description_vi,
        note_vi=facts.note_vi,
        steps=[told.StepView(name_vi=each.name_vi, text_vi=each.text_vi) for each in facts.steps],
        receiving_vi=facts.receiving_vi,
        returns=[told.ReturnView(filed=each.filed, ways=list(each.ways)) for each in facts.return_ways],
        fees=[fee_view(each) for each in facts.fees],
        prices=[_price(each) for each in facts.prices],
        times=times,
        online=level_view(level_of_version(version)) if version else _not_offered(facts),
        promulgated_by=_promulgator(facts.promulgated_by),
        area=_area(facts),
        variant_of=facts.variant_of,
        administrative_level=list(facts.administrative_level),
        decided_by=[authority(each) for each in facts.decided_by],
        performed_by=facts.performed_by or "",
        performers=[authority(each) for each in facts.performers],
        delegated_to=[authority(each) for each in facts.delegated_to],
        coordinated_by=[authority(each) for each in facts.coordinated_by],
        appeal=_appeal(facts.appeal or _guidance()),
        provider=_provider(facts.provider) if facts.provider else None,
        channels=list(facts.channels),
        service_channels=list(facts.online_channels),
        results=[authority(each) for each in facts.all_results],
        subjects=[authority(each) for each in facts.subjects],
        fields=[authority(each) for each in facts.all_fields],
        life_events=list(life_events(facts)),
        legal_bases=[authority(each) for each in facts.legal_bases],
        min_level=facts.min_level,
        effective_from=version.effective_from if version else None,
        effective_to=version.effective_to if version else None,
        has_form=True,
        counters=[_counter(*each) for each in counters],
        outages=[_outage(o) for o in service.outages],
        source=plain(facts.source) if facts.source else {},
        flags=_flags(facts.flags or Flags()),
        unknown=[],
    )
    unsaid = (*unknown(facts, (t.certain for t in times)), *unknown_fees(facts.fees), *without_address(facts))
    left_open = placed(unsaid, view.model_dump())
    return view.model_copy(update={"unknown": [_unknown(each) for each in left_open]})


def _unknown(unknown: Unknown) -> wire.Unknown:
    return wire.Unknown(pointer=unknown.pointer, why_vi=unknown.why_vi, why_en=unknown.why_en)


def authority(named: Named | Promulgator) -> told.Authority:
    """A named thing with its code."""
    return told.Authority(code=named.code, name_vi=named.name_vi or "")


def _promulgator(named: Promulgator | None) -> told.Authority | None:
    return authority(named) if named and (named.code or named.name_vi) else None


def _area(facts: Facts) -> told.Place | None:
    by = facts.promulgated_by or Promulgator()
    code = area_of(by.code, facts.agency)
    return _place(code, place_of(by.code, by.name_vi, code))


def _flags(flags: Flags) -> told.FlagsView:
    return told.FlagsView(
        full_process=flags.full_process,
        shared=flags.shared,
        offline_only=flags.offline_only,
        non_territorial=flags.non_territorial,
    )


def _note(note: Note) -> told.NoteView:
    blanks = [blank_view(each) for each in note.blanks]
    return told.NoteView(text_vi=note.text_vi, cases=list(note.cases), group_vi=note.group_vi, blank_forms=blanks)


def _appeal(appeal: Appeal) -> wire.AppealView:
    return wire.AppealView(text_vi=appeal.text_vi, text_en=appeal.text_en, citation=appeal.citation)


def fee_view(fee: Fee) -> owed.FeeView:
    """A fee as people read it."""
    return owed.FeeView(
        channel=fee.channel,
        type=fee.type or "",
        amount=fee.amount,
        currency=fee.currency,
        per_vi=fee.per_vi,
        tiers=[
            owed.FeeTierView(**{name: getattr(each, name) for name in owed.FeeTierView.model_fields})
            for each in fee.tiers
        ],
        scale=_scale(fee.scale) if fee.scale else None,
        exempts=list(fee.exempts),
        text_vi=fee.words_vi,
        record=fee.record,
        reading=fee.reading,
        certain=fee.is_certain,
    )


def _scale(scale: FeeScale) -> owed.FeeScaleView:
    return owed.FeeScaleView(by=scale.by, way=scale.way, least=scale.least, most=scale.most, rounding=scale.rounding)


def fee_answer(service: Service, reckoned: Reckoned) -> owed.FeeAnswer:
    """What a filing of a service costs, line by line."""
    filing, found = reckoned.filing, reckoned.found
    return owed.FeeAnswer(
        code=service.facts.code,
        version=service.version.version if service.version else None,
        channel=filing.channel,
        province=filing.province,
        on=filing.on,
        amount=found.amount,
        currency=found.currency,
        why_vi=found.why_vi,
        why_en=found.why_en,
        lines=[_owed(each, reckoned) for each in found.lines],
    )


def _owed(line: Line, reckoned: Reckoned) -> owed.OwedLine:
    return owed.OwedLine(
        type=reckoned.charges[line.charge].type or "",
        before=line.before,
        amount=line.amount,
        currency=line.currency,
        taken=line.taken,
        why_vi=line.why_vi,
        why_en=line.why_en,
        words_vi=reckoned.words[line.charge],
        considered=[owed.ConsideredView(**each._asdict()) for each in line.considered],
    )


def _price(price: Price) -> wire.PriceView:
    return wire.PriceView(
        name_vi=price.name_vi or "",
        name_en=price.name_en,
        amount=price.amount_vnd,
        currency="VND",
        unit_vi=price.unit_vi or "",
    )


def _time(line: TermLine, channel: str | None) -> wire.TimeView:
    """A line of the term, once for each channel when it is for some of them."""
    quantity, unit = counted(line)
    return wire.TimeView(
        channel=channel,
        term=line.text if line.is_decided else None,
        text_vi="\n".join(part for part in (line.condition_vi, line.note_vi) if part),
        case=line.case,
        areas=list(line.areas),
        when=[wire.AnsweredView(field=each.field, value=each.value) for each in line.when],
        quantity=quantity,
        unit=unit,
        record=line.record,
        not_counted_vi=list(line.not_counted_vi),
        sentences=[_said(each) for each in line.sentences],
        certain=line.is_decided,
    )


def _said(said: Said) -> wire.SaidView:
    return wire.SaidView(
        words_vi=said.words_vi,
        quantity=said.quantity,
        unit=said.unit,
        added=said.added,
        areas=list(said.areas),
        reading=said.reading,
    )


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


def _not_offered(facts: Facts) -> wire.LevelView:
    full = bool(facts.online.full_process_in_record)
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


def _provider(provider: Provider) -> wire.ProviderView:
    return wire.ProviderView(name_vi=provider.name_vi or "", contact=provider.contact, portal=provider.portal)


def _counter(counter: Counter, entry: CounterEntry) -> wire.CounterToday:
    said = to_builtins(entry)
    return wire.CounterToday.model_validate({**said, "agency": counter.agency, "name": counter.name})


def _outage(outage: Outage) -> wire.OutageNotice:
    return wire.OutageNotice(
        id=outage.id,
        starts_at=said(outage.starts_at) or "",
        ends_at=said(outage.ends_at) or "",
        agency=outage.agency,
        text_vi=outage.text_vi,
        text_en=outage.text_en,
        fallback_vi=outage.fallback_vi,
        fallback_en=outage.fallback_en,
        reason=OutageReason.of(outage.reason) if outage.reason else None,
    )
