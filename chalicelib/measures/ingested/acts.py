"""What may be done with figures of other systems, and by whom."""

from typing import Final

from chalicelib.kernel.access import ADMINISTRATOR, INTEGRATION, OFFICERS, Relation, act, of

SEND: Final = act("figure.send", *of((INTEGRATION,), Relation.KEEPER))
"""Send figures of its own agency and those below it: a system of an agency, and nobody by hand."""
READ: Final = act("figure.read", *of((*OFFICERS, ADMINISTRATOR, INTEGRATION), Relation.KEEPER))
"""What came, its rows and its versions: of their own agency and those below it."""
