"""`motcua procedures`: import national records, review what could be restructured; on any stage, or on this machine."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from infra.command.ops import stage
from infra.command.output import FINDINGS, NOT_FOUND, AsJson, fail, quiet, show
from infra.command.place import Place

procedures_app = typer.Typer(no_args_is_help=True, help="The catalogue: national records and their restructuring.")
LOCAL = Path(".local/cloud")
SHOWN = 20
Where = Annotated[
    Path | None, typer.Option("--where", help="The stage's where.json; without it, this machine's own cloud.")
]


@contextlib.contextmanager
def _catalogue(where: Path | None) -> Iterator[Place]:
    """The stage that is named, else the cloud that `motcua serve` keeps: started for a moment when it is not up."""
    own = LOCAL / "where.json"
    if where or _answers(own):
        with stage(where or own) as place:
            yield place
        return
    from infra.local.stage import local_stage

    quiet(LOCAL / "log.jsonl")
    with local_stage(LOCAL) as cloud:
        with Place(cloud.where()).entered() as place:
            yield place
        cloud.wait_idle()


def _answers(file: Path) -> bool:
    """Whether the cloud of this machine is up: `serve` takes its where.json away when it stops."""
    import json
    import urllib.error
    import urllib.request

    try:
        url = json.loads(file.read_text("utf-8"))["url"]
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - an address of ours
            return bool(answer.status)
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return False


@procedures_app.command("import")
def import_records(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of *.json, as the National Database answers.")],
    where: Where = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import national records: imported, warned, refused, each with code and reason; again is harmless.

    Example: motcua procedures import records/ --json
    """
    from chalicelib.catalogue.records.wiring import records
    from infra.command.record_files import read_paths

    if dry_run:
        report = read_paths(paths)
    else:
        with _catalogue(where):
            keep = records().keep
            report = read_paths(paths, keep)
    done: dict[str, int] = {}
    lines = []
    for row in report["imported"]:
        stored = row["stored"] or "read"
        done[stored] = done.get(stored, 0) + 1
        lines.append(f"{row['code']:<16} {stored:<10} {len(row['findings']):>2}  {row['name_vi']}")
    lines += [
        f"refused          {r['path']}: {'; '.join(x['message'] for x in r['reasons'])}" for r in report["refused"]
    ]
    told = ", ".join(f"{count} {name}" for name, count in sorted(done.items())) or "none imported"
    ends = f"{report['warned']} with findings, {len(report['refused'])} refused"
    lines.append(f"{report['total']} records: {told}; {ends}")
    show({**report, "stored": done}, as_json=as_json, lines=lines)
    if report["refused"]:
        raise typer.Exit(FINDINGS)


@procedures_app.command()
def review(
    code: Annotated[str | None, typer.Argument(help="Code of a procedure.")] = None,
    where: Where = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="The whole catalogue, ranked by what would be gained.")] = False,
    as_json: AsJson = False,
) -> None:
    """Review what data could replace, what nobody hands in, and the level reachable after it.

    Example: motcua procedures review 1.001193
    """

    if (code is None) == (not every):
        fail("name a procedure, or say --all", 2, "motcua procedures review 1.001193")
    with _catalogue(where):
        if every:
            _ranking(as_json=as_json)
        else:
            _one(str(code), as_json=as_json)


def _one(code: str, *, as_json: bool) -> None:
    from chalicelib.catalogue.restructuring.wiring import reviews
    from chalicelib.kernel.problem import NotFound

    try:
        found = reviews().analysed(code)
    except NotFound:
        fail(f"{code}: no such procedure", NOT_FOUND, "motcua procedures import PATH")
    names = {c.code or "": c.name_vi for c in found.draft.components}
    lines = []
    for verdict in found.verdicts:
        lines.append(f"{verdict.decision:<20} {names[verdict.code][:90]}")
        rows = [verdict.match] if verdict.match else list(verdict.possible)
        mark = "" if verdict.match else "? "
        lines += [
            f"{'':<20} {mark}{', '.join(m.replacement.databases)}: {m.replacement.instrument}, {m.replacement.clause}"
            for m in rows
        ]
    lines.append(f"level: {found.level_now} -> {found.after.level.key}   score {found.score.value}")
    lines += [f"  {b.state:<8} {b.vi} / {b.en}" for b in found.after.blockers]
    show(_told(found), as_json=as_json, lines=lines)


def _ranking(*, as_json: bool) -> None:
    from chalicelib.catalogue.restructuring.model import rank
    from chalicelib.catalogue.restructuring.wiring import reviews

    review = reviews()
    found = rank(review.analysed(code) for code in review.codes())
    lines = [f"{'code':<16} score  papers data  in part possible  spared of dossiers  level"]
    lines += [
        f"{f.procedure:<16} {f.score.value:>5}  {f.score.papers:>6} {f.score.replaceable:>4} {f.score.alternatives:>8} "
        f"{f.score.possible:>8}  {f.score.spared:>6} of {f.score.dossiers:<8}  {f.level_now} -> {f.after.level.key}"
        for f in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        lines.append(f"... {len(found) - SHOWN} more with --json")
    show([_told(f) for f in found], as_json=as_json, lines=lines)


def _told(found: Any) -> dict[str, Any]:
    from chalicelib.catalogue.procedures.given import plain

    return {
        "code": found.procedure,
        "score": found.score._asdict(),
        "level_now": found.level_now,
        "level_after": found.after.level.key,
        "blockers_after": [b._asdict() for b in found.after.blockers],
        "verdicts": [
            {
                "code": v.code,
                "decision": v.decision,
                "why_vi": v.why_vi,
                "why_en": v.why_en,
                "replacement": _rows([v.match] if v.match else ()),
                "possible": _rows(v.possible),
            }
            for v in found.verdicts
        ],
        "draft": plain(found.draft),
    }


def _rows(matches: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {
            "row": m.replacement.row,
            "databases": list(m.replacement.databases),
            "owners": list(m.replacement.owners),
            "instrument": m.replacement.instrument,
            "clause": m.replacement.clause,
            "quality": m.quality,
            "alternatives": list(m.alternatives),
        }
        for m in matches
    ]


__all__ = ["procedures_app"]
