"""Composition root: the Chalice app and the entry of each HTTP function."""

import gc
import os
from typing import Any

# What a start loads stays loaded: to look through it for garbage again and again is a twentieth of a cold submission.
if os.environ.get("MOTCUA_CAPABILITY"):
    gc.disable()  # `serve` turns it on again, after the first answer

from chalice import Chalice

from chalicelib.kernel.endpoint import FILE, PORTALS, serve
from chalicelib.kernel.settings import boot
from chalicelib.registry import register

app = Chalice(app_name="motcua", configure_logs=False)
app.api.cors = PORTALS
app.api.binary_types.append(FILE)

if os.environ.get("AWS_CHALICE_CLI_MODE"):  # packaging sees every route, whatever the environment says
    register(app)
else:
    boot()
    register(app, os.environ.get("MOTCUA_CAPABILITY"))


@app.lambda_function(name="catalogue_api")
def catalogue_api(event: Any, context: Any) -> Any:
    """Procedures: what can be done, how far online, with which papers."""
    return serve(app, event, context)


@app.lambda_function(name="submission_api")
def submission_api(event: Any, context: Any) -> Any:
    """Drafts, forms, uploads."""
    return serve(app, event, context)


@app.lambda_function(name="submit_api")
def submit_api(event: Any, context: Any) -> Any:
    """The submission itself, with nothing that drafts need."""
    return serve(app, event, context)


@app.lambda_function(name="onestop_api")
def onestop_api(event: Any, context: Any) -> Any:
    """Dossiers and tasks."""
    return serve(app, event, context)


@app.lambda_function(name="digitisation_api")
def digitisation_api(event: Any, context: Any) -> Any:
    """Copies that wait for an officer's signature."""
    return serve(app, event, context)


@app.lambda_function(name="messages_api")
def messages_api(event: Any, context: Any) -> Any:
    """Signed documents and their verification."""
    return serve(app, event, context)


@app.lambda_function(name="vault_api")
def vault_api(event: Any, context: Any) -> Any:
    """A person's vault and its access ledger."""
    return serve(app, event, context)


@app.lambda_function(name="delivery_api")
def delivery_api(event: Any, context: Any) -> Any:
    """Where results go beside the vault."""
    return serve(app, event, context)


@app.lambda_function(name="subscriptions_api")
def subscriptions_api(event: Any, context: Any) -> Any:
    """Events for other houses, and who subscribed to them."""
    return serve(app, event, context)


@app.lambda_function(name="measures_api")
def measures_api(event: Any, context: Any) -> Any:
    """Figures of agencies, down to the dossiers behind them."""
    return serve(app, event, context)


@app.lambda_function(name="people_api")
def people_api(event: Any, context: Any) -> Any:
    """Who acts, for whom, with what right."""
    return serve(app, event, context)
