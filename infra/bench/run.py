"""What the product costs, each figure against a floor that is measured in the same rounds.

    python -m infra.bench.run [--json] [--rounds N] [--only PART ...] [--write]

Everything is CPU time (user and system) of fresh interpreters that take turns, round after round; a figure is the
minimum of its rounds. Functions run as in AWS: from their packaged zip and layers, precompiled, in an interpreter that
holds boto3 and nothing else. AWS answers from a recording of the embedded cloud: below botocore for the cold starts, a
socket away for the client's CPU. `--write` puts the tables into docs/reference/benchmarks.md.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from infra.bench import aws, table
from infra.bench.record import recorded
from infra.build import package, parts
from infra.demo import story
from infra.demo.scans import make_scan
from infra.stack.functions import FUNCTIONS
from infra.stack.rest_api import capability

HERE: Final = Path(__file__).parent
CHILD: Final = HERE / "child.py"
PARTS: Final = (
    *("cold", "client", "frame", "clock", "pages", "catalogue", "importing", "chains", "measures", "index", "serve"),
)
WARM_ROUNDS: Final = 3
BLOCKS: Final = 15
PAGES: Final = 6
BODY: Final = 2048
"""Bytes of the body of budget 5: the 2 KB dossier of design/performance.md."""


class Place:
    """Where a function runs: its interpreter, its code, its environment."""

    def __init__(self, name: str, work: Path, settings: Mapping[str, str], *, packaged: bool = True) -> None:
        function = FUNCTIONS[name]
        carried = (function.bundle, *function.layers)
        self.python = package.interpreter() if packaged else Path(sys.executable)
        trees = [_pinned(part, work) for part in carried] if packaged else [parts.ROOT]
        self.code = trees[0]
        roots = [str(self.code), *(str(tree / "python") for tree in trees[1:])]
        self.env = {
            "PYTHONPATH": os.pathsep.join(roots),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "/nonexistent",
            "LANG": "C.UTF-8",
            "AWS_REGION": package.REGION,
            "AWS_DEFAULT_REGION": package.REGION,
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            **settings,
        }
        for variable, folder in (("MOTCUA_FONTS", "fonts"), ("TESSDATA_PREFIX", "tessdata")):
            for tree in trees[1:]:
                if (tree / folder).exists():
                    self.env[variable] = str(tree / folder)
        if capability(name):
            self.env["MOTCUA_CAPABILITY"] = capability(name)

    def run(self, script: Path, *given: str, **env: str) -> dict[str, Any]:
        """Run a script of ours; answers the JSON of its last line. Raises RuntimeError with what went wrong."""
        return _ran([str(self.python), "-W", "ignore", "-s", str(script), *given], self.code, self.env | env)


def _ran(command: list[str], folder: Path, env: Mapping[str, str]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:  # a pipe would wake this process at each line of log
        done = subprocess.run(  # noqa: S603 - our own scripts
            command, cwd=folder, env=dict(env), stdout=out, stderr=subprocess.PIPE, text=True, check=False
        )
        out.seek(0)
        printed = out.read()
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[-2:])}: {printed[-500:]}{done.stderr[-1500:]}")
    answer: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return answer


def _pinned(part: str, work: Path) -> Path:
    """A part's tree by hard links: packaging beside us may make it anew."""
    target = work / "trees" / part
    if not target.exists():
        source = parts.tree(part)
        for path in source.rglob("*"):
            if path.is_file():
                place = target / path.relative_to(source)
                place.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(path, place)
                except OSError:  # another file system
                    place.write_bytes(path.read_bytes())
    return target


def _kept(work: Path, name: str, spec: Mapping[str, Any]) -> str:
    path = work / f"{name}.pickle"
    path.write_bytes(pickle.dumps(dict(spec)))
    return str(path)


def cold_starts(
    recordings: Mapping[str, Mapping[str, Any]],
    work: Path,
    rounds: int,
    *,
    names: Iterable[str] = FUNCTIONS,
    packaged: bool = True,
) -> dict[str, Any]:
    """Import and first call of each function and of its skeleton, milliseconds in each round; and of the floors."""
    ready: dict[str, tuple[Place, str]] = {}
    found: dict[str, Any] = {"floors": {"python": [], "boto3": []}, "functions": {}, "failed": {}}
    for name in names:
        if name not in recordings:
            continue
        spec = {**recordings[name], "handler": FUNCTIONS[name].handler}
        place = Place(name, work, spec["settings"], packaged=packaged)
        try:
            spec |= place.run(CHILD, "survey", _kept(work, name, spec))
        except RuntimeError as error:
            found["failed"][name] = str(error)
            continue
        ready[name] = place, _kept(work, name, spec)
        calls = [f"{service}:{operation}" for service, operation, _ in spec["asked"]]
        found["functions"][name] = {"product": [], "skeleton": [], "import": [], "warm": [], "calls": calls}
    for number in range(rounds):
        for name, (place, file) in list(ready.items()):
            try:
                _round(found["functions"][name], place, file, warm=number < WARM_ROUNDS)
            except RuntimeError as error:
                found["failed"][name] = str(error)
                del ready[name], found["functions"][name]
        for place, _ in list(ready.values())[:1]:
            found["floors"]["python"].append(place.run(CHILD, "floor", "")["cold"])
            found["floors"]["boto3"].append(place.run(CHILD, "floor", "boto3")["cold"])
    return found


def _round(row: dict[str, Any], place: Place, file: str, *, warm: bool) -> None:
    row["skeleton"].append(place.run(CHILD, "skeleton", file)["cold"])
    done = place.run(CHILD, "product", file, BENCH_WARM="1" if warm else "")
    row["product"].append(done["cold"])
    row["import"].append(done["import"])
    row["warm"] += [done["warm"]] if "warm" in done else []


def form_event(event: Mapping[str, Any], reference: str) -> dict[str, Any]:
    """The event of a form of 2 KB that is saved, made from that of a submission."""
    form = {**story.FORM, "again": story.FORM, "note": ""}
    short = len(json.dumps({"form": form}, ensure_ascii=False).encode())
    form["note"] = "x" * (BODY - short)
    path = "/v1/drafts/{reference}/form"
    return {
        **event,
        "httpMethod": "PUT",
        "path": path.format(reference=reference),
        "resource": path,
        "pathParameters": {"reference": reference},
        "headers": {**event["headers"], "if-match": '"0"'},
        "body": json.dumps({"form": form}, ensure_ascii=False),
        "requestContext": {**event["requestContext"], "resourcePath": path, "httpMethod": "PUT"},
    }


def warm_loops(
    spec: Mapping[str, Any], work: Path, wanted: Iterable[str], *, packaged: bool = True, blocks: int = BLOCKS
) -> dict[str, Any]:
    """The loops of `warm.py`, for the submission and for a form: their routes in one process."""
    reference = json.loads(spec["event"]["body"])["draft"]
    more = {
        "handler": FUNCTIONS["submit_api"].handler,
        "reference": reference,
        "form_event": form_event(spec["event"], reference),
    }
    place = Place("submit_api", work, spec["settings"], packaged=packaged)
    del place.env["MOTCUA_CAPABILITY"]
    file, script = _kept(work, "warm", {**spec, **more}), HERE / "warm.py"
    found = {}
    with aws.serving(spec["answers"]) as url:
        for part in wanted:
            more = {"AWS_ENDPOINT_URL": url} if part == "client" else {}
            found[part] = place.run(script, part, file, BENCH_BLOCKS=str(blocks), **more)
    return found


def pages(work: Path) -> dict[str, Any]:
    """The digitisation of generated scans, in this environment: `pages.py` says what it measures."""
    folder = work / "scans"
    for number in range(PAGES):
        kind = ("giay_chung_sinh", "xac_nhan_cu_tru")[number % 2]
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (folder / kind / f"{number}.jpg").write_bytes(make_scan(kind, seed=20 + number).jpeg)
    env = {"PYTHONPATH": str(parts.ROOT), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    return _ran([sys.executable, "-m", "infra.bench.pages", str(folder)], parts.ROOT, env)


def bench(asked: Iterable[str], rounds: int, *, packaged: bool = True) -> dict[str, Any]:
    """Measure; answers the raw figures."""
    wanted = set(asked)
    found: dict[str, Any] = {"machine": table.machine(), "rounds": rounds}
    with tempfile.TemporaryDirectory(prefix="motcua-bench-", dir=_scratch()) as folder:
        work = Path(folder)
        recordings, found["counts"] = recorded(work / "life", whole="cold" in wanted)
        if "cold" in wanted:
            found["cold"] = cold_starts(recordings, work, rounds, packaged=packaged)
        if loops := [part for part in ("client", "frame", "clock") if part in wanted]:
            found |= warm_loops(recordings["submit_api"], work, loops, packaged=packaged)
        if "pages" in wanted:
            found["pages"] = pages(work)
        if "catalogue" in wanted:
            found["catalogue"] = _ran([sys.executable, "-m", "infra.bench.catalogue"], parts.ROOT, {**os.environ})
        if "importing" in wanted:
            found["importing"] = _ran([sys.executable, "-m", "infra.bench.importing"], parts.ROOT, {**os.environ})
        if "chains" in wanted:
            found["chains"] = _ran([sys.executable, "-m", "infra.bench.chains"], parts.ROOT, {**os.environ})
        if "measures" in wanted:
            found["measures"] = _ran([sys.executable, "-m", "infra.bench.measures"], parts.ROOT, {**os.environ})
        if "index" in wanted:
            found["index"] = _ran([sys.executable, "-m", "infra.bench.index"], parts.ROOT, {**os.environ})
        if "serve" in wanted:
            found["serve"] = _ran([sys.executable, "-m", "infra.bench.serve"], parts.ROOT, {**os.environ})
    return found


def _scratch() -> Path:
    """Beside the packaged trees, so that hard links are possible."""
    folder = parts.WORK.parent / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main(given: list[str] | None = None) -> int:
    """The command line. The result is on stdout; 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="raw figures and verdicts as one JSON document")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of cold starts (9)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure these parts")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/reference/benchmarks.md")
    told = parser.parse_args(given)
    found = bench(told.only, told.rounds)
    budgets = table.verdicts(found)
    if told.write:
        table.write(found, budgets)
    if told.json:
        print(json.dumps(found | {"budgets": [vars(b) for b in budgets]}, indent=1))
    else:
        print(table.markdown(found, budgets))
    return 1 if found.get("cold", {}).get("failed") else 0


if __name__ == "__main__":
    sys.exit(main())
