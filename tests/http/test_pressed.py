"""A long answer is compressed for who can read it, and is the same for who cannot."""

import gzip

import requests
from urllib3 import HTTPResponse

from infra.demo import story
from infra.stack.rest_api import PRESSED


def got(where, path, encoding):
    """An answer as it went over the wire."""
    answer = requests.get(f"{where['url']}{path}", headers={"Accept-Encoding": encoding}, stream=True, timeout=30)
    assert isinstance(answer.raw, HTTPResponse)
    return answer.raw.read(decode_content=False), answer.headers


def test_a_long_answer_is_compressed_for_who_can_read_it(where):
    pressed, told = got(where, f"/v1/services/{story.PROCEDURE}", "gzip")
    plain, said = got(where, f"/v1/services/{story.PROCEDURE}", "identity")
    assert told["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in said
    assert gzip.decompress(pressed) == plain
    assert int(told["Content-Length"]) == len(pressed) < len(plain) / 3
    assert told["ETag"] == said["ETag"]


def test_a_short_answer_is_as_it_is(where):
    short, told = got(where, "/v1/services/no-such", "gzip")
    assert len(short) < PRESSED
    assert "Content-Encoding" not in told
