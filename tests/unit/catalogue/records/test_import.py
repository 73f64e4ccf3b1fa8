"""What `motcua procedures import` reports of files, folders, links and what cannot be read."""

import json
import os
import shutil
from pathlib import Path

import pytest

from chalicelib.catalogue.procedures.model import fingerprint
from infra.command import record_files as procedures
from infra.command.record_files import pure_speed, read_paths
from tests.unit.catalogue.records.given import CODES, FOLDER, as_bytes, record, text


def reasons(report):
    return [(Path(row["path"]).name, row["reasons"][0]["code"]) for row in report["refused"]]


@pytest.fixture
def folder(tmp_path):
    """A folder with two records, one of them in a folder below."""
    root = tmp_path / "records"
    (root / "b").mkdir(parents=True)
    (root / "1.003197.json").write_bytes(text("1.003197"))
    (root / "b" / "1.001193.json").write_bytes(text("1.001193"))
    (root / "readme.txt").write_text("no record")
    return root


def test_all_samples_are_imported():
    report = read_paths([FOLDER])
    assert [row["code"] for row in report["imported"]] == CODES
    assert (report["total"], report["refused"]) == (35, [])
    assert report["warned"] == sum(1 for row in report["imported"] if row["findings"]) > 20
    json.dumps(report)


def test_a_folder_is_walked_in_order_and_twice_gives_the_same(folder):
    report = read_paths([folder])
    assert [row["code"] for row in report["imported"]] == ["1.003197", "1.001193"]
    assert read_paths([str(folder)]) == report


def test_the_store_gets_facts_and_findings_and_its_answer_is_reported(folder):
    kept = {}

    def store(facts, findings):
        known = kept.get(facts.code) == fingerprint(facts)
        kept[facts.code] = fingerprint(facts)
        assert all(finding.severity == "warning" for finding in findings)
        return "unchanged" if known else "imported"

    assert [row["stored"] for row in read_paths([folder], store)["imported"]] == ["imported"] * 2
    assert [row["stored"] for row in read_paths([folder], store)["imported"]] == ["unchanged"] * 2
    assert {row["stored"] for row in read_paths([folder])["imported"]} == {None}


def test_a_refused_record_keeps_no_other_from_being_read(folder):
    lines = [record("1.004222"), record("1.004194", code="x"), record("1.000894", name=""), record("1.000656")]
    (folder / "c.json").write_bytes(b"\n".join(map(as_bytes, lines)) + b'\n{"code": "1", "code": "2"}')
    report = read_paths([folder])
    assert [row["code"] for row in report["imported"]] == ["1.003197", "1.004222", "1.000656", "1.001193"]
    assert reasons(report) == [
        ("c.json#1", "code_invalid"),
        ("c.json#2", "name_missing"),
        ("c.json#4", "duplicate_key"),
    ]
    assert [row["code"] for row in report["refused"]] == ["x", "1.000894", None]
    assert all("/" in row["reasons"][0]["message"] for row in report["refused"])
    assert report["total"] == 7


def test_a_broken_file_is_refused_whole_and_by_name(folder):
    (folder / "a.json").write_bytes(text("1.004222") + b"{")
    report = read_paths([folder])
    assert reasons(report) == [("a.json", "not_json")]
    assert len(report["imported"]) == 2


def test_one_code_with_two_contents_is_refused(folder):
    (folder / "z.json").write_bytes(as_bytes(record("1.001193", name="Tên khác")))
    shutil.copy(folder / "1.003197.json", folder / "b" / "same.json")
    report = read_paths([folder])
    assert reasons(report) == [("1.001193.json", "code_twice")]  # folders come after the files before them
    assert [row["code"] for row in report["imported"]].count("1.003197") == 2


def test_links_out_of_the_folder_are_refused(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "1.004222.json").write_bytes(text("1.004222"))
    (folder / "link.json").symlink_to(outside / "1.004222.json")
    (folder / "linked").symlink_to(outside)
    (folder / "up.json").symlink_to("../../../../../../../../../etc/hostname")
    report = read_paths([folder])
    assert reasons(report) == [(name, "symlink_outside") for name in ("link.json", "linked", "up.json")]
    assert len(report["imported"]) == 2


def test_a_link_within_the_folder_is_read(folder):
    (folder / "again.json").symlink_to("1.003197.json")
    report = read_paths([folder])
    assert report["refused"] == []
    assert [row["code"] for row in report["imported"]] == ["1.003197", "1.003197", "1.001193"]


def test_what_is_not_there_or_no_file_is_refused(folder):
    os.mkfifo(folder / "pipe.json")
    (folder / "round.json").symlink_to("round.json")
    report = read_paths([folder, folder / "missing.json"])
    assert reasons(report) == [("pipe.json", "not_a_file"), ("round.json", "not_found"), ("missing.json", "not_found")]


def test_an_unreadable_file_or_folder_is_refused(folder, monkeypatch):
    opened, listed = Path.open, os.scandir

    def closed(self, *args, **kwargs):
        if self.name == "1.003197.json":
            raise PermissionError(13, "denied", str(self))
        return opened(self, *args, **kwargs)

    def hidden(path):
        if Path(path).name == "b":
            raise PermissionError(13, "denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "open", closed)
    monkeypatch.setattr(os, "scandir", hidden)
    report = read_paths([folder])
    assert reasons(report) == [("1.003197.json", "unreadable"), ("b", "unreadable")]
    assert report["imported"] == []


def test_a_file_past_the_limit_is_not_read_to_its_end(folder, monkeypatch):
    monkeypatch.setattr(procedures, "MAX_FILE", 100)
    monkeypatch.setattr("chalicelib.catalogue.records.parsing.MAX_FILE", 100)
    assert reasons(read_paths([folder])) == [("1.003197.json", "too_large"), ("1.001193.json", "too_large")]


def test_speed_without_samples_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        pure_speed(tmp_path)
