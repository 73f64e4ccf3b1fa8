"""Survivors that are known, each with its reason: `survivors.toml`."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.mutants.making import Mutant, Source

FILE: Final = Path(__file__).with_name("survivors.toml")
type Key = tuple[str, str, str, str]


def key(mutant: Mutant) -> Key:
    """What tells a mutant from others, whatever lines are added above it."""
    return mutant.file, mutant.operator, mutant.text, mutant.change


def explained(path: Path = FILE) -> dict[Key, str]:
    """Mutant -> why it may live. Raises ValueError for one without a reason, or explained twice."""
    found: dict[Key, str] = {}
    for row in tomllib.loads(path.read_text("utf-8")).get("survivor", []):
        at = (row["file"], row["operator"], row["text"], row["change"])
        if not row["why"].strip() or at in found:
            raise ValueError(f"{path.name}: without a reason, or twice: {at}")
        found[at] = row["why"]
    return found


def stale(known: Iterable[Key], given: Iterable[Source]) -> list[Key]:
    """Explanations of mutants that are not there any more."""
    by_file = {source.file: source for source in given}
    left = []
    for at in known:
        file, operator, text, _ = at
        source = by_file.get(file)
        places = source.at(operator, text) if source else []
        if not source or at not in {key(m) for p in places if (m := source.mutant(p))}:
            left.append(at)
    return left


def as_toml(mutant: Mutant) -> str:
    """What to copy into `survivors.toml`."""
    said = {"file": mutant.file, "operator": mutant.operator, "text": mutant.text, "change": mutant.change, "why": ""}
    return "[[survivor]]\n" + "".join(f"{name} = {_quoted(value)}\n" for name, value in said.items())


def _quoted(value: str) -> str:
    return f"'{value}'" if "'" not in value else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
