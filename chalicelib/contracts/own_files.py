"""What is told of a file that a person put into their vault."""

from chalicelib.contracts.event import Event


class OwnFileChecked(Event, frozen=True, kw_only=True):
    """A file that a person uploaded into their vault passed the checks of what arrives, or why it did not.

    `owner` is a keyed hash, `upload` the name under which it was announced.
    """

    type = "vn.motcua.own_file.checked"
    heard_by = ("vault_keep_upload",)

    owner: str
    upload: str
    key: str
    version_id: str
    size: int = 0
    sha256: str | None = None
    media_type: str | None = None
    pages: int = 0
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
