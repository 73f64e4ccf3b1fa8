"""What is told to the person of the dossier that is counted, in the words of the product: e-mails, and SMS by parts.

A stage sends notices where it says so (docs/how-to/send-notices.md). The counted one sends none: what would be sent
is read from the dossier's log.
"""

from collections.abc import Iterable
from typing import Final

from chalicelib.delivery.notices import texts
from chalicelib.dossier import fed, reading
from chalicelib.dossier.noticed import gives_notice
from chalicelib.kernel.settings import PUBLIC_URL
from infra.cost.count import Messages

ALONE, JOINED = 160, 153
"""Signs of an SMS in GSM-7, alone and as a part of a longer one; ours are ASCII."""
EXTENDED: Final = frozenset("^{}\\[~]|")
"""ASCII signs that are two in GSM-7; a backtick is none, and no text of ours has one."""


def sms_parts(text: str) -> int:
    """How many SMS a text is paid as."""
    signs = len(text) + sum(sign in EXTENDED for sign in text)
    return 1 if signs <= ALONE else -(-signs // JOINED)


def told(shorts: Iterable[str]) -> Messages:
    """What goes to one receiver on each channel: an e-mail a notice, and the parts of its SMS."""
    parts = [sms_parts(each) for each in shorts]
    return Messages(emails=len(parts), sms_parts=sum(parts))


def messages(reference: str) -> Messages:
    """Of a dossier that is done. Raises LookupError for one that there is not."""
    dossier = reading.read(reference, whole=True)
    if dossier is None:
        raise LookupError(reference)
    rows = (row for row in fed.events_after(reference, 0) if gives_notice(row))
    return told(texts.short(dossier, row, "vi", PUBLIC_URL()) for row in rows)
