"""An e-mail address in a form is one address: the schema library takes a name beside it, and a second one in quotes."""

import pytest

from chalicelib.forms.limits import validator


@pytest.mark.parametrize(
    "text",
    [
        "lieu@example.vn\nBcc: ke@example.vn",
        "lieu@example.vn, ke@example.vn",
        '"lieu@example.vn, ke"@example.vn',
        "Liễu <lieu@example.vn>",
        "lieu\x00@example.vn",
        "lieu@example.vn\n",
        "lieu@localhost",
        "lieu@[127.0.0.1]",
        "@example.vn",
        ".a@b.vn",
        "a.@b.vn",
        "a..b@b.vn",
        "a%0d%0a@b.vn",
        "a|b@b.vn",
        "a!b@b.vn",
        "a@b..vn",
        "a@.b.vn",
        "a@b.1",
        "a@-b.vn",
        "а@b.vn",
        "x" * 65 + "@b.vn",
        "",
    ],
)
def test_what_is_none_or_two_is_refused(text):
    assert not validator({"type": "string", "format": "email"}).is_valid(text)


@pytest.mark.parametrize(
    "text", ["lieu@example.vn", "a.b+c@x-y.example.vn", "l_2@moj.gov.vn", "o'brien-x@b.xn--p1ai", "x" * 64 + "@b.vn"]
)
def test_one_address_is_taken(text):
    assert validator({"type": "string", "format": "email"}).is_valid(text)


def test_a_date_is_checked_still():
    assert not validator({"type": "string", "format": "date"}).is_valid("2026-13-01")
