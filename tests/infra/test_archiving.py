"""A day of every log goes into the archive; a stage without one is told so, and what is not whole is a failure."""

import gzip
import json
from datetime import UTC, date, datetime

import boto3
import pytest
from moto import mock_aws
from typer.testing import CliRunner

from chalicelib.kernel import aws
from infra.build.compose import data_template
from infra.build.stacks import Stack, names_of
from infra.command import archiving
from infra.command.archiving import Copied, archive
from infra.command.ops import ops_app
from infra.command.place import NotNamed, Place
from infra.local.names import REGION
from infra.stack.life import LOG_DAYS

DAY = date(2026, 11, 24)
NAMES = {"bucket.LogsBucket": "archive", "log.VaultApiLogs": "app-VaultApiLogs-1", "log.ApiLogs": "app-ApiLogs-2"}


@pytest.fixture
def stage(monkeypatch):
    """Two logs, each with a line on the day, one before and one after it, and the archive."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        made = {service: boto3.client(service, region_name=REGION) for service in ("s3", "logs")}
        monkeypatch.setattr(aws, "client", made.__getitem__)
        made["s3"].create_bucket(Bucket="archive", CreateBucketConfiguration={"LocationConstraint": REGION})
        for group in ("app-VaultApiLogs-1", "app-ApiLogs-2"):
            made["logs"].create_log_group(logGroupName=group)
            made["logs"].create_log_stream(logGroupName=group, logStreamName="s")
            lines = [
                {"timestamp": int(datetime(2026, 11, day, 23, 59, 59, tzinfo=UTC).timestamp() * 1000), "message": text}
                for day, text in ((23, "before"), (24, "on the day"), (25, "after"))
            ]
            made["logs"].put_log_events(logGroupName=group, logStreamName="s", logEvents=lines)
        yield made


def kept(s3):
    """Text of every object of the archive, by the log and day that its key begins with."""
    found = {}
    for each in s3.list_objects_v2(Bucket="archive").get("Contents", ()):
        if not each["Key"].endswith("aws-logs-write-test"):
            body = s3.get_object(Bucket="archive", Key=each["Key"])["Body"].read()
            text = gzip.decompress(body) if each["Key"].endswith(".gz") else body
            found["/".join(each["Key"].split("/")[:2])] = text.decode()
    return found


def test_a_day_of_every_log_is_copied_and_no_other_day(stage):
    waited = []
    assert list(archive(Place(NAMES), DAY, waited.append)) == [
        Copied("ApiLogs", "COMPLETED"),
        Copied("VaultApiLogs", "COMPLETED"),
    ]
    found = kept(stage["s3"])
    assert set(found) == {"ApiLogs/2026-11-24", "VaultApiLogs/2026-11-24"}
    assert all("on the day" in text and "before" not in text and "after" not in text for text in found.values())


def test_a_copy_that_takes_long_is_waited_for(stage, monkeypatch):
    said, waited = iter(["PENDING", "RUNNING", "COMPLETED"]), []

    def told(**_):
        return {"exportTasks": [{"status": {"code": next(said)}}]}

    monkeypatch.setattr(stage["logs"], "describe_export_tasks", told)
    one = {k: v for k, v in NAMES.items() if k != "log.ApiLogs"}
    assert list(archive(Place(one), DAY, waited.append)) == [Copied("VaultApiLogs", "COMPLETED")]
    assert waited == [archiving.PAUSE] * 2


def test_a_stage_without_an_archive_is_told_so(stage):
    with pytest.raises(NotNamed, match=r"bucket\.LogsBucket"):
        list(archive(Place({"log.ApiLogs": "app-ApiLogs-2"}), DAY))


@pytest.mark.parametrize(("status", "code"), [("COMPLETED", 0), ("FAILED", 1)])
def test_the_command_says_what_became_of_each_log(stage, monkeypatch, tmp_path, status, code):
    where = tmp_path / "where.json"
    where.write_text(json.dumps({**NAMES, "region": REGION}))

    def told(**_):
        return {"exportTasks": [{"status": {"code": status}}]}

    monkeypatch.setattr(stage["logs"], "describe_export_tasks", told)
    words = ["archive-logs", "--where", str(where), "--day", "2026-11-24", "--json"]
    answer = CliRunner().invoke(ops_app, words)
    assert answer.exit_code == code, answer.output
    assert json.loads(answer.stdout)[0] == {"log": "ApiLogs", "day": "2026-11-24", "status": status}


def test_what_is_no_day_is_refused(stage, tmp_path):
    where = tmp_path / "where.json"
    where.write_text(json.dumps(NAMES))
    assert CliRunner().invoke(ops_app, ["archive-logs", "--where", str(where), "--day", "gestern"]).exit_code == 2


def test_a_deployment_names_its_logs_and_its_archive():
    data = Stack("data", 0, {}, {"LogsBucket": ("AWS::S3::Bucket", "archive")})
    app = Stack("app", 0, {}, {"ApiLogs": ("AWS::Logs::LogGroup", "app-ApiLogs-2")})
    assert names_of(data, app) == {"bucket.LogsBucket": "archive", "log.ApiLogs": "app-ApiLogs-2"}


def test_the_archive_is_there_only_where_asked_for_and_nobody_can_change_it():
    template = data_template()
    made, policy = template["Resources"]["LogsBucket"], template["Resources"]["LogsBucketPolicy"]
    assert made["Condition"] == policy["Condition"] == "ArchivesLogs"
    assert template["Parameters"]["LogLockDays"]["Default"] == 0
    assert template["Parameters"]["LogLockDays"]["AllowedValues"] == [0, *LOG_DAYS]
    rule = made["Properties"]["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert rule == {"Mode": "COMPLIANCE", "Days": {"Ref": "LogLockDays"}}
    assert made["Properties"]["ObjectLockEnabled"] is True
    given = {s["Sid"]: s for s in policy["Properties"]["PolicyDocument"]["Statement"]}
    assert given.keys() == {"OnlyTls", "LogsLook", "LogsWrite"}
    for sid in ("LogsLook", "LogsWrite"):
        assert given[sid]["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
