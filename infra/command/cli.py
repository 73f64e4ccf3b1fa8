"""`motcua`: the command line. Results go to stdout, everything for people to stderr; `--json` for programs.

Exit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 conflict, 5 denied, 6 unavailable, 7 findings, 8 undecided.
"""

import json
import signal
import sys
import threading
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from infra.command import batch, dates, machine, money, restore, sealed
from infra.command.audited import audit_app
from infra.command.clock import clock_app
from infra.command.hints import after_demo, program, while_served
from infra.command.index import index_app
from infra.command.intake import intake_app
from infra.command.measure import measure_app
from infra.command.officers import officers_app
from infra.command.ops import ops_app
from infra.command.output import (
    FINDINGS,
    NOT_FOUND,
    UNAVAILABLE,
    USAGE,
    AsJson,
    Json,
    fail,
    quiet,
    read_file,
    say,
    show,
)
from infra.command.procedures import procedures_app

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Một Cửa: one door to online public services.")
app.add_typer(audit_app, name="audit")
app.add_typer(clock_app, name="clock")
app.add_typer(index_app, name="index")
app.add_typer(measure_app, name="measure")
app.add_typer(ops_app, name="ops")
app.add_typer(intake_app, name="intake")
app.add_typer(officers_app, name="officers")
app.add_typer(procedures_app, name="procedures")
app.command()(batch.digitise)
app.command()(money.cost)
app.command()(money.quotas)
for told in (sealed.rotate, sealed.erase, restore.restore):
    ops_app.command()(told)
ops_app.command("apply-erasures")(sealed.apply_erasures)
ops_app.command("recount-due")(dates.recount_due)

LOCAL = Path(".local")
PORT = 8000


def _say_version(value: bool) -> None:  # noqa: FBT001 - how typer calls it
    if value:
        typer.echo(f"motcua {version('motcua')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Một Cửa: one door to online public services."""


@app.command()
def doctor(
    port: Annotated[int, typer.Option(envvar="PORT", help="Port that `serve` would take.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where the data would stay.")] = LOCAL / "cloud",
    *,
    as_json: AsJson = False,
) -> None:
    """Look at what is needed of this machine: Python, fonts, the reader's model, disk, port, clock.

    Example: motcua doctor
    """
    found = list(machine.findings(folder, port, machine.now()))
    lines = [
        line for f in found for line in (f"{'ok  ' if f.ok else 'FAIL'} {f.name:<8} {f.said}", f"     try: {f.remedy}")
    ]
    lines = [line for line in lines if not line.endswith("try: ")]
    told = [{"name": f.name, "ok": f.ok, "said": f.said, "remedy": f.remedy or None} for f in found]
    show(told, as_json=as_json, lines=lines)
    if not all(f.ok for f in found):
        raise typer.Exit(FINDINGS)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Where the papers go.")] = LOCAL / "demo",
    port: Annotated[
        int | None, typer.Option(envvar="PORT", help="Port that the papers' codes name: 8000, or a free one.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Tell a story: a paper that nobody hands in twice, and a birth registered with it, on an embedded cloud.

    Example: motcua demo --json
    """
    from rich.console import Console

    from infra.demo.run import Demo
    from infra.local.server import PortBusy

    if port is not None:
        machine.require_port(port)
    machine.require_model()
    quiet(out / "log.jsonl")
    console = Console(stderr=True, highlight=False)
    try:
        summary = Demo(out, lambda text: console.print(text, soft_wrap=True, markup=False), port).run()
    except PortBusy:
        fail(f"port {port} is taken by another program", UNAVAILABLE, f"PORT={(port or 0) + 1} make demo")
    hints = after_demo(out, summary)
    due = json.loads((out / "due.json").read_text(encoding="utf-8"))
    lines = ["", *_told(summary, due, out), "", "Làm gì tiếp / What to do next"]
    for number, each in enumerate(hints, 1):
        lines += [f"{number}. {each['vi']}", f"   {each['en']}:", f"     {each['command']}"]
    show(summary | {"next": hints}, as_json=as_json, lines=lines)
    if not all((*summary["signatures"].values(), *summary["article_8"]["ledger"].values())):
        raise typer.Exit(1)


def _told(summary: Json, due: Json, out: Path) -> list[str]:
    """The demo's end, for people."""
    from chalicelib.messages.model import until_text

    valid = "chữ ký hợp lệ / signature valid" if summary["signature_valid"] else "KHÔNG HỢP LỆ / NOT VALID"
    rows = {
        "Hồ sơ / dossier": f"{summary['dossier_code']}   {summary['holder_name']}",
        "Hẹn trả / due": f"{until_text(datetime.fromisoformat(summary['due_at']))}   {summary['due_at']}",
        "Kết quả / result": f"{summary['result_code']}   {valid}",
        "Điều 8 / Article 8": _shared(summary["article_8"]),
        "Giấy tờ / papers": f"{out}/receipt.pdf copy.pdf component.pdf result.pdf",
        "Số liệu / data": f"{out}/summary.json timeline.json due.json vault.json log.jsonl",
        "Kiểm tra / verify": f"{program()} verify {out}/result.pdf --ca {out}/ca.pem --sha256 "
        f"{summary['result_sha256']}",
        "Thời gian / took": f"{summary['elapsed_s']} s",
    }
    lines = [f"{name:<22}{value}" for name, value in rows.items()]
    days = [f"{d['day']}  {d['text']}" for d in due["days"]]
    return lines[:2] + [f"{'':<22}  {each}" for each in (due["term_text"], *days)] + lines[2:]


def _shared(proof: Json) -> str:
    """What became of the paper result, in a line; a step that the ledger does not have is named."""
    lost = [step for step, is_there in proof["ledger"].items() if not is_there]
    many, vaults = len(proof["agencies"]), len(proof["kept_by"])
    said = f"{many} cơ quan, {vaults} kho, 1 lần dùng lại / {many} agencies, {vaults} vaults, reused once"
    return said + (f"; THIẾU / LOST: {', '.join(lost)}" if lost else "")


@app.command()
def serve(
    port: Annotated[
        int | None, typer.Option(envvar="PORT", help="Port of the API, loopback only: 8000, or a demo's own.")
    ] = None,
    folder: Annotated[Path, typer.Option(help="Where the data stays; a demo's folder serves what it left.")] = LOCAL
    / "cloud",
    *,
    as_json: AsJson = False,
) -> None:
    """Keep the embedded cloud up until Ctrl-C; its data survives a restart.

    Example: PORT=8080 motcua serve
    """
    from infra.local.cloud import FolderBusy, PortBusy
    from infra.local.folder import cloud_in, kept_port
    from infra.local.stage import local_stage
    from infra.reference.site import reference_site

    folder = cloud_in(folder)
    kept = kept_port(folder)
    port = port if port is not None else kept or PORT
    machine.require_port(port)
    machine.require_model()
    quiet(folder / "log.jsonl")
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    cloud = local_stage(folder, port=port, docs=reference_site(LOCAL / "docs", say))
    try:
        cloud.start()
    except PortBusy:
        fail(f"port {port} is taken by another program", UNAVAILABLE, f"PORT={port + 1} make serve")
    except FolderBusy:
        fail(f"{folder} is used by another motcua", UNAVAILABLE, "stop it, or give another --folder")
    try:
        where = cloud.where()
        lines = [f"{cloud.url}  (/health /openapi.json /docs/)", f"S3, DynamoDB ...: {cloud.endpoint}"]
        lines.append(f"tokens: POST {where['token']}    data: {folder}    Ctrl-C stops")
        show(where, as_json=as_json, lines=lines)
        if kept and not cloud.url.endswith(f":{kept}"):
            say(f"the codes on the papers of {folder} name port {kept}: they answer with PORT={kept}")
        for line in () if as_json else while_served(folder, where):
            say(line)
        while not stop.wait(0.5):  # an endless wait can miss a signal
            pass
    finally:
        cloud.stop()
    say("stopped; the data stays")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A signed PDF.")],
    ca: Annotated[
        Path | None, typer.Option(envvar="MOTCUA_ROOTS", help="Trusted roots (PEM). None is taken from anywhere else.")
    ] = None,
    sha256: Annotated[str | None, typer.Option(help="The registered SHA-256 of the whole file.")] = None,
    registry: Annotated[
        str | None, typer.Option(help="Ask this Một Cửa for the registered hash, by the look-up code of the paper.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check a signed document: its signature, who may sign it, its bytes, its registration.

    Example: motcua verify .local/demo/result.pdf --ca .local/demo/ca.pem --registry http://127.0.0.1:8000
    """
    from infra.command.verifying import Checked, show_checked

    pdf = read_file(file)
    if ca is None:
        fail("no trusted roots: a file cannot bring its own", USAGE, "--ca PEM, or MOTCUA_ROOTS=PEM")
    if not ca.is_file():
        fail(f"{ca}: no trusted roots there", NOT_FOUND, "--ca PEM")
    checked = Checked.of(pdf, ca, sha256=sha256, registry=registry)
    show_checked(checked, as_json=as_json)
    if checked.exit_code:
        raise typer.Exit(checked.exit_code)


def main() -> None:
    """Entry point: what the machine refuses is told in a line, whatever command it was."""
    try:
        with machine.told():
            app()
    except typer.Exit as left:
        sys.exit(left.exit_code)


if __name__ == "__main__":
    main()
