"""Step 1 of digitisation: the officer's copy (Circular 01/2023, Article 8), and how all copies are bound.

A page is its picture: of a JPEG the pixels byte for byte, without what a camera wrote beside them. The first page has
a band above the picture, so that a signature or a mark covers nothing. Libraries write what must be exact: img2pdf
embeds, typst sets the band's print. The file is PDF/A-2b and unsigned.
"""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from io import BytesIO
from typing import Final

import img2pdf
import pikepdf
import typst
from pikepdf import Array, Dictionary, Name
from PIL import Image

from chalicelib.archive.pdfa import Attached, archived
from chalicelib.digitisation.model import CopyPdf, Refused
from chalicelib.digitisation.pages import bare, orientation, page_dpi, upright_size
from chalicelib.digitisation.places import Place, natural
from chalicelib.digitisation.press import described
from chalicelib.forms.letters import printed

_LAYER: Final = find_spec("motcua_fonts")  # in a deployed stage the fonts are a module of a layer
FONT_FOLDERS: Final = tuple((_LAYER and _LAYER.submodule_search_locations) or ("/usr/share/fonts",))
FONT: Final = "Liberation Serif"
_POINTS: Final = 72

_BAND_HEIGHT: Final = 64.0
_SIGNATURE: Final = (18.0, 8.0, 230.0, 48.0)  # left, top, most width, height inside the band
_SIGNATURE_SHARE: Final = 0.42  # of a narrow page
_NAMELESS: Final = "-"

type Placing = Callable[[float, float, int], Place]
"""Width and height of an upright picture, in points, and its number, to its place."""

# The unit square of the stored picture onto the unit square of the upright one, per EXIF orientation.
_UPRIGHT: Final = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, and the place of its picture."""

    pdf: pikepdf.Pdf
    page: pikepdf.Page
    place: Place


def make_copy(images: Sequence[bytes], *, title: str, expected_pages: int | None = None) -> CopyPdf:
    """Bind the pictures of one paper into a file an officer can sign.

    Args:
        images: JPEG or PNG that passed `checks.inspect`, in the order of the sheets.
        title: name of the paper, by whomever: it is printed as far as our fonts have its letters.
        expected_pages: sheets the officer counted (Article 8(2): copies = originals).

    Raises:
        Refused: page_count, when there are no pictures or not as many as counted.
        NotArchivable: the result is not PDF/A-2b.
    """
    if not images or (expected_pages is not None and len(images) != expected_pages):
        counted = len(images) if expected_pages is None else expected_pages
        raise Refused(
            "page_count",
            f"Số ảnh sao chụp ({len(images)}) không bằng số trang bản giấy ({counted}); hãy sao chụp lại cho đủ.",
            f"{len(images)} images for {counted} pages",
        )
    title = printed(title).strip() or _NAMELESS
    pdf, sheets = bind(images, lambda across, up, number: natural(across, up, 0.0 if number else _BAND_HEIGHT))
    first, (left, top, width, height) = sheets[0], _SIGNATURE
    width = min(width, first.place.page_width * _SIGNATURE_SHARE)
    sizes = {"left": left, "top": top, "box-width": width, "box-height": height}
    words = {
        "heading": "BẢN SAO CHỤP ĐIỆN TỬ",
        "title": title,
        "basis": f"Sao chụp theo Điều 8 Thông tư 01/2023/TT-VPCP; số trang:\N{NO-BREAK SPACE}{len(images)}",
    }
    print_band(first, _BAND_HEIGHT, "copy_band", words | {name: f"{size:.3f}" for name, size in sizes.items()})
    ceiling = first.place.page_height - top
    return CopyPdf(finished(pdf, title=title), len(images), (left, ceiling - height, left + width, ceiling))


def bind(images: Sequence[bytes], placing: Placing) -> tuple[pikepdf.Pdf, list[Sheet]]:
    """Make a PDF of one page per picture, upright, each at its place."""
    pdf = pikepdf.new()
    return pdf, [_sheet(pdf, data, number, placing) for number, data in enumerate(images)]


def _sheet(pdf: pikepdf.Pdf, data: bytes, number: int, placing: Placing) -> Sheet:
    data = _opaque(data)
    with Image.open(BytesIO(data)) as image:
        dpi = page_dpi(image)
        width, height = (side * _POINTS / dpi for side in upright_size(image))
        place, upright = placing(width, height, number), _UPRIGHT[orientation(image)]
    layout = img2pdf.get_fixed_dpi_layout_fun((dpi, dpi))  # by itself it would believe whatever the file states
    bound = img2pdf.convert(bare(data), rotation=img2pdf.Rotation.none, first_frame_only=True, layout_fun=layout)
    with pikepdf.open(BytesIO(bound)) as one:
        picture = described(pdf, pdf.copy_foreign(next(iter(one.pages[0].get_images().values()))))
    drawing = f"q {turned(place, -place.turn)}{_onto(place, upright)} cm /Im0 Do Q"
    page = pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, _rounded(place.page_width), _rounded(place.page_height)]),
                Resources=Dictionary(XObject=Dictionary(Im0=picture)),
                Contents=pdf.make_stream(drawing.encode()),
            )
        )
    )
    pdf.pages.append(page)
    return Sheet(pdf, pdf.pages[-1], place)


def _onto(place: Place, upright: tuple[int, ...]) -> str:
    """The unit square of the stored picture onto its frame, as a PDF matrix."""
    a, b, c, d, e, f = upright
    width, height = place.width, place.height
    matrix = (a * width, b * height, c * width, d * height, e * width + place.left, f * height + place.bottom)
    return " ".join(f"{value:.3f}" for value in matrix)


def turned(place: Place, degrees: float) -> str:
    """The operators that turn what follows counter-clockwise about the middle of the frame; none for no turn."""
    if not degrees:
        return ""
    across, up, angle = place.left + place.width / 2, place.bottom + place.height / 2, math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    return (
        f"1 0 0 1 {across:.3f} {up:.3f} cm {cosine:.6f} {sine:.6f} {-sine:.6f} {cosine:.6f} 0 0 cm"
        f" 1 0 0 1 {-across:.3f} {-up:.3f} cm "
    )


def _rounded(points: float) -> float:
    return round(points, 3)


def _opaque(data: bytes) -> bytes:
    """Lay a picture with transparency on white paper; every other picture is passed on as it is."""
    with Image.open(BytesIO(data)) as image:
        if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
            return data
        layer = image if image.mode in {"RGBA", "LA"} else image.convert("RGBA")
        out, paper = BytesIO(), Image.new("L" if layer.mode == "LA" else "RGB", layer.size, "white")
        dots = {"dpi": image.info["dpi"]} if "dpi" in image.info else {}
        paper.paste(layer.getchannel("L") if layer.mode == "LA" else layer, mask=layer.getchannel("A"))
        paper.save(out, "PNG", **dots)
        return out.getvalue()


@functools.cache
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def print_band(
    sheet: Sheet, height: float, template: str, inputs: Mapping[str, str], *, folders: tuple[str, ...] = FONT_FOLDERS
) -> None:
    """Set a template of `data/` with typst and put it at the top of the first sheet.

    It goes before the picture in the page's content, so that a text extractor reads the band first.

    Raises:
        RuntimeError: the template does not compile or its font is not in the folders.
    """
    source = (resources.files("chalicelib.digitisation") / "data" / f"{template}.typ").read_bytes()
    place = sheet.place
    page = {"width": f"{place.page_width:.3f}", "height": str(height), "font": FONT}
    printed, warnings = typst.compile_with_warnings(
        source, format="pdf", font_paths=_fonts(folders), ignore_system_fonts=True, pdf_tags=False,
        sys_inputs={**inputs, **page},
    )  # fmt: skip
    if warnings:  # typst only warns of a missing font, and prints nothing
        raise RuntimeError(f"the band {template} does not print: {warnings[0]}")
    pdf = sheet.pdf
    with pikepdf.open(BytesIO(printed)) as band:
        form = pdf.copy_foreign(band.pages[0].as_form_xobject())
    # By hand rather than by add_underlay, which draws a random name: the same copy must be the same bytes.
    sheet.page.obj.Resources.XObject.Band = form
    drawing = f"q 1 0 0 1 0 {place.page_height - height:.3f} cm /Band Do Q"
    sheet.page.contents_add(pdf.make_stream(drawing.encode()), prepend=True)


def finished(pdf: pikepdf.Pdf, *, title: str, attached: Attached | None = None) -> bytes:
    """Write the file as PDF/A-2b, with `attached` data as PDF/A-3b, in Vietnamese, under its title.

    The same pages give the same bytes.

    Raises:
        NotArchivable: the check does not pass.
    """
    pdf.Root.Lang = pikepdf.String("vi")
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = ["vi"]
    return archived(pdf, attached=attached)
