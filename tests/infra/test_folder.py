"""Whoever has another account on the machine reads nothing of a local cloud's data."""

import os
import stat
from datetime import UTC, datetime

import pytest

from infra.local.pki import ensure_pki
from infra.local.stage import keep_logs


@pytest.fixture(autouse=True)
def generous():
    """The shell of a developer who shares everything."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def logs(tmp_path):
    yield keep_logs
    keep_logs(tmp_path / "elsewhere.jsonl")


def open_to_others(folder):
    """Every file and folder that somebody else could read, with its mode."""
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*")) if not path.is_symlink()}
    return {str(path.relative_to(folder.parent)): oct(mode) for path, mode in modes.items() if mode & 0o077}


def lived(clouds, client, logs, folder):
    """A cloud with a row, an object, keys and a log."""
    logs(folder / "log.jsonl")
    cloud = clouds(folder)
    ensure_pki(cloud.folder / "keys", agencies={"H01": "UBND"}, officers={"x": "Y"}, now=datetime.now(UTC))
    item = {"pk": {"S": "a"}, "sk": {"S": "HEAD"}}
    client("dynamodb").put_item(TableName=os.environ["TABLE"], Item=item)
    client("s3").put_object(Bucket=os.environ["INTAKE"], Key="a", Body=b"a")
    return cloud


def test_what_is_written_is_private_from_its_first_byte_on(tmp_path, clouds, client, logs):
    cloud = lived(clouds, client, logs, tmp_path / "data")
    found = {path.name for path in cloud.folder.iterdir()}
    assert found >= {"journal.sqlite", "journal.sqlite-wal", "log.jsonl", "where.json", "lock", "secret", "keys"}
    assert open_to_others(cloud.folder) == {}
    cloud.stop()
    assert open_to_others(cloud.folder) == {}


def test_the_folder_of_an_older_release_is_tightened_at_the_start(tmp_path, clouds, client, logs):
    cloud = lived(clouds, client, logs, tmp_path / "data")
    cloud.stop()
    outside = tmp_path / "mine.txt"
    outside.write_text("not of the cloud")
    (cloud.folder / "keys" / "elsewhere").symlink_to(outside)
    for path in (cloud.folder, *cloud.folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o777 if path.is_dir() else 0o666)
    outside.chmod(0o644)
    cloud.start()
    assert open_to_others(cloud.folder) == {}
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
