"""`motcua ops`: what stopped, and how it goes on. It works with the operator's own credentials, on any stage."""

import contextlib
import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from infra.command.hints import program
from infra.command.letters import Letter, held, owner
from infra.command.output import (
    CONFLICT,
    DENIED,
    FAILED,
    FINDINGS,
    NOT_FOUND,
    UNAVAILABLE,
    USAGE,
    AsJson,
    fail,
    say,
    show,
)
from infra.command.place import NotNamed, Place, place_of

ops_app = typer.Typer(no_args_is_help=True, help="What stopped, and how it goes on.")

WHERE = Path(".local/cloud/where.json")
Where = Annotated[Path, typer.Option("--where", help="The stage's where.json, as its cloud or deployment wrote it.")]


@contextlib.contextmanager
def stage(where: Path) -> Iterator[Place]:
    """The stage of a where.json; what AWS refuses becomes an exit code."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        place = place_of(where)
    except (OSError, ValueError):
        fail(f"{where}: no where.json there", NOT_FOUND, "--where FILE")
    with place.entered():
        try:
            yield place
        except NotNamed as missing:
            fail(f"{where} does not name {missing}", NOT_FOUND)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "?")
            denied = "Denied" in code or "Unauthorized" in code
            fail(f"{error.operation_name}: {code}", DENIED if denied else UNAVAILABLE)
        except BotoCoreError as error:
            start = f"start it, and leave it running: {program()} serve --folder {where.parent}"
            remedy = start if place.is_local else "look at the network, the region and your credentials"
            fail(f"the stage does not answer: {type(error).__name__}", UNAVAILABLE, remedy)


def _letter_view(letter: Letter) -> dict[str, str]:
    return {
        "id": letter.id,
        "kind": "stream" if letter.key else "event",
        "subject": letter.subject,
        "event": str(letter.event.get("detail-type", "")),
        "function": letter.function,
        "owner": owner(letter.function),
        "cause": letter.cause,
        "since": letter.since,
        "command": f"motcua ops replay --id {letter.id}",
    }


def stopped(place: Place, idle: float, now: datetime, *, ended: bool = False) -> list[dict[str, str]]:
    """Everything that stopped, the oldest first; a dossier that something else names is not told as idle too."""
    from infra.command.stuck import Stuck, ended_flows, idle_dossiers, known
    from infra.command.tampered import tampered
    from infra.command.unreadable import looked_at

    def row_of(stuck: Stuck) -> dict[str, str]:
        row = dataclasses.asdict(stuck)
        return {**row, "subject": row.pop("reference"), "event": "", "function": ""}

    with held(place) as letters:
        found = [_letter_view(letter) for letter in letters]
    dossiers = known(place, ended=ended)
    could_be_read, unread = looked_at(dossiers)
    found += map(row_of, (*tampered(), *unread, *ended_flows(place)))
    named = {row["subject"] for row in found}
    idle_too = idle_dossiers(dossiers, could_be_read, now, idle)
    found += [row_of(x) for x in idle_too if x.reference not in named]
    return sorted(found, key=lambda row: row["since"])


@ops_app.command()
def parked(
    where: Where = WHERE,
    idle: Annotated[float, typer.Option(help="Seconds without an event after which a dossier counts as stuck.")] = 900,
    *,
    ended: Annotated[bool, typer.Option("--ended", help="Read dossiers that ended, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what stopped: dead letters, ended executions, stuck dossiers, records that cannot be read or were changed.

    Every open dossier and draft is read once. Exit code 7 when something is found.

    Example: motcua ops parked --where .local/cloud/where.json
    """
    with stage(where) as place:
        found = stopped(place, idle, datetime.now(UTC), ended=ended)
    lines = [
        f"{r['since']}  {r['kind']:<9} {r['owner']:<12} {r['subject']}\n"
        f"    {' '.join(x for x in (r['function'], r['event']) if x)}{': ' if r['function'] else ''}{r['cause']}\n"
        f"    {r['command']}"
        for r in found
    ]
    show(found, as_json=as_json, lines=lines or ["nothing is parked"])
    if found:
        say(f"{len(found)} stopped")
        raise typer.Exit(FINDINGS)


@ops_app.command()
def replay(
    chosen: Annotated[str, typer.Option("--id", help="A letter's id, or the reference of a stuck dossier.")] = "",
    where: Where = WHERE,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Every letter.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take parked work up again through the path it came by. Nothing is doubled; what cannot be replayed stays.

    Example: motcua ops replay --all
    """
    if bool(chosen) == everything:
        fail("one of --id and --all", 2, "motcua ops parked")
    with stage(where) as place:
        if chosen.startswith("MC-"):
            done = [_dossier_replayed(place, chosen)]
        else:
            with held(place) as letters:
                done = [_replayed(place, x) for x in letters if everything or x.id == chosen]
    if chosen and not done:
        fail(f"no letter {chosen}", NOT_FOUND, "motcua ops parked")
    lines = [f"{d['id']}  {d['subject']}  {d['events']} events{'  ' + d['error'] if d['error'] else ''}" for d in done]
    show(done, as_json=as_json, lines=lines or ["nothing is parked"])
    if any(d["error"] for d in done):
        raise typer.Exit(FAILED)


def _replayed(place: Place, letter: Letter) -> dict[str, Any]:
    from chalicelib.outbox.publish import NotPublished
    from infra.command.replay import NotReplayed
    from infra.command.replay import replay as again

    row = {"id": letter.id, "subject": letter.subject, "events": 0, "error": ""}
    try:
        return {**row, "events": again(place, letter)}
    except (NotReplayed, NotPublished) as error:
        return {**row, "error": str(error)}


def _dossier_replayed(place: Place, reference: str) -> dict[str, Any]:
    from infra.command.replay import NotReplayed, replay_dossier

    try:
        number = replay_dossier(place, reference)
    except NotReplayed as error:
        fail(str(error), NOT_FOUND)
    return {"id": reference, "subject": reference, "events": number, "error": ""}


@ops_app.command("give-back")
def give_back(
    copy: Annotated[str, typer.Argument(help="<reference>.<component>, as the desk names its copies.")],
    where: Where = WHERE,
    *,
    as_json: AsJson = False,
) -> None:
    """Give a paper back to its desk whose ordered signature does not come; what comes in spite of that still counts.

    Example: motcua ops give-back MC-7K3D9M2QW8XZ4T1B.2f1c9a7be04d6c55
    """
    from chalicelib.digitisation.wiring import paper_steps
    from chalicelib.kernel.problem import ForbiddenStep, NotFound, TryAgain

    with stage(where):
        try:
            paper = paper_steps().give_back(copy)
        except NotFound:
            fail(f"no copy {copy}", NOT_FOUND)
        except ForbiddenStep as refused:
            fail(f"{copy} awaits no signature: {refused.facts['step']}", CONFLICT)
        except TryAgain:
            fail(f"others write to {copy}", UNAVAILABLE, "the same again")
    show({"copy": copy, "agency": paper.agency}, as_json=as_json, lines=[f"{copy} is on the desk of {paper.agency}"])


@ops_app.command("enrol-drafts")
def enrol_drafts(
    where: Where = WHERE,
    days: Annotated[int, typer.Option(min=1, help="The stage's DraftDays.")] = 30,
    *,
    as_json: AsJson = False,
) -> None:
    """Let drafts of releases that let none expire do so, by their last change: once after the update.

    Example: motcua ops enrol-drafts --days 30
    """
    from chalicelib.contracts.stored import Unreadable
    from chalicelib.kernel.problem import LogBroken, TryAgain
    from chalicelib.submission.wiring import expiry
    from infra.command.stuck import drafts

    enrolled, left = 0, dict[str, str]()
    with stage(where) as place:
        for reference in drafts(place):
            try:
                enrolled += expiry().enrol(reference, days)
            except (LogBroken, TryAgain, Unreadable) as error:
                left[reference] = type(error).__name__
    lines = [f"{enrolled} drafts enrolled", *(f"{reference} left: {why}" for reference, why in left.items())]
    show({"enrolled": enrolled, "left": left}, as_json=as_json, lines=lines)
    if left:
        raise typer.Exit(FAILED)


@ops_app.command("enrol-requests")
def enrol_requests(where: Where = WHERE, *, as_json: AsJson = False) -> None:
    """Let the clock look at requests about personal data of earlier releases, ended ones too: once after the update.

    Those that are due, or late, are on the lists of their agencies then; so are petitions whose person was asked before
    that had an end. Broken off, the same again goes on.

    Example: motcua ops enrol-requests --where .local/deploy/trial/where.json
    """
    from chalicelib.dossier.data_due import enrol_data_request
    from chalicelib.identity.petitions.wiring import watch
    from chalicelib.identity.requests.wiring import data_requests

    with stage(where):
        enrolled, petitions = data_requests().enrol(), watch().enrol()
        listed = sum(enrol_data_request(due, at) for due, at in data_requests().due_now())
    lines = [f"{enrolled} requests enrolled", f"{listed} that are due put on the lists of their agencies"]
    lines += [f"{petitions} petitions enrolled"]
    show({"enrolled": enrolled, "listed": listed, "petitions": petitions}, as_json=as_json, lines=lines)


@ops_app.command("enrol-guidance")
def enrol_guidance(where: Where = WHERE, *, as_json: AsJson = False) -> None:
    """Put guidance on restructuring of earlier releases on the lists of its keepers: once after the update.

    What is open follows its procedure from then on, what ended stands with who kept it then. Broken off, the same again
    goes on.

    Example: motcua ops enrol-guidance --where .local/deploy/trial/where.json
    """
    from chalicelib.catalogue.guidance.wiring import guiding

    with stage(where):
        enrolled = guiding().enrol()
    show({"enrolled": enrolled}, as_json=as_json, lines=[f"{enrolled} guidances enrolled"])


@ops_app.command("archive-logs")
def archive_logs(
    where: Where = WHERE,
    day: Annotated[
        str, typer.Option(help="YYYY-MM-DD, UTC; by default the day before yesterday, which is whole.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Copy a day of every log into the stage's archive, in which nobody can change or delete it. Every day once.

    Example: motcua ops archive-logs --where .local/deploy/trial/where.json
    """
    from infra.command.archiving import archive

    try:
        wanted = date.fromisoformat(day) if day else datetime.now(UTC).date() - timedelta(days=2)
    except ValueError:
        fail(f"{day}: no day", USAGE, "--day 2026-11-26")
    with stage(where) as place:
        copied = list(archive(place, wanted))
    told = [{"log": each.log, "day": wanted.isoformat(), "status": each.status} for each in copied]
    show(told, as_json=as_json, lines=[f"{each.log}  {wanted}  {each.status}" for each in copied])
    if not all(each.is_whole for each in copied):
        raise typer.Exit(FAILED)


@ops_app.command()
def resume(
    dossier: Annotated[str, typer.Argument(help="Its reference (MC-...) or code.")],
    where: Where = WHERE,
    *,
    as_json: AsJson = False,
) -> None:
    """Start the flow of a dossier whose execution was lost or ended. A flow that runs is left alone.

    Of a dossier that is decided: the flow to the destinations that are waited for beside the vault.

    Example: motcua ops resume MC-7K3D9M2QW8XZ4T1B
    """
    from chalicelib.contracts.stored import Unreadable
    from chalicelib.dossier.references import keyed
    from chalicelib.kernel.problem import ForbiddenStep, NotFound, TryAgain

    with stage(where):
        reference = keyed(dossier) or dossier
        try:
            found, lines = _resumed(reference)
        except NotFound:
            fail(f"no dossier {dossier}", NOT_FOUND)
        except ForbiddenStep:
            fail(f"{dossier} is decided or ended: there is no flow", CONFLICT, f"motcua ops replay --id {reference}")
        except Unreadable as error:
            fail(f"{error.record} cannot be read: {error}", FAILED, "motcua ops parked")
        except TryAgain:
            fail(f"others write to {dossier}", UNAVAILABLE, "the same again")
    show(found, as_json=as_json, lines=lines)


def _resumed(reference: str) -> tuple[dict[str, Any], list[str]]:
    """The executions that drive a dossier now, with a line of each.

    Raises NotFound, ForbiddenStep, TryAgain, Unreadable.
    """
    from chalicelib.delivery.flow.wiring import resumption as deliveries
    from chalicelib.kernel.problem import ForbiddenStep
    from chalicelib.onestop.wiring import resumption

    try:
        found = resumption().resume(reference)
    except ForbiddenStep:
        shown = deliveries().resume(reference)
        told = {"reference": reference, "executions": [dataclasses.asdict(each) for each in shown]}
        return told, [_line(each.execution, started=each.started) for each in shown]
    name = f"{found.reference}-{found.attempt}"
    return dataclasses.asdict(found), [_line(name, started=found.started)]


def _line(execution: str, *, started: bool) -> str:
    return f"{execution} {'started' if started else 'runs already'}"


if __name__ == "__main__":
    ops_app()
