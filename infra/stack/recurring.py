"""Grants that several functions have, by what is done with them."""

from typing import Final

from infra.stack.grants import (
    Grant,
    absent,
    begun_with,
    items,
    listing,
    mailing,
    objects,
    only_under,
    papers,
    texting,
    unsealing,
)
from infra.stack.resources import TABLES, Resource, arn, ref

START = Grant(("states:StartExecution",), (ref("OneStop"),))


def executions(machine: str) -> Resource:
    """The executions of a machine, by their ARN."""
    kind = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${AWS::StackName}-"
    return {"Fn::Sub": f"{kind}{machine}:*"}


TELL, TELL_PAPERS = (Grant(("states:SendTaskSuccess",), (ref(name),)) for name in ("OneStop", "Digitisation"))
CHANGE = ("PutItem", "UpdateItem")
CHAINS: Final = tuple(name for name in TABLES if name != "Anchors")
"""Tables whose records have chains that are swept."""

MAKES_LISTS: Final = (
    items("Catalogue", "GetItem", "Query", "UpdateItem"),
    objects("ExportsBucket", "PutObject", "catalogue"),
    papers("GenerateDataKey"),
)
"""The catalogue's list and its open data are made anew."""
FOLLOWS: Final = (
    only_under(("GUIDED#*",), items("Catalogue", "DeleteItem")),
    only_under(("GUIDED ON#*", "PROCEDURE#*"), items("Catalogue", "ConditionCheckItem")),
)
"""Open guidance goes to the lists of who keeps its procedure from now on, and none is left behind."""
ERASURES: Final = begun_with("MessagesBucket", "erasures/PK-", ("GetObject", "GetObjectVersion", "PutObject"))
"""The list of erasures, of petitions alone: what stands there of the same one, else the order."""
RETRACTIONS: Final = objects("MessagesBucket", "PutObject", "retractions")
"""The list of public answers that were taken back: an order, over what stood there."""
FEEDS: Final = (
    items("Subscriptions", "BatchGetItem"),
    only_under(("FEED#*", "FED#*"), items("Subscriptions", *CHANGE)),
    items("Dossiers", "BatchGetItem"),
)
"""What grew goes into the feeds of those who follow it."""
COUNTS: Final = (
    items("Measures", "GetItem", *CHANGE),
    only_under(("BEHIND#*",), items("Measures", "DeleteItem")),  # a dossier that another agency decides
    items("Dossiers", "Query"),
)
"""What grew is counted."""
UNSEALS: Final = (items("Sealing", "GetItem"), unsealing())
# A dossier of a release that had one key for all gets its own when something of it is sealed.
SEALS: Final = (items("Sealing", "GetItem", "UpdateItem"), unsealing("GenerateDataKey"))

PUBLISHES: Final = (
    Grant(("events:PutEvents",), (arn("Bus"),)),
    only_under(("CHANGED#*",), items("Anchors", "UpdateItem")),
    only_under(("NOTICES#*",), items("Dossiers", "PutItem")),
    only_under(("PORTAL#*", "APPPAPER#*", "APPPAPERS#*"), items("Dossiers", "GetItem", *CHANGE)),
    *FEEDS,
    *COUNTS,
)
"""What a record told goes on the bus, into feeds, to people and into figures."""
DELIVERS: Final = (
    items("Dossiers", "GetItem", "Query", *CHANGE),
    items("Ledgers", "GetItem", *CHANGE),
    objects("MessagesBucket", "GetObjectVersion", "results", "papers"),  # whoever follows its link acts with our rights
    *UNSEALS,
)
"""A result goes to destinations beside the vault."""
INTEGRATES: Final = (
    items("Dossiers", "GetItem", "Query"),
    only_under(("APPPAPER#*",), items("Dossiers", *CHANGE)),  # it changes no dossier
    listing("Dossiers", "worklist"),
    items("Ledgers", "GetItem", *CHANGE),
    objects("MessagesBucket", "GetObjectVersion", "results", "papers"),  # a link acts with our rights
    *UNSEALS,
)
"""What the national ID app is told: papers of vaults, and the line of the ledger that a showing leaves."""
NOTIFIES: Final = (
    items("Dossiers", "GetItem", "Query"),
    only_under(("NOTICES#*",), items("Dossiers", *CHANGE)),  # it changes no dossier
    listing("Dossiers", "worklist"),
    *UNSEALS,
    mailing(),
    *texting(),
)
"""Notices go to people, by a gateway or by Amazon's services."""
SHOWS: Final = (
    Grant(("states:StartExecution",), (ref("Delivery"),)),
    Grant(("states:DescribeExecution",), (executions("Delivery"),)),
)
"""A machine starts that shows it, unless one runs."""
TELLS_ENDS: Final = (
    items("Dossiers", "GetItem", "Query"),
    only_under(("AWAITED#*",), items("Dossiers", "DeleteItem")),  # who was told waits no more: it changes no dossier
    Grant(("states:SendTaskSuccess",), (ref("Delivery"),)),
)
"""The machine hears what a destination came to."""
TAKES_UP: Final = (
    *DELIVERS,
    listing("Dossiers", "worklist"),
    Grant(("states:ListExecutions",), (ref("Delivery"),)),
    *SHOWS,
)
"""What is due is delivered, and machines that ended badly are started again."""
REPORTS: Final = only_under(
    ("INGESTED#*", "REPORTED#*", "REPORTS#*", "ARRIVED#*", "ARRIVALS#*", "SOURCES#*"), items("Measures", "PutItem")
)
"""What other systems report is kept: no counter of ours is written with it."""
FIGURES: Final = (
    items("Measures", "GetItem", "BatchGetItem", "Query"),
    items("Dossiers", "GetItem", "BatchGetItem", "Query"),
    REPORTS,
    only_under(("ORDER#REPORT.*",), items("Messages", "PutItem")),  # a report on paper is ordered
    objects("IntakeBucket", "PutObject", "figures"),  # whoever posts a presigned form acts with our rights
    papers("GenerateDataKey"),
)
"""Figures are read, and taken from other systems."""
TAKES_FIGURES: Final = (
    items("Measures", "GetItem", "Query"),
    REPORTS,
    objects("IntakeBucket", "GetObjectVersion", "figures"),
)
"""Files of figures are taken in."""
EVIDENCE: Final = (
    objects("IntakeBucket", "PutObject", "evidence"),  # whoever posts a presigned form acts with our rights
    objects("IntakeBucket", "GetObject", "evidence"),  # HEAD
    objects("IntakeBucket", "GetObjectVersion", "evidence"),
    absent("IntakeBucket", "evidence"),
)
"""What proves the form of a mandate: put there by a form of ours, and held against its terms."""
