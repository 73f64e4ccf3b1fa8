"""`motcua officers`: an agency's first administrators, and files of those who come and go; on any stage."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import CONFLICT, FINDINGS, NOT_FOUND, UNAVAILABLE, USAGE, AsJson, fail, show

officers_app = typer.Typer(no_args_is_help=True, help="An agency's staff: its first administrators, joiners, leavers.")
SECRET = "MOTCUA_SECRET"  # noqa: S105 - the name of a setting
NO_EFFECT = "no effect for now: no administrator who is there is enrolled, so officers act by the roles of their tokens"
Agency = Annotated[str, typer.Option("--agency", help="Identifier of the agency, such as H01.10.24.")]


@contextlib.contextmanager
def _staffed(where: Path) -> Iterator[None]:
    """A stage with its key of hashes: the local cloud's own, of a deployed one from the environment."""
    from chalicelib.kernel.problem import TryAgain
    from infra.local import folder

    with stage(where) as place, contextlib.ExitStack() as undo:
        if "folder" in place.names:
            before = os.environ.get(SECRET)
            os.environ[SECRET] = folder.secret(Path(place.names["folder"]))
            undo.callback(_put_back, before)
        elif not os.environ.get(SECRET):
            fail(
                f"{SECRET} is not set",
                USAGE,
                f"{SECRET}=$(aws secretsmanager get-secret-value ...) motcua officers ...",
            )
        try:
            yield
        except TryAgain:
            fail("others change the agency's staff", UNAVAILABLE, "the same again")


def _put_back(before: str | None) -> None:
    os.environ.pop(SECRET, None)
    if before is not None:
        os.environ[SECRET] = before


@officers_app.command()
def first(
    subject: Annotated[str, typer.Argument(help="`sub` of their tokens, as the agency's provider gives it.")],
    name: Annotated[str, typer.Argument(help="Their name.")],
    agency: Agency,
    where: Where = WHERE,
    *,
    as_json: AsJson = False,
) -> None:
    """Make somebody an administrator of an agency where fewer than two are there; its staff is kept here then.

    Example: motcua officers first nguyen.van.an "Nguyễn Văn An" --agency H01.10.24
    """
    from chalicelib.identity.refusals import NotFirst
    from chalicelib.identity.staff.wiring import staff
    from chalicelib.kernel.words import line_fault

    for word, text in (("SUBJECT", subject), ("NAME", name)):
        if rule := line_fault(text):
            fail(f"{word}: {rule[2]}", USAGE)
    with _staffed(where):
        try:
            head = staff().first(agency, subject, name)
            kept = staff().is_kept(agency)
        except NotFirst:
            fail(f"{agency} has two administrators who are there: they enrol the others", CONFLICT)
    officer = head.officer.officer if head.officer else ""
    lines = [f"{name} administers {agency}: {officer}", *([] if kept else [NO_EFFECT])]
    show({"agency": agency, "officer": officer, "in_effect": kept}, as_json=as_json, lines=lines)


@officers_app.command()
def confirm(
    subject: Annotated[str, typer.Argument(help="`sub` of the tokens of the officer of whom something waits.")],
    agency: Agency,
    where: Where = WHERE,
    *,
    as_json: AsJson = False,
) -> None:
    """Confirm what one administrator proposed of an officer, where no second one is there who could.

    Example: motcua officers confirm nguyen.van.an --agency H01.10.24
    """
    from chalicelib.identity.refusals import NotFirst, NothingToConfirm, SamePerson
    from chalicelib.identity.staff.author import By, officer_hash
    from chalicelib.identity.staff.model import OPERATOR
    from chalicelib.identity.staff.wiring import staff
    from chalicelib.kernel.problem import NotFound

    with _staffed(where):
        try:
            known = staff().read(agency, officer_hash(subject))
            staff().confirm(By(agency, OPERATOR), officer_hash(subject), known.version)
        except NotFound:
            fail(f"{agency} has no such officer", NOT_FOUND)
        except (NothingToConfirm, SamePerson):
            fail("nothing of this officer waits that an administrator proposed", CONFLICT)
        except NotFirst:
            fail(f"{agency} has two administrators who are there: they confirm it", CONFLICT)
    officer = known.officer.officer if known.officer else ""
    show({"agency": agency, "officer": officer}, as_json=as_json, lines=[f"confirmed: {officer}"])


@officers_app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file of joiners and leavers; its first line names the columns.")],
    agency: Agency,
    where: Where = WHERE,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check all rows, write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a file of joiners and leavers: nothing of it when a row is wrong; the same file again is harmless.

    Example: motcua officers import staff.csv --agency H01.10.24
    """
    from chalicelib.identity.staff.author import By
    from chalicelib.identity.staff.files import from_csv, read_rows
    from chalicelib.identity.staff.model import OPERATOR
    from chalicelib.identity.staff.wiring import imports, staff
    from chalicelib.kernel.problem import BodyInvalid

    if not file.is_file():
        fail(f"{file}: no such file", NOT_FOUND)
    rows, faults = from_csv(file.read_text("utf-8-sig"))
    lines, more = read_rows(rows)
    with _staffed(where):
        try:
            done = imports().run(By(agency, OPERATOR), lines, [*faults, *more], dry_run=dry_run)
            kept = staff().is_kept(agency)
        except BodyInvalid as refused:
            told = [{"place": e.pointer, "rule": e.rule, "message": e.message_en} for e in refused.fields]
            show(told, as_json=as_json, lines=[f"{e.rule:<16} {e.message_en}" for e in refused.fields])
            raise typer.Exit(FINDINGS) from None
    verdicts = [{"place": v.place, "subject": v.subject, "verdict": v.outcome, "code": v.code or None} for v in done]
    text = [f"{v.place.rsplit('/', 1)[1]:>4}  {v.outcome:<10} {v.subject}  {v.code}".rstrip() for v in done]
    text.append("nothing was written: --dry-run" if dry_run else f"{len(done)} rows")
    text += [] if kept else [NO_EFFECT]
    show(verdicts, as_json=as_json, lines=text)
    if any(verdict.outcome == "refused" for verdict in done):
        raise typer.Exit(FINDINGS)
