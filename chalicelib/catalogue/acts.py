"""What may be done with versions, agencies and outages, and by whom."""

from typing import Final

from chalicelib.kernel.access import ADMINISTRATOR, EDITOR, KEEPERS, PUBLISHER, REVIEWER, act

READ_VERSIONS: Final = act("version.read", *KEEPERS)
CHANGE_VERSION: Final = act("version.change", EDITOR)
REVIEW_VERSION: Final = act("version.review", REVIEWER)
PUBLISH_VERSION: Final = act("version.publish", PUBLISHER)
CONFIRM_REPLACEMENT: Final = act("replacement.confirm", REVIEWER)
TRANSFER_PROCEDURE: Final = act("procedure.transfer", PUBLISHER)
KEEP_COUNTER: Final = act("counter.keep", PUBLISHER)
CHANGE_AGENCY: Final = act("agency.change", ADMINISTRATOR)
ANNOUNCE_OUTAGE: Final = act("outage.announce", ADMINISTRATOR)
CHANGE_OUTAGE: Final = act("outage.change", ADMINISTRATOR)
