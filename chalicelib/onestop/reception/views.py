"""What came on paper, as routes show it."""

from chalicelib.contracts.event import heard
from chalicelib.dossier.on_paper import Note, PaperLine, awaited
from chalicelib.dossier.reading import Dossier
from chalicelib.onestop import wire
from chalicelib.sealing.door import unseal


def paper_views(dossier: Dossier) -> list[wire.PaperReceived]:
    """The papers of a dossier that was read with components, papers and plan; none of what came online."""
    papers = dossier.papers
    if papers is None:
        return []
    names = {each.code: each.name_vi for each in dossier.plan.components}
    open_ones = set(awaited(papers, dossier.components))

    def view(line: PaperLine) -> wire.PaperReceived:
        return wire.PaperReceived(
            component=line.code,
            name=names.get(line.code, line.code),
            originals=line.originals,
            copies=line.copies,
            note=heard(Note, unseal(dossier.reference, line.note)).note if line.note else "",
            status="exempt" if line.exemption else "awaited" if line.code in open_ones else "arrived",
        )

    return [view(each) for each in papers.lines]
