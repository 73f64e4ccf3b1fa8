"""What is changed in a mutant: mutmut's operators, and ours for what this product stands on.

An operator takes a node of libcst's tree and gives its changed copies. mutmut knows the language; ours know conditions
of DynamoDB, operations of a transaction, checks, and rights.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import libcst as cst
from mutmut.mutation import mutators

type Operator = tuple[str, type[cst.CSTNode], Callable[[Any], Iterable[cst.CSTNode]]]

ALWAYS: Final = "attribute_exists(pk) OR attribute_not_exists(pk)"
NEVER: Final = "attribute_exists(pk) AND attribute_not_exists(pk)"
CLAUSE: Final = re.compile(r"attribute_(?:not_)?exists\([^)]*\)|[#:]?\w+ (?:<=|>=|<>|=|<|>) [#:]\w+")
SWAPS: Final = {" = ": " <> ", " <> ": " = ", " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > "}
NOT_CONDITIONS: Final = ("SET ", "ADD ", "REMOVE ", "pk = ", "wl_pk = ", "#p = ")
WITHOUT_CONDITION: Final = {"put_new": "put"}
WORD: Final = re.compile(r"[^\W\d_]{2,}")
PUNCTUATION: Final = re.compile(r"[,;:.]? ")
PLACEHOLDER: Final = re.compile(r"[:#]\w")
SENTENCE: Final = 3
"""Words from which a text is a sentence, and no name."""
MORE: Final = {"items": "DeleteItem", "objects": "other", "key": "Encrypt", "listing": "other"}
"""Function of the table of policies -> an argument that gives too much."""
WIDER: Final = ("CITIZEN", "LEADER", "ADMINISTRATOR")


def quoted(text: str) -> cst.SimpleString:
    """A string of the source."""
    return cst.SimpleString('"' + text.replace('"', '\\"') + '"')


def without[T](parts: Sequence[T]) -> Iterator[list[T]]:
    """The sequence with one part less, each in turn."""
    for place in range(len(parts)):
        yield [*parts[:place], *parts[place + 1 :]]


def condition(node: cst.SimpleString) -> Iterable[cst.CSTNode]:
    """A condition of DynamoDB that always holds, or of which a clause always holds, never holds, or says otherwise."""
    text = node.evaluated_value
    if not isinstance(text, str) or text.startswith(NOT_CONDITIONS):
        return
    clauses = list(CLAUSE.finditer(text))
    if not clauses or not text.replace("(", "").startswith(("attribute_", *(c.group().split()[0] for c in clauses))):
        return
    yield quoted(f"({text}) OR {ALWAYS}")
    for clause in clauses:
        before, found, after = text[: clause.start()], clause.group(), text[clause.end() :]
        if len(clauses) > 1:
            yield quoted(f"{before}({found} OR {ALWAYS}){after}")
            yield quoted(f"{before}({found} AND {NEVER}){after}")
        if found.startswith("attribute_not_"):
            yield quoted(f"{before}{found.replace('_not_exists', '_exists')}{after}")
        elif found.startswith("attribute_"):
            yield quoted(f"{before}{found.replace('_exists', '_not_exists')}{after}")
        else:
            sign = next(s for s in sorted(SWAPS, key=len, reverse=True) if s in found)
            yield quoted(f"{before}{found.replace(sign, SWAPS[sign])}{after}")


def unconditioned(node: cst.Attribute) -> Iterable[cst.CSTNode]:
    """An item that is put without its condition."""
    if node.attr.value in WITHOUT_CONDITION:
        yield node.with_changes(attr=cst.Name(WITHOUT_CONDITION[node.attr.value]))


def element(node: cst.BaseList | cst.BaseSet | cst.Tuple | cst.Dict) -> Iterable[cst.CSTNode]:
    """One element, or key, less."""
    elements: Sequence[Any] = getattr(node, "elements", ())
    for fewer in without(elements):
        if fewer or not isinstance(node, cst.Set):
            yield node.with_changes(elements=fewer)


def statement(node: cst.SimpleStatementLine) -> Iterable[cst.CSTNode]:
    """A call whose answer nobody takes (a check, an append) or a refusal that is not made."""
    if len(node.body) == 1:
        only = node.body[0]
        if isinstance(only, cst.Raise) or (isinstance(only, cst.Expr) and isinstance(only.value, cst.Call)):
            yield node.with_changes(body=[cst.Pass()])


def answer(node: cst.Return) -> Iterable[cst.CSTNode]:
    """None instead of an answer."""
    if node.value is not None and not (isinstance(node.value, cst.Name) and node.value.value == "None"):
        yield node.with_changes(value=cst.Name("None"))


def branch(node: cst.If) -> Iterable[cst.CSTNode]:
    """A branch that is always or never taken."""
    for forced in ("True", "False"):
        yield node.with_changes(test=cst.Name(forced), whitespace_before_test=cst.SimpleWhitespace(" "))


def operand(node: cst.BooleanOperation) -> Iterable[cst.CSTNode]:
    """One of two conditions only."""
    yield node.left.with_changes(lpar=node.lpar or node.left.lpar, rpar=node.rpar or node.left.rpar)
    yield node.right.with_changes(lpar=node.lpar or node.right.lpar, rpar=node.rpar or node.right.rpar)


def less(node: cst.Integer) -> Iterable[cst.CSTNode]:
    """The number before."""
    value = node.evaluated_value - 1
    if value >= 0:  # a negative one is another node, and the number after covers 0
        yield node.with_changes(value=str(value))


def right(node: cst.Call) -> Iterable[cst.CSTNode]:
    """A grant with an operation, prefix or index more."""
    if isinstance(node.func, cst.Name) and node.func.value in MORE and node.args:
        more = cst.Arg(quoted(MORE[node.func.value]))
        last = node.args[-1].with_changes(comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))
        yield node.with_changes(args=[*node.args[:-1], last, more])


def declared(node: cst.Call) -> Iterable[cst.CSTNode]:
    """An act that one more may do: for `act("draft.read", CITIZEN)`."""
    if isinstance(node.func, cst.Name) and node.func.value == "act" and len(node.args) > 1:
        said = cst.Module([]).code_for_node(node)
        last = node.args[-1].with_changes(comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))
        for role in WIDER:
            if role not in said:
                yield node.with_changes(args=[*node.args[:-1], last, cst.Arg(quoted(role.lower()))])


def act(node: cst.DictElement) -> Iterable[cst.CSTNode]:
    """An act that one more may do: for a table whose keys are acts, like "draft.read"."""
    key = node.key.evaluated_value if isinstance(node.key, cst.SimpleString) else ""
    if not isinstance(key, str) or not re.fullmatch(r"[a-z]+\.[a-z]+", key):
        return
    said = cst.Module([]).code_for_node(node.value)
    for role in WIDER:
        if role not in said:
            yield node.with_changes(value=cst.parse_expression(f"({said}) | {{{role}}}"))


def name_or_key(node: cst.BaseString) -> Iterable[cst.CSTNode]:
    """Another text where a text is a name, a key, a pattern or an expression; one of mutmut's three changes.

    A sentence for people has none: no test here asks for the words of the source.
    """
    text = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    if not isinstance(text, str) or not text.isascii() or PUNCTUATION.fullmatch(text):
        return
    if len(WORD.findall(text)) < SENTENCE or PLACEHOLDER.search(text):
        yield from islice(mutators.operator_string(node), 1)


def _of_mutmut() -> Iterator[Operator]:
    for kind, made in mutators.mutation_operators:
        name = made.__name__.removeprefix("operator_")
        yield name, kind, name_or_key if name == "string" else made


LANGUAGE: Final[tuple[Operator, ...]] = (
    *_of_mutmut(),
    ("less", cst.Integer, less),
    ("element", cst.List, element),
    ("element", cst.Set, element),
    ("element", cst.Tuple, element),
    ("element", cst.Dict, element),
    ("statement", cst.SimpleStatementLine, statement),
    ("answer", cst.Return, answer),
    ("branch", cst.If, branch),
    ("operand", cst.BooleanOperation, operand),
    ("condition", cst.SimpleString, condition),
    ("unconditioned", cst.Attribute, unconditioned),
)
RIGHTS: Final[tuple[Operator, ...]] = (
    ("right", cst.Call, right),
    ("act", cst.DictElement, act),
    ("act", cst.Call, declared),
)
"""For the tables of rights only."""
