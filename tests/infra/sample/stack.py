"""The sample product as a resource list, and a cloud of it."""

from infra.local.cloud import LocalCloud
from infra.stack import resources as r
from infra.stack.functions import Function

APP = "tests.infra.sample.app"
FUNCTIONS = {
    name: Function(f"{APP}.{name}")
    for name in ("infra_api", "outbox_publish", "made", "scanned", "onestop_open_leg", "onestop_decide")
}
RESOURCES = {
    "Dossiers": r.table(
        r.index("worklist", ("wl_pk", "wl_sk"), ("state",)),
        r.index("mine", ("mine_pk", "mine_sk"), ("state",)),
        r.index("code", ("code_pk",)),
    ),
    "IntakeBucket": r.STORES["IntakeBucket"],
    "LettersBucket": r.STORES["LettersBucket"],
    "Bus": r.STORES["Bus"],
    "Parked": r.STORES["Parked"],
    **r.rule("OnMade", r.on("made"), "made", "Bus"),
    **r.rule(
        "OnScan",
        {**r.on("Object Created"), "source": ["aws.s3"], "detail": {"bucket": {"name": [r.ref("IntakeBucket")]}}},
        "scanned",
    ),
    **r.worker("made", FUNCTIONS["made"]),
    **r.worker("scanned", FUNCTIONS["scanned"]),
    **r.stream("Dossiers", "outbox_publish"),
    **{name: made for name, made in r.MACHINES.items() if name.startswith("OneStop")},
}
ENVIRONMENT = {
    "TABLE": r.ref("Dossiers"),
    "BUS": r.ref("Bus"),
    "INTAKE": r.ref("IntakeBucket"),
    "MACHINE": r.ref("OneStop"),
    "STAGE": r.ref("Stage"),
}


def cloud(folder, **more):
    settings = {"functions": FUNCTIONS, "resources": RESOURCES, "environment": ENVIRONMENT, "application": f"{APP}.app"}
    return LocalCloud(folder, **{**settings, **more})
