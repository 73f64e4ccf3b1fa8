"""What is imported is declared where it is needed, and what is declared is imported, or says here what it is for."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"app", "chalicelib", "infra", "tests"}
OWN_ENVIRONMENT = ("infra/localstack/plugin/", "infra/browser/visit.py")
"""Run in an environment of their own, with a lock of their own."""
DEVELOPERS = ("infra/reference/letters.py", "infra/reference/rules.py", "tests/", "docs/")
"""Never run by a stage or an operator."""
REQUIRED = {"chalice", "boto3", "pydantic", "aws-lambda-powertools", "moto", "localstack-client"}
"""The libraries that this project is to be built with."""
FIGURES = {"infra/warehouse/parquet.py", "infra/opendata/bounds.py"}
"""What an operator has who installs the extra `figures`."""
NOT_IMPORTED = {
    "boto3-stubs": "types of boto3, for mypy",
    "common-expression-language": "the engine of forms, loaded by its name in chalicelib/forms/rules.py",
    "furo": "the look of the documentation, named in docs/conf.py",
    "import-linter": "the command lint-imports",
    "mypy": "a command",
    "myst-parser": "a part of sphinx, named in docs/conf.py",
    "pip": "a command: it makes the layers and LocalStack's environment",
    "pytest-cov": "a part of pytest",
    "pytest-xdist": "a part of pytest",
    "ruff": "a command",
    "setuptools": "builds the package",
    "sphinx": "a command",
    "wheel": "builds the package",
}
"""Declared and imported by no file: what it is for."""


def named(requirement):
    """The distribution that a line of pyproject.toml asks for."""
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


@cache
def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return {name: {named(each) for each in lines} for name, lines in [("", project["dependencies"]), *extras.items()]}


def modules(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


@cache
def imported():
    """The distributions that each of our files imports."""
    made_by = packages_distributions()
    found = {}
    files = [
        ROOT / "app.py",
        *(file for top in ("chalicelib", "infra", "tests", "docs") for file in (ROOT / top).rglob("*.py")),
    ]
    for file in files:
        place = str(file.relative_to(ROOT))
        if not place.startswith(OWN_ENVIRONMENT):
            tops = {name.partition(".")[0] for name in modules(file.read_text("utf-8"))}
            tops -= OURS | sys.stdlib_module_names
            unknown = sorted(tops - made_by.keys() - {top for top in tops if (file.parent / f"{top}.py").exists()})
            assert not unknown, f"{place} imports what is not installed: {unknown}"
            found[place] = {name for top in tops for name in _makers(made_by.get(top, []))}
    return found


def _makers(distributions):
    """What makes a module: of a namespace that many share, those that are declared."""
    names = {name.lower().replace("_", "-") for name in distributions}
    return names & set().union(*declared().values()) or names


def needed(*, by_developers):
    """Distribution -> the files that import it, of the product or of developers alone."""
    found = {}
    for place, names in imported().items():
        if place.startswith(DEVELOPERS) == by_developers:
            for name in names:
                found.setdefault(name, []).append(place)
    return found


def undeclared(names, allowed):
    """What is imported and not declared, with some of the files."""
    return {name: sorted(files)[:3] for name, files in names.items() if name not in allowed}


def test_what_the_product_imports_is_declared():
    own = {name: [f for f in files if f not in FIGURES] for name, files in needed(by_developers=False).items()}
    assert undeclared({name: files for name, files in own.items() if files}, declared()[""]) == {}


def test_what_an_operators_figures_import_is_in_their_extra():
    used = {name for place in FIGURES for name in imported()[place]}
    assert used - declared()[""] == declared()["figures"]


def test_what_developers_import_is_declared():
    assert undeclared(needed(by_developers=True), declared()[""] | declared()["dev"]) == {}


@pytest.mark.parametrize("extra", ["", "dev"])
def test_what_is_declared_is_imported_or_says_what_it_is_for(extra):
    found = needed(by_developers=extra == "dev")
    idle = declared()[extra] - found.keys() - (declared()["figures"] if extra == "dev" else set())
    assert sorted(idle - NOT_IMPORTED.keys()) == []


def test_nothing_says_what_it_is_for_that_is_imported_or_gone():
    everything = declared()[""] | declared()["dev"]
    found = {**needed(by_developers=False), **needed(by_developers=True)}
    assert NOT_IMPORTED.keys() <= everything
    assert sorted(NOT_IMPORTED.keys() & found.keys()) == []


def test_nothing_is_declared_for_the_product_and_for_developers():
    assert declared()[""] & declared()["dev"] == set()


def test_the_libraries_that_this_is_to_be_built_with_are_declared_and_used():
    assert declared()[""] >= REQUIRED
    assert needed(by_developers=False).keys() >= REQUIRED


def test_clients_of_localstack_are_made_by_its_own_library():
    places = {place for place in imported() if place.startswith(("infra/localstack/", "tests/localstack/"))}
    assert {place for place in places if "localstack-client" in imported()[place]} == {"infra/localstack/clients.py"}
    assert [place for place in places if "boto3" in imported()[place]] == []
