"""What the zips of the app hold: wheels by hash, our sources, fonts and models; unpacked, trimmed and compiled.

A zip is a group of functions or a layer. Its tree is made again when its lock, its sources or the rules here change.
"""

import hashlib
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

from infra.build import elf, models
from infra.build.unloaded import BEHIND_HTTP, READS_SCANS
from infra.stack.functions import ARCHITECTURE, ARCHITECTURES

ROOT: Final = Path(__file__).parents[2]
LAYERS: Final = ROOT / "infra" / "build" / "layers"
WORK: Final = ROOT / ".local" / "package"
MACHINE: Final = ARCHITECTURES[ARCHITECTURE]
PLATFORMS: Final = (
    *(f"manylinux_2_{minor}_{MACHINE}" for minor in (34, 28, 27, 26, 17, 12, 5)),
    f"manylinux2014_{MACHINE}",
)


class CannotPackage(RuntimeError):
    """A wheel, a file or an import is not as it must be; the text says which."""


# --- what goes where -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A zip: its wheels (a name of requirements.lock each), our sources, files of the system (target -> source)."""

    wheels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    calls_aws: bool = False
    """Whether it holds what botocore reads of our services."""
    root: str = ""
    """Folder inside the zip where modules are: nothing for a function, `python` for a layer."""
    without: tuple[str, ...] = ()
    """Files of its wheels that this part does without, beside `LEFT_OUT`."""
    unloaded: tuple[str, ...] = ()
    """Folders of our sources that nothing in this part loads."""


_DEBIAN: Final = "/usr/share/fonts/truetype"
_LIBERATION: Final = ("Serif-Regular", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic", "Mono-Regular")
_DEJAVU: Final = ("Serif", "Serif-Bold", "Sans", "Sans-Bold")
FONTS: Final = {
    f"python/motcua_fonts/{Path(path).name}": path
    for path in (
        *(f"{_DEBIAN}/liberation/Liberation{name}.ttf" for name in _LIBERATION),
        *(f"{_DEBIAN}/dejavu/DejaVu{name}.ttf" for name in _DEJAVU),
    )
}
"""A module of fonts: the code finds it wherever its layer is (`chalicelib/messages/rendering.py`)."""
TESSDATA: Final = {"tessdata/vie.traineddata": "/usr/share/tesseract-ocr/5/tessdata/vie.traineddata"}

_KERNEL: Final = ("chalicelib/__init__.py", "chalicelib/kernel/__init__.py", "chalicelib/kernel/settings.py")
_CODES: Final = tuple(f"chalicelib/law/{name}.py" for name in ("__init__", "codes", "errors"))
BUNDLES: Final[dict[str, Part]] = {
    "core": Part(
        wheels=(
            "annotated-types",
            "aws-lambda-powertools",
            "chalice",
            "jmespath",
            "msgspec",
            "pydantic",
            "pydantic-core",
            "typing-extensions",
            "typing-inspection",
        ),
        sources=("app.py", "chalicelib"),
        unloaded=READS_SCANS,
        calls_aws=True,
    ),
    "worker": Part(
        wheels=("aws-lambda-powertools", "chalice", "jmespath", "msgspec", "typing-extensions"),
        sources=("chalicelib",),
        unloaded=BEHIND_HTTP,
        calls_aws=True,
    ),
    "authorizer": Part(wheels=("chalice",), sources=(*_KERNEL, *_CODES, "chalicelib/identity")),
}
LAYER_PARTS: Final[dict[str, Part]] = {
    "sealing": Part(wheels=("cffi", "cryptography", "joserfc", "pycparser"), root="python"),
    "forms": Part(wheels=("common-expression-language", "jsonschema-rs"), root="python"),
    "words": Part(wheels=("anyascii", "rapidfuzz"), root="python"),
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
            "charset-normalizer",
            "frozenlist",
            "idna",
            "multidict",
            "oscrypto",
            "propcache",
            "pyhanko",
            "pyhanko-certvalidator",
            "requests",
            "tzlocal",
            "uritools",
            "yarl",
        ),
        root="python",
    ),
    "pages": Part(wheels=("numpy", "pypdfium2", "zxing-cpp"), root="python"),
    # A page has a few dozen words to compare, one by one: the search needs the second build of rapidfuzz and its
    # `process`, the reader does not.
    "ocr": Part(
        wheels=("rapidfuzz", "tesserocr"),
        files=TESSDATA,
        root="python",
        without=("rapidfuzz/*_avx2.*.so", "rapidfuzz/process_cpp_impl.*.so"),
    ),
}
PARTS: Final = BUNDLES | LAYER_PARTS

# What no function of ours runs. The smoke test prints, signs, reads and converts without it.
LEFT_OUT: Final = (
    "*.pyi", "*.c", "*.h", "*.hpp", "*.cpp", "*.pyx", "*.pxd", "*.pxi", "*.a", "*.lib", "*.f90",
    "*/tests/*", "*/__pycache__/*", "*/benchmarks/*", "*.data/*",
    "*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/sboms/*", "*.dist-info/entry_points.txt",
    "aws_lambda_powertools/event_handler/*", "aws_lambda_powertools/utilities/data_classes/*",
    "aws_lambda_powertools/utilities/batch/*", "aws_lambda_powertools/utilities/parameters/*",
    "aws_lambda_powertools/utilities/streaming/*",
    "aws_lambda_powertools/utilities/auth_alpha/*", "aws_lambda_powertools/utilities/circuit_breaker/*",
    "aws_lambda_powertools/utilities/data_masking/*", "aws_lambda_powertools/utilities/feature_flags/*",
    "aws_lambda_powertools/utilities/idempotency/*", "aws_lambda_powertools/utilities/kafka/*",
    "aws_lambda_powertools/utilities/parser/*",
    "fontTools/*.so",  # each has the same module in Python beside it
    "fontTools/qu2cu/*", "fontTools/cu2qu/*", "fontTools/ufoLib/*", "fontTools/designspaceLib/*", "fontTools/subset/*",
    "fontTools/voltLib/*", "fontTools/mtiLib/*", "fontTools/merge/*", "fontTools/svgLib/*",
    "fontTools/feaLib/[!_l]*", "fontTools/varLib/instancer/*", "fontTools/varLib/interpolatable*",
    "fontTools/varLib/plot.py", "packaging/licenses/*", "numpy/_core/_simd.*.so",
    "lxml/includes/*", "lxml/html/*", "lxml/isoschematron/*", "lxml/objectify.*", "lxml/_difflib*",
    "numpy/f2py/*", "numpy/_pyinstaller/*", "numpy/_core/lib/*", "numpy/_core/include/*",
    "numpy/_core/*_tests.*.so", "numpy/fft/*", "numpy/polynomial/*",
    "numpy/random/lib/*", "numpy/random/_examples/*", "numpy/doc/*", "numpy/random/*", "numpy/testing/*",
    "pypdfium2_cli/*",
    "PIL/_avif.*", "pillow.libs/libavif-*",
    "PIL/_webp.*", "pillow.libs/libwebp*", "pillow.libs/libsharpyuv-*", "PIL/_imagingmath.*", "PIL/_imagingtk.*",
    "asn1crypto/_perf/*", "multidict/_testcapi.*",
)  # fmt: skip
CHALICE: Final = ("chalice/__init__.py", "chalice/app.py", "chalice/py.typed")
"""All that a function runs of Chalice: what Chalice itself would put into the zip."""


def kept(path: str, without: tuple[str, ...] = ()) -> bool:
    """Whether a file of a wheel is packaged."""
    if path.startswith("chalice"):
        return path in CHALICE
    return not any(fnmatch(path, pattern) for pattern in (*LEFT_OUT, *without))


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
    lines = [f"{sha256(Path(source))}  {target}\n" for target, source in sorted(files.items())]
    (LAYERS / "files.lock").write_text("".join(lines), "utf-8")


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command: str | Path, **more: Any) -> str:
    """Run a program; what it printed. Raises CannotPackage with the end of what it said."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)  # noqa: S603 - our own commands
    if done.returncode:
        raise CannotPackage(f"{Path(str(command[0])).name} failed: {(done.stderr or done.stdout)[-2000:]}")
    return str(done.stdout)


def wheels(name: str) -> list[Path]:
    """The wheels of a part for Lambda's Python, downloaded once; each has a hash of the lock. Raises CannotPackage."""
    lock = LAYERS / f"{name}.lock"
    folder = WORK / "wheels" / f"{name}-{MACHINE}-{sha256(lock)[:12]}"
    found = sorted(folder.glob("*.whl"))
    wanted = PARTS[name].wheels
    if len(found) != len(wanted):
        shutil.rmtree(folder, ignore_errors=True)
        platforms = [f"--platform={p}" for p in PLATFORMS]
        abis = ("--abi=cp313", "--abi=abi3", "--abi=none")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps")
        exact = ("--require-hashes", "--only-binary=:all:", "--implementation=cp", "--python-version=3.13")
        run(*pip, *exact, *platforms, *abis, "-d", folder, "-r", lock)
        found = sorted(folder.glob("*.whl"))
    allowed = set(re.findall(r"sha256:([0-9a-f]{64})", lock.read_text("utf-8")))
    for wheel in found:
        if sha256(wheel) not in allowed:
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
    made_by = f"{sys.version}{part}{LEFT_OUT}{METADATA}{CHALICE}{_COMPILE}{models.VERSION}{MACHINE}"
    digest = hashlib.sha256(made_by.encode())
    digest.update(Path(models.__file__).read_bytes() + Path(elf.__file__).read_bytes())
    locks = [LAYERS / f"{name}.lock", LAYERS / "files.lock"]
    for path in (*locks, *(ROOT / source for source in sources_of(part.sources, part.unloaded))):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


UNREAD: Final = ("/__pycache__/", "chalicelib/contracts/schemas/")
"""What a run left behind, and what is for readers only: it goes into no zip."""


def sources_of(given: Iterable[str], unloaded: Iterable[str] = ()) -> list[str]:
    """Every file of ours under the given names that a function reads, but for folders that it loads nothing of."""
    found = []
    for name in given:
        path = ROOT / name
        files = [path] if path.is_file() else path.rglob("*")
        found += [str(f.relative_to(ROOT)) for f in files if f.is_file()]
    return sorted(name for name in found if not any(part in name for part in (*UNREAD, *unloaded)))


METADATA: Final = ".dist-info/METADATA"


def described(metadata: bytes) -> bytes:
    """The fields of a wheel's metadata, which programs ask for, without the page about it, which people read."""
    return metadata.partition(b"\n\n")[0] + b"\n"


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
                if not member.endswith("/") and kept(member, part.without):
                    target = Path(archive.extract(member, modules))
                    if ".so" in target.suffixes:
                        target.write_bytes(elf.bare(target.read_bytes()))
                    elif member.endswith(METADATA):
                        target.write_bytes(described(target.read_bytes()))
    for source in sources_of(part.sources, part.unloaded):
        (modules / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, modules / source)
    copy_files(part.files, new)
    if part.calls_aws:
        models.write(modules)
    prefix = f"/opt/{part.root}" if part.root else "/var/task"
    seeded = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0"}
    run(sys.executable, "-I", "-W", "ignore", "-c", _COMPILE, modules, prefix, env=seeded)
    new.rename(folder)
    return folder


def copy_files(files: Mapping[str, str], folder: Path) -> None:
    """Copy files of the system that are the pinned ones. Raises CannotPackage."""
    lines = (LAYERS / "files.lock").read_text("utf-8").splitlines()
    pinned = {target: digest for digest, target in (line.split() for line in lines)}
    for target, source in files.items():
        if not Path(source).is_file():
            raise CannotPackage(f"{source} is missing: make install brings it")
        if sha256(Path(source)) != pinned.get(target):
            raise CannotPackage(
                f"{source} is not the file of infra/build/layers/files.lock: run with --lock if it should be"
            )
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / target)


def files_of(folder: Path) -> list[Path]:
    """Every file of a tree, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def pack(folder: Path, target: Path) -> None:
    """A zip that depends on nothing but names and content: sorted, of one moment, with one mode."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_of(folder):
            info = zipfile.ZipInfo(str(path.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, (0o100755 if path.suffix == ".so" else 0o100644) << 16
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
