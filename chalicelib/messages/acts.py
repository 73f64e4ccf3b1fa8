"""What may be done with signed documents, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, LEADER, OFFICERS, RECEPTION, Relation, Stage, act, of

CONCERNED: Final = of((CITIZEN,), Relation.HOLDER, Relation.CO_HOLDER, Relation.REPRESENTATIVE)
READ: Final = act("message.read", *CONCERNED, *of(OFFICERS, Relation.AGENCY))
SENT: Final = (Stage.OPEN, Stage.ENDED)
SLIP: Final = act(
    "slip.print",
    *of((CITIZEN,), Relation.HOLDER, Relation.CO_HOLDER, Relation.REPRESENTATIVE, at=SENT),
    *of(OFFICERS, Relation.AGENCY, at=SENT),
)
"""Whoever may read the control slip may have it printed."""
WITHDRAW: Final = act("message.withdraw", *of((LEADER,), Relation.AGENCY))
"""Who approves withdraws, two of them: no text of law was found that says whose signature a recall needs."""
REGISTER: Final = act("register.print", *of((RECEPTION, LEADER), Relation.AGENCY))
