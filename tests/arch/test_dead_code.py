"""Dead code goes or is used: each name of the product is read by the product, its tools or AWS; tests do not count."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from vulture import Vulture

ROOT = Path(__file__).parents[2]
CONFIDENCE = 60

# What a decorator gives to others: routes and workers, which AWS calls; lifts, which a reader finds by their kind; who
# knows the officers of an agency, whom the kernel asks after a refusal.
CALLED_BY_OTHERS = ["@api.route", "@hears", "@called", "@lifts", "@bp.lambda_function", "@tells_holders"]

# A field of these goes out as JSON or comes in as such, a word of an enum too: who reads it is elsewhere.
SPOKEN = frozenset({"BaseModel", "Struct", "TypedDict", "StrEnum", "IntEnum"})

KEPT = {
    "Gates": "its fields are read by their names, one after the other",
    "SuspendedTerm": "it goes out whole, by `_asdict`",
    "recompute": "for the day on which a calendar is published; the one-stop, which keeps the events, is to ask it",
    "Edge": "the table of states says to people what triggers each move",
    "SignerFact": "it goes out whole, by `asdict`",
    "petitions_erased": "it goes out whole, by `asdict`",
    "petitions_unsupplied": "it goes out whole, by `asdict`",
    "Band": "a word of typst's input",
    "Lang": "a word of pikepdf's document",
    "compress_type": "zipfile asks for it",
    "readable": "io asks for it",
    "response_class": "http.client asks for it",
    "ConnectionCls": "urllib3 asks for it",
    "_new_conn": "urllib3 calls it",
    "pool_classes_by_scheme": "urllib3 asks for it",
    "system_time": "pyHanko asks for it",
    "_update_meta": "pyHanko calls it",
    "async_sign_raw": "pyHanko calls it",
    "_sign_tst_info": "pyHanko calls it",
}


class Fields(ast.NodeVisitor):
    """The annotated fields of classes, with the class that each is of."""

    def __init__(self) -> None:
        self.bases: dict[str, set[str]] = {}
        self.owner: dict[tuple[str, int], str] = {}
        self._file = ""

    def read(self, file: Path) -> None:
        """Take in the classes of one file."""
        self._file = str(file)
        self.visit(ast.parse(file.read_text("utf-8")))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A class and its fields."""
        named = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        self.bases.setdefault(node.name, set()).update(named)
        for each in node.body:
            if isinstance(each, (ast.AnnAssign, ast.Assign)):
                self.owner[self._file, each.lineno] = node.name
        self.generic_visit(node)

    def is_spoken(self, name: str) -> bool:
        """Whether a class is one of those whose fields go out or come in, by its bases of ours."""
        return name in SPOKEN or any(self.is_spoken(base) for base in self.bases.get(name, ()) if base != name)


def unused(folder: Path, *readers: Path) -> Iterator[str]:
    """Names of a folder that neither it nor the readers read, but for fields that go out and what is kept."""
    files = sorted(folder.rglob("*.py"))
    fields = Fields()
    for file in files:
        fields.read(file)
    found = Vulture(ignore_decorators=CALLED_BY_OTHERS)
    found.scavenge([str(path) for path in (folder, *readers)])
    for item in found.get_unused_code(min_confidence=CONFIDENCE):
        owner = fields.owner.get((str(item.filename), item.first_lineno), "")
        if item.typ == "import" or not Path(item.filename).is_relative_to(folder):
            continue  # ruff names imports, and knows those that only a type in quotation marks needs
        if {item.name, owner} & KEPT.keys() or (owner and fields.is_spoken(owner)):
            continue
        yield f"{Path(item.filename).relative_to(folder.parent)}: {item.typ} {item.name}"


def test_nothing_of_the_product_is_read_by_tests_alone():
    found = unused(ROOT / "chalicelib", ROOT / "infra", ROOT / "app.py")
    assert list(found) == []


def test_what_is_kept_is_there():
    text = "".join(path.read_text("utf-8") for path in (ROOT / "chalicelib").rglob("*.py"))
    assert [name for name in KEPT if name not in text] == []


@pytest.mark.parametrize(
    ("source", "dead"),
    [
        ("def forgotten():\n    return 1\n", ["function forgotten"]),
        ("class Item:\n    old: int\n", ["class Item", "variable old"]),
        ("import msgspec\nclass Item(msgspec.Struct):\n    old: int\nclass More(Item):\n    new: int\nMore()\n", []),
        ("@lifts(Item, 0)\ndef _item_0(raw):\n    return raw\n", []),
    ],
)
def test_a_dead_name_is_told(tmp_path, source, dead):
    folder = tmp_path / "product"
    folder.mkdir()
    (folder / "room.py").write_text(source, "utf-8")
    assert [line.partition(": ")[2] for line in unused(folder)] == dead
