"""What may be done with figures of other systems, and by whom."""

from typing import Final

from chalicelib.kernel.access import ADMINISTRATOR, INTEGRATION, OFFICERS, act

SEND: Final = act("figure.send", INTEGRATION)
"""Send figures of its own agency and those below it: a system of an agency, and nobody by hand."""
READ: Final = act("figure.read", *OFFICERS, ADMINISTRATOR, INTEGRATION)
"""What came, its rows and its versions: of their own agency and those below it."""
