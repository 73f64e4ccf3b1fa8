"""The API's description (OpenAPI 3.1) made from the routes themselves; nothing of it is written by hand."""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from chalicelib.kernel.endpoint import Route
from chalicelib.kernel.problem import TABLE

INFO = {
    "title": "Một Cửa",
    "summary": "The one-stop for online public services",
    "description": (
        "One door to administrative procedures, as Article 8 of Decree 137/2024/ND-CP asks for. "
        "Errors are RFC 9457 problems; every POST takes an Idempotency-Key, every PUT an If-Match; "
        "Accept-Language is vi or en."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


class ProblemField(BaseModel):
    """A field of the body and the rule that it breaks."""

    pointer: str = Field(description="JSON Pointer (RFC 6901) into the body")
    rule: str
    message: str


class Problem(BaseModel):
    """RFC 9457 problem."""

    type: str = Field(examples=["/docs/errors.html#component_missing"])
    title: str
    status: int
    code: str = Field(examples=sorted(row.code for row in TABLE.values())[:3])
    request_id: str
    errors: list[ProblemField] = Field(default=[])


def routes(app: Any) -> Iterator[Route]:
    """What every registered route says of itself, in the order of their paths."""
    for path in sorted(app.routes):
        for method in sorted(app.routes[path]):
            yield app.routes[path][method].view_function.facts


def openapi(app: Any | None = None) -> dict[str, Any]:
    """The whole description."""
    if app is None:
        from app import app
    found = list(routes(app))
    models: set[type[BaseModel]] = {Problem}
    for route in found:
        models |= {m for m in (route.body, route.answer) if m}
    refs, definitions = models_json_schema(
        [(m, "validation") for m in sorted(models, key=lambda m: m.__name__)],
        ref_template="#/components/schemas/{model}",
    )
    schemas = {model: ref for (model, _), ref in refs.items()}
    paths: dict[str, Any] = {}
    for route in found:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas, _owner(app, route))
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


def _owner(app: Any, route: Route) -> str:
    return str(app.routes[route.path][route.method].view_function.__module__.split(".")[1])


def _operation(route: Route, schemas: Mapping[Any, Any], owner: str) -> dict[str, Any]:
    answer = {
        "description": route.answer.__doc__ or "",
        "content": {"application/json": {"schema": schemas[route.answer]}},
    }
    problem = {"content": {"application/problem+json": {"schema": schemas[Problem]}}}
    operation: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "tags": [owner],
        "parameters": _parameters(route),
        "security": [{"bearer": []}] if route.act else [],
        "responses": {str(route.status): answer, "default": {"description": "Refused: a problem", **problem}},
    }
    if route.body:
        content = {"application/json": {"schema": schemas[route.body]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _operation_id(route: Route) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", route.path.removeprefix("/v1").lower()).strip("_")
    return f"{route.method.lower()}_{words}"


def _parameters(route: Route) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": text} for name in re.findall(r"{(\w+)}", route.path)
    ]
    found += [{"name": name, "in": "query", "required": False, "schema": text} for name in route.query]
    if route.keyed:
        note = "Repeat it to repeat the answer; with another body it is refused"
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": text, "description": note})
    if route.versioned:
        found.append(
            {"name": "If-Match", "in": "header", "required": True, "schema": text, "description": "The ETag you saw"}
        )
    found.append({"name": "Accept-Language", "in": "header", "required": False, "schema": {"enum": ["vi", "en"]}})
    return found


def main() -> None:
    """Write the description to the file named by the first argument."""
    os.environ["AWS_CHALICE_CLI_MODE"] = "true"  # every route is registered, no setting is needed
    Path(sys.argv[1]).write_text(json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
