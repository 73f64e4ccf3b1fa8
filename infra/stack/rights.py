"""Every right that is given against every right that is needed, both ways: one too few is a fault, one too many too.

Needed is what the calls of a whole dossier on the embedded cloud ask for (`needed.json`, written by
`python tests/infra/calls.py infra/stack/needed.json` and held against the calls by `tests/infra/test_compose.py`), and
what no such call shows: `UNSEEN`, each right under the reason why it is needed all the same.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final

from infra.stack import policies
from infra.stack.unseen import UNSEEN

type Right = str
"""Function, action and, of DynamoDB, S3 and KMS, resource: `vault_api dynamodb:GetItem Vaults`."""

FILE: Final = Path(__file__).with_name("needed.json")

IF_NEEDED: Final = (
    "if a call needs it, run: .venv/bin/python tests/infra/calls.py infra/stack/needed.json (a minute at most);"
    " if no demo shows that call, name it in UNSEEN of infra/stack/unseen.py"
)

NOW_SEEN: Final = "take it out of UNSEEN of infra/stack/unseen.py"


def given() -> set[Right]:
    """What the table of policies gives."""
    return {
        right(name, action, _named(resource))
        for name, grants in policies.NEEDS.items()
        for grant in grants
        if grant.effect == "Allow"
        for action in grant.actions
        for resource in grant.resources
    }


def right(function: str, action: str, resource: str) -> Right:
    """A right as it is written here."""
    return f"{function} {action} {resource if action.startswith(('dynamodb:', 's3:', 'kms:')) else ''}".strip()


def _named(resource: Any) -> str:
    if isinstance(resource, str):
        return ""
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    path, owner = resource["Fn::Sub"] if isinstance(resource.get("Fn::Sub"), list) else ("", {})
    return owner["Owner"]["Fn::GetAtt"][0] + path.removeprefix("${Owner}") if owner else ""


def needed(path: Path = FILE) -> set[Right]:
    """What the calls of a whole dossier asked for."""
    return set(json.loads(path.read_text("utf-8")))


def faults(shown: Collection[Right], has: Collection[Right]) -> Iterator[str]:
    """Rights that are needed and not given, given and not needed, or said to be unseen and seen."""
    unseen = {right for rights in UNSEEN.values() for right in rights}
    yield from (f"not given, and needed: {right}" for right in sorted(set(shown) | unseen) if right not in has)
    many = sorted(set(has) - unseen - set(shown))
    yield from (f"given, and not needed: {right} ({IF_NEEDED})" for right in many)
    seen = sorted(unseen & set(shown))
    yield from (f"said to be unseen, and a call shows it: {right} ({NOW_SEEN})" for right in seen)
