"""What may be asked of identity, and by whom."""

from typing import Final

from chalicelib.kernel.access import (
    ADMINISTRATOR,
    CITIZEN,
    LEADER,
    OFFICERS,
    PORTAL,
    RECEPTION,
    STAFF,
    Relation,
    Stage,
    act,
    of,
)

ME: Final = act("me.read", CITIZEN, PORTAL, *STAFF)

EXCHANGE: Final = act("token.exchange", PORTAL)
"""Tokens of persons who signed in at a portal, for the portal."""
READ_MANDATES: Final = act("mandate.read", CITIZEN)
OFFER_MANDATE: Final = act("mandate.offer", CITIZEN)
CONFIRM_MANDATE: Final = act("mandate.confirm", CITIZEN)
END_MANDATE: Final = act("mandate.end", CITIZEN)

_SENT: Final = (Stage.OPEN, Stage.ENDED)
READ_EVIDENCE: Final = act(
    "mandate.evidence",
    *of((CITIZEN,), Relation.HOLDER, Relation.REPRESENTATIVE, at=_SENT),
    *of(OFFICERS, Relation.AGENCY, at=_SENT),
)
"""Open the file that proves the mandate under which a dossier was filed; a side opens it by its mandate too."""

# --- registers, and representation by law
REPRESENTATION_BEGIN: Final = act("representation.begin", CITIZEN)
REPRESENTATION_READ: Final = act("representation.read", CITIZEN)
REPRESENTATION_END: Final = act("representation.end", CITIZEN)
REGISTER_ASK: Final = act("register.ask", CITIZEN)
"""About oneself, or the organisation for which one acts."""
REGISTER_TELL: Final = act("register.tell", *of((ADMINISTRATOR,), Relation.KEEPER))
"""What became of somebody: the register is asked and decides, so whoever tells it ends nothing by that alone."""
# --- officers of an agency
KEEP_STAFF: Final = act("officer.keep", *of((ADMINISTRATOR,), Relation.KEEPER))
"""Enrol the officers of one's agency, change and confirm what they may act as, read and list them."""
# --- requests about personal data
ASK_DATA: Final = act("data_request.ask", CITIZEN)
ASK_DELETION: Final = act("data_request.ask_deletion", CITIZEN)
"""What is deleted is gone: the person asks for it by a client of the stage, as they open their vault."""
READ_DATA: Final = act("data_request.read", CITIZEN)
ANSWER_DATA: Final = act("data_request.answer", *of((LEADER,), Relation.AGENCY))
"""What is asked of one's agency: read, answer, extend, end."""
# --- petitions and complaints
FILE_PETITION: Final = act("petition.file", CITIZEN)
WITHDRAW_PETITION: Final = act("petition.withdraw", CITIZEN)
"""What is withdrawn is answered by nobody: no client that only holds the person's token does it for them."""
FOLLOW_PETITION: Final = act("petition.follow", CITIZEN)
WORK_PETITION: Final = act("petition.work", *of((RECEPTION, LEADER), Relation.AGENCY))
"""What is sent to one's agency: read, take up, forward, ask. Of complaints and conduct the leader alone does that."""
DECIDE_PETITION: Final = act("petition.decide", *of((LEADER,), Relation.AGENCY))
"""Answer, prolong, refuse, publish or withhold."""
RETRACT_PETITION: Final = act("petition.retract", *of((LEADER,), Relation.KEEPER))
"""Take back what one's agency, or one below it, published: the room says whose."""
SUPERVISE_PETITION: Final = act("petition.supervise", *of((LEADER,), Relation.KEEPER))
"""What one's agency, or one below it, is late with: the room says whose."""
