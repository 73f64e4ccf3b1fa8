"""What may be done with dossiers and tasks, and by whom."""

from collections.abc import Mapping
from typing import Final

from chalicelib.dossier.items import TaskKind
from chalicelib.kernel.access import CITIZEN, LEADER, OFFICERS, PROCESSING, RECEPTION, act

READ: Final = act("dossier.read", CITIZEN, *OFFICERS)
LIST: Final = act("dossier.list", CITIZEN)
LIST_TASKS: Final = act("task.list", *OFFICERS)
OF_TASK: Final[Mapping[TaskKind, str]] = {
    "receive": act("task.receive", RECEPTION),
    "verify": act("task.verify", PROCESSING),
    "approve": act("task.approve", LEADER),
}
"""The act of completing, and of listing, tasks of a kind."""
