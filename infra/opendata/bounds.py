"""What can be reckoned from published cells: worlds that agree with all of them, by linear programming (HiGHS)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from infra.opendata.cube import Atom, Key, keys_of

NEARLY: Final = 1e-6


class Unsolved(RuntimeError):
    """No world agrees with what is published: that cannot be, for the true one does."""


type Names = Mapping[tuple[str, str, str], bool]
"""By agency, year and procedure: whether boards name it (`least` dossiers or more were received), or fewer were."""


class Found:
    """A world that agrees with what is known; `held` are the cells that kept it from being better."""

    def __init__(self, counts: Any, held: set[Key]) -> None:
        self.counts, self.held = counts, held


class Bounds:
    """The worlds that agree with the cells that are known, and with what `names` say of how many were received."""

    def __init__(self, atoms: Sequence[Atom], cells: Iterable[Key], names: Names, enough: int) -> None:
        """Of these atoms; `cells` are all that will be asked for or known."""
        self.limits = _limits(atoms, names, enough)
        self.place: dict[Key, int] = {key: row for row, key in enumerate(dict.fromkeys(cells))}
        rows, columns = [], []
        for column, atom in enumerate(atoms):
            for key in keys_of(atom):
                row = self.place.get(key)
                if row is not None:
                    rows.append(row)
                    columns.append(column)
        shape = len(self.place), len(atoms)
        self.parts = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
        self.same = [tuple(some) for some in np.split(self.parts.indices, self.parts.indptr[1:-1])]

    def rows(self, keys: Iterable[Key]) -> Any:
        """The cells as sums of atoms, one a row."""
        return self.parts[[self.place[key] for key in keys]]

    def best(self, known: Mapping[Key, int], least: Any) -> Found:
        """The world in which the weighted sum of atoms is least. Raises Unsolved."""
        keys = list({self.same[self.place[key]]: key for key in known}.values())
        told = [known[key] for key in keys]
        solved = linprog(least, A_eq=self.rows(keys), b_eq=told, **self.limits, bounds=(0, None), method="highs")
        if solved.status != 0:
            raise Unsolved(solved.message)
        held = {keys[row] for row in np.flatnonzero(np.abs(solved.eqlin.marginals) > NEARLY)}
        return Found(solved.x, held)


def _limits(atoms: Sequence[Atom], names: Names, enough: int) -> dict[str, Any]:
    """What names say, as sums of atoms that are no more than a number; nothing where there are none."""
    place = {at: row for row, at in enumerate(names)}
    rows, columns, signs = [], [], []
    for column, (context, procedure, *_) in enumerate(atoms):
        at = (context.unit, context.month[:4], procedure)
        if at in place:
            rows.append(place[at])
            columns.append(column)
            signs.append(-1 if names[at] else 1)
    if not rows:
        return {}
    parts = csr_array((signs, (rows, columns)), shape=(len(place), len(atoms)))
    return {"A_ub": parts, "b_ub": [-enough if is_named else enough - 1 for is_named in names.values()]}
