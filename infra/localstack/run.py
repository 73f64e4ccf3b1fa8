"""The journeys on LocalStack and on the embedded cloud, each with its results in `.local/parity`.

python -m infra.localstack.run                what `make test-localstack` does
python -m infra.localstack.run --embedded     the same journeys on the embedded cloud
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from infra.localstack.cloud import LocalStackCloud
from infra.localstack.environment import HOME
from infra.localstack.probes import probe
from infra.localstack.server import running

ROOT: Final = Path(__file__).parents[2]
RESULTS: Final = ROOT / ".local" / "parity"
EMBEDDED_ONLY: Final = {
    "test_bundles.py": "it gives the sweep times of its own and hears each event twice; tests/localstack has its own",
    "test_crash.py": "it kills the cloud with SIGKILL; LocalStack community forgets everything when it ends",
    "test_faults.py": "it breaks functions from inside their process; tests/localstack has its own",
    "test_flood.py": "it kills the cloud with SIGKILL, as test_crash.py does",
    "test_restore.py": "moto restores neither encryption nor billing, and the drill looks at both",
    "test_ops.py": "it breaks functions from inside their process",
    "test_tutorials.py": "it follows pages that begin with `make serve`",
}
"""Journey files that need the embedded cloud, and why."""
FIRST: Final = "localstack"
"""The LocalStack that is compared with the embedded cloud; the other has the tests of LocalStack's own."""


def journeys() -> list[str]:
    """The files that run on both."""
    return [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
        if file.name not in EMBEDDED_ONLY
    ]


def parts() -> dict[str, Sequence[str]]:
    """The files of each LocalStack: it is one process that mostly waits, so two get through in half the time.

    The journeys take about as long as LocalStack's own tests. One that runs already (`LOCALSTACK_ENDPOINT`) has all.
    """
    own = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "tests" / "localstack").glob("test_*.py"))
    if running():
        return {FIRST: [*journeys(), *own]}
    return {FIRST: journeys(), f"{FIRST}-own": own}


def _pytest(name: str, arguments: Sequence[str], **variables: str) -> int:
    """Run files; pytest's exit code. What it says is in the results, and printed when it ends."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        "not soak and not browser",
        "-p",
        "no:cacheprovider",
        "--durations=10",
    ]
    command += [f"--junitxml={RESULTS / name}.xml", *arguments]
    # The tests start clouds of their own: neither the LocalStack nor the moto of this process is for them.
    kept = {k: v for k, v in os.environ.items() if k != "LOCALSTACK_ENDPOINT" and not k.startswith(("AWS_", "MOTO_"))}
    said = RESULTS / f"{name}.txt"
    with said.open("w", encoding="utf-8") as out:
        code = subprocess.run(command, cwd=ROOT, env=kept | variables, check=False, stdout=out, stderr=out).returncode  # noqa: S603 - our own words
    print(f"{name}:\n{said.read_text('utf-8')}", flush=True)
    return code


def _keep(name: str, facts: Mapping[str, object]) -> None:
    (RESULTS / f"{name}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _on_one(name: str, files: Sequence[str]) -> int:
    """Deploy on a LocalStack of its own, ask the probes where it is the first, run files there; pytest's exit code."""
    told: list[str] = []

    def note(text: str) -> None:
        told.append(text)
        print(f"{name}: {text}", file=sys.stderr, flush=True)

    begin = time.monotonic()
    with LocalStackCloud(HOME / "test" / name, say=note) as cloud:
        ready = round(time.monotonic() - begin, 1)
        answers = probe(cloud.deployed.where()) if name == FIRST else {}  # two would answer alike
        _keep(name, {"probes": answers, "ready": ready, "told": told})
        code = _pytest(name, files, MOTCUA_WHERE=str(cloud.folder / "where.json"))
    note(f"{time.monotonic() - begin:.0f} s in all")
    return code


def on_localstack() -> int:
    """Each part on a LocalStack of its own, at the same time; the worst of pytest's exit codes."""
    for old in RESULTS.glob("localstack*"):
        old.unlink()
    every = parts()
    with ThreadPoolExecutor(len(every)) as pool:
        return max(pool.map(_on_one, every.keys(), every.values()))


def on_embedded() -> int:
    """The same journeys on the embedded cloud; pytest's exit code."""
    from infra.local.stage import keep_logs, local_stage

    begin = time.monotonic()
    folder = RESULTS / "embedded"
    keep_logs(folder / "log.jsonl")
    with local_stage(folder) as cloud:
        ready = round(time.monotonic() - begin, 1)
        _keep("embedded", {"probes": probe(cloud.where()), "ready": ready, "told": []})
    return _pytest("embedded", journeys())


def main() -> int:
    """The command line."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    return on_embedded() if "--embedded" in sys.argv[1:] else on_localstack()


if __name__ == "__main__":
    sys.exit(main())
