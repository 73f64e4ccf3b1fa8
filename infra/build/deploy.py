"""`python -m infra.build.deploy STAGE`: the packaged product in the account of the caller's credentials.

It reads `deploy/<stage>.json` (the stage's settings, no secret among them), creates or updates the stacks of `build/`,
showing each change and asking before it is made, and writes `.local/deploy/<stage>/where.json` for `motcua ops`.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import boto3

from chalicelib.kernel.settings import LOCAL, NOBODY
from chalicelib.messages.settings import UNLOCKED
from infra.build.account import Account, Ask, Declined, Say
from infra.build.portals import UnfitPortals, ids, rates, template
from infra.build.split import APP, STACKS
from infra.build.stacks import DeployFailed, Stack, names_of
from infra.stack.resources import TABLES

ROOT: Final = Path(__file__).parents[2]
NEEDED: Final = ("Stage", "Issuer", "JwksUrl", "PublicUrl", "TimestampUrl")
HTTPS: Final = ("Issuer", "JwksUrl", "PublicUrl", "TimestampUrl", "CscUrl")
REMOTE: Final = ("CscUrl", "CscClient", "CscSecretArn")
"""What a stage says of a remote signing service."""


def _unfit_gateway(given: Mapping[str, str], name: str) -> Iterator[str]:
    """What is wrong with what a stage says of its gateway to registers, or to destinations of results."""
    url = given.get(f"{name}Url", NOBODY)
    if url != NOBODY and not url.startswith("https://"):
        yield f"{name}Url must be an https address, or {NOBODY}"
    if (url != NOBODY) != bool(given.get(f"{name}KeyArn")):
        yield f"{name}Url and {name}KeyArn come together or not at all"


class UnfitStage(ValueError):
    """The settings of a stage are not those of a deployed one; the text names each and the rule."""


def settings_of(stage: str, folder: Path = ROOT / "deploy") -> dict[str, str]:
    """The settings of a stage, checked before anything is made. Raises UnfitStage."""
    file = folder / f"{stage}.json"
    if not file.is_file():
        raise UnfitStage(f"{file} is not there: see docs/how-to/deploy.md")
    given: dict[str, str] = json.loads(file.read_text("utf-8"))
    wrong = [f"{name} is missing" for name in NEEDED if not given.get(name)]
    wrong += [f"{n} must be an https address" for n in HTTPS if given.get(n) and not given[n].startswith("https://")]
    if stage == LOCAL or given.get("Stage") != stage:
        wrong.append(f"Stage must be {stage}, and not {LOCAL}")
    if "Secret" in given:
        wrong.append("Secret is drawn and kept by Secrets Manager: see docs/how-to/deploy.md, and delete it here")
    if given.get("KeysFolder"):
        wrong.append("KeysFolder is for the local stage: a deployed one signs with KMS")
    if len({bool(given.get(name)) for name in REMOTE}) > 1:
        wrong.append(f"{', '.join(REMOTE)} come together or not at all")
    wrong += [*_unfit_gateway(given, "Registers"), *_unfit_gateway(given, "Delivery")]
    if given.get("LockMode", UNLOCKED) != UNLOCKED and given.get("RetainYears", "0") == "0":
        wrong.append("LockMode locks for RetainYears, which is not set")
    try:
        rates(given.get("Portals", ""))
    except UnfitPortals as error:
        wrong.append(str(error))
    if wrong:
        raise UnfitStage(f"{file}: " + "; ".join(wrong))
    return given


def restored(given: Mapping[str, str]) -> dict[str, str]:
    """The tables that a stage's settings name in the place of the data stack's: they were restored."""
    return {f"table.{name}": given[f"{name}Name"] for name in TABLES if f"{name}Name" in given}


def deploy(stage: str, build: Path, ask: Ask, say: Say) -> dict[str, str]:
    """Every stack, then the catalogue's lists; answers what where.json holds. Raises UnfitStage, DeployFailed."""
    installation = f"motcua-{stage}"
    given = settings_of(stage) | {"Installation": installation}
    session = boto3.session.Session()
    region = str(session.region_name)
    account = session.client("sts").get_caller_identity()["Account"]
    at = Account(account=account, region=region, ask=ask, say=say)
    limits = rates(given.get("Portals", ""))
    made: dict[str, Stack] = {}
    taken = given | {"PortalIds": ids(limits)}
    known = at.outputs(f"{installation}-{APP}").get("RestAPIId", "")
    for name in ("data", *STACKS):
        if name == APP and limits and known:  # whoever has a key is counted before the API asks for one
            _limit(at, installation, limits, known)
        made[name] = at.apply(f"{installation}-{name}", build / f"{name}.json", taken)
        taken = made[name].outputs | taken
        if name == "data":
            at.protect(made[name].name)
    if limits and not known:
        _limit(at, installation, limits, taken["RestAPIId"])
    names = names_of(*(made[name] for name in ("data", *STACKS))) | restored(given)
    at.call(names["function.catalogue_load"])
    outputs = {k: v for stack in made.values() for k, v in stack.outputs.items()}
    return {"region": region, "stage": stage, **outputs, **names}


def _limit(at: Account, installation: str, limits: Mapping[str, int], api: str) -> None:
    """The stack of the portals' limits. Raises DeployFailed."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "portals.json"
        file.write_text(json.dumps(template(limits)), "utf-8")
        at.apply(f"{installation}-portals", file, {"RestAPIId": api})


def agreed(question: str) -> bool:
    """Whether the person at the terminal says yes. Raises Declined where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise Declined(f"{question} Nobody is here to say so: --yes says it for all")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make deploy", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("stage", help="the name of deploy/<stage>.json")
    parser.add_argument("--yes", action="store_true", help="ask nothing: for pipelines, whose review came before")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="what make package made")
    given = parser.parse_args(argv)
    ask = (lambda _: True) if given.yes else agreed
    try:
        where = deploy(given.stage, given.build, ask, lambda text: print(text, file=sys.stderr))
    except (UnfitStage, DeployFailed) as error:
        print(f"motcua: {error}", file=sys.stderr)
        return 1
    out = ROOT / ".local" / "deploy" / given.stage / "where.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(where, indent=1) + "\n", "utf-8")
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
