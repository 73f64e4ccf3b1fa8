"""What may be done in a vault, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, LEADER, PROCESSING, RECEPTION, Relation, act, of

READ: Final = act("vault.read", *of((CITIZEN,), Relation.HOLDER))
TAKE: Final = act("vault.take", *of((CITIZEN,), Relation.HOLDER))
UPLOAD: Final = act("vault.upload", *of((CITIZEN,), Relation.HOLDER))
ERASE: Final = act("vault.erase", *of((CITIZEN,), Relation.HOLDER))
GIVE_GRANT: Final = act("grant.give", *of((CITIZEN,), Relation.HOLDER))
LIST_GRANTS: Final = act("grant.list", *of((CITIZEN,), Relation.HOLDER))
WITHDRAW_GRANT: Final = act("grant.withdraw", *of((CITIZEN,), Relation.HOLDER))
READ_SHARED: Final = act("grant.read", *of((CITIZEN, RECEPTION, PROCESSING, LEADER), Relation.RECEIVER))
"""Whoever a document is shared with, and officers of an agency that it is shared with."""
LIST_ANOMALIES: Final = act("anomaly.list", *of((LEADER,), Relation.AGENCY))
"""Who supervises officers sees what was unusual of their reads: of their own agency's, the room itself says."""
OPEN_LINK: Final = act("link.open", CITIZEN, RECEPTION, PROCESSING, LEADER)
"""Whoever has the code, and is known by name: the owner reads in their ledger who it was."""
