"""What signatures may add to a file that was proved to be PDF/A, and whether they added no more.

`pikepdf.pdfa` approves a file only when it knows every construct in it, so it cannot approve a signed one. The proof is
in two halves: the unsigned bytes are approved, then whatever was appended is looked at here.
"""

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

# /Extensions names ETSI's own addition to PDF 1.7 (EN 319 142-1), which PAdES asks for.
ADDITIONS: Final[Mapping[str, frozenset[str]]] = {
    "/AcroForm": frozenset({"/Fields", "/SigFlags"}),
    "/Perms": frozenset({"/DocMDP"}),
    "/DSS": frozenset({"/Certs", "/CRLs", "/OCSPs", "/VRI", "/Type"}),
    "/Extensions": frozenset({"/ESIC"}),
}
"""What signatures, timestamps and what proves them bring into the catalogue, and what each part may hold."""
_VERSION: Final = "/Version"
_SIGNED_AS: Final = "/1.7"
"""A file that says that it is of an older version is said to be of this one, of which PDF/A-2 and 3 are."""
_ACTING: Final = ("/A", "/AA", "/Kids", "/Parent", "/JS")
_END: Final = b"%%EOF"


class WrongIncrement(RuntimeError):
    """A signature added to the file what is no part of a signature: what was proved before is not proved any more."""


def only_signatures_added(before: bytes, after: bytes) -> bool:
    """Tell whether `after` is `before` plus signatures, timestamps and what proves them, and nothing else.

    True only when `after` starts with the very bytes of `before`; every object of `before` is unchanged but for the
    catalogue (the parts in `ADDITIONS` may be new) and a page's `/Annots` (signature widgets may be new); and so every
    new object is reached through those. Unreadable input gives False.
    """
    import pikepdf

    if len(after) <= len(before) or not after.startswith(before) or not after.rstrip().endswith(_END):
        return False
    try:
        with _open_as_written(before) as old, _open_as_written(after) as new:
            return _same_but_for_signatures(old, new)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        return False


def unsigned_part(signed: bytes, digest: str) -> bytes | None:
    """The file as it was before its signatures, by its SHA-256 (hexadecimal): signatures are only ever appended.

    None when nothing at the head of the file has this hash.
    """
    head, end = sha256(), 0
    while (found := signed.find(_END, end)) >= 0:
        start, end = end, found + len(_END)
        head.update(signed[start:end])
        for tail in (b"", b"\n", b"\r\n"):
            ended = head.copy()
            ended.update(tail)
            if signed.startswith(tail, end) and ended.hexdigest() == digest:
                return signed[: end + len(tail)]
    return None


def _open_as_written(pdf: bytes) -> "Pdf":
    import pikepdf

    return pikepdf.open(BytesIO(pdf), attempt_recovery=False, inherit_page_attributes=False)


def _same_but_for_signatures(old: "Pdf", new: "Pdf") -> bool:
    if not _trailer_kept(old, new) or not _catalogue_ok(old.Root, new.Root):
        return False
    pages = {page.objgen for page in old.pages}
    for was in old.objects:
        now = new.get_object(was.objgen) if was.is_indirect else None
        if now is None or not _object_ok(
            was, now, is_page=was.objgen in pages, is_catalogue=was.objgen == old.Root.objgen
        ):
            return False
    return True


def _object_ok(was: "Object", now: "Object", *, is_page: bool, is_catalogue: bool) -> bool:
    if is_catalogue or _is_file_layout(was):
        return True
    return _page_ok(was, now) if is_page else _content(was) == _content(now)


def _trailer_kept(old: "Pdf", new: "Pdf") -> bool:
    """The two trailers point to the same catalogue and information dictionary, and neither is encrypted."""
    same_root = old.Root.objgen == new.Root.objgen
    return same_root and all(_same(old.trailer.get(key), new.trailer.get(key)) for key in ("/Info", "/Encrypt"))


def _catalogue_ok(was: "Object", now: "Object") -> bool:
    if not _kept(was, now, allowed=frozenset({*ADDITIONS, _VERSION}), changing=frozenset({_VERSION})):
        return False
    if now.get(_VERSION, was.get(_VERSION)) != was.get(_VERSION) and now[_VERSION] != _SIGNED_AS:
        return False
    parts_ok = all(set(now[key].keys()) <= keys for key, keys in ADDITIONS.items() if key in now and key not in was)
    return parts_ok and "/AcroForm" in now and all(map(_is_signature, now["/AcroForm"].get("/Fields", ())))


def _page_ok(was: "Object", now: "Object") -> bool:
    if not _kept(was, now, allowed=frozenset({"/Annots"}), changing=frozenset({"/Annots"})):
        return False
    before, after = list(was.get("/Annots", ())), list(now.get("/Annots", ()))
    kept = len(after) >= len(before) and all(_same(a, b) for a, b in zip(before, after, strict=False))
    return kept and all(map(_is_signature, after[len(before) :]))


def _kept(was: "Object", now: "Object", *, allowed: frozenset[str], changing: frozenset[str] = frozenset()) -> bool:
    """Every old key keeps its value (but for `changing`), and only `allowed` keys are new."""
    old_keys, new_keys = set(was.keys()), set(now.keys())
    only_allowed = old_keys <= new_keys and new_keys - old_keys <= allowed
    return only_allowed and all(_same(was[key], now[key]) for key in old_keys - changing)


def _is_signature(field: "Object") -> bool:
    return field.get("/FT") == "/Sig" and not any(key in field for key in _ACTING)


def _is_file_layout(item: "Object") -> bool:
    """Cross-reference and object streams describe where things are in the file, not the document."""
    import pikepdf

    return isinstance(item, pikepdf.Stream) and item.get("/Type") in {"/XRef", "/ObjStm"}


def _same(was: Any, now: Any) -> bool:
    """Equal values; a reference equals the same reference, as what it points to is compared by itself."""
    import pikepdf

    if not isinstance(was, pikepdf.Object) or not isinstance(now, pikepdf.Object):
        return bool(was == now)
    return was.unparse() == now.unparse()


def _content(item: "Object") -> tuple[bytes, bytes]:
    """An indirect object's own text, and its stored bytes when it is a stream."""
    import pikepdf

    if isinstance(item, pikepdf.Stream):
        return item.stream_dict.unparse(), item.read_raw_bytes()
    return item.unparse(resolved=True), b""
