"""Which components a dossier is asked for, by its channel and its answers. Pure."""

from chalicelib.contracts.plan import PlannedComponent
from chalicelib.dossier.items import FormItem
from chalicelib.dossier.on_paper import PapersItem
from chalicelib.dossier.reading import Dossier


def missing(draft: Dossier) -> list[PlannedComponent]:
    """Components that are asked for and that are not there yet."""
    have = {c.code for c in draft.components}
    return [c for c in demanded(draft) if c.code not in have]


def demanded(draft: Dossier) -> list[PlannedComponent]:
    """Components without which the draft is not submitted: what is always asked for, or by its answers."""
    return [c for c in draft.plan.components if is_here(c, draft) and _is_demanded(c, draft.form)]


def is_here(component: PlannedComponent, draft: Dossier) -> bool:
    """Whether a component is asked of those who file by the dossier's channel."""
    return not component.channels or draft.head.channel in component.channels


def _is_demanded(component: PlannedComponent, form: FormItem | None) -> bool:
    """A form that was not saved, or by a release without conditions, spares nothing and adds nothing."""
    if component.when is None or form is None or form.asked is None:
        return component.need == "always"
    return component.code in form.asked


def wanting(dossier: Dossier) -> list[PlannedComponent]:
    """Components that are asked for and came neither on paper nor as a file; read with form, plan and papers."""
    papers = dossier.papers or PapersItem()
    have = {each.code for each in papers.lines}
    have |= {c.code for c in dossier.components if c.digitisation.status != "rejected" and c.superseded_by is None}
    return [each for each in demanded(dossier) if each.code not in have]
