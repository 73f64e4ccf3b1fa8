"""The boxes of a tutorial, run as its reader runs them: one terminal serves, another one takes box after box.

A box of `bash` or `console` is run; a box of `text` after it is what it prints, `...` for anything; where none follows,
the box prints nothing. A box of `python` is saved under the name that the sentence before it gives.
"""

import os
import re
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.support.process import ROOT, own_environment

SERVE: Final = "make serve"
"""What the first terminal is told."""
CHECKOUT: Final = (
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    ".venv",
    "app.py",
    "chalicelib",
    "infra",
    "statemachines",
)
SAVED: Final = re.compile(r"[Ss]ave this as `([\w./-]+)`")
PROMPT: Final = "$ "
LOCAL: Final = ".local"
"""Where a reader may write: git ignores it, and so does ruff."""
LONGEST: Final = 600
"""Seconds after which a page hangs; each wait of a page ends by itself before."""


class Dead(AssertionError):
    """A box does not do what its page says."""


class Box(NamedTuple):
    """A box of a page: the line on which it begins, its language, its text, and what it prints or is saved as."""

    line: int
    language: str
    text: str
    shown: str = ""
    name: str = ""

    @property
    def serves(self) -> bool:
        """Whether it is for the terminal in which the product stays up."""
        return self.language == "console" and self.text.split() == ["$", *SERVE.split()]

    def script(self) -> str:
        """The commands of the box. Raises Dead: a console's line is no command."""
        if self.language == "bash":
            return self.text
        lines = self.text.splitlines()
        if wrong := [line for line in lines if not line.startswith(PROMPT)]:
            raise Dead(f"line {self.line}: a console box has commands only, what it prints is a text box: {wrong[0]}")
        return "\n".join(line.removeprefix(PROMPT) for line in lines) + "\n"


def boxes(page: Path) -> list[Box]:
    """The boxes of a page in their order. Raises Dead for a box that would be neither run nor compared."""
    found: list[Box] = []
    before: Token | None = None
    for token in MarkdownIt().parse(page.read_text("utf-8")):
        if token.type == "inline":
            before = token
        if token.type == "fence":
            found = _joined(found, token, before)
            before = None
    return found


def _joined(found: list[Box], token: Token, before: Token | None) -> list[Box]:
    line, language = (token.map or [0])[0] + 1, token.info.strip()
    if language in ("bash", "console"):
        return [*found, Box(line, language, token.content)]
    if language == "python" and before and (named := SAVED.search(before.content)):
        return [*found, Box(line, language, token.content, name=named[1])]
    if language == "text" and found and found[-1].language in ("bash", "console") and not found[-1].shown:
        return [*found[:-1], found[-1]._replace(shown=token.content)]
    raise Dead(f"{line}: a box of {language or 'nothing'} that is neither run nor compared nor saved")


def is_shown(shown: str, printed: str) -> bool:
    """Whether what was printed is what the page shows; `...` stands for anything, on one line or on many."""
    parts = [re.escape(part) for part in shown.strip().split("...")]
    return re.fullmatch(r"[\s\S]*?".join(parts), printed.strip()) is not None


def checkout(folder: Path) -> Path:
    """A folder that is a checkout with its environment installed, whose `.local` is its own."""
    folder.mkdir()
    for name in CHECKOUT:
        (folder / name).symlink_to(ROOT / name)
    site = folder / ".local" / "docs" / "index.html"  # a site that is there need not be built
    site.parent.mkdir(parents=True)
    site.touch()
    os.utime(site, (time.time() + 3600,) * 2)
    return folder


def environment(**more: str) -> dict[str, str]:
    """What a reader's terminal has: nothing of this run's cloud, and nothing of a make that runs these tests."""
    kept = {name: value for name, value in own_environment().items() if not name.startswith(("MAKE", "MFLAGS"))}
    return kept | {"PYTHONPATH": str(ROOT)} | more


class FirstTerminal:
    """`make serve` on a free port, until `end`; `said` is what it printed until it was ready."""

    def __init__(self, folder: Path, box: Box, seconds: float = 120) -> None:
        self._errors = (folder / "serve.txt").open("w")
        self._process = subprocess.Popen(
            ["bash", "-c", f"exec {box.script().strip()}"],
            cwd=folder,
            env=environment(PORT="0"),
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
        )
        self.said = self._until_ready(box, time.monotonic() + seconds)
        self.port = re.search(r"127\.0\.0\.1:(\d+)", self.said)[1]  # type: ignore[index] - it is as shown

    def _until_ready(self, box: Box, end: float) -> str:
        assert self._process.stdout is not None
        text = b""
        while not is_shown(box.shown, said := text.decode()) or not said.endswith("\n"):
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, end - time.monotonic()))
            chunk = os.read(self._process.stdout.fileno(), 65536) if ready else b""
            if not chunk:
                self.end()
                raise Dead(f"line {box.line}: does not serve, or says something else:\n{said}")
            text += chunk
        return said

    def end(self) -> None:
        """Ctrl-C; what does not end then is killed."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGINT)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._errors.close()


MARK: Final = "@@box "


def _whole(todo: list[Box]) -> Iterator[str]:
    """One script of all boxes: what one defines the next ones have, and the first command that fails ends it."""
    yield "set -eEo pipefail\n"
    for number, box in enumerate(todo):
        yield f"printf '\\n{MARK}{number}\\n'\n{box.script()}"
    yield f"printf '\\n{MARK}{len(todo)}\\n'\n"


def follow_boxes(todo: list[Box], folder: Path, **variables: str) -> None:
    """Run boxes in a second terminal.

    Raises Dead: one fails, prints something else than its page shows, hangs, or leaves files beside `.local`.
    """
    run = [box for box in todo if not box.name]
    script = folder / "second-terminal.sh"
    script.write_text("".join(_whole(run)), "utf-8")
    there = {*folder.iterdir()}
    for box in todo:
        if box.name:
            (folder / box.name).write_text(box.text, "utf-8")
    bash = shutil.which("bash") or "/bin/bash"
    begun = subprocess.Popen(
        [bash, str(script)], cwd=folder, env=environment(**variables), text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, errors = begun.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(begun.pid, signal.SIGKILL)
        out, errors = begun.communicate()
        errors += f"\nhangs: not at its end after {LONGEST} s"
    printed = re.split(rf"^{MARK}\d+\n", out, flags=re.MULTILINE)[1:]
    if len(printed) <= len(run):
        box = run[len(printed) - 1]
        raise Dead(
            f"line {box.line}: a command of this box fails with {begun.returncode}\n{printed[-1]}{errors[-3000:]}"
        )
    others = [
        f"line {box.line}: prints\n{said.strip()}\nand not\n{box.shown}"
        for box, said in zip(run, printed, strict=False)
        if not is_shown(box.shown, said)
    ]
    if others:
        raise Dead("\n".join(others))
    if left := sorted(path.name for path in {*folder.iterdir()} - there):
        raise Dead(
            f"leaves in the checkout what `make check` reads and git shows, and not in {LOCAL}: {', '.join(left)}"
        )


def follow(page: Path, folder: Path) -> None:
    """Follow a page from its first box to its last. Raises Dead."""
    first, *rest = boxes(page)
    if not first.serves:
        raise Dead(f"line {first.line}: a page begins with `{SERVE}`")
    home = checkout(folder)
    served = FirstTerminal(home, first)
    try:
        follow_boxes(rest, home, PORT=served.port)
    finally:
        served.end()
