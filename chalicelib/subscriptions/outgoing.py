"""An event as another house is told it: CloudEvents 1.0, with the fields that its contract lets out. Pure."""

from functools import cache
from typing import Any, Final

import msgspec

from chalicelib.contracts.event import known_events
from chalicelib.kernel.record import LogRow

SOURCE: Final = "motcua"
type Fact = str | int | bool


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A CloudEvent in structured mode. `sequence` orders those of one `subject`; `id` is the same whenever it comes.

    Its data has no personal data: what is sealed, hashed or named stays in the house.
    """

    id: str
    type: str
    subject: str
    time: str
    sequence: str
    data: dict[str, Fact]
    specversion: str = "1.0"
    source: str = SOURCE
    datacontenttype: str = "application/json"


@cache
def leaving() -> dict[str, tuple[str, ...]]:
    """The types of events that leave the house, each with the fields that do."""
    return {name: kind.leaves for name, kind in known_events().items() if kind.leaves is not None}


def outgoing(reference: str, row: LogRow) -> Outgoing | None:
    """An event of a dossier's log as it leaves; None for one that does not."""
    fields = leaving().get(row.type)
    if fields is None:
        return None
    data: dict[str, Any] = {name: row.data[name] for name in fields if _is_plain(row.data.get(name))}
    state = {"state": row.state} if row.state is not None else {}
    return Outgoing(
        id=f"{reference}/{row.sk}",
        type=row.type,
        subject=reference,
        time=row.at,
        sequence=f"{row.number:06d}",
        data={"dossier": reference, **state, **data},
    )


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, int, bool))


def body_of(event: Outgoing) -> bytes:
    """The bytes that are signed and sent."""
    return msgspec.json.encode(event)
