"""What may be done with drafts, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, act

OPEN: Final = act("draft.open", CITIZEN)
READ: Final = act("draft.read", CITIZEN)
CHANGE: Final = act("draft.change", CITIZEN)
SUBMIT: Final = act("dossier.submit", CITIZEN)
