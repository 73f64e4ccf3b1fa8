"""What the path of a request of this room names."""

from chalicelib.kernel.endpoint import Call


def dossier_in(call: Call) -> str:
    """The reference of the dossier."""
    return call.path["dossier"]


def task_in(call: Call) -> str:
    """The id of the task: `<reference>.<leg>.<kind>`."""
    return call.path["task"]
