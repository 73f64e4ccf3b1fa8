"""What a stage must say before anything is made in an account."""

import json

import pytest

from infra.build.deploy import UnfitStage, settings_of
from infra.build.stacks import Stack, names_of

GOOD = {
    "Stage": "trial",
    "Issuer": "https://issuer.example.vn",
    "JwksUrl": "https://issuer.example.vn/jwks",
    "Secret": "x" * 40,
    "PublicUrl": "https://dvc.example.vn",
    "TimestampUrl": "https://tsa.example.vn",
}


def stage(folder, name="trial", **changes):
    given = {k: v for k, v in (GOOD | changes).items() if v is not None}
    (folder / f"{name}.json").write_text(json.dumps(given), "utf-8")
    return settings_of(name, folder)


def test_a_whole_stage_is_taken(tmp_path):
    assert stage(tmp_path) == GOOD


@pytest.mark.parametrize("name", GOOD)
def test_a_stage_without_a_setting_is_refused_and_the_setting_named(tmp_path, name):
    with pytest.raises(UnfitStage, match=name):
        stage(tmp_path, **{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Issuer", "http://127.0.0.1:8000/local/issuer"),
        ("JwksUrl", "http://issuer.example.vn/jwks"),
        ("PublicUrl", "http://dvc.example.vn"),
        ("TimestampUrl", "http://tsa.example.vn"),
        ("Secret", "short"),
        ("Secret", "local-" + "x" * 40),
        ("KeysFolder", "/tmp/keys"),
        ("Stage", "other"),
    ],
)
def test_what_belongs_to_a_developers_machine_is_refused(tmp_path, name, value):
    with pytest.raises(UnfitStage, match=name):
        stage(tmp_path, **{name: value})


def test_the_local_stage_is_not_deployed(tmp_path):
    with pytest.raises(UnfitStage, match="not local"):
        stage(tmp_path, "local", Stage="local")


def test_a_stage_without_a_file_says_where_to_read(tmp_path):
    with pytest.raises(UnfitStage, match=r"deploy\.md"):
        settings_of("nothing", tmp_path)


def test_a_deployment_is_named_as_the_operators_commands_look_it_up():
    data = Stack("data", 0, {}, {"Dossiers": ("AWS::DynamoDB::Table", "t-1"), "Key": ("AWS::KMS::Key", "k")})
    app = Stack(
        "app", 0, {}, {"OnestopOpenLeg": ("AWS::Lambda::Function", "f-1"), "Parked": ("AWS::SQS::Queue", "q-1")}
    )
    assert names_of(data, app) == {"table.Dossiers": "t-1", "queue.Parked": "q-1", "function.onestop_open_leg": "f-1"}
