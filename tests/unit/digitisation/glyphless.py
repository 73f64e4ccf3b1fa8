"""The recipe of `chalicelib/digitisation/data/glyphless.ttf`: `python -m tests.unit.digitisation.glyphless`.

A TrueType font of two empty glyphs, half an em wide. It puts text on a page that nobody sees and everybody can
search. The equivalent that ships with Tesseract's own build is not in Debian's packages.
"""

from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

TARGET = Path(__file__).parents[3] / "chalicelib" / "digitisation" / "data" / "glyphless.ttf"
EPOCH = 2_082_844_800  # 1970 in the font clock, which starts in 1904: the same bytes on every build


def build() -> bytes:
    builder = FontBuilder(unitsPerEm=1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "blank"])
    builder.setupCharacterMap({0x20: "blank"})
    builder.setupGlyf({".notdef": Glyph(), "blank": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "blank": (500, 0)})
    builder.setupHorizontalHeader(ascent=1000, descent=-1)
    builder.setupPost(keepGlyphNames=False)
    builder.setupHead(unitsPerEm=1000, created=EPOCH, modified=EPOCH)
    builder.font["name"] = newTable("name")
    builder.setupNameTable({"familyName": "GlyphLessFont", "styleName": "Regular", "psName": "GlyphLessFont"})
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(build())
