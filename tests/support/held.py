"""Documents of vaults, as the vaults' rooms and the read model of the dossiers' room have them."""

from msgspec import structs

from chalicelib.contracts.stored import written
from chalicelib.contracts.vault import DocumentFlagged, KeptPaper
from chalicelib.dossier.kept import remember_kept
from chalicelib.kernel.clock import stamp
from chalicelib.vault.fence import document_key
from chalicelib.vault.model import VaultDocument, kept_of
from tests.fakes import people

CODE = "SH-2026-0001"


def paper(owner=people.CITIZEN, **about) -> KeptPaper:
    """A converted birth notice of somebody's, from another dossier."""
    document = VaultDocument(
        id=CODE, code=CODE, key=f"papers/MC-9/{CODE}.pdf", version_id="v1", sha256="c" * 64, size=900,
        title="Giấy chứng sinh", procedure=people.PROCEDURE, reference="MC-9", dossier_code="", agency="H01.10.25",
        stored_at="2026-11-20T02:00:00.000+00:00", provenance="CONVERTED_SIGNED", kind=people.BIRTH_NOTICE,
        group="digitised",
    )  # fmt: skip
    return kept_of(owner.holder, structs.replace(document, **about))


def hold(hall, owner=people.CITIZEN, *, told=True, **about) -> KeptPaper:
    """The document is in the vault, and the dossiers' room was told, unless that is still under way."""
    made = paper(owner, **about)
    document = VaultDocument(
        id=made.document, code=made.document, key=made.key, version_id=made.version_id, sha256=made.sha256,
        size=made.size, title=made.title, procedure=people.PROCEDURE, reference=made.reference, dossier_code="",
        agency=made.agency, stored_at="2026-11-20T02:00:00.000+00:00", provenance=made.provenance, kind=made.kind,
        valid_until=made.valid_until, withdrawn_at=made.withdrawn_at, replaced_by=made.replaced_by,
    )  # fmt: skip
    pk, sk = document_key(made.owner, made.document)
    hall.stores.put("Vaults", {"pk": pk, "sk": sk, **written(document)})
    if told:
        hall.clock.advance(milliseconds=1)
        remember_kept(made, stamp(hall.clock()))
    return made


def flag(hall, made: KeptPaper, *, told=True, why="withdrawn") -> DocumentFlagged:
    """The document is worth nothing any more."""
    mark = {"withdrawn": "withdrawn_at", "replaced": "replaced_by"}[why]
    after = structs.replace(made, **{mark: "2026-11-25T02:00:00.000+00:00"})
    hold_as = {mark: getattr(after, mark)}
    owner = type("Owner", (), {"holder": made.owner})
    hold(hall, owner, told=told, id=made.document, code=made.document, reference=made.reference, **hold_as)
    return DocumentFlagged(paper=after, why=why)
