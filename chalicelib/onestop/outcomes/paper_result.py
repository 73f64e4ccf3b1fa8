"""A result signed by hand is approved by another person than who scanned it, and than who signed its digitised copy.

Nothing else looks at such a paper: it is not drawn, and no certificate of the competent person is asked for. So an
agency of one officer is no exception: nobody puts any paper into a vault alone.
"""

from datetime import datetime
from typing import Final

from chalicelib.dossier.handed_in import decides
from chalicelib.dossier.hands import Hand
from chalicelib.dossier.interests import facts_of
from chalicelib.dossier.items import Task
from chalicelib.dossier.names import plain_name
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.second_person import Judged, doer_of, judge, require_other
from chalicelib.kernel.access import Principal
from chalicelib.onestop.model import work_of
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.refusals import ResultBySelf

RULE: Final = "paper_result.by_two"
DROPPED: Final = "dropped"
SIGNED: Final = "signed"


def require_another(dossiers: Dossiers, dossier: Dossier, task: Task, who: Principal, now: datetime) -> None:
    """Raise ResultBySelf, SecondUnknown unless somebody else than who approves made the data message of the paper.

    Who dropped it is not known where a system did: who signed always is. Of what an earlier release signed, the name
    that stands on the copy counts. The dossier was read with its components and tasks.
    """
    head = dossier.head
    listed = dossiers.numbers_on_lists({who.agency, task.agency, head.agency, decides(head)})

    def judged(hand: Hand | None) -> Judged:
        return judge(doer_of(who), {hand.officer} if hand else (), hand.numbers if hand else (), listed)

    found = {DROPPED: judged(head.paper_dropped_by), SIGNED: judged(head.paper_signed_by)}
    did = [name for name, each in found.items() if each.said == "same"]
    if head.paper_signed_by is None and _signer_name(dossier) in ("", plain_name(who.name)):
        did.append(SIGNED)
    if did:
        others = dossiers.substitutes(who.agency, head, work_of(dossier, task), now)
        raise ResultBySelf(rule=RULE, did=did, **facts_of(others))
    for each in found.values():
        require_other(each, ResultBySelf(rule=RULE))


def _signer_name(dossier: Dossier) -> str:
    """The name of who signed the copy, as its conversion keeps it; empty where it keeps none."""
    paper = next((each for each in dossier.components if each.id == dossier.head.paper_result), None)
    converter = paper.digitisation.converter if paper else None
    return plain_name(converter.officer) if converter else ""
