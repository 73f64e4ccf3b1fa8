"""Every file of a capability is a room that a contract names, and arrows go down: what breaks this is refused.

The contracts are those of `pyproject.toml`. Each is tried on a copy of the product with a violation planted in it.
"""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = {"archive", "contracts", "dossier", "forms", "kernel", "law", "ledger", "sealing"}
"""What capabilities stand on; every other package of the product is a capability."""
CAPABILITIES = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")} - FLOORS
SINGLE = {"outbox"}
"""Capabilities of one file: they have no rooms to put in order."""
EXHAUSTIVE = {box: c["name"] for c in CONTRACTS if c.get("exhaustive") for box in c["containers"]}


def packages():
    """Every package of a capability that holds modules of its own."""
    found = [p for name in CAPABILITIES - SINGLE for p in (ROOT / "chalicelib" / name).rglob("__init__.py")]
    folders = [p.parent for p in found if any(child != p for child in p.parent.glob("*.py"))]
    return {".".join(folder.relative_to(ROOT).parts) for folder in folders}


def test_every_package_of_a_capability_has_a_contract_that_names_all_its_rooms():
    assert packages() - EXHAUSTIVE.keys() == set()


@pytest.mark.parametrize("listed", ["modules", "forbidden_modules"])
def test_a_list_of_capabilities_names_all_of_them(listed):
    """A list that names all but one means all; what is missing from it could be imported."""
    short = {}
    for contract in CONTRACTS:
        named = {name.removeprefix("chalicelib.") for name in contract.get(listed, ())} & CAPABILITIES
        if len(named) >= len(CAPABILITIES) - 1 and named != CAPABILITIES:
            short[contract["name"]] = CAPABILITIES - named
    assert short == {}
    assert any(listed in contract for contract in CONTRACTS)


def test_the_product_as_it_is_breaks_no_contract(linted):
    code, broken, told = linted()
    assert (code, broken) == (0, set()), told


def test_a_file_that_no_contract_names_is_refused_wherever_it_stands(linted, plant):
    for box in packages():
        plant(f"{box}.unlisted", '"""Nobody placed this room."""\n')
    code, broken, told = linted()
    assert code != 0
    assert broken == {EXHAUSTIVE[box] for box in packages()}
    assert told.count("unlisted") >= len(packages())


@pytest.mark.parametrize(
    ("module", "imported", "contract"),
    [
        ("chalicelib.catalogue.procedures.model", "chalicelib.catalogue.versions.model", "Catalogue: subjects"),
        ("chalicelib.catalogue.restructuring.model", "chalicelib.catalogue.services.search", "Catalogue: subjects"),
        ("chalicelib.catalogue.agencies.model", "chalicelib.catalogue.agencies.store", "Catalogue, agencies"),
        ("chalicelib.catalogue.versions.service", "chalicelib.catalogue.versions.wiring", "Catalogue, versions"),
        (
            "chalicelib.catalogue.agencies.api",
            "chalicelib.catalogue.agencies.store",
            "No door of the catalogue builds its stores",
        ),
        (
            "chalicelib.catalogue.services.events",
            "chalicelib.catalogue.services.wire",
            "No worker of the catalogue loads what HTTP needs",
        ),
        ("chalicelib.vault.model", "chalicelib.vault.store", "Vault"),
        (
            "chalicelib.ledger.lines",
            "chalicelib.vault.model",
            "The ledger's room stands on the kernel and knows no capability",
        ),
        ("chalicelib.onestop.api", "chalicelib.ledger.door", "The door to files is for stores"),
        ("chalicelib.kernel.endpoint", "chalicelib.vault.model", "The kernel carries the capabilities and knows none"),
        (
            "chalicelib.dossier.reading",
            "chalicelib.onestop.model",
            "The dossier's room stands on the kernel and knows no capability",
        ),
        (
            "chalicelib.vault.store",
            "chalicelib.dossier.change",
            "A dossier is changed by those who decide on it: submission, one-stop, digitisation, delivery",
        ),
    ],
)
def test_an_arrow_that_goes_up_or_past_the_wiring_is_refused(linted, plant, module, imported, contract):
    plant(module, f"\nimport {imported} as planted\n")
    code, broken, told = linted()
    assert code != 0
    assert contract in broken, told
