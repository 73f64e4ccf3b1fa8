"""Every function that is declared exists, has what its code asks for, and refuses to start unsafely."""

import ast
from importlib import import_module

import pytest

from chalicelib.kernel.settings import Settings, UnsafeSetting
from chalicelib.registry import BLUEPRINTS
from infra.functions import FUNCTIONS
from infra.resources import DEPLOYED, ENVIRONMENT
from infra.rest_api import capability

WORKERS = {name: f.handler for name, f in FUNCTIONS.items() if not f.handler.startswith("app.")}
SETTING = {f"MOTCUA_{name.upper()}" for name, member in vars(Settings).items() if isinstance(member, property)}


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
    assert ENVIRONMENT.keys() | DEPLOYED.keys() == SETTING


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gets_settings_that_exist_once_each(name):
    given = FUNCTIONS[name].environment
    assert len(set(given)) == len(given)
    assert set(given) <= SETTING
    assert "MOTCUA_STAGE" in given


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_ends_before_the_gateway_gives_up(name):
    function = FUNCTIONS[name]
    assert 0 < function.timeout <= 900
    if name.endswith("_api"):
        assert function.timeout <= 29


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_does_nothing_with_unsafe_settings(stage, name):
    """Workers run without app.py, so each has the boot check on itself; `{}` is an event that none can read."""
    stage.setenv("MOTCUA_STAGE", "production")
    module, _, attribute = WORKERS[name].rpartition(".")
    event = {"type": "TOKEN", "authorizationToken": "", "methodArn": "a:b:c:d:e:f/g/h/i"} if name == "bearer" else {}
    with pytest.raises(UnsafeSetting):
        getattr(import_module(module), attribute)(event, None)


# --- the environment of a function, by what its code can reach ------------------------------------------------------


class Code:
    """What is defined where, and what each definition names. A method is found by its name in any class that is
    imported, so more is reached than runs: what is not reached is surely not used.
    """

    def __init__(self, sources):
        named = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): tree for path, tree in sources.items()}
        self.trees = named

    def imports(self, module):
        """Modules of ours that a module imports, anywhere in it, and so on: name -> the names it goes by."""
        seen, todo = {}, [(module, module)]
        while todo:
            name, alias = todo.pop()
            if name not in self.trees:
                continue
            if name not in seen:
                todo += [
                    (f"{node.module}.{a.name}", a.asname or a.name)
                    for node in ast.walk(self.trees[name])
                    if isinstance(node, ast.ImportFrom) and node.module
                    for a in node.names
                ]
                todo += [
                    (node.module, node.module)
                    for node in ast.walk(self.trees[name])
                    if isinstance(node, ast.ImportFrom) and node.module
                ]
            seen.setdefault(name, set()).add(alias)
        return seen

    def asked(self, module, roots):
        """Settings that are asked for by what the roots can reach."""
        defined = self._definitions(module)
        found, seen, todo = set(), set(), list(roots)
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                for node in defined.get(name, ()):
                    found |= set(settings_in(node))
                    todo += named_in(node)
        return found

    def _definitions(self, module):
        """Functions as `f` and `module.f`, methods as `.m()`, properties as `.p`."""
        defined = {}
        for name, aliases in self.imports(module).items():
            for node in self.trees[name].body:
                if isinstance(node, ast.FunctionDef):
                    for key in (node.name, *(f"{alias}.{node.name}" for alias in aliases)):
                        defined.setdefault(key, []).append(node)
                for member in node.body if isinstance(node, ast.ClassDef) else ():
                    if isinstance(member, ast.FunctionDef):
                        plain = any(isinstance(d, ast.Name) and d.id == "property" for d in member.decorator_list)
                        defined.setdefault(f".{member.name}" if plain else f".{member.name}()", []).append(member)
        return defined

    def functions(self, module):
        return [n.name for n in self.trees[module].body if isinstance(n, ast.FunctionDef)]


def named_in(tree):
    """What a definition names, but for its own variables."""
    nodes = list(ast.walk(tree))
    own = {n.arg for n in nodes if isinstance(n, ast.arg)}
    own |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bases = {id(n.value) for n in nodes if isinstance(n, ast.Attribute)}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id not in own and id(node) not in bases:
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"
            if isinstance(node.value, ast.Name):
                yield f"{node.value.id}.{node.attr}"
                if node.value.id == "self":
                    yield f".{node.attr}()"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}()"


def settings_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
            called = node.value.func
            if isinstance(called, ast.Name) and called.id == "settings":
                yield f"MOTCUA_{node.attr.upper()}"


@pytest.fixture(scope="module")
def code(sources):
    return Code(sources)


def asked_by(code, name):
    module, _, attribute = FUNCTIONS[name].handler.rpartition(".")
    if module == "app":
        modules = [m for m in BLUEPRINTS[capability(name)] if ".api" in m]
        return set().union(*(code.asked(m, code.functions(m)) for m in modules))
    return code.asked(module, [attribute])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_every_setting_that_its_code_asks_for(code, name):
    asked = (asked_by(code, name) & SETTING) | {"MOTCUA_STAGE"}
    assert asked - set(FUNCTIONS[name].environment) == set()


def test_only_functions_whose_code_uses_the_secret_have_it(code):
    having = {name for name, function in FUNCTIONS.items() if "MOTCUA_SECRET" in function.environment}
    assert sorted(n for n in having if "MOTCUA_SECRET" not in asked_by(code, n)) == []
