"""Everything the product needs from AWS that is not code, declared once, in the shape of CloudFormation.

The local cloud creates it by boto3 (`infra/local/bootstrap.py`); the AWS template merges it with what Chalice packages.
To add a worker: one line in `FUNCTIONS`, and one in `RULES` when the bus calls it. To add a table: one in `TABLES`.
"""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

type Resource = dict[str, Any]

STATEMACHINES: Final = Path(__file__).parent.parent / "statemachines"
RETRIES: Final = 5
"""How often a failed delivery is tried again before it is parked: rules, stream mappings, the local cloud alike."""


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
    """One Lambda function: its handler as in AWS, time-out in seconds, memory in MB, names of its environment."""

    handler: str
    timeout: int = 29
    memory: int = 512
    environment: tuple[str, ...] = ()


_ALWAYS = ("MOTCUA_STAGE", "MOTCUA_SECRET")
_TOKENS = ("MOTCUA_STAGE", "MOTCUA_ISSUER", "MOTCUA_AUDIENCE", "MOTCUA_JWKS_URL")
_CATALOGUE = (*_ALWAYS, "MOTCUA_CATALOGUE_TABLE")
_DOSSIERS = (*_CATALOGUE, "MOTCUA_DOSSIERS_TABLE")
_MESSAGES = (*_ALWAYS, "MOTCUA_MESSAGES_TABLE", "MOTCUA_MESSAGES_BUCKET")
_SIGNING = (*_MESSAGES, "MOTCUA_DOSSIERS_TABLE", "MOTCUA_KEYS_FOLDER", "MOTCUA_PUBLIC_URL")
_SCANS = (*_MESSAGES, "MOTCUA_CATALOGUE_TABLE", "MOTCUA_DOSSIERS_TABLE", "MOTCUA_INTAKE_BUCKET")
_VAULTS = (*_ALWAYS, "MOTCUA_VAULTS_TABLE", "MOTCUA_MESSAGES_TABLE", "MOTCUA_MESSAGES_BUCKET")

FUNCTIONS: Final[dict[str, Function]] = {
    # HTTP: one function per capability
    "catalogue_api": Function("app.catalogue_api", environment=_CATALOGUE),
    "submission_api": Function(
        "app.submission_api", environment=(*_DOSSIERS, "MOTCUA_INTAKE_BUCKET", "MOTCUA_PUBLIC_URL")
    ),
    "onestop_api": Function(
        "app.onestop_api", environment=(*_DOSSIERS, "MOTCUA_ONE_STOP_MACHINE", "MOTCUA_INTAKE_BUCKET")
    ),
    "digitisation_api": Function("app.digitisation_api", environment=_SCANS),
    "messages_api": Function("app.messages_api", environment=(*_SIGNING, "MOTCUA_INTAKE_BUCKET")),
    "vault_api": Function("app.vault_api", environment=_VAULTS),
    "bearer": Function("chalicelib.identity.authorizer.bearer", timeout=5, memory=256, environment=_TOKENS),
    # workers
    "outbox": Function("chalicelib.outbox.publish.outbox", environment=("MOTCUA_STAGE", "MOTCUA_BUS")),
    "catalogue_load": Function("chalicelib.catalogue.events.catalogue_load", environment=_CATALOGUE),
    "catalogue_published": Function("chalicelib.submission.events.catalogue_published", environment=_DOSSIERS),
    "start": Function("chalicelib.onestop.steps.start", environment=(*_DOSSIERS, "MOTCUA_ONE_STOP_MACHINE")),
    "open_leg": Function("chalicelib.onestop.steps.open_leg", environment=(*_DOSSIERS, "MOTCUA_ONE_STOP_MACHINE")),
    "decide": Function("chalicelib.onestop.steps.decide", environment=_DOSSIERS),
    "report_leg": Function("chalicelib.onestop.events.report_leg", environment=(*_DOSSIERS, "MOTCUA_ONE_STOP_MACHINE")),
    "result_signed": Function("chalicelib.onestop.events.result_signed", environment=_DOSSIERS),
    "result_stored": Function("chalicelib.onestop.events.result_stored", environment=_DOSSIERS),
    "component_converted": Function("chalicelib.digitisation.events.component_converted", environment=_SCANS),
    "intake": Function("chalicelib.digitisation.events.intake", environment=_SCANS),
    "copy": Function("chalicelib.digitisation.events.copy", timeout=120, memory=1769, environment=_SCANS),
    "read": Function(
        "chalicelib.digitisation.events.read", timeout=120, memory=1769, environment=(*_SCANS, "MOTCUA_PUBLIC_URL")
    ),
    "issue": Function("chalicelib.messages.events.issue", timeout=60, memory=1024, environment=_SIGNING),
    "sign": Function("chalicelib.messages.events.sign", timeout=60, memory=1024, environment=_SIGNING),
    "deliver": Function("chalicelib.vault.events.deliver", environment=_VAULTS),
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


STORES: Final[dict[str, Resource]] = {
    "IntakeBucket": bucket(events=True),  # "Intake" is the function
    "MessagesBucket": bucket(),
    "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": {"Fn::Sub": "${AWS::StackName}-events"}}},
    "Parked": {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": 14 * 86400}},
}

# --- events --------------------------------------------------------------------------------------------------


def rule(name: str, pattern: Resource, function: str, bus: str | None = None) -> dict[str, Resource]:
    """A rule `name` that calls `function` (a key of `FUNCTIONS`) for events of `pattern`, and its permission to do so.

    Without `bus` it listens on the account's default bus, where S3 speaks.
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


def stream(source: str, function: str) -> dict[str, Resource]:
    """New EVENT# rows of a table go to `function`, in order, in batches; what keeps failing is parked."""
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
        "DestinationConfig": {"OnFailure": {"Destination": arn("Parked")}},
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

STREAMS: Final[dict[str, Resource]] = {k: v for name in TABLES for k, v in stream(name, "outbox").items()}

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
                "Role": arn(f"{name}Role"),
            },
        },
    }


MACHINES: Final = machine("OneStop", "one_stop.asl.json", OpenLegArn="open_leg", DecideArn="decide")

RESOURCES: Final[dict[str, Resource]] = TABLES | STORES | RULES | STREAMS | MACHINES

# --- environment ---------------------------------------------------------------------------------------------

PARAMETERS: Final[dict[str, Resource]] = {
    "Stage": {"Type": "String"},
    "Issuer": {"Type": "String", "Description": "OpenID Connect issuer of the tokens we accept"},
    "Audience": {"Type": "String", "Default": "motcua"},
    "JwksUrl": {"Type": "String"},
    "Secret": {"Type": "String", "NoEcho": True, "Description": "Key of the hashes of personal identifiers"},
    "KeysFolder": {"Type": "String", "Default": ""},
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
