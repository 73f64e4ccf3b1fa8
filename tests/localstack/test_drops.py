"""One drop of each kind through the packaged functions: their layers open it, within their memory and time."""

import pytest

from tests.support.doors import Doors
from tests.support.hostile_set import File, files

DROPPED = (
    "good.jpg", "good.png", "take-16bit-grey.png", "jpeg-cmyk.jpg", "take-ccitt-g4.pdf", "tiff-three-pages-g4.tif",
    "tiff-lzw-mixed.tif", "tiff-inks.tif", "signed.pdf", "signed-then-changed.pdf", "docx-plain.docx",
    "docx-macros.docx",
    "heic-photo.heic", "encrypted-user-password-aes256.pdf", "active-openaction-javascript.pdf", "eicar-attached.pdf",
    "pages-101.pdf", "bomb-content-flate4-20tb.pdf", "tiff-bomb-3600mp.tif",
)  # fmt: skip
SET: dict[str, File] = {file.name: file for file in files()}


@pytest.fixture(scope="module")
def doors(deployed, tmp_path_factory):
    """The doors of what is deployed."""
    return Doors(deployed.where(), tmp_path_factory.mktemp("doors"))


@pytest.mark.parametrize("name", DROPPED)
def test_a_drop_of_each_kind_has_its_verdict(doors, name):
    file = SET[name]
    assert doors.by_drop(name, file.data) == file.at("drop")


def test_nothing_is_parked_for_any_of_them(doors):
    assert doors.parked() == "nothing is parked"
