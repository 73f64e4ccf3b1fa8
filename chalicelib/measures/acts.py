"""What may be done with figures, and by whom. What the law publishes everybody reads, without an act."""

from typing import Final

from chalicelib.kernel.access import ADMINISTRATOR, LEADER, OFFICERS, Relation, Stage, act, of

READ: Final = act("measure.read", *of((*OFFICERS, ADMINISTRATOR), Relation.KEEPER))
"""Figures cut by procedure, channel and party: of their own agency and those below it."""
OPEN: Final = act("measure.open", *of(OFFICERS, Relation.AGENCY, Relation.PARTICIPANT, at=(Stage.OPEN, Stage.ENDED)))
"""The dossiers behind a figure: as each of them is read by officers."""
PETITIONS: Final = act("measure.petitions", *of((LEADER,), Relation.KEEPER))
"""The petitions behind a figure, by their names and times: of their own agency and those below it."""
REPORT: Final = act("measure.report", *of((LEADER,), Relation.AGENCY))
"""A report on paper with their agency's signature: whoever answers for the agency asks for it."""
