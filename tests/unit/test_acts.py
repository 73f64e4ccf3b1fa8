"""Who may do what, written a second time: nobody is given a right by a change of one line."""

import importlib
from pathlib import Path

import chalicelib
from chalicelib.kernel.access import ACTS, BY_SERVICE, NOT_BY_PORTAL

WHO = {
    "agency.change": "administrator",
    "copy.list": "reception scanning",
    "copy.read": "reception scanning",
    "copy.reject": "reception scanning",
    "copy.sign": "reception scanning",
    "copy.sort": "reception scanning",
    "counter.keep": "publisher",
    "dossier.list": "citizen",
    "dossier.read": "citizen leader processing reception scanning",
    "dossier.submit": "citizen",
    "draft.change": "citizen",
    "draft.open": "citizen",
    "draft.read": "citizen",
    "drop.acknowledge": "reception scanning",
    "drop.send": "scanning",
    "holder.name": "citizen",
    "holding.confirm": "citizen",
    "me.read": "administrator citizen editor leader processing publisher reception reviewer scanning",
    "message.read": "citizen leader processing reception scanning",
    "outage.announce": "administrator",
    "outage.change": "administrator",
    "replacement.confirm": "reviewer",
    "task.approve": "leader",
    "task.list": "leader processing reception scanning",
    "task.receive": "reception",
    "task.verify": "processing",
    "procedure.transfer": "publisher",
    "vault.read": "citizen",
    "version.change": "editor",
    "version.publish": "publisher",
    "version.read": "editor publisher reviewer",
    "version.review": "reviewer",
}


def test_an_act_is_for_those_who_stand_here_and_nobody_else():
    for folder in chalicelib.__path__:
        for path in sorted(Path(folder).rglob("acts.py")):
            importlib.import_module(".".join(("chalicelib", *path.relative_to(folder).with_suffix("").parts)))
    assert ACTS.keys() >= NOT_BY_PORTAL | BY_SERVICE
    assert {act: " ".join(sorted({grant.role for grant in table})) for act, table in ACTS.items()} == WHO, (
        "an act stands in acts.py of its room and, a second time, in WHO of tests/unit/test_acts.py"
    )
