"""What somebody may do next, as commands that work as they stand."""

import json
import shutil
import sys
import urllib.request
from pathlib import Path
from typing import Final

from infra.command.output import Json

SAMPLES: Final = Path("tests/unit/catalogue/records/samples")
"""National records that come with the sources, to try an import with."""
TUTORIAL: Final = "docs/tutorial/first-dossier.md"


def program() -> str:
    """How this program was called, for a command that is to be typed: by its name on the PATH, else by its file."""
    called = Path(sys.argv[0]).absolute()
    found = shutil.which("motcua")
    if found and Path(found).resolve() == called.resolve():
        return "motcua"
    here = Path.cwd()
    return str(called.relative_to(here) if called.is_relative_to(here) else called)


def after_demo(out: Path, summary: Json) -> list[dict[str, str]]:
    """Three things to do after a demo: what for, in both languages, and the command."""
    return [
        {
            "vi": "Đọc giấy hẹn (hoặc mở tệp)",
            "en": "Read the receipt (or open the file)",
            "command": f"pdftotext -layout {out}/receipt.pdf -",
        },
        {
            "vi": f"Mở trang của mã QR trên giấy hẹn, {summary['receipt_page']}, khi lệnh này chạy",
            "en": f"Open the page of the receipt's QR code, {summary['receipt_page']}, while this runs",
            "command": f"{program()} serve --folder {out}",
        },
        {
            "vi": f"Tự nộp một hồ sơ: theo {TUTORIAL}, khi lệnh này chạy",
            "en": f"File a dossier yourself: follow {TUTORIAL} while this runs",
            "command": f"{program()} serve",
        },
    ]


def while_served(folder: Path, where: Json) -> list[str]:
    """Where more services and figures come from, while a cloud is served from this folder."""
    records = SAMPLES if SAMPLES.is_dir() else "PATH"
    stage = f"--where {folder}/where.json"
    return [
        f"{_services(where)}dịch vụ / services; thêm từ bản ghi quốc gia / more, from files of national records:",
        f"  {program()} procedures import {records} {stage}",
        "Số liệu từ hồ sơ giải quyết ở đây / figures count dossiers handled here; công khai / made public by:",
        f"  {program()} measure boards {stage}",
    ]


def _services(where: Json) -> str:
    """How many services there are; nothing where the count does not come: who serves must not end by it."""
    try:
        with urllib.request.urlopen(f"{where['url']}/v1/services?limit=1", timeout=30) as answer:  # noqa: S310 - our own
            return f"{json.load(answer)['total']} "
    except OSError:
        return ""
