"""What an officer says with the outcome of a task."""

import msgspec


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome by its name, and the note of the control slip."""

    outcome: str
    note: str = ""
    reason: str = ""
    """What the applicant is told, in words."""
