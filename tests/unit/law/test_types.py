"""What the law gives out is not changed, and a file of the law that says something unknown is refused."""

import pkgutil
from importlib import import_module

import msgspec
import pytest

from chalicelib import law
from chalicelib.law import calendars, packs, rules

MODULES = [import_module(f"chalicelib.law.{found.name}") for found in pkgutil.iter_modules(law.__path__)]
TYPES = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == module.__name__
    if not kind.__name__.startswith("_")  # what a module keeps to itself while it reckons is not given out
]
READ = [kind for kind in TYPES if kind.__module__ == rules.__name__ and kind is not rules.Rule]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_what_the_law_gives_out_cannot_be_changed(kind):
    assert kind.__struct_config__.frozen


@pytest.mark.parametrize("kind", [*READ, packs.PackFile, calendars.Year], ids=lambda kind: kind.__name__)
def test_a_file_says_nothing_that_its_type_does_not_know(kind):
    assert kind.__struct_config__.forbid_unknown_fields
