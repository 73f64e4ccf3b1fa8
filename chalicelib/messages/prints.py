"""Back to paper: the print view of an electronic document (Decree 45/2020 Art. 18(2); Law 20/2023 Art. 12(2)).

Every page is shown whole, with its signatures as they are seen, above what tells the reader of the paper where the
document is: system, owner, code, look-up address and QR, the distinct symbol and who converted it, when.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, ClassVar, Final

from chalicelib.archive.pdfa import archived
from chalicelib.contracts.plan import Office
from chalicelib.kernel.clock import stamp
from chalicelib.law import packs, qr
from chalicelib.messages.model import Fields, Message, Published, local, short_time
from chalicelib.messages.papers import SYSTEM, lookup_url, printed_time
from chalicelib.messages.rendering import Place, render

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

KIND: Final = "print"
BAND: Final = 96.0
"""Points at the foot of every page."""
_MARGIN: Final = 18.0
_BOX: Final = (418.0, 12.0, 577.0, 84.0)
"""Where the agency's signature stands on the first page: at the right of the band, on A4 upright."""


class PrintData(Published, frozen=True, kw_only=True):
    """What the foot of each page says. `pages` has `upright` or `across` for each."""

    template: ClassVar[str] = "print_view"

    code: str
    title: str
    mark: str
    pages: tuple[str, ...]

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return Published.fields(self) | {
            "dossier_code": self.code,
            "title": self.title,
            "mark": self.mark,
            "pages": list(self.pages),
            "lines": [
                ["Văn bản điện tử", f"{self.title} - {self.code}"],
                ["Hệ thống", self.system_name],
                ["Chủ quản hệ thống", self.system_owner],
                ["Cơ quan chuyển đổi", self.agency],
                ["Thời gian", short_time(self.published_at)],
                ["Tra cứu", self.lookup_url],
            ],
        }


def print_view(message: Message, pdf: bytes, office: Office, url: str, now: datetime, *, trial: str = "") -> bytes:
    """The unsigned PDF/A-2b of a document's print view. Raises what `render` raises."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as source:
        source.generate_appearance_streams()
        source.flatten_annotations("all")
        data = _data(message, office, url, now, trial, tuple(map(_lies, source.pages)))
        with pikepdf.open(BytesIO(render(data))) as paper:
            for sheet, page in zip(paper.pages, source.pages, strict=True):
                _lay(paper, sheet, page)
            return archived(paper, at=local(now))


def signature_place(across: bool) -> Place:  # noqa: FBT001 - it is said of the page
    """Where the agency's signature goes."""
    x0, y0, x1, y1 = _BOX
    shift = 842.0 - 595.0 if across else 0.0
    return 0, (x0 + shift, y0, x1 + shift, y1)


def lies_across(pdf: bytes) -> bool:
    """Whether the first page of a document is wider than high."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as source:
        return _lies(source.pages[0]) == "across"


def _data(message: Message, office: Office, url: str, now: datetime, trial: str, pages: tuple[str, ...]) -> PrintData:
    lookup = lookup_url(url, message.message)
    said = {
        "dossier_code": message.code,
        "procedure_code": message.procedure or "*",
        "person_id": "*",
        "document_name": message.title,
        "system_name": "Một Cửa",
        "published_at": printed_time(stamp(now)),
        "lookup_url": lookup,
    }
    return PrintData(
        agency=office.name,
        place=office.place,
        published_at=now,
        qr=qr.qr_payload(said),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup,
        trial=trial,
        code=message.code,
        title=message.title,
        mark=packs.pack_on(local(now).date()).rules.print_mark_text.value,
        pages=pages,
    )


def _size(page: "Page") -> tuple[float, float]:
    x0, y0, x1, y1 = map(float, page.mediabox)
    width, height = abs(x1 - x0), abs(y1 - y0)
    return (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)


def _lies(page: "Page") -> str:
    width, height = _size(page)
    return "across" if width > height else "upright"


def _lay(paper: "Pdf", sheet: "Page", page: "Page") -> None:
    """Show a page whole in the room above the band, at most in its size; its name is no random one."""
    from pikepdf import Dictionary

    form = paper.copy_foreign(page.as_form_xobject())
    (width, height), (across, up) = _size(page), _size(sheet)
    scale = min(1.0, (across - 2 * _MARGIN) / width, (up - BAND - 2 * _MARGIN) / height)
    left, bottom = (across - width * scale) / 2, BAND + (up - BAND - height * scale) / 2
    x0, y0 = float(page.mediabox[0]), float(page.mediabox[1])
    sheet.obj.Resources.XObject = sheet.obj.Resources.get("/XObject", Dictionary())
    sheet.obj.Resources.XObject.Document = form
    drawn = f"q {scale:.5f} 0 0 {scale:.5f} {left - x0 * scale:.3f} {bottom - y0 * scale:.3f} cm /Document Do Q"
    sheet.contents_add(paper.make_stream(drawn.encode()), prepend=True)
