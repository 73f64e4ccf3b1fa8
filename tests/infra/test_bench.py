"""The bench measures the product as it is, and tells a missed budget; its timings are in `make bench` only."""

import json
import socket
import subprocess
import sys
import threading

import pytest
from botocore.awsrequest import AWSRequest

from infra.bench import aws, child, index, pages, run, serve, table
from infra.bench.record import recorded
from infra.bench.table import BEGIN, END, Budget
from infra.local.cloud import LocalCloud


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """What was recorded up to a submission."""
    other = LocalCloud.current
    if other is not None:
        other.stop()
    yield recorded(tmp_path_factory.mktemp("bench"), whole=False)
    if other is not None:
        other.start()


def test_the_recording_has_what_the_function_was_asked_and_told(life):
    recordings, counts = life
    made = recordings["submit_api"]
    assert made["event"]["path"] == "/v1/dossiers"
    assert [o for _, o, _ in made["asked"]] == ["GetItem", "Query", "GetItem", "TransactWriteItems"]
    assert [key.partition(".")[2] for key, *_ in made["answers"]] == [
        "GetItem",
        "Query",
        "GetItem",
        "TransactWriteItems",
    ]
    assert set(made["settings"]) >= {"MOTCUA_STAGE", "MOTCUA_SECRET", "MOTCUA_DOSSIERS_TABLE"}
    assert "MOTCUA_KEYS_FOLDER" not in made["settings"], "a function has its own environment only"
    assert counts["submit_write_calls"] == 1


def test_a_recorded_function_asked_for_its_keys_itself(life):
    recordings, _ = life
    asked = [operation for _, operation, _ in recordings["submission_api"]["asked"]]
    assert "Decrypt" in asked, "what another function read in this process is nothing that a cold one has"


def test_a_fresh_interpreter_submits_again_without_a_cloud(life, tmp_path):
    recordings, _ = life
    found = run.cold_starts(
        recordings, tmp_path, 1, names=["submit_api", "identity_authorize", "outbox_publish"], packaged=False
    )
    assert found["failed"] == {}
    for row in found["functions"].values():
        (ours,), (bones,) = row["product"], row["skeleton"]
        assert 0 < row["import"][0] < ours
        assert bones > 0
        assert len(row["warm"]) == 1
    assert min(found["floors"]["boto3"]) > min(found["floors"]["python"]) > 0


def test_a_function_that_breaks_is_told_and_the_others_are_measured(life, tmp_path):
    recordings, _ = life
    broken = {**recordings, "outbox_publish": {**recordings["outbox_publish"], "answers": []}}
    found = run.cold_starts(broken, tmp_path, 1, names=["outbox_publish", "identity_authorize"], packaged=False)
    assert "nothing was recorded for DynamoDB_20120810.UpdateItem" in found["failed"]["outbox_publish"]
    assert set(found["functions"]) == {"identity_authorize"}
    assert "| `outbox_publish` | failed: " in table.markdown(
        {"machine": table.machine(), "rounds": 1, "cold": found}, []
    )


SERVED = {
    "reads": {"reads_p95_ms": 80.0, "floor_p95_ms": 8.0},
    "submissions_alone": {"count": 9, "per_second": 1.5, "lost": 0},
    "submissions": {"count": 90, "per_second": 3.0, "lost": 0},
    "more": {"statuses": {"200": 700, "201": 200, "503": 1100}, "drafts": 600, "lost": 0, "twice": 0},
}


@pytest.mark.parametrize(
    ("part", "change", "missed"),
    [
        ("reads", {}, set()),
        ("reads", {"reads_p95_ms": 101.0}, {"13a"}),
        ("submissions", {"per_second": 2.4}, {"13b"}),
        ("submissions", {"lost": 1}, {"13d"}),
        ("submissions_alone", {"lost": 1}, {"13d"}),
        ("more", {"statuses": {"200": 1999, "500": 1}}, {"13c"}),
        ("more", {"statuses": {"200": 1999, "0": 1}}, {"13c"}),
        ("more", {"lost": 1}, {"13d"}),
        ("more", {"twice": -1}, {"13d"}),
        ("more", {"twice": 1}, {"13d"}),
    ],
)
def test_what_the_server_carries_is_held_against_what_it_should(part, change, missed):
    budgets = table.verdicts({"serve": {**SERVED, part: {**SERVED[part], **change}}})
    assert {b.number for b in budgets if not b.met} == missed
    assert [b.number for b in budgets] == ["13a", "13b", "13c", "13d"]
    assert all(b.row().count("|") == 7 for b in budgets)


def test_the_index_of_every_commune_is_held_against_a_second():
    told = {"index_s": 0.7, "floor_s": 0.1, "communes": 3321, "rows": 79704}
    for seconds, met in ((0.7, True), (1.2, False)):
        (budget,) = table.verdicts({"index": told | {"index_s": seconds}})
        assert (budget.number, budget.met, budget.unit) == ("16", met, " s")


def test_the_bench_of_the_index_scores_what_the_rows_say(monkeypatch):
    monkeypatch.setattr(index, "PROVINCES", 2)
    monkeypatch.setattr(index, "COMMUNES", 5)
    monkeypatch.setattr(index, "ROUNDS", 1)
    found = index.measured()
    assert (found["communes"], found["rows"]) == (5, 5 * 3 * 8)
    assert found["index_s"] > 0 < found["floor_s"]


def test_what_is_offered_is_asked_whether_or_not_earlier_ones_were_answered():
    gate = threading.Barrier(5)

    def ask(number):
        gate.wait(120)  # the first is answered when the fifth was asked
        return 200 + number

    told = serve.offered(1000, 0.005, ask)
    assert [status for status, _ in told] == [200, 201, 202, 203, 204]
    assert serve.quantile([(200, 0.001 * n) for n in range(1, 101)], 0.95) == pytest.approx(96)


def test_a_connection_that_breaks_is_counted_as_no_answer():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert serve.asked({"url": f"http://127.0.0.1:{closed.getsockname()[1]}"}, "GET", "/") == 0


def test_the_loops_answer_what_the_budgets_ask(life, tmp_path):
    recordings, counts = life
    found = run.warm_loops(recordings["submit_api"], tmp_path, ["client", "frame", "clock"], packaged=False, blocks=1)
    assert found["frame"]["body_bytes"] == run.BODY
    budgets = table.verdicts({**found, "counts": counts})
    assert [b.number for b in budgets] == ["1a", "1b", "5a", "5b", "5c", "6", "10a", "10b", "10c"]
    assert all(b.figure > 0 for b in budgets)


def test_a_verdict_is_about_the_limit():
    most, least = Budget("6", "a", 0.36, 0.35, "how"), Budget("10", "b", 400_000, 100_000, "how", "", least=True)
    assert (most.met, least.met) == (False, True)
    assert most.row() == "| 6 | a | 0.36x | ≤ 0.35x | **missed** | how |"
    assert least.row() == "| 10 | b | 400,000 | ≥ 100,000 | met | how |"


def test_cold_budgets_are_ratios_of_the_minima_of_the_same_rounds():
    row = {"product": [220.0, 210.0], "skeleton": [200.0, 205.0], "import": [1.0], "warm": [], "calls": []}
    cold = {"functions": {"submit_api": row}, "floors": {"python": [10.0], "boto3": [76.0]}, "failed": {}}
    one, nrlf, cookbook = table.verdicts({"cold": cold})
    assert one.figure == pytest.approx(210 / 200)
    assert nrlf.figure == pytest.approx(210 / (547 / 2))
    assert cookbook.figure == pytest.approx(210 / (631 / 2))


def test_the_page_keeps_what_stands_around_the_figures(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "PAGE", tmp_path / "page.md")
    table.PAGE.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", "utf-8")
    table.write({"machine": table.machine(), "rounds": 3}, [])
    text = table.PAGE.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}")
    assert text.endswith(f"{END}\nafter\n")
    assert "stale" not in text


def test_a_function_that_asks_in_another_order_is_given_what_it_asks_for():
    """What the recording's process still held, a cold one reads first."""
    one = ("T.GetItem", b'{"Key":1}', 200, {}, b"one")
    two = ("T.GetItem", b'{"Key":2}', 200, {}, b"two")
    write = ("T.PutItem", b"", 200, {}, b"written")
    replay = child.Aws([one, two, write])

    def ask(target, body):
        return replay.send(None, AWSRequest("POST", "https://aws.test", {"X-Amz-Target": target}, body)).content

    assert [ask("T.GetItem", b'{"Key":2}'), ask("T.GetItem", b'{"Key":1}')] == [b"two", b"one"]
    assert ask("T.PutItem", b'{"Item":"of now"}') == b"written"
    with pytest.raises(RuntimeError, match="nothing was recorded"):
        ask("T.GetItem", b'{"Key":1}')


def test_the_server_of_answers_gives_each_of_a_kind_and_then_the_first_again():
    import urllib.request

    answers = [("T.Query", b"", 200, {}, b'{"n":1}'), ("T.Query", b"", 200, {}, b'{"n":2}')]
    with aws.serving(answers) as url:
        for number in (1, 2, 1, 1):
            asked = urllib.request.Request(url, b"{}", {"X-Amz-Target": "T.Query"})
            with urllib.request.urlopen(asked, timeout=300) as answer:
                assert json.load(answer) == {"n": number}


def test_the_peak_is_this_process_own():
    """Of a new process with 300 MB of its own, whatever the one has that started it."""
    held = "from infra.bench import pages\nheld = bytearray(b'1') * 300_000_000\nprint(pages.peak())"
    large = bytearray(b"1") * 600_000_000
    told = subprocess.run([sys.executable, "-c", held], capture_output=True, text=True, check=True, timeout=300)
    assert 286 < int(told.stdout) < 500
    assert pages.peak() > 600
    del large
