"""Everything the product needs from AWS that is not code, declared once, in the shape of CloudFormation.

The local cloud creates `RESOURCES` by boto3 (`infra/local/bootstrap.py`). AWS gets two stacks (`infra/compose.py`): the
data stack (`infra/data.py`: tables, buckets, key; retained, protected) and the app stack (`APP` and Chalice's part).
To add a worker: one line in `FUNCTIONS`, one in `NEEDS` of `infra/policies.py`, and one in `RULES` when the bus calls
it. To add a table: one in `TABLES`.
"""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

type Resource = dict[str, Any]

KEY: Final = "DataKey"
"""The key of everything at rest; only AWS has it."""

STATEMACHINES: Final = Path(__file__).parent.parent / "statemachines"
RETRIES: Final = 5
"""How often a failed delivery is tried again before it is parked: rules, stream mappings, the local cloud alike."""
ASYNC_RETRIES: Final = 2
"""How often Lambda runs a function again that a rule called and that failed: AWS allows no more."""
KEPT: Final = 14 * 86400
"""Seconds a parked message is kept: SQS allows no more."""


def logical(function: str) -> str:
    """The logical id Chalice gives a function: `open_leg` is `OpenLeg`."""
    return "".join(part.capitalize() for part in function.split("_"))


def ref(name: str) -> Resource:
    """CloudFormation `Ref`: a table, bucket, bus or function name, a queue address, a machine ARN, or a parameter."""
    return {"Ref": name}


def arn(name: str, attribute: str = "Arn") -> Resource:
    """CloudFormation `Fn::GetAtt`."""
    return {"Fn::GetAtt": [name, attribute]}


# --- functions -----------------------------------------------------------------------------------------------


class Function(NamedTuple):
    """One Lambda function: its handler as in AWS, time-out in seconds, memory in MB, names of its environment.

    `layers` are of `infra/package.py`, `bundle` is the zip it carries; `reserved` caps how many run at once, so that
    the heavy workers cannot take the account's concurrency from those who submit (0: no cap).
    """

    handler: str
    timeout: int = 29
    memory: int = 512
    environment: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    reserved: int = 0
    bundle: str = "core"


_STAGE = ("MOTCUA_STAGE",)
_TOKENS = (*_STAGE, "MOTCUA_ISSUER", "MOTCUA_AUDIENCE", "MOTCUA_JWKS_URL")
_CATALOGUE = (*_STAGE, "MOTCUA_CATALOGUE_TABLE")
_DOSSIERS = (*_STAGE, "MOTCUA_DOSSIERS_TABLE")
_FLOW = (*_STAGE, "MOTCUA_ONE_STOP_MACHINE")
_MESSAGES = (*_STAGE, "MOTCUA_MESSAGES_TABLE")
_SCANS = (*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_INTAKE_BUCKET", "MOTCUA_MESSAGES_TABLE", "MOTCUA_MESSAGES_BUCKET")
_PUBLISHED = (*_MESSAGES, "MOTCUA_SECRET", "MOTCUA_MESSAGES_BUCKET", "MOTCUA_KEYS_FOLDER", "MOTCUA_PUBLIC_URL")
_SIGNING = (*_PUBLISHED, "MOTCUA_DOSSIERS_TABLE", "MOTCUA_TIMESTAMP_URL")
_VAULTS = (*_STAGE, "MOTCUA_VAULTS_TABLE")
_PAPER = ("pdf", "pages")
_COPIES = (*_PAPER, "documents")
_SIGNS = ("pdf", "documents", "signing", "sealing")


def _background(
    handler: str, *, timeout: int = 29, memory: int = 512, reserved: int = 0, **more: tuple[str, ...]
) -> Function:
    """A function that validates no HTTP body: it carries no pydantic."""
    return Function(handler, timeout, memory, reserved=reserved, bundle="worker", **more)


FUNCTIONS: Final[dict[str, Function]] = {
    # HTTP: one function per capability
    "catalogue_api": Function("app.catalogue_api", environment=_CATALOGUE),
    "submission_api": Function(
        "app.submission_api",
        environment=(*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_CATALOGUE_TABLE", "MOTCUA_INTAKE_BUCKET"),
        layers=("sealing", "forms"),
    ),
    "onestop_api": Function(
        "app.onestop_api",
        environment=(*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_ONE_STOP_MACHINE", "MOTCUA_INTAKE_BUCKET"),
        layers=("sealing",),
    ),
    "digitisation_api": Function("app.digitisation_api", environment=_MESSAGES),
    "messages_api": Function("app.messages_api", environment=_PUBLISHED),
    "vault_api": Function("app.vault_api", environment=(*_VAULTS, "MOTCUA_SECRET", "MOTCUA_MESSAGES_BUCKET")),
    "bearer": Function(
        "chalicelib.identity.authorizer.bearer", 5, 256, environment=_TOKENS, layers=("sealing",), bundle="authorizer"
    ),
    # workers
    "outbox": _background("chalicelib.outbox.publish.outbox", environment=("MOTCUA_STAGE", "MOTCUA_BUS")),
    "catalogue_load": _background("chalicelib.catalogue.events.catalogue_load", environment=_CATALOGUE),
    "catalogue_published": _background("chalicelib.submission.events.catalogue_published", environment=_DOSSIERS),
    "start": _background("chalicelib.onestop.steps.start", environment=_FLOW),
    "open_leg": _background("chalicelib.onestop.steps.open_leg", environment=_DOSSIERS),
    "decide": _background(
        "chalicelib.onestop.steps.decide", environment=(*_DOSSIERS, "MOTCUA_SECRET"), layers=("sealing",)
    ),
    "report_leg": _background("chalicelib.onestop.events.report_leg", environment=_DOSSIERS),
    "result_signed": _background("chalicelib.onestop.events.result_signed", environment=_DOSSIERS),
    "result_stored": _background("chalicelib.onestop.events.result_stored", environment=_DOSSIERS),
    "component_converted": _background(
        "chalicelib.digitisation.events.component_converted", environment=(*_DOSSIERS, "MOTCUA_MESSAGES_TABLE")
    ),
    "intake": _background("chalicelib.digitisation.events.intake", environment=_SCANS, layers=_PAPER, reserved=50),
    "copy": _background(
        "chalicelib.digitisation.events.copy", timeout=120, memory=1769, environment=_SCANS, layers=_COPIES, reserved=50
    ),
    "read": _background(
        "chalicelib.digitisation.events.read",
        timeout=120,
        memory=1769,
        environment=(*_SCANS, "MOTCUA_PUBLIC_URL"),
        layers=(*_COPIES, "ocr", "sealing"),
        reserved=50,
    ),
    "issue": Function(
        "chalicelib.messages.events.issue", timeout=60, memory=1024, environment=_SIGNING, layers=_SIGNS, reserved=50
    ),
    "sign": Function(
        "chalicelib.messages.events.sign", timeout=60, memory=1024, environment=_SIGNING, layers=_SIGNS, reserved=50
    ),
    "deliver": _background("chalicelib.vault.events.deliver", environment=_VAULTS),
}

# --- tables, buckets, bus, queue -----------------------------------------------------------------------------


def index(name: str, keys: tuple[str, ...], include: tuple[str, ...] | None = ()) -> Resource:
    """A global secondary index; `include` names further attributes, () is the keys only, None is everything."""
    kinds = ("HASH", "RANGE")
    projection: Resource = {"ProjectionType": "ALL" if include is None else "INCLUDE" if include else "KEYS_ONLY"}
    if include:
        projection["NonKeyAttributes"] = list(include)
    return {
        "IndexName": name,
        "KeySchema": [{"AttributeName": k, "KeyType": kind} for k, kind in zip(keys, kinds, strict=False)],
        "Projection": projection,
    }


def table(*indexes: Resource, view: str = "NEW_IMAGE") -> Resource:
    """A table keyed pk, sk, paid per request, with a stream; every key attribute is a string."""
    keys = {"pk": None, "sk": None} | {k["AttributeName"]: None for i in indexes for k in i["KeySchema"]}
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"} for key in keys],
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            "StreamSpecification": {"StreamViewType": view},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            **({"GlobalSecondaryIndexes": list(indexes)} if indexes else {}),
        },
    }


_WORKLIST = ("state", "kind", "version", "opened_at", "due_at", "reference", "dossier_code", "procedure")
_MINE = ("state", "procedure", "version", "dossier_code", "due_at")

TABLES: Final[dict[str, Resource]] = {
    "Dossiers": table(
        index("worklist", ("wl_pk", "wl_sk"), _WORKLIST),
        index("mine", ("mine_pk", "mine_sk"), _MINE),
    ),
    "Messages": table(index("worklist", ("wl_pk", "wl_sk"), _WORKLIST)),
    "Vaults": table(),
    "Catalogue": table(),
}


def bucket(*, events: bool = False) -> Resource:
    """A private versioned bucket; with `events` its changes go to the account's default bus."""
    properties: Resource = {
        "VersioningConfiguration": {"Status": "Enabled"},
        "PublicAccessBlockConfiguration": dict.fromkeys(
            ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
        ),
    }
    if events:
        properties["NotificationConfiguration"] = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    return {"Type": "AWS::S3::Bucket", "Properties": properties}


BUCKETS: Final[dict[str, Resource]] = {
    "IntakeBucket": bucket(events=True),  # "Intake" is the function
    "MessagesBucket": bucket(),
}


def queue() -> Resource:
    """A queue for what could not be delivered or done."""
    return {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": KEPT, "SqsManagedSseEnabled": True}}


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
    target = {
        "Id": "target",
        "Arn": arn(logical(function)),
        "RetryPolicy": {"MaximumRetryAttempts": RETRIES, "MaximumEventAgeInSeconds": 86400},
        "DeadLetterConfig": {"Arn": arn("Parked")},
    }
    properties = {"EventPattern": pattern, "Targets": [target]} | ({"EventBusName": ref(bus)} if bus else {})
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


def on(event: str) -> Resource:
    """The pattern of one of our own event types."""
    return {"source": ["motcua"], "detail-type": [event]}


def parked(function: str) -> str:
    """The logical id of the queue where a function's failed work waits: `copy` has `CopyParked`."""
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
    """New EVENT# rows of a table go to `function`, in order, in batches; a pointer to what keeps failing is parked."""
    wanted = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}
    properties = {
        "EventSourceArn": arn(source, "StreamArn"),
        "FunctionName": ref(logical(function)),
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": 100,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": RETRIES,
        "FilterCriteria": {"Filters": [{"Pattern": json.dumps(wanted)}]},
        "DestinationConfig": {"OnFailure": {"Destination": arn(parked)}},
    }
    return {f"{source}Events": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}}


_CREATED = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {"bucket": {"name": [ref("IntakeBucket")]}},
}

RULES: Final[dict[str, Resource]] = {
    **rule("OnProcedurePublished", on("vn.motcua.procedure.published"), "catalogue_published", "Bus"),
    **rule("OnAgencyPublished", on("vn.motcua.agency.published"), "catalogue_published", "Bus"),
    **rule("OnDossierSubmitted", on("vn.motcua.dossier.submitted"), "start", "Bus"),
    **rule("OnLegCompleted", on("vn.motcua.leg.completed"), "report_leg", "Bus"),
    **rule("OnDossierAccepted", on("vn.motcua.dossier.accepted"), "issue", "Bus"),
    **rule("OnDossierDecided", on("vn.motcua.dossier.decided"), "issue", "Bus"),
    **rule("OnComponentReceived", on("vn.motcua.component.received"), "copy", "Bus"),
    **rule("OnSignatureOrdered", on("vn.motcua.signature.ordered"), "sign", "Bus"),
    **rule("OnCopySigned", on("vn.motcua.copy.signed"), "read", "Bus"),
    **rule("OnMessageConverted", on("vn.motcua.message.converted"), "component_converted", "Bus"),
    **rule("OnResultSigned", on("vn.motcua.result.signed"), "result_signed", "Bus"),
    **rule("OnDossierProcessed", on("vn.motcua.dossier.processed"), "deliver", "Bus"),
    **rule("OnVaultStored", on("vn.motcua.vault.stored"), "result_stored", "Bus"),
    **rule("OnObjectCreated", _CREATED, "intake"),
}

CALLED: Final = tuple(
    name
    for name in FUNCTIONS
    if any(
        target["Arn"] == arn(logical(name))
        for given in RULES.values()
        if given["Type"] == "AWS::Events::Rule"
        for target in given["Properties"]["Targets"]
    )
)
"""Functions that rules call."""
WORKERS: Final[dict[str, Resource]] = {k: v for name in CALLED for k, v in worker(name).items()}
STREAMS: Final[dict[str, Resource]] = {parked("outbox"): queue()} | {
    k: v for name in TABLES for k, v in stream(name, "outbox", parked("outbox")).items()
}

# --- the machine ---------------------------------------------------------------------------------------------


def machine(name: str, file: str, **functions: str) -> dict[str, Resource]:
    """A state machine from `statemachines/<file>`; `OpenLegArn="open_leg"` fills `${OpenLegArn}` of the definition."""
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


MACHINES: Final = machine("OneStop", "one_stop.asl.json", OpenLegArn="open_leg", DecideArn="decide")

APP: Final[dict[str, Resource]] = (
    {k: v for k, v in STORES.items() if k not in BUCKETS} | RULES | WORKERS | STREAMS | MACHINES
)
RESOURCES: Final[dict[str, Resource]] = TABLES | BUCKETS | APP

# --- environment ---------------------------------------------------------------------------------------------

PARAMETERS: Final[dict[str, Resource]] = {
    "Stage": {"Type": "String"},
    "Issuer": {"Type": "String", "Description": "OpenID Connect issuer of the tokens we accept"},
    "Audience": {"Type": "String", "Default": "motcua"},
    "JwksUrl": {"Type": "String"},
    "Secret": {"Type": "String", "NoEcho": True, "Description": "Key of the hashes of personal identifiers"},
    "KeysFolder": {"Type": "String", "Default": ""},
    "TimestampUrl": {"Type": "String", "Default": "", "Description": "Timestamp authority (RFC 3161)"},
    "PublicUrl": {"Type": "String", "Description": "Where citizens reach the service: links and marks point there"},
}

ENVIRONMENT: Final[dict[str, Resource]] = {
    "MOTCUA_STAGE": ref("Stage"),
    "MOTCUA_DOSSIERS_TABLE": ref("Dossiers"),
    "MOTCUA_MESSAGES_TABLE": ref("Messages"),
    "MOTCUA_VAULTS_TABLE": ref("Vaults"),
    "MOTCUA_CATALOGUE_TABLE": ref("Catalogue"),
    "MOTCUA_INTAKE_BUCKET": ref("IntakeBucket"),
    "MOTCUA_MESSAGES_BUCKET": ref("MessagesBucket"),
    "MOTCUA_BUS": ref("Bus"),
    "MOTCUA_ONE_STOP_MACHINE": ref("OneStop"),
    "MOTCUA_ISSUER": ref("Issuer"),
    "MOTCUA_AUDIENCE": ref("Audience"),
    "MOTCUA_JWKS_URL": ref("JwksUrl"),
    "MOTCUA_SECRET": ref("Secret"),
    "MOTCUA_KEYS_FOLDER": ref("KeysFolder"),
    "MOTCUA_PUBLIC_URL": ref("PublicUrl"),
}
DEPLOYED: Final[dict[str, Resource]] = {"MOTCUA_TIMESTAMP_URL": ref("TimestampUrl")}
"""Settings that only a deployed stage has."""
