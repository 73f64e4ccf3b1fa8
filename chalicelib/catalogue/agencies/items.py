"""What is stored of agencies and outages."""

from typing import Final

from chalicelib.contracts.catalogue import Agency, AgencyEntry, Counter, CounterEntry, Outage
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import Head

LIST: Final = "AGENCIES"
"""The partition of the list of agencies, which a page's cursor names."""


CHANGES: Final = "CHANGES"
"""The partition of the list of changes that take two administrators, which a page's cursor names."""


COUNTER_CHANGES: Final = "COUNTER CHANGES"
"""The partition of the list of what waits of counters for a second publisher, which a page's cursor names."""


class Proposal[E](Part, frozen=True, kw_only=True):
    """The entries that an officer would give an agency or a counter, which a second one has to say too.

    `by` is the keyed hash of their account, `numbers` are those of their personal number, `agency` is theirs, `read`
    the version that they read.
    """

    entries: tuple[E, ...]
    by: str
    at: str
    agency: str
    read: int
    numbers: tuple[str, ...] = ()


class AgencyHead(Head, frozen=True, kw_only=True):
    """The record of an agency, and who keeps it; an earlier release kept no entries and did not say who.

    `proposal` waits for a second administrator; any change of the agency ends it.
    """

    shape = 1

    agency: Agency | None = None
    keeper: str = ""
    proposal: Proposal[AgencyEntry] | None = None


class ListedChange(Stored, frozen=True, kw_only=True):
    """A change of an agency that takes two: `version` is that of the record now; `decided_at`: empty while it waits.

    `named`: another agency that it is about, on whose list this row is; empty: its own.
    """

    shape = 1

    agency: str
    name: str
    entries: tuple[AgencyEntry, ...]
    by: str
    at: str
    by_agency: str
    version: int
    decided_at: str = ""
    named: str = ""


class ListedAgency(Stored, frozen=True, kw_only=True):
    """An agency in the list of them all."""

    shape = 1

    agency: Agency


class TreeChanges(Stored, frozen=True, kw_only=True):
    """How often any agency changed, or any outage was announced or moved."""

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
    """The record of what an agency says of a service at its own counter, and who kept it last.

    `proposal` waits for a second publisher; any change of the counter ends it. An earlier release kept none.
    """

    shape = 1

    counter: Counter | None = None
    keeper: str = ""
    proposal: Proposal[CounterEntry] | None = None


class ListedCounter(Stored, frozen=True, kw_only=True):
    """The same in the list of a service's counters in a province, sorted by agency."""

    shape = 1

    counter: Counter


class ListedCounterChange(Stored, frozen=True, kw_only=True):
    """What waits of a counter for a second publisher, sorted by agency: `version` is that of the record now."""

    shape = 1

    agency: str
    procedure: str
    name: str
    entries: tuple[CounterEntry, ...]
    by: str
    at: str
    by_agency: str
    version: int
