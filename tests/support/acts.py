"""The whole table of acts: that of a process has those of the rooms that it loaded."""

import importlib
from collections.abc import Mapping
from pathlib import Path

import chalicelib
from chalicelib.kernel.access import ACTS, Grant


def every_act() -> Mapping[str, frozenset[Grant]]:
    """Every act of the product, once all rooms that declare some are loaded."""
    for folder in chalicelib.__path__:
        for path in sorted(Path(folder).rglob("acts.py")):
            importlib.import_module(".".join(("chalicelib", *path.relative_to(folder).with_suffix("").parts)))
    return ACTS
