"""`motcua serve` in a process of its own, which may be killed."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from infra.local.lateness import SEED

ROOT = Path(__file__).parents[2]
MOTCUA = str(Path(sys.executable).with_name("motcua"))


def own_environment() -> dict[str, str]:
    """The environment without what a cloud of this run has put into it, as its address; the seed of delays stays."""
    foreign = ("AWS_", "MOTO_", "MOTCUA_")
    return {name: value for name, value in os.environ.items() if name == SEED or not name.startswith(foreign)}


def spawned(folder: Path) -> subprocess.Popen[bytes]:
    """`motcua serve` on a folder and a free port, not ready yet; what it says to people goes to stderr.txt beside."""
    home = folder.parent
    site = home / ".local" / "docs" / "index.html"  # a site that is there need not be built
    site.parent.mkdir(parents=True, exist_ok=True)
    site.touch()
    os.utime(site, (time.time() + 3600,) * 2)
    with (home / "stderr.txt").open("a") as errors:
        return subprocess.Popen(
            [MOTCUA, "serve", "--port", "0", "--folder", str(folder), "--json"],
            cwd=home,
            env=own_environment() | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=errors,
        )


def killed_while_it_starts(folder: Path, after: float) -> None:
    """Start it and kill it some seconds later, ready or not."""
    process = spawned(folder)
    time.sleep(after)
    process.kill()
    process.communicate()


class Served:
    """A cloud that serves a folder; `where` is what it printed when it was ready, `took` how long that was."""

    def __init__(self, folder: Path, seconds: float = 120) -> None:
        self.folder = folder
        begin = time.monotonic()
        self.process = spawned(folder)
        self.where = json.loads(self._printed(begin + seconds))
        self.took = time.monotonic() - begin

    def _printed(self, end: float) -> str:
        """The one JSON document on stdout, which stays open."""
        assert self.process.stdout is not None
        text = b""
        while not text.rstrip().endswith(b"}"):
            readable, _, _ = select.select([self.process.stdout], [], [], max(0.0, end - time.monotonic()))
            chunk = os.read(self.process.stdout.fileno(), 65536) if readable else b""
            if not chunk:
                self.kill()
                raise AssertionError(f"did not start: {(self.folder.parent / 'stderr.txt').read_text()[-2000:]}")
            text += chunk
        return text.decode()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL: nothing is written, nothing is said."""
        self.end(signal.SIGKILL)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait; answers the exit code."""
        self.process.send_signal(how)
        code = self.process.wait(120)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code
