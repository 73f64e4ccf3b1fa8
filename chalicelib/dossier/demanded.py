"""Which components a dossier is asked for, by its channel and its answers. Pure."""

from chalicelib.contracts.plan import Plan, PlannedComponent
from chalicelib.dossier.items import FormItem
from chalicelib.dossier.on_paper import PapersItem
from chalicelib.dossier.reading import Dossier


def missing(draft: Dossier) -> list[PlannedComponent]:
    """Components that are asked for and that are not there yet."""
    have = {c.code for c in draft.components}
    return [c for c in demanded(draft) if c.code not in have]


def demanded(draft: Dossier) -> list[PlannedComponent]:
    """Components without which the draft is not submitted: what is always asked for, or by its answers."""
    return asked_for(draft.plan, draft.head.channel, draft.form)


def asked_for(plan: Plan, channel: str, form: FormItem | None) -> list[PlannedComponent]:
    """Components of a plan without which nothing is whole that comes by a channel with this form."""
    return [c for c in plan.components if _is_by(c, channel) and _is_demanded(c, form)]


def is_here(component: PlannedComponent, draft: Dossier) -> bool:
    """Whether a component is asked of those who file by the dossier's channel."""
    return _is_by(component, draft.head.channel)


def _is_by(component: PlannedComponent, channel: str) -> bool:
    return not component.channels or channel in component.channels


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
