"""Files that were damaged at random: each has its verdict, and nothing of ours ends or hangs."""

import random
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageDraw

from chalicelib.digitisation.model import Limits, Refused
from chalicelib.digitisation.sandbox import Sandbox


def page(kind, **options):
    picture = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(picture).text((30, 100), "HO VA TEN: LE VAN A", fill="black", font_size=30)
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def bound(*, packed):
    document = pikepdf.new()
    for _ in range(2):
        document.add_blank_page(page_size=(300, 300))
    picture = document.make_stream(page("JPEG"))
    for name, value in {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceRGB"}.items():
        picture[f"/{name}"] = pikepdf.Name(value)
    picture.Width, picture.Height, picture.BitsPerComponent, picture.Filter = 400, 300, 8, pikepdf.Name.DCTDecode
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    document.pages[0].Contents = document.make_stream(b"q 300 0 0 300 0 0 cm /Im0 Do Q 0 0 m 9 9 l S")
    out = BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode[packed])
    return out.getvalue()


WHOLE = {
    "JPEG": page("JPEG", dpi=(200, 200)),
    "progressive JPEG": page("JPEG", progressive=True),
    "PNG": page("PNG"),
    "TIFF": page("TIFF"),
    "PDF": bound(packed="disable"),
    "PDF of packed objects": bound(packed="generate"),
}


def damaged(data, chance):
    """One to four wounds: bytes changed, cut out, doubled, or taken from elsewhere."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data)), chance.choice([1, 1, 1, 2, 4, 64])
        piece = data[at : at + length]
        match chance.choice(["bits", "bytes", "cut", "double", "move"]):
            case "bits":
                data[at] ^= 1 << chance.randrange(8)
            case "bytes":
                data[at : at + length] = chance.randbytes(len(piece))
            case "cut":
                del data[at : at + length]
            case "double":
                data[at:at] = piece
            case "move":
                to = chance.randrange(len(data))
                data[to:to] = piece
        if not data:
            break
    return bytes(data)


def verdicts(number, seed):
    """What becomes of so many damaged files, by the kind they were of."""
    chance, opener, found = random.Random(seed), Sandbox(), Counter()
    for _ in range(number):
        kind = chance.choice(sorted(WHOLE))
        data = damaged(WHOLE[kind], chance)
        try:
            known = opener.inspect(data, Limits())
            images = opener.pictures(data, known.media_type)
            opener.read(images[0])
            opener.copy(images, title="A", expected_pages=len(known.pages))
        except Refused as refused:
            found[kind, refused.code] += 1
        else:
            found[kind, "taken"] += 1
    opener.close()
    return found


def looked_at(found, number):
    assert found.total() == number
    assert {kind for kind, _ in found} == set(WHOLE), "each kind was among them"
    assert not [kind for kind, code in found if code == "wrong_type" and kind == "TIFF"], "a TIFF is a page, too"
    assert not [kind for kind, code in found if code == "file_kills_reader"], found
    assert {code for _, code in found} >= {"taken", "truncated"}


def test_damaged_files_have_their_verdicts():
    looked_at(verdicts(60, seed=5), 60)


@pytest.mark.soak
def test_a_thousand_damaged_files_have_their_verdicts():
    found = verdicts(1000, seed=9)
    print(dict(found))
    looked_at(found, 1000)
