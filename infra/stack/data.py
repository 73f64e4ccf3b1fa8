"""The data stack: what AWS adds to tables and buckets so that nothing is lost, read or deleted by mistake."""

from typing import Any, Final

from chalicelib.vault.takeouts.model import FOLDER, KEPT_DAYS
from infra.stack.life import LOG_DAYS
from infra.stack.malware import BY_GUARDDUTY, CONDITION, SCAN, protection
from infra.stack.resources import (
    ANCHOR_KEY,
    BUCKETS,
    KEY,
    PAPERS_KEY,
    PEPPER,
    SEALING_KEY,
    TABLES,
    TOKEN_KEY,
    UNLOGGED,
    Resource,
    arn,
    ref,
)
from infra.stack.stores import LETTER_DAYS, bucket

_RETAINED: Final = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}


def _kept(resource: Resource, **more: Any) -> Resource:
    return {"Type": resource["Type"], **_RETAINED, "Properties": resource["Properties"] | more}


def _protected_table(given: Resource, **more: Any) -> Resource:
    sealed = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": arn(KEY)}
    return _kept(given, DeletionProtectionEnabled=True, SSESpecification=sealed, **more)


# Only items that carry it are ever deleted: what was done under an Idempotency-Key, entries of feeds, a day's counters.
_FORGOTTEN: Final = {"AttributeName": "forget_at", "Enabled": True}


def _rule(name: str, **what: Any) -> Resource:
    return {"Id": name, "Status": "Enabled", **what}


# No rule deletes an old version: records name the version they checked, sealed or signed, and it may be an old one.
# Uploads of drafts and of dossiers stand side by side: those of a draft that expired go by its sweep.
_LIFECYCLE: Final = (
    _rule("unfinished", AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7}),
    _rule(
        "old-versions",
        NoncurrentVersionTransitions=[{"StorageClass": "GLACIER_IR", "TransitionInDays": 90}],
        ExpiredObjectDeleteMarker=True,
    ),
)
# Lists and open data are made again every day, under the same name while they say the same: what is old is not read.
_SNAPSHOTS: Final = _rule(
    "old-snapshots",
    Prefix="catalogue/",
    ExpirationInDays=30,
    NoncurrentVersionExpiration={"NoncurrentDays": 30},
)

HEAD_DAYS: Final = 400
"""The most that a stage may say for `SweepDays`, and what is kept beyond."""
_LETTERS: Final = _rule(
    "letters",
    Prefix="aws/lambda/",
    ExpirationInDays=LETTER_DAYS,
    NoncurrentVersionExpiration={"NoncurrentDays": LETTER_DAYS},
)


# A result may be drawn anew before its approval, under the same name: who approves sees the last one.
_PREVIEWS: Final = _rule("old-previews", Prefix="previews/", NoncurrentVersionExpiration={"NoncurrentDays": 30})

# What an owner takes away of their vault is a copy: it goes after its time, and so does each version of it.
_TAKEOUTS: Final = _rule(
    "takeouts",
    Prefix=f"{FOLDER}/",
    ExpirationInDays=KEPT_DAYS,
    NoncurrentVersionExpiration={"NoncurrentDays": 1},
)

# Heads of chains: the next head of each stands before this one goes, and what is locked stays for as long as it is.
_HEADS: Final = _rule(
    "heads",
    Prefix="heads/",
    ExpirationInDays=HEAD_DAYS,
    NoncurrentVersionExpiration={"NoncurrentDays": 1},
)


def _protected_bucket(given: Resource, *rules: Resource, key: str = PAPERS_KEY, **more: Any) -> Resource:
    cipher = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn(key)}
    return _kept(
        given,
        BucketEncryption={
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": cipher, "BucketKeyEnabled": True}]
        },
        OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        LifecycleConfiguration={"Rules": [*_LIFECYCLE, *rules]},
        **more,
    )


# A copy of the logs that nobody can change or delete, in a stage that asks for it: there a rule of the bucket is right,
# since nothing but logs is in it.
_ARCHIVED: Final = {
    "ObjectLockEnabled": "Enabled",
    "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": ref("LogLockDays")}},
}


def _tls_only(name: str, *more: Resource) -> Resource:
    both = [arn(name), {"Fn::Sub": f"${{{name}.Arn}}/*"}]
    deny = {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": both,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    document = {"Version": "2012-10-17", "Statement": [deny, *more]}
    return {
        "Type": "AWS::S3::BucketPolicy",
        **_RETAINED,
        "Properties": {"Bucket": ref(name), "PolicyDocument": document},
    }


_CLOUDWATCH: Final = {"Service": {"Fn::Sub": "logs.${AWS::Region}.${AWS::URLSuffix}"}}
_THIS_ACCOUNT: Final = {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}}


def _log_archive() -> dict[str, Resource]:
    """The bucket into which `motcua ops archive-logs` lets CloudWatch copy, and who may write into it."""
    made = _protected_bucket(bucket(), key=KEY, ObjectLockEnabled=True, ObjectLockConfiguration=_ARCHIVED)
    statements = [
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": _CLOUDWATCH,
            "Action": action,
            "Resource": resource,
            "Condition": _THIS_ACCOUNT,
        }
        for sid, action, resource in (
            ("LogsLook", "s3:GetBucketAcl", arn("LogsBucket")),
            ("LogsWrite", "s3:PutObject", {"Fn::Sub": "${LogsBucket.Arn}/*"}),
        )
    ]
    found = {"LogsBucket": made, "LogsBucketPolicy": _tls_only("LogsBucket", *statements)}
    return {name: {"Condition": "ArchivesLogs", **resource} for name, resource in found.items()}


def _key() -> Resource:
    """The key of tables, logs, settings and alarms; the account's administrators give further rights by IAM."""
    logs: Resource = {"Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"}
    use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
    statements = [
        {
            "Sid": "Account",
            "Effect": "Allow",
            "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Sid": "Logs",
            "Effect": "Allow",
            "Principal": {"Service": {"Fn::Sub": "logs.${AWS::Region}.${AWS::URLSuffix}"}},
            "Action": use,
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
        },
        {
            "Sid": "LogArchive",
            "Effect": "Allow",
            "Principal": _CLOUDWATCH,
            "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
            "Resource": "*",
            "Condition": _THIS_ACCOUNT,
        },
        {
            "Sid": "Alarms",
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}},
        },
    ]
    return {
        "Type": "AWS::KMS::Key",
        **_RETAINED,
        "Properties": {
            "Description": "Mot Cua: tables, logs, settings",
            "EnableKeyRotation": True,
            "PendingWindowInDays": 30,
            "KeyPolicy": {"Version": "2012-10-17", "Statement": statements},
        },
    }


def _own_key(about: str, **properties: Any) -> Resource:
    """A key for one thing alone: who may use it is said by the policies of functions."""
    account = {
        "Sid": "Account",
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
        "Action": "kms:*",
        "Resource": "*",
    }
    policy = {"Version": "2012-10-17", "Statement": [account]}
    given = {"Description": about, **properties, "PendingWindowInDays": 30, "KeyPolicy": policy}
    return {"Type": "AWS::KMS::Key", **_RETAINED, "Properties": given}


def _anchor_key() -> Resource:
    """An HMAC key that never leaves KMS: the sweep's role alone is given `kms:GenerateMac`, by its policy."""
    return _own_key("Mot Cua: anchors of the chains of hashes", KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")


def _sealing_key() -> Resource:
    """It wraps the keys of days, and nothing else is encrypted under it. AWS turns its material each year."""
    return _own_key("Mot Cua: keys of dossiers", EnableKeyRotation=True)


def _papers_key() -> Resource:
    """It is for files alone: who may read a table opens no paper with it, and the other way round."""
    return _own_key("Mot Cua: files", EnableKeyRotation=True)


def _token_key() -> Resource:
    """A signing key whose private half never leaves KMS. AWS turns no key of this kind: docs/how-to/deploy.md does."""
    return _own_key("Mot Cua: tokens of portals", KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")


def _pepper() -> Resource:
    """Drawn once by Secrets Manager, seen by nobody who deploys, and never changed: every hash of a person is by it."""
    drawn = {"PasswordLength": 64, "ExcludePunctuation": True}
    given = {"Description": "Mot Cua: hashes of personal identifiers", "KmsKeyId": arn(KEY)}
    return {"Type": "AWS::SecretsManager::Secret", **_RETAINED, "Properties": given | {"GenerateSecretString": drawn}}


# One per account and region, so it stays when an app stack goes: API Gateway writes no access log without it.
_GATEWAY_LOGS: Final[dict[str, Resource]] = {
    "GatewayLogsRole": {
        "Type": "AWS::IAM::Role",
        "Condition": "OwnGatewayLogs",
        "Properties": {
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "apigateway.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            },
            "ManagedPolicyArns": [
                {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"}
            ],
        },
    },
    "GatewayLogs": {
        "Type": "AWS::ApiGateway::Account",
        "Condition": "OwnGatewayLogs",
        "Properties": {"CloudWatchRoleArn": arn("GatewayLogsRole")},
    },
}

# What is signed is locked object by object (`messages/store.py`). A rule here would lock previews, the register of
# signers, and copies that law wants deleted as well.
_LOCK: Final = {"ObjectLockEnabled": "Enabled"}

# A browser posts a form that we signed, from a page of a portal: nothing else is asked for, and no answer is read but
# the version. Without portals there is no rule at all.
_BROWSERS: Final = {
    "Fn::If": [
        "Portals",
        {
            "CorsRules": [
                {
                    "Id": "portals-post",
                    "AllowedOrigins": ref("PortalOrigins"),
                    "AllowedMethods": ["POST"],
                    "AllowedHeaders": ["Content-Type"],
                    "ExposedHeaders": ["x-amz-version-id"],
                    "MaxAge": 3600,
                }
            ]
        },
        ref("AWS::NoValue"),
    ]
}

DATA: Final[dict[str, Resource]] = (
    {KEY: _key(), PAPERS_KEY: _papers_key(), ANCHOR_KEY: _anchor_key(), SEALING_KEY: _sealing_key()}
    | {TOKEN_KEY: _token_key(), PEPPER: _pepper()}
    | {name: _protected_table(given) for name, given in (TABLES | UNLOGGED).items()}
    | {
        name: _protected_table(TABLES[name], TimeToLiveSpecification=_FORGOTTEN)
        for name in ("Dossiers", "Identity", "Subscriptions", "Vaults")
    }
    | {
        "IntakeBucket": _protected_bucket(BUCKETS["IntakeBucket"], CorsConfiguration=_BROWSERS),
        "MessagesBucket": _protected_bucket(
            BUCKETS["MessagesBucket"],
            _PREVIEWS,
            _TAKEOUTS,
            _HEADS,
            ObjectLockEnabled=True,
            ObjectLockConfiguration=_LOCK,
        ),
        "ExportsBucket": _protected_bucket(BUCKETS["ExportsBucket"], _SNAPSHOTS),
        "LettersBucket": _protected_bucket(BUCKETS["LettersBucket"], _LETTERS),
    }
    | {f"{name}Policy": _tls_only(name) for name in BUCKETS}
    | _log_archive()
    | _GATEWAY_LOGS
    | protection(PAPERS_KEY)
)

DATA_PARAMETERS: Final[dict[str, Resource]] = {
    "LogLockDays": {
        "Type": "Number",
        "Default": 0,
        "AllowedValues": [0, *LOG_DAYS],
        "Description": "Days in which nobody can change or delete the archive of logs; 0 makes no archive",
    },
    "PortalOrigins": {
        "Type": "CommaDelimitedList",
        "Default": "",
        "AllowedPattern": r"|https://[A-Za-z0-9.-]+(:[0-9]+)?",
        "ConstraintDescription": "origins such as https://dvc.example.vn, without a wildcard and without a path",
        "Description": "Origins of the portals whose pages upload files to the intake bucket; empty for none",
    },
    "MalwareScan": SCAN,
    "OwnsGatewayLogs": {
        "Type": "String",
        "Default": "true",
        "AllowedValues": ["true", "false"],
        "Description": "false when something else in this account and region sets API Gateway's role for logs",
    },
}
DATA_CONDITIONS: Final[dict[str, Resource]] = {
    "Portals": {"Fn::Not": [{"Fn::Equals": [{"Fn::Join": ["", ref("PortalOrigins")]}, ""]}]},
    "ArchivesLogs": {"Fn::Not": [{"Fn::Equals": [ref("LogLockDays"), 0]}]},
    BY_GUARDDUTY: CONDITION,
    "OwnGatewayLogs": {"Fn::Equals": [ref("OwnsGatewayLogs"), "true"]},
}

# What the app stack takes of the data stack: output and parameter have the same name.
OUTPUTS: Final[dict[str, Resource]] = (
    {f"{name}Name": ref(name) for name in (*TABLES, *UNLOGGED)}
    | {
        f"{name}Arn": arn(name)
        for name in (*TABLES, *UNLOGGED, *BUCKETS, KEY, PAPERS_KEY, ANCHOR_KEY, SEALING_KEY, TOKEN_KEY)
    }
    | {f"{PEPPER}Arn": ref(PEPPER)}
    | {f"{name}StreamArn": arn(name, "StreamArn") for name in TABLES}
)
BUCKET_NAMES: Final[dict[str, Resource]] = {
    name: {"Fn::Select": [5, {"Fn::Split": [":", ref(f"{name}Arn")]}]} for name in BUCKETS
}
"""What other stacks know a bucket by: its ARN ends with its name, so one parameter says both."""
