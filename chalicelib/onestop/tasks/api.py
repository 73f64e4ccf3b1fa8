"""Routes of tasks of persons: take one, give it back, give it to somebody."""

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.onestop import acts
from chalicelib.onestop.paths import task_in
from chalicelib.onestop.store import BUCKET, IDENTITY, MESSAGES_BUCKET
from chalicelib.onestop.tasks import wire
from chalicelib.onestop.tasks.views import task_view
from chalicelib.onestop.tasks.wiring import claims, recourse, workloads
from chalicelib.onestop.wire import TaskView
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, LEDGERS, BUCKET, MESSAGES_BUCKET, IDENTITY, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route("POST", "/v1/tasks/{task}/claim", act=acts.LIST_TASKS, body=wire.ClaimTask, answer=TaskView)
def claim_task(call: Call) -> TaskView:
    """Take an open task: nobody else completes it then; a task need not be taken to be completed."""
    done = claims().claim(call.principal, task_in(call), call.key)
    return task_view(done.reference, done.task)


@api.route("POST", "/v1/tasks/{task}/release", act=acts.LIST_TASKS, body=wire.ReleaseTask, answer=TaskView)
def release_task(call: Call) -> TaskView:
    """Give a task back that I took; a supervisor takes it from whoever has it."""
    done = claims().release(call.principal, task_in(call), call.key)
    return task_view(done.reference, done.task)


@api.route("POST", "/v1/tasks/{task}/assign", act=acts.SUPERVISE, body=wire.Assign, answer=TaskView)
def assign_task(call: Call) -> TaskView:
    """Give an open task to an officer of my agency, whoever has it."""
    body: wire.Assign = call.body
    done = claims().assign(call.principal, task_in(call), body.officer, body.name, call.key)
    return task_view(done.reference, done.task)


@api.route("POST", "/v1/tasks/{task}/elevation", act=acts.LIST_TASKS, body=wire.HandUp, answer=TaskView)
def hand_up_task(call: Call) -> TaskView:
    """Hand an open task up to the agency above, where all of my agency who do such tasks have an interest in it."""
    done = recourse().hand_up(call.principal, task_in(call), call.key)
    return task_view(done.reference, done.task)


@api.route("GET", "/v1/workload", act=acts.SUPERVISE, answer=wire.Workload)
def read_workload(call: Call) -> wire.Workload:
    """Read what my agencies have to do: open tasks by kind and officer, how old, how late, where they pile up."""
    found = workloads().of(call.principal)
    return wire.Workload(
        at=said(found.at) or "",
        kinds=[wire.KindLoad(**load._asdict()) for load in found.loads],
        officers=[wire.OfficerLoad(**load._asdict()) for load in found.officers],
        bottleneck=found.bottleneck,
        data_requests=wire.DataLoad(**{**found.data._asdict(), "first_due_at": said(found.data.first_due_at)}),
    )
