"""What may be done with signed documents, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, OFFICERS, act

READ: Final = act("message.read", CITIZEN, *OFFICERS)
