"""What may be asked of identity, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, STAFF, act

ME: Final = act("me.read", CITIZEN, *STAFF)

READ_MANDATES: Final = act("mandate.read", CITIZEN)
OFFER_MANDATE: Final = act("mandate.offer", CITIZEN)
CONFIRM_MANDATE: Final = act("mandate.confirm", CITIZEN)
END_MANDATE: Final = act("mandate.end", CITIZEN)
