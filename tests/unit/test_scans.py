from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from infra.demo.scans import FONTS, KINDS, character_error_rate, make_scan


def pixels(scan):
    return np.asarray(Image.open(BytesIO(scan.jpeg)), int)


def test_a_seed_is_a_paper():
    one, two, other = (make_scan("giay_chung_sinh", seed=seed, dpi=75) for seed in (1, 1, 2))
    assert one == two
    assert one.fields != other.fields


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("font", FONTS)
def test_every_paper_fits_in_every_font(kind, font):
    scan = make_scan(kind, seed=1, font=font, dpi=72, noise=0)
    words = " ".join(scan.text.split())
    assert scan.kind == kind
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert all(value in words for value in scan.fields.values())


def test_a_story_may_set_the_values():
    scan = make_scan("giay_chung_sinh", seed=1, dpi=72, values={"ten_du_dinh": "Lò Thị Hoa", "gioi_tinh_con": "Nữ"})
    assert scan.fields["ten_du_dinh"] == "Lò Thị Hoa"
    assert "Dự định đặt tên con là: Lò Thị Hoa" in scan.text
    with pytest.raises(KeyError):
        make_scan("giay_chung_sinh", seed=1, values={"ho_ten_cha": "x"})


def test_the_stamp_is_red_and_may_be_left_out():
    def red(scan):
        image = pixels(scan)
        return int(((image[..., 0] - image[..., 1]) > 60).sum())

    assert red(make_scan("xac_nhan_cu_tru", seed=1, dpi=100)) > 500
    assert red(make_scan("xac_nhan_cu_tru", seed=1, dpi=100, stamp=False)) == 0


def test_resolution_is_stated_and_noise_is_noise():
    quiet = make_scan("xac_nhan_cu_tru", seed=1, dpi=100, noise=0, skew=0, stamp=False)
    noisy = make_scan("xac_nhan_cu_tru", seed=1, dpi=100, noise=12, skew=0, stamp=False)
    with Image.open(BytesIO(quiet.jpeg)) as image:
        assert image.size == (827, 1169)
        assert round(image.info["dpi"][0]) == 100
    assert pixels(quiet)[:40].std() < 1 < pixels(noisy)[:40].std()


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        make_scan("bang_lai_xe", seed=1)


def test_the_measure_ignores_composition_and_spaces():
    assert character_error_rate("Nguyễn  Văn\nAn", "Nguye\u0302\u0303n Văn An ") == 0
    assert character_error_rate("Trần", "Trân") == 0.25
