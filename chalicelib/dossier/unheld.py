"""Open tasks that nobody took, or that somebody has: where they are found, and the note that it was told."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from chalicelib.dossier.claims import UNHELD, worklists
from chalicelib.dossier.items import Task, task_sk, worklist_keys
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.rounds import typed_rows


def unheld(agency: str, kind: str, before: datetime) -> Iterator[TaskRow]:
    """Open tasks of an agency opened before a moment, of which that was not told yet: unclaimed ones first."""
    for listed in worklists(agency, kind):
        values = {":list": listed, ":before": stamp(before)}
        rows = aws.found(TABLE(), "worklist", "wl_pk = :list", values, unless="opened_at < :before")
        for found in typed_rows(TaskRow, rows):
            if not found.wl_sk.endswith(f"#{UNHELD}"):
                yield found


def marked(reference: str, task: Task, now: datetime) -> aws.Op:
    """Note once that an open task waits; lost when it was done, claimed or changed meanwhile."""
    after = structs.replace(task, unheld_at=stamp(now))
    return aws.update(
        TABLE(),
        (reference, task_sk(task.leg, task.kind, task.round)),
        put={"unheld_at": after.unheld_at, **worklist_keys(after, reference)},
        condition="#st = :open AND #ve = :version" + ("" if task.claim else " AND attribute_not_exists(claim)"),
        expect={"open": "open", "version": task.version},
        reserved={"#st": "status", "#ve": "version"},
    )
