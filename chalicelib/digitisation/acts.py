"""Who may do what at the scanning desk."""

from typing import Final

from chalicelib.kernel.access import RECEPTION, SCANNING, Relation, act, of

DESK: Final = of((SCANNING, RECEPTION), Relation.AGENCY)
LIST: Final = act("copy.list", *DESK)
READ: Final = act("copy.read", *DESK)
REJECT: Final = act("copy.reject", *DESK)
SORT: Final = act("copy.sort", *DESK)
DROP: Final = act("drop.send", *of((SCANNING,), Relation.AGENCY))
ACKNOWLEDGE: Final = act("drop.acknowledge", *DESK)
SIGN: Final = act("copy.sign", *DESK)
