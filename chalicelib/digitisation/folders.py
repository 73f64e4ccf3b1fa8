"""What a paper belongs to, by its reference: a dossier, or a line of an archive's index sheet."""

from chalicelib.digitisation.paper import is_archived
from chalicelib.digitisation.ports import Folder


def folder_of(reference: str) -> Folder:
    """What the papers of a reference belong to; a function loads the one that it asks for."""
    if is_archived(reference):
        from chalicelib.digitisation.archives.folder import ArchiveFolder
        from chalicelib.digitisation.archives.store import ArchiveTable

        return ArchiveFolder(ArchiveTable())
    from chalicelib.digitisation.dossiers import DossierFolder

    return DossierFolder()
