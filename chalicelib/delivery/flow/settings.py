"""Which machine shows deliveries."""

from typing import Final

from chalicelib.kernel.settings import setting

MACHINE: Final = setting("MOTCUA_DELIVERY_MACHINE", "ARN of the state machine of deliveries beside the vault.")
