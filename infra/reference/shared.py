"""Words for what an owner shares of their vault."""

from typing import Final

from infra.reference.word import Word, time

GRANT: Final = "GR-7K3D9M2QW8XZ4T1B"

SHARED: Final[dict[str, Word]] = {
    "GrantList.grants": Word("What I share, and shared, by its names"),
    "GrantView.given_at": time("When it was given"),
    "GrantView.until": time("When it ends", "2027-01-31T17:00:00+07:00"),
    "GrantView.withdrawn_at": time("When its owner withdrew it; null: they did not"),
    "LinkView.given_at": time("When it was given"),
    "LinkView.until": time("When it ends", "2027-01-31T17:00:00+07:00"),
    "LinkView.withdrawn_at": time("When its owner withdrew it; null: they did not"),
    "PurposeList.purposes": Word("Each with its names and with whom it is offered"),
    "SharedDocument.until": time("When it ends", "2027-01-31T17:00:00+07:00"),
    "DocumentView.withdrawn_at": time("When its agency withdrew it; null: it stands"),
    "History.uses": Word("Each with paper, purpose, count, time and user"),
    "UseView.first_at": time("When it was first used on that day"),
    "UseView.last_at": time("When it was last used on that day"),
    "TakeoutList.takeouts": Word("The archives that I asked for, by their names"),
    "TakeoutView.asked_at": time("When it was asked for"),
    "TakeoutView.ends_at": time("When the archive is deleted; null: there is none"),
    "OpenedTakeout.takeout": Word("The archive, and how far it is"),
    "{takeout}": Word("`id` of a take-out", "TO-7K3D9M2QW8XZ4T1B"),
    "{grant}": Word("`id` of a grant", GRANT),
}
