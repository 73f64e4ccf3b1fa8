"""Ask a Một Cửa for the registered hash of a paper, by the look-up code in its signature, or else printed on it."""

import re
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote

import msgspec
import requests
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.contracts.provenance import Compared
from chalicelib.messages.statement import WHERE, read
from chalicelib.messages.verification import Known
from infra.demo.client import patient

LOOKUP = re.compile(r"/v1/verifications/([A-Za-z0-9.\-]+)")
TIMEOUT = 10  # seconds


class Unreachable(Exception):
    """The registry did not answer, or not as a registry."""


def lookup_in(pdf: bytes) -> str:
    """The look-up code that the last signature states; empty in a paper of an earlier release."""
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        statement = read(str(found[-1].sig_object.get(WHERE, ""))) if found else None
    except Exception:  # noqa: BLE001 - hostile bytes may break a parser anywhere
        return ""
    return statement.lookup if statement else ""


def code_on(pdf: bytes) -> str | None:
    """The code in the look-up address on the first page; None when there is none. The address itself is not trusted."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
            text = document[0].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return None
    found = LOOKUP.search(text)
    return found[1] if found else None


class _Answer(msgspec.Struct, frozen=True):
    """What a registry says of a document; one of an earlier release says its hash only."""

    sha256: str
    earlier: tuple[str, ...] = ()
    withdrawn_at: str | None = None
    owner_compared: Compared | None = None


def registered(pdf: bytes, registry: str) -> Known | None:
    """What the registry knows of the paper with this paper's code; None when it knows none.

    Raises Unreachable when the registry does not answer as one.
    """
    lookup = lookup_in(pdf)
    code = lookup or code_on(pdf)
    if code is None:
        return None
    # A code that can be guessed answers for its own file only.
    asked = {} if lookup else {"sha256": sha256(pdf).hexdigest()}
    address = f"{registry.rstrip('/')}/v1/verifications/{quote(code, safe='')}"
    try:
        with patient() as session:
            answer = session.get(address, params=asked, timeout=TIMEOUT)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        answer.raise_for_status()
        said = msgspec.json.decode(answer.content, type=_Answer)
    except (requests.RequestException, msgspec.DecodeError) as error:
        raise Unreachable(registry) from error
    return Known(said.sha256, said.earlier, withdrawn=said.withdrawn_at is not None, compared=said.owner_compared)
