"""What a stage must say before anything is made in an account, and what is made, shown and refused there."""

import io
import json

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber
from moto import mock_aws
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

from chalicelib.identity.authorizer import plan
from infra.build import account as accounts
from infra.build import deploy
from infra.build.account import Account, Declined, WouldLose, placed, tls_only
from infra.build.deploy import UnfitStage, restored, settings_of
from infra.build.portals import ids, rates
from infra.build.portals import template as template_of
from infra.build.stacks import DeployFailed, Stack, names_of
from infra.stack.resources import ref

GOOD = {
    "Stage": "trial",
    "Issuer": "https://issuer.example.vn",
    "JwksUrl": "https://issuer.example.vn/jwks",
    "PublicUrl": "https://dvc.example.vn",
    "TimestampUrl": "https://tsa.example.vn",
}


def stage(folder, name="trial", **changes):
    given = {k: v for k, v in (GOOD | changes).items() if v is not None}
    (folder / f"{name}.json").write_text(json.dumps(given), "utf-8")
    return settings_of(name, folder)


def test_a_whole_stage_is_taken(tmp_path):
    assert stage(tmp_path) == GOOD


def test_restored_tables_go_before_those_of_the_data_stack(tmp_path):
    assert restored(GOOD) == {}
    assert restored(stage(tmp_path, DossiersName="dossiers-r1")) == {"table.Dossiers": "dossiers-r1"}


@pytest.mark.parametrize("name", GOOD)
def test_a_stage_without_a_setting_is_refused_and_the_setting_named(tmp_path, name):
    with pytest.raises(UnfitStage, match=name):
        stage(tmp_path, **{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Issuer", "http://127.0.0.1:8000/local/issuer"),
        ("JwksUrl", "http://issuer.example.vn/jwks"),
        ("PublicUrl", "http://dvc.example.vn"),
        ("TimestampUrl", "http://tsa.example.vn"),
        ("Secret", "x" * 40),
        ("KeysFolder", "/tmp/keys"),
        ("Stage", "other"),
    ],
)
def test_what_belongs_to_a_developers_machine_is_refused(tmp_path, name, value):
    with pytest.raises(UnfitStage, match=name):
        stage(tmp_path, **{name: value})


def test_a_lock_without_a_time_is_refused(tmp_path):
    with pytest.raises(UnfitStage, match="LockMode locks for RetainYears"):
        stage(tmp_path, LockMode="GOVERNANCE")
    assert stage(tmp_path, LockMode="GOVERNANCE", RetainYears="10")["RetainYears"] == "10"
    assert stage(tmp_path, LockMode="NONE")


def test_a_remote_signing_service_is_told_whole_or_not_at_all(tmp_path):
    whole = {
        "CscUrl": "https://sign.example.vn/csc/v2",
        "CscClient": "motcua",
        "CscSecretArn": "arn:aws:s:r:1:secret:x",
    }
    assert stage(tmp_path, **whole).items() >= whole.items()
    for name in whole:
        with pytest.raises(UnfitStage, match="come together or not at all"):
            stage(tmp_path, **{**whole, name: None})
    with pytest.raises(UnfitStage, match="CscUrl must be an https address"):
        stage(tmp_path, **{**whole, "CscUrl": "http://sign.example.vn/csc/v2"})


def test_the_local_stage_is_not_deployed(tmp_path):
    with pytest.raises(UnfitStage, match="not local"):
        stage(tmp_path, "local", Stage="local")


def test_a_stage_without_a_file_says_where_to_read(tmp_path):
    with pytest.raises(UnfitStage, match=r"deploy\.md"):
        settings_of("nothing", tmp_path)


def test_a_deployment_is_named_as_the_operators_commands_look_it_up():
    data = Stack("data", 0, {}, {"Dossiers": ("AWS::DynamoDB::Table", "t-1"), "Key": ("AWS::KMS::Key", "k")})
    app = Stack(
        "app", 0, {}, {"OnestopOpenLeg": ("AWS::Lambda::Function", "f-1"), "Parked": ("AWS::SQS::Queue", "q-1")}
    )
    assert names_of(data, app) == {
        "table.Dossiers": "t-1",
        "key.Key": "k",
        "queue.Parked": "q-1",
        "function.onestop_open_leg": "f-1",
    }
    app.resources["OnestopOpenLegAliaslive"] = ("AWS::Lambda::Alias", "arn:aws:lambda:r:1:function:f-1:live")
    assert names_of(app)["function.onestop_open_leg"] == "f-1:live", "its failures are parked by the alias alone"


# --- an account ----------------------------------------------------------------------------------------------

MINE = "123456789012"
KINDS = ("UsagePlan", "ApiKey", "UsagePlanKey")
QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {}}


@pytest.fixture
def aws(monkeypatch):
    """moto in this process, and no cloud of other tests."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "ap-southeast-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    # moto holds a bucket's policy against each call and leaves out its conditions: it would refuse TLS, too.
    monkeypatch.setattr(FakeBucket, "get_permission", lambda *_: PermissionResult.NEUTRAL)
    with mock_aws():
        yield boto3.client


class Person:
    """Whoever is asked: what was shown and asked, and the answers in turn, the last one for ever."""

    def __init__(self, *answers):
        self.answers, self.said, self.asked = list(answers), [], []

    def ask(self, question):
        self.asked.append(question)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def at(aws):
    def make(*answers, region="ap-southeast-1"):
        person = Person(*answers)
        made = Account(account=MINE, region=region, ask=person.ask, say=person.said.append)
        made.pause, made.seconds = 0, 5
        return made, person

    return make


@pytest.fixture
def template(tmp_path):
    def write(resources, **more):
        file = tmp_path / "template.json"
        file.write_text(json.dumps({"Resources": resources, **more}), "utf-8")
        return file

    return write


def statuses(aws):
    stacks = aws("cloudformation").describe_stacks()["Stacks"]
    return {stack["StackName"]: stack["StackStatus"] for stack in stacks}


def test_what_would_change_is_shown_and_made_when_somebody_agrees(aws, at, template):
    account, person = at(True)
    made = account.apply("motcua-trial-work", template({"Parked": QUEUE}), {})
    assert made.physical("AWS::SQS::Queue").keys() == {"Parked"}
    assert person.said == ["motcua-trial-work: 1 changes", "  Add      Parked (AWS::SQS::Queue)"]
    assert person.asked == ["Make these changes to motcua-trial-work?"]
    account.apply("motcua-trial-work", template({"Parked": QUEUE, "More": QUEUE}), {})
    assert "  Add      More (AWS::SQS::Queue)" in person.said
    assert statuses(aws) == {"motcua-trial-work": "UPDATE_COMPLETE"}


def test_what_nobody_agrees_to_is_not_made(aws, at, template):
    account, _ = at(False)
    with pytest.raises(Declined, match="motcua-trial-work: nothing was changed"):
        account.apply("motcua-trial-work", template({"Parked": QUEUE}), {})
    assert statuses(aws) == {}, "no empty stack stays behind"
    assert aws("sqs").list_queues().get("QueueUrls", []) == []


def test_an_update_that_nobody_agrees_to_leaves_the_stack_as_it_was(aws, at, template):
    account, _ = at(True, False)
    account.apply("motcua-trial-work", template({"Parked": QUEUE}), {})
    with pytest.raises(Declined):
        account.apply("motcua-trial-work", template({"Parked": QUEUE, "More": QUEUE}), {})
    assert account.look("motcua-trial-work").resources.keys() == {"Parked"}
    sets = aws("cloudformation").list_change_sets(StackName="motcua-trial-work")["Summaries"]
    assert len(sets) == 1, "the one that was executed"


def change(action, name, kind, replacement=None):
    given = {"Action": action, "LogicalResourceId": name, "ResourceType": kind}
    return given | ({"Replacement": replacement} if replacement else {})


@pytest.mark.parametrize(
    ("lost", "refused"),
    [
        (change("Modify", "Dossiers", "AWS::DynamoDB::Table", "True"), True),
        (change("Remove", "MessagesBucket", "AWS::S3::Bucket"), True),
        (change("Modify", "DataKey", "AWS::KMS::Key", "True"), True),
        (change("Modify", "Dossiers", "AWS::DynamoDB::Table", "False"), False),
        (change("Add", "Ledgers", "AWS::DynamoDB::Table"), False),
        (change("Modify", "VaultApi", "AWS::Lambda::Function", "True"), False),
    ],
)
def test_a_table_a_bucket_or_a_key_is_never_made_anew(at, lost, refused):
    account, person = at(True)
    with Stubber(account._cloudformation) as stub:
        stub.add_response("describe_change_set", {"Changes": [{"ResourceChange": lost}]})
        if refused:
            stub.add_response("delete_change_set", {})
            with pytest.raises(WouldLose, match=lost["LogicalResourceId"]):
                account._agree("motcua-trial-data", "arn:set", first=False)
            assert person.asked == [], "not even --yes says yes to it"
        else:
            account._agree("motcua-trial-data", "arn:set", first=False)
            assert len(person.asked) == 1
        stub.assert_no_pending_responses()


def test_what_waits_in_a_queue_that_goes_is_told():
    lines = accounts.told(
        [change("Remove", "OldWork", "AWS::SQS::Queue"), change("Modify", "A", "X::Y", "Conditional")]
    )
    assert lines == [
        "  Modify   A (X::Y), perhaps made anew",
        "  Remove   OldWork (AWS::SQS::Queue), with what waits in it",
    ]


@pytest.mark.parametrize(
    "reason",
    [
        "The submitted information didn't contain changes. Submit different information to create a change set.",
        "No updates are to be performed.",
    ],
)
def test_nothing_to_change_is_no_failure(at, template, reason):
    account, person = at(True)
    file = template({"Parked": QUEUE})
    account.apply("motcua-trial-work", file, {})
    with Stubber(account._cloudformation) as stub:
        stub.add_response("create_change_set", {"Id": "arn:aws:cloudformation:set"})
        stub.add_response("describe_change_set", {"Status": "CREATE_IN_PROGRESS"})
        stub.add_response("describe_change_set", {"Status": "FAILED", "StatusReason": reason})
        stub.add_response("delete_change_set", {})
        assert account._propose("motcua-trial-work", file, {}, first=False) == ""
        stub.assert_no_pending_responses()
    assert person.said[-1] == "motcua-trial-work: nothing to change"


def test_a_change_set_that_fails_fails_the_deployment(at, template):
    account, _ = at(True)
    with Stubber(account._cloudformation) as stub:
        stub.add_response("create_change_set", {"Id": "arn:aws:cloudformation:set"})
        stub.add_response("describe_change_set", {"Status": "FAILED", "StatusReason": "Transform failed"})
        stub.add_response("delete_change_set", {})
        with pytest.raises(DeployFailed, match="Transform failed"):
            account._propose("motcua-trial-app", template({"Parked": QUEUE}), {}, first=False)


def described(status):
    return {"Stacks": [{"StackName": "s", "StackId": "arn:s", "StackStatus": status, "CreationTime": 0}]}


def test_a_stack_that_was_never_made_is_deleted_and_made_again(at, template):
    account, person = at(True)
    with Stubber(account._cloudformation) as stub:
        stub.add_response("describe_stacks", described("ROLLBACK_COMPLETE"))
        stub.add_response("describe_stacks", described("ROLLBACK_COMPLETE"))
        stub.add_response("delete_stack", {})
        stub.add_response("describe_stacks", described("DELETE_COMPLETE"), {"StackName": "arn:s"})
        stub.add_response(
            "create_change_set",
            {"Id": "arn:aws:cloudformation:set"},
            {
                "StackName": "s",
                "ChangeSetType": "CREATE",
                "ChangeSetName": ANY,
                "TemplateURL": ANY,
                "Parameters": [],
                "Capabilities": ANY,
            },
        )
        stub.add_response("describe_change_set", {"Status": "CREATE_COMPLETE"})
        stub.add_response("describe_change_set", {"Changes": []})
        stub.add_response("execute_change_set", {})
        stub.add_response("describe_stacks", described("CREATE_COMPLETE"))
        stub.add_response("describe_stacks", described("CREATE_COMPLETE"))
        stub.add_response("list_stack_resources", {"StackResourceSummaries": []})
        account.apply("s", template({"Parked": QUEUE}), {})
        stub.assert_no_pending_responses()
    assert [q.partition(".")[0] for q in person.asked] == [
        "s is ROLLBACK_COMPLETE: its creation failed",
        "Make these changes to s?",
    ]


def test_a_stack_that_was_never_made_stays_when_nobody_agrees(at, template):
    account, _ = at(False)
    with Stubber(account._cloudformation) as stub:
        stub.add_response("describe_stacks", described("ROLLBACK_COMPLETE"))
        with pytest.raises(Declined, match="stays as it is"):
            account.apply("s", template({"Parked": QUEUE}), {})


@pytest.mark.parametrize(
    ("status", "what"),
    [
        ("UPDATE_IN_PROGRESS", "wait until it ends"),
        ("UPDATE_ROLLBACK_FAILED", "continue-update-rollback"),
        ("DELETE_FAILED", "by hand"),
    ],
)
def test_a_stack_that_takes_no_change_says_what_to_do(at, template, status, what):
    account, person = at(True)
    with Stubber(account._cloudformation) as stub:
        stub.add_response("describe_stacks", described(status))
        with pytest.raises(DeployFailed, match=what):
            account.apply("s", template({"Parked": QUEUE}), {})
    assert person.asked == []


def test_not_being_allowed_to_look_is_not_taken_for_there_is_none(at):
    account, _ = at(True)
    with Stubber(account._cloudformation) as stub:
        stub.add_client_error("describe_stacks", "AccessDenied", "not yours")
        with pytest.raises(DeployFailed, match="AccessDenied"):
            account._status("s")


def test_a_setting_that_changes_is_a_new_version_of_the_functions_that_ask_for_it(at):
    """SAM makes a version of what a function says, and it says the name of a parameter, not its value."""
    account, _ = at(True)

    def described(**values):
        asks = {"Environment": {"Variables": {"MOTCUA_PUBLIC_URL": ref("PublicUrl"), "X": {"Fn::Sub": "a-${Stage}"}}}}
        made = {
            name: {"Type": "AWS::Serverless::Function", "Properties": p} for name, p in {"A": asks, "B": {}}.items()
        }
        marked = account.marked({"Resources": made}, values)["Resources"]
        return [marked[name]["Properties"]["Description"] for name in ("A", "B")]

    first = described(PublicUrl="https://a.vn", Stage="trial", ThrottleRate="1")
    assert described(PublicUrl="https://a.vn", Stage="trial", ThrottleRate="2") == first
    for other in ({"PublicUrl": "https://b.vn", "Stage": "trial"}, {"PublicUrl": "https://a.vn", "Stage": "other"}):
        changed = described(**other)
        assert (changed[0] == first[0], changed[1] == first[1]) == (False, True)
    assert "https" not in "".join(first)


# --- the bucket of artefacts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["ap-southeast-1", "us-east-1"])
def test_the_bucket_is_made_closed_and_versioned_in_every_region(aws, at, template, monkeypatch, region):
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    account, _ = at(True, region=region)
    account.apply("motcua-trial-work", template({"Parked": QUEUE}), {})
    s3, bucket = aws("s3"), f"motcua-artefacts-{MINE}-{region}"
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] == (None if region == "us-east-1" else region)
    assert set(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values()) == {True}
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"]) == tls_only(bucket)
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}
    ]


def test_the_first_region_is_not_named_to_s3_and_every_other_is():
    """moto takes the name of the first region; S3 answers InvalidLocationConstraint."""
    assert placed("us-east-1") == {}
    assert placed("ap-southeast-1") == {"CreateBucketConfiguration": {"LocationConstraint": "ap-southeast-1"}}


def test_a_bucket_that_somebody_opened_is_closed_again(aws, at):
    account, _ = at(True)
    s3 = account._bucket()
    s3.delete_public_access_block(Bucket=account._artefacts)
    s3.delete_bucket_policy(Bucket=account._artefacts)
    s3.put_bucket_versioning(Bucket=account._artefacts, VersioningConfiguration={"Status": "Suspended"})
    account._bucket()
    assert aws("s3").get_bucket_versioning(Bucket=account._artefacts)["Status"] == "Enabled"
    assert set(
        aws("s3").get_public_access_block(Bucket=account._artefacts)["PublicAccessBlockConfiguration"].values()
    ) == {True}
    assert aws("s3").get_bucket_policy(Bucket=account._artefacts)["Policy"]


def test_a_bucket_of_somebody_else_gets_nothing(at, monkeypatch):
    account, _ = at(True)
    client = boto3.client("s3")
    with Stubber(client) as stub:
        stub.add_client_error("head_bucket", "403", expected_params={"Bucket": ANY, "ExpectedBucketOwner": MINE})
        monkeypatch.setattr(account, "client", lambda _: client)
        with pytest.raises(DeployFailed, match="is not ours"):
            account._bucket()


def test_the_template_is_no_link_that_opens_for_anybody(aws, at):
    account, _ = at(True)
    url = account._put_template("s", {"Resources": {}})
    assert url.endswith("/s.json")
    assert "?" not in url


# --- a function's error --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "payload", "told"),
    [
        ({"FunctionError": "Unhandled"}, b'{"errorType": "Unreadable", "errorMessage": "Nguyen Van A"}', "Unreadable"),
        ({"FunctionError": "Unhandled"}, b"", "Unhandled"),
    ],
)
def test_a_functions_error_fails_the_deployment_and_repeats_nobodys_name(at, monkeypatch, answer, payload, told):
    account, _ = at(True)
    client = boto3.client("lambda")
    with Stubber(client) as stub:
        body = StreamingBody(io.BytesIO(payload), len(payload))
        stub.add_response("invoke", {"StatusCode": 200, "Payload": body, **answer})
        monkeypatch.setattr(account, "client", lambda _: client)
        with pytest.raises(DeployFailed, match=f"loader failed: {told}") as refused:
            account.call("loader")
    assert "Nguyen" not in str(refused.value)


def test_a_slow_function_is_waited_for_and_not_called_twice(at):
    config = at(True)[0].client("lambda").meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.read_timeout > 300, "catalogue_load may take as long"


# --- the command ---------------------------------------------------------------------------------------------


class Recorded(Account):
    """What the command asks of an account."""

    calls: list
    there: tuple = ()

    def apply(self, name, template, parameters):
        self.calls.append((name, template.name, dict(parameters)))
        part = template.stem
        function = {"CatalogueLoad": ("AWS::Lambda::Function", "loader")} if part == "app" else {}
        more = {"RestAPIId": "new"} if part == "app" else {}
        return Stack(name, 0, {f"Of{part.capitalize()}": part, **more}, function)

    def protect(self, name):
        self.calls.append(("protect", name))

    def outputs(self, name):
        return {"RestAPIId": "known"} if name in self.there else {}

    def call(self, function):
        self.calls.append(("call", function))


@pytest.fixture
def command(aws, tmp_path, monkeypatch):
    monkeypatch.setattr(Recorded, "calls", [], raising=False)
    monkeypatch.setattr(deploy, "Account", Recorded)
    monkeypatch.setattr(deploy, "ROOT", tmp_path)
    monkeypatch.setattr(deploy, "settings_of", lambda name: settings_of(name, tmp_path))
    stage(tmp_path)
    return lambda *words: deploy.main(["trial", *words])


def test_each_stack_gets_what_those_before_it_gave(command, tmp_path):
    assert command("--yes") == 0
    names = [call[0] for call in Recorded.calls]
    prefix = "motcua-trial-"
    assert names == [f"{prefix}data", "protect", f"{prefix}work", f"{prefix}app", f"{prefix}watch", "call"]
    watch = Recorded.calls[4][2]
    taken = {"OfData": "data", "OfWork": "work", "OfApp": "app", "RestAPIId": "new"}
    assert watch == GOOD | {"Installation": "motcua-trial", "PortalIds": "none", **taken}
    assert Recorded.calls[-1] == ("call", "loader")
    where = json.loads((tmp_path / ".local" / "deploy" / "trial" / "where.json").read_text())
    assert (where["region"], where["function.catalogue_load"]) == ("ap-southeast-1", "loader")
    assert "Secret" not in where


@pytest.mark.parametrize(
    ("there", "order", "api"),
    [
        ((), ["data", "work", "app", "watch", "portals"], "new"),
        (("motcua-trial-app",), ["data", "work", "portals", "app", "watch"], "known"),
    ],
)
def test_whoever_has_a_key_is_counted_before_the_api_asks_for_one(command, tmp_path, monkeypatch, there, order, api):
    stage(tmp_path, Portals="dvc-hanoi=50,others=200")
    monkeypatch.setattr(Recorded, "there", there)
    assert command("--yes") == 0
    made = {name.removeprefix("motcua-trial-"): given for name, _, given in (c for c in Recorded.calls if len(c) == 3)}
    assert list(made) == order
    assert made["portals"] == {"RestAPIId": api}
    assert made["app"]["PortalIds"] == "dvc-hanoi"


@pytest.mark.parametrize(
    "portals",
    ["dvc-hanoi", "dvc-hanoi=0,others=1", "dvc-hanoi=5", "a=1,a=2,others=1", "none=1,others=1", "a b=1,others=1", ","],
)
def test_portals_that_are_not_said_as_they_must_be_are_refused(tmp_path, portals):
    with pytest.raises(UnfitStage, match="Portals: "):
        stage(tmp_path, Portals=portals)


def test_each_portal_has_a_plan_and_the_key_that_the_authorizer_says(monkeypatch):
    made = template_of(rates("dvc-hanoi=50,others=200"))
    of = {
        kind: [r["Properties"] for r in made["Resources"].values() if r["Type"].endswith(f"::{kind}")] for kind in KINDS
    }
    keys = {given["Value"] for given in of["ApiKey"]}
    monkeypatch.setenv("MOTCUA_PORTALS", ids(rates("dvc-hanoi=50,others=200")))
    said = {plan({"client_id": client}) for client in ("dvc-hanoi", "dvc-hue", None)}
    assert keys == said == {"motcua-portal-plan-dvc-hanoi", "motcua-portal-plan-others"}
    assert all(len(key) >= 20 for key in keys), "API Gateway takes no shorter one"
    assert sorted(given["Throttle"]["RateLimit"] for given in of["UsagePlan"]) == [50, 200]
    assert all(given["ApiStages"] == [{"ApiId": ref("RestAPIId"), "Stage": "api"}] for given in of["UsagePlan"])
    joined = {(given["UsagePlanId"]["Ref"] + "Key", given["KeyId"]["Ref"]) for given in of["UsagePlanKey"]}
    assert all(own == key and key in made["Resources"] for own, key in joined)
    assert len(joined) == len(keys)


def test_the_plan_of_a_portal_stays_when_another_one_comes():
    few, more = (template_of(rates(told))["Resources"] for told in ("b=1,others=1", "a=1,b=1,others=1"))
    assert few.items() <= more.items()
    assert [ids(rates(told)) for told in ("", "others=5", "b=1,a=1,others=1")] == ["none", "others", "a,b"]


def test_where_nobody_can_be_asked_nothing_is_made_without_yes(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with pytest.raises(Declined, match="--yes"):
        deploy.agreed("Make these changes?")


@pytest.mark.parametrize(("typed", "expected"), [("y", True), ("yes", True), ("", False), ("n", False), ("ja", False)])
def test_only_yes_is_yes(monkeypatch, typed, expected):
    terminal = io.StringIO(f"{typed}\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    assert deploy.agreed("Make these changes?") is expected


def test_a_failed_deployment_ends_with_1_and_says_why(command, monkeypatch, capsys):
    def fail(*_):
        raise DeployFailed("loader failed: Unreadable")

    monkeypatch.setattr(Recorded, "call", fail)
    assert command("--yes") == 1
    assert "loader failed: Unreadable" in capsys.readouterr().err
