"""Packages the app for AWS: templates, one zip per group of functions, layers; the same input gives the same bytes.

    python -m infra.build.package [--stage dev] [--out build] [--lint] [--fresh]
    python -m infra.build.package --lock     write infra/build/layers/*.lock again, from requirements.lock

What fails here does not fail in production: a template with a fault (`infra/build/faults.py`), a function over Lambda's
limit, a module that is in none of a function's zip, layers and the bare interpreter (`infra/build/layers/smoke.py`).
"""

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from infra.build import faults, limits
from infra.build.compose import RUNTIME, chalice_files, data_template, layer, merge_template
from infra.build.lean import made_lean
from infra.build.parts import (
    BUNDLES,
    LAYER_PARTS,
    LAYERS,
    MACHINE,
    PARTS,
    ROOT,
    WORK,
    CannotPackage,
    files_of,
    pack,
    run,
    sha256,
    sources_of,
    tree,
    write_locks,
)
from infra.build.split import split
from infra.stack.functions import ARCHITECTURE, FUNCTIONS
from infra.stack.policies import SPARE
from infra.stack.resources import logical
from infra.stack.rest_api import application, capability

REGION: Final = "ap-southeast-1"
UNZIPPED_LIMIT: Final = 250 * 1024 * 1024
"""Bytes of a function and its layers together: Lambda's limit."""
ROOM: Final = 0.9
"""The share of it that a function may take: a library that grows by a tenth stops no release."""
EMULATED: Final = "MOTCUA_EMULATED_PYTHON"
SUBMIT_LIMIT: Final = 10_500_000
"""Bytes of all that the submit path carries, its zip and its layers: our own limit."""


# --- artefacts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Artefact:
    """A zip of the build."""

    name: str
    kind: str
    file: str
    size: int
    unzipped: int
    sha256: str
    functions: tuple[str, ...]


def _users(name: str) -> tuple[str, ...]:
    if name in BUNDLES:
        return tuple(f for f, given in FUNCTIONS.items() if given.bundle == name)
    return tuple(f for f, given in FUNCTIONS.items() if name in given.layers)


def artefact(name: str, folder: Path, build: Path) -> Artefact:
    """Make the zip of a part's tree; its name carries its hash, so that CloudFormation sees a change."""
    kind = "function" if name in BUNDLES else "layer"
    kept_zip = folder.with_suffix(".zip")
    if not kept_zip.exists():
        pack(folder, kept_zip)
    digest = sha256(kept_zip)
    file = f"{'layer-' if kind == 'layer' else ''}{name}-{digest[:12]}.zip"
    shutil.copyfile(kept_zip, build / file)
    unzipped = sum(path.stat().st_size for path in files_of(folder))
    return Artefact(name, kind, file, kept_zip.stat().st_size, unzipped, digest, _users(name))


def sizes(artefacts: Mapping[str, Artefact]) -> dict[str, dict[str, int]]:
    """Per function what it carries: bytes zipped and unzipped. Raises CannotPackage for one over a limit."""
    found = {}
    for name, function in FUNCTIONS.items():
        carried = [artefacts[part] for part in (function.bundle, *function.layers)]
        found[name] = {"zipped": sum(a.size for a in carried), "unzipped": sum(a.unzipped for a in carried)}
        if (unzipped := found[name]["unzipped"]) > ROOM * UNZIPPED_LIMIT:
            raise CannotPackage(
                f"{name} has {unzipped:,} bytes unzipped; Lambda takes {UNZIPPED_LIMIT:,}, we take {ROOM:.0%} of it"
            )
    if (size := found["submit_api"]["zipped"]) > SUBMIT_LIMIT:
        raise CannotPackage(f"the submit path carries {size:,} bytes; our limit is {SUBMIT_LIMIT:,}")
    return found


# --- templates -----------------------------------------------------------------------------------------------


def _chalice(stage: str, project: Path) -> dict[str, Any]:
    """What `chalice package` makes with our merge template, in a copy of the project without wheels of its own."""
    shutil.rmtree(project, ignore_errors=True)
    for source in sources_of(("app.py", "chalicelib")):
        (project / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, project / source)
    (project / "requirements.txt").write_text("", "utf-8")  # we package the wheels, once for all functions
    (project / ".chalice").mkdir()
    for name, text in chalice_files(stage).items():
        (project / ".chalice" / name).write_text(text, "utf-8")
    (project / "merge.json").write_text(json.dumps(merge_template(application())), "utf-8")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MOTCUA_", "PYTHON"))}
    env = clean | {"AWS_DEFAULT_REGION": REGION, "PYTHONDONTWRITEBYTECODE": "1"}
    command = (
        Path(sys.executable).parent / "chalice",
        "package",
        "--stage",
        stage,
        "--merge-template",
        "merge.json",
        "out",
    )
    run(*command, cwd=project, env=env)
    found: dict[str, Any] = json.loads((project / "out" / "sam.json").read_text("utf-8"))
    return found


def app_template(stage: str, artefacts: Mapping[str, Artefact], project: Path = WORK / "project") -> dict[str, Any]:
    """The app stack: Chalice's template, each function with its own zip, without Chalice's spare function."""
    template = _chalice(stage, project)
    spare = ("APIHandler", "APIHandlerInvokePermission", f"{logical(SPARE)}Role")
    for name in spare:
        template["Resources"].pop(name, None)
    for name in ("APIHandlerName", "APIHandlerArn"):
        template["Outputs"].pop(name, None)
    made_lean(template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"])
    template["Parameters"]["Stage"] = template["Parameters"]["Stage"] | {"Default": stage}
    for name, function in FUNCTIONS.items():
        template["Resources"][logical(name)]["Properties"]["CodeUri"] = f"./{artefacts[function.bundle].file}"
    for name in LAYER_PARTS:
        template["Resources"][layer(name)]["Properties"]["ContentUri"] = f"./{artefacts[name].file}"
    runtimes = {template["Resources"][logical(name)]["Properties"]["Runtime"] for name in FUNCTIONS}
    if runtimes != {RUNTIME}:
        raise CannotPackage(f"package with {RUNTIME}, not for {runtimes}")
    return template


# --- the bare interpreter ------------------------------------------------------------------------------------


def interpreter() -> Path:
    """A Python that holds what Lambda's has and nothing else (boto3, awslambdaric), made once."""
    lock = ROOT / "infra" / "localstack" / "runtime.lock"
    folder = WORK / f"runtime-{sha256(lock)[:12]}"
    python = folder / "bin" / "python"
    if not (folder / ".made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", folder)
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
        run(*pip, "install", "-q", "--require-hashes", "-r", lock)
        (folder / ".made").touch()
    return python


@dataclass(frozen=True)
class Runner:
    """What runs packaged functions here: a Python for their processors, and folders of what Lambda's brings."""

    python: Path
    beside: tuple[Path, ...] = ()


def runner() -> Runner | None:
    """This machine's, or for other processors the Python that MOTCUA_EMULATED_PYTHON names; None without one.

    Raises CannotPackage when that one is for yet others: it would load none of the libraries.
    """
    own = interpreter()
    if platform.machine() == MACHINE:
        return Runner(own)
    if not (named := os.environ.get(EMULATED)):
        return None
    if (machine := run(named, "-c", "import platform; print(platform.machine())").strip()) != MACHINE:
        raise CannotPackage(f"{EMULATED}={named} is for {machine}, what is packaged for {MACHINE}")
    return Runner(Path(named), tuple(own.parents[1].glob("lib/python3*/site-packages")))


def smoke(trees: Mapping[str, Path], by: Runner, names: Iterable[str] = FUNCTIONS) -> None:
    """Load each function, and do its heaviest work once, with only its zip and its layers. Raises CannotPackage."""
    for name in names:
        function = FUNCTIONS[name]
        code, layers = trees[function.bundle], [trees[used] for used in function.layers]
        env = {
            "PYTHONPATH": os.pathsep.join(map(str, (code, *(used / "python" for used in layers), *by.beside))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "MOTCUA_STAGE": "smoke",
            "MOTCUA_SECRET": "s" * 32,
            "MOTCUA_TIMESTAMP_URL": "https://timestamps.invalid",
            "AWS_DEFAULT_REGION": REGION,
            "PATH": "/nonexistent",
            "LANG": "C.UTF-8",
        }
        for used in layers:
            env |= {"TESSDATA_PREFIX": str(used / "tessdata")} if (used / "tessdata").exists() else {}
        if capability(name):
            env["MOTCUA_CAPABILITY"] = capability(name)
        try:
            run(by.python, "-W", "ignore", LAYERS / "smoke.py", name, function.handler, cwd=code, env=env)
        except CannotPackage as error:
            raise CannotPackage(f"{name} does not run with {function.bundle} and {function.layers}: {error}") from None


# --- command -------------------------------------------------------------------------------------------------


def package(stage: str, build: Path, *, fresh: bool = False) -> dict[str, Any]:
    """Make everything in `build`; answers the manifest. Raises CannotPackage, faults.Unsafe."""
    build.mkdir(parents=True, exist_ok=True)
    for old in build.glob("*.zip"):
        old.unlink()
    trees = {name: tree(name, fresh=fresh) for name in PARTS}
    artefacts = {name: artefact(name, trees[name], build) for name in PARTS}
    carried = sizes(artefacts)
    data, app = data_template(), app_template(stage, artefacts)
    if found := [*faults.data_faults(data), *faults.app_faults(app, application())]:
        raise faults.Unsafe("; ".join(found))
    stacks = {"data": data, **split(app)}
    if over := [fault for name, template in stacks.items() for fault in limits.faults(name, template)]:
        raise CannotPackage("; ".join(over))
    if by := runner():
        smoke(trees, by)
    else:
        told = f"not run: what is for {MACHINE} does not run on {platform.machine()}, and {EMULATED} names no emulator"
        print(told, file=sys.stderr)
    for name, template in stacks.items():
        (build / f"{name}.json").write_text(limits.written(template), "utf-8")
    manifest = {
        "stage": stage,
        "runtime": RUNTIME,
        "architecture": ARCHITECTURE,
        "templates": {f"{n}.json": sha256(build / f"{n}.json") for n in stacks},
        "resources": {name: limits.made(template) for name, template in stacks.items()},
        "artefacts": [vars(a) | {"functions": list(a.functions)} for a in artefacts.values()],
        "functions": {
            name: {"bundle": f.bundle, "layers": list(f.layers), **carried[name]} for name, f in FUNCTIONS.items()
        },
    }
    (build / "package.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return manifest


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.build.package", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--stage", default="dev")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    parser.add_argument("--fresh", action="store_true", help="use nothing of an earlier run but the wheels")
    parser.add_argument("--lint", action="store_true", help="then lint every template and every state machine")
    parser.add_argument("--lock", action="store_true", help="write infra/build/layers/*.lock again and stop")
    given = parser.parse_args()
    if given.lock:
        write_locks()
        return 0
    try:
        manifest = package(given.stage, given.out, fresh=given.fresh)
    except (CannotPackage, faults.Unsafe) as error:
        print(f"motcua: {error}", file=sys.stderr)
        return 1
    for made in manifest["artefacts"]:
        print(f"{made['file']:<36} {made['size']:>11,} {made['unzipped']:>12,}  {made['sha256']}")
    for name, digest in manifest["templates"].items():
        resources = f"{manifest['resources'][name.removesuffix('.json')]} of {limits.RESOURCES}"
        print(f"{name:<36} {(given.out / name).stat().st_size:>11,} {resources:>12}  {digest}")
    for name, carried in manifest["functions"].items():
        parts = " + ".join([carried["bundle"], *carried["layers"]])
        print(f"  {name:<22} {carried['zipped']:>11,} {carried['unzipped']:>12,}  {parts}")
    if given.lint:
        from infra.build.lint import lint

        return lint(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
