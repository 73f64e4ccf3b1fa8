"""Some actions on some things, as IAM writes them: the words of which the policies are made."""

from typing import Any, Final, Literal, NamedTuple

from chalicelib.messages.fence import REGISTER, SignerKind
from infra.stack.resources import KEY, PAPERS_KEY, SEALING_KEY, TOKEN_KEY, Resource, arn

LOG_DELIVERY: Final = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
)
"""What Step Functions needs to set up its log, and has no resource either: machines only."""


class Grant(NamedTuple):
    """Some actions on some resources, perhaps under a condition; or the same denied."""

    actions: tuple[str, ...]
    resources: tuple[Resource | str, ...]
    condition: Resource | None = None
    effect: Literal["Allow", "Deny"] = "Allow"

    def statement(self) -> dict[str, Any]:
        """As IAM writes it."""
        told = {"Effect": self.effect, "Action": list(self.actions), "Resource": list(self.resources)}
        return told | ({"Condition": self.condition} if self.condition else {})


def items(table: str, *operations: str) -> Grant:
    """Operations on the items of a table: `items("Dossiers", "GetItem")`."""
    return Grant(tuple(f"dynamodb:{name}" for name in operations), (arn(table),))


def listing(table: str, *indexes: str) -> Grant:
    """Query of indexes."""
    paths = tuple(_under(table, f"index/{name}") for name in indexes)
    return Grant(("dynamodb:Query",), paths)


def objects(bucket: str, operation: str, *prefixes: str) -> Grant:
    """An operation on the objects under prefixes."""
    return Grant((f"s3:{operation}",), tuple(_under(bucket, f"{prefix}/*") for prefix in prefixes))


def absent(bucket: str, prefix: str) -> Grant:
    """Without it a HEAD of what is not there answers 403 and not 404."""
    return under_prefix("ListBucket", bucket, prefix)


def begun_with(bucket: str, beginning: str, operations: tuple[str, ...]) -> tuple[Grant, ...]:
    """Operations on the objects whose keys begin so, and a HEAD that answers 404 of one that is not there."""
    condition = {"StringLike": {"s3:prefix": [f"{beginning}*"]}}
    there = _under(bucket, f"{beginning}*")
    return (
        *(Grant((f"s3:{name}",), (there,)) for name in operations),
        Grant(("s3:ListBucket",), (arn(bucket),), condition),
    )


def under_prefix(operation: str, bucket: str, prefix: str) -> Grant:
    """An operation on a bucket that names keys under a prefix only."""
    return Grant((f"s3:{operation}",), (arn(bucket),), {"StringLike": {"s3:prefix": [f"{prefix}/*"]}})


def registered(kind: SignerKind) -> tuple[Grant, ...]:
    """Looking whether a certificate is in the register of signers."""
    return objects("MessagesBucket", "GetObject", f"{REGISTER}/{kind}"), absent("MessagesBucket", f"{REGISTER}/{kind}")


def key(*operations: str) -> Grant:
    """Use of the data key."""
    return Grant(tuple(f"kms:{name}" for name in operations), (arn(KEY),))


def papers(*operations: str) -> Grant:
    """Use of the key of files."""
    return Grant(tuple(f"kms:{name}" for name in operations), (arn(PAPERS_KEY),))


def unsealing(*operations: str) -> Grant:
    """Use of the key that wraps the keys of days, and only with a context that names a day."""
    named = {"Null": {"kms:EncryptionContext:day": "false"}}
    return Grant(tuple(f"kms:{name}" for name in ("Decrypt", *operations)), (arn(SEALING_KEY),), named)


def only_under(partitions: tuple[str, ...], grant: Grant) -> Grant:
    """The same on some partitions of the table only."""
    return grant._replace(condition={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(partitions)}})


def _under(name: str, path: str) -> Resource:
    return {"Fn::Sub": [f"${{Owner}}/{path}", {"Owner": arn(name)}]}


def streams(*tables: str) -> Grant:
    """Reading the streams of tables."""
    actions = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams")
    return Grant(actions, tuple(arn(table, "StreamArn") for table in tables))


def signing(*kinds: str) -> tuple[Grant, ...]:
    """The keys behind the aliases of agencies or officers of this stage, and their certificates."""
    keys: Resource = {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"}
    aliases = [{"Fn::Sub": f"alias/motcua/${{Stage}}/{kind}/*"} for kind in kinds]
    behind = {"ForAnyValue:StringLike": {"kms:ResourceAliases": aliases}}
    certificates = objects("MessagesBucket", "GetObject", *(f"signers/{kind}" for kind in kinds))
    return Grant(("kms:Sign",), (keys,), behind), certificates


def exchanging() -> tuple[Grant, ...]:
    """The key of exchanged tokens, and those that came after it, behind aliases of their own in this stage."""
    both = ("kms:Sign", "kms:GetPublicKey")
    keys: Resource = {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"}
    behind = {"ForAnyValue:StringLike": {"kms:ResourceAliases": [{"Fn::Sub": "alias/motcua/${Stage}/tokens/*"}]}}
    return Grant(both, (arn(TOKEN_KEY),)), Grant(both, (keys,), behind)


def mailing() -> Grant:
    """Sending e-mail by SES, from the identities of this account and region."""
    account = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:"
    return Grant(
        ("ses:SendEmail",), ({"Fn::Sub": f"{account}identity/*"}, {"Fn::Sub": f"{account}configuration-set/*"})
    )


def texting() -> tuple[Grant, Grant]:
    """Sending SMS by SNS in this region, and to no topic: a telephone number has no ARN of its own."""
    here = {"StringEquals": {"aws:RequestedRegion": {"Ref": "AWS::Region"}}}
    topics = {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}
    return Grant(("sns:Publish",), ("*",), here), Grant(("sns:Publish",), (topics,), effect="Deny")
