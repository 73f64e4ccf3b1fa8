"""What came on paper, as routes show it."""

from chalicelib.dossier.on_paper import PaperLine, awaited
from chalicelib.dossier.reading import Dossier
from chalicelib.onestop import wire
from chalicelib.sealing.door import unseal


def paper_views(dossier: Dossier) -> list[wire.PaperView]:
    """The papers of a dossier that was read with components, papers and plan; none of what came online."""
    papers = dossier.papers
    if papers is None:
        return []
    names = {each.code: each.name_vi for each in dossier.plan.components}
    open_ones = set(awaited(papers, dossier.components))

    def view(line: PaperLine) -> wire.PaperView:
        return wire.PaperView(
            component=line.code,
            name=names.get(line.code, line.code),
            originals=line.originals,
            copies=line.copies,
            note=unseal(dossier.reference, line.note)["note"] if line.note else "",
            status="exempt" if line.exemption else "awaited" if line.code in open_ones else "arrived",
        )

    return [view(each) for each in papers.lines]
