"""This release's cloud on a data folder, with the clock of the day on which the folder was left; a process of its own.

It prints its where.json in one line, then answers each line on stdin with `idle` once it is; it stops with its stdin.
"""

import json
import sys
from pathlib import Path

import time_machine

from infra.local.stage import keep_logs, local_stage

SECONDS = 120


def main(folder: Path, moment: str) -> None:
    """Serve until stdin is closed."""
    keep_logs(folder.parent / "log.jsonl")
    with time_machine.travel(moment, tick=True), local_stage(folder) as cloud:
        cloud.wait_idle(SECONDS)
        print(json.dumps(cloud.where()), flush=True)
        for _ in sys.stdin:
            cloud.wait_idle(SECONDS)
            print("idle", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
