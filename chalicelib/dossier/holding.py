"""Whose a dossier is, as it is stored: who files for its holder, who holds it with them, on whose lists. Pure."""

from typing import Literal

import msgspec

from chalicelib.contracts.identity import OneAct, RepresentationKind, RepresentativeAct, Storage
from chalicelib.contracts.stored import Stored
from chalicelib.contracts.submission import Represented
from chalicelib.kernel.access import person_of


class Acting(msgspec.Struct, frozen=True, kw_only=True):
    """Who files for the holder: their keyed hash, and the representation by which they do, with its version.

    `sealed` is a `Named`, encrypted under the dossier's key; `storage` is the clause of the mandate, None by law.
    `for_one_act`: its terms are for one dossier, and this is it; `above`: so are those of the mandate above it.
    """

    by: str
    under: str
    version: int
    kind: RepresentationKind
    sealed: str
    may: tuple[RepresentativeAct, ...] = ()
    storage: Storage | None = None
    for_one_act: bool | None = None
    above: OneAct | None = None

    @property
    def told(self) -> Represented:
        """What is told of who submitted for the holder."""
        return Represented(id=self.under, version=self.version, kind=self.kind, by=self.by, storage=self.storage)


class UsedUp(Stored, frozen=True, kw_only=True):
    """Terms of a mandate for one act were used: for which dossier."""

    shape = 1

    reference: str


class CoHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who holds the dossier together with its holder; `sealed` is a `Named`, encrypted.

    They read it to confirm it with their own identity, and have it on their list from then on. `form_sha256` is the
    form that they confirmed; nothing is submitted before all did.
    """

    holder: str
    sealed: str
    confirmed_at: str | None = None
    form_sha256: str | None = None


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A person or organisation as HEAD keeps them encrypted; `personal_id` is whatever number names their kind.

    Of an organisation `by` and `by_id` are the person who acted for it (Decree 69/2024 Art. 6).
    """

    name: str
    personal_id: str
    kind: Literal["CITIZEN", "FOREIGNER", "ORGANISATION"] | None = None
    """None of a citizen, and in what releases wrote that knew citizens only."""
    by: str | None = None
    by_id: str | None = None


def also_of(*named: Named) -> tuple[str, ...] | None:
    """Keyed hashes, as of citizens, of the personal numbers in foreigners' identities; None where there is none."""
    found = {person_of(each.kind or "CITIZEN", each.personal_id) for each in named} - {""}
    return tuple(sorted(found)) or None


class Shared(Stored, frozen=True, kw_only=True):
    """A draft or dossier on the list of somebody who files it for its holder, or holds it together with them.

    The reference stands in `mine_sk`. `procedure` and `state` are those of the day on which it came there: the release
    before reads no row without them.
    """

    shape = 1

    mine_pk: str
    mine_sk: str
    procedure: str
    state: int
