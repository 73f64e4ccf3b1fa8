"""What the national portal knows this installation by."""

from typing import Final

from chalicelib.kernel.settings import setting

KEY: Final = setting("MOTCUA_NATIONAL_PORTAL_KEY", "With which password the national portal logs this installation in.")
