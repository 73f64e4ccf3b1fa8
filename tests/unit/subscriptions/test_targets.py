"""Where a webhook may go: each case of the rule is refused by its name, and what is public is not."""

import pytest

from chalicelib.subscriptions.targets import TargetRefused, is_public, target_of

SPELLINGS = {
    "http://good.example/": "https",
    "ftp://good.example/": "https",
    "//good.example/": "https",
    "https:/good.example/": "name",
    "https://good.example@127.0.0.1/": "userinfo",
    "https://user:word@good.example/": "userinfo",
    "https://127.0.0.1#@good.example/": "fragment",
    "https://good.example/#here": "fragment",
    "https://good.example:8443/": "port",
    "https://good.example:/": "port",
    "https://good.example:99999/": "spelling",
    "https://good.example:4a/": "spelling",
    "https://127.0.0.1/": "name",
    "https://127.1/": "name",
    "https://0177.0.0.1/": "name",
    "https://0x7f.1/": "name",
    "https://2130706433/": "name",
    "https://0x7f000001/": "name",
    "https://017700000001/": "name",
    "https://①②⑦.⓪.⓪.①/": "spelling",
    "https://[::1]/": "name",
    "https://[::ffff:7f00:1]/": "name",
    "https://[::ffff:7f00:1/": "spelling",
    "https://localhost/": "name",
    "https://good/": "name",
    "https://good.example./": "name",
    "https://.good.example/": "name",
    "https://go_od.example/": "name",
    "https://-good.example/": "name",
    "https://good%2eexample/": "name",
    "https://good\t.example/": "spelling",
    "https://good.example\\@127.0.0.1/": "spelling",
    "https://good.example/\r\nHost: other": "spelling",
    " https://good.example/": "spelling",
    "https://good.example/" + "a" * 1_000: "spelling",
    "https://" + "a." * 130 + "example/": "name",
    "": "https",
}


@pytest.mark.parametrize("url", SPELLINGS)
def test_an_address_that_no_webhook_may_have_is_refused_by_its_rule(url):
    with pytest.raises(TargetRefused) as refused:
        target_of(url)
    assert refused.value.rule == SPELLINGS[url]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://good.example", ("good.example", "/")),
        ("https://Good.Example:443/hooks/1?a=b", ("good.example", "/hooks/1?a=b")),
        ("https://xn--dch-vu-cng-7ib.vn/nhan", ("xn--dch-vu-cng-7ib.vn", "/nhan")),
    ],
)
def test_a_public_name_is_taken(url, target):
    assert target_of(url) == target


INSIDE_4 = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
]
INSIDE_6 = [
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:100.64.0.1",
    "::ffff:168.63.129.16",
    "::ffff:0:127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]


@pytest.mark.parametrize("address", [*INSIDE_4, *INSIDE_6])
def test_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["2130706433", "127.1", "0x7f000001", "0177.0.0.1", "good.example", ""])
def test_what_is_no_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "203.162.0.181", "2606:4700:4700::1111", "::ffff:8.8.8.8", "2405:4800::1"]
)
def test_a_public_address_is_taken(address):
    assert is_public(address)
