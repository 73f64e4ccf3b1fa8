"""What is told of ratings: how whoever filed a dossier was served."""

from chalicelib.contracts.event import Event


class DossierRated(Event, frozen=True, kw_only=True):
    """Whoever filed a dossier says, once and after its result, whether they are satisfied; `rated_at` is when."""

    type = "vn.motcua.dossier.rated"

    reference: str
    agency: str
    satisfied: bool
    rated_at: str
