"""What a function serves -> its blueprints: in the cloud only MOTCUA_CAPABILITY's are loaded, locally all of them.

A name is a capability, or a part of one that has a function of its own: `submit` is cut out of `submission`,
`people` of `identity`, whose authorizer stays light.
"""

from importlib import import_module
from typing import Any

BLUEPRINTS: dict[str, tuple[str, ...]] = {
    "identity": ("chalicelib.identity.authorizer",),
    "people": (
        "chalicelib.identity.api",
        "chalicelib.identity.requests.api",
        "chalicelib.identity.petitions.api",
        "chalicelib.identity.events",
        "chalicelib.identity.exchange.api",
        "chalicelib.identity.mandates.api",
        "chalicelib.identity.mandates.events",
        "chalicelib.identity.registers.api",
        "chalicelib.identity.staff.api",
    ),
    "catalogue": (
        "chalicelib.catalogue.services.api",
        "chalicelib.catalogue.services.events",
        "chalicelib.catalogue.versions.api",
        "chalicelib.catalogue.ownership.api",
        "chalicelib.catalogue.plans.api",
        "chalicelib.catalogue.guidance.api",
        "chalicelib.catalogue.restructuring.api",
        "chalicelib.catalogue.restructuring.events",
        "chalicelib.catalogue.records.events",
        "chalicelib.catalogue.agencies.api",
        "chalicelib.catalogue.events",
    ),
    "submission": (
        "chalicelib.submission.api.drafts",
        "chalicelib.submission.estore.api",
        "chalicelib.submission.events",
        "chalicelib.submission.bundles.events",
    ),
    "submit": ("chalicelib.submission.api.submit",),
    "onestop": (
        "chalicelib.onestop.api",
        "chalicelib.onestop.changes.api",
        "chalicelib.onestop.originals.api",
        "chalicelib.onestop.reception.api",
        "chalicelib.onestop.tasks.api",
        "chalicelib.onestop.rating.api",
        "chalicelib.onestop.thread.api",
        "chalicelib.onestop.answered.api",
        "chalicelib.onestop.coordination.api",
        "chalicelib.onestop.previewing.api",
        "chalicelib.onestop.steps",
        "chalicelib.onestop.events",
    ),
    "digitisation": (
        "chalicelib.digitisation.api",
        "chalicelib.digitisation.reviews.api",
        "chalicelib.digitisation.archives.api",
        "chalicelib.digitisation.events",
        "chalicelib.digitisation.steps",
    ),
    "messages": ("chalicelib.messages.api", "chalicelib.messages.events"),
    "vault": (
        "chalicelib.vault.api",
        "chalicelib.vault.grants.api",
        "chalicelib.vault.takeouts.api",
        "chalicelib.vault.uploads.api",
        "chalicelib.vault.watching.api",
        "chalicelib.vault.events",
        "chalicelib.vault.takeouts.events",
        "chalicelib.vault.uploads.events",
        "chalicelib.vault.watching.events",
    ),
    "delivery": (
        "chalicelib.delivery.api",
        "chalicelib.delivery.events",
        "chalicelib.delivery.flow.events",
        "chalicelib.delivery.flow.steps",
        "chalicelib.delivery.notices.api",
        "chalicelib.delivery.notices.events",
        "chalicelib.delivery.synchronisation.api",
        "chalicelib.delivery.synchronisation.events",
        "chalicelib.delivery.idapp.api",
        "chalicelib.delivery.idapp.events",
    ),
    "subscriptions": ("chalicelib.subscriptions.api", "chalicelib.subscriptions.events"),
    "measures": (
        "chalicelib.measures.api",
        "chalicelib.measures.scores.api",
        "chalicelib.measures.boards.api",
        "chalicelib.measures.boards.events",
        "chalicelib.measures.ingested.api",
        "chalicelib.measures.ingested.events",
        "chalicelib.measures.reports.api",
    ),
    "audit": ("chalicelib.audit.events",),
    "outbox": ("chalicelib.outbox.publish", "chalicelib.outbox.letters", "chalicelib.outbox.redrive"),
}


def register(app: Any, only: str | None = None) -> None:
    """Register the blueprints under one name, or all when none is given. Raises KeyError for an unknown one."""
    for name in (only,) if only else tuple(BLUEPRINTS):
        for module in BLUEPRINTS[name]:
            app.register_blueprint(import_module(module).bp)


def served_by(module: str) -> str:
    """The HTTP function that answers the views of a module; one that nobody registered goes by its package's name."""
    names = (name for name, modules in BLUEPRINTS.items() if module in modules)
    return next(names, module.split(".")[1]) + "_api"
