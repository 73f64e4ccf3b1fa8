"""What the tests of digitisation share: a mark, and pages that are read only once."""

import functools
from datetime import datetime, timedelta, timezone

import numpy as np
import pypdfium2

from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.model import ConversionMark, PageText
from chalicelib.digitisation.reading import Reader
from infra.demo.scans import Scan, make_scan

READER = Reader()

MARK = ConversionMark(
    text="BẢN CHUYỂN ĐỔI TỪ VĂN BẢN GIẤY SANG THÔNG ĐIỆP DỮ LIỆU",
    converted_at=datetime(2026, 11, 25, 9, 20, tzinfo=timezone(timedelta(hours=7))),
    converter_name="Phan Bích Lượng",
    agency_name="Ủy ban nhân dân xã Vĩnh Phước",
    agency_code="H01.25.12",
    code="CĐ-2026-000123",
    lookup_url="https://motcua.example.vn/tra-cuu/CD-2026-000123",
    qr_payload="H01.25.12-261125-0001|1.001193|046195000123|Giấy chứng sinh|Một Cửa|2026-11-25T09:20:00+07:00",
)


@functools.cache
def scan(kind: str, seed: int = 1, font: str = "liberation-serif") -> Scan:
    return make_scan(kind, seed=seed, font=font)


@functools.cache
def page(kind: str, seed: int = 1, font: str = "liberation-serif") -> PageText:
    return READER.read(scan(kind, seed, font).jpeg)


def values(kind: str, *pages: PageText) -> dict[str, str]:
    """What is found on pages of a kind, by the name of the field."""
    return {field.name: field.value for field in extract(kind, pages)}


def render(pdf: bytes, number: int = 0, dpi: float = 150):
    """One page of a PDF as an RGB array."""
    with pypdfium2.PdfDocument(pdf) as document:
        return np.asarray(document[number].render(scale=dpi / 72).to_pil().convert("RGB"))
