"""What officers read lately, and what was unusual of it, in the vaults' table beside the ledgers' owners."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read as typed_of
from chalicelib.contracts.stored import written
from chalicelib.contracts.vault import ReadsAnomalous
from chalicelib.dossier import reading
from chalicelib.kernel import aws
from chalicelib.kernel.paging import PAGE, starts_of
from chalicelib.kernel.record import Change, log_row
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault.fence import TABLE
from chalicelib.vault.listing import KEYS, Bounds, page_of, sk_of
from chalicelib.vault.watching.model import AnomaliesHead, Anomaly, Read, Watch
from chalicelib.vault.watching.ports import Listed

ALL: Final[Bounds] = ("sk", "BETWEEN", "FOUND#", f"FOUND#{aws.LAST}")
UNCHANGED: Final = "attribute_not_exists(pk) OR #v = :before"


class WatchTable:
    """Watches in DynamoDB; of ledgers and dossiers one row each is read."""

    def actor(self, event_id: str) -> str:
        """Who wrote a row of a ledger, as it says. Raises stored.Unreadable when there is none."""
        pk, _, sk = event_id.rpartition("/")
        return log_row(aws.get(LEDGERS(), pk, sk) or {"pk": pk, "sk": sk}).actor or ""

    def is_open(self, reference: str, at: str) -> bool:
        """Whether a dossier was there and had not ended at a stored stamp."""
        found = reading.read(reference) if reference else None
        if found is None:
            return False
        return not found.head.has_ended or (found.head.returned_at or "") > at

    def watch(self, read: Read) -> Watch:
        """What an officer read lately."""
        found = aws.get(TABLE(), *_key(read))
        return typed_of(Watch, found) if found else Watch()

    def keep(self, read: Read, before: Watch, after: Watch) -> bool:
        """Keep what is seen now; False when another read was kept meanwhile."""
        return aws.updated(_kept(read, before, after)) is not None

    def tell(
        self, read: Read, before: Watch, after: Watch, found: Collection[tuple[Anomaly, ReadsAnomalous]], now: datetime
    ) -> None:
        """Tell what is unusual, and that it was told. Raises aws.Lost: "watch" when another read was kept meanwhile."""
        pk = _list(read.agency)
        item = aws.get(TABLE(), pk, "HEAD")
        change = Change(TABLE(), typed_of(AnomaliesHead, item) if item else AnomaliesHead(pk=pk), now)
        for anomaly, event in found:
            place = {"pk": pk, "sk": f"FOUND#{anomaly.found_at}#{anomaly.id}"}
            change.tell(event).also(anomaly.kind, aws.put_new(TABLE(), place | written(anomaly)))
        change.also("watch", _kept(read, before, after)).write()

    def listed(self, agencies: Collection[str], after: str) -> Listed:
        """A page of some agencies' lists, the newest first. Raises as `paging.starts_of`."""
        starts, rows, goes_on = starts_of(after, KEYS, [_list(each) for each in agencies]), list[aws.Item](), False
        for pk in map(_list, agencies):
            start = starts.get(pk)
            more, last = aws.page(TABLE(), "", "pk", pk, limit=PAGE, start=start, newest=True, within=ALL)
            rows, goes_on = rows + more, goes_on or last is not None
        ordered = sorted(rows, key=sk_of, reverse=True)
        page, following = page_of(ordered, starts, KEYS, is_more=goes_on)
        return Listed([typed_of(Anomaly, row) for row in page], following)


def _kept(read: Read, before: Watch, after: Watch) -> aws.Op:
    expect, reserved = {"before": before.version}, {"#v": "version"}
    return aws.update(TABLE(), _key(read), put=written(after), condition=UNCHANGED, expect=expect, reserved=reserved)


def _key(read: Read) -> tuple[str, str]:
    return f"WATCH#{read.agency}", f"OFFICER#{read.officer}"


def _list(agency: str) -> str:
    return f"ANOMALIES#{agency}"
