"""What is told when an agency asks another for its opinion (Decree 61/2018 Art. 19(5))."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.onestop import Notice


class ConsultationOf(Event, frozen=True, kw_only=True):
    """A consultation by its leg and round: `asks` is the agency that asked, `agency` the one that was asked."""

    reference: str
    leg: str
    round: int
    agency: str
    asks: str


class ConsultationAsked(ConsultationOf, frozen=True, kw_only=True):
    """An opinion is asked for until `due_at`, a stored stamp; `sealed` holds the `content`, encrypted."""

    type = "vn.motcua.consultation.asked"
    leaves = ("leg", "round", "agency", "asks", "due_at")

    due_at: str
    sealed: str


class ConsultationTold(Notice, frozen=True, kw_only=True):
    """The applicant is told which agency was asked about their dossier, and reads it from now on; never what was asked.

    `asks` and `asked` are the names of both on that day, `asked_agency` who was asked, `answer_by` a stored stamp.
    """

    type = "vn.motcua.consultation.told"

    reference: str
    asks: str
    asked: str
    asked_agency: str
    answer_by: str


class ConsultationAnswered(ConsultationOf, frozen=True, kw_only=True):
    """The agency answered: it agrees or disagrees; `sealed` holds its `opinion` in words, encrypted."""

    type = "vn.motcua.consultation.answered"
    leaves = ("leg", "round", "agency", "asks", "outcome")

    outcome: Literal["agreed", "disagreed"]
    sealed: str = ""


class ConsultationUnanswered(ConsultationOf, frozen=True, kw_only=True):
    """The deadline passed in silence: the asking agency is told; `goes_on`: it waits for no answer any more."""

    type = "vn.motcua.consultation.unanswered"
    leaves = ("leg", "round", "agency", "asks", "due_at", "goes_on")

    due_at: str
    goes_on: bool
