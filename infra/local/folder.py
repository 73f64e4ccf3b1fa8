"""The data folder of a local cloud: one cloud at a time, and secrets only its owner may read."""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path


class FolderBusy(RuntimeError):
    """Another local cloud uses the data folder."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder (mode 0700, made when missing) for this process; death sets it free. Raises: `FolderBusy`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderBusy(f"another local cloud uses {folder}") from None
        yield


def forget(folder: Path) -> None:
    """Delete the data of a cloud that does not run. Raises: `FolderBusy`."""
    with locked(folder):
        shutil.rmtree(folder)


def secret(folder: Path) -> str:
    """The random secret of this folder, made at the first call; no deployed stage takes one with this prefix."""
    path = folder / "secret"
    if not path.exists():
        write_private(path, f"local-{secrets.token_hex(32)}")
    return path.read_text("utf-8")


def keys(folder: Path) -> Path:
    """The folder of signing keys, mode 0700."""
    path = folder / "keys"
    path.mkdir(exist_ok=True, mode=0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may ever read. Raises: `FileExistsError`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
