"""Every struct of the product is frozen, and what is stored has the shape that the page of the data model says."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
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
    """But for the working memory of one function, which no other sees."""
    open_ = {each.__qualname__ for each in below(msgspec.Struct) if not each.__struct_config__.frozen}
    assert open_ == {"_Frame", "_Scan"}


def test_every_kind_of_stored_thing_is_told_with_its_shape_and_no_other():
    ours = {f"{k.__module__.split('.')[1]}.{k.__name__}": k.shape for k in below(Stored) if "shape" in vars(k)}
    told = re.findall(r"`([a-z]+\.[A-Z]\w+)` (\d+)", PAGE.read_text("utf-8"))
    assert sorted((name, int(shape)) for name, shape in told) == sorted(ours.items())
