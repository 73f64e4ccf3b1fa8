"""How far the national ID app was told of a paper of a vault, as it is stored. Pure."""

import zlib
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.contracts.stored import Stored
from chalicelib.contracts.vault import KeptPaper
from chalicelib.kernel.ids import digest
from chalicelib.kernel.record import Head

Outcome = Literal["integrated", "taken", "refused", "unreachable", "broken"]
Progress = Literal["waiting", "retrying", "parked", "integrated", "ended"]
PARTS: Final = 8
"""Parts of the list of what is due."""
PREFIX: Final = "APPPAPER#"


class AppTry(msgspec.Struct, frozen=True, kw_only=True):
    """A try to tell a revision: written down before it is made."""

    begun_at: str
    revision: int
    ended_at: str | None = None
    outcome: Outcome | None = None


class AppPaper(Head, frozen=True, kw_only=True):
    """What the app knows of a paper of an owner's (a keyed hash). Times are stored stamps.

    `revision` counts what there was to tell; `told` is the newest one that the app has, `sent` the newest one that it
    may have, `taken` the newest one that it took and did not say to have. `since`: when the oldest one came that it has
    not. `asked_at`: when the owner asked for this one. `due_at`: when something is done next. `late_at`: when it was
    told that the time of the law passed. `by_hand_at`: when an officer noted that it is there. `keys`: acts under their
    Idempotency-Key.
    """

    shape = 1

    id: str
    paper: KeptPaper
    at: str
    revision: int = 1
    told: int = 0
    sent: int = 0
    taken: int = 0
    shown: bool = False
    since: str | None = None
    asked_at: str | None = None
    due_at: str | None = None
    tries: int = 0
    attempts: tuple[AppTry, ...] = ()
    integrated_at: str | None = None
    by_hand_at: str | None = None
    parked_at: str | None = None
    late_at: str | None = None
    ended_at: str | None = None
    why: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
    wl_pk: str | None = None
    wl_sk: str | None = None
    so_pk: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether the app has the newest revision."""
        return self.told >= self.revision

    @property
    def is_being_told(self) -> bool:
        """Whether a try was begun and did not end."""
        return bool(self.attempts) and self.attempts[-1].ended_at is None

    @property
    def is_valid(self) -> bool:
        """Whether it was neither withdrawn nor replaced."""
        return not (self.paper.withdrawn_at or self.paper.replaced_by)

    @property
    def is_there(self) -> bool:
        """Whether the app holds it, and it is worth something."""
        return self.is_there_still and self.ended_at is None

    @property
    def is_there_still(self) -> bool:
        """Whether the app shows it as valid, also where it is told of it no more."""
        return self.told > 0 and self.is_valid

    @property
    def progress(self) -> Progress:
        """How far it is."""
        if self.ended_at:
            return "ended"
        if self.is_told:
            return "integrated"
        if self.parked_at:
            return "parked"
        return "retrying" if self.tries and not self.is_being_told else "waiting"


class ListedAppPaper(Stored, frozen=True, kw_only=True):
    """A paper on the list of its owner."""

    shape = 1

    paper: str


class DuePaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper on the list of what is due, or on that of what is late or parked."""

    pk: str
    wl_sk: str = ""

    @property
    def id(self) -> str:
        """Which paper."""
        return self.pk.removeprefix(PREFIX)


def id_of(owner: str, document: str) -> str:
    """The name of an owner's paper at the app: the same whatever becomes of it."""
    return digest("app paper", owner, document)


def owner_list(owner: str) -> str:
    """The list of an owner's papers."""
    return f"APPPAPERS#{owner}"


def due_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"INTEGRATING#{part}"


def open_list(agency: str) -> str:
    """Papers of an agency that are late or parked."""
    return f"UNINTEGRATED#{agency}"


def made(paper: KeptPaper, at: str, now: str) -> AppPaper:
    """A paper that the app is to be told of; a vault told it `at` a time."""
    name = id_of(paper.owner, paper.document)
    return placed(AppPaper(pk=f"{PREFIX}{name}", id=name, paper=paper, at=at, since=at, due_at=now))


def heard_of(was: AppPaper, paper: KeptPaper, at: str, now: str) -> AppPaper | None:
    """What a vault told of it now; None where nothing changed. What is withdrawn or replaced stays so.

    What ended is told no more, unless the app shows as valid what is worth nothing now: somebody has to look.
    """
    merged = msgspec.structs.replace(
        paper if at >= was.at else was.paper,
        withdrawn_at=paper.withdrawn_at or was.paper.withdrawn_at,
        replaced_by=paper.replaced_by or was.paper.replaced_by,
    )
    after = replace(was, paper=merged, at=max(at, was.at), ended_at=None, since=None if was.ended_at else was.since)
    is_over = was.ended_at is not None and (after.is_valid or not was.is_there_still)
    return None if is_over or merged == was.paper else revised(after, at, now)


def revised(was: AppPaper, at: str, now: str, *, asked: bool = False) -> AppPaper:
    """There is something more to tell, since a time: what was parked begins again, a try that is made goes on."""
    return placed(
        replace(
            was,
            revision=was.revision + 1,
            since=at if was.is_told else was.since or at,
            asked_at=now if asked else None if was.is_told else was.asked_at,
            due_at=(was.due_at if was.is_being_told else None) or now,
            tries=0,
            parked_at=None,
            late_at=None,
            by_hand_at=None,
            why=None,
        )
    )


def placed(now: AppPaper) -> AppPaper:
    """With its places on the lists: of what is due, and of what is late or parked and not there."""
    is_open = not now.is_told and not now.ended_at and bool(now.parked_at or now.late_at)
    at = now.due_at or (now.late_at or now.parked_at if is_open else None)
    part = zlib.crc32(now.id.encode()) % PARTS
    return replace(
        now,
        wl_pk=due_list(part) if now.due_at else None,
        wl_sk=f"{at}#{now.id}" if at else None,
        so_pk=open_list(now.paper.agency) if is_open else None,
    )
