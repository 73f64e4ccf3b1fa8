"""From stored versions to what those who keep them read."""

from collections.abc import Sequence

from msgspec import to_builtins

from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import Done, Reviewed, VersionItem
from chalicelib.catalogue.versions.service import Comparison, Kept
from chalicelib.catalogue.versions.wire import editing as wire
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
    )


def _act(done: Done | None) -> wire.Act | None:
    return wire.Act(by=done.by, at=done.at) if done else None


def _review(review: Reviewed | None) -> wire.ReviewView | None:
    return wire.ReviewView.model_validate(to_builtins(review)) if review else None


def version_view(item: VersionItem, problems: Sequence[Problem], language: str) -> wire.VersionView:
    """A version, whole, with what still keeps it from being published."""
    told = [
        wire.ProblemView(
            pointer=p.pointer, rule=p.rule, message=p.en if language == "en" else p.vi, severity=p.severity
        )
        for p in problems
    ]
    row = version_row(item)
    return wire.VersionView(**dict(row), code=item.code, facts=plain(item.facts), form=item.form, problems=told)


def versions_view(code: str, kept: Kept) -> wire.Versions:
    """The versions of a procedure, and its national record with what the last import changed in it."""
    national, former = kept.national, kept.former
    imported = wire.ImportView(
        at=national.imported_at,
        before=former.imported_at if former else None,
        changes=[wire.Change(**each._asdict()) for each in kept.changes],
    ) if national else None  # fmt: skip
    rows = [version_row(each) for each in kept.versions]
    return wire.Versions(
        code=code, versions=rows, record=plain(national.facts) if national else None, imported=imported
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
