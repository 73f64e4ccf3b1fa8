"""The page of rights: who may do what, to what of whose, when; the table that the product reads, printed."""

from collections.abc import Iterable, Iterator
from typing import Final

from chalicelib.kernel.access import ACTS, CITIZEN, NOT_BY_PORTAL, Grant, Relation, Stage
from chalicelib.kernel.endpoint import Route

STANDING: Final[dict[Relation, str]] = {
    Relation.ANY: "anyhow",
    Relation.HOLDER: "its holder",
    Relation.CO_HOLDER: "who holds it too",
    Relation.REPRESENTATIVE: "who files it for its holder",
    Relation.AGENCY: "of the agency that handles it",
    Relation.PARTICIPANT: "of an agency that takes part in it",
    Relation.PORTAL: "the portal that filed it",
    Relation.KEEPER: "of the agency that keeps it",
    Relation.RECEIVER: "with whom it is shared",
    Relation.STRANGER: "anybody else",
}
"""A relation as a reader understands it; `anyhow`: the room itself says whose the thing is."""


ALONE: Final = "citizen (by an own client)"
"""A person by a token of one of the stage's own clients, and by no portal."""


def table(routes: Iterable[Route]) -> Iterator[str]:
    """A line for each act, role and standing, with the routes that ask for the act."""
    asked: dict[str, list[str]] = {}
    for route in routes:
        if route.act:
            asked.setdefault(route.act, []).append(f"`{route.method} {route.path}`")
    yield "| Act | Role | Standing | When | Routes |"
    yield "|---|---|---|---|---|"
    for act, grants in sorted(ACTS.items()):
        for relations, stages, roles in _together(grants):
            where = ", ".join(asked.get(act, ["inside another"]))
            named = [ALONE if role == CITIZEN and act in NOT_BY_PORTAL else role for role in roles]
            yield f"| `{act}` | {', '.join(named)} | {relations} | {stages} | {where} |"


def _together(grants: Iterable[Grant]) -> Iterator[tuple[str, str, list[str]]]:
    """Grants of one act as lines: the roles that stand in the same ways at the same stages."""
    standing: dict[tuple[str, frozenset[Stage]], set[Relation]] = {}
    for each in grants:
        standing.setdefault((each.role, each.stages), set()).add(each.relation)
    lines: dict[tuple[str, str], list[str]] = {}
    for (role, stages), relations in standing.items():
        said = ", ".join(STANDING[r] for r in Relation if r in relations)
        when = "always" if stages == frozenset(Stage) else ", ".join(s for s in Stage if s in stages)
        lines.setdefault((said, when), []).append(role)
    yield from ((said, when, sorted(roles)) for (said, when), roles in sorted(lines.items()))
