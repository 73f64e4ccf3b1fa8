"""`motcua audit`: whether every record is as it was written."""

import time
from typing import Annotated

import msgspec
import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import FINDINGS, NOT_FOUND, AsJson, fail, say, show

audit_app = typer.Typer(no_args_is_help=True, help="Whether every record is as it was written.")


@audit_app.callback()
def audit() -> None:
    """Whether every record is as it was written."""


@audit_app.command()
def verify(
    where: Where = WHERE,
    record: Annotated[str, typer.Option(help="Only this record: a dossier's reference, a message, a vault.")] = "",
    *,
    files: Annotated[bool, typer.Option("--files/--no-files", help="Read every file that a record names, too.")] = True,
    as_json: AsJson = False,
) -> None:
    """Look at every chain of hashes now: each entry removed, changed, moved, added or cut off is named. Writes nothing.

    HEAD of a record is held against the newest event of its log, files against the hashes that records have.

    Example: motcua audit verify --record MC-0123456789ABCDEF
    """
    from chalicelib.audit.wiring import verifying

    begin = time.perf_counter()
    with stage(where):
        verified = verifying(files=files).all(record)
    seconds = time.perf_counter() - begin
    looked = verified.looked
    unread = verified.unread
    if record and not looked:
        fail(f"{record}: no such record", NOT_FOUND)
    unfit = [each for each in looked if each.findings]
    entries = sum(each.entries for each in looked)
    told = {
        "chains": len(looked),
        "entries": entries,
        "anchored": sum(each.is_anchored for each in looked),
        "elsewhere": verified.elsewhere,
        "unread": msgspec.to_builtins(unread),
        "unfit": [
            {"table": each.chain.table, "record": each.chain.record, "findings": msgspec.to_builtins(each.findings)}
            for each in unfit
        ],
    }
    lines = [
        f"{each.chain.table} {each.chain.record}: " + ", ".join(f"{f.kind} {f.where}" for f in each.findings)
        for each in unfit
    ]
    lines += [f"{each.where}: {each.kind}" for each in unread]
    say(f"{entries / max(seconds, 1e-9):,.0f} entries a second")
    whole = f"{told['chains']} chains, {entries} entries, {told['anchored']} anchored, {len(unfit)} do not fit"
    if verified.elsewhere:
        lines.append(f"{verified.elsewhere} chains are told of tables that this stage does not have: not looked at")
    show(told, as_json=as_json, lines=[*lines, whole])
    if unfit or unread:
        raise typer.Exit(FINDINGS)
