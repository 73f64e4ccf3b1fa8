"""What must be true of the world when all is done."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.audit.judgement import misfits
from chalicelib.audit.partition import found_in
from chalicelib.contracts.onestop import TaskOverdue
from chalicelib.contracts.stored import read, typed
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import moment
from chalicelib.kernel.problem import LogBroken
from chalicelib.law.states import TERMINAL, DossierState, ForbiddenTransition, check
from chalicelib.measures.finders import judged
from chalicelib.measures.model import Finding
from tests.simulation.world import World


def broken(world: World, submitted: set[str], count: int) -> list[str]:
    """Every truth that does not hold, in words; nothing is random any more."""
    found, references = list[str](), set(world.dossiers())
    found += [f"{r}: a submission that was answered is lost" for r in sorted(submitted - references)]
    found += [f"{len(submitted)} of {count} were filed"] if len(submitted) != count else []
    codes, numbers, signed = list[str](), list[str](), list[tuple[str, str]]()
    for reference in sorted(references):
        try:
            dossier = world.hall.draft(reference)
        except LogBroken:  # whoever reads it whole finds that first
            found.append(f"{reference}: its chain is broken")
            continue
        found += [f"{reference}: {each}" for each in _of_dossier(dossier)]
        codes += [dossier.head.dossier_code] if dossier.head.dossier_code else []
        numbers += [dossier.head.number] if dossier.head.number else []
        signed += [(reference, result.code) for result in dossier.results]
    found += [f"a code twice: {c}" for c in {c for c in codes if codes.count(c) > 1}]
    found += _series(numbers)
    found += _vaults(world, signed)
    found += _findings(world)
    found += _tampered(world)
    left = [
        r
        for r in world.stores.everything("Dossiers")
        if "wl_pk" in r and DossierState(_state(world, r["pk"])) in TERMINAL
    ]
    return found + [f"{row['pk']}: its {row['sk']} is on a list still" for row in left]


def _state(world: World, reference: str) -> int:
    return world.hall.draft(reference).head.state


def _of_dossier(dossier: Dossier) -> Iterator[str]:
    head = dossier.head
    if not record.unbroken(dossier.events, head):
        yield "its chain is broken"
    state, forbidden = _path(dossier)
    yield from forbidden
    times = [moment(event.at) for event in dossier.events]
    if times != sorted(times):
        yield "its log runs backwards"
    if head.state != state:
        yield f"HEAD says {head.state}, the log {state}"
    is_open = [task.kind for task in dossier.tasks if task.is_open]
    if state not in TERMINAL:
        yield f"it did not end: {state!r}, {is_open}"
    elif is_open:
        yield f"it ended and has open tasks: {is_open}"
    if state == DossierState.RESULT_RETURNED and len(dossier.results) != 1:
        yield f"it has {len(dossier.results)} results"
    marked = [typed(TaskOverdue, e.data, e.stored) for e in dossier.events if e.type == TaskOverdue.type]
    if len({(m.leg, m.kind, m.round) for m in marked}) != len(marked):
        yield "a task was marked overdue twice"


def _path(dossier: Dossier) -> tuple[DossierState | None, list[str]]:
    """The state at the end of the log, and what no edge allows."""
    state, forbidden = None, list[str]()
    for event in dossier.events:
        if event.state is None or event.state == state:
            continue
        try:
            check(state, DossierState(event.state))
        except ForbiddenTransition as error:
            forbidden.append(str(error))
        state = DossierState(event.state)
    return state, forbidden


def _findings(world: World) -> Iterator[str]:
    """Nobody here flatters figures: what goes wrong in the machinery, late work and mended answers are no finding.

    But for requests at the last moment: officers here look at their lists by chance, and the rule cannot know why.
    """
    kept = [read(Finding, row) for row in world.stores.everything("Measures") if row["pk"].startswith("FINDING#")]
    for each in (one for one in judged(kept) if one.rule != "clock_reset"):
        events = ", ".join(f"{mark.what} {mark.at} due {mark.due_at}" for mark in each.evidence)
        yield f"{each.reference}: {each.rule} was found: {events}"


def _tampered(world: World) -> Iterator[str]:
    """Nobody but the product wrote: the audit finds nothing, in no record of any table that it looks at."""
    for kind in ("Dossiers", "Messages", "Vaults", "Ledgers", "Identity", "Subscriptions"):
        records = dict[str, list[aws.Item]]()
        for row in world.stores.everything(kind):
            records.setdefault(row["pk"], []).append(row)
        for pk, rows in records.items():
            if not any(row["sk"] == "HEAD" or row["sk"].startswith("EVENT#") for row in rows):
                continue
            rows.sort(key=lambda row: row["sk"])
            found = found_in(rows, always_silent=False, may_be_silent=kind == "Messages")
            yield from (f"{pk}: {each.kind} {each.where}" for each in misfits(found, None, ()))


def _series(numbers: list[str]) -> Iterator[str]:
    """Numbers of results of one agency and year: none twice, none left out."""
    taken = sorted(int(n.partition("/")[0]) for n in numbers)
    if taken != list(range(1, len(taken) + 1)):
        yield f"numbers of results are not 1 to {len(taken)}"


def _vaults(world: World, signed: list[tuple[str, str]]) -> Iterator[str]:
    """Every signed result stands in a vault once, and nothing else does."""
    rows = [row for row in world.stores.everything("Vaults") if row["sk"].startswith("DOC#") and "code" in row]
    stored = Counter((row["reference"], row["code"]) for row in rows)
    for reference, code in sorted((stored - Counter(signed)).keys()):
        yield f"{reference}: its result {code} stands twice in a vault, or is of nobody"
    for reference, code in sorted((Counter(signed) - stored).keys()):
        yield f"{reference}: its result {code} is in no vault"
