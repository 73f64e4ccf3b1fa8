"""Files of figures that agencies drop: `figures/<agency>/<system>/<dialect>/<version>/<period or all>/<name>`.

Each file has one verdict, kept once and listed for its agency. A file that cannot be read is judged like any other: it
comes from the queue no second time, and holds back nobody.
"""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.objects import Post
from chalicelib.kernel.problem import BodyInvalid, DomainError, FieldError, TryAgain
from chalicelib.measures.ingested.dialects import DIALECTS, read_file, rows_of
from chalicelib.measures.ingested.model import Arrived, Given, Taken
from chalicelib.measures.ingested.ports import Files
from chalicelib.measures.ingested.service import Ingestion, faults_of
from chalicelib.measures.reported import Dialect

FOLDER: Final = "figures"
ALL: Final = "all"
"""The folder of a period where rows say their own."""
SYSTEM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
VERSION: Final = re.compile(r"[1-9][0-9]{0,14}")
MEDIA: Final = {"csv": "text/csv", "json": "application/json"}
_AGENCY: Final = 1
_PARTS: Final = 7
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.(csv|json)")


class Head(NamedTuple):
    """What a folder says of its files."""

    agency: str
    system: str
    dialect: Dialect
    version: int
    period: str


@dataclass(frozen=True, slots=True)
class Dropping:
    """The use cases of a system that drops files, and of the bucket that tells of them."""

    ingestion: Ingestion
    files: Files

    def admit(self, who: Principal, head: Head, name: str) -> tuple[Post, str]:
        """A form for one file in the folder of the asker's agency, and its key. Raises BodyInvalid."""
        found = _NAME.fullmatch(name)
        if found is None:
            vi, en = "Tên tệp chữ không dấu, .csv hoặc .json", "A plain name that ends with .csv or .json"
            raise BodyInvalid(fields=[FieldError("/file", "file_kind", vi, en)])
        folder = (who.agency, head.system, head.dialect, str(head.version), head.period or ALL)
        key = "/".join((FOLDER, *folder, name))
        return self.files.form(key, MEDIA[found[1]]), key

    def take_in(self, key: str, version: str) -> Arrived | None:
        """A file arrived: taken, or refused with its reasons; None where its folder is no agency's.

        Again it answers what was found at first. Raises TryAgain: its queue brings it once more.
        """
        parts = key.split("/")
        if parts[0] != FOLDER or len(parts) <= _AGENCY + 1 or not parts[_AGENCY]:
            return None
        agency, identifier = parts[_AGENCY], digest(key, version)
        if known := self.ingestion.reports.judged(agency, identifier):
            return known
        told = Arrived(
            id=identifier,
            agency=agency,
            way="drop",
            at=stamp(self.ingestion.clock()),
            verdict="taken",
            file="/".join(parts[_AGENCY + 1 :])[:300],
            listed=True,
        )
        try:
            taken = self._taken(parts, key, version, told)
        except TryAgain:
            raise
        except DomainError as refusal:
            return self._judged(told, verdict="refused", faults=faults_of(refusal))
        if taken.is_new:
            return replace(told, batch=taken.batch.id)
        return self._judged(told, verdict="duplicate", batch=taken.batch.id)

    def _taken(self, parts: list[str], key: str, version: str, told: Arrived) -> Taken:
        head = head_of(parts)
        data = self.files.read(key, version)
        if data is None:
            raise BodyInvalid(fields=[FieldError("", "gone", "Tệp không còn", "The file is not there any more")])
        rows = rows_of(head.dialect, read_file(parts[-1], data))
        return self.ingestion.take(Given(*head, rows), "drop", told)

    def _judged(self, told: Arrived, **found: object) -> Arrived:
        judged = replace(told, **found)
        self.ingestion.reports.judge(judged)
        return judged


def head_of(parts: list[str]) -> Head:
    """What the folder of a file says. Raises BodyInvalid for a file that stands in no such folder."""
    if len(parts) == _PARTS:
        _, agency, system, dialect, version, period, _ = parts
        known = next((each for each in DIALECTS if each == dialect), None)
        if known and SYSTEM.fullmatch(system) and VERSION.fullmatch(version):
            return Head(agency, system, known, int(version), "" if period == ALL else period)
    place = f"{FOLDER}/<agency>/<system>/<{'|'.join(DIALECTS)}>/<version>/<period|{ALL}>/<file>"
    raise BodyInvalid(fields=[FieldError("", "folder", f"Thư mục phải là {place}", f"The folder has to be {place}")])
