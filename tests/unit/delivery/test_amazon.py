"""Amazon SES and SNS by name: sent once, whatever is lost; refused, put off and in doubt are told apart."""

import botocore.session
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)
from moto.core.botocore_stubber import BotocoreStubber
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from chalicelib.delivery.notices.amazon import REFUSED, Ses, Sns
from chalicelib.delivery.notices.ports import Message, Unsent
from chalicelib.delivery.notices.wiring import notifying
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.channels import Unconfigured, channels_of, unfit
from chalicelib.kernel import aws
from infra.local.names import ACCOUNT, REGION

FROM = "no-reply@motcua.example.vn"
MAIL = Message(id="MC-1.000001.email.applicant", to="lieu@example.vn", subject="Hồ sơ", text="Đang xử lý")
SMS = Message(id="MC-1.000001.sms.applicant", to="0912 345 678", subject="", text="Dang xu ly")


@pytest.fixture
def amazon(monkeypatch):
    """SES and SNS of moto, without what another test sent."""
    for backends in (ses_backends, sns_backends):
        backends[ACCOUNT][REGION].reset()
    stubber, session, made = BotocoreStubber(), botocore.session.Session(), {}
    stubber.enabled = True
    for service in ("sesv2", "sns"):
        client = session.create_client(
            service, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
        )
        client.meta.events.register_first(f"before-send.{service}", stubber)
        made[service] = client
    monkeypatch.setattr(aws, "client", made.__getitem__)
    return made


@pytest.fixture
def verified(amazon):
    amazon["sesv2"].create_email_identity(EmailIdentity=FROM)
    return ses_backends[ACCOUNT][REGION]


def test_an_e_mail_goes_by_ses_in_its_words(verified):
    report = Ses(FROM).send("email", MAIL)
    assert (report.state, report.sent_at, report.delivered_at) == ("accepted", None, None)
    (sent,) = verified.sent_messages
    assert (sent.source, sent.destinations["ToAddresses"]) == (FROM, [MAIL.to])
    assert (sent.subject, sent.body) == (MAIL.subject, MAIL.text)


def test_an_identity_that_ses_did_not_verify_is_a_mistake_of_the_stage_and_tried_later(amazon):
    with pytest.raises(Unsent):
        Ses(FROM).send("email", MAIL)
    assert ses_backends[ACCOUNT][REGION].sent_messages == []


@pytest.mark.parametrize(
    ("written", "number"),
    [("0912345678", "+84912345678"), ("0912 345 678", "+84912345678"), ("+84 912.345.678", "+84912345678")],
)
def test_an_sms_goes_by_sns_to_a_number_with_its_country(amazon, written, number):
    assert Sns("MOTCUA").send("sms", Message(id="1", to=written, subject="", text="x")).state == "accepted"
    assert list(sns_backends[ACCOUNT][REGION].sms_messages.values()) == [(number, "x")]


@pytest.mark.parametrize("written", ["", "1080", "+0123", "912345678", "091234567x", "+123456789012345678"])
def test_what_is_no_number_is_refused_and_never_sent(amazon, written):
    assert Sns().send("sms", Message(id="1", to=written, subject="", text="x")).state == "refused"
    assert sns_backends[ACCOUNT][REGION].sms_messages == {}


def test_what_ses_and_sns_are_asked_for(monkeypatch):
    """The very calls, as AWS gets them: a configuration set and a name only where one is said."""
    asked = []

    class Client:
        def send_email(self, **given):
            asked.append(given)

        publish = send_email

    monkeypatch.setattr(aws, "client", lambda _: Client())
    for sender in (Ses(FROM), Ses(FROM, "notices")):
        sender.send("email", MAIL)
    for sender in (Sns(), Sns("MOTCUA")):
        sender.send("sms", SMS)
    plain, configured, unnamed, named = asked
    assert "ConfigurationSetName" not in plain
    assert configured == plain | {"ConfigurationSetName": "notices"}
    said = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
    assert unnamed["MessageAttributes"] == said
    assert named["MessageAttributes"] == said | {
        "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "MOTCUA"}
    }
    assert all("id" not in each for each in asked)


def failing(monkeypatch, error):
    class Client:
        def send_email(self, **_):
            raise error

        publish = send_email

    monkeypatch.setattr(aws, "client", lambda _: Client())


def client_error(code, status, message=""):
    told = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "SendEmail")


@pytest.mark.parametrize("sender", [Ses(FROM), Sns()])
@pytest.mark.parametrize("code", sorted(REFUSED))
def test_what_they_do_not_take_is_refused(monkeypatch, sender, code):
    failing(monkeypatch, client_error(code, 400))
    assert sender.send("email", SMS).state == "refused"


@pytest.mark.parametrize(
    "error",
    [
        client_error("TooManyRequestsException", 429),
        client_error("AccessDeniedException", 403),
        client_error("SendingPausedException", 400),
        client_error("NotFoundException", 404, "Configuration set <notices> does not exist."),
        client_error("MailFromDomainNotVerifiedException", 400),
        client_error("MessageRejected", 400, "Email address is not verified. The following identities failed"),
        EndpointConnectionError(endpoint_url="x"),
        ConnectTimeoutError(endpoint_url="x"),
        NoCredentialsError(),
    ],
)
def test_what_surely_was_not_sent_is_sent_later(monkeypatch, error):
    failing(monkeypatch, error)
    for sender in (Ses(FROM), Sns()):
        with pytest.raises(Unsent):
            sender.send("sms", SMS)


@pytest.mark.parametrize(
    "error",
    [client_error("InternalError", 500), ReadTimeoutError(endpoint_url="x"), ConnectionClosedError(endpoint_url="x")],
)
def test_of_what_may_have_been_sent_nobody_says_that_it_was_not(monkeypatch, error):
    failing(monkeypatch, error)
    for sender in (Ses(FROM), Sns()):
        with pytest.raises(Unreachable) as raised:
            sender.send("sms", SMS)
        assert not isinstance(raised.value, Unsent)


def test_neither_is_asked_what_became_of_a_message():
    for sender in (Ses(FROM), Sns()):
        assert sender.remembers is False
        with pytest.raises(Unreachable):
            sender.find("sms", SMS.id)


def test_botocore_asks_them_once_and_stores_again(monkeypatch):
    """A retry of botocore's own would be a second message."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    aws.client.cache_clear()
    asked = {name: aws.client(name).meta.config.retries["total_max_attempts"] for name in ("sesv2", "sns", "dynamodb")}
    aws.client.cache_clear()
    assert asked == {"sesv2": 1, "sns": 1, "dynamodb": aws.TRIES}


def test_a_stage_chooses_them_by_name_beside_gateways(stage):
    stage.setenv(
        "MOTCUA_NOTICES",
        f'{{"email": ["ses:{FROM}#notices", "https://mail.example.vn/"], "sms": ["sns", "sns:MOTCUA"]}}',
    )
    senders = notifying().senders
    first, second = senders["email"]
    assert first == Ses(FROM, "notices")
    assert second.url == "https://mail.example.vn/"
    assert senders["sms"] == (Sns(), Sns("MOTCUA"))
    names = [each.name for channel in ("email", "sms") for each in senders[channel]]
    assert names == [f"ses:{FROM}", "https://mail.example.vn", "sns", "sns:MOTCUA"]


@pytest.mark.parametrize(
    "value",
    [
        '{"sms": ["ses:no-reply@example.vn"]}',
        '{"email": ["sns"]}',
        '{"app": ["sns"]}',
        '{"email": ["ses:nobody"]}',
        '{"email": ["ses:a@b c"]}',
        '{"sms": ["sns:TWELVELETTER1"]}',
        '{"sms": ["sns:123"]}',
        '{"sms": ["SNS"]}',
    ],
)
def test_what_is_neither_is_refused_by_its_channel(value):
    with pytest.raises(Unconfigured, match="is reached over https, or is ses"):
        channels_of(value)
    assert unfit(value)


def test_a_deployed_stage_may_have_them():
    assert unfit(f'{{"email": ["ses:{FROM}"], "sms": ["sns:MOTCUA"]}}') == ""
