"""What another capability's transaction carries for us: a first task that must not exist yet, an agency to sweep."""

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kernel import aws
from chalicelib.kernel.settings import settings

AGENCIES: Final = "AGENCIES"
"""Partition with a row for each agency that may hold tasks: whoever sweeps reads this list and never the table."""


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


def known_agency(agency: str, at: str) -> aws.Op:
    """The agency's row in the list of those that are swept; lost when a newer publication wrote it."""
    return aws.update(
        settings().dossiers_table,
        (AGENCIES, agency),
        put={"at": at},
        condition="attribute_not_exists(pk) OR #a < :newer",
        expect={"newer": at},
        reserved={"#a": "at"},
    )
