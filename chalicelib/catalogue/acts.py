"""What may be done with versions, agencies, outages, plans and guidance, and by whom."""

from typing import Final

from chalicelib.kernel.access import ADMINISTRATOR, EDITOR, KEEPERS, PUBLISHER, REVIEWER, Relation, act, of

READ_VERSIONS: Final = act("version.read", *of(KEEPERS, Relation.KEEPER))
CHANGE_VERSION: Final = act("version.change", *of((EDITOR,), Relation.KEEPER))
REVIEW_VERSION: Final = act("version.review", *of((REVIEWER,), Relation.KEEPER))
PUBLISH_VERSION: Final = act("version.publish", *of((PUBLISHER,), Relation.KEEPER))
CONFIRM_REPLACEMENT: Final = act("replacement.confirm", *of((REVIEWER,), Relation.KEEPER))
TRANSFER_PROCEDURE: Final = act("procedure.transfer", *of((PUBLISHER,), Relation.KEEPER))
KEEP_COUNTER: Final = act("counter.keep", *of((PUBLISHER,), Relation.KEEPER))
CHANGE_AGENCY: Final = act("agency.change", *of((ADMINISTRATOR,), Relation.KEEPER))
ANNOUNCE_OUTAGE: Final = act("outage.announce", *of((ADMINISTRATOR,), Relation.KEEPER))
CHANGE_OUTAGE: Final = act("outage.change", *of((ADMINISTRATOR,), Relation.KEEPER))
READ_PLAN: Final = act("plan.read", *of(KEEPERS, Relation.KEEPER))
CHANGE_PLAN: Final = act("plan.change", *of((EDITOR,), Relation.KEEPER))
REVIEW_PLAN: Final = act("plan.review", *of((REVIEWER,), Relation.KEEPER))
ISSUE_PLAN: Final = act("plan.issue", *of((PUBLISHER,), Relation.KEEPER))
READ_GUIDANCE: Final = act("guidance.read", *of(KEEPERS, Relation.KEEPER))
GIVE_GUIDANCE: Final = act("guidance.give", *of((PUBLISHER,), Relation.KEEPER))
END_GUIDANCE: Final = act("guidance.end", *of((PUBLISHER,), Relation.KEEPER))
