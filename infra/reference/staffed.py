"""What each name means in the API of an agency's staff."""

from typing import Final

from infra.reference.word import Word, day

OFFICER: Final = "3f1c9a5be0d74c2a8f6e0b9d7c5a1e24"

STAFFED: Final[dict[str, Word]] = {
    "absences": Word("Days on which they are absent, declared and not over"),
    "acted_for": Word("The absent officer whose deputy did it, by their record", OFFICER),
    "acts_as": Word("What they act as today by their own right", "reception"),
    "areas": Word("Agencies or areas that they serve; none named means all", "H01.10.24"),
    "certificate": Word("Signing certificate; null: none is recorded"),
    "ImportRow.certificate": Word("Serial number of their signing certificate", "5404FFFEB7033FB316D6"),
    "certificate_from": day("First day of the certificate"),
    "certificate_to": day("First day on which the certificate is no longer valid"),
    "confirmed": Word("Whether it is held; a proposal is not", example=False),
    "confirmed_by": Word("Who confirmed it: an administrator's record, or `operator`", OFFICER),
    "csv": Word("Text of a file whose first line names the columns", "subject,name,roles,valid_from\n"),
    "deputy": Word("Who does the work meanwhile, by their record; null: nobody", OFFICER),
    "grave": Word("Whether the deputy does dangerous acts too, as another administrator confirmed", example=False),
    "hand_over_to": Word("The colleague who takes over, by their record", OFFICER),
    "ImportRow.hand_over_to": Word("Subject of the colleague who takes over", "tran.thi.binh"),
    "ImportRow.roles": Word("Roles, separated by spaces", "reception scanning"),
    "ImportRow.kinds": Word("Kinds of tasks, separated by spaces; none named means all", "receive"),
    "ImportRow.areas": Word("Agencies or areas, separated by spaces; none named means all", "H01.10.24"),
    "ImportReport.rows": Word("What became of each row, joiners first"),
    "ImportOfficers.rows": Word("Rows with the columns of a file"),
    "kept": Word("Whether my agency's officers act as enrolled here, and not by their tokens", example=True),
    "kinds": Word("Kinds of tasks that they do; none named means all that their roles allow", "receive"),
    "left_on": day("First day on which they act no more; null: they stay"),
    "officer": Word("Record of an officer: a keyed hash of the subject of their tokens", OFFICER),
    "LedgerLine.officer": Word("Who acted for the agency", "Trần Văn Bảo"),
    "officers": Word("The officers of this page"),
    "on": day("First day on which they are there again, today or later"),
    "in_effect": Word("Whether officers of my agency act as enrolled here, and not by their tokens", example=True),
    "no_effect_vi": Word(
        "Why it has no effect, where it has none", "Chưa có hiệu lực: cơ quan chưa có người quản trị có mặt tại đây"
    ),
    "no_effect_en": Word("The same in English", "No effect for now: no administrator who is there is enrolled"),
    "OfficerView.id": Word("Record of the officer: a keyed hash of the subject of their tokens", OFFICER),
    "OfficerView.name": Word("Name of the officer", "Trần Văn Bảo"),
    "OfficerView.roles": Word("Roles with their days, proposed ones too"),
    "EnrolOfficer.name": Word("Name of the officer", "Trần Văn Bảo"),
    "EnrolOfficer.roles": Word("Roles with their days"),
    "ChangeOfficer.name": Word("Name of the officer; null: as it is", "Trần Văn Bảo"),
    "ChangeOfficer.roles": Word("All roles with their days, as they are to be; null: as they are"),
    "ImportRow.name": Word("Name of the officer", "Trần Văn Bảo"),
    "RowVerdict.place": Word("`/csv/<line>` or `/rows/<place>`", "/csv/2"),
    "RowVerdict.code": Word("Why it was refused; null: it was not", "already_enrolled"),
    "position": Word("Their position at the agency", "Công chức tư pháp - hộ tịch"),
    "proposed_by": Word("Who gave it: an administrator's record, or `operator`", OFFICER),
    "queues": Word("Queues with open tasks that nobody enrolled may do today"),
    "UnmannedQueue.kind": Word("Kind of the queue's tasks", "receive"),
    "UnmannedQueue.due_at": Word("When the task is due that is due first", "2026-11-26T23:59:59+07:00", "date-time"),
    "role": Word("What they act as", "reception"),
    "serial": Word("Serial number of the certificate", "5404FFFEB7033FB316D6"),
    "stands_in": Word("For whom they work while these are absent"),
    "StandInView.officer": Word("Who is absent, by their record", OFFICER),
    "subject": Word("`sub` of the tokens that their provider gives them", "tran.van.bao"),
    "verdict": Word("What became of it", "enrolled"),
    "waits": Word("Whether something waits for another administrator", example=False),
    **{
        f"{model}.{name}": day(text)
        for model in (
            "RoleBody", "RoleView", "CertificateBody", "CertificateView", "AbsenceView", "StandInView",
            "DeclareAbsence", "ImportRow",
        )
        for name, text in (
            ("valid_from", "First day"),
            ("valid_to", "First day on which it is no more; null: until further notice"),
        )
    },
}  # fmt: skip
