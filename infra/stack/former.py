"""Names that functions had before."""

from typing import Final

FORMER: Final = {
    "bearer": "identity_authorize",
    "catalogue_followed": "catalogue_follow_dossier",
    "catalogue_listed": "catalogue_make_list",
    "catalogue_published": "submission_hear_catalogue",
    "component_converted": "digitisation_settle_component",
    "copy": "digitisation_make_copy",
    "decide": "onestop_decide",
    "deliver": "vault_store_result",
    "intake": "digitisation_take_in",
    "issue": "messages_issue_paper",
    "open_leg": "onestop_open_leg",
    "outbox": "outbox_publish",
    "read": "digitisation_read_copy",
    "report_leg": "onestop_report_leg",
    "result_signed": "onestop_record_result",
    "result_stored": "onestop_record_delivery",
    "sign": "messages_sign_copy",
    "start": "onestop_start_flow",
    "sweep": "onestop_sweep",
}
"""What functions were called once: in an older data folder and in dead letters, work may wait for these names."""
