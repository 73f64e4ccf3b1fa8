"""What is stored of agencies and outages."""

from typing import Final

from chalicelib.contracts.catalogue import Agency, Counter, Outage
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import Head

LIST: Final = "AGENCIES"
"""The partition of the list of agencies, which a page's cursor names."""


class AgencyHead(Head, frozen=True, kw_only=True):
    """The record of an agency, and who keeps it; an earlier release kept no entries and did not say who."""

    shape = 1

    agency: Agency | None = None
    keeper: str = ""


class ListedAgency(Stored, frozen=True, kw_only=True):
    """An agency in the list of them all."""

    shape = 1

    agency: Agency


class TreeChanges(Stored, frozen=True, kw_only=True):
    """How often any agency changed."""

    shape = 1

    changes: int = 0


class OutageHead(Head, frozen=True, kw_only=True):
    """The record of an announced outage; `body` is the hash of what was asked.

    `end_key` and `end_body` name the request that withdrew it.
    """

    shape = 1

    outage: Outage | None = None
    body: str = ""
    end_key: str = ""
    end_body: str = ""


class ListedOutage(Stored, frozen=True, kw_only=True):
    """An outage in the list, which is sorted by their ends."""

    shape = 1

    outage: Outage


class CounterHead(Head, frozen=True, kw_only=True):
    """The record of what an agency says of a service at its own counter, and who kept it last."""

    shape = 1

    counter: Counter | None = None
    keeper: str = ""


class ListedCounter(Stored, frozen=True, kw_only=True):
    """The same in the list of a service's counters in a province, sorted by agency."""

    shape = 1

    counter: Counter
