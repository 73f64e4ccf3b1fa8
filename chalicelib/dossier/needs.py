"""What an entry point declares when its work reads or writes dossiers."""

from typing import Final

from chalicelib.dossier.table import TABLE

DOSSIERS: Final = TABLE
