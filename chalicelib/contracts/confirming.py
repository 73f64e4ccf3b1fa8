"""What is told when the applicant is asked to confirm the draft of the result before it is approved."""

from chalicelib.contracts.event import Event


class ConfirmationAsked(Event, frozen=True, kw_only=True):
    """The applicant sees the draft and confirms or corrects it until `confirm_by`, a stored stamp.

    They are told so, with the facts of a notice; those of earlier releases are without.
    """

    type = "vn.motcua.confirmation.asked"
    leaves = ("agency", "confirm_by")

    reference: str
    agency: str
    confirm_by: str
    handler: str = ""
    received_at: str = ""
    processed_at: str | None = None
    due_at: str | None = None


class PreviewConfirmed(Event, frozen=True, kw_only=True):
    """The applicant confirmed the draft, or was silent until the end: then it counts as confirmed.

    Either is told to them, with the facts of a notice; those of earlier releases are without.
    """

    type = "vn.motcua.preview.confirmed"
    leaves = ("agency", "by_silence", "due_at")

    reference: str
    agency: str
    by_silence: bool = False
    due_at: str | None = None
    handler: str = ""
    received_at: str = ""
    processed_at: str | None = None


class PreviewCorrected(Event, frozen=True, kw_only=True):
    """The applicant asked for corrections: the dossier is verified again. `sealed` holds them, encrypted."""

    type = "vn.motcua.preview.corrected"
    leaves = ("agency", "due_at")

    reference: str
    agency: str
    sealed: str
    due_at: str | None = None
