"""Worlds of some seeds, each in a process of its own: whatever goes wrong, all that must be true is true at the end."""

import subprocess
import sys

import pytest


def world(seed: int, count: int, seconds: int) -> str:
    """What a world of a seed says; its own words are the failure."""
    command = [sys.executable, "-m", "tests.simulation.run", "--seed", str(seed), "--count", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


def test_a_small_world_keeps_every_truth():
    said = world(1, 12, 300)
    assert "every truth holds" in said
    assert "died after a write" in said


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 21))
def test_a_world_of_250_dossiers_keeps_every_truth(seed):
    print(world(seed, 250, 3600))
