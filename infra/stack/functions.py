"""The functions: one table of handlers, memory, time-outs, environments and layers, from which all stages are made."""

from typing import Final, NamedTuple


class Function(NamedTuple):
    """One Lambda function: its handler as in AWS, time-out in seconds, memory in MB, names of its environment.

    `layers` are of `infra/build/parts.py`, `bundle` is the zip it carries; `reserved` caps how many run at once, so
    that the heavy workers cannot take the account's concurrency from those who submit (0: no cap).
    """

    handler: str
    timeout: int = 29
    memory: int = 512
    environment: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    reserved: int = 0
    bundle: str = "core"


_STAGE = ("MOTCUA_STAGE",)
_TOKENS = (*_STAGE, "MOTCUA_ISSUER", "MOTCUA_AUDIENCE", "MOTCUA_JWKS_URL")
_CATALOGUE = (*_STAGE, "MOTCUA_CATALOGUE_TABLE", "MOTCUA_EXPORTS_BUCKET")
_DOSSIERS = (*_STAGE, "MOTCUA_DOSSIERS_TABLE")
_FLOW = (*_STAGE, "MOTCUA_ONE_STOP_MACHINE")
_MESSAGES = (*_STAGE, "MOTCUA_MESSAGES_TABLE")
_SCANS = (*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_INTAKE_BUCKET", "MOTCUA_MESSAGES_TABLE", "MOTCUA_MESSAGES_BUCKET")
_PUBLISHED = (*_MESSAGES, "MOTCUA_SECRET", "MOTCUA_MESSAGES_BUCKET", "MOTCUA_KEYS_FOLDER", "MOTCUA_PUBLIC_URL")
_SIGNING = (*_PUBLISHED, "MOTCUA_DOSSIERS_TABLE", "MOTCUA_TIMESTAMP_URL")
_VAULTS = (*_STAGE, "MOTCUA_VAULTS_TABLE")
_PAPER = ("pdf", "pages")
_COPIES = (*_PAPER, "documents")
_SIGNS = ("pdf", "documents", "signing", "sealing")


def _background(
    handler: str, *, timeout: int = 29, memory: int = 512, reserved: int = 0, **more: tuple[str, ...]
) -> Function:
    """A function that validates no HTTP body: it carries no pydantic."""
    return Function(handler, timeout, memory, reserved=reserved, bundle="worker", **more)


FUNCTIONS: Final[dict[str, Function]] = {
    # HTTP: one function per capability, and one for the submission itself (docs/adr/0012)
    "catalogue_api": Function("app.catalogue_api", memory=1769, environment=_CATALOGUE, layers=("forms", "words")),
    "submission_api": Function(
        "app.submission_api",
        environment=(*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_INTAKE_BUCKET"),
        layers=("sealing", "forms"),
    ),
    "submit_api": Function(
        "app.submit_api",
        environment=(*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_CATALOGUE_TABLE", "MOTCUA_INTAKE_BUCKET"),
    ),
    "onestop_api": Function(
        "app.onestop_api",
        environment=(*_DOSSIERS, "MOTCUA_SECRET", "MOTCUA_ONE_STOP_MACHINE", "MOTCUA_INTAKE_BUCKET"),
        layers=("sealing",),
    ),
    "digitisation_api": Function("app.digitisation_api", environment=_MESSAGES),
    "messages_api": Function("app.messages_api", environment=_PUBLISHED),
    "vault_api": Function("app.vault_api", environment=(*_VAULTS, "MOTCUA_SECRET", "MOTCUA_MESSAGES_BUCKET")),
    "bearer": Function(
        "chalicelib.identity.authorizer.bearer", 5, 256, environment=_TOKENS, layers=("sealing",), bundle="authorizer"
    ),
    # workers
    "outbox": _background("chalicelib.outbox.publish.outbox", environment=("MOTCUA_STAGE", "MOTCUA_BUS")),
    "catalogue_load": _background(
        "chalicelib.catalogue.events.catalogue_load",
        timeout=300,
        memory=1769,
        environment=_CATALOGUE,
        layers=("forms", "words"),
    ),
    "catalogue_import": _background(
        "chalicelib.catalogue.records.events.catalogue_import", timeout=300, environment=_CATALOGUE, layers=("words",)
    ),
    "catalogue_listed": _background(
        "chalicelib.catalogue.services.events.catalogue_listed",
        timeout=120,
        memory=1769,
        environment=_CATALOGUE,
        layers=("words",),
        reserved=1,
    ),
    "catalogue_export": _background(
        "chalicelib.catalogue.services.events.catalogue_export",
        timeout=600,
        memory=1769,
        environment=_CATALOGUE,
        layers=("words",),
    ),
    "catalogue_followed": _background(
        "chalicelib.catalogue.restructuring.events.catalogue_followed", environment=_CATALOGUE, layers=("words",)
    ),
    "catalogue_published": _background("chalicelib.submission.events.catalogue_published", environment=_DOSSIERS),
    "start": _background("chalicelib.onestop.steps.start", environment=_FLOW),
    "open_leg": _background("chalicelib.onestop.steps.open_leg", environment=_DOSSIERS),
    "decide": _background(
        "chalicelib.onestop.steps.decide", environment=(*_DOSSIERS, "MOTCUA_SECRET"), layers=("sealing",)
    ),
    "report_leg": _background("chalicelib.onestop.events.report_leg", environment=_DOSSIERS),
    "result_signed": _background("chalicelib.onestop.events.result_signed", environment=_DOSSIERS),
    "result_stored": _background("chalicelib.onestop.events.result_stored", environment=_DOSSIERS),
    "sweep": _background("chalicelib.onestop.events.sweep", timeout=300, environment=_DOSSIERS),
    "component_converted": _background(
        "chalicelib.digitisation.events.component_converted", environment=(*_DOSSIERS, "MOTCUA_MESSAGES_TABLE")
    ),
    "intake": _background("chalicelib.digitisation.events.intake", environment=_SCANS, layers=_PAPER, reserved=50),
    "copy": _background(
        "chalicelib.digitisation.events.copy", timeout=120, memory=1769, environment=_SCANS, layers=_COPIES, reserved=50
    ),
    "read": _background(
        "chalicelib.digitisation.events.read",
        timeout=120,
        memory=1769,
        environment=(*_SCANS, "MOTCUA_PUBLIC_URL"),
        layers=(*_COPIES, "ocr", "sealing"),
        reserved=50,
    ),
    "issue": Function(
        "chalicelib.messages.events.issue", timeout=60, memory=1024, environment=_SIGNING, layers=_SIGNS, reserved=50
    ),
    "sign": Function(
        "chalicelib.messages.events.sign", timeout=60, memory=1024, environment=_SIGNING, layers=_SIGNS, reserved=50
    ),
    "vault_store_result": _background("chalicelib.vault.events.vault_store_result", environment=_VAULTS),
}
