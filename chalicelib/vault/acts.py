"""What may be done in a vault, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, act

READ: Final = act("vault.read", CITIZEN)
