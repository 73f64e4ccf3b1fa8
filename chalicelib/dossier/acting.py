"""Who may act for whom, as identity last told it: a read model of the dossiers' room."""

from datetime import datetime

from chalicelib.contracts.event import told
from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.stored import Stored, read
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp


class Representation(Stored, frozen=True, kw_only=True):
    """A representation as of what was told at `at`. What holds in the moment of a promise, identity's fence proves."""

    shape = 1

    said: RepresentationKept
    at: str

    def holds(self, now: datetime) -> bool:
        """Whether it is active and within its term."""
        moment, said = stamp(now), self.said
        return said.state == "active" and said.opens <= moment and (said.closes is None or moment < said.closes)

    def covers(self, procedure: str) -> bool:
        """Whether it is for this procedure."""
        return not self.said.procedures or procedure in self.said.procedures


def representation_of(representation: str) -> Representation | None:
    """A representation as we last heard of it; None when we never did."""
    item = aws.get(TABLE(), *_key(representation))
    return read(Representation, item) if item else None


def remember_representation(event: RepresentationKept, at: str) -> None:
    """Keep what identity told, unless we hold it or something newer."""
    try:
        aws.transact(
            {
                "kept": aws.update(
                    TABLE(),
                    _key(event.id),
                    put={"said": told(event), "at": at, "shape": Representation.shape},
                    condition="attribute_not_exists(pk) OR #a < :newer",
                    expect={"newer": at},
                    reserved={"#a": "at"},
                )
            }
        )
    except aws.Lost:
        return


def _key(representation: str) -> tuple[str, str]:
    return f"REPRESENTATION#{representation}", "KEPT"
