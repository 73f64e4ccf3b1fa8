"""Which dossiers run on which version, and which papers they came with: our own read model of the dossiers' events."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kernel import aws, record
from chalicelib.kernel.settings import settings

SHARDS: Final = 16
"""A procedure that half the country files at once would else be one hot partition."""


def _shard(reference: str) -> str:
    return f"{hashlib.sha256(reference.encode()).digest()[0] % SHARDS:02d}"


def _place(procedure: str, reference: str) -> tuple[str, str]:
    return f"RUNNING#{procedure}#{_shard(reference)}", f"DOSSIER#{reference}"


class RunningTable:
    """Running dossiers by procedure."""

    def submitted(self, procedure: str, reference: str, row: Mapping[str, Any], components: list[str]) -> None:
        """Count a submitted dossier and its papers, once however often and however late it is told."""
        record.settled(lambda: self._begin(procedure, reference, row, components))

    def _begin(self, procedure: str, reference: str, row: Mapping[str, Any], components: list[str]) -> None:
        table, shard = settings().catalogue_table, _shard(reference)
        used = {"dossiers": 1} | {f"paper {code}": 1 for code in sorted(set(components))}
        counted = [
            aws.put_new(table, {"pk": f"SEEN#{reference}", "sk": "SUBMITTED", "procedure": procedure}),
            aws.count(table, (f"USED#{procedure}", shard), used),
        ]
        pk, sk = _place(procedure, reference)
        told_before = aws.get(table, f"SEEN#{reference}", "STATE") or {}
        runs = aws.put(table, {"pk": pk, "sk": sk, **row, **{k: v for k, v in told_before.items() if k == "state"}})
        open_still = aws.check(table, (f"SEEN#{reference}", "ENDED"), "attribute_not_exists(pk)")
        for ops in ([*counted, runs, open_still], counted):  # the count only, when its end was told before
            try:
                return aws.write(*ops)
            except aws.WriteLost as lost:
                if lost.at(0):
                    return None  # told before
        return None

    def moved(self, procedure: str, reference: str, state: int) -> None:
        """A running dossier reached another state; a mark keeps it until its beginning is told; ended, it stays so."""
        table, place = settings().catalogue_table, _place(procedure, reference)

        def once() -> None:
            aws.write(aws.put(table, {"pk": f"SEEN#{reference}", "sk": "STATE", "state": state}))
            try:
                aws.write(aws.update(table, place, put={"state": state}, condition="attribute_exists(pk)"))
            except aws.WriteLost:
                return

        record.settled(once)

    def ended(self, reference: str) -> None:
        """A dossier that reached its end runs no more; the mark keeps a late beginning from making it run again."""
        table, begun = settings().catalogue_table, (f"SEEN#{reference}", "SUBMITTED")

        def once() -> None:
            mark = aws.put(table, {"pk": f"SEEN#{reference}", "sk": "ENDED"})
            if seen := aws.get(table, *begun):
                aws.write(mark, aws.delete(table, _place(seen["procedure"], reference)))
            else:  # its beginning may be told between this reading and the writing
                aws.write(aws.check(table, begun, "attribute_not_exists(pk)"), mark)

        record.settled(once)

    def running(self, procedure: str, limit: int) -> list[aws.Item]:
        """Running dossiers of a procedure, at most `limit` of each partition."""
        found: list[aws.Item] = []
        for number in range(SHARDS):
            rows, _ = aws.page(
                settings().catalogue_table, "", ("pk", "sk"), f"RUNNING#{procedure}#{number:02d}", limit=limit
            )
            found += rows
        return found

    def used(self, procedure: str) -> tuple[int, dict[str, int]]:
        """How many dossiers came, and with how many of them each paper came."""
        dossiers, papers = 0, dict[str, int]()
        for row in aws.query(settings().catalogue_table, f"USED#{procedure}"):
            for name, count in row.items():
                if name == "dossiers":
                    dossiers += count
                elif name.startswith("paper "):
                    code = name.removeprefix("paper ")
                    papers[code] = papers.get(code, 0) + count
        return dossiers, papers
