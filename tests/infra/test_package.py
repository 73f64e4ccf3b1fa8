"""What is packaged, without packaging it: locks, sizes, the same bytes twice, a wrong part refused."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.build import package, parts
from infra.build.package import ROOM, SUBMIT_LIMIT, UNZIPPED_LIMIT, Artefact, sizes
from infra.build.parts import BUNDLES, LAYER_PARTS, LAYERS, PARTS, ROOT, CannotPackage, Part, kept, pack
from infra.stack.functions import FUNCTIONS
from tests.fakes.environment import SETTINGS

REAL = platform.machine()


def artefacts(**sizes_of):
    return {n: Artefact(n, "", "", sizes_of.get(n, 1), sizes_of.get(f"{n}_unzipped", 1), "", ()) for n in PARTS}


@pytest.mark.parametrize("name", PARTS)
def test_a_lock_says_what_requirements_lock_says(name):
    text = (LAYERS / f"{name}.lock").read_text()
    assert text == parts.lock_text(name)
    assert "http" not in text.replace("aiohttp", "")
    assert re.findall(r"(?m)^([\w.-]+)==", text) == sorted(PARTS[name].wheels)


SAID = "from infra.build import compose, parts; m = compose.merge_template(compose.application())['Resources']; print(\
 {p.rpartition('_')[2] for p in parts.PLATFORMS}, m['PdfLayer']['Properties']['CompatibleArchitectures'],\
 {tuple(m[compose.logical(n)]['Properties']['Architectures']) for n in compose.FUNCTIONS})"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"MOTCUA_ARCHITECTURE": "arm64"}, "{'aarch64'} ['arm64'] {('arm64',)}"),
        ({}, "{'64'} ['x86_64'] {('x86_64',)}"),
    ],
)
def test_wheels_layers_and_functions_are_for_the_processors_that_are_asked_for(given, said):
    clean = {name: value for name, value in os.environ.items() if name != "MOTCUA_ARCHITECTURE"}
    command = [sys.executable, "-c", SAID]
    answer = subprocess.run(command, check=False, cwd=ROOT, env=clean | given, capture_output=True, text=True)
    assert answer.stdout.strip() == said, answer.stderr


def test_processors_that_lambda_has_not_are_refused_by_name():
    code, env = "import infra.stack.functions", {**os.environ, "MOTCUA_ARCHITECTURE": "riscv"}
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, check=False, cwd=ROOT, env=env, capture_output=True, text=True)
    assert "MOTCUA_ARCHITECTURE is riscv: one of x86_64, arm64" in answer.stderr


def test_what_is_deployed_is_for_arm64_and_what_localstack_runs_is_not():
    text = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"(?m)^package deploy: export MOTCUA_ARCHITECTURE \?= arm64$", text)
    assert text.count("MOTCUA_ARCHITECTURE") == 1


def test_every_part_is_used_and_every_name_is_a_part():
    assert {f.bundle for f in FUNCTIONS.values()} == BUNDLES.keys()
    assert {used for f in FUNCTIONS.values() for used in f.layers} == LAYER_PARTS.keys()


def test_no_wheel_is_carried_twice():
    for name, function in FUNCTIONS.items():
        carried = [wheel for part in (function.bundle, *function.layers) for wheel in PARTS[part].wheels]
        assert len(carried) == len(set(carried)), name


def test_requirements_txt_is_what_the_core_holds_beside_chalice():
    locked = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text()))
    told = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)$", (ROOT / "requirements.txt").read_text()))
    assert told.keys() <= set(PARTS["core"].wheels)
    assert all(locked[name] == version for name, version in told.items())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("chalice/app.py", True),
        ("chalice/cli/__init__.py", False),
        ("chalice-1.34.0.dist-info/METADATA", False),
        ("pydantic/main.py", True),
        ("pydantic-2.14.4.dist-info/METADATA", True),
        ("pydantic-2.14.4.dist-info/RECORD", False),
        ("numpy/_core/tests/test_api.py", False),
        ("numpy/__init__.pyi", False),
        ("jsonschema/benchmarks/issue232/issue.json", False),
        ("multidict/_testcapi.cpython-313-x86_64-linux-gnu.so", False),
        ("multidict/_multidict.cpython-313-x86_64-linux-gnu.so", True),
        ("fontTools/misc/bezierTools.cpython-313-x86_64-linux-gnu.so", False),
        ("fontTools/misc/bezierTools.py", True),
    ],
)
def test_what_no_function_runs_is_left_out(path, expected):
    assert kept(path) is expected


def test_the_authorizer_carries_only_itself_and_the_grammar_of_numbers():
    found = parts.sources_of(BUNDLES["authorizer"].sources)
    own = ("chalicelib/__init__", "chalicelib/kernel", "chalicelib/identity")
    grammar = {f"chalicelib/law/{name}.py" for name in ("__init__", "codes", "errors")}
    assert {path for path in found if not path.startswith(own)} == grammar
    assert not any("pydantic" in wheel for wheel in BUNDLES["authorizer"].wheels)


def test_the_same_content_gives_the_same_zip(tmp_path):
    for name, order in (("a", ("x.py", "lib.so")), ("b", ("lib.so", "x.py"))):
        for file in order:
            (tmp_path / name / "sub").mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "sub" / file).write_bytes(file.encode())
        pack(tmp_path / name, tmp_path / f"{name}.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["sub/lib.so", "sub/x.py"]
        assert [i.external_attr >> 16 for i in archive.infolist()] == [0o100755, 0o100644]


def test_a_function_near_lambdas_limit_is_refused():
    most = int(ROOM * UNZIPPED_LIMIT)
    others = len({"worker", *FUNCTIONS["digitisation_read_copy"].layers} - {"ocr"})
    assert sizes(artefacts(ocr_unzipped=most - others))["digitisation_read_copy"]["unzipped"] == most
    with pytest.raises(CannotPackage, match=r"digitisation_read_copy has .* we take 90%"):
        sizes(artefacts(ocr_unzipped=most - others + 1))


def test_a_part_does_without_what_it_names():
    assert kept("rapidfuzz/fuzz_cpp_avx2.cpython-313-x86_64-linux-gnu.so")
    assert not kept("rapidfuzz/fuzz_cpp_avx2.cpython-313-x86_64-linux-gnu.so", PARTS["ocr"].without)
    assert kept("rapidfuzz/fuzz_cpp.cpython-313-x86_64-linux-gnu.so", PARTS["ocr"].without)


def test_a_heavy_submit_path_is_refused():
    with pytest.raises(CannotPackage, match="submit path"):
        sizes(artefacts(core=SUBMIT_LIMIT + 1))


def test_a_layer_counts_on_the_submit_path(monkeypatch):
    heavier = FUNCTIONS["submit_api"]._replace(layers=("forms",))
    monkeypatch.setitem(FUNCTIONS, "submit_api", heavier)
    with pytest.raises(CannotPackage, match="submit path"):
        sizes(artefacts(forms=SUBMIT_LIMIT))


def test_drafts_may_be_heavier_than_the_submit_path():
    assert sizes(artefacts(forms=SUBMIT_LIMIT + 1))["submission_api"]["zipped"] > SUBMIT_LIMIT


def test_a_file_of_the_system_that_is_another_is_refused(tmp_path):
    other = tmp_path / "vie.traineddata"
    other.write_bytes(b"another model")
    with pytest.raises(CannotPackage, match=r"files\.lock"):
        parts.copy_files({"tessdata/vie.traineddata": str(other)}, tmp_path)
    with pytest.raises(CannotPackage, match="missing"):
        parts.copy_files({"tessdata/vie.traineddata": str(tmp_path / "none")}, tmp_path)


def test_a_wheel_that_is_not_in_the_lock_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "WORK", tmp_path)
    folder = tmp_path / "wheels" / f"authorizer-{parts.MACHINE}-{parts.sha256(LAYERS / 'authorizer.lock')[:12]}"
    folder.mkdir(parents=True)
    (folder / "chalice-1.34.0-py3-none-any.whl").write_bytes(b"another")
    with pytest.raises(CannotPackage, match="not the one of"):
        parts.wheels("authorizer")


def test_a_part_that_the_lock_lacks_is_named(monkeypatch):
    monkeypatch.setitem(PARTS, "core", Part(wheels=("no-such-thing",)))
    with pytest.raises(CannotPackage, match="no-such-thing"):
        parts.lock_text("core")


def test_sources_never_carry_what_a_run_left_behind():
    shutil.rmtree(ROOT / "nothing", ignore_errors=True)
    assert not any("__pycache__" in path for path in parts.sources_of(("app.py", "chalicelib")))


def test_schemas_are_for_readers_and_go_into_no_zip():
    assert any((ROOT / "chalicelib" / "contracts" / "schemas").glob("*.json"))
    carried = parts.sources_of(("app.py", "chalicelib"))
    assert "chalicelib/contracts/event.py" in carried
    assert not any("schemas" in path for path in carried)


LOADED = """
import importlib, json, sys
for handler in sys.argv[1:]:
    importlib.import_module(handler.rpartition(".")[0])
print(json.dumps([m.__file__ for n, m in sys.modules.items() if n.split(".")[0] == "chalicelib" and m.__file__]))
"""


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_zip_has_every_module_of_ours_that_its_functions_load(bundle):
    handlers = sorted(f.handler for f in FUNCTIONS.values() if f.bundle == bundle)
    env = {**os.environ, **SETTINGS}
    command = [sys.executable, "-c", LOADED, *handlers]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    loaded = {str(Path(file).relative_to(ROOT)) for file in json.loads(ran.stdout)}
    part = BUNDLES[bundle]
    assert loaded
    assert loaded - set(parts.sources_of(part.sources, part.unloaded)) == set()


@pytest.fixture
def elsewhere(monkeypatch):
    """A machine whose processors are not those that is packaged for."""
    monkeypatch.setattr(package.platform, "machine", lambda: "m68k")
    monkeypatch.delenv(package.EMULATED, raising=False)
    return monkeypatch


def test_what_is_for_other_processors_is_run_by_the_emulator_that_is_named(elsewhere):
    assert package.runner() is None
    elsewhere.setattr(package, "MACHINE", REAL)
    elsewhere.setenv(package.EMULATED, sys.executable)
    by = package.runner()
    assert by.python == Path(sys.executable)
    assert [(folder / "boto3").is_dir() for folder in by.beside] == [True]


def test_an_emulator_of_yet_other_processors_is_refused_by_name(elsewhere):
    elsewhere.setenv(package.EMULATED, sys.executable)
    elsewhere.setattr(package, "MACHINE", "s390x")
    with pytest.raises(CannotPackage, match=f"is for {REAL}, what is packaged for s390x"):
        package.runner()


def test_on_its_own_processors_nothing_is_emulated(monkeypatch):
    monkeypatch.setenv(package.EMULATED, "/nowhere")
    monkeypatch.setattr(package, "MACHINE", REAL)
    assert package.runner() == package.Runner(package.interpreter())
