"""A sweep over many alike cases runs a sample drawn by the seed in `make test`, and whole in `make soak`."""

import os
import random
from collections.abc import Iterable

SEED = os.environ.get("MOTCUA_TEST_SEED", "0")
WHOLE = "MOTCUA_TEST_WHOLE" in os.environ


def sampled[T](cases: Iterable[T], most: int, *, always: Iterable[T] = ()) -> list[T]:
    """At most this many of the cases in their order: first and last, those that always run, others by the seed.

    All of them under MOTCUA_TEST_WHOLE. What always runs may be more than `most`.
    """
    every = list(cases)
    if WHOLE or len(every) <= most:
        return every
    kept = {0, len(every) - 1} | {every.index(case) for case in always}
    others = [place for place in range(len(every)) if place not in kept]
    kept |= set(random.Random(SEED).sample(others, max(0, most - len(kept))))
    return [every[place] for place in sorted(kept)]
