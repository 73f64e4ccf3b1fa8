"""What reports ask of their environment: where the messages hear of what is to be printed."""

from typing import Final

from chalicelib.kernel.settings import setting

MESSAGES_TABLE: Final = setting("MOTCUA_MESSAGES_TABLE", "Table of copies, conversions and signed data messages.")
