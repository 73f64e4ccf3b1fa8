"""What stock moto 5.2.5 lacks, shown in processes of their own without our shims.

A failure here is good news: the gap of that name is closed upstream, and its shim in `infra/local/shims` can go.
"""

import json
import subprocess
import sys

import pytest

COMMON = """
import json, os, threading, time, urllib.request
import boto3, logging
from moto.server import ThreadedMotoServer
logging.getLogger("werkzeug").setLevel(logging.ERROR)
logging.disable(logging.CRITICAL)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
port = server.get_host_and_port()[1]
os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="ap-southeast-1",
                  AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}", MOTO_PORT=str(port), AWS_MAX_ATTEMPTS="1")
gaps = {}
def gap(function):
    try:
        gaps[function.__name__] = bool(function())
    except Exception as error:
        gaps[function.__name__] = f"{type(error).__name__}: {error}"
role = "arn:aws:iam::123456789012:role/local"
boto3.client("iam").create_role(RoleName="local", AssumeRolePolicyDocument="{}")
"""

DYNAMODB = """
ddb = boto3.client("dynamodb")
ddb.create_table(TableName="t", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
                 AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                 StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import StreamShard, Table
table = lambda: dynamodb_backends["123456789012"]["ap-southeast-1"].tables["t"]
put = lambda pk, **more: {"Put": {"TableName": "t", "Item": {"pk": {"S": pk}}, **more}}
free = {"ConditionExpression": "attribute_not_exists(pk)"}

@gap
def token_is_ignored():
    add = {"Update": {"TableName": "t", "Key": {"pk": {"S": "n"}}, "UpdateExpression": "ADD n :o",
                      "ExpressionAttributeValues": {":o": {"N": "1"}}}}
    for _ in range(2):
        ddb.transact_write_items(TransactItems=[add], ClientRequestToken="same")
    return ddb.get_item(TableName="t", Key={"pk": {"S": "n"}})["Item"]["n"]["N"] == "2"

@gap
def records_come_before_the_last_condition():
    seen, stock = [], StreamShard.add
    StreamShard.add = lambda self, old, new: (seen.append(new), stock(self, old, new))[1]
    try:
        ddb.transact_write_items(TransactItems=[put("fresh"), put("n", **free)])
    except ddb.exceptions.TransactionCanceledException:
        pass
    finally:
        StreamShard.add = stock
    return len(seen) == 1

@gap
def cancelling_swaps_the_whole_table():
    before = table()
    try:
        ddb.transact_write_items(TransactItems=[put("n", **free)])
    except ddb.exceptions.TransactionCanceledException:
        pass
    return table() is not before

@gap
def an_answer_is_walked_value_by_value():
    from moto.core.serialize import ResponseSerializer
    walked, stock = [], ResponseSerializer._serialize
    ResponseSerializer._serialize = lambda self, *more: (walked.append(more), stock(self, *more))[1]
    ddb.get_item(TableName="t", Key={"pk": {"S": "n"}})
    ResponseSerializer._serialize = stock
    return len(walked) > 3

@gap
def each_request_reads_the_folder_of_moto_and_inspects_a_class():
    import inspect
    read, stock = [], (os.listdir, inspect.getmembers)
    os.listdir = lambda path: (read.append("folder"), stock[0](path))[1]
    inspect.getmembers = lambda *more, **named: (read.append("class"), stock[1](*more, **named))[1]
    ddb.list_tables()
    os.listdir, inspect.getmembers = stock
    return set(read) == {"folder", "class"}

@gap
def an_item_that_was_overwritten_is_kept():
    from moto.dynamodb.models.dynamo_type import Item
    before = len(Item.instances_tracked)
    for text in ("old", "new"):
        ddb.put_item(TableName="t", Item={"pk": {"S": "again"}, "a": {"S": text}})
    return len(Item.instances_tracked) - before >= 2

@gap
def an_update_that_creates_is_two_records():
    before = len(table().stream_shard.items)
    ddb.update_item(TableName="t", Key={"pk": {"S": "created"}}, UpdateExpression="SET a = :a",
                    ExpressionAttributeValues={":a": {"S": "1"}})
    return len(table().stream_shard.items) - before == 2

@gap
def an_update_too_large_is_half_done():
    ddb.put_item(TableName="t", Item={"pk": {"S": "big"}, "a": {"S": "old"}})
    try:
        ddb.update_item(TableName="t", Key={"pk": {"S": "big"}}, UpdateExpression="SET a = :a, b = :b",
                        ExpressionAttributeValues={":a": {"S": "new"}, ":b": {"S": "x" * 410000}})
    except Exception:
        pass
    return ddb.get_item(TableName="t", Key={"pk": {"S": "big"}})["Item"]["a"]["S"] == "new"

@gap
def a_query_sorts_the_whole_table():
    seen, stock = [], Table.all_items
    def watch(self):
        found = stock(self)
        seen.append(len(found))
        return found
    Table.all_items = watch
    ddb.query(TableName="t", KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": {"S": "n"}})
    Table.all_items = stock
    return seen and seen[0] > 1

@gap
def consumed_capacity_is_made_up():
    ddb.put_item(TableName="t", Item={"pk": {"S": "k"}, "a": {"S": "x" * 9000}})
    used = ddb.get_item(TableName="t", Key={"pk": {"S": "k"}}, ReturnConsumedCapacity="TOTAL")["ConsumedCapacity"]
    return used["CapacityUnits"] != 1.5
"""

EVENTS = """
events, s3 = boto3.client("events"), boto3.client("s3")
events.create_event_bus(Name="bus")
created = {"source": ["aws.s3"], "detail-type": ["Object Created"]}
for bus, pattern in (("bus", {"source": ["motcua"]}), ("default", created)):
    events.put_rule(Name="r", EventBusName=bus, EventPattern=json.dumps(pattern))
sqs = boto3.client("sqs")
sqs.create_queue(QueueName="work")
work = "arn:aws:sqs:ap-southeast-1:123456789012:work"
events.put_targets(Rule="r", EventBusName="bus", Targets=[{"Id": "1", "Arn": work}])
from moto.events.models import Rule

@gap
def a_queue_keeps_what_a_rule_brings_in_memory_only():
    from moto.sqs import sqs_backends
    events.put_events(Entries=[{"EventBusName": "bus", "Source": "motcua", "DetailType": "a", "Detail": "{}"}])
    return [json.loads(m.body) for m in sqs_backends["123456789012"]["ap-southeast-1"].queues["work"]._messages]

seen, stock = [], Rule.send_to_targets
def watch(self, event, transform_input=True):
    if self.event_pattern.matches_event(event):
        seen.append(json.loads(json.dumps(event)))
Rule.send_to_targets = watch
s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"})
s3.put_bucket_notification_configuration(Bucket="bucket", NotificationConfiguration={"EventBridgeConfiguration": {}})
for _ in range(2):
    s3.put_object(Bucket="bucket", Key="a b", Body=b"x")

@gap
def events_of_s3_share_one_id():
    one, two = ((e["id"], e["detail"]["object"]["sequencer"]) for e in seen)
    return one == two

@gap
def events_of_s3_have_a_number_as_time():
    return not isinstance(seen[0]["time"], str)

@gap
def events_of_s3_call_the_etag_eTag():
    return "etag" not in seen[0]["detail"]["object"]

@gap
def a_file_that_goes_without_a_reset_is_called_a_mistake():
    import gc, warnings
    from moto.s3.models import FakeKey
    kept = len(FakeKey.instances_tracked) > 1              # each that the one key ever had
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        FakeKey("gone", b"y", "123456789012", "ap-southeast-1")
        FakeKey.instances_tracked.pop()
        gc.collect()
    return kept and "S3 key was not disposed of in time" in {str(each.message) for each in told}

@gap
def a_symmetric_key_draws_a_pair_for_signing():
    from cryptography.hazmat.primitives.asymmetric import rsa
    drawn, stock = [], rsa.generate_private_key
    rsa.generate_private_key = lambda **named: (drawn.append(named), stock(**named))[1]
    boto3.client("kms").create_key(KeySpec="SYMMETRIC_DEFAULT")
    rsa.generate_private_key = stock
    return len(drawn) == 1

lam = boto3.client("lambda")

@gap
def a_function_needs_docker():
    lam.create_function(FunctionName="f", Runtime="python3.13", Role=role, Handler="a.b", Code={"ZipFile": b"-"})
    try:
        return "FunctionError" in lam.invoke(FunctionName="f", Payload=b"{}")
    except Exception:
        return True

@gap
def an_event_invocation_waits_for_the_function():
    from moto.awslambda.models import LambdaFunction
    def slow(self, event=None):
        time.sleep(0.2)
        return "{}", False, ""
    LambdaFunction._invoke_lambda = slow
    begin = time.time()
    lam.invoke(FunctionName="f", InvocationType="Event", Payload=b"{}")
    return time.time() - begin > 0.2
"""

MACHINES = """
sfn = boto3.client("stepfunctions")
def make(name, state):
    text = json.dumps({"StartAt": "S", "States": {"S": state}})
    return sfn.create_state_machine(name=name, roleArn=role, definition=text)["stateMachineArn"]

@gap
def machines_do_not_execute():
    arn = make("plain", {"Type": "Pass", "Result": {"a": 1}, "End": True})
    run = sfn.start_execution(stateMachineArn=arn, name="one")["executionArn"]
    time.sleep(0.3)
    return sfn.describe_execution(executionArn=run)["status"] == "RUNNING"

from moto.core.config import default_user_config
default_user_config["stepfunctions"] = {"execute_state_machine": True}

@gap
def machines_without_a_name_are_called_None():
    arn = make("named", {"Type": "Pass", "End": True})
    return sfn.start_execution(stateMachineArn=arn, input="{}")["executionArn"].endswith(":None")

@gap
def jsonata_is_missing():
    arn = make("jsonata", {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% 1 + 1 %}", "End": True})
    run = sfn.start_execution(stateMachineArn=arn, name="one", input="{}")["executionArn"]
    end = time.time() + 5
    while (found := sfn.describe_execution(executionArn=run))["status"] == "RUNNING" and time.time() < end:
        time.sleep(0.02)
    return found.get("output") != "2"

@gap
def machines_are_read_with_what_is_left_of_others():
    from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser as Parser
    state = {"Type": "Pass", "QueryLanguage": "JSONPath", "End": True}
    try:
        Parser.parse(json.dumps({"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": state}}))
    except ValueError:
        state.pop("QueryLanguage")
    program, _ = Parser.parse(json.dumps({"StartAt": "S", "States": {"S": state}}))
    return program.query_language.query_language_mode.name == "JSONata"

@gap
def a_token_fails_while_an_execution_starts():
    from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker
    ExecutionWorker.start = lambda self: None              # an execution whose definition is still being parsed
    sfn.start_execution(stateMachineArn=make("slow", {"Type": "Pass", "End": True}), name="one", input="{}")
    try:
        sfn.send_task_success(taskToken="none", output="{}")
    except sfn.exceptions.InvalidToken:
        return False
    except Exception as error:
        return "500" in str(error)
"""

SCRIPTS = {"dynamodb": DYNAMODB, "events and functions": EVENTS, "machines": MACHINES}
GAPS = {
    name: [line[4:-3] for line in text.splitlines() if line.startswith("def ") and "()" in line]
    for name, text in SCRIPTS.items()
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_stock_moto_still_has_the_gaps(name):
    script = COMMON + SCRIPTS[name] + "\nprint(json.dumps(gaps), flush=True)\nos._exit(0)\n"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == dict.fromkeys(GAPS[name], True)
