"""Settings are asked for by name; boot refuses what only a developer's machine may have."""

from importlib import import_module

import pytest

from chalicelib.kernel.settings import DECLARED, SECRET, STAGE, SettingMissing, UnsafeSetting, boot, only, setting
from chalicelib.registry import BLUEPRINTS
from tests.fakes.environment import SETTINGS

for modules in BLUEPRINTS.values():  # what the rooms declare is known when they are loaded
    for module in modules:
        import_module(module)
NAMES = tuple(SETTINGS)
DEPLOYED = {
    "MOTCUA_STAGE": "production",
    "MOTCUA_SECRET": "0123456789abcdef0123456789abcdef0123456789",
    "MOTCUA_ISSUER": "https://id.example.vn",
    "MOTCUA_JWKS_URL": "https://id.example.vn/jwks",
    "MOTCUA_KEYS_FOLDER": "",
    "MOTCUA_EXCHANGE_KEYS": "arn:aws:kms:ap-southeast-1:123456789012:key/0f3b",
    "MOTCUA_ANCHOR_KEY": "arn:aws:kms:ap-southeast-1:123456789012:key/0f3a",
}


@pytest.fixture
def deployed(stage):
    for name, value in DEPLOYED.items():
        stage.setenv(name, value)
    return stage


def test_every_setting_of_the_rooms_is_here_and_says_what_it_is():
    assert DECLARED.keys() == set(NAMES)
    assert all(each.about.endswith(".") for each in DECLARED.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_is_read_when_it_is_asked_for(stage, name):
    assert DECLARED[name]() == SETTINGS[name]
    other = SETTINGS[name] + "-other"
    stage.setenv(name, other)
    assert DECLARED[name]() == other


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_setting_is_named(stage, name, value):
    stage.setenv(name, "") if value == "" else stage.delenv(name)
    with pytest.raises(SettingMissing, match=f"^{name} is not set: set it in the environment of this function$"):
        DECLARED[name]()


@pytest.mark.parametrize(("value", "state"), [("bus", "set"), ("", "not set")])
def test_a_setting_that_a_function_does_not_declare_is_told_apart_from_one_that_is_not_set(stage, value, state):
    stage.setenv("MOTCUA_BUS", value)
    said = f"MOTCUA_BUS is {state}, but not declared: add it to needs= of this function and to its environment in "
    with only((SECRET,)), pytest.raises(SettingMissing, match=f"^{said}infra/stack/functions.py$"):
        DECLARED["MOTCUA_BUS"]()


def test_whoever_declares_nothing_gets_the_stage_and_nothing_else(stage):
    with only(()):
        assert STAGE() == "local"
        with pytest.raises(SettingMissing, match="MOTCUA_SECRET is set, but not declared"):
            SECRET()


def test_two_rooms_declare_one_setting_in_one_meaning():
    about = DECLARED["MOTCUA_BUS"].about
    assert setting("MOTCUA_BUS", about) is DECLARED["MOTCUA_BUS"]
    with pytest.raises(ValueError, match="MOTCUA_BUS"):
        setting("MOTCUA_BUS", "Something else.")


def test_a_short_secret_is_refused(stage):
    stage.setenv("MOTCUA_SECRET", "x" * 31)
    with pytest.raises(UnsafeSetting, match="32"):
        SECRET()


def test_a_developers_machine_boots_with_its_own_issuer_keys_and_secret():
    boot()


def test_a_deployed_stage_boots_with_its_own(deployed):
    boot()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_KEYS_FOLDER", "/keys"),
        ("MOTCUA_ANCHOR_KEY", "/keys/anchors.key"),
        ("MOTCUA_EXCHANGE_KEYS", "/keys/tokens.json"),
        ("MOTCUA_EXCHANGE_SECONDS", "0"),
        ("MOTCUA_OTHER_ISSUERS", "OFFICER http://127.0.0.1:1/x http://127.0.0.1:1/y"),
        ("MOTCUA_ISSUER", "http://127.0.0.1:8000/local/issuer"),
        ("MOTCUA_ISSUER", "http://id.example.vn"),
        ("MOTCUA_JWKS_URL", "http://127.0.0.1:8000/local/issuer/jwks"),
        ("MOTCUA_SECRET", SETTINGS["MOTCUA_SECRET"]),
        ("MOTCUA_SECRET", "too-short"),
        ("MOTCUA_TOKEN_LIFETIME", "forever"),
        ("MOTCUA_TOKEN_LIFETIME", "0"),
    ],
)
def test_a_deployed_stage_does_not_boot_with_what_a_developer_has(deployed, name, value):
    deployed.setenv(name, value)
    with pytest.raises(UnsafeSetting, match=name):
        boot()


def test_a_refused_boot_is_refused_again(deployed):
    deployed.setenv("MOTCUA_KEYS_FOLDER", "/keys")
    for _ in range(2):
        with pytest.raises(UnsafeSetting):
            boot()


def test_a_refusal_does_not_show_the_secret(deployed):
    deployed.setenv("MOTCUA_SECRET", "local-canary-7-0123456789abcdef0123456789")
    with pytest.raises(UnsafeSetting) as refused:
        boot()
    assert "canary" not in str(refused.value)


def test_without_a_stage_nothing_boots(stage):
    stage.delenv("MOTCUA_STAGE")
    with pytest.raises(SettingMissing):
        boot()
