"""What may be asked of identity, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, STAFF, act

ME: Final = act("me.read", CITIZEN, *STAFF)
