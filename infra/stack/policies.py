"""What each function may do, and nothing else: one table, from which `.chalice/policy-<function>.json` are written.

Derived from what the stores call (`chalicelib/*/store.py`): a transaction asks for the right of each of its operations,
a condition inside Put or Update asks for nothing more, a read of a named version is `GetObjectVersion`. The calls that
a whole dossier makes on the embedded cloud are held against this table (`tests/infra/test_compose.py`).
"""

from typing import Any, Final

from chalicelib.digitisation.arrivals import PARTS
from infra.stack.grants import (
    Grant,
    absent,
    exchanging,
    items,
    key,
    listing,
    objects,
    only_under,
    papers,
    registered,
    signing,
    streams,
    under_prefix,
)
from infra.stack.recurring import (
    CHAINS,
    CHANGE,
    DELIVERS,
    ERASURES,
    EVIDENCE,
    FIGURES,
    FOLLOWS,
    INTEGRATES,
    MAKES_LISTS,
    NOTIFIES,
    PUBLISHES,
    RETRACTIONS,
    SEALS,
    SHOWS,
    START,
    TAKES_FIGURES,
    TAKES_UP,
    TELL,
    TELL_PAPERS,
    TELLS_ENDS,
    UNSEALS,
    executions,
)
from infra.stack.resources import ANCHOR_KEY, APP, HEARING, TABLES, alias, arn, logical, parked, ref, work

TRACES: Final = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")
UNSCOPED: Final = frozenset({*TRACES, "sns:Publish"})
"""Actions that AWS gives no resource: the only ones that may stand beside `*`."""
NEEDS: Final[dict[str, tuple[Grant, ...]]] = {
    "catalogue_api": (
        only_under(("CHANGES", "OUTAGES", "PLANNED#*", "RECORDS#*", "WAITING#*"), items("Catalogue", "DeleteItem")),
        items("Catalogue", "GetItem", "BatchGetItem", "Query", *CHANGE),
        only_under(("DESK#*", "STAFF#*"), items("Dossiers", "GetItem", "Query")),  # as whom an officer acts today
        *FOLLOWS,
        objects("ExportsBucket", "GetObject", "catalogue"),
    ),
    "submission_api": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        *(items(table, "ConditionCheckItem") for table in ("Identity", "Vaults")),  # whether a document may be reused
        items("Ledgers", "GetItem", *CHANGE),
        items("Dossiers", "DeleteItem"),  # a reference in whose place another one comes
        objects("IntakeBucket", "PutObject", "uploads"),  # whoever posts a presigned form acts with our rights
        papers("GenerateDataKey"),
        *SEALS,
    ),
    "submit_api": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        items("Catalogue", "ConditionCheckItem"),
        items("Identity", "ConditionCheckItem"),
        items("Vaults", "ConditionCheckItem"),  # whether a document may be reused
        objects("IntakeBucket", "GetObject", "uploads"),  # HEAD
        absent("IntakeBucket", "uploads"),
    ),
    "onestop_api": (
        items("Dossiers", "GetItem", "BatchGetItem", "Query", *CHANGE),
        only_under(("CLAIMED#*",), items("Dossiers", "DeleteItem")),  # what an officer gives back or has done
        listing("Dossiers", "worklist", "sought", "mine"),
        items("Catalogue", "ConditionCheckItem"),
        items("Identity", "ConditionCheckItem"),
        items("Ledgers", "GetItem", *CHANGE),
        objects("IntakeBucket", "GetObjectVersion", "uploads", "drops"),
        objects("IntakeBucket", "GetObject", "uploads"),  # HEAD
        absent("IntakeBucket", "uploads"),
        *registered("agencies"),
        *registered("officers"),
        objects("MessagesBucket", "GetObject", "previews"),  # HEAD
        objects("MessagesBucket", "GetObjectVersion", "previews"),
        absent("MessagesBucket", "previews"),
        objects("MessagesBucket", "GetObjectVersion", "results", "papers"),  # what a child takes, or a reuse
        items("Sealing", "BatchGetItem"),
        *SEALS,
    ),
    "digitisation_api": (
        items("Messages", "GetItem", "BatchGetItem", "Query", *CHANGE),
        items("Dossiers", "GetItem", "Query", *CHANGE),
        items("Ledgers", "GetItem", *CHANGE),
        objects("IntakeBucket", "GetObjectVersion", "drops"),
        objects("IntakeBucket", "PutObject", "drops"),  # whoever posts a presigned form acts with our rights
        objects("IntakeBucket", "DeleteObjectVersion", "drops"),  # a paper secret under law does not stay
        papers("GenerateDataKey"),
        objects("MessagesBucket", "GetObjectVersion", "papers"),
        objects("MessagesBucket", "PutObject", "papers"),  # index sheets
        objects("MessagesBucket", "DeleteObjectVersion", "papers"),
        under_prefix("ListBucketVersions", "MessagesBucket", "papers"),
        listing("Messages", "worklist"),
        *registered("officers"),
        *SEALS,
    ),
    "messages_api": (
        items("Dossiers", "GetItem", "Query"),
        items("Messages", "GetItem", "Query", *CHANGE),
        only_under(("WITHDRAWALS#*",), items("Messages", "DeleteItem")),  # what waits for a second leader no more
        listing("Messages", "worklist"),
        items("Ledgers", "GetItem", *CHANGE),
        objects("MessagesBucket", "GetObjectVersion", "papers", "receipts", "results", "forms"),
    ),
    "vault_api": (
        items("Vaults", "GetItem", "BatchGetItem", "Query", "ConditionCheckItem", *CHANGE),
        items("Dossiers", "GetItem", "Query"),  # as whom an officer acts today
        listing("Vaults", "numbers", "issued"),
        items("Ledgers", "GetItem", "Query", *CHANGE),
        objects("MessagesBucket", "GetObjectVersion", "results", "papers", "takeouts"),
        only_under(("OWNER#*",), items("Vaults", "DeleteItem")),  # what an owner uploaded and erases
        objects("IntakeBucket", "GetObjectVersion", "vaults"),
        objects("IntakeBucket", "PutObject", "vaults"),  # whoever posts a presigned form acts with our rights
        papers("GenerateDataKey"),
    ),
    "subscriptions_api": (
        items("Subscriptions", "GetItem", "BatchGetItem", "Query", *CHANGE),
        only_under(("PUSHED", "SUBSCRIBER#*"), items("Subscriptions", "DeleteItem")),  # what its owner ends
        items("Dossiers", "GetItem", "BatchGetItem", "Query"),
    ),
    "measures_api": FIGURES,
    "measures_take_in": TAKES_FIGURES,
    "measures_make_boards": (
        items("Measures", "GetItem", "Query"),
        only_under(("BOARD#*",), items("Measures", "PutItem")),
    ),
    "delivery_api": (
        items("Dossiers", "GetItem", "BatchGetItem", "Query", *CHANGE),
        *(listing("Dossiers", name) for name in ("worklist", "sought")),
        items("Identity", "ConditionCheckItem"),  # whether an organisation's account is open
        *SEALS,
    ),
    "people_api": (
        *exchanging(),
        items("Ledgers", "GetItem", *CHANGE),
        # a number that is another's, what ended, a public answer that is taken back
        only_under(("ALIAS#*", "DATAREQUEST#*", "PETITION#*", "PETITIONSPUBLIC#*"), items("Identity", "DeleteItem")),
        items("Identity", "GetItem", "BatchGetItem", "Query", "ConditionCheckItem", *CHANGE),
        listing("Identity", "listed"),
        items("Dossiers", "GetItem", "BatchGetItem", "Query"),
        only_under(("JOINED#*",), items("Dossiers", "PutItem")),  # to which organisation somebody is tied
        listing("Dossiers", "worklist"),
        only_under(("PAPER#*",), items("Messages", "Query")),  # who signed a paper of a dossier, or looked at it
        *EVIDENCE,
        *ERASURES,
        RETRACTIONS,
        papers("Decrypt", "GenerateDataKey"),
        items("Sealing", "BatchGetItem"),
        *SEALS,
    ),
    "identity_authorize": (),
    "outbox_publish": (
        *PUBLISHES,
        streams(*TABLES),
        # Lambda writes what it gives up with the rights of the function, and asks whether it may list the bucket.
        objects("LettersBucket", "PutObject", "aws/lambda"),
        Grant(("s3:ListBucket",), (arn("LettersBucket"),)),
        papers("GenerateDataKey"),
    ),
    "outbox_replay": (
        *PUBLISHES,
        absent("LettersBucket", "aws/lambda"),
        *(objects("LettersBucket", name, "aws/lambda") for name in ("GetObject", "PutObject", "DeleteObject")),
        papers("GenerateDataKey"),
    ),
    # It reads no message of work, and sends to no queue but that of the worker that gave the message up.
    "outbox_redrive": (
        Grant(
            ("sqs:GetQueueUrl", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"),
            tuple(arn(parked(name)) for name in HEARING),
        ),
        Grant(("sqs:GetQueueUrl", "sqs:SendMessage"), tuple(arn(work(name)) for name in HEARING)),
        Grant(("lambda:InvokeFunction",), tuple(ref(alias(name)) for name in HEARING)),
    ),
    "catalogue_load": (
        *FOLLOWS,
        items("Catalogue", "GetItem", "Query", *CHANGE),
        objects("ExportsBucket", "PutObject", "catalogue"),
        papers("GenerateDataKey"),
    ),
    "catalogue_import": (
        only_under(("RECORDS#*",), items("Catalogue", "DeleteItem")),
        *FOLLOWS,
        items("Catalogue", "GetItem", *CHANGE),
    ),
    "catalogue_make_list": MAKES_LISTS,
    "catalogue_export": MAKES_LISTS,
    "catalogue_follow_dossier": (items("Catalogue", "GetItem", "DeleteItem", *CHANGE),),
    "identity_watch_requests": (
        items("Identity", "GetItem", *CHANGE),
        only_under(("DATAREQUEST#*", "PETITION#*"), items("Identity", "DeleteItem")),  # what was told is due no more
        listing("Identity", "listed"),
    ),
    "identity_end_mandates": (items("Identity", "GetItem", "BatchGetItem", *CHANGE), listing("Identity", "listed")),
    "submission_hear_people": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        items("Dossiers", "DeleteItem"),  # of a draft, a component whose document was withdrawn
    ),
    "submission_hear_catalogue": (
        items("Dossiers", "GetItem", *CHANGE),
        only_under(("DESK#*",), items("Dossiers", "DeleteItem")),  # of whom an agency names its successor no more
    ),
    # What it deletes of tables and files is a draft's: no event and no file of another place. It unwraps no key.
    "submission_sweep_drafts": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        only_under(("MC-*",), items("Dossiers", "DeleteItem")),
        only_under(("MC-*",), items("Sealing", "UpdateItem")),
        listing("Dossiers", "expiring"),
        under_prefix("ListBucketVersions", "IntakeBucket", "uploads"),
        objects("IntakeBucket", "DeleteObjectVersion", "uploads"),
    ),
    "onestop_start_flow": (START,),
    "onestop_open_leg": (items("Dossiers", "GetItem", "Query", *CHANGE), TELL),
    "onestop_drive_bundle": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        *registered("agencies"),
        START,
        *SEALS,
    ),
    # It proves in its own transaction that the child's procedure is in force, as a submission does.
    "submission_start_child": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        items("Catalogue", "ConditionCheckItem"),
        *SEALS,
    ),
    "onestop_decide": (items("Dossiers", "GetItem", "Query", *CHANGE), *SEALS),
    "onestop_report_leg": (items("Dossiers", "GetItem", "Query", *CHANGE), TELL, *SEALS),
    "onestop_record_result": (items("Dossiers", "GetItem", "Query", *CHANGE),),
    "onestop_record_delivery": (items("Dossiers", "GetItem", "Query", *CHANGE),),
    "onestop_sweep": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        only_under(("CLAIMED#*", "LEAVING"), items("Dossiers", "DeleteItem")),  # what was handed over
        listing("Dossiers", "worklist"),
        Grant(("states:ListExecutions",), (ref("OneStop"),)),
        Grant(("states:DescribeExecution",), (executions("OneStop"),)),
        START,
        *SEALS,
    ),
    "digitisation_settle_component": (
        items("Messages", "GetItem", "Query", *CHANGE),
        items("Dossiers", "BatchGetItem", *CHANGE),
        TELL_PAPERS,
    ),
    "digitisation_await_step": (items("Messages", "GetItem", "PutItem"), TELL_PAPERS),
    "digitisation_take_back": (items("Messages", "GetItem", *CHANGE),),
    "digitisation_take_in": (
        items("Dossiers", "GetItem", "Query", *CHANGE),
        items("Messages", "GetItem", *CHANGE),
        objects("IntakeBucket", "GetObjectVersion", "uploads", "drops", "vaults"),
        objects("IntakeBucket", "DeleteObjectVersion", "uploads", "drops"),  # secret papers, drafts that expired
        *(under_prefix("ListBucketVersions", "IntakeBucket", "drops"), papers("GenerateDataKey")),
        objects("IntakeBucket", "PutObject", f"drops/*/{PARTS}"),  # papers of one scan
        *(objects("MessagesBucket", "GetObject", "trust"), absent("MessagesBucket", "trust")),
        objects("MessagesBucket", "GetObjectVersion", "papers"),  # index sheets
    ),
    "digitisation_make_copy": (
        *(items(table, "GetItem", *CHANGE) for table in ("Messages", "Dossiers")),
        objects("IntakeBucket", "GetObjectVersion", "drops"),
        objects("MessagesBucket", "PutObject", "papers"),
        papers("GenerateDataKey"),
        Grant(("states:StartExecution",), (ref("Digitisation"),)),
    ),
    "digitisation_read_copy": (
        items("Messages", "GetItem", "Query", *CHANGE),
        items("Dossiers", "GetItem", *CHANGE),
        *(*SEALS, TELL_PAPERS),
        objects("IntakeBucket", "GetObjectVersion", "drops"),
        objects("MessagesBucket", "GetObjectVersion", "papers"),
        objects("MessagesBucket", "PutObject", "papers"),
        papers("GenerateDataKey"),
    ),
    "messages_issue_paper": (
        items("Messages", "GetItem", *CHANGE),
        items("Dossiers", "GetItem", "BatchGetItem", "Query"),
        *SEALS,
        objects("MessagesBucket", "GetObjectVersion", "papers", "receipts", "results", "forms"),  # to be printed
        objects("MessagesBucket", "PutObject", "previews", "receipts", "results", "forms"),
        objects("MessagesBucket", "PutObjectRetention", "receipts", "results", "forms"),
        papers("GenerateDataKey"),
        *signing("agencies", "officers"),
        objects("MessagesBucket", "GetObject", "roots"),
    ),
    "messages_sign_copy": (
        items("Messages", "GetItem", *CHANGE),
        items("Dossiers", "GetItem"),
        objects("MessagesBucket", "GetObjectVersion", "papers"),
        objects("MessagesBucket", "PutObject", "papers"),
        papers("GenerateDataKey"),
        *signing("agencies", "officers"),
        objects("MessagesBucket", "GetObject", "roots"),
    ),
    # It signs nothing: it asks for timestamps, and looks until when certificates hold.
    "messages_stamp_again": (
        items("Messages", "GetItem", "Query", "DeleteItem", "ConditionCheckItem", *CHANGE),
        listing("Messages", "stamps"),
        objects("MessagesBucket", "GetObjectVersion", "papers", "receipts", "results", "forms"),
        objects("MessagesBucket", "PutObject", "papers", "receipts", "results", "forms"),
        objects("MessagesBucket", "PutObjectRetention", "receipts", "results", "forms"),
        objects("MessagesBucket", "GetObject", "signers", "roots"),
        absent("MessagesBucket", "signers"),
        papers("GenerateDataKey"),
    ),
    # It reads every chain and writes none: whoever could do both could make them fit.
    "audit_sweep": (
        *(items(table, "Query", "Scan") for table in CHAINS),
        items("Anchors", "GetItem", "Query", "DeleteItem", *CHANGE),
        objects("IntakeBucket", "GetObjectVersion", "uploads", "drops", "vaults"),
        objects("MessagesBucket", "GetObjectVersion", "papers", "receipts", "results", "forms", "erasures"),
        objects("MessagesBucket", "PutObject", "heads"),
        objects("MessagesBucket", "PutObjectRetention", "heads"),
        papers("GenerateDataKey"),
        Grant(("kms:GenerateMac",), (arn(ANCHOR_KEY),)),
    ),
    "delivery_send": DELIVERS,
    "delivery_sweep": TAKES_UP,
    "delivery_drive": (*TELLS_ENDS, *SHOWS),
    "delivery_await_destination": (*TELLS_ENDS, only_under(("AWAITED#*",), items("Dossiers", "PutItem"))),
    "delivery_synchronise": (
        items("Dossiers", "GetItem", "Query"),
        only_under(("PORTAL#*",), items("Dossiers", "UpdateItem")),  # it changes no dossier
        listing("Dossiers", "worklist"),
        *UNSEALS,
    ),
    "delivery_integrate": INTEGRATES,
    "delivery_notify": NOTIFIES,
    "subscriptions_push": (
        items("Subscriptions", "GetItem", "Query", *CHANGE),
        only_under(("PUSHED",), items("Subscriptions", "DeleteItem")),  # what stopped
        items("Dossiers", "GetItem", "BatchGetItem", "Query"),
    ),
    "vault_make_takeout": (
        items("Vaults", "GetItem", "Query", *CHANGE),
        objects("MessagesBucket", "GetObjectVersion", "results", "papers"),
        objects("IntakeBucket", "GetObjectVersion", "vaults"),
        objects("MessagesBucket", "PutObject", "takeouts"),
        objects("MessagesBucket", "AbortMultipartUpload", "takeouts"),
        papers("GenerateDataKey"),
    ),
    "vault_keep_upload": (
        items("Vaults", "GetItem", "Query", *CHANGE),
        only_under(("OWNER#*",), items("Vaults", "DeleteItem")),  # what its owner asked an agency to delete
        objects("IntakeBucket", "DeleteObjectVersion", "vaults"),  # what was refused, what its owner erased
    ),
    "vault_watch_reads": (
        items("Vaults", "GetItem", *CHANGE),
        *(items(table, "GetItem") for table in ("Ledgers", "Dossiers")),
    ),
    "vault_store_result": (items("Vaults", "GetItem", *CHANGE), listing("Vaults", "keepers")),
}

SPARE: Final = "api_handler"
"""The function Chalice always adds: it answers nothing here, and `infra/build/package.py` takes it out."""


def log_group(function: str) -> str:
    """The logical id of the log that the functions of one capability share: a line names its function, and so does its
    stream. One a function would be a fifth of what an app stack may hold.
    """
    capability, _, _ = function.partition("_")
    return f"{logical(capability)}Logs"


def document(function: str) -> dict[str, Any]:
    """The policy of a function's role: its capability's log, traces, its settings' key, its own queues, and its needs.

    Who has to do with files may use their key; those kept before files had one are under the data key.

    Raises LookupError for a function that nobody said the needs of.
    """
    grants = [Grant(("logs:CreateLogStream", "logs:PutLogEvents"), (arn(log_group(function)),))]
    if function != SPARE:
        if function not in NEEDS:
            raise LookupError(f"{function} has no line in NEEDS of infra/stack/policies.py")
        grants += [Grant(TRACES, ("*",)), key("Decrypt"), *NEEDS[function]]
        if any(action.startswith("s3:") for grant in NEEDS[function] for action in grant.actions):
            grants.append(papers("Decrypt"))
    if function in HEARING:  # Lambda fetches with the function's own rights; the queue parks by itself
        fetch = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
        grants.append(Grant(fetch, (arn(work(function)),)))
    if parked(function) in APP:  # Lambda parks with the function's own rights
        grants.append(Grant(("sqs:SendMessage",), (arn(parked(function)),)))
    return {"Version": "2012-10-17", "Statement": [grant.statement() for grant in grants]}
