"""Every function that is declared exists, has what its code asks for, and refuses to start unsafely."""

import ast
from importlib import import_module

import pytest

from chalicelib.kernel.settings import DECLARED, SECRET, STAGE, SettingMissing, UnsafeSetting, only, setting
from chalicelib.registry import BLUEPRINTS
from infra.stack.functions import FUNCTIONS, GATEWAY_SECONDS
from infra.stack.parameters import DEPLOYED, ENVIRONMENT
from infra.stack.rest_api import capability

WORKERS = {name: f.handler for name, f in FUNCTIONS.items() if not f.handler.startswith("app.")}


def test_what_is_declared_is_what_chalice_packages(app):
    packaged = {f.name: f.handler_string for f in (*app.pure_lambda_functions, *app.builtin_auth_handlers)}
    assert packaged == {name: f.handler for name, f in FUNCTIONS.items()}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_found_by_its_handler_string(app, name):
    module, _, attribute = FUNCTIONS[name].handler.rpartition(".")
    assert callable(getattr(import_module(module), attribute))


def makes_a_blueprint(tree):
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(getattr(called, "id", getattr(called, "attr", "")) == "Blueprint" for called in calls)


def test_every_blueprint_is_registered(sources):
    modules = {".".join(path.with_suffix("").parts) for path, tree in sources.items() if makes_a_blueprint(tree)}
    assert modules == {m for modules in BLUEPRINTS.values() for m in modules}


def test_every_setting_can_be_given_and_every_given_one_exists():
    for module in (m for modules in BLUEPRINTS.values() for m in modules):
        import_module(module)
    assert ENVIRONMENT.keys() | DEPLOYED.keys() == DECLARED.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gets_settings_that_exist_once_each(name):
    given = FUNCTIONS[name].environment
    assert len(set(given)) == len(given)
    assert set(given) <= ENVIRONMENT.keys() | DEPLOYED.keys()
    assert "MOTCUA_STAGE" in given


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_ends_before_the_gateway_gives_up(name):
    function = FUNCTIONS[name]
    assert 0 < function.timeout <= 900
    if name.endswith("_api"):
        assert function.timeout < GATEWAY_SECONDS


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_does_nothing_with_unsafe_settings(stage, name):
    """Workers run without app.py, so each has the boot check on itself; `{}` is an event that none can read."""
    stage.setenv("MOTCUA_STAGE", "production")
    module, _, attribute = WORKERS[name].rpartition(".")
    event = (
        {"type": "TOKEN", "authorizationToken": "", "methodArn": "a:b:c:d:e:f/g/h/i"}
        if name == "identity_authorize"
        else {}
    )
    with pytest.raises(UnsafeSetting):
        getattr(import_module(module), attribute)(event, None)


# --- the environment of a function, by what it declares ---------------------------------------------------------------


def declared(name):
    """The settings that a function's entry points say they may ask for."""
    module, _, attribute = FUNCTIONS[name].handler.rpartition(".")
    if module != "app":
        entry = import_module(module)
        return {each.name for each in getattr(getattr(entry, attribute), "needs", ()) or vars(entry).get("NEEDS", ())}
    views = [v for m in BLUEPRINTS[capability(name)] if ".api" in m for v in vars(import_module(m)).values()]
    return {each.name for view in views for each in getattr(view, "needs", ())}


def differs(name, given, said):
    """What functions.py and `needs` say of a function, when that is not the same."""
    if set(given) == said | {STAGE.name}:
        return ""
    gives, says = (", ".join(sorted(each)) or "nothing" for each in (set(given), said | {STAGE.name}))
    return f"{name}: infra/stack/functions.py gives {gives}; needs= says {says}"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_exactly_the_settings_that_it_declares(name):
    assert differs(name, FUNCTIONS[name].environment, declared(name)) == ""


def test_settings_that_differ_are_told_from_both_sides():
    assert differs("vault_count", ("MOTCUA_STAGE", "MOTCUA_BUS"), {"MOTCUA_BUS"}) == ""
    assert differs("vault_count", ("MOTCUA_STAGE",), {"MOTCUA_BUS"}) == (
        "vault_count: infra/stack/functions.py gives MOTCUA_STAGE; needs= says MOTCUA_BUS, MOTCUA_STAGE"
    )
    assert differs("vault_count", (), set()).endswith("gives nothing; needs= says MOTCUA_STAGE")


def test_a_setting_that_is_not_declared_is_refused_though_it_is_there(stage):
    given = setting("MOTCUA_BUS", "Name of the event bus.")
    with only((SECRET,)):
        assert SECRET()
        assert STAGE()
        with pytest.raises(SettingMissing):
            given()
    assert given() == "bus"
