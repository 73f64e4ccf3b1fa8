"""The restore drill: tables as they stood, set as they were, beside those that went on; nothing is lost in silence."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from moto.dynamodb.models import DynamoDBBackend
from typer.testing import CliRunner

from chalicelib.kernel import aws
from chalicelib.onestop.wiring import erasures
from infra.command import comparing, restoring
from infra.command.cli import app
from infra.command.place import place_of
from infra.command.replay import since
from infra.command.restoring import CannotRestore, NotAsBefore, Settings
from infra.demo import story
from infra.local.stage import keep_logs, local_stage
from infra.stack.resources import TABLES
from tests.support import world

pytestmark = pytest.mark.story
TAGS = [{"Key": "motcua:owner", "Value": "registry"}]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A cloud of its own with one dossier that ended and one that is worked on."""
    folder = tmp_path_factory.mktemp("restore")
    keep_logs(folder / "log.jsonl")
    with world.resting(), local_stage(folder / "cloud") as cloud:
        where = cloud.where()
        ended = world.finish(where, world.page(), claims=story.somebody())
        me = story.citizen(where, **story.somebody())
        open_one = story.submit(me, world.ready(me, world.page())).ok(201).body["reference"]
        cloud.wait_idle()
        file = cloud.folder / "where.json"
        db = aws.client("dynamodb")
        table = where["table.Dossiers"]
        db.update_table(TableName=table, DeletionProtectionEnabled=True)
        db.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "forgotten_at"}
        )
        arn = db.describe_table(TableName=table)["Table"]["TableArn"]
        db.tag_resource(ResourceArn=arn, Tags=TAGS)
        yield SimpleNamespace(cloud=cloud, where=where, file=file, ended=ended.reference, me=me, open=open_one, db=db)


def drill(own, *words, expected=0):
    answer = CliRunner().invoke(app, ["ops", "restore", *words, "--where", str(own.file), "--json"])
    assert answer.exit_code == expected, (answer.output, answer.exception)
    return json.loads(answer.stdout) if answer.stdout else answer.stderr


def test_a_drill_restores_everything_reads_it_and_leaves_nothing(own):
    before, names = world.tables(own.where), own.db.list_tables()["TableNames"]
    told = drill(own, "--drill")
    assert (told["missing"], told["unreadable"], told["erased"]) == (0, [], 0)
    assert told["dossiers"] == 2
    assert [t["table"] for t in told["tables"]] == [own.where[f"table.{name}"] for name in TABLES]
    for each in told["tables"]:
        assert each["items"] == each["restored"] > 0 or each["table"].endswith(
            ("ledgers", "anchors", "identity", "subscriptions")
        )
        assert (each["carried"], each["kept"], each["loose"]) == ([], [], 0)
    assert own.db.list_tables()["TableNames"] == names
    assert world.tables(own.where) == before
    tables = {t["table"]: t for t in told["tables"]}
    print({name: (t["items"], t["same"]) for name, t in tables.items()}, f"{told['seconds']} s")


def test_a_restored_table_is_set_as_the_one_before(own):
    place = place_of(own.file)
    with place.entered():
        new = restoring.restored(place, "r0", None)
        found = restoring.settings(new.name("Dossiers"))
        assert found == restoring.settings(place.name("Dossiers"))
        assert found == Settings(
            keys=(("pk", "HASH"), ("sk", "RANGE")),
            indexes=("expiring", "mine", "open", "sought", "worklist"),
            cipher="",
            stream="NEW_IMAGE",
            days=35,
            is_protected=True,
            expires_by="forgotten_at",
            tags=(("motcua:owner", "registry"),),
        )
        parameters = restoring.parameters(new)
        assert parameters["DossiersName"] == "motcua-dossiers-r0"
        assert parameters["DossiersStreamArn"].startswith(parameters["DossiersArn"])
        with pytest.raises(ValueError, match="the stage's own"):
            restoring.removed(place, place)
        restoring.removed(new, place)


@pytest.mark.parametrize(
    ("method", "lacks"),
    [("update_time_to_live", "expires_by"), ("update_continuous_backups", "days"), ("tag_resource", "tags")],
)
def test_a_table_that_is_not_set_again_does_not_serve(own, monkeypatch, method, lacks):
    monkeypatch.setattr(DynamoDBBackend, method, lambda self, *args, **more: {})
    place = place_of(own.file)
    with place.entered(), pytest.raises(NotAsBefore, match=lacks):
        restoring.restored(place, f"unset-{lacks}", None)
    monkeypatch.undo()
    for name in TABLES:
        table = f"{own.where[f'table.{name}']}-unset-{lacks}"
        with suppress(own.db.exceptions.ResourceNotFoundException):
            own.db.update_table(TableName=table, DeletionProtectionEnabled=False)
            own.db.delete_table(TableName=table)


def test_without_recovery_to_a_moment_nothing_is_made(own):
    place, names = place_of(own.file), own.db.list_tables()["TableNames"]
    off, on = ({"PointInTimeRecoveryEnabled": is_on} for is_on in (False, True))
    vaults = own.where["table.Vaults"]
    own.db.update_continuous_backups(TableName=vaults, PointInTimeRecoverySpecification=off)
    try:
        with place.entered(), pytest.raises(CannotRestore, match="motcua-vaults"):
            restoring.restored(place, "r0", None)
        assert "no point-in-time recovery: motcua-vaults" in drill(own, "--drill", expected=4)
    finally:
        own.db.update_continuous_backups(TableName=vaults, PointInTimeRecoverySpecification=on)
    assert own.db.list_tables()["TableNames"] == names


def test_what_went_on_is_carried_over_what_is_broken_stays_as_it_was_and_what_is_lost_is_named(own, monkeypatch):
    """Four dossiers after the moment: one goes on, one is new, one is broken, one goes on and is broken then."""
    where, place, table = own.where, place_of(own.file), own.where["table.Dossiers"]
    broken, lost = (_submitted(own) for _ in range(2))
    with place.entered():
        new = restoring.restored(place, "r1", None)
        begun = datetime.now(UTC)
        new_one = _submitted(own)
        for reference in (own.open, lost):
            _received(where, reference)
        own.cloud.wait_idle()
        for reference in (broken, lost):
            _damage(table, reference)
        dossiers = next(t for t in comparing.compared(place, new) if t.table == table)
    assert {own.open, new_one} <= set(dossiers.carried)
    assert dossiers.kept == [broken]
    assert len(dossiers.missing) == 1
    assert dossiers.missing[0].startswith(f"{lost}: ")
    assert not dossiers.is_whole
    assert dossiers.loose, "codes and numbers that were given out are never given out again"
    target = new.name("Dossiers")
    for pk in (own.open, new_one):
        assert world.plain_rows(target, pk) == world.plain_rows(table, pk)
    assert aws.get(target, broken, "EVENT#000001")["type"] != "forged"
    _serves(own, new, monkeypatch, begun, (own.open, new_one, broken, own.ended))


def test_what_is_restored_for_good_stays_with_its_names_and_parameters_and_what_nobody_reads_is_named(own):
    unread = _submitted(own)
    _damage(own.where["table.Dossiers"], unread)
    told = drill(own, "--suffix", "r2", expected=7)
    assert unread in told["unreadable"]
    assert told["where"]["table.Dossiers"] == told["parameters"]["DossiersName"] == "motcua-dossiers-r2"
    assert json.loads(own.file.with_name("where.r2.json").read_text())["table.Vaults"] == "motcua-vaults-r2"
    assert "motcua-dossiers-r2" in own.db.list_tables()["TableNames"]


@pytest.mark.parametrize(
    "words", [(), ("--drill", "--suffix", "r9"), ("--drill", "--at", "now"), ("--again", "2026-11-26T08:00:00")]
)
def test_one_of_three_and_a_moment_with_its_offset(own, words):
    names = own.db.list_tables()["TableNames"]
    drill(own, *words, expected=2)
    assert own.db.list_tables()["TableNames"] == names


def test_what_was_erased_since_is_erased_again_before_restored_tables_serve(own):
    reference, place = _submitted(own), place_of(own.file)
    with place.entered():
        new = restoring.restored(place, "r3", None)
        erasures().erase(reference, reason="decision 12/QD", basis="a test", by="tester", is_open=True)
        assert "erased_at" not in aws.get(new.name("Dossiers"), reference, "HEAD"), "it stands as before"
    with new.entered():
        assert restoring.before_serving(new) == 1
        assert restoring.before_serving(new) == 0, "once"
        assert aws.get(new.name("Dossiers"), reference, "HEAD")["erased_at"]
    own.cloud.wait_idle()


def _serves(own, new, monkeypatch, begun, references):
    """Erasures first; then the functions' reader, and the events since the moment on the bus."""
    seen = []
    monkeypatch.setattr(restoring, "BEFORE_SERVING", [lambda place: seen.append(place.name("Dossiers")) or 3])
    with new.entered():
        assert restoring.before_serving(new) == 3
        number, wrong = comparing.readable(new)
        assert (wrong, number) == ([], len(references) + 1), "and the one that lacks what was told since"
        for reference in references:
            officer = story.officer(own.where, "reception")
            assert officer.get(f"/v1/dossiers/{reference}/timeline").ok().body["unbroken"]
        assert since(new.tables, begun) > 0
        own.cloud.wait_idle()
    assert seen == [new.name("Dossiers")]
    assert own.cloud.parked() == []


def _received(where, reference):
    desk = story.officer(where, "reception")
    story.complete(desk, story.until("the task", lambda: story.task_of(desk, reference, "receive")), "accepted").ok()


def _submitted(own):
    me = story.citizen(own.where, **story.somebody())
    reference = story.submit(me, world.ready(me, world.page())).ok(201).body["reference"]
    own.cloud.wait_idle()
    return reference


def _damage(table, reference):
    """Somebody writes another event over the first one."""
    row = aws.get(table, reference, "EVENT#000001")
    aws.client("dynamodb").put_item(TableName=table, Item=aws.packed({**row, "type": "forged"}))
