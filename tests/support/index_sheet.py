"""Index sheets of archives."""

from collections.abc import Mapping, Sequence
from typing import Final

from chalicelib.digitisation.archives.sheet import COLUMNS

GOOD: Final = {
    "number": "127/1998",
    "kind": "Giấy khai sinh",
    "owner_name": "Nguyễn Thị Bích Liễu",
    "issued_on": "31/05/1998",
    "issued_by": "UBND xã Bình Khánh",
    "file": "0001.pdf",
}


def sheet(*rows: Mapping[str, str], columns: Sequence[str] = COLUMNS, mark: str = ",") -> str:
    """The text of a sheet; each row is what differs from a good one."""
    lines = [mark.join(columns)]
    lines += [mark.join(({"owner_number": ""} | GOOD | row).get(name, "") for name in columns) for row in rows]
    return "\n".join(lines) + "\n"
