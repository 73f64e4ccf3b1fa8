"""As whom somebody keeps the catalogue: an officer as their agency enrolled them, as in dossiers."""

from msgspec.structs import replace

from chalicelib.dossier.staffed import desk_rows, is_there, known_officer, posted
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, utc_now
from chalicelib.kernel.ids import keyed_hash


def as_keeper(who: Principal) -> Principal:
    """An officer by their enrolment where their agency keeps its staff, by their token elsewhere; others as they are.

    Of an agency that ended too, whose officers do no work any more: its administrators read of its end here.
    """
    if who.kind != "OFFICER" or not who.agency or not any(row.sk == "STAFF" for row in desk_rows(who.agency)):
        return who
    day = utc_now().astimezone(ZONE).date().isoformat()
    known = known_officer(who.agency, keyed_hash("officer", who.subject))
    if known is None or not is_there(known.enrolled, day):
        return replace(who, roles=frozenset())
    return posted(who, known, frozenset({who.agency}), day)
