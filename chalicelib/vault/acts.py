"""What may be done in a vault, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, Relation, act, of

READ: Final = act("vault.read", *of((CITIZEN,), Relation.HOLDER))
