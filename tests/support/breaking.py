"""Which functions `tests/journeys/test_ops.py` lets fail, by the step of its journey in which their work comes.

Every function that a rule or the clock calls is in one step; `tests/arch/test_delivery.py` says who is not.
"""

from typing import Final

BY_CLOCK: Final = {
    "EveryFiveMinutes": "onestop_sweep",
    "EveryFiveMinutesDeliveries": "delivery_sweep",
    "EveryMinute": "subscriptions_push",
    "EveryMinuteNotices": "delivery_notify",
    "EveryHourRequests": "identity_watch_requests",
    "EveryMinutePortal": "delivery_synchronise",
    "EveryMinuteIdApp": "delivery_integrate",
    "EveryHour": "submission_sweep_drafts",
    "EveryHourLetters": "outbox_replay",
    "EveryHourParked": "outbox_redrive",
    "EveryDay": "catalogue_export",
    "EveryDayBoards": "measures_make_boards",
    "EveryDayStamps": "messages_stamp_again",
    "EveryNight": "audit_sweep",
}
"""Schedule -> what it calls."""

STEPS: Final[dict[str, tuple[str, ...]]] = {
    "start": ("submission_hear_catalogue", "catalogue_make_list"),
    "clock": tuple(BY_CLOCK.values()),
    "people": ("submission_hear_people", "identity_end_mandates"),
    "upload": ("digitisation_take_in",),
    "submit": ("outbox_publish", "onestop_start_flow", "onestop_open_leg"),
    "digitise": (
        "digitisation_make_copy",
        "digitisation_await_step",
        "messages_sign_copy",
        "digitisation_take_back",
        "digitisation_read_copy",
        "digitisation_settle_component",
    ),
    "receive": ("messages_issue_paper",),
    "approve": (
        "onestop_report_leg",
        "onestop_decide",
        "messages_issue_paper",
        "onestop_record_result",
        "vault_store_result",
        "onestop_record_delivery",
    ),
    "return": ("catalogue_follow_dossier",),
    "take": ("vault_make_takeout",),
    "put": ("vault_keep_upload",),
    "watch": ("vault_watch_reads",),
    "report": ("measures_take_in",),
    "deliver": ("delivery_send", "delivery_drive", "delivery_await_destination"),
    "bundle": ("onestop_drive_bundle", "submission_start_child"),
}
"""Step -> whose work comes in it, and fails. `test_ops.py` then says with `mended(...)` who is found and taken up."""

FAILING: Final = frozenset(name for names in STEPS.values() for name in names)
