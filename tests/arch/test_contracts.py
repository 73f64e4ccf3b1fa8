"""Every event has a contract; its emitter makes it, its hearers are the functions that it names, both ways."""

import ast
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import get_args

import msgspec
import pytest
from msgspec.structs import fields

from chalicelib.contracts.event import Event, Malformed, heard, known_events, told
from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.plan import Part, PriceLine
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel.worker import Uncalled, hears
from chalicelib.registry import BLUEPRINTS
from infra.reference.pages import inside
from infra.stack.functions import FUNCTIONS

CONTRACTS = Path("chalicelib/contracts")


def made_in(sources):
    """Names of types that are called, or from whose attributes one is made, outside the contracts."""
    found = set()
    for path, tree in sources.items():
        if path.parts[0] == "chalicelib" and CONTRACTS not in path.parents:
            found |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
            found |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    return found


def workers():
    """Function name -> the types of events that it hears, as it is registered."""
    found = {}
    for modules in BLUEPRINTS.values():
        for name in modules:
            for value in vars(import_module(name)).values():
                if (kinds := getattr(value, "kinds", ())) and hasattr(value, "called"):
                    found[value.called] = {kind.type for kind in kinds}
    return found


def test_every_event_has_a_hearer_that_exists_or_says_that_nobody_hears_it_yet():
    for event in known_events().values():
        assert set(event.heard_by) <= FUNCTIONS.keys(), event.type
        assert len(set(event.heard_by)) == len(event.heard_by), event.type
        assert (event.__doc__ or "").strip(), event.type
        assert event.event_version >= 1


def test_every_event_is_made_by_a_room(sources):
    made = made_in(sources)
    assert [kind for kind, event in known_events().items() if event.__name__ not in made] == []


def test_a_worker_hears_exactly_the_events_whose_contracts_name_it():
    named = {}
    for event in known_events().values():
        for name in event.heard_by:
            named.setdefault(name, set()).add(event.type)
    assert workers() == named


def test_what_may_be_null_may_be_left_out_for_nothing_that_is_null_is_written():
    required = {
        f"{held.__name__}.{field.name}"
        for event in known_events().values()
        for held in inside(event)
        for field in fields(held)
        if NoneType in get_args(field.type) and field.required
    }
    assert required == set()


def test_a_worker_for_an_event_without_its_contract_is_refused():
    with pytest.raises(Uncalled, match="vault_store_result is not in heard_by of LineWritten"):
        hears(None, "vault_store_result", LineWritten)
    with pytest.raises(Uncalled, match="nobody is not in heard_by of any event"):
        hears(None, "nobody")


def test_two_contracts_for_one_event_are_refused():
    class Again(Event, frozen=True, kw_only=True):
        type = VaultStored.type

    Again.__module__ = "chalicelib.contracts.again"

    try:
        with pytest.raises(ValueError, match="two contracts"):
            known_events()
    finally:
        Again.__module__ = __name__  # classes live as long as the process
        del Again


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "vn.motcua.vault.stored: reference: missing"),
        ({"reference": 1}, "vn.motcua.vault.stored: reference: Expected `str`, got `int`"),
        (None, "vn.motcua.vault.stored: : Expected `object`, got `null`"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_no_value_is_repeated(data, said):
    with pytest.raises(Malformed) as refused:
        heard(VaultStored, data)
    assert str(refused.value) == said


def values(kind):
    for each in kind.__subclasses__():
        yield each
        yield from values(each)


def test_what_is_left_out_when_told_is_not_missed_when_heard():
    """`told` leaves out what is None: a field that may be None and has no default were missing in its own event."""
    known_events()
    kinds = {k for base in (Event, Part) for k in values(base) if k.__module__.startswith("chalicelib.")}
    assert len(kinds) > 40
    asked = {f"{k.__name__}.{f.name}" for k in kinds for f in msgspec.structs.fields(k) if f.required and maybe(f.type)}
    assert asked == set()
    price = PriceLine(name_vi="Lắp đặt", amount=None)
    assert heard(PriceLine, told(price)) == price


def maybe(kind):
    return type(None) in get_args(kind)


def test_what_a_newer_release_adds_is_ignored():
    given = {"reference": "MC-1", "document": "KQ1", "stored_at": "x", "from_a_newer_release": {"a": 1}}
    assert heard(VaultStored, given) == VaultStored(reference="MC-1", document="KQ1", stored_at="x")
