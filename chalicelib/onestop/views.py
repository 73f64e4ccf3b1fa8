"""What people and officers see of a dossier: one policy of get, list, file and export."""

from dataclasses import dataclass

from chalicelib.dossier.acting import stage_of
from chalicelib.dossier.items import Component, Head
from chalicelib.dossier.lists import DossierRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal, Relation, allowed, reaches, require, require_level
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import ContentErased, NotFound
from chalicelib.onestop import acts
from chalicelib.onestop.ports import Dossiers


@dataclass(frozen=True)
class Views:
    """Use cases of whoever reads."""

    dossiers: Dossiers
    clock: Clock

    def read(self, who: Principal, name: str, *parts: Part, as_far: bool = False) -> Dossier:
        """A dossier by its reference or code, with the level of identity that it was opened with.

        `as_far`: who decides nothing reads it as far as it can be read. Raises NotFound, also for one that the
        principal may not see, LevelTooLow.
        """
        return self._read(who, name, *parts, as_far=as_far)[0]

    def _read(
        self, who: Principal, name: str, *parts: Part, whole: bool = False, as_far: bool = False
    ) -> tuple[Dossier, Relation]:
        """The same, with how the principal stands to it."""
        reference = name if name.startswith("MC-") else self.dossiers.by_code(name) or ""
        reader = self.dossiers.shown if as_far else self.dossiers.dossier
        dossier = reader(reference, *parts, whole=whole) if reference else None
        if dossier is None or dossier.head.is_draft:
            raise NotFound(what="dossier")
        relation = self.dossiers.relation(who, dossier.head, self.clock())
        if not allowed(who, acts.READ, relation, stage_of(dossier.head)):
            raise NotFound(what="dossier")
        require_level(who, self.dossiers.level_of(dossier.head.min_level, reference))
        return dossier, relation

    def may(self, who: Principal, act: str, head: Head) -> bool:
        """Whether somebody may do an act to a dossier, as they stand to it: the one policy of get, list and export."""
        return allowed(who, act, self.dossiers.relation(who, head, self.clock()), stage_of(head))

    def view(self, who: Principal, name: str) -> Dossier:
        """A whole dossier, its form too: when another than its holder reads it, the holder's ledger says who.

        Raises ContentErased, and what `read` raises.
        """
        dossier, relation = self._read(who, name, whole=True, as_far=True)
        _require_content(dossier)
        if relation is not Relation.HOLDER:
            self.dossiers.note_view(dossier.head, who, self.clock())
        return dossier

    def page(self, who: Principal, name: str, page: str, *parts: Part) -> Dossier:
        """A dossier for a page of what it says of its person; an officer is on the holder's ledger. As `read`."""
        dossier = self.read(who, name, *parts, as_far=True)
        self.note_look(who, dossier.head, page)
        return dossier

    def note_look(self, who: Principal, head: Head, page: str) -> None:
        """The holder's ledger says which officer read a page that tells of them; what is erased tells of nobody."""
        if who.agency and not head.erased_at:
            self.dossiers.note_view(head, who, self.clock(), page)

    def mine(self, who: Principal, after: str) -> tuple[list[DossierRow], int, str | None]:
        """A page of the principal's drafts and dossiers, how many of it a higher level would show, where it goes on.

        Raises BodyInvalid, NotFound for a cursor of no page of ours.
        """
        page = self.dossiers.mine(who.holder, after)
        heads = [row.head for row in page.rows if row.head]
        relations = zip(heads, self.dossiers.relations(page.holders, heads, self.clock()), strict=True)
        others = {head.pk for head, relation in relations if relation is Relation.STRANGER}
        rows = [row for row in page.rows if row.pk not in others]
        shown = [row for row in rows if reaches(who, self.dossiers.level_of(row.min_level, row.pk))]
        return shown, len(rows) - len(shown), page.following

    def file(self, who: Principal, name: str, component: str) -> tuple[Component, str]:
        """A component of a dossier, and a link to what was submitted, by the ledger's door.

        Raises NotFound, ContentErased, ClientNotOwn for what lies in a vault too.
        """
        dossier, relation = self._read(who, name, Part.COMPONENTS)
        _require_content(dossier)
        found = next((c for c in dossier.components if c.id == component), None)
        if found is None:
            raise NotFound(what="component")
        if found.reused or found.origin == "result" or found.id == dossier.head.paper_result:
            require(who, acts.READ_KEPT)
        is_owner = relation is Relation.HOLDER
        return found, self.dossiers.hand_out(dossier.head, found, who, self.clock(), is_owner=is_owner)


def _require_content(dossier: Dossier) -> None:
    """What people sent with an erased dossier is handed out no more; its log, slip and dates still are."""
    if dossier.head.erased_at:
        raise ContentErased(dossier=dossier.reference)
