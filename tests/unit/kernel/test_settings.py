"""Settings are asked for by name; boot refuses what only a developer's machine may have."""

import pytest

from chalicelib.kernel.settings import SettingMissing, Settings, UnsafeSetting, boot, settings
from tests.fakes.environment import SETTINGS

NAMES = {name.removeprefix("MOTCUA_").lower(): name for name in SETTINGS}
DEPLOYED = {
    "MOTCUA_STAGE": "production",
    "MOTCUA_SECRET": "0123456789abcdef0123456789abcdef0123456789",
    "MOTCUA_ISSUER": "https://id.example.vn",
    "MOTCUA_JWKS_URL": "https://id.example.vn/jwks",
    "MOTCUA_KEYS_FOLDER": "",
}


@pytest.fixture
def deployed(stage):
    for name, value in DEPLOYED.items():
        stage.setenv(name, value)
    return stage


def test_every_setting_has_its_variable():
    properties = {name for name, member in vars(Settings).items() if isinstance(member, property)}
    assert properties == NAMES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_is_read_when_it_is_asked_for(stage, name):
    assert getattr(settings(), name) == SETTINGS[NAMES[name]]
    other = SETTINGS[NAMES[name]] + "-other"
    stage.setenv(NAMES[name], other)
    assert getattr(settings(), name) == other


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_setting_is_named(stage, name, value):
    stage.setenv(NAMES[name], "") if value == "" else stage.delenv(NAMES[name])
    with pytest.raises(SettingMissing, match=NAMES[name]):
        getattr(settings(), name)


def test_a_short_secret_is_refused(stage):
    stage.setenv("MOTCUA_SECRET", "x" * 31)
    with pytest.raises(UnsafeSetting, match="32"):
        settings().secret  # noqa: B018 - asking is the act


def test_a_developers_machine_boots_with_its_own_issuer_keys_and_secret():
    boot()


def test_a_deployed_stage_boots_with_its_own(deployed):
    boot()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_KEYS_FOLDER", "/keys"),
        ("MOTCUA_ISSUER", "http://127.0.0.1:8000/local/issuer"),
        ("MOTCUA_ISSUER", "http://id.example.vn"),
        ("MOTCUA_JWKS_URL", "http://127.0.0.1:8000/local/issuer/jwks"),
        ("MOTCUA_SECRET", SETTINGS["MOTCUA_SECRET"]),
        ("MOTCUA_SECRET", "too-short"),
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
