"""What the vaults hold that may answer a component, as the vault last told it: a read model of the dossiers' room.

A reuse is checked once more against the vault itself, in the transaction that submits.
"""

from datetime import date
from typing import Final

from chalicelib.contracts.stored import Stored, read, written
from chalicelib.contracts.vault import KeptPaper
from chalicelib.dossier.items import Component
from chalicelib.dossier.news import newer
from chalicelib.dossier.table import TABLE, relying_key
from chalicelib.kernel import aws
from chalicelib.kernel.record import Change, plain_value

MOST: Final = 20
"""Papers of one kind that are looked at: whoever has more of it is asked for by its name."""


class Kept(Stored, frozen=True, kw_only=True):
    """A document of a vault, and when the vault told it."""

    shape = 1

    paper: KeptPaper
    at: str

    def is_usable(self, today: date) -> bool:
        """Whether it may answer a component on a day of Viet Nam."""
        paper = self.paper
        is_over = paper.valid_until is not None and today.isoformat() > paper.valid_until
        return not (paper.withdrawn_at or paper.replaced_by or is_over)


def kept_key(owner: str, document: str) -> tuple[str, str]:
    """Where a document stands among those of its owner (a keyed hash)."""
    return f"KEPT#{owner}", f"DOC#{document}"


def kind_key(owner: str, kind: str) -> str:
    """The list of an owner's documents of a kind."""
    return f"KEPT#{owner}#{kind}"


def remember_kept(paper: KeptPaper, at: str) -> None:
    """Keep what a vault told of a document, unless we hold that or something newer."""
    item = written(Kept(paper=paper, at=at))
    aws.updated(newer(kept_key(paper.owner, paper.document), item, at))
    if paper.kind:
        aws.updated(newer((kind_key(paper.owner, paper.kind), f"DOC#{paper.document}"), item, at))


def kept_of(owner: str, document: str) -> Kept | None:
    """A document of an owner's, by its name: one read."""
    found = aws.get(TABLE(), *kept_key(owner, document))
    return read(Kept, found) if found else None


def relying_on(document: str) -> list[str]:
    """References of drafts and dossiers that rely on a document."""
    pk, _ = relying_key(document, "")
    return [row["sk"] for row in aws.query(TABLE(), pk)]


def kept_of_kind(owner: str, kind: str) -> list[Kept]:
    """The newest documents of an owner that are of a kind: one read, however many there are."""
    rows, _ = aws.page(TABLE(), "", "pk", kind_key(owner, kind), limit=MOST, newest=True)
    return [read(Kept, row) for row in rows]


def rely_on(change: Change, document: str) -> None:
    """A draft is found by the document of a vault on which it relies, whatever becomes of that."""
    pk, sk = relying_key(document, change.head.pk)
    change.also(f"relies {document}", aws.put(TABLE(), {"pk": pk, "sk": sk}))


def mark(change: Change, component: Component) -> None:
    """What a component relied on fell away; "component" is lost when there is no such component."""
    place, after = (change.head.pk, f"COMPONENT#{component.id}"), {"reused": plain_value(component.reused)}
    change.also("component", aws.update(TABLE(), place, put=after, condition="attribute_exists(pk)"), component)


def drop(change: Change, component: Component) -> None:
    """A component by reference is gone from a draft: it is missing again."""
    place = (change.head.pk, f"COMPONENT#{component.id}")
    change.also(f"no more component {component.id}", aws.delete(TABLE(), place))
