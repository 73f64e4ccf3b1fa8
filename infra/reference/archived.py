"""The words of archives of former years."""

from typing import Final

from infra.reference.word import Word, time

ARCHIVE: Final = "LT-7K3D9M2QW8XZ4T1B"
NAMED: Final = Word("What the archive is called", "Khai sinh 1998-2005")
ARCHIVED: Final[dict[str, Word]] = {
    "ArchiveView.id": Word("The same sheet sent again has the same", ARCHIVE),
    "ArchiveProgress.id": Word("The same sheet sent again has the same", ARCHIVE),
    "OpenArchive.name": NAMED,
    "ArchiveView.name": NAMED,
    "ArchiveProgress.name": NAMED,
    "ArchiveView.lines": Word("Papers that the sheet names", 2),
    "ArchiveProgress.lines": Word("Papers that the sheet names", 2),
    "opened_by": Word("Who sent the sheet", "Lý Thanh Oanh"),
    "files_by": time("Until when the files should be there", "2026-12-25T13:23:47+07:00"),
    "archives": Word("The archives of this page"),
    "counts": Word("How many lines are how far"),
    "ArchiveProgress.papers": Word("The lines of this page"),
    "Counts.waiting": Word("For their file", 1),
    "Counts.taken": Word("On their way", 1),
    "Counts.refused": Word("They wait for another file", 0),
    "Counts.stored": Word("Data messages", 0),
    "ArchivedView.line": Word("Its number in the sheet", 2),
    "ArchivedView.number": Word("Number on the paper", "127/1998"),
    "ArchivedView.kind": Word("What it is, as the sheet says", "Giấy khai sinh"),
    "ArchivedView.file": Word("Name of its scan, as the sheet says", "0001.pdf"),
    "ArchivedView.copy_id": Word("Its name among copies and reviews", f"{ARCHIVE}-00002.01JDH5W3R7"),
    "ArchivedView.code": Word("Of its data message", f"SH-{ARCHIVE}-00002-01JDH5"),
    "late": Word("Its file should be there", example=False),
    "held_by": Word("Whose store keeps it", "owner"),
    "archive": Word("An archive of former years", ARCHIVE),
    "{archive}": Word("`id` of an archive", ARCHIVE),
    "?step": Word("Only lines that are so far"),
}
