"""The words of the national portal's synchronisation."""

from typing import Final

from infra.reference.word import Word, time

SYNCHRONISED: Final[dict[str, Word]] = {
    "SynchronisationView.progress": Word("How far it is: `none` where the portal is told of nothing", "synchronised"),
    "SynchronisationView.portal_code": Word("Under which code the portal knows it", "H01.10.24-20261125-0000001"),
    "SynchronisationView.told_step": Word("The newest step that the portal has, by its number in the timeline", 5),
    "SynchronisationView.newest_step": Word("The newest step that there is", 5),
    "SynchronisationView.doubtful_step": Word("The step of which nobody knows whether the portal has it", 6),
    "AskRedelivery.has_step": Word(
        "Whether the portal has `doubtful_step`, as you found there; null: unsaid", example=False
    ),
    "SynchronisationView.attempts": Word("The last tries, in order"),
    "SynchronisationView.why": Word("Why it was parked or ended: refused, unreachable, broken, erased", "refused"),
    "SynchronisationView.error_code": Word("The error code of the portal, where it refused", "99"),
    "synchronisations": Word("Those that wait longest first"),
    "waits_since": time("Since when a step waits to be told"),
    "synchronised_at": time("When the portal had been told of everything"),
    "PortalTryView.step": Word("The step that the try came to; 0 before the first", 5),
    "PortalTryView.outcome": Word("What came of it", "told"),
}
