"""Amazon SES and Amazon SNS by name: e-mail and SMS without a gateway between.

Neither finds a message again by a name of ours. So what may have been sent is not sent again (`remembers`): a person
looks. What surely was not sent is tried later. What is sent is personal data and never logged.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import msgspec

from chalicelib.delivery.notices.model import Report
from chalicelib.delivery.notices.ports import Message, Unsent
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.notified import Channel
from chalicelib.kernel import aws

REFUSED: Final = frozenset(
    {
        "BadRequestException",
        "MessageRejected",
        "InvalidParameter",
        "InvalidParameterValue",
        "OptedOut",
        "ValidationException",
    }
)
"""What SES and SNS say of a message or a receiver that they do not take: another provider is asked.

A mistake of the stage is none of these, and is tried later: no such configuration set, a domain that is not verified.
"""
UNVERIFIED: Final = "not verified"
"""What a `MessageRejected` says where the stage's own identity is not verified, or its account is in the sandbox."""
HERE: Final = re.compile(r"0(\d{9})")
"""A number as people of Viet Nam write it."""
ABROAD: Final = re.compile(r"\+[1-9]\d{7,14}")
"""A number with its country's code (E.164)."""
COUNTRY: Final = "+84"
FAULT: Final = 500
"""From this status on it was AWS that failed, perhaps after it had sent."""
ACCEPTED: Final = Report(state="accepted")
TURNED_DOWN: Final = Report(state="refused")


@dataclass(frozen=True)
class Ses:
    """E-mail by SES v2. `sender` is an address of an identity that SES verified; `configuration` a set of its own."""

    sender: str
    configuration: str = ""
    remembers: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """As the stage's list has it."""
        return f"ses:{self.sender}"

    def find(self, channel: Channel, message: str) -> Report | None:
        """Nothing: SES knows no name of ours. Raises Unreachable."""
        raise Unreachable(channel, message)

    def send(self, channel: Channel, message: Message) -> Report:
        """Give it to SES, once. Raises Unsent, Unreachable."""
        del channel
        text = {"Data": message.text, "Charset": "UTF-8"}
        given: dict[str, Any] = {
            "FromEmailAddress": self.sender,
            "Destination": {"ToAddresses": [message.to]},
            "Content": {
                "Simple": {"Subject": {"Data": message.subject, "Charset": "UTF-8"}, "Body": {"Text": text}},
            },
        }
        given |= {"ConfigurationSetName": self.configuration} if self.configuration else {}
        return _sent(lambda: aws.client("sesv2").send_email(**given))


@dataclass(frozen=True)
class Sns:
    """SMS by SNS. `sender` is the name that telephones show, where the country lets one be chosen."""

    sender: str = ""
    remembers: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """As the stage's list has it."""
        return f"sns:{self.sender}" if self.sender else "sns"

    def find(self, channel: Channel, message: str) -> Report | None:
        """Nothing: SNS knows no name of ours. Raises Unreachable."""
        raise Unreachable(channel, message)

    def send(self, channel: Channel, message: Message) -> Report:
        """Give it to SNS, once; a number that is none is refused. Raises Unsent, Unreachable."""
        del channel
        number = _number(message.to)
        if not number:
            return TURNED_DOWN
        said = {"AWS.SNS.SMS.SMSType": "Transactional"} | ({"AWS.SNS.SMS.SenderID": self.sender} if self.sender else {})
        attributes = {name: {"DataType": "String", "StringValue": value} for name, value in said.items()}
        return _sent(
            lambda: aws.client("sns").publish(PhoneNumber=number, Message=message.text, MessageAttributes=attributes)
        )


def _number(written: str) -> str:
    """A telephone number with its country's code; empty for what is none."""
    plain = re.sub(r"[ .()-]", "", written)
    if here := HERE.fullmatch(plain):
        return f"{COUNTRY}{here[1]}"
    return plain if ABROAD.fullmatch(plain) else ""


class _Code(msgspec.Struct, frozen=True):
    Code: str = ""
    Message: str = ""


class _Metadata(msgspec.Struct, frozen=True):
    HTTPStatusCode: int = 0


class _Refusal(msgspec.Struct, frozen=True):
    """What AWS says when it does not do something, in its own words."""

    Error: _Code = _Code()
    ResponseMetadata: _Metadata = _Metadata()


def _sent(send: Callable[[], object]) -> Report:
    """What AWS's answer means: taken, turned down, surely not sent, or nobody knows. Raises Unsent, Unreachable."""
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

    try:
        send()
    except ClientError as error:
        told = msgspec.convert(error.response, _Refusal)
        if told.Error.Code in REFUSED and UNVERIFIED not in told.Error.Message:
            return TURNED_DOWN
        raise Unsent if told.ResponseMetadata.HTTPStatusCode < FAULT else Unreachable from None
    except HTTPClientError:  # the answer was cut off, or came too late
        raise Unreachable from None
    except BotoCoreError:  # no connection, no credentials: nothing left this process
        raise Unsent from None
    return ACCEPTED
