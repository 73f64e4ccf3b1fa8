"""Who may do what with an archive: whoever scans for the agency that keeps it; those at the desk see how far it is."""

from typing import Final

from chalicelib.digitisation.acts import DESK
from chalicelib.kernel.access import SCANNING, Relation, act, of

OPEN: Final = act("archive.open", *of((SCANNING,), Relation.AGENCY))
READ: Final = act("archive.read", *DESK)
