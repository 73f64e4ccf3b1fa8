"""What a function may see: its zip, its layers at /opt, and an interpreter with awslambdaric and boto3 only.

With mount namespaces (root, or user namespaces) every process has a /opt of its own, its zip is read-only, and the
places of the host that could stand in for a missing layer (OCR models, fonts) are empty. Without them (`private` is
False) /opt is rewritten in the environment: two functions still cannot meet, but what names /opt in its code does not
find it.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

OPT = "/opt"
HIDDEN = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/share/fonts", "/usr/local/share/fonts")
SITE = "python/lib/python3.13/site-packages"
_SCRIPT = """
set -e
opt=$1 task=$2; shift 2
mount --bind "$opt" /opt
mount --bind "$task" "$task"
mount -o remount,bind,ro "$task" || :
while [ "$1" != -- ]; do mount -t tmpfs -o ro,mode=755 tmpfs "$1"; shift; done
shift
cd "$task"
exec "$@"
"""


@cache
def unshare() -> tuple[str, ...] | None:
    """The command that makes a mount namespace here; None when the kernel does not let us."""
    for options in (("--mount",), ("--user", "--map-root-user", "--mount")):
        command = ("unshare", *options, "--propagation", "private")
        try:
            subprocess.run([*command, "mount", "--bind", "/usr", OPT], check=True, capture_output=True, timeout=10)  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            continue
        return command
    return None


def interpreter() -> str:
    """The functions' interpreter. Raises: `KeyError` when whoever started LocalStack named none."""
    return os.environ["MOTCUA_LAMBDA_PYTHON"]


def private() -> bool:
    """Whether functions get a /opt of their own; not when the interpreter itself lives under /opt."""
    return unshare() is not None and not os.path.realpath(interpreter()).startswith(f"{OPT}/")


def layers_root() -> Path:
    """Where the unpacked layers of this instance are."""
    return Path(os.environ["MOTCUA_LAYERS_FOLDER"])


def opt_of(layers: list[Any]) -> Path:
    """A folder with the layers unpacked one over the other, in their order, as AWS does under /opt."""
    name = _short("\n".join(layer.layer_version_arn for layer in layers))
    place = layers_root() / name
    if place.is_dir():
        return place
    beside = layers_root() / f".{name}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for layer in layers:
        layer.code.prepare_for_execution()
        _overlay(layer.code.get_unzipped_code_location(), beside)
    beside.rename(place)
    return place


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _overlay(source: Path, target: Path) -> None:
    for folder, _, names in os.walk(source):
        here = target / Path(folder).relative_to(source)
        here.mkdir(exist_ok=True)
        for name in names:
            (here / name).unlink(missing_ok=True)
            os.link(Path(folder) / name, here / name)


def environment(given: Mapping[str, Any], task: Path, opt: Path) -> dict[str, str]:
    """The environment of the process: what Lambda gives, and the paths of its Python runtime."""
    root = OPT if private() else str(opt)
    own = {k: str(v) for k, v in given.items()}
    if not private():
        own = {k: v.replace(f"{OPT}/", f"{root}/") if f"{OPT}/" in v else v for k, v in own.items()}
    return own | {
        "LANG": "en_US.UTF-8",
        "LAMBDA_TASK_ROOT": str(task),
        "LD_LIBRARY_PATH": f"{task}:{task}/lib:{root}/lib",
        "PATH": f"/usr/local/bin:/usr/bin:/bin:{root}/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(task), f"{root}/{SITE}", f"{root}/python"]),
        "PYTHONUNBUFFERED": "1",
        "TZ": ":UTC",
    }


def command(handler: str, task: Path, opt: Path) -> list[str]:
    """The command line of an execution environment."""
    run = [interpreter(), "-m", "awslambdaric", handler]
    spaces = unshare()
    if spaces is None or not private():
        return run
    hidden = [place for place in HIDDEN if Path(place).is_dir()]
    return [*spaces, "sh", "-c", _SCRIPT, "motcua", str(opt), str(task), *hidden, "--", *run]
