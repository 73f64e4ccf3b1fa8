"""The functions: one table of handlers, memory, time-outs, environments and layers, from which all stages are made."""

import os
from typing import Final, NamedTuple

from infra.stack import given

ARCHITECTURES: Final = {"x86_64": "x86_64", "arm64": "aarch64"}
"""What Lambda calls the processors that we package for, and what wheels call them."""
ARCHITECTURE: Final = os.environ.get("MOTCUA_ARCHITECTURE", "x86_64")
"""For which of them is packaged: `make package` and `make deploy` say arm64, LocalStack runs what its machine runs."""
if ARCHITECTURE not in ARCHITECTURES:
    raise ValueError(f"MOTCUA_ARCHITECTURE is {ARCHITECTURE}: one of {', '.join(ARCHITECTURES)}")

GATEWAY_SECONDS: Final = 29
"""After which API Gateway answers by itself."""
HTTP_SECONDS: Final = 27
"""The time of a function behind it: its own answer, that a client should come again, comes first."""


class Function(NamedTuple):
    """One Lambda function: its handler as in AWS, time-out in seconds, memory in MB, names of its environment.

    `layers` are of `infra/build/parts.py`, `bundle` is the zip it carries; `reserved` caps how many run at once, so
    that the heavy workers cannot take the account's concurrency from those who submit (0: no cap).
    """

    handler: str
    timeout: int = HTTP_SECONDS
    memory: int = 512
    environment: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    reserved: int = 0
    bundle: str = "core"


def _background(
    handler: str, *, timeout: int = 29, memory: int = 512, reserved: int = 0, **more: tuple[str, ...]
) -> Function:
    """A function that validates no HTTP body: it carries no pydantic."""
    return Function(handler, timeout, memory, reserved=reserved, bundle="worker", **more)


FUNCTIONS: Final[dict[str, Function]] = {
    # HTTP: one function per capability, and one for the submission itself (docs/adr/0012)
    "catalogue_api": Function(
        "app.catalogue_api",
        memory=1769,
        environment=(*given.CATALOGUE, *given.HTTP, "MOTCUA_DOSSIERS_TABLE", "MOTCUA_SECRET"),
        layers=("forms", "words"),
    ),
    "submission_api": Function(
        "app.submission_api",
        environment=(
            *given.DOSSIERS,
            *given.HTTP,
            *given.SEALING,
            "MOTCUA_IDENTITY_TABLE",
            "MOTCUA_VAULTS_TABLE",
            "MOTCUA_INTAKE_BUCKET",
            "MOTCUA_DRAFT_DAYS",
            "MOTCUA_PLANS_BY_HASH",
            *given.LIMITS,
            *given.LEDGERS,
            "MOTCUA_NATIONAL_STORE",
            "MOTCUA_NATIONAL_STORE_KEY",
        ),
        layers=("sealing", "forms"),
    ),
    "submit_api": Function(
        "app.submit_api",
        environment=(
            *given.DOSSIERS,
            *given.HTTP,
            "MOTCUA_SECRET",
            "MOTCUA_CATALOGUE_TABLE",
            "MOTCUA_IDENTITY_TABLE",
            "MOTCUA_VAULTS_TABLE",
            "MOTCUA_INTAKE_BUCKET",
        ),
    ),
    "onestop_api": Function(
        "app.onestop_api",
        environment=(
            *given.OFFICERS,
            *given.DOSSIERS,
            *given.LEDGERS,
            *given.HTTP,
            *given.SEALING,
            "MOTCUA_IDENTITY_TABLE",
            "MOTCUA_INTAKE_BUCKET",
            "MOTCUA_CATALOGUE_TABLE",
            "MOTCUA_PLANS_BY_HASH",
            "MOTCUA_MESSAGES_BUCKET",
        ),
        layers=("sealing", "forms"),
    ),
    "digitisation_api": Function(
        "app.digitisation_api",
        environment=(
            *(*given.OFFICERS, *given.DOSSIERS, *given.LEDGERS, *given.HTTP, *given.SEALING),
            *("MOTCUA_MESSAGES_TABLE", "MOTCUA_MESSAGES_BUCKET", "MOTCUA_INTAKE_BUCKET"),
        ),
        layers=("sealing",),
    ),
    "messages_api": Function(
        "app.messages_api",
        environment=(
            *(*given.OFFICERS, *given.SIGNED, *given.LEDGERS, *given.HTTP),
            *("MOTCUA_DOSSIERS_TABLE", "MOTCUA_SECRET"),
        ),
    ),
    "vault_api": Function(
        "app.vault_api",
        environment=(
            *given.VAULTS,
            *given.HTTP,
            "MOTCUA_SECRET",
            "MOTCUA_MESSAGES_BUCKET",
            "MOTCUA_DOSSIERS_TABLE",
            "MOTCUA_INTAKE_BUCKET",
            *given.QUOTA,
            *given.LIMITS,
            *given.READS,
        ),
    ),
    "delivery_api": Function(
        "app.delivery_api",
        environment=(
            *given.OFFICERS,
            *given.DOSSIERS,
            *given.HTTP,
            *given.SEALING,
            "MOTCUA_IDENTITY_TABLE",
            "MOTCUA_DELIVERY_URL",
            "MOTCUA_ID_APP",
        ),
        layers=("sealing",),
    ),
    "subscriptions_api": Function(
        "app.subscriptions_api", environment=(*given.STAGE, *given.FEEDS, *given.HTTP, "MOTCUA_SECRET")
    ),
    "measures_api": Function(
        "app.measures_api",
        environment=(*given.PAPERS, *given.COUNTS, *given.HTTP, "MOTCUA_SECRET", "MOTCUA_INTAKE_BUCKET"),
    ),
    "people_api": Function(
        "app.people_api",
        environment=(
            *given.TOKENS,
            *given.LEDGERS,
            "MOTCUA_DOSSIERS_TABLE",
            *given.OFFICERS,
            "MOTCUA_EXCHANGE_KEYS",
            "MOTCUA_EXCHANGE_SECONDS",
            *given.LIMITS,
            "MOTCUA_INTAKE_BUCKET",
            *("MOTCUA_MESSAGES_TABLE", "MOTCUA_MESSAGES_BUCKET"),
            *given.SEALING,
            *given.REGISTERS,
        ),
        layers=("sealing",),
    ),
    "identity_authorize": Function(
        "chalicelib.identity.authorizer.identity_authorize",
        5,
        256,
        environment=(*given.TOKENS, "MOTCUA_PORTALS", "MOTCUA_OWN_CLIENTS"),
        layers=("sealing",),
        bundle="authorizer",
    ),
    # workers
    "outbox_publish": _background(
        "chalicelib.outbox.publish.outbox_publish",
        environment=given.PUBLISHES,
    ),
    "outbox_replay": _background(
        "chalicelib.outbox.letters.outbox_replay",
        timeout=300,
        environment=(*given.PUBLISHES, "MOTCUA_LETTERS_BUCKET"),
    ),
    "outbox_redrive": _background(
        "chalicelib.outbox.redrive.outbox_redrive", timeout=900, environment=("MOTCUA_STAGE",)
    ),
    "catalogue_load": _background(
        "chalicelib.catalogue.events.catalogue_load",
        timeout=300,
        memory=1769,
        environment=given.CATALOGUE,
        layers=("forms", "words"),
    ),
    "catalogue_import": _background(
        "chalicelib.catalogue.records.events.catalogue_import",
        timeout=300,
        environment=given.PROCEDURES,
        layers=("words",),
    ),
    "catalogue_make_list": _background(
        "chalicelib.catalogue.services.events.catalogue_make_list",
        timeout=120,
        memory=1769,
        environment=given.CATALOGUE,
        layers=("words",),
        reserved=2,
    ),
    "catalogue_export": _background(
        "chalicelib.catalogue.services.events.catalogue_export",
        timeout=600,
        memory=1769,
        environment=given.CATALOGUE,
        layers=("words",),
    ),
    "catalogue_follow_dossier": _background(
        "chalicelib.catalogue.restructuring.events.catalogue_follow_dossier",
        environment=given.PROCEDURES,
        layers=("words",),
    ),
    "submission_hear_people": _background(
        "chalicelib.submission.events.submission_hear_people", environment=given.DOSSIERS
    ),
    "submission_hear_catalogue": _background(
        "chalicelib.submission.events.submission_hear_catalogue", environment=given.DOSSIERS
    ),
    "submission_sweep_drafts": _background(
        "chalicelib.submission.events.submission_sweep_drafts",
        timeout=900,
        environment=(*given.DOSSIERS, "MOTCUA_INTAKE_BUCKET", "MOTCUA_SEALING_TABLE"),
    ),
    "onestop_start_flow": _background(
        "chalicelib.onestop.steps.onestop_start_flow", environment=(*given.FLOW, "MOTCUA_DRIVEN_LEGS")
    ),
    "onestop_open_leg": _background(
        "chalicelib.onestop.steps.onestop_open_leg", environment=(*given.DOSSIERS, "MOTCUA_SECRET")
    ),
    "onestop_drive_bundle": _background(
        "chalicelib.onestop.events.onestop_drive_bundle",
        environment=(*given.DOSSIERS, "MOTCUA_ONE_STOP_MACHINE", "MOTCUA_MESSAGES_BUCKET", *given.SEALING),
        layers=("sealing",),
    ),
    "submission_start_child": _background(
        "chalicelib.submission.bundles.events.submission_start_child",
        environment=(*given.DOSSIERS, "MOTCUA_CATALOGUE_TABLE", *given.SEALING),
        layers=("sealing", "forms"),
    ),
    "onestop_decide": _background(
        "chalicelib.onestop.steps.onestop_decide", environment=(*given.DOSSIERS, *given.SEALING), layers=("sealing",)
    ),
    "onestop_report_leg": _background(
        "chalicelib.onestop.events.onestop_report_leg",
        environment=(*given.DOSSIERS, *given.SEALING),
        layers=("sealing",),
    ),
    "onestop_record_result": _background("chalicelib.onestop.events.onestop_record_result", environment=given.DOSSIERS),
    "onestop_record_delivery": _background(
        "chalicelib.onestop.events.onestop_record_delivery", environment=given.DOSSIERS
    ),
    "identity_watch_requests": _background(
        "chalicelib.identity.events.identity_watch_requests",
        timeout=300,
        environment=(*given.STAGE, "MOTCUA_IDENTITY_TABLE"),
    ),
    "identity_end_mandates": _background(
        "chalicelib.identity.mandates.events.identity_end_mandates", environment=(*given.STAGE, "MOTCUA_IDENTITY_TABLE")
    ),
    "onestop_sweep": _background(
        "chalicelib.onestop.events.onestop_sweep",
        timeout=300,
        environment=(*given.DOSSIERS, *given.OFFICERS, "MOTCUA_ONE_STOP_MACHINE", *given.SEALING),
        layers=("sealing",),
    ),
    "digitisation_settle_component": _background(
        "chalicelib.digitisation.events.digitisation_settle_component", environment=given.PAPERS
    ),
    "digitisation_await_step": _background(
        "chalicelib.digitisation.steps.digitisation_await_step", environment=given.MESSAGES
    ),
    "digitisation_take_back": _background(
        "chalicelib.digitisation.events.digitisation_take_back", environment=given.MESSAGES
    ),
    "digitisation_take_in": _background(
        "chalicelib.digitisation.events.digitisation_take_in",
        timeout=120,
        memory=1024,
        environment=(*given.SCANS, "MOTCUA_MALWARE_SCAN"),
        layers=(*given.PAPER, "signing", "sealing"),
        reserved=50,
    ),
    "digitisation_make_copy": _background(
        "chalicelib.digitisation.events.digitisation_make_copy",
        timeout=120,
        memory=1769,
        environment=(*given.SCANS, "MOTCUA_DIGITISATION_MACHINE"),
        layers=given.COPIES,
        reserved=50,
    ),
    "digitisation_read_copy": _background(
        "chalicelib.digitisation.events.digitisation_read_copy",
        timeout=120,
        memory=1769,
        environment=(*given.SCANS, *given.SEALING, "MOTCUA_PUBLIC_URL"),
        layers=(*given.COPIES, "ocr", "sealing"),
        reserved=50,
    ),
    "messages_issue_paper": _background(
        "chalicelib.messages.events.messages_issue_paper",
        timeout=60,
        memory=1024,
        environment=(*given.SIGNING, *given.SEALING, "MOTCUA_PUBLIC_URL", "MOTCUA_RETAIN_YEARS", "MOTCUA_LOCK_MODE"),
        layers=given.SIGNS,
        reserved=50,
    ),
    "messages_sign_copy": _background(
        "chalicelib.messages.events.messages_sign_copy",
        timeout=60,
        memory=1024,
        environment=(*given.SIGNING, "MOTCUA_SECRET"),
        layers=given.SIGNS,
        reserved=50,
    ),
    "messages_stamp_again": _background(
        "chalicelib.messages.events.messages_stamp_again",
        timeout=900,
        memory=1024,
        environment=(*given.SIGNED, "MOTCUA_KEYS_FOLDER", *given.STAMPS, "MOTCUA_STAMP_DAYS", "MOTCUA_LOCK_MODE"),
        layers=given.SIGNS,
    ),
    "audit_sweep": _background(
        "chalicelib.audit.events.audit_sweep", timeout=900, memory=1769, environment=given.SWEPT, reserved=13
    ),
    "delivery_send": _background(
        "chalicelib.delivery.events.delivery_send", timeout=60, environment=given.DELIVERS, layers=("sealing",)
    ),
    "delivery_sweep": _background(
        "chalicelib.delivery.events.delivery_sweep",
        timeout=300,
        environment=(*given.DELIVERS, "MOTCUA_DELIVERY_MACHINE"),
        layers=("sealing",),
    ),
    "delivery_drive": _background("chalicelib.delivery.flow.events.delivery_drive", environment=given.DELIVERY_FLOW),
    "delivery_await_destination": _background(
        "chalicelib.delivery.flow.steps.delivery_await_destination", environment=given.DOSSIERS
    ),
    "delivery_notify": _background(
        "chalicelib.delivery.notices.events.delivery_notify",
        timeout=300,
        environment=given.NOTIFIES,
        layers=("sealing",),
    ),
    # The portal knows one account: two at once would log each other out.
    "delivery_synchronise": _background(
        "chalicelib.delivery.synchronisation.events.delivery_synchronise",
        timeout=300,
        reserved=1,
        environment=given.SYNCHRONISES,
        layers=("sealing",),
    ),
    "delivery_integrate": _background(
        "chalicelib.delivery.idapp.events.delivery_integrate",
        timeout=300,
        environment=given.INTEGRATES,
        layers=("sealing",),
    ),
    "subscriptions_push": _background(
        "chalicelib.subscriptions.events.subscriptions_push",
        timeout=120,
        environment=(*given.STAGE, *given.FEEDS, "MOTCUA_SECRET"),
    ),
    # It reads and writes whole files, a part at a time; ten run at once, so that a large vault keeps nobody back.
    "measures_make_boards": _background(
        "chalicelib.measures.boards.events.measures_make_boards",
        timeout=900,
        memory=1769,
        environment=("MOTCUA_STAGE", *given.COUNTS),
    ),
    "measures_take_in": _background(
        "chalicelib.measures.ingested.events.measures_take_in",
        environment=("MOTCUA_STAGE", *given.COUNTS, "MOTCUA_INTAKE_BUCKET"),
    ),
    "vault_make_takeout": _background(
        "chalicelib.vault.takeouts.events.vault_make_takeout",
        timeout=900,
        memory=1024,
        environment=(*given.STAGE, "MOTCUA_VAULTS_TABLE", "MOTCUA_MESSAGES_BUCKET", "MOTCUA_INTAKE_BUCKET"),
        reserved=10,
    ),
    "vault_keep_upload": _background(
        "chalicelib.vault.uploads.events.vault_keep_upload",
        environment=(*given.STAGE, "MOTCUA_VAULTS_TABLE", "MOTCUA_SECRET", "MOTCUA_INTAKE_BUCKET", *given.QUOTA),
    ),
    "vault_watch_reads": _background(
        "chalicelib.vault.watching.events.vault_watch_reads",
        environment=(*given.VAULTS, "MOTCUA_DOSSIERS_TABLE", *given.READS),
    ),
    "vault_store_result": _background(
        "chalicelib.vault.events.vault_store_result", environment=(*given.STAGE, "MOTCUA_VAULTS_TABLE", "MOTCUA_SECRET")
    ),
}
