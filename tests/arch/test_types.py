"""Types at the joints, counted: annotations that say `Any`, and look-ups by a constant string on domain data.

Print the counts by file: `python -m tests.arch.test_types`.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOOR = Path("chalicelib/kernel/aws.py")
PARSERS = (
    *(Path("chalicelib/law") / name for name in ("packs.py", "index_counts.py")),
    *(Path("chalicelib/forms"), Path("chalicelib/catalogue/records")),
    *(
        Path("chalicelib/digitisation") / name
        for name in ("tiffs.py", "press.py", "signatures.py", "pdfs.py", "weight.py")
    ),
    *(Path("chalicelib/messages") / name for name in ("attached.py", "containers.py")),
    Path("chalicelib/archive"),
    *(Path("chalicelib/kernel") / name for name in ("body.py", "endpoint.py", "objects.py", "pages.py", "traces.py")),
)
"""What reads data of others: rule packs, forms, national records, pictures, the dictionaries of a PDF, the headers of a
request, the answers of S3, the operations of DynamoDB. Listed apart, as look-ups are their business."""
LOOKS_UP = frozenset({"get", "pop", "setdefault"})
MOST_ANY, MOST_LOOKUPS = 0.06, 104


def product() -> dict[Path, ast.Module]:
    """The product's files."""
    files = sorted((ROOT / "chalicelib").rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text("utf-8")) for path in files}


def annotations(tree: ast.Module) -> Iterator[ast.expr]:
    """Of arguments, of what is returned, of annotated names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation:
            yield node.annotation
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns:
            yield node.returns
        elif isinstance(node, ast.AnnAssign):
            yield node.annotation


def says_any(annotation: ast.expr) -> bool:
    """Whether an annotation mentions Any, in quotes too."""
    if any(isinstance(n, ast.Constant) and isinstance(n.value, str) and "Any" in n.value for n in ast.walk(annotation)):
        return True
    return any(getattr(n, "id", getattr(n, "attr", "")) == "Any" for n in ast.walk(annotation))


def lookups(tree: ast.Module) -> int:
    """Subscripts, get, pop, setdefault and getattr with a constant string; an annotation's `Literal["x"]` is none."""
    inside = {id(n) for annotation in annotations(tree) for n in ast.walk(annotation)}
    return sum(_looks_up(node) for node in ast.walk(tree) if id(node) not in inside)


def _looks_up(node: ast.AST) -> bool:
    if isinstance(node, ast.Subscript):
        of_a_route = isinstance(node.value, ast.Attribute) and node.value.attr == "path"  # its words, which it names
        return _constant(node.slice) and not of_a_route
    if not isinstance(node, ast.Call) or not node.args:
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr in LOOKS_UP:
        return _constant(node.args[0])
    return isinstance(node.func, ast.Name) and node.func.id == "getattr" and _constant(node.args[1])


def _constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_parser(path: Path) -> bool:
    """Whether a file reads data of others."""
    return any(path == p or p in path.parents for p in PARSERS)


def any_by_file() -> dict[Path, tuple[int, int]]:
    """File -> annotations that say Any, and all of them; the door to AWS is left out."""
    found = {}
    for path, tree in product().items():
        if path != DOOR:
            each = list(annotations(tree))
            found[path] = (sum(map(says_any, each)), len(each))
    return found


def lookups_by_file(*, parsers: bool) -> Counter[Path]:
    """File -> look-ups, of the parsers or of all others; the door to AWS is left out."""
    return Counter({p: lookups(t) for p, t in product().items() if p != DOOR and is_parser(p) is parsers})


def test_few_annotations_say_any():
    found = any_by_file()
    said, all_of_them = (sum(numbers) for numbers in zip(*found.values(), strict=True))
    assert said / all_of_them <= MOST_ANY, f"{said} of {all_of_them}"


def test_domain_data_is_asked_by_name_and_not_by_a_string():
    found = lookups_by_file(parsers=False)
    assert found.total() <= MOST_LOOKUPS, [(str(p), n) for p, n in found.most_common(20)]


def test_the_counter_counts_what_it_says():
    tree = ast.parse(
        "def f(a: Any, b: 'list[Any]', c: Literal['x']) -> dict[str, Any]: ...\n"
        "n: int = a['x'] + a.get('y') + a.pop('z', 1) + a.setdefault('w', 2) + getattr(a, 'v')\n"
        "m = a[0] + a.get(k) + getattr(a, k) + call.path['x']\n"
    )
    each = list(annotations(tree))
    assert (sum(map(says_any, each)), len(each)) == (3, 5)
    assert lookups(tree) == 5


if __name__ == "__main__":
    numbers = any_by_file()
    said, total = (sum(n) for n in zip(*numbers.values(), strict=True))
    print(f"Any: {said} of {total} annotations, {said / total:.1%}")
    for path, (few, _) in sorted(numbers.items(), key=lambda pair: -pair[1][0])[:40]:
        print(f"  {few:4} {path}")
    for parsers in (False, True):
        counted = lookups_by_file(parsers=parsers)
        print(f"look-ups by a constant string, {'parsers' if parsers else 'domain'}: {counted.total()}")
        for path, number in counted.most_common(40):
            if number:
                print(f"  {number:4} {path}")
