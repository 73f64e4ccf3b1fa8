"""Both templates: routes, rights, retries and settings are what the list says; a template that says less is refused."""

import copy
import json
import os
import re
import subprocess
import sys
from datetime import date
from html import escape
from pathlib import Path

import pytest

from chalicelib.kernel.settings import SECRET_BYTES
from chalicelib.law import packs
from infra.build import compose, faults
from infra.build.package import Artefact, app_template
from infra.build.parts import PARTS
from infra.cost.assumed import assumed
from infra.stack import dashboards, policies, rest_api, rights, watch
from infra.stack.data import DATA, OUTPUTS
from infra.stack.functions import FUNCTIONS
from infra.stack.grants import LOG_DELIVERY
from infra.stack.parameters import ENVIRONMENT
from infra.stack.refusals import rows
from infra.stack.resources import (
    APP,
    BUCKETS,
    HEARING,
    MACHINES,
    STATEMACHINES,
    TABLES,
    TIMED,
    alias,
    all_declared,
    arn,
    logical,
    parked,
    ref,
    rule,
    rule_arn,
    schedule,
    work,
)
from tests.support.templates import asked, references

ROOT = Path(__file__).parents[2]
MOST_TEMPLATE = 300 * 1024
"""Bytes of a mapping template, by the quotas of API Gateway."""
SAID = ("Old", "Throttled", "Errors", "Slow")


@pytest.fixture(scope="module")
def app():
    return rest_api.application()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The app template as it is packaged, by Chalice itself; only the zips are not made."""
    made = {name: Artefact(name, "", f"{name}.zip", 0, 0, "", ()) for name in PARTS}
    return app_template("test", made, tmp_path_factory.mktemp("chalice") / "project")


@pytest.fixture
def broken(template):
    return copy.deepcopy(template)


def of(template, kind):
    return {name: r["Properties"] for name, r in template["Resources"].items() if r["Type"] == kind}


# --- good ----------------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_either(template, app):
    assert faults.app_faults(template, app) == []
    assert faults.data_faults(compose.data_template()) == []


def test_every_right_is_to_something_that_exists():
    grants = [grant for grants in policies.NEEDS.values() for grant in grants]
    assert {name for grant in grants for name in references(grant.resources)} <= {
        *(*DATA, *APP, *OUTPUTS),
        *(alias(name) for name in HEARING),
    }
    tells = [grant for grant in grants if any(action.startswith("states:") for action in grant.actions)]
    told = {name for grant in tells for name in references(grant.resources)}
    assert told == {"OneStop", "Digitisation", "Delivery"} <= MACHINES.keys()


def test_what_is_committed_is_what_the_list_says():
    assert compose.drift() == []


def test_drift_names_files_that_are_missing_changed_or_too_many(tmp_path):
    compose.write(tmp_path / "build", chalice=tmp_path)
    (tmp_path / "policy-digitisation_make_copy.json").unlink()
    (tmp_path / "policy-digitisation_read_copy.json").write_text("{}")
    (tmp_path / "policy-dev.json").write_text("{}")
    assert compose.drift(tmp_path) == [
        "policy-dev.json",
        "policy-digitisation_make_copy.json",
        "policy-digitisation_read_copy.json",
    ]
    (tmp_path / "build" / "data.json").write_text("{}")
    named = ["build/data.json", *compose.drift(tmp_path)]
    assert [str(path.relative_to(tmp_path)) for path in compose.write(tmp_path / "build", chalice=tmp_path)] == named
    assert compose.drift(tmp_path) == []
    assert compose.write(tmp_path / "build", chalice=tmp_path) == []


def test_the_command_names_the_files_that_it_changed(tmp_path, monkeypatch, capsys):
    stale = tmp_path / "build" / "data.json"
    monkeypatch.setattr(compose, "write", lambda out: [out / "gone.json", stale])
    stale.parent.mkdir()
    stale.write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["compose", "--out", str(stale.parent)])
    assert compose.main() == 0
    assert capsys.readouterr().out.splitlines() == ["deleted build/gone.json", "wrote build/data.json"]


def test_a_route_leads_to_its_own_function(template, app):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    assert {path for path in body["paths"] if not path.startswith("/problems/")} == app.routes.keys()
    uri = body["paths"]["/v1/vault/documents"]["get"]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    assert "${VaultApiAliaslive}" in uri
    assert "options" in body["paths"]["/v1/vault/documents"]
    both = body["paths"]["/v1/dossiers"]
    assert "${SubmitApiAliaslive}" in both["post"]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    assert "${OnestopApiAliaslive}" in both["get"]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]


def test_the_gateways_own_refusals_are_problems_whose_page_the_gateway_has(template):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    for kind, given in body["x-amazon-apigateway-gateway-responses"].items():
        told = json.loads(given["responseTemplates"]["application/json"]["Fn::Sub"])
        assert told.keys() == {"type", "title", "status", "detail", "instance", "code", "request_id"}, kind
        assert told["instance"] == "urn:uuid:$context.requestId"
        assert told["type"] == f"${{PublicUrl}}/problems/{told['code']}"
        assert told["detail"].strip(" /")
        assert told["code"] in rows()


def test_a_page_about_a_problem_needs_no_function_and_nothing_in_it_is_a_directive_of_the_gateway(template):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    operations = body["paths"]["/problems/{code}"]
    assert operations.keys() == {"get", "head"}
    for operation in operations.values():
        integration = operation["x-amazon-apigateway-integration"]
        assert integration["type"] == "mock"
        for answer in integration["responses"].values():
            assert all(value.count("'") == 2 for value in answer["responseParameters"].values())
    asked, answered = (
        operations["get"]["x-amazon-apigateway-integration"]["requestTemplates"]["application/json"],
        operations["get"]["x-amazon-apigateway-integration"]["responses"]["default"]["responseTemplates"]["text/html"],
    )
    assert len(answered.encode()) < MOST_TEMPLATE
    for code, row in rows().items():
        assert f"'{code}'" in asked
        for sentence in (row.title_vi, row.title_en, row.remedy_vi, row.remedy_en):
            assert escape(sentence) in answered, code
    quoted = re.findall(r"'[^']*'", answered)
    assert not [text for text in quoted if re.search(r"[$\\]|#(?!x27;)", text)]
    left = re.sub(r"'[^']*'", "", answered)
    assert sorted(set(re.findall(r"[#$]\w+", left))) == ["#set", "$code", "$input", "$statuses", "$texts"]


def test_a_machine_tells_its_log_and_its_traces_and_sends_no_message(template):
    given = [each for each in template["Resources"].values() if each["Type"] == "AWS::IAM::Policy"]
    assert len(given) == len([*STATEMACHINES.glob("*.asl.json")])
    for each in given:
        may = {action for said in each["Properties"]["PolicyDocument"]["Statement"] for action in said["Action"]}
        assert may == {*policies.TRACES, *LOG_DELIVERY}


def test_who_submits_may_send_no_file_and_who_drafts_may_not_pass_the_fence():
    may = {
        name: {a for grant in policies.NEEDS[name] for a in grant.actions} for name in ("submit_api", "submission_api")
    }
    assert not may["submit_api"] & {"s3:PutObject", "kms:GenerateDataKey"}
    assert not may["submission_api"] & {"s3:GetObject", "s3:ListBucket"}
    check = "dynamodb:ConditionCheckItem"
    checked = [each for grant in policies.NEEDS["submission_api"] if check in grant.actions for each in grant.resources]
    # An organisation's account, and that a document of a vault stands; no procedure's fence.
    assert sorted(each["Fn::GetAtt"][0] for each in checked) == ["Identity", "Vaults"]


def keys_of(name):
    """The keys of KMS that a function may use, by what it may do with each."""
    found = {}
    for said in policies.document(name)["Statement"]:
        for resource in said["Resource"] if "kms:" in str(said["Action"]) else ():
            owner = resource["Fn::GetAtt"][0] if "Fn::GetAtt" in resource else "signers"
            found.setdefault(owner, set()).update(action.removeprefix("kms:") for action in said["Action"])
    return found


def test_tables_files_and_what_dossiers_seal_are_under_keys_of_their_own():
    keys = {name for name, made in DATA.items() if made["Type"] == "AWS::KMS::Key"}
    assert keys == {"DataKey", "PapersKey", "SealingKey", "AnchorKey", "TokenKey"}
    for name, made in DATA.items():
        told = json.dumps(made["Properties"])
        if made["Type"] == "AWS::DynamoDB::Table":
            assert made["Properties"]["SSESpecification"]["KMSMasterKeyId"] == {"Fn::GetAtt": ["DataKey", "Arn"]}, name
        if made["Type"] == "AWS::S3::Bucket":
            of_papers = name != "LogsBucket"  # what CloudWatch writes is under the key of logs
            assert ('["PapersKey", "Arn"]' in told, "DataKey" in told) == (of_papers, not of_papers), name
    for name in keys:
        assert (DATA[name]["DeletionPolicy"], DATA[name]["Properties"]["PendingWindowInDays"]) == ("Retain", 30)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_uses_the_keys_of_what_it_has_to_do_with_and_no_other(name):
    function, has = FUNCTIONS[name], keys_of(name)
    files = {a for grant in policies.NEEDS[name] for a in grant.actions if a.startswith("s3:")}
    assert ("PapersKey" in has) is bool(files)
    assert ("GenerateDataKey" in has.get("PapersKey", ())) is ("s3:PutObject" in files)
    assert ("SealingKey" in has) is ("MOTCUA_SEALING_KEY" in function.environment)
    assert has["DataKey"] == {"Decrypt"}
    for said in policies.document(name)["Statement"]:
        if {"Fn::GetAtt": ["SealingKey", "Arn"]} in said["Resource"]:
            assert said["Condition"] == {"Null": {"kms:EncryptionContext:day": "false"}}


def test_a_post_without_its_key_is_refused_by_the_gateway(template):
    """Forms know no such key: a client of RFC 8693, and a browser, must get through."""
    keyed = {
        (path, m.lower())
        for path, methods in rest_api.application().routes.items()
        for m, r in methods.items()
        if r.view_function.facts.keyed
    }
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            headers = [p["name"] for p in operation.get("parameters", []) if p["in"] == "header" and p["required"]]
            assert headers == (["Idempotency-Key"] if (path, method) in keyed else []), path
            named = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
            assert method == "options" or named == re.findall(r"{(\w+)}", path)


def test_the_gateways_refusals_are_problems_that_a_browser_may_read(template):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    for kind, answer in body["x-amazon-apigateway-gateway-responses"].items():
        told = json.loads(answer["responseTemplates"]["application/json"]["Fn::Sub"])
        assert str(told["status"]) == answer["statusCode"], kind
        assert told["request_id"] == "$context.requestId"
        headers = answer["responseParameters"]
        assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
        assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"
        assert headers["gatewayresponse.header.X-Content-Type-Options"] == "'nosniff'"


def test_a_browser_may_send_the_same_headers_to_the_gateway_and_to_a_route(template):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    told = json.dumps(body["paths"]["/v1/services"]["options"])
    given = body["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"]["responseParameters"]
    allowed = given["gatewayresponse.header.Access-Control-Allow-Headers"]
    preflight = json.loads(told)["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
    sent = set(preflight["method.response.header.Access-Control-Allow-Headers"].strip("'").split(","))
    assert sent == set(allowed.strip("'").split(","))
    assert {"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"} <= sent
    read = given["gatewayresponse.header.Access-Control-Expose-Headers"].strip("'").split(",")
    assert {"ETag", "Location", "Retry-After"} <= set(read)
    assert "method.response.header.Access-Control-Expose-Headers" not in preflight, "no browser reads it there"


def test_the_capability_is_a_functions_own_setting_and_never_the_stages():
    config = compose.chalice_config()
    (stage,) = config["stages"].values()
    assert "environment_variables" not in config.keys() | stage.keys()
    assert "environment_variables" not in stage["lambda_functions"]["api_handler"]


def test_the_spare_function_is_gone_and_could_do_nothing(template):
    assert "APIHandler" not in json.dumps(template)
    assert [s["Action"] for s in policies.document("api_handler")["Statement"]] == [
        ["logs:CreateLogStream", "logs:PutLogEvents"]
    ]


def test_one_request_in_a_hundred_is_traced_and_a_stage_may_say_otherwise(template):
    (rule,) = of(template, "AWS::XRay::SamplingRule").values()
    rule = rule["SamplingRule"]
    assert (rule["FixedRate"], rule["ReservoirSize"]) == (ref("TracedShare"), 0)
    assert rule["ServiceName"] == {"Fn::Sub": "${AWS::StackName}/*"}, "the API's name is the stack's"
    assert template["Parameters"]["TracedShare"]["Default"] == assumed().traced_share.value
    assert template["Resources"]["Traces"]["Condition"] == "TracedByUs"


def test_every_function_is_small_logged_traced_and_kept_apart(template):
    functions = of(template, "AWS::Serverless::Function")
    assert functions.keys() == {logical(name) for name in FUNCTIONS}
    for name, function in FUNCTIONS.items():
        given = functions[logical(name)]
        is_asked = name.endswith("_api") or name == "identity_authorize"
        assert given["Tracing"] == ("Active" if is_asked else "PassThrough")
        # Start and report of each invocation are INFO: nine tenths of the log's bytes. Its metrics say the same.
        wanted = {"LogGroup": ref(policies.log_group(name)), "LogFormat": "JSON", "SystemLogLevel": "WARN"}
        assert given["LoggingConfig"] == wanted
        assert (given["MemorySize"], given["Timeout"]) == (function.memory, function.timeout)
        assert given["Role"] == {"Fn::GetAtt": [f"{logical(name)}Role", "Arn"]}
        assert given["KmsKeyArn"] == ref("DataKeyArn")
        assert len(given.get("Layers", [])) == len(function.layers) <= 5
        assert ("ReservedConcurrentExecutions" in given) is bool(function.reserved)
        if function.reserved > 1:  # motcua quotas says what to set
            assert given["ReservedConcurrentExecutions"]["Fn::If"][1] == ref(f"Reserve{logical(name)}")
            assert template["Parameters"][f"Reserve{logical(name)}"]["Default"] == function.reserved
            if name in HEARING:
                mapping = template["Resources"][f"{work(name)}Mapping"]["Properties"]
                assert mapping["ScalingConfig"] == {"MaximumConcurrency": ref(f"Reserve{logical(name)}")}
        elif function.reserved:
            assert given["ReservedConcurrentExecutions"]["Fn::If"][1] == 1, "what must run alone is no parameter"
    for given in of(template, "AWS::Logs::LogGroup").values():
        assert given == {"RetentionInDays": ref("LogDays"), "KmsKeyId": ref("DataKeyArn")}


def test_nothing_refers_to_what_is_not_there(template):
    known = template["Resources"].keys() | template["Parameters"].keys() | {alias(name) for name in FUNCTIONS}
    text = json.dumps([template["Resources"], template["Outputs"]])
    names = set(re.findall(r'"Ref": "([^":]+)"', text)) | set(re.findall(r'"Fn::GetAtt": \["([^"]+)"', text))
    assert {name for name in names if not name.startswith("AWS::")} <= known
    assert asked(template) == template["Conditions"].keys()


def test_the_data_stack_gives_exactly_what_the_app_stack_takes(template):
    outputs = compose.data_template()["Outputs"]
    asked = {name for name, p in template["Parameters"].items() if p.get("Description") == "Output of the data stack"}
    assert outputs.keys() == OUTPUTS.keys() == asked
    assert not DATA.keys() & template["Resources"].keys()


def test_the_secret_of_hashes_is_drawn_and_kept_where_nobody_who_deploys_sees_it(template):
    """Functions get it of CloudFormation, encrypted under the key of their settings; no parameter has it."""
    kept = DATA["Pepper"]
    assert (kept["Type"], kept["DeletionPolicy"]) == ("AWS::SecretsManager::Secret", "Retain")
    assert kept["Properties"]["GenerateSecretString"]["PasswordLength"] >= 2 * SECRET_BYTES
    assert kept["Properties"]["KmsKeyId"] == {"Fn::GetAtt": ["DataKey", "Arn"]}
    assert "SecretString" not in kept["Properties"]
    assert "Secret" not in template["Parameters"]
    assert compose.data_template()["Outputs"]["PepperArn"] == {"Value": ref("Pepper")}
    given = of(template, "AWS::Serverless::Function")
    settings = {name: given[logical(name)]["Environment"]["Variables"] for name in FUNCTIONS}
    told = {name: said["MOTCUA_SECRET"] for name, said in settings.items() if "MOTCUA_SECRET" in said}
    assert "submission_api" in told
    looked_up = {"Fn::Sub": "{{resolve:secretsmanager:${PepperArn}:SecretString:::}}"}
    assert all(value == looked_up for value in told.values())


def test_names_are_cloudformations_but_where_a_circle_must_be_broken():
    named = {"TableName", "BucketName", "QueueName", "FunctionName", "LogGroupName", "TopicName", "RoleName"}
    for name, resource in (DATA | APP).items():
        if resource["Type"] not in ("AWS::Lambda::Permission", "AWS::Lambda::EventSourceMapping") and (
            resource["Type"] != "AWS::Lambda::EventInvokeConfig"
        ):
            assert not named & resource["Properties"].keys(), name


def test_the_machine_is_called_what_its_functions_are_told():
    name = "OneStop"
    told = compose.settings_of("onestop_start_flow", FUNCTIONS["onestop_start_flow"])["MOTCUA_ONE_STOP_MACHINE"][
        "Fn::Sub"
    ]
    assert told.endswith(":stateMachine:" + MACHINES[name]["Properties"]["Name"]["Fn::Sub"])


def test_what_a_function_is_told_of_its_layers():
    assert (
        compose.settings_of("digitisation_read_copy", FUNCTIONS["digitisation_read_copy"])["TESSDATA_PREFIX"]
        == "/opt/tessdata"
    )
    assert "TESSDATA_PREFIX" not in compose.settings_of("digitisation_take_in", FUNCTIONS["digitisation_take_in"])


def test_every_worker_has_its_queue_and_every_queue_its_alarm(template):
    queues, works = of(template, "AWS::SQS::Queue"), {work(name) for name in HEARING}
    assert queues.keys() - works == {"Parked", *(parked(name) for name in (*HEARING, *TIMED))}
    alarms = watch.alarms()
    assert {name.removesuffix("Waits") for name in alarms if name.endswith("Waits")} == queues.keys() - works


def test_what_goes_back_by_itself_rings_when_it_stays_for_hours_and_all_else_at_once():
    alarms = watch.alarms()
    for name in ("Parked", *(parked(function) for function in (*HEARING, *TIMED))):
        given = alarms[f"{name}Waits"]["Properties"]
        lasts = (3600, 3) if name in map(parked, HEARING) else (300, 1)
        assert (given["Period"], given["EvaluationPeriods"], given["Threshold"]) == (*lasts, 0), name


def test_what_is_tried_again_rings_only_when_it_stays():
    """A worker's failure comes again; whoever waits for an answer is told to come again, and that rings if it lasts."""
    alarms = watch.alarms()
    for name, function in FUNCTIONS.items():
        mine = {n.removeprefix(logical(name)) for n in alarms if n in {f"{logical(name)}{w}" for w in SAID}}
        wanted = {"Old"} if name in HEARING else {"Throttled"} if function.bundle != "worker" else set()
        assert mine == wanted, name
    for name in ("SweepFails", "FlowsNotTakenUp", "OneStopThrottled"):
        assert alarms[name]["Properties"]["EvaluationPeriods"] == 3, name
    for name in ("ApiErrors", "VaultApiThrottled"):
        given = alarms[name]["Properties"]
        assert (given["EvaluationPeriods"], given["DatapointsToAlarm"]) == (3, 2), name
    assert alarms["ApiErrors"]["Properties"]["Statistic"] == "Average", "a share of the answers, not one answer"
    old = alarms["MessagesIssuePaperOld"]["Properties"]
    assert old["MetricName"] == "ApproximateAgeOfOldestMessage"
    assert old["Dimensions"] == [{"Name": "QueueName", "Value": arn("MessagesIssuePaperWork", "QueueName")}]
    assert old["Threshold"] == 2 * 6 * FUNCTIONS["messages_issue_paper"].timeout
    assert old["Statistic"] == "Maximum"


def test_an_alarm_that_names_a_page_names_a_heading_of_it():
    told = [a["Properties"]["AlarmDescription"] for a in watch.alarms().values() if "Alarm" in a["Type"]]
    named = {tuple(text.rpartition(": ")[2].split("#")) for text in told if "#" in text}
    assert len(named) > 1
    for page, anchor in named:
        headings = re.findall(r"^#+ (.*)$", Path(page).read_text("utf-8"), re.MULTILINE)
        assert anchor in {h.lower().replace(" ", "-") for h in headings}


def test_a_version_of_what_people_wait_for_comes_in_slowly_and_an_alarm_takes_it_back(template):
    functions = of(template, "AWS::Serverless::Function")
    slowly = {name for name in FUNCTIONS if "DeploymentPreference" in functions[logical(name)]}
    assert slowly == {name for name in FUNCTIONS if name.endswith("_api")} | {"identity_authorize"}
    for name in slowly:
        given = functions[logical(name)]["DeploymentPreference"]
        assert given["Alarms"] == [ref(f"{logical(name)}Breaks"), ref("ApiBreaks")]
        alarm = template["Resources"][f"{logical(name)}Breaks"]["Properties"]
        assert {"Name": "Resource", "Value": {"Fn::Sub": f"${{{logical(name)}}}:live"}} in alarm["Dimensions"]
        assert alarm["Period"] * alarm["EvaluationPeriods"] < 300, "seen while a tenth of the calls go to it"
        assert "AlarmActions" not in alarm
    assert template["Parameters"]["Shift"]["Default"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    assert template["Parameters"]["Canary"]["Default"] == "true"


def test_codedeploy_may_move_our_aliases_and_look_at_our_alarms_only(template):
    (policy,) = template["Resources"]["ShiftRole"]["Properties"]["Policies"]
    for statement in policy["PolicyDocument"]["Statement"]:
        assert faults.wide(statement) == []
        assert statement["Resource"]["Fn::Sub"].endswith("${AWS::StackName}-*")


def test_the_authorizer_is_called_by_its_alias(template):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    given = body["securityDefinitions"]["identity_authorize"]["x-amazon-apigateway-authorizer"]
    assert "${IdentityAuthorizeAliaslive}" in given["authorizerUri"]["Fn::Sub"]
    assert ".Arn}" not in json.dumps(body), "nothing calls a function past its alias"


def test_submissions_that_stop_are_heard_of_from_the_gateway(template):
    alarms = watch.alarms()
    stopped, refused = (alarms[n]["Properties"] for n in ("SubmissionsStopped", "SubmissionsRefused"))
    for given in (stopped, refused):
        assert "Period" not in given
        assert "Statistic" not in given
        *counts, told = given["Metrics"]
        assert [m["ReturnData"] for m in counts] == [False] * 3
        assert {m["MetricStat"]["Metric"]["MetricName"] for m in counts} == {"Count", "4XXError", "5XXError"}
        names = set(re.findall(r"[a-z]+", told["Expression"]))
        assert names == {m["Id"] for m in counts}
        dimensions = {d["Name"]: d["Value"] for d in counts[0]["MetricStat"]["Metric"]["Dimensions"]}
        api = template["Resources"]["RestAPI"]["Properties"]
        assert dimensions["ApiName"] == api["Name"]
        assert dimensions["Method"].lower() in api["DefinitionBody"]["paths"][dimensions["Resource"]]
        assert api["MethodSettings"][0]["MetricsEnabled"], "without it the gateway counts no single route"
    assert (stopped["ComparisonOperator"], stopped["TreatMissingData"]) == ("LessThanThreshold", "breaching")
    assert stopped["EvaluationPeriods"] == ref("SubmissionHours")
    most = template["Parameters"]["SubmissionHours"]["MaxValue"]
    assert most * stopped["Metrics"][0]["MetricStat"]["Period"] <= 86_400, "CloudWatch takes no longer alarm"
    assert refused["TreatMissingData"] == "notBreaching"


def test_the_bus_may_park(template):
    statements = template["Resources"]["ParkedPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    bus = next(s for s in statements if s["Sid"] == "Bus")
    rules = {n: r for n, r in template["Resources"].items() if r["Type"] == "AWS::Events::Rule"}
    assert bus["Condition"]["ArnEquals"]["aws:SourceArn"] == [rule_arn(name, given) for name, given in rules.items()]


def test_a_queue_of_work_takes_from_its_own_rules_only_and_its_function_alone_fetches(template):
    for name in HEARING:
        statements = template["Resources"][f"{work(name)}Policy"]["Properties"]["PolicyDocument"]["Statement"]
        (bus,) = (s for s in statements if s["Effect"] == "Allow")
        assert (bus["Action"], bus["Resource"]) == ("sqs:SendMessage", arn(work(name)))
        rules = {n: r for n, r in template["Resources"].items() if r["Type"] == "AWS::Events::Rule"}
        leading = [n for n, r in rules.items() if r["Properties"]["Targets"][0]["Arn"] == arn(work(name))]
        assert bus["Condition"] == {"ArnEquals": {"aws:SourceArn": [rule_arn(n, rules[n]) for n in leading]}}
        assert leading
        fetched = {f: [r for s in rights_to("sqs:ReceiveMessage", f) for r in s["Resource"]] for f in FUNCTIONS}
        assert [f for f in FUNCTIONS if arn(work(name)) in fetched[f]] == [name]
        assert [f for f in FUNCTIONS if arn(parked(name)) in fetched[f]] == ["outbox_redrive"]
    for name in (*HEARING, *TIMED):
        sends = {r["Fn::GetAtt"][0] for s in rights_to("sqs:SendMessage", name) for r in s["Resource"]}
        brought_back = {*map(work, HEARING)} if name == "outbox_redrive" else set()
        assert sends == {parked(name)} | brought_back, "Lambda parks with the function's own rights"


def rights_to(action, function):
    """The statements of a function's policy that name an action."""
    return [s for s in policies.document(function)["Statement"] if action in s["Action"]]


def test_a_rule_is_known_by_its_own_name_so_that_what_lets_it_send_can_be_made_first():
    path = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/"
    assert rule_arn("OnCopySigned", APP["OnCopySigned"]) == {"Fn::Sub": path + "${Bus}/${AWS::StackName}-OnCopySigned"}
    assert rule_arn("OnObjectCreated", APP["OnObjectCreated"]) == {
        "Fn::Sub": path + "${AWS::StackName}-OnObjectCreated"
    }, "of the default bus the ARN names no bus"
    assert rule_arn("EveryDay", APP["EveryDay"]) == {"Fn::Sub": path + "${Installation}-EveryDay"}
    longest = max(len(name) for name, r in APP.items() if "Name" in r["Properties"] and "Rule" in r["Type"])
    assert len("motcua-0123456789012345678901-app-") + longest <= 64, "EventBridge allows no longer name"


def test_a_portals_page_may_post_to_the_intake_bucket_and_nobody_by_default():
    data = compose.data_template()
    asked, without, nothing = data["Resources"]["IntakeBucket"]["Properties"]["CorsConfiguration"]["Fn::If"]
    (rule,) = without["CorsRules"]
    assert rule["AllowedOrigins"] == ref("PortalOrigins")
    assert rule["AllowedMethods"] == ["POST"]
    assert "*" not in json.dumps(rule)
    assert nothing == ref("AWS::NoValue")
    assert asked in data["Conditions"]
    assert "CorsConfiguration" not in data["Resources"]["MessagesBucket"]["Properties"]


@pytest.mark.parametrize(
    ("origin", "fits"),
    [
        ("", True),
        ("https://dvc.example.vn", True),
        ("https://dvc.example.vn:8443", True),
        ("*", False),
        ("https://*.example.vn", False),
        ("http://dvc.example.vn", False),
        ("https://dvc.example.vn/", False),
    ],
)
def test_an_origin_has_no_wildcard_no_path_and_tls(origin, fits):
    given = compose.data_template()["Parameters"]["PortalOrigins"]
    assert (given["Type"], given["Default"]) == ("CommaDelimitedList", "")
    assert bool(re.fullmatch(given["AllowedPattern"], origin)) is fits


def test_the_same_logical_id_twice_is_refused(app, monkeypatch):
    monkeypatch.setattr(dashboards, "dashboards", lambda: {"DigitisationMakeCopyParked": {}})
    with pytest.raises(rest_api.Clash, match="DigitisationMakeCopyParked"):
        compose.merge_template(app)


# --- rights --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_may_do_only_what_is_named(name):
    for statement in compose.policy(name)["Statement"]:
        assert faults.wide(statement) == []


def test_a_function_may_use_only_tables_that_it_is_told():
    for name, grants in policies.NEEDS.items():
        text = json.dumps([grant.resources for grant in grants])
        told = {ENVIRONMENT[key]["Ref"] for key in FUNCTIONS[name].environment if key in ENVIRONMENT}
        used = {table for table in TABLES if f'"{table}"' in text}
        assert used <= told or name == "outbox_publish", name


def test_the_data_stack_holds_every_table_and_bucket_and_a_way_to_each_by_tls():
    assert DATA.keys() >= {*TABLES, *BUCKETS, *(f"{name}Policy" for name in BUCKETS)}


def test_what_is_given_is_what_is_needed_no_more_and_no_less():
    assert list(rights.faults(rights.needed(), rights.given())) == []


@pytest.mark.parametrize("kind", ["agencies", "officers"])
def test_a_signature_is_for_the_keys_of_this_stage_and_of_one_kind_of_signer(kind):
    sign, _ = policies.signing(kind)
    assert sign.actions == ("kms:Sign",)
    (keys,) = sign.resources
    assert keys == {"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"}
    aliases = [{"Fn::Sub": f"alias/motcua/${{Stage}}/{kind}/*"}]
    assert sign.condition == {"ForAnyValue:StringLike": {"kms:ResourceAliases": aliases}}


def test_a_whole_dossier_needs_what_is_written_down(tmp_path):
    where = tmp_path / "needed.json"
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}  # nothing of a cloud of other tests
    command = [sys.executable, ROOT / "tests" / "infra" / "calls.py", where]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    shown, again = rights.needed(where), "write it again: python tests/infra/calls.py infra/stack/needed.json"
    assert rights.needed() - shown == set(), again
    assert shown - rights.needed() == set(), again


WRONG_RIGHTS = {
    "given, and not needed: vault_api dynamodb:DeleteItem Ledgers": policies.items("Ledgers", "DeleteItem"),
    "given, and not needed: vault_api s3:GetObjectVersion MessagesBucket/receipts/*": policies.objects(
        "MessagesBucket", "GetObjectVersion", "receipts"
    ),
    "given, and not needed: vault_api kms:Sign": policies.signing("agencies")[0],
}


def test_what_has_no_resource_is_named_and_stands_beside_a_star_alone():
    traces = {"Effect": "Allow", "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "Resource": ["*"]}
    assert traces in policies.document("vault_api")["Statement"]
    actions = "CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries"
    actions += " PutResourcePolicy DescribeResourcePolicies DescribeLogGroups"
    assert tuple(f"logs:{action}" for action in actions.split()) == LOG_DELIVERY


def test_what_is_not_there_is_looked_for_under_one_prefix_only():
    listing = {n: [g.condition for g in grants if "s3:ListBucket" in g.actions] for n, grants in policies.NEEDS.items()}
    assert {name: found for name, found in listing.items() if found} == {
        "submit_api": [{"StringLike": {"s3:prefix": ["uploads/*"]}}],
        "onestop_api": [
            {"StringLike": {"s3:prefix": [f"{prefix}/*"]}}
            for prefix in ("uploads", "signers/agencies", "signers/officers", "previews")
        ],
        "digitisation_api": [{"StringLike": {"s3:prefix": ["signers/officers/*"]}}],
        "onestop_drive_bundle": [{"StringLike": {"s3:prefix": ["signers/agencies/*"]}}],
        "people_api": [{"StringLike": {"s3:prefix": [f"{begun}*"]}} for begun in ("evidence/", "erasures/PK-")],
        "messages_stamp_again": [{"StringLike": {"s3:prefix": ["signers/*"]}}],  # whose certificates it counts down
        "digitisation_take_in": [{"StringLike": {"s3:prefix": ["trust/*"]}}],
        "outbox_publish": [None],  # Lambda asks for the bucket before it writes what a stream gave up
        "outbox_replay": [{"StringLike": {"s3:prefix": ["aws/lambda/*"]}}],
    }


def test_the_outbox_may_read_the_stream_of_every_table():
    may = {right for right in rights.given() if right.startswith("outbox_publish dynamodb:GetRecords")}
    assert may == {f"outbox_publish dynamodb:GetRecords {table}" for table in TABLES}


def test_a_function_whose_needs_nobody_said_is_named(monkeypatch):
    monkeypatch.delitem(policies.NEEDS, "vault_store_result")
    with pytest.raises(LookupError, match="vault_store_result has no line in NEEDS"):
        compose.chalice_files()


def test_a_rule_for_a_function_that_is_not_declared_is_named():
    for led in (schedule("OnNothing", "rate(1 day)", "vault_count"), rule("OnNothing", {}, "vault_count")):
        with pytest.raises(LookupError, match="OnNothing calls VaultCount, which has no line in FUNCTIONS"):
            all_declared(led)


@pytest.mark.parametrize("told", WRONG_RIGHTS)
def test_a_right_too_many_is_refused(monkeypatch, capsys, told):
    wider = {**policies.NEEDS, "vault_api": (*policies.NEEDS["vault_api"], WRONG_RIGHTS[told])}
    monkeypatch.setattr(policies, "NEEDS", wider)
    monkeypatch.setattr(compose, "drift", list)  # whoever widens the table writes the files again
    monkeypatch.setattr(sys, "argv", ["compose", "--check"])
    assert compose.main() == 1
    assert f"{told} ({rights.IF_NEEDED})" in capsys.readouterr().err


def test_what_to_do_about_a_right_that_a_call_needs_is_a_command_and_a_name_that_are_there():
    command, file = re.findall(r"(\S+\.py) (\S+\.json)", rights.IF_NEEDED)[0]
    assert (ROOT / command).is_file()
    assert ROOT / file == rights.FILE
    assert "UNSEEN of infra/stack/unseen.py" in rights.IF_NEEDED


def test_a_right_too_few_and_a_reason_that_is_none_are_refused():
    few = rights.given() - {"vault_api dynamodb:GetItem Vaults", "messages_sign_copy kms:Sign"}
    assert list(rights.faults(rights.needed(), few)) == [
        "not given, and needed: messages_sign_copy kms:Sign",
        "not given, and needed: vault_api dynamodb:GetItem Vaults",
    ]
    shown = rights.needed() | {"messages_sign_copy kms:Sign"}
    assert list(rights.faults(shown, rights.given())) == [
        f"said to be unseen, and a call shows it: messages_sign_copy kms:Sign ({rights.NOW_SEEN})"
    ]


# --- broken on purpose ---------------------------------------------------------------------------------------


def role(template, name):
    return template["Resources"][f"{name}Role"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]


def drop(*path):
    def change(template):
        place = template["Resources"]
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


def put(value, *path):
    def change(template):
        place = template["Resources"]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


TARGET = ("OnCopySigned", "Properties", "Targets", 0)
NAMED = ("Properties", "FunctionName")
API = ("RestAPI", "Properties", "DefinitionBody", "paths")
BROKEN = {
    "OutboxPublishRole may do the action dynamodb:*": lambda t: role(t, "OutboxPublish")[0].update(Action="dynamodb:*"),
    "may do s3:GetObject on everything": lambda t: role(t, "DigitisationMakeCopy")[3].update(
        Action=["s3:GetObject"], Resource="*"
    ),
    "digitisation_make_copy may do something else": lambda t: role(t, "DigitisationMakeCopy")[3]["Action"].append(
        "dynamodb:DeleteItem"
    ),
    "DigitisationMakeCopyRole has a managed policy": put(
        ["arn:aws:iam::aws:policy/X"], "DigitisationMakeCopyRole", "Properties", "ManagedPolicyArns"
    ),
    "OnCopySigned has no dead-letter queue": lambda t: t["Resources"]["OnCopySigned"]["Properties"]["Targets"][0].pop(
        "DeadLetterConfig"
    ),
    "OnCopySigned does not try again": lambda t: t["Resources"]["OnCopySigned"]["Properties"]["Targets"][0].pop(
        "RetryPolicy"
    ),
    "EveryNight calls a function whose failures are lost": drop("AuditSweepInvoked"),
    "OnCopySigned leads to no queue that a function works on": put(
        {"Fn::GetAtt": ["DigitisationReadCopy", "Arn"]}, *TARGET, "Arn"
    ),
    "Digitisation says null, which CloudFormation takes nowhere": put(
        None, "Digitisation", "Properties", "Definition", "States", "Copy", "ResultPath"
    ),
    "ApiLogs is deleted with the stack": drop("ApiLogs", "DeletionPolicy"),
    "VaultLogs is deleted with the stack": drop("VaultLogs", "UpdateReplacePolicy"),
    "OneStopLogs is not kept for LogDays": put(30, "OneStopLogs", "Properties", "RetentionInDays"),
    "VaultLogs is not kept for LogDays": drop("VaultLogs", "Properties", "RetentionInDays"),
    "OnVaultStored leads to no queue that a function works on": drop("OnestopRecordDeliveryWorkMapping"),
    "OnCopySigned may not send to DigitisationReadCopyWork": drop("DigitisationReadCopyWorkPolicy"),
    "OnCopySigned may not send to": put("another", *TARGET[:2], "Name", "Fn::Sub"),
    "OnCopySigned may be there before it may send": drop("OnCopySigned", "DependsOn"),
    "DigitisationReadCopyWork has no redrive": drop("DigitisationReadCopyWork", "Properties", "RedrivePolicy"),
    "DigitisationTakeInWork has no redrive": drop("DigitisationTakeInParked"),
    "nothing brings back what VaultStoreResultParked has": lambda t: t["Resources"]["EveryHourParked"]["Properties"][
        "Targets"
    ][0].pop("Input"),
    "nothing brings back what CatalogueMakeListParked has": put(
        {"Ref": "OutboxReplay"}, "EveryHourParked", "Properties", "Targets", 0, "Input", "Fn::Sub", 1, "Parked0"
    ),
    "what MessagesSignCopyParked has for good tells no reason": drop("MessagesSignCopyInvoked"),
    "DigitisationReadCopyWork brings a message again": put(
        120, "DigitisationReadCopyWork", "Properties", "VisibilityTimeout"
    ),
    "CatalogueMakeListWorkMapping works on fewer than 2": put(
        {"MaximumConcurrency": 1}, "CatalogueMakeListWorkMapping", "Properties", "ScalingConfig"
    ),
    "DigitisationReadCopyWorkMapping works on fewer than 2": lambda t: t["Parameters"][
        "ReserveDigitisationReadCopy"
    ].update(MinValue=1),
    "VaultStoreResultWorkMapping works on fewer than 2 messages at once, or on any number": drop(
        "VaultStoreResultWorkMapping", "Properties", "ScalingConfig"
    ),
    "VaultStoreResultWorkMapping does not say which message failed": drop(
        "VaultStoreResultWorkMapping", "Properties", "FunctionResponseTypes"
    ),
    "nobody hears when something waits in DigitisationReadCopyWork": drop("DigitisationReadCopyOld"),
    "DossiersEvents keeps no rows of what it gives up": drop("DossiersEvents", "Properties", "DestinationConfig"),
    "DossiersEvents can be stopped for ever": drop("DossiersEvents", "Properties", "BisectBatchOnFunctionError"),
    "VaultsEvents keeps no rows of what it gives up": lambda t: t["Resources"]["VaultsEvents"]["Properties"].update(
        DestinationConfig={"OnFailure": {"Destination": arn("Parked")}}
    ),
    "nobody hears when something waits in DigitisationReadCopyParked": drop("DigitisationReadCopyParkedWaits"),
    "shares the role": put(
        {"Fn::GetAtt": ["DigitisationMakeCopyRole", "Arn"]}, "DigitisationReadCopy", "Properties", "Role"
    ),
    "DigitisationReadCopy is not traced": drop("DigitisationReadCopy", "Properties", "Tracing"),
    "DigitisationReadCopy has no log of ours": drop("DigitisationReadCopy", "Properties", "LoggingConfig"),
    "VaultStoreResult is only in one of list and template": drop("VaultStoreResult"),
    "DigitisationReadCopy: settings differ": drop(
        "DigitisationReadCopy", "Properties", "Environment", "Variables", "MOTCUA_STAGE"
    ),
    "VaultApi would serve another": put(
        "onestop", "VaultApi", "Properties", "Environment", "Variables", "MOTCUA_CAPABILITY"
    ),
    "GET /v1/vault/access is only in one of app and template": drop(*API, "/v1/vault/access"),
    "GET /v1/vault/access does not lead to vault_api": put(
        {"uri": rest_api.uri("onestop_api")}, *API, "/v1/vault/access", "get", "x-amazon-apigateway-integration"
    ),
    "GET /v1/vault/access is open": drop(*API, "/v1/vault/access", "get", "security"),
    "GET /v1/vault/documents is open": put([{"api_key": []}], *API, "/v1/vault/documents", "get", "security"),
    "GET /v1/services is guarded": put([{"identity_authorize": []}], *API, "/v1/services", "get", "security"),
    "vault_api may not be called by the API": drop("VaultApiMay"),
    "DossiersEvents calls a function past its alias": put(ref("OutboxPublish"), "DossiersEvents", *NAMED),
    "VaultApiMay calls a function past its alias": put(ref("VaultApi"), "VaultApiMay", *NAMED),
    "EveryNight calls a function past its alias": put(arn("AuditSweep"), "EveryNight", *TARGET[1:], "Arn"),
    "OneStop calls a function past its alias": put(
        arn("OnestopDecide"), "OneStop", "Properties", "DefinitionSubstitutions", "DecideArn"
    ),
    "AuditSweepInvoked parks nothing of the alias": put("$LATEST", "AuditSweepInvoked", "Properties", "Qualifier"),
    "OnestopSweepInvoked parks nothing of the alias": drop("OnestopSweepInvoked", "DependsOn"),
    "audit_sweep has no version of each change": drop("AuditSweep", "Properties", "AutoPublishAliasAllProperties"),
    "a version of submit_api that breaks stays": drop("SubmitApi", "Properties", "DeploymentPreference", "Alarms"),
    "WordsLayer changes and no function has a version": drop("WordsLayer", "Properties", "PublishLambdaVersion"),
    "Chalice's own function": put("${APIHandler.Arn}", *API, "/v1/services", "options", "x"),
}


@pytest.mark.parametrize("told", BROKEN)
def test_a_template_that_says_less_is_refused(broken, app, told):
    BROKEN[told](broken)
    assert any(told in fault for fault in faults.app_faults(broken, app))


BROKEN_DATA = {
    "Vaults is not retained": drop("Vaults", "DeletionPolicy"),
    "MessagesBucket is not retained": drop("MessagesBucket", "UpdateReplacePolicy"),
    "Vaults cannot be restored": drop("Vaults", "Properties", "PointInTimeRecoverySpecification"),
    "Vaults is not encrypted": drop("Vaults", "Properties", "SSESpecification"),
    "Vaults can be deleted": drop("Vaults", "Properties", "DeletionProtectionEnabled"),
    "IntakeBucket may become public": drop("IntakeBucket", "Properties", "PublicAccessBlockConfiguration"),
    "IntakeBucket keeps no versions": drop("IntakeBucket", "Properties", "VersioningConfiguration"),
    "IntakeBucket is not encrypted": drop("IntakeBucket", "Properties", "BucketEncryption"),
    "IntakeBucket may be used without TLS": drop("IntakeBucketPolicy"),
}


@pytest.mark.parametrize("told", BROKEN_DATA)
def test_a_data_template_that_protects_less_is_refused(told):
    broken = copy.deepcopy(compose.data_template())
    BROKEN_DATA[told](broken)
    assert any(told in fault for fault in faults.data_faults(broken))


# AWS::Logs::LogGroup, RetentionInDays: CloudWatch takes no other number.
CLOUDWATCH_KEEPS = {
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
}  # fmt: skip


def test_no_stage_keeps_its_logs_for_less_than_the_law_says(template):
    """QCVN 12:2026/BCA, 3.9.2.1.9-11."""
    rule = packs.newest().rules.logs_kept_months
    day = date(2027, 3, 1)  # the twelve months after it have a 29 February
    months = (date(day.year + rule.value // 12, day.month + rule.value % 12, 1) - day).days
    given = template["Parameters"]["LogDays"]
    assert (rule.value, months) == (12, 366)
    assert set(given["AllowedValues"]) == {days for days in CLOUDWATCH_KEEPS if days >= months}
    assert given["Default"] == min(given["AllowedValues"])


def test_every_capability_every_machine_and_the_gateway_have_a_log_of_their_own(template):
    logs = set(of(template, "AWS::Logs::LogGroup"))
    assert {f"{logical(name.split('_')[0])}Logs" for name in FUNCTIONS} | {"OneStopLogs", "ApiLogs"} <= logs
    written = json.dumps(template["Resources"]["RestAPI"])
    assert "ApiLogs" in written, "the stage of the API writes its access log there"


def test_no_function_deletes_what_is_signed_nor_ends_its_lock():
    """Receipts and results; a lock is put on by whoever signs or stamps, and by nobody else."""
    found = {
        (name, action)
        for name, grants in policies.NEEDS.items()
        for grant in grants
        for action in grant.actions
        for resource in grant.resources
        if re.search("receipts|results", json.dumps(resource))
        if not action.startswith(("s3:GetObject", "s3:PutObject")) or "Retention" in action or "Hold" in action
    }
    assert found == {(name, "s3:PutObjectRetention") for name in ("messages_issue_paper", "messages_stamp_again")}
    every = json.dumps([grant.actions for grants in policies.NEEDS.values() for grant in grants])
    assert "BypassGovernanceRetention" not in every
    assert "PutLifecycleConfiguration" not in every


def test_the_bucket_of_papers_can_lock_and_locks_nothing_by_itself():
    given = DATA["MessagesBucket"]["Properties"]
    assert given["ObjectLockEnabled"] is True
    assert given["ObjectLockConfiguration"] == {"ObjectLockEnabled": "Enabled"}
    assert given["VersioningConfiguration"] == {"Status": "Enabled"}


def test_no_lifecycle_rule_deletes_what_a_record_may_name():
    """Previews and lists are named by their keys alone, and made again; rows of letters are in their record's log.

    An archive of a vault is a copy that goes; its record does not name it as a file that has to stay.
    Heads of chains are named by no record, and the next ones stand before they go.
    """
    ending = {
        (name, rule.get("Prefix"), tuple(sorted(what for what in rule if "Expiration" in what)))
        for name, given in DATA.items()
        if given["Type"] == "AWS::S3::Bucket"
        for rule in given["Properties"]["LifecycleConfiguration"]["Rules"]
        if any("Expiration" in what for what in rule)
    }
    assert ending == {
        ("MessagesBucket", "previews/", ("NoncurrentVersionExpiration",)),
        ("MessagesBucket", "takeouts/", ("ExpirationInDays", "NoncurrentVersionExpiration")),
        ("MessagesBucket", "heads/", ("ExpirationInDays", "NoncurrentVersionExpiration")),
        ("ExportsBucket", "catalogue/", ("ExpirationInDays", "NoncurrentVersionExpiration")),
        ("LettersBucket", "aws/lambda/", ("ExpirationInDays", "NoncurrentVersionExpiration")),
    }


def test_the_tables_that_count_by_day_and_those_of_keys_and_feeds_forget_by_one_attribute_and_no_other_forgets():
    tables = {k: v["Properties"] for k, v in DATA.items() if v["Type"] == "AWS::DynamoDB::Table"}
    forgetting = {k: v["TimeToLiveSpecification"] for k, v in tables.items() if "TimeToLiveSpecification" in v}
    forgotten = {"AttributeName": "forget_at", "Enabled": True}
    assert forgetting == dict.fromkeys(("Dossiers", "Identity", "Subscriptions", "Vaults"), forgotten)


@pytest.mark.parametrize(
    "statement",
    [
        {"Effect": "Allow", "Action": "*", "Resource": "arn"},
        {"Effect": "Allow", "Action": ["s3:Get*"], "Resource": ["arn"]},
        {"Effect": "Allow", "NotAction": ["s3:GetObject"], "Resource": ["arn"]},
        {"Effect": "Allow", "Action": ["s3:GetObject"], "NotResource": ["arn"]},
        {"Effect": "Allow", "Action": ["xray:PutTraceSegments", "s3:GetObject"], "Resource": ["*"]},
    ],
)
def test_a_wide_statement_is_seen(statement):
    assert faults.wide(statement)
