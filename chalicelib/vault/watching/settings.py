"""From when on reads are told as unusual. No text says it: an installation does (docs/explanation/vault.md)."""

from typing import Final

from chalicelib.kernel.settings import setting

WINDOW: Final = setting("MOTCUA_READS_MINUTES", "Minutes over which the reads of one officer are looked at together.")
SUBJECTS: Final = setting("MOTCUA_READS_SUBJECTS", "Persons whose files one officer reads within them unremarked.")
CLOSED: Final = setting("MOTCUA_READS_CLOSED", "Dossiers, not open, of which one officer reads within them unremarked.")
NEEDS: Final = (WINDOW, SUBJECTS, CLOSED)
