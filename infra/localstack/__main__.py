"""`python -m infra.localstack`: the product on LocalStack until Ctrl-C; the result on stdout is where.json."""

import json
import signal
import sys

from infra.build.stacks import DeployFailed
from infra.localstack.cloud import LocalStackCloud
from infra.localstack.environment import HOME, InstallFailed
from infra.localstack.server import NotOurs, NotStarted


def say(text: str) -> None:
    """To people."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Serve until told to stop."""
    cloud = LocalStackCloud(HOME / "cloud", say=say)
    try:
        with cloud:
            print(json.dumps(cloud.deployed.where(), indent=1), flush=True)
            say("Ctrl-C stops it; LocalStack community keeps nothing.")
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except (DeployFailed, InstallFailed, NotOurs, NotStarted) as error:
        say(f"motcua: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
