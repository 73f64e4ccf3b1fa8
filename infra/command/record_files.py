"""`motcua procedures import`: files of national procedure records, read, reported and handed to a store."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from msgspec import to_builtins

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.model import fingerprint
from chalicelib.catalogue.records.findings import BadJson, Finding, RecordRefused
from chalicelib.catalogue.records.parsing import MAX_FILE, build, split
from chalicelib.catalogue.records.reading import Reading, read_record

type Stored = Literal["imported", "changed", "unchanged"]
type Store = Callable[[Facts, Sequence[Finding]], Stored]

SAMPLES = Path(__file__).parents[2] / "tests/unit/catalogue/records/samples"

_REASONS: dict[str, tuple[str, str]] = {
    "not_found": ("Không có tệp hoặc thư mục này.", "There is no such file or folder."),
    "not_a_file": ("Không phải tệp thường.", "Not a regular file."),
    "symlink_outside": ("Liên kết trỏ ra ngoài thư mục đã cho.", "A symbolic link out of the given folder."),
    "unreadable": ("Không đọc được tệp.", "The file cannot be read."),
    "code_twice": (
        "Mã này đã có trong lần nhập với nội dung khác; không rõ bản nào đúng.",
        "This code came before in the same import with other facts; which of them holds is not said.",
    ),
}


class _PathRefused(Exception):
    """A path that is not read; `code` is one of the reasons above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class _Report:
    imported: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def refuse(self, path: str, code: str | None, reasons: list[dict[str, str]]) -> None:
        self.refused.append({"path": path, "code": code, "reasons": reasons})

    def as_dict(self) -> dict[str, Any]:
        return {
            "imported": self.imported,
            "warned": sum(1 for row in self.imported if row["findings"]),
            "refused": self.refused,
            "total": len(self.imported) + len(self.refused),
        }


def read_paths(paths: Iterable[Path | str], store: Store | None = None) -> dict[str, Any]:
    """Read every record of the files and of the `*.json` below the folders, and report each by name.

    A record that is refused keeps no other from being read; a file that is no sound sequence of records is refused
    whole. `store` is given the facts and findings of each record and says whether it was new; without it nothing is
    written.
    """
    report = _Report()
    for given in paths:
        for path, root in _files(Path(given)):
            try:
                _read_file(path, root, report, store)
            except _PathRefused as refused:
                report.refuse(str(path), None, [_reason(refused.code)])
            except BadJson as broken:
                report.refuse(str(path), None, [_broken(broken)])
    return report.as_dict()


def pure_speed(samples: Path = SAMPLES, seconds: float = 1.0) -> float:
    """Records read per second on one core: bytes to facts over the sample records, again and again."""
    texts = [path.read_bytes() for path in sorted(samples.glob("*.json"))]
    if not texts:
        raise FileNotFoundError(samples)
    count, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < seconds or not count:
        for text in texts:
            for start, end in split(text):
                read_record(build(text[start:end]))
                count += 1
    return count / spent


def _files(given: Path) -> Iterator[tuple[Path, Path | None]]:
    """The files behind a path, sorted; for those found in a folder also the folder that they must not leave."""
    if not given.is_dir():
        yield given, None
        return
    root = given.resolve()
    closed: list[OSError] = []
    for folder, folders, names in os.walk(given, onerror=closed.append):
        folders.sort()
        # Linked folders are not walked: inside they are met under their own name, outside they are refused by name.
        linked = [name for name in folders if _leaves(Path(folder) / name, root)]
        wanted = [name for name in names if name.endswith(".json")]
        for name in sorted(linked + wanted):
            yield Path(folder) / name, root
    for error in closed:
        yield Path(error.filename), root


def _leaves(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root)


def _bytes_of(path: Path, root: Path | None) -> bytes:
    try:
        if root is not None and _leaves(path, root):
            raise _PathRefused("symlink_outside")
        if path.is_dir():
            raise _PathRefused("unreadable")
        # A pipe or device would never end.
        if not path.is_file():
            raise _PathRefused("not_a_file" if path.exists() else "not_found")
        with path.open("rb") as file:
            text = file.read(MAX_FILE + 1)
    except OSError:
        raise _PathRefused("unreadable") from None
    return text


def _read_file(path: Path, root: Path | None, report: _Report, store: Store | None) -> None:
    text = _bytes_of(path, root)
    spans = split(text)
    for place, (start, end) in enumerate(spans):
        where = str(path) if len(spans) == 1 else f"{path}#{place}"
        try:
            _keep(read_record(build(text[start:end])), where, report, store)
        except BadJson as broken:
            report.refuse(where, None, [_broken(broken)])
        except RecordRefused as refused:
            grave = [f for f in refused.findings if f.severity == "refusal"]
            reasons = [{"code": f.code, "message": _both(f.message_vi, f.message_en)} for f in grave]
            report.refuse(where, refused.code, reasons)


def _keep(reading: Reading, where: str, report: _Report, store: Store | None) -> None:
    facts, findings = reading.facts, reading.findings
    code, mark = facts.code, fingerprint(facts)
    if report.seen.setdefault(code, mark) != mark:
        report.refuse(where, code, [_reason("code_twice")])
        return
    report.imported.append(
        {
            "path": where,
            "code": code,
            "name_vi": facts.name_vi,
            "fingerprint": mark,
            "findings": [to_builtins(finding) for finding in findings],
            "stored": store(facts, findings) if store else None,
        }
    )


def _reason(code: str) -> dict[str, str]:
    return {"code": code, "message": _both(*_REASONS[code])}


def _broken(broken: BadJson) -> dict[str, str]:
    return {"code": broken.code, "message": _both(broken.message_vi, broken.message_en)}


def _both(vi: str, en: str) -> str:
    return f"{vi} / {en}"
