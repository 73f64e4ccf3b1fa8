"""Rows of a dossier that are not as they were written are left out and named; the others are told."""

from collections.abc import Mapping

from chalicelib.contracts.stored import Stored, Unreadable, name_of, read
from chalicelib.dossier.items import Head
from chalicelib.kernel import aws, record


def sound[P: str](
    by_part: dict[P, list[aws.Item]],
    kinds: Mapping[P, type[Stored]],
    log: list[aws.Item],
    head: Head,
    unread: list[str],
) -> tuple[record.LogRow, ...]:
    """The sound rows of the log; of the parts what cannot be read is taken out, and `unread` gets its places."""
    for part, kind in kinds.items():
        kept = list[aws.Item]()
        for row in by_part[part]:
            try:
                read(kind, row)
                kept.append(row)
            except Unreadable:
                unread.append(name_of(row))
        by_part[part] = kept
    rows = record.legible(log, head) if log else []
    unread += [f"{head.pk}/{row.sk}" for row in rows if row.is_unreadable]
    return tuple(row for row in rows if not row.is_unreadable)
