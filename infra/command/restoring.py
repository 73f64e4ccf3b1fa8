"""Tables as they stood at a moment, under other names, as they were set: streams, recovery, protection, TTL, tags.

DynamoDB restores items, keys and indexes, and nothing of the rest (docs/how-to/deploy.md#restore).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from chalicelib.kernel import aws, waiting
from infra.command.place import Place
from infra.stack.resources import TABLES

WAIT: Final = {"Delay": 20, "MaxAttempts": 1080}
"""Six hours: a restore takes from twenty minutes to some hours, whatever the size."""


def _erased_again(_: Place) -> int:
    """Carry out the list of erasures, which no restore brings back: a table that does may say what was erased since."""
    from chalicelib.identity.petitions.wiring import restored
    from chalicelib.onestop.wiring import erasures

    done = {each.reference for each in erasures().apply() if each.destroyed or each.told}
    return len(done | set(restored().apply()))


def _taken_back_again(_: Place) -> int:
    """Carry out the list of what was taken back from the public: a restored table may show it again."""
    from chalicelib.identity.petitions.wiring import public_again

    return len(list(public_again().apply()))


BEFORE_SERVING: Final[list[Callable[[Place], int]]] = [_erased_again, _taken_back_again]
"""What is done to restored tables before they serve, in order: each gets them as a place, entered, and answers how many
things it changed."""


class NotAsBefore(Exception):
    """A restored table is not set as the one that it came from; the text names what differs."""


class CannotRestore(Exception):
    """A table has no point-in-time recovery."""


@dataclass(frozen=True)
class Settings:
    """What a table has beside its items; `tags` without those that AWS sets itself."""

    keys: tuple[tuple[str, str], ...]
    indexes: tuple[str, ...]
    cipher: str
    stream: str = ""
    days: int = 0
    is_protected: bool = False
    expires_by: str = ""
    tags: tuple[tuple[str, str], ...] = ()


def settings(table: str) -> Settings:
    """The settings of a table; `days` is for how long it can be restored to a moment, 0 when not at all."""
    db = aws.client("dynamodb")
    told = db.describe_table(TableName=table)["Table"]
    stream = told.get("StreamSpecification", {})
    recovery = db.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    moment = recovery.get("PointInTimeRecoveryDescription", {})
    expiry = db.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    return Settings(
        keys=tuple((k["AttributeName"], k["KeyType"]) for k in told["KeySchema"]),
        indexes=tuple(sorted(i["IndexName"] for i in told.get("GlobalSecondaryIndexes", ()))),
        cipher=told.get("SSEDescription", {}).get("KMSMasterKeyArn", ""),
        stream=stream["StreamViewType"] if stream.get("StreamEnabled") else "",
        days=moment.get("RecoveryPeriodInDays", 35) if moment.get("PointInTimeRecoveryStatus") == "ENABLED" else 0,
        is_protected=bool(told.get("DeletionProtectionEnabled")),
        expires_by=expiry.get("AttributeName", "") if expiry.get("TimeToLiveStatus", "").startswith("ENABL") else "",
        tags=tuple(sorted(_tags(told["TableArn"]))),
    )


def _tags(arn: str) -> Iterator[tuple[str, str]]:
    given: dict[str, str] = {}
    while True:
        told = aws.client("dynamodb").list_tags_of_resource(ResourceArn=arn, **given)
        yield from ((t["Key"], t["Value"]) for t in told.get("Tags", ()) if not t["Key"].startswith("aws:"))
        if not told.get("NextToken"):
            return
        given = {"NextToken": told["NextToken"]}


def restored(place: Place, suffix: str, at: datetime | None) -> Place:
    """Every table as it stood at a moment (None: as late as can be), under its name and a suffix; answers that place.

    Raises CannotRestore before anything is made, NotAsBefore.
    """
    before = {logical: settings(place.name(logical)) for logical in TABLES}
    if lacking := [place.name(logical) for logical, had in before.items() if not had.days]:
        raise CannotRestore(f"no point-in-time recovery: {', '.join(lacking)}")
    moment: dict[str, Any] = {"RestoreDateTime": at} if at else {"UseLatestRestorableTime": True}
    names = {logical: f"{place.name(logical)}-{suffix}" for logical in TABLES}
    for logical, new in names.items():
        sealed: dict[str, Any] = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": before[logical].cipher}
        aws.client("dynamodb").restore_table_to_point_in_time(
            SourceTableName=place.name(logical),
            TargetTableName=new,
            BillingModeOverride="PAY_PER_REQUEST",
            **({"SSESpecificationOverride": sealed} if before[logical].cipher else {}),
            **moment,
        )
    for logical, new in names.items():
        _wait(new)
        _set(new, before[logical])
    return replace(place, names={**place.names, **{f"table.{logical}": new for logical, new in names.items()}})


def _wait(table: str) -> None:
    aws.client("dynamodb").get_waiter("table_exists").wait(TableName=table, WaiterConfig=WAIT)


def _set(table: str, wanted: Settings) -> None:
    """Set a restored table as the one before it was, and look whether it is. Raises NotAsBefore."""
    db = aws.client("dynamodb")
    if wanted.stream:
        view = {"StreamEnabled": True, "StreamViewType": wanted.stream}
        db.update_table(TableName=table, StreamSpecification=view)
        _wait(table)  # a table takes one change at a time
    if wanted.is_protected:
        db.update_table(TableName=table, DeletionProtectionEnabled=True)
        _wait(table)
    _recoverable(table, wanted.days)
    if wanted.expires_by:
        expiry = {"Enabled": True, "AttributeName": wanted.expires_by}
        db.update_time_to_live(TableName=table, TimeToLiveSpecification=expiry)
    if wanted.tags:
        arn = db.describe_table(TableName=table)["Table"]["TableArn"]
        db.tag_resource(ResourceArn=arn, Tags=[{"Key": k, "Value": v} for k, v in wanted.tags])
    now = settings(table)
    if wrong := [f.name for f in fields(Settings) if getattr(now, f.name) != getattr(wanted, f.name)]:
        raise NotAsBefore(f"{table}: {', '.join(wrong)}")


def _recoverable(table: str, days: int) -> None:
    db, recovery = aws.client("dynamodb"), {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": days}
    for _ in waiting.turns():
        try:
            db.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=recovery)
        except db.exceptions.ContinuousBackupsUnavailableException:  # for a moment, of a table that is new
            continue
        return


def before_serving(place: Place) -> int:
    """Do to restored tables what has to be done before they serve; answers how many things that changed."""
    return sum(each(place) for each in BEFORE_SERVING)


def parameters(place: Place) -> dict[str, str]:
    """What the app stack has to be told of restored tables, by its parameters."""
    found: dict[str, str] = {}
    for logical in TABLES:
        told = aws.client("dynamodb").describe_table(TableName=place.name(logical))["Table"]
        found |= {f"{logical}Name": told["TableName"], f"{logical}Arn": told["TableArn"]}
        found |= {f"{logical}StreamArn": told["LatestStreamArn"]}
    return found


def removed(new: Place, stage: Place) -> None:
    """Delete restored tables, of a drill. Raises ValueError for a table of the stage itself."""
    db = aws.client("dynamodb")
    for logical in TABLES:
        table = new.name(logical)
        if table == stage.name(logical):
            raise ValueError(f"{table} is the stage's own")
        db.update_table(TableName=table, DeletionProtectionEnabled=False)
        _wait(table)
        db.delete_table(TableName=table)
