"""One room owns a table: its setting is declared there, and nobody else writes to it or reads it."""

import ast
from pathlib import Path

import pytest

OWNERS = {
    "MOTCUA_DOSSIERS_TABLE": ("chalicelib/dossier/table.py",),
    "MOTCUA_VAULTS_TABLE": ("chalicelib/vault/fence.py", "chalicelib/audit/settings.py"),
    "MOTCUA_ANCHORS_TABLE": ("chalicelib/audit/fence.py",),
    "MOTCUA_LEDGERS_TABLE": ("chalicelib/ledger/table.py",),
    "MOTCUA_SEALING_TABLE": ("chalicelib/sealing/table.py",),
    "MOTCUA_MEASURES_TABLE": ("chalicelib/measures/rows.py",),
    "MOTCUA_SUBSCRIPTIONS_TABLE": ("chalicelib/subscriptions/fence.py", "chalicelib/audit/settings.py"),
    "MOTCUA_CATALOGUE_TABLE": (
        "chalicelib/catalogue/fence.py",
        "chalicelib/catalogue/settings.py",
        "chalicelib/audit/settings.py",
    ),
    "MOTCUA_MESSAGES_TABLE": (
        "chalicelib/messages/settings.py",
        "chalicelib/digitisation/fence.py",
        "chalicelib/measures/reports/settings.py",  # a report is ordered there, beside the orders of other papers
        "chalicelib/audit/settings.py",
    ),
}
"""Where a table's setting is declared. Papers and signed messages share a table, in partitions of their own.

The audit reads every table, and by its policy writes none of them (`tests/infra/test_audit_rights.py`).
"""
PARTITIONS = {
    "chalicelib/messages": ("MESSAGE#", "REFUSED#", "UNDRAWN#", "ORDER#"),
    "chalicelib/digitisation": ("PAPER#", "DROPS#", "OWN#", "ARCHIVE#", "ARCHIVED#"),
}
DOORS = {"chalicelib/ledger/door.py", "chalicelib/catalogue/services/store.py"}
"""Who makes links: the ledger's door to files of persons, and the catalogue to its open data, which concern nobody."""
PREFIXES = {
    "uploads/": ("chalicelib/submission", "chalicelib/digitisation", "chalicelib/audit"),
    "drops/": ("chalicelib/digitisation", "chalicelib/audit"),
    "papers/": ("chalicelib/digitisation",),
    "receipts/": ("chalicelib/messages",),
    "forms/": ("chalicelib/messages",),
    "previews/": ("chalicelib/messages",),
    "results/": ("chalicelib/messages",),
    "takeouts/": ("chalicelib/vault",),
    "vaults/": ("chalicelib/vault", "chalicelib/digitisation", "chalicelib/audit"),
    "heads/": ("chalicelib/audit",),
    "evidence/": ("chalicelib/identity", "chalicelib/digitisation"),
    "figures/": ("chalicelib/measures", "chalicelib/digitisation"),
    "trust/": ("chalicelib/digitisation",),
    "catalogue/": ("chalicelib/catalogue",),
    "erasures/": ("chalicelib/sealing",),
    "retractions/": ("chalicelib/identity",),
}
"""Beginnings of keys in buckets: who makes keys under them. `uploads/` are named by one and read by the other."""
OPERATIONS = {
    "get",
    "query",
    "between",
    "since",
    "page",
    "put_new",
    "put",
    "delete",
    "count",
    "update",
    "check",
    "add",
    "found",
}
ITSELF = ("chalicelib/kernel/record.py",)


def texts(tree):
    """Constant texts of a file, those inside f-strings too, but for docstrings."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def strangers(sources):
    """Whatever names a table, a partition or a prefix that is another room's; a table by anything but its setting."""
    for path, tree in sources.items():
        name = path.as_posix()
        if not name.startswith("chalicelib/"):
            continue
        found = set(texts(tree))
        yield from (f"{name}: {t}" for t, rooms in OWNERS.items() if t in found and name not in rooms)
        for room, partitions in PARTITIONS.items():
            if not name.startswith(room):
                yield from (f"{name}: {p}" for p in partitions if any(t.startswith(p) for t in found))
        for prefix, rooms in PREFIXES.items():
            if not name.startswith(rooms):
                yield from (f"{name}: {prefix}" for text in found if text.startswith(prefix))
        if name not in ITSELF:
            yield from (f"{name}:{call.lineno}: {ast.unparse(call.args[0])}" for call in tables_by_hand(tree))


def tables_by_hand(tree):
    """Calls of the door to DynamoDB whose table is no declared setting, called: `aws.get(TABLE(), ...)`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPERATIONS):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "aws" and node.args:
            given = node.args[0]
            named = isinstance(given, ast.Call) and isinstance(given.func, ast.Name) and given.func.id.isupper()
            if not named and not (isinstance(given, ast.Name) and given.id == "table"):
                yield node


def test_each_room_names_its_own_tables_partitions_and_prefixes_only(sources):
    assert sorted(strangers(sources)) == []


def links(sources):
    """Files of the product that make a link to an object."""
    for path, tree in sources.items():
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | set(texts(tree))
        if path.parts[0] == "chalicelib" and "generate_presigned_url" in named:
            yield path.as_posix()


def test_a_link_to_a_file_comes_from_the_door_that_writes_the_ledger(sources):
    assert set(links(sources)) == DOORS


def test_a_room_that_makes_links_of_its_own_is_found():
    by_hand = 'getattr(aws.client("s3"), "generate_presigned_url")("get_object", Params={})'
    for planted in ('aws.client("s3").generate_presigned_url("get_object", Params={})', by_hand):
        tree = ast.parse(f'"""A store."""\nurl = {planted}\n')
        assert list(links({Path("chalicelib/digitisation/store.py"): tree})) == ["chalicelib/digitisation/store.py"]


@pytest.mark.parametrize(
    "planted",
    [
        'TABLE = setting("MOTCUA_DOSSIERS_TABLE", "Table of drafts, dossiers, tasks and legs.")',
        'aws.update("motcua-dossiers", (reference, "HEAD"), put={"state": 10}, condition="attribute_exists(pk)")',
        'aws.get(TABLE(), f"PAPER#{reference}", "HEAD")',
        'key = f"results/{reference}.pdf"',
    ],
)
def test_a_function_that_reaches_into_anothers_table_is_found(planted):
    tree = ast.parse(f'"""A store."""\ndef close(reference):\n    """Sets a state."""\n    {planted}\n')
    assert len(list(strangers({Path("chalicelib/vault/store.py"): tree}))) == 1
