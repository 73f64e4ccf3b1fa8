"""Office files as PDF: LibreOffice where it stands on PATH, run by the process that opens strangers' files.

It inherits that process's limits of memory and of the processor, has a profile folder of its own for one file, runs no
macro, follows no link and reaches no network by its proxies. Elsewhere such a file is refused as `no_converter`: the
functions of AWS carry no LibreOffice, a stage on machines of one's own may.
"""

import contextlib
import os
import shutil
import signal
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from chalicelib.digitisation.model import DOCX, ODT, XLSX
from chalicelib.digitisation.reasons import no_converter, too_heavy, truncated

PROGRAM: Final = "soffice"
PATIENCE: Final = 40
"""Seconds of the clock; the process that waits for it is given up after sixty."""
LARGEST: Final = 64 << 20
"""Bytes of the PDF."""
ENDINGS: Final = {DOCX: "docx", XLSX: "xlsx", ODT: "odt"}
OPTIONS: Final = (
    "--headless",
    "--invisible",
    "--nodefault",
    "--nofirststartwizard",
    "--nolockcheck",
    "--nologo",
    "--norestore",
)
NO_PROXY_ANSWERS: Final = "http://127.0.0.1:9"
_SECURITY: Final = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS: Final = (
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
)
"""What a user could set by hand; of links Writer calls "never" 0, Calc calls it 1."""


class LibreOffice:
    """The program of this machine."""

    def pdf(self, data: bytes, media_type: str) -> bytes:
        """The file as PDF. Raises Refused: no_converter, too_heavy when it does not end, truncated when it fails."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise no_converter()
        with TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as made:
            folder = Path(made)
            given = folder / f"paper.{ENDINGS[media_type]}"
            given.write_bytes(data)
            _write_profile(folder / "profile")
            _run([program, *OPTIONS, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf",
                  "--outdir", str(folder), str(given)], folder)  # fmt: skip
            printed = given.with_suffix(".pdf")
            if not printed.is_file():
                raise truncated("office file that does not convert")
            if printed.stat().st_size > LARGEST:
                raise too_heavy(f"a PDF of {printed.stat().st_size} bytes")
            return printed.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    known = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    known |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), NO_PROXY_ANSWERS)
    process = subprocess.Popen(  # noqa: S603 - a program of this machine, with names of ours
        command,
        env=known | {"HOME": str(folder), "TMPDIR": str(folder)},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        ended = process.wait(PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise too_heavy(f"office file that was not converted within {PATIENCE} s") from error
    finally:
        with contextlib.suppress(ProcessLookupError):  # what it started is in its session
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if ended < 0:
        raise too_heavy(f"the converter ended by signal {-ended}")


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


@lru_cache(maxsize=1)
def printed(data: bytes, media_type: str) -> bytes:
    """An inspected office file as PDF; the last one is remembered, as several jobs ask for it. Raises Refused."""
    return LibreOffice().pdf(data, media_type)
