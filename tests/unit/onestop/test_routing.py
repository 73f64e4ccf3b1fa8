"""Who keeps the result of what was filed under a mandate: its clause, and what became of it (law/one-stop.md 6)."""

from itertools import product

import pytest
from msgspec import structs

from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.kernel.clock import stamp
from chalicelib.law.packs import all_packs
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table as Vaults
from tests.fakes import people
from tests.support.acting import AGENT, ended, ready, represent, tell
from tests.support.hall import signed_result

NOBODY = ()
ONE, OTHER = ("principal",), ("agent",)
BOTH = (*ONE, *OTHER)
KEPT = {
    ("PRINCIPAL", "active"): ONE,
    ("PRINCIPAL", "revoked"): ONE,
    ("PRINCIPAL", "expired"): ONE,
    ("AGENT", "active"): OTHER,
    ("AGENT", "revoked"): ONE,
    ("AGENT", "expired"): OTHER,
    ("BOTH", "active"): BOTH,
    ("BOTH", "revoked"): ONE,
    ("BOTH", "expired"): BOTH,
    ("NONE", "active"): NOBODY,
    ("NONE", "revoked"): ONE,
    ("NONE", "expired"): NOBODY,
}
"""Clause and state -> who has it in their vault."""


def becomes(hall, kept, state):
    """A mandate comes to this after the dossier was submitted under it."""
    if state == "revoked":
        ended(hall, kept)
    if state == "expired":
        tell(hall, structs.replace(kept, closes=stamp(hall.clock())))


@pytest.mark.parametrize(("clause", "state"), KEPT)
def test_the_result_is_kept_as_its_named_policy_says(hall, clause, state):
    kept, keepers = represent(hall, storage=clause), KEPT[clause, state]
    reference = ready(hall)
    hall.submit(reference, AGENT)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    hall.flow.decide(reference)
    becomes(hall, kept, state)
    hall.clock.advance(milliseconds=1)
    code = f"{hall.draft(reference).head.dossier_code}-KQ1"
    hall.flow.record_result(signed_result(reference, code))
    (processed,) = hall.told(reference, DossierProcessed)
    assert processed.routing == f"{clause.lower()}-{state}"
    sides = {"principal": people.CITIZEN, "agent": AGENT}
    assert processed.keepers == tuple(sides[each].holder for each in keepers)
    vault = Vault(Vaults(), hall.clock)
    for _ in range(2):
        vault.store_result(processed)
    for side, who in sides.items():
        assert [each.code for each in vault.documents(who).shown] == ([code] if side in keepers else [])
    assert (hall.draft(reference).head.state == 10) is (keepers == NOBODY)


@pytest.mark.parametrize("pack", all_packs(), ids=lambda pack: pack.id)
def test_every_pack_has_a_policy_for_each_clause_and_state_once(pack):
    found = [(each.clause, each.state) for each in pack.rules.mandate_routing.value]
    assert sorted(found) == sorted(KEPT)
    assert sorted(found) == sorted(product(pack.rules.mandate_storage.value, ("active", "revoked", "expired")))
    names = {each.code: each.tells_officer for each in pack.rules.mandate_routing.value}
    assert names.keys() == {f"{clause.lower()}-{state}" for clause, state in KEPT}
    assert {name for name, tells in names.items() if tells} == {name for name in names if name.endswith("-revoked")}


def test_what_no_mandate_filed_is_kept_by_its_holder(hall):
    reference = hall.decided()
    hall.flow.record_result(signed_result(reference, f"{hall.draft(reference).head.dossier_code}-KQ1"))
    (processed,) = hall.told(reference, DossierProcessed)
    assert (processed.routing, processed.keepers) == (None, None)
