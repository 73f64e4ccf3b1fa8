"""What a release demands of a stored thing, the next one still writes: both run beside each other in a canary."""

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

import chalicelib
from chalicelib.contracts.stored import Stored

DEMANDED = json.loads((Path(__file__).parent / "demanded.json").read_text())
"""By capability and kind: the fields without which some release does not read it."""
NO_LONGER = {
    ("dossier.Head", "expires_at"): "tests/unit/submission/test_expiry.py: `keep` writes NEVER",
    ("dossier.PlanItem", "plan"): "tests/unit/dossier/test_plans.py: so long as PlansByHash is 0",
}
"""Optional to read today, and written still: who sees to it."""


def _kinds(above: type[Stored] = Stored) -> Iterator[type[Stored]]:
    for kind in above.__subclasses__():
        yield from _kinds(kind)
        if hasattr(kind, "shape") and kind.__module__.startswith("chalicelib."):
            yield kind


def _name(kind: type[Stored]) -> str:
    return f"{kind.__module__.split('.')[1]}.{kind.__name__}"


def test_what_any_release_demanded_of_a_stored_thing_is_written_still():
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        import_module(module.name)
    now = {
        _name(kind): {field.encode_name: field.required for field in msgspec.structs.fields(kind)} for kind in _kinds()
    }
    for kind, fields in DEMANDED.items():
        for field in fields:
            assert field in now[kind], f"{kind}: the release before does not read one without {field}"
            assert now[kind][field] or (kind, field) in NO_LONGER, f"{kind}: is {field} always written?"
    wanted = {kind: sorted(name for name, must in fields.items() if must) for kind, fields in now.items()}
    news = {kind: names for kind, names in wanted.items() if set(names) - set(DEMANDED.get(kind, []))}
    assert not news, f"add to demanded.json what this release demands: {news}"


@pytest.mark.parametrize(("kind", "field"), NO_LONGER)
def test_what_is_no_longer_demanded_was_once(kind, field):
    assert field in DEMANDED[kind]
