"""The API's description (OpenAPI 3.1) made from the routes themselves; nothing of it is written by hand."""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from chalicelib.kernel import problem as errors
from chalicelib.kernel.body import modelled
from chalicelib.kernel.endpoint import JSON, MAX_KEY, Route
from infra.reference.explained import example, explain
from infra.reference.words import WORDS
from infra.stack.refusals import rows

INFO = {
    "title": "Mot Cua",
    "summary": "Một Cửa: the one-stop for online public services",
    "description": (
        "One door to administrative procedures, as Article 8 of Decree 137/2024/ND-CP asks for. "
        "Errors are RFC 9457 problems; every POST takes an Idempotency-Key, every PUT an If-Match; "
        "what answers GET answers HEAD; Accept-Language is vi or en."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class ProblemField(BaseModel):
    """A place and the rule that it breaks."""

    pointer: str = Field(description="JSON Pointer (RFC 6901) into the body, or the name of a parameter after `/`")
    rule: str
    message: str


class Problem(BaseModel):
    """RFC 9457 problem."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    errors: list[ProblemField] = Field(default=[])


class TokenRequest(BaseModel):
    """Who the token is for: anybody, for the local stage checks nobody."""

    sub: str = Field(min_length=1, description="Name of the subject", examples=["citizen-1"])
    kind: Literal["CITIZEN", "FOREIGNER", "ORGANISATION", "OFFICER", "PORTAL", "SERVICE"] = Field(
        description="What the subject is"
    )
    name: str = Field(default="", description="Name for people", examples=["Nguyễn Thị Bích Ngọc"])
    personal_id: str = Field(default="", description="Twelve digits; a citizen's", examples=["001195012345"])
    level: Literal[1, 2] = Field(default=2, description="Level of electronic identity (Decree 69/2024)")
    agency: str = Field(default="", description="Identifier of an officer's agency", examples=["H01.10.24"])
    roles: list[str] = Field(default=[], description="An officer's roles", examples=[["reception"]])
    document: str = Field(default="", description="A foreigner's travel document", examples=["USA:X1234567"])
    organisation: str = Field(default="", description="Number of an organisation", examples=["0101234567"])
    organisation_name: str = Field(default="", description="Its name; name and number are of who acts for it")
    client_id: str | None = Field(
        default="sandbox-app",
        description="The client that the token is issued to; null: none, as of a portal that says azp",
    )
    azp: str = Field(default="", description="The same, of providers that say it so")
    scope: str = Field(default="", description="Scopes, separated by blanks")


class Token(BaseModel):
    """A bearer token."""

    access_token: str = Field(description="The token, a JWT", examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"])
    token_type: Literal["Bearer"] = Field(description="How it is sent: Authorization: Bearer <token>")
    expires_in: int = Field(description="Seconds that it is good for", examples=[3600])


TOKENS: Final = "/local/issuer/token"
REF: Final = "#/components/schemas/{model}"
"""Where anybody gets a token of the local stage; no other stage has it."""


def routes(app: Any) -> Iterator[Route]:
    """What every registered route says of itself, in the order of their paths; HEAD goes with its GET."""
    for path in sorted(app.routes):
        for method in sorted(app.routes[path].keys() - {"HEAD"}):
            yield app.routes[path][method].view_function.facts


def openapi(app: Any | None = None) -> dict[str, Any]:
    """The whole description."""
    if app is None:
        from app import app
    found = [_in_pydantic(route) for route in routes(app)]
    models: set[Any] = {Problem, TokenRequest, Token}
    for route in found:
        models |= {m for m in (route.body, route.answer) if m}
    refs, definitions = models_json_schema(
        [(m, "validation") for m in sorted(models, key=lambda m: m.__name__)],
        ref_template=REF,
    )
    for route in found:
        definitions["$defs"] |= _asked(route).get("$defs", {})
    explain(definitions["$defs"])
    schemas = {model: ref for (model, _), ref in refs.items()}
    paths: dict[str, Any] = {}
    for route in found:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas, _owner(app, route))
    paths[TOKENS] = {"post": _tokens(schemas)}
    _give_examples(paths, definitions["$defs"])
    return {
        "openapi": "3.1.0",
        "info": {**INFO, "version": version("motcua")},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in sorted({o["tags"][0] for p in paths.values() for o in p.values()})],
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _in_pydantic(route: Route) -> Route:
    """The route with its structs as models of pydantic, which makes the schemas."""
    body, answer = (modelled(m) if m is not None and issubclass(m, Struct) else m for m in (route.body, route.answer))
    return replace(route, body=body, answer=answer or route.answer)


def _tokens(schemas: Mapping[Any, Any]) -> dict[str, Any]:
    """The operation of the local issuer, which is no route of the product."""
    kinds = ("application/json", "application/x-www-form-urlencoded")
    refused = {"application/problem+json": {"schema": schemas[Problem]}}
    return {
        "operationId": "post_local_issuer_token",
        "summary": "Get a token of the local stage, as anybody; no other stage has this.",
        "tags": ["local"],
        "parameters": [],
        "security": [],
        "requestBody": {"required": True, "content": {kind: {"schema": schemas[TokenRequest]} for kind in kinds}},
        "responses": {
            "200": {"description": Token.__doc__, "content": {"application/json": {"schema": schemas[Token]}}},
            "400": {"description": "Neither a subject nor a kind that is known", "content": refused},
        },
    }


def _give_examples(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> None:
    """Put an example on every answer that has a body; a refusal's is one of its status."""
    for operations in paths.values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                shown = {
                    kind: {"example": _shown(kind, status, example(content["schema"], schemas)), **content}
                    for kind, content in answer.get("content", {}).items()
                }
                answer.update({"content": shown} if shown else {})


def _shown(kind: str, status: str, made: Any) -> Any:
    return _refusal(status, made) if kind.startswith("application/problem") else made


def _refusal(status: str, shape: Mapping[str, Any]) -> dict[str, Any]:
    """An example of a refusal: the first code of its status; where it names no place it has no `errors`."""
    known = {str(row.status): row for row in reversed((*rows().values(), errors.Broken.row))}
    row = known[status if status in known else "500"]
    told = {"title": row.title_en, "status": row.status, "detail": row.remedy_en, "code": row.code}
    kept = {name: value for name, value in shape.items() if name != "errors" or row.code == errors.BodyInvalid.row.code}
    return {**kept, **told, "type": shape["type"].rpartition("/")[0] + f"/{row.code}"}


def _owner(app: Any, route: Route) -> str:
    return str(app.routes[route.path][route.method].view_function.__module__.split(".")[1])


def _operation(route: Route, schemas: Mapping[Any, Any], owner: str) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "tags": [owner],
        "parameters": _parameters(route),
        "security": [{"bearer": []}] if route.act else [],
        "responses": _responses(route, schemas),
    }
    if route.body:
        content = {route.takes: {"schema": schemas[route.body]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _responses(route: Route, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    answer = {"application/json": {"schema": schemas[route.answer]}}
    if route.page:
        answer["text/html"] = {"schema": {"type": "string"}, "example": "<!doctype html>..."}
    if route.sheet:
        answer["text/csv"] = {"schema": {"type": "string"}, "example": "document,purpose,times\r\n"}
    refused = {"application/problem+json": {"schema": schemas[Problem]}}
    found: dict[str, Any] = {str(route.status): {"description": route.answer.__doc__ or "", "content": answer}}
    text = {"schema": {"type": "string"}}
    headers = {"ETag": route.cache or route.versioned, "Cache-Control": True, "Link": route.sheet}
    found[str(route.status)]["headers"] = {name: text for name, is_sent in headers.items() if is_sent}
    if route.cache:
        found["304"] = {"description": "Not changed since the ETag in If-None-Match"}
    found |= {status: {"description": said, "content": refused} for status, said in _refusals(route).items()}
    wait = {"description": "Seconds after which to send the same again, when busy", "schema": {"type": "integer"}}
    found["5XX"]["headers"] = {"Retry-After": wait}
    return found


def _refusals(route: Route) -> dict[str, str]:
    """Why a request may be refused, by status: the problem's `code` and `errors` say it closely."""
    changes = route.keyed or route.versioned
    has_input = bool(route.body or not isinstance(route.query, tuple) or route.query)
    told = {
        "400": ("The request cannot be read, or Idempotency-Key is missing", True),
        "401": ("No valid token", bool(route.act)),
        "403": ("The role does not include this", bool(route.act)),
        "404": ("Not found, or not for the one who asks", "{" in route.path or has_input),
        "409": ("The state does not allow it, or the Idempotency-Key came with another body", changes),
        "412": ("It was changed in between", route.versioned),
        "413": ("The body is too large for the gateway", bool(route.body)),
        "415": (
            f"The body is not {'JSON' if route.takes == JSON else 'such a form'} by its media type",
            bool(route.body),
        ),
        "422": ("The input breaks rules, or a parameter is unknown; `errors` names each place and rule", True),
        "428": ("If-Match is missing", route.versioned),
        "5XX": ("Busy, to be tried again, or a fault of ours", True),
    }
    return {status: text for status, (text, may_be) in told.items() if may_be}


def _operation_id(route: Route) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", route.path.removeprefix("/v1").lower()).strip("_")
    return f"{route.method.lower()}_{words}"


def _parameters(route: Route) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {**text, "minLength": 1}, **_told(f"{{{name}}}")}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    found += _query(route)
    if route.keyed:
        note = "Repeat it to repeat the answer; with another body it is refused"
        found.append(_header("Idempotency-Key", note, {**text, "minLength": 1, "maxLength": MAX_KEY}, required=True))
    if route.versioned:
        found.append(_header("If-Match", "The ETag you saw", text, required=True))
    if route.cache:
        found.append(_header("If-None-Match", "The ETag you have: 304 when nothing changed", text))
    found.append(_header("Accept-Language", "Of sentences in the answer", {"enum": ["vi", "en"]}))
    return found


def _told(name: str) -> dict[str, Any]:
    """What is said of a parameter: `{name}` of a path, `?name` of a query."""
    word = WORDS.get(name)
    if word is None:
        return {}
    return {"description": word.text} | ({} if word.example is None else {"example": word.example})


def _header(name: str, description: str, schema: Mapping[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "schema": schema, "description": description}


def _asked(route: Route) -> dict[str, Any]:
    """What may be asked in a route's query: the schema of its model, or plain names; `$defs` go to the components."""
    if isinstance(route.query, tuple):
        return {"properties": {name: {"type": "string"} for name in route.query}}
    return route.query.model_json_schema(ref_template=REF)


def _query(route: Route) -> list[dict[str, Any]]:
    """The query's parameters, with types and words."""
    found = []
    for name, each in _asked(route)["properties"].items():
        schema = {word: value for word, value in each.items() if word not in ("title", "description")}
        if schema.get("default", ...) is None:
            del schema["default"]  # none is what is not sent
        told = {"description": each["description"]} if "description" in each else _told(f"?{name}")
        found.append({"name": name, "in": "query", "required": False, "schema": schema, **told})
    return found


def main() -> None:
    """Write the description to the file named by the first argument."""
    os.environ["AWS_CHALICE_CLI_MODE"] = "true"  # every route is registered, no setting is needed
    Path(sys.argv[1]).write_text(json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
