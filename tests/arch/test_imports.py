"""What a fresh interpreter loads, function by function (performance budget 3): each in a process of its own."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chalicelib.registry import BLUEPRINTS
from infra.stack.functions import FUNCTIONS
from infra.stack.rest_api import capability
from tests.fakes.environment import SETTINGS

ROOT = Path(__file__).parents[2]
HEAVY = {
    *("aws_xray_sdk", "s3transfer", "cryptography", "typst", "tesserocr", "pikepdf", "pyhanko", "numpy", "PIL"),
    *("pypdfium2", "img2pdf", "zxingcpp", "segno", "rapidfuzz", "moto", "infra"),
}
AUTHORIZER = {"identity.authorizer", "identity.claims", "identity.tokens", "identity.trust"}
FENCES = {
    "audit.fence",
    "catalogue.fence",
    "digitisation.fence",
    "catalogue.settings",
    "identity.fence",
    "measures.cells",  # of its fence
    "measures.facts",
    "measures.fence",
    "measures.finders",
    "measures.marks",
    "measures.model",
    "measures.petitions",
    "measures.rows",
    "messages.fence",
    "subscriptions.fence",
    "subscriptions.model",  # of its fence
    "vault.fence",
} | AUTHORIZER
COLLECTS = "\nimport gc, json\nprint(json.dumps(gc.isenabled()))"
LOADED = "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
SUBMIT = """
import datetime, sys
from types import SimpleNamespace
sys.path.insert(0, "")
import chalicelib.submission.api.submit
from chalicelib.kernel.access import Relation
from chalicelib.submission.service import Submissions
from tests.fakes import people
from tests.fakes.draft import draft
mine = draft(holder=people.CITIZEN.holder)
tables = SimpleNamespace(
    used_key=lambda *_: None, draft=lambda *_: mine, submit=lambda *_: None, relation=lambda *_: Relation.HOLDER
)
now = datetime.datetime.now(datetime.UTC)
assert Submissions(tables, lambda: now).submit(people.CITIZEN, "MC-1", "k", b"{}").reference == "MC-1"
from chalicelib.kernel.body import body_of
from chalicelib.submission.wire.submit import Submit
assert body_of(Submit, b'{"draft": "MC-1", "declares_true": true}').draft == "MC-1"
"""
STORE = """
import datetime, sys
sys.path.insert(0, "")
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.items import Task
from chalicelib.kernel import aws
from chalicelib.submission.model import UsedBy
from chalicelib.submission.store import Table
from tests.fakes.draft import AT, draft
class Dynamo:
    def transact_write_items(self, TransactItems):
        self.items = TransactItems
dynamo = Dynamo()
aws.client = {"dynamodb": dynamo}.__getitem__
event = DossierSubmitted(reference="MC-1", procedure="1.001193", procedure_version=1, agency="H01", channel="ONLINE",
                         received_at=AT, components=(), seal_sha256="-", stages=())
task = Task(leg="0-commune", kind="receive", agency="H01", opened_at=AT, due_at=AT, procedure="1.001193")
Table().submit(draft(holder="h"), event, task, UsedBy("h", "k", "b"), None, datetime.datetime.now(datetime.UTC))
assert len(dynamo.items) == 5
"""
ALONE = """
import json
from chalice import Chalice
from chalicelib.registry import BLUEPRINTS, register
loaded = {}
for name in BLUEPRINTS:
    app = Chalice(name, configure_logs=False)
    register(app, name)
    loaded[name] = sorted(app.routes)
try:
    register(Chalice("none", configure_logs=False), "nothing")
except KeyError:
    pass
else:
    raise AssertionError("an unknown capability was loaded")
"""
SCRIPTS = {
    "authorizer": ({}, "import chalicelib.identity.authorizer"),
    "submission": ({"MOTCUA_CAPABILITY": "submission"}, "import app"),
    "submit only": ({"MOTCUA_CAPABILITY": "submit"}, "import app"),
    "all": ({"MOTCUA_CAPABILITY": ""}, "import app"),
    "packaging": ({"AWS_CHALICE_CLI_MODE": "true", "MOTCUA_STAGE": "", "MOTCUA_CAPABILITY": "vault"}, "import app"),
    "submit": ({}, SUBMIT),
    "store": ({}, STORE),
    "alone": ({}, ALONE),
    "law": ({}, "import chalicelib.law.clock, chalicelib.law.packs, chalicelib.law.states, chalicelib.law.qr"),
}
ROUTES = "\nimport app\nprint(json.dumps({p: sorted(r) for p, r in app.app.routes.items()}))"


def run(name):
    settings, script = SCRIPTS[name]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "AWS_", "PYTEST", "COV"))}
    answer = ROUTES if "import app" in script else "\nprint(json.dumps(globals().get('loaded')))"
    script += LOADED + answer
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env=kept | SETTINGS | settings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules, routes = (json.loads(line) for line in done.stdout.splitlines()[-2:])
    return set(modules), routes


@pytest.fixture(scope="module")
def ran():
    """What each script loaded, and the routes that it had in the end."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(SCRIPTS, pool.map(run, SCRIPTS), strict=True))


def tops(modules):
    return {m.split(".")[0] for m in modules}


def capabilities(modules):
    """Modules of capabilities that were loaded, without the packages themselves."""
    found = {m.removeprefix("chalicelib.") for m in modules if m.startswith("chalicelib.")}
    return {m for m in found if m.split(".")[0] in BLUEPRINTS and "." in m}


def test_the_authorizer_is_light(ran):
    modules, _ = ran["authorizer"]
    assert tops(modules) & (HEAVY | {"pydantic", "pydantic_core", "boto3", "botocore", "jsonschema_rs"}) == set()
    assert capabilities(modules) == AUTHORIZER


def test_a_function_loads_its_own_capability_and_the_fences_of_others_only(ran):
    modules, routes = ran["submission"]
    assert {m for m in capabilities(modules) if not m.startswith("submission.")} <= FENCES
    assert set(routes) == {
        "/v1/drafts",
        "/v1/drafts/{reference}",
        "/v1/drafts/{reference}/documents",
        "/v1/drafts/{reference}/form",
        "/v1/drafts/{reference}/holders",
        "/v1/drafts/{reference}/holders/confirmation",
        "/v1/drafts/{reference}/lookups",
        "/v1/drafts/{reference}/lookups/files",
        "/v1/drafts/{reference}/renewal",
        "/v1/drafts/{reference}/uploads",
        "/v1/dossiers/{dossier}/uploads",
    }


def test_the_function_that_submits_loads_its_route_and_neither_drafts_nor_what_seals_and_checks_forms(ran):
    modules, routes = ran["submit only"]
    assert routes == {"/v1/dossiers": ["POST"]}
    assert "chalicelib.submission.api.drafts" not in modules
    assert {m for m in capabilities(modules) if not m.startswith("submission.")} <= FENCES
    assert tops(modules) & {"joserfc", "jsonschema_rs", "pydantic", "pydantic_core"} == set()


def test_a_submission_needs_no_layer(ran):
    """Its function has none: what seals, and what checks forms, is not asked for on the way."""
    modules, _ = ran["submit"]
    assert FUNCTIONS["submit_api"].layers == ()
    assert tops(modules) & {"joserfc", "jsonschema_rs"} == set()


@pytest.mark.parametrize("name", ["submission", "submit only", "submit"])
def test_the_way_of_a_submission_loads_nothing_heavy(ran, name):
    modules, _ = ran[name]
    assert tops(modules) & HEAVY == set()


def test_the_write_of_a_submission_loads_nothing_heavy(ran):
    """The budget holds for the real store too: what makes and packs the write must not bring boto3's S3 transfers."""
    modules, _ = ran["store"]
    assert tops(modules) & HEAVY == set()


def test_without_a_capability_every_route_is_there_and_packaging_sees_the_same(ran, app):
    expected = {path: sorted(methods) for path, methods in app.routes.items()}
    assert ran["all"][1] == expected
    assert ran["packaging"][1] == expected, "whatever the capability, and without any setting"


def test_no_import_of_the_product_loads_its_tools_or_its_heavy_libraries(ran):
    modules, _ = ran["all"]
    assert tops(modules) & (HEAVY | {"tests"}) == set()


def test_the_law_loads_nothing_but_itself(ran):
    modules, _ = ran["law"]
    ours = {m for m in modules if m.startswith("chalicelib")}
    assert all(m == "chalicelib" or m.startswith("chalicelib.law") for m in ours)
    assert tops(modules) & (HEAVY | {"pydantic", "boto3", "chalice", "joserfc"}) == set()


def test_every_capability_with_an_entry_can_be_loaded_alone(ran):
    """In a process of its own: a blueprint serves one app, and this process may serve the product."""
    _, loaded = ran["alone"]
    assert loaded.keys() == BLUEPRINTS.keys()
    assert [name for name, routes in loaded.items() if f"{name}_api" in FUNCTIONS and not routes] == []


@pytest.mark.parametrize(("only", "collects"), [("submit", False), ("", True)])
def test_garbage_is_not_collected_while_a_function_starts_and_is_everywhere_else(only, collects):
    """`serve` turns it on after the first answer; tools and tests that import the app have it all the time."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "AWS_", "PYTEST", "COV"))}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import app{COLLECTS}"],
        cwd=ROOT,
        env=kept | SETTINGS | {"MOTCUA_CAPABILITY": only},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert json.loads(done.stdout) is collects


def loaded_by(name):
    """What the handler of a function brings, in a process with its own environment."""
    module, _, _ = FUNCTIONS[name].handler.rpartition(".")
    only = {"MOTCUA_CAPABILITY": capability(name)} if capability(name) else {}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "AWS_", "PYTEST", "COV"))}
    script = f"import {module}{LOADED}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env=kept | SETTINGS | only,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def brought():
    """Function -> the modules that it loads before its first call."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(FUNCTIONS, pool.map(loaded_by, FUNCTIONS), strict=True))


def package_of(name):
    """The capability that a function belongs to, in whole or in part."""
    module = FUNCTIONS[name].handler.rpartition(".")[0]
    return (BLUEPRINTS[capability(name)][0] if module == "app" else module).split(".")[1]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_loads_its_own_capability_and_nothing_heavy(brought, name):
    """PDF, OCR, image and crypto libraries come with the work that needs them, not with the start of a function."""
    own = package_of(name)
    foreign = {m for m in capabilities(brought[name]) if not m.startswith(f"{own}.")}
    assert foreign <= FENCES
    assert tops(brought[name]) & HEAVY == set()


@pytest.mark.parametrize(
    "name", [name for name, function in FUNCTIONS.items() if not function.handler.startswith("app.")]
)
def test_a_function_that_answers_no_http_loads_no_pydantic(brought, name):
    assert tops(brought[name]) & {"pydantic", "pydantic_core"} == set()
    assert FUNCTIONS[name].bundle != "core", "its zip has none either"
