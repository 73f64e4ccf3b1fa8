"""LocalStack's own environment and the functions' interpreter, both from hashed lock files, under `.local/localstack`.

`venv` is LocalStack and our plug-in (it never meets `.venv`: other versions of moto and boto3). `runtime` is what AWS's
Python runtime holds beside the standard library: awslambdaric and boto3. A function that needs more must bring it.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
HOME: Final = Path(".local/localstack").absolute()
PLUGIN: Final = HERE / "plugin"
type Say = Callable[[str], None]


class InstallFailed(RuntimeError):
    """An environment cannot be made; the text is what pip said."""


class Environment:
    """Where the two interpreters are, once `ensure` answered."""

    def __init__(self, home: Path = HOME) -> None:
        self.home = home
        self.server = home / "venv" / "bin" / "python"
        self.runtime = home / "runtime" / "bin" / "python"

    def ensure(self, say: Say) -> "Environment":
        """Make what is missing or out of date (45 s and 0.5 GB the first time). Raises: `InstallFailed`."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.home / "install.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._make("runtime", _digest(HERE / "runtime.lock"), say, self._runtime)
            self._make("venv", _digest(HERE / "server.lock"), say, self._server)
            self._plugin(say)
        return self

    def _make(self, name: str, digest: str, say: Say, fill: Callable[[], None]) -> None:
        folder, stamp = self.home / name, self.home / f"{name}.stamp"
        if stamp.exists() and stamp.read_text() == digest and (folder / "bin" / "python").exists():
            return
        say(f"making {folder} ...")
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        _run(_base_python(), "-m", "venv", "--without-pip", str(folder))
        fill()
        stamp.write_text(digest)

    def _runtime(self) -> None:
        _pip(self.runtime, "--require-hashes", "-r", str(HERE / "runtime.lock"))

    def _server(self) -> None:
        _pip(self.server, "--require-hashes", "--no-deps", "-r", str(HERE / "server.lock"))
        (self.home / "plugin.stamp").unlink(missing_ok=True)

    def _plugin(self, say: Say) -> None:
        stamp, digest = self.home / "plugin.stamp", _digest(*sorted(PLUGIN.rglob("*.py")), PLUGIN / "pyproject.toml")
        if stamp.exists() and stamp.read_text() == digest:
            return
        say("installing the plug-in ...")
        with tempfile.TemporaryDirectory() as copy:  # pip builds beside the sources
            source = Path(copy) / "plugin"
            shutil.copytree(PLUGIN, source, ignore=shutil.ignore_patterns("__pycache__"))
            _pip(self.server, "--no-deps", "--no-build-isolation", "--no-index", "--force-reinstall", str(source))
        shutil.rmtree(self.home / "cache", ignore_errors=True)  # LocalStack remembers entry points there
        stamp.write_text(digest)


def _digest(*files: Path) -> str:
    text = hashlib.sha256(sys.version.encode())
    for file in files:
        text.update(file.read_bytes())
    return text.hexdigest()


def _base_python() -> str:
    """The interpreter that made our own environment."""
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")


def _pip(python: Path, *arguments: str) -> None:
    """Our own pip, working on another interpreter."""
    _run(
        sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--disable-pip-version-check", *arguments
    )


def _run(*command: str) -> None:
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")}
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise InstallFailed(f"{' '.join(command)}\n{done.stderr.strip()[-2000:]}")
