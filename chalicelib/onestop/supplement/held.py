"""No paper is asked for that the applicant's store holds, or that is in the national ID app: that has it from there.

Decree 45/2020 Art. 4, Decree 137/2024 Art. 8(4), rule R27; Decree 320/2026 Art. 2.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.dossier import integrating
from chalicelib.dossier.asked import is_field
from chalicelib.dossier.integrated import id_of
from chalicelib.dossier.joined import formers_of
from chalicelib.dossier.kept import Kept, kept_of_kind
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import ZONE
from chalicelib.onestop.refusals import AlreadyHeld


def require_unheld(
    dossier: Dossier, asked: Iterable[AskedItem], now: datetime, note: Callable[[Sequence[Kept]], None]
) -> None:
    """Raise AlreadyHeld, which names each document, for papers that are asked for without a reason to do so.

    What came with this very dossier does not count: it is what is wrong. `note` writes the line of the ledger before
    anything is named.
    """
    wanted = [each.target for each in asked if not is_field(each.target) and each.despite is None]
    if not wanted:
        return
    owners = (dossier.head.holder, *formers_of(dossier.head.holder))
    held = {target: _usable(dossier.reference, owners, target, now) for target in wanted}
    if found := [kept for kept in held.values() if kept]:
        note(found)
        raise AlreadyHeld(held=[_named(target, kept) for target, kept in held.items() if kept])


def _usable(reference: str, owners: Iterable[str], kind: str, now: datetime) -> Kept | None:
    today = now.astimezone(ZONE).date()
    found = (each for owner in owners for each in kept_of_kind(owner, kind))
    return next((each for each in found if each.is_usable(today) and each.paper.reference != reference), None)


def _named(target: str, kept: Kept) -> dict[str, str | bool]:
    paper = kept.paper
    told = integrating.one(id_of(paper.owner, paper.document))
    named: dict[str, str | bool] = {"target": target, "document": paper.document, "title": paper.title}
    return named | {"agency": paper.agency, "in_id_app": told is not None and told.is_there}
