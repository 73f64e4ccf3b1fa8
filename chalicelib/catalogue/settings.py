"""Where the catalogue is kept."""

from typing import Final

from chalicelib.catalogue import fence
from chalicelib.kernel.settings import setting

TABLE: Final = fence.TABLE
EXPORTS: Final = setting("MOTCUA_EXPORTS_BUCKET", "Bucket of the catalogue's lists and open data.")
