"""Worlds of some seeds, each in a process of its own: whatever goes wrong, all that must be true is true at the end."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Final

import pytest

from tests.support.process import own_environment

SEEDS: Final = range(1, 21)
EACH: Final = 250


def world(seed: int, count: int, seconds: int, **environment: str) -> tuple[bool, str]:
    """Whether a world of a seed keeps every truth, and what it says."""
    command = [sys.executable, "-m", "tests.simulation.run", "--seed", str(seed), "--count", str(count)]
    given = own_environment() | environment
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, env=given)
    return done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_a_small_world_keeps_every_truth():
    is_whole, said = world(1, 12, 900)
    assert is_whole, said
    assert "every truth holds" in said
    assert "died after a write" in said


def test_a_seed_says_the_same_again():
    one, other = (world(5, 4, 900, PYTHONHASHSEED=each)[1].splitlines() for each in ("1", "2"))
    assert [line for line in one if "of a processor" not in line] == [
        line for line in other if "of a processor" not in line
    ]


@pytest.mark.soak
def test_twenty_worlds_of_250_dossiers_keep_every_truth():
    broken = list[str]()
    with ThreadPoolExecutor(os.cpu_count()) as at_once:  # each waits for a process
        for done in as_completed([at_once.submit(world, seed, EACH, 3600) for seed in SEEDS]):
            is_whole, said = done.result()
            print(said, flush=True)
            broken += [] if is_whole else [said]
    assert not broken, "\n".join(broken)
