"""Rights that no call of a common dossier shows, each under the reason why it is needed.

The demo's other half, a paper result that is shared, shows some of them, when it comes to that.
"""

from collections.abc import Mapping
from typing import Final

from infra.stack.resources import TABLES
from infra.stack.unasked import SEALED, UNASKED

_SENDS: Final = ("delivery_send", "delivery_sweep")
_SHOWS: Final = ("delivery_drive", "delivery_sweep")
_PUT: Final = ("PutItem", "UpdateItem")
_KEPT: Final = ("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem")

UNSEEN: Final[Mapping[str, tuple[str, ...]]] = {
    "a draft that nobody changed for a month": (
        *(
            f"submission_sweep_drafts dynamodb:{name} Dossiers"
            for name in ("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem")
        ),
        "submission_sweep_drafts dynamodb:UpdateItem Sealing",
        "submission_sweep_drafts s3:DeleteObjectVersion IntakeBucket/uploads/*",
        "submission_sweep_drafts s3:ListBucketVersions IntakeBucket",
    ),
    "in a common dossier the vault alone has the result": (
        *(
            f"delivery_api {right}"
            for right in (
                "dynamodb:ConditionCheckItem Identity",
                "dynamodb:GetItem Dossiers",
                "dynamodb:PutItem Dossiers",
                "dynamodb:Query Dossiers",
                "dynamodb:UpdateItem Dossiers",
                "dynamodb:UpdateItem Sealing",
                "kms:GenerateDataKey SealingKey",
                *SEALED,
            )
        ),
        *(
            f"{name} {right}"
            for name in _SENDS
            for right in (
                "dynamodb:GetItem Dossiers",
                "dynamodb:GetItem Ledgers",
                "dynamodb:PutItem Dossiers",
                "dynamodb:PutItem Ledgers",
                "dynamodb:Query Dossiers",
                "dynamodb:UpdateItem Dossiers",
                "dynamodb:UpdateItem Ledgers",
                "s3:GetObjectVersion MessagesBucket/papers/*",
                "s3:GetObjectVersion MessagesBucket/results/*",
                *SEALED,
            )
        ),
        "onestop_record_delivery dynamodb:Query Dossiers",
        *(
            f"{name} {right}"
            for name in ("delivery_drive", "delivery_await_destination")
            for right in (
                "dynamodb:DeleteItem Dossiers",
                "dynamodb:GetItem Dossiers",
                "dynamodb:Query Dossiers",
                "states:SendTaskSuccess",
            )
        ),
        *(f"{name} states:{right}" for name in _SHOWS for right in ("DescribeExecution", "StartExecution")),
        "delivery_await_destination dynamodb:PutItem Dossiers",
    ),
    **UNASKED,
    "the dossier of the demo takes its paper out of a vault, and uploads none": (
        *(f"{name} s3:GetObjectVersion IntakeBucket/uploads/*" for name in ("audit_sweep", "digitisation_take_in")),
        "submission_api kms:GenerateDataKey SealingKey",
    ),
    "in a common dossier nobody acts for another and no officer is enrolled": (
        "audit_sweep dynamodb:Query Identity",
        "identity_end_mandates dynamodb:BatchGetItem Identity",
        "identity_end_mandates dynamodb:GetItem Identity",
        "identity_end_mandates dynamodb:PutItem Identity",
        "identity_end_mandates dynamodb:Query Identity/index/listed",
        "identity_end_mandates dynamodb:UpdateItem Identity",
        "messages_api dynamodb:GetItem Dossiers",
        "onestop_record_result dynamodb:GetItem Dossiers",
        "submit_api dynamodb:ConditionCheckItem Identity",
        "submission_api dynamodb:ConditionCheckItem Identity",
        *(f"people_api dynamodb:{name} Identity" for name in _KEPT),
        *(f"people_api dynamodb:{name} Ledgers" for name in ("GetItem", "PutItem", "UpdateItem")),
        *(f"people_api dynamodb:{name} Sealing" for name in ("BatchGetItem", "GetItem", "UpdateItem")),
        "people_api kms:Decrypt SealingKey",
        "people_api kms:GenerateDataKey SealingKey",
        *(f"people_api dynamodb:{right}" for right in ("GetItem Dossiers", "PutItem Dossiers", "Query Messages")),
        *(f"people_api s3:{name} IntakeBucket/evidence/*" for name in ("GetObject", "GetObjectVersion", "PutObject")),
        "people_api s3:ListBucket IntakeBucket",
    ),
    "in a common dossier nobody reuses, shares, withdraws or looks for a document of a vault": (
        "submission_api dynamodb:ConditionCheckItem Vaults",
        "submission_api dynamodb:DeleteItem Dossiers",
        *(f"submission_api dynamodb:{name} Ledgers" for name in ("GetItem", "PutItem", "UpdateItem")),
        "submit_api dynamodb:ConditionCheckItem Vaults",
        "onestop_api s3:GetObjectVersion MessagesBucket/papers/*",
        *(f"submission_hear_people dynamodb:{name} Dossiers" for name in ("DeleteItem", "GetItem", "PutItem", "Query")),
        *(f"vault_api dynamodb:{name} Vaults" for name in ("BatchGetItem", "ConditionCheckItem", *_PUT)),
        *(f"vault_api dynamodb:Query Vaults/index/{name}" for name in ("issued", "numbers")),
        "vault_api dynamodb:GetItem Dossiers",
        "vault_api dynamodb:Query Dossiers",
        "vault_api s3:GetObjectVersion MessagesBucket/papers/*",
        "vault_api s3:GetObjectVersion MessagesBucket/takeouts/*",
        "vault_store_result dynamodb:Query Vaults/index/keepers",
    ),
    "in a common dossier no officer reads unusually much": ("vault_watch_reads dynamodb:PutItem Vaults",),
    "in a common dossier nobody puts anything of their own into their vault": (
        "vault_api dynamodb:DeleteItem Vaults",
        *(f"vault_api s3:{name} IntakeBucket/vaults/*" for name in ("GetObjectVersion", "PutObject")),
        "vault_api kms:GenerateDataKey PapersKey",
        *(f"vault_keep_upload dynamodb:{name} Vaults" for name in ("GetItem", "PutItem", "UpdateItem")),
        "vault_keep_upload s3:DeleteObjectVersion IntakeBucket/vaults/*",
        "digitisation_take_in s3:GetObjectVersion IntakeBucket/vaults/*",
        "audit_sweep s3:GetObjectVersion IntakeBucket/vaults/*",
    ),
    "in a common dossier one agency settles, and nobody looks at the draft of a result": (
        "onestop_api s3:GetObjectVersion MessagesBucket/previews/*",
        *(f"onestop_open_leg dynamodb:{name} Dossiers" for name in ("GetItem", "PutItem", "Query")),
    ),
    "in a common dossier nobody claims a task, looks for one by procedure or name, or leaves": (
        "onestop_api dynamodb:DeleteItem Dossiers",
        "onestop_api dynamodb:Query Dossiers/index/sought",
        "onestop_sweep dynamodb:DeleteItem Dossiers",
    ),
    "in a common dossier no agency takes back whom it named as its successor": (
        "submission_hear_catalogue dynamodb:DeleteItem Dossiers",
    ),
    "in a common dossier no bundle is filed": (
        "onestop_api s3:GetObjectVersion MessagesBucket/results/*",
        "onestop_open_leg dynamodb:GetItem Dossiers",
        "onestop_open_leg dynamodb:PutItem Dossiers",
        "onestop_drive_bundle dynamodb:GetItem Dossiers",
        "onestop_drive_bundle dynamodb:GetItem Sealing",
        "onestop_drive_bundle dynamodb:PutItem Dossiers",
        "onestop_drive_bundle dynamodb:Query Dossiers",
        "onestop_drive_bundle dynamodb:UpdateItem Dossiers",
        "onestop_drive_bundle dynamodb:UpdateItem Sealing",
        "onestop_drive_bundle kms:Decrypt SealingKey",
        "onestop_drive_bundle kms:GenerateDataKey SealingKey",
        "onestop_drive_bundle s3:GetObject MessagesBucket/signers/agencies/*",
        "onestop_drive_bundle s3:ListBucket MessagesBucket",
        "onestop_drive_bundle states:StartExecution",
        "submission_start_child dynamodb:ConditionCheckItem Catalogue",
        "submission_start_child dynamodb:GetItem Dossiers",
        "submission_start_child dynamodb:GetItem Sealing",
        "submission_start_child dynamodb:PutItem Dossiers",
        "submission_start_child dynamodb:Query Dossiers",
        "submission_start_child dynamodb:UpdateItem Dossiers",
        "submission_start_child dynamodb:UpdateItem Sealing",
        "submission_start_child kms:Decrypt SealingKey",
        "submission_start_child kms:GenerateDataKey SealingKey",
    ),
    "in a common dossier no agency keeps its staff here, and no officer reads a paper": (
        "messages_api dynamodb:Query Dossiers",
        "onestop_api dynamodb:ConditionCheckItem Identity",
        "submission_hear_people dynamodb:PutItem Dossiers",
        "people_api dynamodb:BatchGetItem Identity",
        "people_api dynamodb:BatchGetItem Sealing",
        "people_api dynamodb:ConditionCheckItem Identity",
        "people_api dynamodb:GetItem Identity",
        "people_api dynamodb:GetItem Sealing",
        "people_api dynamodb:PutItem Identity",
        "people_api dynamodb:Query Dossiers",
        "people_api dynamodb:Query Dossiers/index/worklist",
        "people_api dynamodb:Query Identity/index/listed",
        "people_api dynamodb:UpdateItem Identity",
        "people_api dynamodb:UpdateItem Sealing",
        "people_api kms:Decrypt SealingKey",
        "people_api kms:GenerateDataKey SealingKey",
    ),
    "in a common dossier nothing comes on paper": ("onestop_api dynamodb:ConditionCheckItem Catalogue",),
    "the embedded cloud encrypts nothing": (
        "audit_sweep kms:GenerateDataKey PapersKey",
        "catalogue_load kms:GenerateDataKey PapersKey",
        "people_api kms:Decrypt PapersKey",
        "people_api kms:GenerateDataKey PapersKey",
        "catalogue_make_list kms:GenerateDataKey PapersKey",
        "catalogue_export kms:GenerateDataKey PapersKey",
        "digitisation_make_copy kms:GenerateDataKey PapersKey",
        "outbox_publish kms:GenerateDataKey PapersKey",
        "outbox_replay kms:GenerateDataKey PapersKey",
        "digitisation_read_copy kms:GenerateDataKey PapersKey",
        "messages_issue_paper kms:GenerateDataKey PapersKey",
        "messages_sign_copy kms:GenerateDataKey PapersKey",
        "submission_api kms:GenerateDataKey PapersKey",
    ),
    "in a common dossier no portal asks for anybody": (
        "people_api dynamodb:GetItem Ledgers",
        "people_api dynamodb:PutItem Ledgers",
        "people_api dynamodb:UpdateItem Ledgers",
    ),
    "the keys of the embedded cloud are files": (
        "people_api kms:GetPublicKey",
        "people_api kms:GetPublicKey TokenKey",
        "people_api kms:Sign",
        "people_api kms:Sign TokenKey",
        "audit_sweep kms:GenerateMac AnchorKey",
        "messages_issue_paper kms:Sign",
        "messages_issue_paper s3:GetObject MessagesBucket/signers/agencies/*",
        "messages_issue_paper s3:GetObject MessagesBucket/signers/officers/*",
        "messages_sign_copy kms:Sign",
        "messages_sign_copy s3:GetObject MessagesBucket/signers/agencies/*",
        "messages_sign_copy s3:GetObject MessagesBucket/signers/officers/*",
    ),
    "a dossier of a release that had one key for all gets its own when something of it is sealed": (
        "digitisation_api dynamodb:UpdateItem Sealing",
        "digitisation_api kms:GenerateDataKey SealingKey",
        "digitisation_read_copy dynamodb:UpdateItem Sealing",
        "digitisation_read_copy kms:GenerateDataKey SealingKey",
        "messages_issue_paper dynamodb:UpdateItem Sealing",
        "messages_issue_paper kms:GenerateDataKey SealingKey",
        "onestop_api dynamodb:UpdateItem Sealing",
        "onestop_api kms:GenerateDataKey SealingKey",
        "onestop_decide dynamodb:UpdateItem Sealing",
        "onestop_decide kms:GenerateDataKey SealingKey",
        "onestop_report_leg dynamodb:UpdateItem Sealing",
        "onestop_report_leg kms:GenerateDataKey SealingKey",
    ),
    "in a common dossier no agency erases the words of a petition": (
        "people_api s3:GetObject MessagesBucket/erasures/PK-*",
        "people_api s3:GetObjectVersion MessagesBucket/erasures/PK-*",
        "people_api s3:ListBucket MessagesBucket",
        "people_api s3:PutObject MessagesBucket/erasures/PK-*",
    ),
    "in a common dossier nobody takes a public answer back": ("people_api s3:PutObject MessagesBucket/retractions/*",),
    "the entry of an erased dossier on the list of erasures": (
        "audit_sweep s3:GetObjectVersion MessagesBucket/erasures/*",
    ),
    "Lambda reads a stream with the rights of its function": tuple(
        f"outbox_publish dynamodb:{name} {table}"
        for name in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
        for table in TABLES
    ),
    "no stream of a demo gives anything up": (
        "outbox_publish s3:ListBucket LettersBucket",
        "outbox_publish s3:PutObject LettersBucket/aws/lambda/*",
        "outbox_replay dynamodb:UpdateItem Anchors",
        "outbox_replay events:PutEvents",
        "outbox_replay s3:DeleteObject LettersBucket/aws/lambda/*",
        "outbox_replay s3:GetObject LettersBucket/aws/lambda/*",
        "outbox_replay s3:PutObject LettersBucket/aws/lambda/*",
    ),
    "no work of a demo is given up": (
        "outbox_redrive lambda:InvokeFunction",
        "outbox_redrive sqs:ChangeMessageVisibility",
        "outbox_redrive sqs:DeleteMessage",
        "outbox_redrive sqs:SendMessage",
    ),
    "whoever follows a link or posts a form acts with the rights of the function that signed it": (
        "digitisation_api s3:GetObjectVersion IntakeBucket/drops/*",
        "digitisation_api s3:PutObject IntakeBucket/drops/*",
        "messages_api s3:GetObjectVersion MessagesBucket/forms/*",
        "messages_api s3:GetObjectVersion MessagesBucket/papers/*",
        "messages_api s3:GetObjectVersion MessagesBucket/receipts/*",
        "messages_api s3:GetObjectVersion MessagesBucket/results/*",
        "onestop_api s3:GetObjectVersion IntakeBucket/drops/*",
        "onestop_api s3:GetObjectVersion IntakeBucket/uploads/*",
        "submission_api s3:PutObject IntakeBucket/uploads/*",
        "vault_api s3:GetObjectVersion MessagesBucket/results/*",
    ),
    "its keepers change the catalogue, search reads its list, national records are imported: no dossier does": (
        "catalogue_api dynamodb:DeleteItem Catalogue",
        "catalogue_api dynamodb:BatchGetItem Catalogue",
        "catalogue_api dynamodb:ConditionCheckItem Catalogue",
        "catalogue_api dynamodb:PutItem Catalogue",
        "catalogue_api dynamodb:UpdateItem Catalogue",
        *(f"catalogue_api dynamodb:{name} Dossiers" for name in ("GetItem", "Query")),
        "catalogue_api s3:GetObject ExportsBucket/catalogue/*",
        "catalogue_import dynamodb:DeleteItem Catalogue",
        "catalogue_import dynamodb:ConditionCheckItem Catalogue",
        "catalogue_import dynamodb:GetItem Catalogue",
        *(f"catalogue_load dynamodb:{name} Catalogue" for name in ("ConditionCheckItem", "DeleteItem")),
        "catalogue_import dynamodb:PutItem Catalogue",
        "catalogue_import dynamodb:UpdateItem Catalogue",
    ),
    "a dossier asked for by its code, and a list of one's own": (
        "digitisation_take_in dynamodb:GetItem Dossiers",
        "onestop_api dynamodb:GetItem Dossiers",
        "onestop_api dynamodb:Query Dossiers/index/mine",
    ),
    "a paper of which no copy can be made, or that cannot be read": (
        "digitisation_make_copy dynamodb:PutItem Dossiers",
        "digitisation_make_copy dynamodb:UpdateItem Dossiers",
        "digitisation_make_copy dynamodb:UpdateItem Messages",
        "digitisation_read_copy dynamodb:PutItem Dossiers",
        "digitisation_read_copy dynamodb:UpdateItem Dossiers",
    ),
    "in a common dossier nobody asks what a file is by its hash": (
        "messages_api dynamodb:Query Messages/index/worklist",
    ),
    "in a common dossier nobody has a control slip or a register printed": (
        "messages_api dynamodb:PutItem Messages",
        "messages_issue_paper dynamodb:BatchGetItem Dossiers",
    ),
    "in a common dossier nothing is supplemented, refused, stopped or late": (
        "audit_sweep s3:GetObjectVersion MessagesBucket/forms/*",
        "messages_issue_paper s3:PutObject MessagesBucket/forms/*",
    ),
    "a dossier that is supplemented, and one that nobody supplemented in time": (
        "onestop_api s3:GetObject IntakeBucket/uploads/*",
        "onestop_api s3:ListBucket IntakeBucket",
        "onestop_sweep dynamodb:GetItem Sealing",
        "onestop_sweep dynamodb:UpdateItem Sealing",
        "onestop_sweep kms:Decrypt SealingKey",
        "onestop_sweep kms:GenerateDataKey SealingKey",
    ),
    "a stage that locks what it signs": (
        "audit_sweep s3:PutObjectRetention MessagesBucket/heads/*",
        "messages_issue_paper s3:PutObjectRetention MessagesBucket/forms/*",
        "messages_issue_paper s3:PutObjectRetention MessagesBucket/receipts/*",
        "messages_issue_paper s3:PutObjectRetention MessagesBucket/results/*",
    ),
    "a signed paper whose last timestamp ends, or that its agency withdraws": (
        *(f"messages_api dynamodb:{action} Messages" for action in ("DeleteItem", "Query", "UpdateItem")),
        "messages_stamp_again dynamodb:ConditionCheckItem Messages",
        "messages_stamp_again dynamodb:DeleteItem Messages",
        "messages_stamp_again dynamodb:GetItem Messages",
        "messages_stamp_again dynamodb:PutItem Messages",
        "messages_stamp_again dynamodb:UpdateItem Messages",
        "messages_stamp_again kms:GenerateDataKey PapersKey",
        *(
            f"messages_stamp_again s3:{action} MessagesBucket/{place}/*"
            for place in ("papers", "receipts", "results", "forms")
            for action in ("GetObjectVersion", "PutObject")
        ),
        *(
            f"messages_stamp_again s3:PutObjectRetention MessagesBucket/{place}/*"
            for place in ("receipts", "results", "forms")
        ),
    ),
    "the print view of a signed document": tuple(
        f"messages_issue_paper s3:GetObjectVersion MessagesBucket/{place}/*"
        for place in ("papers", "receipts", "results", "forms")
    ),
    "a deployed stage has its roots and certificates in the bucket, a local one in files": (
        "messages_issue_paper s3:GetObject MessagesBucket/roots/*",
        "messages_sign_copy s3:GetObject MessagesBucket/roots/*",
        "messages_stamp_again s3:GetObject MessagesBucket/roots/*",
        "messages_stamp_again s3:GetObject MessagesBucket/signers/*",
        "messages_stamp_again s3:ListBucket MessagesBucket",
    ),
    "nobody to sign what was ordered": (
        "digitisation_api s3:ListBucket MessagesBucket",
        "onestop_api s3:ListBucket MessagesBucket",
        "digitisation_take_back dynamodb:GetItem Messages",
        "digitisation_take_back dynamodb:PutItem Messages",
        "digitisation_take_back dynamodb:UpdateItem Messages",
        "messages_sign_copy dynamodb:UpdateItem Messages",
    ),
    "an officer who opens a dossier or one of its files leaves a line": (
        "onestop_api dynamodb:GetItem Ledgers",
        "onestop_api dynamodb:PutItem Ledgers",
        "onestop_api dynamodb:UpdateItem Ledgers",
    ),
    "an officer who looks at a paper, sorts it, takes it out, or has a scanner drop it without this demo": (
        "digitisation_api dynamodb:PutItem Dossiers",
        "digitisation_api dynamodb:UpdateItem Dossiers",
        "digitisation_api dynamodb:GetItem Dossiers",
        "digitisation_api s3:DeleteObjectVersion IntakeBucket/drops/*",
        "digitisation_api s3:DeleteObjectVersion MessagesBucket/papers/*",
        "digitisation_api s3:ListBucketVersions MessagesBucket",
        "digitisation_api kms:GenerateDataKey PapersKey",
    ),
    "no archive of former years comes in this demo": (
        "digitisation_api s3:PutObject MessagesBucket/papers/*",
        "digitisation_take_in s3:GetObjectVersion MessagesBucket/papers/*",
        "vault_api s3:GetObjectVersion MessagesBucket/papers/*",
    ),
    "rare: a signed file or several papers in one scan dropped, a drop refused or secret, a file not checked yet,"
    " a task overdue, a second result, a result that no paper can say, a leg done early or when its flow was gone, a"
    " flow that ended badly": (
        "digitisation_take_in kms:GenerateDataKey PapersKey",
        "digitisation_take_in s3:PutObject IntakeBucket/drops/*/.parts/*",
        "digitisation_take_in s3:ListBucketVersions IntakeBucket",
        "digitisation_take_in dynamodb:UpdateItem Messages",
        "digitisation_take_in s3:GetObject MessagesBucket/trust/*",
        "digitisation_take_in s3:ListBucket MessagesBucket",
        "digitisation_take_in s3:DeleteObjectVersion IntakeBucket/drops/*",
        "digitisation_take_in s3:DeleteObjectVersion IntakeBucket/uploads/*",
        "onestop_open_leg states:SendTaskSuccess",
        "digitisation_await_step states:SendTaskSuccess",
        "submit_api s3:GetObject IntakeBucket/uploads/*",
        "submit_api s3:ListBucket IntakeBucket",
        "onestop_sweep dynamodb:PutItem Dossiers",
        "onestop_sweep dynamodb:UpdateItem Dossiers",
        "onestop_sweep states:DescribeExecution",
        "onestop_sweep states:StartExecution",
        "onestop_report_leg dynamodb:GetItem Sealing",
        "onestop_report_leg kms:Decrypt SealingKey",
        "onestop_report_leg dynamodb:PutItem Dossiers",
        "onestop_report_leg dynamodb:UpdateItem Dossiers",
        "messages_issue_paper dynamodb:UpdateItem Messages",
    ),
}
