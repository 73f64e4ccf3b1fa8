"""`motcua demo` as a newcomer runs it, once: what it says, what it leaves, and that each thing it names to do works."""

import json
import os
import re
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pypdfium2
import pytest
import requests
import zxingcpp

from chalicelib.law import qr
from infra.command.hints import SAMPLES, while_served
from infra.demo import story
from infra.demo.run import LEFT
from tests.support.process import MOTCUA, own_environment

ROOT = Path(__file__).parents[2]
QR = zxingcpp.BarcodeFormat.QRCode
VIETNAMESE = re.compile(r"[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]", re.IGNORECASE)


HOME = []
"""The folder in which this file's commands run: it has the sources' tests, and a site that need not be built."""


def ran(*words):
    """A command as a person runs it, in a shell of their own."""
    command, env = [*map(str, words)], own_environment()
    return subprocess.run(command, cwd=HOME[0], env=env, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A whole run in a folder of its own, at a free port: what it said, and where its papers are."""
    home = tmp_path_factory.mktemp("demo")
    HOME[:] = [home]
    site = home / ".local" / "docs" / "index.html"
    site.parent.mkdir(parents=True)
    site.touch()
    os.utime(site, (time.time() + 3600,) * 2)
    (home / "tests").symlink_to(ROOT / "tests")
    done = ran(MOTCUA, "demo", "--out", home / "out", "--port", 0)
    assert done.returncode == 0, done.stderr
    return done, home / "out"


@pytest.fixture(scope="module")
def summary(told):
    return json.loads((told[1] / "summary.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def served(told, tmp_path_factory):
    """`motcua serve` on the demo's folder as the demo says it: its address, and what it said."""
    done, out = told
    (command,) = [line.strip() for line in done.stdout.splitlines() if f"serve --folder {out}" in line]
    said = tmp_path_factory.mktemp("serve") / "said.txt"
    asked = {"cwd": HOME[0], "env": own_environment()}
    with said.open("w") as to, subprocess.Popen(shlex.split(command), stdout=to, stderr=to, **asked) as serving:
        try:
            story.until("it serves", lambda: _is_told(said) or serving.poll() is not None or None, 300, pause=0.2)
            yield said.read_text("utf-8")
        finally:
            serving.send_signal(signal.SIGINT)
            serving.wait(60)


def _is_told(said: Path) -> bool:
    return "measure boards" in said.read_text("utf-8")


def _services_at(address: str) -> int:
    return requests.get(f"{address}/v1/services?limit=1", timeout=60).json()["total"]


def test_each_step_is_told_in_both_languages_with_its_clause_and_its_time(told, summary):
    said = told[0].stderr
    assert 15 <= len(summary["steps"]) <= 25
    for number, step in enumerate(summary["steps"], 1):
        assert f"{number:>2}. {step['vi']}\n      {step['en']}\n      " in said
        assert VIETNAMESE.search(step["vi"])
        assert f"{step['seconds']} s\n" in said
    names = {story.CITIZEN["name"], "Trần Văn Thưởng", "Phan Bích Lượng", "Trần Hữu Nhưỡng", "Đặng Trọng Nghĩa"}
    assert all(any(name in step["vi"] and name in step["en"] for step in summary["steps"]) for name in names)
    clauses = [step["clause"] for step in summary["steps"] if step["clause"]]
    assert len(clauses) >= len(summary["steps"]) - 1
    assert sum(step["seconds"] for step in summary["steps"]) <= summary["elapsed_s"] + len(summary["steps"]) * 0.05


def test_no_word_of_programs_is_told_to_people(told):
    done, out = told
    text = (done.stdout + done.stderr).replace(str(out), "")
    assert re.findall(r"->|vn\.motcua|dossier\.submitted|Traceback|None|\{|\d+:\d+:\d+\.\d+", text) == []


def test_it_leaves_what_the_documentation_names_and_one_due_time(told, summary):
    done, out = told
    assert [name for name in LEFT if not (out / name).is_file()] == []
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T23:59:59\+07:00", summary["due_at"])
    assert day, summary["due_at"]
    assert re.search(rf"hết ngày {day[3]} tháng {int(day[2])}|hết ngày {day[3]} tháng {day[2]}", done.stdout)


def test_it_ends_with_three_things_to_do(told):
    done, out = told
    _, after = done.stdout.split("Làm gì tiếp / What to do next\n")
    commands = [line.strip() for line in after.splitlines() if line.startswith("     ")]
    assert [line[:2] for line in after.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    read, serve, own = commands
    assert (serve, own) == (f"{MOTCUA} serve --folder {out}", f"{MOTCUA} serve")
    receipt = ran(*shlex.split(read)).stdout
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in receipt
    (tutorial,) = set(re.findall(r"docs/\S+\.md", after))
    assert (ROOT / tutorial).is_file()


def test_the_command_that_checks_the_result_says_that_it_is_valid(told):
    (row,) = [line for line in told[0].stdout.splitlines() if line.startswith("Kiểm tra / verify")]
    done = ran(*shlex.split(row.removeprefix("Kiểm tra / verify")))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("paper", ["receipt", "component", "result"])
def test_the_code_on_a_paper_answers_while_its_folder_is_served(told, served, paper):
    with pypdfium2.PdfDocument(told[1] / f"{paper}.pdf") as document:
        codes = [
            found.text
            for page in document
            for found in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_numpy().copy(), QR)
        ]
    (address,) = {qr.parse(text)["lookup_url"] for text in codes if "/v1/verifications/" in text}
    page = requests.get(address, headers={"Accept": "text/html"}, timeout=60)
    assert (page.status_code, page.headers["Content-Type"].partition(";")[0]) == (200, "text/html")
    said = requests.get(address, timeout=60).json()
    assert said["sha256"]


def test_who_serves_is_told_where_more_services_and_figures_come_from(served):
    first, *commands = [line for line in served.splitlines() if "dịch vụ / services" in line or line.startswith("  ")]
    before = int(first.split()[0])
    bring, publish = [shlex.split(line) for line in commands]
    assert (bring[1:3], publish[1:3]) == (["procedures", "import"], ["measure", "boards"])
    done = ran(*bring, "--json")
    assert json.loads(done.stdout)["total"] > 0, done.stderr
    address = re.search(r"http://127\.0\.0\.1:\d+", served)[0]
    story.until("more services", lambda: _services_at(address) > before or None, seconds=120, pause=0.5)
    made = ran(*publish, "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["boards"] > 0


def test_a_count_of_services_that_does_not_come_ends_no_serving(tmp_path):
    first, bring, *_ = while_served(tmp_path, {"url": "http://127.0.0.1:9"})
    assert first.startswith("dịch vụ / services")
    assert f"procedures import {SAMPLES}" in bring
    assert f"--where {tmp_path}/where.json" in bring
