"""`motcua ops rotate`, `erase`, `apply-erasures`: the keys under which dossiers seal what they keep of a person."""

import dataclasses
import getpass
from typing import Annotated

import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import CONFLICT, NOT_FOUND, UNAVAILABLE, USAGE, AsJson, fail, say, show


def rotate(
    dossier: Annotated[str, typer.Argument(help="Its reference (MC-...) or code; none with --wrapping.")] = "",
    where: Where = WHERE,
    *,
    wrapping: Annotated[bool, typer.Option("--wrapping", help="Wrap all keys under today's key of KMS.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a dossier a new key; what was sealed before stays readable. Or wrap all keys under another key of KMS.

    Example: motcua ops rotate MC-7K3D9M2QW8XZ4T1B
    """
    from chalicelib.dossier.references import keyed
    from chalicelib.kernel.problem import ContentErased, TryAgain
    from chalicelib.onestop.wiring import erasures
    from chalicelib.sealing import turning

    if bool(dossier) == wrapping:
        fail("a dossier, or --wrapping", USAGE, "motcua ops rotate MC-...")
    with stage(where):
        try:
            if wrapping:
                done = turning.wrapped_anew()
                show({"days": done}, as_json=as_json, lines=[f"the keys of {done} days are wrapped anew"])
                return
            reference = keyed(dossier)
            if not reference or not erasures().is_there(reference):
                fail(f"no dossier {dossier}", NOT_FOUND)
            number = turning.turned(reference)
        except ContentErased:
            fail(f"{dossier} is erased: it has no keys", CONFLICT)
        except TryAgain:
            fail("somebody else changed the keys meanwhile", UNAVAILABLE, "the same again")
    show({"dossier": reference, "key": number}, as_json=as_json, lines=[f"{reference} seals under key {number}"])


def erase(
    dossier: Annotated[str, typer.Argument(help="Its reference (MC-...) or code.")],
    reason: Annotated[str, typer.Option(help="Why, without personal data: it is kept and may be read by others.")],
    basis: Annotated[str, typer.Option(help="The clause of law or the decision on which it is erased.")],
    where: Where = WHERE,
    *,
    by: Annotated[str, typer.Option(help="Who orders it; your name on this machine when nothing is said.")] = "",
    is_open: Annotated[bool, typer.Option("--open", help="Also where nobody decided it: the order says so.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Destroy the keys of a dossier: nobody reads again what it sealed of a person. Its log and its files stay.

    Its people have a notice of it, with the basis.

    Example: motcua ops erase MC-7K3D9M2QW8XZ4T1B --reason "decision 12/QD" --basis "Law 91/2025/QH15 Art. 14"
    """
    from chalicelib.dossier.references import keyed
    from chalicelib.kernel.problem import ForbiddenStep, NotFound, TryAgain
    from chalicelib.onestop.wiring import erasures

    if not reason.strip() or not basis.strip():
        fail("an erasure has a reason and a basis", USAGE, '--reason "..." --basis "..."')
    if not yes:
        typer.confirm(f"What {dossier} sealed will be lost for ever. Go on?", abort=True, err=True)
    with stage(where):
        try:
            done = erasures().erase(
                keyed(dossier) or dossier,
                reason=reason.strip(),
                basis=basis.strip(),
                by=by or getpass.getuser(),
                is_open=is_open,
            )
        except ForbiddenStep:
            fail(f"{dossier} is open: nobody decided it", CONFLICT, "the same with --open, where the order says so")
        except NotFound:
            fail(f"no dossier {dossier}", NOT_FOUND)
        except TryAgain:
            fail(f"others write to {dossier}; the order is on the list", UNAVAILABLE, "the same again")
    show(dataclasses.asdict(done), as_json=as_json, lines=[f"{done.reference} is erased since {done.at}"])


def apply_erasures(where: Where = WHERE, *, as_json: AsJson = False) -> None:
    """Carry out the lists of erasures and of public answers taken back again: after a restore, before tables serve.

    Example: motcua ops apply-erasures --where where.json
    """
    from chalicelib.identity.petitions.wiring import public_again, restored
    from chalicelib.kernel.problem import TryAgain
    from chalicelib.onestop.wiring import erasures

    with stage(where):
        try:
            done = list(erasures().apply())
            petitions = frozenset(restored().apply())
            hidden = len(list(public_again().apply()))
        except TryAgain:
            fail("others write to a dossier of the list", UNAVAILABLE, "the same again")
    done = [dataclasses.replace(each, told=each.told or each.reference in petitions) for each in done]
    again = [each for each in done if each.destroyed or each.told]
    lines = [f"{each.reference} erased again, ordered {each.at}" for each in again]
    show([dataclasses.asdict(each) for each in done], as_json=as_json, lines=lines or ["nothing was left to do"])
    say(f"{len(done)} on the list; {hidden} public answers taken back again")
