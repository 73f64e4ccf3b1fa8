"""Every test here runs in the local stage; pictures are made, not kept."""

import io

import pytest
from PIL import Image, ImageDraw

from tests.fakes.environment import SETTINGS, stage

__all__ = ["stage"]


@pytest.fixture(scope="session")
def picture():
    """A small page with a line of print that passes the checks."""
    page = Image.new("RGB", (700, 500), "white")
    ImageDraw.Draw(page).text((60, 200), "XAC NHAN CU TRU 2026", fill="black", font_size=48)
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200), quality=80)
    return out.getvalue()


@pytest.fixture(scope="session")
def local_stage():
    """The settings for fixtures that live longer than a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        yield
