"""The journeys on LocalStack and on the embedded cloud, each with its results in `.local/parity`.

python -m infra.localstack.run                what `make test-localstack` does
python -m infra.localstack.run --embedded     the same journeys on the embedded cloud
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from infra.localstack.cloud import LocalStackCloud
from infra.localstack.environment import HOME
from infra.localstack.probes import probe

ROOT: Final = Path(__file__).parents[2]
RESULTS: Final = ROOT / ".local" / "parity"
EMBEDDED_ONLY: Final = {
    "test_bundles.py": "it gives the sweep times of its own and hears each event twice; tests/localstack has its own",
    "test_crash.py": "it kills the cloud with SIGKILL; LocalStack community forgets everything when it ends",
    "test_faults.py": "it breaks functions from inside their process; tests/localstack has its own",
    "test_restore.py": "moto restores neither encryption nor billing, and the drill looks at both",
    "test_ops.py": "it breaks functions from inside their process",
}
"""Journey files that need the embedded cloud, and why."""


def journeys() -> list[str]:
    """The files that run on both."""
    return [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
        if file.name not in EMBEDDED_ONLY
    ]


def _pytest(name: str, arguments: list[str], **variables: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not soak", "-p", "no:cacheprovider"]
    command += [f"--junitxml={RESULTS / name}.xml", *arguments]
    # The tests start clouds of their own: neither the LocalStack nor the moto of this process is for them.
    kept = {k: v for k, v in os.environ.items() if k != "LOCALSTACK_ENDPOINT" and not k.startswith(("AWS_", "MOTO_"))}
    return subprocess.run(command, cwd=ROOT, env=kept | variables, check=False).returncode  # noqa: S603 - our own words


def _keep(name: str, facts: dict[str, object]) -> None:
    (RESULTS / f"{name}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", "utf-8")


def on_localstack() -> int:
    """Deploy, ask the probes, run the journeys and LocalStack's own tests; pytest's exit code."""
    told: list[str] = []

    def note(text: str) -> None:
        told.append(text)
        print(text, file=sys.stderr, flush=True)

    begin = time.monotonic()
    with LocalStackCloud(HOME / "test", say=note) as cloud:
        ready = round(time.monotonic() - begin, 1)
        _keep("localstack", {"probes": probe(cloud.deployed.where()), "ready": ready, "told": told})
        where = str(cloud.folder / "where.json")
        code = _pytest("localstack", [*journeys(), "tests/localstack"], MOTCUA_WHERE=where)
    note(f"LocalStack: {time.monotonic() - begin:.0f} s in all")
    return code


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
