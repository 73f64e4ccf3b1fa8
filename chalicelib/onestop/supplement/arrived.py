"""Which of the marked items came: files that were taken in since the request, and places of the form. Pure."""

from collections.abc import Callable, Mapping

from chalicelib.contracts.submission import SealLine
from chalicelib.dossier.asked import Asked, is_field
from chalicelib.dossier.items import Component
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.problem import FieldError
from chalicelib.onestop.refusals import SupplementIncomplete, SupplementUnchecked
from chalicelib.onestop.supplement.targets import opened


def answers(dossier: Dossier, asked: Asked) -> list[Component]:
    """Files that answer the request, in the order in which they came."""
    return sorted((c for c in dossier.components if asked.came(c)), key=lambda each: (each.received_at, each.id))


def lines_of(dossier: Dossier, asked: Asked) -> tuple[SealLine, ...]:
    """The same as lines of a seal: key, version, size and SHA-256, as S3 held them when they were checked."""
    return tuple(
        SealLine(
            id=c.id,
            code=c.code,
            key=c.key,
            version_id=c.version_id,
            size=c.size,
            sha256=c.sha256,
            media_type=c.media_type,
        )
        for c in answers(dossier, asked)
    )


def superseded(dossier: Dossier, asked: Asked) -> dict[str, str]:
    """Former files of what came anew, each with the first file that stands instead."""
    first: dict[str, str] = {}
    for component in answers(dossier, asked):
        first.setdefault(component.code, component.id)
    former = [c for c in dossier.components if c.code in first and not asked.came(c) and c.superseded_by is None]
    return {c.id: first[c.code] for c in former if c.received_at <= asked.at}


def require_complete(
    dossier: Dossier, asked: Asked, fields: Mapping[str, object], arrived: Callable[[str], bool]
) -> None:
    """Whatever the applicant has to mend came, and was checked.

    What whoever keeps a database mends is not demanded of the applicant. Raises SupplementUnchecked,
    SupplementIncomplete, which names what is missing.
    """
    since = [u for u in dossier.uploads if u.status == "pending" and u.announced_at > asked.at]
    if unchecked := [u.component for u in since if arrived(u.key)]:
        raise SupplementUnchecked(components=unchecked)
    came = {c.code for c in answers(dossier, asked)}
    owed = [each.target for each in asked.items if each.by == "applicant"]
    if missing := [target for target in owed if not (target in came or _is_given(target, fields))]:
        names = {c.code: (c.name_vi, c.name_en) for c in dossier.plan.components}
        absent = [_absent(target, *names.get(target, (target, target))) for target in missing]
        raise SupplementIncomplete(missing=missing, fields=absent)


def _is_given(target: str, fields: Mapping[str, object]) -> bool:
    return any(opened(place, (target,)) for place in fields)


def _absent(target: str, name_vi: str, name_en: str) -> FieldError:
    if is_field(target):
        at = "/fields/" + target.replace("~", "~0").replace("/", "~1")
        return FieldError(at, "required", "Chưa sửa nội dung này", "This was not corrected")
    return FieldError(
        "/components", "required", f"Chưa nộp: {name_vi or target}", f"Not handed in: {name_en or target}"
    )
