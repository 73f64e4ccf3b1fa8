"""Run seeds: `python -m tests.simulation.run --seed 1 --count 250`; `make simulate SEED= N=`. Says what it did."""

import argparse
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from chalicelib.kernel.clock import utc_now
from chalicelib.law.states import TERMINAL, DossierState
from infra.local.stage import keep_logs
from tests.simulation.life import Life
from tests.simulation.truths import broken
from tests.simulation.world import World
from tests.support.stores import Stores

ROUNDS: Final = 12
"""How often, when nothing goes wrong any more, lists are worked through until every dossier has ended."""
SWEEPS: Final = timedelta(hours=6)


def simulate(
    seed: int, count: int, folder: Path, share: float = 0.01, stores: Stores | None = None
) -> tuple[World, list[str]]:
    """A world of one seed from its first submission until all is done; answers it, and what is not true of it."""
    keep_logs(folder / "log.jsonl")
    with World(seed, folder, share, stores) as world:
        return world, broken(world, live(world, count), count)


def live(world: World, count: int) -> set[str]:
    """All that happens in a world; answers the references of what was submitted."""
    life = Life(world, count)
    world.faults.is_on = True
    life.begin()
    world.at(utc_now(), "onestop_sweep", lambda: _sweep(world))
    world.run(utc_now() + timedelta(days=15))
    world.faults.is_on = False
    for _ in range(ROUNDS):  # what was lost is replayed, what it leads to is done, and again
        world.replay()
        life.desk_again()
        world.run(utc_now() + timedelta(days=2))
        if not world.lost and world.states().keys() <= TERMINAL:
            break
    return set(life.submitted)


def _sweep(world: World) -> None:
    """The clock's calls, for as long as the world lasts: one after another, as a call that failed is tried again."""
    world.functions.call("onestop_sweep", {})
    world.at(world.next_full(SWEEPS), "onestop_sweep", lambda: _sweep(world))


def said(world: World, seed: int, count: int) -> str:
    """What a world was like, in lines."""
    jobs, ends = sum(world.seen.values()), world.states()
    return "\n".join(
        (
            f"seed {seed}: {count} dossiers, {jobs} jobs",
            f"ended: { ({DossierState(state).name: n for state, n in sorted(ends.items())}) }",
            f"went wrong: {dict(sorted(world.faults.done.items()))}",
            f"refused: {dict(sorted(world.refused.items()))}",
        )
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--share", type=float, default=0.01, help="of all calls that go wrong, in each way")
    asked = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        world, found = simulate(asked.seed, asked.count, Path(folder), asked.share)
    print(said(world, asked.seed, asked.count))
    print(f"took {time.perf_counter() - begun:.0f} s, {time.process_time():.0f} s of a processor")
    print("\n".join(found) or "every truth holds")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
