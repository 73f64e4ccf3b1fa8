"""What the providers of notices know this installation by."""

from typing import Final

from chalicelib.kernel.settings import setting

KEY: Final = setting("MOTCUA_NOTICES_KEY", "What providers of notices know this installation by: a bearer token.")
