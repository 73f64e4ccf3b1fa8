"""A result on paper, signed by hand: who may hand it in, and when. Pure."""

from typing import Final, Literal

from chalicelib.contracts.digitisation import PaperResult
from chalicelib.dossier.items import Head
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import is_lead
from chalicelib.law import codes
from chalicelib.law.states import DossierState

UNCODED: Final = "RESULT"
"""The component's code where the national catalogue has none for the result."""

type Hindrance = Literal["result_not_awaited", "result_twice"]


def decides(head: Head) -> str:
    """The agency that decides a dossier: nobody else has its result."""
    return head.competent or head.agency


def hindrance(dossier: Dossier) -> Hindrance | None:
    """Why no paper may be handed in as its result now; read with its plan and tasks.

    It is awaited while the competent person is to approve: what remains can then end in no refusal any more.
    """
    head, plan = dossier.head, dossier.plan
    is_awaited = head.state == DossierState.PROCESSING and head.dossier_code is not None and not plan.is_bundle
    if not is_awaited or head.approved_at or head.decided_at:
        return "result_not_awaited"
    asked = any(task.is_open and task.kind == "approve" and is_lead(plan, task.leg) for task in dossier.tasks)
    if not asked:
        return "result_not_awaited"
    return "result_twice" if head.paper_result else None


def bound_by_paper(head: Head) -> frozenset[str]:
    """Who scanned a dossier's paper result, and who signed its copy: they approve it in no agency, however small.

    By the keyed hashes of their accounts and numbers; nobody before it is a data message.
    """
    hands = (head.paper_dropped_by, head.paper_signed_by) if head.paper_signed_by else ()
    return frozenset(each for hand in hands if hand for each in (hand.officer, *hand.numbers))


def component_code(dossier: Dossier) -> str:
    """Under which code its result stands among the components; read with its plan."""
    return dossier.plan.result.code or UNCODED


def awaited_result(dossier: Dossier) -> PaperResult:
    """What a paper handed in as the result becomes (Decree 45/2020 Art. 14(3)). Raises LookupError: not accepted."""
    if dossier.head.dossier_code is None:
        raise LookupError(f"{dossier.reference} was not accepted")
    return PaperResult(code=codes.result_code(dossier.head.dossier_code, 1), title=dossier.plan.result.name_vi)
