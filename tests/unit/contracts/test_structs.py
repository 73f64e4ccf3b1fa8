"""Every struct of the product is frozen, and what is stored has the shape that the page of the data model says."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

import chalicelib
from chalicelib.contracts.stored import Stored

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "data-model.md"


@pytest.fixture(scope="module", autouse=True)
def loaded():
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        if ".plugin" not in module.name:
            importlib.import_module(module.name)


def below(kind: type) -> Iterator[type]:
    """The product's own classes below one."""
    for each in kind.__subclasses__():
        yield from below(each)
        if each.__module__.startswith("chalicelib."):
            yield each


def test_what_was_made_is_not_changed():
    """But for the working memory of one function, which no other sees, and what a sweep tells of its run."""
    open_ = {each.__qualname__ for each in below(msgspec.Struct) if not each.__struct_config__.frozen}
    assert open_ == {"_Frame", "_Held", "_Life", "_Scan", "Swept"}


def test_what_is_stored_is_made_by_name():
    """The order of fields means nothing: a release may add one anywhere."""
    assert [each.__qualname__ for each in below(Stored) if each.__match_args__] == []


def differences(ours: Mapping[str, int], page: str) -> Iterator[str]:
    """What the page of the data model does not say of the kinds that are stored, or says wrongly."""
    told = [(name, int(shape)) for name, shape in re.findall(r"`([a-z]+\.[A-Z]\w+)` (\d+)", page)]
    where, names = "docs/reference/data-model.md", [name for name, _ in told]
    yield from (f"{where} has no row for {name}, shape {ours[name]}" for name in sorted(ours.keys() - set(names)))
    for name, shape in sorted(told):
        if name not in ours:
            yield f"{where} names {name}, which is no stored kind"
        elif shape != ours[name]:
            yield f"{where} says shape {shape} of {name}, whose shape is {ours[name]}"
    yield from (f"{where} has {name} twice" for name in sorted({n for n in names if names.count(n) > 1}))


def test_every_kind_of_stored_thing_is_told_with_its_shape_and_no_other():
    ours = {f"{k.__module__.split('.')[1]}.{k.__name__}": k.shape for k in below(Stored) if "shape" in vars(k)}
    assert "\n".join(differences(ours, PAGE.read_text("utf-8"))) == ""


def test_a_kind_that_the_page_misses_or_says_wrongly_is_named():
    where, page = "docs/reference/data-model.md", "`vault.Head` 1 `vault.Doc` 1 `vault.Doc` 1 `vault.Gone` 1"
    assert list(differences({"vault.Head": 2, "vault.Doc": 1, "vault.New": 1}, page)) == [
        f"{where} has no row for vault.New, shape 1",
        f"{where} names vault.Gone, which is no stored kind",
        f"{where} says shape 1 of vault.Head, whose shape is 2",
        f"{where} has vault.Doc twice",
    ]
