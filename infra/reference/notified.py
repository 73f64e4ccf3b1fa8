"""The words of the notices that leave the portal."""

from typing import Final

from infra.reference.word import Word, time

NOTIFIED: Final[dict[str, Word]] = {
    "sendings": Word("One for each receiver and channel; empty where notices do not leave the portal"),
    "{sending}": Word("A notice on its way to one receiver by one channel, by its name", "000005.sms.applicant"),
    "SendingView.name": Word("Its name within the dossier", "000005.sms.applicant"),
    "SendingView.channel": Word("By what it goes", "sms"),
    "SendingView.receiver": Word("Whom it is for", "applicant"),
    "SendingView.progress": Word("How far it is", "delivered"),
    "SendingView.attempts": Word("The last attempts, in order"),
    "SendingView.why": Word(
        "Why it was given up: refused, unreachable, in_doubt, no_address, no_provider, mandate_ended, too_late, erased",
        "refused",
    ),
    "notice_at": time("The `at` of the notice that it tells of"),
    "sent_at": time("When a provider sent it"),
    "delivered_at": time("When it came, as far as its provider knows"),
    "bounced_at": time("When it came back"),
    "given_up_at": time("When nothing more was tried"),
    "renewed_at": time("When an officer had it begun again"),
    "TryView.provider": Word("Which of the channel's providers, from 1 on", 1),
    "TryView.outcome": Word("What came of it", "accepted"),
}
