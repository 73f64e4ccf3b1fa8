"""What may be done with signed documents, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, OFFICERS, Relation, act, of

CONCERNED: Final = of((CITIZEN,), Relation.HOLDER, Relation.CO_HOLDER, Relation.REPRESENTATIVE)
READ: Final = act("message.read", *CONCERNED, *of(OFFICERS, Relation.AGENCY))
