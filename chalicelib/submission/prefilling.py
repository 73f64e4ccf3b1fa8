"""What the digitised papers of a dossier have for its form: each value with its component, and who looked at it.

Papers are digitised after the submission, so this fills in what a supplement asks for; a draft has no such paper yet.
"""

from typing import NamedTuple

from chalicelib.contracts.digitisation import Reviewed
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.readings import read_papers
from chalicelib.forms.form import Form
from chalicelib.forms.prefill import Prefilled, prefill_from_paper
from chalicelib.sealing.door import unseal


class FromPaper(NamedTuple):
    """A value for a field, the component on which it was read, and who looked at it; None: it was read surely."""

    prefilled: Prefilled
    component: str
    looked: Reviewed | None


class KnownForm(NamedTuple):
    """A form, what databases say, and what the dossier's own papers say."""

    document: Form
    prefilled: list[Prefilled]
    from_papers: list[FromPaper]


def from_papers(draft: Dossier, form: Form) -> list[FromPaper]:
    """Of several papers that have a value for a field the last one that came counts. Raises ContentErased."""
    found = dict[str, FromPaper]()
    papers = sorted(read_papers(draft.reference, draft.components), key=lambda paper: paper.component.received_at)
    answer = unseal(draft.reference, draft.form.sealed) if papers and draft.form else {}
    for paper in papers:
        component = paper.component.id
        for each in prefill_from_paper(form, answer, component, paper.kind, paper.said):
            found[each.pointer] = FromPaper(each, component, paper.confirmed(each.field))
    return list(found.values())
