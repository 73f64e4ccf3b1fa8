"""Keys and conditions by which another capability's transaction proves what it was told of a person. Nothing else."""

from typing import Final

from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_IDENTITY_TABLE", "Table of mandates, of agencies' officers, and of what registers said.")
"""Declared here: another capability's transaction loads the fence and nothing else of identity."""
