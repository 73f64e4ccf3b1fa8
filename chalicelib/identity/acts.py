"""What may be asked of identity, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, PORTAL, STAFF, act

ME: Final = act("me.read", CITIZEN, PORTAL, *STAFF)

EXCHANGE: Final = act("token.exchange", PORTAL)
"""Tokens of persons who signed in at a portal, for the portal."""
READ_MANDATES: Final = act("mandate.read", CITIZEN)
OFFER_MANDATE: Final = act("mandate.offer", CITIZEN)
CONFIRM_MANDATE: Final = act("mandate.confirm", CITIZEN)
END_MANDATE: Final = act("mandate.end", CITIZEN)
