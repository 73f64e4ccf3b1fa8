"""What may be done with drafts, and by whom."""

from typing import Final

from chalicelib.kernel.access import CITIZEN, Relation, Stage, act, of

PERSONS: Final = (CITIZEN,)
FILING: Final = (Relation.HOLDER, Relation.REPRESENTATIVE)
"""Whoever files: for themselves, or for the holder."""

OPEN: Final = act("draft.open", CITIZEN)
READ: Final = act("draft.read", *of(PERSONS, *FILING, Relation.CO_HOLDER))
CHANGE: Final = act("draft.change", *of(PERSONS, *FILING, at=(Stage.DRAFT,)))
SUBMIT: Final = act("dossier.submit", *of(PERSONS, *FILING, at=(Stage.DRAFT,)))
SUPPLEMENT: Final = act("supplement.upload", *of(PERSONS, *FILING, Relation.CO_HOLDER, at=(Stage.OPEN,)))
REUSE: Final = act("vault.reuse", *of(PERSONS, Relation.HOLDER, at=(Stage.DRAFT,)))
"""A vault is opened by its owner alone: whoever files for them uploads."""
LOOK_UP: Final = act("papers.look_up", *of(PERSONS, *FILING, at=(Stage.DRAFT,)))
"""What the national store holds of the holder: asked by whoever files, under a representation that holds then."""
NAME_HOLDER: Final = act("holder.name", *of(PERSONS, Relation.HOLDER, at=(Stage.DRAFT,)))
CONFIRM_HOLDING: Final = act("holding.confirm", CITIZEN)
"""Whoever was named: nobody stands to a dossier in any way before they confirm."""
