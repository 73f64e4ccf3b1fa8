"""`python -m infra.build.deploy STAGE`: the packaged product in the account of the caller's credentials.

It reads `deploy/<stage>.json` (the stage's settings, the secret among them), creates or updates the data stack and the
app stack of `build/`, loads the shipped catalogue and writes `.local/deploy/<stage>/where.json` for `motcua ops`.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.exceptions import ClientError

from chalicelib.kernel.settings import LOCAL, SECRET_BYTES
from infra.build.stacks import Deployer, DeployFailed, Stack, names_of

ROOT: Final = Path(__file__).parents[2]
NEEDED: Final = ("Stage", "Issuer", "JwksUrl", "Secret", "PublicUrl", "TimestampUrl")
HTTPS: Final = ("Issuer", "JwksUrl", "PublicUrl", "TimestampUrl")


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
    if given.get("Secret") and (len(given["Secret"]) < SECRET_BYTES or given["Secret"].startswith("local-")):
        wrong.append(f"Secret must be random, at least {SECRET_BYTES} characters")
    if given.get("KeysFolder"):
        wrong.append("KeysFolder is for the local stage: a deployed one signs with KMS")
    if wrong:
        raise UnfitStage(f"{file}: " + "; ".join(wrong))
    return given


class Account(Deployer):
    """Stacks in the account and region of the caller's credentials; what is there is updated."""

    def client(self, service: str) -> Any:
        """A boto3 client with the caller's own credentials."""
        make: Any = boto3.client  # its overloads want a literal name
        return make(service)

    def apply(self, name: str, template: Path, parameters: Mapping[str, str]) -> Stack:
        """Create the stack, or update it to the template. Raises DeployFailed."""
        try:
            self._cloudformation.describe_stacks(StackName=name)
        except ClientError:
            return self.create(name, template, parameters)
        return self.update(name, template, parameters)

    def protect(self, name: str) -> None:
        """Nobody deletes this stack by mistake."""
        self._cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=True)


def deploy(stage: str, build: Path = ROOT / "build") -> dict[str, str]:
    """Both stacks and the catalogue; answers what where.json holds. Raises UnfitStage, DeployFailed."""
    given = settings_of(stage)
    session = boto3.session.Session()
    account = session.client("sts").get_caller_identity()["Account"]
    at = Account("", artefacts=f"motcua-artefacts-{account}-{session.region_name}", region=str(session.region_name))
    data = at.apply(f"motcua-{stage}-data", build / "data.json", given)
    at.protect(data.name)
    app = at.apply(f"motcua-{stage}-app", build / "app.json", data.outputs | given)
    functions = app.physical("AWS::Lambda::Function")
    at.client("lambda").invoke(FunctionName=functions["CatalogueLoad"], Payload=b"{}")
    return {"region": str(session.region_name), "stage": stage, **data.outputs, **app.outputs, **names_of(data, app)}


def main() -> int:
    """The command line."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and its one word
        print("usage: make deploy STAGE=name", file=sys.stderr)
        return 2
    try:
        where = deploy(sys.argv[1])
    except (UnfitStage, DeployFailed) as error:
        print(f"motcua: {error}", file=sys.stderr)
        return 1
    out = ROOT / ".local" / "deploy" / sys.argv[1] / "where.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(where, indent=1) + "\n", "utf-8")
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
