"""Small files with a subject, short functions, one door to the cloud, one place for the environment."""

import ast
import re
from pathlib import Path

import pytest

from chalicelib.kernel.log import ALLOWED

ROOT = Path(__file__).parents[2]
MAX_FILE, MAX_FUNCTION, MAX_ROOT, MAX_KERNEL = 400, 60, 97, 22
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc|base|v\d+)(_|$)")
DOORS = {Path("chalicelib/kernel/aws.py"), Path("chalicelib/kernel/session.py")}
ENVIRONMENT = {Path("chalicelib/kernel/settings.py")}
OCR_MODEL = Path("chalicelib/digitisation/reading.py")  # TESSDATA_PREFIX is Tesseract's own name
CONVERTER = Path("chalicelib/digitisation/converter.py")  # hands on PATH and language to the program that prints
LOGS = frozenset({"log.note", "log.trouble"})
SANDBOX = Path("chalicelib/digitisation/sandbox.py")  # hands on the paths of the system, and nothing else


def ours(sources):
    return {path: tree for path, tree in sources.items() if path.parts[0] == "chalicelib"}


def imported(tree):
    """Every module that a file imports, wherever in it, but for types."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_no_file_is_longer_than_a_person_reads_at_once(sources):
    long = {str(p): n for p in sources if (n := len((ROOT / p).read_text("utf-8").splitlines())) > MAX_FILE}
    assert long == {}


def test_no_function_is_longer_than_a_screen(sources):
    long = {
        f"{path}:{node.lineno} {node.name}": n
        for path, tree in sources.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (n := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION
    }
    assert long == {}


def test_the_composition_root_has_no_logic(sources):
    text = (ROOT / "app.py").read_text("utf-8").splitlines()
    assert len(text) < MAX_ROOT
    assert not any(
        isinstance(n, (ast.For, ast.While, ast.Try, ast.ClassDef)) for n in ast.walk(sources[Path("app.py")])
    )


def test_every_file_says_its_subject_in_its_name(sources):
    assert [str(p) for p in sources if any(VAGUE.search(part) for part in p.with_suffix("").parts)] == []


def test_every_file_says_its_subject_in_its_first_line(sources):
    assert [str(p) for p, tree in sources.items() if not ast.get_docstring(tree)] == []


def test_the_kernel_stays_small(sources):
    assert len([p for p in sources if p.parts[:2] == ("chalicelib", "kernel")]) <= MAX_KERNEL


def test_there_is_one_door_to_the_cloud(sources):
    """Clients come from kernel.aws; others may name botocore's errors, and only those."""
    for path, tree in ours(sources).items():
        found = {m for m in imported(tree) if m.split(".")[0] in ("boto3", "botocore", "moto", "localstack_client")}
        assert path in DOORS or found <= {"botocore.exceptions"}, path


def test_there_is_one_place_that_reads_the_environment(sources):
    reading = {
        path
        for path, tree in ours(sources).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert reading - ENVIRONMENT - {OCR_MODEL, SANDBOX, CONVERTER} == set()


def test_the_law_reads_no_clock_no_environment_and_no_network(sources):
    allowed = {"chalicelib.law", "collections", "dataclasses", "datetime", "enum", "functools", "json", "pathlib", "re"}
    allowed |= {
        "msgspec",
        "types",
        "typing",
        "zoneinfo",
        "bisect",
        "calendar",
        "itertools",
        "operator",
        "math",
        "base64",
        "zlib",
        "unicodedata",
        "urllib.parse",
    }
    for path, tree in sources.items():
        if path.parts[:2] == ("chalicelib", "law"):
            found = {m for m in imported(tree) if not any(m == a or m.startswith(f"{a}.") for a in allowed)}
            assert found == set(), path
            calls = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)} & {"now", "today", "utcnow"}
            assert calls == set(), path


@pytest.mark.parametrize("room", ["model", "service"])
def test_a_model_and_a_service_read_no_clock(sources, room):
    """Time comes in as an argument or as a port."""
    for path, tree in ours(sources).items():
        if path.stem == room:
            asked = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
            named = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
            assert asked & {"now", "today", "utcnow", "utc_now", "monotonic"} == set(), path
            assert named & {"utc_now", "monotonic"} == set(), path


def test_nothing_prints_and_nothing_is_left_to_do(sources):
    for path, tree in ours(sources).items():
        called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert called & {"print", "eval", "exec", "breakpoint"} == set(), path
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", (ROOT / path).read_text("utf-8")), path


# --- the lock file ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lock():
    return (ROOT / "requirements.lock").read_text("utf-8")


def test_everything_that_is_installed_is_pinned_with_its_hash(lock):
    logical_lines = [
        line for line in re.sub(r"\\\n\s*", " ", lock).splitlines() if line and not line.startswith((" ", "#"))
    ]
    assert len(logical_lines) > 50
    for line in logical_lines:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,._-]+\])?==\S+( ; .+?)? +--hash=sha256:[0-9a-f]{64}", line), (
            line[:80]
        )


def test_the_lock_file_names_no_address(lock):
    assert not re.search(r"https?:|//|--(extra-)?index-url|--find-links|@ file", lock)


def test_what_is_logged_has_a_field_of_our_logs(sources):
    """A field that is not on the list raises: a worker would do its work and break at its end, each time."""
    for path, tree in ours(sources).items():
        calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) in LOGS)
        said = {each.arg for call in calls for each in call.keywords if each.arg is not None}
        assert said <= ALLOWED, path
