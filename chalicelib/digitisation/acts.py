"""Who may do what at the scanning desk."""

from typing import Final

from chalicelib.kernel.access import RECEPTION, SCANNING, act

LIST: Final = act("copy.list", SCANNING, RECEPTION)
SIGN: Final = act("copy.sign", SCANNING, RECEPTION)
