"""An attack on open data: reckon from all published tables together how many stand behind what they hide.

It knows what anybody knows: the tables, the live figures of each agency and month, the tree, and which procedures the
boards name: at least so many dossiers stand behind a name, and fewer behind one that is not there. It shares no code
with what made the tables. A small group is found out when every world that agrees with all that has somebody in it,
and few.
"""

from collections import defaultdict
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

CHANNELS = ("ONLINE", "DIRECT", "POSTAL")
PARTIES = ("CITIZEN", "FOREIGNER", "ORGANISATION", "unsaid")
LIVE = {"received": [("*", "*"), ("ONLINE", "*")], "ended": [("*", each) for each in ("early", "on_time", "late")]}
KINDS = {"received": (CHANNELS, PARTIES, ("*",)), "ended": (("*",), ("*",), ("early", "on_time", "late"))}
CLOSE = 1e-6


def quarter(month):
    return f"{month[:4]}-Q{-(-int(month[5:]) // 3)}"


class Attack:
    """On one table. `truth`: a dossier count by (unit, month, procedure, channel, party, timeliness).

    `named`: by agency alone and year the names that its board has, as if nobody's but its own were on it.
    """

    def __init__(self, table, rows, truth, tree, units, more=("9.999999",), named=None):
        self.truth = truth
        months = sorted({each[1] for each in truth})
        procedures = [*sorted({each[2] for each in truth}), *more]
        self.atoms = list(product(sorted({each[0] for each in truth}), months, procedures, *KINDS[table]))
        nodes = defaultdict(list)
        for month, unit in product(months, units):
            for each in tree.own(unit, month):
                nodes[each, month].append((unit, "false"))
            for each in tree.below(unit, month):
                nodes[each, month].append((unit, "true"))
        self.members, self.size = defaultdict(list), defaultdict(int)
        for column, (unit, month, *rest) in enumerate(self.atoms):
            places = product(nodes[unit, month], (month, quarter(month), month[:4]), *({each, "*"} for each in rest))
            for (node, below), *cell in places:
                self.members[node, below, *cell].append(column)
                self.size[node, below, *cell] += truth.get(self.atoms[column], 0)
        self.known = {tuple(row[1:4]) + tuple(row[5:9]): row[9] for row in rows if row[0] == table}
        self.published = set(self.known)
        self.live = {
            cell
            for cell in self.size
            if cell[3] == cell[5] == "*" and ((cell[4], cell[6]) in LIVE[table] or cell[4] == cell[6] == "*")
        }
        self.known |= {cell: self.size[cell] for cell in self.live}
        wrong = {cell: told for cell, told in self.known.items() if self.size[cell] != told}
        assert not wrong, "what is published is true"
        self.named = []
        for (unit, period, procedure), is_named in (named or {}).items():
            mine = [
                at
                for at, (who, month, what, *_) in enumerate(self.atoms)
                if (who, what) == (unit, procedure) and period in (month, quarter(month), month[:4])
            ]
            self.named.append((mine, is_named))

    def _rows(self, cells):
        pairs = [(row, column) for row, cell in enumerate(cells) for column in self.members[cell]]
        at = tuple(zip(*pairs, strict=True))
        return csr_array((np.ones(len(pairs)), at), shape=(len(cells), len(self.atoms)))

    def _all_known(self, least):
        known = {"A_eq": self._rows(list(self.known)), "b_eq": list(self.known.values()), "bounds": (0, None)}
        if self.named:
            limits = np.zeros((len(self.named), len(self.atoms)))
            for limit, (mine, is_named) in zip(limits, self.named, strict=True):
                limit[mine] = -1 if is_named else 1
            known["A_ub"] = csr_array(limits)
            known["b_ub"] = [-least if is_named else least - 1 for _, is_named in self.named]
        return known

    def found_out(self, least, most=10**9):
        """The small cells that nobody published, whose size lies between 1 and `least` in every world; up to `most`."""
        groups = {}
        for cell, size in self.size.items():
            if 0 < size < least and cell not in self.live and cell not in self.published:
                groups.setdefault(tuple(self.members[cell]), cell)
        left, found = list(groups.values()), []
        known = self._all_known(least)

        def world(weights):
            solved = linprog(weights, **known, method="highs")
            assert solved.status == 0, solved.message
            return solved.x

        draws = np.random.default_rng(1)
        asked = None
        while left and len(found) < most:
            if asked is None:
                weights = draws.random(len(left)) @ self._rows(left)
                before, x = len(left), world(weights)
                asked = None if self._strike(left, x, least) < before else left[0]
                continue
            row = self._rows([asked]).toarray()[0]
            for weights in (row, -row):
                if asked in left:
                    self._strike(left, world(weights), least)
            if asked in left:
                found.append(asked)
                left.remove(asked)
            asked = left[0] if left else None
        return found

    def _strike(self, left, x, least):
        """Drop those that are empty, or large, in this world."""
        sizes = self._rows(left) @ x
        left[:] = [cell for cell, size in zip(left, sizes, strict=True) if CLOSE < size < least - CLOSE]
        return len(left)

    def small_rests(self, least):
        """Totals that, less all their published parts, leave a small group that no live figure has."""
        parts = defaultdict(list)
        for cell in self.known:
            for axis in range(2, 7):
                for total in self._above(cell, axis):
                    if total in self.known:
                        parts[total, axis].append(cell)
        return [
            (total, axis)
            for (total, axis), some in parts.items()
            if 0 < self.known[total] - sum(self.known[each] for each in some) < least and not set(some) <= self.live
        ]

    @staticmethod
    def _above(cell, axis):
        if axis == 2:
            period = cell[2]
            above = quarter(period) if len(period) == 7 and "Q" not in period else period[:4] if "Q" in period else None
            return [(*cell[:2], above, *cell[3:])] if above else []
        return [] if cell[axis] == "*" else [(*cell[:axis], "*", *cell[axis + 1 :])]
