"""What Chalice says of each operation and a proxy integration has no use of is left out: a template has a limit."""

from typing import Any, Final

INTEGRATION: Final = "x-amazon-apigateway-integration"
PROXY: Final = "aws_proxy"
OF_METHOD: Final = ("consumes", "produces")
OF_PROXY: Final = ("contentHandling", "passthroughBehavior", "responses")
"""The function says content type, status and headers itself; the gateway hands over whatever comes."""


def made_lean(body: dict[str, Any]) -> None:
    """Leave out, in place, what changes nothing in a definition of an API (Swagger 2.0); a HEAD has the GET's words."""
    for methods in body["paths"].values():
        for method, operation in methods.items():
            integration = operation[INTEGRATION]
            if integration["type"] != PROXY:
                continue
            for name in OF_METHOD:
                operation.pop(name, None)
            for name in OF_PROXY:
                integration.pop(name, None)
            operation["responses"] = {}
            if method == "head":
                operation.pop("summary", None)
                operation.pop("description", None)
