"""A version goes out: what keeps it back is named, the one before it ends, everybody is told in the same write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.procedures.listed import UNKNOWN, ListedRow, row
from chalicelib.catalogue.procedures.model import SHIPPED, in_force, shipped_print, windows_of
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.versions import model as versions
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.pinned import level_of_version, plan
from chalicelib.catalogue.versions.stored import gate, version_of
from chalicelib.kernel import record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.errors import FieldError, ForbiddenStep, VersionInvalid
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import canonical
from chalicelib.law.problems import Problem, errors

TOLD_BYTES: Final = 200_000
"""Facts and form together: the event that tells of a publication carries them, and a bus takes 256 KB."""


def refused(problems: Sequence[Problem]) -> VersionInvalid:
    """The refusal that names each field and rule."""
    return VersionInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in problems])


def published(
    publisher: str, item: Mapping[str, Any], others: Sequence[Mapping[str, Any]], now: datetime
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The version as published and the one before it, ended. Raises ForbiddenStep, or VersionInvalid naming it all."""
    wrong, closed = list(errors(problems_of(item))), None
    try:
        rest = [_held(version_of(o)) for o in others if o["version"] != item["version"]]
        _, closed = versions.publish(version_of(item), publisher, now.astimezone(ZONE).date(), rest)
    except versions.IllegalMove as illegal:
        raise ForbiddenStep(state=illegal.state.value, wanted=illegal.act) from None
    except versions.NotPublishable as bad:
        wrong += bad.problems
    if len(canonical([item["facts"], item["form"]]).encode()) > TOLD_BYTES:
        vi, en = f"Nội dung và biểu mẫu tối đa {TOLD_BYTES} byte", f"Facts and form have at most {TOLD_BYTES} bytes"
        wrong.append(Problem("", "max_bytes", vi, en))
    if wrong:
        raise refused(wrong)
    done = {**item, "state": versions.VersionState.PUBLISHED.value, "edit": item["edit"] + 1}
    done["publisher"] = {"by": publisher, "at": stamp(now)}
    if closed is None:
        return done, None
    before = next(dict(o) for o in others if o["version"] == closed.number)
    return done, {**before, "effective_to": item["effective_from"], "state": versions.VersionState.REPLACED.value}


def _held(version: versions.Version) -> versions.Version:
    """A version that another one ends keeps its days until then: nothing may be published into them."""
    if version.state is not versions.VersionState.REPLACED:
        return version
    return replace(version, state=versions.VersionState.PUBLISHED)


def put_out(
    procedures: Procedures,
    head: dict[str, Any] | None,
    item: dict[str, Any],
    before: dict[str, Any] | None,
    now: datetime,
    **put: Any,
) -> None:
    """Write a published version with its fences, its row, and the event that tells everybody. Raises WriteLost."""
    windows, actor = windows_with(head or {}, item, before), item["publisher"]["by"]
    told = {**plan(item), "form": canonical(item["form"]), "windows": windows}
    facts = [Fact(EventType.PROCEDURE_PUBLISHED, told, actor=actor)]
    if before:
        moved = {"procedure": before["code"], "version": before["version"], "state": before["state"], "act": "replace"}
        facts.append(Fact(EventType.VERSION_MOVED, moved, actor=actor))
    out = [each for each in (item, before) if each]
    level = level_of_version(item).level.key
    procedures.keep(
        item["code"],
        head,
        facts,
        now,
        put={"current": item["version"], "windows": windows, **put},
        versions=out,
        gates=[gate(each) for each in out],
        row=_row(facts_of(item["facts"]), level, windows, head or {}),
    )


def take_back(
    procedures: Procedures, head: dict[str, Any], kept: dict[str, Any], reason: str, actor: str, now: datetime
) -> None:
    """Write a withdrawn version, its fence closed; what is in force without it is listed. Raises WriteLost."""
    code, windows = kept["code"], [w for w in head["windows"] if w["version"] != kept["version"]]
    told = {"procedure": code, "version": kept["version"], "reason": reason, "windows": windows}
    number = in_force(windows_of(windows), now.astimezone(ZONE).date())
    left = procedures.version(code, number) if number else None
    national = procedures.national(code) if head["record"] and left is None else None
    facts = (left or national or kept)["facts"]
    procedures.keep(
        code,
        head,
        [Fact(EventType.PROCEDURE_WITHDRAWN, told, actor=actor)],
        now,
        put={"current": number or 0, "windows": windows},
        versions=[kept],
        gates=[gate(kept)],
        row=_row(facts_of(facts), level_of_version(left).level.key if left else UNKNOWN, windows, head),
    )


def _row(facts: Facts, level: str, windows: Sequence[Mapping[str, Any]], head: Mapping[str, Any]) -> ListedRow:
    return row(facts, level, windows=windows_of(windows), recorded=bool(head.get("record")))


def window(item: Mapping[str, Any]) -> dict[str, Any]:
    """When a version is in force: Vietnamese days, the first included, the last not; open at the end when None."""
    return {"version": item["version"], "from": item["effective_from"], "to": item.get("effective_to")}


def windows_with(
    head: Mapping[str, Any], item: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """When which version is in force, the newest last, once `item` is published and `before` ends for it."""
    kept = [w for w in head.get("windows") or () if before is None or w["version"] != before["version"]]
    return [*kept, *(window(each) for each in (before, item) if each)]


def _first_day(head: Mapping[str, Any], now: datetime) -> date:
    """Today; after a version that begins today, the day after: a day has one version, also when we deploy twice."""
    today, begun = now.astimezone(ZONE).date(), [date.fromisoformat(w["from"]) for w in head.get("windows") or ()]
    return max([today, *(day + timedelta(days=1) for day in begun)])


@dataclass(frozen=True)
class Shipping:
    """Publishes what comes with the project, at deployment and at the start of the local cloud."""

    procedures: Procedures
    clock: Clock

    def publish(self, facts: dict[str, Any], form: dict[str, Any], review: dict[str, Any]) -> int:
        """Publish these facts as a new version unless they are out; a procedure that an agency took over is left alone.

        Raises VersionInvalid: what is shipped obeys the same rules.
        """
        print_of = shipped_print(facts_of(facts), form)

        def once() -> int:
            head = self.procedures.head(facts["code"])
            if head and (head.get("shipped") == print_of or head.get("owner") not in (None, SHIPPED)):
                return int(head["current"])
            now = self.clock()
            by = {"by": SHIPPED, "at": stamp(now)}
            item = {
                "code": facts["code"],
                "version": (head["latest"] if head else 0) + 1,
                "owner": SHIPPED,
                "state": versions.VersionState.REVIEW.value,
                "author": {"by": f"{SHIPPED}, data", "at": stamp(now)},
                "review": {**by, **review},
                "facts": facts,
                "form": form,
                "effective_from": _first_day(head or {}, now).isoformat(),
                "edit": 1,
            }
            done, before = published(SHIPPED, item, self.procedures.versions(facts["code"]) if head else [], now)
            put_out(self.procedures, head, done, before, now, latest=item["version"], owner=SHIPPED, shipped=print_of)
            return int(item["version"])

        return record.settled(once)
