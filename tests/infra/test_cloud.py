import json
import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from infra.local.cloud import AlreadyRunning, FolderBusy, LocalCloud, NotIdle, PortBusy
from infra.local.folder import forget
from infra.local.names import HOST
from tests.infra.conftest import seen
from tests.infra.sample import app as sample
from tests.infra.sample.stack import APP


def put(client, pk, sk="HEAD", **values):
    item = {"pk": {"S": pk}, "sk": {"S": sk}, **{k: {"S": v} for k, v in values.items()}}
    client("dynamodb").put_item(TableName=os.environ["TABLE"], Item=item)


def rows(client, pk):
    found = client("dynamodb").query(
        TableName=os.environ["TABLE"], KeyConditionExpression="pk=:p", ExpressionAttributeValues={":p": {"S": pk}}
    )
    return [i["sk"]["S"] for i in found["Items"]]


def test_the_products_list_boots(tmp_path, client):
    if LocalCloud.current is not None:  # that of the test before
        LocalCloud.current.stop()
    with LocalCloud(tmp_path / "data", application=f"{APP}.app") as cloud:
        assert os.environ["MOTCUA_DOSSIERS_TABLE"] in client("dynamodb").list_tables()["TableNames"]
        assert os.environ["MOTCUA_ONE_STOP_MACHINE"].endswith(":stateMachine:OneStop")
        assert os.environ["MOTCUA_PUBLIC_URL"] == cloud.url
        assert len(os.environ["MOTCUA_SECRET"]) >= 64
        assert len(client("events").list_rules(EventBusName=os.environ["MOTCUA_BUS"])["Rules"]) >= 12
        versioning = client("s3").get_bucket_versioning(Bucket=os.environ["MOTCUA_INTAKE_BUCKET"])
        assert versioning["Status"] == "Enabled"
        cloud.wait_idle()
    assert "MOTCUA_SECRET" not in os.environ


def test_files_are_private_and_where_tells_the_addresses(clouds):
    cloud = clouds()
    assert json.loads((cloud.folder / "where.json").read_text()) == cloud.where()
    assert stat.S_IMODE(cloud.folder.stat().st_mode) == 0o700
    for name in ("secret", "issuer.json"):
        assert stat.S_IMODE((cloud.folder / name).stat().st_mode) == 0o600
    assert cloud.where()["table.Dossiers"] == os.environ["TABLE"]


def test_secret_and_issuer_key_are_kept(clouds):
    one = clouds()
    kept = [(one.folder / name).read_text() for name in ("secret", "issuer.json")]
    two = clouds()
    assert [(two.folder / name).read_text() for name in ("secret", "issuer.json")] == kept


def test_a_busy_port_is_named(tmp_path, clouds):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortBusy, match=str(port)) as caught:
            clouds(port=port)
        assert caught.value.port == port
    assert LocalCloud.current is None
    assert clouds(port=port).url.endswith(f":{port}")  # and the folder is free again


def test_one_cloud_per_process_and_per_folder(tmp_path, clouds):
    cloud = clouds()
    with pytest.raises(AlreadyRunning):
        LocalCloud(tmp_path / "other").start()
    with pytest.raises(FolderBusy):
        forget(cloud.folder)
    cloud.stop()
    forget(cloud.folder)
    assert not cloud.folder.exists()


def listening():
    """Addresses this process listens on, from the kernel."""
    inodes = {str(f.readlink()) for f in Path("/proc/self/fd").iterdir() if f.is_symlink()}
    lines = [line.split() for n in ("tcp", "tcp6") for line in Path(f"/proc/self/net/{n}").read_text().splitlines()[1:]]
    return {line[1] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in inodes}


def test_everything_listens_on_the_loopback_only(cloud):
    found = listening()
    assert len(found) >= 2
    assert {address.split(":")[0] for address in found} == {"0100007F"}  # 127.0.0.1


def test_data_survives_a_stop(clouds, client):
    clouds()
    put(client, "a", text="hồ sơ")
    put(client, "b")
    client("dynamodb").delete_item(TableName=os.environ["TABLE"], Key={"pk": {"S": "b"}, "sk": {"S": "HEAD"}})
    s3 = client("s3")
    for body in (b"one", b"two"):
        s3.put_object(Bucket=os.environ["INTAKE"], Key="a/hồ sơ.pdf", Body=body, Metadata={"by": "test"})
    clouds()
    assert rows(client, "a") == ["HEAD"]
    assert rows(client, "b") == []
    kept = s3.get_object(Bucket=os.environ["INTAKE"], Key="a/hồ sơ.pdf")
    assert (kept["Body"].read(), kept["Metadata"]) == (b"two", {"by": "test"})
    assert len(s3.list_object_versions(Bucket=os.environ["INTAKE"])["Versions"]) == 2


def test_a_cloud_started_again_keeps_its_address(clouds, http):
    cloud = clouds()
    url = cloud.url
    cloud.stop()
    assert cloud.start().url == url
    assert http(cloud, "GET", "/health").status == 200


def test_another_folder_is_another_cloud(clouds, client, tmp_path):
    clouds()
    put(client, "a")
    clouds(tmp_path / "second")
    assert rows(client, "a") == []
    clouds()
    assert rows(client, "a") == ["HEAD"]


def test_uploads_by_form_and_bulk_deletes_survive(clouds, client):
    clouds()
    s3, bucket = client("s3"), os.environ["INTAKE"]
    form = s3.generate_presigned_post(bucket, "uploads/1")
    import requests

    for key in ("uploads/1", "uploads/2"):
        form["fields"]["key"] = key
        assert requests.post(form["url"], data=form["fields"], files={"file": b"scan"}, timeout=300).status_code < 300
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "uploads/1"}]})
    clouds()
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["uploads/2"]


def test_wait_idle_waits_for_the_last_message(clouds, client, monkeypatch):
    cloud = clouds()
    for i in range(20):
        put(client, f"d{i}", "EVENT#1", type="made")
    cloud.wait_idle()
    assert len(seen("made")) == 20
    assert cloud.messages_left() == 0
    stock, gate = sample.outbox_publish, threading.Event()
    monkeypatch.setattr(sample, "outbox_publish", lambda event, context: gate.wait(60) and stock(event, context))
    put(client, "late", "EVENT#1", type="made")
    with pytest.raises(NotIdle, match="1 messages"):
        cloud.wait_idle(0.05)
    gate.set()
    cloud.wait_idle()
    assert "late" in seen("made")


def test_on_ready_runs_against_a_ready_cloud_and_its_error_stops_it(clouds, tmp_path):
    answers = []
    clouds(on_ready=lambda cloud: answers.append(cloud.health()["status"]))
    assert answers == ["starting"]

    def fail(_):
        raise RuntimeError("not ready")

    with pytest.raises(RuntimeError, match="not ready"):
        clouds(tmp_path / "other", on_ready=fail)
    assert LocalCloud.current is None
