"""What was read on a dossier's papers beside what its form says, so that an officer sees each difference by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib.contracts.digitisation import Reviewed
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.readings import read_papers
from chalicelib.kernel.clock import said
from chalicelib.onestop.related import ComparedView, ReadingView
from chalicelib.sealing.door import unseal

if TYPE_CHECKING:
    from chalicelib.forms.papers import Compared

type FormOf = Callable[[str, int], str | None]


def reading_views(dossier: Dossier, form_of: FormOf) -> list[ReadingView]:
    """The converted papers of a dossier that was read with components, form and plan; the form is read for them alone.

    Raises ContentErased.
    """
    papers = list(read_papers(dossier.reference, dossier.components))
    text = form_of(dossier.plan.procedure, dossier.plan.version) if papers else None
    if text is None:
        return []
    from chalicelib.forms.form import read
    from chalicelib.forms.papers import compared

    form, answer = read(text), unseal(dossier.reference, dossier.form.sealed) if dossier.form else {}
    names = {each.code: (each.name_vi, each.name_en) for each in dossier.plan.components}
    found = []
    for paper in papers:
        vi, en = names.get(paper.component.code, (paper.component.code, paper.component.code))
        fields = [_view(each, paper.confirmed(each.field)) for each in compared(form, answer, paper.said)]
        found.append(ReadingView(component=paper.component.id, name_vi=vi, name_en=en, kind=paper.kind, fields=fields))
    return found


def _view(found: "Compared", looked: Reviewed | None) -> ComparedView:
    return ComparedView(
        pointer=found.pointer,
        label_vi=found.label_vi,
        label_en=found.label_en,
        written=found.written,
        read=found.read,
        agreement=found.agreement,
        confirmed_by=list(looked.by) if looked else [],
        confirmed_at=said(looked.at) if looked else None,
    )
