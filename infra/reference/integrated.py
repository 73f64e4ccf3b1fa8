"""The words of papers in the national ID app."""

from typing import Final

from infra.reference.word import Word, time

INTEGRATED: Final[dict[str, Word]] = {
    "{paper}": Word("The paper, by its name at the national ID app", "3d4067f422d64997"),
    "AppPaperView.id": Word("Name of the paper at the app", "3d4067f422d64997"),
    "AppPaperView.progress": Word("How far it is: `ended` is told no more", "integrated"),
    "AppPaperView.showing": Word("Whether its owner wants it shown", example=True),
    "AppPaperView.revision": Word("How often there was something to tell of it", 2),
    "AppPaperView.told_revision": Word("The newest revision that the app has; 0: none", 2),
    "AppPaperView.overdue": Word("Whether `integrate_by` passed and the app has it not", example=False),
    "AppPaperView.by_hand": Word("Whether an officer put it there by hand", example=False),
    "AppPaperView.attempts": Word("The last tries, in order"),
    "AppPaperView.why": Word(
        "Why it is parked or ended: refused, silent, unreachable, broken, holder_unknown; erased, kept_for_another, "
        "no_levels",
        "refused",
    ),
    "AppTryView.revision": Word("Which revision was told", 2),
    "AppTryView.outcome": Word("What came of it", "integrated"),
    "integrate_by": time("Until when the app has to have it, by the law of the day on which it came"),
    "integrated_at": time("When the app had the newest revision that it has"),
    "MyAppPapers.papers": Word("My papers that the app is told of"),
    "TroubledAppPapers.papers": Word("Those that are late or parked, first those that wait longest"),
}
