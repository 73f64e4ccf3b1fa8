"""What Chalice says of each operation and a proxy integration has no use of is left out: a template has a limit."""

from typing import Any, Final

INTEGRATION: Final = "x-amazon-apigateway-integration"
PROXY: Final = "aws_proxy"
OF_METHOD: Final = ("consumes", "produces")
OF_PROXY: Final = ("contentHandling", "passthroughBehavior", "responses")
"""The function says content type, status and headers itself; the gateway hands over whatever comes."""


OF_PREFLIGHT: Final = ("consumes", "produces")
"""A pre-flight has no body."""
EXPOSED: Final = "Access-Control-Expose-Headers"
"""Browsers read it of the answer itself, never of a pre-flight (Fetch standard, 4.9)."""


def made_lean(body: dict[str, Any]) -> None:
    """Leave out, in place, what changes nothing in a definition of an API (Swagger 2.0); a HEAD has the GET's words."""
    for methods in body["paths"].values():
        for method, operation in methods.items():
            if operation[INTEGRATION]["type"] == PROXY:
                _lean_proxy(method, operation)
            elif method == "options":
                _lean_preflight(operation)
            elif method == "head":
                _lean_page(operation)


def _lean_proxy(method: str, operation: dict[str, Any]) -> None:
    for name in OF_METHOD:
        operation.pop(name, None)
    for name in OF_PROXY:
        operation[INTEGRATION].pop(name, None)
    operation["responses"] = {}
    if method == "head":
        operation.pop("summary", None)
        operation.pop("description", None)


def _lean_preflight(operation: dict[str, Any]) -> None:
    for name in OF_PREFLIGHT:
        operation.pop(name, None)
    operation[INTEGRATION].pop("passthroughBehavior", None)  # when_no_match is what is meant without it
    for response in operation["responses"].values():
        response.pop("schema", None)
        response.get("headers", {}).pop(EXPOSED, None)
        response["description"] = ""
    for response in operation[INTEGRATION]["responses"].values():
        response.get("responseParameters", {}).pop(f"method.response.header.{EXPOSED}", None)


def _lean_page(operation: dict[str, Any]) -> None:
    """The HEAD of a page that the gateway itself answers: headers, no text."""
    for response in operation[INTEGRATION]["responses"].values():
        response["responseTemplates"] = dict.fromkeys(response["responseTemplates"], "")
