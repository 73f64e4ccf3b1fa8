"""The documentation site as the local stage serves it: files of one folder, and what a browser may do with them."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Response

from infra.local.problems import SAFE

_INLINE: Final = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_POLICY: Final = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@lru_cache(maxsize=256)
def _scripts(file: Path, changed: int) -> str:
    """The hashes of a page's own inline scripts: these run, and none that got into an address or an answer."""
    del changed  # the page is read again when it is another one
    found = (hashlib.sha256(text).digest() for text in _INLINE.findall(file.read_bytes()))
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in found)


def policy(file: Path) -> str:
    """The Content-Security-Policy of a file of the site."""
    inline = _scripts(file, file.stat().st_mtime_ns) if file.suffix == ".html" else ""
    return _POLICY.format(scripts=inline)


def documentation(folder: Path, path: str, environ: dict[str, Any]) -> Response:
    """What stands at a path below `/docs`. Raises: werkzeug's `NotFound`."""
    if not path:
        return Response(status=308, headers={"Location": "/docs/", **SAFE})
    name = path.removeprefix("/")
    name = f"{name}index.html" if name.endswith("/") or not name else name
    page = send_from_directory(folder, name, environ)
    page.headers.update({**SAFE, "Content-Security-Policy": policy(folder / name)})
    return page
