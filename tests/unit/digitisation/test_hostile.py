"""Five hundred files by somebody who had never seen the code: each has its verdict, and only a child ever ends."""

from collections import Counter
from pathlib import Path

import pytest

from chalicelib.digitisation.model import Limits, Refused
from chalicelib.digitisation.sandbox import Sandbox
from tests.support import hostile

TAKEN_ALL_THE_SAME = {
    "bomb-inline-image.pdf": "it is drawn in seconds",
    "bomb-png-idat-longer-1gb.png": "what is behind the last row is never unpacked",
    "page-mediabox-1e400.pdf": "its page is of a usual size for every reader of ours",
    "polyglot-jpeg-two-jpegs.jpg": "phones append a second picture",
    "png-idat-too-short.png": "rows that are missing are empty",
    "wrong-tiff.pdf": "a good TIFF: only a type that is declared is compared, and here none is",
}
REFUSED_ALL_THE_SAME = {"take-59.9mp-grey.jpg": "a page has 40 million pixels at most"}
MEGABYTES = 600


def verdict(opener, data):
    """What becomes of a file on its whole way, up to its first page being read."""
    try:
        known = opener.inspect(data, Limits())
        images = opener.pictures(data, known.media_type)
        opener.copy(images, title="A", expected_pages=len(known.pages))
        opener.read(images[0])
    except Refused as refused:
        return refused.code
    return "taken"


def memory(process):
    """Kilobytes that a process that lives has needed at most; one that died had no more than its limit."""
    status = Path(f"/proc/{process}/status")
    return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) if process and status.exists() else 0


@pytest.mark.soak
def test_each_file_has_its_verdict_and_no_child_is_too_large():
    opener, found, most = Sandbox(), {}, 0
    for each in hostile.files():
        found[each.name] = each.verdict, verdict(opener, each.data)
        most = max(most, memory(opener.process))
    opener.close()
    print(Counter(found.values()))
    assert len(found) >= 500
    taken = {name for name, (wanted, code) in found.items() if wanted == "refuse" and code == "taken"}
    assert taken <= TAKEN_ALL_THE_SAME.keys()
    refused = {name for name, (wanted, code) in found.items() if wanted == "take" and code != "taken"}
    assert refused <= REFUSED_ALL_THE_SAME.keys()
    assert 0 < most < MEGABYTES << 10
