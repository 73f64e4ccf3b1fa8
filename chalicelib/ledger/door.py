"""The door: a link to a file of a person is given after the line in their ledger is written, and never without it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from chalicelib.contracts.ledger import LineWritten, RegisterAsked
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE
from chalicelib.ledger.lines import change
from chalicelib.ledger.table import TABLE, partition

ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "text/csv": ".csv",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
"""What files may be: there is no link to any other kind."""
LONGEST: Final = 100
"""Letters of a name, without its ending."""
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_HARMFUL: Final = re.compile(r"""["\\/:*?<>|%;'`$]""")
_NOT_ASCII: Final = re.compile(r"[^A-Za-z0-9 ._()-]")
LINK_LIVES: Final = 300
"""Seconds in which a link can be followed."""
OWNER: Final = "owner"
PERSON: Final = "person"
"""Whoever files for the owner, or holds the dossier with them; their name stands beside it."""
ON_REQUEST: Final = "45/2020 Art. 5"


class Read(Struct, frozen=True, kw_only=True):
    """What is read: `document` is its name in the ledger of `owner`, the keyed hash of the person whom it concerns.

    `reference` is the dossier to which it belongs. `by_owner`: its owner reads it, who has another number now.
    `ground` is that of another reader; none said: the dossier. `asked`: what is held is named, and no file is given.
    """

    owner: str
    document: str
    reference: str
    sha256: str
    min_level: int = UNSAID_LEVEL
    by_owner: bool = False
    ground: str = ""
    asked: RegisterAsked | None = None


def look_of(what: str, record: str, holder: str, level: int) -> Read:
    """A look at a record of words, such as a petition, on the ledger of who made it: `what` it is, and its name.

    `holder` is who made it, as a keyed hash; `level` that of trust which shows them the line, 0 where none is said.
    """
    return Read(
        owner=holder,
        document=record,
        reference=record,
        sha256="",
        min_level=level or UNSAID_LEVEL,
        ground=f"{what} {record}",
    )


class File(Read, frozen=True, kw_only=True):
    """A file that may be handed out: one version of it. `media_type` is what was found in its bytes.

    `filename` is what it is called, by whomever: it is made safe here.
    """

    bucket: str
    key: str
    version_id: str
    media_type: str
    filename: str


type Fences = Mapping[str, aws.Op]
"""Conditions on other items, by name, under which alone somebody reads."""


def hand_out(file: File, who: Principal, route: str, now: datetime, under: Fences | None = None) -> str:
    """A link to the file, after the line. Raises what `note` raises: then there is no link."""
    note(file, who, route, now, under)
    return _link(file)


def note(read: Read, who: Principal, route: str, now: datetime, under: Fences | None = None) -> None:
    """The ledger says who read what, by which route and on which ground.

    Two calls: the ledger's HEAD, and one transaction. Raises TryAgain, and whatever keeps the line from being written;
    aws.Lost with the names of fences that do not hold; ValueError for what is nobody's and has no ledger.
    """

    def once() -> None:
        written = line_of(read, who, route, now)
        for part, fence in (under or {}).items():
            written.also(part, fence)
        written.write()

    record.settled(once)


def line_of(read: Read, who: Principal, route: str, now: datetime) -> record.Change:
    """The line that `note` writes, to be joined to the change of which it tells. Raises ValueError as that."""
    if not read.owner:
        raise ValueError(f"nobody's: {read.document}")
    is_owner = read.by_owner or who.holder == read.owner
    line = LineWritten(
        act="read",
        document=read.document,
        by=OWNER if is_owner else who.agency or PERSON,
        officer=None if is_owner else who.name,
        basis=ON_REQUEST if is_owner else read.ground or f"dossier {read.reference}",
        reference=read.reference,
        sha256=read.sha256,
        route=route,
        min_level=read.min_level,
        portal=who.portal or None,
        client=who.client or None,
        asked=read.asked,
    )
    return change(read.owner, line, now, actor=OWNER if is_owner else who.subject)


def withdrawal(read: Read, agency: str, officer: str, decision: str, now: datetime, *, actor: str) -> record.Change:
    """The line that an agency withdrew a paper, by its decision: to be joined to the change that it tells of.

    `officer` is the name of who confirmed it.
    """
    line = LineWritten(
        act="read",
        document=read.document,
        by=agency,
        officer=officer,
        basis=decision,
        reference=read.reference,
        sha256=read.sha256,
        min_level=read.min_level,
        withdrawn=True,
    )
    return change(read.owner, line, now, actor=actor)


def turn_away(owner: str, portal: str, why: str, now: datetime) -> None:
    """The ledger says which portal asked for a person without a right to, and why it got nothing.

    One line for each portal and day of Viet Nam: one that tries all day does not fill a ledger. Raises TryAgain, and
    whatever keeps the line from being written.
    """
    line = LineWritten(act="read", document="", by=portal, basis=why, reference="", sha256="", refused=True)
    day = now.astimezone(ZONE).date().isoformat()
    told = aws.put_new(TABLE(), {"pk": partition(owner), "sk": f"ASKED#{portal}#{day}"})

    def once() -> None:
        try:
            change(owner, line, now, actor=portal).also("told", told).write()
        except aws.Lost as lost:
            if "told" not in lost.parts:
                raise

    record.settled(once)


def attachment(filename: str, media_type: str) -> str:
    """The header by which a browser keeps a file and never shows it (RFC 6266), under a name that does no harm.

    The ending is that of the checked type, whatever the name says.
    """
    stem = _ENDING.sub("", filename)
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in stem)
    safe = " ".join(_HARMFUL.sub("_", plain).split()).strip(" .")[:LONGEST] or "file"
    ending = ENDINGS[media_type]
    fallback = _NOT_ASCII.sub("_", safe)
    return f"attachment; filename=\"{fallback}{ending}\"; filename*=UTF-8''{quote(safe + ending, safe='')}"


def _link(file: File) -> str:
    where = {
        "Bucket": file.bucket,
        "Key": file.key,
        "VersionId": file.version_id,
        "ResponseContentType": file.media_type,
        "ResponseContentDisposition": attachment(file.filename, file.media_type),
    }
    url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=LINK_LIVES)
    return url
