"""The keys that this process unwrapped, each for a bounded time: KMS is asked for a day's key, not a dossier's."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import Final

import msgspec

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel.clock import Clock, utc_now
from chalicelib.kernel.problem import ContentErased
from chalicelib.sealing import table, wrapping
from chalicelib.sealing.model import FIRST, Keys, Wrapped

MOST: Final = 1000
"""Dossiers whose keys are held at once, and days; what was read longest ago goes first."""


class _Held(msgspec.Struct):
    keys: Keys
    until: float
    opened: dict[int, bytes] = msgspec.field(default_factory=dict)


class Days:
    """Keys of days, unwrapped. What is held is forgotten after `MOTCUA_SEALING_SECONDS`; `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, now: Clock = utc_now) -> None:
        self._clock, self._now, self._lock = clock, now, threading.Lock()
        self._held: OrderedDict[str, tuple[bytes, float]] = OrderedDict()

    def today(self) -> tuple[str, bytes]:
        """The day (UTC) and its key, which is made when it is the first that day."""
        now = self._now()
        day = now.date().isoformat()
        if held := self._known(day):
            return day, held
        if kept := table.day_key(day):
            return day, self._hold(day, wrapping.day_unwrapped(day, kept))
        key, made = wrapping.new_day(day, now)
        return day, self._hold(day, key) if table.begin_day(day, made) else self.of(day)

    def of(self, day: str) -> bytes:
        """The key of a day. Raises stored.Unreadable when there is none."""
        if held := self._known(day):
            return held
        kept = table.day_key(day)
        if kept is None:
            raise Unreadable("DayKey: missing", f"DAY#{day}")
        return self._hold(day, wrapping.day_unwrapped(day, kept))

    def forget(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._held.clear()

    def _known(self, day: str) -> bytes:
        with self._lock:
            key, until = self._held.get(day, (b"", 0.0))
        return key if self._clock() < until else b""

    def _hold(self, day: str, key: bytes) -> bytes:
        with self._lock:
            self._held[day] = key, self._clock() + float(table.SECONDS())
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return key


class Ring:
    """Keys of dossiers by number. What is held is forgotten after `MOTCUA_SEALING_SECONDS`; `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, days: Days | None = None) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._found: OrderedDict[str, _Held] = OrderedDict()
        self._days = days or Days(clock)

    def newest(self, reference: str) -> tuple[int, bytes]:
        """Number and key by which a dossier seals now; its first is made when it has none. Raises ContentErased."""
        held = self._held(reference)
        if not held.keys.keys:
            held = self._begun(reference)
        number = held.keys.keys[-1].number
        return number, self._opened(reference, held, number)

    def key(self, reference: str, number: int) -> bytes:
        """One key of a dossier. Raises ContentErased, and Unreadable when its keys have no such number."""
        held = self._held(reference)
        if number not in {wrapped.number for wrapped in held.keys.keys}:  # another process turned it meanwhile
            self.forget(reference)
            held = self._held(reference)
        return self._opened(reference, held, number)

    def made(self, reference: str, number: int) -> tuple[bytes, Wrapped]:
        """A new key for a dossier, under the key of today; nobody keeps it yet."""
        day, day_key = self._days.today()
        return wrapping.new_key(day, day_key, reference, number, utc_now())

    def require(self, reference: str) -> None:
        """Raise ContentErased for a dossier whose keys were destroyed."""
        self._held(reference)

    def learn(self, references: Collection[str]) -> None:
        """Read the keys of all dossiers of a page at once, if they are not held; each is unwrapped when it is used."""
        now = self._clock()
        with self._lock:
            unknown = {r for r in references if r not in self._found or now >= self._found[r].until}
        for reference, keys in (table.keys_of_many(unknown) if unknown else {}).items():
            self._hold(reference, keys, now)

    def forget(self, reference: str = "") -> None:
        """Hold nothing of a dossier, or nothing at all, any more."""
        with self._lock:
            if reference:
                self._found.pop(reference, None)
            else:
                self._found.clear()
        if not reference:
            self._days.forget()

    def _held(self, reference: str) -> _Held:
        now = self._clock()
        with self._lock:
            held = self._found.get(reference)
        if held is None or now >= held.until:
            held = self._hold(reference, table.keys_of(reference) or Keys(), now)
        if held.keys.erased_at:
            raise ContentErased(dossier=reference)
        return held

    def _hold(self, reference: str, keys: Keys, now: float) -> _Held:
        held = _Held(keys, now + float(table.SECONDS()))
        with self._lock:
            self._found[reference] = held
            while len(self._found) > MOST:
                self._found.popitem(last=False)
        return held

    def _begun(self, reference: str) -> _Held:
        key, wrapped = self.made(reference, FIRST)
        if not table.begin(reference, wrapped):  # another was faster, and its key is the one
            self.forget(reference)
            return self._held(reference)
        held = self._hold(reference, Keys(keys=(wrapped,), version=1), self._clock())
        held.opened[FIRST] = key
        return held

    def _opened(self, reference: str, held: _Held, number: int) -> bytes:
        if number not in held.opened:
            wrapped = next((each for each in held.keys.keys if each.number == number), None)
            if wrapped is None:
                raise Unreadable(f"Keys: no key {number}", reference)
            held.opened[number] = wrapping.unwrapped(wrapped, self._days.of(wrapped.day), reference)
        return held.opened[number]
