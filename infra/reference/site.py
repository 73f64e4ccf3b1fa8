"""The documentation site, built from docs/ when it is not there or older than its sources; no network."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ("docs", "chalicelib", "infra/reference")


def _newest(paths: list[Path]) -> float:
    files = [f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.suffix in (".md", ".py", ".json")]
    return max((f.stat().st_mtime for f in files), default=0.0)


def reference_site(out: Path, say: Callable[[str], None]) -> Path | None:
    """The folder of the built site; None when this installation has no sources of it, or they cannot be built."""
    index = out / "index.html"
    if not (ROOT / "docs" / "conf.py").is_file():
        return None
    if index.is_file() and index.stat().st_mtime >= _newest([ROOT / s for s in SOURCES]):
        return out
    say("building the documentation (once; up to a minute): wait for the addresses ...")
    try:
        build(out)
    except subprocess.CalledProcessError:
        say("the documentation was not built, for the reason above; it is not served")
        return None
    return out


def build(out: Path) -> None:
    """Write the API description and build the site; a warning is an error. Raises CalledProcessError."""
    description = ROOT / "docs" / "reference" / "openapi.json"
    description.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "infra.reference.openapi", description], cwd=ROOT, check=True)  # noqa: S603 - our own module
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "docs", str(out.absolute())]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own sources
    (out / "index.html").touch()
