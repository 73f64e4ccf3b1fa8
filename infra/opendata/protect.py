"""Which cells are published, so that nobody learns of a group of fewer than `least` from all tables together.

Small cells are hidden first (primary). Then what would give them away is hidden too (secondary): parts of lines whose
rest would be small, then cells one by one until for each small cell there is another world that agrees with all that is
known and in which nobody is in the cell, or at least `least` are. Hiding more only adds worlds, so each cell is looked
at once. What the law publishes of each agency anyway, and what boards name, is known and cannot be hidden.
docs/explanation/open-data.md
"""

from collections.abc import Container, Mapping, Sequence

import numpy as np

from chalicelib.measures.boards.model import least
from infra.opendata.bounds import NEARLY, Bounds, Found, Names
from infra.opendata.cube import ALL, Cube, Key
from infra.opendata.lines import settled
from infra.opendata.policy import Policy


def protected(
    cube: Cube, policy: Policy, names: Names, *, bound: Container[Key] | None = None, secondary: bool = True
) -> dict[Key, int]:
    """The cells that are published with their values; without `secondary` they can be told from each other.

    `names`: what boards say of this subject. `bound`: what is known of another one; without its cell of all, a cell
    says at least how many that one hides.
    """
    shown = {
        key: value
        for key, value in cube.values.items()
        if cube.is_shown(key)
        and (value >= policy.least or not policy.is_of_persons(key))
        and (bound is None or Key(*key[:3], ALL, ALL, ALL) in bound)
    }
    if secondary:
        return _Protection(cube, policy, names).shown(settled(cube, shown, policy.least))
    return shown


def is_small(key: Key, value: int, policy: Policy) -> bool:
    """Whether a cell has somebody in it whom its size would give away."""
    return policy.is_of_persons(key) and 0 < value < policy.least


class _Protection:
    """The second part of secondary suppression, of one cube."""

    def __init__(self, cube: Cube, policy: Policy, names: Names) -> None:
        self.cube, self.policy = cube, policy
        self.bounds = Bounds(cube.atoms, cube.values, names, least())
        self.left = [
            key for key, value in cube.values.items() if is_small(key, value, policy) and not cube.subject.is_given(key)
        ]

    def shown(self, shown: dict[Key, int]) -> dict[Key, int]:
        """What may be shown of `shown`."""
        self._draw({**shown, **self.cube.given})
        while self.left:
            self._keep(self.left[0], shown)
        return shown

    def _keep(self, key: Key, shown: dict[Key, int]) -> None:
        """Hide cells until a small one cannot be told; at the end nothing but the law's own figures gives it away."""
        row = self.bounds.rows([key]).toarray()[0]
        ways: tuple[int, ...] = (1, -1)
        while True:
            held = set[Key]()
            for way in ways:
                found = self.bounds.best({**shown, **self.cube.given}, way * row)
                self._strike(found)
                if key not in self.left:
                    return
                held |= found.held
            mine = [each for each in held if each in shown and each not in self.cube.given]
            if not mine:
                self.left.remove(key)
                return
            del shown[min(mine, key=lambda each: _fineness(each, shown))]
            ways = ways[:1]  # nobody in it: then the other way is as good, and costs as much

    def _draw(self, known: Mapping[Key, int]) -> None:
        """Strike off many cells at a time: worlds in which many of them are empty."""
        draws, before = np.random.default_rng(0), 0
        while self.left and before != len(self.left):
            before = len(self.left)
            self._strike(self.bounds.best(known, self.bounds.rows(self.left).T @ draws.random(before)))

    def _strike(self, found: Found) -> None:
        self.left = _still(self.left, self.bounds.rows(self.left) @ found.counts, self.policy.least)


def _still(keys: Sequence[Key], values: Sequence[float], least: int) -> list[Key]:
    """Those that have somebody in them, and few, in this world too."""
    return [key for key, value in zip(keys, values, strict=True) if NEARLY < value < least - NEARLY]


def _fineness(key: Key, shown: Mapping[Key, int]) -> tuple[int, int, Key]:
    """Which cells are missed least: the finest, and of these the smallest."""
    return sum(each == ALL for each in key), shown[key], key
