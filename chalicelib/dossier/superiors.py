"""A task that nobody of its agency may do stands with the agency above: on its list, and no other thing of it moves."""

from collections.abc import Collection
from typing import Final

from msgspec import structs

from chalicelib.contracts.event import told
from chalicelib.dossier.claims import Asked, claimed_list
from chalicelib.dossier.items import Head, Task, task_id, task_sk, worklist_keys
from chalicelib.dossier.marks import Above
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws

CLAIM: Final = ("claim", "unheld_at")


def placed(task: Task, above: tuple[Above, ...] | None) -> Task:
    """A task that is opened, on the list of whoever does such ones of its agency in this dossier."""
    to = next((each.to for each in above or () if each.of == task.agency and task.kind in each.kinds), None)
    return structs.replace(task, above=to) if to else task


def known_above(head: Head, agency: str, to: str, kinds: Collection[str]) -> tuple[Above, ...]:
    """What HEAD says of the agencies above, once tasks of these kinds of an agency stand with one of them."""
    kept = [
        structs.replace(x, kinds=tuple(k for k in x.kinds if x.of != agency or k not in kinds))
        for x in head.above or ()
    ]
    return (*(each for each in kept if each.kinds), Above(of=agency, to=to, kinds=tuple(sorted(kinds))))


def handed_up(head: Head, task: Task, to: str, asked: Asked | None = None) -> dict[str, aws.Op]:
    """An open task goes on the list of the agency above, and nobody has it; "task" is lost when it was changed."""
    after = structs.replace(task, above=to, claim=None, unheld_at=None)
    op = aws.update(
        TABLE(),
        (head.pk, task_sk(task.leg, task.kind, task.round)),
        put={
            "above": to,
            "version": task.version + 1,
            "asked": asked and told(asked),
            **worklist_keys(after, head.pk),
        },
        remove=CLAIM,
        condition="#st = :open AND #ve = :version",
        expect={"open": "open", "version": task.version},
        reserved={"#st": "status", "#ve": "version"},
    )
    if task.claim is None:
        return {"task": op}
    place = (claimed_list(task.claim.officer), task_id(head.pk, task.leg, task.kind, task.round))
    return {"task": op, "no more claimed": aws.delete(TABLE(), place)}
