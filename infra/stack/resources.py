"""Everything the product needs from AWS that is not code, declared once, in the shape of CloudFormation.

The local cloud creates `RESOURCES` by boto3 (`infra/local/bootstrap.py`). AWS gets two stacks, by
`infra/build/compose.py`: the data stack (`data.py`: tables, buckets, key; retained, protected) and the app stack (`APP`
and Chalice's part).
To add a worker: one line in `functions.py`, one in `NEEDS` of `policies.py` (`rights.py` holds it against the calls),
and one in `RULES` when the bus calls it, or in `SCHEDULES`. To add a table: one in `TABLES`.
"""

import json
from pathlib import Path
from typing import Any, Final

from infra.stack.functions import FUNCTIONS
from infra.stack.stores import bucket, index, queue, table

type Resource = dict[str, Any]

KEY: Final = "DataKey"
"""The key of everything at rest; only AWS has it."""
ANCHOR_KEY: Final = "AnchorKey"
"""The key of the anchors of chains; whatever writes a chain has no right to it."""

STATEMACHINES: Final = Path(__file__).parents[2] / "statemachines"
RETRIES: Final = 5
"""How often a failed delivery is tried again before it is parked: rules, stream mappings, the local cloud alike."""
BATCH: Final = 100
"""Rows of a log that the outbox gets at once, at most."""
PARALLEL: Final = 4
"""Batches of one shard of a stream that are handled at once: with one, 420 dossiers a second would fall behind."""
ASYNC_RETRIES: Final = 2
"""How often Lambda runs a function again that a rule called and that failed: AWS allows no more."""


def logical(function: str) -> str:
    """The logical id Chalice gives a function: `onestop_open_leg` is `OnestopOpenLeg`."""
    return "".join(part.capitalize() for part in function.split("_"))


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

TABLES: Final[dict[str, Resource]] = {
    "Dossiers": table(
        index("worklist", ("wl_pk", "wl_sk"), _WORKLIST),
        index("mine", ("mine_pk", "mine_sk"), _MINE),
    ),
    "Messages": table(index("worklist", ("wl_pk", "wl_sk"))),
    "Vaults": table(),
    "Ledgers": table(),
    "Anchors": table(),
    "Catalogue": table(),
}


BUCKETS: Final[dict[str, Resource]] = {
    "IntakeBucket": bucket(events=True),
    "MessagesBucket": bucket(),
    "ExportsBucket": bucket(),
}


STORES: Final[dict[str, Resource]] = BUCKETS | {
    "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": {"Fn::Sub": "${AWS::StackName}-events"}}},
    "Parked": queue(),
}

# --- events --------------------------------------------------------------------------------------------------


def rule(name: str, pattern: Resource, function: str, bus: str | None = None) -> dict[str, Resource]:
    """A rule `name` that calls `function` (a key of `FUNCTIONS`) for events of `pattern`, and its permission to do so.

    Without `bus` it listens on the account's default bus, where S3 speaks. What the bus cannot hand over goes to
    `Parked`; what the function then fails at is Lambda's to retry and to park: see `worker`.
    """
    return _calling(name, function, {"EventPattern": pattern} | ({"EventBusName": ref(bus)} if bus else {}))


def schedule(name: str, every: str, function: str) -> dict[str, Resource]:
    """A rule `name` that calls `function` by the clock, such as `rate(5 minutes)`, retried and parked as any rule."""
    return _calling(name, function, {"ScheduleExpression": every})


def _calling(name: str, function: str, when: Resource) -> dict[str, Resource]:
    target = {
        "Id": "target",
        "Arn": arn(logical(function)),
        "RetryPolicy": {"MaximumRetryAttempts": RETRIES, "MaximumEventAgeInSeconds": 86400},
        "DeadLetterConfig": {"Arn": arn("Parked")},
    }
    properties = when | {"Targets": [target]}
    permission = {
        "FunctionName": ref(logical(function)),
        "Action": "lambda:InvokeFunction",
        "Principal": "events.amazonaws.com",
        "SourceArn": arn(name),
    }
    return {
        name: {"Type": "AWS::Events::Rule", "Properties": properties},
        f"{name}May": {"Type": "AWS::Lambda::Permission", "Properties": permission},
    }


def on(*events: str) -> Resource:
    """The pattern of our own event types."""
    return {"source": ["motcua"], "detail-type": list(events)}


def parked(function: str) -> str:
    """The logical id of the queue where a function's failed work waits: `onestop_sweep` has `OnestopSweepParked`."""
    return f"{logical(function)}Parked"


def worker(function: str) -> dict[str, Resource]:
    """A function that rules call has its own queue: Lambda parks there the event that failed every attempt."""
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


def stream(source: str, function: str, parked: str = "Parked") -> dict[str, Resource]:
    """New EVENT# rows of a table go to `function` in batches, each row in its order; what keeps failing is parked.

    Batches of one part of the table go side by side, so events of one record may overtake each other: who hears them
    takes them in any order.
    """
    wanted = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}
    properties = {
        "EventSourceArn": arn(source, "StreamArn"),
        "FunctionName": ref(logical(function)),
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": BATCH,
        "ParallelizationFactor": PARALLEL,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": RETRIES,
        "FilterCriteria": {"Filters": [{"Pattern": json.dumps(wanted)}]},
        "DestinationConfig": {"OnFailure": {"Destination": arn(parked)}},
    }
    return {f"{source}Events": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}}


def all_declared(rules: dict[str, Resource]) -> dict[str, Resource]:
    """The same rules. Raises LookupError when one calls a function that is none of ours."""
    known = {logical(function) for function in FUNCTIONS}
    for name, given in rules.items():
        for target in given["Properties"].get("Targets", ()):
            if (called := target["Arn"]["Fn::GetAtt"][0]) not in known:
                raise LookupError(f"{name} calls {called}, which has no line in FUNCTIONS of infra/stack/functions.py")
    return rules


_CREATED = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {"bucket": {"name": [ref("IntakeBucket")]}},
}

_CATALOGUE_CHANGES = tuple(f"vn.motcua.procedure.{what}" for what in ("published", "withdrawn", "recorded"))
_DOSSIER_MOVES = tuple(f"vn.motcua.dossier.{what}" for what in ("submitted", "accepted", "returned"))

RULES: Final[dict[str, Resource]] = {
    **rule("OnProcedurePublished", on("vn.motcua.procedure.published"), "submission_hear_catalogue", "Bus"),
    **rule("OnProcedureWithdrawn", on("vn.motcua.procedure.withdrawn"), "submission_hear_catalogue", "Bus"),
    **rule("OnAgencyPublished", on("vn.motcua.agency.published"), "submission_hear_catalogue", "Bus"),
    **rule("OnCatalogueChanged", on(*_CATALOGUE_CHANGES), "catalogue_make_list", "Bus"),
    **rule("OnDossierMoved", on(*_DOSSIER_MOVES), "catalogue_follow_dossier", "Bus"),
    **rule("OnDossierSubmitted", on("vn.motcua.dossier.submitted"), "onestop_start_flow", "Bus"),
    **rule("OnLegCompleted", on("vn.motcua.leg.completed"), "onestop_report_leg", "Bus"),
    **rule("OnDossierAccepted", on("vn.motcua.dossier.accepted"), "messages_issue_paper", "Bus"),
    **rule("OnDossierDecided", on("vn.motcua.dossier.decided"), "messages_issue_paper", "Bus"),
    **rule("OnComponentReceived", on("vn.motcua.component.received"), "digitisation_make_copy", "Bus"),
    **rule("OnSignatureOrdered", on("vn.motcua.signature.ordered"), "messages_sign_copy", "Bus"),
    **rule("OnCopySigned", on("vn.motcua.copy.signed"), "digitisation_read_copy", "Bus"),
    **rule("OnSignatureRefused", on("vn.motcua.signature.refused"), "digitisation_take_back", "Bus"),
    **rule("OnMessageConverted", on("vn.motcua.message.converted"), "digitisation_settle_component", "Bus"),
    **rule(
        "OnResultSigned", on("vn.motcua.result.signed", "vn.motcua.result.unprintable"), "onestop_record_result", "Bus"
    ),
    **rule("OnDossierProcessed", on("vn.motcua.dossier.processed"), "vault_store_result", "Bus"),
    **rule("OnVaultStored", on("vn.motcua.vault.stored"), "onestop_record_delivery", "Bus"),
    **rule("OnObjectCreated", _CREATED, "digitisation_take_in"),
}

SCHEDULES: Final[dict[str, Resource]] = {
    **schedule("EveryFiveMinutes", "rate(5 minutes)", "onestop_sweep"),
    **schedule("EveryDay", "rate(1 day)", "catalogue_export"),
    **schedule("EveryNight", "rate(1 day)", "audit_sweep"),
}

CALLED: Final = tuple(
    name
    for name in FUNCTIONS
    if any(
        target["Arn"] == arn(logical(name))
        for given in all_declared(RULES | SCHEDULES).values()
        if given["Type"] == "AWS::Events::Rule"
        for target in given["Properties"]["Targets"]
    )
)
"""Functions that rules and schedules call."""
WORKERS: Final[dict[str, Resource]] = {k: v for name in CALLED for k, v in worker(name).items()}
STREAMS: Final[dict[str, Resource]] = {parked("outbox_publish"): queue()} | {
    k: v for name in TABLES for k, v in stream(name, "outbox_publish", parked("outbox_publish")).items()
}

# --- the machine ---------------------------------------------------------------------------------------------


def machine(name: str, file: str, **functions: str) -> dict[str, Resource]:
    """A state machine from `statemachines/<file>`; `DecideArn="onestop_decide"` fills `${DecideArn}` of it."""
    used = {key: arn(logical(function)) for key, function in functions.items()}
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": list(used.values())}],
    }
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    return {
        f"{name}Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": trust,
                "Policies": [{"PolicyName": "invoke", "PolicyDocument": policy}],
            },
        },
        name: {
            "Type": "AWS::Serverless::StateMachine",
            "Properties": {
                "Definition": json.loads((STATEMACHINES / file).read_text("utf-8")),
                "DefinitionSubstitutions": used,
                # Its own functions must know it, and it must know them: a name of ours breaks the circle.
                "Name": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
                "Role": arn(f"{name}Role"),
            },
        },
    }


MACHINES: Final = machine("OneStop", "one_stop.asl.json", OpenLegArn="onestop_open_leg", DecideArn="onestop_decide")

APP: Final[dict[str, Resource]] = (
    {k: v for k, v in STORES.items() if k not in BUCKETS} | RULES | SCHEDULES | WORKERS | STREAMS | MACHINES
)
RESOURCES: Final[dict[str, Resource]] = TABLES | BUCKETS | APP

# --- environment ---------------------------------------------------------------------------------------------

PARAMETERS: Final[dict[str, Resource]] = {
    "Stage": {"Type": "String"},
    "Issuer": {"Type": "String", "Description": "OpenID Connect issuer of the tokens we accept"},
    "Audience": {"Type": "String", "Default": "motcua"},
    "JwksUrl": {"Type": "String"},
    "TokenTypes": {
        "Type": "String",
        "Default": "at+jwt",
        "Description": "What the typ of a token may say, separated by commas",
    },
    "TokenLifetime": {"Type": "Number", "Default": 86400, "MinValue": 60, "Description": "Seconds"},
    "Secret": {"Type": "String", "NoEcho": True, "Description": "Key of the hashes of personal identifiers"},
    "KeysFolder": {"Type": "String", "Default": ""},
    "TimestampUrl": {"Type": "String", "Default": "", "Description": "Timestamp authority (RFC 3161)"},
    "PublicUrl": {"Type": "String", "Description": "Where this API is reached: links, marks and problems point there"},
    "AnchorKeyArn": {"Type": "String", "Description": "Output of the data stack"},
    "SweepDays": {
        "Type": "Number",
        "Default": 90,
        "MinValue": 1,
        "Description": "Days within which every chain of hashes, and its files, are looked at again",
    },
}

ENVIRONMENT: Final[dict[str, Resource]] = {
    "MOTCUA_STAGE": ref("Stage"),
    "MOTCUA_DOSSIERS_TABLE": ref("Dossiers"),
    "MOTCUA_MESSAGES_TABLE": ref("Messages"),
    "MOTCUA_VAULTS_TABLE": ref("Vaults"),
    "MOTCUA_LEDGERS_TABLE": ref("Ledgers"),
    "MOTCUA_ANCHORS_TABLE": ref("Anchors"),
    "MOTCUA_ANCHOR_KEY": ref("AnchorKeyArn"),
    "MOTCUA_SWEEP_DAYS": ref("SweepDays"),
    "MOTCUA_CATALOGUE_TABLE": ref("Catalogue"),
    "MOTCUA_INTAKE_BUCKET": ref("IntakeBucket"),
    "MOTCUA_MESSAGES_BUCKET": ref("MessagesBucket"),
    "MOTCUA_EXPORTS_BUCKET": ref("ExportsBucket"),
    "MOTCUA_BUS": ref("Bus"),
    "MOTCUA_ONE_STOP_MACHINE": ref("OneStop"),
    "MOTCUA_ISSUER": ref("Issuer"),
    "MOTCUA_AUDIENCE": ref("Audience"),
    "MOTCUA_JWKS_URL": ref("JwksUrl"),
    "MOTCUA_TOKEN_TYPES": ref("TokenTypes"),
    "MOTCUA_TOKEN_LIFETIME": ref("TokenLifetime"),
    "MOTCUA_SECRET": ref("Secret"),
    "MOTCUA_KEYS_FOLDER": ref("KeysFolder"),
    "MOTCUA_PUBLIC_URL": ref("PublicUrl"),
}
DEPLOYED: Final[dict[str, Resource]] = {"MOTCUA_TIMESTAMP_URL": ref("TimestampUrl")}
"""Settings that only a deployed stage has."""
