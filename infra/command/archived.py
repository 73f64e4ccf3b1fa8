"""A folder of scans and the index sheet that names them, before a service: each line gets its file, and none is lost.

The service's list is the truth of every line. What is remembered here (`sent_files`) is which bytes were sent for a
line and at which version of it, so that a run that broke off goes on, and the same refused bytes are not sent twice.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from infra.command.dropping import Declined, Line, Service, Unreachable, Unsure
from infra.command.sent_files import Row, SentFiles

OPEN: Final = frozenset({"waiting", "refused"})
"""States in which a line takes a file."""

type State = Literal["missing", "sent", "waiting", "refused", "taken", "copied", "in_review", "read", "stored"]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a line. `missing`: the folder has no such file. `sent`: the service has not judged it yet."""

    line: int
    file: str
    state: State
    copy_id: str | None = None
    code: str | None = None
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None

    def written(self) -> str:
        """Its JSON, in one line."""
        return msgspec.json.encode(self).decode()


class Found(NamedTuple):
    """A file of the folder."""

    data: bytes
    sha256: str


class ArchiveFolder:
    """One folder and one archive. `unsure` are seconds after which a file of which nothing is heard is sent again;
    `tell` hears of each line whose state changed; `stopped` is asked between two files.
    """

    def __init__(
        self,
        folder: Path,
        archive: str,
        files: SentFiles,
        service: Service,
        *,
        unsure: float,
        tell: Callable[[Told], None],
        now: Callable[[], datetime],
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._folder, self._archive, self._files, self._service = folder, archive, files, service
        self._unsure, self._tell, self._now, self._stopped = unsure, tell, now, stopped
        self._told: dict[int, Told] = {}
        self._declined: dict[tuple[int, str], Told] = {}

    @property
    def states(self) -> Iterable[State]:
        """The state of each line that was looked at."""
        return [told.state for told in self._told.values()]

    def look(self) -> bool:
        """Send what is to be sent, and hear of the rest; whether each line was judged, or has no file.

        Raises dropping.Unreachable: look again later.
        """
        lines = list(self._service.lines(self._archive))
        for line in lines:
            if self._stopped():
                return False
            self._say(self._done(line))
        return all(state != "sent" for state in self.states)

    def _done(self, line: Line) -> Told:
        if line.step not in OPEN:
            return _as_listed(line)
        found = self._read(line.file)
        if found is None:
            return _as_listed(line) if line.step == "refused" else Told(line=line.line, file=line.file, state="missing")
        if declined := self._declined.get((line.line, found.sha256)):
            return declined
        row = self._files.row(self._named(line), found.sha256)
        if row and line.version >= row.attempt:
            return _as_listed(line)  # these very bytes are what was refused
        if row and row.step in ("sent", "posting") and self._now().timestamp() - row.at < self._unsure:
            return _sent(line)
        return self._send(line, found)

    def _send(self, line: Line, found: Found) -> Told:
        """A file goes; `attempt` keeps the version that its verdict will have at least."""
        row = Row(self._named(line), found.sha256, line.version + 1, "begun", "", line.file, self._now().timestamp())
        key = sha256(f"{row.dossier}\n{row.sha256}\n{row.attempt}".encode()).hexdigest()[:32]
        try:
            ticket = self._service.admit("", line.file, key, archive=self._archive)
            row = self._files.keep(row._replace(step="posting", object=ticket.key))
            self._service.send(ticket, found.data)
        except Unsure:
            return _sent(line)  # the list will say
        except Declined as why:
            return self._declined.setdefault((line.line, found.sha256), Told(
                line=line.line, file=line.file, state="refused",
                reason_code=why.code, reason_vi=why.vi, reason_en=why.en,
            ))  # fmt: skip
        except Unreachable:
            self._files.keep(row._replace(step="begun"))  # nothing of it arrived
            raise
        self._files.keep(row._replace(step="sent"))
        return _sent(line)

    def _read(self, name: str) -> Found | None:
        """A file of the folder itself, however its name is composed; the sheet names no other."""
        path = next((p for p in _spellings(self._folder, name) if p.is_file()), None)
        if path is None:
            return None
        data = path.read_bytes()
        return Found(data, sha256(data).hexdigest())

    def _named(self, line: Line) -> str:
        return f"{self._archive}#{line.line}"

    def _say(self, told: Told) -> None:
        if self._told.get(line := told.line) != told:
            self._told[line] = told
            self._tell(told)


def _spellings(folder: Path, name: str) -> Iterable[Path]:
    from unicodedata import normalize

    return [folder / normalize(form, name) for form in ("NFC", "NFD")]


def _sent(line: Line) -> Told:
    return Told(line=line.line, file=line.file, state="sent")


def _as_listed(line: Line) -> Told:
    return msgspec.convert({**line._asdict(), "state": line.step}, Told)
