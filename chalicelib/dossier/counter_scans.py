"""A paper that somebody signed and brought for a dossier, beside those that its procedure asks for. Pure."""

from chalicelib.dossier.items import Component
from chalicelib.dossier.reading import Dossier


def counter_scan(dossier: Dossier, name: str | None) -> Component | None:
    """The scan by its id; None where it is none: of what the procedure asks for, uploaded, rejected, replaced.

    Needs the dossier's components and plan.
    """
    found = next((each for each in dossier.components if each.id == name), None)
    if found is None or found.origin != "drop" or found.superseded_by is not None:
        return None
    is_asked_for = found.code in {each.code for each in dossier.plan.components}
    is_other = is_asked_for or found.id == dossier.head.paper_result or found.digitisation.status == "rejected"
    return None if is_other else found
