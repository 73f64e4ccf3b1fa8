"""Originals go with the dossier to which they belong. Pure."""

from msgspec import structs

from chalicelib.dossier.on_paper import HandedOn, Original, PapersItem
from chalicelib.kernel.access import Principal
from chalicelib.onestop.model import officer_hash


def handed(papers: PapersItem, who: Principal, agency: str, unit: str, at: str) -> PapersItem:
    """All originals that an agency has lie with a unit of it from now on; `at` is a stored stamp."""
    given = HandedOn(at=at, by=officer_hash(who), by_name=who.name, agency=agency, name=unit)

    def moved(original: Original) -> Original:
        if original.returned or original.agency != agency:
            return original
        return structs.replace(
            original, agency=agency, officer=None, name=unit, since=at, handed=(*original.handed, given)
        )

    return structs.replace(papers, originals=tuple(map(moved, papers.originals)))
