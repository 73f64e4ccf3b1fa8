"""A data folder as it is kept here: text where it is text, so that a change of what is stored is read in a diff.

`journal.sqlite` becomes `journal.sql` (rows and executions, one a line), `catalogue.sql.xz` (the same for the table of
the catalogue, which is large and says mostly what is shipped) and `objects.tar.xz` (what the buckets held).
"""

import io
import json
import lzma
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

MANIFEST, JOURNAL, CATALOGUE, OBJECTS = "manifest.json", "journal.sql", "catalogue.sql.xz", "objects.tar.xz"
OF_CATALOGUE = """INSERT INTO "row" VALUES('motcua-catalogue',"""
SECRETS = ("secret", "issuer.json")
README = """# A data folder of release {release}

What the embedded cloud of that release left when it was stopped: drafts and dossiers of the birth registration, each in
the state that `manifest.json` says. Nobody in it exists.

**The keys, the secret and the token key here are throw-away keys of a local stage.** They were made for this folder,
their root says that they prove nothing, and no deployed stage takes them.

- `journal.sql`: rows of the tables and executions of the state machine; `catalogue.sql.xz`: rows of the catalogue.
- `objects.tar.xz`: the buckets, each object with all its versions as the local cloud keeps them (pickled).
- `keys/`, `secret`, `issuer.json`: what signs, seals and gives tokens.

Made by `tests/golden/make.py`; never made again. `tests/golden/test_golden.py` carries each thing in it to its end.
"""


def pack(folder: Path, out: Path, manifest: dict[str, Any]) -> None:
    """Keep a data folder whose cloud was stopped. Raises ValueError when messages wait in it, FileExistsError."""
    out.mkdir(parents=True)
    (out / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (out / "README.md").write_text(README.format(release=manifest["release"][:7]), "utf-8")
    for name in SECRETS:
        shutil.copyfile(folder / name, out / name)
    shutil.copytree(folder / "keys", out / "keys", ignore=shutil.ignore_patterns(".lock"))
    work = out / "journal.sqlite"
    shutil.copyfile(folder / "journal.sqlite", work)
    with closing(sqlite3.connect(work, isolation_level=None)) as db:
        if db.execute("SELECT count(*) FROM message").fetchone()[0]:
            raise ValueError("messages wait in it: the cloud was not idle")
        _pack_objects(db, out / OBJECTS)
        db.execute("DELETE FROM object")
        db.execute("DELETE FROM token")  # repeated calls of minutes ago
        lines = list(db.iterdump())
    (out / JOURNAL).write_text("".join(f"{x}\n" for x in lines if not x.startswith(OF_CATALOGUE)), "utf-8")
    catalogue = "".join(f"{x}\n" for x in lines if x.startswith(OF_CATALOGUE))
    (out / CATALOGUE).write_bytes(lzma.compress(catalogue.encode()))
    work.unlink()


def _pack_objects(db: sqlite3.Connection, path: Path) -> None:
    with tarfile.open(path, "w:xz", preset=9) as held:
        for bucket, key, versions in db.execute("SELECT bucket, key, versions FROM object ORDER BY bucket, key"):
            member = tarfile.TarInfo(f"{bucket}/{key}")
            member.size = len(versions)
            held.addfile(member, io.BytesIO(versions))


def unpack(kept: Path, folder: Path) -> dict[str, Any]:
    """Lay a kept folder out where a cloud can start on it; answers its manifest."""
    folder.mkdir(mode=0o700)
    for name in SECRETS:
        shutil.copyfile(kept / name, folder / name)
        (folder / name).chmod(0o600)
    shutil.copytree(kept / "keys", folder / "keys")
    with closing(sqlite3.connect(folder / "journal.sqlite", isolation_level=None)) as db:
        db.executescript((kept / JOURNAL).read_text("utf-8"))
        db.executescript(lzma.decompress((kept / CATALOGUE).read_bytes()).decode())
        with tarfile.open(kept / OBJECTS) as held:
            rows = [(*member.name.split("/", 1), _bytes(held, member)) for member in held]
        db.executemany("INSERT INTO object(bucket, key, versions) VALUES(?,?,?)", rows)
    return manifest_of(kept)


def _bytes(held: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = held.extractfile(member)
    assert file is not None
    return file.read()


def manifest_of(kept: Path) -> dict[str, Any]:
    """What is in a kept folder."""
    found: dict[str, Any] = json.loads((kept / MANIFEST).read_text("utf-8"))
    return found
