"""How old a task is, in working days, and where the work piles up."""

from datetime import datetime

import pytest

from chalicelib.dossier.items import task_id
from chalicelib.kernel.clock import ZONE
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.onestop.tasks.store import Lists
from chalicelib.onestop.tasks.workload import Workloads, age_of
from tests.fakes import people
from tests.support.hall import LEG


@pytest.mark.parametrize(
    ("opened", "now", "bucket"),
    [
        ("2026-11-25T08:00", "2026-11-25T17:00", "0-1"),
        ("2026-11-25T08:00", "2026-11-26T07:00", "0-1"),
        ("2026-11-27T16:00", "2026-11-30T08:00", "0-1"),
        ("2026-11-27T16:00", "2026-12-01T08:00", "2-3"),
        ("2026-11-25T08:00", "2026-12-01T08:00", "4-7"),
        ("2026-11-25T08:00", "2026-12-04T08:00", "4-7"),
        ("2026-11-25T08:00", "2026-12-07T08:00", "8+"),
        ("2020-11-25T08:00", "2026-12-07T08:00", "8+"),
    ],
)
def test_days_off_make_no_task_older(opened, now, bucket):
    at = (datetime.fromisoformat(each).replace(tzinfo=ZONE) for each in (opened, now))
    assert age_of(*at) == bucket


def test_the_bottleneck_is_where_most_is_late(hall):
    reference, seen = hall.at("receive"), Workloads(Lists(), hall.clock)
    assert seen.of(people.LEADER).bottleneck is None
    Claims(hall.dossiers, hall.clock).claim(people.PROCESSING, task_id(reference, LEG, "verify"), "c")
    hall.clock.advance(days=30)
    found = seen.of(people.LEADER)
    assert found.bottleneck == "verify"
    (officer,) = found.officers
    assert (officer.name, officer.open, officer.overdue, officer.kinds) == (people.PROCESSING.name, 1, 1, {"verify": 1})
    (load,) = [each for each in found.loads if each.kind == "verify"]
    assert (load.open, load.unclaimed, load.overdue, load.ages["8+"], load.at_least) == (1, 0, 1, 1, False)
