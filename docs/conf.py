# ruff: noqa: INP001 - Sphinx reads this file by its path, it is no module
"""The documentation site: `make docs` builds it into .local/docs. It needs no network."""

import copy
import json
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from sphinxcontrib.httpdomain import HTTP_STATUS_CODES
from sphinxcontrib.openapi.renderers import HttpdomainRenderer

project = "Một Cửa"
author = "The Một Cửa contributors"
project_copyright = author
version = release = "0.1.0"
language = "en"

extensions = ["myst_parser", "sphinxcontrib.openapi"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Một Cửa"
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False

HERE = Path(__file__).parent
ROUTES = "## In detail\n\n```{eval-rst}\n.. openapi:: openapi.json\n```\n"
ABSENT = "The routes are not here: `docs/reference/openapi.json` was not written. `make docs` writes it.\n"


class Renderer(HttpdomainRenderer):  # type: ignore[misc] - its package has no types
    """The routes without answers such as `5XX` and `default`: Sphinx's HTTP domain prints numbers only."""

    def render_restructuredtext_markup(self, spec: dict[str, Any]) -> Iterator[str]:
        """The lines of the page."""
        shown = copy.deepcopy(spec)
        for operations in shown["paths"].values():
            for facts in operations.values():
                facts["responses"] = {k: v for k, v in facts["responses"].items() if k.isdigit()}
        yield from super().render_restructuredtext_markup(shown)


# The HTTP domain knows the codes of an older standard.
HTTP_STATUS_CODES.update({int(status): status.phrase for status in HTTPStatus if int(status) not in HTTP_STATUS_CODES})

openapi_renderers = {"routes": Renderer}
openapi_default_renderer = "routes"
suppress_warnings = ["config.cache"]  # the renderer is a class, so it is not kept between builds


def fill_routes(_app: Any, name: str, source: list[str]) -> None:
    """Put the generated routes where the API page asks for them, or say why they are not there."""
    if name != "reference/api":
        return
    spec = HERE / "reference" / "openapi.json"
    there = spec.is_file()
    text = overview(json.loads(spec.read_text("utf-8"))) + ROUTES if there else ABSENT
    source[0] = source[0].replace("<!-- routes -->", text)


def overview(spec: dict[str, Any]) -> str:
    """A table of all routes."""
    rows = ["## All routes", "", "| Route | What it does | Capability | Token |", "|---|---|---|---|"]
    for path, operations in spec["paths"].items():
        for method, facts in operations.items():
            token = "yes" if facts["security"] else "no"
            rows.append(f"| `{method.upper()} {path}` | {facts['summary']} | {facts['tags'][0]} | {token} |")
    return "\n".join(rows) + "\n\n"


def setup(app: Any) -> None:
    """Sphinx calls this."""
    app.connect("source-read", fill_routes)
