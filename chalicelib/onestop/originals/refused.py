"""Who may do something to an original: whoever's agency has it."""

from chalicelib.dossier.on_paper import Original
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said
from chalicelib.onestop.refusals import OriginalNotHere


def require_here(who: Principal, original: Original) -> None:
    """Raise OriginalNotHere for one that was returned, or that another agency has; it says since when."""
    if original.returned:
        raise OriginalNotHere(returned_at=said(original.returned.at))
    if original.agency not in who.agencies:
        raise OriginalNotHere(agency=original.agency, since=said(original.since))
