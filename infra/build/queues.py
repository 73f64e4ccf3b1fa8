"""Who may send to which queue, and that a rule is made only when it may."""

from infra.stack.resources import APP, Resource, arn, ref, rule_arn


def _senders(queue: str) -> list[Resource]:
    """The rules that send to a queue: what they hear, or what they could not hand over."""
    return [
        rule_arn(name, rule)
        for name, rule in APP.items()
        if rule["Type"] == "AWS::Events::Rule"
        and any(arn(queue) in (t["Arn"], t["DeadLetterConfig"]["Arn"]) for t in rule["Properties"]["Targets"])
    ]


def queue_policies() -> dict[str, Resource]:
    """Into a queue sends whoever has to: the rules that lead there; nobody may do anything without TLS."""
    found = {}
    for name in [name for name, r in APP.items() if r["Type"] == "AWS::SQS::Queue"]:
        tls = {
            "Sid": "OnlyTls",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": arn(name),
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        bus = {
            "Sid": "Bus",
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn(name),
            "Condition": {"ArnEquals": {"aws:SourceArn": _senders(name)}},
        }
        document = {"Version": "2012-10-17", "Statement": [tls, *([bus] if _senders(name) else [])]}
        found[f"{name}Policy"] = {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {"Queues": [ref(name)], "PolicyDocument": document},
        }
    return found


def ordered(resources: dict[str, Resource]) -> dict[str, Resource]:
    """A rule is there only when its queue takes what it sends."""
    rules = {
        name: given
        for name, given in resources.items()
        if given.get("Type") == "AWS::Events::Rule" and "EventPattern" in given["Properties"]
    }
    leads = {name: given["Properties"]["Targets"][0]["Arn"]["Fn::GetAtt"][0] for name, given in rules.items()}
    return resources | {
        name: rules[name] | {"DependsOn": f"{to}Policy"} for name, to in leads.items() if f"{to}Policy" in resources
    }
