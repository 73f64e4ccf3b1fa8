"""When a message may be delivered: when it is due; and later by chance, where MOTCUA_DELIVERY_SEED asks for it.

A seed keeps each delivery back by 0 to 50 ms, drawn for its number, so deliveries overtake each other as on AWS:
`MOTCUA_DELIVERY_SEED=7 make test` finds tests, and workers, that lean on the order or on the speed of this machine.
"""

import os
import random
import time

from infra.local.journal import Message

SEED = "MOTCUA_DELIVERY_SEED"
MOST = 0.05
"""Seconds that a delivery is kept back at most."""


class Lateness:
    """How late each message is delivered; a try again is late by itself."""

    def __init__(self) -> None:
        self._seed = os.environ.get(SEED, "")
        self._seen: dict[int, float] = {}

    def due(self, message: Message) -> float:
        """When the message may be delivered, in seconds since 1970."""
        if not self._seed or message.tries:
            return message.due
        if message.id not in self._seen:
            chance = random.Random(f"{self._seed} {message.id}")  # noqa: S311 - nothing is kept secret by it
            self._seen[message.id] = time.time() + chance.uniform(0, MOST)
        return self._seen[message.id]
