"""An announced outage among others, and what becomes of it: its end moves, or it is withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product

from msgspec import structs

from chalicelib.contracts.catalogue import Outage
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import outages
from chalicelib.law.codes import is_within
from chalicelib.law.problems import Problem


def in_law(outage: Outage) -> outages.Outage:
    """An outage as the law of outages sees it."""
    return outages.Outage(
        starts_at=moment(outage.starts_at),
        announced_at=moment(outage.announced_at),
        expected_back_at=moment(outage.ends_at),
        planned=outage.planned,
        force_majeure=bool(outage.force_majeure),
        force_majeure_reason=outage.force_majeure or "",
        fallback=outage.fallback_vi if outage.fallback_en.strip() else "",
    )


def check_sum(outage: Outage, announced: Iterable[Outage]) -> tuple[Problem, ...]:
    """The problem of an outage that lasts too long with others of the same service and agency.

    Of these count what the agency that announces it announced, or one above it: an agency above may so add to what one
    below it has used up, and no agency uses up what another one has. Policy, see `outages.check_sum`.
    """
    count = [each for each in announced if each.id != outage.id and _counts_for(outage.announcer or "", each)]
    for group in _of_the_same(outage, count):
        if wrong := outages.check_sum(in_law(outage), map(in_law, group)):
            return wrong
    return ()


def _counts_for(announcer: str, other: Outage) -> bool:
    """An earlier release did not keep who announced: that counts for everybody."""
    return not other.announcer or is_within(announcer, other.announcer)


def _of_the_same(outage: Outage, others: Sequence[Outage]) -> set[tuple[Outage, ...]]:
    """The others that concern the same as an outage: a group for each service and agency that it and others name."""
    services = outage.services or {"", *(code for each in others for code in each.services)}
    named = {outage.agency, *(each.agency for each in others)}
    agencies = [each for each in named if _is_of(each, outage.agency)]
    return {
        tuple(each for each in others if (not each.services or code in each.services) and _is_of(agency, each.agency))
        for code, agency in product(services, agencies)
    }


def _is_of(agency: str | None, wider: str | None) -> bool:
    """Whether what is filed with an agency is of another one's; None is all agencies."""
    return wider is None or (agency is not None and is_within(agency, wider))


def is_over(outage: Outage, now: datetime) -> bool:
    """Whether nothing of it can change any more: it ended, or it was withdrawn."""
    return outage.withdrawn or moment(outage.ends_at) <= now


def has_begun(outage: Outage, now: datetime) -> bool:
    """Whether services are down already, so that its suspension counts."""
    return moment(outage.starts_at) <= now


def excused(outage: Outage, force_majeure: str | None) -> Outage:
    """The outage with why a longer one could not be announced in time; what was said before stays unless said anew."""
    return structs.replace(outage, force_majeure=force_majeure) if force_majeure else outage


def moved(outage: Outage, ends_at: datetime, why: str, now: datetime) -> Outage:
    """The outage with another end."""
    return structs.replace(outage, ends_at=stamp(ends_at), changed_at=stamp(now), changed_why=why)


def withdrawn(outage: Outage, why: str, now: datetime) -> Outage:
    """The outage without effect from now on: one that has begun ends now, one that has not suspends nothing."""
    told = structs.replace(outage, withdrawn=True, changed_at=stamp(now), changed_why=why)
    return structs.replace(told, ends_at=stamp(now)) if has_begun(outage, now) else structs.replace(told, suspends=())


def as_sent(problems: tuple[Problem, ...], late: str) -> tuple[Problem, ...]:
    """Problems of the law at the fields of the request; `late` is the field that came too late to be told in time."""
    fields = {
        "/expected_back_at": "/ends_at",
        "/force_majeure_reason": "/force_majeure",
        "/fallback": "/fallback_vi",
        "/announced_at": late,
    }
    return tuple(problem._replace(pointer=fields.get(problem.pointer, problem.pointer)) for problem in problems)
