"""NOTICE names every library that is shipped with the licence that it says of itself, and what that asks for."""

import shutil
import subprocess
import sys
from email.message import Message
from pathlib import Path

import pytest

from infra.build import models, notice
from infra.build.parts import PARTS, lock_text


def test_the_notice_is_what_is_installed():
    assert notice.NOTICE.read_text("utf-8") == notice.notice(), "run `make reference`"


def test_every_library_of_every_zip_is_named_in_the_version_that_is_locked():
    named = {each.name: each for each in notice.libraries()}
    assert named.keys() == {wheel for part in PARTS.values() for wheel in part.wheels} | {"botocore"}
    assert named["botocore"].version == models.VERSION, "its descriptions of services are in the zips"
    for part in PARTS:
        for line in lock_text(part).splitlines():
            if "==" in line:
                name, _, version = line.rstrip(" \\").partition("==")
                assert named[name].version == version


def test_licences_that_ask_for_the_source_say_where_it_is():
    text = notice.NOTICE.read_text("utf-8").partition(notice.SOURCES)[2].partition(notice.FILES)[0]
    told = {line.split()[0] for line in text.splitlines() if line and not line.startswith(" ")}
    assert {"img2pdf", "pikepdf", "certifi"} <= told
    assert told == {each.name for each in notice.libraries() if notice.ASKS.search(each.licence)}
    assert text.count("\n  https://") == len(told)


@pytest.mark.parametrize("licence", ["LGPL-3.0-only", "MPL-2.0", "GNU AGPL v3", "Mozilla Public License 2.0 (MPL 2.0)"])
def test_such_a_licence_is_known_by_its_name(licence):
    assert notice.ASKS.search(licence)
    assert not notice.ASKS.search("Apache-2.0 OR BSD-3-Clause")


def test_a_package_that_says_no_licence_is_refused():
    with pytest.raises(ValueError, match="says no licence"):
        notice._licence("odd", Message())


def test_another_text_is_told_and_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(notice, "NOTICE", tmp_path / "NOTICE")
    monkeypatch.setattr(sys, "argv", ["notice", "--check"])
    assert notice.main() == 1
    assert "make reference" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["notice"])
    assert (notice.main(), notice.main()) == (0, 0)
    assert capsys.readouterr().out == "wrote NOTICE\n"


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="no Debian: its packages cannot be asked")
def test_files_of_the_system_are_of_the_packages_that_are_named_under_their_licence():
    owners = set()
    for file in notice.system_files():
        done = subprocess.run(["dpkg-query", "-S", str(file)], capture_output=True, text=True, check=True, timeout=60)
        owners.add(done.stdout.partition(":")[0])
    assert owners == notice.SYSTEM.keys()
    for package, licence in notice.SYSTEM.items():
        told = Path("/usr/share/doc", package, "copyright").read_text("utf-8")
        assert f"License: {licence}\n" in told
