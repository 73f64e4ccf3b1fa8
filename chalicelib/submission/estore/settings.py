"""Where the national e-data store is asked, if at all."""

from typing import Final

from chalicelib.kernel.settings import setting
from chalicelib.submission.estore.connection import unfit

STORE: Final = setting(
    "MOTCUA_NATIONAL_STORE",
    "Where the national e-data store is asked what it holds, as JSON; `none` where it is not.",
    unsafe=unfit,
)
KEY: Final = setting("MOTCUA_NATIONAL_STORE_KEY", "What the gateway to that store knows us by: a bearer token.")
