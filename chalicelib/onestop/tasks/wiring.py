"""The use cases of tasks of persons over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.recourse import Recourse
from chalicelib.onestop.store import Table
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.onestop.tasks.handover import HandOver
from chalicelib.onestop.tasks.store import Leaving, Lists
from chalicelib.onestop.tasks.worklist import Worklist
from chalicelib.onestop.tasks.workload import Workloads


def claims() -> Claims:
    """Who has which task, with the world's clock."""
    return Claims(Table(), utc_now)


def recourse() -> Recourse:
    """Who hands up what nobody of their agency may do, with the world's clock."""
    return Recourse(Table(), utc_now)


def worklist() -> Worklist:
    """Who looks for tasks, with the world's clock."""
    return Worklist(Lists(), utc_now)


def hand_over() -> HandOver:
    """The use case of the schedule for what those had who left."""
    return HandOver(Leaving(), Table(), utc_now)


def workloads() -> Workloads:
    """Who supervises, with the world's clock."""
    return Workloads(Lists(), utc_now)
