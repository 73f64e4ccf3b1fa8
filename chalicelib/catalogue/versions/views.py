"""From stored versions to what those who keep them read."""

from collections.abc import Sequence

from msgspec import to_builtins

from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import Done, Reviewed, VersionItem
from chalicelib.catalogue.procedures.unbegun import Unbegun
from chalicelib.catalogue.procedures.waiting import Waiting
from chalicelib.catalogue.versions.batches import Verdict
from chalicelib.catalogue.versions.service import Comparison, Kept
from chalicelib.catalogue.versions.wire import batches
from chalicelib.catalogue.versions.wire import editing as wire
from chalicelib.kernel.clock import said
from chalicelib.law.problems import Problem


def version_row(item: VersionItem) -> wire.VersionRow:
    """A version in the list."""
    return wire.VersionRow(
        version=item.version,
        status=item.state.value,
        effective_from=item.effective_from,
        effective_to=item.effective_to,
        author=wire.Act(by=item.author.by, at=item.author.at),
        review=_review(item.review),
        returned=_review(item.returned),
        publisher=_act(item.publisher),
        take_back=_take_back(item),
    )


def _act(done: Done | None) -> wire.Act | None:
    return wire.Act(by=done.by, at=done.at) if done else None


def _take_back(item: VersionItem) -> wire.TakeBackView | None:
    """What waits for a second publisher; of a version that is taken back nothing does."""
    asked = item.take_back if item.is_out else None
    return wire.TakeBackView(by=asked.by, at=asked.at, reason=asked.reason) if asked else None


def _review(review: Reviewed | None) -> wire.ReviewView | None:
    return wire.ReviewView.model_validate(to_builtins(review)) if review else None


def version_view(item: VersionItem, problems: Sequence[Problem], language: str) -> wire.VersionView:
    """A version, whole, with what still keeps it from being published."""
    told = _problems(problems, english=language == "en")
    row = version_row(item)
    return wire.VersionView(**dict(row), code=item.code, facts=plain(item.facts), form=item.form, problems=told)


def _problems(problems: Sequence[Problem], *, english: bool) -> list[wire.ProblemView]:
    return [
        wire.ProblemView(pointer=p.pointer, rule=p.rule, message=p.en if english else p.vi, severity=p.severity)
        for p in problems
    ]


def versions_view(code: str, kept: Kept) -> wire.Versions:
    """The versions of a procedure, and its national record with what the last import changed in it."""
    national, former = kept.national, kept.former
    imported = wire.ImportView(
        at=said(national.imported_at) or "",
        before=said(former.imported_at) if former else None,
        changes=[wire.Change(**each._asdict()) for each in kept.changes],
    ) if national else None  # fmt: skip
    rows = [version_row(each) for each in kept.versions]
    return wire.Versions(
        code=code, versions=rows, record=plain(national.facts) if national else None, imported=imported
    )


def waiting_row(row: Waiting) -> batches.WaitingRow:
    """A version that waits."""
    return batches.WaitingRow(
        code=row.code,
        version=row.version,
        wait=row.wait,
        since=said(row.since) or "",
        name_vi=row.name_vi,
        fields=list(row.fields),
    )


def record_row(row: Unbegun) -> batches.RecordRow:
    """A national record of which a draft may be begun."""
    since, fields = said(row.since) or "", list(row.fields)
    return batches.RecordRow(code=row.code, wait=row.wait, since=since, name_vi=row.name_vi, fields=fields)


def verdicts_view(found: Sequence[Verdict], language: str) -> batches.Verdicts:
    """What became of each version of a request."""
    shown = [_verdict(each, english=language == "en") for each in found]
    done = sum(each.done for each in shown)
    return batches.Verdicts(done=done, refused=len(shown) - done, verdicts=shown)


def _verdict(verdict: Verdict, *, english: bool) -> batches.VersionVerdict:
    item, refusal = verdict.item, verdict.refusal
    fields = refusal.fields if refusal else ()
    faults = [(f.pointer, f.rule, f.message_en if english else f.message_vi) for f in fields]
    title = (refusal.row.title_en if english else refusal.row.title_vi) if refusal else None
    return batches.VersionVerdict(
        code=verdict.named.code,
        version=verdict.named.version or None,
        done=refusal is None,
        status=item.state.value if item else None,
        refusal=refusal.row.code if refusal else None,
        title=title,
        errors=[batches.Fault(pointer=at, rule=rule, message=message) for at, rule, message in faults],
        problems=_problems(verdict.problems, english=english),
    )


def diff_view(code: str, version: int, found: Comparison) -> wire.DiffView:
    """What a version changes against the one in force."""
    return wire.DiffView(
        code=code,
        version=version,
        against=found.against,
        changes=[wire.Change(**each._asdict()) for each in found.changes],
        running=[
            wire.TouchedView(reference=each.reference, version=each.version, touches=list(each.touches))
            for each in found.running
        ],
        running_listed=found.running_listed,
    )
