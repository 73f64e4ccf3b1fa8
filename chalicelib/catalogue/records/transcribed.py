"""Records that we transcribed by hand, where the National Database's answer was had as text only."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "data" / "records"


@cache
def _read() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(_FOLDER.glob("*.json"))}


def transcribed() -> dict[str, dict[str, Any]]:
    """The facts of every transcribed record by code, in the shape of `read_record`; each call gives fresh copies."""
    return {code: json.loads(text) for code, text in _read().items()}
