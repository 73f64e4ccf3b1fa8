"""Where a dossier stands that ended while its agency has originals of it. Pure."""

from datetime import datetime
from typing import Final

from chalicelib.dossier.claims import worklist
from chalicelib.dossier.items import Head
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.law import calendars, clock, packs

ORIGINALS: Final = "originals"
"""What the list of an agency is called whose dossiers ended and which has originals of them."""


def owed_keys(head: Head, ended: datetime) -> dict[str, str]:
    """Its place on that list, by when it is told: so many working days after the end, as the pack of the day says."""
    days = packs.pack_on(ended.astimezone(ZONE).date()).rules.originals_told_after_working_days.value
    due = stamp(clock.due(ended, clock.Term(days, "wd"), calendar=calendars.national()).due_at)
    return {
        "wl_pk": worklist(head.agency, ORIGINALS),
        "wl_sk": f"{due}#{head.pk}",
        "procedure": head.procedure,
        "opened_at": stamp(ended),
        "due_at": due,
    }
