"""What may be done with dossiers and tasks, and by whom."""

from collections.abc import Mapping
from typing import Final

from chalicelib.dossier.items import TaskKind
from chalicelib.kernel.access import CITIZEN, LEADER, OFFICERS, PROCESSING, RECEPTION, Relation, Stage, act, of

SENT: Final = (Stage.OPEN, Stage.ENDED)
CONCERNED: Final = of((CITIZEN,), Relation.HOLDER, Relation.CO_HOLDER, Relation.REPRESENTATIVE, at=SENT)
READ: Final = act("dossier.read", *CONCERNED, *of(OFFICERS, Relation.AGENCY, Relation.PARTICIPANT, at=SENT))
READ_KEPT: Final = act("kept_paper.read", *CONCERNED, *of(OFFICERS, Relation.AGENCY, Relation.PARTICIPANT, at=SENT))
"""A paper of a dossier that lies in a vault too: who reads the dossier opens it, by a token that may (ADR 0028)."""
READ_LEGS: Final = act("dossier.legs", *of(OFFICERS, Relation.AGENCY, Relation.PARTICIPANT, at=SENT))
"""What the other agencies answered is for the agencies: the applicant hears the decision."""
CONSULT: Final = act("opinion.ask", *of((PROCESSING, LEADER), Relation.AGENCY, Relation.PARTICIPANT, at=(Stage.OPEN,)))
"""Who has a task of a dossier asks another agency for its opinion on it."""
CONFIRM_PREVIEW: Final = act("preview.confirm", *CONCERNED)
"""At any stage: whoever comes too late is told where the dossier stands."""
TAKE_IN: Final = act("dossier.take_in", *of((RECEPTION,), Relation.AGENCY))
"""Reception takes in what came on paper, before an agency of their own."""
DUPLICATES: Final = act("dossier.duplicates", *of((RECEPTION,), Relation.AGENCY, at=(Stage.OPEN,)))
"""Reception sees what else of the same matter is open before it accepts."""
ANSWER: Final = act("supplement.answer", *CONCERNED, *of((RECEPTION,), Relation.AGENCY, at=SENT))
"""Whoever concerns it answers; reception takes at the counter what they bring on paper.

At any stage: whoever answers too late is told where the dossier stands.
"""
OBJECT: Final = act("supplement.object", *CONCERNED)
"""To what an officer entered at the counter; at any stage: whoever comes too late is told so."""
LIST: Final = act("dossier.list", CITIZEN)
WITHDRAW: Final = act("dossier.withdraw", *CONCERNED)
"""At any stage: whoever asks too late is told where the dossier stands."""
ASK_PAYMENT: Final = act("payment.request", *of((RECEPTION, PROCESSING), Relation.AGENCY, at=SENT))
RECORD_PAYMENT: Final = act("payment.record", *of((RECEPTION, PROCESSING), Relation.AGENCY, at=SENT))
CONFIRM_PAYMENT: Final = act("payment.confirm", *of((RECEPTION, PROCESSING), Relation.AGENCY, at=SENT))
"""A second officer, who neither asked for the payment nor recorded it; at any stage: the duty outlives the dossier."""
CORRECT: Final = act("dossier.correct", *of((PROCESSING, LEADER), Relation.AGENCY, at=SENT))
SEND_UPSTREAM: Final = act("dossier.send_upstream", *of((PROCESSING, LEADER), Relation.AGENCY, at=SENT))
EXTEND: Final = act("term.extend", *of((LEADER,), Relation.AGENCY, at=SENT))
HAND_ON: Final = act(
    "original.hand_on", *of((RECEPTION, PROCESSING, LEADER), Relation.AGENCY, Relation.PARTICIPANT, at=SENT)
)
"""Paper goes from one agency of the dossier to the next (Decree 61/2018 Art. 19(6)(a)): who has it hands it on.

It is given back where it was handed in (Art. 20), so an agency that only takes part gives none to the applicant.
"""
GIVE_BACK: Final = act("original.give_back", *of((RECEPTION, PROCESSING), Relation.AGENCY, at=SENT))
_BY_DESKS: Final = of((RECEPTION, PROCESSING, LEADER), Relation.AGENCY, at=SENT)
READ_THREAD: Final = act("thread.read", *CONCERNED, *_BY_DESKS)
"""The applicant writes with who received the dossier and who decides it; the law names no other (Art. 19(6)-(7)).

What an agency that only takes part has to know of it, it is asked by its task or a consultation.
"""
WRITE_THREAD: Final = act("thread.write", *CONCERNED, *_BY_DESKS)
"""At any stage: whoever writes too late is told where the dossier stands."""
RATE: Final = act("dossier.rate", *of((CITIZEN,), Relation.HOLDER, Relation.REPRESENTATIVE, at=SENT))
"""Whoever filed it, or holds it; at any stage: whoever rates too early is told where the dossier stands."""
LIST_TASKS: Final = act("task.list", *of(OFFICERS, Relation.AGENCY))
OF_TASK: Final[Mapping[TaskKind, str]] = {
    "receive": act("task.receive", *of((RECEPTION,), Relation.AGENCY)),
    "forward": act("task.forward", *of((RECEPTION,), Relation.AGENCY)),
    "verify": act("task.verify", *of((PROCESSING,), Relation.AGENCY, Relation.PARTICIPANT)),
    "consult": act("task.consult", *of((PROCESSING,), Relation.AGENCY, Relation.PARTICIPANT)),
    "approve": act("task.approve", *of((LEADER,), Relation.AGENCY, Relation.PARTICIPANT)),
    "withdrawal": act("task.withdrawal", *of((RECEPTION,), Relation.AGENCY)),
    "objection": act("task.objection", *of((LEADER,), Relation.AGENCY)),
}
"""The act of completing, claiming, and of listing, tasks of a kind."""
SUPERVISE: Final = act("task.supervise", *of((LEADER,), Relation.AGENCY))
"""To give tasks to officers, to take them from them, and to see who has how much to do."""
