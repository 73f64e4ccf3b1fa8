"""Every test here runs in the local stage; pictures are made, not kept."""

import io

import pytest
from PIL import Image, ImageDraw

from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]


@pytest.fixture(scope="session")
def picture():
    """A small page with a line of print that passes the checks."""
    page = Image.new("RGB", (700, 500), "white")
    ImageDraw.Draw(page).text((60, 200), "XAC NHAN CU TRU 2026", fill="black", font_size=48)
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200), quality=80)
    return out.getvalue()
