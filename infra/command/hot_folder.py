"""A folder into which a scanner writes: which of its files are whole, where they go, what stands beside them.

`<folder>/<dossier>/<any names>` belongs to that dossier; what stands in the folder itself to none. `sent/` and
`refused/` are ours, and so are hidden files.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

SENT: Final = "sent"
REFUSED: Final = "refused"
OURS: Final = frozenset({SENT, REFUSED})
UNDONE: Final = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload")
"""Ends of names that programs give what they still write; what gets another name then is whole."""
VERDICT: Final = ".verdict.json"
EMPTY_WAITS: Final = 12
"""Times as long as others an empty file is waited for: many programs make the file first and write it then."""

type State = Literal["sent", "taken", "refused", "duplicate"]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file, as it stands beside it. `duplicate`: the same bytes went to the same dossier before, as
    `first`, and were not sent again.
    """

    file: str
    state: State
    dossier: str
    sha256: str
    bytes: int
    at: str
    key: str | None = None
    reference: str | None = None
    component: str | None = None
    same_as: str | None = None
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
    first: str | None = None

    def written(self) -> str:
        """Its JSON, in one line."""
        return msgspec.json.encode(self).decode()


class Whole(NamedTuple):
    """A file that nobody writes any more: its dossier, its name there, its bytes."""

    path: Path
    dossier: str
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of its bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


class _Seen(NamedTuple):
    size: int
    changed: int
    inode: int
    since: float


class HotFolder:
    """Looks at the folder again and again; `still` seconds without a change make a file whole."""

    def __init__(self, folder: Path, still: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder, self._still, self._clock = folder, still, clock
        self._seen: dict[Path, _Seen] = {}
        self._undone: set[int] = set()

    def whole(self) -> Iterator[Whole]:
        """The files that are whole now; those that change while they are read are none yet."""
        seen, undone, found = dict[Path, _Seen](), set[int](), list[Path]()
        for path in sorted(self._files()):
            look = self._look(path)
            if look is None:
                continue
            if path.name.lower().endswith(UNDONE):
                undone.add(look.inode)
                continue
            seen[path] = look
            waits = self._still * (1 if look.size else EMPTY_WAITS)
            if look.inode in self._undone or self._clock() - look.since >= waits:
                found.append(path)
                undone |= {look.inode} & self._undone
        self._seen, self._undone = seen, undone
        for path in found:
            if whole := self._read(path):
                yield whole

    @property
    def is_empty(self) -> bool:
        """Whether no file waits."""
        return next(self._files(), None) is None

    def _files(self) -> Iterator[Path]:
        for here, folders, names in os.walk(self.folder):
            at_top = Path(here) == self.folder
            folders[:] = [f for f in folders if not f.startswith(".") and not (at_top and f in OURS)]
            yield from (Path(here) / name for name in names if not name.startswith((".", "~")))

    def _look(self, path: Path) -> _Seen | None:
        try:
            told = path.stat()
        except OSError:  # it went meanwhile
            return None
        before = self._seen.get(path)
        same = before and (before.size, before.changed, before.inode) == (told.st_size, told.st_mtime_ns, told.st_ino)
        since = before.since if before and same else self._clock()
        return _Seen(told.st_size, told.st_mtime_ns, told.st_ino, since)

    def _read(self, path: Path) -> Whole | None:
        try:
            data = path.read_bytes()
            told = path.stat()
        except OSError:
            return None
        if (told.st_size, told.st_mtime_ns) != self._seen[path][:2] or len(data) != told.st_size:
            return None
        first, *rest = path.relative_to(self.folder).parts
        return Whole(path, first if rest else "", "/".join(rest) or first, data)

    def put_away(self, path: Path, verdict: Verdict) -> Path:
        """Move a file to where its verdict says, with the verdict beside it; answers where it is now.

        The verdict comes first: whoever is interrupted finds the file where it was.
        """
        place = self._place(path, verdict)
        place.parent.mkdir(parents=True, exist_ok=True)
        beside, former = place.with_name(place.name + VERDICT), path.with_name(path.name + VERDICT)
        made = place.with_name(f".{place.name}{VERDICT}")
        made.write_text(verdict.written() + "\n", encoding="utf-8")
        made.replace(beside)
        if place != path:
            path.replace(place)
            former.unlink(missing_ok=True)
        return place

    def _place(self, path: Path, verdict: Verdict) -> Path:
        parts = path.relative_to(self.folder).parts
        inner = parts[1:] if parts[0] in OURS else parts
        place = self.folder.joinpath(REFUSED if verdict.state == "refused" else SENT, *inner)
        if place != path and place.exists():
            place = place.with_name(f"{place.stem}-{time.time_ns():x}{place.suffix}")
        return place
