"""Packages the app for AWS: templates, one zip per group of functions, layers; the same input gives the same bytes.

    python -m infra.package [--stage dev] [--out build] [--lint] [--fresh]
    python -m infra.package --lock     write infra/layers/*.lock again, from requirements.lock

What fails here does not fail in production: a template with a fault (`infra/faults.py`), a function over Lambda's
limit, a module that is in none of a function's zip, layers and the bare interpreter (`infra/layers/smoke.py`).
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from infra import faults
from infra.compose import RUNTIME, application, chalice_files, data_template, layer, merge_template
from infra.policies import SPARE, log_group
from infra.resources import FUNCTIONS, logical

ROOT: Final = Path(__file__).parent.parent
LAYERS: Final = ROOT / "infra" / "layers"
WORK: Final = ROOT / ".local" / "package"
REGION: Final = "ap-southeast-1"
UNZIPPED_LIMIT: Final = 250 * 1024 * 1024
"""Bytes of a function and its layers together: Lambda's limit."""
SUBMIT_LIMIT: Final = 10_000_000
"""Bytes of the zip that the submit path carries: our own limit."""
PLATFORMS: Final = (*(f"manylinux_2_{minor}_x86_64" for minor in (34, 28, 27, 26, 17, 12, 5)), "manylinux2014_x86_64")


class CannotPackage(RuntimeError):
    """A wheel, a file or an import is not as it must be; the text says which."""


# --- what goes where -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A zip: its wheels (a name of requirements.lock each), our sources, files of the system (target -> source)."""

    wheels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    root: str = ""
    """Folder inside the zip where modules are: nothing for a function, `python` for a layer."""


_FONTS: Final = {
    "liberation": ("Serif-Regular", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic", "Mono-Regular"),
    "dejavu": ("Serif", "Serif-Bold", "Sans", "Sans-Bold"),
}
_FAMILY: Final = {"liberation": "Liberation", "dejavu": "DejaVu"}
FONTS: Final = {
    f"fonts/{_FAMILY[folder]}{name}.ttf": f"/usr/share/fonts/truetype/{folder}/{_FAMILY[folder]}{name}.ttf"
    for folder, names in _FONTS.items()
    for name in names
}
TESSDATA: Final = {"tessdata/vie.traineddata": "/usr/share/tesseract-ocr/5/tessdata/vie.traineddata"}

_KERNEL: Final = ("chalicelib/__init__.py", "chalicelib/kernel/__init__.py", "chalicelib/kernel/settings.py")
BUNDLES: Final[dict[str, Part]] = {
    "core": Part(
        wheels=(
            "annotated-types",
            "aws-lambda-powertools",
            "chalice",
            "jmespath",
            "pydantic",
            "pydantic-core",
            "typing-extensions",
            "typing-inspection",
        ),
        sources=("app.py", "chalicelib"),
    ),
    "worker": Part(
        wheels=("aws-lambda-powertools", "chalice", "jmespath", "typing-extensions"), sources=("chalicelib",)
    ),
    "authorizer": Part(wheels=("chalice",), sources=(*_KERNEL, "chalicelib/identity")),
}
LAYER_PARTS: Final[dict[str, Part]] = {
    "sealing": Part(wheels=("cffi", "cryptography", "joserfc", "pycparser"), root="python"),
    "forms": Part(wheels=("jsonschema-rs",), root="python"),
    "pdf": Part(
        wheels=(
            "attrs",
            "fonttools",
            "img2pdf",
            "jsonschema",
            "jsonschema-specifications",
            "lxml",
            "packaging",
            "pikepdf",
            "pillow",
            "referencing",
            "rpds-py",
        ),
        root="python",
    ),
    "documents": Part(wheels=("segno", "typst"), files=FONTS, root="python"),
    "signing": Part(
        wheels=(
            "aiohappyeyeballs",
            "aiohttp",
            "aiosignal",
            "asn1crypto",
            "certifi",
            "frozenlist",
            "idna",
            "multidict",
            "oscrypto",
            "propcache",
            "pyhanko",
            "pyhanko-certvalidator",
            "tzlocal",
            "uritools",
            "yarl",
        ),
        root="python",
    ),
    "pages": Part(wheels=("numpy", "pypdfium2"), root="python"),
    "ocr": Part(wheels=("rapidfuzz", "tesserocr"), files=TESSDATA, root="python"),
}
PARTS: Final = BUNDLES | LAYER_PARTS

# What no function of ours runs. The smoke test prints, signs, reads and converts without it.
LEFT_OUT: Final = (
    "*.pyi", "*.c", "*.h", "*.hpp", "*.cpp", "*.pyx", "*.pxd", "*.pxi", "*.a", "*.lib", "*.f90",
    "*/tests/*", "*/__pycache__/*", "*.data/*",
    "*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/sboms/*", "*.dist-info/entry_points.txt",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*",
    "fontTools/*.so",  # each has the same module in Python beside it
    "fontTools/qu2cu/*", "fontTools/cu2qu/*", "fontTools/ufoLib/*", "fontTools/designspaceLib/*", "fontTools/subset/*",
    "fontTools/voltLib/*", "fontTools/mtiLib/*", "fontTools/merge/*", "fontTools/svgLib/*",
    "lxml/includes/*", "lxml/html/*", "lxml/isoschematron/*", "lxml/objectify.*", "lxml/_difflib*",
    "numpy/f2py/*", "numpy/_pyinstaller/*", "numpy/_core/lib/*", "numpy/_core/include/*",
    "numpy/random/lib/*", "numpy/random/_examples/*", "numpy/doc/*", "numpy/random/*", "numpy/testing/*",
    "pypdfium2_cli/*",
    "PIL/_avif.*", "pillow.libs/libavif-*",
    "asn1crypto/_perf/*",
)  # fmt: skip
CHALICE: Final = ("chalice/__init__.py", "chalice/app.py", "chalice/py.typed")
"""All that a function runs of Chalice: what Chalice itself would put into the zip."""


def kept(path: str) -> bool:
    """Whether a file of a wheel is packaged."""
    if path.startswith("chalice"):
        return path in CHALICE
    return not any(fnmatch(path, pattern) for pattern in LEFT_OUT)


# --- locks and wheels ----------------------------------------------------------------------------------------


def _blocks() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    found = re.findall(r"(?m)^([a-z0-9][\w.-]*)==(\S+) \\\n((?:    --hash=\S+(?: \\)?\n)+)", text)
    return {name: f"{name}=={version} \\\n{hashes}" for name, version, hashes in found}


def lock_text(name: str) -> str:
    """The lock of a part: versions and hashes as in requirements.lock. Raises CannotPackage for a wheel it lacks."""
    blocks = _blocks()
    if missing := [wheel for wheel in PARTS[name].wheels if wheel not in blocks]:
        raise CannotPackage(f"requirements.lock lacks {', '.join(missing)}")
    return "".join(blocks[wheel] for wheel in sorted(PARTS[name].wheels))


def write_locks() -> None:
    """Write the locks again, and the hashes of the system's files."""
    for name in PARTS:
        (LAYERS / f"{name}.lock").write_text(lock_text(name), "utf-8")
    files = {**FONTS, **TESSDATA}
    lines = [f"{_sha256(Path(source))}  {target}\n" for target, source in sorted(files.items())]
    (LAYERS / "files.lock").write_text("".join(lines), "utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(*command: str | Path, **more: Any) -> None:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)  # noqa: S603 - our own commands
    if done.returncode:
        raise CannotPackage(f"{Path(str(command[0])).name} failed: {(done.stderr or done.stdout)[-2000:]}")


def wheels(name: str) -> list[Path]:
    """The wheels of a part for Lambda's Python, downloaded once; each has a hash of the lock. Raises CannotPackage."""
    lock = LAYERS / f"{name}.lock"
    folder = WORK / "wheels" / f"{name}-{_sha256(lock)[:12]}"
    found = sorted(folder.glob("*.whl"))
    wanted = PARTS[name].wheels
    if len(found) != len(wanted):
        shutil.rmtree(folder, ignore_errors=True)
        platforms = [f"--platform={p}" for p in PLATFORMS]
        abis = ("--abi=cp313", "--abi=abi3", "--abi=none")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps")
        exact = ("--require-hashes", "--only-binary=:all:", "--implementation=cp", "--python-version=3.13")
        _run(*pip, *exact, *platforms, *abis, "-d", folder, "-r", lock)
        found = sorted(folder.glob("*.whl"))
    allowed = set(re.findall(r"sha256:([0-9a-f]{64})", lock.read_text("utf-8")))
    for wheel in found:
        if _sha256(wheel) not in allowed:
            raise CannotPackage(f"{wheel.name} is not the one of {lock.name}")
    return found


# --- trees ---------------------------------------------------------------------------------------------------

# By a fresh interpreter with a fixed seed, in order: the same source gives the same bytes.
_COMPILE: Final = """
import py_compile, sys
from pathlib import Path
root, prefix = Path(sys.argv[1]), sys.argv[2]
mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
for path in sorted(root.rglob("*.py")):
    name = f"{prefix}/{path.relative_to(root)}"
    py_compile.compile(str(path), dfile=name, doraise=False, quiet=2, invalidation_mode=mode, optimize=0)
"""


def _key(name: str) -> str:
    """What a tree is made of: when it changes, the tree is made again."""
    part = PARTS[name]
    digest = hashlib.sha256(f"{sys.version}{part}{LEFT_OUT}{CHALICE}{_COMPILE}".encode())
    locks = [LAYERS / f"{name}.lock", LAYERS / "files.lock"]
    for path in (*locks, *(ROOT / source for source in _sources(part.sources))):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _sources(given: Iterable[str]) -> list[str]:
    found = []
    for name in given:
        path = ROOT / name
        files = [path] if path.is_file() else path.rglob("*")
        found += [str(f.relative_to(ROOT)) for f in files if f.is_file() and "__pycache__" not in f.parts]
    return sorted(found)


def tree(name: str, *, fresh: bool = False) -> Path:
    """The unpacked content of a part. Raises CannotPackage."""
    folder = WORK / "trees" / f"{name}-{_key(name)}"
    if folder.exists() and not fresh:
        return folder
    for old in (WORK / "trees").glob(f"{name}-*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    part, new = PARTS[name], folder.with_name(f".{name}")
    shutil.rmtree(new, ignore_errors=True)
    modules = new / part.root
    modules.mkdir(parents=True)
    for wheel in wheels(name):
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if not member.endswith("/") and kept(member):
                    archive.extract(member, modules)
    for source in _sources(part.sources):
        (modules / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, modules / source)
    _copy_files(part.files, new)
    prefix = f"/opt/{part.root}" if part.root else "/var/task"
    seeded = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0"}
    _run(sys.executable, "-I", "-W", "ignore", "-c", _COMPILE, modules, prefix, env=seeded)
    new.rename(folder)
    return folder


def _copy_files(files: Mapping[str, str], folder: Path) -> None:
    pinned = dict(reversed(line.split()) for line in (LAYERS / "files.lock").read_text("utf-8").splitlines())
    for target, source in files.items():
        if not Path(source).is_file():
            raise CannotPackage(f"{source} is missing: make install brings it")
        if _sha256(Path(source)) != pinned.get(target):
            raise CannotPackage(f"{source} is not the file of infra/layers/files.lock: run with --lock if it should be")
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / target)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def pack(folder: Path, target: Path) -> None:
    """A zip that depends on nothing but names and content: sorted, of one moment, with one mode."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in _files(folder):
            info = zipfile.ZipInfo(str(path.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, (0o100755 if path.suffix == ".so" else 0o100644) << 16
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


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
    digest = _sha256(kept_zip)
    file = f"{'layer-' if kind == 'layer' else ''}{name}-{digest[:12]}.zip"
    shutil.copyfile(kept_zip, build / file)
    unzipped = sum(path.stat().st_size for path in _files(folder))
    return Artefact(name, kind, file, kept_zip.stat().st_size, unzipped, digest, _users(name))


def sizes(artefacts: Mapping[str, Artefact]) -> dict[str, dict[str, int]]:
    """Per function what it carries: bytes zipped and unzipped. Raises CannotPackage for one over Lambda's limit."""
    found = {}
    for name, function in FUNCTIONS.items():
        carried = [artefacts[part] for part in (function.bundle, *function.layers)]
        found[name] = {"zipped": sum(a.size for a in carried), "unzipped": sum(a.unzipped for a in carried)}
        if found[name]["unzipped"] > UNZIPPED_LIMIT:
            raise CannotPackage(
                f"{name} has {found[name]['unzipped']:,} bytes unzipped; Lambda takes {UNZIPPED_LIMIT:,}"
            )
    if (size := artefacts[FUNCTIONS["submission_api"].bundle].size) > SUBMIT_LIMIT:
        raise CannotPackage(f"the submit path carries {size:,} bytes; our limit is {SUBMIT_LIMIT:,}")
    return found


# --- templates -----------------------------------------------------------------------------------------------


def _chalice(stage: str) -> dict[str, Any]:
    """What `chalice package` makes with our merge template, in a copy of the project without wheels of its own."""
    project = WORK / "project"
    shutil.rmtree(project, ignore_errors=True)
    for source in _sources(("app.py", "chalicelib")):
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
    _run(*command, cwd=project, env=env)
    found: dict[str, Any] = json.loads((project / "out" / "sam.json").read_text("utf-8"))
    return found


def app_template(stage: str, artefacts: Mapping[str, Artefact]) -> dict[str, Any]:
    """The app stack: Chalice's template, each function with its own zip, without Chalice's spare function."""
    template = _chalice(stage)
    spare = ("APIHandler", "APIHandlerInvokePermission", f"{logical(SPARE)}Role", log_group(SPARE))
    for name in spare:
        template["Resources"].pop(name, None)
    for name in ("APIHandlerName", "APIHandlerArn"):
        template["Outputs"].pop(name, None)
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
    folder = WORK / f"runtime-{_sha256(lock)[:12]}"
    python = folder / "bin" / "python"
    if not (folder / ".made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", "--without-pip", folder)
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
        _run(*pip, "install", "-q", "--require-hashes", "-r", lock)
        (folder / ".made").touch()
    return python


def smoke(trees: Mapping[str, Path], names: Iterable[str] = FUNCTIONS) -> None:
    """Load each function, and do its heaviest work once, with only its zip and its layers. Raises CannotPackage."""
    python = interpreter()
    for name in names:
        function = FUNCTIONS[name]
        code, layers = trees[function.bundle], [trees[used] for used in function.layers]
        env = {
            "PYTHONPATH": os.pathsep.join([str(code), *(str(used / "python") for used in layers)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "MOTCUA_STAGE": "smoke",
            "MOTCUA_SECRET": "s" * 32,
            "AWS_DEFAULT_REGION": REGION,
            "PATH": "/nonexistent",
            "LANG": "C.UTF-8",
        }
        for used in layers:
            env |= {"MOTCUA_FONTS": str(used / "fonts")} if (used / "fonts").exists() else {}
            env |= {"TESSDATA_PREFIX": str(used / "tessdata")} if (used / "tessdata").exists() else {}
        if name.endswith("_api"):
            env["MOTCUA_CAPABILITY"] = name.removesuffix("_api")
        try:
            _run(python, "-W", "ignore", LAYERS / "smoke.py", name, function.handler, cwd=code, env=env)
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
    smoke(trees)
    for name, template in (("data", data), ("app", app)):
        (build / f"{name}.json").write_text(json.dumps(template, indent=1, sort_keys=True) + "\n", "utf-8")
    manifest = {
        "stage": stage,
        "runtime": RUNTIME,
        "templates": {f"{n}.json": _sha256(build / f"{n}.json") for n in ("data", "app")},
        "artefacts": [vars(a) | {"functions": list(a.functions)} for a in artefacts.values()],
        "functions": {
            name: {"bundle": f.bundle, "layers": list(f.layers), **carried[name]} for name, f in FUNCTIONS.items()
        },
    }
    (build / "package.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return manifest


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stage", default="dev")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    parser.add_argument("--fresh", action="store_true", help="use nothing of an earlier run but the wheels")
    parser.add_argument("--lint", action="store_true", help="then lint both templates and every state machine")
    parser.add_argument("--lock", action="store_true", help="write infra/layers/*.lock again and stop")
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
        print(f"{name:<36} {(given.out / name).stat().st_size:>11,} {'':>12}  {digest}")
    for name, carried in manifest["functions"].items():
        parts = " + ".join([carried["bundle"], *carried["layers"]])
        print(f"  {name:<22} {carried['zipped']:>11,} {carried['unzipped']:>12,}  {parts}")
    if given.lint:
        from infra.lint import lint

        return lint(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
