"""Seeded provinces of a few wards, whose dossiers are few in most cells, as in life."""

import random

from chalicelib.measures.cells import Cell
from chalicelib.measures.model import Unit, UnitEntry
from chalicelib.measures.tree import Tree

CITY, OTHER = "H01", "H02"
WARDS = ("H01.10.21", "H01.10.22", "H01.10.23")
MONTHS = ("2026-02", "2026-03", "2026-04")
PROCEDURES = ("1.001193", "1.000894", "2.000815")


def unit(name, parent=None, **more):
    entry = UnitEntry(valid_from="2020-01-01", parent=parent, **more)
    return Unit(id=name, name=f"Cơ quan {name}", number=1, entries=(entry,))


def tree():
    """A city and its wards, one of which goes over into another on 1 April."""
    merged = unit(WARDS[2], CITY, valid_to="2026-04-01", successors=(WARDS[0],))
    return Tree([unit(CITY), unit(WARDS[0], CITY), unit(WARDS[1], CITY), merged])


def moved():
    """The same, where the second ward stands below another city from 1 March, in the midst of a quarter."""
    entries = tuple(UnitEntry(valid_from=day, parent=top) for day, top in (("2020-01-01", CITY), ("2026-03-01", OTHER)))
    away = Unit(id=WARDS[1], name="Phường", number=2, entries=entries)
    return Tree([*(each for each in tree().units.values() if each.id != away.id), unit(OTHER), away])


def counts(seed, scale=1.0):
    """What stands in the counters of such a province."""
    draws = random.Random(seed)
    found = []
    for place in (CITY, *WARDS):
        for month in MONTHS:
            for procedure in PROCEDURES:
                for channel, party, often in (
                    ("ONLINE", "CITIZEN", 9),
                    ("ONLINE", "ORGANISATION", 3),
                    ("DIRECT", "CITIZEN", 4),
                    ("DIRECT", "FOREIGNER", 0.7),
                    ("POSTAL", "CITIZEN", 0.4),
                ):
                    mean = often * scale * draws.choice((0, 0.3, 1, 2))
                    told = {
                        "received": _drawn(draws, mean),
                        "early": _drawn(draws, mean * 0.6),
                        "on_time": _drawn(draws, mean * 0.3),
                        "late": _drawn(draws, mean * 0.1),
                    }
                    if any(told.values()):
                        told["online"] = told["received"] if channel == "ONLINE" else 0
                        found.append((Cell(place, month, procedure, channel, party), told))
    return found


def _drawn(draws, mean):
    """About as many as this."""
    return sum(draws.random() < mean / (2 * mean + 4) for _ in range(int(2 * mean + 4)))


def truth(told, table):
    """Each dossier where it is, for the attack to say what it found."""
    names = {"*": "received"} if table == "received" else {each: each for each in ("early", "on_time", "late")}
    found = {}
    for cell, some in told:
        for timeliness, name in names.items():
            if some.get(name):
                kinds = (cell.channel, cell.party) if table == "received" else ("*", "*")
                at = (cell.unit, cell.month, cell.procedure, *kinds, timeliness)
                found[at] = found.get(at, 0) + some[name]
    return found
