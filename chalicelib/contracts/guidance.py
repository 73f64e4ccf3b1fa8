"""What is told of guidance on restructuring: who is to restructure which procedure until when, and how far that is."""

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part


class Guidance(Part, frozen=True, kw_only=True):
    """Guidance on a procedure (Decree 137/2024 Art. 8(8)): `issuer` gives it, `owner` keeps the procedure.


    `component` names the paper that is to go; empty: it is about the whole procedure. `due` is a Vietnamese day.
    `basis` is the text that asks for it, in the issuer's words.
    """

    id: str
    issuer: str
    owner: str
    procedure: str
    component: str
    text_vi: str
    text_en: str
    basis: str
    due: str


class GuidanceGiven(Guidance, Event, frozen=True, kw_only=True):
    """Guidance was given to the agency that keeps a procedure."""

    type = "vn.motcua.guidance.given"


class GuidanceEnded(Event, frozen=True, kw_only=True):
    """Guidance was carried out by a published version of its procedure (`done`), or was dropped for a reason."""

    type = "vn.motcua.guidance.ended"

    guidance: str
    said: str
    done_by: int | None = None
    why: str = ""
