"""Whether a machine of moto 5.2.5 has something to do: its threads are counted, and those that wait for another leave.

Replaces `Thread` and `Event` in the modules of moto's Step Functions. Who wakes a thread counts it before it runs, so
the count is never 0 while there is work. A thread that waits for a time (a Wait state, a pause before a retry) counts.
"""

import sys
import threading
from types import SimpleNamespace
from typing import Any, ClassVar

PACKAGE = "moto.stepfunctions.parser."
BY_TIME = f"{PACKAGE}asl.eval.environment"
"""Its event is that of a Wait state."""


class Busy:
    """How many threads of a cloud's machines can run."""

    present: ClassVar["Busy"]
    """The one of the cloud that runs in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0

    def add(self, number: int) -> None:
        """More or fewer of them."""
        with self._lock:
            self.count += number


Busy.present = Busy()


def _of_this_thread() -> Busy | None:
    thread = threading.current_thread()
    return thread.busy if isinstance(thread, MachineThread) else None


class MachineEvent(threading.Event):
    """An event whose waiters do not count until it is set."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = threading.Lock()
        self._waiting: list[Busy] = []

    def set(self) -> None:
        """Wake the waiters, who count from now on."""
        with self._turn:
            for busy in self._waiting:
                busy.add(1)
            self._waiting.clear()
            super().set()

    def wait(self, timeout: float | None = None) -> bool:
        """As an event waits; the thread counts again when it was woken or its time is over."""
        busy = _of_this_thread()
        if busy is None:
            return super().wait(timeout)
        with self._turn:
            if self.is_set():
                return True
            self._waiting.append(busy)
            busy.add(-1)
        super().wait(timeout)
        with self._turn:
            if not self.is_set():
                self._waiting.remove(busy)
                busy.add(1)
            return self.is_set()


class MachineThread(threading.Thread):
    """A thread that counts from its start to its end, but for the time in which it waits for another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.busy = _of_this_thread() or Busy.present
        self._over = MachineEvent()

    def start(self) -> None:
        """Start, and count."""
        self.busy.add(1)
        super().start()

    def run(self) -> None:
        """Run; who joins counts before this one does not."""
        try:
            super().run()
        finally:
            self._over.set()
            self.busy.add(-1)

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end."""
        if self._over.wait(timeout):
            super().join()


def patch() -> None:
    """Replace what is named above."""
    ours = {"Thread": MachineThread, "Event": MachineEvent}
    instead = SimpleNamespace(**{**vars(threading), **ours})
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGE) and name != BY_TIME:
            for word, mine in {**ours, "threading": instead}.items():
                if getattr(module, word, None) is getattr(threading, word, threading):
                    setattr(module, word, mine)


def forget() -> None:
    """The machines so far belong to a cloud that is gone."""
    Busy.present = Busy()
