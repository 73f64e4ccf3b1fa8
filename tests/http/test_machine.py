"""What the machine refuses ends in a line with its remedy and 6; what it lacks is told before anything is begun."""

import resource
import signal
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra.command import machine
from infra.demo import story
from infra.demo.run import LEFT
from tests.support.process import MOTCUA

UNAVAILABLE = 6
TODAY = datetime(2026, 11, 26, 5, tzinfo=UTC)


def run(*words, cwd, **more):
    """The command as a person runs it: exit code, standard output and error."""
    return subprocess.run(
        [MOTCUA, *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=300, check=False, **more
    )


def refused(done, word):
    """One line of what is wrong and one of what to try, and nothing else."""
    assert done.returncode == UNAVAILABLE, done.stderr
    said, remedy = done.stderr.splitlines()
    assert said.startswith("motcua: ")
    assert word in said
    assert remedy.startswith("try: ")
    assert done.stdout == ""


@pytest.fixture
def no_folder(tmp_path):
    """A place where no folder can be made, not even by root: under a file."""
    (tmp_path / "file").write_text("x")
    return tmp_path / "file" / "below"


@pytest.mark.parametrize("words", [("serve", "--port", 0, "--folder"), ("demo", "--out")], ids=lambda w: w[0])
def test_a_folder_that_cannot_be_written_is_named(tmp_path, no_folder, words):
    refused(run(*words, no_folder, cwd=tmp_path), str(no_folder.parent))


@pytest.mark.parametrize("port", [99999, -1])
def test_a_number_that_no_port_has_is_refused(tmp_path, port):
    refused(run("serve", "--port", port, cwd=tmp_path), str(port))


@pytest.mark.parametrize("words", [("serve",), ("demo",), ("digitise", "scan.jpg", "--out", "out")], ids=lambda w: w[0])
def test_without_the_readers_model_nothing_is_begun(tmp_path, words):
    (tmp_path / "scan.jpg").write_bytes(b"x")
    lacks = {"PATH": "/usr/bin", "TESSDATA_PREFIX": str(tmp_path)}
    refused(run(*words, cwd=tmp_path, env=lacks), "vie.traineddata")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["scan.jpg"]


def test_a_disk_that_takes_no_more_is_told(tmp_path):
    """A limit on the size of files stands for the full disk: the system refuses the write in the same way."""
    most = 30_000

    def little():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = run("demo", "--out", tmp_path / "out", cwd=tmp_path, preexec_fn=little)
    assert done.returncode == UNAVAILABLE, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("try: ")


def test_a_fault_of_ours_shows_itself():
    with pytest.raises(OSError, match="ours"), machine.told():
        raise OSError("ours")


def test_the_version_is_said(tmp_path):
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "motcua 0.1.0\n", "")


# --- doctor ----------------------------------------------------------------------------------------------------------


def looked(folder, port=0, now=TODAY, **more):
    return {found.name: found for found in machine.findings(folder, port, now, **more)}


def test_on_a_machine_that_has_everything_nothing_has_to_be_done(tmp_path):
    found = looked(tmp_path / "not" / "there")
    assert list(found) == ["python", "fonts", "model", "disk", "port", "clock"]
    assert {name: each.remedy for name, each in found.items() if not each.ok} == {}


def test_each_thing_that_is_not_as_it_has_to_be_has_its_remedy(tmp_path, no_folder, monkeypatch):
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    monkeypatch.setattr(machine.sys, "version_info", (3, 12, 1))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = looked(no_folder, port, datetime(2031, 1, 1, tzinfo=UTC), fonts=tmp_path)
    assert [name for name, each in found.items() if each.ok] == []
    assert "fonts-liberation fonts-dejavu-core fonts-noto-core" in found["fonts"].remedy
    assert f"PORT={port + 1}" in found["port"].remedy
    assert "2031" in found["clock"].said
    assert "3.12.1" in found["python"].said


@pytest.mark.parametrize(("free", "ok"), [(machine.ROOM, True), (machine.ROOM - 1, False)])
def test_a_disk_needs_room(tmp_path, monkeypatch, free, ok):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert looked(tmp_path)["disk"].ok is ok


def test_a_port_that_there_is_not_has_its_remedy(tmp_path):
    assert not looked(tmp_path, 99999)["port"].ok


def test_doctor_says_a_line_for_each_and_7_when_something_has_to_be_done(tmp_path):
    done = run("doctor", "--port", 99999, cwd=tmp_path)
    assert done.returncode == 7
    lines = done.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("FAIL port"))
    assert lines[at + 1].startswith("     try: PORT=8000")
    assert [line[:4] for line in lines if line[5:9] == "font"] == ["ok  "]
    assert list(tmp_path.iterdir()) == []


# --- a demo that is stopped ------------------------------------------------------------------------------------------


def test_papers_of_a_run_before_do_not_outlive_the_start_of_another(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    for name in LEFT:
        (out / name).write_text("old")
    (out / "mine.txt").write_text("mine")
    command = [MOTCUA, "demo", "--out", str(out)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as demo:
        try:
            story.until("its cloud", lambda: (out / "cloud" / "lock").exists() or None)
        finally:
            demo.kill()  # Python drops a Ctrl-C that meets a callback of its own, as of an import: the demo would end
    assert demo.returncode == -signal.SIGKILL
    assert [name for name in LEFT if Path(out / name).exists() and (out / name).read_bytes() == b"old"] == []
    assert (out / "mine.txt").read_text() == "mine"
