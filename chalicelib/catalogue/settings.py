"""Where the catalogue is kept."""

from typing import Final

from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_CATALOGUE_TABLE", "Table of published procedures.")
EXPORTS: Final = setting("MOTCUA_EXPORTS_BUCKET", "Bucket of the catalogue's lists and open data.")
