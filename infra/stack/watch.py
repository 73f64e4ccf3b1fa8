"""What watches the app: alarms that say what a person must look at.

A failure that something tries again rings nothing. What rings: work that is old, work that was given up, a run that is
missing, submissions that stop, papers that stay unsigned, an API that breaks or is slow.
"""

from typing import Any, Final

from infra.stack.functions import FUNCTIONS
from infra.stack.resources import APP, HEARING, Resource, arn, logical, parked, ref, work

BEHIND: Final = 60_000
"""Milliseconds the outbox may lag behind the newest event."""
TRIES: Final = 2
"""Tries after which work counts as old. SQS leaves a message that was received more than three times out of the age."""
OURS: Final = "motcua"
"""Namespace of our own metrics (`kernel/log.py`)."""
ALL_NIGHT: Final = 700
"""Of 780 runs of a night: when so many ended before their lists did, a night is too short for the sweep."""
SLOW_API: Final = 3_000
"""Milliseconds the slowest hundredth of the API's answers may take."""
BROKEN_API: Final = 0.01
"""Share of the API's answers that may be 5xx."""
UNSIGNED: Final = 1_800
"""Seconds for which a paper may wait for its signature: ten minutes without a timestamp authority are no matter."""
SIGNER_DAYS: Final = 30
"""Days before the end of a signer's certificate from which on it rings: to get another takes weeks."""
TRIED: Final = 10
"""Submissions in a quarter of an hour of which one at least succeeds, whatever people type."""
LASTS: Final[Resource] = {"EvaluationPeriods": 3}
"""For what the next run tries again by itself: it rings when it lasts for three of its periods."""
MOSTLY: Final[Resource] = {"EvaluationPeriods": 3, "DatapointsToAlarm": 2}

WATCHED: Final[dict[str, Resource]] = {
    "SubmissionHours": {
        "Type": "Number",
        "Default": 24,
        "MinValue": 1,
        "MaxValue": 24,
        "Description": "Hours without one submission after which an alarm rings",
    },
}
"""The parameters of the alarms."""


def _alarm(says: str, metric: Resource, threshold: float, **more: Any) -> Resource:
    properties = {
        "AlarmDescription": says,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": threshold,
        "EvaluationPeriods": 1,
        "Period": 300,
        "Statistic": "Sum",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [ref("Alarms")],
        **metric,
        **more,
    }
    properties = {k: v for k, v in properties.items() if v is not None}
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}


def _metric(namespace: str, name: str, **dimensions: Any) -> Resource:
    given = [{"Name": k, "Value": v} for k, v in dimensions.items()]
    return {"Namespace": namespace, "MetricName": name, "Dimensions": given}


def _throttled(name: str) -> dict[str, Resource]:
    """Somebody waits for this function; what a queue or a flow brings comes again."""
    here = logical(name)
    metric = _metric("AWS/Lambda", "Throttles", FunctionName=ref(here))
    return {f"{here}Throttled": _alarm(f"{name} is throttled, people are told to come again", metric, 0, **MOSTLY)}


def _old(function: str, here: str) -> dict[str, Resource]:
    """One failure is nothing: it is tried again. Work that waited through some tries is."""
    queue = work(function)
    hidden = APP[queue]["Properties"]["VisibilityTimeout"]
    metric = _metric("AWS/SQS", "ApproximateAgeOfOldestMessage", QueueName=arn(queue, "QueueName"))
    says = f"{function} fails again and again, or is behind: docs/how-to/operate.md#when-work-is-old"
    return {f"{here}Old": _alarm(says, metric, TRIES * hidden, Statistic="Maximum")}


def is_parked(name: str) -> bool:
    """Whether a resource is a queue in which work waits that was given up."""
    return APP[name]["Type"] == "AWS::SQS::Queue" and "RedrivePolicy" not in APP[name]["Properties"]


def _depth(queue: str) -> Resource:
    """What a worker gave up goes back each hour: what waits for longer waits for a person, or is not brought back."""
    metric = _metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", QueueName=arn(queue, "QueueName"))
    hours = {"Period": 3600, **LASTS} if queue in map(parked, HEARING) else {}
    return _alarm(f"work is parked in {queue}: see motcua ops parked", metric, 0, Statistic="Maximum", **hours)


def _sweep_alarms() -> dict[str, Resource]:
    """No news of the sweep is bad news: a metric that is missing breaches."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    missing = {"ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching", "EvaluationPeriods": 3}
    runbook = "docs/how-to/operate.md#when-the-sweep-is-missing"
    return {
        "SweepMissing": _alarm(
            f"no sweep ended for 15 minutes: {runbook}", _metric(OURS, "SweepRan", **mine), 1, **missing
        ),
        "SweepFails": _alarm(
            f"the sweep leaves tasks out, run after run: {runbook}", _metric(OURS, "SweepFailures", **mine), 0, **LASTS
        ),
        "ReceptionsLate": _alarm(
            f"dossiers wait longer at reception than the law lets them: {runbook}",
            _metric(OURS, "ReceptionsOverdue", **mine),
            0,
        ),
        "FlowsNeedSomebody": _alarm(
            f"a flow fails whenever it is taken up: {runbook}",
            _metric(OURS, "FlowsLeft", **mine),
            0,
        ),
        "FlowsNotTakenUp": _alarm(
            f"flows that ended cannot be taken up, run after run: {runbook}",
            _metric(OURS, "FlowFailures", **mine),
            0,
            **LASTS,
        ),
    }


def _draft_alarms() -> dict[str, Resource]:
    """Drafts end every hour; nothing is lost while they do not, so three hours without news are waited for."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    runbook = "docs/how-to/operate.md#when-drafts-do-not-end"
    hour = {"Period": 3600}
    missing = {"ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching", "EvaluationPeriods": 3}
    return {
        "DraftSweepMissing": _alarm(
            f"no sweep of drafts for three hours: {runbook}",
            _metric(OURS, "DraftSweepRan", **mine),
            1,
            **hour,
            **missing,
        ),
        "DraftSweepFails": _alarm(
            f"drafts cannot be ended: {runbook}", _metric(OURS, "DraftSweepFailures", **mine), 0, **hour
        ),
    }


def _audit_alarms() -> dict[str, Resource]:
    """What the nightly sweep finds, and that it ran: a chain that nobody looks at proves nothing."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    runbook = "docs/how-to/operate.md#when-a-log-is-broken"
    day = {"Period": 86400}
    missing = {"ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching", "EvaluationPeriods": 2}
    return {
        "TamperingFound": _alarm(
            f"a record was changed by something else: {runbook}", _metric(OURS, "TamperingsFound", **mine), 0
        ),
        "AuditMissing": _alarm(
            f"no sweep of the chains for two days: {runbook}", _metric(OURS, "AuditRan", **mine), 1, **day, **missing
        ),
        "AuditFails": _alarm(f"chains cannot be swept: {runbook}", _metric(OURS, "AuditFailures", **mine), 0),
        "AuditUnfinished": _alarm(
            f"a night is too short for the sweep: {runbook}", _metric(OURS, "AuditUnfinished", **mine), ALL_NIGHT, **day
        ),
    }


def _reads_alarms() -> dict[str, Resource]:
    """An officer reads more of people than their work explains: who supervises them has the list."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    says = "an officer reads unusually much: docs/how-to/operate.md#when-reads-are-unusual"
    return {"ReadsUnusual": _alarm(says, _metric(OURS, "ReadsAnomalous", **mine), 0)}


def _letter_alarms() -> dict[str, Resource]:
    """Rows that a stream gave up, and that the clock could not publish in three hours either."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    left = _metric(OURS, "LettersLeft", **mine)
    says = "rows of a stream cannot be published: docs/how-to/operate.md#when-rows-cannot-be-published"
    hours = {"Period": 3600, "EvaluationPeriods": 3, "DatapointsToAlarm": 3, "Statistic": "Maximum"}
    return {"LettersLeft": _alarm(says, left, 0, **hours)}


def _webhook_alarms() -> dict[str, Resource]:
    """A receiver was down for days, a destination took no result, a notice reached nobody: somebody must be told."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    pages = (
        "when-a-receiver-is-down",
        "when-a-destination-takes-no-result",
        "when-a-notice-reaches-nobody",
        "when-the-national-portal-is-not-told",
        "when-the-id-app-is-not-told",
        "when-a-request-about-personal-data-is-overdue",
        "when-a-petition-is-overdue",
    )
    runbook, results, notices, portal, id_app, data, petitions = (f"docs/how-to/operate.md#{each}" for each in pages)
    told = {
        "SubscriptionsStopped": (
            "SubscriptionsStopped",
            f"a subscription stopped, its receiver takes nothing: {runbook}",
        ),
        "ResultsParked": ("DeliveriesParked", f"a destination did not take a result: {results}"),
        "NoticesGivenUp": ("NoticesGivenUp", f"notices reached nobody by e-mail, SMS or app: {notices}"),
        "DataRequestsDueSoon": ("DataRequestsDueSoon", f"requests about personal data are due soon: {data}"),
        "DataRequestsOverdue": ("DataRequestsOverdue", f"requests about personal data are overdue: {data}"),
        "PetitionsDueSoon": ("PetitionsDueSoon", f"petitions or complaints are due soon: {petitions}"),
        "PetitionsOverdue": ("PetitionsOverdue", f"petitions or complaints are overdue: {petitions}"),
        "PortalParked": ("SynchronisationsParked", f"the national portal did not take a dossier: {portal}"),
        "PapersNotIntegrated": ("PapersNotIntegrated", f"the national ID app did not take a paper: {id_app}"),
        "IntegrationsLate": ("IntegrationsLate", f"a paper is not in the national ID app in its time: {id_app}"),
        "PortalLate": ("SynchronisationsLate", f"the national portal hears of steps later than it should: {portal}"),
    }
    lasting = {
        "DeliveriesBreak": (
            "DeliveriesBroke",
            f"deliveries break before they reach a receiver, run after run: {runbook}",
        ),
        "ResultsBreak": ("DeliveryFailures", f"deliveries of results break, run after run: {results}"),
        "PortalBreaks": ("SynchronisationFailures", f"the national portal is not told, run after run: {portal}"),
        "IntegrationsBreak": ("IntegrationFailures", f"the national ID app is not told, run after run: {id_app}"),
        "NoticesBreak": ("NoticeFailures", f"notices break before they reach a provider, run after run: {notices}"),
    }
    once = {name: _alarm(says, _metric(OURS, metric, **mine), 0) for name, (metric, says) in told.items()}
    hourly = "DataRequestFailures", f"overdue requests are not told, run after run: {data}"
    once["DataRequestsBreak"] = _alarm(hourly[1], _metric(OURS, hourly[0], **mine), 0, Period=3600, **LASTS)
    says = f"overdue petitions are not told, run after run: {petitions}"
    once["PetitionsBreak"] = _alarm(says, _metric(OURS, "PetitionFailures", **mine), 0, Period=3600, **LASTS)
    return once | {
        name: _alarm(says, _metric(OURS, metric, **mine), 0, **LASTS) for name, (metric, says) in lasting.items()
    }


def _trouble_alarms() -> dict[str, Resource]:
    """What a route cannot answer, and what nothing of ours can read (`kernel/log.py`)."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    runbook = "docs/how-to/operate.md#when-a-record-cannot-be-read"
    again = {"EvaluationPeriods": 12, "DatapointsToAlarm": 2}  # in two of the five minutes of an hour
    return {
        "RoutesBreak": _alarm(f"routes answer 500 again: {runbook}", _metric(OURS, "RoutesBroken", **mine), 0, **again),
        "LogsBroken": _alarm(
            "a log is not as it was written: docs/how-to/operate.md#when-a-log-is-broken",
            _metric(OURS, "LogsBroken", **mine),
            0,
        ),
        "ObjectsUnclaimed": _alarm(
            "an object that nobody lists: docs/how-to/operate.md#when-an-object-is-without-an-agency",
            _metric(OURS, "ObjectsUnclaimed", **mine),
            0,
        ),
        "RecordsUnreadable": _alarm(
            f"a record cannot be read: {runbook}", _metric(OURS, "RecordsUnreadable", **mine), 0
        ),
    }


def _api_alarms() -> dict[str, Resource]:
    api = {"ApiName": ref("Installation"), "Stage": "api"}
    slow = {"ExtendedStatistic": "p99", "Statistic": None, "EvaluationPeriods": 3}
    broken = _metric("AWS/ApiGateway", "5XXError", **api)
    return {
        "ApiErrors": _alarm("the API answers 5xx again and again", broken, BROKEN_API, Statistic="Average", **MOSTLY),
        "ApiSlow": _alarm("the API is slow", _metric("AWS/ApiGateway", "Latency", **api), SLOW_API, **slow),
    }


def _submission_alarms() -> dict[str, Resource]:
    """The gateway's own counts of one route: they are there when nothing of ours runs."""
    runbook = "docs/how-to/operate.md#when-submissions-stop"
    route = {"ApiName": ref("Installation"), "Method": "POST", "Resource": "/v1/dossiers", "Stage": "api"}

    def counts(period: int, expression: str) -> Resource:
        metrics: list[Resource] = [
            {
                "Id": name,
                "ReturnData": False,
                "MetricStat": {
                    "Metric": _metric("AWS/ApiGateway", metric, **route),
                    "Period": period,
                    "Stat": "Sum",
                },
            }
            for name, metric in (("asked", "Count"), ("refused", "4XXError"), ("broken", "5XXError"))
        ]
        metrics.append({"Id": "told", "Expression": expression, "ReturnData": True})
        return {"Metrics": metrics, "Period": None, "Statistic": None}

    taken = "FILL(asked, 0) - FILL(refused, 0) - FILL(broken, 0)"
    below = {"ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching"}
    hours = {"EvaluationPeriods": ref("SubmissionHours")}
    none = f"IF(asked >= {TRIED} AND {taken} < 1, 1, 0)"
    return {
        "SubmissionsStopped": _alarm(f"nobody submits any more: {runbook}", counts(3600, taken), 1, **below, **hours),
        "SubmissionsRefused": _alarm(f"people submit and nobody succeeds: {runbook}", counts(900, none), 0),
    }


def _unsigned() -> dict[str, Resource]:
    """Each try that fails tells how long its paper waits: a queue's own age leaves out what was tried four times."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    says = "a paper waits for its signature: docs/how-to/operate.md#when-papers-stay-unsigned"
    return {"PapersUnsigned": _alarm(says, _metric(OURS, "SignatureWaits", **mine), UNSIGNED, Statistic="Maximum")}


def _ending() -> dict[str, Resource]:
    """Certificates end on a known day; a job that counts them down and does not come is as bad as one that ended."""
    mine = {"service": "motcua", "stage": ref("Stage")}
    runbook = "docs/how-to/operate.md#when-a-certificate-ends"
    below = {"ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching"}
    daily = {"Period": 86400, "Statistic": "Minimum"}
    return {
        "SignerEnds": _alarm(
            f"the certificate of a signer ends soon, or nobody looks: {runbook}",
            _metric(OURS, "SignerDaysLeft", **mine),
            SIGNER_DAYS,
            **below,
            **daily,
        ),
        "StampsFail": _alarm(
            f"papers get no timestamp, and their last one ends: {runbook}",
            _metric(OURS, "StampFailures", **mine),
            0,
            Period=86400,
        ),
    }


def alarms() -> dict[str, Resource]:
    """Every alarm, by logical id, and the topic they speak to."""
    found: dict[str, Resource] = {
        "Alarms": {"Type": "AWS::SNS::Topic", "Properties": {"KmsMasterKeyId": ref("DataKeyArn")}}
    }
    for name, function in FUNCTIONS.items():
        if name in HEARING:
            found |= _old(name, logical(name))
        elif function.bundle != "worker":
            found |= _throttled(name)
    found |= {f"{name}Waits": _depth(name) for name in APP if is_parked(name)}
    behind = _metric("AWS/Lambda", "IteratorAge", FunctionName=ref("OutboxPublish"))
    found["OutboxBehind"] = _alarm("the outbox lags behind the log", behind, BEHIND, Statistic="Maximum")
    for name, given in APP.items():
        if given["Type"] == "AWS::Serverless::StateMachine":
            metric = _metric("AWS/States", "ExecutionThrottled", StateMachineArn=ref(name))
            found[f"{name}Throttled"] = _alarm(f"{name}: AWS holds its steps back: motcua quotas", metric, 0, **LASTS)
    return (
        found
        | _sweep_alarms()
        | _draft_alarms()
        | _audit_alarms()
        | _reads_alarms()
        | _letter_alarms()
        | _webhook_alarms()
        | _trouble_alarms()
        | _api_alarms()
        | _submission_alarms()
        | _unsigned()
        | _ending()
    )
