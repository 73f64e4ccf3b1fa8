"""The worklist entry that another capability's transaction carries: a task that must not exist yet."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel import aws
from chalicelib.kernel.settings import settings


def task_item(reference: str, task: Mapping[str, Any]) -> aws.Item:
    """An open task; it stands on the list of its agency and kind, ordered by its due time."""
    return {
        "pk": reference,
        "sk": f"TASK#{task['leg']}#{task['kind']}",
        "status": "open",
        "version": 1,
        **task,
        "wl_pk": f"{task['agency']}#{task['kind']}",
        "wl_sk": f"{task['due_at']}#{reference}",
    }


def first_task(reference: str, task: Mapping[str, Any]) -> aws.Op:
    """The first task of a submitted dossier, visible in the moment of its submission."""
    return aws.put_new(settings().dossiers_table, task_item(reference, task))
