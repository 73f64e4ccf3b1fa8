"""Waits between tries that take no time: each is as long as it may be, and moves a clock of its own."""

from chalicelib.kernel.waiting import Clock


class Waits:
    """What was waited, in seconds; `clock` is what `kernel.waiting` goes by."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.clock = Clock(now=lambda: sum(self.waited), sleep=self.waited.append, draw=lambda _, most: most)
