"""Capability -> its blueprints: in the cloud only MOTCUA_CAPABILITY's are loaded, locally all of them."""

from importlib import import_module
from typing import Any

BLUEPRINTS: dict[str, tuple[str, ...]] = {
    "identity": ("chalicelib.identity.authorizer",),
    "catalogue": ("chalicelib.catalogue.api", "chalicelib.catalogue.events"),
    "submission": ("chalicelib.submission.api", "chalicelib.submission.events"),
    "onestop": ("chalicelib.onestop.api", "chalicelib.onestop.steps", "chalicelib.onestop.events"),
    "digitisation": ("chalicelib.digitisation.api", "chalicelib.digitisation.events"),
    "messages": ("chalicelib.messages.api", "chalicelib.messages.events"),
    "vault": ("chalicelib.vault.api", "chalicelib.vault.events"),
    "outbox": ("chalicelib.outbox.publish",),
}


def register(app: Any, only: str | None = None) -> None:
    """Register the blueprints of one capability, or of all when none is named. Raises KeyError for an unknown one."""
    for capability in (only,) if only else tuple(BLUEPRINTS):
        for module in BLUEPRINTS[capability]:
            app.register_blueprint(import_module(module).bp)
