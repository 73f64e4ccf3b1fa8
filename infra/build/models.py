"""What botocore reads of each service we use, without its prose, and of no other: a cold start has little to parse.

botocore looks through the folders of four hundred services, and unpacks sentences for people, before its first call.
Nothing but the prose is left out, so every operation stays (`chalicelib/kernel/session.py` reads them).
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import botocore

from chalicelib.kernel.session import MODELS

ROOT: Final = Path(__file__).parents[2]
DATA: Final = Path(botocore.__file__).parent / "data"
VERSION: Final = botocore.__version__
UNREAD: Final = ("examples-1", "waiters-2")
PROSE: Final = ("documentation", "documentationUrl")


def services() -> list[str]:
    """The services that the product asks `kernel.aws` a client of."""
    sources = (path.read_text("utf-8") for path in (ROOT / "chalicelib").rglob("*.py"))
    return sorted({name for text in sources for name in re.findall(r"\bclient\(\"([a-z0-9-]+)\"\)", text)})


def write(folder: Path) -> None:
    """Write the descriptions into a tree's folder of them."""
    for target, text in _texts():
        path = folder / MODELS.name / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _texts() -> Iterator[tuple[str, str]]:
    wanted = services()
    for path in sorted(DATA.glob("*.json*")):
        found = _read(path)
        yield _name(path), _short(_of_ours(found, wanted) if path.name.startswith("endpoints") else found)
    for service in wanted:
        latest = max(path for path in (DATA / service).iterdir() if path.is_dir())
        for path in sorted(latest.glob("*.json*")):
            if not path.name.startswith(UNREAD):
                yield f"{service}/{latest.name}/{_name(path)}", _short(_plain(_read(path)))


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz")


def _read(path: Path) -> Any:
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A description whose sentences are empty (botocore asks for some); a shape of such a name is an object."""
    if isinstance(value, dict):
        return {k: "" if k in PROSE and isinstance(v, str) else _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def _of_ours(endpoints: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    """The addresses of our services, in every part of AWS; the old names of some services are kept beside ours."""
    names = {*wanted, "states"}
    parts = [
        {**each, "services": {name: at for name, at in each["services"].items() if name in names}}
        for each in endpoints["partitions"]
    ]
    return {**endpoints, "partitions": parts}
