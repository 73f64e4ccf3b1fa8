"""Lints what was packaged: cfn-lint and the SAM translator on every template, checkov, statelint on every machine.

The linters have environments of their own in `.local/lint` (checkov pins an old boto3 and networkx). What checkov asks
for and we do not do stands in `layers/checkov.json`, each with its reason; a skip that skips nothing fails too.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from infra.build import limits
from infra.build.split import APP, STACKS
from infra.stack.resources import STATEMACHINES

ROOT: Final = Path(__file__).parents[2]
LOCKS: Final = ROOT / "infra" / "build" / "layers"
PLACES: Final = ROOT / ".local" / "lint"
REGION: Final = "ap-southeast-1"

READ_BY_SAM: Final = "W2001"
"""A parameter that nothing uses: SAM has read it, and wrote its value."""

# Offline: no policy of the account is asked for, as our roles are our own.
_TRANSLATE: Final = """
import json, sys
from samtranslator.translator.transform import transform
class Managed:
    def load(self):
        return {}
plain = transform(json.load(open(sys.argv[1])), {}, Managed())
open(sys.argv[2], "w").write(json.dumps(plain))
"""


class CannotLint(RuntimeError):
    """A linter could not be installed or does not run."""


def environment(name: str) -> Path:
    """The programs of `infra/build/layers/<name>.lock`, installed once. Raises CannotLint."""
    lock, folder = LOCKS / f"{name}.lock", PLACES / name
    marker, wanted = folder / ".made", lock.read_text("utf-8")
    if not marker.exists() or marker.read_text("utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)  # noqa: S603 - ours
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin" / "python"]
        command = [str(c) for c in (*pip, "install", "-q", "--require-hashes", "-r", lock)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if done.returncode:
            raise CannotLint(f"{lock.name}: {done.stderr[-1000:]}")
        marker.write_text(wanted, "utf-8")
    return folder / "bin"


def _said(*command: str | Path, **more: Any) -> tuple[int, str]:
    env = {"PATH": "/usr/bin:/bin", "AWS_DEFAULT_REGION": REGION, "LANG": "C.UTF-8", "HOME": str(PLACES)}
    done = subprocess.run(  # noqa: S603 - ours
        [str(c) for c in command], capture_output=True, text=True, check=False, env=env, **more
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def _for_translation(template: dict[str, Any]) -> dict[str, Any]:
    """The translator wants code where CloudFormation could fetch it."""
    for resource in template["Resources"].values():
        for name in ("CodeUri", "ContentUri"):
            if isinstance(path := resource.get("Properties", {}).get(name), str):
                resource["Properties"][name] = "s3://artefacts/" + path.removeprefix("./")
    return template


def translate(build: Path) -> Path:
    """The app template as plain CloudFormation, by SAM's translator. Raises CannotLint with its errors."""
    given, plain = PLACES / "app.sam.json", PLACES / "app.plain.json"
    template = json.loads((build / "app.json").read_text("utf-8"))
    given.write_text(json.dumps(_for_translation(template)), "utf-8")
    code, said = _said(environment("lint") / "python", "-W", "ignore", "-c", _TRANSLATE, given, plain)
    if code:
        raise CannotLint(said[-2000:])
    return plain


def cfn_lint(*templates: Path, without: str = "") -> list[str]:
    """Findings of cfn-lint, but for a rule that does not fit."""
    options = ("--regions", REGION, "--format", "parseable", *(("--ignore-checks", without) if without else ()))
    code, said = _said(environment("lint") / "cfn-lint", *options, "--", *templates)
    return said.splitlines() if code else []


def counted(app: Path, plain: Path) -> list[str]:
    """What is over a limit in SAM's output, or counted otherwise by us (`limits.made`)."""
    given, translated = (json.loads(path.read_text("utf-8")) for path in (app, plain))
    ours, theirs = limits.made(given), len(translated["Resources"])
    other = [f"SAM makes {theirs} resources, limits.made counts {ours}"] if ours != theirs else []
    return [*other, *limits.faults("app", translated)]


def statelint() -> list[str]:
    """Findings of statelint, on every machine with its substitutions filled in."""
    found = []
    for path in sorted(STATEMACHINES.glob("*.asl.json")):
        filled = PLACES / path.name
        function = f"arn:aws:lambda:{REGION}:123456789012:function:name"
        filled.write_text(re.sub(r"\$\{\w+\}", function, path.read_text("utf-8")), "utf-8")
        code, said = _said(environment("lint") / "statelint", filled)
        found += [f"{path.name}: {line}" for line in said.splitlines()] if code or said else []
    return found


def checkov(*templates: Path) -> list[str]:
    """Findings of checkov that have no reason in `checkov.json`, and reasons that nothing needs."""
    reasons: dict[str, str] = json.loads((LOCKS / "checkov.json").read_text("utf-8"))
    failed: dict[str, set[str]] = {}
    for template in templates:
        options = ("--framework", "cloudformation", "--quiet", "--compact", "--output", "json", "--skip-download")
        _, said = _said(environment("checkov") / "checkov", *options, "--file", template)
        answer = json.loads(said[said.index("{") :]) if "{" in said else {}
        for check in answer.get("results", {}).get("failed_checks", []):
            failed.setdefault(f"{check['check_id']} {check['check_name']}", set()).add(check["resource"])
    found = []
    for name, where in sorted(failed.items()):
        if name.partition(" ")[0] not in reasons:
            found.append(f"{name}: {', '.join(sorted(where))}")
    unused = reasons.keys() - {name.partition(" ")[0] for name in failed}
    return found + [f"{name}: nothing needs this skip" for name in sorted(unused)]


def lint(build: Path) -> int:
    """Run every linter and say what it found; 0 when nothing did."""
    PLACES.mkdir(parents=True, exist_ok=True)
    app, others = build / "app.json", [build / f"{name}.json" for name in ("data", *STACKS) if name != APP]
    plain = translate(build)
    results = {
        "cfn-lint": cfn_lint(app, *others),
        "aws-sam-translator, cfn-lint on its output": cfn_lint(plain, without=READ_BY_SAM),
        "CloudFormation's limits": counted(app, plain),
        "statelint": statelint(),
        "checkov": checkov(plain, *others),
    }
    for name, found in results.items():
        print(f"{name}: {'clean' if not found else f'{len(found)} findings'}")
        for line in found:
            print(f"  {line}")
    return 1 if any(results.values()) else 0
