"""Folders and files of ours that the functions of a zip load nothing of."""

from typing import Final

BEHIND_HTTP: Final = (
    *(f"chalicelib/identity/{name}/" for name in ("exchange", "registers", "staff")),
    *(f"chalicelib/catalogue/{name}/" for name in ("guidance", "ownership", "plans")),
    *(f"chalicelib/onestop/{name}/" for name in ("changes", "coordination", "originals", "rating", "reception")),
    *(f"chalicelib/{name}/" for name in ("measures/reports", "submission/estore", "vault/grants")),
    *(
        f"chalicelib/catalogue/services/{name}.py"
        for name in ("charges", "owed", "paper_views", "papers", "reckoned", "times", "told", "views")
    ),
    *(f"chalicelib/identity/{name}.py" for name in ("authorizer", "claims", "tokens", "trust")),
    *(f"chalicelib/kernel/{name}.py" for name in ("body", "endpoint", "pages")),
    *(f"chalicelib/measures/boards/{name}.py" for name in ("charts", "elsewhere", "page", "views", "words")),
    "chalicelib/messages/views.py",
    *(f"chalicelib/measures/{name}.py" for name in ("findings", "rebuilding", "service", "views")),
    *(f"chalicelib/measures/{name}/views.py" for name in ("ingested", "scores")),
    *(
        f"chalicelib/onestop/{name}.py"
        for name in ("bundles/views", "costs", "counter_entry", "readings", "related", "tasks/views")
    ),
    *(f"chalicelib/{name}/views.py" for name in ("catalogue/versions", "identity/mandates", "identity/petitions")),
    "chalicelib/catalogue/records/parsing.py",
    "chalicelib/onestop/thread/writing.py",
    "chalicelib/vault/uses.py",
    "/api/",
    "/api.py",
    "/wire/",
    "/wire.py",
)
"""What is asked and spoken over HTTP, or by a command, alone: no worker loads it."""
READS_SCANS: Final = tuple(
    f"chalicelib/digitisation/{name}.py"
    for name in (
        "addresses",
        "askew",
        "barcodes",
        "cards",
        "cells",
        "checks",
        "colons",
        "columns",
        "conversion",
        "copying",
        "dots",
        "fields",
        "figures",
        "greys",
        "headings",
        "hyphens",
        "ink",
        "inside",
        "leaders",
        "legible",
        "lines",
        "meaning",
        "negatives",
        "neighbours",
        "noughts",
        "office",
        "pages",
        "pdfs",
        "pictures",
        "press",
        "prose",
        "reading",
        "rules",
        "spreads",
        "strays",
        "tidying",
        "tiffs",
        "tones",
        "values",
        "weight",
        "whose",
    )
)
"""What only whoever reads scans loads, behind its queue: no function of the API has the libraries for it."""
