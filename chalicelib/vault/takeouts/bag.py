"""Write a bag: BagIt 1.0 (RFC 8493), one folder in a zip. Files go through: their hashes alone stay in memory."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chalicelib.kernel.clock import ZONE

DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LETTERS: Final = re.compile(r"[^A-Za-z0-9._-]")


class Differs(Exception):
    """A file is not what was registered: its hash is another one, or it is not there. The text is its document."""


class Out(Protocol):
    """Where the archive goes, from its first byte to its last."""

    def write(self, data: bytes, /) -> int:
        """Take the next bytes; answers how many."""
        ...

    def flush(self) -> None:
        """Let nothing wait that could go."""
        ...


def plain_name(name: str) -> str:
    """A name that every file system takes, without a folder."""
    return _LETTERS.sub("_", name).lstrip(".") or "_"


class _Manifest(list[bytes]):
    """Lines of hashes and paths, as `sha256sum -c` reads them."""

    def add(self, digest: str, path: str) -> None:
        self.append(f"{digest}  {path}\n".encode())


class Bag:
    """A bag under way: its files one after the other, then what names them."""

    def __init__(self, name: str, out: Out, at: datetime) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1)  # type: ignore[call-overload]  # it closes no file of others
        self._name, self._at = name, at.astimezone(ZONE)
        self._payload, self._tags = _Manifest(), _Manifest()
        self._bytes = self._files = 0

    def add(self, document: str, blocks: Iterable[bytes] | None, sha256: str, ending: str = ".pdf") -> str:
        """A file of the payload, held against its registered hash; answers its path. Raises Differs."""
        path = f"data/{plain_name(document)}{ending}"
        if blocks is None:
            raise Differs(document)
        digest, size = self._put(path, blocks)
        if digest != sha256:
            raise Differs(document)
        self._payload.add(digest, path)
        self._bytes, self._files = self._bytes + size, self._files + 1
        return path

    def tag(self, path: str, blocks: Iterable[bytes]) -> None:
        """A file about the bag."""
        self._tags.add(self._put(path, blocks)[0], path)

    def close(self, info: Mapping[str, str]) -> None:
        """What names the files; after it nothing is added."""
        said = {"Bagging-Date": self._at.date().isoformat(), "Payload-Oxum": f"{self._bytes}.{self._files}"}
        self.tag("bagit.txt", [DECLARED])
        self.tag("bag-info.txt", [f"{name}: {value}\n".encode() for name, value in {**info, **said}.items()])
        self.tag("manifest-sha256.txt", self._payload)
        self._put("tagmanifest-sha256.txt", self._tags)
        self._zip.close()

    def _put(self, path: str, blocks: Iterable[bytes]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        entry = ZipInfo(f"{self._name}/{path}", self._at.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        with self._zip.open(entry, "w") as inside:
            for block in blocks:
                digest.update(block)
                size += inside.write(block)
        return digest.hexdigest(), size
