"""Who may do what at the scanning desk."""

from typing import Final

from chalicelib.kernel.access import RECEPTION, SCANNING, act

LIST: Final = act("copy.list", SCANNING, RECEPTION)
READ: Final = act("copy.read", SCANNING, RECEPTION)
REJECT: Final = act("copy.reject", SCANNING, RECEPTION)
SORT: Final = act("copy.sort", SCANNING, RECEPTION)
DROP: Final = act("drop.send", SCANNING)
ACKNOWLEDGE: Final = act("drop.acknowledge", SCANNING, RECEPTION)
SIGN: Final = act("copy.sign", SCANNING, RECEPTION)
