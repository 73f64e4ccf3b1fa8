"""Where destinations of results are reached, if at all."""

from typing import Final

from chalicelib.kernel.settings import NOBODY, setting


def _in_clear(value: str) -> str:
    return "" if value == NOBODY or value.startswith("https://") else "a destination is reached over https"


URL: Final = setting(
    "MOTCUA_DELIVERY_URL",
    "Base address of the gateway to the national ID app, the post and registers of results; `none` without one.",
    unsafe=_in_clear,
)
KEY: Final = setting("MOTCUA_DELIVERY_KEY", "What that gateway knows this installation by: a bearer token.")
BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
