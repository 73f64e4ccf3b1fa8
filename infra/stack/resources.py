"""Everything the product needs from AWS that is not code, declared once, in the shape of CloudFormation.

The local cloud creates `RESOURCES` by boto3 (`infra/local/bootstrap.py`). AWS gets stacks: the data stack (`data.py`:
tables, buckets, key; retained, protected), and the app (`APP` and Chalice's part), composed as one template by
`infra/build/compose.py` and cut into what waits, what runs and what watches by `infra/build/split.py`.
To add a worker: one line in `functions.py`, one in `NEEDS` of `policies.py` (`rights.py` holds it against the calls),
and one in `RULES` when it hears the bus, or in `SCHEDULES`. To add a table: one in `TABLES`.
"""

import json
from pathlib import Path
from typing import Any, Final

from infra.stack import told
from infra.stack.functions import FUNCTIONS, Function
from infra.stack.machines import defined
from infra.stack.malware import CREATED, FIGURES, SCANNED
from infra.stack.stores import bucket, index, queue, table, unlogged_table, work_queue

type Resource = dict[str, Any]

KEY: Final = "DataKey"
"""The key of tables, logs, settings and alarms; only AWS has it."""
PAPERS_KEY: Final = "PapersKey"
"""The key of all files; only who has to do with files has a right to it. What was kept before it is under `KEY`."""
ANCHOR_KEY: Final = "AnchorKey"
"""The key of the anchors of chains; whatever writes a chain has no right to it."""
SEALING_KEY: Final = "SealingKey"
"""The key above the keys of dossiers; only those who seal and unseal have a right to it."""
TOKEN_KEY: Final = "TokenKey"  # noqa: S105 - its name
"""The key of tokens that portals get for persons; only the function that exchanges them has a right to it."""

PEPPER: Final = "Pepper"
"""The secret of the hashes that stand for persons, in Secrets Manager; only AWS has it."""

STATEMACHINES: Final = Path(__file__).parents[2] / "statemachines"
RETRIES: Final = 5
"""How often the local cloud tries a failed delivery again before it parks it: nobody waits for hours there."""
BUS_RETRIES: Final = 185
"""How often the bus tries to hand an event over, for a day: AWS allows no more of either."""
BATCH: Final = 100
"""Rows of a log that the outbox gets at once, at most."""
WINDOW_S: Final = 1
"""Seconds for which a batch of rows waits for more: each call, and each note for the sweep, is for several then."""
PARALLEL: Final = 2
"""Batches of one shard of a stream that are handled at once: more are smaller, and one that fails holds back all others
of one. By `motcua quotas` two do what 420 dossiers a second bring."""
ASYNC_RETRIES: Final = 2
"""How often Lambda runs a function again that a schedule called and that failed: AWS allows no more."""
STREAM_LASTS: Final = 6 * 3600
"""Seconds for which a row that cannot be published is tried again; then it lies in the bucket of letters, whole."""
AT_ONCE: Final = 100
"""Messages of a queue that are worked on at once, where `functions.py` sets no cap of its own."""
LEAST: Final = 2
"""The least cap that AWS allows: what must run alone says so by a conditional write."""


def logical(function: str) -> str:
    """The logical id Chalice gives a function: `onestop_open_leg` is `OnestopOpenLeg`."""
    return "".join(part.capitalize() for part in function.split("_"))


ALIAS: Final = "live"
"""The alias of a function, by which everybody calls it (`live.py`)."""


def alias(function: str) -> str:
    """The logical id that SAM gives the alias of a function."""
    return f"{logical(function)}Alias{ALIAS}"


def ref(name: str) -> Resource:
    """CloudFormation `Ref`: a table, bucket, bus or function name, a queue address, a machine ARN, or a parameter."""
    return {"Ref": name}


def arn(name: str, attribute: str = "Arn") -> Resource:
    """CloudFormation `Fn::GetAtt`."""
    return {"Fn::GetAtt": [name, attribute]}


# --- tables, buckets, bus, queue -----------------------------------------------------------------------------


# What a list shows and no more: an entry is written again, and paid for, each time something in it changes.
_WORKLIST = ("opened_at", "due_at", "overdue_at", "dossier_code", "procedure")
_MINE = ("state", "procedure", "dossier_code", "due_at")
_SIFTED = ("kind", "agency")
"""By what else an owner looks among the documents of some days; both stay as they are, so an entry is written once."""

TABLES: Final[dict[str, Resource]] = {
    "Dossiers": table(
        index("worklist", ("wl_pk", "wl_sk"), _WORKLIST),
        index("sought", ("so_pk", "wl_sk"), _WORKLIST),
        index("mine", ("mine_pk", "mine_sk"), _MINE),
        index("expiring", ("exp_pk", "expires_at")),
        index("open", ("open_pk",)),
    ),
    "Messages": table(index("worklist", ("wl_pk", "wl_sk")), index("stamps", ("stamps_in", "stamp_ends_at"))),
    "Vaults": table(
        index("keepers", ("code", "pk")),
        index("numbers", ("pk", "by_number")),
        index("issued", ("pk", "issued_on"), _SIFTED),
    ),
    "Ledgers": table(),
    "Anchors": table(),
    "Catalogue": table(),
    "Identity": table(index("listed", ("list_pk", "list_sk"))),
    "Subscriptions": table(),
}


UNLOGGED: Final[dict[str, Resource]] = {"Sealing": unlogged_table(), "Measures": unlogged_table()}
"""The keys of dossiers, and what is counted of them: tables without a log, whose rows no function hears of."""

BUCKETS: Final[dict[str, Resource]] = {
    "IntakeBucket": bucket(events=True),
    "MessagesBucket": bucket(),
    "ExportsBucket": bucket(),
    "LettersBucket": bucket(),
}


STORES: Final[dict[str, Resource]] = BUCKETS | {
    "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": {"Fn::Sub": "${AWS::StackName}-events"}}},
    "Parked": queue(),
}

# --- events --------------------------------------------------------------------------------------------------


def rule(name: str, pattern: Resource, function: str, bus: str | None = None) -> dict[str, Resource]:
    """A rule `name` that brings events of `pattern` to the queue of work of `function` (a key of `FUNCTIONS`).

    Without `bus` it listens on the account's default bus, where S3 speaks. What the bus cannot hand over goes to
    `Parked`; what the function then fails at is its queue's to bring again and to park: see `worker`.
    """
    when = {"EventPattern": pattern} | ({"EventBusName": ref(bus)} if bus else {})
    # What lets it send is made before it, so it has a name of its own: the bus parks at once what it may not send.
    named = {"Name": {"Fn::Sub": f"${{AWS::StackName}}-{name}"}}
    return {name: _handing(arn(work(function)), named | when)}


def rule_arn(name: str, rule: Resource) -> Resource:
    """The ARN of a rule, of one with a name of its own without a reference to it."""
    if "Name" not in rule["Properties"]:
        return arn(name)
    path = ("${Bus}/" if "EventBusName" in rule["Properties"] else "") + rule["Properties"]["Name"]["Fn::Sub"]
    return {"Fn::Sub": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/" + path}


def schedule(name: str, every: str, function: str, given: Resource | None = None) -> dict[str, Resource]:
    """A rule `name` that calls `function` by the clock, such as `rate(5 minutes)`, and its permission to do so.

    `given` is the text (JSON) that it is called with, else it is told the time.
    """
    # The queue that takes what it cannot hand over stands in another stack, which knows it by this name.
    named = {"Fn::Sub": f"${{Installation}}-{name}"}
    permission = {
        "FunctionName": ref(logical(function)),
        "Action": "lambda:InvokeFunction",
        "Principal": "events.amazonaws.com",
        "SourceArn": arn(name),
    }
    return {
        name: _handing(arn(logical(function)), {"Name": named, "ScheduleExpression": every}, given),
        f"{name}May": {"Type": "AWS::Lambda::Permission", "Properties": permission},
    }


def _handing(to: Resource, when: Resource, given: Resource | None = None) -> Resource:
    target: Resource = {
        "Id": "target",
        "Arn": to,
        "RetryPolicy": {"MaximumRetryAttempts": BUS_RETRIES, "MaximumEventAgeInSeconds": 86400},
        "DeadLetterConfig": {"Arn": arn("Parked")},
    } | ({"Input": given} if given else {})
    return {"Type": "AWS::Events::Rule", "Properties": when | {"Targets": [target]}}


def on(*events: str) -> Resource:
    """The pattern of our own event types."""
    return {"source": ["motcua"], "detail-type": list(events)}


def under_a_mandate(*steps: str) -> Resource:
    """The pattern of events of dossiers that were filed under a mandate: one in many, so no worker hears the others."""
    return on(*told.dossier(*steps)) | {"detail": {"data": {"representation": {"kind": ["mandate"]}}}}


def of_bundles(*steps: str) -> Resource:
    """The pattern of events of bundles: few dossiers are one, so no worker hears the others."""
    return on(*told.dossier(*steps)) | {"detail": {"data": {"is_bundle": [True]}}}


def parked(function: str) -> str:
    """The logical id of the queue where a function's failed work waits: `onestop_sweep` has `OnestopSweepParked`."""
    return f"{logical(function)}Parked"


def work(function: str) -> str:
    """The logical id of the queue that a function works on: `vault_store_result` has `VaultStoreResultWork`."""
    return f"{logical(function)}Work"


def reached(target: Resource) -> str:
    """The logical id of the function behind a rule's target: the target itself, or whose queue of work it is."""
    return str(target["Arn"]["Fn::GetAtt"][0]).removesuffix(work(""))


def worker(name: str, function: Function) -> dict[str, Resource]:
    """A function that rules bring work to: its queue, where that waits and comes again, and where it is parked.

    A message alone is handed over, so one that fails or takes long holds back no other. What is parked goes back by
    the clock; a last time the function is called past its queue, and what fails then is parked with its reason.
    """
    properties = {
        "EventSourceArn": arn(work(name)),
        "FunctionName": ref(logical(name)),
        "BatchSize": 1,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": max(LEAST, function.reserved or AT_ONCE)},
    }
    return {
        **timed(name),
        work(name): work_queue(parked(name), function.timeout),
        f"{work(name)}Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties},
    }


def timed(function: str) -> dict[str, Resource]:
    """A function that is called and not waited for has its own queue: Lambda parks there what failed every attempt."""
    properties = {
        "FunctionName": ref(logical(function)),
        "Qualifier": "$LATEST",
        "MaximumRetryAttempts": ASYNC_RETRIES,
        "MaximumEventAgeInSeconds": 21600,
        "DestinationConfig": {"OnFailure": {"Destination": arn(parked(function))}},
    }
    return {
        parked(function): queue(),
        f"{logical(function)}Invoked": {"Type": "AWS::Lambda::EventInvokeConfig", "Properties": properties},
    }


def stream(source: str, function: str, letters: str = "LettersBucket") -> dict[str, Resource]:
    """New EVENT# rows of a table go to `function` in batches, each row in its order; what fails for hours is kept.

    It is kept in a bucket: only there does Lambda write the rows themselves. A queue would get where they stood in the
    stream, which forgets them after a day.

    Batches of one part of the table go side by side, so events of one record may overtake each other: who hears them
    takes them in any order.
    """
    wanted = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}
    properties = {
        "EventSourceArn": arn(source, "StreamArn"),
        "FunctionName": ref(logical(function)),
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": BATCH,
        "MaximumBatchingWindowInSeconds": WINDOW_S,
        "ParallelizationFactor": PARALLEL,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": -1,  # as long as it is not too old
        "MaximumRecordAgeInSeconds": STREAM_LASTS,
        "FilterCriteria": {"Filters": [{"Pattern": json.dumps(wanted)}]},
        "DestinationConfig": {"OnFailure": {"Destination": arn(letters)}},
    }
    return {f"{source}Events": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}}


def all_declared(rules: dict[str, Resource]) -> dict[str, Resource]:
    """The same rules. Raises LookupError when one calls a function that is none of ours."""
    known = {logical(function) for function in FUNCTIONS}
    for name, given in rules.items():
        for target in given["Properties"].get("Targets", ()):
            if (called := reached(target)) not in known:
                raise LookupError(f"{name} calls {called}, which has no line in FUNCTIONS of infra/stack/functions.py")
    return rules


RULES: Final[dict[str, Resource]] = {
    **rule("OnProcedurePublished", on("vn.motcua.procedure.published"), "submission_hear_catalogue", "Bus"),
    **rule("OnProcedureWithdrawn", on("vn.motcua.procedure.withdrawn"), "submission_hear_catalogue", "Bus"),
    **rule("OnRepresentationKept", on(*told.PEOPLE, *told.DATA_DUE), "submission_hear_people", "Bus"),
    **rule("OnPersonChanged", on("vn.motcua.person.changed"), "identity_end_mandates", "Bus"),
    **rule("OnMandateUsed", under_a_mandate("submitted", *told.ENDS), "identity_end_mandates", "Bus"),
    **rule("OnAgencyPublished", on("vn.motcua.agency.published"), "submission_hear_catalogue", "Bus"),
    **rule("OnCatalogueChanged", on(*told.CATALOGUE_CHANGES), "catalogue_make_list", "Bus"),
    **rule("OnDossierMoved", on(*told.MOVES), "catalogue_follow_dossier", "Bus"),
    **rule("OnDossierSubmitted", on("vn.motcua.dossier.submitted"), "onestop_start_flow", "Bus"),
    **rule("OnBundleSubmitted", of_bundles("submitted"), "onestop_drive_bundle", "Bus"),
    **rule("OnBundleLegOpened", on("vn.motcua.bundle.leg_opened"), "submission_start_child", "Bus"),
    **rule("OnChildMoved", on("vn.motcua.child.moved"), "onestop_drive_bundle", "Bus"),
    **rule("OnLegCompleted", on("vn.motcua.leg.completed", *told.DRIVER_HEARS), "onestop_report_leg", "Bus"),
    **rule("OnPaperOwed", on(*told.ISSUED), "messages_issue_paper", "Bus"),
    **rule("OnComponentReceived", on(*told.COPIED), "digitisation_make_copy", "Bus"),
    **rule("OnSignatureOrdered", on("vn.motcua.signature.ordered"), "messages_sign_copy", "Bus"),
    **rule("OnCopySigned", on(*told.READ), "digitisation_read_copy", "Bus"),
    **rule("OnSignatureRefused", on("vn.motcua.signature.refused"), "digitisation_take_back", "Bus"),
    **rule("OnMessageConverted", on(*told.SETTLED), "digitisation_settle_component", "Bus"),
    **rule(
        "OnResultSigned",
        on(*told.RESULTS),
        "onestop_record_result",
        "Bus",
    ),
    **rule("OnDossierProcessed", on(*told.KEPT), "vault_store_result", "Bus"),
    **rule("OnTakeoutAsked", on(*told.TAKEN_AWAY), "vault_make_takeout", "Bus"),
    **rule("OnOwnFileChecked", on(*told.OWN_FILES), "vault_keep_upload", "Bus"),
    **rule("OnOfficerRead", told.BY_OFFICERS, "vault_watch_reads", "Bus"),
    **rule("OnVaultStored", on("vn.motcua.vault.stored"), "onestop_record_delivery", "Bus"),
    **rule("OnDeliverySettled", on("vn.motcua.delivery.settled"), "onestop_record_delivery", "Bus"),
    **rule("OnDeliveriesDue", on("vn.motcua.delivery.due"), "delivery_send", "Bus"),
    **rule("OnDeliveryFlow", on(*told.DELIVERY_FLOW), "delivery_drive", "Bus"),
    **rule("OnDocumentKept", on(*told.REUSABLE), "submission_hear_people", "Bus"),
    **rule("OnObjectCreated", CREATED, "digitisation_take_in"),
    **rule("OnObjectScanned", SCANNED, "digitisation_take_in"),
    **rule("OnFiguresDropped", FIGURES, "measures_take_in"),
}


def called_by(rules: dict[str, Resource]) -> tuple[str, ...]:
    """The functions that rules lead to. Raises LookupError when one leads to a function that is none of ours."""
    targets = (t for given in all_declared(rules).values() for t in given["Properties"].get("Targets", ()))
    found = {reached(target) for target in targets}
    return tuple(name for name in FUNCTIONS if logical(name) in found)


HEARING: Final = called_by(RULES)
"""Functions that work on a queue."""


def addresses(functions: tuple[str, ...]) -> Resource:
    """Workers with the names of their queues, as who redrives is told; EventBridge takes 8,192 characters."""
    told, names = list[Resource](), dict[str, Resource]()
    for place, function in enumerate(functions):
        names |= {
            f"Function{place}": ref(logical(function)),
            f"Work{place}": arn(work(function), "QueueName"),
            f"Parked{place}": arn(parked(function), "QueueName"),
        }
        told.append({what: f"${{{what.capitalize()}{place}}}" for what in ("function", "work", "parked")})
    return {"Fn::Sub": [json.dumps({"workers": told}, separators=(",", ":")), names]}


NIGHT: Final = "cron(0/1 10-22 * * ? *)"
"""Every minute from 17 to 6 o'clock in Viet Nam; a run ends with its lists, or after 13 minutes."""

SCHEDULES: Final[dict[str, Resource]] = {
    **schedule("EveryFiveMinutes", "rate(5 minutes)", "onestop_sweep"),
    **schedule("EveryFiveMinutesDeliveries", "rate(5 minutes)", "delivery_sweep"),
    **schedule("EveryMinute", "rate(1 minute)", "subscriptions_push"),
    **schedule("EveryMinuteNotices", "rate(1 minute)", "delivery_notify"),
    **schedule("EveryMinutePortal", "rate(1 minute)", "delivery_synchronise"),
    **schedule("EveryMinuteIdApp", "rate(1 minute)", "delivery_integrate"),
    **schedule("EveryHour", "rate(1 hour)", "submission_sweep_drafts"),
    **schedule("EveryHourRequests", "rate(1 hour)", "identity_watch_requests"),
    **schedule("EveryHourLetters", "rate(1 hour)", "outbox_replay"),
    **schedule("EveryHourParked", "rate(1 hour)", "outbox_redrive", addresses(HEARING)),
    **schedule("EveryDay", "rate(1 day)", "catalogue_export"),
    **schedule("EveryDayBoards", "rate(1 day)", "measures_make_boards"),
    **schedule("EveryDayStamps", "rate(1 day)", "messages_stamp_again"),
    **schedule("EveryNight", NIGHT, "audit_sweep"),
}


TIMED: Final = called_by(SCHEDULES)
"""Functions that schedules call."""
WORKERS: Final[dict[str, Resource]] = {
    k: v
    for made in (*(worker(name, FUNCTIONS[name]) for name in HEARING), *(timed(name) for name in TIMED))
    for k, v in made.items()
}
STREAMS: Final[dict[str, Resource]] = {k: v for name in TABLES for k, v in stream(name, "outbox_publish").items()}

# --- the machine ---------------------------------------------------------------------------------------------


def machine(name: str, file: str, **functions: str) -> dict[str, Resource]:
    """A state machine from `statemachines/<file>`; `DecideArn="onestop_decide"` fills `${DecideArn}` of it."""
    used: dict[str, Resource] = {key: arn(logical(function)) for key, function in functions.items()}
    return defined(name, json.loads((STATEMACHINES / file).read_text("utf-8")), used, arn(f"{name}Role"))


MACHINES: Final = (
    machine("OneStop", "one_stop.asl.json", OpenLegArn="onestop_open_leg", DecideArn="onestop_decide")
    | machine("Digitisation", "digitisation.asl.json", AwaitStepArn="digitisation_await_step")
    | machine("Delivery", "delivery.asl.json", AwaitDestinationArn="delivery_await_destination")
)

APP: Final[dict[str, Resource]] = (
    {k: v for k, v in STORES.items() if k not in BUCKETS} | RULES | SCHEDULES | WORKERS | STREAMS | MACHINES
)
RESOURCES: Final[dict[str, Resource]] = TABLES | UNLOGGED | BUCKETS | APP
