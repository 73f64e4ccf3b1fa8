"""The page of a paper in Chromium, at the widths of a phone and a desk: `make look`; its pictures are in build/look."""

from pathlib import Path

import pytest

from chalicelib.messages.inquiry import SAID
from infra.browser.visits import visits
from tests.http.test_look import papers_of

pytestmark = pytest.mark.browser
PICTURES = Path("build/look").absolute()


@pytest.fixture(scope="module")
def seen(where, finished, tmp_path_factory):
    view, data = papers_of(where, finished)[-1]
    file = tmp_path_factory.mktemp("paper") / "giay.pdf"
    file.write_bytes(data)
    address = f"{where['url']}/v1/verifications/"
    pages = {
        "paper": address + view["lookup"],
        "paper-en": address + view["lookup"] + "?language=en",
        "unknown": address + "0000-0000-0000-0000",
    }
    return visits(pages, file, PICTURES)


def test_axe_finds_nothing(seen):
    assert {(each.page, each.width): each.violations for each in seen if each.violations} == {}


def test_nothing_is_wider_than_the_screen(seen):
    assert [(each.page, each.width) for each in seen if each.wide] == []
    assert {each.width for each in seen} == {320, 1280}


def test_with_scripts_the_file_leaves_the_device_for_nobody(seen):
    ours = [each for each in seen if each.scripts and each.page == "paper"]
    assert len(ours) == 2
    for each in ours:
        assert SAID["unchanged"][0] in each.compared
        assert [request.split()[0] for request in each.sent if "favicon" not in request] == ["GET"]


def test_without_scripts_it_is_compared_too(seen):
    ours = [each for each in seen if not each.scripts and each.page == "paper-en"]
    assert len(ours) == 2
    for each in ours:
        assert SAID["unchanged"][1] in each.compared
        assert [request.split()[0] for request in each.sent if "favicon" not in request] == ["GET", "POST"]


def test_its_policy_stands_in_the_way_of_nothing_of_its_own(seen):
    assert [line for each in seen for line in each.console if "Content Security Policy" in line] == []
