"""The data folder of a local cloud: one cloud at a time, and secrets only its owner may read."""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

OURS: Final = (
    *("lock", "secret", "port", "issuer.json", "where.json", "journal.sqlite*", "log.jsonl"),
    *("keys", "keys/**/*"),
)
"""What releases write into a data folder. Whatever else somebody keeps there is left as it is."""


class FolderBusy(RuntimeError):
    """Another local cloud uses the data folder."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder (mode 0700, made when missing) for this process; death sets it free. Raises: `FolderBusy`.

    What an older release left open to others is theirs no longer.
    """
    make(folder)
    with open(folder / "lock", "w", encoding="utf-8", opener=private) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderBusy(f"another local cloud uses {folder}") from None
        _tighten(folder)
        yield


def forget(folder: Path) -> None:
    """Delete the data of a cloud that does not run. Raises: `FolderBusy`."""
    with locked(folder):
        shutil.rmtree(folder)


def cloud_in(folder: Path) -> Path:
    """The data folder itself, or the one that a demo left in its own."""
    below = folder / "cloud"
    return below if not _is_of_cloud(folder) and _is_of_cloud(below) else folder


def _is_of_cloud(folder: Path) -> bool:
    return (folder / "journal.sqlite").is_file()


def keep_port(folder: Path, port: int) -> None:
    """Remember the port that the codes on this folder's papers name: the next one to serve it answers there."""
    with open(folder / "port", "w", encoding="utf-8", opener=private) as file:
        file.write(f"{port}\n")


def kept_port(folder: Path) -> int | None:
    """The port that the codes on this folder's papers name; None where none is remembered."""
    try:
        return int((folder / "port").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def secret(folder: Path) -> str:
    """The random secret of this folder, made at the first call; no deployed stage takes one with this prefix."""
    path = folder / "secret"
    if not path.exists():
        write_private(path, f"local-{secrets.token_hex(32)}")
    return path.read_text("utf-8")


def keys(folder: Path) -> Path:
    """The folder of signing keys, mode 0700."""
    path = folder / "keys"
    make(path)
    return path


def anchor_key(folder: Path) -> Path:
    """The file of the key under which the sweep anchors chains, made at the first call."""
    path = keys(folder) / "anchors.key"
    if not path.exists():
        write_private(path, secrets.token_hex(32))
    return path


def sealing_key(folder: Path) -> bytes:
    """What the local KMS wraps the keys of days with: 32 random bytes, made at the first call."""
    path = keys(folder) / "sealing.key"
    if not path.exists():
        write_private(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text("utf-8"))


def make(folder: Path) -> None:
    """A folder of mode 0700, whether it was there or not."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def private(path: str, flags: int) -> int:
    """An opener for `open`: a file that is made by it has mode 0600 from the beginning."""
    return os.open(path, flags, 0o600)


def _tighten(folder: Path) -> None:
    for path in (found for name in OURS for found in folder.glob(name) if not found.is_symlink()):
        path.chmod(0o700 if path.is_dir() else 0o600)


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may ever read. Raises: `FileExistsError`."""
    with open(path, "x", encoding="utf-8", opener=private) as file:
        file.write(text)
