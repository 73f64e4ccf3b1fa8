"""What a draft keeps and shows of its form beside the values: broken rules, answers in words, what is known already."""

from collections.abc import Mapping

from chalicelib.dossier.items import FieldProblem
from chalicelib.forms.form import Form
from chalicelib.forms.problems import Problem, parted
from chalicelib.kernel.access import Principal


def kept(problem: Problem) -> FieldProblem:
    """A broken rule as it is kept and shown; the value itself is never repeated."""
    return FieldProblem(
        pointer=problem.pointer, rule=problem.rule, message_vi=problem.message_vi, message_en=problem.message_en
    )


def answers(form: Form, values: Mapping[str, object]) -> list[dict[str, str]]:
    """The answers with their labels in the order of the form's pages, as an officer and the result show them."""
    found = []
    for page in form.ui.pages:
        for pointer in page.fields:
            label = form.ui.fields[pointer].label_vi
            found += [{"label": label, "value": _said(value)} for value in _at(values, parted(pointer))]
    return found


def _at(node: object, path: tuple[str, ...]) -> list[object]:
    """The values at a place; `*` is every entry of a list."""
    if not path:
        return [node]
    if path[0] == "*":
        return [value for entry in node for value in _at(entry, path[1:])] if isinstance(node, list) else []
    return _at(node[path[0]], path[1:]) if isinstance(node, Mapping) and path[0] in node else []


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return ", ".join(map(_said, value)) if isinstance(value, list) else str(value)


def known_of(who: Principal) -> dict[str, str]:
    """What the person's electronic identity says, by the keys of the data dictionary (Decree 69/2024)."""
    known = {"person.full_name": who.name, "person.personal_id": who.personal_id}
    return {key: value for key, value in known.items() if value}
