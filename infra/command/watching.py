"""A scanner's folder and the service: each file is sent once, what became of it stands beside it, and none is lost.

Whatever goes wrong on the way leaves the file where it is: it is tried again. A file whose sending broke off is looked
for on the service's lists first, and sent again only when they do not know it after a while.
"""

import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from infra.command.dropping import VERDICTS, Declined, Service, Told, Unreachable, Unsure
from infra.command.hot_folder import REFUSED, SENT, HotFolder, State, Verdict, Whole
from infra.command.sent_files import Row, SentFiles, Step

HEARD_AGAIN: Final = 60.0
"""Seconds between two looks at the lists when nothing is waited for: a paper that was taken may be refused later."""


class Watcher:
    """One folder before one service. `unsure` are seconds after which a file whose sending broke off is sent again;
    `tell` hears of each verdict; `now` is aware.
    """

    def __init__(
        self,
        folder: HotFolder,
        files: SentFiles,
        service: Service,
        *,
        unsure: float,
        tell: Callable[[Verdict], None],
        now: Callable[[], datetime],
    ) -> None:
        self._folder, self._files, self._service = folder, files, service
        self._unsure, self._tell, self._now = unsure, tell, now
        self._heard = -HEARD_AGAIN

    @property
    def is_done(self) -> bool:
        """Whether no file waits, neither here nor for its verdict."""
        return self._folder.is_empty and not self._files.waiting()

    def look(self) -> None:
        """Hear what became of files, and send those that are whole. Raises dropping.Unreachable: look again later."""
        if self._files.waiting() or time.monotonic() - self._heard >= HEARD_AGAIN:
            self._hear()
            self._heard = time.monotonic()
        for whole in self._folder.whole():
            self._take(whole)

    def _take(self, whole: Whole) -> None:
        row = self._files.row(whole.dossier, whole.sha256)
        if row and row.step in ("sent", "taken"):
            is_it = row.place == self._named(whole.path)  # we were interrupted before it was put away
            state: State = "sent" if is_it else "duplicate"
            said = self._verdict(whole, state, key=row.object, first=None if is_it else row.place)
            place = self._folder.put_away(whole.path, said)
            if is_it:
                self._files.keep(row._replace(place=self._named(place)))
            self._tell(said)
            return
        if row and row.step == "posting" and self._now().timestamp() - row.at < self._unsure:
            return
        attempt = row.attempt + (row.step == "refused") if row else 1
        self._send(whole, self._row(whole, attempt, "begun"))

    def _send(self, whole: Whole, row: Row) -> None:
        self._files.keep(row)
        key = sha256(f"{row.dossier}\n{row.sha256}\n{row.attempt}".encode()).hexdigest()[:32]
        try:
            ticket = self._service.admit(row.dossier, whole.name, key)
            row = self._files.keep(row._replace(step="posting", object=ticket.key))
            self._service.send(ticket, whole.data)
        except Unsure:
            return  # the lists will say
        except Declined as why:
            self._files.keep(row._replace(step="refused"))
            said = self._verdict(whole, "refused", reason_code=why.code, reason_vi=why.vi, reason_en=why.en)
            self._folder.put_away(whole.path, said)
        except Unreachable:
            self._files.keep(row._replace(step="begun"))  # nothing of it arrived
            raise
        else:
            row = self._files.keep(row._replace(step="sent"))
            said = self._verdict(whole, "sent", key=row.object)
            self._files.keep(row._replace(place=self._named(self._folder.put_away(whole.path, said))))
        self._tell(said)

    def _hear(self) -> None:
        for verdict in VERDICTS:
            following: str | None = self._files.cursor(verdict)
            while following is not None:
                told, following = self._service.verdicts(verdict, following)
                for each in told:
                    if row := self._files.of_object(each.key):
                        self._settle(row, each)
                if following:
                    self._files.read_on(verdict, following)

    def _settle(self, row: Row, told: Told) -> None:
        """The service said what became of a file; one that was taken may be refused after all."""
        step: Literal["taken", "refused"] = "taken" if told.verdict == "taken" else "refused"
        if row.step == step or (row.step == "refused" and step == "taken"):
            return
        path = self._found(row)
        said = Verdict(
            file=Path(row.place).name,
            state=step,
            dossier=row.dossier,
            sha256=row.sha256,
            bytes=path.stat().st_size if path else 0,
            at=self._now().isoformat(timespec="seconds"),
            key=row.object,
            reference=told.reference,
            component=told.component,
            same_as=told.same_as,
            reason_code=told.reason_code,
            reason_vi=told.reason_vi,
            reason_en=told.reason_en,
        )
        place = self._named(self._folder.put_away(path, said)) if path else row.place
        self._files.keep(row._replace(step=step, place=place))
        self._tell(said)

    def _found(self, row: Row) -> Path | None:
        """Where the file is: where it was put, or where it was being put when we were interrupted."""
        root, parts = self._folder.folder, Path(row.place).parts
        inner = parts[1:] if parts[0] in (SENT, REFUSED) else parts
        places = (root / row.place, root.joinpath(SENT, *inner), root.joinpath(REFUSED, *inner))
        return next((place for place in places if place.is_file()), None)

    def _row(self, whole: Whole, attempt: int, step: Step) -> Row:
        return Row(whole.dossier, whole.sha256, attempt, step, "", self._named(whole.path), self._now().timestamp())

    def _named(self, path: Path) -> str:
        return path.relative_to(self._folder.folder).as_posix()

    def _verdict(
        self,
        whole: Whole,
        state: State,
        *,
        key: str | None = None,
        first: str | None = None,
        reason_code: str | None = None,
        reason_vi: str | None = None,
        reason_en: str | None = None,
    ) -> Verdict:
        return Verdict(
            file=whole.path.name,
            state=state,
            dossier=whole.dossier,
            sha256=whole.sha256,
            bytes=len(whole.data),
            at=self._now().isoformat(timespec="seconds"),
            key=key,
            first=first,
            reason_code=reason_code,
            reason_vi=reason_vi,
            reason_en=reason_en,
        )
