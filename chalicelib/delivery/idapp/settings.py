"""What the national ID app knows this installation by."""

from typing import Final

from chalicelib.kernel.settings import setting

KEY: Final = setting("MOTCUA_ID_APP_KEY", "What the gateway to the national ID app knows us by: a bearer token.")
