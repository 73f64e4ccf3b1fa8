"""What may be done with the deliveries of a result, and by whom."""

from collections.abc import Mapping
from typing import Final

from chalicelib.contracts.delivery import Way
from chalicelib.kernel.access import CITIZEN, LEADER, OFFICERS, PROCESSING, RECEPTION, Relation, Stage, act, of

SENT: Final = (Stage.OPEN, Stage.ENDED)
CONCERNED: Final = of((CITIZEN,), Relation.HOLDER, Relation.CO_HOLDER, Relation.REPRESENTATIVE, at=SENT)
READ: Final = act("dossier.read", *CONCERNED, *of(OFFICERS, Relation.AGENCY, Relation.PARTICIPANT, at=SENT))
"""The very act of the dossier itself: another table for it is refused when the rooms are loaded."""
_AGENCY: Final = of((RECEPTION, PROCESSING, LEADER), Relation.AGENCY, at=SENT)
ASK: Final = act("delivery.ask", *CONCERNED, *_AGENCY)
ASK_FOR: Final[Mapping[Way, str]] = {
    "app": act("delivery.ask_app", *of((CITIZEN,), Relation.HOLDER, at=SENT)),
    "post": ASK,
    "counter": ASK,
    "register": act("delivery.ask_register", *_AGENCY),
}
"""The app is its holder's own wish (Decree 137/2024 Art. 8(4)): nobody else's, a representative's neither."""
WITHDRAW: Final = act("delivery.withdraw", *CONCERNED)
"""Whoever may wish for it takes the wish back; what the agency wished for is its own."""
HAND_OVER: Final = act("delivery.hand_over", *of((RECEPTION, PROCESSING), Relation.AGENCY, at=SENT))
RETRY: Final = act("delivery.retry", *of((RECEPTION, PROCESSING, LEADER), Relation.AGENCY, at=SENT))
RENEW: Final = act("notice.renew", *_AGENCY)
"""A notice that was given up begins again: whoever is told of the dossier may not have themselves told twice."""
SYNCHRONISE: Final = act("synchronisation.ask", *_AGENCY)
UNSYNCHRONISED: Final = act("synchronisation.list", *of((LEADER,), Relation.AGENCY))
READ_APP: Final = act("app_paper.read", *of((CITIZEN,), Relation.HOLDER))
SHOW: Final = act("app_paper.show", *of((CITIZEN,), Relation.HOLDER))
"""The owner's own wish: nobody else's."""
UNINTEGRATED: Final = act("app_paper.put_right", *of((LEADER,), Relation.AGENCY))
