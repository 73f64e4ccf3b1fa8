"""The process that opens strangers' files: `python -m chalicelib.digitisation.inside HANDLE LIMITS`, one job at a time.

It has no key, no settings and no network of ours, little memory, and for each job little time of the processor. A file
that takes more ends it; its parent (`sandbox.py`) tells that of the file and starts another.
"""

import logging
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import msgspec

from chalicelib.digitisation.jobs import (
    ENCODE,
    TOO_MUCH,
    Answer,
    Broke,
    Convert,
    Copy,
    Crops,
    Cut,
    Declined,
    Done,
    Inspect,
    Job,
    Pictures,
    Read,
    job_of,
)
from chalicelib.digitisation.model import OFFICE, PDF, TIFF, Refused
from chalicelib.digitisation.reasons import not_archivable, truncated, unreadable

KEPT: Final = 300 << 10
"""Kilobytes that it may have needed and go on: past them it ends after its answer, and a fresh one takes over."""


def limit(memory: int) -> None:
    """No more than so many bytes of memory of its own, and no dump of what was in it."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow(seconds: int) -> None:
    """So many more seconds of the processor, from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, most))


def answered(job: Job) -> Answer:
    """Do a job; a refusal or a failure is an answer too. Raises MemoryError, RecursionError."""
    try:
        return Done(msgspec.Raw(ENCODE(_done(job))))
    except Refused as refused:
        return Declined(refused.code, refused.message_vi, refused.message_en)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - told to the parent, who raises it
        return Broke(f"{type(error).__name__}: {error}")


def _done(job: Job) -> object:
    match job:
        case Inspect():
            return _inspected(job)
        case Pictures() | Cut() | Crops():
            return _parted(job)
        case Copy():
            from chalicelib.digitisation.copying import make_copy
            from chalicelib.digitisation.flaws import insist
            from chalicelib.digitisation.legible import picture_flaw

            _or_blamed(lambda: insist([*map(picture_flaw, job.images)]), _blank, not_archivable)
            return _or_blamed(
                lambda: make_copy(job.images, title=job.title, expected_pages=job.expected_pages),
                lambda: make_copy([_blank()], title=job.title),
                not_archivable,
            )
        case Read():
            from chalicelib.digitisation.reading import reader

            return _or_blamed(lambda: reader().read(job.image), lambda: reader().read(_blank()), unreadable)
        case Convert():
            from chalicelib.digitisation.conversion import convert

            return convert(job.images, job.pages, job.mark, data=job.data)


def _parted(job: Pictures | Cut | Crops) -> object:
    """A file in pieces: its pages, its papers, the places on a page."""
    match job:
        case Pictures():
            from chalicelib.digitisation.pages import page_images

            return page_images(job.data, job.media_type)
        case Cut():
            from chalicelib.digitisation.parts import cut

            return cut(job.data, job.media_type, job.parts)
        case Crops():
            from chalicelib.digitisation.crops import crops

            return crops(job.image, job.places)


def _or_blamed(work: Callable[[], object], control: Callable[[], object], reason: Callable[[str], Refused]) -> object:
    """What can be done with a blank page and not with this one is the fault of this one.

    Raises Refused; what the control raises, when that fails too: then the fault is ours.
    """
    try:
        return work()
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever a library says of a stranger's picture
        control()
        raise reason(f"{type(error).__name__}: {error}") from error


def _blank() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


def _inspected(job: Inspect) -> object:
    from chalicelib.digitisation.barcodes import codes_on
    from chalicelib.digitisation.checks import SignatureScanner, inspect
    from chalicelib.digitisation.converter import printed
    from chalicelib.digitisation.pages import try_pages
    from chalicelib.digitisation.parts import sheets_on
    from chalicelib.digitisation.signatures import may_be_signed, signatures_of

    try:
        found = inspect(job.data, job.limits, scanner=SignatureScanner())
        if found.media_type == PDF:
            try_pages(job.data)
            if may_be_signed(job.data):
                found = replace(found, signatures=signatures_of(job.data, job.roots))
        if found.media_type in OFFICE:
            try_pages(printed(job.data, found.media_type))
        if job.with_codes:
            found = replace(found, codes=codes_on(job.data, found.media_type))
            if found.media_type in {PDF, TIFF} and len(found.pages) > 1:
                found = replace(found, sheets=sheets_on(job.data, found.media_type))
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever a library says of a stranger's bytes is a verdict on them
        raise truncated(f"{type(error).__name__}: {error}") from error
    return found


def needed() -> int:
    """Kilobytes of memory that this program had at most; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    told = status.read_text("ascii").partition("VmHWM:")[2] if status.exists() else ""
    return int(told.split()[0]) if told else 0


def main(handle: int, memory: int, seconds: int) -> None:
    """Answer jobs until nobody asks any more."""
    logging.disable(logging.CRITICAL)  # libraries quote the file, and the names and numbers of its signers
    limit(memory)
    pipe = Connection(handle)
    while needed() < KEPT:
        try:
            given = pipe.recv_bytes()
        except EOFError:
            return
        allow(seconds)
        try:
            pipe.send_bytes(ENCODE(answered(job_of(given))))
        except (MemoryError, RecursionError):
            os._exit(TOO_MUCH)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
