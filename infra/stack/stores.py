"""Tables, buckets and queues in the shape of CloudFormation: what every one of ours has."""

from typing import Any, Final

KEPT: Final = 14 * 86400
"""Seconds a message is kept, waiting for its worker or parked: SQS allows no more."""
HIDDEN: Final = 6
"""Time-outs of its function for which a message is hidden from others while it is worked on: AWS asks for six."""
LETTER_DAYS: Final = 90
"""Days for which rows are kept that a stream gave up; their record's log has them for ever."""
TRIED_FOR: Final = 6 * 3600
"""Seconds for which a message that fails is tried again before it is parked."""


def index(name: str, keys: tuple[str, ...], include: tuple[str, ...] | None = ()) -> dict[str, Any]:
    """A global secondary index; `include` names further attributes, () is the keys only, None is everything."""
    kinds = ("HASH", "RANGE")
    projection: dict[str, Any] = {"ProjectionType": "ALL" if include is None else "INCLUDE" if include else "KEYS_ONLY"}
    if include:
        projection["NonKeyAttributes"] = list(include)
    return {
        "IndexName": name,
        "KeySchema": [{"AttributeName": k, "KeyType": kind} for k, kind in zip(keys, kinds, strict=False)],
        "Projection": projection,
    }


def table(*indexes: dict[str, Any], view: str = "NEW_IMAGE") -> dict[str, Any]:
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


def unlogged_table() -> dict[str, Any]:
    """A table keyed pk, sk, paid per request, of which nobody is told anything."""
    plain = table()
    return plain | {"Properties": {k: v for k, v in plain["Properties"].items() if k != "StreamSpecification"}}


def bucket(*, events: bool = False) -> dict[str, Any]:
    """A private versioned bucket; with `events` its changes go to the account's default bus."""
    properties: dict[str, Any] = {
        "VersioningConfiguration": {"Status": "Enabled"},
        "PublicAccessBlockConfiguration": dict.fromkeys(
            ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
        ),
    }
    if events:
        properties["NotificationConfiguration"] = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    return {"Type": "AWS::S3::Bucket", "Properties": properties}


def queue() -> dict[str, Any]:
    """A queue for what could not be delivered or done."""
    return {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": KEPT, "SqsManagedSseEnabled": True}}


def work_queue(parked: str, timeout: int) -> dict[str, Any]:
    """A queue for a function with a time-out in seconds; what fails for hours is moved into the queue `parked`."""
    hidden = HIDDEN * timeout
    redrive = {"deadLetterTargetArn": {"Fn::GetAtt": [parked, "Arn"]}, "maxReceiveCount": -(-TRIED_FOR // hidden)}
    plain = queue()
    return plain | {"Properties": plain["Properties"] | {"VisibilityTimeout": hidden, "RedrivePolicy": redrive}}
